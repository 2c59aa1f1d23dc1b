"""Cuts a web page into tags and text in one pass.

The standard library's parser takes minutes for a crafted page of half a megabyte (every unclosed mark makes it look
through the rest again); this one looks at each character once. Knows nothing about what tags mean.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})")
_OPENS = re.compile(r"<(?=[a-zA-Z/!?])")
_REST = re.compile(r"""(?:[^>=]|=\s*"[^"]*"|=\s*'[^']*'|=)*+>""")
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]{1,100})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_MOST_ATTRIBUTES = 40


class Token(NamedTuple):
    """A tag or a run of text.

    Attributes:
        kind: `text`, `start` or `end`.
        value: the text with its entities read, or the tag's name in small letters.
        line: the line on which it begins.
        attributes: those of a start tag.
    """

    kind: str
    value: str
    line: int
    attributes: Mapping[str, str] = MappingProxyType({})


def tokens(text: str) -> Iterator[Token]:
    """Yield the tags and texts of a page; comments and declarations are passed over."""
    at, line = 0, 1
    loose = False
    while at < len(text):
        mark = _OPENS.search(text, at)
        opens = mark.start() if mark else len(text)
        if opens > at:
            yield Token("text", html.unescape(text[at:opens]), line)
            line += text.count("\n", at, opens)
        if opens == len(text):
            return
        tag = _TAG.match(text, opens)
        if tag is None:
            end = _passed_over(text, opens)
        else:
            rest = None if loose else _REST.match(text, tag.end())
            # One quote without an end is enough to fall back on the next `>` for good: no second look at the rest.
            loose = loose or rest is None
            end = rest.end() if rest else (text.find(">", tag.end()) + 1 or len(text))
            name = tag[2].lower()
            if tag[1]:
                yield Token("end", name, line)
            else:
                yield Token("start", name, line, _attributes(text[tag.end() : end - 1]))
                if name in _RAW:
                    line += text.count("\n", opens, end)
                    opens, end = end, _raw_end(text, end, name)
                    yield Token("text", html.unescape(text[opens:end]), line)
                    yield Token("end", name, line)
        line += text.count("\n", opens, end)
        at = end


def _passed_over(text: str, at: int) -> int:
    """Return the end of a comment or declaration; one that is never closed takes the rest."""
    remark = text.startswith("<!--", at)
    end = text.find("-->", at + 2) + 3 if remark else text.find(">", at) + 1
    return end if end > at else len(text)


def _raw_end(text: str, at: int, name: str) -> int:
    """Return where the words of a script, style or title end; its closing tag is left to the next step."""
    closing = re.compile(rf"</{name}\b", re.I).search(text, at)
    return closing.start() if closing else len(text)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text[:20_000]):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match[1].lower(), html.unescape(value))
        if len(found) >= _MOST_ATTRIBUTES:
            break
    return found
