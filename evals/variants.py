"""Reads who should answer in a run: the words of `--variant` and `--model` to variants.

Knows nothing about cases or checks.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from assistant import prompting
from assistant.errors import UsageError
from assistant.evaluation.samples import Recording, Variant, VariantKind
from evals.suite import Suite

PLAIN: dict[str, VariantKind] = {
    "offline": "offline",
    "obedient": "obedient",
    "linter": "linter",
    "hybrid": "search",
    "dense": "search",
    "lexical": "search",
}
"""Variants that need no model, by the name by which they are asked for."""
CONTROLS: dict[str, VariantKind] = {"freehand": "freehand", "template": "template"}
PROMPTS = "prompts"
"""Stands for our own prompts in their active versions."""


def variants_of(
    suites: Sequence[Suite], asked: Sequence[str], models: Sequence[str], recording: Recording | None
) -> dict[str, tuple[Variant, ...]]:
    """Return the variants of each suite.

    Args:
        suites: the suites of the run.
        asked: names such as `offline`, `freehand`, `template`, `prompts`, `draft-v2`, `draft-v2+repair-v1`; empty for
            our prompts with every model, or the suite's own variants where there is no model.
        models: names of the models.
        recording: where their answers come from.

    Raises:
        UsageError: a name is unknown, needs a model, or fits no suite.
    """
    wanted = [_parsed(name, models, recording) for name in asked]
    if not asked and models:
        wanted = [_parsed(PROMPTS, models, recording)]
    chosen: dict[str, tuple[Variant, ...]] = {}
    for suite in suites:
        fitting = [variant for group in wanted for variant in group if variant.kind in suite.kinds]
        if not fitting and not asked:
            fitting = [variant for name in suite.offline_variants for variant in _parsed(name, (), None)]
        chosen[suite.name] = tuple(fitting)
    used = {variant.name for group in chosen.values() for variant in group}
    idle = [name for name, group in zip(asked, wanted, strict=False) if not {each.name for each in group} & used]
    if idle:
        raise UsageError(
            f"The variant {idle[0]!r} answers in none of the chosen suites ({', '.join(s.name for s in suites)}).",
            "Choose another suite or variant.",
        )
    return {name: group for name, group in chosen.items() if group}


def label_of(variant: Variant) -> str:
    """Return a variant's name without its model: a folder of recordings is of one model, whatever that is called."""
    return variant.name.removeprefix(f"{variant.model}/") if variant.model else variant.name


def _parsed(name: str, models: Sequence[str], recording: Recording | None) -> list[Variant]:
    if name in PLAIN:
        return [Variant(name=name, kind=PLAIN[name])]
    if name in CONTROLS:
        kind = CONTROLS[name]
        versions: dict[str, str | None] = {name: None}
    else:
        kind, versions = "model", _versions(name)
    if not models:
        raise UsageError(
            f"The variant {name!r} needs a model.",
            "Name one with --model and set GOALS_LLM_BASE_URL, or replay recorded answers with --replay DIR.",
        )
    library = prompting.load()
    prompts = [library.get(role, version) for role, version in versions.items()]
    label = name if kind != "model" else "+".join(f"{p.about.role}-v{p.about.version}" for p in prompts)
    return [
        Variant(
            name=f"{model}/{label}",
            kind=kind,
            model=model,
            prompts={prompt.key: prompt.digest for prompt in prompts},
            recording=recording,
        )
        for model in models
    ]


def _versions(name: str) -> dict[str, str | None]:
    """Return role to version for `prompts`, `draft-v2` or `draft-v2+repair-v1`."""
    versions: dict[str, str | None] = {"draft": None, "repair": None}
    if name == PROMPTS:
        return versions
    for part in name.split("+"):
        role, dash, version = part.partition("-v")
        if role not in versions or not dash or not version.isdecimal():
            known = [*PLAIN, *CONTROLS, PROMPTS, "draft-v1", "draft-v1+repair-v1"]
            near = difflib.get_close_matches(name, known, 1)
            hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}."
            raise UsageError(f"There is no variant {name!r}.", hint)
        versions[role] = version
    return versions
