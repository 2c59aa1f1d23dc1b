"""Reads the label before a line's words (`Owner: Ana`, `**截止日期**：…`, 【具体】…) and tells what it speaks of.

Knows labels; nothing about which lines make a goal together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.lint.documents.furniture import may_be_meta
from assistant.lint.documents.headings import BESIDE, FIELD_ROLES, LETTERS, TABLE, heading
from assistant.lint.documents.wording import moves
from assistant.lint.form import FIELD_LINE, FIELDS, HEADED_FIELD, LETTER

_LABEL = re.compile(
    r"[ \t]*+(?:#{1,6}[ \t]+)?[*_]{0,3}(?:[【\[](?P<boxed>[^:\n】\]]{1,20})[】\]][ \t]*:?"
    r"|(?P<label>[^:\n]{1,30}?)[*_]{0,3}[ \t]*:)[*_]{0,3}[ \t]*(?P<value>[^\n]*)"
)
_NOTES = frozenset(TABLE["notes"]["words"])
_REMARK = re.compile(r"\([^()]*\)")
_LAST_NUMBER = re.compile(r"[ #]*(?:\d{1,3}|[一二三四五六七八九十]{1,3})$")
_SENTENCE = re.compile(r"[,.;。!?，；]|\d{3}")
_HEAD = re.compile(r"#{1,6}[ \t]|[*_]{2}[^*_]+[*_]{2}[ \t]*$")
_FIGURE = re.compile(r"\d ?(?:%|[个家人次件天元万亿]|小时)[^ ]* ")
"""A figure with its unit in front of a label's words: the goal itself stands there (新增客户30家 负责人：王芳)."""
_BRACKETS = (("(", ")"), ("[", "]"), ("【", "】"), ("〔", "〕"), ("{", "}"))
_MOST_WORDS, _MOST_LETTERS = 4, 24
CONTENT = frozenset(("goal", "objective", "result", "text", "metric", "specific", "standard", "target"))
"""What labels may speak of that is the goal itself or what it is to reach."""
_UNDER = BESIDE | {"weight", "note", "aside"}


@dataclass(frozen=True, slots=True)
class Label:
    """A label and what stands behind it, folded.

    Attributes:
        words: the label's words without marks and remarks.
        value: what stands behind it, '' where that is on the lines below.
        role: what it speaks of: a column's role, `note`, `meta` for the head of a mail or form, '' where unknown.
        numbered: whether a number ends it, as in KPI 2.
    """

    words: str
    value: str
    role: str
    numbered: bool = False

    @property
    def under(self) -> bool:
        """True where the line says something about the goal above it."""
        return self.role in _UNDER and not (self.numbered and self.role == "metric")


def label_of(view: str, mark: int) -> Label | None:
    """Return the label of a folded line whose words begin behind its list mark, None where it has none."""
    field = FIELD_LINE.match(view)
    match = _LABEL.match(view, mark)
    if field is None and match is None:
        return None
    if field is not None and (match is None or match.end("label") <= field.end()):
        name = next(name for name in FIELDS if field[name])
        return Label(field[name], view[field.end() :].strip(" *_\t"), _field_role(name, field[name]))
    assert match is not None
    if match["boxed"] is None and _opens(match["label"]):
        return None
    words = " ".join(_REMARK.sub(" ", match["boxed"] or match["label"]).split()).strip(" *_【】[]")
    value = match["value"].strip(" *_\t")
    if not words or len(words) > _MOST_LETTERS or len(words.split()) > _MOST_WORDS or _SENTENCE.search(words):
        return None
    if (match["boxed"] is not None and not _role(words)) or _FIGURE.search(words) or moves(words):
        return None
    return Label(words, value, _role(words), _LAST_NUMBER.search(words) is not None)


def _opens(label: str) -> bool:
    """Tell whether the colon behind words stands in a bracket at their end, and labels no more than that bracket."""
    return any(label.rfind(left) > label.rfind(right) for left, right in _BRACKETS)


def fields_without_colon(views: list[str]) -> dict[int, Label]:
    """Return the labels of lines marked by letters of SMART, or headed by its words, by place.

    Three of them stand close together; a letter or a heading `Relevant` says nothing by itself.
    """
    found: dict[int, Label] = {}
    letters: list[tuple[int, Label]] = []
    heads: list[tuple[int, Label]] = []

    def settle(run: list[tuple[int, Label]]) -> None:
        if len({label.words for _, label in run}) >= 3 and len({label.role for _, label in run}) > 1:
            found.update(run)
        run.clear()

    for at, view in enumerate(views):
        if match := LETTER.match(view):
            letters.append((at, Label(match["letter"], view[match.end() :].strip(" *_\t"), LETTERS[match["letter"]])))
        elif match := HEADED_FIELD.match(view):
            name = next(name for name in FIELDS if match[name])
            heads.append((at, Label(match[name], "", FIELD_ROLES[name])))
        elif view.strip() and view[0] not in " \t":
            settle(letters)
            if _HEAD.match(view):
                settle(heads)
    settle(letters)
    settle(heads)
    return found


def _field_role(name: str, words: str) -> str:
    known = heading(words)
    return known.role if known and known.grade == 3 else FIELD_ROLES[name]


def _role(words: str) -> str:
    if words in _NOTES:
        return "note"
    known = heading(words)
    if known is not None and (known.grade >= 2 or known.role not in ("goal", "objective", "result")):
        return known.role
    return "meta" if may_be_meta(words) else ""
