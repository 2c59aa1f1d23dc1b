"""Rows of a run are counted, found by outcome and words, and taken out a few at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from assistant.batch.listing import BANDS, Listing, outcome_of, score_after
from assistant.batch.source import Source, open_source
from assistant.goals.batch import RowResult
from tests.batch.outcomes import results_of


class Made:
    """Results as a run keeps them, with the last rows still to be done."""

    def __init__(self, source: Source, done: int) -> None:
        self.all: list[RowResult] = list(results_of(source))  # type: ignore[no-untyped-call]
        for at in range(done, len(self.all)):
            self.all[at] = RowResult(index=at, id=self.all[at].id, state="pending")

    def results(self) -> Iterator[RowResult]:
        return iter(self.all)

    def some(self, indexes: Collection[int]) -> dict[int, RowResult]:
        return {at: self.all[at] for at in indexes if self.all[at].state != "pending"}


@pytest.fixture
def listing(tmp_path: Path) -> Listing:
    file = tmp_path / "goals.csv"
    file.write_text("目标,负责人\n" + "".join(f"提高第 {at} 项满意度,经理{at % 3}\n" for at in range(40)), "utf-8")
    source = open_source(file)
    return Listing(source.rows, Made(source, 32))


def test_outcomes_and_scores_are_counted(listing: Listing) -> None:
    assert listing.counts == {"rewritten": 16, "kept": 8, "failed": 8, "pending": 8} and len(listing) == 40
    assert listing.before == [0, 0, 24, 0, 0] and listing.after == [0, 0, 8, 0, 16] and BANDS == 5


def test_rows_are_found_by_outcome_words_and_choice(listing: Listing) -> None:
    assert listing.found("kept") == tuple(range(1, 32, 4)) and listing.found("asked") == ()
    assert listing.found("", "提高 没有期限 项降到") == listing.found("rewritten")
    assert listing.found("", "经理1 提高") == tuple(range(1, 40, 3))
    assert listing.found("failed", "模型没有回答", (3, 4, 39)) == (3,)
    assert listing.found("rewritten", "行业") == () and listing.found("", "现在是多少") == listing.found("rewritten")


def test_rows_come_with_what_became_of_them(listing: Listing) -> None:
    found = listing.rows((33, 0, 3))
    assert [row.index for row, _ in found] == [0, 3, 33]
    assert [outcome_of(result) for _, result in found] == ["rewritten", "failed", "pending"]
    assert [score_after(result) for _, result in found] == [90, None, None]
    assert [row.text for row, _ in found] == [f"提高第 {at} 项满意度" for at in (0, 3, 33)] and listing.rows(()) == ()
