"""Every rule fires and keeps silent as its case file says; each has both, in each language."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.lint import all_rules, lint_records, lint_text, read_records

TODAY = date(2026, 11, 21)
CASES = Path(__file__).with_name("cases")
ROWS = [
    (path.stem, row)
    for path in sorted(CASES.glob("*.jsonl"))
    if path.stem not in ("traits", "dated", "parity", "clean", "wild")
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
]


def found_in(document, select=None):
    report = lint_records(read_records(document, "plan.md"), today=TODAY, select=select)
    return [finding for goal in report.goals for finding in goal.findings]


@pytest.mark.parametrize(("rule", "row"), ROWS, ids=[f"{rule}-{row['text'][:40]}" for rule, row in ROWS])
def test_rule(rule, row):
    select = {rule} if row.get("select") else None
    if row.get("list"):
        findings = found_in(row["text"], select)
    else:
        findings = list(lint_text(row["text"], today=TODAY, select=select).findings)
    assert any(finding.rule == rule for finding in findings) == row["fires"], [(f.rule, f.text) for f in findings]


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
    assert [finding.rule for finding in found_in(page.example, {rule.name})] != []
    assert [finding.text for finding in found_in(page.better, {rule.name})] == []


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_better_example_has_no_error(rule, language):
    findings = found_in(rule.pages[language].better)
    assert [(f.rule, f.text) for f in findings if f.severity == "error"] == []
