"""Rewrites stand behind their goals in a Word document, and everything that was there stays byte for byte."""

from __future__ import annotations

import io
import itertools
import shutil
import subprocess
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from assistant.batch.cells import COLUMNS, JUDGED_COLUMNS
from assistant.batch.outputs.word import write
from assistant.batch.outputs.word.goals import GoalPlaces
from assistant.batch.outputs.word.looks import Looks
from assistant.batch.outputs.word.places import MAIN, read_body
from assistant.batch.source import open_source
from assistant.files import Paragraph, Table, open_document
from assistant.files.archive import Archive
from assistant.goals.batch import BatchRow, RowResult
from tests.batch.rows import HOSTILE, File, asked, failed, kept, rewritten, standing, summary_of
from tests.files.made import members, new_word, raw_word, word_bytes, zipped

PART = "word/document.xml"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def list_of(*goals: str) -> str:
    return "".join(
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{goal}</w:t></w:r></w:p>"
        for goal in goals
    )


def wrote(raw: bytes, results=None, *, given=None, language="en", columns=COLUMNS, as_diff=False, **summary: Any):
    """Write a document and return its bytes and the notices."""
    file = File("goals.docx", raw, given=given)
    rows = list(file.rows())
    assert rows
    made = [rewritten(row) for row in rows] if results is None else results(rows)
    out = io.BytesIO()
    notices = write(
        file, iter(made), summary_of(made, **summary), out, language=language, columns=columns, as_diff=as_diff
    )
    check_untouched(raw, out.getvalue(), rows)
    return out.getvalue(), notices


def check_untouched(before: bytes, after: bytes, rows: list[BatchRow]) -> None:
    """All parts are the same; in the main one only whole paragraphs and tables came in."""
    old, new = members(before), members(after)
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} <= {PART}
    raw, body = read_body(Archive(before, "x.docx"), PART)
    spots = [GoalPlaces(body).find(row, following) for row, following in itertools.zip_longest(rows, rows[1:])]
    cuts = sorted({body.end, *(spot.end for spot in spots if spot)})
    rest, at = new[PART], 0
    for start, end in itertools.pairwise([0, *cuts, len(raw)]):
        found = rest.index(raw[start:end], at) if start else 0
        assert rest.startswith(raw[:end]) if not start else True
        came = rest[at:found].decode(body.encoding) if start else ""
        top = ET.fromstring(f'<r xmlns:w="{body.namespace}" xmlns:x="{body.namespace}">{came}</r>')
        assert {child.tag for child in top} <= {f"{{{body.namespace}}}p", f"{{{body.namespace}}}tbl"}
        at = found + end - start
    assert at == len(rest)


def texts(raw: bytes) -> list[str]:
    """The paragraphs of the body outside tables; breaks as line ends."""
    body = ET.fromstring(members(raw)[PART])[0]
    return [said(paragraph) for paragraph in body if paragraph.tag == f"{{{MAIN}}}p"]


def said(node: ET.Element) -> str:
    named = {f"{{{MAIN}}}br": "\n", f"{{{MAIN}}}tab": "\t"}
    return "".join(
        node.text or "" if node.tag == f"{{{MAIN}}}t" else named.get(node.tag, "")
        for run in node.iter(f"{{{MAIN}}}r")
        for node in run
    ).replace("\u00a0", " ")


def table_of(raw: bytes) -> list[list[str]]:
    root = ET.fromstring(members(raw)[PART])
    return [
        [said(cell) for cell in row.iter(f"{{{MAIN}}}tc")]
        for row in list(root.iter(f"{{{MAIN}}}tbl"))[-1]
        if row.tag == f"{{{MAIN}}}tr"
    ]


def test_a_rewrite_stands_behind_its_goal():
    document = new_word()
    document.add_heading("Goals", 1)
    for goal in ("Answer customers faster", "Cut churn"):
        document.add_paragraph(goal, style="List Bullet")
    document.add_paragraph("Kept remark")
    raw, notices = wrote(word_bytes(document))
    shown = texts(raw)
    assert notices == ()
    assert shown[:3] == ["Goals", "Answer customers faster", "Rewritten  NEW Answer customers faster"]
    assert shown[3].split("\n") == [
        "rewritten · score 40 → 90 · S √  M ×→√  A √  R √  T √  C √",
        "What changed, and why: a measure was added",
        "Open questions: What is it now?",
        "Where new figures come from: 80%: proposal, to confirm (as last year)",
    ]
    assert shown[4:6] == ["Cut churn", "Rewritten  NEW Cut churn"]
    assert shown[7:9] == ["Kept remark", "Summary of the rewrite"]
    added = docx.Document(io.BytesIO(raw)).paragraphs[2]
    assert added.style.name == "List Bullet" and added._p.pPr.numPr.numId.val == 0
    assert added.paragraph_format.left_indent == Pt(18) and added.paragraph_format.first_line_indent == 0
    assert added.runs[1].font.color.rgb is not None and added.runs[0].font.size < Pt(11)


def test_each_outcome():
    goals = ("Good one", "Unclear one", "Broken one", "Nothing", "Late one", "Several in one")

    def made(rows: list[BatchRow]) -> list[RowResult]:
        skipped = RowResult(index=3, id=rows[3].id, state="skipped", reason="no goal")
        return [
            kept(rows[0]),
            asked(rows[1], "Which one?", "By when?\nA June\nB July"),
            failed(rows[2]),
            skipped,
            rewritten(rows[5], "First", "Second"),
        ]

    raw, _ = wrote(raw_word(list_of(*goals)), made, language="zh-Hans")
    shown = texts(raw)
    assert shown[:12] == [
        "Good one", "√ 原样保留 · 95 分",
        "Unclear one",
        "待答 · 60 分 · S √  M √  A √  R √  T √  C √\n改了什么，为什么：the two readings contradict each other\n"
        "待答问题：\n– Which one?\n– By when?\n\u2002\u2002A June\n\u2002\u2002B July",
        "Broken one", "失败 · 30 分\n未处理原因：the endpoint did not answer",
        "Nothing",
        "Late one", "未处理",
        "Several in one", "改写后 a  First", "改写后 b  Second",
    ]  # fmt: skip


def test_a_run_that_only_judges():
    def judged(rows: list[BatchRow]) -> list[RowResult]:
        before = standing(40, "no number", "no day", measurable="fail")
        return [RowResult(index=0, id=rows[0].id, state="done", verdict="judged", before=before)]

    raw, _ = wrote(raw_word(list_of("Do more")), judged, columns=JUDGED_COLUMNS, score_after=None, language="zh-Hant")
    shown = texts(raw)
    assert shown[1] == "已檢查 · 40 分 · S √  M ×  A √  R √  T √  C √\n主要問題：\n– no number\n– no day"
    assert shown[2] == "檢查摘要"
    assert ["平均分數", "50"] in table_of(raw) and ["必須修正的問題", "7"] in table_of(raw)


def test_goals_in_cells_stay_in_their_cells():
    document = new_word()
    table = document.add_table(3, 3)
    for row, words in zip(
        table.rows, [["目标", "负责人", "期限"], ["提高\n满意度", "王", "Q1"], ["减少投诉", "李", "Q2"]], strict=True
    ):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    raw, _ = wrote(word_bytes(document), language="zh-Hans")
    made = docx.Document(io.BytesIO(raw)).tables[0]
    cells = [[cell.text.split("\n")[0:3] for cell in row.cells] for row in made.rows]
    assert [cell[-1] for cell in cells[1]] == ["改写后  NEW 提高", "王", "Q1"]
    assert cells[2][0][:2] == ["减少投诉", "改写后  NEW 减少投诉"]
    assert len(made.rows) == 3


def test_merged_and_spanning_cells():
    document = new_word()
    table = document.add_table(4, 4)
    for at, text in enumerate(("部门", "类别", "目标", "权重")):
        table.cell(0, at).text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "客服部"
    table.cell(1, 2).text, table.cell(2, 2).text = "提高首次解决率", "缩短回复时间"
    table.cell(3, 0).merge(table.cell(3, 1)).text = "跨列"
    table.cell(3, 2).text = "减少投诉"
    raw, notices = wrote(word_bytes(document))
    made = docx.Document(io.BytesIO(raw)).tables[0]
    assert notices == ()
    for row, text in ((1, "提高首次解决率"), (2, "缩短回复时间"), (3, "减少投诉")):
        assert made.cell(row, 2).paragraphs[1].text == f"Rewritten  NEW {text}"


def test_the_end_of_the_document():
    document = new_word()
    document.add_paragraph("Cut churn", style="List Bullet")
    document.add_paragraph("Raise NPS", style="List Bullet")

    def made(rows: list[BatchRow]) -> list[RowResult]:
        return [rewritten(rows[0], owner="Ana"), asked(rows[1], "5 or 8?", owner="")]

    raw, _ = wrote(word_bytes(document), made)
    opened = docx.Document(io.BytesIO(raw))
    (table,) = opened.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Goals", "2"], ["rewritten", "1"], ["left as it is", "0"], ["needs an answer", "1"], ["failed", "0"],
        ["Mean score, before → after", "50 → 80"], ["Errors, before → after", "7 → 1"],
        ["Where the goals aim", "growth 3 · efficiency 2 · risk 1 · team 0 · unclear 1"],
    ]  # fmt: skip
    heads = [(p.style.name, p.text) for p in opened.paragraphs if p.style.name.startswith("Heading")]
    assert heads == [
        ("Heading 1", "Summary of the rewrite"),
        ("Heading 2", "Findings over the whole list"),
        ("Heading 2", "Open questions by owner"),
    ]
    shown = texts(raw)
    assert "• two say the same\nConcerns: Cut churn, Raise NPS" in shown
    assert shown[-4:] == [
        "Ana", "• Cut churn\nWhat is it now?", "No owner named", "• Raise NPS\n5 or 8?",
    ]  # fmt: skip
    assert opened.element.body[-1].tag == qn("w:sectPr")


def test_without_styles_headings_are_made_by_hand():
    raw, _ = wrote(raw_word(list_of("Cut churn")))
    root = ET.fromstring(members(raw)[PART])
    outlines = [node.get(f"{{{MAIN}}}val") for node in root.iter(f"{{{MAIN}}}outlineLvl")]
    assert outlines == ["0", "1", "1"]


def test_other_prefixes_namespaces_and_encodings():
    xml = f'<?xml version="1.0"?><x:document xmlns:x="{MAIN}"><x:body>{list_of("Cut churn")}</x:body></x:document>'
    variants = {
        "another prefix": xml.replace("w:", "x:").replace('<?xml version="1.0"?><x:d', "<x:d").encode(),
        "strict": members(raw_word(list_of("Cut churn")))[PART].replace(MAIN.encode(), STRICT.encode()),
        "default namespace": members(raw_word(list_of("Cut churn")))[PART]
        .replace(b"<w:", b"<").replace(b"</w:", b"</").replace(b"<document ", f'<document xmlns="{MAIN}" '.encode()),
        "declared on the paragraph": f'<document xmlns="{MAIN}"><body>'.encode()
        + list_of("Cut churn").replace("<w:p>", f'<w:p xmlns:w="{MAIN}">').encode() + b"</body></document>",
        "UTF-16": ('<?xml version="1.0" encoding="UTF-16"?>'
                   + members(raw_word(list_of("减少“流失”")))[PART].decode()).encode("utf-16"),
        "Latin-1": ('<?xml version="1.0" encoding="ISO-8859-1"?>'
                    + members(raw_word(list_of("Café")))[PART].decode()).encode("latin-1"),
    }  # fmt: skip
    for name, main in variants.items():
        before = zipped({"[Content_Types].xml": "<Types/>", PART: main})
        raw, notices = wrote(before, language="zh-Hans")
        assert notices == (), name
        root = ET.fromstring(members(raw)[PART])
        space = STRICT if name == "strict" else MAIN
        shown = [
            "".join(node.text or "" for node in paragraph.iter(f"{{{space}}}t"))
            for paragraph in root.iter(f"{{{space}}}p")
        ]
        assert shown[1] == f"改写后  NEW {shown[0]}", name
        side = "start" if name == "strict" else "left"
        assert root.find(f".//{{{space}}}ind[@{{{space}}}{side}]") is not None, name
        assert root.find(f".//{{{space}}}tblBorders/{{{space}}}{side}") is not None, name
        assert root.find(f".//{{{space}}}pBdr/{{{space}}}left") is not None, name
        assert not [node for node in root.iter() if node.tag.startswith("{}") or not node.tag.startswith("{")], name


BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>"
    "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:p/></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def test_counting_agrees_with_the_reader():
    """Case 81."""
    document = new_word()
    word = nsdecls("w")
    document.add_paragraph("First goal", style="List Number")
    gone = document.add_paragraph(style="List Number")
    gone._p.append(parse_xml(f"<w:del {word}><w:r><w:delText>Old goal</w:delText></w:r></w:del>"))
    part = document.add_paragraph("Cut ", style="List Number")
    part._p.append(parse_xml(f"<w:ins {word}><w:r><w:t>churn</w:t></w:r></w:ins>"))
    part.add_run(" secretly").font.hidden = True
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 0).text = "Goal", "In a cell"
    inner = table.cell(1, 1).add_table(1, 1)
    inner.cell(0, 0).text = "inner"
    document.add_paragraph("Last goal", style="List Number")
    document.sections[0].header.paragraphs[0].text = "Header"
    raw = word_bytes(document)
    xml = members(raw)[PART].decode().replace("First goal</w:t></w:r>", f"First goal</w:t></w:r>{BOX}")
    raw = zipped(members(raw) | {PART: xml.encode()})
    _, body = read_body(Archive(raw, "x.docx"), PART)
    for block in open_document(raw, "x.docx").blocks:
        if isinstance(block, Paragraph):
            assert body.spots[block.number].text == block.text
        else:
            assert isinstance(block, Table)
            assert [row.number for row in block.rows] == sorted(
                {spot.cell[0] for spot in body.spots.values() if spot.cell}
            )
    out, notices = wrote(raw)
    shown = texts(out)
    assert notices == () and "NEW Cut churn" in " ".join(shown)
    assert not [text for text in shown if "NEW Old goal" in text]
    assert members(out)["word/header1.xml"] == members(raw)["word/header1.xml"]


def test_a_goal_over_several_paragraphs_gets_its_rewrite_behind_the_last():
    body = (
        list_of("O1 Loved by customers")
        + "<w:p/>"
        + "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("who stay longer", "Something else"))
    )
    rows = [BatchRow(index=0, id="a", text="Loved by customers\nwho stay longer", line=1)]
    raw, _ = wrote(raw_word(body), given=rows)
    assert texts(raw)[2:5:2] == ["who stay longer", "rewritten · score 40 → 90 · S √  M ×→√  A √  R √  T √  C √\n"
        "What changed, and why: a measure was added\nOpen questions: What is it now?\n"
        "Where new figures come from: 80%: proposal, to confirm (as last year)"]  # fmt: skip


def test_several_goals_of_one_paragraph_keep_their_order():
    rows = [BatchRow(index=at, id=str(at), text=text, line=1) for at, text in enumerate(("Cut churn", "Raise NPS"))]
    raw, _ = wrote(raw_word(list_of("Cut churn; Raise NPS")), given=rows)
    assert [text for text in texts(raw) if "NEW" in text] == ["Rewritten  NEW Cut churn", "Rewritten  NEW Raise NPS"]


def test_content_controls_of_one_value_are_not_given_a_second():
    def control(kind: str, goal: str) -> str:
        return f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{list_of(goal)}</w:sdtContent></w:sdt>"

    body = control("<w:text/>", "Cut churn") + control("<w:richText/>", "Raise NPS")
    raw, _ = wrote(raw_word(body))
    root = ET.fromstring(members(raw)[PART])
    held = [len(list(node.iter(f"{{{MAIN}}}p"))) for node in root.iter(f"{{{MAIN}}}sdtContent")]
    assert held == [1, 3]


def test_a_paragraph_that_runs_on_is_not_joined_to_its_rewrite():
    mark = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    body = f"<w:p>{mark}<w:r><w:t>Cut churn</w:t></w:r></w:p><w:p><w:r><w:t> by half</w:t></w:r></w:p>"
    raw, _ = wrote(raw_word(body), given=[BatchRow(index=0, id="a", text="Cut churn", line=1)])
    assert texts(raw)[:3] == ["Cut churn", " by half", "Rewritten  NEW Cut churn"]


def test_indents_of_lists_styles_and_characters():
    numbering = (
        f'<w:numbering xmlns:w="{MAIN}"><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:pPr>'
        '<w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:pPr><w:ind w:start="1in"/></w:pPr>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
    )
    styles = (
        f'<w:styles xmlns:w="{MAIN}"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/>'
        '<w:pPr><w:ind w:left="100"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="L">'
        '<w:name w:val="L"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="C"/><w:pPr>'
        '<w:ind w:firstLineChars="200" w:firstLine="420"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="1">'
        '<w:name w:val="heading 1"/></w:style></w:styles>'
    )
    cases = {
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>': (720, 0),
        '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>': (1440, 0),
        '<w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:left="300" w:hanging="300"/>': (300, 0),
        '<w:pStyle w:val="L"/>': (720, 0),
        '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>': (100, 0),
        '<w:pStyle w:val="C"/>': (420, 200),
        '<w:pStyle w:val="C"/><w:ind w:leftChars="100" w:left="210"/>': (630, 300),
        "": (100, 0),
        '<w:ind w:left="-50" w:firstLine="30"/>': (0, 0),
        '<w:ind w:left="999999999"/>': (20_000, 0),
    }
    body = "".join(f"<w:p><w:pPr>{case}</w:pPr><w:r><w:t>a</w:t></w:r></w:p>" for case in cases)
    raw = raw_word(body, extra={"word/styles.xml": styles, "word/numbering.xml": numbering}.items())
    archive = Archive(raw, "x.docx")
    looks = Looks(archive, PART)
    _, read = read_body(archive, PART)
    assert [looks.left(spot) for spot in read.spots.values()] == list(cases.values())
    assert looks.heading(1) == "1" and looks.is_heading("1") and not looks.is_heading("L") and looks.heading(2) == ""


PARAGRAPH_ORDER = (
    "pStyle", "keepNext", "pageBreakBefore", "numPr", "pBdr", "bidi", "spacing", "ind", "contextualSpacing", "jc",
    "outlineLvl", "rPr",
)  # fmt: skip
RUN_ORDER = ("rFonts", "b", "color", "sz", "szCs", "rtl", "lang")


@pytest.mark.parametrize("as_diff", [False, True])
def test_properties_stand_in_the_order_that_word_asks_for(as_diff):
    look = (
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:bidi/><w:spacing w:line="360" w:before="99"/>'
        '<w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="A" w:eastAsia="B&amp;C"/><w:sz w:val="32"/>'
        '<w:rtl/><w:lang w:val="ar"/></w:rPr><w:t>Cut churn</w:t></w:r>'
    )
    raw, _ = wrote(raw_word(f"<w:p>{look}</w:p>"), as_diff=as_diff)
    root = ET.fromstring(members(raw)[PART])
    for kind, order in (("pPr", PARAGRAPH_ORDER), ("rPr", RUN_ORDER)):
        for node in root.iter(f"{{{MAIN}}}{kind}"):
            names = [child.tag.partition("}")[2] for child in node if child.tag != f"{{{MAIN}}}ins"]
            assert names == sorted(names, key=order.index)
    behind = root[0][1]
    assert behind.find(f".//{{{MAIN}}}rFonts").attrib == {f"{{{MAIN}}}ascii": "A", f"{{{MAIN}}}eastAsia": "B&C"}
    assert behind.find(f".//{{{MAIN}}}spacing").get(f"{{{MAIN}}}line") == "360"
    assert behind.find(f".//{{{MAIN}}}jc").get(f"{{{MAIN}}}val") == "center"


def accepted(raw: bytes, *, insertions: bool) -> list[str]:
    """Return the paragraphs as they are once all tracked insertions are accepted or refused."""
    root = ET.fromstring(members(raw)[PART])
    made: list[str] = []
    for paragraph in root.iter(f"{{{MAIN}}}p"):
        inserted = paragraph.find(f"{{{MAIN}}}pPr/{{{MAIN}}}rPr/{{{MAIN}}}ins") is not None
        tracked = {id(node) for mark in paragraph.iter(f"{{{MAIN}}}ins") for node in mark.iter(f"{{{MAIN}}}t")}
        shown = [node.text or "" for node in paragraph.iter(f"{{{MAIN}}}t") if insertions or id(node) not in tracked]
        if shown or not inserted or insertions:
            made.append("".join(shown))
    return made


def test_a_diff_is_made_of_tracked_insertions():
    document = new_word()
    document.add_paragraph("Cut churn", style="List Bullet")
    document.add_paragraph("Good goal", style="List Bullet")
    table = document.add_table(2, 1)
    table.cell(0, 0).text, table.cell(1, 0).text = "Goal", "Raise NPS"
    before = word_bytes(document)

    def made(rows: list[BatchRow]) -> list[RowResult]:
        return [rewritten(rows[0]), kept(rows[1]), rewritten(rows[2])]

    raw, _ = wrote(before, made, as_diff=True)
    assert accepted(raw, insertions=False) == ["Cut churn", "Good goal", "Goal", "Raise NPS"]
    shown = accepted(raw, insertions=True)
    assert shown[:6] == ["Cut churn", "NEW Cut churn", "Good goal", "Goal", "Raise NPS", "NEW Raise NPS"]
    assert [text for text in shown if text.startswith("Raise NPSrewritten")]
    root = ET.fromstring(members(raw)[PART])
    marks = list(root.iter(f"{{{MAIN}}}ins"))
    ids = [mark.get(f"{{{MAIN}}}id") for mark in marks]
    assert len(ids) == len(set(ids)) and {mark.get(f"{{{MAIN}}}author") for mark in marks} == {"goal-assistant"}
    assert not [mark for mark in marks if mark.get(f"{{{MAIN}}}date")]
    closing = list(root.iter(f"{{{MAIN}}}tbl"))[-1]
    assert all(row.find(f"{{{MAIN}}}trPr/{{{MAIN}}}ins") is not None for row in closing.iter(f"{{{MAIN}}}tr"))


def test_hostile_words_come_out_as_words():
    def made(rows: list[BatchRow]) -> list[RowResult]:
        long = rewritten(rows[1], "长" * 100_000)
        return [rewritten(rows[0], HOSTILE, changes=(HOSTILE,), questions=(HOSTILE,), owner=HOSTILE), long]

    for as_diff in (False, True):
        raw, _ = wrote(raw_word(list_of("Cut churn", "Raise NPS")), made, as_diff=as_diff)
        root = ET.fromstring(members(raw)[PART])
        shown = ["".join(node.text or "" for node in p.iter(f"{{{MAIN}}}t")) for p in root.iter(f"{{{MAIN}}}p")]
        assert any(
            '<script>alert(1)</script></script><img src=x onerror=alert(2)> & "quotes"' in text for text in shown
        )
        assert any("\u2426evil\u2426 \u2426iso\u2426" in text for text in shown)
        assert any("长" * 100_000 in text for text in shown)
        assert not {character for text in shown for character in text if ord(character) < 32}


def test_a_goal_without_place_stands_at_the_end_and_is_told():
    rows = [BatchRow(index=0, id="a", text="Cut churn", line=1), BatchRow(index=1, id="b", text="Lost", line=9)]
    raw, notices = wrote(raw_word(list_of("Cut churn")), given=rows, language="zh-Hans")
    assert notices == ("有 1 条目标在文档里找不到原来的位置，改写放在文末。",)
    shown = texts(raw)
    at = shown.index("没能放到原位的改写")
    assert shown[at + 1 : at + 3] == ["Lost [b]", "改写后  NEW Lost"]


@pytest.mark.slow
def test_libreoffice_opens_what_is_written(tmp_path):
    document = new_word()
    document.add_paragraph("Cut churn", style="List Bullet")
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is missing: no other program has opened the document.")
    for as_diff in (False, True):
        raw, _ = wrote(word_bytes(document), as_diff=as_diff)
        (tmp_path / "a.docx").write_bytes(raw)
        said = subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/home", "--headless", "--convert-to", "txt:Text",
             "--outdir", str(tmp_path), str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=100,
            text=True,
        )  # fmt: skip
        if "could not be loaded" in said.stderr and not (tmp_path / "a.txt").exists():
            pytest.skip("LibreOffice has no Writer here.")
        assert "NEW Cut churn" in (tmp_path / "a.txt").read_text("utf-8")


def test_an_opened_list_finds_all_its_goals_again(tmp_path):
    """Objectives with key results, goals over several paragraphs, forms and tables, as the readers tell them apart."""
    document = new_word()
    document.add_heading("2027 goals", 1)
    document.add_paragraph("O1: Customers stay because we solve their problem at once")
    for text in ("KR1: Raise first-contact resolution from 71% to 78% by 31 March 2027", "KR2: Cut churn to 3%"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("Owner: Ana")
    document.add_paragraph("O2: A team that people want to join")
    document.add_paragraph("KR1: Fill 4 open posts\nby 30 June 2027", style="List Number 2")
    document.add_heading("Team goals", 2)
    table = document.add_table(3, 3)
    for row, words in zip(
        table.rows,
        (("Goal", "Owner", "Deadline"), ("Train nurses", "Bo", "Q1"), ("Answer faster\nand better", "Cy", "Q2")),
        strict=True,
    ):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    (tmp_path / "goals.docx").write_bytes(word_bytes(document))
    source = open_source(tmp_path / "goals.docx")
    rows = list(source.rows())
    results = [rewritten(row, f"NEW{row.index}") for row in rows]
    out = io.BytesIO()
    notices = write(source, results, summary_of(results), out, language="en", columns=COLUMNS)
    check_untouched(source.raw(), out.getvalue(), rows)
    assert notices == () and len(rows) == 4
    made = open_document(out.getvalue(), "x.docx")
    flat: list[str] = []
    for block in made.blocks:  # type: ignore[union-attr]
        flat += [block.text] if isinstance(block, Paragraph) else [v for r in block.rows for v in r.cells.values()]
    shown = "\n".join(flat)
    for row in rows:
        last = row.text.split("\n")[-1].strip("-• ")
        assert last in shown, row
        between = shown[shown.index(last) : shown.index(f"Rewritten  NEW{row.index}\n")]
        assert between.count("Rewritten") == 0, (row, between)


def test_findings_that_are_not_listed_are_counted() -> None:
    raw, _ = wrote(raw_word(list_of("Do more")), set_findings_more=321)
    made = open_document(raw, "x.docx")
    assert "321 more" in "\n".join(block.text for block in made.blocks if isinstance(block, Paragraph))
