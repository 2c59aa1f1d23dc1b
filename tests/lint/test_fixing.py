"""Fixes reach the goal's own words in every kind of file, and not one byte more."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.files import open_document
from assistant.goals.findings import Edit, Finding, Fix
from assistant.lint import document_records, fixed_document, lint_text, mended
from assistant.lint.fixes import safe_edits
from tests.conftest import tries
from tests.files.made import members, new_word, sheet_bytes, word_bytes, workbook_bytes

TODAY = date(2026, 11, 21)
BLANK = lint_text("x", today=TODAY)


def judged(text, *edits, safety="safe"):
    """A judgement whose findings are fixes (start, end, replacement)."""
    findings = [
        Finding(
            rule="x", id="X001", severity="info", start=start, end=end, text=text[start:end], message="m", help="h",
            fix=Fix(title="t", edits=(Edit(start=start, end=end, replacement=new),), safety=safety),
        )
        for start, end, new in edits
    ]  # fmt: skip
    return BLANK.model_copy(update={"text": text, "findings": tuple(findings)})


def mend(raw, name, old, new, *, safety="safe", safeties=frozenset({"safe"})):
    """Apply the fix old → new to every goal that has the words."""
    document = open_document(raw, name)
    records = document_records(document, name)
    goals = []
    for record in records:
        at = record.text.find(old)
        edits = [(at, at + len(old), new)] if at >= 0 else []
        goals.append(judged(record.text, *edits, safety=safety))
    return mended(document, raw, records, goals, safeties)


MARKDOWN = (
    "# 目标\n\n- 把战(zhàn)略落地，  \n- 降低投诉率\n\n"
    "| 编号 | 目标 |\n|--|--|\n|1| 战(zhàn)略复盘 |\n尾巴 战(zhàn)略\n"
)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("gb18030", b""),
    ],
)
def test_text_keeps_encoding_mark_and_line_ends(encoding, bom, end):
    before = MARKDOWN.replace("\n", end)
    raw, count = mend(bom + before.encode(encoding), "plan.md", "(zhàn)", "")
    after = before.replace("把战(zhàn)略", "把战略").replace("战(zhàn)略复盘", "战略复盘")
    assert raw == bom + after.encode(encoding)
    assert count == 2


def test_big5_text():
    before = "- 2027年6月底前把客戶投訴率從5％降到3％\r\n- 提高新進同仁訓練完成率\r\n"
    raw, count = mend(before.encode("big5"), "plan.md", "投訴率", "客訴率")
    assert (raw, count) == (before.replace("投訴率", "客訴率").encode("big5"), 1)
    with pytest.raises(InputError, match="'诉' cannot be written in Big5"):
        mend(before.encode("big5"), "plan.md", "投訴率", "客诉率")


CSV = (
    '编号,目标,"负责人"\r\nA, 降低(x)投诉率 ,"王, 李"\r\n'
    '"B","降低(x)离职率, ""尽快""",张\r\nD,"降低(x)成本",\r\nC,提升,"(x)"\r\n'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_changes_only_the_cell(encoding):
    raw, count = mend(CSV.encode(encoding), "kpi.csv", "(x)", "")
    assert raw == CSV.replace("低(x)", "低").encode(encoding)
    assert count == 3


@pytest.mark.parametrize(
    ("new", "cell"),
    [
        (",", '"a,b"'),
        ('"', 'a"b'),
        ("\n", '"a\nb"'),
        ("=", "a=b"),
        ("；", "a；b"),
    ],
)
def test_csv_quotes_a_cell_that_needs_it(new, cell):
    raw, _ = mend(b"id,goal,owner\n1,a(x)b,me\n", "x.csv", "(x)", new)
    assert raw == f"id,goal,owner\n1,{cell},me\n".encode()


def test_csv_with_a_declared_separator_and_quoted_lines():
    before = 'sep=;\r\nid;goal\r\nA;"one (x)\r\ntwo, three"\r\nB;four (x)\r\n'
    raw, count = mend(before.encode(), "x.csv", " (x)", "")
    assert (raw, count) == (before.replace(" (x)", "").encode(), 2)


def test_a_list_of_one_column_keeps_its_commas():
    raw, _ = mend(b"goal\nCut cost(x), by June\n", "x.csv", "(x)", ",")
    assert raw == b"goal\nCut cost,, by June\n"


def test_a_bar_in_a_markdown_table_is_escaped():
    raw, _ = mend(b"| goal | owner |\n|---|---|\n| a(x) | me |\n", "x.md", "(x)", "|b")
    assert raw == b"| goal | owner |\n|---|---|\n| a\\|b | me |\n"


def test_a_control_character_in_json():
    raw, _ = mend(b'{"text": "a\x00 (x) b"}\n', "x.jsonl", " (x)", "")
    assert raw == b'{"text": "a\\u0000 b"}\n'


def test_control_characters_stay_where_no_edit_is():
    raw, _ = mend(b"id,goal\n1,Cut\x00 cost(x)\x1b[31m\n", "x.csv", "(x)", "")
    assert raw == b"id,goal\n1,Cut\x00 cost\x1b[31m\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"id": "a", "text": "战(zhàn)略复盘", "owner": "x"}', '{"id": "a", "text": "战略复盘", "owner": "x"}'),
        (
            '{"text":"\\u6218(zh\\u00e0n)\\u7565","n":1.50,"meta":{"text":"(zhàn)"}}',
            '{"text":"\\u6218\\u7565","n":1.50,"meta":{"text":"(zhàn)"}}',
        ),
        (
            ' {"meta": ["text", {"text": 1}], "text" : "战(zhàn)略 \\"a\\" \\\\",  "tail": "text"} ',
            ' {"meta": ["text", {"text": 1}], "text" : "战略 \\"a\\" \\\\",  "tail": "text"} ',
        ),
        ('{"text": "old", "text": "战(zhàn)略"}', '{"text": "old", "text": "战略"}'),
    ],
)
def test_json_lines_change_only_the_value(line, expected):
    raw = f'{{"text": "first"}}\r\n{line}\r\n'.encode()
    assert mend(raw, "x.jsonl", "(zhàn)", "") == (f'{{"text": "first"}}\r\n{expected}\r\n'.encode(), 1)


def test_json_with_a_lone_surrogate():
    fresh, _ = mend(b'{"text": "a\\ud800 (x) b"}\n', "x.jsonl", " (x)", "")
    assert fresh == b'{"text": "a\\ud800 b"}\n'


def plan():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2027"
    for row in (
        ["编号", "目标", "权重"],
        ["A", " 降低(x)投诉率", 0.5],
        ["B", "降低(x)投诉率", 0.5],
        ["C", '="降"&"低(x)"'],
    ):
        sheet.append(row)
    book.create_sheet("Q2").append(["goal", "owner"])
    book["Q2"].append(["Cut (x)cost", "me"])
    return workbook_bytes(book)


def test_workbook_changes_only_the_cells():
    before = plan()
    after, count = mend(before, "plan.xlsx", "(x)", "")
    assert count == 3
    changed = {part for part, data in members(before).items() if members(after)[part] != data}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
    old, new = openpyxl.load_workbook(io.BytesIO(before)), openpyxl.load_workbook(io.BytesIO(after))
    for sheet in old:
        for row in sheet:
            for cell in row:
                expected = cell.value
                if isinstance(expected, str) and not expected.startswith("="):
                    expected = expected.replace("(x)", "")
                assert new[sheet.title][cell.coordinate].value == expected
    assert new["2027"]["B4"].data_type == "f"


def test_a_formula_like_result_stays_text():
    """Case 46."""
    after, _ = mend(sheet_bytes(["目标"], ["(x)=1+1"]), "x.xlsx", "(x)", "")
    cell = openpyxl.load_workbook(io.BytesIO(after)).active["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_word_documents_are_refused_plainly():
    document = new_word()
    document.add_paragraph("降低(x)投诉率", style="List Bullet")
    raw = word_bytes(document)
    with pytest.raises(InputError, match="not written into Word"):
        mend(raw, "x.docx", "(x)", "")
    assert mend(raw, "x.docx", "nowhere", "") == (raw, 0)


def test_safeties():
    raw = b"- Cut cost soon\n"
    for safety in ("safe", "suggested", "placeholder"):
        assert mend(raw, "x.md", "soon", "by [date]", safety=safety)[1] == (safety == "safe")
        assert mend(raw, "x.md", "soon", "by [date]", safety=safety, safeties={safety}) == (
            b"- Cut cost by [date]\n",
            1,
        )
    assert mend(raw, "x.md", "soon", "", safeties=frozenset()) == (raw, 0)


def test_overlapping_fixes_and_places_outside():
    raw = b"- abcdef\n"
    document = open_document(raw, "x.md")
    records = document_records(document, "x.md")
    goal = judged("abcdef", (0, 3, "X"), (2, 4, "Y"), (4, 5, "Z"), (5, 60, "far"))
    assert mended(document, raw, records, [goal]) == (b"- XdZf\n", 2)
    assert [edit.replacement for edit in safe_edits(goal.findings)] == ["X", "Z", "far"]


def test_the_older_entry():
    document = "- 战(zhàn)略复盘\n"
    records = document_records(open_document(document.encode(), "x.md"), "x.md")
    assert fixed_document(document, records, [judged("战(zhàn)略复盘", (1, 7, ""))]) == ("- 战略复盘\n", 1)


WORDS = st.text(alphabet='ab ,"\r\n目(', min_size=1, max_size=8)


@settings(max_examples=tries(40), deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4), st.sampled_from([",", ";", "\t"]), WORDS)
def test_any_csv_keeps_all_other_cells(rows, separator, new):
    import csv

    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([("goal", "owner"), *((f"x{goal}x", owner) for goal, owner in rows)])
    before = out.getvalue()
    after, count = mend(before.encode(), "x.csv", "x", f"y{new}")
    expected = [["goal", "owner"], *([f"y{new}{goal}x", owner] for goal, owner in rows)]
    assert list(csv.reader(io.StringIO(after.decode(), newline=""), delimiter=separator)) == expected
    assert count == len(rows)
