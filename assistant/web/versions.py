"""Keeps the versions of a draft: which came of which, undo and redo, what is compared. Knows nothing about drafting.

Nothing is lost: a change to an earlier version begins a line of its own, and the versions of the other line stay in
the list.
"""

from __future__ import annotations

from assistant.goals import FieldChange, History
from assistant.goals import Version as Step
from assistant.goals.revision import differences as differing
from assistant.web.session import Session, Version

MAX_VERSIONS = 20


def history(session: Session) -> History | None:
    """Return the line of versions through the one on the board, with what was undone; None before the first draft."""
    line = _line(session)
    if not line:
        return None
    steps = tuple(Step(aim=each.aim, result=each.result, instruction=each.instruction) for each in line)
    return History(versions=steps, current=len(line) - 1 - len(_undone(session)))


def add(session: Session, version: Version) -> Session:
    """Put a new version on the board, as one that came of the version that was there."""
    before = session.version
    number = session.versions[-1].number + 1 if session.versions else 1
    new = version.model_copy(update={"number": number, "parent": before.number if before else 0})
    kept = (*session.versions, new)[-MAX_VERSIONS:]
    return _turned(session, session.model_copy(update={"versions": kept, "shown": len(kept) - 1, "undone": ()}))


def undo(session: Session) -> Session:
    """Put the version on the board of which the present one came; the same where there is none."""
    now = session.version
    if now is None or session.numbered(now.parent) is None:
        return session
    return _turned(session, _at(session, now.parent, (now.number, *session.undone)))


def redo(session: Session) -> Session:
    """Put the version on the board that was undone last; the same where there is none."""
    undone = _undone(session)
    if not undone:
        return session
    return _turned(session, _at(session, undone[0].number, session.undone[1:]))


def can_undo(session: Session) -> bool:
    """Whether there is a version before the one on the board."""
    return session.version is not None and session.numbered(session.version.parent) is not None


def can_redo(session: Session) -> bool:
    """Whether a version was undone and not replaced since."""
    return bool(_undone(session))


def open_version(session: Session, number: int) -> Session:
    """Put any version on the board, by its number; what is said next is said of it."""
    now = session.version
    if now is None or session.numbered(number) is None or number == now.number:
        return session
    return _turned(session, _at(session, number, ()), quiet=True)


def compare(session: Session, number: int) -> Session:
    """Compare the version on the board with another; with its own number, with the one before it; 0 ends it."""
    now = session.version
    if now is None or (number and session.numbered(number) is None):
        return session
    if number == now.number:
        others = [each.number for each in session.versions if each.number != number]
        number = now.parent if session.numbered(now.parent) else others[-1] if others else number
    return session.model_copy(update={"comparing": number})


def sides(session: Session) -> tuple[Version, Version] | None:
    """Return the older and the newer of the two versions that are compared; None where nothing is."""
    now, other = session.version, session.numbered(session.comparing)
    if now is None or other is None or now is other:
        return None
    return (now, other) if now.number < other.number else (other, now)


def differences(before: Version, after: Version) -> tuple[FieldChange, ...]:
    """Return the fields in which two versions differ."""
    return tuple(differing(before.result, after.result))


def _line(session: Session) -> list[Version]:
    now = session.version
    line: list[Version] = []
    while now is not None:
        line.insert(0, now)
        now = session.numbered(now.parent)
    return [*line, *_undone(session)]


def _undone(session: Session) -> list[Version]:
    return [version for number in session.undone if (version := session.numbered(number)) is not None]


def _at(session: Session, number: int, undone: tuple[int, ...]) -> Session:
    place = next(i for i, version in enumerate(session.versions) if version.number == number)
    return session.model_copy(update={"shown": place, "undone": undone})


def _turned(before: Session, after: Session, *, quiet: bool = False) -> Session:
    """Return the session with what follows from another version on the board; `quiet` where nothing is to be marked."""
    old, new = before.version, after.version
    changed = differences(old, new) if old is not None and new is not None and not quiet else ()
    update: dict[str, object] = {"changed": changed, "news": after.news + 1, "asked_why": ()}
    if new is not None:
        update["context"] = new.aim.context
        if after.comparing == new.number or not after.numbered(after.comparing):
            update["comparing"] = old.number if old is not None and after.comparing else 0
    return after.model_copy(update=update)
