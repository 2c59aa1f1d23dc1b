"""No item of a row's list gets lost, whoever wrote the rewrites."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.batch import items, understanding
from assistant.batch.rewriting import Rewriter
from assistant.goals.batch import BatchRow, RowResult
from assistant.lint.check import lint_records
from assistant.llm import ScriptedModel
from assistant.service import Assistant, make_aim
from evals.answers import answer_of

TODAY = date(2026, 11, 21)


def by_model(text: str, told: str, owner: str, language: str) -> RowResult:
    """Return a row's result where the model wrote goals for other words than the row's."""
    row = BatchRow(index=0, id="7", text=text, owner=owner)
    team = understanding.team_of(row, (), ())
    aim = make_aim(told, language=language, team=team, today=TODAY)  # type: ignore[arg-type]
    answer = answer_of(Assistant().draft(aim, llm="offline"))
    before = lint_records([understanding.record(row, text)], today=TODAY).goals[0]
    return Rewriter(Assistant(model=ScriptedModel([answer])), today=TODAY).rewrite(row, before)


@pytest.mark.parametrize(
    ("text", "told", "item", "language"),
    [
        ("1. 客户满意度从82%提到90%\n2. 优化排班流程", "客户满意度从82%提到90%", "排班流程", "zh-Hans"),
        ("1. 客戶滿意度由82%提到90%\n2. 優化排班流程", "客戶滿意度由82%提到90%", "排班流程", "zh-Hant"),
        ("1) Raise CSAT from 82% to 90%\n2) Improve shift rosters", "Raise CSAT from 82% to 90%", "rosters", "en"),
    ],
)
def test_a_model_that_drops_an_item_is_not_used(text: str, told: str, item: str, language: str) -> None:
    result = by_model(text, told, "售后客服组" if language != "en" else "Support", language)
    assert result.usage.calls == 1
    if result.verdict == "asked":
        assert item in result.changes[0] and not result.rewrites
    else:
        assert any(item in each.text for each in result.rewrites)


@pytest.mark.parametrize(
    ("text", "rewrites", "gone"),
    [
        ("1. 加强团队建设\n2. 优化流程\n3. 提升效率", ["让培训完成率提高", "返工率下降", "每周完成任务数增加"], []),
        ("1. 优化排班\n2. 成本降10%", ["成本降10%"], ["优化排班"]),
        ("1. 優化排班 2. 成本降10%", ["成本降10%"], ["優化排班"]),
        ("Speed up releases; cut costs by 10%", ["cut costs by 10%"], ["Speed up releases"]),
        ("Speed up releases; cut costs by 10%", ["raise the deployment count", "cut costs by 10%"], []),
        ("成本下降1.5%，毛利2.3亿", ["成本下降1.5%"], []),
    ],
)
def test_an_item_is_missed_where_no_rewrite_stands_for_it(text: str, rewrites: list[str], gone: list[str]) -> None:
    assert items.missing(text, rewrites) == gone
