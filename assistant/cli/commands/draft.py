"""`goals draft`: goals from a vague aim, a team's profile, or both. Knows nothing about how they are written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.goals import DraftResult, History
    from assistant.render.export import Format
    from assistant.service import Assistant

LANGUAGES = ("auto", "zh-Hans", "zh-Hant", "en")
FORMATS = ("text", "md", "json")
REFUSED = 1


def draft(
    aim: Annotated[str, typer.Argument(help="The vague aim; may be left out when --improve or --team is given.")] = "",
    team: Annotated[str, typer.Option(help="Team profile: function, size, skills, tools. @FILE reads a file.")] = "",
    context: Annotated[
        list[str] | None, typer.Option(help="Figures, constraints, background. @FILE reads a file. Repeatable.")
    ] = None,
    org_goal: Annotated[list[str] | None, typer.Option(help="A goal of the organisation. Repeatable.")] = None,
    improve: Annotated[list[str] | None, typer.Option(help="An area to improve. Repeatable.")] = None,
    resource: Annotated[list[str] | None, typer.Option(help="A means or a limit. Repeatable.")] = None,
    count: Annotated[
        int | None, typer.Option(help="Number of goals, 1 to 10. Default: one an outcome, 5 for a team without an aim.")
    ] = None,
    then: Annotated[
        list[str] | None,
        typer.Option(help="A follow-up to the draft, such as 'make the target 90%' or 'undo'. Repeatable, in order."),
    ] = None,
    lang: Annotated[str, typer.Option(help="auto, zh-Hans, zh-Hant or en; auto takes the aim's language.")] = "auto",
    today: Annotated[str, typer.Option(help="Day from which dates count, YYYY-MM-DD. Default: today.")] = "",
    llm: Annotated[
        str, typer.Option(help="offline, or the name of a model. Default: GOALS_LLM_MODEL, else offline.")
    ] = "",
    workspace: Annotated[
        str, typer.Option("--workspace", envvar="GOALS_WORKSPACE", help="Whose documents are read; see goals docs.")
    ] = "default",
    format: Annotated[str, typer.Option("--format", help="text, md or json.")] = "text",
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            help="Write a file instead: .md, .docx, .xlsx, .csv, .json, .ics (calendar) or .feishu.json. Repeatable.",
        ),
    ] = None,
) -> None:
    """Write goals with metrics, targets and key results, and say where every number comes from.

    Exit code 0 when goals were written, 1 when drafting was refused, 2 for wrong usage.
    """
    from assistant.cli.values import choice, day
    from assistant.goals import History, Team
    from assistant.render import draft_markdown, draft_text
    from assistant.render.export import format_of
    from assistant.service import Assistant, make_aim

    shape = choice("--format", format, FORMATS)
    language = choice("--lang", lang, LANGUAGES)
    files = [(name, format_of(name)) for name in output or ()]
    request = make_aim(
        aim,
        language=language,  # type: ignore[arg-type]
        team=Team(
            profile=_text(team),
            org_goals=tuple(org_goal or ()),
            improve=tuple(improve or ()),
            resources=tuple(resource or ()),
        ),
        context=tuple(_text(text) for text in context or ()),
        today=day("--today", today),
        count=count,
    )
    assistant = Assistant(workspace=workspace)
    result = assistant.draft(request, llm=llm or None)
    if then:
        result = _follow(assistant, History.begin(request, result), then, llm or None)
    if files and result.status != "refused":
        _save(assistant, result, files, request.today)
    elif shape == "json":
        typer.echo(result.model_dump_json(indent=2))
    else:
        typer.echo(draft_markdown.markdown(result) if shape == "md" else draft_text.text(result), nl=False)
    if result.status == "refused":
        raise typer.Exit(REFUSED)


def _save(assistant: Assistant, result: DraftResult, files: list[tuple[str, Format]], today: date) -> None:
    """Write the files and name them; what a format could not hold is told on standard error."""
    from assistant.render.export import save

    made = [(name, assistant.export(result, format, today=today)) for name, format in files]
    for name, file in made:
        save(file, name)
        typer.echo(name)
        for notice in file.notices:
            typer.echo(f"{name}: {notice}", err=True)


def _follow(assistant: Assistant, history: History, instructions: list[str], llm: str | None) -> DraftResult:
    """Return the draft after follow-ups; what each of them did is told on standard error."""
    for instruction in instructions:
        history, revised = assistant.follow_up(history, instruction, llm=llm)
        for told in revised.told:
            typer.echo(f"{instruction} → {told}", err=True)
    return history.version.result


def _text(value: str) -> str:
    """Return the value, or for `@FILE` the file's text.

    Raises:
        UsageError: the file cannot be read as UTF-8 text.
    """
    from assistant.errors import UsageError

    if not value.startswith("@"):
        return value
    try:
        return Path(value[1:]).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UsageError(f"{value[1:]!r} cannot be read: {reason}.", "Name a text file in UTF-8.") from error


COMMAND = draft
