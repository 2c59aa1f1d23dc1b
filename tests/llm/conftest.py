from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.llm import Completion, Failure, Gateway, Message, Request, Restarted, complete_now, dialect

KEY = "sk-test-1234567890abcdef"
ASK = Request((Message("system", "You answer."), Message("user", "Say something.")))
OBJECT = Request(ASK.messages, schema={"type": "object", "properties": {"a": {"type": "string"}}}, schema_name="thing")


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(os.environ):
        if name.startswith(("GOALS_", "OPENAI_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GOALS_LLM_LIVE", "off")
    dialect.forget()
    yield


def gateway(base_url: str, **changes: Any) -> Gateway:
    options: dict[str, Any] = {"deadline": 5.0, "retries": 2, "backoff": 0.01, "api_key": SecretStr(KEY)}
    return Gateway("some-model", base_url=base_url, **(options | changes))


def ask(model: Any, request: Request = ASK) -> Completion | Failure:
    return complete_now(model, request)


def stream(model: Gateway, request: Request = ASK, *, restart: bool = False) -> tuple[list[str], Completion | Failure]:
    """Return the pieces left standing and the last item of a stream."""

    async def run() -> tuple[list[str], Completion | Failure]:
        pieces: list[str] = []
        last: Completion | Failure | None = None
        try:
            async for item in model.stream(request, restart=restart):
                assert last is None, "nothing may follow the outcome"
                if isinstance(item, str):
                    pieces.append(item)
                elif isinstance(item, Restarted):
                    pieces.clear()
                else:
                    last = item
        finally:
            await model.aclose()
        assert last is not None
        return pieces, last

    return asyncio.run(run())


Factory = Callable[..., Gateway]
