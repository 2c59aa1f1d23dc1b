"""`goals lint`: judges goals from files, folders, a pipe or the command line. Knows nothing about rules or formats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

_FORMATS = ("text", "json", "sarif", "github")
_SAFETIES = ("suggested", "placeholder")


def lint(
    paths: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(
            metavar="[PATH|-]…",
            help="Files with goals (text, Markdown, JSONL, CSV, XLSX, DOCX) or folders of them; - reads a pipe.",
        ),
    ] = None,
    text: Annotated[list[str] | None, typer.Option("--text", metavar="GOAL", help="A goal; may be repeated.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="Kind of the goals: aim, smart_goal, objective, key_result, initiative.")
    ] = None,
    today: Annotated[str, typer.Option(metavar="DATE", help="The day to judge dates by, as 2027-03-31.")] = "",
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="How to judge: goal, template, okr or kpi. Default: goal.")
    ] = None,
    select: Annotated[list[str] | None, typer.Option(metavar="RULES", help="Only these rules, by name or id.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULES", help="Not these rules, by name or id.")] = None,
    config: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="PATH", help="Configuration to use. Default: the nearest goals.toml or pyproject.toml."),
    ] = None,
    no_config: Annotated[bool, typer.Option("--no-config", help="Use no configuration.")] = False,
    format: Annotated[str, typer.Option(help="text, json, sarif or github.")] = "text",
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Show how often each rule found something, instead of the goals.")
    ] = False,
    fail_on: Annotated[
        str | None, typer.Option(help="error, warning or never: from which severity on to exit with 1. Default: error.")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Apply safe fixes to the files; never inserts a figure.")] = False,
    fix_also: Annotated[
        list[str] | None,
        typer.Option(metavar="SAFETIES", help="With --fix or --diff, these fixes as well: suggested, placeholder."),
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")] = False,
) -> None:
    """Judge goals: what each lacks, where, and how to mend it.

    Exit code 0 when nothing was found at or above --fail-on, 1 when something was, 2 for wrong usage or
    something that could not be read.
    """
    from datetime import date

    from assistant.cli.lint import difference, judged_jobs, mended_job, shown, write
    from assistant.cli.values import choice
    from assistant.cli.values import day as read_day
    from assistant.errors import UsageError
    from assistant.lint import choose
    from assistant.lint.configuration import FAIL_ON, KINDS, configurations
    from assistant.lint.profile import find_profile
    from assistant.lint.terms import Wishes

    choice("--format", format, _FORMATS)
    day = read_day("--today", today) or date.today()
    chosen: Any = choice("--kind", kind, KINDS) if kind is not None else None
    wishes = Wishes(
        select=choose(select) if select else None,
        ignore=choose(ignore) if ignore else None,
        profile=find_profile(profile).name if profile is not None else None,
        kind=chosen,
        fail_on=choice("--fail-on", fail_on, FAIL_ON) if fail_on is not None else None,
    )
    also = [choice("--fix-also", part.strip(), _SAFETIES) for entry in fix_also or () for part in entry.split(",")]
    if fix and not diff and (not paths or "-" in paths):
        raise UsageError("--fix needs files to mend.", "Name at least one file, or use --diff.")
    if also and not (fix or diff):
        raise UsageError("--fix-also adds to the fixes of --fix, which is not asked for.", "Add --fix or --diff.")
    if (diff and format != "text") or (statistics and format not in ("text", "json")):
        raise UsageError(f"{'--diff' if diff else '--statistics'} does not go with --format {format}.", "Drop one.")
    jobs, complete = judged_jobs(paths or [], text or [], wishes, configurations(config, no_config), day)
    if diff or fix:
        safeties: Any = {"safe", *also}
        mended = [mended_job(job, safeties, day) for job in jobs]
        for job, (after, count) in zip(jobs, mended, strict=True):
            if diff:
                typer.echo(difference(job, after), nl=False)
            else:
                write(job, after, count)
        jobs = jobs if diff else [after for after, _ in mended]
    if not diff:
        typer.echo(shown(jobs, day, format, statistics))
    if not complete:
        raise typer.Exit(2)
    if any(job.fails for job in jobs):
        raise typer.Exit(1)


COMMAND = lint
