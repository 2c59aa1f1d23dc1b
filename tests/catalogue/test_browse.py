"""`goals metrics`: by id, by name, by wish, by function, in the language that was asked in."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from assistant import catalogue
from assistant.cli.main import app
from assistant.errors import UsageError

ALL = catalogue.load().metrics


def run(*words: str) -> str:
    result = CliRunner().invoke(app, ["metrics", *words])
    assert result.exit_code == 0, result.output
    return result.stdout


def browse(query: str, function: str = "", k: int = 10) -> catalogue.Found:
    lookup = catalogue.default()
    return catalogue.browse(lookup, lookup.suggest, query, function, k)


def test_all_are_listed_under_their_functions() -> None:
    text = run()
    assert len(ALL) >= 200
    assert len({metric.function for metric in ALL.values()}) >= 15
    assert all(f"[{id}]" in text for id in ALL)


@pytest.mark.parametrize("query", ["nps", "NPS", "净推荐值", "淨推薦值", "net promoter score"])
def test_a_name_gives_everything_known_of_the_metric(query: str) -> None:
    found = browse(query)
    assert found.exact
    assert [metric.id for metric in found.metrics] == ["nps"]


@pytest.mark.parametrize("id", sorted(ALL)[::12])
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_page_names_guardrails_and_gaming_in_every_language(id: str, language: str) -> None:
    text = run(id, "--lang", language)
    words = ALL[id].text[language]  # type: ignore[index]
    assert words.definition in text and words.gaming in text and words.baseline_question in text
    assert all(f"[{other}]" in text for other in ALL[id].guardrails)


def test_a_wish_gives_metrics_that_answer_it() -> None:
    assert "complaint-rate" in [metric.id for metric in browse("减少投诉").metrics]
    found = browse("fewer people leave", k=4)
    assert not found.exact and len(found.metrics) <= 4 and found.language == "en"


def test_one_function_by_any_of_its_names() -> None:
    assert {metric.function for metric in browse("", "hr").metrics} == {"hr"}
    assert {metric.function for metric in browse("", "人力资源").metrics} == {"hr"}
    with pytest.raises(UsageError, match="hr"):
        browse("", "xyzzy")


def test_json_is_the_catalogue() -> None:
    rows = json.loads(run("csat", "--format", "json"))
    assert rows["version"] == 1
    assert rows["metrics"][0]["id"] == "csat"
    assert set(rows["metrics"][0]["text"]) == {"zh-Hans", "zh-Hant", "en"}
