"""Writes the list of versions, and two of them side by side, field by field. Knows nothing about drafting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from itertools import groupby

from assistant.goals import FieldChange
from assistant.web import fields, versions
from assistant.web.bar import made_of
from assistant.web.cardparts import BUSY
from assistant.web.escape import text
from assistant.web.icons import icon
from assistant.web.session import Session, Version
from assistant.web.texts import Texts, long_date

_AT_ONCE = 12
_PIECE = re.compile(r"[A-Za-zÀ-ÿ']+|\d[\d.,]*%?|\s+|.", re.DOTALL)
_MOST = 600
_ALIKE = 0.34
_VALUE = 16


def panel(session: Session, words: Texts) -> str:
    """Return the versions and what differs between the two chosen; '' while nothing is compared."""
    if not session.comparing:
        return ""
    rows = "".join(_version(each, session, words) for each in reversed(session.versions))
    return (
        f'<section class="panel pad cmp" aria-label="{words.html("board.compare")}"><div class="ph"><h3>'
        f'{words.html("board.versions")}</h3><button type="button" class="btn quiet tiny" data-act="compare" '
        f'data-value="0">{words.html("pop.close")}</button></div><ol class="vlist">{rows}</ol>'
        f"{_compared(session, words)}</section>"
    )


def _version(version: Version, session: Session, words: Texts) -> str:
    here = session.version is not None and version.number == session.version.number
    busy = BUSY if session.at_work else ""
    if here:
        end = f'<span class="tag">{words.html("versions.here")}</span>'
    else:
        chosen = version.number == session.comparing
        end = (
            f'<button type="button" class="btn tiny" data-act="version" data-value="{version.number}"{busy}>'
            f'{words.html("versions.open")}</button><button type="button" class="btn tiny" data-act="compare" '
            f'data-value="{version.number}" aria-pressed="{"true" if chosen else "false"}"{busy}>'
            f"{words.html('versions.compare')}</button>"
        )
    came = ""
    if version.parent and version.parent != version.number - 1:
        came = f'<span class="mut sm">{words.html("versions.from", n=version.parent)}</span>'
    mark = ' class="on"' if here else ""
    return (
        f"<li{mark}><b>{words.html('board.version', n=version.number)}</b>"
        f'<span class="what">{text(made_of(version, words))} {came}</span>'
        f'<i>{words.html("versions.score", n=version.result.verdict.score)}</i><span class="end">{end}</span></li>'
    )


def _compared(session: Session, words: Texts) -> str:
    pair = versions.sides(session)
    if pair is None:
        return ""
    before, after = pair
    found = sorted_changes(versions.differences(before, after))
    names = [words.html("board.version", n=each.number) for each in pair]
    head = (
        f'<h3 class="vs">{names[0]}{icon("arrow", "s")}{names[1]}<span class="mut">'
        f"{words.html('versions.differences', n=len(found)) if found else words.html('versions.same')}</span></h3>"
    )
    if not found:
        return head
    goals = max(len(each.result.goals) for each in pair)
    rows = [_change(change, before, after, names, words, goals) for change in found]
    table = _table(rows[:_AT_ONCE], names, words)
    if len(rows) > _AT_ONCE:
        more = words.html("versions.more", n=len(rows) - _AT_ONCE)
        table += (
            f'<details class="full" data-keep="differences"><summary>{icon("chevron", "s chev")}{more}</summary>'
            f"{_table(rows[_AT_ONCE:], names, words)}</details>"
        )
    return head + table


def sorted_changes(changes: tuple[FieldChange, ...]) -> list[FieldChange]:
    """Return the changes goal by goal, within each the figures first."""
    out: list[FieldChange] = []
    for _, rows in groupby(changes, key=lambda change: change.field.split("/")[1:3]):
        out += sorted(rows, key=lambda change: fields.rank(change.field))
    return out


def _table(rows: list[str], names: list[str], words: Texts) -> str:
    heads = "".join(f'<th scope="col">{name}</th>' for name in (words.html("versions.where"), *names))
    return f'<table class="vdiff"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _change(change: FieldChange, before: Version, after: Version, names: list[str], words: Texts, goals: int) -> str:
    was = _shown(change.field, change.before, before.result.language)
    now = _shown(change.field, change.after, after.result.language)
    old, new = marked(was, now) if was and now else (text(was), text(now))
    cells = "".join(
        f'<td data-th="{name}" lang="{side.result.language}">{shown or none}</td>'
        for name, side, shown, none in (
            (names[0], before, old, f'<span class="mut">{words.html("versions.not_there")}</span>'),
            (names[1], after, new, f'<span class="mut">{words.html("versions.gone")}</span>'),
        )
    )
    return f'<tr><th scope="row">{text(fields.name(change.field, words, goals))}</th>{cells}</tr>'


def _shown(field: str, value: str | None, language: str) -> str:
    if value is not None and field.rsplit("/", 1)[-1] in fields.DATES:
        return long_date(date.fromisoformat(value), language)
    return value or ""


def marked(before: str, after: str) -> tuple[str, str]:
    """Return both texts as markup, in each what the other lacks; unmarked where long ones have little in common."""
    if len(before) > _MOST or len(after) > _MOST:
        return text(before), text(after)
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        short = max(len(before), len(after)) <= _VALUE
        return (f"<del>{text(before)}</del>", f"<ins>{text(after)}</ins>") if short else (text(before), text(after))
    left, right = "", ""
    for a, b, c, d, same in _runs(matcher, old):
        was, now = text("".join(old[a:b])), text("".join(new[c:d]))
        left += was if same or not was else f"<del>{was}</del>"
        right += now if same or not now else f"<ins>{now}</ins>"
    return left, right


def _runs(matcher: SequenceMatcher[str], old: list[str]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Yield equal and differing runs; a lone sign between two differences counts to them."""
    held: tuple[int, int, int, int] | None = None
    codes = matcher.get_opcodes()
    for place, (tag, a, b, c, d) in enumerate(codes):
        island = 0 < place < len(codes) - 1 and len("".join(old[a:b]).strip()) < 2
        if tag != "equal" or island:
            held = (held[0], b, held[2], d) if held else (a, b, c, d)
            continue
        if held:
            yield (*held, False)
            held = None
        yield a, b, c, d, True
    if held:
        yield (*held, False)
