"""Writes a draft as iCalendar (RFC 5545): check-ins, milestones and deadlines as all-day events.

An event keeps its UID from export to export, so that a later one replaces it. Knows no clock.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from icalendar import Calendar, Event, vDate, vText

from assistant.goals import DraftResult, Goal, KeyResult
from assistant.render.draft_markdown import words
from assistant.render.draft_rows import key_result_name
from assistant.render.legible import legible, one_line

DOMAIN = "goal-assistant.invalid"
"""Ends every UID; a name that no one can own (RFC 2606)."""
_MOST_SUMMARY = 200


class _Rhythm(NamedTuple):
    """How a check-in repeats: words that name it, its rule, and how many months it counts in, 0 for days and weeks."""

    words: re.Pattern[str]
    rule: dict[str, Any]
    months: int = 0


_WEEKDAYS = ["MO", "TU", "WE", "TH", "FR"]
_RHYTHMS = {
    "biweekly": _Rhythm(
        re.compile(r"two weeks|bi-?weekly|fortnight|other week|[两兩双雙2] ?[周週]", re.I),
        {"FREQ": "WEEKLY", "INTERVAL": 2, "BYDAY": "MO"},
    ),
    "half-yearly": _Rhythm(
        re.compile(r"half[- ]?year|six months|半年", re.I), {"FREQ": "MONTHLY", "INTERVAL": 6, "BYDAY": "1MO"}, 6
    ),
    "daily": _Rhythm(
        re.compile(r"\bdaily|(?:every|each) (?:work(?:ing)? ?|week)?day|每[天日]|每[个個]工作日|逐日", re.I),
        {"FREQ": "WEEKLY", "BYDAY": _WEEKDAYS},
    ),
    "weekly": _Rhythm(
        re.compile(r"\bweekly|(?:every|each|a) week|(?:every|each) \w+day|每[个個]?(?:[周週]|星期|礼拜|禮拜)", re.I),
        {"FREQ": "WEEKLY", "BYDAY": "MO"},
    ),
    "quarterly": _Rhythm(
        re.compile(r"\bquarterly|(?:every|each|a) quarter|three months|每[个個]?季", re.I),
        {"FREQ": "MONTHLY", "INTERVAL": 3, "BYDAY": "1MO"},
        3,
    ),
    "monthly": _Rhythm(
        re.compile(r"\bmonthly|(?:every|each|a) month|每[个個]?月|月度", re.I), {"FREQ": "MONTHLY", "BYDAY": "1MO"}, 1
    ),
    "yearly": _Rhythm(
        re.compile(r"\byearly|\bannual|(?:every|each|a) year|每年|年度", re.I),
        {"FREQ": "YEARLY", "BYMONTH": 1, "BYDAY": "1MO"},
        12,
    ),
}
"""Rhythms by name; the first whose words fit a text is its own."""
RULES: dict[str, dict[str, Any]] = {name: rhythm.rule for name, rhythm in _RHYTHMS.items()}
"""How each rhythm repeats, as RFC 5545 writes it."""


def draft_calendar(result: DraftResult, today: date) -> tuple[bytes, tuple[str, ...]]:
    """Return the calendar and what it could not hold.

    Args:
        result: the draft.
        today: the day of the export; check-ins begin on or after it.
    """
    label = words(result.language)
    calendar = Calendar()
    calendar.add("prodid", "-//goal-assistant//goals//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", label["calendar"]["name"])
    notices: list[str] = []
    stamp = datetime(today.year, today.month, today.day, tzinfo=UTC)
    for index, goal in enumerate(result.goals):
        for field, event in _events(index, goal, today, label, notices):
            event.add("uid", _uid(index, goal, field))
            event.add("dtstamp", stamp)
            event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
    if notices:
        calendar.add("x-wr-caldesc", vText("\n".join(notices)))
    return calendar.to_ical(), tuple(notices)


def _events(
    index: int, goal: Goal, today: date, label: dict[str, Any], notices: list[str]
) -> Iterator[tuple[str, Event]]:
    """Yield the events of a goal, each with the name under which it stays the same event."""
    said = label["calendar"]
    title = one_line(goal.title)
    for (name, deadline), results in _check_ins(index, goal, label, notices).items():
        rhythm = _RHYTHMS[name]
        first = _first(rhythm, today)
        if first > deadline:
            notices += [_named(label["notices"]["too_short"], index, goal, at) for at, _ in results]
            continue
        event = all_day(said["checkin"].replace("{title}", title), first, "\n".join(
            _read(each, said) for _, each in results
        ))  # fmt: skip
        event.add("rrule", {**rhythm.rule, "UNTIL": deadline})
        yield f"checkin/{name}/{results[0][0]}", event
    for at, step in enumerate(goal.milestones):
        text = legible(step.text)
        yield f"milestones/{at}", all_day(said["milestone"].replace("{title}", one_line(text)), step.date, text)
    for deadline in sorted({each.deadline for each in goal.key_results if each.deadline}):
        due = [(at, each) for at, each in enumerate(goal.key_results) if each.deadline == deadline]
        lines = [legible(goal.statement), *(_reach(each, label) for _, each in due)]
        lines += [
            said["readout"].format(day=day.isoformat()) for day in sorted({e.readout for _, e in due if e.readout})
        ]
        yield f"deadline/{due[0][0]}", all_day(said["deadline"].replace("{title}", title), deadline, "\n".join(lines))


def _check_ins(
    index: int, goal: Goal, label: dict[str, Any], notices: list[str]
) -> dict[tuple[str, date], list[tuple[int, KeyResult]]]:
    """Return the key results that are read together; what no calendar can repeat goes into the notices."""
    found: dict[tuple[str, date], list[tuple[int, KeyResult]]] = {}
    for at, each in enumerate(goal.key_results):
        name = next((name for name, rhythm in _RHYTHMS.items() if rhythm.words.search(each.cadence)), None)
        if each.deadline is None:
            notices.append(_named(label["notices"]["no_deadline"], index, goal, at))
        elif name is None:
            notices.append(_named(label["notices"]["no_rhythm"], index, goal, at, one_line(each.cadence)))
        else:
            found.setdefault((name, each.deadline), []).append((at, each))
    return found


def all_day(summary: str, day: date, description: str) -> Event:
    """Return an event that lasts the whole day; a long summary is shortened."""
    event = Event()
    short = summary if len(summary) <= _MOST_SUMMARY else f"{summary[: _MOST_SUMMARY - 1]}…"
    event.add("summary", short)
    event.add("dtstart", vDate(day), parameters={"VALUE": "DATE"})
    event.add("dtend", vDate(day + timedelta(days=1)), parameters={"VALUE": "DATE"})
    event.add("description", description)
    return event


def _first(rhythm: _Rhythm, today: date) -> date:
    """Return the first day on or after today on which a rhythm falls."""
    if rhythm.rule["BYDAY"] is _WEEKDAYS and today.weekday() < len(_WEEKDAYS):
        return today
    if not rhythm.months:
        return _monday(today)
    # Read in the first week of a month, a quarter, a half-year, a year: by then the period before is complete.
    year, month = today.year, today.month
    while (month - 1) % rhythm.months or _monday(date(year, month, 1)) < today:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return _monday(date(year, month, 1))


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _uid(index: int, goal: Goal, field: str) -> str:
    """Return the same name for the same event, whatever its words or its day have become."""
    first = goal.key_results[0]
    key = "\0".join((goal.id or str(index), str(index), first.metric_id or first.metric, field))
    return f"{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}@{DOMAIN}"


def _read(each: KeyResult, said: dict[str, str]) -> str:
    values = {"metric": legible(each.metric), "source": legible(each.data_source)}
    return _filled(said["read"], values)


def _reach(each: KeyResult, label: dict[str, Any]) -> str:
    values = {
        "metric": legible(each.metric),
        "baseline": legible(each.baseline or label["unknown"]),
        "target": legible(each.target or "–"),
    }
    return _filled(label["calendar"]["reach"], values)


def _named(pattern: str, index: int, goal: Goal, at: int, text: str = "") -> str:
    return _filled(pattern, {"id": key_result_name(index + 1, goal.id, at + 1, goal.key_results[at]), "text": text})


def _filled(pattern: str, values: dict[str, str]) -> str:
    """Put each value into its place; values are never read as patterns."""
    return re.sub(r"\{(\w+)\}", lambda place: values.get(place[1], place[0]), pattern)
