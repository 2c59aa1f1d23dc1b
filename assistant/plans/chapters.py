"""Chapters that several kinds of plans have, each laid out from its typed part. Know nothing about kinds or formats."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.goals.plan import (
    AlertRule,
    Alignment,
    BalanceCell,
    Cooperation,
    KpiRow,
    RaciGrid,
    Resource,
    Retrospective,
    Risk,
    StatusRow,
    Step,
    Task,
    Watch,
)
from assistant.goals.plan.outline import Block, Section, Slice, Table, Weights
from assistant.plans.laying import Sheet, fixed


def alignment(sheet: Sheet, rows: Sequence[Alignment]) -> Section:
    """What the organisation wants of each goal."""
    listed = [[each.wanted, each.part, sheet.goal_names.get(each.goal, each.goal)] for each in rows]
    table = sheet.table("alignment", ("org_goal", "part", "goal"), listed)
    return sheet.section("alignment", [table], ("alignment",))


def status(sheet: Sheet, rows: Sequence[StatusRow]) -> Section:
    """Where the measures stand and what is missing."""
    listed = [[each.measure, each.now, each.wanted, each.gap, each.source] for each in rows]
    table = sheet.table("status", ("measure", "now", "wanted", "gap", "source"), listed)
    return sheet.section("status", [table], ("status",))


def resources(sheet: Sheet, rows: Sequence[Resource], key: str = "resources") -> Section:
    """Means and their limits."""
    listed = [[fixed(each.kind.text), each.given, each.limit] for each in rows]
    table = sheet.table(key, ("kind", "given", "limit"), listed, keyed=True, widths={"kind": 0.6})
    return sheet.section(key, [table], (key,))


def goals(sheet: Sheet) -> Section:
    """Goals and key results, as a picture and as a table."""
    statements = [sheet.of_goal(f"/goals/{at}/statement", each.statement) for at, each in enumerate(sheet.plan.goals)]
    blocks: list[Block] = [sheet.listing(statements, ordered=True), sheet.goal_tree(), sheet.goals_table()]
    return sheet.section("goals", blocks)


def tasks(sheet: Sheet, rows: Sequence[Task]) -> Section:
    """The work with its 5W1H, and its picture in time."""
    return sheet.section("tasks", [sheet.gantt(rows), sheet.tasks_table(rows)], ("tasks",))


def raci(sheet: Sheet, grid: RaciGrid, rows: Sequence[Task]) -> Section:
    """Roles and tasks."""
    return sheet.section("raci", [sheet.raci(grid, rows)], ("raci",))


def cooperation(sheet: Sheet, rows: Sequence[Cooperation]) -> Section:
    """What is needed from others."""
    listed = [[each.partner, each.need, each.way, each.when] for each in rows]
    return sheet.section(
        "cooperation", [sheet.table("cooperation", ("partner", "need", "way", "when"), listed)], ("cooperation",)
    )


def risks(sheet: Sheet, rows: Sequence[Risk]) -> Section:
    """The risk register."""
    columns = ("risk", "likelihood", "impact", "prevention", "fallback", "signal", "owner")
    listed = [
        [
            each.text, sheet.grade(each.likelihood), sheet.grade(each.impact), each.prevention, each.fallback,
            each.signal, each.owner,
        ]
        for each in rows
    ]  # fmt: skip
    widths = {"risk": 1.6, "likelihood": 0.6, "impact": 0.5, "prevention": 1.4, "fallback": 1.4, "signal": 1.2}
    return sheet.section("risks", [sheet.table("risks", columns, listed, widths=widths)], ("risks",))


def watch(sheet: Sheet, kept: Watch) -> Section:
    """Reviews with their days, and alerts."""
    columns = ("checkpoint", "rhythm", "first_days", "content", "owner", "output")
    rows = [
        [
            each.name, fixed(sheet.word(f"rhythms.{each.rhythm}")), sheet.days(each.days), each.content, each.owner,
            each.output,
        ]
        for each in kept.checkpoints
    ]  # fmt: skip
    blocks: list[Block] = [
        sheet.table("checkpoints", columns, rows, widths={"content": 2.0, "rhythm": 0.6, "checkpoint": 0.8})
    ]
    if kept.alerts:
        # One rule for many measures stands once.
        alike: dict[tuple[str, str, str], list[AlertRule]] = {}
        for each in kept.alerts:
            alike.setdefault((each.threshold.text, each.periods.text, each.action.text), []).append(each)
        listed = [
            [sheet.joined([each.watches for each in group]), group[0].threshold, group[0].periods, group[0].action]
            for group in alike.values()
        ]
        blocks.append(
            sheet.table("alerts", ("watches", "threshold", "periods", "action"), listed, widths={"action": 2.4})
        )
    return sheet.section("watch", blocks, ("watch",))


def adjustments(sheet: Sheet, kept: Watch) -> Section:
    """When and how the plan may be changed."""
    listed = [[each.trigger, each.action, each.decides] for each in kept.adjustments]
    table = sheet.table("adjustments", ("trigger", "action", "decides"), listed, widths={"action": 1.8, "decides": 0.6})
    return sheet.section("adjustments", [table], ("watch",))


def balance(sheet: Sheet, cells: Sequence[BalanceCell]) -> Section:
    """The balance grid."""
    squares = [
        sheet.square(each.area, sheet.word(f"area.{each.area}"), each.text, empty=sheet.word("area.none"))
        for each in cells
    ]
    return sheet.section("balance", [sheet.grid("balance", sheet.word("picture.balance"), squares)], ("balance",))


def retrospective(sheet: Sheet, kept: Retrospective) -> Section:
    """The four quadrants."""
    squares = [
        sheet.square(key, sheet.word(f"retro.{key}"), getattr(kept, key))
        for key in ("went_well", "to_improve", "chances", "risks")
    ]
    return sheet.section(
        "retrospective", [sheet.grid("retrospective", sheet.word("retro.title"), squares)], ("retrospective",)
    )


def steps(sheet: Sheet, key: str, rows: Sequence[Step], part: str = "") -> Section:
    """A chapter of steps under the words at `section.KEY`."""
    return sheet.section(key, [steps_table(sheet, key, rows)], (part or key,))


def steps_table(sheet: Sheet, key: str, rows: Sequence[Step]) -> Table:
    """Steps as a table with as many columns as any of them needs."""
    columns = ["name", "content"]
    columns += [name for name in ("owner", "when", "output") if any(getattr(each, name) is not None for each in rows)]
    listed = [[getattr(each, name) for name in columns] for each in rows]
    return sheet.table(key, columns, listed, widths={"content": 2.2, "name": 0.8})


def indicators(sheet: Sheet, rows: Sequence[KpiRow]) -> list[Block]:
    """The table of indicators with the sum of their weights, and the picture of the weights."""
    columns = ("measure", "definition", "formula", "source", "baseline", "target", "weight", "period", "owner",
               "guardrails")  # fmt: skip
    listed = [
        [
            each.name, each.definition, each.formula, each.source, each.baseline, each.target, each.weight,
            each.period, each.owner, sheet.joined(each.guardrails),
        ]
        for each in rows
    ]  # fmt: skip
    total = [sheet.word("column.total"), *[""] * 5, sheet.total([each.weight for each in rows], "%"), *[""] * 3]
    widths = {"definition": 2.0, "formula": 1.4, "weight": 0.6, "period": 0.6}
    table = sheet.table("indicators", columns, listed, total=total, widths=widths)
    slices = tuple(
        Slice(label=sheet.cell(each.name, without="proposed"), percent=each.weight.value)
        for each in rows
        if each.weight.value is not None
    )
    picture = Weights(title=sheet.word("picture.weights"), same_as="indicators", slices=slices)
    return [table, *([picture] if slices else [])]


def scoring(sheet: Sheet, rows: Sequence[KpiRow]) -> list[Block]:
    """The rules by which results become points, each with its examples."""
    blocks: list[Block] = [
        sheet.table(
            "scoring", ("measure", "scoring"), [[each.name, each.scoring.text] for each in rows],
            widths={"measure": 0.5, "scoring": 1.5},
        )
    ]  # fmt: skip
    examples = [
        [each.name if at == 0 else "", example.actual, example.score, example.formula]
        for each in rows
        for at, example in enumerate(each.scoring.examples)
    ]
    blocks.append(sheet.table("examples", ("measure", "actual", "score", "calculation"), examples))
    return blocks
