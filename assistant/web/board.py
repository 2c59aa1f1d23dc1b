"""Writes the board: versions, goal cards, what is left to decide, sources; or the steps while a draft is under way.

Knows nothing about the conversation.
"""

from __future__ import annotations

from assistant.goals import Citation, DraftResult, GateResult, Language
from assistant.web import evidence
from assistant.web.cards import card
from assistant.web.escape import text
from assistant.web.icons import icon
from assistant.web.marks import Marks
from assistant.web.session import Session, Version
from assistant.web.texts import Texts, texts

_SECTION, _REFERENCE = " · ", "; "
STEPS = ("read", "brief", "search", "write", "check", "repair")


def board(session: Session) -> str:
    """Return what stands beside the conversation."""
    words = texts(session.language)
    if session.at_work:
        return _progress(session.steps, words)
    version = session.version
    if version is None:
        return waiting(words, "board.wait", "board.wait_asked" if session.pending else "board.wait_why")
    result = version.result
    marks = Marks(words, result.numbers, result.verdict.findings, version)
    cards = "".join(card(version, i, marks, words) for i in range(len(result.goals)))
    return (
        f"{_bar(session, version, words)}{_notices(result, words)}{cards}"
        f'<div class="two">{_open(session, version, marks, words)}{_sources(version, words)}</div>'
        f"{_strategy(result, marks, words)}"
    )


def waiting(words: Texts, key: str, why: str) -> str:
    """Return a place that waits to be filled, from two string keys: what will stand there, and what brings it."""
    return f'<section class="panel pad wait"><h2>{words.html(key)}</h2><p>{words.html(why)}</p></section>'


def notice(tone: str, lead: str, rest: str = "") -> str:
    """Return a message that stands in the page itself; `lead` and `rest` are markup."""
    return f'<div class="say {tone}"><span class="st {tone}"></span><div><b>{lead}</b> {rest}</div></div>'


def _progress(done: tuple[str, ...], words: Texts) -> str:
    current = done[-1]
    steps = [step for step in STEPS if step != "repair" or "repair" in done]
    rows = []
    for step in steps:
        state = "now" if step == current else "ok" if step in done else "todo"
        said = words.html(f"step_state.{state}")
        rows.append(
            f'<li class="{state}"><span class="st {"ok" if state == "ok" else "todo"}"><span class="vh">{said}</span>'
            f"</span>"
            f"{words.html(f'step.{step}')}</li>"
        )
    bars = "".join(f'<i class="sk w{width}"></i>' for width in (1, 2, 3))
    return (
        f'<section class="panel goal" aria-busy="true"><div class="sec"><h2 class="at">{words.html("board.working")}'
        f"</h2>"
        f'<ol class="prog" role="status">{"".join(rows)}</ol></div><div class="sec" aria-hidden="true">'
        f'<i class="sk big"></i>{bars}</div><div class="sec" aria-hidden="true">{bars}{bars}</div></section>'
    )


def _bar(session: Session, version: Version, words: Texts) -> str:
    tabs = "".join(
        f'<button type="button" aria-pressed="{"true" if v is version else "false"}" data-act="version" '
        f'data-value="{i}">'
        f"{words.html('board.version', n=i + 1)} <i>{v.result.verdict.score}</i></button>"
        for i, v in enumerate(session.versions)
    )
    day = version.aim.today.isoformat()
    return (
        f'<div class="bar"><div class="vers" role="group" aria-label="{words.html("board.versions")}">{tabs}</div>'
        f'<div class="end"><button type="button" class="btn" data-copy>{icon("copy")}<span>{words.html("board.copy")}'
        f"</span></button>"
        f'<button type="button" class="btn pri" data-save="goals-{day}.md">'
        f"{icon('download')}{words.html('board.save')}</button>"
        f'<textarea class="md" hidden aria-hidden="true" tabindex="-1" data-copied="{words.html("board.copied")}">'
        f"{text(version.markdown)}</textarea></div></div>"
    )


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
