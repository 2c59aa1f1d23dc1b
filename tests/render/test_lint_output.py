"""Text output of lint reports, and where findings stand in files."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.lint import Record, lint_records
from assistant.render.difference import inside_difference, text_difference
from assistant.render.lint_text import counted, lint_text, statistics_text, width
from assistant.render.places import Place, letters, place_of

TODAY = date(2026, 11, 21)


def judged(*texts):
    return lint_records([Record(f"a.md:{at}", text, line=at) for at, text in enumerate(texts, 1)], today=TODAY)


def shown(*texts, places=()):
    return lint_text(judged(*texts), places)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("提升", 4), ("５％", 4), ("é", 1), ("e\u0301", 1), ("", 0), ("①\ufe0f", 1), ("한", 2)],
)
def test_width(text, columns):
    assert width(text) == columns


def test_carets_are_aligned_below_wide_characters():
    lines = shown("公司要大幅降低投诉率，2027年6月底前").split("\n")
    assert lines[1] == "  公司要大幅降低投诉率，2027年6月底前"
    assert lines[2] == "  " + " " * 6 + "^^^^"


def test_each_finding_stands_below_its_own_line():
    text = "具体：尽快减少退货\n可衡量：退货率降低X%"
    lines = shown(text, places=[Place("plan.md", 7, 3, True)]).split("\n")
    spots = {word: next(at for at, line in enumerate(lines) if word in line) for word in ("T502", "S105")}
    assert lines[spots["T502"] - 2] == "  具体：尽快减少退货"
    assert lines[spots["S105"] - 2] == "  可衡量：退货率降低X%"
    assert lines[spots["S105"] - 1].index("^") - 2 == width("可衡量：退货率降低")
    assert lines[spots["T502"]].startswith("    plan.md:7:6: warning: vague-deadline (T502)")
    assert lines[spots["S105"]].startswith("    plan.md:8:10: error: placeholder (S105)")


def test_heads_show_place_and_own_id():
    goal = "2027年6月底前把退货率从12%降到9%"
    assert shown(goal, places=[Place("a.md", 1, 3, True)]).startswith("a.md:1:3: S✓")
    assert shown(goal, places=[Place("b.csv", 4)]).startswith("b.csv:4:1 a.md:1: S✓")
    assert shown(goal, places=[Place("b.xlsx", inside="Q1!B7")]).startswith("b.xlsx:Q1!B7 a.md:1: S✓")
    assert shown(goal).startswith("a.md:1: S✓")


def test_long_lines_are_cut_around_the_finding():
    text = "x" * 300 + " 尽快 " + "y" * 300
    lines = shown(text).split("\n")
    spot = next(at for at, line in enumerate(lines) if "T502" in line)
    before = lines[spot - 1].index("^")
    assert max(map(len, lines)) < 220
    assert lines[spot - 2][before : before + 2] == "尽快"


def test_control_characters_do_not_reach_the_terminal():
    said = shown("a\x1b[31mred\u202e goal", places=[Place("\x1b.md", 1, 1, True)])
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_tally():
    assert shown("把退货率从12%降到9%", "2027年6月底前把退货率从12%降到9%").split("\n")[-1] == (
        "2 goals, 1 ready; 1 error, 0 warnings, 0 info."
    )


def test_statistics_count_each_rule():
    report = judged("把退货率从12%降到9%", "把投诉率从5%降到3%", "尽快把离职率从12%降到9%")
    assert counted(report) == [("no-deadline", "T501", "error", 2), ("vague-deadline", "T502", "warning", 1)]
    assert statistics_text(report).split("\n") == [
        "2  no-deadline (T501)  error",
        "1  vague-deadline (T502)  warning",
        "3 goals, 0 ready; 2 errors, 1 warning, 0 info.",
    ]
    assert statistics_text(judged("2027年6月底前把退货率从12%降到9%")).startswith("1 goal, 1 ready")


DOCUMENT = "# 目标\n\n- 减少退货\n  降低X%\n"


@pytest.mark.parametrize(
    ("record", "document", "expected"),
    [
        (Record("a", "减少退货\n  降低X%", line=3, start=8), DOCUMENT, Place("f", 3, 3, True)),
        (Record("a", "# 目标", line=1, start=0), DOCUMENT, Place("f", 1, 1, True)),
        (Record("a", "x", line=9), DOCUMENT, Place("f", 9)),
        (Record("a", "x", line=9, column=2, sheet="Q1"), None, Place("f", inside="Q1!B9")),
        (Record("a", "x", line=9), None, Place("f", inside="paragraph 9")),
    ],
)
def test_places_of_records(record, document, expected):
    assert place_of(record, "f", document) == expected


def test_spans_count_lines_and_columns_from_one():
    text = "减少退货\n  降低X%"
    place = Place("f", 3, 3, True)
    assert place.span(text, 0, 2) == (3, 3, 3, 5)
    assert place.span(text, 9, 11) == (4, 5, 4, 7)
    assert place.span(text, 2, 11) == (3, 5, 4, 7)
    assert DOCUMENT.split("\n")[3][4:6] == text[9:11]
    assert Place("f", 3).span(text, 0, 2) is None


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_columns_have_letters(column, name):
    assert letters(column) == name


def test_differences_of_a_text():
    before = "a\r\nb\u2028c\r\nend"
    after = "a\r\nB\u2028c\r\nEND"
    assert text_difference(before, after, "f.md") == (
        "--- f.md\n+++ f.md\n@@ -1,3 +1,3 @@\n a\r\n-b\u2028c\r\n-end\n\\ No newline at end of file\n"
        "+B\u2028c\r\n+END\n\\ No newline at end of file\n"
    )
    assert text_difference(before, before, "f.md") == ""


def test_differences_of_a_workbook():
    before = {"Q1!B2": "a(ā)", "Q1!B3": "b", "Q1!B4": "c\nd"}
    assert inside_difference(before, {**before, "Q1!B2": "a", "Q1!B4": "c\ne"}, "f.xlsx") == (
        "f.xlsx\nQ1!B2: a(ā) → a\nQ1!B4: c⏎d → c⏎e\n"
    )
    assert inside_difference(before, before, "f.xlsx") == ""
