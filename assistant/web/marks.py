"""Writes a field's text with its numbers as chips and its findings underlined. Knows nothing about cards.

Chips are never cut by an underline: where the two meet, the chip carries both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from assistant.goals import Finding, Number
from assistant.web import evidence
from assistant.web.escape import text
from assistant.web.session import Version
from assistant.web.texts import Texts

_SHORT = 8
_OPENING = frozenset("“‘「『（《〈【(")
_GRAVITY = ("error", "warning", "info")
ORIGINS = ("stated", "document", "knowledge", "computed", "proposed", "unknown")


class Marks:
    """The numbers and findings of one draft or of one pasted goal, by field."""

    def __init__(
        self,
        texts: Texts,
        numbers: Sequence[Number],
        findings: Sequence[Finding],
        version: Version | None = None,
        changed: Collection[str] = (),
    ) -> None:
        """Sort both by field; findings are numbered within their goal in the order given.

        Args:
            texts: the interface's words.
            numbers: the numbers.
            findings: the findings.
            version: the draft that they are of; None for a pasted goal.
            changed: pointers of the fields that the last step changed.
        """
        self.texts = texts
        self._changed = frozenset(changed)
        self._version = version
        self._numbers: dict[str, list[Number]] = {}
        self._findings: dict[str, list[Finding]] = {}
        self._places: dict[int, int] = {}
        count: Counter[str] = Counter()
        for number in sorted(numbers, key=lambda n: n.start):
            self._numbers.setdefault(number.field, []).append(number)
        for finding in findings:
            field = finding.field or ""
            self._findings.setdefault(field, []).append(finding)
            goal = "/".join(field.split("/")[:3])
            count[goal] += 1
            self._places[id(finding)] = count[goal]

    def number_of(self, finding: Finding) -> int:
        """Return the small number that ties an underline to the list."""
        return self._places[id(finding)]

    def at(self, field: str) -> list[Number]:
        """Return the numbers of a field in order of place."""
        return self._numbers.get(field, [])

    def write(self, words: str, field: str) -> str:
        """Return the text as markup with chips and underlines."""
        numbers = _apart([n for n in self.at(field) if 0 <= n.start < n.end <= len(words)])
        findings = [f for f in self._findings.get(field, []) if 0 <= f.start < f.end <= len(words)]
        findings = [f for f in findings if f.end - f.start < max(len(words.strip()), _SHORT)]
        cuts = {0, len(words)} | {edge for n in numbers for edge in (n.start, n.end)}
        for finding in findings:
            cuts |= {edge for edge in (finding.start, finding.end) if not _inside(edge, numbers)}
        out: list[str] = []
        edges = sorted(cuts)
        for start, end in pairwise(edges):
            number = next((n for n in numbers if n.start == start and n.end == end), None)
            over = [f for f in findings if f.start < end and f.end > start]
            worst = min(over, key=lambda f: _GRAVITY.index(f.severity), default=None)
            last = worst is not None and worst.end <= end
            piece = words[start:end]
            if number is not None:
                spaced = words[start - 1 : start] == " " or words[end : end + 1] == " "
                chip = self.chip(piece, number, worst, last, spaced=spaced, put=mended(words, worst))
                if out and out[-1] in _OPENING:
                    # The glyph of a chip would let a line end behind an opening mark.
                    chip = f'<span class="nb">{out.pop()}{chip}</span>'
                out.append(chip)
            elif worst is not None:
                out.append(f"<span {self._finding(worst, last, mended(words, worst))}>{text(piece)}</span>")
            elif piece[-1:] in _OPENING and end < len(words):
                out += [text(piece[:-1]), text(piece[-1])]
            else:
                out.append(text(piece))
        return self.marked("".join(out), field)

    def marked(self, markup: str, field: str) -> str:
        """Return the markup of a field, marked where the last step changed the field."""
        if field not in self._changed:
            return markup
        return f'<span class="chg" data-field="{text(field)}">{markup}</span>'

    def chip(
        self,
        shown: str,
        number: Number,
        finding: Finding | None = None,
        last: bool = False,
        *,
        spaced: bool = False,
        put: str = "",
    ) -> str:
        """Return one number as a chip with its evidence; `put` is the field's text with the finding mended."""
        label = self.texts.plain(f"origin.{number.origin}")
        if number.tentative:
            label = self.texts.plain("origin.tentative", origin=label)
        passage = evidence.passage_of(number)
        classes = "num sp" if spaced else "num"
        return self._chip(
            shown,
            number.origin,
            label,
            evidence.why(number, self._version, self.texts),
            evidence.place(number, self._version, self.texts),
            passage,
            self._finding(finding, last, put, classes=f"{classes} find") if finding else f'class="{classes}"',
        )

    def blank(self, key: str, why: str = "") -> str:
        """Return a visible blank with what fills it."""
        shown = self.texts.plain(key)
        return self._chip(shown, "unknown", self.texts.plain("origin.unknown"), why, "", None, 'class="num"')

    def _chip(
        self, shown: str, origin: str, label: str, why: str, place: str, passage: str | None, attributes: str
    ) -> str:
        joint = self.texts.plain("card.joint")
        jump = f' data-jump="{text(passage)}"' if passage else ""
        return (
            f'<span {attributes} role="button" tabindex="-1" data-hot data-origin="{origin}" '
            f'data-label="{text(label)}" data-why="{text(why)}" data-place="{text(place)}"{jump} '
            f'aria-label="{text(shown)}{text(joint)}{text(label)}">{text(shown)}</span>'
        )

    def _finding(self, finding: Finding, last: bool, put: str, classes: str = "find") -> str:
        tail = f' data-n="{self.number_of(finding)}"' if last else ""
        alone = (
            ""
            if "num" in classes
            else f' role="button" tabindex="-1" data-hot aria-label="{text(finding.text)}'
            f'{self.texts.html("card.joint")}{text(finding.message)}"'
        )
        fix = mending(finding, put)
        if len(finding.text) <= _SHORT:
            classes += " nb"
        return (
            f'class="{classes}" data-sev="{finding.severity}" data-message="{text(finding.message)}" '
            f'data-help="{text(finding.help)}" data-rule="{text(finding.id)}"{fix}{tail}{alone}'
        )


def mended(words: str, finding: Finding | None) -> str:
    """Return a field's text with a finding mended; '' where no press can mend it."""
    edits = finding.fix.edits if finding is not None and finding.fix else ()
    if not edits or any(not 0 <= edit.start <= edit.end <= len(words) for edit in edits):
        return ""
    for edit in sorted(edits, key=lambda each: -each.start):
        words = f"{words[: edit.start]}{edit.replacement}{words[edit.end :]}"
    return words


def mending(finding: Finding, put: str) -> str:
    """Return the attributes of what mends a finding at a press; `data-blank` where the person has to fill something."""
    if not put or finding.fix is None:
        return ""
    blank = " data-blank" if finding.fix.safety == "placeholder" else ""
    return f' data-fix="{text(finding.fix.title)}" data-put="{text(put)}"{blank}'


def _apart(numbers: list[Number]) -> list[Number]:
    kept: list[Number] = []
    for number in numbers:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return kept


def _inside(edge: int, numbers: list[Number]) -> bool:
    return any(number.start < edge < number.end for number in numbers)
