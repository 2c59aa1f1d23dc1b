"""Lays a whole plan out: cover, chapters, open questions, notices. The one thing that renderers are given.

Knows nothing about file formats.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.goals.plan import Plan
from assistant.goals.plan.outline import (
    Block,
    Cell,
    Chain,
    Fishbone,
    Funnel,
    Gantt,
    Grid,
    Listing,
    Mark,
    Outline,
    Paragraph,
    QuestionLine,
    RaciPicture,
    Run,
    Scatter,
    Section,
    Table,
    Tree,
    TreeNode,
    Weights,
)
from assistant.plans import book as books
from assistant.plans.kinds import kind as kinds
from assistant.plans.laying import Sheet, fixed

MARKS: tuple[Mark, ...] = (
    "stated", "stated_tentative", "document", "knowledge", "computed", "computed_tentative", "proposed", "unknown",
)  # fmt: skip


def outline(plan: Plan) -> Outline:
    """Return the plan laid out in its own language; the same plan always gives the same outline."""
    book = books.load(plan.language, plan.kind)
    sheet = Sheet(plan, book)
    _, kind = kinds.find(plan.kind)
    sections = [section for section in kind.sections(sheet, plan) if section.blocks]
    if plan.assumptions:
        sections.append(sheet.section("assumptions", [sheet.listing(plan.assumptions)], ("assumptions",)))
    numbered = tuple(each.model_copy(update={"number": str(at)}) for at, each in enumerate(sections, 1))
    blanks = {each.key: len(each.fields) for each in plan.questions}
    drafter = plan.drafter.model if plan.drafter.kind == "llm" and plan.drafter.model else sheet.word("cover.offline")
    start, end = (sheet.cell(day) for day in (plan.window.start, plan.window.end))
    window = Cell(runs=(*start.runs, Run(text=" – "), *end.runs), field="/window")
    facts = (
        (sheet.word("cover.window"), window),
        (sheet.word("cover.goals"), fixed(str(len(plan.goals)))),
        (sheet.word("cover.made"), fixed(plan.today.isoformat())),
        (sheet.word("cover.drafter"), fixed(drafter)),
    )
    used = {mark for section in numbered for mark in marks_of(section)} | {run.mark for run in window.runs}
    return Outline(
        kind=plan.kind,
        language=plan.language,
        title=sheet.cell(plan.title, without=_title_mark(plan)),
        subtitle=sheet.word("subtitle"),
        today=plan.today,
        facts=facts,
        marks=tuple(mark for mark in MARKS if mark in used),
        sections=numbered,
        questions=tuple(
            QuestionLine(number=at, text=each.text, why=each.why, blanks=blanks[each.key], options=each.options)
            for at, each in enumerate(plan.questions, 1)
        ),
        notices=tuple(_notices(plan)),
    )


def _title_mark(plan: Plan) -> Mark:
    return "proposed" if plan.title.origin == "proposed" else ""


def _notices(plan: Plan) -> Iterator[str]:
    yield from (each.message for each in plan.conflicts)
    yield from (each.why for each in plan.verdict.gates if not each.passed)
    for finding in plan.verdict.findings:
        if finding.severity != "info":
            yield f"{finding.message}{'' if plan.language != 'en' else ' '}{finding.help}"


def cells_of(block: Block) -> Iterator[Cell]:
    """Yield every cell of a block, in reading order."""
    match block:
        case Paragraph():
            yield block.cell
        case Listing():
            yield from block.items
        case Table():
            for row in (*block.rows, block.total):
                yield from row
        case Tree():
            for root in block.roots:
                yield from _of_node(root)
        case Gantt():
            yield from (bar.label for bar in block.bars)
        case Weights():
            yield from (each.label for each in block.slices)
        case RaciPicture():
            yield from (*block.roles, *(row.task for row in block.rows))
        case Grid():
            for square in block.squares:
                yield from square.items
        case Funnel():
            for stage in block.stages:
                yield from (stage.label, stage.shown)
        case Chain():
            for link in block.links:
                yield from (link.label, link.text)
        case Fishbone():
            yield block.effect
            for branch in block.branches:
                yield from branch.items
        case Scatter():
            yield from (point.label for point in block.points)


def _of_node(node: TreeNode) -> Iterator[Cell]:
    yield node.label
    if node.detail is not None:
        yield node.detail
    for child in node.children:
        yield from _of_node(child)


def marks_of(section: Section) -> set[Mark]:
    """Return the marks that a chapter shows."""
    found: set[Mark] = set()
    for block in section.blocks:
        found |= {run.mark for cell in cells_of(block) for run in cell.runs}
        if isinstance(block, Listing):
            found.add(block.mark)
        elif isinstance(block, Table):
            found |= {column.mark for column in block.columns}
        elif isinstance(block, Grid):
            found |= {square.mark for square in block.squares}
    return found - {""}
