"""Clean goals stay clean: no error at all, and hardly a warning."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.lint import lint_text

ROWS = [json.loads(line) for line in (Path(__file__).parent / "cases/clean.jsonl").read_text("utf-8").splitlines()]
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:40] for row in ROWS])
def test_no_error_on_a_clean_goal(row):
    goal = lint_text(row["text"], today=TODAY)
    assert [(f.rule, f.text) for f in goal.findings if f.severity == "error"] == []
    assert goal.scorecard.ready


def test_hardly_a_warning():
    warned = [
        (row["text"], [(f.rule, f.text) for f in goal.findings if f.severity == "warning"])
        for row in ROWS
        for goal in [lint_text(row["text"], today=TODAY)]
        if any(f.severity == "warning" for f in goal.findings)
    ]
    assert len(warned) <= 0.05 * len(ROWS), warned
