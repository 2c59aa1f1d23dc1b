"""Chapters that several kinds of plans have, each laid out from its typed part. Know nothing about kinds or formats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.goals.outline import (
    Block,
    Branch,
    Mark,
    Piece,
    Scored,
    ScoreSheet,
    Section,
    Table,
    Text,
    Tracked,
    Tracker,
    Tree,
    Weight,
    Weights,
)
from assistant.goals.plan import (
    AlertRule,
    Alignment,
    BalanceCell,
    Cooperation,
    KpiRow,
    Node,
    RaciGrid,
    Resource,
    Retrospective,
    Risk,
    StatusRow,
    Step,
    Task,
    Watch,
)
from assistant.plans.laying import Sheet, fixed


def alignment(sheet: Sheet, rows: Sequence[Alignment]) -> Section:
    """What the organisation wants of each goal."""
    listed = [[each.wanted, each.part, sheet.goal_names.get(each.goal, each.goal)] for each in rows]
    table = sheet.table("alignment", ("org_goal", "part", "goal"), listed)
    return sheet.section("alignment", [table])


def status(sheet: Sheet, rows: Sequence[StatusRow]) -> Section:
    """Where the measures stand and what is missing."""
    listed = [[each.measure, each.now, each.wanted, each.gap, each.source] for each in rows]
    table = sheet.table("status", ("measure", "now", "wanted", "gap", "source"), listed)
    return sheet.section("status", [table])


def resources(sheet: Sheet, rows: Sequence[Resource], key: str = "resources") -> Section:
    """Means and their limits."""
    listed = [[fixed(each.kind.text), each.given, each.limit] for each in rows]
    table = sheet.table(key, ("kind", "given", "limit"), listed, names_first=True, widths={"kind": 0.6})
    return sheet.section(key, [table])


def goals(sheet: Sheet) -> Section:
    """Goals and key results, as a picture and as a table."""
    statements = [sheet.of_goal(f"/goals/{at}/statement", each.statement) for at, each in enumerate(sheet.plan.goals)]
    blocks: list[Block] = [sheet.listing(statements, numbered=True), sheet.goal_tree(), sheet.goals_table()]
    return sheet.section("goals", blocks)


def tasks(sheet: Sheet, rows: Sequence[Task]) -> Section:
    """The work with its 5W1H, and its picture in time."""
    return sheet.section("tasks", [sheet.gantt(rows), sheet.tasks_table(rows)])


def raci(sheet: Sheet, grid: RaciGrid, rows: Sequence[Task]) -> Section:
    """Roles and tasks."""
    return sheet.section("raci", [sheet.raci(grid, rows)])


def cooperation(sheet: Sheet, rows: Sequence[Cooperation]) -> Section:
    """What is needed from others."""
    listed = [[each.partner, each.need, each.way, each.when] for each in rows]
    return sheet.section(
        "cooperation",
        [sheet.table("cooperation", ("partner", "need", "way", "when"), listed)],
    )


def risks(sheet: Sheet, rows: Sequence[Risk]) -> Section:
    """The risk register."""
    columns = ["risk", "likelihood", "impact", "prevention", "fallback", "signal", "owner"]
    columns[1:1] = ["kind"] if any(each.kind for each in rows) else []
    at = columns.index("fallback")
    columns[at:at] = ["mitigation"] if any(each.mitigation for each in rows) else []
    listed = [
        [
            sheet.grade(getattr(each, key)) if key in {"likelihood", "impact"} else
            each.text if key == "risk" else getattr(each, key)
            for key in columns
        ]
        for each in rows
    ]  # fmt: skip
    widths = {"risk": 1.6, "likelihood": 0.6, "impact": 0.5, "prevention": 1.4, "fallback": 1.4, "signal": 1.2}
    widths |= {"kind": 0.5, "mitigation": 1.3}
    return sheet.section("risks", [sheet.table("risks", columns, listed, widths=widths)])


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
    return sheet.section("watch", [*blocks, *_tracker(sheet, kept)])


def _tracker(sheet: Sheet, kept: Watch) -> list[Block]:
    """Planned values by day, beside which actual ones are filled in; how they are worked out is said with them."""
    days = tuple(each.day for each in kept.track_days if each.day is not None)
    lines = tuple(
        Tracked(
            name=each.measure.text, unit=each.planned[0].unit, direction=each.direction,
            planned=tuple(amount.value for amount in each.planned),
        )
        for each in kept.tracks
        if len(each.planned) == len(days) and days
    )  # fmt: skip
    if not lines:
        return []
    rule = kept.alerts[0] if kept.alerts else None
    limit = rule.threshold.value if rule and rule.threshold.value else Decimal(80)
    running = int(rule.periods.value) if rule and rule.periods.value else 2
    note = Text(pieces=(Piece(words=sheet.word("watch.straight"), mark="computed_tentative"),))
    board = Tracker(
        key="board", name=sheet.word("watch.board"), days=days, lines=lines, threshold=limit, running=running
    )
    return [sheet.paragraph(note), board]


def adjustments(sheet: Sheet, kept: Watch) -> Section:
    """When and how the plan may be changed."""
    listed = [[each.trigger, each.action, each.decides] for each in kept.adjustments]
    table = sheet.table("adjustments", ("trigger", "action", "decides"), listed, widths={"action": 1.8, "decides": 0.6})
    return sheet.section("adjustments", [table])


def balance(sheet: Sheet, cells: Sequence[BalanceCell]) -> Section:
    """The balance grid."""
    squares = [
        sheet.quadrant(sheet.word(f"area.{each.area}"), each.text, lack=sheet.word("area.none")) for each in cells
    ]
    return sheet.section("balance", [sheet.grid("balance", sheet.word("picture.balance"), squares)])


def retrospective(sheet: Sheet, kept: Retrospective) -> Section:
    """The four quadrants."""
    squares = [
        sheet.quadrant(sheet.word(f"retro.{key}"), getattr(kept, key))
        for key in ("went_well", "to_improve", "chances", "risks")
    ]
    return sheet.section(
        "retrospective",
        [sheet.grid("retrospective", sheet.word("retro.title"), squares)],
    )


def steps(sheet: Sheet, key: str, rows: Sequence[Step], titles: Mapping[str, str] | None = None) -> Section:
    """A chapter of steps under the words at `section.KEY`; `titles` as in `Sheet.table`."""
    return sheet.section(key, [steps_table(sheet, key, rows, titles)])


def steps_table(sheet: Sheet, key: str, rows: Sequence[Step], titles: Mapping[str, str] | None = None) -> Table:
    """Steps as a table with as many columns as any of them needs."""
    columns = ["name", "content"]
    columns += [name for name in ("owner", "when", "output") if any(getattr(each, name) is not None for each in rows)]
    listed = [[getattr(each, name) for name in columns] for each in rows]
    return sheet.table(key, columns, listed, widths={"content": 2.2, "name": 0.8}, titles=titles)


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
    parts = tuple(Weight(words=each.name.text, percent=each.weight.value, mark=_of(each)) for each in rows)
    return [table, *([Weights(key="weights", name=sheet.word("picture.weights"), parts=parts)] if parts else [])]


def _of(row: KpiRow) -> Mark | None:
    return "unknown" if row.weight.blank else "stated" if row.weight.origin == "stated" else "proposed"


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
    return [*blocks, *([score_sheet(sheet, rows)] if rows else [])]


def score_sheet(sheet: Sheet, rows: Sequence[KpiRow]) -> ScoreSheet:
    """The sheet in which actual values are filled in and points compute, by the same rules."""
    lines = []
    for each in rows:
        rule = each.scoring
        change = rule.form == "change"
        name = sheet.word("score.improvement").format(name=each.name.text) if change else each.name.text
        floor = Decimal(0) if change else rule.zero.value if rule.zero else None
        target = rule.full.value if rule.full and rule.form != "pass_fail" else None
        way = "keep" if rule.form == "pass_fail" else "up" if change else each.direction
        lines.append(
            Scored(
                name=name, unit=each.target.unit, direction=way, floor=floor, target=target,
                weight=each.weight.value, cap=rule.most.value if rule.most and rule.most.value else Decimal(100),
            )
        )  # fmt: skip
    return ScoreSheet(key="scores", name=sheet.word("score.sheet"), lines=tuple(lines))


def decomposition(sheet: Sheet, nodes: Sequence[Node]) -> list[Block]:
    """Company, department, team, person, as a picture and as a table."""
    if not nodes:
        return []
    tree = Tree(
        key="decomposition",
        name=sheet.word("picture.decomposition"),
        roots=tuple(_branch(sheet, node) for node in nodes),
    )
    return [tree, sheet.table("decomposition", ("level", "who", "measure", "value"), _rows(sheet, nodes))]


def _branch(sheet: Sheet, node: Node) -> Branch:
    colon = sheet.word("colon")
    name = node.name.text or sheet.word("blank.plain")
    value = f"{node.measure.text or sheet.word('blank.plain')} {node.value.text}".strip()
    return Branch(
        words=f"{sheet.word(f'level.{node.level}')}{colon}{name}",
        note=value,
        branches=tuple(_branch(sheet, child) for child in node.children),
    )


def _rows(sheet: Sheet, nodes: Sequence[Node]) -> list[list[object]]:
    rows: list[list[object]] = []
    for node in nodes:
        rows.append([sheet.word(f"level.{node.level}"), node.name, node.measure, node.value])
        rows += _rows(sheet, node.children)
    return rows
