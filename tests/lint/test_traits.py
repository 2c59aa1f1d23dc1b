"""Traits agree with labels that were written from the definitions alone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.goals import Traits
from assistant.lint import lint_text

ROWS = [json.loads(line) for line in (Path(__file__).parent / "cases/traits.jsonl").read_text("utf-8").splitlines()]
DATED = [json.loads(line) for line in (Path(__file__).parent / "cases/dated.jsonl").read_text("utf-8").splitlines()]
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def judged():
    return [(row, lint_text(row["text"], today=TODAY)) for row in ROWS]


@pytest.mark.parametrize("trait", list(Traits.model_fields))
def test_trait_agrees(judged, trait):
    wrong = [
        f"{row['text']}: {getattr(goal.traits, trait)}, labelled {row['traits'][trait]}"
        for row, goal in judged
        if trait in row["traits"] and getattr(goal.traits, trait) is not row["traits"][trait]
    ]
    labelled = sum(trait in row["traits"] for row in ROWS)
    assert 1 - len(wrong) / labelled >= (0.92 if trait == "has_metric" else 0.95), "\n".join(wrong)


def test_labels_cover_three_languages():
    assert len(ROWS) >= 60
    assert {row["language"] for row in ROWS} == {"zh-Hans", "zh-Hant", "en"}


def test_a_date_alone_makes_no_aim_measurable():
    """Vague aims with a date, and milestones without a figure; labelled before they were judged."""
    wrong = [row["text"] for row in DATED if lint_text(row["text"], today=TODAY).traits.measurable != row["measurable"]]
    assert len(DATED) >= 120
    assert len(wrong) <= 3, wrong
