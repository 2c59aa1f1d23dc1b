"""The evaluation runs of this machine, looked up by name and never by path: what the page shows of them.

Knows nothing about how they are shown. Links out of the folder of runs are no runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assistant.errors import StorageError, UsageError
from assistant.evaluation import folder as folders
from assistant.evaluation.comparison import compare
from assistant.evaluation.folder import RunInfo
from assistant.evaluation.results import RunComparison, RunSummary
from assistant.evaluation.samples import Manifest, Sample
from assistant.evaluation.summary import summarise

REPORT = "report.html"


def runs() -> tuple[RunInfo, ...]:
    """Return the runs, the newest first."""
    home = folders.runs_home()
    return tuple(run for run in folders.list_runs() if _within(home / run.id, home))


def summary(id: str) -> RunSummary:
    """Return what a run amounts to so far; one without a readable summary is added up from its samples.

    Raises:
        UsageError: there is no such run.
        StorageError: its files cannot be read.
    """
    run = _place(id)
    try:
        return RunSummary.model_validate_json((run / folders.SUMMARY).read_bytes())
    except (OSError, ValueError):
        return summarise(*_side(run), seconds=0.0)


def compared(reference: str, candidate: str, pairs: Iterable[tuple[str, str]] = ()) -> RunComparison:
    """Return how one run differs from another; for `pairs` see `evaluation.comparison.compare`.

    Raises:
        UsageError: there is no such run or variant.
        StorageError: its files cannot be read.
    """
    return compare(_side(_place(reference)), _side(_place(candidate)), pairs=pairs)


def report(id: str) -> Path | None:
    """Return the report of a run; None where there is no such run, or no report in its folder."""
    try:
        run = _place(id)
    except UsageError:
        return None
    found = run / REPORT
    return found if found.is_file() and _within(found, run) else None


def _place(id: str) -> Path:
    """Return the folder of a run by its whole name, among those that really stand in the folder of the runs."""
    home = folders.runs_home()
    try:
        for folder in home.iterdir():
            if folder.name == id and folder.is_dir() and _within(folder, home):
                return folder
    except FileNotFoundError:
        pass
    except OSError as error:
        raise StorageError(
            f"The runs in {str(home)!r} cannot be read ({error.strerror}).", "", file=home.name
        ) from error
    raise UsageError(f"There is no run {id!r}.", "List them with `goals eval list`.", run=id)


def _within(path: Path, folder: Path) -> bool:
    """Tell whether a path is what it seems to be: a direct child, and no link to elsewhere."""
    return path.resolve() == folder.resolve() / path.name


def _side(folder: Path) -> tuple[Manifest, Iterable[Sample]]:
    """Return a run's manifest and its samples without their answers, which are most of their size."""
    samples = folders.each_sample(folder)
    return folders.read_manifest(folder), (each.model_copy(update={"output": None}) for each in samples)
