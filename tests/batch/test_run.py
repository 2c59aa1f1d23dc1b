"""A run does every row once, keeps the order, slows down, stops where it should and loses nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.batch import run
from assistant.batch.engine import Done, ThreadEngine, Work
from assistant.batch.journal import Journal, kept
from assistant.batch.judging import Checked, checked, judged
from assistant.batch.manifest import Manifest
from assistant.batch.standing import checked_row
from assistant.batch.together import Together
from assistant.batch.watching import WatchedModel
from assistant.goals.batch import BatchRow, RowResult
from assistant.goals.findings import LintedGoal
from assistant.llm import Failure, FailureKind, ScriptedModel, complete_now
from assistant.llm.types import Message, Outcome, Request
from tests.batch.doing import TODAY, Waiting, done, pairs

MANIFEST = Manifest(product="p", input_name="list.csv", input_digest="d", today=TODAY, drafter="offline")
LIMITS = run.Limits(at_once=3, threads=6)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "run", MANIFEST) as opened:
        yield opened


def _run(journal: Journal, rewriter: run.RowRewriter, count: int, **options: object) -> run.Progress:
    stop = options.pop("stop", None) or threading.Event()
    progress = run.rewrite_all(
        pairs(count), journal, rewriter, today=TODAY, limits=LIMITS, rows=count, cost=lambda asked, given: 0.0,
        told=options.pop("told", lambda progress: None), stop=stop, **options,  # type: ignore[arg-type]
    )  # fmt: skip
    return progress


def test_every_row_is_done_once_and_kept_in_order(journal: Journal) -> None:
    rewriter = Waiting(0.001)
    progress = _run(journal, rewriter, 40)
    assert sorted(rewriter.asked) == list(range(40))
    assert [each.index for each in journal.results()] == list(range(40))
    assert (progress.done, progress.left, progress.stopped) == (40, 0, "")
    assert 1 < rewriter.most <= LIMITS.threads


def test_a_second_run_repeats_only_what_failed(journal: Journal) -> None:
    def answer(row: BatchRow) -> RowResult:
        failed = RowResult(index=row.index, id=row.id, state="failed", reason="no answer")
        return failed if row.index % 4 == 0 else done(row)

    _run(journal, Waiting(answer=answer), 12)
    again = Waiting()
    progress = _run(journal, again, 12)
    assert sorted(again.asked) == [0, 4, 8]
    assert (progress.before, progress.done) == (9, 3)
    assert {each.state for each in journal.results()} == {"done"}


def test_a_stop_keeps_what_is_done_and_begins_nothing_more(journal: Journal) -> None:
    stop = threading.Event()
    released = []

    def told(progress: run.Progress) -> None:
        if progress.done >= 5:
            stop.set()

    rewriter = Waiting(0.01)
    progress = _run(journal, rewriter, 400, stop=stop, told=told, release=lambda: released.append(True))
    assert progress.stopped == "interrupted"
    assert released == [True]
    assert 5 <= progress.done < 30
    kept = [each.index for each in journal.results()]
    assert len(kept) == progress.done
    assert set(kept) <= set(rewriter.asked)


def test_a_fault_of_our_own_fails_the_row_alone(journal: Journal, caplog: pytest.LogCaptureFixture) -> None:
    def answer(row: BatchRow) -> RowResult:
        if row.index == 2:
            raise ZeroDivisionError("of our own")
        return done(row)

    progress = _run(journal, Waiting(answer=answer), 5)
    states = [(each.state, each.reason) for each in journal.results()]
    assert [state for state, _ in states] == ["done", "done", "failed", "done", "done"]
    assert "ZeroDivisionError at test_run.py" in states[2][1]
    assert progress.failed == 1


class _Asking:
    """A rewriter that asks a model and fails with it."""

    def __init__(self, model: WatchedModel) -> None:
        self.model = model

    def rewrite(self, row: BatchRow, before: LintedGoal) -> RowResult:
        outcome = complete_now(self.model, Request((Message("user", row.text),)))
        if isinstance(outcome, Failure):
            return RowResult(index=row.index, id=row.id, state="failed", reason=outcome.what)
        return done(row)


class _Failing:
    name = "failing"

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        self.calls = 0

    async def complete(self, request: Request) -> Outcome:
        self.calls += 1
        return self.failure


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (Failure("auth", "The key was refused.", "Check it.", fatal=True), "The key was refused."),
        (Failure("quota", "The credit is used up.", "Add some.", fatal=True), "used up"),
        (Failure("rate_limited", "Busy.", "Wait.", retry_after=300.0), "wait until"),
    ],
)
def test_what_every_row_would_meet_ends_the_run_and_no_row_fails(journal: Journal, failure: Failure, told: str) -> None:
    model = _Failing(failure)
    progress = _run(journal, _Asking(WatchedModel(model)), 100)
    assert told in progress.stopped
    assert model.calls <= LIMITS.threads
    assert list(journal.results()) == []


def test_many_failures_in_a_row_open_the_breaker(journal: Journal) -> None:
    model = _Failing(Failure("network", "Nobody is there.", "Try later.", retryable=True))
    progress = _run(journal, _Asking(WatchedModel(model)), 300)
    assert "in a row" in progress.stopped
    assert model.calls < 40
    assert all(each.state == "failed" and each.reason for each in journal.results())


@pytest.mark.parametrize("kind", ["server", "rate_limited"])
def test_a_fault_that_says_nothing_of_the_row_leaves_it_to_be_done(journal: Journal, kind: FailureKind) -> None:
    model = _Failing(Failure(kind, "The endpoint is down.", "Try later.", retryable=True))
    progress = _run(journal, _Asking(WatchedModel(model)), 3)
    assert (progress.done, progress.failed, progress.left) == (0, 0, 3)
    assert progress.stopped == "The endpoint is down. Try later."
    assert list(journal.results()) == []


def test_a_cap_on_the_cost_stops_the_run_with_what_is_done(journal: Journal) -> None:
    def answer(row: BatchRow) -> RowResult:
        return done(row).model_copy(update={"usage": done(row).usage.model_copy(update={"calls": 1})})

    progress = run.rewrite_all(
        pairs(200), journal, Waiting(answer=answer), today=TODAY, limits=run.Limits(2, 2, 1, 10.0), rows=200,
        cost=lambda asked, given: 1.0, told=lambda progress: None, stop=threading.Event(),
    )  # fmt: skip
    assert "cap" in progress.stopped
    assert 10 <= progress.done <= 12


def test_a_cap_holds_for_the_list_and_not_for_each_run(journal: Journal) -> None:
    def answer(row: BatchRow) -> RowResult:
        return done(row).model_copy(update={"usage": done(row).usage.model_copy(update={"calls": 1})})

    for _ in range(3):
        progress = run.rewrite_all(
            pairs(200), journal, Waiting(answer=answer), today=TODAY, limits=run.Limits(2, 2, 1, 10.0), rows=200,
            cost=lambda asked, given: 1.0, told=lambda progress: None, stop=threading.Event(),
        )  # fmt: skip
    assert "cap" in progress.stopped
    assert progress.done == 0
    assert 10 <= progress.before <= 12


def test_another_engine_can_take_the_same_rows(journal: Journal) -> None:
    class OneByOne:
        def run(self, work, do, may_start):  # type: ignore[no-untyped-def]
            for each in work:
                assert isinstance(each, Work)
                assert may_start(0)
                yield [do(each)]

    assert _run(journal, Waiting(), 7, engine=OneByOne()).done == 7


def test_an_engine_yields_while_rows_take_long() -> None:
    looks = []
    work = [Work(row, goal) for part, _ in judged(pairs(1), TODAY) for row, goal, _ in part]
    for batch in ThreadEngine(1).run(iter(work), lambda each: run.done_by(Waiting(0.5), each), lambda under: True):
        looks.append(len(batch))
    assert looks[-1] == 1
    assert 0 in looks


def test_judging_only_keeps_how_every_row_stands(journal: Journal) -> None:
    texts = pairs(30, "Raise NPS from 31 to {n} by 30 June 2027")
    progress, together = run.judge_only(
        texts, journal, today=TODAY, limits=LIMITS, rows=30, told=lambda progress: None,
        stop=threading.Event(),
    )  # fmt: skip
    results = list(journal.results())
    assert progress.done == len(results) == 30
    assert {each.verdict for each in results} == {"judged"}
    assert results[0].before is not None
    assert results[0].before.consistent == "fail"
    assert together.balance.growth == 30


def test_a_long_list_in_parts_gives_the_same_judgements(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = pairs(90, "Cut the return rate from 6% to {n}% by 30 June 2027")
    whole = [_score(each) for part, far in checked(rows, TODAY) for each in part if not far]
    monkeypatch.setattr("assistant.batch.judging.TOGETHER", 20)
    monkeypatch.setattr("assistant.batch.judging.PART", 16)
    parts = [_score(each) for part, far in checked(iter(rows), TODAY, processes=2) for each in part if far]
    assert len(whole) == len(parts) == 90
    assert whole == parts


def _score(each: Checked) -> tuple[int, int | None]:
    """The row and its score; what is found between rows differs, for it is looked for within a part."""
    before = RowResult.model_validate_json(each.kept.text, strict=False).before
    return each.kept.place, before and before.score


def test_a_checked_row_is_kept_as_its_result_is_written() -> None:
    rows = pairs(12, "Cut the return rate from 6% to {n}% by 30 June 2027")
    (of_goals, _), (of_text, _) = next(judged(rows, TODAY)), next(checked(rows, TODAY))
    assert [kept(checked_row(row, goal)) for row, goal, _ in of_goals] == [each.kept for each in of_text]
    assert [noted for _, _, noted in of_goals] == [each.noted for each in of_text]


def test_repeats_over_parts_are_found(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.batch.judging.TOGETHER", 20)
    monkeypatch.setattr("assistant.batch.judging.PART", 10)
    rows = pairs(60)
    last = rows[55]
    rows[55] = (last[0].model_copy(update={"text": rows[3][0].text}), last[1])
    _, together = run.judge_only(
        rows, journal, today=TODAY, limits=LIMITS, rows=60, told=lambda progress: None,
        stop=threading.Event(),
    )  # fmt: skip
    assert [each.rows for each in together.findings if each.rule == "duplicate-goals" and len(each.rows) == 2] == [
        (3, 55)
    ]


def test_findings_beyond_those_that_are_told_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.batch.together.MOST_FINDINGS", 4)
    together = Together()
    for part, far in judged(pairs(10, "Cut the return rate from 6% to 4% by 30 June 2027"), TODAY):
        for row, _, noted in part:
            together.add(row.index, noted, far=far)
    again = Together.of(together.kept())
    assert (len(again.findings), again.more) == (4, 5)
    assert (again.findings, again.balance) == (together.findings, together.balance)


def test_a_scripted_model_is_heard(journal: Journal) -> None:
    model = WatchedModel(ScriptedModel(["yes"]))
    assert _run(journal, _Asking(model), 1).done == 1


def test_done_says_whether_the_endpoint_was_busy() -> None:
    class Busy(_Failing):
        pass

    failing = Busy(Failure("server", "down", "", throttled=2))
    part, _ = next(judged(pairs(1), TODAY))
    made = run.done_by(_Asking(WatchedModel(failing)), Work(part[0].row, part[0].goal))
    assert isinstance(made, Done)
    assert made.throttled
    assert made.failure is failing.failure
