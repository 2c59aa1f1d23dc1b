"""Writes catalogue metrics for a terminal: a line each, or one with all that is known of it.

Knows nothing about how metrics are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from assistant.goals import Function, Language, Metric
from assistant.render.draft_markdown import words


def lines(metrics: Iterable[Metric], functions: Mapping[str, Function], language: Language) -> str:
    """Return metrics as a list in the order given, under the names of their functions where each stands together."""
    listed = list(metrics)
    runs = [listed[0].function, *(b.function for a, b in pairwise(listed) if a.function != b.function)]
    together = len(runs) == len(set(runs))
    shown: list[str] = []
    function = ""
    for metric in listed:
        if together and metric.function != function:
            function = metric.function
            shown += ["", functions[function].name[language]]
        text = metric.text[language]
        of = "" if together else f"  ({functions[metric.function].name[language]})"
        shown.append(f"  {text.name}  [{metric.id}]{of}  {text.definition}")
    return "\n".join(shown).strip("\n") + "\n"


def page(metric: Metric, metrics: Mapping[str, Metric], functions: Mapping[str, Function], language: Language) -> str:
    """Return everything that the catalogue knows of a metric.

    Args:
        metric: the metric.
        metrics: all metrics by id, for the names of guardrails and drivers.
        functions: all functions by id.
        language: language of the words.
    """
    label: dict[str, str] = words(language)["metric"]
    colon = words(language)["colon"]
    text = metric.text[language]
    comma = ", " if language == "en" else "、"

    def named(ids: tuple[str, ...]) -> str:
        return comma.join(f"{metrics[id].text[language].name} [{id}]" for id in ids)

    known = metric.minimum is not None or metric.maximum is not None
    bounds = [label["any"] if bound is None else f"{bound}" for bound in (metric.minimum, metric.maximum)]
    lag = label["lag"].format(days=metric.readout_lag_days)
    rows = {
        "function": functions[metric.function].name[language],
        "definition": text.definition,
        "formula": text.formula,
        "unit": text.unit,
        "kind": label[metric.kind],
        "direction": label[metric.direction],
        "range": " – ".join(bounds) if known else label["any"],
        "timing": label[metric.timing],
        "cadence": f"{label[metric.cadence]}{comma}{lag}",
        "data_source": text.data_source,
        "owner": text.owner,
        "aliases": comma.join(text.aliases),
        "outcomes": comma.join(text.outcomes),
        "baseline_question": text.baseline_question,
        "step": label[metric.step.kind].format(value=metric.step.value),
        "guardrails": named(metric.guardrails),
        "drivers": named(metric.drivers),
        "gaming": text.gaming,
        "objectives": comma.join(text.objectives),
        "initiatives": comma.join(text.initiatives),
    }
    shown = [f"{text.name}  [{metric.id}]"]
    shown += [f"  {label[name]}{colon}{value}" for name, value in rows.items() if value]
    return "\n".join(shown) + "\n"
