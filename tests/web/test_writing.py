"""A person writes a field of the draft in its place: session in, session out."""

from __future__ import annotations

import asyncio
import html
import re

import pytest

from assistant.goals import LANGUAGES
from assistant.web import evidence, versions, writing
from assistant.web.board import board
from assistant.web.session import Session
from assistant.web.store import Record, Store
from assistant.web.talk import talk
from assistant.web.texts import texts
from tests.web.sample import LEAKS, FakeBackend
from tests.web.test_following import TAG, press, quiet

TARGET = "/goals/0/key_results/0/target"


def write(backend: FakeBackend, session: Session, pointer: str, words: str, number: int = 1) -> Session:
    return asyncio.run(writing.save(backend, session, pointer, words, number))


def live(backend: FakeBackend, session: Session, pointer: str, words: str) -> str:
    return asyncio.run(writing.check(backend, session, pointer, words, "7"))


def value(session: Session, pointer: str = TARGET) -> str | None:
    from assistant.web import fields

    assert session.version is not None
    return fields.value(session.version.result, pointer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_written_field_is_a_new_version_with_its_evidence(language: str) -> None:
    backend = FakeBackend()
    before = quiet(backend, language)
    session = write(backend, before, TARGET, "90%")
    version = session.version
    assert version is not None and (version.number, version.parent, version.instruction) == (2, 1, "90%")
    assert value(session) == "90%" and "90%" in version.markdown and version.export_key
    assert session.written.step == before.written.step + 1 and not session.written.key
    number = next(each for each in version.result.numbers if each.field == TARGET)
    assert number.origin == "stated" and "90%" in evidence.why(number, version, texts(language))
    assert evidence.place(number, version, texts(language)) == texts(language).plain("evidence.edit")
    assert session.turns[-1].kind == "changed" and TARGET in session.turns[-1].fields
    assert f'data-go="{TARGET}"' in talk(session) and 'class="chg"' in board(session)


def test_undo_redo_and_a_reload_keep_what_was_written(tmp_path) -> None:
    backend = FakeBackend()
    session = write(backend, quiet(backend), TARGET, "90%")
    back = press(backend, session, "undo")
    assert value(back) == "86%" and value(press(backend, back, "redo")) == "90%"
    assert value(press(backend, session, "wish", "more")) == "88%"
    store = Store(tmp_path)
    store.save("owner", Record(session=session.model_copy(update={"id": "a" * 32})))
    found = store.load("owner", "a" * 32)
    assert found is not None and found.session.versions == session.versions
    assert value(found.session) == "90%" and versions.can_undo(found.session)


@pytest.mark.parametrize(
    ("words", "key"), [("", "edit.empty"), ("x" * 1_001, "edit.too_long"), (" \u200b", "edit.empty")]
)
def test_what_cannot_be_kept_is_told_and_changes_nothing(words: str, key: str) -> None:
    backend = FakeBackend()
    before = quiet(backend)
    after = write(backend, before, TARGET, words)
    assert after.written.key == key and after.versions == before.versions and after.turns == before.turns
    assert html.escape(texts("zh-Hans").plain(key, limit="1,000"), quote=False) in writing.carrier(after)
    assert texts("zh-Hans").plain(key, limit="1,000") in html.unescape(live(backend, before, TARGET, words))


def test_a_failure_keeps_the_words_and_hides_its_detail() -> None:
    backend = FakeBackend()
    before = quiet(backend)
    backend.failure = RuntimeError("secret detail")
    after = write(backend, before, TARGET, "90%")
    assert after.written.key == "edit.failed" and after.versions == before.versions
    assert "secret" not in writing.carrier(after) + talk(after)
    for pointer in ("/goals/9/title", "/goals/0/id", "x", "", "/goals/0/__class__"):
        backend.failure = None
        assert write(backend, before, pointer, "90%").written.key == "edit.failed"


def test_a_field_that_changed_meanwhile_is_not_overwritten() -> None:
    backend = FakeBackend()
    session = write(backend, quiet(backend), TARGET, "90%")
    clash = write(backend, session, TARGET, "91%", number=1)
    assert clash.written.key == "edit.changed" and value(clash) == "90%"
    other = write(backend, session, "/goals/0/title", "别的字", number=1)
    assert value(other, "/goals/0/title") == "别的字" and value(other) == "90%"


def test_the_same_words_change_nothing_and_confirm_a_proposal() -> None:
    backend = FakeBackend()
    before = quiet(backend)
    same = write(backend, before, "/goals/0/title", value(before, "/goals/0/title") or "")
    assert same.versions == before.versions and same.written.step == 1
    mine = write(backend, before, TARGET, "86%")
    assert mine.version is not None and mine.version.number == 2
    assert {n.origin for n in mine.version.result.numbers if n.field == TARGET} == {"stated"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pause_in_typing_is_answered_with_findings_in_their_place(language: str) -> None:
    backend = FakeBackend()
    session = quiet(backend, language)
    vague = {"zh-Hans": "把满意度由 90% 大幅提升到 86%。", "zh-Hant": "把滿意度由 90% 大幅提升到 86%。"}
    words = vague.get(language, "Significantly raise satisfaction from 90% to 86%.")
    answer = live(backend, session, "/goals/0/statement", words)
    assert answer.startswith('<div data-ask="7"')
    mirror = answer.split('class="mirror"')[1].split(">", 1)[1].split("</div>")[0]
    assert html.unescape(TAG.sub("", mirror)) == words
    assert re.search(r'class="find[^"]*" data-sev="error"', mirror)
    puts = [html.unescape(each) for each in re.findall(r'data-put="([^"]*)"', answer)]
    assert len(puts) == 1 and len(puts[0]) < len(words) and "86%" in puts[0]


def test_hostile_words_stay_words() -> None:
    backend = FakeBackend()
    session = quiet(backend, "en")
    for leak in LEAKS:
        answer = live(backend, session, "/goals/0/statement", f"90% to 86% {leak}")
        session = write(backend, session, "/goals/0/initiatives/0", leak, session.version.number)
        for markup in (answer, board(session), writing.carrier(session)):
            assert not re.search(r"[\\`$]|\{\{", markup)
            own = re.sub(r'<a href="/export/[\w-]{22}/[a-z.]+" download>', "", markup)
            clean = [re.sub(r'"[^"]*"', '""', tag) for tag in TAG.findall(own)]
            assert not any(re.search(r"<(script|img|iframe|a|form|style|link|base|meta)\b|\son\w+=", t) for t in clean)
    assert session.version is not None and session.version.result.goals[0].initiatives[0] == LEAKS[-1]


def test_every_field_that_a_card_shows_can_be_written_and_has_a_name() -> None:
    backend = FakeBackend()
    session = quiet(backend, "en")
    shown = board(session)
    pointers = re.findall(r'data-edit="([^"]*)"', shown)
    assert len(pointers) == len(set(pointers)) > 60
    wanted = ("title", "objective/text", "statement", "specific", "monitoring", "initiatives/2", "milestones/1/text",
              "milestones/0/date")  # fmt: skip
    of_a_result = ("statement", "metric", "baseline", "target", "deadline", "owner", "data_source", "cadence")
    assert {f"/goals/0/{rest}" for rest in wanted} <= set(pointers)
    assert {f"/goals/0/key_results/1/{name}" for name in of_a_result} <= set(pointers)
    labels = re.findall(r'data-pen tabindex="-1" aria-label="([^"]*)"', shown)
    assert len(labels) == len(pointers) and all(label.startswith("Edit: ") for label in labels)
    for pointer in pointers:
        kind = re.search(rf'data-edit="{pointer}" data-kind="(\w+)"', shown)[1]
        words = "2027-05-01" if kind == "day" else "Something else"
        assert value(write(backend, session, pointer, words), pointer) == words, pointer


def test_nothing_is_written_while_a_draft_is_under_way() -> None:
    backend = FakeBackend()
    busy = quiet(backend).model_copy(update={"steps": ("write",), "run": "x"})
    assert press(backend, busy, "edit", TARGET) is busy
    pens = re.findall(r"<button[^>]*data-pen[^>]*>", board(busy))
    assert pens and all("aria-disabled" in pen for pen in pens)
