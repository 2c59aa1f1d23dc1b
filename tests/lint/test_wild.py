"""Goals of many trades with odd wordings, labelled by rule only: sound ones keep silent, defects are mostly found."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.lint import all_rules, lint_text

ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("cases").joinpath("wild.jsonl").read_text("utf-8").splitlines()
]
INFOS = {rule.name for rule in all_rules() if rule.severity == "info"}


@pytest.fixture(scope="module")
def judged():
    found = []
    for row in ROWS:
        goal = lint_text(row["text"], today=date.fromisoformat(row["today"]), kind=row["kind"])
        rules = {finding.rule for finding in goal.findings if finding.severity != "info"}
        found.append((row, rules, {finding.rule for finding in goal.findings}))
    return found


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_sound_goals_keep_silent(judged, language):
    sound = [(row, rules) for row, rules, _ in judged if row["language"] == language and not set(row["rules"]) - INFOS]
    loud = [(row["text"], rules - set(row["maybe"])) for row, rules in sound if rules - set(row["maybe"])]
    assert len(sound) >= 100
    assert len(loud) <= 0.05 * len(sound), loud


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_defects_are_found(judged, language):
    right = wrong = missed = 0
    for row, rules, every in judged:
        if row["language"] != language:
            continue
        labelled = set(row["rules"]) - INFOS
        right += len(labelled & every)
        missed += len(labelled - every)
        wrong += len(rules - labelled - set(row["maybe"]))
    assert 2 * right / (2 * right + wrong + missed) >= 0.85
