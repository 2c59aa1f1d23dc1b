"""Opens the models of a run: live, recorded on the way, or replayed.

Knows nothing about cases or checks.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import StorageError, UsageError
from assistant.evaluation.samples import Recording
from assistant.llm import Model, Recorder, Replayer, SharedLoop, open_model
from assistant.settings import Settings
from evals.store import write_whole

CASES_FILE = "recorded.json"


class Models:
    """The models of one run by name."""

    def __init__(
        self,
        settings: Settings,
        names: Sequence[str],
        *,
        record: Path | None,
        replay: Path | None,
        at_once: int | None = None,
    ) -> None:
        """Open the models.

        Args:
            settings: endpoint, key, deadline and prices.
            names: model names; empty for the one in the settings, or for the recorded one.
            record: folder in which every answer is kept.
            replay: folder whose answers stand for the models.
            at_once: calls under way at each live model, None for any number.

        Raises:
            UsageError: both folders are named, or no model is.
            StorageError: the folder of recordings does not exist.
        """
        if record is not None and replay is not None:
            raise UsageError("Answers cannot be recorded and replayed in one run.", "Choose --record or --replay.")
        self.settings = settings
        self.replayer: Replayer | None = None
        self._open: dict[str, SharedLoop] = {}
        self._scripted: dict[str, Model] = {}
        if replay is not None:
            self.replayer = Replayer(replay)
            recorded = self.replayer.origin()[0]
            unknown = sorted(set(names) - set(recorded))
            if unknown:
                raise UsageError(
                    f"No answers of {unknown[0]!r} are recorded in {str(replay)!r}.",
                    f"Recorded are: {', '.join(recorded) or 'none'}.",
                )
            self.names = [self.replayer.name]
            self._scripted[self.replayer.name] = self.replayer
            return
        self.names = list(dict.fromkeys(name for name in (*names, *_configured(settings, names)) if name))
        for name in self.names:
            model: Model | None = open_model(settings, name)
            if model is None:
                raise UsageError(f"The model {name!r} cannot be opened.", "Set GOALS_LLM_BASE_URL or a key.")
            self._open[name] = SharedLoop(Recorder(model, record) if record is not None else model, at_once=at_once)

    def get(self, name: str) -> Model:
        """Return the model of a name."""
        return self._scripted[name] if name in self._scripted else self._open[name]

    def recording(self) -> Recording | None:
        """Return where the answers come from, None for live ones."""
        if self.replayer is None:
            return None
        models, first, last = self.replayer.origin()
        return Recording(models=tuple(models), first=first, last=last)

    @staticmethod
    def recorded_in(folder: Path) -> list[str]:
        """Return the models whose answers a folder holds already."""
        return Replayer(folder).origin()[0]

    def close(self) -> None:
        """Close every connection."""
        for model in self._open.values():
            model.close()


def _configured(settings: Settings, names: Sequence[str]) -> tuple[str, ...]:
    return () if names or not settings.llm_model or settings.llm_model == "offline" else (settings.llm_model,)


def recorded_cases(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Return by suite and variant the ids of the recorded cases, in the order in which they were recorded.

    Raises:
        StorageError: the folder does not say.
    """
    try:
        data = json.loads((folder / CASES_FILE).read_text("utf-8"))
        return {suite: {name: list(ids) for name, ids in each.items()} for suite, each in data["cases"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise StorageError(
            f"{str(folder / CASES_FILE)!r} does not say which cases were recorded.", "Record again with --record."
        ) from None


def write_recorded_cases(folder: Path, suite: str, variant: str, ids: Sequence[str]) -> None:
    """Add the ids of a variant's cases to what the folder of recordings says."""
    try:
        known = recorded_cases(folder)
    except StorageError:
        known = {}
    group = known.setdefault(suite, {})
    group[variant] = list(dict.fromkeys((*group.get(variant, []), *ids)))
    text = json.dumps({"version": 1, "cases": known}, ensure_ascii=False, indent=1)
    write_whole(folder / CASES_FILE, text + "\n")
