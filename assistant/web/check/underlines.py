"""Writes a text with findings underlined. Knows nothing about goals or lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.goals import Finding
from assistant.web.escape import text
from assistant.web.texts import Texts

_GRAVITY = ("error", "warning", "info")
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Underline:
    """A finding at a place of a text.

    Attributes:
        number: the small number that ties it to the list.
        press: value of the button that applies its fix; '' where there is none.
    """

    start: int
    end: int
    finding: Finding
    number: int
    press: str = ""


def underlined(words: str, lines: Sequence[Underline], texts: Texts, *, hot: bool = True) -> str:
    """Return the text as markup; where findings overlap, the gravest shows, and each number once.

    Args:
        words: the text.
        lines: what to underline.
        texts: the words of the interface.
        hot: whether the keyboard reaches the underlines; not so behind a text box, where they only show.
    """

    def rank(line: Underline) -> tuple[int, int, int]:
        """Of overlapping findings the gravest shows, of equals the shortest."""
        return _GRAVITY.index(line.finding.severity), line.end - line.start, line.number

    kept = [line for line in lines if 0 <= line.start < line.end <= len(words)]
    edges = sorted({0, len(words)} | {edge for line in kept for edge in (line.start, line.end)})
    over: list[Underline | None] = []
    for start, end in pairwise(edges):
        here = [line for line in kept if line.start < end and line.end > start]
        over.append(min(here, key=rank, default=None))
    out = []
    at = 0
    last = {id(line): place for place, line in enumerate(over) if line is not None}
    for place, worst in enumerate(over):
        if place + 1 < len(over) and over[place + 1] is worst:
            continue
        piece = text(words[edges[at] : edges[place + 1]])
        out.append(
            piece
            if worst is None
            else f"<span {_attributes(worst, texts, hot, last[id(worst)] == place)}>{piece}</span>"
        )
        at = place + 1
    return "".join(out)


def _attributes(line: Underline, texts: Texts, hot: bool, numbered: bool) -> str:
    found = line.finding
    name = "find nb" if hot and line.end - line.start <= _SHORT else "find"
    press = f' data-press="{text(line.press)}" data-fix="{text(found.fix.title)}"' if line.press and found.fix else ""
    reach = (
        f' role="button" tabindex="-1" data-hot aria-label="{text(found.text)}{texts.html("card.joint")}'
        f'{text(found.message)}"'
        if hot
        else f' aria-label="{text(found.message)}"'
    )
    number = f' data-n="{line.number}"' if numbered else ""
    return (
        f'class="{name}" data-sev="{found.severity}" data-message="{text(found.message)}" '
        f'data-help="{text(found.help)}" data-rule="{text(found.id)}"{number}{press}{reach}'
    )
