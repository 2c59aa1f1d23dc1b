"""Writes run folders as `goals eval run` leaves them behind, for tests of the page."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from assistant.evaluation.results import GateVerdict
from assistant.evaluation.samples import (
    CheckInfo,
    Manifest,
    Recording,
    Sample,
    SampleError,
    Score,
    Suite,
    SuiteInfo,
    Variant,
    sample_key,
)
from assistant.evaluation.summary import summarise
from evals.report.html import write_html

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
DRAFTING = {
    "smart_score": CheckInfo(version=2, primary=True, title="the linter's score"),
    "ready": CheckInfo(version=1, title="ready drafts"),
    "facts_kept": CheckInfo(version=1, hard=True, title="stated facts kept verbatim"),
    "no_invented_numbers": CheckInfo(version=1, hard=True, title="no figure without origin"),
    "language_fidelity": CheckInfo(version=1, hard=True, title="language and script"),
    "citation_valid": CheckInfo(version=1, hard=True, title="exact quotes"),
    "a_check_of_tomorrow": CheckInfo(version=1, title="what nobody named yet"),
}
RETRIEVAL = {
    "recall_at_5": CheckInfo(version=1, primary=True, title="right topics among five"),
    "reciprocal_rank": CheckInfo(version=1, title="place of the first right one"),
}
CHECKS: dict[Suite, dict[str, CheckInfo]] = {"drafting": DRAFTING, "retrieval": RETRIEVAL}
OFFLINE = Variant(name="offline", kind="offline")
HYBRID, LEXICAL = Variant(name="hybrid", kind="search"), Variant(name="lexical", kind="search")
MODELS = (
    Variant(
        name="local-8b/draft-v5",
        kind="model",
        model="local-8b",
        prompts={"draft/v5": "d5"},
        recording=Recording(models=("local-8b",), first="2026-11-21T08:00:00Z", last="2026-11-21T09:00:00Z"),
    ),
    Variant(name="local-8b/template", kind="template", model="local-8b"),
    Variant(name="local-8b/freehand", kind="freehand", model="local-8b"),
)
LEVELS = {
    "offline": 0.93, "local-8b/draft-v4": 0.90, "local-8b/draft-v5": 0.95, "local-8b/template": 0.79,
    "local-8b/freehand": 0.6, "hybrid": 0.95, "lexical": 0.88,
}  # fmt: skip
HOSTILE = "<img src=x onerror=alert(1)>${alert(2)}{{value}}\"'`"


def manifest(
    id: str,
    created: str,
    suites: tuple[Suite, ...] = ("drafting",),
    variants: tuple[Variant, ...] = (OFFLINE,),
    *,
    clusters: int = 14,
    digest: str = "cases",
    dirty: bool = False,
    checks: dict[Suite, dict[str, CheckInfo]] | None = None,
) -> Manifest:
    checks = checks or CHECKS
    infos = {
        suite: SuiteInfo(cases=clusters * 3, clusters=clusters, digest=digest, checks=checks[suite]) for suite in suites
    }
    planned = sum(clusters * 3 for suite in suites for variant in variants if fits(suite, variant))
    return Manifest(
        id=id, created=created, revision="4f1c9a2be7d05c3a8b6e1f2d4c7a9b8e6d5f4c3b", dirty=dirty, suites=infos,
        variants=variants, epochs=1, seed=7, knowledge="k", planned=planned, digest="d",
    )  # fmt: skip


def fits(suite: Suite, variant: Variant) -> bool:
    return (variant.kind == "search") == (suite == "retrieval")


def samples(about: Manifest, seed: int, *, gain: float = 0.0, errors: int = 0, broken: str = "") -> Iterator[Sample]:
    """Make samples that vary by case and are `gain` better than those of another seed; `broken` fails twice."""
    left = errors
    for suite, info in about.suites.items():
        for variant in about.variants:
            if not fits(suite, variant):
                continue
            for cluster in range(info.clusters):
                for language in LANGUAGES:
                    own = random.Random(f"{suite}{cluster}{language}")
                    wobble = random.Random(f"{seed}{variant.name}{suite}{cluster}{language}")
                    level = LEVELS[variant.name] + gain + own.gauss(0, 0.04) + wobble.gauss(0, 0.02)
                    case = f"{('renewal', 'hiring', 'release', 'ward', 'store')[cluster % 5]}-{cluster}.{language}"
                    at = {
                        "suite": suite, "case": case, "variant": variant.name, "language": language,
                        "cluster": f"c{cluster}", "seconds": round(0.4 + own.random(), 3),
                    }  # fmt: skip
                    key = sample_key(run=seed, **at)
                    calls = {"calls": 1, "prompt_tokens": 900, "completion_tokens": 350, "cost": 0.0021}
                    if variant.model is None:
                        calls = {"calls": 0, "prompt_tokens": 0, "completion_tokens": 0, "cost": 0.0}
                    if left and variant.model:
                        left -= 1
                        error = SampleError(kind="timeout", message="The model gave no answer in time.")
                        yield Sample(key=key, status="error", error=error, **at, **calls)
                        continue
                    yield Sample(
                        key=key,
                        scores={
                            name: score(name, check, min(1.0, max(0.0, level)), fails=name == broken and cluster == 3)
                            for name, check in info.checks.items()
                        },
                        output={"kind": "text", "text": HOSTILE},
                        input={"aim": "Raise CSAT from 82% to 86%"},
                        **at,
                        **calls,
                    )


def score(name: str, check: CheckInfo, level: float, *, fails: bool) -> Score:
    if check.hard:
        return Score(value=0.0, passed=False, why=f"wrong: {HOSTILE}") if fails else Score(value=1.0, passed=True)
    if name in ("ready", "reciprocal_rank"):
        return Score(value=float(level > 0.9), passed=level > 0.9, why="not ready" if level <= 0.9 else "")
    if name == "a_check_of_tomorrow":
        return Score(value=None, passed=None)
    return Score(value=level, passed=level > 0.8, why=f"{level:.2f} of 1")


def write(
    home: Path,
    about: Manifest,
    made: Iterator[Sample],
    outcome: str | None = None,
    *,
    summed: bool = True,
    report: bool = True,
) -> Path:
    folder = home / "evals" / "runs" / about.id
    folder.mkdir(parents=True)
    kept = list(made)
    (folder / "manifest.json").write_text(about.model_dump_json(), "utf-8")
    (folder / "samples.jsonl").write_text("".join(each.model_dump_json() + "\n" for each in kept), "utf-8")
    verdict = GateVerdict(run=about.id, outcome=outcome, reasons=()) if outcome else None
    summary = summarise(about, kept, 400.0)
    if summed:
        (folder / "summary.json").write_text(summary.model_dump_json(), "utf-8")
    if verdict:
        (folder / "verdict.json").write_text(verdict.model_dump_json(), "utf-8")
    if report:
        (folder / "report.html").write_text(write_html(summary, kept, verdict, None), "utf-8")
    return folder


BEFORE, NOW, MODEL = "20261119-1000-before", "20261121-1432-now", "20261121-0910-models"
KILLED, OTHER_CASES = "20261118-1005-killed", "20261112-0800-other-cases"


def write_all(home: Path) -> None:
    """Write five runs: one, a better one, one with models and errors, a killed one, one of other cases."""
    both: tuple[Suite, ...] = ("drafting", "retrieval")
    before = manifest(BEFORE, "2026-11-19T10:00:00Z", both, (OFFLINE, HYBRID, LEXICAL))
    write(home, before, samples(before, 1), "pass")
    now = manifest(NOW, "2026-11-21T14:32:00Z", both, (OFFLINE, HYBRID, LEXICAL), dirty=True)
    write(home, now, samples(now, 2, gain=0.025), "pass")
    model = manifest(MODEL, "2026-11-21T09:10:00Z", ("drafting",), MODELS)
    write(home, model, samples(model, 3, errors=3, broken="language_fidelity"), "fail")
    killed = manifest(KILLED, "2026-11-18T10:05:00Z")
    write(home, killed, (each for i, each in enumerate(samples(killed, 4)) if i < 20), summed=False, report=False)
    other = manifest(OTHER_CASES, "2025-11-12T08:00:00Z", digest="other", clusters=5)
    write(home, other, samples(other, 5), "inconclusive")
