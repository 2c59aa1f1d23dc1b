"""A list that was opened for a run and looked at: what its columns are, what a run would take, where it may be written.

Nothing is asked or written here. Knows nothing about journals or how rows are done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from assistant import paths, prompting
from assistant.batch import run
from assistant.batch.job import Job
from assistant.batch.judging import judged, processors
from assistant.batch.manifest import Manifest
from assistant.batch.mapping import Role
from assistant.batch.source import Source, open_source
from assistant.batch.target import check_target
from assistant.errors import UsageError
from assistant.goals.base import Language
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chooses for a run.

    Attributes:
        columns: role and column, where the headings do not tell.
        sheet: the only sheet to read, or ''.
        language: language of the added headings; `auto` for that of most rows.
        today: the day to judge by.
        llm: `offline`, a model's name, or None for the configured drafter.
        lint_only: judge and rewrite nothing.
        org_goals, resources: what holds for all rows.
    """

    today: date
    columns: Mapping[Role, str] = field(default_factory=lambda: MappingProxyType({}))
    sheet: str = ""
    language: Language | Literal["auto"] = "auto"
    llm: str | None = None
    lint_only: bool = False
    org_goals: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()


def folder_of(output: Path) -> Path:
    """Return the folder in which the run that writes `output` is kept; one run an output."""
    name = hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:24]
    return paths.home() / "batch" / name


def manifest_of(source: Source, options: Options, settings: Settings, product: str) -> Manifest:
    """Return what a run over a source with these options is made of."""
    model = options.llm if options.llm is not None else settings.llm_model
    drafter = "linter" if options.lint_only else (model or "offline")
    writes = drafter not in ("linter", "offline")
    prompts = prompting.load()
    roles = ("draft", "repair") if writes else ()
    return Manifest(
        product=product,
        input_name=source.name,
        input_digest=source.digest,
        columns=tuple(sorted(options.columns.items())),
        sheet=options.sheet,
        language=options.language,
        today=options.today,
        drafter=drafter,
        endpoint=(settings.llm_base_url or "") if writes else "",
        prompts=tuple((role, prompts.get(role).digest) for role in roles),
        org_goals=options.org_goals,
        resources=options.resources,
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A list that was opened and looked at, before anything is done.

    Attributes:
        source: the list, with what its columns are read as.
        manifest: what a run over it is made of.
        limits: what the run may take.
    """

    source: Source
    manifest: Manifest
    limits: run.Limits
    settings: Settings

    @property
    def drafter(self) -> str:
        """Who does the rows: `linter`, `offline` or a model's name."""
        return self.manifest.drafter

    def open(self, output: Path) -> Job:
        """Take hold of the run that writes `output`; see `Job`."""
        return Job(folder_of(output))

    def check(self, outputs: Iterable[Path], *, force: bool) -> None:
        """Make sure that every output can be written before anything is done.

        Raises:
            UsageError: an ending does not fit, or a file is there already and may not be replaced.
            InputError: a folder is not there.
        """
        for target in outputs:
            check_target(target, self.source)
            if target.exists() and not force:
                raise UsageError(
                    f"{str(target)!r} is there already.", "Choose another name, or replace it with --force."
                )

    def estimate(self) -> Estimate:
        """Judge the list and say what a run would take; asks no model."""
        good = rows = 0
        for part, _ in judged(self.source.pairs(), self.manifest.today):
            rows += len(part)
            good += sum(all(finding.severity == "info" for finding in goal.findings) for _, goal, _ in part)
        return Estimate(rows, good, rows - good if self.drafter not in ("linter", "offline") else 0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would take: rows, those that are good as they are, and calls to a model at least."""

    rows: int
    good: int
    calls: int


def prepare(
    path: Path, options: Options, settings: Settings, *, product: str, name: str | None = None,
    workers: int | None = None, most_cost: float | None = None,
) -> Prepared:  # fmt: skip
    """Open a list for a run.

    Raises:
        InputError: it cannot be read as a list of goals.
        UsageError: a column, a sheet or a limit cannot be used.
    """
    source = open_source(path, name=name, columns=options.columns, sheet=options.sheet)
    manifest = manifest_of(source, options, settings, product)
    return Prepared(source, manifest, limits_of(manifest.drafter, settings, workers, most_cost), settings)


def limits_of(drafter: str, settings: Settings, workers: int | None, most_cost: float | None) -> run.Limits:
    """Return the limits of a run: 6 calls at once with a model unless told otherwise.

    Raises:
        UsageError: a cap on the cost without prices.
    """
    offline = drafter in ("linter", "offline")
    at_once = workers or (1 if offline else 6)
    if most_cost is not None and not offline and settings.llm_price_input is None:
        raise UsageError(
            "A cost can only be capped when the prices are known.",
            "Set GOALS_LLM_PRICE_INPUT and GOALS_LLM_PRICE_OUTPUT.",
        )
    threads = 1 if offline else max(at_once + 2, 2 * at_once)
    processes = min(workers or processors(), processors())
    return run.Limits(at_once=at_once, threads=threads, processes=processes, most_cost=most_cost)
