"""Every fault of the table, plain, blocking and streamed: a typed failure, bounded calls, bounded time."""

from __future__ import annotations

import asyncio
import logging
import time

import pytest

from assistant.llm import Completion, Failure
from tests.llm.conftest import ASK, KEY, ask, gateway, stream
from tests.llm.faults import GOOD_STREAMS, PLAIN, STREAMED, Fault
from tests.llm.server import Answer, ModelServer, Raw

DEADLINE = 0.4


def settings(fault: Fault) -> dict[str, float]:
    return {"deadline": DEADLINE if fault.slow else 5.0}


def check(fault: Fault, outcome: object, server: ModelServer, seconds: float) -> None:
    assert isinstance(outcome, Failure), outcome
    assert outcome.kind == fault.kind, outcome
    assert len(server.requests) <= fault.calls
    assert outcome.calls == len(server.requests)
    assert outcome.what and outcome.cure
    shown = repr(outcome) + str(outcome)
    assert KEY not in shown and "sk-test" not in shown and "Traceback" not in shown and "<html" not in shown
    if fault.slow:
        assert seconds <= DEADLINE + 1


@pytest.mark.parametrize("fault", PLAIN, ids=lambda fault: fault.name)
def test_plain(fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with ModelServer([fault.served]) as server:
        model = gateway(server.base_url, **settings(fault))
        started = time.monotonic()
        outcome = ask(model)
        check(fault, outcome, server, time.monotonic() - started)
    assert KEY not in caplog.text


@pytest.mark.parametrize("fault", STREAMED, ids=lambda fault: fault.name)
@pytest.mark.parametrize("restart", [False, True], ids=["", "restart"])
def test_streamed(fault: Fault, restart: bool) -> None:
    if fault.slow and restart:
        pytest.skip("the same as without")
    with ModelServer([fault.served]) as server:
        started = time.monotonic()
        _, outcome = stream(gateway(server.base_url, **settings(fault)), restart=restart)
        check(fault, outcome, server, time.monotonic() - started)


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
def test_odd_but_good_streams(served: Answer | Raw) -> None:
    with ModelServer([served]) as server:
        pieces, outcome = stream(gateway(server.base_url))
    assert isinstance(outcome, Completion), outcome
    assert "".join(pieces) == outcome.text
    assert outcome.text in {"ok", "目标 👍🏽", "a\u2028b"}
    assert outcome.seconds < 3, "nothing after the finish reason is waited for until the deadline"


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


def test_a_hanging_name_lookup_does_not_outlast_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_more: time.sleep(4) or [])
    started = time.monotonic()
    outcome = ask(gateway("http://localhost:1/v1", deadline=DEADLINE))
    assert time.monotonic() - started <= DEADLINE + 1
    assert isinstance(outcome, Failure) and outcome.kind == "timeout"


@pytest.mark.parametrize("calls", [1, 3])
def test_cancelling_the_caller_cancels_the_call(calls: int) -> None:
    async def run(url: str) -> float:
        model = gateway(url, deadline=30)
        started = time.monotonic()
        tasks = [asyncio.create_task(model.complete(ASK)) for _ in range(calls)]
        await asyncio.sleep(0.3)
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        await model.aclose()
        assert all(isinstance(result, asyncio.CancelledError) for result in results)
        return time.monotonic() - started

    with ModelServer([Raw([], length=5, then="hang")]) as server:
        assert asyncio.run(run(server.base_url)) < 2


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
