import asyncio
import logging
import os
import secrets
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.errors import StorageError
from assistant.web import handlers, keeping, store
from assistant.web.keeping import Keeper
from assistant.web.pressing import press
from assistant.web.session import Form, Session, Turn
from assistant.web.store import Record, Store
from assistant.web.visitor import Visitor
from tests.web.sample import AIMS, FakeBackend

OWNER, OTHER = "a" * 64, "b" * 64


def said(words: str, id: str = "one", **more: object) -> Record:
    session = Session(id=id, aim=words, started=True, turns=(Turn(role="person", text=words),))
    return Record(session=session.model_copy(update=more))


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def worked(keeper: Keeper, visitor: Visitor, session: Session, *aims: str) -> Session:
    """Send aims or follow-ups one after another, kept as the page keeps them."""
    backend = FakeBackend()

    async def run() -> Session:
        now = session
        for aim in aims:
            before = now
            async for state in keeper.states(visitor, before, aim, Form(), handlers.send(backend, before, aim, Form())):
                now = state
            now = now.model_copy(update={"box": None, "fill": None})
        return now

    return asyncio.run(run())


def arrived(keeper: Keeper, visitor: Visitor, wanted: str = "") -> Session:
    return asyncio.run(keeper.arrive(visitor, Session(language="en", drafter=FakeBackend().drafter_line()), wanted))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_a_whole_conversation_comes_back_as_it_was(tmp_path: Path, language: str) -> None:
    keeper, who = Keeper(Store(tmp_path / "web")), Visitor(OWNER, "tab")
    made = worked(keeper, who, arrived(keeper, who), AIMS[language], "undo", "目标改为 88%")
    assert made.version is not None and made.pending is not None and len(made.versions) == 2
    back = arrived(Keeper(Store(tmp_path / "web")), who)
    for name in Session.model_fields.keys() - {"shelf", "box", "fill"}:
        assert getattr(back, name) == getattr(made, name), name
    assert [each.title for each in back.shelf.kept] == [AIMS[language]]
    assert (tmp_path / "web").stat().st_mode & 0o777 == 0o700
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in (tmp_path / "web").iterdir())


def test_nobody_reads_or_deletes_what_belongs_to_another(tmp_path: Path) -> None:
    kept = Store(tmp_path)
    owners = [secrets.token_hex(32) for _ in range(40)]
    for place, owner in enumerate(owners):
        kept.save(owner, said(f"aim {place}", id="same"))
    for place, owner in enumerate(owners):
        found = kept.load(owner, "same")
        assert found is not None and found.session.aim == f"aim {place}"
        assert [each.title for each in kept.listing(owner)] == [f"aim {place}"]
    for stranger in (secrets.token_hex(32), "", "%", "' OR 1=1 --"):
        assert kept.load(stranger, "same") is None and kept.listing(stranger) == ()
        kept.forget(stranger)
        kept.forget(stranger, "same")
    kept.forget(owners[0])
    assert [bool(kept.listing(owner)) for owner in owners] == [False] + [True] * 39


def test_what_is_deleted_leaves_no_byte_behind(tmp_path: Path) -> None:
    kept, secret = Store(tmp_path), "Umsatzgeheimnis-" + secrets.token_hex(8)
    revision = 0
    for turn in range(5):
        words = f"{secret} {turn} " * 4_000
        revision = kept.save(OWNER, said(words, revision=revision)).revision
    kept.save(OWNER, said("stays", id="two"))
    assert secret.encode() in bytes_in(tmp_path)
    with sqlite3.connect(tmp_path / store.FILE) as looking:
        looking.execute("SELECT count(*) FROM sessions").fetchone()
        kept.forget(OWNER, "one")
        assert secret.encode() not in bytes_in(tmp_path)
    looking.close()
    kept.forget(OWNER)
    assert b"stays" not in bytes_in(tmp_path) and kept.listing(OWNER) == ()


def test_a_reader_that_stays_makes_a_deletion_fail_aloud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_WAIT_SECONDS", 0.2)
    kept = Store(tmp_path)
    kept.save(OWNER, said("words"))
    looking = sqlite3.connect(tmp_path / store.FILE, isolation_level=None)
    looking.execute("BEGIN")
    looking.execute("SELECT count(*) FROM sessions").fetchone()
    with pytest.raises(StorageError, match="still in use"):
        kept.forget(OWNER)
    looking.close()
    kept.forget(OWNER)
    assert b"words" not in bytes_in(tmp_path)


def test_what_was_deleted_is_not_kept_again_by_another_tab(tmp_path: Path) -> None:
    kept = Store(tmp_path)
    first = kept.save(OWNER, said("words"))
    kept.forget(OWNER, "one")
    assert kept.save(OWNER, said("words", revision=first.revision)).notice == "gone" and kept.listing(OWNER) == ()


def test_the_last_of_two_writers_wins_and_is_told(tmp_path: Path) -> None:
    one, two = Store(tmp_path), Store(tmp_path)
    start = one.save(OWNER, said("start"))
    assert start.notice == "" and start.revision == 1
    assert one.save(OWNER, said("from one", revision=1)).notice == ""
    late = two.save(OWNER, said("from two", revision=1))
    assert late.notice == "conflict" and late.revision == 3
    found = one.load(OWNER, "one")
    assert found is not None and found.session.aim == "from two" and found.session.revision == 3


def test_many_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    def write(place: int) -> None:
        mine, revision = Store(tmp_path), 0
        for turn in range(5):
            saved = mine.save(OWNER, said(f"{place}/{turn}", id=str(place), revision=revision))
            assert saved.notice == ""
            revision = saved.revision

    threads = [threading.Thread(target=write, args=(place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.title for each in Store(tmp_path).listing(OWNER)) == [f"{place}/4" for place in range(6)]


def spoil_start(file: Path) -> None:
    file.write_bytes(b"no database at all" * 100)


def spoil_middle(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[4096:8192] = os.urandom(4096)
    file.write_bytes(whole)


def spoil_end(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-3000])


def other_table(file: Path) -> None:
    db = sqlite3.connect(file)
    db.executescript("DROP TABLE sessions; CREATE TABLE sessions (x);")
    db.close()


@pytest.mark.parametrize("spoil", [spoil_start, spoil_middle, spoil_end, other_table])
def test_a_damaged_file_is_set_aside_and_the_page_goes_on(tmp_path: Path, spoil: object) -> None:
    Store(tmp_path).save(OWNER, said("before " * 5_000))
    assert callable(spoil)
    spoil(tmp_path / store.FILE)
    keeper, who = Keeper(Store(tmp_path)), Visitor(OWNER, "tab")
    now = arrived(keeper, who)
    assert now.shelf.notice == "damaged" and now.turns == () and now.shelf.kept == ()
    assert (tmp_path / f"{store.FILE}.damaged").exists()
    now = worked(keeper, who, now, AIMS["en"])
    assert now.revision >= 1 and now.shelf.notice == ""
    assert arrived(keeper, who).shelf.notice == "" and arrived(keeper, who).aim == AIMS["en"]
    assert arrived(keeper, Visitor(OTHER, "x")).shelf.notice == "damaged"


def test_a_newer_file_is_set_aside_whole(tmp_path: Path) -> None:
    Store(tmp_path).save(OWNER, said("of the future"))
    db = sqlite3.connect(tmp_path / store.FILE)
    db.execute(f"PRAGMA user_version = {store.SCHEMA + 1}")
    db.close()
    kept = Store(tmp_path)
    assert kept.listing(OWNER) == () and kept.aside == "newer"
    aside = tmp_path / f"{store.FILE}.newer"
    assert b"of the future" in aside.read_bytes()
    late = Store(tmp_path, clock=lambda: aside.stat().st_mtime + store.KEEP_SECONDS + 1 if aside.exists() else 2e9)
    late.listing(OWNER)
    assert not aside.exists()


def test_a_conversation_of_another_version_is_told_and_can_be_deleted(tmp_path: Path) -> None:
    keeper, who = Keeper(Store(tmp_path)), Visitor(OWNER, "tab")
    Store(tmp_path).save(OWNER, said("words"))
    with sqlite3.connect(tmp_path / store.FILE) as db:
        db.execute("""UPDATE sessions SET body = '{"session": {"colour": "red"}}'""")
    db.close()
    now = arrived(keeper, who)
    assert now.shelf.notice == "unreadable" and now.turns == () and now.id != "one"
    assert asyncio.run(keeper.forget(who, now, "one")).shelf.kept == ()


def test_a_folder_that_cannot_be_used_leaves_the_page_working(tmp_path: Path) -> None:
    (tmp_path / "web").write_text("a file in the way")
    keeper, who = Keeper(Store(tmp_path / "web")), Visitor(OWNER, "tab")
    now = arrived(keeper, who)
    assert now.shelf.notice == "unusable"
    now = worked(keeper, who, now, AIMS["en"])
    assert now.version is not None and now.shelf.notice == "unusable" and now.revision == 0


def test_too_old_and_too_much_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_OF_A_BROWSER", 3)
    monkeypatch.setattr(store, "MAX_IN_ALL", 5)
    now = [1_000_000.0]
    kept = Store(tmp_path, clock=lambda: now[0])
    for place in range(5):
        now[0] += 1
        kept.save(OWNER, said(f"mine {place}", id=str(place)))
    assert [each.title for each in kept.listing(OWNER)] == ["mine 4", "mine 3", "mine 2"]
    for place in range(3):
        now[0] += 1
        kept.save(OTHER, said(f"theirs {place}", id=str(place)))
    assert [each.title for each in kept.listing(OWNER)] == ["mine 4", "mine 3"]
    now[0] += store.KEEP_SECONDS + 1
    assert kept.listing(OWNER) == () and kept.load(OTHER, "2") is None
    kept.save(OTHER, said("new", id="new"))
    assert b"mine" not in bytes_in(tmp_path) and b"theirs" not in bytes_in(tmp_path)


@pytest.mark.parametrize(("words", "notice"), [("x" * 100_000, "too_long"), ("lone \ud800", "unreadable")])
def test_what_cannot_be_kept_leaves_what_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, notice: str
) -> None:
    monkeypatch.setattr(store, "MAX_BYTES", 50_000)
    kept = Store(tmp_path)
    kept.save(OWNER, said("before"))
    assert kept.save(OWNER, said(words, revision=1)).notice == notice
    found = kept.load(OWNER, "one")
    assert found is not None and found.session.aim == "before"


def test_a_request_that_was_cut_off_can_be_repeated(tmp_path: Path) -> None:
    keeper, who, backend = Keeper(Store(tmp_path)), Visitor(OWNER, "tab"), FakeBackend()
    form = Form(profile="客服 14 人", count=2)

    async def cut(before: Session, text: str, states: AsyncIterator[Session]) -> None:
        async for state in keeper.states(who, before, text, form, states):
            if state.at_work:
                return

    start = arrived(keeper, who)
    asyncio.run(cut(start, AIMS["zh-Hans"], handlers.send(backend, start, AIMS["zh-Hans"], form)))
    back = arrived(keeper, who, start.id)
    assert back.turns[-1].key == "chat.cut_off" and back.box == AIMS["zh-Hans"] and back.fill == form
    assert not back.at_work and not back.started and [each.title for each in back.shelf.kept] == [AIMS["zh-Hans"]]
    done = worked(keeper, who, back, AIMS["zh-Hans"])
    assert done.version is not None and done.pending is not None and done.shelf.notice == ""

    answer = {"act": "answer", "value": "0"}
    asyncio.run(cut(done, "", press(backend, done, Form(), answer)))
    back = arrived(keeper, who, done.id)
    assert back.turns[-1].key == "chat.cut_off_press" and back.pending == done.pending
    assert back.versions == done.versions and back.context == done.context


def test_a_new_tab_shows_the_last_conversation_unless_it_is_open_elsewhere(tmp_path: Path) -> None:
    keeper = Keeper(Store(tmp_path))
    one, two = Visitor(OWNER, "one"), Visitor(OWNER, "two")
    made = worked(keeper, one, arrived(keeper, one), AIMS["en"])
    assert arrived(keeper, two).turns == () and arrived(keeper, Visitor(OTHER, "three")).shelf.kept == ()
    assert arrived(keeper, two).box is None, "what is typed while the page loads stays"
    keeper.leave("one")
    assert arrived(keeper, two).turns == made.turns and arrived(keeper, two).box is None
    asyncio.run(keeper.forget(two, made, made.id))
    assert arrived(keeper, two, made.id).id != made.id
    shown = asyncio.run(keeper.show(Visitor(OTHER, "three"), Session(), made.id))
    assert shown.turns == () and shown.revision == 0


def test_without_a_cookie_everything_stays_in_memory(tmp_path: Path) -> None:
    keeper, who = Keeper(Store(tmp_path / "web")), Visitor("", "tab")
    now = worked(keeper, who, arrived(keeper, who), AIMS["en"])
    assert now.version is not None and not now.shelf.on
    assert asyncio.run(keeper.forget(who, now, None)) == now
    assert not (tmp_path / "web").exists()


def test_logs_hold_no_words(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    keeper, who = Keeper(Store(tmp_path)), Visitor(OWNER, "tab")
    worked(keeper, who, arrived(keeper, who), AIMS["en"])
    with sqlite3.connect(tmp_path / store.FILE) as db:
        db.execute("UPDATE sessions SET body = replace(body, 'turns', 'happier')")
    db.close()
    arrived(keeper, who)
    spoil_start(tmp_path / store.FILE)
    arrived(Keeper(Store(tmp_path)), who)
    assert keeping.logger.name in {record.name for record in caplog.records}
    assert "happier" not in caplog.text and OWNER not in caplog.text
