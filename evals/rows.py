"""Measures the rewriting of goal lists on labelled rows: what became of each, and whether its facts are still there.

Knows nothing about how rows are rewritten. Run it with `python -m evals.rows`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.batch.rewriting import Rewriter
from assistant.batch.understanding import record
from assistant.goals import LANGUAGES
from assistant.goals.batch import BatchRow, RowField, RowResult
from assistant.lint.check import lint_records
from assistant.service import Assistant

CASES = Path(__file__).parent / "cases" / "rows.jsonl"
SPLITS = ("dev", "held")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A labelled row with what became of it."""

    case: dict[str, Any]
    result: RowResult

    @property
    def became(self) -> str:
        """The verdict, or the state of a row that is not done."""
        return self.result.verdict or self.result.state

    @property
    def lost(self) -> list[str]:
        """Facts of a rewritten row that stand neither in a rewrite nor in its owner."""
        if self.became != "rewritten":
            return []
        written = _squeezed(" ".join(each.text for each in self.result.rewrites))
        return [fact for fact in self.case["facts"] if _squeezed(fact) not in written]

    @property
    def split_right(self) -> bool:
        """Whether a rewritten row has as many goals as the label says."""
        return self.became != "rewritten" or len(self.result.rewrites) == self.case["goals"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how often the verdict is right, facts survive and cells are split as labelled, per split and language."""
    parser = argparse.ArgumentParser(prog="python -m evals.rows", description=main.__doc__)
    parser.add_argument("--misses", choices=SPLITS, help="also print the rows of this split that differ")
    parser.add_argument("--show", choices=SPLITS, help="print every row of this split with its rewrites")
    options = parser.parse_args(arguments)
    outcomes = run([json.loads(line) for line in CASES.read_text("utf-8").splitlines() if line.strip()])
    for split in SPLITS:
        of_split = [each for each in outcomes if each.case["split"] == split]
        for language in (*LANGUAGES, "all"):
            print(_line(split, language, [e for e in of_split if language in (e.case["language"], "all")]))
    for each in outcomes:
        wrong = each.became != each.case["verdict"] or each.lost or not each.split_right
        if each.case["split"] == options.show or (wrong and each.case["split"] == options.misses):
            print(_shown(each))


def run(cases: Sequence[dict[str, Any]]) -> list[Outcome]:
    """Rewrite every case by rule, with no model."""
    assistant, outcomes = Assistant(), []
    for index, case in enumerate(cases):
        row = BatchRow(
            index=index, id=case["id"], text=case["text"], owner=case["owner"], title=case["title"],
            parent=case["parent"], beside=tuple(RowField(label=label, value=value) for label, value in case["beside"]),
        )  # fmt: skip
        today = date.fromisoformat(case["today"])
        before = lint_records([record(row, row.text)], today=today).goals[0]
        outcomes.append(Outcome(case, Rewriter(assistant, today=today, llm="offline").rewrite(row, before)))
    return outcomes


def _line(split: str, language: str, outcomes: Sequence[Outcome]) -> str:
    right = sum(each.became == each.case["verdict"] for each in outcomes)
    facts = [len(each.case["facts"]) for each in outcomes if each.became == "rewritten"]
    lost = sum(len(each.lost) for each in outcomes)
    apart = [each for each in outcomes if each.became == each.case["verdict"] == "rewritten"]
    split_right = sum(each.split_right for each in apart)
    return (
        f"{split:5} {language:8} verdicts {right}/{len(outcomes)}  facts {sum(facts) - lost}/{sum(facts)}"
        f"  split {split_right}/{len(apart)}"
    )


def _shown(outcome: Outcome) -> str:
    case, result = outcome.case, outcome.result
    lines = [f"\n{case['id']} {case['owner']} | {case['text']!r} | {outcome.became}, labelled {case['verdict']}"]
    lines += [f"  → {each.text}" for each in result.rewrites]
    lines += [f"  · {each}" for each in (*result.changes, *filter(None, [result.reason]))]
    lines += [f"  ? {each}" for each in result.questions]
    if outcome.lost:
        lines.append(f"  lost: {outcome.lost}")
    return "\n".join(lines)


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


if __name__ == "__main__":
    main()
