"""What a file is, is told by its bytes and its ending; hostile and broken ones are refused with the cause, cheaply."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile

import pytest

from assistant.errors import EmptyInput, InputError
from assistant.files import Text, Word, Workbook, open_document, open_path
from tests.files.made import OLE, members, new_word, raw_sheet, raw_word, sheet_bytes, word_bytes, zipped

GOALS = sheet_bytes(["目标"], ["把投诉率降到3%"])
BOMB = b"<worksheet><sheetData><row><c><v>" + b"1" * 30_000_000
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]>"
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/hostname">]>'
ROWS = "".join(f"<row><c><v>{n}</v></c></row>" for n in range(100_002))


def forged(raw: bytes) -> bytes:
    """The directory says that the sheet is 10 bytes long."""
    name = b"xl/worksheets/sheet1.xml"
    at = raw.rindex(name) - 46
    return raw[: at + 24] + struct.pack("<I", 10) + raw[at + 28 :]


def overlapping() -> bytes:
    raw = bytearray(zipped({"a.bin": b"x" * 100, "xl/workbook.xml": b"<workbook/>"}, zipfile.ZIP_STORED))
    at = raw.rindex(b"xl/workbook.xml") - 46
    raw[at + 42 : at + 46] = struct.pack("<I", 40)
    return bytes(raw)


def encrypted() -> bytes:
    raw = bytearray(GOALS)
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    return bytes(raw)


HOSTILE = {
    "1 empty": (b"", "x.csv", "is empty"),
    "2 garbage behind PK": (b"PK\x03\x04" + b"\x00garbage" * 50, "x.xlsx", "damaged or was not fully downloaded"),
    "2 PK alone": (b"PK garbage", "x.xlsx", "damaged"),
    "3 CSV named .xlsx": ("编号,目标\n1,降本\n".encode(), "x.xlsx", "is plain text, though its name ends in .xlsx"),
    "3 CSV in GBK named .xlsx": ("编号,目标\n1,降本\n".encode("gbk"), "x.xlsx", "is plain text"),
    "4 old workbook": (OLE + "Workbook".encode("utf-16-le"), "x.xls", "Excel 97-2003"),
    "4 old document": (OLE + "WordDocument".encode("utf-16-le"), "x.doc", "Word 97-2003"),
    "4 protected": (OLE + "EncryptedPackage".encode("utf-16-le"), "x.xlsx", "protected by a password"),
    "5 page named .xls": (b"<html><table><tr><td>goal", "x.xls", "is a web page, though its name ends in .xls"),
    "5 table named .xls": (b"<table><tr><td>goal", "x.xls", "is a web page"),
    "6 bomb": (zipped({"xl/workbook.xml": "<w/>", "xl/a.xml": BOMB}), "x.xlsx", "100 times its size"),
    "6 bomb in sum": (zipped({f"{n}.xml": BOMB for n in range(4)}), "x.xlsx", "unpacks to 120,"),
    "7 too many rows": (raw_sheet(f"<worksheet><sheetData>{ROWS}</sheetData></worksheet>"), "x.xlsx", "100,000 rows"),
    "9 forged sizes": (forged(raw_sheet("<worksheet/>" + " " * 999)), "x.xlsx", "is damaged"),
    "11 overlap": (overlapping(), "x.xlsx", "overlap"),
    "11 many entries": (zipped({f"{n}": "" for n in range(2001)}), "x.xlsx", "more than 2,000 parts"),
    "12 laughs in a workbook": (raw_sheet("<worksheet/>", prolog=LAUGHS), "x.xlsx", "document type"),
    "12 laughs in a document": (raw_word("<w:p/>", prolog=LAUGHS), "x.docx", "document type"),
    "12 laughs behind a remark": (raw_word("", prolog=f"<!--{' ' * 5000}-->{LAUGHS}"), "x.docx", "document type"),
    "13 outside entity": (raw_word("<w:p/>", prolog=EXTERNAL), "x.docx", "document type"),
    "13 outside entity in a sheet": (raw_sheet(EXTERNAL + "<worksheet/>"), "x.xlsx", "document type"),
    "13 outside entity in a part nobody reads": (
        raw_sheet("<worksheet/>", extra={"docProps/core.xml": EXTERNAL + "<x/>"}.items()),
        "x.xlsx",
        "document type in 'docProps/core.xml'",
    ),
    "14 huge text node": (raw_word(f"<w:p><w:r><w:t>{'a' * 50_000_000}</w:t></w:r></w:p>"), "x.docx", "its size"),
    "14 large text node": (
        raw_word(f"<w:p><w:r><w:t>{'ab c' * 2_400_000}</w:t></w:r></w:p>"),
        "x.docx",
        "a paragraph of more than",
    ),
    "6 large cell": (
        raw_sheet(f"<worksheet><sheetData><row><c><v>{'1' * 9_000_000}</v></c></row></sheetData></worksheet>"),
        "x.xlsx",
        "a cell of more than",
    ),
    "6 large string": (
        raw_sheet("<worksheet/>", strings=f"<sst><si><t>{'1' * 9_000_000}</t></si></sst>"),
        "x.xlsx",
        "a cell of more than",
    ),
    "15 macros": (raw_sheet("<worksheet/>", extra={"xl/vbaProject.bin": b"x"}.items()), "x.xlsx", "holds macros"),
    "15 .docm": (raw_word(""), "x.docm", "may hold macros"),
    "17 cut off": (GOALS[: len(GOALS) // 2], "x.xlsx", "not fully downloaded"),
    "17 cut out inside": (GOALS[:900] + GOALS[1200:], "x.xlsx", "parts that overlap"),
    "19 PDF and ZIP": (b"%PDF-1.7\n" + GOALS, "x.xlsx", "is a PDF"),
    "59 protected part": (encrypted(), "x.xlsx", "password"),
    "workbook named .docx": (GOALS, "x.docx", "is an Excel workbook, though its name ends in .docx"),
    "workbook named .csv": (GOALS, "x.csv", "is an Excel workbook"),
    "document named .xlsx": (word_bytes(new_word()), "x.xlsx", "is a Word document"),
    "plain ZIP": (zipped({"a.txt": "x"}), "x.zip", "ZIP archive"),
    "slides": (zipped({"ppt/presentation.xml": "<p/>"}), "x.pptx", "PowerPoint"),
    "binary workbook": (zipped({"xl/workbook.bin": "x"}), "x.xlsb", "binary Excel"),
    "open document": (zipped({"content.xml": "<c/>"}), "x.ods", "OpenDocument"),
    "XML": (b"<?xml version='1.0'?><Workbook/>", "x.xls", "is XML"),
    "page": (b"<!DOCTYPE html><p>goal", "x.txt", "is a web page"),
    "bytes": (b"\x01\x02\x03\x04" * 50, "x.txt", "not text"),
    "picture": (b"\x89PNG\r\n\x1a\n", "x.csv", "picture"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_refused_with_the_cause(case, within):
    raw, name, words = HOSTILE[case]
    with within(2), pytest.raises(InputError) as error:
        open_document(raw, name)
    assert words in str(error.value)
    assert repr(name) in error.value.what
    assert error.value.cure


@pytest.mark.slow
@pytest.mark.parametrize("case", ["6 bomb", "6 bomb in sum", "11 many entries", "14 huge text node"])
def test_bombs_cost_nothing(case):
    raw, name, _ = HOSTILE[case]
    best = 1.0
    for _ in range(3):
        start = time.perf_counter()
        with pytest.raises(InputError):
            open_document(raw, name)
        best = min(best, time.perf_counter() - start)
    assert best < 0.05


def test_an_empty_file_is_its_own_error():
    with pytest.raises(EmptyInput):
        open_document(b"", "-")


def test_an_entry_that_climbs_is_ignored(tmp_path, monkeypatch):
    """Case 10."""
    monkeypatch.chdir(tmp_path)
    raw = raw_sheet("<worksheet/>", extra={"../../x": "x"}.items())
    assert isinstance(open_document(raw, "x.xlsx"), Workbook)
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent.parent / "x").exists()


def test_an_office_file_without_a_name_is_told_by_its_bytes():
    assert isinstance(open_document(GOALS, "-"), Workbook)
    assert isinstance(open_document(word_bytes(new_word()), "-"), Word)
    assert isinstance(open_document(b"PK: a goal", "list.txt"), Text)


def test_control_characters_become_blanks_of_the_same_length():
    """Cases 28, 56."""
    text = open_document(b"id,goal\n1,Cut\x00 cost\x1b[31m by 5%\n", "x.csv")
    assert isinstance(text, Text)
    assert text.content == "id,goal\n1,Cut  cost [31m by 5%\n"
    assert text.notices == ("2 control characters read as blanks.",)


def test_notices_tell_the_encoding():
    text = open_document("编号,目标\n1,降低成本\n".encode("gbk"), "x.csv")
    assert isinstance(text, Text)
    assert text.notices == ("Read as GB18030, by its characters: '编号,目标'.",)


def test_paths(tmp_path):
    path = tmp_path / "goals.md"
    path.write_bytes("\ufeff- 降低投诉率\r\n".encode())
    raw, document = open_path(path)
    assert raw == path.read_bytes()
    assert document == Text("- 降低投诉率\r\n", "utf-8", b"\xef\xbb\xbf")
    for wrong in (tmp_path, tmp_path / "none.md", "a\x00b.md", "x" * 300):
        with pytest.raises(InputError, match="path"):
            open_path(wrong)


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(2_000_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="2,000,000,000 bytes"):
            open_path(path)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_every_cut_and_flip_of_a_workbook_is_read_or_refused():
    for at in range(0, len(GOALS), 61):
        for raw in (GOALS[:at], GOALS[:at] + bytes([GOALS[at] ^ 0x55]) + GOALS[at + 1 :]):
            try:
                open_document(raw, "x.xlsx")
            except InputError as error:
                assert error.cure
    assert "xl/workbook.xml" in members(GOALS)


def test_deep_nesting_is_no_trap():
    deep = "<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000
    filler = bytes(range(256)) * 20
    raw = io.BytesIO(raw_word(deep, extra={"word/media/a.bin": filler}.items()))
    assert isinstance(open_document(raw.getvalue(), "x.docx"), Word)


def test_many_remarks_before_a_text_cost_nothing(within):
    with within(1):
        assert isinstance(open_document(b"<!-- -->" * 240 + b"goal", "x.md"), Text)
