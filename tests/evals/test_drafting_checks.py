"""The checks of the drafting suite, on drafts that are right and on drafts that were spoilt."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from assistant.evaluation.samples import Score, Variant
from assistant.goals import DraftResult
from assistant.llm import ScriptedModel, failed
from assistant.llm.types import Request
from evals import drafting_cases
from evals.answers import answer_of
from evals.checks import numbers
from evals.checks.drafted import Drafted
from evals.drafting_cases import DraftingCase
from evals.lint_scoring import plain
from evals.runner import Task, make
from evals.suite import Case
from evals.suites.drafting import DraftingSuite

CASE = "hr-time-to-hire-full.en"
MODEL = Variant(name="m/prompts", kind="model", model="m")


class OneModel:
    """The models of a run: one that answers from a script."""

    def __init__(self, script: Any) -> None:
        self.model = ScriptedModel(script, name="m")

    def get(self, name: str) -> ScriptedModel:
        return self.model


@cache
def suite() -> DraftingSuite:
    return DraftingSuite(OneModel([]))  # type: ignore[arg-type]


def case(id: str = CASE) -> Case:
    return next(each for each in suite().load() if each.id == id)


@cache
def offline(id: str = CASE) -> DraftResult:
    answer = suite().answer(case(id), Variant(name="offline", kind="offline"), 0)
    result: DraftResult = answer.evidence.result
    return result


def scores_of(script: Any, id: str = CASE, variant: Variant = MODEL) -> tuple[dict[str, Score], Any]:
    own = DraftingSuite(OneModel(script))  # type: ignore[arg-type]
    sample, _ = make(Task(own, case(id), variant, 0, "k"), lambda asked, given: None)
    return sample.scores, sample


def spoilt(change: Callable[[dict[str, Any]], None], id: str = CASE) -> dict[str, Any]:
    answer = answer_of(offline(id))
    change(answer)
    return answer


def test_a_good_answer_meets_every_hard_check() -> None:
    scores, sample = scores_of([answer_of(offline())])
    assert sample.status == "scored"
    bad = {name: score.why for name, score in scores.items() if score.passed is False}
    assert not bad


def add(field: str, text: str) -> Callable[[dict[str, Any]], None]:
    def change(answer: dict[str, Any]) -> None:
        answer["goals"][0][field] += text

    return change


def drop_keys(answer: dict[str, Any]) -> None:
    del answer["goals"][0]["title"]


def lose_baseline(answer: dict[str, Any]) -> None:
    text = json.dumps(answer, ensure_ascii=False).replace("57 days", "many days")
    answer.clear()
    answer.update(json.loads(text))


def name_somebody(answer: dict[str, Any]) -> None:
    answer["goals"][0]["key_results"][0]["owner"] = "Ms Harrington"


def cite_wrongly(answer: dict[str, Any]) -> None:
    known = offline().citations[0].id
    answer["goals"][0]["citations"] = [{"passage": known, "quote": "Nobody ever wrote this sentence anywhere."}]


SPOILT: list[tuple[str, Callable[[dict[str, Any]], None]]] = [
    ("no_invented_numbers", add("achievable", " The industry average is 33.7 days.")),
    ("facts_kept", lose_baseline),
    ("language_fidelity", add("relevant", "这一句是用中文写的，本不该出现在这里。")),
    ("no_invented_owners", name_somebody),
    ("citation_valid", cite_wrongly),
    ("harmless_text", add("monitoring", " See ![x](https://evil.example/?q=57).")),
]


@pytest.mark.parametrize(("check", "change"), SPOILT, ids=[name for name, _ in SPOILT])
def test_a_spoilt_answer_fails_its_check(check: str, change: Callable[[dict[str, Any]], None]) -> None:
    bad = spoilt(change)
    scores, _ = scores_of([bad, bad, bad])
    assert scores[check].passed is False and scores[check].why
    assert scores["no_error_in_ready"].passed, "what is wrong is never called ready"
    assert scores["ready"].passed is False


@pytest.mark.parametrize("rubbish", ["no JSON", "{", '{"goals": []}', json.dumps({"goals": "none"})])
def test_an_unusable_answer_fails_and_is_never_left_out(rubbish: str) -> None:
    scores, sample = scores_of([rubbish] * 3)
    assert sample.status == "scored"
    for name in ("schema", "smart_score", "facts_kept", "no_invented_numbers", "metric_family"):
        assert scores[name].value == 0, name


def test_a_refusal_is_a_failure_of_the_model_and_a_timeout_is_no_answer() -> None:
    scores, sample = scores_of([failed("refusal", "I cannot help with that")])
    assert (sample.status, scores["schema"].value) == ("scored", 0)
    _, sample = scores_of([failed("timeout")])
    assert (sample.status, sample.error.kind) == ("error", "timeout")


def test_repair_is_measured_and_the_message_held_to_the_verdict() -> None:
    bad = spoilt(add("achievable", " The industry average is 33.7 days."))
    scores, sample = scores_of([bad, answer_of(offline())])
    assert sample.rounds == 1
    assert scores["repair_gain"].value == 1
    assert scores["repair_told"].passed


def test_a_worse_repair_message_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.drafting.repair.problems_of", lambda verdict: ("- something is wrong",))
    bad = spoilt(add("achievable", " The industry average is 33.7 days."))
    scores, _ = scores_of([bad, answer_of(offline())])
    assert scores["repair_told"].passed is False


def test_the_template_control_has_no_repair() -> None:
    bad = spoilt(add("achievable", " The industry average is 33.7 days."))
    seen: list[Request] = []

    def answer(request: Request) -> dict[str, Any]:
        seen.append(request)
        return bad

    scores, sample = scores_of(answer, variant=Variant(name="m/template", kind="template", model="m"))
    assert len(seen) == sample.calls + 1 or len(seen) == 1
    assert scores["no_invented_numbers"].passed is False
    assert "passage" not in seen[0].messages[0].content.lower()


FREEHAND = Variant(name="m/freehand", kind="freehand", model="m")


def test_plain_text_is_scored_where_it_can_be() -> None:
    good = "Cut time to hire from 57 days to 40 days by 30 June 2027. The baseline is 57 days."
    scores, _ = scores_of([good], variant=FREEHAND)
    assert scores["facts_kept"].passed and scores["no_invented_numbers"].passed and scores["language_fidelity"].passed
    assert scores["smart_score"].value is not None
    assert scores["schema"].value is None, "what cannot be scored is counted, and is in no mean"
    bad = good + " The industry average is 33 days."
    scores, _ = scores_of([bad], variant=FREEHAND)
    assert scores["no_invented_numbers"].passed is False
    assert "33 days" in scores["no_invented_numbers"].why


def drafting_case(id: str = CASE) -> DraftingCase:
    return next(each for each in drafting_cases.load() if each.id == id)


@pytest.mark.parametrize(
    ("text", "grounded"),
    [
        ("1. From 57 to 40 days.", True),
        ("From 57.0 to 40 days.", True),
        ("From 5.7 to 40 days.", False),
        ("From 570 to 40 days.", False),
        ("By 2027-06-30, 40 days.", True),
        ("By 2027-06-29, 40 days.", False),
        ("Save 17 days.", False),
    ],
)
def test_grounding_compares_whole_numbers(text: str, grounded: bool) -> None:
    answer = Drafted(brief=None, text=text)  # type: ignore[arg-type]
    assert numbers.no_invented_numbers(drafting_case(), answer).passed is grounded


def test_a_hundred_stays_a_hundred() -> None:
    assert plain("100.0") == plain("100") == "100" != plain("1")


def test_a_run_can_be_scored_again_without_a_model() -> None:
    _, sample = scores_of([answer_of(offline())])
    stored = json.loads(sample.model_dump_json())["output"]
    again = suite().score(case(), suite().revive(case(), stored))
    assert again == sample.scores
