"""Writes the conversation, the quick replies and the first screen. Knows nothing about the board."""

from __future__ import annotations

from assistant.goals import Drafter, Language
from assistant.web import fields
from assistant.web.escape import text
from assistant.web.icons import icon, sign
from assistant.web.marks import ORIGINS
from assistant.web.session import MAX_QUESTIONS, Session, Turn
from assistant.web.texts import Texts, texts

_FIELDS = 6
EXAMPLES: tuple[tuple[Language, str, str], ...] = (
    ("zh-Hans", "简体中文", "客服团队想提升客户满意度，现在满意度是82%，希望明年上半年见效"),
    ("zh-Hant", "繁體中文", "我們是電商營運團隊，想在年底前改善回購率，目前是 24%"),
    ("en", "English", "Our platform team wants to ship faster; lead time for changes is 9 days today"),
)
_NAMES: tuple[tuple[Language, str, str], ...] = (
    ("zh-Hans", "简", "简体中文"),
    ("zh-Hant", "繁", "繁體中文"),
    ("en", "EN", "English"),
)


def head(session: Session) -> str:
    """Return the top of the page: name, who drafts, interface language, theme, new session."""
    words = texts(session.language)
    languages = "".join(
        f'<button type="button" lang="{code}" aria-label="{name}" data-act="language" data-value="{code}" '
        f'aria-pressed="{"true" if code == session.language else "false"}">{short}</button>'
        for code, short, name in _NAMES
    )
    stage = "work" if session.turns else "empty"
    return (
        f'<header class="top" data-language="{session.language}" data-title="{words.html("app.title")}" '
        f'data-word-source="{words.html("pop.source")}" data-stage="{stage}" data-session="{text(session.id)}">'
        f'<div class="brand">{sign(28)}<h1>{words.html("app.title")}</h1></div>{drafter_line(session.drafter, words)}'
        f'<div class="seg" role="group" aria-label="{words.html("app.language")}">{languages}</div>'
        f'<button type="button" class="btn ico" data-theme aria-label="{words.html("app.theme")}">{icon("sun")}'
        f"</button>"
        f'<button type="button" class="btn new" data-act="new">{icon("plus")}<span>{words.html("app.new")}</span>'
        f"</button></header>"
    )


def swap(session: Session) -> str:
    """Return the switch between conversation and draft, which only narrow screens show."""
    if not session.turns:
        return ""
    words = texts(session.language)
    version = session.version
    draft = words.html("board.scored", score=version.result.verdict.score) if version else words.html("board.title")
    chat = words.html("chat.waiting" if session.pending else "chat.title")
    return (
        f'<div class="seg swap" role="group" data-drafts="{len(session.versions)}">'
        f'<button type="button" aria-pressed="true" data-swap="talk">{chat}</button>'
        f'<button type="button" aria-pressed="false" data-swap="board">{draft}</button></div>'
    )


def drafter_line(drafter: Drafter | None, words: Texts) -> str:
    """Return who would write now, as the way to the form that connects a model.

    A hollow ring stands for the offline drafter, a filled one for a model.
    """
    if drafter is None:
        return '<div class="drafter"></div>'
    model = drafter.kind == "llm"
    line = words.html("drafter.model", model=drafter.model or "") if model else words.html("drafter.offline")
    return (
        f'<button type="button" class="drafter{" on" if model else ""}" data-act="connect"><span class="dot"></span>'
        f'<span>{line}</span><span class="more">{words.html("drafter.change" if model else "drafter.connect")}</span>'
        f"</button>"
    )


def talk(session: Session) -> str:
    """Return the conversation; '' before anything was said."""
    if not session.turns:
        return ""
    words = texts(session.language)
    rows = "".join(_turn(turn, words) for turn in session.turns)
    newest = next((t for t in reversed(session.turns) if t.role == "assistant"), None)
    say = text(_said(newest, words)) if newest else ""
    return (
        f'<div class="ph"><h2>{words.html("chat.title")}</h2></div>'
        f'<div class="msgs" tabindex="0" role="region" aria-label="{words.html("chat.title")}" data-say="{say}">'
        f"{rows}</div>"
        f"{_replies(session, words)}"
    )


def _turn(turn: Turn, words: Texts) -> str:
    said = text(_said(turn, words))
    if turn.role == "person":
        return f'<div class="msg me">{said}</div>'
    if turn.kind == "question":
        number = words.html("chat.question", n=turn.number, most=MAX_QUESTIONS)
        why = f'<span class="why">{text(turn.why)}</span>' if turn.why else ""
        return f'<div class="msg bot">{sign(20)}<div><span class="q">{number}</span><b>{said}</b>{why}</div></div>'
    if turn.kind in ("changed", "unchanged") or turn.lines:
        return _follow_up(turn, words)
    if turn.kind == "error":
        return f'<div class="msg bot bad" role="alert"><span class="st error"></span><div>{said}</div></div>'
    return f'<div class="msg bot">{sign(20)}<div>{said}</div></div>'


def _follow_up(turn: Turn, words: Texts) -> str:
    """Return what a follow-up did: the version it made, whole sentences, the fields that changed."""
    over = ""
    if turn.kind == "unchanged":
        over = f'<span class="q">{words.html("chat.unchanged")}</span>'
    elif turn.kind == "changed":
        over = f'<span class="q">{words.html("chat.version", **turn.values)}</span>'
    language = f' lang="{turn.language}"' if turn.language and turn.lines else ""
    lines = turn.lines or (_said(turn, words),)
    said = "".join(f"<p{language}>{text(line)}</p>" for line in lines)
    return (
        f'<div class="msg bot">{sign(20)}<div>{over}<div class="told">{said}</div>{_changes(turn, words)}</div></div>'
    )


def _changes(turn: Turn, words: Texts) -> str:
    """Return the changed fields as buttons that lead to them, one for each kind of field in a goal."""
    if not turn.fields:
        return ""
    goals = int(turn.values.get("goals", "1"))
    firsts: dict[tuple[str, ...], str] = {}
    for field in sorted(turn.fields, key=fields.rank):
        firsts.setdefault((*field.split("/")[:3], field.rsplit("/", 1)[-1]), field)
    rows = list(firsts.values())[:_FIELDS]
    buttons = "".join(
        f'<button type="button" data-go="{text(field)}">{text(fields.name(field, words, goals))}</button>'
        for field in rows
    )
    rest = len(turn.fields) - len(rows)
    more = f'<span class="mut">{words.html("chat.more_fields", n=rest)}</span>' if rest else ""
    return f'<div class="chgs"><span class="mut">{words.html("chat.changes")}</span>{buttons}{more}</div>'


def _said(turn: Turn, words: Texts) -> str:
    if turn.lines:
        return "\n".join(turn.lines)
    if not turn.key:
        return turn.text
    try:
        return words.plain(turn.key, **turn.values)
    except KeyError:
        return words.plain("error.other")


def complaint(turn: Turn, words: Texts) -> str:
    """Return a message of ours as plain words."""
    return _said(turn, words)


def _replies(session: Session, words: Texts) -> str:
    question = session.pending
    if question is None or session.at_work:
        return ""
    options = "".join(
        f'<button type="button" class="btn" data-act="answer" data-value="{i}">{text(option)}</button>'
        for i, option in enumerate(question.options)
    )
    return (
        f'<div class="replies" role="group" aria-label="{words.html("chat.replies")}">{options}'
        f'<button type="button" class="btn" data-act="unknown">{words.html("chat.unknown")}</button>'
        f'<button type="button" class="btn quiet" data-act="skip">{words.html("chat.skip")}</button></div>'
    )


def hero(session: Session) -> str:
    """Return the one question of the first screen."""
    words = texts(session.language)
    return f'<div class="hero"><h2>{words.html("first.question")}</h2><p>{words.html("first.hint")}</p></div>'


def examples(session: Session) -> str:
    """Return three aims that fill the box when pressed."""
    words = texts(session.language)
    rows = "".join(
        f'<button type="button" class="aim" data-fill="{text(aim)}"><small lang="{code}">{name}</small>'
        f'<b lang="{code}">{text(aim)}</b>{icon("arrow")}</button>'
        for code, name, aim in EXAMPLES
    )
    return f'<p class="mut sm try">{words.html("first.try")}</p><div class="aims">{rows}</div>'


def promises(session: Session) -> str:
    """Return the three promises and who drafts."""
    words = texts(session.language)
    chips = "".join(
        f'<li><span class="sw" data-origin="{origin}"><span class="glyph"></span></span>'
        f"{words.html(f'origin.{origin}')}</li>"
        for origin in ORIGINS
    )
    replies = "".join(f'<span class="btn tiny">{words.html(f"first.reply_{i}")}</span>' for i in (1, 2))
    lint = (
        f'{words.html("first.sample_1")}<span class="find" data-sev="error" data-n="1">{words.html("first.sample_2")}'
        f"</span>"
        f'{words.html("first.sample_3")}<span class="find" data-sev="error" data-n="2">{words.html("first.sample_4")}'
        f"</span>"
        f"{words.html('first.sample_5')}"
    )
    blocks = (
        ("ask", f'<div class="replies" aria-hidden="true">{replies}</div>'),
        ("origin", f'<ul class="og">{chips}</ul>'),
        ("rules", f'<p class="ex">{lint}</p>'),
    )
    how = "".join(
        f'<section class="panel pad"><h3>{words.html(f"first.{name}")}</h3><p>{words.html(f"first.{name}_why")}</p>'
        f"{extra}</section>"
        for name, extra in blocks
    )
    drafter = drafter_line(session.drafter, words)
    model = session.drafter is not None and session.drafter.kind == "llm"
    hint = words.html("first.model_hint" if model else "first.offline_hint")
    return f'<div class="how">{how}</div><div class="panel conn">{drafter}<span class="mut sm">{hint}</span></div>'
