"""Makes results of a run for the tests of what is written."""

from __future__ import annotations

import io

from assistant.batch.cells import COLUMNS
from assistant.batch.outputs import write
from assistant.goals.batch import BatchSummary, NewNumber, Rewrite, RowFinding, RowResult, Standing


def standing(score, mark="pass", findings=()):
    return Standing(
        score=score,
        specific=mark,
        measurable=mark,
        achievable="todo",
        relevant="todo",
        time_bound=mark,
        consistent="pass",
        findings=findings,
    )


BEFORE = standing(40, "fail", (RowFinding(rule="no-deadline", severity="error", text="x", message="没有期限"),))


def rewritten(row, *texts):
    number = NewNumber(text="3%", origin="proposed", why="行业常见值")
    return RowResult(
        index=row.index,
        id=row.id,
        state="done",
        verdict="rewritten",
        before=BEFORE,
        rewrites=tuple(
            Rewrite(
                id=f"{row.id}{'ab'[at] if len(texts) > 1 else ''}", text=text, standing=standing(90), numbers=(number,)
            )
            for at, text in enumerate(texts)
        ),
        changes=("补上了期限",),
        questions=("现在是多少？",),
    )


def results_of(source, *texts):
    """Every second row rewritten, one asked, one failed, the others kept."""
    for row in source.rows():
        if row.index % 4 == 1:
            yield RowResult(
                index=row.index, id=row.id, state="done", verdict="kept", before=BEFORE, changes=("已经够好",)
            )
        elif row.index % 4 == 3:
            yield RowResult(index=row.index, id=row.id, state="failed", reason="模型没有回答")
        else:
            yield rewritten(row, *(texts or (f"2027年6月30日前把第 {row.index} 项降到3%",)))


def summary():
    return BatchSummary(rows=1, done=1, failed=0, skipped=0, pending=0)


def output(source, results=None, *, language="zh-Hans", columns=COLUMNS, as_diff=False):
    """The bytes that are written, and the notices."""
    target = io.BytesIO()
    given = results_of(source) if results is None else results
    notices = write(source, given, summary(), target, language=language, columns=columns, as_diff=as_diff)
    return target.getvalue(), notices
