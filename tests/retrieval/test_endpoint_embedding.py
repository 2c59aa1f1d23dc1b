"""The remote embedding against a real server: prefixes, order, faults, and a bounded wait."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant import settings
from assistant.retrieval import Retriever, endpoint
from assistant.retrieval.embedding import EmbeddingError
from assistant.retrieval.endpoint import EndpointEmbedding
from tests.conftest import Within
from tests.retrieval.support import LetterEmbedding


class Server:
    """An embedding endpoint that can be told to misbehave."""

    def __init__(self) -> None:
        self.fault = ""
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        outer = self
        letters = LetterEmbedding()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append(body)
                outer.keys.append(self.headers.get("Authorization", ""))
                rows = [
                    {"object": "embedding", "index": place, "embedding": (3 * letters.query(text)).tolist()}
                    for place, text in enumerate(body["input"])
                ]
                if outer.fault == "reversed":
                    rows.reverse()
                elif outer.fault == "missing":
                    rows.pop()
                elif outer.fault == "nan":
                    rows[0]["embedding"][0] = float("nan")
                elif outer.fault == "zero":
                    rows[0]["embedding"] = [0.0] * 64
                elif outer.fault == "ragged" and len(rows) > 1:
                    rows[0]["embedding"] = [1.0]
                answer = json.dumps({"object": "list", "data": rows, "model": "m"}).encode()
                if outer.fault == "html":
                    answer = b"<html>gateway</html>"
                elif outer.fault == "null":
                    answer = b"null"
                status = 500 if outer.fault == "500" else 401 if outer.fault == "401" else 200
                self.send_response(status)
                self.send_header("Content-Type", "text/html" if outer.fault == "html" else "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                if outer.fault == "drip":
                    with_pauses = (answer[place : place + 1] for place in range(len(answer)))
                    for byte in with_pauses:
                        try:
                            self.wfile.write(byte)
                            self.wfile.flush()
                        except OSError:
                            return
                        time.sleep(0.05)
                    return
                self.wfile.write(answer)

            def log_message(self, *arguments: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()
    monkeypatch.setenv("GOALS_EMBEDDING", "openai")
    monkeypatch.setenv("GOALS_EMBEDDING_BASE_URL", made.url)
    monkeypatch.setenv("GOALS_EMBEDDING_MODEL", "multilingual-e5-large")
    monkeypatch.setattr(endpoint, "QUERY_SECONDS", 0.5)
    monkeypatch.setattr(endpoint, "RETRIES", 0)
    yield made
    made.close()


def test_search_by_endpoint(server: Server, folder: Path) -> None:
    handle = Retriever(folder=folder)
    assert handle.search("权重怎么分配")[0].id == "weights.zh-Hans#1"
    assert handle.mode == "hybrid (embedding endpoint, multilingual-e5-large)"
    sent = [text for request in server.requests for text in request["input"]]
    assert sent[0].startswith("passage: ")
    assert "query: 权重怎么分配" in sent
    count = len(server.requests)
    Retriever(folder=folder).search("权重怎么分配")
    assert all(len(request["input"]) == 1 for request in server.requests[count:])


def test_order_and_length_are_put_right(server: Server) -> None:
    server.fault = "reversed"
    rows = EndpointEmbedding(settings.load()).passages(["权重", "baseline"])
    assert np.allclose(rows[0], LetterEmbedding().query("passage: 权重"), atol=1e-5)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)


@pytest.mark.parametrize("fault", ["missing", "nan", "zero", "ragged", "html", "null", "500", "401", "drip"])
def test_faults_are_typed_and_bounded(server: Server, fault: str, within: Within) -> None:
    server.fault = fault
    made = EndpointEmbedding(settings.load())
    with within(2.5, surely=15), pytest.raises(EmbeddingError, match="embedding endpoint http://127"):
        made.passages(["a", "b"]) if fault == "ragged" else made.query("a")
    count = len(server.requests)
    server.fault = ""
    with pytest.raises(EmbeddingError):
        made.query("a")
    assert len(server.requests) == count, "a failed endpoint is left alone for a while"


def test_failure_at_start_leaves_lexical_search_with_the_reason(server: Server, folder: Path) -> None:
    server.fault = "500"
    handle = Retriever(folder=folder)
    assert handle.search("权重怎么分配")[0].id == "weights.zh-Hans#1"
    assert handle.mode.startswith("lexical only: the embedding endpoint http://127")


def test_failure_later_is_said_and_mends_itself(server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "REST_SECONDS", 0.0)
    handle = Retriever(folder=folder)
    handle.warm()
    server.fault = "html"
    assert handle.search("权重怎么分配")[0].id == "weights.zh-Hans#1"
    assert handle.mode.startswith("lexical only: ")
    server.fault = ""
    handle.search("权重怎么分配")
    assert handle.mode.startswith("hybrid")


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({"GOALS_EMBEDDING_MODEL": ""}, "GOALS_EMBEDDING_MODEL"),
        ({"GOALS_EMBEDDING_BASE_URL": ""}, "GOALS_EMBEDDING_BASE_URL"),
    ],
)
def test_missing_setting_is_named(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], word: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    handle = Retriever(folder=folder)
    assert handle.search("权重怎么分配")
    assert handle.mode.startswith("lexical only: ")
    assert word in handle.mode


def test_key_of_the_model_goes_to_its_own_host_only(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOALS_LLM_API_KEY", "sk-model")
    EndpointEmbedding(settings.load()).query("a")
    monkeypatch.setenv("GOALS_LLM_BASE_URL", server.url)
    EndpointEmbedding(settings.load()).query("a")
    assert ["sk-model" in key for key in server.keys] == [False, True]
    assert "sk-model" not in EndpointEmbedding(settings.load()).identity
