"""Offers the calls as MCP tools over standard input and output. Knows nothing about goals."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from assistant import __version__
from assistant.errors import AssistantError, SettingsError
from assistant.tools.calls import Tools

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

_INSTRUCTIONS = (
    "Judge goals with lint_goal, turn a vague team aim into goals with draft_goals, and look up how goals are set with "
    "search_methods. Numbers in a draft carry their origin: never present a proposed one as a fact."
)


def server(tools: Tools) -> MCPServer[Any]:
    """Return a server with the calls as its tools; their docstrings are the descriptions.

    Raises:
        SettingsError: the `mcp` package is not installed.
    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise SettingsError(
            "The MCP tools need the package mcp, which is not installed.", "Run: pip install 'goal-assistant[mcp]'."
        ) from error
    made: MCPServer[Any] = MCPServer("goals", instructions=_INSTRUCTIONS, version=__version__, log_level="WARNING")
    for call in tools.all:
        made.tool(description=inspect.getdoc(call), annotations=ToolAnnotations(read_only_hint=True))(_telling(call))
    return made


def _telling(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return the call with errors for people as the tool's own, whose words reach the client."""
    from mcp.server.mcpserver.exceptions import ToolError

    @functools.wraps(call)
    def told(*args: Any, **values: Any) -> Any:
        try:
            return call(*args, **values)
        except AssistantError as error:
            raise ToolError(str(error)) from error

    return told
