"""The linter is as good as its page says, and good enough.

Failures give numbers, not goals: some goals are set aside. `python -m evals.lint --misses` shows the others.
"""

from __future__ import annotations

import pytest

from assistant.goals import LANGUAGES
from assistant.lint import all_rules
from evals import lint as evaluation
from evals.lint_cases import EARLIER, load_cases
from evals.lint_scoring import Comparison, compare, summarise
from evals.lint_tables import Parts, spoken

FEW = 5
"""Findings under which a rule's precision says too little."""


@pytest.fixture(scope="module")
def parts() -> Parts:
    return evaluation.parts_of("all")


@pytest.fixture(scope="module")
def items(parts: Parts) -> list[Comparison]:
    return [item for part in parts.values() for item in part]


def test_the_page_is_current(parts: Parts) -> None:
    current = evaluation.PAGE.exists() and evaluation.PAGE.read_text("utf-8") == evaluation.page(parts)
    assert current, "docs/lint-quality.md is stale: run `python -m evals.lint --write`"


def test_clean_goals_have_no_error_and_hardly_a_warning(items: list[Comparison]) -> None:
    scores = summarise(items)
    assert scores.clean_errors.hits == 0
    assert scores.clean_warnings.hits <= 0.05 * scores.clean_warnings.total


@pytest.mark.parametrize(("language", "floor"), [("all", 0.92), *((language, 0.90) for language in LANGUAGES)])
def test_defects_are_found(items: list[Comparison], language: str, floor: float) -> None:
    f1 = summarise(spoken(items, language)).defects.f1
    assert f1 is not None
    assert f1 >= floor


def test_goals_of_earlier_rounds_stay_right() -> None:
    scores = summarise([compare(case) for case in load_cases([EARLIER])])
    assert scores.defects.f1 is not None
    assert scores.defects.f1 >= 0.97
    assert scores.clean_errors.hits <= 0.005 * scores.clean_errors.total
    assert scores.clean_warnings.hits <= 0.05 * scores.clean_warnings.total


def test_no_rule_that_is_on_cries_wolf(items: list[Comparison]) -> None:
    rules = summarise(items).rules
    on = {rule.name for rule in all_rules() if not rule.preview}
    weak = {
        name: (count.right, count.false)
        for name, count in rules.items()
        if name in on and count.right + count.false >= FEW and count.right < 0.8 * (count.right + count.false)
    }
    assert not weak, "right and false findings of rules under a precision of 0.8"
