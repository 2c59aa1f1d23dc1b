"""Reads a web page: headings, paragraphs, list items and table rows; what nobody sees is left out and told.

Navigation, forms and other parts around the text are left out too. Nesting costs no recursion. Knows nothing about
cleaning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.documents.document import Place
from assistant.documents.html_tokens import Token, tokens
from assistant.documents.piece import Piece, Source
from assistant.documents.told import glimpse, together
from assistant.errors import InputError

_DROPPED = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button", "head",
                      "textarea", "xmp", "canvas", "math", "noembed", "noframes", "datalist", "dialog"})  # fmt: skip
_AROUND = frozenset({"nav", "header", "footer", "aside", "form"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset({"p", "li", "div", "section", "article", "main", "body", "html", "ul", "ol", "dl", "dt", "dd",
                     "pre", "blockquote", "figure", "figcaption", "address", "table", "thead", "tbody", "tfoot",
                     "tr", "td", "th", "caption", "hr", "details", "summary", "center",
                     *_AROUND, *_LEVELS})  # fmt: skip
_CLOSED_BY = {"li": {"li", "p"}, "p": {"p"}, "td": {"td", "th", "p", "li"}, "th": {"td", "th", "p", "li"},
              "tr": {"td", "th", "tr", "p", "li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}}  # fmt: skip
"""What an opening tag closes when it is on top: pages may leave these closing tags out."""
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0*\.?0+(?:px|pt|em|rem|%|vw)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*[12](?:\.\d)?p[xt]|(?<![-\w])opacity\s*:\s*0*\.?0+\s*(?:;|!|$)"
    r"|(?:left|top|right|text-indent|margin-left)\s*:\s*-\d{3,}|(?<![-\w])(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|!|$)"
    r"|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.I,
)
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?(?![0-9a-f])|white|transparent)", re.I)
_DARK = re.compile(r"background(?:-color)?\s*:\s*(?!#fff|white|transparent|none|inherit)", re.I)
_STYLE = re.compile(r"<style[^>]{0,200}>([^<]{0,200000})", re.I)
_CLASS = re.compile(r"\.([A-Za-z_][\w-]{0,60})\s{0,9}\{([^{}]{0,500})\}")
_LAYOUT_PARTS = 3
_BREAK = "\x00"
MAX_TAGS = 100_000


@dataclass(slots=True)
class _Row:
    """A row of a table while it is read: cells of parts."""

    cells: list[list[Piece]] = field(default_factory=list)


class _PageReader:
    """Gathers the pieces of a page from its tags."""

    def __init__(self, unseen_classes: frozenset[str] = frozenset()) -> None:
        self.unseen_classes = unseen_classes
        self.pieces: list[Piece] = []
        self.rows: list[_Row] = []
        self.open: list[tuple[str, str]] = []
        self.counts: dict[str, int] = {}
        self.out: list[str] = []
        self.buffer: list[str] = []
        self.first = self.last = 1
        self.level = 0
        self.item = False
        self.title = ""
        self.unseen: list[tuple[int, str]] = []
        self.around: list[tuple[int, str]] = []

    def read(self, token: Token) -> None:
        if token.kind == "text":
            self._text(token)
        elif token.kind == "end":
            self._end(token.value, token.line)
        else:
            self._start(token)

    def _text(self, token: Token) -> None:
        if self.out:
            words = " ".join(token.value.split())
            if "title" in self.counts and self.counts["title"] and not self.title:
                self.title = words[:300]
            elif words and self.out[-1] in ("unseen", "around") and not self.counts.get("script"):
                kept = self.unseen if self.out[-1] == "unseen" else self.around
                kept.append((token.line, words))
            return
        if not self.buffer and token.value.strip():
            lead = token.value[: len(token.value) - len(token.value.lstrip())]
            self.first = token.line + lead.count("\n")
        if token.value.strip():
            self.last = token.line + token.value.rstrip().count("\n")
        if self.buffer or token.value.strip():
            self.buffer.append(token.value)

    def _start(self, token: Token) -> None:
        tag = token.value
        if tag in _BLOCKS:
            self._flush()
            closes = _CLOSED_BY.get(tag, ())
            while self.open and self.open[-1][0] in closes:
                self._pop()
        if tag == "br":
            self.buffer.append(" " if self.rows or self.level or self.counts.get("pre") else _BREAK)
        if tag in _VOID:
            return
        why = self._why_out(tag, token.attributes)
        self.open.append((tag, why))
        self.counts[tag] = self.counts.get(tag, 0) + 1
        if why:
            self.out.append(why)
        if self.out:
            return
        if tag in _LEVELS:
            self.level = _LEVELS[tag]
        elif tag == "tr":
            self.rows.append(_Row())
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].cells.append([])
        elif tag == "li":
            self.item = True

    def _why_out(self, tag: str, attributes: Mapping[str, str]) -> str:
        """Return why an element is left out: `unseen`, `around` the text, or `dropped` without a word; '' if not."""
        if self.out and self.out[-1] == "dropped":
            return "dropped"
        hidden = attributes.get("hidden", "no") != "no" and attributes["hidden"].lower() not in ("until-found", "false")
        style = attributes.get("style", "")
        if tag in _DROPPED:
            return "dropped"
        classed = bool(self.unseen_classes) and not self.unseen_classes.isdisjoint(attributes.get("class", "").split())
        if hidden or classed or attributes.get("aria-hidden", "").lower() == "true" or (style and _unseen(style)):
            return "unseen"
        if tag in _AROUND:
            inner = tag == "header" and (self.counts.get("article") or self.counts.get("main"))
            # Some page builders put the whole page into one form.
            whole = tag == "form" and not self.pieces and bool(self.open) and self.open[-1][0] in ("body", "html")
            return "" if inner or whole else "around"
        return ""

    def _end(self, tag: str, line: int) -> None:
        if tag in _BLOCKS:
            self._flush()
        if not self.counts.get(tag):
            return
        while self.open:
            if self._pop() == tag:
                break

    def _pop(self) -> str:
        tag, why = self.open.pop()
        self.counts[tag] -= 1
        if tag in _BLOCKS:
            self._flush()
        if why:
            self.out.pop()
        elif not self.out:
            if tag in _LEVELS:
                self.level = 0
            elif tag == "tr" and self.rows:
                self._row(self.rows.pop())
        return tag

    def _flush(self) -> None:
        if not self.buffer:
            return
        whole = "".join(self.buffer)
        self.buffer = []
        target = self.rows[-1].cells[-1] if self.rows and self.rows[-1].cells else self.pieces
        code = bool(self.counts.get("pre"))
        first, last = self.first, self.last
        for number, line in enumerate(whole.strip().split("\n") if code else whole.split(_BREAK)):
            if code:
                first = last = self.first + number
            if words := " ".join(line.split()):
                words = f"- {words}" if self.item else words
                target.append(Piece(words, first, last, self.level, role="code" if code else "text"))
                self.item = False

    def _row(self, row: _Row) -> None:
        target = self.rows[-1].cells[-1] if self.rows and self.rows[-1].cells else self.pieces
        parts = [part for cell in row.cells for part in cell]
        if not parts:
            return
        if any(part.level for part in parts) or any(len(cell) >= _LAYOUT_PARTS for cell in row.cells):
            # A table that only lays out the page.
            target += parts
            return
        text = " | ".join(" ".join(part.text for part in cell) for cell in row.cells if cell)
        lines = [line for part in parts for line in (part.first, part.last)]
        target.append(Piece(text, min(lines), max(lines), role="row"))

    def finish(self) -> None:
        self._flush()
        while self.open:
            self._pop()
        while self.rows:
            self._row(self.rows.pop())


def _unseen(style: str) -> bool:
    """Whether nobody sees what has this style: not shown, no size, out of the window, white on no dark ground."""
    white = _WHITE.search(style) is not None and _DARK.search(style) is None
    return white or _UNSEEN.search(style) is not None


def read_page(text: str, source: Source, name: str) -> None:
    """Fill in the source's pieces, title and notices.

    Raises:
        InputError: the page has more tags than any page that people write.
    """
    rules = (rule for sheet in _STYLE.finditer(text) for rule in _CLASS.finditer(sheet[1]))
    reader = _PageReader(frozenset(rule[1] for rule in rules if _unseen(rule[2])))
    tags = 0
    for token in tokens(text):
        tags += token.kind == "start"
        if tags > MAX_TAGS:
            raise InputError(f"{name!r} has more than {MAX_TAGS:,} tags.", "Save the article alone as text.", name=name)
        reader.read(token)
    reader.finish()
    source.pieces, source.title = reader.pieces, reader.title
    if reader.unseen:
        places, words = [Place("line", line, line) for line, _ in reader.unseen], reader.unseen[0][1]
        what = f"Hidden words left out, such as “{glimpse(words)}”"
        source.notices.append(together("hidden", what, places, words[:200]))
    if reader.around:
        places, words = [Place("line", line, line) for line, _ in reader.around], reader.around[0][1]
        what = f"Navigation, headers, footers and forms left out, such as “{glimpse(words)}”"
        source.notices.append(together("chrome", what, places, words[:200]))
