"""Recall and precision of the reading over labelled goals.

The cases are this project's own sentences. "labelled before reading" marks those labelled before the reader had seen
them; "reviewed reading" marks those whose reading was checked by a person and is kept as it is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.goals.facts import Facts
from assistant.language import read

TODAY = date(2026, 11, 21)
FOLDER = Path(__file__).parent / "cases"
SCALE = {"s": 1, "min": 60, "h": 3600, "day": 86400, "week": 604800}


def load(language: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def overlap(one: dict[str, Any], other: Any) -> bool:
    return bool(one["start"] < other.end and other.start < one["end"])


def tally(case: dict[str, Any], facts: Facts, counts: Counter[str]) -> None:
    found: dict[int, int] = {}
    for place, gold in enumerate(case["quantities"]):
        counts["quantities"] += 1
        hit = next(
            (i for i, item in enumerate(facts.quantities) if i not in found.values() and overlap(gold, item)), None
        )
        if hit is None:
            continue
        found[place] = hit
        item = facts.quantities[hit]
        right = item.value == gold["value"] and gold["unit"] in (
            None,
            item.unit,
            case["text"][item.start : item.end][-1:],
        )
        counts["quantities read right"] += right or (
            item.value == gold["value"] and gold["unit"] in case["text"][item.start : item.end]
        )
        for name in ("bound", "role"):
            if name in gold:
                counts[name] += 1
                counts[f"{name} right"] += getattr(item, name) == gold[name]
    counts["quantities hit"] += len(found)
    counts["quantities found"] += len(facts.quantities)
    used: set[int] = set()
    for gold in case["times"]:
        counts["times"] += 1
        hit = next((i for i, item in enumerate(facts.times) if i not in used and overlap(gold, item)), None)
        if hit is None:
            continue
        used.add(hit)
        moment = facts.times[hit]
        until = str(moment.resolved[1]) if moment.resolved[1] else None
        fits = moment.kind == gold["kind"] and moment.iso == gold["iso"] and gold["until"] in (None, until)
        counts["times read right"] += fits or not gold["kind"]
    counts["times hit"] += len(used)
    counts["times found"] += len(facts.times)
    gold_pairs = {(found.get(one), found.get(other)): way for one, other, way in case["pairs"]}
    got = {(change.frm, change.to): change.direction for change in facts.changes if None not in (change.frm, change.to)}
    counts["pairs"] += len(gold_pairs)
    counts["pairs found"] += len(got)
    counts["pairs hit"] += len(gold_pairs.keys() & got.keys())
    for pair in gold_pairs.keys() & got.keys():
        counts["directions wrong"] += gold_pairs[pair] is not None and got[pair] != gold_pairs[pair]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_recall_and_precision(language: str) -> None:
    counts: Counter[str] = Counter()
    for case in load(language):
        tally(case, read(case["text"], TODAY), counts)

    def rate(part: str, whole: str) -> float:
        return counts[part] / max(counts[whole], 1)

    assert rate("quantities hit", "quantities") >= 0.97, counts
    assert rate("quantities hit", "quantities found") >= 0.95, counts
    assert rate("quantities read right", "quantities") >= 0.95, counts
    assert rate("times hit", "times") >= 0.95, counts
    assert rate("times hit", "times found") >= 0.95, counts
    assert rate("times read right", "times") >= 0.92, counts
    assert rate("pairs hit", "pairs") >= 0.95, counts
    assert rate("pairs hit", "pairs found") >= 0.95, counts
    assert rate("bound right", "bound") >= 0.95 and rate("role right", "role") >= 0.95, counts
    assert counts["directions wrong"] == 0, counts


def test_pairs_that_keep_their_direction_give_no_contradiction() -> None:
    wrong = []
    for language in ("zh-Hans", "zh-Hant", "en"):
        for case in load(language):
            facts = read(case["text"], TODAY)
            for change in facts.changes:
                if change.frm is None or change.to is None:
                    continue
                one, other = facts.quantities[change.frm], facts.quantities[change.to]
                start, end = (
                    float(re.split(r"\.\.|:", item.value)[0]) * SCALE.get(item.unit, 1) for item in (one, other)
                )
                if (change.direction == "up" and end < start) or (change.direction == "down" and end > start):
                    wrong.append(case["text"])
    deliberate = ("由85分提升至80分", "从100万元降到120万元", "to 45 from 38")
    assert [text for text in wrong if not any(part in text for part in deliberate)] == []
    assert len(wrong) == len(deliberate)


def test_there_are_enough_cases() -> None:
    sizes = {language: len(load(language)) for language in ("zh-Hans", "zh-Hant", "en")}
    assert sum(sizes.values()) >= 120 and min(sizes.values()) >= 20, sizes
