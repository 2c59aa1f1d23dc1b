# ruff: noqa: E501
"""Rows of the reference rewrites: what becomes of each, and that no fact is lost."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.batch.rewriting import Rewriter
from assistant.batch.standing import standing_of
from assistant.batch.understanding import record
from assistant.goals.batch import BatchRow, RowField, RowResult
from assistant.lint.check import lint_records
from assistant.service import Assistant

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def rewriter() -> Rewriter:
    return Rewriter(Assistant(), today=TODAY, llm="offline")


def rewritten(rewriter: Rewriter, text: str, owner: str = "", **other: object) -> RowResult:
    row = BatchRow.model_validate({"index": 0, "id": "R01", "text": text, "owner": owner} | other)
    return rewriter.rewrite(row, lint_records([record(row, text)], today=TODAY).goals[0])


GOLD = (
    ("售后客服组", "大幅提升客户满意度，尽快见效", "rewritten", 1, ("客户满意度",)),
    ("电商运营组", "一季度：办3场直播、发20篇种草笔记、建2个会员群", "rewritten", 1, ("3场直播", "20篇种草笔记", "2个会员群", "2027 年 3 月 31 日")),
    ("客服部", "年底前将投诉率从5%降低至8%", "asked", 0, ()),
    ("客服组", "客服组在2027年3月31日前将电话渠道首次解决率从71%提升至78%，数据取自工单系统，质检主管每月5日前公布", "kept", 0, ()),
    ("市场部", "Q1把获客成本降到80元以内，完成会员系统上线，同时提升员工敬业度", "rewritten", 3, ("获客成本", "80元", "会员系统上线", "员工敬业度")),
    ("品保課", "全面強化品質意識，打造零缺點文化", "rewritten", 1, ()),
    ("行銷部", "2026年10月底前完成官網改版，跳出率降到45%以下", "asked", 0, ()),
    ("人資部", "離職率由12%降低3%至10%", "asked", 0, ()),
    ("客服課", "客訴24小時內回覆，每週開會檢討", "rewritten", 1, ("24小時內", "每週開會檢討")),
    ("業務處", "KPI：營收達成率40%、毛利率30%、客訴件數20%、留任率20%", "asked", 0, ()),
    ("Growth team", "Increase trial sign-ups by X% by Q2", "rewritten", 1, ("trial sign-ups", "30 June 2027")),
    ("Logistics", "Shipping cost per order down from $6.40 to $5.80 by 31 March 2027 (finance ledger, monthly; logistics lead)", "kept", 0, ()),
    ("Customer success", "NPS to 50 by 2026", "rewritten", 1, ("NPS to 50", "31 December 2026")),
    ("Marketing", "Objective: Delight 10,000 customers\nKR1: Launch the newsletter\nKR2: Weekly content meeting\nKR3: Better open rates", "rewritten", 1, ("10,000 customers", "launch the newsletter", "weekly content meeting", "open rates")),
    ("Payments squad", "Improve code quality: write 500 more unit tests by end of March", "rewritten", 1, ("500 more unit tests", "31 March 2027")),
)  # fmt: skip


@pytest.mark.parametrize(("owner", "text", "verdict", "count", "facts"), GOLD, ids=[row[0] for row in GOLD])
def test_reference_rows(
    rewriter: Rewriter, owner: str, text: str, verdict: str, count: int, facts: tuple[str, ...]
) -> None:
    result = rewritten(rewriter, text, owner)
    assert (result.state, result.verdict, len(result.rewrites)) == ("done", verdict, count)
    whole = "\n".join(each.text for each in result.rewrites)
    assert all("".join(fact.split()) in "".join(whole.split()) for fact in facts), whole
    assert not any(finding.severity == "error" for each in result.rewrites for finding in each.standing.findings)
    assert result.changes
    if verdict == "asked":
        assert result.questions
    if count:
        assert owner.lower() in whole.lower() or verdict != "rewritten" or whole.startswith("Objective")


def test_standing_has_the_letters_and_the_words_of_findings() -> None:
    linted = lint_records(
        [record(BatchRow(index=0, id="1", text="提升客户满意度"), "提升客户满意度")], today=TODAY
    ).goals[0]
    standing = standing_of(linted, "zh-Hans")
    assert (standing.score, standing.time_bound) == (linted.scorecard.score, "fail")
    assert [each.message for each in standing.findings] == [each.message for each in linted.findings]


@pytest.mark.parametrize("text", ["无", "N/A", "待定", "—", "TBD", "同上", "12%"])
def test_rows_without_a_goal_are_skipped_with_a_reason(rewriter: Rewriter, text: str) -> None:
    result = rewritten(rewriter, text)
    assert (result.state, result.verdict, result.before) == ("skipped", None, None)
    assert result.reason


def test_worked_out_readings_carry_their_formula(rewriter: Rewriter) -> None:
    readings = rewritten(rewriter, "離職率由12%降低3%至10%", "人資部").questions[0]
    assert "9%（12 − 3 = 9）" in readings
    assert "11.64%（12 × (1 − 3%)）" in readings


def test_cells_beside_the_goal_are_used_and_told(rewriter: Rewriter) -> None:
    result = rewritten(
        rewriter, "尽快提升首次解决率", "客服组", beside=(RowField(label="目标", value="78%"), RowField(label="现状", value="71%")),
    )  # fmt: skip
    assert result.verdict == "rewritten"
    assert "71%" in result.rewrites[0].text and "78%" in result.rewrites[0].text
    assert {(each.text, each.origin) for each in result.rewrites[0].numbers} >= {("71%", "stated"), ("78%", "stated")}


def test_the_measure_in_a_cell_beside_the_goal_is_taken_and_the_goals_words_stay_as_its_purpose(
    rewriter: Rewriter,
) -> None:
    beside = (RowField(label="指标", value="管理费用率"), RowField(label="目标值", value="6%"))
    result = rewritten(rewriter, "降本增效", "财务部", beside=beside)
    assert "把管理费用率降到 6%，以降本增效" in result.rewrites[0].text


def test_the_heading_lends_its_period_and_is_told_as_its_source(rewriter: Rewriter) -> None:
    result = rewritten(rewriter, "客户满意度≥95分", "销售部", title="2027年第一季度目标")
    assert "2027 年 3 月 31 日" in result.rewrites[0].text
    day = next(each for each in result.rewrites[0].numbers if "3 月 31 日" in each.text)
    assert "标题" in day.why
