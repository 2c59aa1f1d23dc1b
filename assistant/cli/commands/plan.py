"""`goals plan`: a whole plan from an aim or from finished goals. Knows nothing about how it is composed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

LANGUAGES = ("auto", "zh-Hans", "zh-Hant", "en")
FORMATS = ("md", "json")


def plan(
    kind: Annotated[
        str,
        typer.Argument(
            help="kpi-contract, service-loop, quarterly, annual, career, project, sales-marketing, process-improvement."
        ),
    ],
    aim: Annotated[str, typer.Argument(help="The vague aim; may be left out with --goals, --improve or --team.")] = "",
    goals: Annotated[str, typer.Option(help="JSON file from goals draft, instead of drafting goals.")] = "",
    team: Annotated[str, typer.Option(help="Team profile: function, size, skills, tools. @FILE reads a file.")] = "",
    context: Annotated[
        list[str] | None,
        typer.Option(help="Figures, phases with dates, weights, duties, partners. @FILE reads a file. Repeatable."),
    ] = None,
    org_goal: Annotated[list[str] | None, typer.Option(help="A goal of the organisation. Repeatable.")] = None,
    improve: Annotated[list[str] | None, typer.Option(help="An area to improve. Repeatable.")] = None,
    resource: Annotated[list[str] | None, typer.Option(help="A means or a limit. Repeatable.")] = None,
    count: Annotated[int | None, typer.Option(help="Number of goals to draft, 1 to 10.")] = None,
    start: Annotated[str, typer.Option(help="First day of the plan, YYYY-MM-DD. Default: today.")] = "",
    end: Annotated[str, typer.Option(help="Last day, YYYY-MM-DD. Default: the goals' last or the kind's period.")] = "",
    lang: Annotated[str, typer.Option(help="auto, zh-Hans, zh-Hant or en; auto takes the aim's language.")] = "auto",
    today: Annotated[str, typer.Option(help="Day from which dates count, YYYY-MM-DD. Default: today.")] = "",
    llm: Annotated[
        str, typer.Option(help="offline, or the name of a model. Default: GOALS_LLM_MODEL, else offline.")
    ] = "",
    workspace: Annotated[
        str, typer.Option("--workspace", envvar="GOALS_WORKSPACE", help="Whose documents are read; see goals docs.")
    ] = "default",
    format: Annotated[str, typer.Option("--format", help="md or json.")] = "md",
    output: Annotated[
        list[str] | None,
        typer.Option("--output", "-o", help="Write a file: .md, .docx, .xlsx, .html, .json or .ics. Repeatable."),
    ] = None,
) -> None:
    """Write a whole plan: who does what by when, with duties, risks, reviews and the origin of every number.

    Exit code 0 when a plan was written, 2 for wrong usage.
    """
    from assistant.cli.commands.draft import _text
    from assistant.cli.values import choice, day
    from assistant.errors import UsageError
    from assistant.goals import Team
    from assistant.render.export import save
    from assistant.render.plan.export import plan_format_of
    from assistant.render.plan.markdown import plan_markdown
    from assistant.service import Assistant, make_aim, make_surroundings, read_goals

    shape = choice("--format", format, FORMATS)
    language = choice("--lang", lang, LANGUAGES)
    files = [(name, plan_format_of(name)) for name in output or ()]
    surroundings = Team(
        profile=_text(team),
        org_goals=tuple(org_goal or ()),
        improve=tuple(improve or ()),
        resources=tuple(resource or ()),
    )
    told = tuple(_text(text) for text in context or ())
    on = day("--today", today)
    given = read_goals(_read(goals)) if goals else None
    if given is not None:
        if language not in {"auto", given.language}:
            raise UsageError(f"The goals are written in {given.language}, not in {language}.", "Leave out --lang.")
        request = make_surroundings(given, aim, team=surroundings, context=told, today=on)
    else:
        request = make_aim(aim, language=language, team=surroundings, context=told, today=on, count=count)  # type: ignore[arg-type]
    assistant = Assistant(workspace=workspace)
    made = assistant.plan(kind, request, given, start=day("--start", start), end=day("--end", end), llm=llm or None)
    for name, ending in files:
        file = assistant.export_plan(made, ending, today=made.today)
        save(file, name)
        typer.echo(name)
        for notice in file.notices:
            typer.echo(f"{name}: {notice}", err=True)
    if files:
        return
    if shape == "json":
        typer.echo(made.model_dump_json(indent=2))
    else:
        typer.echo(plan_markdown(assistant.plan_outline(made)), nl=False)


def _read(path: str) -> str:
    """Return the text of a file.

    Raises:
        UsageError: the file cannot be read as UTF-8 text.
    """
    from assistant.errors import UsageError

    try:
        return Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UsageError(f"{path!r} cannot be read: {reason}.", "Name a JSON file from goals draft.") from error


COMMAND = plan
