"""Makes paragraphs of a PDF's pages: broken lines are joined, what is not shown is told.

Knows nothing about how the text was taken out of the file.
"""

from __future__ import annotations

import re
import unicodedata

from assistant.documents.document import Notice, Place
from assistant.documents.pdf import Pdf
from assistant.documents.pdf_edges import without_edges
from assistant.documents.piece import Piece, Source
from assistant.documents.told import glimpse, opened
from assistant.errors import InputError

_FULL = 0.78
"""Share of the usual width from which on a line counts as full: its paragraph goes on."""
_NARROW = 20
"""Columns this narrow hold no paragraphs whose lines could be joined."""
_FORMS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\u00a0]")
_RADICALS = str.maketrans(
    "⻑⻓⻔⻅⻆⻉⻋⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻄⻁⺠⺟⻳⻫⻭⻯⺼⺝⻌",
    "長长门见角贝车青页风飞食马骨鬼鱼鸟麦黄齐齿龙西虎民母龟斉歯竜肉月辶",
)
"""Fonts lend these signs for parts of characters to the characters themselves."""
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "•", "\uf06c": "•", "\uf0d8": "•", "\uf076": "•", "\uf0fc": "•"})
_STARTS = re.compile(
    r"[-*•·●▪◦‣–—■□○]|[(（]?\d{1,3}[.、)）]|[(（]?[一二三四五六七八九十]{1,3}[、)）.]|第[一二三四五六七八九十\d]+[章节節条條篇]|[A-Za-z][.)]\s"
)
_ENDS = "。！？；：.!?;:…|"
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]")


def read_pages(pdf: Pdf, source: Source, name: str) -> None:
    """Fill in the source's pieces and notices.

    Raises:
        InputError: no page has any text, as in a scan.
    """
    pages: list[tuple[int, list[str]]] = []
    for page in pdf.pages:
        text = page.text
        if page.unseen.strip():
            text = _with_unseen(page.number, page.text, page.unseen, source)
        pages.append((page.number, [line for raw in text.split("\n") if (line := _clean(raw))]))
    if not any(lines for _, lines in pages):
        what = f"{name!r} has no text on any page; it is a scan or holds pictures only."
        raise InputError(what, "Run text recognition (OCR) over it, or give the text.", name=name)
    source.notices += without_edges(pages)
    source.title = (
        pdf.title if re.search(r"\w", pdf.title) and not re.search(r"\.\w{2,5}$|^untitled", pdf.title) else ""
    )
    widths = sorted(_width(line) for _, lines in pages for line in lines)
    usual = widths[int(len(widths) * 0.9)] if widths else 0
    before = 0
    for number, lines in pages:
        for line in lines:
            last = source.pieces[-1] if source.pieces else None
            full = usual > _NARROW and before >= _FULL * usual
            before = _width(line)
            if last is not None and full and last.text[-1] not in _ENDS and not _STARTS.match(line):
                last.text += _gap(last.text, line) + line
                last.last = number
            else:
                source.pieces.append(Piece(line, number, number))


def _with_unseen(number: int, text: str, unseen: str, source: Source) -> str:
    """Return what is read of a page with text that it does not show: only that under a picture, as OCR puts it."""
    place = Place("page", number, number)
    words = " ".join(unseen.split())
    if words == "(in a form)":
        told = f"{opened(place)}: the page holds text that is not shown; it was read."
        words = ""
    elif text.strip():
        told = f"{opened(place)}: hidden words left out: “{glimpse(words)}”."
    else:
        told = f"{opened(place)}: the page shows a picture; the text recognised in it was read."
    source.notices.append(Notice("hidden", told, place, words[:200]))
    return text if text.strip() else unseen


def _clean(line: str) -> str:
    """Return a line with forms of characters that only fonts need as ordinary ones."""
    plain = _FORMS.sub(
        lambda match: unicodedata.normalize("NFKC", match[0]), line.translate(_BULLETS).translate(_RADICALS)
    )
    return " ".join(plain.split())


def _gap(above: str, line: str) -> str:
    return "" if _WIDE.match(above[-1]) or _WIDE.match(line[0]) or above[-1] in "-，、" else " "


def _width(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))
