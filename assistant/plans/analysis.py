"""Chapters about money and about what was looked into: SWOT, budget. Know nothing about kinds or formats."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.goals.outline import Grid, Piece, Section, Text
from assistant.goals.plan import BudgetLine, Quarter, Swot, Task
from assistant.plans.laying import Sheet, fixed


def budget(sheet: Sheet, rows: Sequence[BudgetLine]) -> Section:
    """Return the budget, the whole in its last row."""
    listed = [[each.item, each.amount, each.purpose] for each in rows[1:]]
    whole = [fixed(rows[0].item.text), rows[0].amount, fixed(rows[0].purpose.text)] if rows else ()
    columns = ("item", "amount", "purpose")
    table = sheet.table("budget", columns, listed, total=whole, names_first=True, widths={"purpose": 1.8})
    return sheet.section("budget", [table])


def swot(sheet: Sheet, kept: Swot) -> Grid:
    """Return the four fields."""
    fields = ("strengths", "weaknesses", "opportunities", "threats")
    squares = [sheet.quadrant(sheet.word(f"swot.{key}"), getattr(kept, key)) for key in fields]
    return sheet.grid("swot", sheet.word("picture.swot"), squares)


def work(sheet: Sheet, rows: Sequence[Task]) -> Section:
    """Return the work in time, who does it by when, and why, where and how it is done."""
    phased = any(each.phase for each in rows)
    accepted = any(each.accepted for each in rows)
    columns = [*(["phase"] if phased else []), "id", "task", "owner", "start", "end", "needs", "deliverable",
               *(["accepted"] if accepted else [])]  # fmt: skip
    listed: list[list[object]] = []
    last = ""
    for each in rows:
        phase = each.phase if each.phase and each.phase.text != last else None
        last = each.phase.text if each.phase else ""
        listed.append(
            [
                *([phase] if phased else []), each.id, each.name, each.owner, each.start, each.end,
                sheet.book.get("list_comma").join(each.needs), each.deliverable,
                *([each.accepted] if accepted else []),
            ]
        )  # fmt: skip
    widths = {"phase": 0.6, "id": 0.5, "task": 1.7, "owner": 0.8, "start": 1.15, "end": 1.15, "needs": 0.6,
              "deliverable": 1.2, "accepted": 1.2}  # fmt: skip
    details = [[each.id, each.name, each.why, each.where, each.how] for each in rows]
    return sheet.section(
        "tasks",
        [
            sheet.gantt(rows),
            sheet.table("tasks", columns, listed, widths=widths),
            sheet.table(
                "details", ("id", "task", "why", "where", "how"), details, name=sheet.word("picture.details"),
                widths={"id": 0.4, "task": 1.3, "why": 1.2, "how": 1.8},
            ),
        ],
    )  # fmt: skip


def quarters(sheet: Sheet, rows: Sequence[Quarter], key: str = "quarters") -> Section:
    """Return the quarters: focus and output, and where each followed measure shall stand."""
    focus = [[_from_to(sheet, each), each.focus, each.output] for each in rows]
    names = _followed(sheet)[: min((len(each.targets) for each in rows), default=0)]
    columns = ["until", *(f"m{at}" for at in range(len(names)))]
    titles = {f"m{at}": name for at, name in enumerate(names)}
    ways = [[each.end, *each.targets[: len(names)]] for each in rows]
    return sheet.section(
        key,
        [
            sheet.table(key, ("span", "focus", "output"), focus, widths={"span": 0.7, "focus": 1.6}),
            sheet.table(f"{key}-way", columns, ways, name=sheet.word("picture.way"), titles=titles),
        ],
    )


def _from_to(sheet: Sheet, quarter: Quarter) -> Text:
    words = sheet.word("period").format(start=quarter.start.text, end=quarter.end.text)
    return Text(pieces=(Piece(words=words, mark="proposed"),), field=sheet.text(quarter.start).field)


def _followed(sheet: Sheet) -> list[str]:
    found = []
    for goal in sheet.plan.goals:
        main = next((each for each in goal.key_results if not each.guardrail), goal.key_results[0])
        found.append(main.metric)
    return found
