"""Every fault of the table through the whole walk of a draft: announced, bounded, the offline draft in its place."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.goals import Language
from assistant.service import Assistant, make_aim
from tests.conftest import Within
from tests.llm.conftest import KEY, gateway
from tests.llm.faults import PLAIN, Fault
from tests.llm.server import Answer, ModelServer, Raw

DEADLINE = 0.4
TODAY = date(2026, 11, 21)
AIMS: dict[Language, str] = {
    "zh-Hans": "客服团队想提升客户满意度，现在CSAT是82%",
    "zh-Hant": "客服團隊想提升顧客滿意度，目前 CSAT 是 82%",
    "en": "The support team wants happier customers; CSAT is 82% today",
}
LANGUAGES: tuple[Language, ...] = ("zh-Hans", "zh-Hant", "en")


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    """One assistant whose index and vectors are shared by all faults."""
    shared = Assistant()
    shared.warm()
    return shared


@pytest.mark.parametrize("fault", PLAIN, ids=lambda fault: fault.name)
def test_no_fault_becomes_a_goal(assistant: Assistant, fault: Fault, within: Within) -> None:
    language = LANGUAGES[PLAIN.index(fault) % 3]
    aim = make_aim(AIMS[language], language=language, today=TODAY)
    with ModelServer([fault.served]) as server:
        model = gateway(server.base_url, deadline=DEADLINE if fault.slow else 5.0)
        own = Assistant(assistant.settings, model=model, retriever=assistant.retriever)
        own.__dict__["ranker"] = assistant.ranker
        # The deadline, a second, and the offline draft; a server that is slow on purpose goes on for a minute.
        with within(DEADLINE + 1 + 0.5 if fault.slow else 60, surely=30 if fault.slow else None):
            result = own.draft(aim)
        assert len(server.requests) <= fault.calls
    assert result.drafter.kind == "offline"
    assert result.drafter.fallback_from == "some-model"
    assert result.drafter.why
    assert result.status == "ready"
    assert result.usage.calls == len(server.requests)
    shown = result.model_dump_json()
    assert KEY not in shown and "sk-test" not in shown and "Traceback" not in shown and "<html" not in shown
    if language != "en":
        assert any("\u4e00" <= character <= "\u9fff" for character in result.drafter.why)


def test_the_session_goes_on_after_a_fault(assistant: Assistant) -> None:
    broken = Raw([b"<html>busy</html>"], status=503)
    aim = make_aim(AIMS["en"], today=TODAY)
    with ModelServer([broken, broken, broken, Answer("not json"), broken]) as server:
        own = Assistant(assistant.settings, model=gateway(server.base_url), retriever=assistant.retriever)
        for _ in range(2):
            assert own.draft(aim).status == "ready"
