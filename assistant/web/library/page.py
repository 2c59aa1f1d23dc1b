"""Writes what is read: a method text, a metric, an own document. Knows nothing about the shelves."""

from __future__ import annotations

from assistant.goals import Language, Metric
from assistant.goals.method import MethodText
from assistant.web.board import waiting
from assistant.web.escape import text
from assistant.web.library.looking import Books, Looking
from assistant.web.texts import Texts

_TONGUES: tuple[tuple[Language, str, str], ...] = (
    ("zh-Hans", "简", "简体中文"),
    ("zh-Hant", "繁", "繁體中文"),
    ("en", "EN", "English"),
)
_MOST_PIECES = 400


def page(at: Looking, shelf: Books | None, words: Texts) -> str:
    """Return what is open on the shelf, or what would stand here."""
    if shelf is None:
        return waiting(words, "library.loading", "library.loading_why")
    if at.part == "methods":
        found = shelf.text(at.topic, at.language or words.language)
        return _method(found, at, shelf, words) if found else waiting(words, "library.choose", "library.choose_why")
    if at.part == "metrics":
        metric = shelf.metrics.get(at.metric)
        return _metric(metric, at, shelf, words) if metric else waiting(words, "library.choose", "library.metrics_why")
    if at.document:
        return _document(at, words)
    return waiting(words, "library.own_title", "library.own_why")


def _tongues(at: Looking, shown: Language, words: Texts) -> str:
    buttons = "".join(
        f'<button type="button" lang="{code}" aria-label="{name}" data-act="language" data-value="{code}" '
        f'aria-pressed="{"true" if code == shown else "false"}">{short}</button>'
        for code, short, name in _TONGUES
    )
    return f'<div class="seg" role="group" aria-label="{words.html("library.tongue")}">{buttons}</div>'


def _method(found: MethodText, at: Looking, shelf: Books, words: Texts) -> str:
    sections = "".join(
        f'<section id="section-{number}"{" data-found" if number == at.section else ""}><h3 tabindex="-1">'
        f"{text(section.heading)}</h3>{_paragraphs(section.text)}</section>"
        for number, section in enumerate(found.sections, start=1)
    )
    sources = "".join(f"<li>{text(source)}</li>" for source in found.sources)
    related = "".join(
        f'<button type="button" class="btn tiny" data-act="topic" data-value="{text(topic)}" lang="{each.language}">'
        f"{text(each.title)}</button>"
        for topic in found.related
        if (each := shelf.text(topic, found.language)) is not None
    )
    more = f'<h3>{words.html("library.related")}</h3><div class="acts">{related}</div>' if related else ""
    return (
        f'<article class="panel reading" data-open="{at.opened}" aria-labelledby="reading-title"><header class="pad">'
        f'<h2 id="reading-title" tabindex="-1" lang="{found.language}">{text(found.title)}</h2>'
        f"{_tongues(at, found.language, words)}</header>"
        f'<div class="pad prose" lang="{found.language}">{sections}</div><footer class="pad sm">'
        f'<h3>{words.html("library.sources")}</h3><ul class="dots">{sources}</ul>{more}</footer></article>'
    )


def _paragraphs(words: str) -> str:
    return "".join(f"<p>{text(part.strip())}</p>" for part in words.split("\n\n") if part.strip())


def _metric(metric: Metric, at: Looking, shelf: Books, words: Texts) -> str:
    language = at.language or words.language
    said = metric.text[language]
    facts = [
        ("definition", text(said.definition)),
        ("formula", text(said.formula)),
        ("data_source", text(said.data_source)),
        ("owner", text(said.owner)),
        ("read", words.html(f"cadence.{metric.cadence}")),
        ("way", words.html(f"library.way_{metric.direction}")),
        ("timing", words.html(f"term.{metric.timing}")),
        ("ask", text(said.baseline_question)),
        ("aliases", text(words.plain("check.joint").join(said.aliases))),
    ]
    rows = "".join(
        f'<div><dt>{words.html(f"metric.{name}")}</dt><dd lang="{language}">{value}</dd></div>'
        for name, value in facts
        if value
    )
    function = shelf.functions[metric.function].name[language]
    name = said.name[:1].upper() + said.name[1:]
    return (
        f'<article class="panel reading" data-open="{at.opened}" aria-labelledby="reading-title"><header class="pad">'
        f'<div><p class="mut sm"><span lang="{language}">{text(function)}</span> '
        f'<span class="mono">{text(metric.id)}</span></p>'
        f'<h2 id="reading-title" tabindex="-1" lang="{language}">{text(name)}</h2></div>'
        f"{_tongues(at, language, words)}</header>"
        f'<div class="pad about"><dl class="sheet">{rows}</dl>'
        f'<section class="fence"><h3>{words.html("metric.gaming")}</h3><p lang="{language}">{text(said.gaming)}</p>'
        f"<h3>{words.html('metric.guardrails')}</h3>{_named(metric.guardrails, shelf, language)}</section>"
        + (
            f"<section><h3>{words.html('metric.drivers')}</h3>{_named(metric.drivers, shelf, language)}</section>"
            if metric.drivers
            else ""
        )
        + f'<section><h3>{words.html("metric.initiatives")}</h3><ul class="dots" lang="{language}">'
        + "".join(f"<li>{text(each)}</li>" for each in said.initiatives)
        + "</ul></section></div></article>"
    )


def _named(ids: tuple[str, ...], shelf: Books, language: Language) -> str:
    buttons = "".join(
        f'<button type="button" class="btn tiny" data-act="metric" data-value="{text(id)}" lang="{language}">'
        f"{text(shelf.metrics[id].text[language].name)}</button>"
        for id in ids
        if id in shelf.metrics
    )
    return f'<div class="acts">{buttons}</div>'


def _document(at: Looking, words: Texts) -> str:
    document = next((each for each in at.documents if each.id == at.document), None)
    if document is None:
        return waiting(words, "library.own_title", "library.own_why")
    notices = "".join(f'<li lang="en">{text(notice.text)}</li>' for notice in document.notices)
    told = (
        f'<div class="pad"><h3>{words.html("library.notices")}</h3><ul class="dots sm">{notices}</ul></div>'
        if notices
        else ""
    )
    pieces = "".join(
        f'<section id="section-{piece.number}"{" data-found" if piece.number == at.section else ""}>'
        f'<p class="mut sm" tabindex="-1">{text(piece.place)}{" · " + text(piece.heading) if piece.heading else ""}</p>'
        f'<p class="as-is" lang="{piece.language}">{text(piece.text)}</p></section>'
        for piece in at.pieces[:_MOST_PIECES]
    )
    more = len(at.pieces) - _MOST_PIECES
    rest = f'<p class="mut sm">{words.html("library.more_pieces", n=more)}</p>' if more > 0 else ""
    return (
        f'<article class="panel reading" data-open="{at.opened}" aria-labelledby="reading-title"><header class="pad">'
        f'<div><p class="mut sm"><span class="sw" data-origin="document"><span class="glyph"></span></span> '
        f'{words.html("library.yours")}</p><h2 id="reading-title" tabindex="-1">{text(document.name)}</h2></div>'
        f"</header>"
        f'{told}<div class="pad prose">{pieces}{rest}</div></article>'
    )
