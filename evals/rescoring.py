"""Scores the answers of a run again with the checks of today. Knows nothing about how they came about."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import StorageError
from assistant.evaluation.samples import Manifest, Sample, SuiteInfo
from assistant.evaluation.samples import Suite as SuiteName
from assistant.service import Assistant
from assistant.settings import load as load_settings
from evals import provenance
from evals.models import Models
from evals.planning import now, suites_of
from evals.suite import Case, digest_of


def rescored(manifest: Manifest, samples: Sequence[Sample]) -> tuple[Manifest, list[Sample]]:
    """Return a run as today's checks and labels see it; samples whose case is gone are left out.

    Raises:
        StorageError: a stored answer cannot be read any more; the message names the sample.
    """
    models = Models(load_settings().model_copy(update={"llm_model": None}), (), record=None, replay=None)
    suites = {suite.name: suite for suite in suites_of(tuple(manifest.suites), models, Assistant())}
    cases: dict[tuple[SuiteName, str], Case] = {}
    for name, suite in suites.items():
        cases |= {(name, case.id): case for case in suite.load()}
    renewed = []
    for sample in samples:
        case = cases.get((sample.suite, sample.case))
        if case is None or sample.suite not in suites:
            continue
        if sample.output is None:
            renewed.append(sample)
            continue
        suite = suites[sample.suite]
        try:
            scores = suite.score(case, suite.revive(case, sample.output))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise StorageError(
                f"The answer to {sample.case!r} by {sample.variant!r} cannot be scored again "
                f"({type(error).__name__}: {error}).",
                "Run it again.",
            ) from None
        renewed.append(sample.model_copy(update={"scores": scores}))
    commit, dirty = provenance.revision()
    infos: dict[SuiteName, SuiteInfo] = {}
    for name in manifest.suites:
        own = {sample.case: cases[name, sample.case] for sample in renewed if sample.suite == name}
        infos[name] = SuiteInfo(
            cases=len(own),
            clusters=len({case.cluster for case in own.values()}),
            digest=digest_of(own.values()),
            checks={check.name: check.info for check in suites[name].checks},
        )
    changes = {
        "suites": infos, "created": now(), "revision": commit, "dirty": dirty, "code": provenance.code(),
        "knowledge": provenance.knowledge(), "packages": provenance.packages(),
    }  # fmt: skip
    return manifest.model_copy(update=changes), renewed
