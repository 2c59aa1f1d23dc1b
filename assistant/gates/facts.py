"""Gate: what the person stated is still there. Knows nothing about sentences."""

from __future__ import annotations

import re

from assistant.gates import figures
from assistant.gates.case import Case
from assistant.goals import GateResult

_SHOWN = 3


def facts_kept(case: Case) -> GateResult:
    """Pass when every figure of the aim, the context, the goals and the resources stands verbatim in some goal."""
    written = _squeezed("\n".join(text for pointer, text in case.texts() if pointer.startswith("/goals/")))
    lost = []
    for source in case.brief.sources:
        for span in figures.find(source.text, case.today):
            words = source.text[span.start : span.end]
            if _squeezed(words) not in written:
                lost.append(f"{words!r} of {source.key}")
    why = "every stated figure is kept" if not lost else "lost: " + "; ".join(lost[:_SHOWN])
    return GateResult(name="facts_kept", passed=not lost, why=why)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
