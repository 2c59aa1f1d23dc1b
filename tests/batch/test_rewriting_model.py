"""Rows rewritten by a model: what it writes is used only where it keeps what the row says; its faults are told."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest

from assistant.batch import understanding
from assistant.batch.rewriting import Rewriter
from assistant.goals.batch import BatchRow, RowResult
from assistant.lint.check import lint_records
from assistant.llm import ScriptedModel, failed
from assistant.service import Assistant, make_aim
from evals.answers import answer_of

TODAY = date(2026, 11, 21)
ROW = BatchRow(index=3, id="R04", text="大幅提升客户满意度，目前82%，尽快做到90%", owner="售后客服组")


def rewritten(model: ScriptedModel, row: BatchRow = ROW, llm: str | None = None) -> RowResult:
    before = lint_records([understanding.record(row, row.text)], today=TODAY).goals[0]
    return Rewriter(Assistant(model=model), today=TODAY, llm=llm).rewrite(row, before)


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    team = understanding.team_of(ROW, (), ())
    aim = make_aim(understanding.aim_text(ROW), language="zh-Hans", team=team, today=TODAY)
    return answer_of(Assistant().draft(aim, llm="offline"))


def test_what_the_model_wrote_is_used_where_it_keeps_every_fact(answer: dict[str, Any]) -> None:
    result = rewritten(ScriptedModel([answer]))
    assert result.verdict == "rewritten"
    assert result.drafter is not None and result.drafter.kind == "llm"
    assert result.usage.calls == 1
    assert "82%" in result.rewrites[0].text and "90%" in result.rewrites[0].text
    assert result.rewrites[0].text == answer["goals"][0]["statement"]
    assert any(each.origin == "proposed" for each in result.rewrites[0].numbers)


def test_an_answer_that_loses_the_measure_is_put_together_from_the_rows_own_words(answer: dict[str, Any]) -> None:
    other = copy.deepcopy(answer)
    text = json.dumps(other, ensure_ascii=False).replace("客户满意度", "员工敬业度")
    result = rewritten(ScriptedModel(lambda request: text))
    assert result.state == "done"
    assert all("客户满意度" in each.text for each in result.rewrites)


@pytest.mark.parametrize("kind", ["auth", "server", "timeout", "quota"])
def test_a_fault_of_the_model_fails_the_row_and_is_never_an_offline_rewrite(kind: Any) -> None:
    result = rewritten(ScriptedModel(lambda request: failed(kind, "no", model="scripted")))
    assert (result.state, result.verdict, result.rewrites) == ("failed", None, ())
    assert "模型" in result.reason
    assert result.before is not None


def test_rows_that_are_asked_about_or_kept_cost_no_call() -> None:
    model = ScriptedModel([])
    asked = rewritten(model, ROW.model_copy(update={"text": "年底前将投诉率从5%降低至8%"}))
    kept = rewritten(model, ROW.model_copy(update={"text": "2027年3月31日前将首次解决率从71%提升至78%"}))
    assert (asked.verdict, kept.verdict, model.requests) == ("asked", "kept", [])
