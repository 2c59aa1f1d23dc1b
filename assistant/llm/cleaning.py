"""Takes out of a model's text what must never be shown or stored: thinking, control characters, broken characters.

Knows nothing about JSON or about who asked.
"""

from __future__ import annotations

import re

_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff\ufffe\uffff]")
_OPENING = re.compile(r"<(think|thinking|thought|reasoning)>", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_LONGEST_TAG = len("</reasoning>")


def scrub(text: str) -> str:
    """Return `text` without NUL, other control characters (tab and line ends stay) and lone surrogates."""
    # Most texts are printable throughout, which is quicker to see than to search for what is not.
    return text if text.isprintable() else _UNUSABLE.sub("", text)


def without_thinking(text: str) -> str | None:
    """Return `text` without its thinking, or None when the thinking never ends.

    Thinking is a `<think>…</think>` block before the first `{`; inside an object the tags are the user's own text.
    A lone `</think>` ends thinking that began inside the prompt.
    """
    kept: list[str] = []
    position, brace = 0, text.find("{")
    while True:
        opening = _OPENING.search(text, position)
        if 0 <= brace < position:
            brace = text.find("{", position)
        if opening is None or 0 <= brace < opening.start():
            break
        closing = re.compile(f"</{opening[1]}>", re.IGNORECASE).search(text, opening.end())
        if closing is None:
            return None
        kept.append(text[position : opening.start()])
        position = closing.end()
    shown = "".join(kept) + text[position:]
    closing = _CLOSING.search(shown)
    if closing is not None:
        brace = shown.find("{")
        if brace < 0 or closing.start() < brace or not _object_holds(shown, closing.start()):
            shown = shown[closing.end() :]
    return shown.strip()


def _object_holds(text: str, position: int) -> bool:
    """Return whether an object opened before `position` is still open there, strings taken as strings."""
    depth, quoted, escaped = 0, False, False
    for character in text[:position]:
        if escaped:
            escaped = False
        elif quoted:
            if character == "\\":
                escaped = True
            elif character == '"':
                quoted = False
        elif character == '"' and depth:
            quoted = True
        elif character == "{":
            depth += 1
        elif character == "}":
            depth = max(0, depth - 1)
    return depth > 0


class ThinkingFilter:
    """Holds back thinking from a text that arrives in pieces, by the rule of `without_thinking`."""

    def __init__(self) -> None:
        """Start outside any thinking."""
        self._held = ""
        self._closing: re.Pattern[str] | None = None
        self._open = True

    def feed(self, piece: str) -> str:
        """Take the next piece and return what of the text may be shown now."""
        if not self._open:
            return scrub(piece)
        self._held += piece
        shown: list[str] = []
        while True:
            if self._closing is not None:
                closing = self._closing.search(self._held)
                if closing is None:
                    self._held = self._held[-_LONGEST_TAG:]
                    break
                self._held = self._held[closing.end() :]
                self._closing = None
                continue
            opening = _OPENING.search(self._held)
            brace = self._held.find("{")
            if opening is not None and not 0 <= brace < opening.start():
                shown.append(self._held[: opening.start()])
                self._closing = re.compile(f"</{opening[1]}>", re.IGNORECASE)
                self._held = self._held[opening.end() :]
                continue
            if brace >= 0:
                self._open = False
                shown.append(self._held)
                self._held = ""
                break
            angle = self._held.rfind("<", max(0, len(self._held) - _LONGEST_TAG))
            cut = angle if angle >= 0 else len(self._held)
            shown.append(self._held[:cut])
            self._held = self._held[cut:]
            break
        return scrub("".join(shown))

    def finish(self) -> str:
        """Return what was held back and is no thinking after all."""
        rest, self._held = ("" if self._closing is not None else self._held), ""
        return scrub(rest)
