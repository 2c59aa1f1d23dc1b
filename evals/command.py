"""What `goals eval` does: run, compare, bless, gate, score. Knows nothing about the command line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import UsageError
from assistant.evaluation import folder as folders
from assistant.evaluation.comparison import compare
from assistant.evaluation.results import GateVerdict, RunComparison, RunSummary
from assistant.evaluation.samples import SUITES, Manifest, Sample, SuiteInfo, Variant
from assistant.evaluation.samples import Suite as SuiteName
from assistant.evaluation.summary import summarise
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.settings import load as load_settings
from evals import baselines, provenance
from evals import gate as gates
from evals.limits import Budget
from evals.models import Models, recorded_cases, write_recorded_cases
from evals.report.html import write_html
from evals.report.junit import junit
from evals.report.markdown import markdown
from evals.runner import Tally, Task, plan
from evals.runner import run as run_tasks
from evals.store import JUNIT, MARKDOWN, REPORT, SUMMARY, VERDICT, RunStore, new_id, write_whole
from evals.suite import Case, Suite, chosen, digest_of
from evals.suites.drafting import DraftingSuite
from evals.suites.injection import InjectionSuite
from evals.suites.lint import LintSuite
from evals.suites.parity import ParitySuite
from evals.suites.retrieval import RetrievalSuite
from evals.variants import label_of, variants_of

AT_ONCE_WITH_MODEL, AT_ONCE = 8, 2
SEED = 20_260_101
References = dict[tuple[SuiteName, str], tuple[Manifest, tuple[Sample, ...]]]
"""Blessed manifests and samples by suite and variant."""


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
    suites: dict[str, Suite] = field(default_factory=dict)

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
    models = Models(opened, names, record=options.record, replay=options.replay)
    if options.max_cost is not None and models.names and None in (settings.llm_price_input, settings.llm_price_output):
        raise UsageError(
            "A cost can only be capped where the prices are known.",
            "Set GOALS_LLM_PRICE_INPUT and GOALS_LLM_PRICE_OUTPUT, per million tokens.",
        )
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
    if not parts:
        raise UsageError("No case and variant fit the options.", "Look at --suite, --filter, --split and --variant.")
    parameters: dict[str, str | int | float | None] = {
        "max_tokens": settings.llm_max_tokens if models.names else None,
        "mode": settings.llm_mode if models.names else None,
        "embedding": settings.embedding,
        "limit": options.limit,
    }
    tasks = plan(parts, options.epochs, dict(parameters))
    if options.replay is not None and not (options.cases or options.words or options.limit):
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
    manifest = _manifest(parts, tasks, options, parameters)
    return Prepared(parts, tasks, manifest, models, options, {suite.name: suite for suite, _, _ in parts})


def run(prepared: Prepared, store: RunStore, told: object = None) -> tuple[Tally, RunSummary]:
    """Make the samples that are missing, and write down what they amount to.

    Args:
        prepared: the run.
        store: its open folder.
        told: hears of every finished sample.
    """
    manifest = store.begin(prepared.manifest)
    options = prepared.options
    at_once = options.at_once or (AT_ONCE_WITH_MODEL if prepared.models.names else AT_ONCE)
    for suite, _, _ in prepared.parts:
        suite.warm()
    budget = Budget(options.max_cost)
    for sample in store.samples():
        budget.add(sample.cost, called=sample.calls > 0)
    try:
        tally = run_tasks(
            prepared.tasks, store, at_once=at_once, budget=budget, cost=prepared.models.cost,
            told=told if callable(told) else lambda tally: None,
        )  # fmt: skip
    finally:
        prepared.models.close()
    if options.record is not None:
        for suite, cases, variants in prepared.parts:
            for variant in (each for each in variants if each.model):
                write_recorded_cases(options.record, suite.name, label_of(variant), [case.id for case in cases])
    return tally, conclude(store, manifest, tally.seconds)


def conclude(store: RunStore, manifest: Manifest, seconds: float, verdict: GateVerdict | None = None) -> RunSummary:
    """Write summary, report, JUnit and Markdown of what is there; return the summary."""
    samples = list(store.samples())
    summary = summarise(manifest, samples, seconds)
    write_whole(store.path / SUMMARY, summary.model_dump_json(indent=1) + "\n")
    if verdict is not None:
        write_whole(store.path / VERDICT, verdict.model_dump_json(indent=1) + "\n")
    blessed = _blessed(samples)
    changes = joined(verdict.comparisons if verdict is not None else against(manifest, samples, blessed))
    before = [sample for _, group in blessed.values() for sample in group]
    write_whole(store.path / REPORT, write_html(summary, samples, verdict, changes, before=before))
    write_whole(store.path / JUNIT, junit(manifest, samples, verdict))
    write_whole(store.path / MARKDOWN, markdown(summary, verdict))
    return summary


def gate(
    name: str, *, tolerance: float, allow_stale: bool, rescore: bool, home: Path | None = None
) -> tuple[RunSummary, GateVerdict, list[Sample]]:
    """Judge a finished run against the blessed references, and write the verdict into its folder."""
    path = folders.find(name)
    manifest = folders.read_manifest(path)
    samples = list(folders.read_samples(path))
    references = _blessed(samples, home)
    if rescore:
        samples, manifest = _rescored(manifest, samples)
        references = {
            key: _flipped(_rescored(blessed[0], list(blessed[1]))) for key, blessed in references.items()
        }  # fmt: skip
    verdict = gates.judge(
        manifest, samples, lambda suite, variant: references.get((suite, variant)), tolerance=tolerance,
        allow_stale=allow_stale, rescore=rescore,
    )  # fmt: skip
    with RunStore(path) as store:
        summary = conclude(store, manifest, _seconds(path), verdict)
    return summary, verdict, samples


def bless(name: str, home: Path | None = None) -> list[tuple[SuiteName, str, Path, list[str]]]:
    """Make a run the reference of every suite and variant it has; return them with what speaks against it.

    Raises:
        UsageError: the run is not whole, or holds answers of another prompt.
    """
    path = folders.find(name)
    manifest = folders.read_manifest(path)
    samples = list(folders.read_samples(path))
    errors = sum(sample.status == "error" for sample in samples)
    stale = sum(sample.stale for sample in samples)
    if errors or len(samples) < manifest.planned:
        raise UsageError(
            f"The run {manifest.id!r} is not whole: {len(samples)} of {manifest.planned} samples, {errors} without an "
            "answer.",
            "Go on with it by --resume first.",
        )
    if stale:
        raise UsageError(f"{stale} answers of {manifest.id!r} belong to another prompt.", "Record again, then bless.")
    done = []
    for suite, variant in dict.fromkeys((sample.suite, sample.variant) for sample in samples):
        group = [sample for sample in samples if (sample.suite, sample.variant) == (suite, variant)]
        hard = [check for check, info in manifest.suites[suite].checks.items() if info.hard]
        failing = [
            f"{check} fails on {count}"
            for check in hard
            if (count := sum(sample.scores[check].passed is False for sample in group))
        ]
        done.append((suite, variant, baselines.write(manifest, suite, variant, group, home), failing))
    return done


def score(name: str) -> tuple[Path, RunSummary]:
    """Score the answers of a run again with the checks of today, into a new run folder."""
    path = folders.find(name)
    manifest = folders.read_manifest(path)
    samples, renewed = _rescored(manifest, list(folders.read_samples(path)))
    renewed = renewed.model_copy(update={"id": new_id(f"{manifest.id}-scored-again"), "created": _now()})
    with RunStore(path.parent / renewed.id) as store:
        renewed = store.begin(renewed)
        for sample in samples:
            store.append(sample)
        return store.path, conclude(store, renewed, _seconds(path))


def compare_runs(
    reference: str, candidate: str, *, tolerance: float, pairs: Sequence[tuple[str, str]], rescore: bool
) -> RunComparison:
    """Compare two runs by name; see `assistant.evaluation.comparison.compare`."""
    sides = []
    for name in (reference, candidate):
        path = folders.find(name)
        manifest, samples = folders.read_manifest(path), list(folders.read_samples(path))
        if rescore:
            samples, manifest = _rescored(manifest, samples)
        sides.append((manifest, samples))
    return compare(sides[0], sides[1], tolerance=tolerance, pairs=pairs or None, rescore=rescore)


def against(manifest: Manifest, samples: Sequence[Sample], blessed: References) -> list[RunComparison]:
    """Return what changed since the blessed references."""
    found = []
    for (suite, variant), reference in blessed.items():
        own = manifest.model_copy(update={"suites": {suite: manifest.suites[suite]}})
        group = [sample for sample in samples if (sample.suite, sample.variant) == (suite, variant)]
        found.append(compare(reference, (own, group), tolerance=gates.TOLERANCE, pairs=[(variant, variant)]))
    return found


def joined(found: Sequence[RunComparison]) -> RunComparison | None:
    """Return several comparisons of one run as one."""
    if not found:
        return None
    return found[0].model_copy(
        update={
            "checks": tuple(check for each in found for check in each.checks),
            "refused": tuple(why for each in found for why in each.refused),
        }
    )


def _blessed(samples: Sequence[Sample], home: Path | None = None) -> References:
    """Return the references of the suites and variants of a run."""
    return {
        key: blessed
        for key in dict.fromkeys((sample.suite, sample.variant) for sample in samples)
        if (blessed := baselines.read(*key, home)) is not None
    }


def _cases(suite: Suite, variants: Sequence[Variant], options: Options) -> list[Case]:
    """Return the cases to run; a replay without a filter takes those that were recorded."""
    cases = suite.load()
    if options.cases:
        known = {case.id: case for case in cases}
        return [known[id] for id in options.cases if id in known]
    if options.replay is not None and not options.words and options.limit is None:
        known = {case.id: case for case in cases}
        recorded = list(dict.fromkeys(id for variant in variants for id in _recorded(options.replay, suite, variant)))
        gone = [id for id in recorded if id not in known]
        if gone:
            raise UsageError(f"The recorded case {gone[0]!r} is no longer in the suite.", "Record again.")
        return [known[id] for id in recorded]
    return chosen(cases, split=options.split, words=options.words, limit=options.limit)


def _recorded(folder: Path, suite: Suite, variant: Variant) -> list[str]:
    """Return the cases that were recorded of a variant.

    Raises:
        UsageError: none were.
    """
    found = recorded_cases(folder).get(suite.name, {})
    if variant.recording is None:
        return []
    if label_of(variant) not in found:
        raise UsageError(
            f"No answers of {label_of(variant)!r} are recorded in {str(folder)!r}.",
            f"Recorded are: {', '.join(found) or 'none'}. After a change of a prompt, record again.",
        )
    return found[label_of(variant)]


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
        id=options.out.name if options.out is not None else new_id(label),
        created=_now(),
        revision=commit,
        dirty=dirty,
        suites=suites,
        variants=tuple(variants.values()),
        epochs=options.epochs,
        seed=SEED,
        filter=options.words,
        split=options.split,
        knowledge=provenance.knowledge(),
        parameters=parameters,
        packages=provenance.packages(),
        planned=len(tasks),
        digest=digest,
    )


def _rescored(manifest: Manifest, samples: Sequence[Sample]) -> tuple[list[Sample], Manifest]:
    """Return the samples scored by the checks of today, and the manifest that says so."""
    models = Models(load_settings().model_copy(update={"llm_model": None}), (), record=None, replay=None)
    suites = {suite.name: suite for suite in suites_of(tuple(manifest.suites), models, Assistant())}
    cases: dict[tuple[str, str], Case] = {
        (name, case.id): case for name, suite in suites.items() for case in suite.load()
    }
    renewed = []
    for sample in samples:
        case = cases.get((sample.suite, sample.case))
        if case is None or sample.output is None:
            renewed.append(sample)
            continue
        suite = suites[sample.suite]
        scores = suite.score(case, suite.revive(case, sample.output))
        renewed.append(sample.model_copy(update={"scores": scores}))
    infos = {
        name: info.model_copy(update={"checks": {check.name: check.info for check in suites[name].checks}})
        for name, info in manifest.suites.items()
    }
    return renewed, manifest.model_copy(update={"suites": infos})


def _flipped(scored: tuple[list[Sample], Manifest]) -> tuple[Manifest, tuple[Sample, ...]]:
    return scored[1], tuple(scored[0])


def _seconds(path: Path) -> float:
    """Return how long a run took, as its summary says."""
    try:
        return float(json.loads((path / SUMMARY).read_text("utf-8"))["seconds"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0.0


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
