"""The runner: nothing lost, nothing repeated, nothing left out of the counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import StorageError, UsageError
from assistant.evaluation import folder
from assistant.evaluation.samples import SampleError, sample_key
from assistant.evaluation.summary import summarise
from assistant.llm.pacing import AdaptiveLimit, Breaker
from evals.runner import Tally, plan
from evals.store import RunStore
from evals.suite import Answer, Case
from tests.evals.fakes import OFFLINE, FakeSuite, manifest_of, run_fake


def test_every_sample_is_there_once(tmp_path: Path) -> None:
    suite = FakeSuite(lambda case, epoch: 0.5)
    tally = run_fake(suite, tmp_path, epochs=2, at_once=4)
    samples = folder.read_samples(tmp_path)
    assert tally.done == len(samples) == len({sample.key for sample in samples}) == 60
    assert sorted(suite.asked) == sorted(f"{case.id}#{epoch}" for case in suite.load() for epoch in range(2))


def test_the_key_holds_the_epoch_and_is_never_cut() -> None:
    tasks = plan([(suite := FakeSuite(lambda case, epoch: 1.0), suite.load(), (OFFLINE,))], 3, {"temperature": 1})
    assert len({task.key for task in tasks}) == len(tasks) == 90
    assert all(len(task.key) == 64 for task in tasks)
    long = "x" * 100_000
    assert sample_key(text=long + "a") != sample_key(text=long + "b")


def test_a_crash_is_a_sample_and_counts_as_failed(tmp_path: Path) -> None:
    def answers(case: Case, epoch: int) -> float:
        if case.id == "c3.1":
            raise RuntimeError("the case broke the code")
        return 1.0

    suite = FakeSuite(answers)
    tally = run_fake(suite, tmp_path)
    assert tally.errors == 1
    crashed = next(sample for sample in folder.read_samples(tmp_path) if sample.status == "error")
    assert crashed.error is not None and crashed.error.kind == "crash" and "broke the code" in crashed.error.message
    summary = summarise(manifest_of(suite), folder.read_samples(tmp_path), 1.0)
    whole = next(check for check in summary.variants[0].checks if (check.check, check.language) == ("value", "all"))
    assert whole.mean == pytest.approx(29 / 30)
    assert not summary.complete


def test_a_crash_in_a_check_is_told_as_well(tmp_path: Path) -> None:
    run_fake(
        FakeSuite(lambda case, epoch: Answer(output={"kind": "text", "text": "x"}, evidence="no number")), tmp_path
    )
    assert all(sample.status == "error" for sample in folder.read_samples(tmp_path))


def test_resuming_repeats_no_finished_sample_and_runs_errors_again(tmp_path: Path) -> None:
    down = True

    def answers(case: Case, epoch: int) -> float | Answer:
        if down and case.id.startswith("c7"):
            return Answer(error=SampleError(kind="timeout", message="too slow"))
        return 1.0

    first = FakeSuite(answers)
    assert run_fake(first, tmp_path).errors == 3
    down = False
    second = FakeSuite(answers)
    tally = run_fake(second, tmp_path)
    assert sorted(second.asked) == ["c7.0#0", "c7.1#0", "c7.2#0"]
    assert (tally.before, tally.done, tally.errors) == (27, 3, 0)
    assert all(sample.status == "scored" for sample in folder.read_samples(tmp_path))


def test_a_cut_last_line_is_taken_away_before_going_on(tmp_path: Path) -> None:
    run_fake(FakeSuite(lambda case, epoch: 1.0), tmp_path)
    file = tmp_path / "samples.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole[:-40])
    again = FakeSuite(lambda case, epoch: 1.0)
    run_fake(again, tmp_path)
    assert len(again.asked) == 1
    assert len(folder.read_samples(tmp_path)) == 30


def test_an_interrupted_run_keeps_what_is_done(tmp_path: Path) -> None:
    def told(tally: Tally) -> None:
        if tally.done == 11:
            raise KeyboardInterrupt

    tally = run_fake(FakeSuite(lambda case, epoch: 1.0), tmp_path, told=told)
    assert tally.stopped == "interrupted"
    assert len(folder.read_samples(tmp_path)) == 11
    rest = FakeSuite(lambda case, epoch: 1.0)
    run_fake(rest, tmp_path)
    assert len(rest.asked) == 19


def test_a_run_is_never_mixed_with_another(tmp_path: Path) -> None:
    suite = FakeSuite(lambda case, epoch: 1.0)
    run_fake(suite, tmp_path)
    with RunStore(tmp_path) as store, pytest.raises(UsageError, match="made of something else"):
        store.begin(manifest_of(suite).model_copy(update={"digest": "other"}))


def test_two_processes_cannot_write_one_run(tmp_path: Path) -> None:
    with RunStore(tmp_path), pytest.raises(UsageError, match="another process"), RunStore(tmp_path):
        pass


def test_a_full_disk_is_told_and_leaves_whole_lines(tmp_path: Path) -> None:
    import resource

    run_fake(FakeSuite(lambda case, epoch: 1.0, clusters=2), tmp_path)
    size = (tmp_path / "samples.jsonl").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, hard))
    try:
        with pytest.raises(StorageError):
            run_fake(FakeSuite(lambda case, epoch: 1.0, clusters=4), tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert len(folder.read_samples(tmp_path)) == 6


def test_the_cost_is_capped(tmp_path: Path) -> None:
    def answers(case: Case, epoch: int) -> Answer:
        return Answer(output={"kind": "text", "text": "1"}, evidence=1.0, calls=1, prompt_tokens=1000)

    tally = run_fake(FakeSuite(answers), tmp_path, at_once=2, max_cost=5.0)
    assert 5 <= tally.done <= 6
    assert tally.stopped == "the cost has reached its cap"


def test_a_gone_endpoint_ends_the_run(tmp_path: Path) -> None:
    wrong_key = FakeSuite(lambda case, epoch: Answer(error=SampleError(kind="auth", message="the key is refused")))
    tally = run_fake(wrong_key, tmp_path / "a", at_once=1)
    assert tally.done == 1 and "key is refused" in tally.stopped
    down = FakeSuite(lambda case, epoch: Answer(error=SampleError(kind="network", message="no route")))
    tally = run_fake(down, tmp_path / "b", at_once=1)
    assert tally.done == 8


def test_concurrency_adapts() -> None:
    limit = AdaptiveLimit(16)
    limit.note(busy=True)
    assert limit.now == 8
    for _ in range(15):
        limit.note(busy=True)
    assert limit.now == 8, "answers to requests sent before the pause do not halve it again"
    limit.note(busy=True)
    assert limit.now == 4
    for _ in range(200):
        limit.note(busy=False)
    assert limit.now == 16
    for _ in range(200):
        limit.note(busy=True)
    assert limit.now == 1


def test_a_missing_recording_does_not_end_a_run() -> None:
    breaker = Breaker()
    for _ in range(100):
        breaker.note("not_recorded", "missing")
    assert not breaker.open
