"""Turns any text into something that a page can only show, never run. Knows nothing about the page's markup.

The page's HTML component renders its template twice, the second time as a JavaScript template literal, so the signs of
that language are encoded beside those of HTML.
"""

from __future__ import annotations

_SIGNS = "&<>\"'`=$\\{}"
_TABLE: dict[int, str | None] = {ord(sign): f"&#{ord(sign)};" for sign in _SIGNS}
_TABLE |= dict.fromkeys((*range(0, 9), 11, 12, *range(14, 32), 127))
_TABLE |= dict.fromkeys(range(55296, 57344), "�")
_TABLE |= {code: f"&#{code};" for code in (0x2028, 0x2029)}
_TABLE |= dict.fromkeys((*range(8234, 8239), *range(8294, 8298)), "␦")


def text(value: object) -> str:
    """Return `value` as markup that shows exactly its characters, in element content and in quoted attributes.

    Control characters vanish, lone surrogates become U+FFFD and direction marks a visible sign.
    """
    return str(value).translate(_TABLE)


_TEMPLATE = {ord(sign): f"&#{ord(sign)};" for sign in "`$\\{}"}


def inert(markup: str) -> str:
    """Return finished markup from another room with the signs of the component's two templates encoded.

    Its words are escaped for HTML already, and none of these signs has a meaning in tags or attributes.
    """
    return markup.translate(_TEMPLATE)
