from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm import ParseProblem, extract
from assistant.llm.cleaning import ThinkingFilter, scrub, without_thinking
from tests.conftest import Within

GOOD = '{"a": "目标 {x}", "b": [1, 2.5, null, true]}'
READ = {"a": "目标 {x}", "b": [1, 2.5, None, True]}


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"\ufeff  {GOOD}\n",
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}\n```\n",
        f"~~~JSON\r\n{GOOD}\r\n~~~",
        f"Here you are:\n\n```json\n{GOOD}\n```\nGood luck!",
        f"Sure! {GOOD} Anything else?",
        f"With {{name}} and {{ }} in the prose: {GOOD}",
        f'<think>maybe {{"a": 1}}?</think>{GOOD}',
        f"<Thinking>x</Thinking>\n<think>y</think>{GOOD}",
        f'I thought {{"a": 1}} first</think>{GOOD}',
        f"{GOOD}\n{GOOD}",
        GOOD.replace("{x}", "{x}").replace(", ", ",\n\t"),
    ],
)
def test_the_object_is_found(text: str) -> None:
    assert extract(text) == READ


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("<think>a</think>", "empty"),
        ('<think>{"a": 1}', "truncated"),
        ('{"a": "b', "truncated"),
        ('{"a": [1, 2', "truncated"),
        ("```json\n" + '{"a": {"b": 1}', "truncated"),
        ("I cannot help.", "no_object"),
        ("{}", "no_object"),
        ("[1, 2]", "no_object"),
        ('[{"a": 1}]', "no_object"),
        ('"a"', "no_object"),
        ("use {name} here", "no_object"),
        ('{"a": 1} or rather {"a": 2}', "several"),
        ('{"a": 1,}', "syntax"),
        ('{"a": 1 "b": 2}', "syntax"),
        ("{\"a\": 'b'}", "syntax"),
        ('{"a": 1, "a": 2}', "duplicate_key"),
        ('{"a": {"b": 1, "b": 1}}', "duplicate_key"),
        ('{"a": 1, "a\\u0000": 1}', "duplicate_key"),
        ('{"a": NaN}', "not_finite"),
        ('{"a": -Infinity}', "not_finite"),
        ('{"a": 1e999}', "not_finite"),
        ('{"a": ' + "9" * 5_000 + "}", "not_finite"),
        ('{"a": ' * 41 + "1" + "}" * 41, "too_deep"),
        ('{"a": ' * 100_000 + "1" + "}" * 100_000, "too_deep"),
        ('{"a": ' + "[" * 100_000, "too_deep"),
    ],
)
def test_what_is_no_object_is_explained(text: str, kind: str) -> None:
    problem = extract(text)
    assert isinstance(problem, ParseProblem), problem
    assert problem.kind == kind
    assert 20 < len(problem.message) < 400 and problem.message.endswith(".")


def test_an_inner_object_of_a_broken_one_is_never_taken_for_the_answer() -> None:
    problem = extract('{"goals": [{"title": "x"}], "broken": }')
    assert isinstance(problem, ParseProblem) and problem.kind == "syntax" and "line 1" in problem.message


def test_strings_are_free_of_what_cannot_be_stored() -> None:
    assert extract('{"a\\ud800": ["x\\u0000y\\udfff\\u001b[1m", {"b": "\\ud83d\\ude00"}]}') == {
        "a": ["xy[1m", {"b": "😀"}]
    }


def test_thinking_tags_inside_the_object_are_the_users_text() -> None:
    text = '{"a": "<think>literal</think>", "b": "a</think>b"}'
    assert extract(text) == {"a": "<think>literal</think>", "b": "a</think>b"}


@pytest.mark.parametrize(
    "text",
    [
        "{" * 200_000,
        '{"' * 100_000,
        "<think>" * 50_000,
        "<think></think>" * 25_000,
        "</think>" * 50_000,
        '{"a":1}' * 50_000,
    ],
)
def test_hostile_answers_take_no_time(text: str, within: Within) -> None:
    with within(2):
        extract(text)


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
OBJECTS = st.dictionaries(
    st.text(min_size=1, max_size=8),
    st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)),
    min_size=1,
    max_size=4,
)


def scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, list):
        return [scrubbed(item) for item in value]
    if isinstance(value, dict):
        return {scrub(key): scrubbed(item) for key, item in value.items()}
    return value


def collides(value: Any) -> bool:
    if isinstance(value, dict):
        return len({scrub(key) for key in value}) < len(value) or any(map(collides, value.values()))
    return isinstance(value, list) and any(map(collides, value))


@given(OBJECTS, st.booleans(), st.sampled_from(["{}", "```json\n{}\n```", "Well: {} — done", "<think>no</think>{}"]))
def test_every_object_survives_its_wrapping(value: dict[str, Any], ascii_only: bool, wrapping: str) -> None:
    text = wrapping.replace("{}", json.dumps(value, ensure_ascii=ascii_only))
    read = extract(text)
    if collides(value):
        assert isinstance(read, ParseProblem) and read.kind == "duplicate_key"
    else:
        assert read == scrubbed(value)


PARTS = [*'{}[]":,ab\\ \n`<>/', "<think>", "</think>", "```json\n", "NaN", '"a"', '{"a": ']


@given(st.lists(st.sampled_from(PARTS)).map("".join))
def test_no_text_raises(text: str) -> None:
    read = extract(text)
    assert isinstance(read, dict | ParseProblem)


@given(
    st.lists(
        st.sampled_from(["<think>", "</think>", "<thinking>", "</thinking>", "<", "a", "{", "}", '"', " b ", "<thin"])
    ),
    st.integers(1, 7),
)
def test_a_stream_never_shows_thinking_that_the_whole_answer_hides(parts: list[str], size: int) -> None:
    text = "".join(parts)
    visible = ThinkingFilter()
    pieces = [visible.feed(text[start : start + size]) for start in range(0, len(text), size)]
    shown = "".join(pieces) + visible.finish()
    whole = without_thinking(text)
    lone_end = "</think>" in shown or "</thinking>" in shown
    if whole is not None and not lone_end:
        assert shown.strip() == whole
