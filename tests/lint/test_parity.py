"""The same goal gets the same verdict in three languages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.lint import lint_text

ROWS = [json.loads(line) for line in (Path(__file__).parent / "cases/parity.jsonl").read_text("utf-8").splitlines()]
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_same_verdict(row):
    goals = {language: lint_text(row[language], today=TODAY) for language in ("zh-Hans", "zh-Hant", "en")}
    rules = {language: sorted(finding.rule for finding in goal.findings) for language, goal in goals.items()}
    assert rules["zh-Hans"] == rules["zh-Hant"] == rules["en"]
    assert goals["zh-Hans"].traits == goals["zh-Hant"].traits == goals["en"].traits
    assert goals["zh-Hans"].scorecard == goals["zh-Hant"].scorecard == goals["en"].scorecard


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_full_width_marks_read_alike(row):
    wide = row["zh-Hans"].replace("%", "％").replace(",", "，")
    narrow = row["zh-Hans"].replace("，", ",")
    first, second = lint_text(wide, today=TODAY), lint_text(narrow, today=TODAY)
    assert [(f.rule, f.start, f.end) for f in first.findings] == [(f.rule, f.start, f.end) for f in second.findings]
    assert first.traits == second.traits
