"""`goals eval`: evaluation runs of prompts, models, linter and search. Knows nothing about how they are judged.

Needs a checkout: cases and checks do not come with an installed package.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

COMMAND = typer.Typer(
    help="Evaluation runs: run, compare, bless, gate, score, list. Exit 0 pass, 1 failed, 2 usage, 3 incomplete, "
    "4 inconclusive with --strict."
)
_INCOMPLETE = 3
_FORMATS = ("text", "json")

Run = Annotated[str, typer.Argument(help="A run: its id, the beginning of one, `latest`, or its folder.")]
Output = Annotated[str, typer.Option("--format", help="text or json.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Every check and every failure.")]
Tolerance = Annotated[float, typer.Option(help="Largest loss that does not matter, in points of a score of 0 to 1.")]
Rescore = Annotated[bool, typer.Option("--rescore", help="Score both sides again with the checks of today.")]


@COMMAND.command()
def run(
    suite: Annotated[
        list[str] | None, typer.Option(help="drafting, lint, retrieval, injection, parity or all. Default: drafting.")
    ] = None,
    variant: Annotated[
        list[str] | None,
        typer.Option(
            help="Who answers: offline, prompts, draft-v1, draft-v1+repair-v1, freehand, template, obedient, linter, "
            "hybrid, dense, lexical. Default: prompts with a model, else the suite's own. Repeatable."
        ),
    ] = None,
    model: Annotated[list[str] | None, typer.Option(help="A model at the configured endpoint. Repeatable.")] = None,
    epochs: Annotated[int, typer.Option(min=1, max=100, help="How often each case is answered.")] = 1,
    filter: Annotated[str, typer.Option("--filter", help="Words that occur in the id, or are a tag or language.")] = "",
    split: Annotated[str, typer.Option(help="dev, held or all.")] = "all",
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first cases.")] = None,
    case: Annotated[list[str] | None, typer.Option(help="Only the case of this id. Repeatable.")] = None,
    record: Annotated[Path | None, typer.Option(help="Keep every answer of a model in this folder.")] = None,
    replay: Annotated[Path | None, typer.Option(help="Answer from this folder; a missing answer is an error.")] = None,
    at_once: Annotated[
        int | None, typer.Option(min=1, max=256, help="Most samples at once. Default: 8 with a model.")
    ] = None,
    max_cost: Annotated[
        float | None, typer.Option(min=0, help="Stop when this much is spent; needs the prices.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder of the run. Default: a new one.")] = None,
    resume: Annotated[str, typer.Option(help="Go on with this run, given the same options.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be run, and ask nobody.")] = False,
    gate: Annotated[bool, typer.Option("--gate", help="Then judge the run as `goals eval gate` does.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="With --gate, as there.")] = False,
    verbose: Verbose = False,
    format: Output = "text",
) -> None:
    """Run suites and keep every sample; Ctrl-C keeps what is done, --resume goes on."""
    from assistant.cli.values import choice
    from assistant.evaluation.samples import SUITES

    command = _evals()
    from assistant.errors import UsageError
    from assistant.evaluation import folder
    from evals.report import plain, terminal
    from evals.store import RunStore

    choice("--format", format, _FORMATS)
    choice("--split", split, ("dev", "held", "all"))
    asked = [choice("--suite", name, (*SUITES, "all")) for name in suite or ()]
    if resume and out is not None:
        raise UsageError("A run that is resumed has its folder already.", "Leave out --out.")
    path = folder.find(resume) if resume else out
    prepared = command.prepare(
        command.Options(
            suites=SUITES if "all" in asked else tuple(asked),
            variants=tuple(variant or ()), models=tuple(model or ()), epochs=epochs, split=split, words=filter,
            limit=limit, cases=tuple(dict.fromkeys(case or ())), record=record, replay=replay, at_once=at_once,
            max_cost=max_cost, out=path,
        )
    )  # fmt: skip
    if dry_run:
        typer.echo(_planned(prepared, format))
        return
    home = (path or folder.runs_home() / prepared.manifest.id).resolve()
    if not resume and (home / folder.MANIFEST).exists():
        raise UsageError(f"There is a run in {str(home)!r} already.", f"Go on with --resume {home}, or choose another.")
    with RunStore(home) as store, terminal.Progress(quiet=format == "json") as progress:
        tally, summary = command.run(prepared, store, progress)
    if tally.stopped:
        typer.echo(f"stopped: {plain.line(tally.stopped)}. Go on with --resume {home}", err=True)
    if gate:
        _gate(str(home), 0.05, strict, False, False, verbose, format)
        return
    if format == "json":
        typer.echo(summary.model_dump_json(indent=2))
    else:
        typer.echo(terminal.result(summary, None, folder.read_samples(home), verbose=verbose))
        typer.echo(f"\n{home}\n{home / 'report.html'}")
    if not summary.complete:
        raise typer.Exit(_INCOMPLETE)


@COMMAND.command("list")
def list_(
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest first.")] = 20,
    format: Output = "text",
) -> None:
    """List the runs of this machine, the newest first."""
    from assistant.cli.values import choice
    from assistant.evaluation import folder

    choice("--format", format, _FORMATS)
    runs = folder.list_runs()[:limit]
    if format == "json":
        import json

        rows = {"version": 1, "runs": [each.model_dump() for each in runs]}
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not runs:
        typer.echo("No runs yet. Start one: goals eval run")
    for each in runs:
        done = "?" if each.finished is None else str(each.finished)
        errors = f", {each.errors} without an answer" if each.errors else ""
        dirty = "+" if each.dirty else ""
        typer.echo(
            f"{each.id}  {each.created}  {each.revision[:10]}{dirty}  {done}/{each.planned}{errors}  "
            f"{', '.join(each.suites)}: {', '.join(each.variants)}  {each.outcome or ''}".rstrip()
        )


@COMMAND.command()
def compare(
    reference: Run,
    candidate: Run,
    pair: Annotated[
        list[str] | None, typer.Option(help="REFERENCE=CANDIDATE: variants to compare. Repeatable.")
    ] = None,
    tolerance: Tolerance = 0.05,
    rescore: Rescore = False,
    verbose: Verbose = False,
    format: Output = "text",
) -> None:
    """Compare two runs case by case: difference, interval, p, and the cases that fell most."""
    from assistant.cli.values import choice
    from assistant.errors import UsageError

    command = _evals()
    from evals.report import terminal

    choice("--format", format, _FORMATS)
    pairs = []
    for words in pair or ():
        old, sign, new = words.partition("=")
        if not (old and sign and new):
            raise UsageError(f"{words!r} names no two variants.", "Write --pair REFERENCE=CANDIDATE.")
        pairs.append((old, new))
    found, partial = command.compare_runs(reference, candidate, tolerance=tolerance, pairs=pairs, rescore=rescore)
    typer.echo(
        found.model_dump_json(indent=2) if format == "json" else terminal.comparison(found, partial, verbose=verbose)
    )
    if found.refused:
        raise typer.Exit(2)
    if partial:
        raise typer.Exit(_INCOMPLETE)


@COMMAND.command()
def bless(run: Run) -> None:
    """Make a whole run the reference that later runs are compared with."""
    command = _evals()
    for suite, variant, path, failing in command.bless(run):
        typer.echo(f"blessed {suite} · {variant}: {path}")
        for why in failing:
            typer.echo(f"  but the hard check {why} cases: the gate will fail until they are mended", err=True)


@COMMAND.command()
def gate(
    run: Run,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 4 where cases are too few, 3 where nothing is blessed.")
    ] = False,
    allow_stale: Annotated[
        bool, typer.Option("--allow-stale", help="Accept recorded answers of an older prompt.")
    ] = False,
    tolerance: Tolerance = 0.05,
    rescore: Rescore = False,
    verbose: Verbose = False,
    format: Output = "text",
) -> None:
    """Judge a run against the blessed references; CI runs this."""
    from assistant.cli.values import choice

    choice("--format", format, _FORMATS)
    _gate(run, tolerance, strict, allow_stale, rescore, verbose, format)


@COMMAND.command()
def score(run: Run, verbose: Verbose = False, format: Output = "text") -> None:
    """Score the answers of a run again with the checks of today, as a new run."""
    from assistant.cli.values import choice

    command = _evals()
    from assistant.evaluation import folder
    from evals.report import terminal

    choice("--format", format, _FORMATS)
    path, summary = command.score(run)
    if format == "json":
        typer.echo(summary.model_dump_json(indent=2))
    else:
        typer.echo(terminal.result(summary, None, folder.read_samples(path), verbose=verbose))
        typer.echo(f"\n{path}")
    if not summary.complete:
        raise typer.Exit(_INCOMPLETE)


def _gate(
    run: str, tolerance: float, strict: bool, allow_stale: bool, rescore: bool, verbose: bool, format: str
) -> None:
    command = _evals()
    from evals.report import terminal

    summary, verdict, samples, path = command.gate(
        run, tolerance=tolerance, allow_stale=allow_stale, rescore=rescore, need_reference=strict
    )
    if format == "json":
        typer.echo(verdict.model_dump_json(indent=2))
    else:
        typer.echo(terminal.result(summary, verdict, samples, verbose=verbose))
        typer.echo(f"\n{path / 'report.html'}")
    code = verdict.exit_code(strict=strict)
    if code:
        raise typer.Exit(code)


def _planned(prepared: Any, format: str) -> str:
    """Return what a run would do."""
    import json

    least, most = prepared.model_calls
    rows = [
        {"suite": suite.name, "cases": len(cases), "variants": [variant.name for variant in variants]}
        for suite, cases, variants in prepared.parts
    ]
    plan = {"samples": len(prepared.tasks), "model_calls": [least, most], "suites": rows}
    if format == "json":
        return json.dumps({"version": 1} | plan, ensure_ascii=False, indent=2)
    lines = [f"{row['suite']}: {row['cases']} cases by {', '.join(row['variants'])}" for row in rows]
    return "\n".join([*lines, f"{plan['samples']} samples, {least} to {most} calls of models"])


def _evals() -> Any:
    """Return the module that does the work.

    Raises:
        UsageError: this is no checkout.
    """
    from assistant import paths
    from assistant.errors import UsageError

    if paths.checkout() is None:
        raise UsageError("Evaluations need a checkout of the project.", "Clone it and run `goals eval` there.")
    from evals import command

    return command
