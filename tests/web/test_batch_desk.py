"""A list on its desk: read, mapped, run, stopped, gone on with and written, for one session only."""

from __future__ import annotations

import csv
import io
import threading
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assistant.goals import LANGUAGES
from assistant.web.backend import ServiceBackend
from assistant.web.batch import looking
from assistant.web.batch.desk import ROLES, Desk
from assistant.web.batch.desks import Desks
from assistant.web.batch.intake import intake
from assistant.web.batch.looking import Looking
from assistant.web.batch.overview import overview
from assistant.web.batch.rows import rows
from assistant.web.batch.running import running
from assistant.web.batch.troubles import said_of
from assistant.web.texts import texts

LIST = (
    "部门,年度目标,负责人,完成时间,权重\n"
    "客服部,提高客户满意度,客服经理,2027-06-30,20\n"
    "客服部,2027 年 6 月 30 日前，客服部把客户满意度从 82% 提高到 88%，按月度满意度调查统计。,客服经理,2027-06-30,30\n"
    '人事部,"<img src=x onerror=""window.hit=1"">尽快提升员工能力 ${window.hit=2} {{{x}}}",人事经理,2027-12-31,20\n'
    "客服部,提高客户满意度,客服经理,2027-06-30,30\n"
)


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("GOALS_HOME", str(tmp_path))
    kept = Desks(ServiceBackend())
    yield kept
    kept.close()


def hand_in(desk: Desk, raw: str | bytes, name: str = "年度目标.csv") -> Desk:
    file = desk.place(Path(name).suffix)
    file.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    desk.receive(file, name)
    return desk


def ended(desk: Desk) -> Desk:
    until = time.monotonic() + 120
    while desk.busy and time.monotonic() < until:
        time.sleep(0.02)
    assert desk.phase == "over"
    return desk


def roles(desk: Desk) -> list[str]:
    return [desk.role_of(use) for use in desk.tables[0]]


def test_a_list_is_read_run_and_written(desks: Desks) -> None:
    desk = hand_in(desks.open(""), LIST)
    assert roles(desk) == ["department", "goal", "owner", "deadline", "weight"] and not desk.guessed
    desk.start(desks.slots)
    summary = ended(desk).summary
    assert summary is not None and summary.rows == 4 and summary.pending == 0 and summary.kept == 1
    assert desk.found("kept", "", ()) == (1,) and desk.found("", "员工能力", ()) == (2,)
    assert desk.found("", "", (0, 3)) == (0, 3) and desk.found("rewritten", "nowhere", ()) == ()
    assert next(row.text for row, _ in desk.rows((0, 2))) == "提高客户满意度"
    made = desk.write("own")
    assert made is not None and made[1] == "年度目标-goals.csv"
    table = list(csv.reader(io.StringIO(made[0].read_text("utf-8-sig"))))
    assert [row[:5] for row in table] == list(csv.reader(io.StringIO(LIST))) and len(table[0]) > 5
    assert b"Content-Security-Policy" in desk.write("html")[0].read_bytes()[:4096]  # type: ignore[index]
    assert desk.write("json") is not None


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("goal", "weight")])
def test_a_column_can_be_given_another_role(desks: Desks, role: str) -> None:
    desk = hand_in(desks.open(""), LIST)
    desk.choose_role(0, 5, role)
    assert roles(desk)[4] == role and roles(desk).count(role) == 1 and desk.trouble is None


def test_a_column_can_be_left_out_and_become_a_goal(desks: Desks) -> None:
    desk = hand_in(desks.open(""), LIST)
    desk.choose_role(0, 3, "ignore")
    assert roles(desk) == ["department", "goal", "", "deadline", "weight"]
    desk.choose_role(0, 1, "goal")
    assert roles(desk)[:3] == ["goal", "goal", ""] and desk.prepared.source.count == 8
    desk.choose_role(0, 2, "ignore")
    assert roles(desk)[:3] == ["goal", "", ""] and desk.prepared.source.count == 4


@pytest.mark.parametrize("role", ["metric", "ignore"])
def test_the_only_goals_stay_goals(desks: Desks, role: str) -> None:
    desk = hand_in(desks.open(""), LIST)
    desk.choose_role(0, 2, role)
    assert roles(desk)[1] == "goal" and desk.trouble is not None and desk.trouble.key == "no_goals"
    desk.choose_role(0, 3, "department")
    assert desk.trouble is None and roles(desk)[2] == "department"


def test_a_list_without_a_heading_for_goals_is_guessed_and_said_so(desks: Desks) -> None:
    desk = hand_in(desks.open(""), "甲,乙丙\n一,把客户满意度从 82% 提高到 88%\n二,降低客诉率到 2% 以下\n")
    assert desk.guessed and roles(desk) == ["", "goal"] and desk.prepared.source.count == 2
    assert texts("zh-Hans").plain("batch.guessed") in intake(desk, texts("zh-Hans"))


def test_a_sheet_can_be_chosen(desks: Desks) -> None:
    book = openpyxl.Workbook()
    first: Any = book.active
    first.title = "甲"
    for sheet, goals in ((first, ["提高满意度", "降低成本"]), (book.create_sheet("乙"), ["缩短周期"])):
        for row in [["目标", "负责人"], *([goal, "张经理"] for goal in goals)]:
            sheet.append(row)
    raw = io.BytesIO()
    book.save(raw)
    desk = hand_in(desks.open(""), raw.getvalue(), "目标.xlsx")
    assert desk.sheets == ("甲", "乙") and desk.prepared.source.count == 3
    desk.choose_sheet("乙")
    assert desk.prepared.source.count == 1 and desk.sheets == ("甲", "乙")
    desk.choose_sheet("丙")
    assert desk.sheet == "乙"
    assert 'id="pick-sheet"' in intake(desk, texts("en"))


@pytest.mark.parametrize(
    ("name", "raw", "key"),
    [
        ("a.csv", b"", "empty"),
        ("a.xlsx", b"%PDF-1.4", "kind"),
        ("a.xlsx", b"PK\x03\x04broken", "damaged"),
        ("a.csv", '目标,负责人\n"提高,甲\n'.encode(), "cells"),
        ("a.jsonl", b"{not json}\n", "lines"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "old"),
        ("a.csv", "目标\n提高".encode() + b"\xff\xff\n" + "降低\n".encode(), "encoding"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(desks: Desks, name: str, raw: bytes, key: str) -> None:
    desk = hand_in(desks.open(""), raw, name)
    assert desk.phase == "empty" and desk.trouble is not None and desk.trouble.key == key
    for language in LANGUAGES:
        assert texts(language).html(f"batch_error.{key}") in intake(desk, texts(language))
    again = hand_in(desk, LIST)
    assert again.trouble is None and roles(again)[1] == "goal"


def test_notices_of_a_real_file_are_said_in_the_interface_language(desks: Desks) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "甲"
    for row in (["目标"], ["提高满意度"], ["降低成本"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("乙").sheet_state = "hidden"
    raw = io.BytesIO()
    book.save(raw)
    desk = hand_in(desks.open(""), raw.getvalue(), "目标.xlsx")
    said = [said_of(each) for each in desk.prepared.source.notices]
    assert {each.key for each in said} == {"hidden_sheets", "hidden_rows"}
    assert "甲" in intake(desk, texts("zh-Hant")) and said_of("Something new.").plain(texts("en")) == "Something new."
    narrow = hand_in(
        desks.open(""), "年度目标\n\n各位同事：\n\n1. 提高客户满意度\n2. 降低成本\n\n此致\n敬礼\n", "目标.txt"
    )
    assert all(said_of(each).key for each in narrow.prepared.source.notices)


def test_a_stopped_run_keeps_what_is_done_and_goes_on(desks: Desks) -> None:
    many = (
        LIST.splitlines()[0] + "\n" + "".join(f"客服部,提高第{i}区客户满意度,甲经理,2027-06-30,\n" for i in range(120))
    )
    desk = hand_in(desks.open(""), many)
    desk.start(desks.slots)
    while not (desk.progress and desk.progress.done):
        time.sleep(0.01)
    desk.cancel()
    summary = ended(desk).summary
    assert summary is not None and 0 < summary.pending < 120 and summary.stopped == "interrupted"
    done = {row.index: result for row, result in desk.rows(range(120)) if result.verdict}
    assert desk.write("own") is not None
    desk.go_on(desks.slots)
    summary = ended(desk).summary
    assert summary is not None and summary.pending == 0 and summary.rows == 120
    assert {row.index: result for row, result in desk.rows(done)} == done


def test_judging_alone_rewrites_nothing(desks: Desks) -> None:
    desk = hand_in(desks.open(""), LIST)
    desk.who = "lint"
    desk.start(desks.slots)
    summary = ended(desk).summary
    assert summary is not None and summary.judged == 4 and summary.score_after is None
    assert "delta" not in rows(desk, Looking(), texts("en"))
    desk.reopen()
    assert desk.phase == "ready" and desk.write("own") is None


def test_a_third_run_waits_and_can_be_given_up(desks: Desks) -> None:
    held = [desks.slots.acquire() for _ in range(2)]
    assert all(held)
    desk = hand_in(desks.open(""), LIST)
    desk.start(desks.slots)
    time.sleep(0.3)
    assert desk.phase == "waiting" and texts("en").html("batch.waiting") in running(desk, None, texts("en"))
    hand_in(desk, "目标\n另一份\n", "other.csv")
    assert desk.prepared.source.name == "年度目标.csv"
    desk.cancel()
    summary = ended(desk).summary
    assert summary is not None and summary.pending == 4
    desks.slots.release(2)


def test_desks_are_apart_and_leave_nothing_behind(desks: Desks, tmp_path: Path) -> None:
    one, other = hand_in(desks.open("ann"), LIST, "../../秘密.csv"), desks.open("bob")
    assert desks.find(one.ticket, "ann") is one and desks.find(one.ticket, "bob") is None
    assert desks.find(desks.open("").ticket, "ann") is not None
    assert desks.find("no such ticket") is None and len(one.ticket) >= 32 and one.ticket != other.ticket
    assert looking.found(desks, Looking(ticket=other.ticket), one.ticket, "bob").ticket == other.ticket
    folders = [each for each in (tmp_path / "web" / "lists").rglob("*") if each.is_dir()]
    assert folders and all(each.stat().st_mode & 0o777 == 0o700 for each in folders)
    assert not any("秘密" in each.name for each in tmp_path.rglob("*")) and not (tmp_path / "秘密.csv").exists()
    assert one.prepared.source.name == "秘密.csv"
    one.clear()
    assert not list((tmp_path / "web" / "lists").rglob("*.csv"))
    desks.close()
    assert list((tmp_path / "web" / "lists").iterdir()) == []


def test_folders_of_a_killed_server_are_swept_and_those_of_a_living_one_stay(desks: Desks, tmp_path: Path) -> None:
    hand_in(desks.open(""), LIST)
    dead = tmp_path / "web" / "lists" / "dead"
    dead.mkdir()
    dead.with_suffix(".lock").touch()
    second = Desks(ServiceBackend())
    hand_in(second.open(""), LIST)
    assert not dead.exists() and len(list((tmp_path / "web" / "lists").rglob("list-*.csv"))) == 2
    second.close()


def test_idle_desks_are_forgotten(desks: Desks, tmp_path: Path) -> None:
    old = hand_in(desks.open(""), LIST)
    old.touched -= 13 * 3600
    desks.open("")
    assert desks.find(old.ticket) is None and not list((tmp_path / "web" / "lists").rglob("list-*.csv"))


def test_markup_shows_hostile_words_and_runs_none(desks: Desks) -> None:
    desk = hand_in(desks.open(""), LIST)
    desk.org_goals = "</textarea><script>${1}</script>"
    marked = [intake(desk, texts("en")), running(desk, None, texts("en"))]
    desk.start(desks.slots)
    ended(desk)
    at = Looking(text='"><b>${1}', opened=(0, 1, 2))
    marked += [intake(desk, texts("en")), overview(desk, texts("en")), rows(desk, at, texts("en"))]
    marked.append(rows(desk, Looking(opened=(0, 1, 2, 3)), texts("zh-Hans")))
    whole = "".join(marked)
    assert "${" not in whole and "<img" not in whole and "<script" not in whole and "{{" not in whole
    assert "&#60;img src&#61;x" in whole
    assert desk.summary is not None and desk.summary.set_findings and 'data-act="only"' in marked[3]
    assert 'class="num' in marked[-1] and "data-why" in marked[-1]


def test_what_is_pressed_out_of_turn_or_misspelt_changes_nothing(desks: Desks) -> None:
    desk = desks.open("")
    at = Looking(ticket=desk.ticket)
    for act, value in (
        ("start", ""), ("go-on", ""), ("role", "0:1:goal"), ("role", "x"), ("sheet", "a"), ("who", "root"),
        ("page", "-1"), ("open", "x" * 20), ("nothing", ""), ("only", "a,b"), ("clear", ""), ("reopen", ""),
    ):  # fmt: skip
        at = looking.acted(desks, desk, at, act, value)
        assert desk.phase == "empty" and desk.who == "configured" and at.ticket == desk.ticket
    assert at.opened == () and at.page == 0 and at.only == ()
    hand_in(desk, LIST)
    for value in ("7:1:goal", "0:99:goal", "0:1:root"):
        looking.acted(desks, desk, at, "role", value)
    assert roles(desk)[1] == "goal" and threading.active_count() < 50
