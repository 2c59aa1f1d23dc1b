"""`goals doctor`: says what is set up, what is missing and how to mend it. Knows nothing about drafting."""

from __future__ import annotations

from typing import Annotated

import typer

UNUSABLE = 1


def doctor(
    check_model: Annotated[
        bool, typer.Option("--check-model/--no-check-model", help="Ask the configured model for one word.")
    ] = True,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Check Python, settings, data folder, knowledge, index and model, each with what to do.

    Exit code 0 when goals can be drafted, if only offline; 1 when they cannot.
    """
    import json

    from assistant.cli.values import choice
    from assistant.health import examine

    shape = choice("--format", format, ("text", "json"))
    checks = examine(check_model=check_model)
    if shape == "json":
        typer.echo(json.dumps([check.model_dump() for check in checks], ensure_ascii=False, indent=2))
    else:
        for check in checks:
            typer.echo(f"{check.mark:<7} {check.name}: {check.what}")
            if check.cure:
                typer.echo(f"        {check.cure}")
    if any(check.mark == "broken" for check in checks):
        raise typer.Exit(UNUSABLE)


COMMAND = doctor
