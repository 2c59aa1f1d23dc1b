"""`goals batch`: rewrites a list of goals and gives it back in its own format. Knows nothing about rows or files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

_INCOMPLETE = 3


def batch(
    source: Annotated[
        Path, typer.Argument(metavar="IN", help="The list: CSV, TSV, XLSX, DOCX, Markdown, text or JSONL.")
    ],
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="Where to write it, in the same format; .json or .html for the whole run. May be repeated.",
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ROLE=COLUMN",
            help="What a column holds, by heading, letter or number: goal=C, owner=负责人, ignore=5. May be repeated.",
        ),
    ] = None,
    sheet: Annotated[str, typer.Option(metavar="NAME", help="The only sheet to read.")] = "",
    lang: Annotated[str, typer.Option(help="Language of the added headings: auto, zh-Hans, zh-Hant or en.")] = "auto",
    today: Annotated[str, typer.Option(metavar="DATE", help="The day to judge by, as 2027-03-31.")] = "",
    org_goal: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="A goal of the organisation. May be repeated.")
    ] = None,
    resource: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Means or limits of all rows. May be repeated.")
    ] = None,
    llm: Annotated[
        str | None, typer.Option(metavar="offline|MODEL", help="Who rewrites. Default: the configured model, if any.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=256, help="Calls to the model at once. Default: 6.")] = None,
    max_cost: Annotated[
        float | None, typer.Option(min=0, help="Stop when this much is spent; needs the prices.")
    ] = None,
    lint_only: Annotated[bool, typer.Option("--lint-only", help="Judge every row and rewrite none.")] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff", help="Show the rewrites as changes: in texts, Word documents and a further column of workbooks."
        ),
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the unfinished run of this output; repeats no finished row.")
    ] = False,
    new: Annotated[bool, typer.Option("--new", help="Begin anew though an unfinished run is there.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an output that is there already.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether the columns are read rightly.")] = False,
    export_requests: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write what the model is to be asked, as JSONL for a hosted batch service."),
    ] = None,
    import_answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Take the answers that a batch service gave back.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show how the list is read and what a run would take; do nothing.")
    ] = False,
    format: Annotated[str, typer.Option(help="What is printed at the end: text or json.")] = "text",
) -> None:
    """Rewrite a list of goals and give it back with every row, column and style in place.

    Exit code 0 when every row is done, 2 for wrong usage or a list that cannot be read, 3 when rows failed or the run
    was stopped: then --resume goes on.
    """
    import json
    import sys
    from datetime import date

    from assistant.cli.batch import ProgressLine, columns_of, preview, stopping, told
    from assistant.cli.values import choice
    from assistant.cli.values import day as read_day
    from assistant.errors import JobBusy, UsageError
    from assistant.service import Assistant

    choice("--format", format, ("text", "json"))
    language: Any = choice("--lang", lang, ("auto", "zh-Hans", "zh-Hant", "en"))
    if resume and new:
        raise UsageError("--resume and --new exclude each other.", "Choose one.")
    if not output and not dry_run:
        raise UsageError("There is no output.", "Name one with -o OUT, or look first with --dry-run.")
    outputs = output or []
    columns: Any = columns_of(column or ())
    prepared = Assistant().prepare_batch(
        source, today=read_day("--today", today) or date.today(), columns=columns, sheet=sheet, language=language,
        llm=llm, lint_only=lint_only, org_goals=tuple(org_goal or ()), resources=tuple(resource or ()),
        workers=workers, most_cost=max_cost,
    )  # fmt: skip
    if dry_run:
        estimate = prepared.estimate()
        typer.echo(preview(prepared))
        typer.echo(
            f"{estimate.rows} rows, {estimate.good} of them good as they are; drafter: {prepared.drafter}; "
            f"at least {estimate.calls} calls to a model."
        )
        return
    prepared.check(outputs, force=force or resume)
    interactive = sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
    typer.echo(preview(prepared), err=True)
    if interactive and not yes and not typer.confirm("Is the list read rightly?", default=True, err=True):
        raise UsageError("Nothing was done.", "Say what columns hold with --column ROLE=COLUMN.")
    try:
        job = prepared.open(outputs[0])
    except JobBusy as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(_INCOMPLETE) from None
    with job:
        if resume:
            job.resume(prepared.manifest)
        elif not new and job.unfinished:
            raise UsageError(
                "There is an unfinished run of this output.", "Go on with --resume, or begin anew with --new."
            )
        else:
            job.begin(prepared.source, prepared.manifest)
        line = ProgressLine(quiet=format == "json")
        with stopping() as stop:
            if export_requests or import_answers:
                progress, answered, missing = job.exchange(
                    prepared.settings, requests=export_requests, answers=import_answers, limits=prepared.limits,
                    told=line, stop=stop,
                )  # fmt: skip
                typer.echo(f"{answered} requests answered, {missing} to be asked.", err=True)
            else:
                progress = job.work(prepared.settings, limits=prepared.limits, told=line, stop=stop)
        line.end()
        if export_requests and progress.left:
            typer.echo(
                f"{progress.left} rows wait for answers. Send {str(export_requests)!r} to the batch service, then: the "
                "same command with --resume --import-answers FILE.",
                err=True,
            )
            typer.echo(str(export_requests))
            raise typer.Exit(_INCOMPLETE)
        if progress.stopped == "interrupted":
            typer.echo(
                f"stopped: {progress.before + progress.done} of {progress.rows} rows are done and kept. "
                "Go on with the same command and --resume.",
                err=True,
            )
            raise typer.Exit(_INCOMPLETE)
        summary = job.summary()
        for target in outputs:
            for notice in job.write(target, as_diff=diff):
                typer.echo(f"note: {target}: {notice}", err=True)
        if progress.stopped:
            why = progress.stopped.rstrip(".")
            typer.echo(f"stopped: {why}. The rest is marked in the output; go on with --resume.", err=True)
        if format == "json":
            shown = {"version": 1, "outputs": [str(each) for each in outputs], "summary": summary.model_dump()}
            typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        else:
            typer.echo(told(summary))
            for target in outputs:
                typer.echo(str(target))
        if summary.failed or summary.pending:
            raise typer.Exit(_INCOMPLETE)


COMMAND = batch
