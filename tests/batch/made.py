"""Makes opened workbooks and results of a run for the tests of the outputs."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from assistant.batch.cells import COLUMNS
from assistant.batch.outputs.workbook import write
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
from assistant.goals.draft import Drafter
from assistant.lint.documents.chosen import NO_CHOICE
from assistant.lint.records import document_records


@dataclass
class Opened:
    """A workbook as a run has it open."""

    data: bytes
    name: str = "goals.xlsx"
    made: tuple[BatchRow, ...] = field(default=())
    choice = NO_CHOICE

    @property
    def document(self):
        return open_document(self.data, self.name)

    def raw(self) -> bytes:
        return self.data

    def rows(self):
        if self.made:
            return iter(self.made)
        records = document_records(open_document(self.data, self.name), self.name)
        return (
            BatchRow(
                index=at, id=each.id, text=each.text, sheet=each.sheet, line=each.line, column=each.column or 0,
                owner=next((line.split(": ", 1)[1] for line in each.beside.split("\n") if "负责" in line), ""),
            )
            for at, each in enumerate(records)
        )  # fmt: skip


def standing(score: int, mark="pass", findings=()) -> Standing:
    return Standing(
        score=score, specific=mark, measurable=mark, achievable="todo", relevant="todo", time_bound=mark,
        consistent="pass", findings=tuple(findings),
    )  # fmt: skip


def rewritten(row: BatchRow, text: str, **more) -> RowResult:
    found = RowFinding(rule="no-metric", severity="error", text="", message="没有指标，年底判断不了有没有做到。")
    fields = {
        "before": standing(33, "fail", [found]),
        "rewrites": (Rewrite(id=row.id, text=text, standing=standing(92)),),
        "changes": ("加了指标 CSAT 和期限。",),
        "owner": row.owner,
        "language": "zh-Hans",
        "drafter": Drafter(kind="offline"),
        **more,
    }
    return RowResult(index=row.index, id=row.id, state="done", verdict="rewritten", **fields)


def kept(row: BatchRow) -> RowResult:
    return RowResult(
        index=row.index, id=row.id, state="done", verdict="kept", before=standing(95), owner=row.owner,
        changes=("有指标、目标值和期限，不用改。",),
    )  # fmt: skip


def asked(row: BatchRow, *questions: str) -> RowResult:
    return RowResult(
        index=row.index, id=row.id, state="done", verdict="asked", before=standing(64, "warn"), owner=row.owner,
        questions=questions,
    )  # fmt: skip


def failed(row: BatchRow, reason: str) -> RowResult:
    return RowResult(index=row.index, id=row.id, state="failed", reason=reason, owner=row.owner)


def summary_of(results, **more) -> BatchSummary:
    verdicts = [each.verdict for each in results]
    fields = {
        "rows": len(results),
        "done": sum(each.state == "done" for each in results),
        "failed": sum(each.state == "failed" for each in results),
        "skipped": 0,
        "pending": 0,
        "rewritten": verdicts.count("rewritten"),
        "kept": verdicts.count("kept"),
        "asked": verdicts.count("asked"),
        "questions": sum(len(each.questions) for each in results),
        "score_before": 56.3,
        "score_after": 81.25,
        "errors_before": 7,
        "errors_after": 1,
        **more,
    }
    return BatchSummary(**fields)


def written(source: Opened, results, summary=None, *, language="zh-Hans", columns=COLUMNS, as_diff=False):
    """Return the bytes of the workbook with the results, and the notices."""
    out = io.BytesIO()
    results = tuple(results)
    told = write(
        source, iter(results), summary or summary_of(results), out, language=language, columns=columns, as_diff=as_diff
    )
    return out.getvalue(), told


NEW = NewNumber(text="4 个百分点", origin="proposed", why="按去年的增幅")
FOUND = SetFinding(rule="duplicate-goals", severity="warning", rows=(0, 1), message="两条目标说的是同一件事。")
AREAS = Balance(growth=3, efficiency=1, team=1, other=1)
