"""Works out what a run consists of: suites, cases, variants, samples, and the manifest that says so.

Knows nothing about how samples are made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from assistant.errors import StorageError, UsageError
from assistant.evaluation.samples import SUITES, Manifest, SuiteInfo, Variant
from assistant.evaluation.samples import Suite as SuiteName
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.settings import load as load_settings
from evals import provenance
from evals.models import Models, recorded_cases
from evals.runner import Task, plan
from evals.store import new_id
from evals.suite import Case, Suite, chosen, digest_of
from evals.suites.drafting import DraftingSuite
from evals.suites.injection import InjectionSuite
from evals.suites.lint import LintSuite
from evals.suites.parity import ParitySuite
from evals.suites.retrieval import RetrievalSuite
from evals.variants import label_of, variants_of

SEED = 20_260_101

AT_ONCE_WITH_MODEL = 8
"""Calls at once to a model unless told otherwise."""


@dataclass(frozen=True)
class Options:
    """What to run.

    Attributes:
        suites: names; empty for `drafting`.
        variants, models: as `variants.variants_of` reads them.
        split: `dev`, `held` or `all`; `words` filters by id, tag and language; `limit` takes the first cases.
        cases: ids of the only cases to take; empty for all.
        at_once: most samples under way; None for the default.
        max_cost: what may be spent, in the currency of the prices; None for no cap.
        out: folder of the run; None for a new one among all runs.
        resume: go on with the run in `out`.
    """

    suites: tuple[SuiteName, ...] = ()
    variants: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    epochs: int = 1
    split: str = "all"
    words: str = ""
    limit: int | None = None
    cases: tuple[str, ...] = ()
    record: Path | None = None
    replay: Path | None = None
    at_once: int | None = None
    max_cost: float | None = None
    out: Path | None = None
    resume: bool = False


@dataclass
class Prepared:
    """A run that can be started.

    Attributes:
        parts: suite, its chosen cases and its variants.
    """

    parts: list[tuple[Suite, list[Case], tuple[Variant, ...]]]
    tasks: list[Task]
    manifest: Manifest
    models: Models
    options: Options

    @property
    def model_calls(self) -> tuple[int, int]:
        """The fewest and the most calls of models that the run can take, retries of the endpoint left out."""
        least = sum(task.variant.model is not None for task in self.tasks)
        most = sum(3 if task.variant.kind == "model" else 1 for task in self.tasks if task.variant.model is not None)
        return least, most


def suites_of(names: Sequence[SuiteName], models: Models, assistant: Assistant) -> list[Suite]:
    """Return the suites of a run, in their fixed order."""
    made: dict[SuiteName, Suite] = {
        "drafting": DraftingSuite(models, assistant),
        "lint": LintSuite(),
        "retrieval": RetrievalSuite(assistant),
        "injection": InjectionSuite(models, assistant),
        "parity": ParitySuite(assistant),
    }
    return [made[name] for name in SUITES if name in (names or ("drafting",))]


def prepare(options: Options, settings: Settings | None = None) -> Prepared:
    """Return the run that the options describe; nothing is asked of any model yet.

    Raises:
        UsageError: the options contradict one another or choose nothing.
    """
    settings = settings or load_settings()
    if options.epochs < 1:
        raise UsageError(f"{options.epochs} epochs were asked for.", "Ask for at least 1.")
    needs_model = bool(options.variants) or bool(options.models) or options.replay or options.record
    names = options.models if needs_model else ()
    opened = settings if needs_model else settings.model_copy(update={"llm_model": None})
    models = Models(
        opened, names, record=options.record, replay=options.replay, at_once=options.at_once or AT_ONCE_WITH_MODEL
    )
    if options.max_cost is not None and models.names and None in (settings.llm_price_input, settings.llm_price_output):
        raise UsageError(
            "A cost can only be capped where the prices are known.",
            "Set GOALS_LLM_PRICE_INPUT and GOALS_LLM_PRICE_OUTPUT, per million tokens.",
        )
    _check_recording(options, models)
    suites = suites_of(options.suites, models, Assistant(settings))
    found = variants_of(suites, options.variants, models.names, models.recording())
    parts = []
    for suite in suites:
        variants = found.get(suite.name, ())
        cases = _cases(suite, variants, options)
        if variants and cases:
            parts.append((suite, cases, variants))
    unknown = set(options.cases) - {case.id for _, cases, _ in parts for case in cases}
    if unknown:
        raise UsageError(f"No suite of the run has the case {sorted(unknown)[0]!r}.", "Look at evals/cases.")
    parameters = _parameters(options, settings, models)
    tasks = plan(parts, options.epochs, dict(parameters))
    if options.replay is not None and not options.cases:
        # Of several variants each answers what was recorded of it.
        own = {
            (suite.name, variant.name): set(_recorded(options.replay, suite, variant))
            for suite, _, variants in parts
            for variant in variants
            if variant.recording is not None
        }
        tasks = [
            task for task in tasks if task.case.id in own.get((task.suite.name, task.variant.name), {task.case.id})
        ]
    if not tasks:
        raise UsageError("No case and variant fit the options.", "Look at --suite, --filter, --split and --variant.")
    manifest = _manifest(parts, tasks, options, parameters)
    return Prepared(parts, tasks, manifest, models, options)


def _cases(suite: Suite, variants: Sequence[Variant], options: Options) -> list[Case]:
    """Return the cases to run: of those that were recorded, where answers are replayed, those that fit the filters."""
    cases = suite.load()
    if options.cases:
        cases = [case for case in cases if case.id in set(options.cases)]
    if options.replay is not None and any(variant.recording for variant in variants):
        known = {case.id: case for case in cases}
        recorded = dict.fromkeys(id for variant in variants for id in _recorded(options.replay, suite, variant))
        gone = [id for id in recorded if id not in known]
        if gone and not options.cases:
            raise UsageError(f"The recorded case {gone[0]!r} is no longer in the suite.", "Record again.")
        cases = [known[id] for id in recorded if id in known] or cases
    return chosen(cases, split=options.split, words=options.words, limit=options.limit)


def _recorded(folder: Path, suite: Suite, variant: Variant) -> list[str]:
    """Return the cases that were recorded of a variant.

    Of a variant that was never recorded, as after a change of a prompt, it is those of all others: each of its answers
    is then told as missing.
    """
    found = recorded_cases(folder).get(suite.name, {})
    if variant.recording is None:
        return []
    if label_of(variant) in found:
        return found[label_of(variant)]
    return list(dict.fromkeys(id for ids in found.values() for id in ids))


def _check_recording(options: Options, models: Models) -> None:
    """Refuse to record what could not be told apart later, or could not be kept.

    Raises:
        UsageError: several models are to be recorded, or the folder holds another model's answers.
        StorageError: the folder cannot be written.
    """
    if options.record is None:
        return
    if len(models.names) != 1:
        raise UsageError(
            f"{len(models.names)} models cannot be recorded in one folder.", "Name one --model for each folder."
        )
    try:
        options.record.mkdir(parents=True, exist_ok=True)
        probe = options.record / ".probe"
        probe.write_text("", "utf-8")
        probe.unlink()
    except OSError as error:
        raise StorageError(
            f"Answers cannot be recorded in {str(options.record)!r} ({error.strerror}).", "Choose another folder."
        ) from error
    others = set(models.recorded_in(options.record)) - set(models.names)
    if others:
        raise UsageError(
            f"{str(options.record)!r} holds answers of {sorted(others)[0]!r}.",
            "Record each model in a folder of its own.",
        )


def _parameters(options: Options, settings: Settings, models: Models) -> dict[str, str | int | float | None]:
    """Return what has to be the same for samples to belong to one run."""
    live = bool(models.names) and options.replay is None
    return {
        "max_tokens": settings.llm_max_tokens if models.names else None,
        "mode": settings.llm_mode if models.names else None,
        "endpoint": _address(settings.llm_base_url) if live else None,
        "recordings": provenance.recordings(options.replay) if options.replay is not None else None,
        "recording": int(options.record is not None),
        "embedding": settings.embedding,
        "limit": options.limit,
    }


def _address(url: str | None) -> str:
    """Return an endpoint's address without names and passwords in it."""
    parts = urlsplit(url or "https://api.openai.com/v1")
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


def _manifest(
    parts: Sequence[tuple[Suite, Sequence[Case], Sequence[Variant]]],
    tasks: Sequence[Task],
    options: Options,
    parameters: dict[str, str | int | float | None],
) -> Manifest:
    commit, dirty = provenance.revision()
    variants = {variant.name: variant for _, _, group in parts for variant in group}
    suites: dict[SuiteName, SuiteInfo] = {
        suite.name: SuiteInfo(
            cases=len(cases), clusters=len({case.cluster for case in cases}), digest=digest_of(cases),
            checks={check.name: check.info for check in suite.checks},
        )
        for suite, cases, _ in parts
    }  # fmt: skip
    made_of = {
        "tasks": sorted(task.key for task in tasks),
        "checks": {name: {check: info.version for check, info in each.checks.items()} for name, each in suites.items()},
        "knowledge": provenance.knowledge(),
        "code": provenance.code(),
    }
    digest = hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()
    label = "-".join([*suites, *(variants if len(variants) < 3 else [f"{len(variants)}-variants"])])
    return Manifest(
        id=options.out.resolve().name if options.out is not None else new_id(label),
        created=now(),
        revision=commit,
        dirty=dirty,
        suites=suites,
        variants=tuple(variants.values()),
        epochs=options.epochs,
        seed=SEED,
        filter=options.words,
        split=options.split,
        knowledge=provenance.knowledge(),
        code=provenance.code(),
        parameters=parameters,
        packages=provenance.packages(),
        planned=len(tasks),
        digest=digest,
    )


def now() -> str:
    """Return the present time in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
