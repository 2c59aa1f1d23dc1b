"""Writes the table of rows before and after, a page at a time, with the details of those that are open.

Knows nothing about how rows came to be.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.goals.batch import BatchRow, RowResult
from assistant.web.batch.desk import Desk
from assistant.web.batch.detail import detail
from assistant.web.batch.looking import PAGE, Looking
from assistant.web.batch.wording import chipped
from assistant.web.escape import text
from assistant.web.evals.figures import count
from assistant.web.icons import icon
from assistant.web.texts import Texts

TONES = {
    "rewritten": "ok", "kept": "same", "asked": "warning", "judged": "ok", "failed": "error", "skipped": "todo",
    "pending": "todo",
}  # fmt: skip
_HEADS = ("status", "before", "after", "score", "why")


def rows(desk: Desk, at: Looking, words: Texts) -> str:
    """Return the filters and a page of rows; '' while nothing came of a run."""
    if desk.listing is None:
        return ""
    found = desk.found(at.outcome, at.text, at.only)
    pages = max(1, -(-len(found) // PAGE))
    page = min(at.page, pages - 1)
    shown = desk.rows(found[page * PAGE : (page + 1) * PAGE])
    kind = desk.prepared.source.kind
    body = "".join(_row(row, result, row.index in at.opened, kind, words) for row, result in shown)
    table = (
        f'<div class="wide"><table class="list-rows"><caption class="vh">{words.html("batch.table")}</caption>'
        "<thead><tr>"
        + "".join(f'<th scope="col">{words.html(f"batch_head.{head}")}</th>' for head in _HEADS)
        + f"</tr></thead><tbody>{body}</tbody></table></div>"
    )
    if not shown:
        table = f'<p class="pad mut">{words.html("batch.nothing_found")}</p>'
    return (
        f'<section class="panel listed" aria-label="{words.html("batch.table")}">{_filters(desk, at, words)}{table}'
        f"{_pager(page, pages, len(found), words)}</section>"
    )


def _filters(desk: Desk, at: Looking, words: Texts) -> str:
    counts = desk.listing.counts
    buttons = _filter("", words.html("batch.all"), len(desk.listing), at)
    for outcome in TONES:
        if counts.get(outcome):
            buttons += _filter(outcome, words.html(f"outcome.{outcome}"), counts[outcome], at)
    only = ""
    if at.only:
        only = (
            f'<button type="button" class="btn tiny" data-act="all" data-value="">'
            f"{words.html('batch.only', n=count(len(at.only)))}</button>"
        )
    return (
        f'<div class="filters"><div class="seg outcomes" role="group" aria-label="{words.html("batch.filter")}">'
        f'{buttons}</div>{only}<label class="search"><span class="vh">{words.html("batch.search")}</span>'
        f'<input type="search" data-find id="batch-find" placeholder="{words.html("batch.search")}" maxlength="200" '
        f'value="{text(at.text)}" autocomplete="off"></label></div>'
    )


def _filter(outcome: str, label: str, n: int, at: Looking) -> str:
    pressed = "true" if outcome == at.outcome else "false"
    return (
        f'<button type="button" data-act="outcome" data-value="{outcome}" aria-pressed="{pressed}">{label} '
        f"{count(n)}</button>"
    )


def _pager(page: int, pages: int, found: int, words: Texts) -> str:
    first, last = (page * PAGE + 1 if found else 0), min(found, (page + 1) * PAGE)
    said = words.html("batch.range", first=count(first), last=count(last), n=count(found))
    buttons = ""
    if pages > 1:
        buttons = "".join(
            f'<button type="button" class="btn tiny" data-act="page" data-value="{to}"'
            f"{'' if 0 <= to < pages else ' disabled'}>{words.html(f'batch.{key}')}</button>"
            for key, to in (("previous", page - 1), ("next", page + 1))
        )
    return (
        f'<div class="pager"><span class="sm mut" role="status">{said}</span><span class="end">{buttons}</span></div>'
    )


def _row(row: BatchRow, result: RowResult, opened: bool, kind: str, words: Texts) -> str:
    outcome = result.verdict if result.state == "done" and result.verdict else result.state
    lang = f'lang="{result.language}"'
    place = words.html("batch.paragraph" if kind == "word" else "batch.line", n=row.line)
    sheet = f"{text(row.sheet)} · " if row.sheet else ""
    after = (
        "".join(f"<p {lang}>{chipped(each.text, each.numbers, words)}</p>" for each in result.rewrites)
        or f'<p class="mut">{words.html("batch.same") if result.state == "done" and outcome != "judged" else "–"}</p>'
    )
    state = (
        f'<span class="st {TONES[outcome]}">{words.html(f"outcome.{outcome}")}</span>'
        f'<button type="button" class="more-of" data-act="open" data-value="{row.index}" '
        f'aria-expanded="{"true" if opened else "false"}">{icon("chevron", "s chev")}{sheet}{place}</button>'
    )
    cells = (state, f"<p {lang}>{text(row.text)}</p>", after, _score(result, words), _why(result, lang))
    tds = "".join(
        f'<td data-th="{words.html(f"batch_head.{head}")}" class="c-{head}">{cell}</td>'
        for head, cell in zip(_HEADS, cells, strict=True)
    )
    head = f'<tr class="{outcome}{" opened" if opened else ""}" data-rove data-row="{row.index}">{tds}</tr>'
    if not opened:
        return head
    return f'{head}<tr class="inside" data-rove><td colspan="{len(_HEADS)}">{detail(row, result, words)}</td></tr>'


def _score(result: RowResult, words: Texts) -> str:
    if result.before is None:
        return f'<span class="mut sm">{words.html("batch.no_score")}</span>'
    was = result.before.score
    if result.verdict == "judged" or result.state != "done":
        return f"<b>{was}</b>"
    now = round(sum(each.standing.score for each in result.rewrites) / len(result.rewrites)) if result.rewrites else was
    low, high = min(was, now), max(was, now)
    difference = f"{now - was:+d}".replace("-", "−") if now != was else "±0"
    label = words.html("batch.score_move", was=was, now=now)
    return (
        f'<div class="delta" role="img" aria-label="{label}"><span class="tr"><i style="--a:{low};--z:{high}"></i>'
        f'<b style="--a:{was}"></b><b style="--z:{now}"></b></span><span class="d">{difference}</span></div>'
        f'<span class="sm mut" aria-hidden="true">{was} → {now}</span>'
    )


def _why(result: RowResult, lang: str) -> str:
    if result.reason:
        return f"<p {lang}>{text(result.reason)}</p>"
    lines: Sequence[str] = result.changes
    if not lines and result.verdict == "judged" and result.before is not None:
        lines = [finding.message for finding in result.before.findings]
    said = "".join(f"<p {lang}>{text(line)}</p>" for line in lines[:2])
    asked = "".join(
        f'<p class="ask" {lang}><span class="st todo"></span>{text(line)}</p>' for line in result.questions[:1]
    )
    return said + asked
