"""Writes the list of the conversations of this browser, and what has to be told about them."""

from __future__ import annotations

from datetime import date

from assistant.web.escape import text
from assistant.web.icons import icon
from assistant.web.session import Kept, Session
from assistant.web.texts import Texts, long_date, texts


def notice(session: Session) -> str:
    """Return what the person has to be told about their conversations; '' for nothing."""
    if not session.shelf.notice:
        return ""
    words = texts(session.language)
    said = words.html(f"earlier.notice_{session.shelf.notice}")
    return f'<p class="notice" role="status"><span class="st warning"></span><span>{said}</span></p>'


def earlier(session: Session) -> str:
    """Return the list, each to open or to delete; '' where this browser has none."""
    kept = session.shelf.kept
    if not kept:
        return ""
    words = texts(session.language)
    others = [each for each in kept if each.id != session.id]
    rows = "".join(_row(each, session, words) for each in others)
    listed = f'<ul tabindex="0" aria-label="{words.html("earlier.title")}">{rows}</ul>' if rows else ""
    ends = ""
    if len(others) < len(kept):
        ends += _sure(words.html("earlier.forget"), "forget", session.id, words.html("earlier.forget_sure"), words)
    every = words.html("earlier.erase_sure", n=len(kept))
    ends += _sure(words.html("earlier.erase"), "erase", "", every, words)
    count = f" <i>{len(others)}</i>" if others else ""
    return (
        f'<details class="panel earlier" data-keep="earlier"><summary>{icon("chevron", "s")}'
        f"<span>{words.html('earlier.title')}</span>{count}</summary>{listed}"
        f'<p class="mut sm">{words.html("earlier.why")}</p><div class="ends">{ends}</div></details>'
    )


def _row(kept: Kept, session: Session, words: Texts) -> str:
    title = text(kept.title) if kept.title else words.html("earlier.untitled")
    day = text(long_date(date.fromtimestamp(kept.used), session.language))
    drop = ""
    if not session.at_work:
        label = words.html("earlier.drop_named", title=kept.title or words.plain("earlier.untitled"))
        drop = (
            f'<details class="sure"><summary class="btn ico quiet" aria-label="{label}" '
            f'title="{words.html("earlier.drop")}">{icon("bin", "s")}</summary>'
            f'<button type="button" class="btn tiny" data-act="drop" '
            f'data-value="{text(kept.id)}">{words.html("earlier.drop")}</button></details>'
        )
    return (
        f'<li><button type="button" class="past" data-act="open" data-value="{text(kept.id)}" title="{title}">'
        f"<b>{title}</b><small>{day}</small></button>{drop}</li>"
    )


def _sure(label: str, act: str, value: str, why: str, words: Texts) -> str:
    """Return a deletion that asks once more; all but `act` and `value` are markup."""
    return (
        f'<details class="sure"><summary class="btn tiny">{label}</summary><p class="sm">{why}</p>'
        f'<button type="button" class="btn tiny" data-act="{act}" data-value="{text(value)}">'
        f"{words.html('earlier.drop')}</button></details>"
    )
