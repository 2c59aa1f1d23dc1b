"""Tells what a file is by its bytes and its ending, and opens it. Knows nothing about how each kind is read."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path, PurePath

from assistant.errors import EmptyInput, InputError
from assistant.files.characters import cleaned, count_controls
from assistant.files.document import Document, Text
from assistant.files.encoding import decode

MAX_BYTES = 60_000_000
MAX_SHEET_ROWS = 100_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_ENDINGS = (".xlsx", ".xltx")
_WORD_ENDINGS = (".docx", ".dotx")
_MACRO_ENDINGS = (".xlsm", ".xltm", ".docm", ".dotm", ".xlam")
_TEXT_ENDINGS = (".txt", ".md", ".markdown", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".html", ".htm")
_OLD_ENDINGS = (".xls", ".doc", ".xlsb")
_FOREIGN = (
    (b"%PDF", "a PDF", "Copy the goals into a text file, or save the source as .docx."),
    (b"{\\rtf", "a rich-text file", "Save it as .docx or .txt."),
    (b"\x89PNG", "a picture", "Type the goals into a text file."),
    (b"\xff\xd8\xff", "a picture", "Type the goals into a text file."),
    (b"GIF8", "a picture", "Type the goals into a text file."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
)
_PAGE = re.compile(r"\s*(?:<!--(?:(?!-->).)*+-->\s*)*+<(?:!doctype html|html)\b", re.I | re.S)
_HTML = re.compile(r"\s*<(?:head|body|table|meta|style)\b", re.I)
MAIN_WORD = re.compile(r"word/document\d*\.xml")


def open_path(path: str | os.PathLike[str]) -> tuple[bytes, Document]:
    """Return a file's bytes and what they hold.

    Raises:
        InputError: there is no such file, it is too large, or it is of no kind that can be read.
    """
    place = Path(path)
    try:
        status = place.stat()
        if not stat.S_ISDIR(status.st_mode) and status.st_size > MAX_BYTES:
            raise _too_large(status.st_size, str(path))
        with place.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(f"{str(path)!r} cannot be read ({why}).", "Check the path.", path=str(path)) from None
    except ValueError:
        raise InputError(f"{str(path)!r} is no path.", "Check the path.", path=str(path)) from None
    return raw, open_document(raw, str(path))


def open_document(raw: bytes, name: str, *, sheet: str = "", sheet_rows: int = MAX_SHEET_ROWS) -> Document:
    """Return what the bytes hold.

    Args:
        raw: the whole file.
        name: its name; the ending has to agree with the bytes where it is a known one. `-` for a pipe.
        sheet: the only sheet to read of a workbook; '' for all visible ones.
        sheet_rows: how many rows a sheet may have.

    Raises:
        EmptyInput: there are no bytes.
        InputError: the file is damaged, hostile, protected, of another kind than its name says, or cannot be read.
    """
    if not raw:
        raise EmptyInput(f"{name!r} is empty.", "Give at least one goal.", name=name)
    if len(raw) > MAX_BYTES:
        raise _too_large(len(raw), name)
    ending = PurePath(name).suffix.lower()
    if ending in _MACRO_ENDINGS:
        raise InputError(f"{name!r} may hold macros.", "Save it as .xlsx or .docx, without macros.", name=name)
    if raw.startswith(_OLE):
        raise _old(raw, name)
    for magic, what, cure in _FOREIGN:
        if raw.startswith(magic):
            raise InputError(f"{name!r} is {what}.", cure, name=name)
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")) or (
        raw.startswith(b"PK") and ending in (*_WORKBOOK_ENDINGS, *_WORD_ENDINGS)
    ):
        return _office(raw, name, ending, sheet, sheet_rows)
    return _text(raw, name, ending)


def _too_large(size: int, name: str) -> InputError:
    return InputError(f"{name!r} has {size:,} bytes; {MAX_BYTES:,} are possible.", "Split it.", name=name)


def _old(raw: bytes, name: str) -> InputError:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in raw

    if holds("EncryptedPackage"):
        return InputError(f"{name!r} is protected by a password.", "Save it without a password.", name=name)
    if holds("WordDocument"):
        return InputError(f"{name!r} is a Word 97-2003 document.", "Save it as .docx.", name=name)
    if holds("Workbook") or holds("Book"):
        return InputError(f"{name!r} is an Excel 97-2003 workbook.", "Save it as .xlsx.", name=name)
    return InputError(f"{name!r} is a file of an old Office program.", "Save it as .xlsx or .docx.", name=name)


def _office(raw: bytes, name: str, ending: str, sheet: str, sheet_rows: int) -> Document:
    from assistant.files.archive import Archive

    archive = Archive(raw, name)
    types = archive.read("[Content_Types].xml")
    if any(part.endswith("vbaProject.bin") for part in archive.names) or b"macroEnabled" in types:
        raise archive.refused("holds macros", "Save it as .xlsx or .docx, without macros.")
    words = sorted(part for part in archive.names if MAIN_WORD.fullmatch(part))
    if "xl/workbook.xml" in archive.names:
        _agree(name, ending, _WORKBOOK_ENDINGS, "an Excel workbook")
        from assistant.files.workbook import read_workbook

        return read_workbook(archive, sheet, sheet_rows)
    if words:
        _agree(name, ending, _WORD_ENDINGS, "a Word document")
        from assistant.files.word import read_word

        return read_word(archive, words[0])
    if "xl/workbook.bin" in archive.names:
        raise archive.refused("is a binary Excel workbook", "Save it as .xlsx.")
    if "ppt/presentation.xml" in archive.names:
        raise archive.refused("is a PowerPoint presentation", "Copy the goals into a text file.")
    if "content.xml" in archive.names:
        raise archive.refused("is an OpenDocument file", "Save it as .xlsx or .docx.")
    raise archive.refused("is a ZIP archive, neither a workbook nor a Word document", "Unpack it first.")


def _agree(name: str, ending: str, fitting: tuple[str, ...], what: str) -> None:
    known = (*_WORKBOOK_ENDINGS, *_WORD_ENDINGS, *_TEXT_ENDINGS, *_OLD_ENDINGS)
    if ending in known and ending not in fitting:
        raise InputError(f"{name!r} is {what}, though its name ends in {ending}.", f"Name it {fitting[0]}.", name=name)


def _text(raw: bytes, name: str, ending: str) -> Text:
    decoded = decode(raw, name)
    start = decoded.text[:2000]
    kind = "a web page" if _PAGE.match(start) else "XML" if start.lstrip().startswith("<?xml") else ""
    if ending in (*_WORKBOOK_ENDINGS, *_WORD_ENDINGS, *_OLD_ENDINGS):
        kind = "a web page" if _HTML.match(start) else kind
        cure = f"Save it as {'.docx' if 'doc' in ending or 'dot' in ending else '.xlsx'}, or name it .csv or .txt."
        raise InputError(
            f"{name!r} is {kind or 'plain text'}, though its name ends in {ending}.",
            "Open it in its program and save it as .xlsx or .docx." if kind else cure,
            name=name,
        )
    if kind:
        raise InputError(f"{name!r} is {kind}.", "Copy the goals into a text file.", name=name)
    controls = count_controls(decoded.text)
    if controls > 0.1 * len(decoded.text) and controls > 8:
        raise InputError(f"{name!r} is not text.", "Give text, CSV, JSONL, .xlsx or .docx.", name=name)
    notices = [decoded.notice] if decoded.notice else []
    if controls:
        notices.append(f"{controls} control character{'s' if controls > 1 else ''} read as blanks.")
    return Text(cleaned(decoded.text), decoded.encoding, decoded.bom, tuple(notices))
