"""Scripted, recorded and capped models, and the way into LangChain and out of it."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import FakeMessagesListChatModel
from langchain_core.messages import AIMessage
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda

from assistant.errors import StorageError
from assistant.llm import (
    CappedModel,
    Completion,
    Failure,
    Label,
    Message,
    Model,
    Recorder,
    Replayer,
    Request,
    ScriptedModel,
    StreamingModel,
    extract,
    failed,
)
from assistant.llm.langchain import ChatModel, ModelFailedError, as_runnable
from assistant.llm.provider import ProviderModel
from assistant.llm.recorded import path_of
from assistant.llm.types import Outcome
from tests.conftest import Within
from tests.llm.conftest import ASK, ask, gateway
from tests.llm.server import ModelServer

LABEL = Label("draft", "draft-goals", 1, "csat/zh", epoch=2, round=1)


def text_of(outcome: Outcome) -> str:
    assert isinstance(outcome, Completion), outcome
    return outcome.text


def kind_of(outcome: Outcome) -> str:
    assert isinstance(outcome, Failure), outcome
    return outcome.kind


def test_all_models_share_one_protocol(tmp_path: Path) -> None:
    scripted = ScriptedModel([])
    models = [scripted, Recorder(scripted, tmp_path), Replayer(tmp_path), CappedModel(scripted), ProviderModel("a:b")]
    for model in [*models, gateway("http://localhost:1")]:
        assert isinstance(model, Model) and isinstance(model, StreamingModel) and model.name


# Scripted


def test_a_script_is_given_out_in_order_and_runs_out() -> None:
    model = ScriptedModel(["one", {"二": 2}, failed("server", "down"), "", "<think>x"])
    assert [text_of(ask(model)), text_of(ask(model))] == ["one", '{"二": 2}']
    assert [kind_of(ask(model)) for _ in range(4)] == ["server", "empty", "truncated", "not_recorded"]
    assert len(model.requests) == 6 and model.requests[0] is ASK


def test_a_script_may_be_a_function() -> None:
    async def slow(request: Request) -> str:
        await asyncio.sleep(0)
        return request.messages[-1].content.upper()

    assert (
        text_of(ask(ScriptedModel(slow))) == text_of(ask(ScriptedModel(lambda _: "SAY SOMETHING."))) == "SAY SOMETHING."
    )


def test_a_script_streams() -> None:
    async def run() -> list[Any]:
        return [piece async for piece in ScriptedModel(["x" * 40]).stream(ASK)]

    *pieces, last = asyncio.run(run())
    assert "".join(pieces) == text_of(last) == "x" * 40 and len(pieces) == 3


# Recorded


def recorded(folder: Path, answer: Any = "answer", label: Label = LABEL, nonce: str = "aaaa") -> Request:
    request = Request((Message("user", f"<data-{nonce}>x</data-{nonce}>"),), nonce=nonce, label=label)
    ask(Recorder(ScriptedModel([answer], name="big-model"), folder), request)
    return request


def test_a_recorded_answer_comes_back(tmp_path: Path) -> None:
    request = recorded(tmp_path)
    replayer = Replayer(tmp_path)
    outcome = ask(replayer, replace(request, nonce="bbbb", messages=(Message("user", "<data-bbbb>x</data-bbbb>"),)))
    assert text_of(outcome) == "answer" and isinstance(outcome, Completion)
    assert not outcome.stale and not replayer.stale and outcome.model == replayer.name == "big-model"
    models, first, last = replayer.origin()
    assert models == ["big-model"] and first == last and first.endswith("Z")


def test_another_wording_or_schema_is_stale(tmp_path: Path) -> None:
    request = recorded(tmp_path)
    replayer = Replayer(tmp_path)
    for changed in (
        replace(request, messages=(Message("user", "other"),)),
        replace(request, schema={"type": "object"}),
    ):
        outcome = ask(replayer, changed)
        assert isinstance(outcome, Completion) and outcome.stale
    assert replayer.stale == [LABEL, LABEL]


@pytest.mark.parametrize(
    "change",
    [
        {"epoch": 0},
        {"round": 0},
        {"case": "csat/en"},
        {"case": "csat-zh"},
        {"version": 2},
        {"prompt": "p"},
        {"role": "repair"},
    ],
)
def test_every_part_of_the_label_counts(tmp_path: Path, change: dict[str, Any]) -> None:
    request = recorded(tmp_path)
    replayer = Replayer(tmp_path)
    other = replace(LABEL, **change)
    assert kind_of(ask(replayer, replace(request, label=other))) == "not_recorded"
    assert replayer.missing == [other]


def test_a_recording_moved_by_hand_is_not_taken_for_another(tmp_path: Path) -> None:
    request = recorded(tmp_path)
    other = replace(LABEL, epoch=7)
    path_of(tmp_path, LABEL).rename(path_of(tmp_path, other))
    assert kind_of(ask(Replayer(tmp_path), replace(request, label=other))) == "not_recorded"


def test_labels_that_differ_in_anything_have_different_files(tmp_path: Path) -> None:
    cases = [
        "a",
        "A",
        "a b",
        "a-b",
        "a/b",
        "../a",
        "目标",
        "目標",
        "x" * 60,
        "x" * 61,
        "x" * 60 + "y",
        "",
        ".",
        "CON",
        "a\ud800",
    ]
    paths = {path_of(tmp_path, replace(LABEL, case=case)) for case in cases}
    assert len({str(path).lower() for path in paths}) == len(cases)
    assert all(path.resolve().is_relative_to(tmp_path) and len(path.name) < 120 for path in paths)


def test_refusals_are_recorded_and_broken_connections_are_not(tmp_path: Path) -> None:
    refusal = recorded(tmp_path, failed("refusal", "No."))
    network = recorded(tmp_path, failed("network"), replace(LABEL, case="net"))
    replayer = Replayer(tmp_path)
    assert kind_of(ask(replayer, refusal)) == "refusal" and kind_of(ask(replayer, network)) == "not_recorded"


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"version": 2}', "null", '{"version": 1, "key": {}}'])
def test_a_broken_recording_is_missing(tmp_path: Path, broken: str) -> None:
    request = recorded(tmp_path)
    path_of(tmp_path, LABEL).write_text(broken)
    assert kind_of(ask(Replayer(tmp_path), request)) == "not_recorded"
    entry = json.dumps({"version": 1, "key": vars_of(LABEL), "digest": "x", "model": "m", "recorded": "t"})
    path_of(tmp_path, LABEL).write_text(entry)
    assert kind_of(ask(Replayer(tmp_path), request)) == "not_recorded"


def vars_of(label: Label) -> dict[str, Any]:
    return {name: getattr(label, name) for name in ("role", "prompt", "version", "case", "epoch", "round")}


def test_requests_without_a_label_pass_unrecorded(tmp_path: Path) -> None:
    assert text_of(ask(Recorder(ScriptedModel(["a"]), tmp_path))) == "a" and not list(tmp_path.iterdir())
    assert kind_of(ask(Replayer(tmp_path))) == "not_recorded"


def test_folders_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="nowhere"):
        Replayer(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be recorded"):
        recorded(tmp_path / "file")


# Capped


@pytest.mark.parametrize("limits", [{"max_calls": 100}, {"max_tokens": 1_500}])
def test_spending_stops_at_the_cap(limits: dict[str, int]) -> None:
    async def run(url: str) -> list[Outcome]:
        model = gateway(url)
        capped = CappedModel(model, **limits)
        outcomes = []
        for _ in range(30):
            outcomes += await asyncio.gather(*[capped.complete(ASK) for _ in range(5)])
        await model.aclose()
        return outcomes

    with ModelServer(["again"]) as server:
        outcomes = asyncio.run(run(server.base_url))
    assert len(server.requests) == 100
    assert {kind_of(outcome) for outcome in outcomes[100:]} == {"capped"}
    assert outcomes[-1].fatal and str(next(iter(limits.values()))) in str(outcomes[-1])  # type: ignore[union-attr]


# LangChain


def test_a_model_is_a_link_of_a_chain() -> None:
    prompt = RunnableLambda(lambda aim: Request((Message("user", aim),)))
    parse = RunnableLambda(lambda outcome: extract(outcome.text) if isinstance(outcome, Completion) else outcome.kind)
    with ModelServer(['```json\n{"a": "{b}"}\n```']) as server:
        chain = prompt | as_runnable(gateway(server.base_url)) | parse
        assert chain.invoke("{user} text") == {"a": "{b}"}
    assert server.requests[0].body["messages"][0]["content"] == "{user} text"
    broken = prompt | as_runnable(ScriptedModel([failed("quota")])) | parse
    assert asyncio.run(broken.ainvoke("x")) == "quota"


def test_a_model_is_a_chat_model() -> None:
    with ModelServer(["你好吗"]) as server:
        model = gateway(server.base_url)
        chain = ChatPromptTemplate.from_messages([("system", "s"), ("human", "{aim}")]) | ChatModel(model=model)
        answer = chain.invoke({"aim": "{x}"})

        async def stream() -> str:
            try:
                return "".join([str(piece.content) async for piece in ChatModel(model=model).astream("hi")])
            finally:
                await model.aclose()

        assert answer.content == asyncio.run(stream()) == "你好吗"
        assert answer.usage_metadata["total_tokens"] == 15


def test_a_chat_model_raises_the_typed_failure() -> None:
    model = ChatModel(model=ScriptedModel(lambda _: failed("auth")))
    with pytest.raises(ModelFailedError) as caught:
        model.invoke("x")
    assert caught.value.failure.kind == "auth" and caught.value.cure


def test_no_run_is_ever_sent_to_a_tracing_service() -> None:
    code = (
        "import assistant.llm.langchain\n"
        "from langchain_core.tracers.context import _tracing_v2_is_enabled\n"
        "import threading\n"
        "seen = []\n"
        "thread = threading.Thread(target=lambda: seen.append(_tracing_v2_is_enabled()))\n"
        "thread.start(); thread.join(); print(seen, _tracing_v2_is_enabled())\n"
    )
    switches = {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | switches, timeout=60
    )
    assert done.stdout.strip() == "[False] False"


# Providers


class Chat(FakeMessagesListChatModel):
    """Answers or raises in order."""

    def _generate(self, *args: Any, **kwargs: Any) -> Any:
        message = self.responses[self.i]
        if message.content == "raise":
            self.i += 1
            raise message.additional_kwargs["error"]
        return super()._generate(*args, **kwargs)


class StatusError(Exception):
    def __init__(self, status: int, body: Any = None) -> None:
        super().__init__("secret-key-in-the-message")
        self.status_code = status
        self.body = body


def raising(error: Exception) -> AIMessage:
    return AIMessage("raise", additional_kwargs={"error": error})


def provider(*messages: AIMessage, **changes: Any) -> ProviderModel:
    options: dict[str, Any] = {"deadline": 5, "backoff": 0.01}
    return ProviderModel("anthropic:claude", chat=Chat(responses=[*messages, AIMessage("end")]), **(options | changes))


def rows() -> Iterator[tuple[list[AIMessage], str]]:
    yield [AIMessage("ok", response_metadata={"stop_reason": "end_turn"})], "ok"
    yield [AIMessage([{"type": "thinking", "thinking": "x"}, {"type": "text", "text": "ok"}])], "ok"
    yield [AIMessage("half", response_metadata={"stop_reason": "max_tokens"}), AIMessage("whole")], "whole"
    yield [raising(StatusError(529)), raising(ConnectionError()), AIMessage("third")], "third"
    yield [AIMessage(""), AIMessage("second")], "second"


@pytest.mark.parametrize(("messages", "text"), list(rows()))
def test_a_provider_answers(messages: list[AIMessage], text: str) -> None:
    assert text_of(ask(provider(*messages))) == text


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (raising(StatusError(401)), "auth"),
        (raising(StatusError(429, {"error": {"code": "insufficient_quota"}})), "quota"),
        (raising(StatusError(400, {"error": {"message": "prompt is too long: 300000 tokens"}})), "context_length"),
        (AIMessage("", tool_calls=[{"name": "x", "args": {}, "id": "1"}]), "tool_call"),
        (AIMessage("no", response_metadata={"stop_reason": "refusal"}), "refusal"),
        (AIMessage("half", response_metadata={"finish_reason": "SAFETY"}), "filtered"),
        (AIMessage([{"type": "image"}]), "protocol"),
    ],
)
def test_a_provider_fails(message: AIMessage, kind: str) -> None:
    outcome = ask(provider(message, retries=0))
    assert kind_of(outcome) == kind and "secret" not in repr(outcome)


def test_a_slow_provider_meets_the_deadline(within: Within) -> None:
    model = ProviderModel("a:b", deadline=30, chat=Chat(responses=[AIMessage("ok")], sleep=0.1))
    assert text_of(ask(model)) == "ok"

    class Hanging(Chat):
        async def _agenerate(self, *args: Any, **kwargs: Any) -> Any:
            await asyncio.sleep(30)

    with within(1.3, surely=20):
        outcome = ask(ProviderModel("a:b", deadline=0.3, chat=Hanging(responses=[])))
    assert kind_of(outcome) == "timeout"


def test_a_provider_whose_package_is_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kind_of(ask(ProviderModel("anthropic:claude"))) == "blocked"
    monkeypatch.delenv("GOALS_LLM_LIVE")
    outcome = ask(ProviderModel("anthropic:claude"))
    assert kind_of(outcome) == "not_configured" and "anthropic" in str(outcome)
