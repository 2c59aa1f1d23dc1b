"""Reads a document's bytes into chunks: tells the format, hands them to its reader, cleans, finds headings, cuts.

Knows nothing about where documents are kept, searched or shown.
"""

from __future__ import annotations

import re
from typing import Final

from assistant.documents.cleaning import clean
from assistant.documents.cutting import chunks, sections, shortened
from assistant.documents.document import Chunk, Document, Format, Notice
from assistant.documents.naming import ending_of, shown_name, without_ending
from assistant.documents.piece import Source
from assistant.errors import EmptyInput, InputError
from assistant.files import Text, Word, Workbook, open_document
from assistant.files.characters import cleaned, count_controls
from assistant.files.encoding import decode
from assistant.language import detect

MAX_BYTES: Final = 20_000_000
MAX_CHARACTERS: Final = 2_000_000
MAX_CHUNKS: Final = 20_000
MAX_PIECES: Final = 200_000
_PDF = b"%PDF-"
_MARKDOWN = (".md", ".markdown", ".mdown")
_PAGES = (".html", ".htm", ".xhtml")
_TABLES = (".csv", ".tsv")
_OTHERS = (".docx", ".dotx", ".xlsx", ".xltx", ".txt", *_MARKDOWN, *_PAGES, *_TABLES)
_PAGE = re.compile(r"\s*(?:<!--(?:(?!-->).)*+-->\s*|<\?xml[^>]*>\s*)*+<(?:!doctype html|html)\b", re.I | re.S)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{3,20})""", re.I)
_CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "cp950", "big5-hkscs": "big5hkscs",
             "utf-8": "utf-8", "iso-8859-1": "cp1252", "windows-1252": "cp1252"}  # fmt: skip
_SAMPLE = 50_000


def read_document(raw: bytes, name: str) -> Document:
    """Return what a document says, in chunks with their places, and what a person should know about the reading.

    Args:
        raw: the whole file.
        name: its name; the ending has to agree with the bytes where it is a known one.

    Raises:
        EmptyInput: there are no bytes, or no text in them.
        InputError: the file is damaged, hostile, protected, too large, or of a kind that is not read.
    """
    name = shown_name(name)
    if not raw:
        raise EmptyInput(f"{name!r} is empty.", "Give a file with text in it.", name=name)
    if len(raw) > MAX_BYTES:
        raise InputError(f"{name!r} has {len(raw):,} bytes; {MAX_BYTES:,} are possible.", "Split it.", name=name)
    source = _source(raw, name)
    _check_length(sum(len(piece.text) for piece in source.pieces), name)
    _check_lines(len(source.pieces), name)
    clean(source)
    if source.kind != "row" and not any(piece.level for piece in source.pieces):
        from assistant.documents.plain_text import mark_headings

        mark_headings(source.pieces)
    found = _cut(source, name)
    if not found:
        raise EmptyInput(f"{name!r} holds no text.", "Give a file with text in it.", name=name)
    title = next((piece.text for piece in source.pieces if piece.level and piece.text.strip()), "")
    sample = "\n".join(piece.text for piece in source.pieces)[:_SAMPLE]
    return Document(
        name=name,
        format=source.format,
        title=shortened(title or source.title or without_ending(name)),
        language=detect(sample),
        encoding=source.encoding,
        chunks=tuple(found),
        notices=tuple(source.notices),
    )


def _cut(source: Source, name: str) -> list[Chunk]:
    found: list[Chunk] = []
    for section in sections(source.pieces):
        found += chunks(section, source.kind)
        if len(found) > MAX_CHUNKS:
            raise InputError(f"{name!r} has more than {MAX_CHUNKS:,} pieces.", "Split it.", name=name)
    return found


def _source(raw: bytes, name: str) -> Source:
    ending = ending_of(name)
    if raw.startswith(_PDF) or (ending == ".pdf" and _PDF in raw[:1024]):
        return _from_pdf(raw, name, ending)
    if ending == ".pdf":
        raise InputError(f"{name!r} is no PDF, though its name ends in .pdf.", "Give it the ending it had.", name=name)
    if not raw.startswith(b"PK") and (ending in _PAGES or _looks_like_page(raw, ending)):
        return _from_page(raw, name)
    opened = open_document(raw, name)
    if isinstance(opened, Workbook):
        from assistant.documents.office import read_workbook

        source = Source("workbook", "row", [])
        read_workbook(opened, source)
        return source
    if isinstance(opened, Word):
        from assistant.documents.office import read_word

        source = Source("word", "paragraph", [])
        read_word(opened, source)
        return source
    return _from_text(opened, name, ending)


def _from_text(opened: Text, name: str, ending: str) -> Source:
    from assistant.documents.office import notice_of

    text = opened.content
    _check_length(len(text), name)
    _check_lines(max(text.count("\n"), text.count("\r")), name)
    format: Format = "csv" if ending in _TABLES else "markdown" if ending in _MARKDOWN else "text"
    source = Source(format, "row" if format == "csv" else "line", [], encoding=opened.encoding)
    source.notices += [notice_of(words) for words in opened.notices]
    if format == "csv":
        from assistant.documents.office import read_delimited

        read_delimited(text, name, ending, source)
        return source
    from assistant.documents.markdown import looks_marked, read_markdown
    from assistant.documents.plain_text import lines_of

    if format == "markdown" or looks_marked(text):
        read_markdown(text, source)
    else:
        source.pieces = lines_of(text)
    return source


def _from_page(raw: bytes, name: str) -> Source:
    from assistant.documents.html_page import read_page

    text, encoding, notice = _decoded_page(raw, name)
    _check_length(len(text), name)
    controls = count_controls(text)
    if controls > 8 and controls > 0.1 * len(text):
        raise InputError(f"{name!r} is not text.", "Give a web page, text, .docx, .xlsx or .pdf.", name=name)
    source = Source("html", "line", [], encoding=encoding)
    if notice:
        source.notices.append(Notice("encoding", notice))
    read_page(cleaned(text).replace("\r\n", "\n").replace("\r", "\n"), source, name)
    return source


def _decoded_page(raw: bytes, name: str) -> tuple[str, str, str]:
    """Return text, encoding and notice; what the page says of its encoding holds where its bytes agree."""
    declared = _CHARSET.search(raw[:4096])
    encoding = _CHARSETS.get(declared[1].decode("ascii", "replace").lower()) if declared else None
    if encoding and not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        for attempt in ("utf-8", encoding):
            try:
                return raw.decode(attempt), attempt, ""
            except UnicodeDecodeError:
                continue
    decoded = decode(raw, name)
    return decoded.text, decoded.encoding, decoded.notice


def _looks_like_page(raw: bytes, ending: str) -> bool:
    """Tell whether a file without a telling ending is a web page by its first mark."""
    return ending not in (*_OTHERS, ".xls", ".doc") and _PAGE.match(raw[:2000].decode("utf-8", "replace")) is not None


def _from_pdf(raw: bytes, name: str, ending: str) -> Source:
    if ending in _OTHERS:
        raise InputError(f"{name!r} is a PDF, though its name ends in {ending}.", "Name it .pdf.", name=name)
    from assistant.documents.pdf import pdf_pages
    from assistant.documents.pdf_lines import read_pages

    source = Source("pdf", "page", [])
    found = pdf_pages(raw, name)
    _check_length(sum(len(page.text) for page in found.pages), name)
    read_pages(found, source, name)
    for piece in source.pieces:
        piece.text = cleaned(piece.text)
    return source


def _check_lines(count: int, name: str) -> None:
    if count > MAX_PIECES:
        raise InputError(f"{name!r} has more than {MAX_PIECES:,} lines.", "Split it.", name=name)


def _check_length(count: int, name: str) -> None:
    if count > MAX_CHARACTERS:
        what = f"{name!r} has {count:,} characters; {MAX_CHARACTERS:,} are possible."
        raise InputError(what, "Split it.", name=name)
