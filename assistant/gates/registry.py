"""All gates in the order in which their results are shown. Knows nothing about what each looks at."""

from __future__ import annotations

from collections.abc import Callable

from assistant.gates.case import Case
from assistant.gates.facts import facts_kept, goals_as_stated, no_invented_owners
from assistant.gates.numbers import no_invented_numbers, origins_hold
from assistant.gates.orders import no_obeyed_orders
from assistant.gates.structure import citation_valid, dates_in_order, schema
from assistant.gates.texts import harmless_text, language_fidelity, no_repetition
from assistant.goals import GateResult

Gate = Callable[[Case], GateResult]

GATES: tuple[Gate, ...] = (
    schema,
    no_invented_numbers,
    origins_hold,
    facts_kept,
    goals_as_stated,
    no_invented_owners,
    language_fidelity,
    citation_valid,
    harmless_text,
    no_obeyed_orders,
    dates_in_order,
    no_repetition,
)

HARD = frozenset(
    {
        "schema", "no_invented_numbers", "origin_complete", "facts_kept", "language_fidelity", "citation_valid",
        "harmless_text", "dates_in_order", "no_invented_owners", "goals_as_stated", "no_obeyed_orders",
    }
)  # fmt: skip
"""Names of the gates that a draft must pass to be ready."""


def run(case: Case) -> tuple[GateResult, ...]:
    """Return the result of every gate."""
    return tuple(gate(case) for gate in GATES)
