"""Every rule fires and keeps silent as its case file says; each has both, in each language."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.lint import all_rules, lint_text

TODAY = date(2026, 11, 21)
CASES = Path(__file__).with_name("cases")
ROWS = [
    (path.stem, row)
    for path in sorted(CASES.glob("*.jsonl"))
    if path.stem not in ("traits", "parity", "clean")
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
]


@pytest.mark.parametrize(("rule", "row"), ROWS, ids=[f"{rule}-{row['text'][:40]}" for rule, row in ROWS])
def test_rule(rule, row):
    goal = lint_text(row["text"], today=TODAY, select={rule} if row.get("select") else None)
    found = [finding for finding in goal.findings if finding.rule == rule]
    assert bool(found) == row["fires"], [(finding.rule, finding.text) for finding in goal.findings]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_rule_has_cases_in_every_language(rule):
    rows = [row for name, row in ROWS if name == rule.name]
    for language in ("zh-Hans", "zh-Hant", "en"):
        verdicts = {row["fires"] for row in rows if row["language"] == language}
        assert verdicts == {True, False}, f"{rule.name} lacks firing or silent cases in {language}"


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_documented_example_fires_and_better_does_not(rule, language):
    page = rule.pages[language]
    example = lint_text(page.example, today=TODAY, select={rule.name})
    better = lint_text(page.better, today=TODAY, select={rule.name})
    assert [finding.rule for finding in example.findings] != []
    assert [finding.text for finding in better.findings] == []


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_better_example_has_no_error(rule, language):
    better = lint_text(rule.pages[language].better, today=TODAY)
    assert [(f.rule, f.text) for f in better.findings if f.severity == "error"] == []
