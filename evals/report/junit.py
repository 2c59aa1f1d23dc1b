"""Writes a run as JUnit XML, each failure with its reason. Knows nothing about how cases are judged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from assistant.evaluation.results import GateVerdict
from assistant.evaluation.samples import Manifest, Sample, holds
from evals.report.plain import told

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(manifest: Manifest, samples: Iterable[Sample], verdict: GateVerdict | None) -> str:
    """Return the XML: a suite for each suite and variant, a case for each sample, the gate as a suite of its own."""
    root = ET.Element("testsuites", name=_clean(manifest.id))
    groups: dict[tuple[str, str], list[Sample]] = {}
    for sample in samples:
        groups.setdefault((sample.suite, sample.variant), []).append(sample)
    for (suite, variant), group in groups.items():
        checks = manifest.suites[group[0].suite].checks
        hard = [name for name, info in checks.items() if info.hard]
        node = ET.SubElement(root, "testsuite", name=_clean(f"{suite} · {variant}"))
        failures = errors = 0
        for sample in group:
            name = f"{sample.case} #{sample.epoch}" if manifest.epochs > 1 else sample.case
            case = ET.SubElement(
                node, "testcase", classname=_clean(f"{suite}.{variant}"), name=_clean(name),
                time=f"{sample.seconds:.3f}",
            )  # fmt: skip
            if sample.error is not None:
                errors += 1
                ET.SubElement(case, "error", type=_clean(sample.error.kind), message=_clean(sample.error.message))
                continue
            failed = [check for check in hard if holds(sample, check) is False]
            if failed:
                failures += 1
                why = "; ".join(f"{check}: {told(sample, check)}" for check in failed)
                ET.SubElement(case, "failure", type=_clean(failed[0]), message=_clean(why)).text = _clean(why)
        node.set("tests", str(len(group)))
        node.set("failures", str(failures))
        node.set("errors", str(errors))
    if verdict is not None:
        _gate(root, verdict)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _gate(root: ET.Element, verdict: GateVerdict) -> None:
    graves = [reason for reason in verdict.reasons if reason.level in {"fail", "incomplete", "inconclusive"}]
    node = ET.SubElement(
        root, "testsuite", name="gate", tests=str(max(1, len(graves))), failures=str(len(graves)), errors="0"
    )  # fmt: skip
    if not graves:
        ET.SubElement(node, "testcase", classname="gate", name="verdict: pass", time="0")
    for reason in graves:
        name = " · ".join(part for part in (reason.suite, reason.variant, reason.check) if part) or "run"
        case = ET.SubElement(node, "testcase", classname="gate", name=_clean(name), time="0")
        told = _clean(f"{reason.text} {', '.join(reason.cases)}".strip())
        ET.SubElement(case, "failure", type=reason.level, message=told).text = told


def _clean(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
