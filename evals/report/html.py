"""Writes a run as one HTML file that opens without a network. Knows nothing about how scores come about.

Model output is hostile: it goes in as JSON that cannot end its element, and the page's script shows it as text only.
"""

from __future__ import annotations

import html
import json
import math
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import Any

from assistant.evaluation.results import GateVerdict, RunComparison, RunSummary
from assistant.evaluation.samples import Sample, holds

_HERE = Path(__file__).parent
_SCRIPTS = (
    "nodes.js", "verdict.js", "scores.js", "chart.js", "changes.js", "marks.js", "answers.js", "case.js", "samples.js",
    "report.js",
)  # fmt: skip
_ROOM = 24_000_000
"""Bytes that data and answers may take; answers that do not fit are left out, those of passed samples first."""
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_UNSHOWN = frozenset({"timings", "usage"})
_SAME = 1e-9

Key = tuple[str, str, str]
Means = dict[str, float]


def write_html(
    summary: RunSummary,
    samples: Iterable[Sample],
    verdict: GateVerdict | None,
    baseline: RunComparison | None,
    *,
    before: Iterable[Sample] = (),
) -> str:
    """Return the report of a run: verdict, changes, scores, cost and every sample with its answer.

    Args:
        summary: what the run amounts to.
        samples: its samples, in any order.
        verdict: of the gate; None where the run was not gated.
        baseline: the comparison with the reference; None for those of the verdict, if any.
        before: the reference's samples. With them each sample shows how far it moved, and moved ones show the
            earlier answer beside the new one; without them only the cases named in `baseline` count as changed.
    """
    comparisons = [baseline] if baseline else list(verdict.comparisons if verdict else ())
    now, earlier = sorted(samples, key=_order), _Earlier(sorted(before, key=_order), comparisons)
    rows = _Rows(now, earlier)
    data: dict[str, Any] = {
        "summary": summary.model_dump(mode="json"),
        "verdict": verdict.model_dump(mode="json", exclude={"comparisons"}) if verdict else None,
        "comparisons": [each.model_dump(mode="json") for each in comparisons],
        "cases": rows.cases,
        "samples": rows.rows,
        "compared": earlier.known,
    }
    answers = _Answers(_ROOM - len(_json(data).encode()))
    rows.answer(answers)
    data["left_out"] = answers.left_out
    style = _file("report.css")
    script = "(() => {\n" + "\n".join(_file(name) for name in _SCRIPTS) + "})();\n"
    return Template(_file("page.html")).substitute(
        policy=_policy(script, style),
        title=html.escape(f"{summary.manifest.id}: evaluation report"),
        style=style,
        script=script,
        data=_json(data),
        answers="\n".join(answers.elements()),
    )


class _Answers:
    """The answers that go into the file, each an element of its own that the page reads when it is looked at."""

    def __init__(self, room: int) -> None:
        self.left_out = 0
        self._room = room
        self._texts: dict[int, str] = {}

    def add(self, output: dict[str, Any] | None) -> int | None:
        """Take an answer and return its number; None where there is none, -1 where it does not fit any more."""
        if output is None:
            return None
        text = _json(_slim(output))
        size = len(text.encode())
        if size > self._room:
            self.left_out += 1
            return -1
        self._room -= size
        self._texts[len(self._texts)] = text
        return len(self._texts) - 1

    def elements(self) -> Iterator[str]:
        """Yield the answers as elements."""
        for number, text in self._texts.items():
            yield f'<script type="application/json" id="answer-{number}">{text}</script>'


class _Rows:
    """The cases and samples as the page reads them, with what each sample was before."""

    def __init__(self, samples: Sequence[Sample], earlier: _Earlier) -> None:
        self.cases: list[dict[str, Any]] = []
        self.rows: list[dict[str, Any]] = []
        self._samples = samples
        self._was: dict[int, Sample] = {}
        places: dict[tuple[str, str], int] = {}
        groups = _grouped(samples)
        for at, sample in enumerate(samples):
            place = places.setdefault((sample.suite, sample.case), len(places))
            if place == len(self.cases):
                self.cases.append(_case(sample))
            moves = earlier.moves(sample, groups[_key(sample)])
            changed = any(abs(now - was) > _SAME for was, now in moves.values())
            self.rows.append({**_row(sample, place), "moves": moves, "changed": changed})
            was = earlier.sample(sample)
            if was is not None and changed:
                self._was[at] = was
                self.rows[at]["was"] = _row(was, place)

    def answer(self, answers: _Answers) -> None:
        """Put in the answers; failing samples, then changed ones, get their room first."""
        samples, rows = self._samples, self.rows
        urgent = sorted(range(len(rows)), key=lambda at: (not _fails(samples[at]), not rows[at]["changed"], at))
        for at in urgent:
            rows[at]["answer"] = answers.add(samples[at].output)
            if at in self._was:
                rows[at]["was"]["answer"] = answers.add(self._was[at].output)


class _Earlier:
    """What the reference says of a case: its means by check, and its samples."""

    def __init__(self, before: Sequence[Sample], comparisons: Sequence[RunComparison]) -> None:
        checks = [check for comparison in comparisons for check in comparison.checks]
        self.known = bool(before)
        self._names: dict[tuple[str, str], str] = {(check.suite, check.candidate): check.reference for check in checks}
        self._worst: dict[Key, dict[str, tuple[float, float]]] = {}
        for check in checks:
            for case in check.worst:
                key = (check.suite, check.candidate, case.case)
                self._worst.setdefault(key, {})[check.check] = (case.before, case.after)
        self._before = _grouped(before)

    def moves(self, sample: Sample, own: Sequence[Sample]) -> dict[str, tuple[float, float]]:
        """Return, by check, the means over epochs before and now, of `own` samples of the case, errors as 0."""
        found = self._found(sample)
        if not found:
            return self._worst.get(_key(sample), {})
        checks = {name for each in (*found, *own) for name in each.scores}
        was, now = _means(found, checks), _means(own, checks)
        return {check: (was[check], now[check]) for check in was if check in now}

    def sample(self, sample: Sample) -> Sample | None:
        """Return the sample of the same epoch before, else the first."""
        found = self._found(sample)
        return next((each for each in found if each.epoch == sample.epoch), found[0] if found else None)

    def _found(self, sample: Sample) -> list[Sample]:
        suite, variant, case = _key(sample)
        name = self._names.get((suite, variant), variant)
        return self._before.get((suite, name, case)) or self._before.get((suite, variant, case), [])


def _key(sample: Sample) -> Key:
    return (sample.suite, sample.variant, sample.case)


def _grouped(samples: Sequence[Sample]) -> dict[Key, list[Sample]]:
    groups: dict[Key, list[Sample]] = {}
    for sample in samples:
        groups.setdefault(_key(sample), []).append(sample)
    return groups


def _means(samples: Sequence[Sample], checks: Iterable[str]) -> Means:
    """Return the mean of each check, over the samples that it could score and those without an answer."""
    errors = sum(each.status == "error" for each in samples)
    means = {}
    for check in checks:
        scores = [each.scores[check] for each in samples if each.status == "scored" and check in each.scores]
        values = [score.value for score in scores if score.value is not None]
        if values or errors:
            means[check] = sum(values) / (len(values) + errors)
    return means


def _case(sample: Sample) -> dict[str, Any]:
    names = ("suite", "case", "case_version", "language", "cluster", "split", "tags", "input")
    return {name: getattr(sample, name) for name in names}


def _row(sample: Sample, case: int) -> dict[str, Any]:
    names = ("variant", "epoch", "status", "stale", "rounds", "calls", "prompt_tokens", "completion_tokens", "cost")
    return {name: getattr(sample, name) for name in names} | {
        "case": case,
        "seconds": round(sample.seconds, 3),
        "error": sample.error.model_dump() if sample.error else None,
        "scores": {name: score.model_dump(exclude_defaults=True) for name, score in sample.scores.items()},
    }


def _fails(sample: Sample) -> bool:
    return sample.status == "error" or any(holds(sample, check) is False for check in sample.scores)


def _order(sample: Sample) -> tuple[str, str, str, int]:
    return (sample.suite, sample.case, sample.variant, sample.epoch)


def _slim(output: dict[str, Any]) -> dict[str, Any]:
    """Return a draft without what the page never shows; other answers are left as they are."""
    result = output.get("result")
    if output.get("kind") != "draft" or not isinstance(result, dict):
        return output
    kept = {name: value for name, value in result.items() if name not in _UNSHOWN}
    verdict = result.get("verdict")
    if isinstance(verdict, dict):
        findings = [_without(each, "fix", "rule") for each in _list(verdict.get("findings"))]
        kept["verdict"] = {**verdict, "findings": findings}
    kept["numbers"] = [_without(each, "value", "unit") for each in _list(result.get("numbers"))]
    return {**output, "result": _filled(kept)}


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _without(value: Any, *names: str) -> Any:
    return {name: each for name, each in value.items() if name not in names} if isinstance(value, dict) else value


def _filled(value: Any) -> Any:
    """Return the value without empty entries of mappings: null, false, '' and []."""
    if isinstance(value, dict):
        return {name: _filled(each) for name, each in value.items() if not _empty(each)}
    return [_filled(each) for each in value] if isinstance(value, list | tuple) else value


def _empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [], ())


def _json(value: Any) -> str:
    """Return JSON that is safe inside a script element of any encoding."""
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str)
    except ValueError:
        text = json.dumps(_finite(value), ensure_ascii=False, separators=(",", ":"), default=str)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _finite(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _policy(script: str, style: str) -> str:
    """Return a content security policy under which this page can ask for nothing and runs its own script only."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
