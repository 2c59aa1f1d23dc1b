"""Works through the documents of `goals lint`: opens, judges, mends and shows them with the linter's own entry.

Knows nothing about options, rules or formats of files.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import typer

from assistant.cli.sources import gather
from assistant.errors import EmptyInput, InputError, NoGoalColumn, UsageError
from assistant.files import Document, Paragraph, Table, Text, Workbook, open_document, write_atomically
from assistant.goals.findings import FixSafety, LintedGoal, LintReport
from assistant.lint import Record, all_rules, document_records, lint_records, mended, unread_lines, unread_parts
from assistant.lint.configuration import Configuration
from assistant.lint.docs import entry, page
from assistant.lint.engine import LONGEST
from assistant.lint.suppression import is_remark
from assistant.lint.terms import Terms, Wishes, remark_slips, settle_terms
from assistant.render.difference import inside_difference, text_difference
from assistant.render.places import Place, place_of

ENDINGS = frozenset((".md", ".markdown", ".txt", ".csv", ".tsv", ".jsonl", ".ndjson", ".xlsx", ".docx"))
"""Endings of the files that are taken from folders."""
_ROUNDS = 5
"""How often a document is mended again, since one fix can uncover another."""


@dataclass(frozen=True)
class Job:
    """One document with its judgement; without document and bytes for goals of the command line."""

    name: str
    terms: Terms
    records: list[Record]
    goals: tuple[LintedGoal, ...] = ()
    document: Document | None = None
    raw: bytes = b""

    @property
    def fails(self) -> bool:
        """True where a finding is as severe as the terms ask for."""
        failing = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[self.terms.fail_on]
        return any(finding.severity in failing for goal in self.goals for finding in goal.findings)

    @property
    def places(self) -> list[Place]:
        """Where each goal stands."""
        content = self.document.content if isinstance(self.document, Text) else "" if self.document is None else None
        return [place_of(record, self.name, content) for record in self.records]


def judged_jobs(
    paths: Sequence[str],
    texts: Sequence[str],
    wishes: Wishes,
    configured: Callable[[Path], Configuration],
    today: date,
) -> tuple[list[Job], bool]:
    """Return what the paths and texts hold, judged, and whether something in a folder could not be read.

    What could not be read is named on stderr; the rest is judged all the same.

    Raises:
        InputError: a file that was named cannot be read as goals, or there is no goal at all; all is told at once.
        UsageError: there is nothing to read, or a document names a profile or rule that does not exist.
    """
    if not paths and not texts:
        if sys.stdin is None or sys.stdin.isatty():
            raise UsageError("There is nothing to judge.", "Give a file, --text GOAL, or pipe goals in.")
        paths = ["-"]
    told, (opened, complete) = [*_told(texts, wishes, configured)], _opened(paths, wishes, configured)
    jobs = [_judged(job, today) for job in (*told, *opened)]
    if not any(job.records or _empty_table(job) for job in jobs):
        names = ", ".join(repr(job.name) for job in jobs) or ", ".join(map(repr, paths))
        raise InputError(f"No goal found in {names}.", "Write one goal a line, as list items or in labelled fields.")
    return jobs, complete


def _empty_table(job: Job) -> bool:
    """Tell whether a document without goals is a table with a column for them: a form that nobody has filled in yet."""
    if job.records or job.document is None:
        return False
    if isinstance(job.document, Workbook) or Path(job.name).suffix.lower() in (".csv", ".tsv"):
        return True
    from assistant.lint.documents.delimited import looks_like

    return job.name == "-" and isinstance(job.document, Text) and looks_like(job.document.content)


def _told(texts: Sequence[str], wishes: Wishes, configured: Callable[[Path], Configuration]) -> Iterator[Job]:
    if not all(goal.strip() for goal in texts):
        raise InputError("A --text goal is empty.", "Give the goal's words.")
    for at, goal in enumerate(texts, start=1):
        yield Job("", settle_terms(wishes, configured(Path()), "", goal), [Record(f"text:{at}", goal, line=at)])


def _opened(
    paths: Iterable[str], wishes: Wishes, configured: Callable[[Path], Configuration]
) -> tuple[list[Job], bool]:
    """Return the documents, and whether all of them could be read."""
    jobs, faults = [], []
    sources, unread = gather(paths, ENDINGS)
    for source in sources:
        try:
            document, records = _read(source.raw, source.name)
        except InputError as error:
            if source.named:
                faults.append(str(error))
            elif isinstance(error, EmptyInput | NoGoalColumn):
                typer.echo(f"skipped: {error}", err=True)
            else:
                unread.append(str(error))
            continue
        words = _words(document)
        configuration = configured(source.folder)
        try:
            terms = settle_terms(wishes, configuration, source.name, words)
        except UsageError as error:
            if source.named:
                raise
            unread.append(str(error))
            continue
        for notice in (*document.notices, *_passed_over(document, source.name), *_cut_short(records)):
            typer.echo(f"note: {source.name}: {notice}", err=True)
        jobs.append(Job(source.name, terms, records, document=document, raw=source.raw))
        for line, slip in remark_slips(words):
            place = f"{source.name}:{line}" if isinstance(document, Text) else source.name
            typer.echo(f"note: {place}: {slip}", err=True)
    for each in unread:
        typer.echo(f"error: {each}", err=True)
    if faults:
        raise InputError(" ".join(faults))
    return jobs, not unread


def _read(raw: bytes, name: str) -> tuple[Document, list[Record]]:
    document = open_document(raw, name)
    return document, [record for record in document_records(document, name) if not is_remark(record.text)]


def _passed_over(document: Document, name: str) -> list[str]:
    """Say which lines may be meant as goals but are not read as such, and which sections they stand in."""
    lines = unread_lines(document, name)
    if not lines:
        return []
    shown = ", ".join(map(str, lines[:10])) + (", …" if len(lines) > 10 else "")
    what = f"line {shown} is" if len(lines) == 1 else f"lines {shown} are"
    parts = ", ".join(repr(title[:40]) for title in unread_parts(document, name)[:5])
    where = f" ({parts})" if parts else ""
    return [f"{what} not read as goals: beside a list or table, or in a section of something else{where}."]


def _cut_short(records: list[Record]) -> list[str]:
    """Say which goals are too long to be read to their end."""
    return [
        f"line {record.line}: only the first {LONGEST:,} of {len(record.text):,} characters are read."
        for record in records
        if len(record.text) > LONGEST
    ]


def _words(document: Document) -> str:
    """Return all words of a document, one line, cell or paragraph a line, for remarks to the linter."""
    if isinstance(document, Text):
        return document.content
    blocks = document.sheets if isinstance(document, Workbook) else document.blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph)]
    return "\n".join([*paragraphs, *(cell for table in tables for row in table.rows for cell in row.cells.values())])


def _judged(job: Job, today: date) -> Job:
    terms = job.terms
    report = lint_records(
        job.records, today=today, kind=terms.kind, select=terms.select, ignore=terms.ignore, profile=terms.profile
    )
    return replace(job, goals=report.goals)


def mended_job(job: Job, safeties: Collection[FixSafety], today: date) -> tuple[Job, int]:
    """Return the job as its document would be with fixes applied, and how many there are; nothing is written.

    A document that cannot be written as it was read is left as it is, and said to be so.
    """
    total = 0
    for _ in range(_ROUNDS):
        if job.document is None:
            break
        try:
            raw, count = mended(job.document, job.raw, job.records, job.goals, safeties)
        except InputError as error:
            typer.echo(f"not mended: {job.name}: {error}", err=True)
            break
        if not count or raw == job.raw:
            break
        total += count
        document, records = _read(raw, job.name)
        job = _judged(replace(job, raw=raw, document=document, records=records), today)
    return job, total


def write(before: Job, after: Job, count: int) -> None:
    """Write a mended document, and say so."""
    if after.raw != before.raw:
        write_atomically(Path(after.name), after.raw)
        typer.echo(f"{after.name}: {count} fix{'es' if count != 1 else ''} applied.", err=True)


def difference(before: Job, after: Job) -> str:
    """Return what mending changed, '' where nothing did: lines of a text, else the changed cells or paragraphs."""
    if isinstance(before.document, Text) and isinstance(after.document, Text):
        return text_difference(before.document.content, after.document.content, before.name)
    old, new = (
        {place.inside: goal.text for place, goal in zip(job.places, job.goals, strict=True)} for job in (before, after)
    )
    return inside_difference(old, new, before.name)


def shown(jobs: Sequence[Job], today: date, format: str, statistics: bool) -> str:
    """Return the report of all jobs in a format."""
    report = LintReport(today=today, goals=tuple(goal for job in jobs for goal in job.goals))
    places = [place for job in jobs for place in job.places]
    if format == "text":
        from assistant.render.lint_text import lint_text, statistics_text

        return statistics_text(report) if statistics else lint_text(report, places)
    if format == "github":
        from assistant.render.github import github

        return github(report, places)
    if format == "json" and not statistics:
        return report.model_dump_json(indent=2, by_alias=True)
    import json

    from assistant.render.lint_text import counted
    from assistant.render.sarif import sarif

    if statistics:
        names = ("rule", "id", "severity", "count")
        rows = [dict(zip(names, row, strict=True)) for row in counted(report)]
        result = {"version": 1, "today": today.isoformat(), "goals": len(report.goals), "statistics": rows}
    else:
        rules = [{**entry(rule, "en"), "page": page(rule, "en")} for rule in all_rules()]
        result = sarif(report, rules, places)
    return json.dumps(result, ensure_ascii=False, indent=2)
