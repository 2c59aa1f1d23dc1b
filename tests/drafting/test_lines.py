from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.lines import Figure, fill, joined, line, quoted
from assistant.goals import Evidence, Source
from assistant.language import read

TODAY = date(2026, 11, 21)
FIGURE = Figure("82%", "82", "%", "stated", Evidence(source="aim", start=0, end=3))


def test_figures_know_their_place() -> None:
    made = fill("把{metric}从{baseline}提高到{target}。", metric="CSAT", baseline=FIGURE, target="86%")
    assert made.text == "把 CSAT 从 82% 提高到 86%。"
    (number,) = made.numbers("/goals/0/statement")
    assert made.text[number.start : number.end] == "82%"
    assert number.field == "/goals/0/statement"


def test_braces_in_a_value_are_left_alone() -> None:
    assert fill("{a} and {b}", a="{b}", b="${x} {{y}}").text == "{b} and ${x} {{y}}"


def test_a_missing_slot_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill("{a} {b}", a="x")


def test_a_slot_at_the_start_of_an_english_sentence_is_capitalised() -> None:
    made = fill("{cadence}, look. {team} decides, not {team}.", cadence="every week", team="the team")
    assert made.text == "Every week, look. The team decides, not the team."


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("10 月工单 6,240 张，其中 1,180 张是老问题", 0, 26),
        ("about 240 people, £1,500 to spend", 0, 33),
        ("不加人", 0, 3),
    ],
)
def test_a_quote_is_verbatim_and_every_digit_is_stated(text: str, start: int, end: int) -> None:
    source = Source(key="context:1", text=text, facts=read(text, TODAY))
    made = quoted(source, start, min(end, len(text)))
    assert made.text == text[start:end]
    covered = {at for number in made.numbers("") for at in range(number.start, number.end)}
    assert all(at in covered for at, character in enumerate(made.text) if character.isdigit())
    for number in made.numbers(""):
        assert number.origin == "stated"
        assert text[number.evidence.start or 0 : number.evidence.end or 0] == number.text


@given(st.text(max_size=60))
def test_quoting_any_text_keeps_it(text: str) -> None:
    source = Source(key="aim", text=text, facts=read(text, TODAY))
    assert quoted(source, 0, len(text)).text == text


@given(st.lists(st.text(max_size=8), max_size=6))
def test_joining_loses_nothing_but_adds_only_spaces(parts: list[str]) -> None:
    assert line(*parts).text.replace(" ", "") == "".join(parts).replace(" ", "")
    assert joined(parts, "；").text.count("；") >= max(0, len(parts) - 1)
