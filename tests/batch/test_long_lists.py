"""Long lists read row by row say the same as read whole, and take no more memory the longer they are."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.batch import long_lists
from assistant.batch import source as opening
from assistant.batch.source import open_source
from assistant.errors import InputError
from assistant.files import streaming
from assistant.files.delimited import lines, streamed
from assistant.lint.documents import streamed as reading

HEADS = [
    ["部门", "编号", "目标", "负责人", "基线", "截止日期", "权重"],
    ["Objective", "ID", "Key result", "Owner", "Baseline", "Due", "Weight"],
    ["类型", "目标", "部门", "备注"],
    ["Parent", "Goal", "Team", "Weight"],
    ["季度", "目标", "指标", "目标值", "权重"],
    ["goal", "goal", "owner"],
    ["目标"],
    ["编号", "O/KR", "内容"],
    ["x", "y", "z"],
]
CELLS = st.sampled_from(
    [
        "", "", "", "销售部", "G1", "G1", "G2", "KR1", "O1", "目标", "关键结果", "Objective", "Key Result", "KR", "30%",
        "0.3", "0.4", "1", "20", "-", "合计", "2027-06-30", "Q1", "2027", "把投诉率从5%降到3%，2027年6月底前",
        "Cut costs by 5% by June 2027",
        '含"引号"、逗号,和\n换行的目标', "O1 提升客户满意度", "王芳", "a", "Due", "Owner",
    ]
)  # fmt: skip
ROWS = st.lists(st.tuples(st.integers(1, 3), st.lists(CELLS, min_size=1, max_size=7)), max_size=14)


def table(head, rows, again, separator=","):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(head)
    for at, (times, cells) in enumerate(rows):
        if again and at == again:
            writer.writerow(head)
        for _ in range(times):
            writer.writerow(cells[: len(head)])
    return out.getvalue()


def outcome(path, **choice):
    try:
        source = open_source(path, **choice)
        return list(source.records()), source.count, source.kind
    except InputError as error:
        return type(error), error.what


def both(path, monkeypatch, **choice):
    whole = outcome(path, **choice)
    monkeypatch.setattr(opening, "WHOLE", 0)
    try:
        return whole, outcome(path, **choice)
    finally:
        monkeypatch.undo()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lists")


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(HEADS), ROWS, st.integers(0, 8), st.sampled_from([",", ";", "\t"]))
@example(HEADS[0], [(1, ["a", "G1", "把投诉率降到3%", "王"])] * 300, 0, ",")
@example(HEADS[1], [(1, ["O1 x", "1", "Cut cost by 5%", "", "", "", "0.3"])] * 250, 120, ",")
def test_tables_read_alike_both_ways(folder, head, rows, again, separator):
    path = folder / "t.csv"
    path.write_bytes(table(head, rows, again, separator).encode())
    patch = pytest.MonkeyPatch()
    patch.setattr(streaming, "_CHUNK", 7)
    whole, long = both(path, pytest.MonkeyPatch())
    patch.undo()
    assert long == whole


@settings(max_examples=100, deadline=None)
@given(ROWS, st.sampled_from([{"goal": "2"}, {"goal": "目标,备注", "owner": "部门"}, {"goal": "部门", "ignore": "3"}]))
def test_chosen_columns_read_alike_both_ways(folder, rows, columns):
    path = folder / "c.csv"
    path.write_bytes(table(HEADS[2], rows, 0).encode())
    whole, long = both(path, pytest.MonkeyPatch(), columns=columns)
    assert long == whole


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='ab,"\n\r 目', max_size=40), st.sampled_from([",", ";", ""]))
def test_rows_are_cut_as_from_a_whole_text(text, separator):
    try:
        whole = [(line.number, [cell.value for cell in line.cells]) for line in lines(text, separator, "x")]
    except InputError as error:
        whole = error.what
    pieces = streaming._split(text.encode(), True)
    try:
        found = [(row.number, row.values) for row in streamed((piece.decode() for piece in pieces), separator, "x")]
    except InputError as error:
        found = error.what
    assert found == whole


LINE = st.sampled_from(
    ["把投诉率从5%降到3%，2027年6月底前", "Cut costs by 5% by June 2027", "提升NPS", "Open two shops"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=60), st.sampled_from(["", "- ", "1. "]), st.integers(2, 20))
def test_plain_lists_read_alike_both_ways(folder, texts, mark, size):
    path = folder / "t.txt"
    path.write_text("".join(f"{mark}{text}\n" for text in texts), "utf-8")
    patch = pytest.MonkeyPatch()
    cut = long_lists.windows
    patch.setattr(long_lists, "windows", lambda texts, name: cut(texts, name, size))
    whole, long = both(path, pytest.MonkeyPatch())
    patch.undo()
    assert long == whole


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["id", "text", "goal", "owner", "部门"]), CELLS), max_size=8))
def test_lines_of_json_read_alike_both_ways(folder, objects):
    path = folder / "t.jsonl"
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in objects) + "\n ", "utf-8")
    whole, long = both(path, pytest.MonkeyPatch())
    assert long == whole


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
def test_long_tables_in_every_encoding(tmp_path, monkeypatch, encoding):
    path = tmp_path / "t.csv"
    text = "部门,目标\r\n" + "".join(f'"销售\r\n{n}部",把第{n}项投诉率降到3%\r\n' for n in range(400))
    path.write_bytes((b"\xfe\xff" if encoding == "utf-16-be" else b"") + text.encode(encoding))
    monkeypatch.setattr(streaming, "_CHUNK", 64)
    whole, long = both(path, monkeypatch)
    assert long == whole
    assert whole[1] == 400


def test_characters_that_come_late_tell_the_encoding(tmp_path, monkeypatch):
    path = tmp_path / "t.csv"
    path.write_bytes(b"id,goal\n" + b"1,Cut costs by 5%\n" * 2000 + "2,降低投诉率\n".encode("gbk") * 20)
    monkeypatch.setattr(opening, "WHOLE", 0)
    monkeypatch.setattr(streaming, "SAMPLE", 1000)
    source = open_source(path)
    assert [record.text for record in source.records()][-1] == "降低投诉率"
    assert "GB18030" in source.notices[0]


def test_a_byte_that_breaks_late_is_told_with_its_line(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("编号,目标\n".encode() + "1,把投诉率降到3%\n".encode() * 100_000 + b"2,\xe7\x9b\n")
    with pytest.raises(InputError, match=r"t\.csv:100002: byte 0xE7 is not UTF-8"):
        open_source(path)


def test_a_change_between_two_passes_is_told(tmp_path, monkeypatch):
    path = tmp_path / "t.csv"
    path.write_text("目标\n把投诉率降到3%\n", "utf-8")
    monkeypatch.setattr(opening, "WHOLE", 0)
    source = open_source(path)
    path.write_text("目标\n把投诉率降到3%\n提升NPS\n", "utf-8")
    with pytest.raises(InputError, match="was changed"):
        list(source.records())
    with pytest.raises(InputError, match="was changed"):
        source.raw()


@pytest.mark.wide
def test_limits_of_long_lists_are_told(tmp_path, monkeypatch):
    path = tmp_path / "t.csv"
    monkeypatch.setattr(opening, "WHOLE", 0)
    monkeypatch.setattr(long_lists, "MAX_ROWS", 200_000)
    path.write_text("目标\n" + "降投诉率\n" * 199_999, "utf-8")
    assert open_source(path).count == 199_999
    path.write_text("目标\n" + "降投诉率\n" * 200_001, "utf-8")
    with pytest.raises(InputError, match="more than 200,000 rows"):
        open_source(path)
    path.write_text("目标\n" + "x" * (streaming.MAX_LINE + 1), "utf-8")
    with pytest.raises(InputError, match=r"t\.csv:2: the line has more than"):
        open_source(path)


def test_a_form_is_read_whole_whatever_its_size(tmp_path, monkeypatch):
    path = tmp_path / "t.csv"
    path.write_text("目标,把投诉率降到3%\n截止日期,2027-06\n负责人,王芳\n", "utf-8")
    whole, long = both(path, monkeypatch)
    assert long == whole
    assert whole[1] == 1


def test_marks_without_heading_are_read_whole(tmp_path, monkeypatch):
    path = tmp_path / "t.csv"
    path.write_text(
        "O1,提升客户满意度,2027-06-30\nKR1,把投诉率降到3%,2027-06-30\nKR2,NPS 到 40,2027-06-30\n" * 20, "utf-8"
    )
    whole, long = both(path, monkeypatch)
    assert long == whole
    assert whole[1] == 60


PROGRAM = r"""
import re, sys
from assistant.batch.source import open_source
source = open_source(sys.argv[1])
print(source.count, sum(1 for _ in source.rows()), source.document is None)
print(int(re.search(r'VmHWM:\s+(\d+)', open('/proc/self/status').read())[1]) // 1024)
"""


@pytest.mark.parametrize(
    "kind", ["csv", pytest.param("jsonl", marks=pytest.mark.wide), pytest.param("txt", marks=pytest.mark.wide)]
)
def test_memory_stays_flat(tmp_path, kind):
    used = []
    for count in (20_000, 60_000) if kind != "txt" else (30_000, 60_000):
        goal = "客服部在2027年6月30日前把投诉率从5%降到3%，并把平均等待时间从40秒降到20秒，编号{}；由组长每周核对一次"
        path = tmp_path / f"t.{kind}"
        with path.open("w", encoding="utf-8") as out:
            if kind == "csv":
                out.write("部门,目标,负责人\n")
            for n in range(count):
                row = {"id": str(n), "goal": goal.format(n), "owner": "王芳"}
                out.write(
                    f"部{n % 9},{row['goal']},王芳\n"
                    if kind == "csv"
                    else json.dumps(row, ensure_ascii=False) + "\n"
                    if kind == "jsonl"
                    else row["goal"] + "\n"
                )
        run = subprocess.run([sys.executable, "-c", PROGRAM, path], capture_output=True, text=True, check=True)
        told, megabytes = run.stdout.splitlines()
        assert told == f"{count} {count} True"
        used.append(int(megabytes))
    assert used[1] - used[0] < 25, used
    assert used[1] < 200


def test_the_reading_modules_agree_on_how_far_they_look():
    assert reading._HEAD >= reading._TOLD_BY + 30
