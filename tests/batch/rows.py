"""Goal files and results for the tests of outputs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.files import open_document
from assistant.goals.batch import (
    Balance,
    BatchRow,
    BatchSummary,
    NewNumber,
    Rewrite,
    RowFinding,
    RowResult,
    SetFinding,
    Standing,
)
from assistant.lint.records import document_records

HOSTILE = (
    "<script>alert(1)</script></script><img src=x onerror=alert(2)> & \"quotes\" 'single' ]]> <!-- --> "
    "{goal} {{7*7}} %s $data ${policy} `x` \u202eevil\u202c \u2066iso\u2069 \u2028\u2029 \x00\x07\x1b[31m \ufffe =1+1"
)


@dataclass
class File:
    """A file of goals."""

    name: str
    bytes: bytes = b""
    kind: str = "word"
    given: Sequence[BatchRow] | None = None

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.bytes).hexdigest()

    def raw(self) -> bytes:
        return self.bytes

    def rows(self) -> Iterator[BatchRow]:
        if self.given is not None:
            yield from self.given
            return
        for at, record in enumerate(document_records(open_document(self.bytes, self.name), self.name)):
            yield BatchRow(
                index=at, id=record.id, text=record.text, kind=record.kind, line=record.line, column=record.column,
                sheet=record.sheet, start=record.start,
            )  # fmt: skip


def standing(score: int, *findings: str, **marks: str) -> Standing:
    made: dict[str, Any] = dict.fromkeys(
        ("specific", "measurable", "achievable", "relevant", "time_bound", "consistent"), "pass"
    )
    found = tuple(RowFinding(rule="no-metric", severity="error", text="", message=each) for each in findings)
    return Standing(score=score, findings=found, **(made | marks))


def rewritten(row: BatchRow, text: str = "", *more: str, **given: Any) -> RowResult:
    texts = (text or f"NEW {row.text}", *more)
    numbers = (NewNumber(text="80%", origin="proposed", why="as last year"),)
    made = [
        Rewrite(
            id=row.id + (chr(97 + at) if more else ""), text=each, standing=standing(90), numbers=() if at else numbers
        )
        for at, each in enumerate(texts)
    ]
    fields: dict[str, Any] = {
        "before": standing(40, "no number tells when it is done", measurable="fail"),
        "changes": ("a measure was added",),
        "questions": ("What is it now?",),
        "owner": row.owner,
    }
    return RowResult(
        index=row.index, id=row.id, state="done", verdict="rewritten", rewrites=tuple(made), **(fields | given)
    )


def kept(row: BatchRow) -> RowResult:
    return RowResult(
        index=row.index, id=row.id, state="done", verdict="kept", before=standing(95), changes=("nothing is missing",)
    )


def asked(row: BatchRow, *questions: str, owner: str = "") -> RowResult:
    return RowResult(
        index=row.index, id=row.id, state="done", verdict="asked", before=standing(60, "rises, though it says cut"),
        changes=("the two readings contradict each other",), questions=questions or ("5% or 8%?",), owner=owner,
    )  # fmt: skip


def failed(row: BatchRow, reason: str = "the endpoint did not answer") -> RowResult:
    return RowResult(index=row.index, id=row.id, state="failed", reason=reason, before=standing(30))


def summary_of(results: Sequence[RowResult], **given: Any) -> BatchSummary:
    states = [result.state for result in results]
    verdicts = [result.verdict for result in results]
    fields: dict[str, Any] = {
        "rows": len(results),
        **{state: states.count(state) for state in ("done", "failed", "skipped", "pending")},
        **{verdict: verdicts.count(verdict) for verdict in ("rewritten", "kept", "asked", "judged")},  # type: ignore[arg-type]
        "score_before": 50.0,
        "score_after": 80.0,
        "errors_before": 7,
        "errors_after": 1,
        "set_findings": (SetFinding(rule="duplicate", severity="warning", rows=(0, 1), message="two say the same"),),
        "balance": Balance(growth=3, efficiency=2, risk=1, team=0, other=1),
    }
    return BatchSummary(**(fields | given))
