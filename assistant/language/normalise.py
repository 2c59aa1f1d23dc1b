"""Maps a text to the plain form in which it is scanned, and places in that form back to the text.

Plain means: NFKC character by character, simplified, lower case beside the written case, without zero-width marks,
combining marks, pinyin glosses and the single space that print puts between a Han character and a digit. Knows
nothing about what the text says.
"""

from __future__ import annotations

import unicodedata

from assistant.language.later import later
from assistant.language.scripts import HAN, characters

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300\u0301\u0304\u030c"
_GLOSS = later(f"(?<=[{HAN}])[ \u3000]?[(（](?=[a-zü\u0308]{{0,6}}[{_TONES}])[a-zü\u0308{_TONES}]{{1,9}}[)）]")
_SPACED = later(f"(?<=[{HAN}])[ \u3000](?=[0-9０-９])|(?<=[0-9０-９])[ \u3000](?=[{HAN}])")
_KEEP = frozenset("…⋯²³¹⁰⁴⁵⁶⁷⁸⁹™")
_SAME = str.maketrans(
    {
        **dict.fromkeys("–—−‒―‐‑﹣", "-"),
        **dict.fromkeys("〜∼～˜", "~"),
        **dict.fromkeys("“”„‟「」『』《》〈〉", '"'),
        **dict.fromkeys("‘’‛", "'"),
        **dict.fromkeys("→⇒➔➜⟶➡", "→"),
        **dict.fromkeys("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿", "●"),
        "½": ".5",
        "¼": ".25",
        "¾": ".75",
        "÷": "/",
        "×": "x",
        "．": ".",
    }
)


class _Fold(dict[str, str]):
    """Plain form per character, computed on first sight; '' where the character is dropped."""

    def __missing__(self, char: str) -> str:
        plain = self._fold(char)
        if len(self) < 60_000:
            self[char] = plain
        if len(plain) != 1 and len(_ODD) < 60_000:
            _ODD.add(char)
        return plain

    @staticmethod
    def _fold(char: str) -> str:
        if char in _KEEP:
            return char
        same = char.translate(_SAME)
        if same != char:
            return same
        category = unicodedata.category(char)
        if category in ("Cf", "Mn", "Me"):
            return ""
        plain = unicodedata.normalize("NFKC", char)
        simplify = characters().simplify
        return "".join([simplify.get(part, part) for part in plain.translate(_SAME)])


_ODD: set[str] = set()
_FOLD = _Fold()


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join([low if len(low := char.lower()) == 1 else char for char in text])


class Plain:
    """A text in the form that is scanned.

    Attributes:
        text: the text as given.
        cased: plain form with the written case.
        low: the same in lower case; always as long as `cased`.
    """

    __slots__ = ("_starts", "cased", "low", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] | None = None
        if text.isascii():
            self.cased = text
            self.low = text.lower()
            return
        gloss = _GLOSS.search(text) is not None or _SPACED.search(text) is not None
        parts = [_FOLD[char] for char in text]
        cased = "".join(parts)
        if gloss or len(cased) != len(text) or not _ODD.isdisjoint(text):
            skip: set[int] = set()
            for pattern in (_GLOSS, _SPACED):
                for match in pattern.finditer(text):
                    skip.update(range(*match.span()))
            starts = [place for place, part in enumerate(parts) if place not in skip for _ in part]
            cased = "".join([part for place, part in enumerate(parts) if place not in skip])
            self._starts = starts
        self.cased = cased
        self.low = _lower(cased)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original text of plain[start:end]; needs `start` < `end`."""
        if self._starts is None:
            return start, end
        last = min(end, len(self._starts)) - 1
        return self._starts[min(start, last)], self._starts[last] + 1
