"""Lays out a plan as Markdown that a person would paste into a wiki. Knows nothing about how plans are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from assistant.goals.outline import (
    Block,
    Branch,
    Gantt,
    Grid,
    Listing,
    Outline,
    Paragraph,
    Raci,
    ScoreSheet,
    Section,
    Table,
    Text,
    Tracker,
    Tree,
    Weights,
)
from assistant.render.draft_markdown import escape
from assistant.render.plan.wording import Words, alert_rule, heads, number, percent, pieces, shown_days, steps

_BAR = 13
"""Steps of a bar drawn in characters."""
_MOST_DAYS = 8
"""Days of a tracker that a table in Markdown shows; the workbook has them all."""


def plan_markdown(outline: Outline) -> str:
    """Return the plan; blanks are set in italics and tagged as unknown."""
    said = Words(outline.language)
    lines = [f"# {escape(outline.title)}", ""]
    lines += [f"> {escape(line)}" for line in outline.status]
    if legend := said.legend(outline):
        lines.append(f"> {legend}")
    lines.append("")
    if outline.notices:
        lines += [f"**{said['first']}**", "", *(f"- {escape(line)}" for line in outline.notices), ""]
    for at, section in enumerate(outline.sections, 1):
        lines += section_lines(section, said, at)
    return "\n".join(lines).rstrip() + "\n"


def section_lines(section: Section, said: Words, number: int) -> list[str]:
    """Return one section with its heading."""
    lines = [f"## {number}. {escape(section.title)}", ""]
    for block in section.blocks:
        lines += [*_block(block, said), ""]
    return lines


def _block(block: Block, said: Words) -> list[str]:
    match block:
        case Paragraph():
            name = f"**{escape(block.name)}**{said.colon}" if block.name else ""
            return [name + _words(block.text, said)]
        case Listing():
            marks = (f"{at}." if block.numbered else "-" for at in range(1, len(block.items) + 1))
            return [
                *_caption(block.name),
                *(f"{mark} {_words(item, said)}" for mark, item in zip(marks, block.items, strict=True)),
            ]
        case Table():
            return [
                *_caption(block.name),
                *_table(heads(block, said), ([_words(c, said) for c in row] for row in block.rows)),
            ]
        case Tree():
            return [*_caption(block.name), *(line for root in block.roots for line in _branch(root, said, 0))]
        case Gantt():
            return [*_caption(block.name), *_gantt(block, said)]
        case Weights():
            rows = (
                [escape(part.words), percent(part.percent, said) + said.tag(part.mark), _share(part.percent)]
                for part in block.parts
            )
            return [
                *_caption(block.name),
                *_table(
                    (said["what"], said["weight" if block.whole else "share"], said["share"] if block.whole else ""),
                    rows,
                ),
            ]
        case Raci():
            duties = ([escape(duty.task), *duty.codes] for duty in block.duties)
            return [
                *_caption(block.name),
                *_table((said["task"], *map(escape, block.people)), duties),
                "",
                f"*{said['codes']}*",
            ]
        case Grid():
            return [*_caption(block.name), *_grid(block, said)]
        case ScoreSheet():
            return [*_caption(block.name), *_scores(block, said)]
        case Tracker():
            return [*_caption(block.name), *_tracker(block, said)]


def _caption(name: str) -> list[str]:
    return [f"**{escape(name)}**", ""] if name else []


def _words(line: Text, said: Words) -> str:
    shown = "".join(escape(words) + tag for words, tag in pieces(line, said))
    if not line.blank:
        return shown
    words = "".join(escape(words) for words, _ in pieces(line, said)).strip()
    return f"*{words}*{said.tag('unknown')}" if words else said.tag("unknown").strip()


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(headings) + " |",
        "|" + "---|" * len(headings),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]


def _branch(branch: Branch, said: Words, depth: int) -> Iterator[str]:
    note = f"{said.open}{escape(branch.note)}{said.close}" if branch.note else ""
    yield f"{'  ' * depth}- {escape(branch.words)}{said.tag(branch.mark)}{note}"
    for each in branch.branches:
        yield from _branch(each, said, depth + 1)


def _gantt(chart: Gantt, said: Words) -> list[str]:
    spans = steps(chart, _BAR)
    rows = []
    for bar in chart.bars:
        drawn = "".join("█" if bar.start <= last and bar.end >= first else "░" for first, last in spans)
        when = bar.start.isoformat() if bar.start == bar.end else f"{bar.start.isoformat()} → {bar.end.isoformat()}"
        rows.append([escape(bar.words), escape(bar.lane), when + (said.tag("proposed") if bar.proposed else ""), drawn])
    window = f"{chart.start.isoformat()} → {chart.end.isoformat()}"
    return _table((said["what"], said["who"], said["when"], window), rows)


def _share(value: Decimal | None) -> str:
    return "█" * max(1, round(float(value) / 100 * _BAR)) if value is not None and value > 0 else ""


def _grid(grid: Grid, said: Words) -> list[str]:
    lines: list[str] = []
    for quadrant in grid.quadrants:
        lines += [
            f"- **{escape(quadrant.name)}**{said.tag(quadrant.mark)}",
            *(f"  - {_words(line, said)}" for line in quadrant.lines),
            *([f"  - *{escape(quadrant.lack)}*"] if quadrant.lack and not quadrant.lines else []),
        ]
    return lines


def _scores(sheet: ScoreSheet, said: Words) -> list[str]:
    names = tuple(said[key] for key in ("line", "unit", "floor", "target", "weight", "actual", "score"))
    rows = [
        [
            escape(line.name), escape(line.unit),
            said["held"] if line.direction == "keep" else number(line.floor),
            "1" if line.direction == "keep" else number(line.target),
            percent(line.weight, said), "", "",
        ]
        for line in sheet.lines
    ]  # fmt: skip
    return _table(names, rows)


def _tracker(tracker: Tracker, said: Words) -> list[str]:
    at = shown_days(tracker, _MOST_DAYS)
    days = [tracker.days[each] for each in at]
    rows = [
        [escape(line.name), escape(line.unit), *(number(line.planned[each]) for each in at)] for line in tracker.lines
    ]
    note = alert_rule(tracker, said)
    return [*_table((said["line"], said["unit"], *(day.isoformat() for day in days)), rows), "", f"*{note}*"]
