"""Writes what stands above the cards: versions, undo and redo, export, and the changes one press away."""

from __future__ import annotations

from assistant.goals import Language
from assistant.web import exports, following, versions
from assistant.web.cardparts import BUSY
from assistant.web.escape import text
from assistant.web.icons import icon
from assistant.web.progress import current
from assistant.web.session import Session, Version
from assistant.web.texts import Texts

_TABS = 4
_NAMES: dict[Language, str] = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}


def bar(session: Session, version: Version, words: Texts) -> str:
    """Return the bar above the cards."""
    day = version.aim.today.isoformat()
    back = "" if versions.can_undo(session) and not session.at_work else BUSY
    on = "" if versions.can_redo(session) and not session.at_work else BUSY
    steps = (
        f'<button type="button" class="btn" data-act="undo"{back}>{icon("undo")}{words.html("board.undo")}</button>'
        f'<button type="button" class="btn ico" data-act="redo" aria-label="{words.html("board.redo")}" '
        f'title="{words.html("board.redo")}"{on}>{icon("redo")}</button>'
    )
    several = len(session.versions) > 1
    open_ = bool(session.comparing)
    compare = (
        f'<button type="button" class="btn" data-act="compare" data-value="{0 if open_ else version.number}" '
        f'aria-expanded="{"true" if open_ else "false"}"{_busy(session)}>{icon("compare")}'
        f"{words.html('board.compare')}</button>"
        if several
        else ""
    )
    return (
        f'<div class="bar"><div class="vers" role="group" aria-label="{words.html("board.versions")}">'
        f'{_tabs(session, version, words)}</div><div class="end">{steps}{compare}'
        f'<button type="button" class="btn" data-copy>{icon("copy")}<span>{words.html("board.copy")}'
        f'</span></button><button type="button" class="btn pri" data-save="goals-{day}.md">'
        f"{icon('download')}{words.html('board.save')}</button>"
        f'<textarea class="md" hidden aria-hidden="true" tabindex="-1" data-copied="{words.html("board.copied")}">'
        f"{text(version.markdown)}</textarea>{exports.menu(version.export_key, version.result, words)}</div></div>"
    )


def wishes(session: Session, version: Version, words: Texts) -> str:
    """Return the changes that a press asks for, or in their place the step of the change under way."""
    if session.at_work:
        return f'<div class="wishes">{current(session, words)}</div>'
    keys = ["more", "less"]
    if following.most_results(session) > following.FEWEST_RESULTS:
        keys.append("fewer")
    buttons = "".join(
        f'<button type="button" class="btn pill" data-act="wish" data-value="{key}" '
        f'title="{text(following.instruction(session, key))}">{words.html(f"ask.{key}")}</button>'
        for key in keys
    )
    for code, name in _NAMES.items():
        if code != version.result.language:
            said = text(following.instruction(session, code))
            buttons += (
                f'<button type="button" class="btn pill" data-act="wish" data-value="{code}" title="{said}" '
                f'aria-label="{said}"><span lang="{code}">{name}</span></button>'
            )
    label = words.html("board.wishes")
    return f'<div class="wishes" role="group" aria-label="{label}"><span class="mut sm">{label}</span>{buttons}</div>'


def made_of(version: Version, words: Texts) -> str:
    """Return in plain words what made a version: what was said, or that it is the first."""
    if version.instruction:
        return words.plain("evidence.quote", text=version.instruction)
    return words.plain("versions.form" if version.parent else "versions.first")


def _tabs(session: Session, version: Version, words: Texts) -> str:
    shown = [each for each in session.versions[-_TABS:] if each.number != version.number]
    shown = sorted([*shown, version], key=lambda each: each.number)
    return "".join(
        f'<button type="button" aria-pressed="{"true" if each is version else "false"}" data-act="version" '
        f'data-value="{each.number}" title="{text(made_of(each, words))}"{_busy(session)}>'
        f"{words.html('board.version', n=each.number)} <i>{each.result.verdict.score}</i></button>"
        for each in shown
    )


def _busy(session: Session) -> str:
    return BUSY if session.at_work else ""
