"""Gate: what the person stated is still there. Knows nothing about sentences."""

from __future__ import annotations

import re

from assistant.gates import figures
from assistant.gates.case import Case
from assistant.goals import GateResult

_SHOWN = 3


def facts_kept(case: Case) -> GateResult:
    """Pass when every figure that the person gave stands verbatim in some goal; a date may stand written out."""
    texts = [text for pointer, text in case.texts() if pointer.startswith("/goals/")]
    written = _squeezed("\n".join(texts))
    lost = []
    for source in case.brief.sources:
        days = {
            (time.start, time.end): {day.isoformat() for day in time.resolved if day is not None}
            for time in source.facts.times
        }
        for span in figures.find(source.text, case.today):
            words = source.text[span.start : span.end]
            written_out = any(day in written for day in days.get((span.start, span.end), ()))
            if _squeezed(words) not in written and not written_out:
                lost.append(f"{words!r} of {source.key}")
    why = "every stated figure is kept" if not lost else "lost: " + "; ".join(lost[:_SHOWN])
    return GateResult(name="facts_kept", passed=not lost, why=why)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()
