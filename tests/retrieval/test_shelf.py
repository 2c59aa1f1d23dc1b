"""The user's documents: kept whole or not at all, found only in their workspace, and gone when removed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import StorageError, UsageError
from assistant.goals import DocumentPart, UserDocument
from assistant.retrieval import Retriever, embedding
from assistant.retrieval.own import piece
from assistant.retrieval.passages import text_rows
from assistant.retrieval.shelf import Shelf, document_id
from tests.retrieval.support import LetterEmbedding


def document(name: str, parts: int = 1) -> UserDocument:
    return UserDocument(
        id=document_id(name.encode()), name=name, format="text", title=name, language="zh-Hans", encoding="utf-8",
        added="2026-11-30T00:00:00+00:00", size=10, chunks=parts,
    )  # fmt: skip


def put(shelf: Shelf, name: str, *texts: str) -> UserDocument:
    kept = document(name, len(texts))
    parts = [
        DocumentPart(number=number, heading="", place=f"第 {number} 行", language="zh-Hans", text=text)
        for number, text in enumerate(texts, 1)
    ]
    vectors = {f"{text}": np.ones(4, dtype=np.float32) for text in texts}
    shelf.put(kept, parts, list(texts), "letters", vectors)
    return kept


def files(home: Path) -> list[Path]:
    return [path for path in (home / "workspaces").rglob("*") if path.is_file()]


def test_nothing_is_created_before_the_first_document(home: Path) -> None:
    shelf = Shelf()
    assert shelf.documents() == () and shelf.everything() == (0, []) and shelf.generation() == 0
    assert not (home / "workspaces").exists()


def test_a_document_is_kept_found_and_shown(home: Path) -> None:
    shelf = Shelf()
    kept = put(shelf, "战略.md", "全年营收两千万", "客户满意度八成五")
    assert shelf.documents() == (kept,)
    assert [part.text for part in shelf.parts(kept.id)] == ["全年营收两千万", "客户满意度八成五"]
    assert shelf.find("战略.md") == shelf.find(kept.id) == shelf.find(kept.id[:5]) == kept
    with pytest.raises(UsageError, match=r"战略\.md"):
        shelf.find("年报.md")


def test_the_same_name_or_the_same_bytes_replace(home: Path) -> None:
    shelf = Shelf()
    put(shelf, "plan.md", "old words")
    again = UserDocument(**{**document("plan.md").model_dump(), "id": document_id(b"other")})
    before = shelf.put(again, [], [])
    assert before is not None and before.name == "plan.md"
    assert [each.id for each in shelf.documents()] == [again.id]
    assert "old words" not in b"".join(path.read_bytes() for path in files(home)).decode("utf-8", "replace")


def test_removal_leaves_nothing(home: Path) -> None:
    shelf = Shelf()
    secret = "并购代号青松，预算三亿"
    gone = put(shelf, "secret.docx", *[f"{secret} {number}" for number in range(300)])
    stays = put(shelf, "open.docx", "公开的内容")
    assert secret.encode() in b"".join(path.read_bytes() for path in files(home))
    shelf.remove(gone)
    left = b"".join(path.read_bytes() for path in files(home))
    assert secret.encode() not in left and b"secret.docx" not in left and gone.id.encode() not in left
    assert shelf.documents() == (stays,)
    assert set(shelf.vectors("letters")) == {"公开的内容"}


def test_files_are_for_the_user_alone(home: Path) -> None:
    put(Shelf(), "a.md", "x")
    for path in [home / "workspaces", *(home / "workspaces").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("name", ["", "   ", "x" * 65, "a\nb", "a\x00b", "a\u202eb"])
def test_a_workspace_needs_a_name_that_can_be_seen(name: str) -> None:
    with pytest.raises(UsageError):
        Shelf(name)


@pytest.mark.parametrize("name", ["../../etc", "华东 销售部", "a/b", "CON", "."])
def test_a_workspace_name_is_never_a_path(name: str, home: Path) -> None:
    put(Shelf(name), "a.md", "x")
    assert [each.name for each in Shelf(name).documents()] == ["a.md"]
    assert all(home / "workspaces" in path.parents for path in files(home))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("abcde"), st.text("目标营收客户", min_size=1, max_size=6)), max_size=12))
def test_no_workspace_sees_another(home: Path, entries: list[tuple[str, str]]) -> None:
    mark = f"{len(list((home / 'workspaces').glob('*')))}"
    for place, (tenant, text) in enumerate(entries):
        put(Shelf(tenant + mark), f"{place}{tenant}.md", f"{tenant}:{text}")
    for tenant in "abcde":
        _, parts = Shelf(tenant + mark).everything()
        assert all(part.text.startswith(f"{tenant}:") for _, part in parts)
        assert len(parts) == sum(each == tenant for each, _ in entries)


def test_search_never_crosses_workspaces(home: Path, letters: LetterEmbedding, folder: Path) -> None:
    for tenant in ("north", "south"):
        put(Shelf(tenant), f"{tenant}.md", f"{tenant} revenue last quarter was 12 million")
    for tenant, other in (("north", "south"), ("south", "north")):
        handle = Retriever(folder=folder, workspace=tenant)
        for question in (f"{other} revenue", "revenue last quarter", other):
            found = handle.search(question, k=50)
            assert not [passage for passage in found if other in passage.text or other in passage.topic]
        assert [p.topic for p in handle.search("revenue", k=5, scope="documents")] == [f"{tenant}.md"]
    assert not [p for p in Retriever(folder=folder).search("revenue last quarter", k=50) if p.topic.endswith(".md")]


def test_a_running_search_sees_what_is_added_and_removed(home: Path, letters: LetterEmbedding, folder: Path) -> None:
    handle = Retriever(folder=folder, workspace="team")
    assert handle.search("kiln temperature", scope="documents") == []
    kept = put(Shelf("team"), "kiln.md", "The kiln temperature was 900 degrees")
    (found,) = handle.search("kiln temperature", scope="documents")
    assert found.id == f"{kept.id}#1" and found.source == "kiln.md, 第 1 行" and found.topic == "kiln.md"
    assert handle.passage(found.id) is not None
    Shelf("team").remove(kept)
    assert handle.search("kiln temperature", scope="documents") == []
    assert handle.passage(found.id) is None


def test_without_an_embedding_documents_are_found_by_words(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "choose", lambda settings: (None, "none here"))
    put(Shelf("team"), "kiln.md", "The kiln temperature was 900 degrees")
    handle = Retriever(folder=folder, workspace="team")
    assert [p.topic for p in handle.search("kiln temperature", scope="documents")] == ["kiln.md"]
    assert handle.mode.startswith("lexical only")


def test_vectors_missing_after_a_change_of_embedding_are_made_once(
    home: Path, folder: Path, letters: LetterEmbedding
) -> None:
    kept = document("kiln.md")
    part = DocumentPart(
        number=1, heading="", place="line 1", language="en", text="The kiln temperature was 900 degrees"
    )
    (row,) = text_rows([piece(kept, part)])
    Shelf("team").put(kept, [part], [row.digest])
    Retriever(folder=folder, workspace="team").search("kiln")
    assert row.text in letters.embedded
    letters.embedded.clear()
    Retriever(folder=folder, workspace="team").search("kiln")
    assert letters.embedded == []


def test_a_damaged_store_is_told_and_not_overwritten(home: Path) -> None:
    put(Shelf("team"), "a.md", "x")
    (path,) = files(home)
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(StorageError, match="team"):
        Shelf("team").documents()
    assert path.read_bytes() == b"not a database" * 100


def test_a_store_of_another_version_is_refused(home: Path) -> None:
    put(Shelf("team"), "a.md", "x")
    (path,) = files(home)
    store = sqlite3.connect(path)
    store.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(StorageError, match="another version"):
        Shelf("team").documents()


def test_several_writers_lose_nothing(home: Path) -> None:
    def write(writer: int) -> None:
        for number in range(10):
            put(Shelf("team"), f"{writer}-{number}.md", f"text {writer} {number}")

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Shelf("team").documents()) == 40
    assert Shelf("team").generation() == 40


KILLED = """
import sys
from tests.retrieval.test_shelf import put
from assistant.retrieval.shelf import Shelf
shelf = Shelf("team")
print("ready", flush=True)
number = 0
while True:
    number += 1
    kept = put(shelf, f"{sys.argv[1]}-{number}.md", *[f"line {number} {place}" for place in range(40)])
    if number % 3 == 0:
        shelf.remove(kept)
"""


def test_a_kill_at_any_moment_leaves_whole_documents(home: Path) -> None:
    chance = random.Random(7)
    for run in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(run)],
            env={"PATH": "/usr/bin:/bin", "GOALS_HOME": str(home)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None and child.stdout.readline().strip() == "ready"
        time.sleep(chance.uniform(0.01, 0.25))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        shelf = Shelf("team")
        for kept in shelf.documents():
            assert len(shelf.parts(kept.id)) == kept.chunks == 40
    put(Shelf("team"), "after.md", "still writable")
