"""What may go wrong and what is done about it. Knows nothing about kinds of plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from assistant.drafting.lines import Part
from assistant.goals.plan import Risk, Said
from assistant.plans.parts.duties import filled, head_of
from assistant.plans.parts.measures import mains, name, owner
from assistant.plans.parts.placed import items
from assistant.plans.writing import Writer

Grade = Literal["high", "medium", "low"]


def usual(w: Writer, graded: Mapping[str, tuple[Grade, Grade]], *, mitigated: bool = False) -> tuple[Risk, ...]:
    """Return the risks that the person named, then those usual for a kind, at `kind.risk.KEY`.

    Args:
        w: the writer.
        graded: likelihood and impact of each key.
        mitigated: whether the words tell apart what makes a risk rarer and what makes it hurt less.
    """
    told = items(w, "risks")
    found = [
        Risk(
            text=each, prevention=w.blank("risk_plan"), fallback=w.blank("risk_plan"), signal=w.blank("risk_plan"),
            owner=w.blank("risk_plan"),
        )
        for each in told
    ]  # fmt: skip
    for key, (likelihood, impact) in graded.items():
        words = f"kind.risk.{key}"
        found.append(
            Risk(
                text=w.propose(f"{words}.text"), kind=w.propose(f"{words}.kind"), likelihood=likelihood, impact=impact,
                prevention=w.propose(f"{words}.prevention"),
                mitigation=w.propose(f"{words}.mitigation") if mitigated else None,
                fallback=w.propose(f"{words}.fallback"),
                signal=w.propose(f"{words}.signal"), owner=filled(w, w.propose(f"{words}.owner", "role")),
            )
        )  # fmt: skip
    return tuple(found)


def risks(w: Writer, *, lever: bool = True) -> tuple[Risk, ...]:
    """Return the risks that follow from the goals: no figures, gaming, idle levers, partners, people.

    Args:
        w: the writer.
        lever: False where the work is no trial of levers.
    """
    found = []
    for measure in mains(w):
        called = name(w, measure)
        who = owner(w, measure)
        if measure.result.baseline is None:
            found.append(_risk(w, "data", who, "medium", "high", metric=called))
        if measure.metric is not None:
            gaming = measure.metric.text[w.g.language].gaming
            found.append(_risk(w, "gaming", who, "medium", "high", metric=called, gaming=gaming))
        if lever:
            found.append(_risk(w, "lever", who, "medium", "medium", metric=called))
    seen = set()
    for partner in w.g.given.partners:
        if partner.who.text not in seen:
            seen.add(partner.who.text)
            found.append(_risk(w, "partner", head_of(w), "medium", "medium", partner=partner.who))
    found.append(_risk(w, "people", head_of(w), "medium", "high"))
    return tuple(found)


def _risk(w: Writer, key: str, who: Said, likelihood: Grade, impact: Grade, **slots: Part) -> Risk:
    return Risk(
        text=w.propose(f"plan.risk.{key}", "gaming" if key == "gaming" else "practice", **slots),
        likelihood=likelihood,
        impact=impact,
        prevention=w.propose(f"plan.risk.{key}_prevention", **slots),
        fallback=w.propose(f"plan.risk.{key}_fallback", **slots),
        signal=w.propose(f"plan.risk.{key}_signal", **slots),
        owner=who.model_copy(),
    )
