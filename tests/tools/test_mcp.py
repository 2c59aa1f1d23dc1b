"""The MCP tools as a real client sees them: started as a command, listed, called, refused in words."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from assistant.errors import SettingsError
from assistant.tools import Tools, mcp_server

DOCS = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")


def served(mode: str, *arguments: str, **environment: str) -> Client:
    command = [sys.executable, "-m", "assistant.cli.main", "mcp", *arguments]
    return Client(
        StdioServerParameters(
            command=command[0], args=command[1:], env={**os.environ, **environment}, cwd=Path(__file__).parents[2]
        ),
        mode=mode,
        read_timeout_seconds=90,
    )


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_lists_and_calls_the_tools(mode: str) -> None:
    async def look() -> None:
        async with served(mode) as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert list(tools) == ["lint_goal", "draft_goals", "search_methods"]
            for name, tool in tools.items():
                assert tool.description and "Args:" in tool.description and f"`{name}`" in DOCS
                assert all(name in tool.description for name in tool.input_schema["properties"])
            drafting = tools["draft_goals"].input_schema
            assert drafting["properties"]["language"]["enum"] == ["auto", "zh-Hans", "zh-Hant", "en"]
            assert tools["search_methods"].input_schema["required"] == ["question"]
            linted = await called(client, "lint_goal", text="Reduce churn 5% → 8%", today="2026-11-21")
            assert {finding["rule"] for finding in linted["goals"][0]["findings"]} >= {"direction-contradiction"}
            if mode == "legacy":
                return
            aim = "客服团队想提升客户满意度，现在CSAT是82%"
            drafted = await called(client, "draft_goals", aim=aim, today="2026-11-21")
            assert drafted["drafter"]["kind"] == "offline" and drafted["language"] == "zh-Hans"
            found = (await called(client, "search_methods", question="how many key results", k=2))["result"]
            assert len(found) == 2 and found[0]["source"]
            for values, words in (({"text": ""}, "is empty"), ({"text": "NPS to 40", "today": "x"}, "today")):
                refused = await client.call_tool("lint_goal", values)
                assert refused.is_error and words in refused.content[0].text
                assert "Traceback" not in refused.content[0].text
            wrong = await client.call_tool("search_methods", {"question": ["a"]})
            assert wrong.is_error

    asyncio.run(look())


async def called(client: Client, name: str, **values: Any) -> Any:
    answer = await client.call_tool(name, values)
    assert not answer.is_error, answer.content
    told = json.loads(answer.content[0].text) if len(answer.content) == 1 else None
    assert told is None or told == answer.structured_content
    return answer.structured_content


def test_what_breaks_inside_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any) -> Any:
        raise RuntimeError("key sk-secret-123456 at /etc/x")

    async def look() -> str:
        async with Client(mcp_server.server(Tools(breaks, breaks, breaks))) as client:
            answer = await client.call_tool("lint_goal", {"text": "NPS to 40"})
            assert answer.is_error
            return str(answer.content[0].text)

    assert not re.search("secret|etc", asyncio.run(look()))


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name == "mcp" or name.startswith("mcp.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    with pytest.raises(SettingsError, match=r"goal-assistant\[mcp\]"):
        mcp_server.server(Tools(None, None, None))  # type: ignore[arg-type]
