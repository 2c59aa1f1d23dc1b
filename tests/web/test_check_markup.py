"""What the tab of checks writes, and what its presses do, without a browser."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest

from assistant.goals import LANGUAGES, Edit, Finding, Fix
from assistant.goals.checklist import CheckedList, ListedGoal
from assistant.service import Assistant
from assistant.web.arrivals import MAX_WAITING_BYTES, Arrivals, Arrived
from assistant.web.check import editor, looking
from assistant.web.check.goals import goals
from assistant.web.check.looking import MAX_CHARACTERS, Looking
from assistant.web.check.together import together
from assistant.web.check.underlines import Underline, underlined
from assistant.web.texts import texts
from tests.web.sample import linted, scorecard
from tests.web.test_escape import HOSTILE

TODAY = date(2026, 12, 1)
TAG = re.compile(r"<[^>]*>")
LISTED = """编号,类型,目标,上级目标,权重
O1,目标,让客户更愿意留下,,
KR1,关键结果,"在2027年6月30日前，把客户满意度由82%提升到86%",O1,40%
KR2,关键结果,把投诉率从5%降到8%,O1,40%
G3,,新客户转化率由2%提高到3%，增长1%，2027年6月底前达成,,20%
"""


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant()


def judge(assistant: Assistant, text: str, at: Looking | None = None) -> Looking:
    return looking.acted(assistant, Arrivals(), at or Looking(), "lint", "", text, TODAY)


def plain(markup: str) -> str:
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())


def finding(words: str, start: int, end: int, severity: Any = "error", fix: Fix | None = None) -> Finding:
    return Finding(
        rule="some-rule", id="T501", severity=severity, start=start, end=end, text=words[start:end],
        message=f"message {words}", help=f"help {words}", fix=fix,
    )  # fmt: skip


def poisoned(said: str) -> CheckedList:
    fix = Fix(title=said, edits=(Edit(start=0, end=1, replacement=said),), safety="safe")
    words = f"{said} and more words"
    goal = linted(words).model_copy(
        update={"id": said, "findings": (finding(words, 0, len(said), fix=fix), finding(words, 2, 9, "info"))}
    )
    one = ListedGoal(judged=goal, line=1, start=0, weight="40", area="growth", between=(0,))
    rows = (one, one.model_copy(update={"parent": 0}), one.model_copy(update={"under": said, "area": None}))
    return CheckedList(today=TODAY, text=f"{words}\n", goals=rows, unread=(7,))


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_words_are_shown_and_never_read(said: str) -> None:
    told = looking.Turn(role="assistant", key="check.opened", values={"name": said})
    at = Looking(ticket="t", text=said, file=said, checked=poisoned(said), put=said, step=1, told=told)
    safe = Looking(ticket="t", text="a", file="a", checked=poisoned("a"), put="a", step=1, told=told)
    for write in (editor.top, editor.paste, editor.foot, goals, together):
        markup = write(at, texts("en"))
        assert not re.search(r"[`$\\{}]", markup)
        shape = [re.match(r"<[/\w]+", tag)[0] for tag in TAG.findall(markup)]  # type: ignore[index]
        assert shape.count("<script") == shape.count("<svg>") == 0
        count = [re.match(r"<[/\w]+", tag)[0] for tag in TAG.findall(write(safe, texts("en")))]  # type: ignore[index]
        if write is not goals:
            assert shape == count
    assert said in html.unescape(TAG.sub("", goals(at, texts("en"))))


def test_a_text_for_the_box_comes_back_as_it_is() -> None:
    for words in ("\nfirst line is blank", "a </textarea> b", "a\tb\n\n"):
        at = Looking(put=words, step=2, checked=poisoned("a"))
        inner = re.search(r"<textarea[^>]*>(.*?)</textarea>", goals(at, texts("en")), re.S)
        assert inner is not None
        assert html.unescape(inner[1]).removeprefix("\n" if words.startswith("\n") else "") == words


def test_overlapping_findings_show_the_gravest_and_each_number_once() -> None:
    words = "cut churn soon and a lot"
    lines = [
        Underline(0, 24, finding(words, 0, 24, "warning"), 1),
        Underline(4, 9, finding(words, 4, 9, "error"), 2),
        Underline(10, 14, finding(words, 10, 14, "warning"), 3),
    ]
    markup = underlined(words, lines, texts("en"))
    assert html.unescape(TAG.sub("", markup)) == words
    assert re.findall(r'data-sev="(\w+)"', markup) == ["warning", "error", "warning", "warning", "warning"]
    assert re.findall(r'data-n="(\d)"', markup) == ["2", "3", "1"]


def test_a_finding_about_the_whole_text_is_listed_and_not_underlined() -> None:
    words = "大幅提升客户满意度"
    goal = linted(words).model_copy(update={"findings": (finding(words, 0, len(words)),)})
    at = Looking(checked=CheckedList(today=TODAY, text=words, goals=(ListedGoal(judged=goal, line=1, start=0),)))
    markup = goals(at, texts("zh-Hans"))
    assert 'class="find' not in markup and "T501" in markup


@pytest.mark.parametrize(
    ("language", "words"), [("en", "4 of 6 judged"), ("zh-Hans", "已判断 4/6"), ("zh-Hant", "已判斷 4/6")]
)
def test_a_score_says_how_many_marks_it_rests_on(language: Any, words: str) -> None:
    partly = scorecard(100, achievable="todo", relevant="todo")
    goal = ListedGoal(judged=linted("fine", 1).model_copy(update={"scorecard": partly}), line=1)
    at = Looking(checked=CheckedList(today=TODAY, text="fine", goals=(goal,)))
    assert words in plain(goals(at, texts(language))) and 'class="radar"' in goals(at, texts(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_shows_tree_balance_weights_and_what_is_between_goals(assistant: Assistant, language: Any) -> None:
    at = judge(assistant, LISTED)
    markup, words = together(at, texts(language)), texts(language)
    tree = markup.split('class="tree"')[1].split('class="weights"')[0]
    assert tree.index("让客户更愿意留下") < tree.index("把客户满意度") < tree.index(words.html("check.orphans"))
    assert tree.index(words.html("check.orphans")) < tree.index("新客户转化率")
    assert words.plain("check.sum", n="80") in plain(tree)
    assert markup.count('class="area none"') == sum(
        words.plain(f"area.{a}_none") in plain(markup) for a in ("growth", "efficiency", "risk", "team")
    )
    assert words.plain("check.goal_n", n=2) in plain(markup.split('class="grid4"')[1].split("</ul>")[0])
    assert 'class="share"' in markup and words.plain("check.weight", n="40") in plain(markup)
    assert words.plain("check.set") in plain(markup)


def test_one_goal_has_no_view_of_a_list(assistant: Assistant) -> None:
    assert together(judge(assistant, "把投诉率从5%降到3%"), texts("en")) == ""


def test_fixes_say_what_they_do_and_placeholders_that_they_are_blanks(assistant: Assistant) -> None:
    at = judge(assistant, "尽快完成培训\n新客户转化率由2%提高到3%，增长1%，2027年6月底前达成")
    shown = plain(goals(at, texts("en")))
    assert "Leaves a blank for you to fill in" in shown and "A suggestion; you decide" in shown
    assert "<del>1%</del><ins>1个百分点</ins>" in goals(at, texts("en"))


def test_a_press_mends_one_place_and_puts_it_into_the_box(assistant: Assistant) -> None:
    text = "新客户转化率由2%提高到3%，增长1%，2027年6月底前达成"
    at = judge(assistant, text)
    assert at.checked is not None
    place = next(i for i, each in enumerate(at.checked.goals[0].judged.findings) if each.fix)
    after = looking.acted(assistant, Arrivals(), at, "fix", f"0:{place}", text, TODAY)
    assert after.put == text.replace("增长1%", "增长1个百分点") and after.step == 1
    assert after.told is not None and after.told.key == "check.mended_one"
    same = judge(assistant, after.put, after)
    assert same.told == after.told and same.put is None
    stale = looking.acted(assistant, Arrivals(), at, "fix", f"0:{place}", text + "！", TODAY)
    assert stale.put is None and stale.text == text + "！"
    for value in ("", "0", "a:b", "9:9", "0:99", "-1:0", "0:0:0"):
        assert looking.acted(assistant, Arrivals(), at, "fix", value, text, TODAY).put is None


def test_all_safe_fixes_at_once(assistant: Assistant) -> None:
    text = "Raise the NPS from 30 to 40 by 30 June 2027.\nCut churn from 5 % to 3% by end of Q2 2027"
    at = judge(assistant, text)
    after = looking.acted(assistant, Arrivals(), at, "safe", "", text, TODAY)
    assert after.told is not None
    assert (after.put is None) == (editor.safe_fixes(at) == 0)


def test_files_are_opened_once_and_keep_their_kind_while_they_stand(assistant: Assistant) -> None:
    arrivals = Arrivals()
    at = Looking(ticket=arrivals.ticket())
    arrivals.put(at.ticket, Arrived("../a/计划.csv", LISTED.encode()))
    opened = looking.acted(assistant, arrivals, at, "file", "", "", TODAY)
    assert opened.file == "计划.csv" and opened.put == LISTED
    assert opened.checked is not None and len(opened.checked.goals) == 4
    edited = judge(assistant, LISTED + "G4,,把退货率从5%降到3%,,\n", opened)
    assert edited.name == "计划.csv" and edited.checked is not None and len(edited.checked.goals) == 5
    replaced = judge(assistant, "把退货率从5%降到3%", edited)
    assert replaced.name == "text" and replaced.file == ""
    again = looking.acted(assistant, arrivals, replaced, "file", "", "", TODAY)
    assert again.told is not None and again.told.kind == "error" and again.put is None


@pytest.mark.parametrize(
    ("name", "raw", "key"),
    [
        ("a.xlsx", b"PK\x03\x04 broken", "check.unreadable"),
        ("a.pdf", b"%PDF-1.7", "check.unreadable"),
        ("a.txt", b"", "check.empty_file"),
        ("a.txt", b"x" * (MAX_CHARACTERS + 1), "check.too_long"),
        ("a.csv", "姓名,电话\n甲,1\n乙,2\n".encode(), "check.no_column"),
    ],
)
def test_files_that_cannot_be_read_say_why(assistant: Assistant, name: str, raw: bytes, key: str) -> None:
    arrivals = Arrivals()
    at = Looking(ticket=arrivals.ticket())
    arrivals.put(at.ticket, Arrived(name, raw))
    after = looking.acted(assistant, arrivals, at, "file", "", "", TODAY)
    assert after.told is not None and after.told.key == key and after.put is None
    for language in LANGUAGES:
        assert 'role="alert"' in editor.top(after, texts(language))


def test_pasted_text_is_judged_or_refused(assistant: Assistant) -> None:
    assert judge(assistant, " \n").checked is None
    refused = judge(assistant, "x" * (MAX_CHARACTERS + 1))
    assert refused.trouble is not None and refused.trouble.key == "check.too_long"
    assert len(refused.text) == MAX_CHARACTERS + 1
    assert 'role="alert"' in goals(refused, texts("zh-Hant"))
    for odd in ("\ud800", "\x00", "{", "[{]", "🙂" * 50):
        after = judge(assistant, odd)
        assert (after.checked is None) != (after.trouble is None)
        for write in (editor.top, goals, together):
            write(after, texts("en"))


def test_files_wait_for_their_ticket_alone_and_not_for_long() -> None:
    now = [0.0]
    arrivals = Arrivals(clock=lambda: now[0])
    one, two = arrivals.ticket(), arrivals.ticket()
    assert one != two and arrivals.known(one) and not arrivals.known("made-up")
    arrivals.put(one, Arrived("a", b"1"))
    assert arrivals.take(two) is None and arrivals.take(one) == Arrived("a", b"1") and arrivals.take(one) is None
    arrivals.put(one, Arrived("a", b"1"))
    now[0] = 301
    assert arrivals.take(one) is None
    big = bytes(MAX_WAITING_BYTES // 2)
    for ticket in (one, two, third := arrivals.ticket()):
        arrivals.put(ticket, Arrived("big", big))
    assert arrivals.take(one) is None and arrivals.take(two) is not None and arrivals.take(third) is not None
