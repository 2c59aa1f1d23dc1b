"""Reads the folders that evaluation runs leave behind. Knows nothing about how they are written, scored or shown."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant import paths
from assistant.errors import StorageError, UsageError
from assistant.evaluation.samples import Manifest, Sample
from assistant.goals.base import Model

MANIFEST, SAMPLES, SUMMARY, VERDICT = "manifest.json", "samples.jsonl", "summary.json", "verdict.json"
LATEST = "latest"
_NAMED = 5
"""Runs that an error names at most."""
_Read = TypeVar("_Read", bound=BaseModel)


class RunInfo(Model):
    """What a list of runs shows of one.

    Attributes:
        id: name of the run's folder, which `find` takes.
        created: UTC.
        finished, errors: samples that are there, and those of them without an answer; None before there is a summary.
        path: the run's folder.
        outcome: what the gate said; None where it was never asked.
    """

    id: str
    created: str
    revision: str
    dirty: bool
    suites: tuple[str, ...]
    variants: tuple[str, ...]
    planned: int
    finished: int | None
    errors: int | None
    path: str
    outcome: Literal["pass", "fail", "incomplete", "inconclusive"] | None


class _Part(BaseModel):
    """A few fields of a large file; the rest is skipped without being built."""

    model_config = ConfigDict(extra="ignore", strict=True)


class _Keyed(_Part):
    key: str


class _Progress(_Part):
    finished: int
    errors: int


class _Verdict(_Part):
    outcome: Literal["pass", "fail", "incomplete", "inconclusive"]


def runs_home() -> Path:
    """Return the folder of all runs, whether or not it exists."""
    return paths.home(create=False) / "evals" / "runs"


def read_manifest(folder: Path) -> Manifest:
    """Read what a run was made of.

    Raises:
        StorageError: there is no `manifest.json`, or it cannot be read as one.
    """
    file = folder / MANIFEST
    try:
        return Manifest.model_validate_json(file.read_bytes())
    except OSError as error:
        raise StorageError(
            f"{str(file)!r} cannot be read ({error.strerror}).",
            "Name the folder of a run that you can read.",
            file=str(file),
        ) from error
    except ValidationError as error:
        raise StorageError(
            f"{str(file)!r} is no manifest of a run: {_fault(error)}.", "Start the run again.", file=str(file)
        ) from None


def read_samples(folder: Path) -> tuple[Sample, ...]:
    """Read all samples of a run at once; see `each_sample`."""
    return tuple(each_sample(folder))


def each_sample(folder: Path) -> Iterator[Sample]:
    """Read the samples of a run one by one, in the order of their lines.

    Of several lines with one key the last counts, so an error that was run again is replaced. A last line that was cut
    short, as a kill leaves it, is ignored. A run that has not begun has no samples.

    Raises:
        StorageError: the file cannot be read, or holds a broken line; the message names file and line.
    """
    file = folder / SAMPLES
    if folder.is_dir() and not file.exists():
        return
    try:
        with file.open("rb") as lines:
            for number, start in sorted(_last_lines(file).values()):
                lines.seek(start)
                try:
                    sample = Sample.model_validate_json(lines.readline())
                except ValidationError as error:
                    _broken(file, number, error)
                yield sample
    except OSError as error:
        raise StorageError(
            f"{str(file)!r} cannot be read ({error.strerror}).",
            "Name the folder of a run that you can read.",
            file=str(file),
        ) from error


def list_runs(home: Path | None = None) -> list[RunInfo]:
    """Return all runs, the newest first; a folder without a readable manifest is none.

    Args:
        home: the folder of the runs; `runs_home()` where None.
    """
    runs = [info for folder in _folders(home) if (info := _info(folder))]
    return sorted(runs, key=lambda run: (run.created, run.id), reverse=True)


def find(name: str, home: Path | None = None) -> Path:
    """Return the folder of a run.

    Args:
        name: the id of a run, a beginning that no other id has, `latest`, or the path of a run's folder.
        home: the folder of the runs; `runs_home()` where None.

    Raises:
        UsageError: there is no such run, or more than one; the message names those that are near.
    """
    name = name.strip()
    ids = sorted(folder.name for folder in _folders(home))
    if name == LATEST and LATEST not in ids:
        if newest := list_runs(home):
            return Path(newest[0].path)
        raise UsageError("There is no run yet.", "Start one with `goals eval run`.", name=name)
    if name in ids:
        return _home(home) / name
    if name and (path := _named(name)):
        return path
    matches = [known for known in ids if name and known.startswith(name)]
    if len(matches) == 1:
        return _home(home) / matches[0]
    if matches:
        raise UsageError(f"{len(matches)} runs begin with {name!r}.", f"Name one of them: {_some(matches)}.", name=name)
    near = difflib.get_close_matches(name, ids, _NAMED, 0.5)
    if near:
        cure = f"Did you mean {' or '.join(map(repr, near))}?"
    elif ids:
        cure = f"Name one of these runs: {_some([run.id for run in list_runs(home)])}."
    else:
        cure = "There is no run yet: start one with `goals eval run`, or name the path of a run's folder."
    raise UsageError(f"There is no run {name!r}.", cure, name=name)


def _last_lines(file: Path) -> dict[str, tuple[int, int]]:
    """Return the number and the offset in bytes of the last line of every key."""
    places: dict[str, tuple[int, int]] = {}
    start = 0
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    places[_Keyed.model_validate_json(line).key] = (number, start)
                except ValidationError as error:
                    # No beginning of a JSON object is JSON itself, so what can be read was written whole.
                    if line.endswith(b"\n") or error.errors()[0]["type"] != "json_invalid":
                        _broken(file, number, error)
            start += len(line)
    return places


def _broken(file: Path, number: int, error: ValidationError) -> NoReturn:
    raise StorageError(
        f"Line {number} of {str(file)!r} is no sample: {_fault(error)}.",
        "Delete that line and resume the run.",
        file=str(file),
        line=str(number),
    ) from None


def _fault(error: ValidationError) -> str:
    """Return the first thing wrong, with its place."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place!r}: {first['msg']}" if place else first["msg"]


def _home(home: Path | None) -> Path:
    return runs_home() if home is None else home


def _folders(home: Path | None) -> list[Path]:
    """Return the folders that hold a manifest."""
    try:
        return [folder for folder in _home(home).iterdir() if _is_run(folder)]
    except OSError:
        return []


def _is_run(folder: Path) -> bool:
    try:
        return (folder / MANIFEST).is_file()
    except OSError:
        return False


def _named(name: str) -> Path | None:
    """Return the folder at a path, where it is a run's."""
    try:
        folder = Path(name).expanduser()
    except RuntimeError:
        return None
    return folder if _is_run(folder) else None


def _info(folder: Path) -> RunInfo | None:
    try:
        manifest = read_manifest(folder)
    except StorageError:
        return None
    progress, verdict = _part(_Progress, folder / SUMMARY), _part(_Verdict, folder / VERDICT)
    return RunInfo(
        id=folder.name,
        created=manifest.created,
        revision=manifest.revision,
        dirty=manifest.dirty,
        suites=tuple(manifest.suites),
        variants=tuple(variant.name for variant in manifest.variants),
        planned=manifest.planned,
        finished=progress.finished if progress else None,
        errors=progress.errors if progress else None,
        path=str(folder),
        outcome=verdict.outcome if verdict else None,
    )


def _part(kind: type[_Read], file: Path) -> _Read | None:
    """Return what is wanted of a file that may not be there, or not yet whole."""
    try:
        return kind.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None


def _some(ids: list[str]) -> str:
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(map(repr, ids[:_NAMED])) + more
