"""A run whose model endpoint fails, over a real connection: rows fail or stay to be done, and nobody waits for ever."""

from __future__ import annotations

import asyncio
import csv
import json
import socket
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli.main import app
from assistant.llm import Completion, Failure, Request
from assistant.llm.closing import ClosingModel
from assistant.llm.types import Message, Outcome
from assistant.settings import Settings
from tests.llm.server import Answers, ModelServer, Raw, error

ROWS = 10
TRIES = 1 + Settings().llm_retries
WAITING, FAILED = "not processed", "failed"


@pytest.fixture(autouse=True)
def short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOALS_LLM_DEADLINE", "3")
    monkeypatch.setenv("GOALS_LLM_API_KEY", "sk-secret-secret")
    monkeypatch.setenv("GOALS_LLM_MODEL", "m")


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "goals.csv"
    path.write_text("goal,owner\n" + "".join(f"Improve delivery {n},Team {n}\n" for n in range(ROWS)), "utf-8")
    return path


def ran(listed: Path, base_url: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Result, list[dict[str, str]]]:
    monkeypatch.setenv("GOALS_LLM_BASE_URL", base_url)
    output = listed.with_name("out.csv")
    result = CliRunner().invoke(
        app, ["batch", str(listed), "-o", str(output), "--new", "--force", "--today", "2026-11-21"]
    )
    assert "Traceback" not in result.output
    assert "sk-secret" not in result.output + output.read_text("utf-8-sig")
    with output.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["goal"] for row in rows] == [f"Improve delivery {n}" for n in range(ROWS)]
    assert all(row["Rewritten goal"] in ("", row["goal"]) for row in rows)
    return result, rows


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (error(401, "bad key sk-secret-secret"), "refused the key"),
        (error(403, "no"), "does not allow this key"),
        (error(404, "no such model", "model_not_found"), "knows no model"),
        (error(429, "quota", "insufficient_quota"), "no credit left"),
        (error(429, "slow down", retry_after="300"), "asks to wait until"),
    ],
    ids=["key", "forbidden", "no model", "no credit", "long wait"],
)
def test_what_every_row_would_meet_is_asked_once_and_no_row_fails(
    answer: Raw, told: str, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelServer([answer]) as server:
        result, rows = ran(listed, server.base_url, monkeypatch)
        assert len(server.requests) == 1
    assert result.exit_code == 3
    assert told in result.output
    assert "--resume" in result.output
    assert {row["Status"] for row in rows} == {WAITING}


def test_an_endpoint_that_fails_on_its_side_leaves_the_rows_to_be_done(
    listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelServer([Raw([b"<html>oops</html>"], status=500, headers={"content-type": "text/html"})]) as server:
        result, rows = ran(listed, server.base_url, monkeypatch)
        assert len(server.requests) <= ROWS * TRIES
    assert result.exit_code == 3
    assert "failed on its side" in result.output
    assert {row["Status"] for row in rows} == {WAITING}


@pytest.mark.parametrize(
    "answers", [["I am a teapot"], [Raw([b"<html>hi</html>"])], [Raw([b"[" * 200_000])]], ids=["prose", "html", "deep"]
)
def test_an_answer_that_is_none_fails_its_row_with_the_reason(
    answers: Answers, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelServer(answers) as server:
        result, rows = ran(listed, server.base_url, monkeypatch)
        assert ROWS <= len(server.requests) <= ROWS * TRIES
    assert result.exit_code == 3
    states = [row["Status"] for row in rows]
    assert set(states) <= {FAILED, WAITING}
    assert states.count(FAILED) >= 8
    assert all(row["Why not processed"] for row in rows if row["Status"] == FAILED)


def test_a_port_where_nobody_listens(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        result, rows = ran(listed, f"http://127.0.0.1:{held.getsockname()[1]}/v1", monkeypatch)
    assert result.exit_code == 3
    assert {row["Status"] for row in rows} <= {FAILED, WAITING}
    assert FAILED in {row["Status"] for row in rows}


def test_an_endpoint_that_never_answers_takes_no_longer_than_its_deadlines(
    listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelServer([Raw(delay=60)]) as server:
        began = time.monotonic()
        result, rows = ran(listed, server.base_url, monkeypatch)
        took = time.monotonic() - began
        asked = [each.at for each in server.requests]
    assert result.exit_code == 3
    assert len(asked) <= ROWS
    assert FAILED in {row["Status"] for row in rows}
    # What loads once may be slow on a busy machine; no call may.
    assert took < 90
    # One row alone, six at once, the rest.
    assert max(asked) - min(asked) < 3 * 3 + 4


class _Model:
    name = "m"

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes, self.calls = list(outcomes), 0

    async def complete(self, request: Request) -> Outcome:
        self.calls += 1
        outcome = self.outcomes[min(self.calls, len(self.outcomes)) - 1]
        await asyncio.sleep(0.01)
        return outcome


def _asked(model: _Model, times: int) -> list[Outcome]:
    closing = ClosingModel(model)

    async def all_at_once() -> list[Outcome]:
        return await asyncio.gather(*(closing.complete(Request((Message("user", str(n)),))) for n in range(times)))

    return asyncio.run(all_at_once())


def test_the_first_call_goes_alone_and_the_others_share_its_end() -> None:
    refused = Failure("auth", "The key was refused.", fatal=True, calls=1, cure="Check it.")
    model = _Model(refused)
    outcomes = _asked(model, 9)
    assert model.calls == 1
    assert [getattr(each, "kind", "") for each in outcomes] == ["auth"] * 9
    assert sum(each.calls for each in outcomes) == 1


def test_a_failure_of_one_call_closes_nothing() -> None:
    model = _Model(Failure("protocol", "No answer.", ""), Completion("yes", "m"))
    outcomes = _asked(model, 5)
    assert model.calls == 5
    assert [isinstance(each, Completion) for each in outcomes] == [False, True, True, True, True]


def test_json_says_the_same(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer([error(401, "no")]) as server:
        monkeypatch.setenv("GOALS_LLM_BASE_URL", server.base_url)
        output = listed.with_name("out.json")
        CliRunner().invoke(app, ["batch", str(listed), "-o", str(output), "--today", "2026-11-21"])
    kept = json.loads(output.read_text("utf-8"))
    assert {row["result"]["state"] for row in kept["rows"]} == {"pending"}
    assert kept["summary"]["usage"]["calls"] == 0
    assert "refused the key" in kept["summary"]["stopped"]
