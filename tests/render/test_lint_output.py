"""Text and SARIF output of lint reports."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.lint import Record, lint_records
from assistant.render.lint_text import lint_text, width
from assistant.render.sarif import sarif

TODAY = date(2026, 11, 21)


def shown(*texts):
    return lint_text(lint_records([Record(f"a.md:{at}", text) for at, text in enumerate(texts, 1)], today=TODAY))


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("提升", 4), ("５％", 4), ("é", 1), ("e\u0301", 1), ("", 0)])
def test_width(text, columns):
    assert width(text) == columns


def test_carets_are_aligned_below_wide_characters():
    lines = shown("公司要大幅降低投诉率，2027年6月底前").split("\n")
    assert lines[1] == "  公司要大幅降低投诉率，2027年6月底前"
    assert lines[2] == "  " + " " * 6 + "^^^^"


def test_long_lines_are_cut_around_the_finding():
    text = "x" * 300 + " 尽快 " + "y" * 300
    lines = shown(text).split("\n")
    spot = next(at for at, line in enumerate(lines) if "T502" in line)
    before = lines[spot - 1].index("^")
    assert max(map(len, lines)) < 220
    assert lines[spot - 2][before : before + 2] == "尽快"


def test_control_characters_do_not_reach_the_terminal():
    said = shown("a\x1b[31mred\u202e goal")
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_tally():
    assert shown("把退货率从12%降到9%", "2027年6月底前把退货率从12%降到9%").split("\n")[-1] == (
        "2 goals, 1 ready; 1 error, 0 warnings, 0 info."
    )


def test_sarif_points_at_the_line():
    report = lint_records(
        [Record("plan.md:7", "具体：减少退货\n可衡量：降低X%\n时间：2027年6月底前", line=7)], today=TODAY
    )
    log = sarif(report, [{"id": "S105", "name": "placeholder", "severity": "error", "text": "blank"}])
    (result,) = [result for result in log["runs"][0]["results"] if result["ruleId"] == "S105"]
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("plan.md", 8)
    assert result["ruleIndex"] == 0
