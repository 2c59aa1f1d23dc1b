# ruff: noqa: E501
"""What is left out for speed changes nothing: values made without checks pass them, no match is lost to needs."""

from __future__ import annotations

import importlib
import json
import pkgutil
from datetime import date
from pathlib import Path

import pytest

import assistant.language
import assistant.lint
from assistant.goals.facts import Facts
from assistant.goals.findings import LintedGoal
from assistant.language import read
from assistant.language.later import _Needing
from assistant.lint.engine import lint_text
from assistant.lint.plain import plain

TODAY = date(2026, 11, 21)
CASES = Path(__file__).parents[2] / "evals" / "cases" / "lint.jsonl"
TEXTS = [json.loads(line)["text"] for line in CASES.read_text("utf-8").splitlines()]
EDGES = [
    "领导满意为准", "feels good to the CEO", "有关部门落实", "满分5分", "10分制", "out of 5", "on a 5-point scale", "战(zhàn)略",
    "3/4/2027", "by 2026", "FY27", "13月底", "Q7", "第5 季度", "H3 2027", "budget permitting", "共10人:3人,7人", "10 (3+7)",
    "10，其中3", "负责人：", "no owner yet", "to be named: lead to be named", "(1)", "1、", "由张三负责", "增长3倍", "3 fold growth",
    "2026-2027年", "3至6月", "h1-h2", "3.1-3.5", "(3.15)", "2027年前三季度", "no ticket open longer than ", "no ticket open longer than 3 days", "NPS 120",
]  # fmt: skip


def _needing() -> dict[str, _Needing]:
    found = {}
    for package in (assistant.language, assistant.lint):
        for entry in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            for name, value in vars(importlib.import_module(entry.name)).items():
                if isinstance(value, _Needing):
                    found[f"{entry.name}.{name}"] = value
    return found


@pytest.mark.parametrize("name", sorted(_needing()))
def test_no_match_is_lost_where_the_needs_are_not_there(name: str) -> None:
    pattern, matched = _needing()[name], 0
    for text in (*EDGES, *TEXTS):
        view = plain(text)
        every = [match.span() for match in pattern._real.finditer(view)]
        assert [match.span() for match in pattern.finditer(view)] == every
        assert (pattern.search(view) is None) == (pattern._real.search(view) is None)
        assert (pattern.match(view) is None) == (pattern._real.match(view) is None)
        matched += bool(every)
    assert matched, "no text shows that the pattern still matches"


def test_each_need_is_a_string_that_the_folded_text_can_have() -> None:
    for pattern in _needing().values():
        assert all(need and need == need.lower() for need in pattern.needs)


@pytest.mark.parametrize("part", range(8))
def test_values_made_without_checks_pass_them(part: int) -> None:
    for text in TEXTS[part::8]:
        facts, goal = read(text, TODAY), lint_text(text, today=TODAY)
        for value, kind in ((facts, Facts), (goal, LintedGoal)):
            checked = kind.model_validate_json(value.model_dump_json(), strict=False)
            assert checked == value
            assert checked.model_dump_json() == value.model_dump_json()
            assert kind.model_validate(value.model_dump()) == value
            assert hash(checked) == hash(value)
