"""Writes scores, differences, times and amounts as a reader takes them in, and draws them on rails.

Knows nothing about runs. Everything returned by a function named for a drawing is markup, the rest is plain text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from assistant.web.texts import Texts

NONE = "–"
_BOUNDS = (0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0)

Interval = tuple[float, float]


def count(value: int | None) -> str:
    """Return a whole number with its thousands apart."""
    return NONE if value is None else f"{value:,}"


def score(value: float | None) -> str:
    """Return a score of 0 to 1."""
    return NONE if value is None else f"{value:.3f}".replace("-", "−")


def signed(value: float | None) -> str:
    """Return a difference with its sign; none where it rounds to 0."""
    if value is None:
        return NONE
    text = f"{value:+.3f}".replace("-", "−")
    return text[1:] if text[1:] == "0.000" else text


def span(interval: Interval | None, texts: Texts, *, difference: bool = False) -> str:
    """Return an interval; that of a mean is shown within the scale, which a mean cannot leave."""
    if interval is None:
        return NONE
    low, high = interval if difference else (max(0.0, interval[0]), min(1.0, interval[1]))
    write = signed if difference else score
    return texts.plain("evals.span", low=write(low), high=write(high))


def chance(p: float | None) -> str:
    """Return a p value."""
    if p is None:
        return NONE
    return "< 0.001" if p < 0.001 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def share(value: float) -> str:
    """Return a rate as per cent."""
    return f"{min(1.0, value):.1%}"


def money(value: float | None) -> str:
    """Return an amount in the currency of the prices given."""
    if value is None:
        return NONE
    return f"{value:.4f}" if 0 < value < 1 else f"{value:,.2f}"


def duration(seconds: float, texts: Texts) -> str:
    """Return how long something took."""
    if seconds < 0.9995:
        return texts.plain("evals.milliseconds", n=f"{seconds * 1000:.0f}")
    if seconds < 59.95:
        return texts.plain("evals.seconds", n=f"{seconds:.1f}")
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return texts.plain("evals.hours", h=hours, m=minutes)
    return texts.plain("evals.minutes", m=minutes, s=rest)


def floor_of(values: Iterable[float]) -> float:
    """Return where a scale up to 1 should begin for these scores, with some room below the least."""
    return max(0.0, min(0.9, math.floor(min(values, default=0.0) * 10 - 0.5) / 10))


def mean_rail(mean: float, interval: Interval | None, floor: float) -> str:
    """Draw a mean and its interval on a scale from `floor` to 1."""

    def at(value: float) -> str:
        return f"{100 * (min(1.0, max(floor, value)) - floor) / (1 - floor):.1f}"

    bar = f'<i style="--a:{at(interval[0])};--z:{at(interval[1])}"></i>' if interval else ""
    return f'<span class="rail" aria-hidden="true">{bar}<b style="--a:{at(mean)}"></b></span>'


def bound_of(differences: Iterable[float]) -> float:
    """Return how far a scale around 0 has to reach to hold these differences."""
    most = max(map(abs, differences), default=0.0)
    return next((bound for bound in _BOUNDS if most <= bound), 1.0)


def scale_ends(bound: float) -> str:
    """Draw the numbers below a scale around 0."""
    return f'<span class="ends" aria-hidden="true"><span>−{bound:g}</span><span>0</span><span>+{bound:g}</span></span>'


def change_rail(delta: float, interval: Interval | None, *, bound: float, band: float, primary: bool) -> str:
    """Draw a difference and its interval around 0, over the band that is too small to matter."""

    def at(value: float) -> str:
        return f"{50 + 50 * min(1.0, max(-1.0, value / bound)):.1f}"

    apart = interval is not None and not interval[0] <= 0 <= interval[1]
    bar = f'<i style="--a:{at(interval[0])};--z:{at(interval[1])}"></i>' if interval else ""
    kind = f"{'main' if primary else ''}{'' if apart else ' hollow'}".strip()
    return (
        f'<span class="rail change" aria-hidden="true"><u style="--a:{at(-band)};--z:{at(band)}"></u><s></s>{bar}'
        f'<b class="{kind}" style="--a:{at(delta)}"></b></span>'
    )


def move_rail(before: float, after: float) -> str:
    """Draw one case's score before and after on a scale from 0 to 1."""
    low, high = sorted((100 * before, 100 * after))
    return (
        f'<span class="rail move" aria-hidden="true"><i style="--a:{low:.1f};--z:{high:.1f}"></i>'
        f'<b class="hollow" style="--a:{100 * before:.1f}"></b><b style="--a:{100 * after:.1f}"></b></span>'
    )
