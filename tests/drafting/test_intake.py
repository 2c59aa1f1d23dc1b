from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.intake import clean, make_aim
from assistant.errors import AssistantError, EmptyInput, InputError, NotAGoal, TooLong, UsageError
from assistant.goals import Team

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("text", ["", "   \n\t", "\u200b\u202e"])
def test_nothing_is_refused(text: str) -> None:
    with pytest.raises(EmptyInput):
        make_aim(text, today=TODAY)


@pytest.mark.parametrize("text", ["好", "x", "🚀🚀🚀", "!!!", "82%", "12345", "？？？"])
def test_texts_without_words_are_refused(text: str) -> None:
    with pytest.raises(NotAGoal):
        make_aim(text, today=TODAY)


def test_a_hundred_thousand_characters_are_refused_with_the_limit() -> None:
    with pytest.raises(TooLong) as caught:
        make_aim("提升满意度" * 20_000, today=TODAY)
    assert caught.value.values == {"length": "100,000", "limit": "8,000"}


def test_a_team_without_an_aim_is_enough() -> None:
    assert make_aim("", team=Team(improve=("投诉处理慢",)), today=TODAY).text == ""


def test_marks_that_turn_text_around_are_dropped_and_everything_else_is_kept() -> None:
    text = "提升\u202e满意度\u200b {aim} <script> ${x} 👩‍👩‍👧 é\r\nB"
    assert clean(text) == "提升满意度 {aim} <script> ${x} 👩‍👩‍👧 é\nB"


def test_zalgo_is_capped() -> None:
    assert clean("a" + "\u0301" * 500) == "a" + "\u0301" * 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我们想让客户更满意", "zh-Hans"),
        ("我們想讓客戶更滿意", "zh-Hant"),
        ("We want happier customers", "en"),
        ("提升 CSAT", "zh-Hans"),
        ("降低 churn rate，讓客戶留下來", "zh-Hant"),
    ],
)
def test_the_language_is_the_aims(text: str, language: str) -> None:
    assert make_aim(text, today=TODAY).language == language


def test_context_settles_a_script_that_the_aim_leaves_open() -> None:
    aim = make_aim("提升 CSAT", context=("客服團隊有十個人，沒有預算",), today=TODAY)
    assert aim.language == "zh-Hant"


def test_wrong_language_and_count_name_the_value() -> None:
    with pytest.raises(UsageError, match="'klingon'"):
        make_aim("ship faster", language="klingon", today=TODAY)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="11"):
        make_aim("ship faster", count=11, today=TODAY)


@given(st.text(max_size=200))
def test_any_text_is_taken_or_refused_in_words(text: str) -> None:
    try:
        aim = make_aim(text, today=TODAY)
    except InputError as error:
        assert isinstance(error, AssistantError)
        assert error.cure
    else:
        assert aim.text == clean(aim.text)
