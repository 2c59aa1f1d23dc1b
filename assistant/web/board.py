"""Writes the board: versions, goal cards, what is left to decide, sources; or how far the first draft is.

Knows nothing about the conversation.
"""

from __future__ import annotations

from assistant.goals import Citation, DraftResult, GateResult, Language
from assistant.web import evidence
from assistant.web.bar import bar, wishes
from assistant.web.cardparts import Card
from assistant.web.cards import card
from assistant.web.comparing import panel
from assistant.web.escape import text
from assistant.web.icons import icon
from assistant.web.marks import Marks
from assistant.web.progress import progress, rewriting
from assistant.web.session import Session, Version
from assistant.web.texts import Texts, texts

_SECTION, _REFERENCE = " · ", "; "


def board(session: Session) -> str:
    """Return what stands beside the conversation."""
    words = texts(session.language)
    version = session.version
    if version is None and session.at_work:
        return progress(session, words)
    if version is None:
        return waiting(words, "board.wait", "board.wait_asked" if session.pending else "board.wait_why")
    above = f"{bar(session, version, words)}{wishes(session, version, words)}"
    if session.writing:
        return f"{above}{rewriting(session, words, version.number)}"
    result = version.result
    changed = {change.field for change in session.changed if change.kind != "removed"}
    marks = Marks(words, result.numbers, result.verdict.findings, version, changed)
    busy = ' aria-busy="true"' if session.at_work else ""
    cards = "".join(
        card(Card(version, i, marks, words, session.asked_why, session.at_work)) for i in range(len(result.goals))
    )
    return (
        f'{above}<div class="under" data-step="{session.news}" data-version="{version.number}"{busy}>'
        f"{panel(session, words)}{_notices(result, words)}{cards}"
        f'<div class="two">{_open(session, version, marks, words)}{_sources(version, words)}</div>'
        f"{_strategy(result, marks, words)}</div>"
    )


def waiting(words: Texts, key: str, why: str) -> str:
    """Return a place that waits to be filled, from two string keys: what will stand there, and what brings it."""
    return f'<section class="panel pad wait"><h2>{words.html(key)}</h2><p>{words.html(why)}</p></section>'


def notice(tone: str, lead: str, rest: str = "") -> str:
    """Return a message that stands in the page itself; `lead` and `rest` are markup."""
    return f'<div class="say {tone}"><span class="st {tone}"></span><div><b>{lead}</b> {rest}</div></div>'


def _notices(result: DraftResult, words: Texts) -> str:
    out = []
    drafter = result.drafter
    if drafter.fallback_from or drafter.why:
        name = drafter.fallback_from or ""
        lead = words.html("board.fallback", model=name) if name else words.html("drafter.offline")
        out.append(notice("info", lead, text(drafter.why or "")))
    failed = [gate for gate in result.verdict.gates if not gate.passed]
    if failed:
        rows = "".join(_gate(gate, words) for gate in failed)
        out.append(notice("warning", words.html("board.not_ready"), f"<ul>{rows}</ul>"))
    if result.status == "refused":
        out.append(notice("error", words.html("chat.refused"), ""))
    return "".join(out)


def _gate(gate: GateResult, words: Texts) -> str:
    key = f"gate.{gate.name}"
    said = words.html(key) if key in words else text(gate.name)
    return f'<li>{said}<span class="mono" lang="en">{text(gate.why)}</span></li>'


def _open(session: Session, version: Version, marks: Marks, words: Texts) -> str:
    result = version.result
    rows = [_conflict(i, version, words) for i in range(len(result.conflicts))]
    rows += [
        f'<li><span class="sw" data-origin="unknown"><span class="glyph"></span></span><div><b {_lang(result)}>'
        f"{text(question.text)}</b><p {_lang(result)}>{text(question.why)}</p></div></li>"
        for question in result.questions
    ]
    assumed = "".join(
        f"<li>{marks.write(words_, f'/assumptions/{i}')}</li>" for i, words_ in enumerate(result.assumptions)
    )
    if not rows and not assumed:
        return ""
    head = words.html("board.open", n=len(rows)) if rows else words.html("board.assumptions")
    todo = f'<ol class="todo-l">{"".join(rows)}</ol>' if rows else ""
    tell = f'<p class="mut sm tell">{words.html("board.tell")}</p>'
    lead = f"<h4>{words.html('board.assumptions')}</h4>" if rows else ""
    if assumed:
        tell = f'<div class="assume">{lead}<ul class="dots" {_lang(result)}>{assumed}</ul>{tell}</div>'
    return f'<section class="panel pad" data-rove><div class="ph"><h3>{head}</h3></div>{todo}{tell}</section>'


def _conflict(place: int, version: Version, words: Texts) -> str:
    conflict = version.result.conflicts[place]
    buttons = "".join(
        f'<button type="button" class="btn tiny" data-act="settle" data-value="{place}:{i}"><b {_lang(version.result)}>'
        f'{text(value.text)}</b><span class="mut">{text(evidence.source_place(value.source, words))}</span></button>'
        for i, value in enumerate(conflict.values)
    )
    return (
        f'<li><span class="st warning"><span class="vh">{words.html("board.conflict")}</span></span><div>'
        f'<b {_lang(version.result)}>{text(conflict.message)}</b><div class="acts">{buttons}</div></div></li>'
    )


def _sources(version: Version, words: Texts) -> str:
    citations = version.result.citations
    if not citations:
        return ""
    rows = "".join(_source(citation, version, words) for citation in citations)
    return (
        f'<section class="panel pad"><div class="ph"><h3>{words.html("board.sources")}</h3>'
        f'<span class="mut sm">{words.html("board.sources_why", n=len(citations))}</span></div><ul class="src">{rows}'
        f"</ul></section>"
    )


def _source(citation: Citation, version: Version, words: Texts) -> str:
    passage = next((p for p in version.passages if p.id == citation.id), None)
    text_title, _, section = (passage.title if passage else citation.topic).partition(_SECTION)
    language = passage.language if passage else version.result.language
    references = citation.source.split(_REFERENCE)
    quote = f'<blockquote lang="{language}"><mark>{text(citation.quote)}</mark></blockquote>'
    if passage is not None:
        whole = text(passage.text)
        if (at := passage.text.find(citation.quote)) >= 0:
            before, after = passage.text[:at], passage.text[at + len(citation.quote) :]
            whole = f"{text(before)}<mark>{text(citation.quote)}</mark>{text(after)}"
        book = f'<p class="ref" lang="{language}">{text(text_title)}</p>' if section else ""
        rest = "".join(f'<p class="ref">{text(reference)}</p>' for reference in references[1:])
        references = references[:1]
        quote += (
            f'<details class="full"><summary>{icon("chevron", "s chev")}{words.html("board.passage")}</summary>'
            f'{book}<blockquote class="pre" lang="{language}">{whole}</blockquote>{rest}</details>'
        )
    shown = "".join(f'<p class="at">{text(reference)}</p>' for reference in references)
    return (
        f'<li data-source="{text(citation.id)}" tabindex="-1"><div class="h"><span class="sw" data-origin="knowledge">'
        f'<span class="glyph"></span></span><b lang="{language}">{text(section or text_title)}</b></div>'
        f'<p class="at mono">{text(citation.id)}</p>{shown}{quote}</li>'
    )


def _strategy(result: DraftResult, marks: Marks, words: Texts) -> str:
    if not result.monitoring_strategy:
        return ""
    rows = "".join(
        f"<li>{marks.write(line, f'/monitoring_strategy/{i}')}</li>"
        for i, line in enumerate(result.monitoring_strategy)
    )
    return (
        f'<section class="panel pad" data-rove><div class="ph"><h3>{words.html("board.strategy")}</h3></div>'
        f'<ul class="dots" {_lang(result)}>{rows}</ul></section>'
    )


def _lang(result: DraftResult) -> str:
    language: Language = result.language
    return f'lang="{language}"'
