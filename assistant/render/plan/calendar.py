"""Lays out the days of a plan as iCalendar (RFC 5545): reviews, checkpoints and milestones as all-day events."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from icalendar import Calendar

from assistant.goals.outline import Event, Outline
from assistant.render.draft_calendar import DOMAIN, RULES, all_day
from assistant.render.legible import legible, one_line
from assistant.render.plan.wording import Words


def plan_ics(outline: Outline, today: date) -> bytes:
    """Return the calendar.

    Args:
        outline: the plan.
        today: the day of the export.
    """
    said = Words(outline.language)
    calendar = Calendar()
    calendar.add("prodid", "-//goal-assistant//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(outline.title) or said["calendar"])
    for event in outline.events:
        made = all_day(one_line(event.summary), event.day, legible(event.description))
        if event.rhythm is not None:
            made.add("rrule", {**RULES[event.rhythm], "UNTIL": event.until})
        made.add("uid", _uid(outline, event))
        made.add("dtstamp", datetime(today.year, today.month, today.day, tzinfo=UTC))
        made.add("transp", "TRANSPARENT")
        calendar.add_component(made)
    return bytes(calendar.to_ical())


def _uid(outline: Outline, event: Event) -> str:
    key = "\0".join((outline.kind, outline.title, event.key))
    return f"{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}@{DOMAIN}"
