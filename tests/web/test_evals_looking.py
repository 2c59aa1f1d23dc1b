"""What happens when a person picks runs: over real run folders, through the real façade."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.errors import StorageError, UsageError
from assistant.service import Assistant
from assistant.web.backend import ServiceBackend
from assistant.web.evals import looking
from assistant.web.evals.looking import Looking
from tests.web.eval_runs import BEFORE, KILLED, MODEL, NOW, OTHER_CASES, write_all


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("written")
    write_all(home)
    return home


@pytest.fixture
def runs(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of runs that a test may spoil."""
    monkeypatch.setenv("GOALS_HOME", str(tmp_path))
    return Path(shutil.copytree(written / "evals" / "runs", tmp_path / "evals" / "runs"))


@pytest.fixture
def backend() -> ServiceBackend:
    return ServiceBackend(Assistant())


def states(made: AsyncIterator[Looking]) -> list[Looking]:
    async def collect() -> list[Looking]:
        return [state async for state in made]

    return asyncio.run(collect())


def opened(backend: ServiceBackend) -> Looking:
    return states(looking.refresh(backend, Looking()))[-1]


def test_opening_shows_the_newest_run(runs: Path, backend: ServiceBackend) -> None:
    at = opened(backend)
    assert [run.id for run in at.runs or ()] == [NOW, MODEL, BEFORE, KILLED, OTHER_CASES]
    assert at.shown == NOW and at.summary is not None and at.summary.finished == 126 and at.report
    assert at.comparison is None and at.trouble is None


def test_no_runs_are_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backend: ServiceBackend) -> None:
    monkeypatch.setenv("GOALS_HOME", str(tmp_path / "nowhere"))
    at = opened(backend)
    assert at.runs == () and at.shown == "" and at.unread is None
    assert not (tmp_path / "nowhere").exists()


def test_a_killed_run_is_added_up_from_its_samples(runs: Path, backend: ServiceBackend) -> None:
    at = states(looking.show(backend, opened(backend), KILLED))[-1]
    assert at.summary is not None and at.summary.finished == 20 and at.summary.manifest.planned == 42
    assert not at.report


def test_two_runs_are_compared_in_two_steps(runs: Path, backend: ServiceBackend) -> None:
    busy, done = states(looking.compare(backend, opened(backend), BEFORE))
    assert busy.busy and busy.comparison is None
    assert not done.busy and done.comparison is not None
    assert (done.comparison.reference, done.comparison.candidate) == (BEFORE, NOW)
    main = done.comparison.checks[0]
    assert main.check == "smart_score" and main.outcome == "better" and len(main.worst) == 5
    swapped = states(looking.swap(backend, done))[-1]
    assert (swapped.shown, swapped.against) == (BEFORE, NOW)
    assert swapped.comparison is not None and swapped.comparison.checks[0].outcome == "worse"
    other = states(looking.show(backend, done, MODEL))[-1]
    assert other.against == BEFORE and other.comparison is not None and other.comparison.refused
    same = states(looking.show(backend, done, BEFORE))[-1]
    assert same.against == "" and same.comparison is None
    none = states(looking.compare(backend, done, ""))[-1]
    assert none.against == "" and none.comparison is None


def test_other_cases_are_refused_with_the_reason(runs: Path, backend: ServiceBackend) -> None:
    at = states(looking.compare(backend, opened(backend), OTHER_CASES))[-1]
    assert at.comparison is not None and not at.comparison.checks
    assert "cases of the suite 'drafting' differ" in at.comparison.refused[0]


def test_variants_of_other_names_can_be_paired(runs: Path, backend: ServiceBackend) -> None:
    at = states(looking.show(backend, opened(backend), MODEL))[-1]
    at = states(looking.compare(backend, at, BEFORE))[-1]
    at = states(looking.choose(backend, at, 0, "offline"))[-1]
    assert at.pair == ("offline", "local-8b/draft-v5")
    assert at.comparison is not None and at.comparison.checks[0].candidate == "local-8b/draft-v5"
    at = states(looking.choose(backend, at, 1, "local-8b/freehand"))[-1]
    assert at.comparison is not None and at.comparison.checks[0].outcome == "worse"
    at = states(looking.choose(backend, at, 0, ""))[-1]
    assert at.pair == ("", "") and at.comparison is not None and at.comparison.refused
    assert states(looking.choose(backend, at, 0, "nobody")) == []


def test_two_variants_of_one_run_are_compared(runs: Path, backend: ServiceBackend) -> None:
    at = states(looking.compare(backend, opened(backend), NOW))[-1]
    assert at.against == NOW and at.comparison is None
    at = states(looking.choose(backend, at, 1, "lexical"))[-1]
    assert at.pair == ("hybrid", "lexical")
    assert at.comparison is not None and {check.outcome for check in at.comparison.checks} == {"worse"}


def test_what_is_not_in_the_list_is_not_looked_for(runs: Path, backend: ServiceBackend) -> None:
    at = opened(backend)
    for id in (str(runs / NOW), f"../runs/{NOW}", NOW[:8], "latest", "", at.shown):
        assert states(looking.show(backend, at, id)) == []
        assert id in ("", at.shown) or states(looking.compare(backend, at, id)) == []


@pytest.mark.parametrize(
    "name", ["../runs/{now}", "{runs}/{now}", "{now}/", "{now}/.", ".", "..", "", "latest", "2026", "x"]
)
def test_the_facade_takes_names_and_no_paths(runs: Path, name: str) -> None:
    id = name.format(now=NOW, runs=runs)
    for ask in (Assistant().eval_run, lambda id: Assistant().compare_eval_runs(NOW, id)):
        with pytest.raises(UsageError, match="There is no run"):
            ask(id)
    assert Assistant().eval_report(id) is None


def test_links_out_of_the_folder_are_no_runs(runs: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    shutil.move(runs / MODEL, outside)
    (runs / MODEL).symlink_to(outside)
    assert MODEL not in {run.id for run in Assistant().eval_runs()}
    with pytest.raises(UsageError):
        Assistant().eval_run(MODEL)
    (runs / NOW / "report.html").unlink()
    (runs / NOW / "report.html").symlink_to(outside / "report.html")
    assert Assistant().eval_report(NOW) is None and Assistant().eval_report(BEFORE) == runs / BEFORE / "report.html"


def test_a_run_that_went_away_is_told_and_the_list_can_be_read_anew(runs: Path, backend: ServiceBackend) -> None:
    at = states(looking.compare(backend, opened(backend), BEFORE))[-1]
    shutil.rmtree(runs / BEFORE)
    gone = states(looking.show(backend, at, BEFORE))[-1]
    assert gone.trouble is not None and gone.trouble.key == "evals.gone" and gone.summary is None
    at = states(looking.refresh(backend, at))[-1]
    assert at.shown == NOW and at.against == "" and BEFORE not in {run.id for run in at.runs or ()}
    shutil.rmtree(runs / NOW)
    at = states(looking.refresh(backend, at))[-1]
    assert at.shown == MODEL and at.trouble is None


def test_broken_files_are_told_by_name_and_not_by_place(runs: Path, backend: ServiceBackend) -> None:
    lines = (runs / KILLED / "samples.jsonl").read_text("utf-8").splitlines()
    (runs / KILLED / "samples.jsonl").write_text("\n".join([lines[0], "{}", *lines[1:]]), "utf-8")
    at = states(looking.show(backend, opened(backend), KILLED))[-1]
    assert at.trouble is not None and at.trouble.key == "evals.broken_line"
    assert at.trouble.values == {"file": "samples.jsonl", "line": "2"}
    (runs / BEFORE / "samples.jsonl").write_text("{}\n", "utf-8")
    at = states(looking.compare(backend, opened(backend), BEFORE))[-1]
    assert at.doubt is not None and at.doubt.key == "evals.broken_line" and not at.busy
    (runs / NOW / "summary.json").write_text("{", "utf-8")
    assert Assistant().eval_run(NOW).finished == 126


def test_a_surprise_is_told_without_its_words(backend: ServiceBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(backend, "eval_runs", fail)
    at = opened(backend)
    assert at.runs == () and at.unread is not None and at.unread.key == "evals.failed"
    monkeypatch.setattr(backend, "eval_runs", lambda: (_ for _ in ()).throw(StorageError("x", "", file="/a/b/runs")))
    at = opened(backend)
    assert at.unread is not None and at.unread.values == {"file": "runs"}
