"""Writes where a list is handed in and what its columns are read as. Knows nothing about runs."""

from __future__ import annotations

from typing import Any

from assistant.web.batch.desk import ENDINGS, IGNORED, ROLES, Desk
from assistant.web.batch.troubles import said_of
from assistant.web.board import notice
from assistant.web.escape import text
from assistant.web.evals.figures import count
from assistant.web.icons import icon
from assistant.web.security import MAX_LIST_BYTES
from assistant.web.texts import Texts

_MOST_TABLES = 12


def intake(desk: Desk, words: Texts) -> str:
    """Return the place for a file while there is none, else what was read of it."""
    inner = _empty(desk, words) if desk.phase == "empty" else _read(desk, words)
    return f'<div data-ticket="{text(desk.ticket)}" data-phase="{desk.phase}">{inner}</div>'


def trouble(desk: Desk, words: Texts) -> str:
    """Return what went wrong last; '' where nothing did."""
    if desk.trouble is None:
        return ""
    detail = f'<span class="mono" lang="en">{text(desk.trouble.detail)}</span>' if desk.trouble.detail else ""
    return f'<div role="alert">{notice("error", text(desk.trouble.plain(words)), detail)}</div>'


def _empty(desk: Desk, words: Texts) -> str:
    return (
        f'<section class="panel pad hand-in"><h2>{words.html("batch.title")}</h2><p>{words.html("batch.lead")}</p>'
        f"{trouble(desk, words)}{_drop('pri', 'batch.choose', words, hint=True)}"
        f'<p class="sm mut">{words.html("batch.private")}</p></section>'
    )


def _drop(tone: str, key: str, words: Texts, *, hint: bool = False) -> str:
    kinds = f'<span class="mut sm">{words.html("batch.kinds")}</span>' if hint else ""
    drag = f'<span class="drag">{words.html("batch.drag")}</span>' if hint else ""
    return (
        f'<label class="{"drop" if hint else "swap-file"}">'
        f'<input type="file" class="vh" data-upload data-most="{MAX_LIST_BYTES}" accept="{",".join(ENDINGS)}">'
        f'<span class="btn {tone}">{icon("upload" if hint else "refresh", "s")}{words.html(key)}</span>{drag}{kinds}'
        f'<span class="st todo going" role="status">{words.html("batch.reading")}</span></label>'
    )


def _read(desk: Desk, words: Texts) -> str:
    source = desk.prepared.source
    settled = desk.phase != "ready"
    told = [f'<b class="file">{text(source.name)}</b>', words.html("batch.count", n=count(source.count))]
    again = "" if desk.busy else _drop("tiny", "batch.other_file", words)
    columns = _columns(desk, words, settled=settled)
    if settled and columns:
        columns = (
            f'<details class="fold pad" data-keep="columns"><summary>{icon("chevron", "s chev")}'
            f"<b>{words.html('batch.columns')}</b></summary>{columns}</details>"
        )
    return (
        f'<section class="panel mapping" aria-labelledby="mapping-title"><div class="ph pad"><span class="step" '
        f'aria-hidden="true">1</span><h2 id="mapping-title">{words.html("batch.check_columns")}</h2>'
        f'<span class="mut sm">{" · ".join(told)}</span>{again}</div>'
        f"{_said(desk, words)}{'' if settled else _sheets(desk, words)}{columns}</section>"
    )


def _said(desk: Desk, words: Texts) -> str:
    parts = "" if desk.phase == "over" else trouble(desk, words)
    if desk.guessed and desk.phase == "ready":
        parts += notice("warning", words.html("batch.guessed"), words.html("batch.guessed_why"))
    said = [(said_of(each), each) for each in desk.prepared.source.notices]
    if said:
        rows = "".join(f"<li{'' if each.key else ' lang=en'}>{text(each.plain(words))}</li>" for each, _ in said)
        parts += f'<ul class="notes sm">{rows}</ul>'
    return f'<div class="pad told-of">{parts}</div>' if parts else ""


def _sheets(desk: Desk, words: Texts) -> str:
    if len(desk.sheets) < 2:
        return ""
    options = [("", words.plain("batch.all_sheets")), *((name, name) for name in desk.sheets)]
    rows = "".join(
        f'<option value="{text(value)}"{" selected" if value == desk.sheet else ""}>{text(shown)}</option>'
        for value, shown in options
    )
    return (
        f'<div class="picks"><div class="pick"><label for="pick-sheet">{words.html("batch.sheet")}</label>'
        f'<select id="pick-sheet" data-act="sheet">{rows}</select></div></div>'
    )


def _columns(desk: Desk, words: Texts, *, settled: bool) -> str:
    tables = desk.tables
    if not tables:
        return f'<p class="pad mut sm">{words.html("batch.no_columns")}</p>'
    parts = []
    for place, table in enumerate(tables[:_MOST_TABLES]):
        cells = "".join(_column(desk, place, use, words, settled=settled) for use in table)
        head = ""
        if len(tables) > 1:
            first = table[0]
            name = first.table or words.plain("batch.table_at", line=first.line)
            head = f'<h3 class="sm mut">{text(name)}</h3>'
        parts.append(f'<div class="part">{head}<ol class="cols">{cells}</ol></div>')
    more = len(tables) - _MOST_TABLES
    if more > 0:
        parts.append(f'<p class="pad mut sm">{words.html("batch.more_tables", n=more)}</p>')
    elif len(tables) > 1 and not settled:
        parts.append(f'<p class="pad mut sm">{words.html("batch.every_table")}</p>')
    return "".join(parts)


def _column(desk: Desk, table: int, use: Any, words: Texts, *, settled: bool) -> str:
    role = desk.role_of(use)
    place = use.letter or str(use.column)
    heading = text(use.heading) if use.heading else f'<span class="mut">{words.html("batch.no_heading")}</span>'
    sample = text(use.sample) if use.sample else f'<span class="mut">{words.html("batch.blank")}</span>'
    if settled:
        chosen = f'<span class="tag">{words.html(_role_key(role))}</span>'
    else:
        chosen = _select(f"{table}:{use.column}", role, use, words)
    on = "" if role in ("", IGNORED) else " class=on"
    head = f'<div class="h"><b>{heading}</b><span class="mono mut">{place}</span></div>'
    return f"<li{on}>{head}{chosen}<p>{sample}</p></li>"


def _select(place: str, role: str, use: Any, words: Texts) -> str:
    shown = role or IGNORED
    # What only headings can say, such as an id or a unit, stays a choice where it was read so.
    further = () if shown in (*ROLES, IGNORED) else (shown,)
    options = "".join(
        f'<option value="{place}:{each}"{" selected" if each == shown else ""}>{words.html(_role_key(each))}</option>'
        for each in (*further, *ROLES, IGNORED)
    )
    label = words.html("batch.role_of", column=use.heading or use.letter or use.column)
    id = f"role-{place.replace(':', '-')}"
    return f'<label class="vh" for="{id}">{label}</label><select id="{id}" data-act="role">{options}</select>'


def _role_key(role: str) -> str:
    role = role or IGNORED
    return f"role.{role}" if role in (*ROLES, IGNORED) else "role.other"
