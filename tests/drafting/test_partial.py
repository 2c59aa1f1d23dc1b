"""Goals while they are being written: what is there so far, never more, and never anything that breaks."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.partial import read_partial
from assistant.goals import PartialGoal
from assistant.llm import ScriptedModel
from assistant.service import Assistant, make_aim
from evals.answers import answer_of
from tests.llm.conftest import gateway
from tests.llm.server import Answer, ModelServer

TODAY = date(2026, 11, 21)
AIM = "Cut first response time from 52 minutes to 30 minutes by 30 June 2027"


@pytest.fixture(scope="module")
def written() -> str:
    draft = Assistant().draft(make_aim(AIM, today=TODAY), llm="offline")
    return json.dumps(answer_of(draft), ensure_ascii=False)


def test_a_growing_answer_shows_a_growing_draft(written: str) -> None:
    seen: list[tuple[PartialGoal, ...]] = []
    for end in range(0, len(written), 7):
        seen.append(read_partial("```json\n" + written[:end]))
    sizes = [sum(len(goal.model_dump_json()) for goal in goals) for goals in seen]
    assert sizes == sorted(sizes)
    whole = json.loads(written)["goals"][0]
    assert seen[-1][0].statement == whole["statement"]
    assert list(seen[-1][0].key_results) == [each["statement"] for each in whole["key_results"]]
    assert any(goals and goals[0].title and not goals[0].statement for goals in seen)


@given(st.text(max_size=300), st.integers(0, 300))
def test_nothing_breaks_it(text: str, cut: int) -> None:
    for broken in (text, "{" + text, '{"goals": ' + text, ('{"goals": [{"title": "' + text)[:cut]):
        assert isinstance(read_partial(broken), tuple)


@pytest.mark.parametrize(
    "text",
    ['{"goals": 3}', '{"goals": [1, null, "x"]}', '{"goals": [{"title": 5, "key_results": {"a": 1}}]}', "[]", ""],
)
def test_other_shapes_show_nothing(text: str) -> None:
    assert all(not goal.title and not goal.statement for goal in read_partial(text))


def test_a_streaming_model_is_shown_while_it_writes(written: str) -> None:
    with ModelServer([Answer(written, pieces=40)]) as server:
        seen: list[tuple[PartialGoal, ...]] = []
        assistant = Assistant(model=gateway(server.base_url))
        result = assistant.draft(make_aim(AIM, today=TODAY), partial=seen.append)
        assert server.requests[0].body["stream"] is True
    assert result.status == "ready" and result.drafter.kind == "llm"
    assert len(seen) > 5
    assert seen[-1][0].statement == result.goals[0].statement
    assert result.usage.prompt_tokens == 10


def test_a_repair_is_not_shown_as_writing(written: str) -> None:
    bad = json.loads(written)
    bad["goals"][0]["achievable"] += " The industry average is 33.7 days."
    seen: list[tuple[PartialGoal, ...]] = []
    model = ScriptedModel([bad, json.loads(written)])
    result = Assistant(model=model).draft(make_aim(AIM, today=TODAY), partial=seen.append)
    assert result.usage.calls == 2 and result.status == "ready"
    one = len(seen)
    seen.clear()
    Assistant(model=ScriptedModel([json.loads(written)])).draft(make_aim(AIM, today=TODAY), partial=seen.append)
    assert abs(one - len(seen)) <= 2


def test_a_stream_that_breaks_leads_to_the_offline_draft(written: str) -> None:
    from tests.llm.faults import STREAMED

    for fault in [row for row in STREAMED if not row.slow][:12]:
        with ModelServer([fault.served]) as server:
            assistant = Assistant(model=gateway(server.base_url))
            result = assistant.draft(make_aim(AIM, today=TODAY), partial=lambda goals: None)
            assert len(server.requests) <= fault.calls
        assert result.drafter.kind == "offline" and result.drafter.why, fault.name
        assert result.status == "ready"
