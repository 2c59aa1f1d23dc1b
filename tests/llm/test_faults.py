"""Every fault of the table, plain, blocking and streamed: a typed failure, bounded calls, bounded time."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from assistant.llm import Completion, Failure
from tests.conftest import Within
from tests.llm.conftest import ASK, KEY, ask, gateway, stream
from tests.llm.faults import GOOD_STREAMS, PLAIN, STREAMED, Fault
from tests.llm.server import Answer, ModelServer, Raw

DEADLINE = 0.4


def settings(fault: Fault) -> dict[str, float]:
    return {"deadline": DEADLINE if fault.slow else 5.0}


def limits(fault: Fault) -> dict[str, float]:
    """Seconds for a call; a server that is slow on purpose goes on for a minute."""
    return {"seconds": DEADLINE + 1, "surely": 30} if fault.slow else {"seconds": 60}


def check(fault: Fault, outcome: object, server: ModelServer) -> None:
    assert isinstance(outcome, Failure), outcome
    assert outcome.kind == fault.kind, outcome
    assert len(server.requests) <= fault.calls
    assert outcome.calls == len(server.requests)
    assert outcome.what and outcome.cure
    shown = repr(outcome) + str(outcome)
    assert KEY not in shown and "sk-test" not in shown and "Traceback" not in shown and "<html" not in shown


@pytest.mark.parametrize("fault", PLAIN, ids=lambda fault: fault.name)
def test_plain(fault: Fault, caplog: pytest.LogCaptureFixture, within: Within) -> None:
    caplog.set_level(logging.DEBUG)
    with ModelServer([fault.served]) as server:
        model = gateway(server.base_url, **settings(fault))
        with within(**limits(fault)):
            outcome = ask(model)
        check(fault, outcome, server)
    assert KEY not in caplog.text


@pytest.mark.parametrize("fault", STREAMED, ids=lambda fault: fault.name)
@pytest.mark.parametrize("restart", [False, True], ids=["", "restart"])
def test_streamed(fault: Fault, restart: bool, within: Within) -> None:
    if fault.slow and restart:
        pytest.skip("the same as without")
    with ModelServer([fault.served]) as server:
        with within(**limits(fault)):
            _, outcome = stream(gateway(server.base_url, **settings(fault)), restart=restart)
        check(fault, outcome, server)


@pytest.mark.parametrize("fault", [row for row in PLAIN if row.calls == 3], ids=lambda fault: fault.name)
def test_a_passing_fault_is_survived(fault: Fault) -> None:
    with ModelServer([fault.served, "good"]) as server:
        outcome = ask(gateway(server.base_url))
    assert isinstance(outcome, Completion), outcome
    assert (outcome.text, outcome.calls) == ("good", 2)


@pytest.mark.parametrize("fault", [row for row in STREAMED if row.calls == 3], ids=lambda fault: fault.name)
def test_a_passing_fault_in_a_stream_is_survived_with_restart(fault: Fault) -> None:
    with ModelServer([fault.served, "good"]) as server:
        pieces, outcome = stream(gateway(server.base_url), restart=True)
    assert isinstance(outcome, Completion), outcome
    assert "".join(pieces) == outcome.text == "good"


@pytest.mark.parametrize("served", GOOD_STREAMS.values(), ids=GOOD_STREAMS)
def test_odd_but_good_streams(served: Answer | Raw, within: Within) -> None:
    # Nothing after the finish reason is waited for until the deadline.
    with ModelServer([served]) as server, within(3, surely=30):
        pieces, outcome = stream(gateway(server.base_url))
    assert isinstance(outcome, Completion), outcome
    assert "".join(pieces) == outcome.text
    assert outcome.text in {"ok", "目标 👍🏽", "a\u2028b"}


def test_retries_can_be_switched_off() -> None:
    with ModelServer([Raw([b"{}"], status=500)]) as server:
        outcome = ask(gateway(server.base_url, retries=0))
    assert isinstance(outcome, Failure) and outcome.calls == len(server.requests) == 1


def test_a_broken_stream_is_not_repeated_once_text_was_shown() -> None:
    fault = next(row for row in STREAMED if row.name == "no finish")
    with ModelServer([fault.served, "good"]) as server:
        pieces, outcome = stream(gateway(server.base_url))
    assert isinstance(outcome, Failure) and outcome.kind == "truncated"
    assert pieces == ["a", "a"] and len(server.requests) == 1


def test_nobody_listens() -> None:
    outcome = ask(gateway("http://127.0.0.1:1/v1"))
    assert isinstance(outcome, Failure) and outcome.kind == "network" and outcome.calls == 3


def test_a_hanging_name_lookup_does_not_outlast_the_deadline(monkeypatch: pytest.MonkeyPatch, within: Within) -> None:
    looked_up = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_more: looked_up.wait(60) and [])
    with within(DEADLINE + 1, surely=30):
        outcome = ask(gateway("http://localhost:1/v1", deadline=DEADLINE))
    looked_up.set()
    assert isinstance(outcome, Failure) and outcome.kind == "timeout"


@pytest.mark.parametrize("calls", [1, 3])
def test_cancelling_the_caller_cancels_the_call(calls: int, within: Within) -> None:
    async def run(url: str) -> None:
        model = gateway(url, deadline=60)
        tasks = [asyncio.create_task(model.complete(ASK)) for _ in range(calls)]
        await asyncio.sleep(0.3)
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        await model.aclose()
        assert all(isinstance(result, asyncio.CancelledError) for result in results)

    with ModelServer([Raw([], length=5, then="hang")]) as server, within(2, surely=30):
        asyncio.run(run(server.base_url))


def test_a_stream_left_early_closes_its_connection() -> None:
    async def run(url: str) -> list[object]:
        model = gateway(url)
        pieces = []
        generator = model.stream(ASK)
        async for piece in generator:
            pieces.append(piece)
            break
        await generator.aclose()
        await model.aclose()
        return pieces

    with ModelServer([Answer("abcdefgh", piece_delay=0.05, pieces=8)]) as server:
        assert asyncio.run(run(server.base_url)) == ["a"]
