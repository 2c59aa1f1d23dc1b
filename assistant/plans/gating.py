"""Runs the gates of drafts over every text of a plan. Knows nothing about kinds of plans.

Nothing is loosened: a figure without origin, a foreign script, markup or an order obeyed fails a plan as it fails a
draft. On top, what a value says of its own origin must hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant import gates
from assistant.gates import figures
from assistant.goals import Draft, GateResult
from assistant.goals.plan import Plan
from assistant.plans import walking
from assistant.plans.ground import Ground

_SHOWN = 3
_ON_FIGURES = (gates.no_invented_numbers, gates.origins_hold)
_ON_WORDS = (gates.language_fidelity, gates.harmless_text, gates.no_obeyed_orders)


@dataclass(frozen=True, slots=True)
class PlanCase(gates.Case):
    """A plan's own texts in the place of a draft's.

    Attributes:
        own: JSON pointer and text of every value of the plan.
    """

    own: tuple[tuple[str, str], ...] = ()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield JSON pointer and text of every value."""
        return iter(self.own)


def run(plan: Plan, ground: Ground) -> tuple[GateResult, ...]:
    """Return the result of every gate on the plan's own texts."""
    own = tuple((pointer, value.text) for pointer, value in walking.values(plan) if value.text)
    # Figures may rest on the goals' own texts; those are no material of the person's in which an order could stand.
    brief = ground.brief.model_copy(update={"sources": ground.sources})
    draft = Draft(language=plan.language, goals=())
    case = PlanCase(brief, draft, plan.numbers, (), (), plan.today, (), own)
    spoken = replace(case, brief=ground.brief)
    told = (origins_told(plan, ground), facts_kept(plan, ground))
    return (*(gate(case) for gate in _ON_FIGURES), *(gate(spoken) for gate in _ON_WORDS), *told)


def facts_kept(plan: Plan, ground: Ground) -> GateResult:
    """Pass when every figure that the person gave stands in the plan or its goals; a date may stand written out."""
    texts = [value.text for _, value in walking.values(plan)]
    texts += [text for _, text in gates.texts_of(Draft(language=plan.language, goals=plan.goals))]
    written = _squeezed("\n".join(texts))
    lost = []
    for source in ground.brief.sources:
        if source.key.startswith(("document:", "goals", "edit:")):
            continue
        days = {(t.start, t.end): {d.isoformat() for d in t.resolved if d} for t in source.facts.times}
        for span in figures.find(source.text, plan.today):
            words = source.text[span.start : span.end]
            written_out = any(day in written for day in days.get((span.start, span.end), ()))
            if source.holds(span.start, span.end) and _squeezed(words) not in written and not written_out:
                lost.append(f"{words!r} of {source.key}")
    why = "every stated figure is kept" if not lost else "lost: " + "; ".join(lost[:_SHOWN])
    return GateResult(name="facts_kept", passed=not lost, why=why)


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def origins_told(plan: Plan, ground: Ground) -> GateResult:
    """Pass when each value has words and a reason, is a blank, or stands in the texts that it is said to come from."""
    said = {source.key: "".join(source.text.split()) for source in ground.sources}
    everything = "\n".join(said.values())
    broken = []
    for pointer, value in walking.values(plan):
        if value.blank != (value.origin == "unknown"):
            broken.append(f"{pointer} is blank and not unknown, or unknown and not blank")
        elif value.origin in {"proposed", "computed", "unknown"}:
            if not (value.evidence.formula or "").strip():
                broken.append(f"{pointer} has no reason")
        elif not value.figures and "".join(value.text.split()) not in everything:
            broken.append(f"{value.text!r} of {pointer} was not said")
    why = "every value tells where it comes from" if not broken else "; ".join(broken[:_SHOWN])
    return GateResult(name="origins_told", passed=not broken, why=why)
