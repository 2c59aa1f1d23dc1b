"""`goals docs`: the user's own documents. Knows nothing about how they are read or kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.goals import UserDocument

_FORMATS = ("text", "json")
_DEFAULT = "default"
_MOST_NOTICES = 12

COMMAND = typer.Typer(help="Your own documents: add, list, show, remove. Searches and drafts read and cite them.")

Workspace = Annotated[
    str, typer.Option("--workspace", envvar="GOALS_WORKSPACE", help="Whose documents; none sees another's.")
]
Output = Annotated[str, typer.Option("--format", help="text or json.")]


@COMMAND.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="Markdown, text, DOCX, PDF, XLSX, CSV or HTML.")],
    workspace: Workspace = _DEFAULT,
    format: Output = "text",
) -> None:
    """Add documents; one of the same name is replaced. A file that cannot be read is told, the others go in."""
    import sys

    from assistant.cli.values import choice
    from assistant.errors import AssistantError, InputError
    from assistant.service import Assistant

    choice("--format", format, _FORMATS)
    assistant = Assistant(workspace=workspace)
    kept: list[UserDocument] = []
    refused = 0
    for path in files:
        try:
            raw = _read(path)
            added = assistant.add_document(raw, path.name, _progress(path.name) if sys.stderr.isatty() else None)
        except InputError as error:
            refused += 1
            typer.echo(f"{path}: {error}", err=True)
            continue
        except AssistantError:
            if kept and format == "json":
                typer.echo(_json(kept))  # What went in is told, whatever stopped the rest.
            raise
        kept.append(added.document)
        if format == "text":
            before = added.replaced.name if added.replaced else ""
            told = "added" if not before else "replaced" if before == added.document.name else f"replaced {before} by"
            typer.echo(f"{told} {_line(added.document)}")
            for notice in added.document.notices[:_MOST_NOTICES]:
                typer.echo(f"  {notice.text}")
            if len(added.document.notices) > _MOST_NOTICES:
                more = len(added.document.notices) - _MOST_NOTICES
                typer.echo(f"  … and {more} more: goals docs show {added.document.id}")
    if format == "json":
        typer.echo(_json(kept))
    if refused:
        raise typer.Exit(2 if not kept else 3)


@COMMAND.command("list")
def list_(workspace: Workspace = _DEFAULT, format: Output = "text") -> None:
    """List the documents of a workspace."""
    from assistant.cli.values import choice
    from assistant.service import Assistant

    choice("--format", format, _FORMATS)
    documents = Assistant(workspace=workspace).documents()
    if format == "json":
        typer.echo(_json(list(documents)))
    elif not documents:
        typer.echo("No documents yet. Add some: goals docs add FILE")
    else:
        for document in documents:
            typer.echo(_line(document))


@COMMAND.command()
def show(
    document: Annotated[str, typer.Argument(help="Its id, the beginning of it, or its name.")],
    workspace: Workspace = _DEFAULT,
    format: Output = "text",
) -> None:
    """Show how a document was read: what was noticed, and every piece with its place."""
    import json

    from assistant.cli.values import choice
    from assistant.service import Assistant

    choice("--format", format, _FORMATS)
    found, parts = Assistant(workspace=workspace).document(document)
    if format == "json":
        rows = {"version": 1, "document": found.model_dump(), "parts": [part.model_dump() for part in parts]}
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    typer.echo(_line(found))
    for notice in found.notices:
        typer.echo(f"  {notice.text}")
    for part in parts:
        heading = f"  {part.heading}" if part.heading else ""
        typer.echo(f"\n[{found.id}#{part.number}] {part.place}{heading}\n{part.text}")


@COMMAND.command()
def remove(
    documents: Annotated[list[str], typer.Argument(help="Ids, beginnings of ids, or names.")],
    workspace: Workspace = _DEFAULT,
) -> None:
    """Remove documents without trace: no text, vector or place in the index stays."""
    from assistant.service import Assistant

    assistant = Assistant(workspace=workspace)
    for wanted in documents:
        typer.echo(f"removed {_line(assistant.remove_document(wanted))}")


def _read(path: Path) -> bytes:
    """Return a file's bytes, no more of them than a document may have."""
    from assistant.errors import InputError
    from assistant.goals import MAX_DOCUMENT_BYTES

    try:
        with path.open("rb") as stream:
            return stream.read(MAX_DOCUMENT_BYTES + 1)
    except OSError as error:
        raise InputError(f"It cannot be read ({error.strerror}).", "Check the path.", path=str(path)) from None


def _progress(name: str) -> Callable[[int, int], None]:
    """Return what tells on one line how far a long document is."""

    def told(done: int, of: int) -> None:
        typer.echo(f"\r{name}: {done} of {of} pieces", err=True, nl=done == of)

    return told


def _line(document: UserDocument) -> str:
    shown = f"{document.name}  [{document.id}]  {document.format}, {document.chunks} pieces"
    return f"{shown}, {document.encoding}" if document.encoding else shown


def _json(documents: list[UserDocument]) -> str:
    import json

    rows = {"version": 1, "documents": [document.model_dump() for document in documents]}
    return json.dumps(rows, ensure_ascii=False, indent=2)
