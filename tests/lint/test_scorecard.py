"""The scorecard's letters, score and `ready`."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.lint import lint_text
from assistant.lint.scorecard import LETTERS, score

TODAY = date(2026, 11, 21)


def letters(text, **given):
    card = lint_text(text, today=TODAY, **given).scorecard
    return "".join({"pass": "p", "warn": "w", "fail": "f", "todo": "-"}[getattr(card, name)] for name in LETTERS)


@pytest.mark.parametrize(
    ("text", "expected", "ready"),
    [
        ("客服组在2027年3月31日前将电话渠道首次解决率从71%提升至78%", "pp--pp", True),
        ("大幅提升顾客满意度，尽快见效", "ff--fp", False),
        ("大幅降低投诉率，2027年6月底前完成", "pf--pp", False),
        ("尽快把投诉率从5%降到3%", "pp--fp", False),
        ("2027年年底前将投诉率从5%降低至8%", "pp--pf", False),
        ("離職率由12%降低3%至10%", "pw--ff", False),
        ("Increase trial sign-ups by X% by 30 June 2027", "pf--pp", False),
        ("Cut churn by 15% by the end of Q3 2027", "pw--pp", True),
        ("2027年第一季：辦3場直播、發20篇貼文", "ww--pp", True),
    ],
)
def test_letters(text, expected, ready):
    assert letters(text) == expected
    assert lint_text(text, today=TODAY).scorecard.ready is ready


@pytest.mark.parametrize(
    ("marks", "points"),
    [("pp--pp", 100), ("ff--fp", 25), ("pw--ff", 38), ("------", 0), ("ppwwpp", 83), ("ffffff", 0)],
)
def test_score(marks, points):
    names = {"p": "pass", "w": "warn", "f": "fail", "-": "todo"}
    assert score({name: names[mark] for name, mark in zip(LETTERS, marks, strict=True)}) == points


def test_words_that_stand_for_an_absence_keep_their_letter_at_fail():
    goal = lint_text("大幅降低投诉率，尽快完成", today=TODAY)
    assert {finding.severity for finding in goal.findings} == {"warning"}
    assert not goal.scorecard.ready


def test_ignoring_a_rule_does_not_hide_the_absence():
    goal = lint_text("把投诉率从5%降到3%", today=TODAY, ignore={"no-deadline"})
    assert goal.findings == ()
    assert goal.scorecard.time_bound == "fail"
