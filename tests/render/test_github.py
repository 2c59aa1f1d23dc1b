"""Workflow commands: one line a finding, properly escaped."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.lint import Record, lint_records
from assistant.render.github import github
from assistant.render.places import Place

TODAY = date(2026, 11, 21)
COMMAND = re.compile(r"::(error|warning|notice) (?:[a-zA-Z]+=[^,:\n]*)(?:,[a-zA-Z]+=[^,:\n]*)*::[^\n]+")


def commands(text, place):
    return github(lint_records([Record("G1", text)], today=TODAY), [place]).split("\n")


def test_a_command_names_the_place():
    (line,) = commands("把退货率从12%降到9%", Place("goals.md", 4, 3, True))
    assert line.startswith(
        "::error file=goals.md,line=4,endLine=4,col=3,endColumn=15,title=no-deadline (T501)::没有写期限。"
    )


@pytest.mark.parametrize(
    "place",
    [
        Place("a,b:c%.md", 4, 3, True),
        Place("a.csv", 4),
        Place("a.xlsx", inside="Q1, new: 50%!B4"),
        Place("-", 4, 1, True),
        Place(""),
    ],
)
@pytest.mark.parametrize("text", ["具体：尽快降低X%\n可衡量：提升20%::x,y", "Cut churn by X%, soon"])
def test_every_line_is_one_command(text, place):
    lines = commands(text, place)
    assert lines
    for line in lines:
        assert COMMAND.fullmatch(line), line


def test_marks_are_escaped():
    lines = commands("2027年6月底前把投诉率降低X%", Place("a,b:c%.md", 4, 3, True))
    (line,) = [line for line in lines if "S105" in line]
    assert "file=a%2Cb%3Ac%25.md," in line
    assert "“X%25”" in line


def test_columns_only_within_one_line():
    text = "具体：减少退货\n可衡量：退货率降到9%"
    (line,) = [line for line in commands(text, Place("a.md", 2, 1, True)) if "T501" in line]
    assert "line=2,endLine=3,title=" in line
    (line,) = [line for line in commands(text + "，尽快", Place("a.md", 2, 1, True)) if "T502" in line]
    assert "line=3,endLine=3,col=13,endColumn=15,title=" in line


def test_without_lines_the_message_names_the_place():
    assert "::Q1!B4: " in commands("把退货率从12%降到9%", Place("a.xlsx", inside="Q1!B4"))[0]
    assert "line=" not in commands("把退货率从12%降到9%", Place("a.xlsx", inside="Q1!B4"))[0]
    assert "::G1: " in commands("把退货率从12%降到9%", Place(""))[0]
    assert "file=" not in commands("把退货率从12%降到9%", Place("-"))[0]


def test_no_findings_no_lines():
    assert commands("2027年6月底前把退货率从12%降到9%", Place("a.md", 1, 1, True)) == [""]
