"""Reads how a project wants its goals judged: `[lint]` in goals.toml or `[tool.goals.lint]` in pyproject.toml.

Knows nothing about the command line or about documents.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from assistant.errors import UsageError
from assistant.goals.findings import GoalKind, Severity
from assistant.lint.profile import find_profile
from assistant.lint.registry import find_rule

FILES = ("goals.toml", "pyproject.toml")
"""Names of the files that can hold a configuration, the stronger one first."""
KEYS = ("select", "ignore", "fail-on", "profile", "fiscal-year-start", "severity", "per-file")
FILE_KEYS = ("profile", "ignore", "kind")
FAIL_ON = ("error", "warning", "never")
SEVERITIES = (*get_args(Severity), "off")
KINDS: tuple[str, ...] = get_args(GoalKind)

Value = TypeVar("Value")


@dataclass(frozen=True)
class FileRules:
    """What holds for the files that a pattern matches.

    Attributes:
        pattern: as written; one without a slash is compared with the file's name, else with its path from `root`.
        profile: name of a profile, or None.
        ignore: names of rules to leave out, beside those of the whole project.
        kind: kind of goals that do not say theirs, or None.
    """

    pattern: str
    profile: str | None = None
    ignore: frozenset[str] = frozenset()
    kind: GoalKind | None = None


@dataclass(frozen=True)
class Configuration:
    """What a project's file says; everything is optional.

    Attributes:
        path: the file, None where there is none.
        select: names of the only rules to report, or None.
        ignore: names of rules to leave out.
        off: names of rules whose severity is set to `off`.
        severities: severities that differ from the rules' own.
        fail_on: `error`, `warning` or `never`, or None.
        profile: name of a profile, or None.
        fiscal_start: first month of the fiscal year, or None.
        per_file: what holds for some files only, in order.
    """

    path: Path | None = None
    select: frozenset[str] | None = None
    ignore: frozenset[str] | None = None
    off: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: str | None = None
    profile: str | None = None
    fiscal_start: int | None = None
    per_file: tuple[FileRules, ...] = ()

    def for_file(self, name: str) -> FileRules:
        """Return what the patterns say of a file: their ignored rules together, of the rest the last word."""
        profile, kind, ignored = None, None, frozenset[str]()
        for entry in self.per_file:
            if self._matches(entry.pattern, name):
                profile, kind = entry.profile or profile, entry.kind or kind
                ignored |= entry.ignore
        return FileRules(name, profile, ignored, kind)

    def _matches(self, pattern: str, name: str) -> bool:
        if "/" not in pattern:
            return bool(_glob(pattern).fullmatch(Path(name).name))
        root = self.path.parent if self.path else Path()
        return bool(_glob(pattern).fullmatch(Path(os.path.relpath(name, root)).as_posix()))


def find_configuration(folder: Path) -> Configuration:
    """Return the configuration that holds for a folder: its own, else the nearest above; an empty one if none is.

    Raises:
        UsageError: a file cannot be read or says what it cannot.
    """
    place = Path(os.path.abspath(folder))  # noqa: PTH100 - `Path.absolute` keeps `..`
    for parent in (place, *place.parents):
        for name in FILES:
            found = read_configuration(parent / name) if (parent / name).is_file() else None
            if found is not None:
                return found
    return Configuration()


def configurations(path: Path | None = None, none: bool = False) -> Callable[[Path], Configuration]:
    """Return what tells the configuration of a folder.

    Args:
        path: a file that holds for all folders.
        none: True where no file is to count.

    Raises:
        UsageError: both are given, or the file cannot be read, says what it cannot, or says nothing of the linter.
    """
    if path is not None and none:
        raise UsageError("--config and --no-config contradict each other.", "Drop one.")
    if path is None:
        return cache(find_configuration) if not none else lambda folder: Configuration()
    found = read_configuration(path)
    if found is None:
        raise UsageError(f"{str(path)!r} says nothing about `goals lint`.", "Add a table [tool.goals.lint] to it.")
    return lambda folder: found


def read_configuration(path: Path) -> Configuration | None:
    """Return what a file says of the linter, None where it is a pyproject.toml without a word about it.

    Raises:
        UsageError: it cannot be read or says what it cannot; all that is wrong stands in one message.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise UsageError(
            f"{str(path)!r} cannot be read ({error.strerror}).", "Check the path.", path=str(path)
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{str(path)!r} is no TOML ({error}).", "Mend it, or use --no-config.", path=str(path)
        ) from None
    faults: list[str] = []
    if path.name == "pyproject.toml":
        data = data.get("tool", {}).get("goals", {}) if isinstance(data.get("tool", {}), dict) else {}
        if data == {}:
            return None
        if not isinstance(data, dict):
            faults.append(f"`tool.goals` is {data!r}, not a table")
            data = {}
    _unknown(data, ("lint",), "table", faults)
    configuration = _configuration(path, data.get("lint", {}), faults)
    if faults:
        raise UsageError(f"{str(path)!r}: {'; '.join(faults)}.", "Mend the file, or use --no-config.", path=str(path))
    return configuration


def _configuration(path: Path, table: Any, faults: list[str]) -> Configuration:
    if not isinstance(table, dict):
        faults.append(f"`lint` is {table!r}, not a table")
        return Configuration(path)
    _unknown(table, KEYS, "key", faults)
    severities = {
        _rule(name, f"severity.{name}", faults): _one_of(value, SEVERITIES, f"severity.{name}", faults)
        for name, value in _table(table, "severity", faults).items()
    }
    known: dict[str, Any] = {name: severity for name, severity in severities.items() if name and severity}
    return Configuration(
        path=path,
        select=_given(table, "select", lambda value: _rules(value, "select", faults)),
        ignore=_given(table, "ignore", lambda value: _rules(value, "ignore", faults)),
        off=frozenset(name for name, severity in known.items() if severity == "off"),
        severities={name: severity for name, severity in known.items() if severity != "off"},
        fail_on=_given(table, "fail-on", lambda value: _one_of(value, FAIL_ON, "fail-on", faults)),
        profile=_given(table, "profile", lambda value: _profile(value, "profile", faults)),
        fiscal_start=_given(table, "fiscal-year-start", lambda value: _month(value, faults)),
        per_file=tuple(
            _file_rules(pattern, entry, faults) for pattern, entry in _table(table, "per-file", faults).items()
        ),
    )


def _file_rules(pattern: str, entry: Any, faults: list[str]) -> FileRules:
    key = f"per-file.{pattern!r}"
    if not isinstance(entry, dict):
        faults.append(f"`{key}` is {entry!r}, not a table")
        return FileRules(pattern)
    _unknown(entry, FILE_KEYS, f"key of `{key}`", faults)
    kind: Any = _given(entry, "kind", lambda value: _one_of(value, KINDS, f"{key}.kind", faults))
    return FileRules(
        pattern,
        profile=_given(entry, "profile", lambda value: _profile(value, f"{key}.profile", faults)),
        ignore=_given(entry, "ignore", lambda value: _rules(value, f"{key}.ignore", faults)) or frozenset(),
        kind=kind,
    )


def _given(table: dict[str, Any], key: str, read: Callable[[Any], Value]) -> Value | None:
    return read(table[key]) if key in table else None


def _table(table: dict[str, Any], key: str, faults: list[str]) -> dict[str, Any]:
    value = table.get(key, {})
    if isinstance(value, dict):
        return value
    faults.append(f"`{key}` is {value!r}, not a table")
    return {}


def _rules(value: Any, key: str, faults: list[str]) -> frozenset[str]:
    if not isinstance(value, list) or not value or not all(isinstance(entry, str) for entry in value):
        faults.append(f'`{key}` is {value!r}, not a list of rules like ["no-deadline"]')
        return frozenset()
    return frozenset(filter(None, (_rule(entry, key, faults) for entry in value)))


def _rule(name: str, key: str, faults: list[str]) -> str:
    try:
        return find_rule(name).name
    except UsageError as error:
        faults.append(f"`{key}`: {_lowered(error)}")
        return ""


def _profile(value: Any, key: str, faults: list[str]) -> str | None:
    try:
        return find_profile(str(value)).name
    except UsageError as error:
        faults.append(f"`{key}`: {_lowered(error)}")
        return None


def _month(value: Any, faults: list[str]) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 12:
        return value
    faults.append(f"`fiscal-year-start` is {value!r}, not a month from 1 to 12")
    return None


def _one_of(value: Any, allowed: Iterable[str], key: str, faults: list[str]) -> str | None:
    if value in (names := tuple(allowed)):
        return str(value)
    faults.append(f"`{key}` is {value!r}, none of {', '.join(names)}{_hint(str(value), names)}")
    return None


def _unknown(table: dict[str, Any], known: tuple[str, ...], what: str, faults: list[str]) -> None:
    for key in table:
        if key not in known:
            faults.append(f"there is no {what} {key!r}{_hint(key, known) or ': known are ' + ', '.join(known)}")


def _hint(value: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(value.lower().replace("_", "-"), known, n=1, cutoff=0.5)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _lowered(error: UsageError) -> str:
    """Return an error's words as a part of a longer sentence."""
    what, cure = error.what.rstrip("."), error.cure.rstrip(".")
    return f"{what[:1].lower()}{what[1:]} ({cure[:1].lower()}{cure[1:]})"


def _glob(pattern: str) -> re.Pattern[str]:
    """Return a pattern of file names as a regular expression: `*`, `?`, and `**` for any folders."""
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.removeprefix("./"))
    return re.compile("".join(words.get(piece) or re.escape(piece) for piece in pieces))
