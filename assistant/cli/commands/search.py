"""`goals search`: passages of the method texts and of the user's documents.

Knows nothing about how they are found.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Format(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSON = "json"


class Scope(StrEnum):
    """Where is searched."""

    ALL = "all"
    METHODS = "methods"
    DOCUMENTS = "documents"


class ShownLanguage(StrEnum):
    """Languages of the method texts."""

    HANS = "zh-Hans"
    HANT = "zh-Hant"
    EN = "en"


def search(
    question: Annotated[str, typer.Argument(help="What you want to know about setting goals.")],
    k: Annotated[int, typer.Option("-k", "--count", min=1, max=50, help="Most passages to show.")] = 5,
    output: Annotated[Format, typer.Option("--format", help="Text for people or JSON for programs.")] = Format.TEXT,
    language: Annotated[
        ShownLanguage | None, typer.Option("--language", help="Language to prefer; the question's own if not given.")
    ] = None,
    scope: Annotated[
        Scope, typer.Option("--in", help="Method texts, your documents (see goals docs), or both.")
    ] = Scope.ALL,
    workspace: Annotated[
        str, typer.Option("--workspace", envvar="GOALS_WORKSPACE", help="Whose documents are searched.")
    ] = "default",
) -> None:
    """Find passages of the method texts and of your documents, best first."""
    import json

    from assistant.errors import UsageError
    from assistant.service import Assistant

    if not question.strip():
        raise UsageError("The question is empty.", 'Ask something, such as goals search "how to weight KPIs".')
    assistant = Assistant(workspace=workspace)
    passages = assistant.search(question, k, language.value if language else None, scope.value)
    handle = assistant.retriever
    for notice in (*handle.problems(), handle.warning, handle.mode if handle.mode.startswith("lexical") else ""):
        if notice:
            typer.echo(f"notice: {notice}", err=True)
    if output is Format.JSON:
        typer.echo(json.dumps([passage.model_dump() for passage in passages], ensure_ascii=False, indent=2))
        return
    if not passages:
        typer.echo("Nothing was found. Ask in other words.")
    for place, passage in enumerate(passages, start=1):
        typer.echo(f"{place}. {passage.title}  [{passage.id}]\n{passage.text}\n{passage.source}\n")


COMMAND = search
