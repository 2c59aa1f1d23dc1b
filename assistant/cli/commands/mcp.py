"""`goals mcp`: the MCP tools, over standard input and output. Knows nothing about the tools."""

from __future__ import annotations

from typing import Annotated

import typer


def mcp(
    llm: Annotated[
        str, typer.Option(help="offline, or the name of a model. Default: GOALS_LLM_MODEL, else offline.")
    ] = "",
) -> None:
    """Serve the MCP tools lint_goal, draft_goals and search_methods to the program that starts this command.

    Nothing listens on the network: the tools are there for that program only, as long as it runs the command.
    """
    from assistant.service import Assistant
    from assistant.tools import Tools
    from assistant.tools.mcp_server import server

    assistant = Assistant()
    tools = Tools(
        lint=lambda text, today: assistant.lint(text, today=today),
        draft=lambda aim: assistant.draft(aim, llm=llm or None),
        search=lambda question, k, language: assistant.search(question, k, language, "methods"),
    )
    server(tools).run("stdio")


COMMAND = mcp
