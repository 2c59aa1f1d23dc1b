"""The page's drawings: icons, the sign of the product, the radar. Knows nothing about goals but their marks.

Nothing here is made of text that a person or a model wrote.
"""

from __future__ import annotations

from math import cos, radians, sin

from assistant.goals import Mark, Scorecard
from assistant.web.texts import Texts

LETTERS = ("specific", "measurable", "achievable", "relevant", "time_bound", "consistent")
_CENTRE, _RADIUS = (142.0, 98.0), 64.0
_SHARE: dict[Mark, float] = {"pass": 1.0, "warn": 0.5, "fail": 0.04, "todo": 0.04}
_POINT: dict[Mark, str] = {"pass": "pt", "warn": "half", "fail": "fail", "todo": "open"}
_LABEL: dict[Mark, str] = {"pass": "", "warn": " !", "fail": " !", "todo": " ?"}

_PATHS = {
    "arrow": "M2.5 8h11M9.5 4l4 4-4 4",
    "bin": "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9M6.6 7v4M9.4 7v4",
    "chevron": "M6 3.5 10.5 8 6 12.5",
    "compare": "M6.5 3.5h-4v9h4M9.5 3.5h4v9h-4M8 1.5v13",
    "copy": "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
    "download": "M8 2.5V10M5 7.3 8 10.2l3-2.9M2.8 9.5v3.2c0 .6.4 1 1 1h8.4c.6 0 1-.4 1-1V9.5",
    "flag": "M3 13.5v-11M3 3.5h9L10.3 6l1.7 2.5H3",
    "goal": "M13.5 3v10M2.5 8h7.5M7 5l3 3-3 3",
    "open": "M6.5 3.5h-4v10h10v-4M9.5 2.5h4v4M13.2 2.8 7.5 8.5",
    "pen": "M11.2 2.3l2.5 2.5-8 8-3.2.7.7-3.2zM9.6 3.9l2.5 2.5",
    "plus": "M8 3v10M3 8h10",
    "redo": "M13 6.5H6a3.5 3.5 0 1 0 0 7h3.5M10 3.5l3 3-3 3",
    "refresh": "M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 2v3h-3",
    "shield": "M8 1.8l5.2 2v3.7c0 3.2-2.2 5.5-5.2 6.7-3-1.2-5.2-3.5-5.2-6.7V3.8z",
    "sun": "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6M8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1"
    "M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1",
    "tick": "M3 8.5l3.2 3.2L13 4.8",
    "trash": "M3 4.5h10M6.5 4.5v-2h3v2M4.2 4.5l.7 9h6.2l.7-9M6.8 7v4M9.2 7v4",
    "search": "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.4 10.4l3.4 3.4",
    "file": "M4 1.5h5l3.5 3.5v9.5H4zM9 1.5V5h3.5",
    "undo": "M3 6.5h7a3.5 3.5 0 1 1 0 7H6.5M6 3.5l-3 3 3 3",
    "upload": "M8 10.2V2.7M5 5.4 8 2.5l3 2.9M2.8 9.5v3.2c0 .6.4 1 1 1h8.4c.6 0 1-.4 1-1V9.5",
    "swap": "M5 13V3.5M2.5 6 5 3.5 7.5 6M11 3v9.5M8.5 10l2.5 2.5 2.5-2.5",
}


def icon(name: str, size: str = "") -> str:
    """Return an icon that screen readers pass over; `size` is `s` for the small one."""
    return f'<svg class="i {size}" viewBox="0 0 16 16" aria-hidden="true"><path d="{_PATHS[name]}"/></svg>'


def sign(size: int) -> str:
    """Return the sign of the product, `size` pixels wide."""
    return (
        f'<svg class="sign" width="{size}" height="{size}" viewBox="0 0 28 28" aria-hidden="true">'
        '<path class="ring" d="M22.6 8.2A10.5 10.5 0 1 0 14 24.5a10.5 10.5 0 0 0 10-7.3"/>'
        '<path class="tick" d="M9.3 13.6l3.9 4L24.2 5.6"/></svg>'
    )


def marks_of(card: Scorecard) -> tuple[Mark, ...]:
    """Return the six marks in the order of the radar."""
    return (card.specific, card.measurable, card.achievable, card.relevant, card.time_bound, card.consistent)


def radar(card: Scorecard, before: Scorecard | None, texts: Texts) -> str:
    """Return the radar of a scorecard, with the person's own words as a dashed line where they were judged."""
    marks = marks_of(card)
    rings = "".join(f'<polygon class="ax" points="{_points([share] * 6)}"/>' for share in (0.5, 1.0))
    spokes = "".join(
        f'<path class="ax" d="M{_CENTRE[0]:g} {_CENTRE[1]:g}L{_at(i, 1.0)[0]} {_at(i, 1.0)[1]}"/>' for i in range(6)
    )
    was = ""
    if before is not None:
        was = f'<polygon class="was" points="{_points([_SHARE[mark] for mark in marks_of(before)])}"/>'
    now = f'<polygon class="now" points="{_points([_SHARE[mark] for mark in marks])}"/>'
    dots = "".join(_dot(i, mark, texts) for i, mark in enumerate(marks))
    said = texts.plain("card.list_joint").join(
        f"{texts.plain(f'letter.{name}')}{texts.plain('card.colon')}{texts.plain(f'mark.{mark}')}"
        for name, mark in zip(LETTERS, marks, strict=True)
    )
    return (
        f'<svg class="radar" viewBox="-14 0 312 194" role="img" aria-label="{texts.html("card.radar", marks=said)}">'
        f"{rings}{spokes}{was}{now}{dots}</svg>"
    )


def _at(axis: int, share: float) -> tuple[float, float]:
    angle = radians(-90 + 60 * axis)
    return (
        round(_CENTRE[0] + _RADIUS * share * cos(angle), 1),
        round(_CENTRE[1] + _RADIUS * share * sin(angle), 1),
    )


def _points(shares: list[float]) -> str:
    return " ".join(f"{x},{y}" for x, y in (_at(i, share) for i, share in enumerate(shares)))


def _dot(axis: int, mark: Mark, texts: Texts) -> str:
    x, y = _at(axis, _SHARE[mark])
    tip_x, tip_y = _at(axis, 1.0)
    anchor, label_x, label_y = "middle", tip_x, tip_y - 10 if axis == 0 else tip_y + 20
    if axis in (1, 2):
        anchor, label_x, label_y = "start", tip_x + 9, tip_y + 4
    elif axis in (4, 5):
        anchor, label_x, label_y = "end", tip_x - 9, tip_y + 4
    letter = "SMART"[axis] + " " if axis < 5 else ""
    label = texts.html(f"letter.{LETTERS[axis]}_short")
    tone = {"pass": "", "warn": ' class="lw"', "fail": ' class="lf"', "todo": ' class="lo"'}[mark]
    radius = 4 if mark == "pass" else 4.5
    return (
        f'<circle class="{_POINT[mark]}" cx="{x}" cy="{y}" r="{radius}"/>'
        f'<text{tone} x="{label_x:.1f}" y="{label_y:.1f}" text-anchor="{anchor}">{letter}{label}{_LABEL[mark]}</text>'
    )
