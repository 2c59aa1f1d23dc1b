"""What a list is opened as: its kind, what its columns are read as, whose each goal is."""

from __future__ import annotations

import hashlib

import pytest

from assistant.batch.source import open_source
from assistant.errors import InputError
from tests.files.made import new_word, sheet_bytes, word_bytes


def opened(tmp_path, name, content, **given):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_source(path, **given)


def roles(source):
    return {use.heading: use.role for use in source.mapping}


def test_columns_are_told_in_three_languages(tmp_path):
    heads = {
        "部门,目标,负责人,截止日期,指标,基线,目标值,权重,上级目标": "把投诉率降到3%",
        "部門,目標,負責人,截止日期,指標,基線,目標值,權重,上級目標": "把客訴率降到3%",
        "Department,Goal,Owner,Deadline,Metric,Baseline,Target,Weight,Parent goal": "Cut complaints to 3%",
    }
    names = ["department", "goal", "owner", "deadline", "metric", "baseline", "target", "weight", "parent"]
    for head, goal in heads.items():
        source = opened(tmp_path, "t.csv", f"{head}\n甲,{goal},乙,2027-06-30,x,5%,3%,30,丙\n")
        assert [use.role for use in source.mapping] == names
        assert [use.sample for use in source.mapping][:3] == ["甲", goal, "乙"]
        (row,) = source.rows()
        assert (row.text, row.owner, row.parent, row.line, row.column) == (goal, "乙", "丙", 2, 2)
        assert [field.value for field in row.beside] == ["乙", "2027-06-30", "x", "5%", "3%"]


def test_an_owner_is_a_person_before_a_department_and_holds_for_blank_cells_below(tmp_path):
    table = "部门,目标,负责人\n销售,把投诉率降到3%,\n,提升净推荐值到40,王芳\n客服,缩短等待到20秒,\n"
    assert [row.owner for row in opened(tmp_path, "t.csv", table).rows()] == ["销售", "王芳", "王芳"]
    assert [row.owner for row in opened(tmp_path, "t.csv", "目标,部门\n甲乙丙丁,销售\n戊己庚辛,\n").rows()] == [
        "销售"
    ] * 2
    table = "责任部门,目标,责任人\n销售,把投诉率降到3%,王芳\n"
    assert [row.owner for row in opened(tmp_path, "t.csv", table).rows()] == ["王芳"]
    text = "- 把投诉率降到3%\n  - 负责人：王芳\n- Cut costs by 5%\n  **Owner**: Ann Lee\n"
    assert [row.owner for row in opened(tmp_path, "t.md", text).rows()] == ["王芳", "Ann Lee"]


def test_columns_can_be_named(tmp_path):
    table = "x,y,z,w\nCut cost by 5%,Ann,2027-06-30,Ops\nOpen a shop,Bob,2027-07-31,\n"
    source = opened(tmp_path, "t.csv", table, columns={"goal": "x", "owner": "Y", "deadline": "3", "department": "w"})
    assert roles(source) == {"x": "goal", "y": "owner", "z": "deadline", "w": "department"}
    first, second = source.rows()
    assert [(field.label, field.value) for field in first.beside] == [("owner", "Ann"), ("deadline", "2027-06-30")]
    assert second.owner == "Bob"


def test_named_columns_win_over_headings(tmp_path):
    table = "目标,改写,负责人,主管\n旧的目标内容,新的目标内容,王芳,李雷\n"
    source = opened(tmp_path, "t.csv", table, columns={"goal": "改写", "owner": "主管", "ignore": "负责人"})
    (row,) = source.rows()
    assert (row.text, row.owner) == ("新的目标内容", "李雷")
    assert [field.value for field in row.beside] == ["李雷"]
    assert roles(source) == {"目标": None, "改写": "goal", "负责人": None, "主管": "owner"}


def test_several_columns_of_goals(tmp_path):
    table = "部门,上半年,下半年\n销售,把投诉率降到3%,把投诉率降到2%\n客服,,缩短等待到20秒\n"
    source = opened(tmp_path, "t.csv", table, columns={"goal": "上半年，下半年"})
    assert [(row.id, row.text, row.column) for row in source.rows()] == [
        ("t.csv:2.1", "把投诉率降到3%", 2),
        ("t.csv:2.2", "把投诉率降到2%", 3),
        ("t.csv:3.2", "缩短等待到20秒", 3),
    ]


def test_letters_name_columns_of_sheets_only(tmp_path):
    raw = sheet_bytes(["x", "y"], ["Ann", "Cut cost by 5%"])
    source = opened(tmp_path, "t.xlsx", raw, columns={"goal": "B"})
    assert [(use.letter, use.role) for use in source.mapping] == [("A", None), ("B", "goal")]
    assert [row.text for row in source.rows()] == ["Cut cost by 5%"]
    with pytest.raises(InputError, match="no column 'B'"):
        opened(tmp_path, "t.csv", "x,y\nAnn,Cut cost by 5%\n", columns={"goal": "B"})


def test_tables_without_heading_are_read_by_numbers(tmp_path):
    source = opened(tmp_path, "t.csv", "1,Cut cost by 5%,Ann\n2,Open a shop in May,Bob\n", columns={"goal": "2"})
    assert [row.text for row in source.rows()] == ["Cut cost by 5%", "Open a shop in May"]
    assert [use.line for use in source.mapping] == [0, 0, 0]


def test_named_columns_hold_for_tables_in_documents(tmp_path):
    text = "# x\n\nWhat | Who\n--- | ---\nCut cost by 5% | Ann\n"
    source = opened(tmp_path, "t.md", text, columns={"goal": "What", "owner": "Who"})
    assert [(row.text, row.owner) for row in source.rows()] == [("Cut cost by 5%", "Ann")]
    word = new_word()
    table = word.add_table(2, 2)
    for at, words in enumerate(["Zeile", "Wer", "Cut cost by 5%", "Ann"]):
        table.cell(at // 2, at % 2).text = words
    source = opened(tmp_path, "t.docx", word_bytes(word), columns={"goal": "Zeile", "owner": "Wer"})
    assert [(row.text, row.owner) for row in source.rows()] == [("Cut cost by 5%", "Ann")]


def test_keys_of_json_are_read_like_headings(tmp_path):
    lines = '{"id": 7, "goal": "降低投诉率", "负责人": "王芳", "截止日期": "2027-06", "x": 1}\n{"text": "b", "id": 7}\n'
    source = opened(tmp_path, "t.jsonl", lines)
    assert roles(source) == {
        "id": "id", "goal": "goal", "负责人": "owner", "截止日期": "deadline", "x": None, "text": "goal",
    }  # fmt: skip
    first, second = source.rows()
    assert (first.text, first.owner, first.id) == ("降低投诉率", "王芳", "t.jsonl:1")
    assert [(field.label, field.value) for field in first.beside] == [("负责人", "王芳"), ("截止日期", "2027-06")]
    assert (second.text, second.id) == ("b", "t.jsonl:2")
    source = opened(tmp_path, "t.jsonl", '{"a": "Cut cost", "b": "Ann"}\n', columns={"goal": "a", "owner": "b"})
    assert [(row.text, row.owner) for row in source.rows()] == [("Cut cost", "Ann")]
    with pytest.raises(InputError, match=r"t\.jsonl:1: no goal in 'c'; its keys are 'a'"):
        opened(tmp_path, "t.jsonl", '{"a": "Cut cost"}\n', columns={"goal": "c"})


def test_lines_of_json_without_a_goal_are_passed_over_and_told(tmp_path, monkeypatch):
    lines = '{"id": 1, "goal": "降低投诉率"}\n{"id": 2}\n{"id": 3, "goal": null}\n\n{"id": 4, "goal": "Cut cost"}\n'
    for whole in (10_000, 10):  # read whole, and row by row
        monkeypatch.setattr("assistant.batch.source.WHOLE", whole)
        source = opened(tmp_path, "t.jsonl", lines)
        assert [(row.text, row.line) for row in source.rows()] == [("降低投诉率", 1), ("Cut cost", 5)]
        assert source.count == 2
        assert source.notices == ("Lines without a goal: 2, 3.",)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ('{"id": 1, "x": 2}\n{"id": 2}\n', r"t\.jsonl:1: no goal; its keys are 'id', 'x'"),
        ('{"goal": "Cut cost"}\n{"goal": ["x", "y"]}\n', r"t\.jsonl:2: 'goal' is no text"),
    ],
)
def test_what_cannot_be_read_as_goals_is_named_by_its_own_keys(tmp_path, lines, why):
    with pytest.raises(InputError, match=why):
        opened(tmp_path, "t.jsonl", lines)


def test_kind_digest_and_passes(tmp_path):
    raw = b"- Cut cost by 5%\n- Open a shop\n"
    source = opened(tmp_path, "t.md", raw)
    assert (source.kind, source.count, source.raw()) == ("markdown", 2, raw)
    assert source.digest == hashlib.sha256(raw).hexdigest()
    assert list(source.rows()) == list(source.rows()) == [row for row, _ in source.pairs()]
    assert [record.text for record in source.records()] == [row.text for row in source.rows()]


def test_lines_left_out_are_told(tmp_path):
    source = opened(tmp_path, "t.md", "Some remark of mine\n\n- Cut cost by 5%\n- Open a shop\n\n## Risks\n\n- Rain\n")
    assert source.notices == (
        "Lines that stand beside the goals and were left out: 1, 8.", "Parts left out by their headings: 'Risks'.",
    )  # fmt: skip


def test_a_path_that_is_not_there_is_told_by_its_name(tmp_path):
    with pytest.raises(InputError, match=r"'none\.csv' cannot be read \(No such file or directory\)") as error:
        open_source(tmp_path / "none.csv")
    assert str(tmp_path) not in str(error.value)
