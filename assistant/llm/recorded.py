"""Records answers as JSON files and gives them back later, so that whole runs repeat without any model.

Knows nothing about what the answers are for; a request without a label is neither recorded nor replayed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import AsyncGenerator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.errors import StorageError
from assistant.llm.scripted import failed, in_pieces
from assistant.llm.types import Completion, Failure, Label, Model, Outcome, Request, Restarted

_VERSION = 1
_KEPT_FAILURES = frozenset({"filtered", "refusal", "tool_call", "truncated", "empty", "context_length"})
"""Failures that belong to the answer; those of the transport are not recorded."""


class Recorder:
    """Asks another model and keeps its answers in a folder, one file for each label."""

    def __init__(self, model: Model, folder: Path) -> None:
        """Take the model to ask and the folder to write."""
        self._inner = model
        self._folder = folder

    @property
    def name(self) -> str:
        """Return the name of the model asked."""
        return self._inner.name

    async def complete(self, request: Request) -> Outcome:
        """Return the inner model's outcome, written down where it has a label and belongs to the answer.

        Raises:
            StorageError: the file cannot be written.
        """
        outcome = await self._inner.complete(request)
        if request.label is not None and (isinstance(outcome, Completion) or outcome.kind in _KEPT_FAILURES):
            _write(path_of(self._folder, request.label), _entry(request, request.label, outcome, self.name))
        return outcome

    async def aclose(self) -> None:
        """Close the inner model's connections."""
        close = getattr(self._inner, "aclose", None)
        if close is not None:
            await close()

    async def stream(
        self, request: Request, *, restart: bool = False
    ) -> AsyncGenerator[str | Restarted | Outcome, None]:
        """Yield the whole outcome in pieces once it is there."""
        async for piece in in_pieces(await self.complete(request)):
            yield piece


class Replayer:
    """Answers from a folder of recordings; what is not there is a failure of kind `not_recorded`.

    Attributes:
        stale: labels whose recorded answer belongs to another wording of the request.
        missing: labels that were asked for and are not recorded.
    """

    def __init__(self, folder: Path, *, name: str = "") -> None:
        """Take the folder; `name` is shown as the model's, by default the one recorded first.

        Raises:
            StorageError: the folder does not exist.
        """
        if not folder.is_dir():
            raise StorageError(
                f"There are no recorded answers in {str(folder)!r}.", "Record some first, or name another folder."
            )
        self._folder = folder
        self._name = name
        self.stale: list[Label] = []
        self.missing: list[Label] = []

    @property
    def name(self) -> str:
        """Return the name of the recorded model."""
        if not self._name:
            models = self.origin()[0]
            self._name = ", ".join(models) if models else "recorded"
        return self._name

    def origin(self) -> tuple[list[str], str, str]:
        """Return the models that were asked, and the first and last time in UTC, empty where nothing is there."""
        models: set[str] = set()
        times: set[str] = set()
        for file in sorted(self._folder.rglob("*.json")):
            entry = _read(file)
            if entry is not None:
                models.add(entry.get("asked") or entry["model"])
                times.add(entry["recorded"])
        return sorted(models), min(times, default=""), max(times, default="")

    async def complete(self, request: Request) -> Outcome:
        """Return the recorded outcome of the request's label; one of another wording is marked stale."""
        if request.label is None:
            return failed("not_recorded", "the request has no label", model="recorded")
        entry = _read(path_of(self._folder, request.label))
        if entry is None or entry["key"] != asdict(request.label):
            self.missing.append(request.label)
            return failed("not_recorded", _shown(request.label), model="recorded")
        stale = entry["digest"] != request.digest
        if stale:
            self.stale.append(request.label)
        try:
            if "failure" in entry:
                return replace(Failure(**entry["failure"]), stale=stale)
            return replace(Completion(**entry["completion"]), stale=stale)
        except (KeyError, TypeError):
            self.missing.append(request.label)
            return failed("not_recorded", f"{_shown(request.label)} is broken", model="recorded")

    async def stream(
        self, request: Request, *, restart: bool = False
    ) -> AsyncGenerator[str | Restarted | Outcome, None]:
        """Yield the recorded outcome in pieces."""
        async for piece in in_pieces(await self.complete(request)):
            yield piece


def path_of(folder: Path, label: Label) -> Path:
    """Return the file of `label` in `folder`; labels that differ in anything have different files."""
    place = folder / _slug(label.role) / f"{_slug(label.prompt)}-v{label.version}"
    return place / f"{_slug(label.case)}.e{label.epoch}.r{label.round}.json"


def _slug(text: str) -> str:
    """Return `text` as a file name; where anything had to be replaced a hash of the whole keeps names apart."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", text)[:60]
    if plain == text and plain.lower() == text:
        return plain
    return f"{plain.lower()}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def _shown(label: Label) -> str:
    return f"{label.role}/{label.prompt}-v{label.version} {label.case} epoch {label.epoch} round {label.round}"


def _entry(request: Request, label: Label, outcome: Outcome, asked: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "version": _VERSION,
        "key": asdict(label),
        "digest": request.digest,
        "asked": asked,
        "model": outcome.model if isinstance(outcome, Completion) else asked,
        "recorded": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if isinstance(outcome, Completion):
        entry["completion"] = asdict(outcome)
    else:
        entry["failure"] = asdict(outcome)
    return entry


def _write(file: Path, entry: dict[str, Any]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(entry, out, ensure_ascii=False, indent=1, sort_keys=True)
            out.write("\n")
        Path(temporary).replace(file)
    except OSError as error:
        raise StorageError(
            f"The answer cannot be recorded in {str(file)!r} ({error.strerror}).", "Choose a folder you can write to."
        ) from error


def _read(file: Path) -> dict[str, Any] | None:
    try:
        entry = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    wanted = {"key": dict, "digest": str, "model": str, "recorded": str}
    if not isinstance(entry, dict) or entry.get("version") != _VERSION:
        return None
    return entry if all(isinstance(entry.get(name), kind) for name, kind in wanted.items()) else None
