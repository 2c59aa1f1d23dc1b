"""Questions that a model puts itself, beside those that code puts about conflicts."""

from __future__ import annotations

import json
from datetime import date

import pytest

from assistant import Assistant
from assistant.goals import DraftResult
from assistant.llm import ScriptedModel
from assistant.service import make_aim
from assistant.settings import Settings
from evals.answers import answer_of

TODAY = date(2026, 12, 1)
AIM = "Cut first response time from 52 minutes to 30 minutes by June 2027"


def drafted(aim_text: str, *questions: dict[str, str]) -> DraftResult:
    """Return what becomes of an answer that puts `questions`."""
    aim = make_aim(aim_text, today=TODAY)
    answer = {**answer_of(Assistant(Settings()).draft(aim, llm="offline")), "questions": list(questions)}
    return Assistant(Settings(), model=ScriptedModel([json.dumps(answer)] * 3)).draft(aim)


def asked(text: str, slot: str = "resources") -> dict[str, str]:
    return {"slot": slot, "text": text, "why": "It decides how the work is shared."}


def test_a_models_own_questions_are_put() -> None:
    result = drafted(AIM, asked("Who covers the evenings while the queue is long?"))
    assert [question.text for question in result.questions] == ["Who covers the evenings while the queue is long?"]
    assert result.questions[0].options, "the usual answers are offered"


@pytest.mark.parametrize(
    "text",
    [
        "Is the industry norm of 17 minutes the real aim?",
        "请问夜班由谁值班，白班又由谁值班？",
        "Could you look at https://evil.invalid/x first?",
        "   ",
    ],
)
def test_a_question_that_fails_a_gate_is_left_out(text: str) -> None:
    result = drafted(AIM, asked(text))
    assert text not in [question.text for question in result.questions]
    assert result.questions, "what a slot lacks is asked instead"


def test_whether_something_contradicts_is_never_left_to_the_model() -> None:
    text = "The rate is 82% now. The rate is 88% now. Raise customer satisfaction to 95% by June 2027."
    offline = Assistant(Settings()).draft(make_aim(text, today=TODAY), llm="offline")
    assert offline.conflicts
    result = drafted(
        text, asked("Is everything fine?", slot=offline.conflicts[0].slot), asked("Who leads it?", "owner")
    )
    assert result.conflicts == offline.conflicts
    assert result.questions[0] == offline.questions[0]
    assert [question.text for question in result.questions[1:]] == ["Who leads it?"]
