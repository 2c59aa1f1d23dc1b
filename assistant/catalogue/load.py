"""Reads the metric catalogue from `knowledge/metrics`. Knows nothing about aims or drafts."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant import paths
from assistant.errors import KnowledgeError
from assistant.goals import Function, Metric

if TYPE_CHECKING:
    from collections.abc import Mapping


class Catalogue:
    """All functions and their metrics, with look-up by id."""

    def __init__(self, functions: tuple[Function, ...]) -> None:
        """Index the functions; ids must be unique and references must resolve.

        Raises:
            KnowledgeError: an id occurs twice or a driver or guardrail does not exist.
        """
        self.functions: Mapping[str, Function] = MappingProxyType({each.id: each for each in functions})
        metrics = [metric for function in functions for metric in function.metrics]
        self.metrics: Mapping[str, Metric] = MappingProxyType({metric.id: metric for metric in metrics})
        counts = Counter(metric.id for metric in metrics)
        faults = [f"{id!r} occurs {count} times" for id, count in counts.items() if count > 1]
        faults += [
            f"{metric.id!r} names {other!r}, which does not exist"
            for metric in metrics
            for other in (*metric.drivers, *metric.guardrails)
            if other not in self.metrics
        ]
        if faults:
            raise KnowledgeError(f"The metric catalogue is broken: {'; '.join(faults)}.", "Correct knowledge/metrics.")


def read_function(path: Path) -> Function:
    """Read one catalogue file.

    Raises:
        KnowledgeError: the file is not TOML or breaks the schema; the message names file and field.
    """
    cure = "Correct the file or restore it from the distribution."
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"The catalogue file {path.name!r} cannot be read: {error}.", cure) from error
    for metric in data.get("metrics", []):
        metric.setdefault("function", data.get("id"))
    try:
        return Function.model_validate_json(json.dumps(data))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()[:5])
        raise KnowledgeError(f"The catalogue file {path.name!r} breaks the schema: {faults}.", cure) from error


@cache
def load(folder: Path | None = None) -> Catalogue:
    """Read every catalogue file of `folder` (default: the shipped catalogue), once a process.

    Raises:
        KnowledgeError: a file is broken, or there is none.
    """
    folder = folder or paths.resource("knowledge") / "metrics"
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise KnowledgeError(f"No metric catalogue was found in {str(folder)!r}.", "Reinstall the package.")
    return Catalogue(tuple(read_function(path) for path in files))
