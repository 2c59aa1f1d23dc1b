# ruff: noqa: E501
"""Any text gives an answer: spans inside, the same twice, no exception, time that grows with the text and no faster."""

from __future__ import annotations

import itertools
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.goals.facts import Facts
from assistant.language import detect, is_script, read, to_hans, wrong_characters
from assistant.language.normalise import Plain
from tests.conftest import tries

TODAY = date(2026, 11, 21)
PIECES = [
    "提升", "降低", "从", "由", "到", "至", "目前", "，", "。", "；", "（", "）", "：", "客户满意度", "投诉率", "%", "％", "万元", "百分之", "三点五亿", "九成五",
    "2027年", "Q2", "6月30日前", "未来3个月内", "24小时内", "每周", "季度末", "春节前", "民國116年", "第", "至少", "不超过", "约", "翻番", "一半", "负责人", "相关部门",
    "from ", "to ", "by ", "increase ", "reduce ", "45", "-5", "1,280", "3.5", "2.5 days ", "£84.50", "$1.2M", " percentage points", "nine out of ten ", "within 6 weeks ",
    "end of ", "mid-", "May ", "FY26 ", "03/04/2027", "v2.3.1", "KR1", "[数值]", "X%", "TBD", "→", "->", "~", "-", ".", " ", "\n", "\t", "轉(zhuǎn)", "🎉", "a\u0301\u0302", "\u202e", "\u200b", "ﬁ", "½", "①", "\x00", "İ",
]  # fmt: skip


def check(text: str) -> Facts:
    facts = read(text, TODAY)
    assert facts == read(text, TODAY)
    for items in (
        facts.quantities,
        facts.times,
        facts.metrics,
        facts.owners,
        facts.actions,
        facts.hedges,
        facts.placeholders,
    ):
        for item in items:
            assert 0 <= item.start < item.end <= len(text)
    for kind in (facts.quantities, facts.times):
        for one, other in itertools.pairwise(kind):
            assert one.end <= other.start or one.start <= other.start
    for change in facts.changes:
        for index in (change.frm, change.to, change.stated):
            assert index is None or 0 <= index < len(facts.quantities)
        assert change.metric is None or 0 <= change.metric < len(facts.metrics)
    for moment in facts.times:
        if moment.resolved[0] and moment.resolved[1] and moment.certainty != "impossible":
            assert moment.resolved[0] <= moment.resolved[1]
    return facts


@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=tries(100))
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_any_goal_language(text: str) -> None:
    check(text)


@given(st.text(alphabet=st.characters(categories=["Cs", "Cf", "Mn", "Nd", "No", "Nl", "Lo"]), max_size=60))
def test_odd_characters(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.dates(date(1900, 1, 1), date(9999, 12, 31)))
def test_any_day(text: str, today: date) -> None:
    assert read(text, today).text == text


@given(st.text(max_size=80))
def test_plain_form_maps_back(text: str) -> None:
    plain = Plain(text)
    assert len(plain.low) == len(plain.cased)
    for place in range(len(plain.low)):
        start, end = plain.span(place, place + 1)
        assert 0 <= start < end <= len(text)


@given(st.text(max_size=80))
def test_script_functions(text: str) -> None:
    assert len(to_hans(text)) == len(text)
    assert to_hans(to_hans(text)) == to_hans(text)
    assert is_script(to_hans(text), "zh-Hans")
    language = detect(text)
    if language in ("zh-Hans", "zh-Hant"):
        other = "zh-Hant" if language == "zh-Hans" else "zh-Hans"
        assert len(wrong_characters(text, language)) <= len(wrong_characters(text, other))  # type: ignore[arg-type]


LONG = ["9", "从1到", " ", "百分之", "一", "(", "-", "Q2", "3月", "每周", "from 1 to 2 ", "twenty ", "1,", "2027年", "提升客户满意度到90%，", "by ", "率", "[x", "_", "a", "\n", "end of the ", "1:", "轉(zhuǎn)", "x%"]  # fmt: skip


@pytest.mark.parametrize("unit", LONG)
def test_long_texts_of_one_unit_are_read(unit: str) -> None:
    """The growth itself is measured by `make prove`; what grows much faster ends here in the time-out."""
    check(unit * (20_000 // len(unit)))


@pytest.mark.slow
@pytest.mark.parametrize("unit", LONG)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        best = 60.0
        for _ in range(2):
            start = time.process_time()
            read(text, TODAY)
            best = min(best, time.process_time() - start)
        return best

    read(unit, TODAY)
    short, long = seconds(5_000), seconds(40_000)
    assert long <= 24 * max(short, 0.004), (short, long)


@pytest.mark.slow
@pytest.mark.parametrize("unit", LONG)
def test_a_million_characters(unit: str) -> None:
    read("提升a", TODAY)
    start = time.process_time()
    read(unit * (1_000_000 // len(unit)), TODAY)
    assert time.process_time() - start < 6.0
