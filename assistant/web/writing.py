"""What happens when a person writes a field of the draft in its place: session in, session out, and live answers.

Knows nothing about components. The text box in the browser is the master: every answer says to which text it belongs.
"""

from __future__ import annotations

from assistant.errors import AssistantError, InputError
from assistant.goals import MAX_EDIT_CHARACTERS, EditCheck, Finding, Revised
from assistant.web import drafts, fields, versions
from assistant.web.backend import Backend
from assistant.web.check.underlines import Underline, underlined
from assistant.web.escape import text
from assistant.web.following import asked_again
from assistant.web.marks import mended
from assistant.web.session import Session, Turn, Written
from assistant.web.texts import Texts, texts
from assistant.web.work import in_thread

_LONGEST_POINTER = 80


async def save(backend: Backend, session: Session, pointer: str, words: str, number: int) -> Session:
    """Return the session with a field in the person's words as a new version, or with what prevents it.

    Args:
        backend: the assistant.
        session: the session, with a draft.
        pointer: JSON pointer of the field.
        words: what was typed.
        number: the version that was on the board when the person began.
    """
    version = session.version
    if version is None:
        return session
    if number != version.number and _reading(session, number, pointer) != fields.value(version.result, pointer):
        return _refused(session, "edit.changed")
    try:
        revised = await in_thread(lambda: backend.edit(version.aim, version.result, pointer, words))
        if (revised.aim, revised.result) == (version.aim, version.result):
            return _answered(session)
        made = await in_thread(
            lambda: drafts.version_of(backend, revised.aim, revised.result, revised.aim.followups[-1].text)
        )
    except Exception as error:
        key, values = _trouble(error)
        return _refused(session, key, **values)
    return await asked_again(backend, _told(_answered(versions.add(session, made)), revised))


async def check(backend: Backend, session: Session, pointer: str, words: str, ask: str) -> str:
    """Return the answer to a pause in typing, as markup that the page lays into the open field.

    Args:
        backend: the assistant.
        session: the session, with a draft.
        pointer: JSON pointer of the field.
        words: what stands in it.
        ask: what the browser calls this question.
    """
    version, own = session.version, texts(session.language)
    if version is None:
        return ""
    try:
        found = await in_thread(lambda: backend.check_edit(version.aim, version.result, pointer, words))
    except Exception as error:
        key, values = _trouble(error)
        return f'<div data-ask="{text(ask)}" data-trouble="{own.html(key, **values)}"></div>'
    return f'<div data-ask="{text(ask)}">{_findings(found, words, own, session)}</div>'


def carrier(session: Session) -> str:
    """Return what the page's script needs of a session to let a person write: its words, and the last answer."""
    words, last = texts(session.language), session.written
    said = words.html(last.key, **last.values) if last.key else ""
    names = "".join(
        f' data-{name}="{words.html(f"edit.{name}")}"'
        for name in ("save", "cancel", "keys-line", "keys-text", "confirm", "open", "checking", "clean")
    )
    return (
        f'<div hidden class="edit-words"{names} data-step="{last.step}" data-said="{said}" '
        f'data-most="{MAX_EDIT_CHARACTERS}"></div>'
    )


def _findings(found: EditCheck, typed: str, words: Texts, session: Session) -> str:
    version = session.version
    assert version is not None
    lang = f'lang="{version.result.language}"'
    shift = typed.find(found.text)
    here = [each for each in found.findings if shift >= 0 and each.end > each.start]
    lines = [
        Underline(each.start + shift, each.end + shift, each, place) for place, each in enumerate(found.findings, 1)
    ]
    mirror = underlined(typed, [line for line in lines if line.finding in here], words, hot=False)
    rows = "".join(_finding(each, typed, shift, place, lang) for place, each in enumerate(found.findings, 1))
    others = "".join(
        f'<li data-sev="{each.severity}"><span class="st {each.severity}"><span class="vh">'
        f"{words.html(f'severity.{each.severity}')}</span></span><div><p><b>"
        f"{text(fields.name(each.field or '', words, 1))}</b> <span {lang}>{text(each.message)}</span></p></div></li>"
        for each in found.elsewhere
    )
    score = "" if found.score == found.was else words.html("edit.score", before=found.was, after=found.score)
    return (
        f'<div class="mirror" {lang}>{mirror}</div><ul class="chk finds">{rows}{others}</ul>'
        f'<p class="score-now mut sm">{score}</p>'
    )


def _finding(found: Finding, typed: str, shift: int, place: int, lang: str) -> str:
    put = mended(typed[shift:], found) if shift >= 0 else ""
    fix = (
        f'<button type="button" class="btn tiny strong" data-put="{text(typed[:shift] + put)}" {lang}>'
        f"{text(found.fix.title)}</button>"
        if put and found.fix
        else ""
    )
    return (
        f'<li data-sev="{found.severity}"><span class="st {found.severity}"></span><div><p {lang}><b>'
        f'{text(found.message)}</b></p><p class="sm" {lang}>{text(found.help)}</p>{fix}</div><span class="where">'
        f'<span class="n">{place}</span><span class="mono">{text(found.id)}</span></span></li>'
    )


def _reading(session: Session, number: int, pointer: str) -> str | None:
    old = session.numbered(number)
    return fields.value(old.result, pointer) if old else None


def _answered(session: Session) -> Session:
    return session.model_copy(update={"written": Written(step=session.written.step + 1)})


def _refused(session: Session, key: str, **values: str) -> Session:
    written = Written(step=session.written.step + 1, key=key, values=values)
    return session.model_copy(update={"written": written})


def _trouble(error: Exception) -> tuple[str, dict[str, str]]:
    if isinstance(error, InputError) and error.code in ("empty", "too_long", "not_a_day"):
        return f"edit.{error.code}", {"limit": f"{MAX_EDIT_CHARACTERS:,}"}
    if not isinstance(error, AssistantError):
        drafts.complaint(error)
    return "edit.failed", {}


def _told(session: Session, revised: Revised) -> Session:
    version = session.version
    assert version is not None
    said = Turn(
        role="assistant", kind="changed", lines=revised.told, language=version.result.language,
        fields=tuple(each.field for each in session.changed if each.kind != "removed"), version=version.number,
        values={
            "version": str(version.number), "score": str(version.result.verdict.score),
            "goals": str(len(version.result.goals)),
        },
    )  # fmt: skip
    return session.saying(said)


def readable(pointer: object, words: object) -> tuple[str, str]:
    """Return what the browser sent, cut to what can be meant."""
    return str(pointer)[:_LONGEST_POINTER], str(words)[: 4 * MAX_EDIT_CHARACTERS]
