"""Turns a draft into a file of the format that its reader works with. Each format is written by a module of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from assistant.errors import UsageError
from assistant.goals import DraftResult

Format = Literal["md", "docx", "xlsx", "csv", "json", "ics", "feishu.json"]
FORMATS: tuple[Format, ...] = get_args(Format)
_MEDIA: dict[Format, str] = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
    "feishu.json": "application/json",
}
_OF_GOALS: frozenset[Format] = frozenset({"xlsx", "csv", "ics", "feishu.json"})
"""Formats that hold nothing but goals and what belongs to them."""
LOOSE = re.compile("[\u2028\u2029\u202a-\u202e\u2066-\u2069\x7f-\x9f]")
"""Characters that could break a line or turn its direction in an editor; JSON writes them as escapes."""


@dataclass(frozen=True, slots=True)
class Export:
    """A file made of a draft.

    Attributes:
        name: file name, `goals-2026-12-01.docx`.
        media_type: as HTTP names it.
        data: the whole file.
        notices: what the format could not hold, in the draft's language.
    """

    name: str
    media_type: str
    data: bytes
    notices: tuple[str, ...] = ()


def export(result: DraftResult, format: Format, *, today: date) -> Export:
    """Return a draft as a file; the same draft, format and day give the same content.

    Args:
        result: the draft.
        format: which of `FORMATS`.
        today: the day of the export, in the name, the properties and the calendar.

    Raises:
        UsageError: there is no such format, or the format holds goals and there are none.
    """
    if format not in FORMATS:
        raise UsageError(f"There is no export format {format!r}.", f"Choose one of {', '.join(FORMATS)}.")
    if format in _OF_GOALS and not result.goals:
        raise UsageError(f"The draft has no goals, so there is nothing to export as {format!r}.", "Draft goals first.")
    data, notices = _WRITERS[format](result, today)
    return Export(f"goals-{today.isoformat()}.{format}", _MEDIA[format], data, notices)


def format_of(name: str) -> Format:
    """Return the format that the ending of a file name asks for.

    Raises:
        UsageError: it asks for none.
    """
    low = Path(name).name.lower()
    for format in sorted(FORMATS, key=len, reverse=True):
        if low.endswith(f".{format}"):
            return format
    endings = ", ".join(f".{format}" for format in FORMATS)
    raise UsageError(f"The ending of {name!r} names no export format.", f"End the name in one of {endings}.")


def save(made: Export, path: str) -> None:
    """Write a file whole or not at all.

    Raises:
        InputError: the folder or the file cannot be written.
    """
    from assistant.files.saving import write_atomically

    write_atomically(path, made.data)


Written = tuple[bytes, tuple[str, ...]]


def _markdown(result: DraftResult, today: date) -> Written:
    from assistant.render.draft_markdown import markdown

    return markdown(result).encode("utf-8"), ()


def _docx(result: DraftResult, today: date) -> Written:
    from assistant.render.draft_docx import draft_docx

    return draft_docx(result, today), ()


def _xlsx(result: DraftResult, today: date) -> Written:
    from assistant.render.draft_xlsx import draft_xlsx

    return draft_xlsx(result, today)


def _csv(result: DraftResult, today: date) -> Written:
    from assistant.render.draft_csv import draft_csv

    return draft_csv(result), ()


def _json(result: DraftResult, today: date) -> Written:
    text = json.dumps(result.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return f"{LOOSE.sub(lambda found: f'{chr(92)}u{ord(found[0]):04x}', text)}\n".encode(), ()


def _ics(result: DraftResult, today: date) -> Written:
    from assistant.render.draft_calendar import draft_calendar

    return draft_calendar(result, today)


def _feishu(result: DraftResult, today: date) -> Written:
    from assistant.render.feishu_okr import feishu_okr

    return feishu_okr(result)


_WRITERS: dict[Format, Callable[[DraftResult, date], Written]] = {
    "md": _markdown,
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
    "ics": _ics,
    "feishu.json": _feishu,
}
