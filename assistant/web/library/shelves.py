"""Writes the three shelves with their search: method texts, metrics, own documents. Knows nothing about the reader."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.goals import Metric, Passage, UserDocument
from assistant.web.escape import text
from assistant.web.icons import icon
from assistant.web.library.looking import LONGEST_QUERY, PARTS, Books, Looking
from assistant.web.security import MAX_FILE_BYTES
from assistant.web.talk import complaint
from assistant.web.texts import Texts, short_time

ENDINGS = (".md", ".txt", ".docx", ".pdf", ".xlsx", ".csv", ".tsv", ".html")
_SNIPPET = 90
_KILO = 1_000


def choice(at: Looking, words: Texts) -> str:
    """Return the three shelves to choose from."""
    buttons = "".join(
        f'<button type="button" data-act="part" data-value="{part}" '
        f'aria-pressed="{"true" if at.part == part else "false"}">'
        f"{words.html(f'library.{part}')}</button>"
        for part in PARTS
    )
    return (
        f'<h2 class="vh">{words.html("app.tab_library")}</h2>'
        f'<div class="seg three" role="group" aria-label="{words.html("library.shelves")}">{buttons}</div>'
    )


def search(at: Looking, shelf: Books | None, words: Texts) -> str:
    """Return the search box of the open shelf; for metrics also the functions, for documents the place for a file."""
    box = (
        f'<label class="look"><span class="vh">{words.html(f"library.find_{at.part}")}</span>{icon("search")}'
        f'<input type="search" data-find maxlength="{LONGEST_QUERY}" value="{text(at.query)}" autocomplete="off" '
        f'placeholder="{words.html(f"library.find_{at.part}")}"></label>'
    )
    if at.part == "metrics" and shelf is not None:
        options = "".join(
            f'<option value="{text(id)}"{" selected" if id == at.function else ""}>'
            f"{text(each.name[words.language])}</option>"
            for id, each in shelf.functions.items()
        )
        box += (
            f'<label class="pick"><span class="vh">{words.html("library.function")}</span><select data-act="function">'
            f'<option value="">{words.html("library.every_function")}</option>{options}</select></label>'
        )
    if at.part == "own":
        box = _file(at, words) + (box if at.documents else "")
    return box


def listing(at: Looking, shelf: Books | None, words: Texts) -> str:
    """Return what the open shelf holds, or what was found in it."""
    if shelf is None:
        bars = "".join(f'<i class="sk w{width}"></i>' for width in (1, 2, 3, 1, 2))
        return f'<div class="pad" aria-busy="true"><p class="vh">{words.html("library.loading")}</p>{bars}</div>'
    if at.part == "metrics":
        rows = [_metric(shelf.metrics[id], at, shelf, words) for id in at.listed if id in shelf.metrics]
        head = words.html("library.metrics_count", n=len(rows))
    elif at.query.strip():
        rows = [_hit(passage, at) for passage in at.hits]
        head = words.html("library.hits", n=len(rows))
    elif at.part == "own":
        rows = [_document(each, at, words) for each in at.documents]
        head = words.html("library.own_count", n=len(rows)) if rows else ""
    else:
        rows = [
            _row("topic", each.topic, each.topic == at.topic, text(each.title), "", each.language)
            for each in shelf.topics(words.language)
        ]
        head = words.html("library.topics_count", n=len(rows))
    if not rows:
        empty = "library.nothing" if at.query.strip() or at.part != "own" else "library.own_empty"
        return f'<p class="mut sm pad" role="status">{words.html(empty)}</p>'
    return f'<p class="mut sm count" role="status">{head}</p><ul class="rows">{"".join(rows)}</ul>'


def _row(act: str, value: str, on: bool, title: str, under: str, language: str) -> str:
    small = f"<small>{under}</small>" if under else ""
    return (
        f'<li><button type="button" class="book" data-act="{act}" data-value="{text(value)}" lang="{language}" '
        f'aria-pressed="{"true" if on else "false"}"><b>{title}</b>{small}</button></li>'
    )


def _metric(metric: Metric, at: Looking, shelf: Books, words: Texts) -> str:
    name = metric.text[words.language].name
    function = shelf.functions[metric.function].name[words.language]
    return _row("metric", metric.id, metric.id == at.metric, text(_capital(name)), text(function), words.language)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _hit(passage: Passage, at: Looking) -> str:
    flat = " ".join(passage.text.split())
    snippet = flat if len(flat) <= _SNIPPET else flat[: _SNIPPET - 1] + "…"
    act, on = ("document", False) if at.part == "own" else ("topic", False)
    title = passage.title if at.part == "methods" else passage.source
    return _row(act, passage.id, on, text(title), text(snippet), passage.language)


def _document(document: UserDocument, at: Looking, words: Texts) -> str:
    facts = [
        document.format.upper(),
        _size(document.size),
        words.plain("library.pieces", n=document.chunks),
        _when(document.added, words),
    ]
    row = _row(
        "document",
        document.id,
        document.id == at.document,
        text(document.name),
        text(" · ".join(facts)),
        words.language,
    )
    if document.id == at.asking:
        ask = (
            f'<div class="sure" role="group" aria-label="{words.html("library.ask", name=document.name)}">'
            f'<p class="sm">{words.html("library.ask_why")}</p>'
            f'<button type="button" class="btn tiny danger" data-act="remove" data-value="{text(document.id)}">'
            f"{words.html('library.remove')}</button>"
            f'<button type="button" class="btn tiny" data-act="ask" data-value="">'
            f"{words.html('library.keep')}</button></div>"
        )
        return row.removesuffix("</li>") + ask + "</li>"
    label = words.html("library.remove_name", name=document.name)
    return row.removesuffix("</li>").replace("<li>", '<li class="mine">', 1) + (
        f'<button type="button" class="btn ico tiny bin" data-act="ask" data-value="{text(document.id)}" '
        f'aria-label="{label}" title="{label}">{icon("trash", "s")}</button></li>'
    )


def _file(at: Looking, words: Texts) -> str:
    told = ""
    if at.told is not None:
        said = text(complaint(at.told, words))
        tone = "error" if at.told.kind == "error" else "ok"
        role = ' role="alert"' if tone == "error" else f' data-news="{said}"'
        told = f'<p class="said-now st {tone}"{role}>{said}</p>'
    return (
        f'<label class="bring" data-ticket="{text(at.ticket)}">{icon("file")}<b>{words.html("library.add")}</b>'
        f'<span class="mut sm">{words.html("library.add_why")}</span><input type="file" class="vh" data-upload '
        f'data-most="{MAX_FILE_BYTES}" accept="{",".join(ENDINGS)}" aria-label="{words.html("library.add")}"></label>'
        f"{told}"
    )


def _size(size: int) -> str:
    return f"{size / _KILO**2:.1f} MB" if size >= _KILO**2 else f"{max(1, round(size / _KILO))} KB"


def _when(added: str, words: Texts) -> str:
    try:
        moment = datetime.fromisoformat(added).astimezone()
    except ValueError:
        return added
    return short_time(moment, words.language, datetime.now(UTC).astimezone().year)
