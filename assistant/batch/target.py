"""Where a run may be written, and as what. Knows nothing about how."""

from __future__ import annotations

from pathlib import Path

from assistant.batch.outputs import OutputKind
from assistant.batch.source import Source
from assistant.errors import InputError, UsageError

_TEXTS = {"text": (".txt",), "markdown": (".md", ".markdown"), "jsonl": (".jsonl", ".ndjson")}


def kind_of(target: Path) -> OutputKind:
    """Return what is written into a file, by its ending."""
    ending = target.suffix.lower()
    return "json" if ending == ".json" else "report" if ending in (".html", ".htm") else "same"


def check_target(target: Path, source: Source) -> None:
    """Make sure that a source can be written into a file.

    Raises:
        UsageError: the ending is that of another kind, or the file is the input itself.
        InputError: the folder is not there.
    """
    if target.resolve() == source.path.resolve():
        raise UsageError("The output would overwrite the input.", "Choose another name.")
    if not target.resolve().parent.is_dir():
        raise InputError(f"The folder of {str(target)!r} is not there.", "Make it first.")
    if kind_of(target) != "same":
        return
    own = Path(source.name).suffix.lower()
    fitting = _TEXTS.get(source.kind, (own,))
    if target.suffix.lower() not in fitting:
        raise UsageError(
            f"{str(target)!r} does not end like the input ({own or 'no ending'}).",
            f"Name it {fitting[0] or 'like the input'}, or .json or .html for the whole run.",
        )
