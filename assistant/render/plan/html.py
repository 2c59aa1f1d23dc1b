"""Lays out a plan as one HTML file with nothing from outside, and as fragments for the page.

Pictures are tables, lists and boxes with a style each, so that they wrap, can be read aloud and print. All words are
escaped here; nothing that a person or a model wrote is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from html import escape
from importlib import resources

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
from assistant.render.legible import legible
from assistant.render.plan.wording import Words, alert_rule, heads, number, percent, pieces, plain, shown_days

_MOST_DAYS = 8
_ANCHOR = "plan-"
"""Begins the id of every section, so that it meets no other id of a page."""


def plan_html(outline: Outline) -> str:
    """Return the plan as a whole file."""
    said = Words(outline.language)
    contents = "".join(
        f'<li><a href="#{_anchor(section.key)}">{_safe(section.title)}</a></li>' for section in outline.sections
    )
    return (
        f'<!doctype html>\n<html lang="{outline.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{_safe(outline.title)}</title><style>{style()}</style></head><body>"
        f'<main class="plan">{head_html(outline, said)}'
        f'<nav aria-label="{said["contents"]}"><h2>{said["contents"]}</h2><ol>{contents}</ol></nav>'
        + "".join(section_html(section, said, at) for at, section in enumerate(outline.sections, 1))
        + "</main></body></html>\n"
    )


@cache
def style() -> str:
    """Return the style sheet; every rule is bound to `.plan`."""
    return resources.files("assistant.render.plan").joinpath("plan.css").read_text("utf-8")


def head_html(outline: Outline, said: Words) -> str:
    """Return title, status, legend and what is to be settled first."""
    status = "".join(f"<p>{_safe(line)}</p>" for line in outline.status)
    legend = said.legend(outline)
    shown = f'<p class="plan-legend"><b>{said["legend"]}</b>{said.colon}{_safe(legend)}</p>' if legend else ""
    notices = ""
    if outline.notices:
        lines = "".join(f"<li>{_safe(line)}</li>" for line in outline.notices)
        notices = f'<div class="plan-first"><h2>{said["first"]}</h2><ul>{lines}</ul></div>'
    return f'<header><h1>{_safe(outline.title)}</h1><div class="plan-status">{status}{shown}</div>{notices}</header>'


def section_html(section: Section, said: Words, number: int) -> str:
    """Return one section with its heading, numbered from 1."""
    blocks = "".join(_block(block, said) for block in section.blocks)
    name = _anchor(section.key)
    return (
        f'<section id="{name}" aria-labelledby="{name}-title">'
        f'<h2 id="{name}-title">{number}. {_safe(section.title)}</h2>{blocks}</section>'
    )


def _anchor(key: str) -> str:
    return _ANCHOR + "".join(each if each.isascii() and each.isalnum() else "-" for each in key)


def _block(block: Block, said: Words) -> str:
    match block:
        case Paragraph():
            name = f"<b>{_safe(block.name)}</b>{said.colon}" if block.name else ""
            return f"<p>{name}{_words(block.text, said)}</p>"
        case Listing():
            items = "".join(f"<li>{_words(item, said)}</li>" for item in block.items)
            kind = "ol" if block.numbered else "ul"
            return f"{_caption(block.name)}<{kind}>{items}</{kind}>"
        case Table():
            rows = ([_words(cell, said) for cell in row] for row in block.rows)
            return _table(block.name, heads(block, said), rows, widths=block.widths, names_first=block.names_first)
        case Tree():
            return f'<figure class="plan-tree">{_figcaption(block.name)}{_branches(block.roots, said)}</figure>'
        case Gantt():
            return _gantt(block, said)
        case Weights():
            return _weights(block, said)
        case Raci():
            return _raci(block, said)
        case Grid():
            return _grid(block, said)
        case ScoreSheet():
            return _scores(block, said)
        case Tracker():
            return _tracker(block, said)


def _words(line: Text, said: Words) -> str:
    shown = "".join(_safe(words) + _tag(tag) for words, tag in pieces(line, said))
    kind = ' class="plan-blank"' if line.blank else ""
    if line.field is not None:
        return f'<span{kind} data-field="{_safe(line.field)}" data-words="{_safe(line.plain)}">{shown}</span>'
    return f"<span{kind}>{shown}</span>" if kind else shown


def _tag(tag: str) -> str:
    return f'<sup class="plan-tag">{_safe(tag.strip())}</sup>' if tag else ""


def _safe(words: str) -> str:
    return escape(legible(words)).replace("\n", "<br>")


def _caption(name: str) -> str:
    return f"<h3>{_safe(name)}</h3>" if name else ""


def _figcaption(name: str) -> str:
    return f"<figcaption>{_safe(name)}</figcaption>" if name else ""


def _table(
    name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[float] = (),
    names_first: bool = False,
    kind: str = "",
) -> str:
    """Return a table of finished cells; it scrolls by itself where it is wider than the window."""
    whole = sum(widths)
    columns = "".join(f'<col style="width:{100 * width / whole:.1f}%">' for width in widths) if widths else ""
    head = "".join(f'<th scope="col">{_safe(heading)}</th>' for heading in headings)
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row">{cell}</th>' if names_first and at == 0 else f"<td>{cell}</td>"
            for at, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    caption = f"<caption>{_safe(name)}</caption>" if name else ""
    label = _safe(name or headings[0])
    return (
        f'<div class="plan-table {kind}" tabindex="0" role="region" aria-label="{label}"><table>{caption}'
        f"<colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _branches(branches: Sequence[Branch], said: Words) -> str:
    items = "".join(
        f'<li><span class="plan-node">{_safe(each.words)}{_tag(said.tag(each.mark))}'
        + (f"<small>{_safe(each.note)}</small>" if each.note else "")
        + "</span>"
        + (_branches(each.branches, said) if each.branches else "")
        + "</li>"
        for each in branches
    )
    return f"<ul>{items}</ul>"


def _gantt(chart: Gantt, said: Words) -> str:
    days = (chart.end - chart.start).days + 1
    rows = []
    for bar in chart.bars:
        left = 100 * max(0, (bar.start - chart.start).days) / days
        width = 100 * ((min(bar.end, chart.end) - max(bar.start, chart.start)).days + 1) / days
        once = bar.start == bar.end
        when = bar.start.isoformat() if once else f"{bar.start.isoformat()} – {bar.end.isoformat()}"
        kind = "plan-point" if once else "plan-bar"
        drawn = _lane(f"{kind} plan-proposed" if bar.proposed else kind, left, max(width, 0))
        tag = _tag(said.tag("proposed")) if bar.proposed else ""
        rows.append([_safe(bar.words), _safe(bar.lane), f"<small>{when}</small>{tag}", drawn])
    window = f"{chart.start.isoformat()} – {chart.end.isoformat()}"
    return _table(
        chart.name,
        (said["what"], said["who"], said["when"], window),
        rows,
        widths=(3, 1.6, 2, 4.4),
        names_first=True,
        kind="plan-gantt",
    )


def _lane(kind: str, left: float, width: float) -> str:
    return f'<div class="plan-lane"><span class="{kind}" style="left:{left:.2f}%;width:{width:.2f}%"></span></div>'


def _weights(block: Weights, said: Words) -> str:
    rows = [
        [
            _safe(part.words),
            percent(part.percent, said) + _tag(said.tag(part.mark)),
            _lane("plan-bar", 0, _width(part.percent)),
        ]
        for part in block.parts
    ]
    set_ = [part.percent for part in block.parts if part.percent is not None]
    if block.whole and len(set_) == len(block.parts):
        rows.append([said["sum"], f"{plain(sum(set_, Decimal(0)))}%", ""])
    headings = (said["what"], said["weight" if block.whole else "share"], said["share"] if block.whole else "")
    return _table(block.name, headings, rows, widths=(4, 1.4, 5), names_first=True, kind="plan-weights")


def _width(value: Decimal | None) -> float:
    return min(100.0, max(0.0, float(value))) if value is not None else 0.0


def _raci(block: Raci, said: Words) -> str:
    rows = [[_safe(duty.task), *(_codes(codes) for codes in duty.codes)] for duty in block.duties]
    table = _table(block.name, (said["task"], *block.people), rows, names_first=True, kind="plan-raci")
    return f'{table}<p class="plan-note">{said["codes"]}</p>'


def _codes(codes: str) -> str:
    return "".join(
        f'<span class="plan-code plan-code-{each.lower()}">{each}</span>' for each in codes if each in "RACI"
    )


def _grid(block: Grid, said: Words) -> str:
    cells = []
    for quadrant in block.quadrants:
        lines = "".join(f"<li>{_words(line, said)}</li>" for line in quadrant.lines)
        lack = f'<p class="plan-lack">{_safe(quadrant.lack)}</p>' if quadrant.lack and not quadrant.lines else ""
        name = _safe(quadrant.name + said.tag(quadrant.mark))
        cells.append(f"<div><h4>{name}</h4>{f'<ul>{lines}</ul>' if lines else ''}{lack}</div>")
    return f'<figure class="plan-grid">{_figcaption(block.name)}<div class="plan-cells">{"".join(cells)}</div></figure>'


def _scores(sheet: ScoreSheet, said: Words) -> str:
    headings = tuple(said[key] for key in ("line", "unit", "floor", "target", "weight", "actual", "score"))
    rows = [
        [
            _safe(line.name), _safe(line.unit),
            said["held"] if line.direction == "keep" else number(line.floor),
            "1" if line.direction == "keep" else number(line.target),
            percent(line.weight, said), "", "",
        ]
        for line in sheet.lines
    ]  # fmt: skip
    return _table(sheet.name, headings, rows, widths=(4, 1.4, 1.6, 1.6, 1.2, 1.4, 1.2), names_first=True)


def _tracker(tracker: Tracker, said: Words) -> str:
    shown = shown_days(tracker, _MOST_DAYS)
    rows = [[_safe(line.name), _safe(line.unit), *(number(line.planned[at]) for at in shown)] for line in tracker.lines]
    days = (tracker.days[at].isoformat() for at in shown)
    note = alert_rule(tracker, said)
    table = _table(tracker.name, (said["line"], said["unit"], *days), rows, names_first=True)
    return f'{table}<p class="plan-note">{_safe(note)}</p>'
