"""What the gateway does beside failing well: dialects, pauses, limits, secrets."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import time
from dataclasses import replace
from email.utils import formatdate
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.llm import (
    Completion,
    Failure,
    Gateway,
    Message,
    Request,
    check,
    complete_now,
    dialect,
    forbid_live,
    open_model,
)
from assistant.llm.failures import hide, retry_after
from assistant.llm.guard import allows, is_loopback
from assistant.settings import Settings
from tests.conftest import Within
from tests.llm.conftest import ASK, KEY, OBJECT, ask, gateway, stream
from tests.llm.server import Answer, ModelServer, Raw, Scripted, error


def completed(outcome: Completion | Failure) -> Completion:
    assert isinstance(outcome, Completion), outcome
    return outcome


def failed(outcome: Completion | Failure) -> Failure:
    assert isinstance(outcome, Failure), outcome
    return outcome


def test_a_good_answer() -> None:
    with ModelServer(["你好"]) as server:
        outcome = completed(ask(gateway(server.base_url), replace(ASK, temperature=0.2, max_tokens=99)))
    sent = server.requests[0]
    assert (outcome.text, outcome.model, outcome.prompt_tokens, outcome.completion_tokens) == (
        "你好",
        "served-model",
        10,
        5,
    )
    assert sent.path == "/v1/chat/completions" and sent.headers["authorization"] == f"Bearer {KEY}"
    assert sent.body["max_tokens"] == 99 and sent.body["temperature"] == 0.2 and "tools" not in sent.body
    assert "response_format" not in sent.body and sent.headers["accept-encoding"] == "identity"
    assert outcome.seconds > 0 and outcome.calls == 1 and not outcome.stale


def test_a_good_stream() -> None:
    with ModelServer([Answer("一二三四五六七八", pieces=4)]) as server:
        pieces, outcome = stream(gateway(server.base_url))
    assert pieces == ["一二", "三四", "五六", "七八"]
    assert completed(outcome).prompt_tokens == 10


# Structured output


def refuses(*words: str, status: int = 400) -> Any:
    """An endpoint that refuses every option named, as long as it is used."""

    def answer(body: dict[str, Any]) -> Scripted:
        sent = json.dumps(body)
        for word in words:
            if f'"{word}"' in sent:
                return error(status, f"Unsupported parameter: '{word}' is not supported with this model.", param=word)
        return '{"a": "b"}'

    return answer


@pytest.mark.parametrize(
    ("refused", "calls", "mode"),
    [((), 1, "json_schema"), (("json_schema",), 2, "json_object"), (("response_format",), 3, None)],
)
@pytest.mark.parametrize("streamed", [False, True])
def test_the_mode_is_found_once_and_remembered(
    refused: tuple[str, ...], calls: int, mode: str | None, streamed: bool
) -> None:
    def run(model: Gateway) -> Completion:
        return completed(stream(model, OBJECT)[1] if streamed else ask(model, OBJECT))

    with ModelServer(refuses(*refused)) as server:
        assert run(gateway(server.base_url, retries=0)).calls == calls
        assert run(gateway(server.base_url, retries=0)).calls == 1
    last = server.requests[-1].body
    assert last.get("response_format", {}).get("type") == mode
    assert len(server.requests) == calls + 1
    written = "Answer with one JSON object" in last["messages"][0]["content"]
    assert written == (mode != "json_schema")
    if mode == "json_schema":
        assert last["response_format"]["json_schema"] == {"name": "thing", "schema": OBJECT.schema, "strict": True}


def test_a_configured_mode_is_kept() -> None:
    with ModelServer(refuses("json_schema")) as server:
        outcome = failed(ask(gateway(server.base_url, mode="json_schema"), OBJECT))
    assert outcome.kind == "bad_request" and len(server.requests) == 1


def test_the_schema_goes_into_a_system_message_of_its_own_where_there_is_none() -> None:
    with ModelServer(["{}"]) as server:
        ask(gateway(server.base_url, mode="prompt"), Request((Message("user", "x"),), schema={"type": "object"}))
    assert [message["role"] for message in server.requests[0].body["messages"]] == ["system", "user"]


@pytest.mark.parametrize("refused", ["max_tokens", "temperature"])
def test_a_refused_option_is_left_out_from_then_on(refused: str) -> None:
    request = replace(ASK, temperature=0.0)
    with ModelServer(refuses(refused)) as server:
        assert completed(ask(gateway(server.base_url), request)).calls == 2
        assert completed(ask(gateway(server.base_url), request)).calls == 1
    assert refused not in server.requests[-1].body
    if refused == "max_tokens":
        assert server.requests[-1].body["max_completion_tokens"] == 8_000


def test_stream_options_may_be_refused_with_422() -> None:
    with ModelServer(refuses("stream_options", status=422)) as server:
        outcome = completed(stream(gateway(server.base_url))[1])
    assert outcome.calls == 2 and outcome.prompt_tokens is None


def test_an_endpoint_that_refuses_every_option_ends_in_prompt_mode() -> None:
    refused = ("response_format", "max_tokens", "temperature", "stream_options")
    with ModelServer(refuses(*refused)) as server:
        outcome = completed(stream(gateway(server.base_url), replace(OBJECT, temperature=0.0))[1])
    assert outcome.calls == 6


def test_a_limit_that_is_too_large_is_no_dialect() -> None:
    with ModelServer([error(400, "max_tokens is too large: 9999. At most 4096 are supported")]) as server:
        assert failed(ask(gateway(server.base_url))).kind == "bad_request"
    assert len(server.requests) == 1


def test_many_calls_at_once_learn_the_dialect_together() -> None:
    async def run(url: str) -> list[Completion | Failure]:
        model = gateway(url, retries=0)
        outcomes = await asyncio.gather(*[model.complete(OBJECT) for _ in range(8)])
        await model.aclose()
        return outcomes

    with ModelServer(refuses("response_format")) as server:
        outcomes = asyncio.run(run(server.base_url))
    assert all(isinstance(outcome, Completion) for outcome in outcomes)
    assert len(server.requests) <= 8 * 3


def test_a_late_refusal_does_not_undo_what_another_call_has_learnt() -> None:
    first = dialect.known("http://x", "m", "auto")
    second, third = replace(first, mode="json_object"), replace(first, mode="prompt")
    assert dialect.remember("http://x", "m", "auto", first, second) == second
    assert dialect.remember("http://x", "m", "auto", second, third) == third
    assert dialect.remember("http://x", "m", "auto", first, second) == third == dialect.known("http://x", "m", "auto")


# Limits, pauses, time


def test_a_truncated_answer_is_asked_for_once_more_with_twice_the_tokens() -> None:
    with ModelServer([Answer("half", "length"), "whole"]) as server:
        outcome = completed(ask(gateway(server.base_url, max_tokens=1_000)))
    assert [seen.body["max_tokens"] for seen in server.requests] == [1_000, 2_000]
    assert (outcome.calls, outcome.prompt_tokens, outcome.completion_tokens) == (2, 20, 10)


def test_a_refused_wider_limit_is_reported_as_the_truncation() -> None:
    with ModelServer([Answer("half", "length"), error(400, "max_tokens is too large")]) as server:
        outcome = failed(ask(gateway(server.base_url)))
    assert outcome.kind == "truncated" and len(server.requests) == 2


@pytest.mark.parametrize(("name", "value"), [("Retry-After", "0.4"), ("retry-after-ms", "400")])
@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_that_is_asked_for_is_kept(name: str, value: str, status: int) -> None:
    with ModelServer([Raw([b"{}"], status, {name: value}), "ok"]) as server:
        outcome = completed(ask(gateway(server.base_url)))
    first, second = server.requests
    assert 0.35 <= second.at - first.at < 1.5 and outcome.calls == 2


def test_a_wait_beyond_the_deadline_fails_at_once_and_tells(within: Within) -> None:
    with ModelServer([error(429, Retry_After="300")]) as server, within(2, surely=60):
        outcome = failed(ask(gateway(server.base_url)))
    assert outcome.retry_after == 300 and outcome.retryable
    assert "300 seconds" in outcome.cure and len(server.requests) == 1


def test_a_pause_is_shared_by_all_calls() -> None:
    async def run(url: str) -> list[Completion | Failure]:
        model = gateway(url)
        first = asyncio.create_task(model.complete(ASK))
        await asyncio.sleep(0.25)
        outcomes = [await model.complete(ASK), await first]
        await model.aclose()
        return outcomes

    with ModelServer([Raw([b"{}"], 429, {"retry-after-ms": "600"}), "ok"]) as server:
        outcomes = asyncio.run(run(server.base_url))
    assert all(isinstance(outcome, Completion) for outcome in outcomes)
    assert all(seen.at - server.requests[0].at >= 0.55 for seen in server.requests[1:])


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        ({"retry-after": "2"}, 2.0),
        ({"retry-after": "-5"}, 0.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
    ],
)
def test_retry_after(headers: dict[str, str], wait: float | None) -> None:
    assert retry_after(headers) == wait


def test_retry_after_as_a_date() -> None:
    wait = retry_after({"retry-after": formatdate(time.time() + 30, usegmt=True)})
    assert wait is not None and 25 < wait <= 30


# What comes in


@pytest.mark.parametrize(
    "usage",
    [
        None,
        [],
        "many",
        {"prompt_tokens": float("nan"), "completion_tokens": float("inf")},
        {"prompt_tokens": -1},
        {"prompt_tokens": True},
    ],
)
def test_token_counts_that_are_none_are_unknown(usage: Any) -> None:
    with ModelServer([Answer("ok", usage=usage)]) as server:
        plain = completed(ask(gateway(server.base_url)))
        streamed = completed(stream(gateway(server.base_url))[1])
    assert (plain.prompt_tokens, plain.completion_tokens, streamed.prompt_tokens) == (None, None, None)


def test_control_characters_and_broken_characters_are_taken_out() -> None:
    with ModelServer([Answer("a\x00b\ud800c\x1b[31md\te\nf")]) as server:
        assert completed(ask(gateway(server.base_url))).text == "abc[31md\te\nf"


def test_what_is_sent_is_always_valid_text() -> None:
    with ModelServer(["ok"]) as server:
        completed(ask(gateway(server.base_url), Request((Message("user", "a\ud800\x00b {x} 目标"),))))
    assert server.requests[0].body["messages"][0]["content"] == "ab {x} 目标"


def test_thinking_is_never_shown() -> None:
    with ModelServer([Answer('<think>secret {plan}</think>\n\n{"a": "b"}', pieces=9)]) as server:
        pieces, outcome = stream(gateway(server.base_url))
        plain = ask(gateway(server.base_url))
    assert completed(outcome).text == completed(plain).text == '{"a": "b"}'
    assert "".join(pieces).strip() == '{"a": "b"}'


@pytest.mark.parametrize(
    ("told", "shown"), [(None, "some-model"), (7, "some-model"), ("", "some-model"), ("m\x002", "m2")]
)
def test_the_model_that_answered_is_named(told: Any, shown: str) -> None:
    with ModelServer([Answer("ok", model=told)]) as server:
        assert completed(ask(gateway(server.base_url))).model == shown


# Secrets and hosts


def test_the_key_is_nowhere_to_be_seen(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with ModelServer([error(401, f"Incorrect API key provided: {KEY}. Bearer {KEY}")]) as server:
        model = gateway(server.base_url)
        outcome = failed(ask(model))
    assert KEY not in repr(model) + repr(outcome) + str(outcome) + str(vars(model)) + caplog.text
    assert "[key]" in outcome.detail


def test_a_key_of_any_shape_is_taken_out_of_the_endpoints_words() -> None:
    key = "0123456789abcdef0123456789abcdef"
    with ModelServer([error(401, f"Access denied for {key}.")]) as server:
        outcome = failed(ask(gateway(server.base_url, api_key=SecretStr(key))))
    assert key not in repr(outcome) and outcome.detail == "Access denied for [key]."


def test_an_endpoints_words_are_shortened_to_one_line() -> None:
    assert hide("a\n\n\x1b[2Jb\x00" + "x" * 1_000).startswith("a [2Jbxxx")
    assert len(hide("x" * 100_000)) == 240
    assert hide("key_results: ollama is unknown", "ollama") == "key_results: ollama is unknown"


@pytest.mark.parametrize("key", ["schlüssel", "sk-\n123456", " sk-123456", "目标"])
def test_a_key_that_cannot_be_sent(key: str) -> None:
    with ModelServer() as server:
        outcome = failed(ask(gateway(server.base_url, api_key=SecretStr(key))))
    assert outcome.kind == "auth" and not server.requests and key.strip() not in str(outcome)


def test_no_key_is_needed_for_a_local_server() -> None:
    with ModelServer() as server:
        completed(ask(gateway(server.base_url, api_key=None)))


def test_openai_itself_needs_a_key() -> None:
    outcome = failed(complete_now(Gateway("gpt"), ASK))
    assert outcome.kind == "not_configured" and outcome.calls == 0


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://user:pass@localhost/v1", "http://localhost:port/v1"])
def test_an_unusable_address(url: str) -> None:
    outcome = failed(ask(gateway(url)))
    assert outcome.kind == "not_configured" and "pass" not in str(outcome)


def test_the_environment_of_another_account_is_not_sent_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-private")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-private")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-other-account-123")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with ModelServer() as server:
        completed(ask(gateway(server.base_url, api_key=None)))
    sent = str(server.requests[0].headers)
    assert "private" not in sent and "other-account" not in sent


def test_live_models_can_be_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    model = gateway("https://models.example.org/v1")
    assert failed(ask(model)).kind == "blocked"
    monkeypatch.delenv("GOALS_LLM_LIVE")
    assert allows("models.example.org")
    with forbid_live():
        assert not allows("models.example.org") and allows("127.0.0.1")
        assert stream(model)[1].kind == "blocked"  # type: ignore[union-attr]

        async def inside() -> Completion | Failure:
            return complete_now(model, ASK)

        assert failed(asyncio.run(inside())).kind == "blocked"


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) == loopback


# Settings


def test_the_settings_open_the_right_model(monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_model(Settings()) is None
    assert open_model(Settings(llm_model="gpt"), "offline") is None
    for name, base_url, shown in [
        ("qwen2.5:7b", "http://localhost:1/v1", "Gateway(model='qwen2.5:7b', host='localhost:1')"),
        ("anthropic:claude", None, "ProviderModel('anthropic:claude')"),
        ("openai:gpt", None, "Gateway(model='gpt', host='api.openai.com')"),
        ("ft:gpt:mine", None, "Gateway(model='ft:gpt:mine', host='api.openai.com')"),
    ]:
        if base_url is None:
            monkeypatch.delenv("GOALS_LLM_BASE_URL", raising=False)
        else:
            monkeypatch.setenv("GOALS_LLM_BASE_URL", base_url)
        assert repr(open_model(Settings(), name)) == shown


@pytest.mark.parametrize(
    ("served", "kind"),
    [
        ("ready", None),
        (Answer("", "length"), None),
        (Answer(""), None),
        (error(401), "auth"),
        (error(404), "not_found"),
    ],
)
def test_the_test_call(monkeypatch: pytest.MonkeyPatch, served: Scripted, kind: str | None) -> None:
    with ModelServer([served]) as server:
        monkeypatch.setenv("GOALS_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("GOALS_LLM_MODEL", "some-model")
        outcome = asyncio.run(check(Settings()))
    assert (outcome.kind if isinstance(outcome, Failure) else None) == kind
    assert len(server.requests) == 1


def test_the_test_call_without_a_model() -> None:
    assert failed(asyncio.run(check(Settings()))).kind == "not_configured"


# Life


def test_one_gateway_serves_several_event_loops_and_a_running_one() -> None:
    with ModelServer() as server:
        model = gateway(server.base_url)

        async def inside() -> Completion | Failure:
            return complete_now(model, ASK)

        for outcome in (ask(model), ask(model), asyncio.run(inside())):
            completed(outcome)


def test_connections_are_reused() -> None:
    async def run(url: str) -> None:
        model = gateway(url)
        for _ in range(5):
            completed(await model.complete(ASK))
        await model.aclose()

    with ModelServer() as server:
        asyncio.run(run(server.base_url))
    assert server.connections == 1


def test_importing_the_door_loads_no_client() -> None:
    code = (
        "import sys, assistant.llm, assistant.prompting; "
        "print([name for name in ('openai', 'httpx2', 'tenacity', 'langchain_core', 'langchain', 'langsmith',"
        " 'pydantic_settings') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
