"""`goals lint`: judges goals from files, a pipe or the command line. Knows nothing about rules or formats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from datetime import date

    from assistant.goals.findings import GoalKind, LintedGoal, LintReport
    from assistant.lint.documents.record import Record

_FORMATS = ("text", "json", "sarif")
_FAIL_ON = ("error", "warning", "never")
_KINDS = ("aim", "smart_goal", "objective", "key_result", "initiative")


def lint(
    paths: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(metavar="[PATH|-]…", help="Files with goals (text, Markdown, JSONL, CSV); - reads a pipe."),
    ] = None,
    text: Annotated[list[str] | None, typer.Option("--text", metavar="GOAL", help="A goal; may be repeated.")] = None,
    kind: Annotated[Optional[str], typer.Option(help=f"Kind of the goals: {', '.join(_KINDS)}.")] = None,  # noqa: UP045
    today: Annotated[str | None, typer.Option(metavar="DATE", help="The day to judge dates by, as 2027-03-31.")] = None,
    format: Annotated[str, typer.Option(help="text, json or sarif.")] = "text",
    select: Annotated[list[str] | None, typer.Option(metavar="RULES", help="Only these rules, by name or id.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULES", help="Not these rules, by name or id.")] = None,
    fail_on: Annotated[
        str, typer.Option(help="error, warning or never: from which severity on to exit with 1.")
    ] = "error",
    fix: Annotated[bool, typer.Option("--fix", help="Apply safe fixes to the files; never inserts a figure.")] = False,
) -> None:
    """Judge goals: what each lacks, where, and how to mend it."""
    from datetime import date

    from assistant.errors import InputError, UsageError
    from assistant.lint import choose, lint_records

    _one_of("--format", format, _FORMATS)
    _one_of("--fail-on", fail_on, _FAIL_ON)
    if kind is not None:
        _one_of("--kind", kind, _KINDS)
    try:
        day = date.fromisoformat(today) if today else date.today()
    except ValueError:
        raise UsageError(f"--today {today!r} is no date.", "Write it as 2027-03-31.") from None
    chosen = choose(select) if select else None
    left_out = choose(ignore or [])
    sources = _sources(paths or [], text or [])
    if fix and not paths:
        raise UsageError("--fix needs files to mend.", "Name at least one file.")
    goals: list[LintedGoal] = []
    places: dict[str, tuple[str, int]] = {}
    for name, document, records in sources:
        report = lint_records(records, today=day, kind=_kind(kind), select=chosen, ignore=left_out)
        if fix and document is not None and name != "-":
            report = _mend(name, document, records, report.goals, day, kind, chosen, left_out) or report
        goals.extend(report.goals)
        places.update({record.id: (name, record.line) for record in records})
    if not goals:
        names = ", ".join(repr(name) for name, _, _ in sources)
        raise InputError(f"No goal found in {names}.", "Write one goal a line, as list items or in labelled fields.")
    _show(goals, day, format, places)
    worst = {finding.severity for goal in goals for finding in goal.findings}
    failing = {"error": {"error"}, "warning": {"error", "warning"}, "never": set()}[fail_on]
    if worst & failing:
        raise typer.Exit(1)


def _one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    import difflib

    from assistant.errors import UsageError

    if value not in allowed:
        near = difflib.get_close_matches(value, allowed, n=1)
        raise UsageError(
            f"{option} {value!r} is none of {', '.join(allowed)}.", f"Did you mean {near[0]!r}?" if near else ""
        )


def _kind(kind: str | None) -> GoalKind | None:
    return kind  # type: ignore[return-value]


def _sources(paths: list[str], texts: list[str]) -> list[tuple[str, str | None, list[Record]]]:
    """Return name, document and records of every source."""
    from assistant.errors import InputError, UsageError
    from assistant.lint import Record, read_records

    if not paths and not texts:
        if sys.stdin is None or sys.stdin.isatty():
            raise UsageError("There is nothing to judge.", "Give a file, --text GOAL, or pipe goals in.")
        paths = ["-"]
    found: list[tuple[str, str | None, list[Record]]] = []
    for at, goal in enumerate(texts, start=1):
        if not goal.strip():
            raise InputError("A --text goal is empty.", "Give the goal's words.")
        found.append(("-", None, [Record(f"text:{at}", goal, line=at)]))
    for path in paths:
        document = _document(path)
        found.append((path, document, read_records(document, path)))
    return found


def _document(path: str) -> str:
    from assistant.errors import InputError

    if path == "-":
        return _decoded(sys.stdin.buffer.read(), "-")
    try:
        return _decoded(Path(path).read_bytes(), path)
    except OSError as error:
        raise InputError(f"{path!r} cannot be read ({error.strerror}).", "Check the path.", path=path) from None


def _decoded(raw: bytes, name: str) -> str:
    from assistant.errors import InputError

    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8",)
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{name!r} is not UTF-8 text.", "Save it as UTF-8 and try again.", name=name)


def _mend(
    name: str,
    document: str,
    records: list[Record],
    goals: tuple[LintedGoal, ...],
    day: date,
    kind: str | None,
    chosen: frozenset[str] | None,
    left_out: frozenset[str],
) -> LintReport | None:
    """Write the document with safe fixes applied and return its new report, or None where nothing changed."""
    from assistant.errors import InputError
    from assistant.lint import fixed_document, lint_records, read_records

    mended, count = fixed_document(document, records, goals)
    if not count or mended == document:
        return None
    path = Path(name)
    try:
        part = path.with_name(path.name + ".part")
        part.write_bytes(mended.encode("utf-8"))
        part.chmod(path.stat().st_mode)
        part.replace(path)
    except OSError as error:
        raise InputError(f"{name!r} cannot be written ({error.strerror}).", "Check its rights.", path=name) from None
    typer.echo(f"{name}: {count} fix{'es' if count != 1 else ''} applied.", err=True)
    return lint_records(read_records(mended, name), today=day, kind=_kind(kind), select=chosen, ignore=left_out)


def _show(goals: list[LintedGoal], day: date, format: str, places: dict[str, tuple[str, int]]) -> None:
    from assistant.goals.findings import LintReport

    report = LintReport(today=day, goals=tuple(goals))
    if format == "json":
        typer.echo(report.model_dump_json(indent=2, by_alias=True))
    elif format == "sarif":
        import json

        from assistant.lint import all_rules
        from assistant.render.sarif import sarif

        rules = [
            {"id": rule.id, "name": rule.name, "severity": rule.severity, "text": rule.pages["en"].flags}
            for rule in all_rules()
        ]
        typer.echo(json.dumps(sarif(report, rules, places), ensure_ascii=False, indent=2))
    else:
        from assistant.render.lint_text import lint_text

        typer.echo(lint_text(report))


COMMAND = lint
