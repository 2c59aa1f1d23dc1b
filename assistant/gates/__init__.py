"""The runtime checks on every draft; the evals use the same functions as scorers."""

from assistant.gates.case import Case, texts_of
from assistant.gates.facts import facts_kept, goals_as_stated, no_invented_owners
from assistant.gates.numbers import no_invented_numbers, origins_hold
from assistant.gates.orders import no_obeyed_orders
from assistant.gates.registry import GATES, HARD, run
from assistant.gates.structure import citation_valid, dates_in_order, schema
from assistant.gates.texts import harmless_text, language_fidelity, no_repetition

__all__ = [
    "GATES",
    "HARD",
    "Case",
    "citation_valid",
    "dates_in_order",
    "facts_kept",
    "goals_as_stated",
    "harmless_text",
    "language_fidelity",
    "no_invented_numbers",
    "no_invented_owners",
    "no_obeyed_orders",
    "no_repetition",
    "origins_hold",
    "run",
    "schema",
    "texts_of",
]
