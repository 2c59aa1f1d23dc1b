"""The labelled goals keep to their guide. Failures name ids, not labels: some goals are set aside."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.lint import all_rules
from evals.lint_cases import CASES, EARLIER, Case, CaseError, load_cases, places
from evals.lint_scoring import TRAITS, info_rules

ROOT = Path(__file__).resolve().parents[2]
KEYS = "id language class today kind text rules maybe traits quantities times changes split".split()
SHAPES = {
    "quantities": "text value unit role".split(),
    "times": "text kind resolved".split(),
    "changes": "from to direction".split(),
}
NUMBER = r"-?\d+(?:\.\d+)?"
VALUE = re.compile(rf"{NUMBER}(?:(?:\.\.|:){NUMBER})?")


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return load_cases()


def test_keys_and_their_order():
    rows = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    assert not [row["id"] for row in rows if list(row) != KEYS or tuple(row["traits"]) != TRAITS]
    wrong = [row["id"] for row in rows for key, keys in SHAPES.items() for item in row[key] if list(item) != keys]
    assert not wrong


def test_ids_and_texts_are_unique(cases):
    assert not [id for id, count in Counter(case.id for case in cases).items() if count > 1]
    assert not [case.id for case in cases if not re.fullmatch(rf"{case.language}-\d{{3}}", case.id)]
    texts = Counter(squeezed(case.text) for case in cases)
    assert not [case.id for case in cases if texts[squeezed(case.text)] > 1]


def test_there_are_enough_in_every_language(cases):
    count = Counter(case.language for case in cases)
    assert len(cases) >= 300
    assert set(count) == {"zh-Hans", "zh-Hant", "en"}
    assert min(count.values()) >= 100


def test_labelled_texts_stand_in_order(cases):
    assert not [case.id for case in cases if not in_order(case)]


def test_values_and_days_are_well_formed(cases):
    values = [(case.id, item.value) for case in cases for item in case.quantities]
    values += [(case.id, value) for case in cases for item in case.changes for value in (item.frm, item.to)]
    assert not [id for id, value in values if not VALUE.fullmatch(value)]
    times = [(case.id, item) for case in cases for item in case.times]
    assert not [id for id, item in times if item.kind == "deadline" and item.resolved[0]]
    assert not [id for id, item in times if item.kind in ("recurrence", "service") and any(item.resolved)]
    assert not [id for id, item in times if all(item.resolved) and item.resolved[0] > item.resolved[1]]


def test_changes_are_made_of_labelled_quantities(cases):
    wrong = [
        case.id
        for case in cases
        for change in case.changes
        if not {change.frm, change.to} <= {item.value for item in case.quantities}
    ]
    assert not wrong


def test_rules_exist_and_are_sorted(cases):
    known = {rule.name for rule in all_rules()}
    assert {name for case in cases for name in (*case.rules, *case.maybe)} <= known
    assert not [case.id for case in cases if list(case.rules) != sorted(set(case.rules))]
    assert not [case.id for case in cases if set(case.rules) & set(case.maybe)]


def test_classes_agree_with_rules(cases):
    defects = {case.id: set(case.rules) - info_rules() for case in cases}
    assert not [case.id for case in cases if case.class_ == "clean" and defects[case.id]]
    assert not [case.id for case in cases if case.class_ in ("vague", "defect") and not case.rules]


def test_three_in_ten_of_every_language_and_class_are_set_aside(cases):
    whole = Counter((case.language, case.class_) for case in cases)
    held = Counter((case.language, case.class_) for case in cases if case.split == "held")
    assert not {
        key: (held[key], count) for key, count in whole.items() if abs(held[key] - 0.3 * count) > 0.3 * 0.3 * count + 1
    }


def test_goals_of_earlier_rounds_keep_to_the_guide_too():
    earlier = load_cases([EARLIER])
    assert len({case.id for case in earlier}) == len(earlier) >= 300
    assert not [case.id for case in earlier if not in_order(case)]
    known = {rule.name for rule in all_rules()}
    assert not [case.id for case in earlier if not set(case.rules) | set(case.maybe) <= known | {"proxy-mismatch"}]


def test_no_goal_stands_where_rules_or_drafts_come_from(cases):
    seen = "\n".join(squeezed(text) for text in known_texts())
    assert not [case.id for case in cases if squeezed(case.text) in seen]


def in_order(case: Case) -> bool:
    try:
        places(case)
    except CaseError:
        return False
    return True


def squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def known_texts() -> Iterator[str]:
    for path in (ROOT / "tests" / "lint" / "cases").glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            yield from strings(json.loads(line))
    for folder in ("prompts", "knowledge"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".md", ".toml", ".json", ".jsonl", ".txt", ".yaml", ".csv"}:
                yield path.read_text("utf-8")


def strings(value: object) -> Iterator[str]:
    """Yield every text in a JSON value, its line breaks as they are meant."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
