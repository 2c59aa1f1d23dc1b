"""Makes manifests and samples for tests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assistant.evaluation.samples import (
    CheckInfo,
    Manifest,
    Sample,
    SampleError,
    Score,
    Suite,
    SuiteInfo,
    Variant,
    sample_key,
)

CHECKS = {
    "smart_score": CheckInfo(version=1, primary=True, title="SMART score"),
    "schema": CheckInfo(version=1, hard=True, title="Schema"),
}


def manifest(
    id: str = "20261121-a",
    *,
    variants: Iterable[str] = ("offline",),
    suites: dict[str, SuiteInfo] | None = None,
    created: str = "2026-11-21T10:00:00Z",
    planned: int = 1,
    **more: Any,
) -> Manifest:
    return Manifest(
        id=id,
        created=created,
        revision="abc",
        dirty=False,
        suites=suites or {"drafting": suite()},
        variants=tuple(Variant(name=name, kind="offline") for name in variants),
        epochs=1,
        seed=0,
        knowledge="k",
        planned=planned,
        digest="d",
        **more,
    )


def suite(digest: str = "cases-1", checks: dict[str, CheckInfo] | None = None) -> SuiteInfo:
    return SuiteInfo(cases=8, clusters=8, digest=digest, checks=CHECKS if checks is None else checks)


def sample(
    case: str,
    value: float | None = 1.0,
    *,
    cluster: str = "",
    variant: str = "offline",
    epoch: int = 0,
    language: str = "en",
    of: Suite = "drafting",
    run: str = "",
    checks: Iterable[str] = ("smart_score", "schema"),
    **more: Any,
) -> Sample:
    """A scored sample whose checks all have one value; None where they could not score."""
    score = Score(value=value, passed=None if value is None else value >= 0.5, why=f"{case} has {value}")
    return Sample(
        key=sample_key(suite=of, case=case, variant=variant, epoch=epoch, run=run),
        suite=of,
        case=case,
        variant=variant,
        epoch=epoch,
        language=language,
        cluster=cluster or case,
        scores=dict.fromkeys(checks, score),
        **more,
    )


def failed(case: str, **more: Any) -> Sample:
    """A sample without an answer."""
    return sample(case, checks=(), status="error", error=SampleError(kind="timeout", message="No answer."), **more)


def write(folder: Path, about: Manifest, samples: Iterable[Sample] = (), tail: bytes = b"") -> Path:
    """Write a run's folder as a run leaves it, with `tail` at the end of its samples."""
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(about.model_dump_json(), "utf-8")
    lines = b"".join(one.model_dump_json().encode() + b"\n" for one in samples)
    (folder / "samples.jsonl").write_bytes(lines + tail)
    return folder
