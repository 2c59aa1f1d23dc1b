"""The calls of programs: the JSON is that of the commands, and what cannot be used is said in a person's words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.errors import AssistantError
from assistant.service import Assistant
from assistant.tools import Tools

AIM = "Cut first response time from 52 minutes to 30 minutes by 30 June 2027"


def over(assistant: Assistant) -> Tools:
    return Tools(
        lint=lambda text, today: assistant.lint(text, today=today),
        draft=assistant.draft,
        search=lambda question, k, language: assistant.search(question, k, language, "methods"),
    )


@pytest.fixture(scope="module")
def tools() -> Tools:
    return over(Assistant())


def said(*words: str) -> Any:
    run = CliRunner().invoke(app, list(words))
    assert run.exit_code in (0, 1), run.output
    return json.loads(run.stdout)


def test_the_answers_are_those_of_the_commands(tools: Tools) -> None:
    day = "2026-11-21"
    goal = "Reduce churn from 5% to 8% soon"
    assert tools.lint_goal(goal, day) == said("lint", "--text", goal, "--today", day, "--no-config", "--format", "json")
    words = ("draft", AIM, "--today", day, "--resource", "no hiring", "--format", "json")
    ours, theirs = tools.draft_goals(AIM, resources=["no hiring"], today=day), said(*words)
    for name in ("timings", "usage"):
        assert set(ours.pop(name)) == set(theirs.pop(name))
    assert ours == theirs and ours["drafter"]["kind"] == "offline"
    asked = ("search", "how many key results", "-k", "2", "--in", "methods", "--format", "json")
    assert tools.search_methods("how many key results", 2) == said(*asked)


def test_a_draft_takes_a_team_and_a_language(tools: Tools) -> None:
    made = tools.draft_goals(
        team="售后客服组，14 人", improve=["投诉处理慢"], language="zh-Hant", count=2, today="2026-11-21"
    )
    assert len(made["goals"]) == 2 and made["language"] == "zh-Hant"
    assert all(passage["language"] == "en" for passage in tools.search_methods("权重怎么定", 3, "en"))


@pytest.mark.parametrize(
    ("call", "values", "named"),
    [
        ("lint_goal", {"text": 5}, "text"),
        ("lint_goal", {"text": "   "}, "is empty"),
        ("lint_goal", {"text": "# Title"}, "no goal"),
        ("lint_goal", {"text": "x" * 40_001}, "40,000"),
        ("lint_goal", {"text": "NPS to 40", "today": "21.11.2026"}, "today"),
        ("lint_goal", {"text": "NPS to 40", "today": None}, "today"),
        ("draft_goals", {}, "aim"),
        ("draft_goals", {"aim": "x" * 8_001}, "8,000"),
        ("draft_goals", {"aim": AIM, "count": 11}, "count"),
        ("draft_goals", {"aim": AIM, "count": True}, "count"),
        ("draft_goals", {"aim": AIM, "count": 2.0}, "count"),
        ("draft_goals", {"aim": AIM, "language": "fr"}, "language"),
        ("draft_goals", {"aim": AIM, "context": "text"}, "context"),
        ("draft_goals", {"aim": AIM, "improve": ["a"] * 101}, "improve"),
        ("draft_goals", {"aim": AIM, "org_goals": ["a", None]}, r"org_goals\[1\]"),
        ("search_methods", {"question": " "}, "empty"),
        ("search_methods", {"question": "q" * 2_001}, "2,000"),
        ("search_methods", {"question": "okr", "k": 51}, "k cannot"),
        ("search_methods", {"question": "okr", "k": "5"}, "k cannot"),
        ("search_methods", {"question": "okr", "language": "zh"}, "language"),
    ],
)
def test_what_cannot_be_used_is_named(tools: Tools, call: str, values: dict[str, Any], named: str) -> None:
    with pytest.raises(AssistantError, match=named) as caught:
        getattr(tools, call)(**values)
    assert caught.value.cure and len(str(caught.value)) < 300


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.lists(st.text(max_size=20), max_size=3),
)


@given(st.dictionaries(st.sampled_from(["aim", "language", "team", "improve", "context", "count", "today"]), ANYTHING))
def test_any_values_give_a_draft_or_a_plain_error(values: dict[str, Any]) -> None:
    drafted: list[Any] = []

    class Drawn(Exception):
        pass

    def draft(aim: Any) -> Any:
        drafted.append(aim)
        raise Drawn

    tools = Tools(lint=lambda text, today: Assistant().lint(text, today=today), draft=draft, search=lambda *_: [])
    try:
        tools.draft_goals(**values)
    except AssistantError as error:
        assert not drafted and error.what
    except Drawn:
        assert drafted[0].text or drafted[0].team.profile or drafted[0].team.improve


@given(st.text(max_size=200))
def test_any_text_is_judged_or_refused(text: str) -> None:
    tools = over(Assistant())
    try:
        assert json.dumps(tools.lint_goal(text, "2026-11-21"))
    except AssistantError as error:
        assert error.cure
