"""One cell of a workbook changes; every other cell and every other part keeps its bytes."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.styles import Font

from assistant.errors import InputError
from assistant.files import Workbook, open_document
from assistant.files.patching import with_cells
from tests.files.made import members, raw_sheet, workbook_bytes

SHEET = "xl/worksheets/sheet1.xml"


def plan() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "目标 & KR"
    sheet.append(["目标", "负责人", "合计"])
    sheet.append(["降低(dī)投诉率", "王", "=1+1"])
    sheet.append(["降低(dī)投诉率", "李", "=A3"])
    sheet["A2"].font = Font(bold=True)
    sheet.merge_cells("D1:D3")
    book.create_sheet("其他")["A1"] = "别动"
    return workbook_bytes(book)


def test_only_the_cell_changes():
    raw = plan()
    fresh, written = with_cells(raw, "x.xlsx", {("目标 & KR", 2, 1): "降低<投诉>率 & 5%"})
    assert written == {("目标 & KR", 2, 1)}
    before, after = members(raw), members(fresh)
    assert list(before) == list(after)
    assert {part for part in before if before[part] != after[part]} == {SHEET}
    cell = rb'<c r="A2"[^>]*>.*?</c>'
    assert re.sub(cell, b"", before[SHEET], count=1) == re.sub(cell, b"", after[SHEET], count=1)
    old, new = re.search(cell, before[SHEET]), re.search(cell, after[SHEET])
    assert old and new
    style = re.search(rb's="\d+"', old[0])
    assert style and style[0] in new[0]
    sheet = openpyxl.load_workbook(io.BytesIO(fresh))["目标 & KR"]
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].font.bold) == ("降低<投诉>率 & 5%", "s", True)
    assert sheet["A3"].value == "降低(dī)投诉率"


@pytest.mark.parametrize("text", ["=1+1", "+5%", "-5%", "@x", "\tx", "a\r\nb", "_x0041_", " x ", '"q"'])
def test_words_stay_words(text):
    fresh, _ = with_cells(plan(), "x.xlsx", {("目标 & KR", 2, 1): text})
    assert b"<f>" not in members(fresh)[SHEET].split(b'r="A2"')[1].split(b"</c>")[0]
    document = open_document(fresh, "x.xlsx")
    assert isinstance(document, Workbook)
    assert document.sheets[0].rows[1].cells[1] == text
    assert openpyxl.load_workbook(io.BytesIO(fresh))["目标 & KR"]["A2"].data_type != "f"


def test_formulas_missing_cells_and_missing_sheets_are_left_alone():
    raw = plan()
    places = [("目标 & KR", 2, 3), ("目标 & KR", 9, 9), ("nowhere", 1, 1)]
    assert with_cells(raw, "x.xlsx", dict.fromkeys(places, "x")) == (raw, frozenset())


def test_a_cell_without_content_gets_words_and_the_next_one_stays():
    raw = raw_sheet(
        '<worksheet xmlns="urn:x"><sheetData><row><c r="A1" s="1"/><c r="B1"><v>5</v></c></row></sheetData></worksheet>'
    )
    fresh, written = with_cells(raw, "x.xlsx", {("S", 1, 1): "x"})
    assert written
    assert b'</is></c><c r="B1"><v>5</v></c></row>' in members(fresh)[SHEET]


def test_several_cells_prefixes_and_odd_attributes():
    raw = raw_sheet(
        '<?xml version="1.0" encoding="UTF-8"?>\n<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row>\n'
        "<x:c t='inlineStr' s='3'  note=\"a>b\"><x:is><x:t>one</x:t></x:is></x:c>"
        '<x:c t="inlineStr"><x:is><x:t>目</x:t></x:is></x:c>'
        "</x:row><x:row><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    fresh, written = with_cells(raw, "x.xlsx", {("S", 1, 1): "ONE", ("S", 2, 1): "six"})
    assert len(written) == 2
    assert members(fresh)[SHEET].decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row>\n'
        '<x:c s=\'3\'  note="a>b" t="inlineStr"><x:is><x:t xml:space="preserve">ONE</x:t></x:is></x:c>'
        '<x:c t="inlineStr"><x:is><x:t>目</x:t></x:is></x:c></x:row><x:row>'
        '<x:c t="inlineStr"><x:is><x:t xml:space="preserve">six</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    )


def test_other_parts_keep_dates_order_and_compression():
    raw = plan()
    fresh, _ = with_cells(raw, "x.xlsx", {("目标 & KR", 2, 1): "x"})
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(io.BytesIO(fresh)) as new:
        kept = [(entry.filename, entry.date_time, entry.compress_type, entry.external_attr) for entry in old.infolist()]
        assert kept == [(e.filename, e.date_time, e.compress_type, e.external_attr) for e in new.infolist()]
        assert new.testzip() is None


def test_what_cannot_be_written_is_refused():
    with pytest.raises(InputError, match="32,768 characters"):
        with_cells(plan(), "x.xlsx", {("目标 & KR", 2, 1): "x" * 32_768})
    sheet = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"
    wide = f'<?xml version="1.0" encoding="utf-16"?>{sheet}'
    with pytest.raises(InputError, match="not UTF-8"):
        with_cells(raw_sheet(wide.encode("utf-16")), "x.xlsx", {("S", 1, 1): "x"})
