"""Turns a plan into a file of the format that its reader works with. Each format is written by a module of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel

from assistant.errors import UsageError
from assistant.goals.outline import Outline
from assistant.render.export import LOOSE, Export

PlanFormat = Literal["md", "docx", "xlsx", "html", "json", "ics"]
PLAN_FORMATS: tuple[PlanFormat, ...] = get_args(PlanFormat)
_MEDIA: dict[PlanFormat, str] = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
}


def export_plan(plan: BaseModel, outline: Outline, format: PlanFormat, *, today: date) -> Export:
    """Return a plan as a file; the same plan, format and day give the same content.

    Args:
        plan: the typed plan, for JSON.
        outline: the same plan, ready to be laid out.
        format: which of `PLAN_FORMATS`.
        today: the day of the export, in the name, the properties and the calendar.

    Raises:
        UsageError: there is no such format.
    """
    if format not in PLAN_FORMATS:
        raise UsageError(f"There is no plan format {format!r}.", f"Choose one of {', '.join(PLAN_FORMATS)}.")
    data = _json(plan) if format == "json" else _WRITERS[format](outline, today)
    return Export(f"{outline.kind}-{today.isoformat()}.{format}", _MEDIA[format], data)


def plan_format_of(name: str) -> PlanFormat:
    """Return the format that the ending of a file name asks for.

    Raises:
        UsageError: it asks for none.
    """
    ending = Path(name).suffix.lower().removeprefix(".")
    for format in PLAN_FORMATS:
        if ending == format:
            return format
    endings = ", ".join(f".{format}" for format in PLAN_FORMATS)
    raise UsageError(f"The ending of {name!r} names no plan format.", f"End the name in one of {endings}.")


def _json(plan: BaseModel) -> bytes:
    text = json.dumps(plan.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return f"{LOOSE.sub(lambda found: f'{chr(92)}u{ord(found[0]):04x}', text)}\n".encode()


def _markdown(outline: Outline, today: date) -> bytes:
    from assistant.render.plan.markdown import plan_markdown

    return plan_markdown(outline).encode("utf-8")


def _docx(outline: Outline, today: date) -> bytes:
    from assistant.render.plan.docx import plan_docx

    return plan_docx(outline, today)


def _xlsx(outline: Outline, today: date) -> bytes:
    from assistant.render.plan.workbook import plan_xlsx

    return plan_xlsx(outline, today)


def _html(outline: Outline, today: date) -> bytes:
    from assistant.render.plan.html import plan_html

    return plan_html(outline).encode("utf-8")


def _ics(outline: Outline, today: date) -> bytes:
    from assistant.render.plan.calendar import plan_ics

    return plan_ics(outline, today)


_WRITERS: dict[str, Callable[[Outline, date], bytes]] = {
    "md": _markdown,
    "docx": _docx,
    "xlsx": _xlsx,
    "html": _html,
    "ics": _ics,
}
