"""The endpoints for programs, driven with the real `gradio_client` against a running page."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
from gradio_client import Client
from gradio_client.exceptions import AppError, AuthenticationError

from tests.web.conftest import Server

pytestmark = pytest.mark.timeout(240)
AIM = "客服团队想提升客户满意度，现在CSAT是82%，希望明年上半年见效"
NAMES = ["/lint_goal", "/draft_goals", "/search_methods"]


@pytest.fixture(scope="module")
def page(serve: Callable[..., Server], index_home: Path) -> Server:
    return serve(
        sys.executable, "-m", "assistant.cli.main", "web", "--port", "PORT", "--api", GOALS_HOME=str(index_home)
    )


@pytest.fixture(scope="module")
def client(page: Server) -> Iterator[Client]:
    opened = Client(page.address, verbose=False, download_files=False)
    yield opened
    opened.close()


def test_the_list_of_endpoints_is_tidy_and_documented(client: Client) -> None:
    listed: Any = client.view_api(return_format="dict", print_info=False)
    assert list(listed["named_endpoints"]) == NAMES and listed["unnamed_endpoints"] == {}
    for name, endpoint in listed["named_endpoints"].items():
        assert len(endpoint["description"]) > 80, name
        assert len(endpoint["returns"]) == 1, name
    parameters = {each["parameter_name"]: each for each in listed["named_endpoints"]["/draft_goals"]["parameters"]}
    assert parameters["language"]["type"] == {"enum": ["auto", "zh-Hans", "zh-Hant", "en"]}
    assert parameters["improve"]["type"]["oneOf"][1] == {"type": "array", "items": {"type": "string"}}
    assert parameters["count"]["parameter_default"] is None and parameters["count"]["parameter_has_default"]
    question, k, _ = listed["named_endpoints"]["/search_methods"]["parameters"]
    assert question["type"] == {"type": "string"} and not question["parameter_has_default"]
    assert k["type"] == {"type": "integer"} and k["parameter_default"] == 5


def test_answers_are_the_fixed_contracts(client: Client, page: Server) -> None:
    schema = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "lint.json").read_text("utf-8"))
    linted = client.predict(text="Reduce churn 5% → 8%", today="2026-11-21", api_name="/lint_goal")
    assert set(schema["required"]) <= set(linted) <= set(schema["properties"])
    assert "direction-contradiction" in {finding["rule"] for finding in linted["goals"][0]["findings"]}
    drafted = client.predict(aim=AIM, resources=["不加人"], count=1, today="2026-11-21", api_name="/draft_goals")
    assert drafted["drafter"]["kind"] == "offline" and drafted["language"] == "zh-Hans"
    assert drafted["goals"][0]["key_results"] and {"stated"} <= {each["origin"] for each in drafted["numbers"]}
    found = client.predict("how many key results", 2, api_name="/search_methods")
    assert len(found) == 2 and set(found[0]) >= {"id", "topic", "title", "language", "score", "source", "text"}


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("/lint_goal", {"text": ""}, "is empty"),
        ("/lint_goal", {"text": "NPS to 40", "today": "x"}, "YYYY-MM-DD"),
        ("/draft_goals", {}, "no aim to work on"),
        ("/draft_goals", {"aim": "x" * 9_000}, "8,000"),
        ("/draft_goals", {"aim": AIM, "count": "many"}, "count cannot be"),
        ("/search_methods", {"question": "okr", "k": 500}, "1 to 50"),
    ],
)
def test_what_cannot_be_used_is_said(client: Client, name: str, values: dict[str, Any], words: str) -> None:
    with pytest.raises(AppError) as caught:
        client.predict(**values, api_name=name)
    assert words in str(caught.value) and "Traceback" not in str(caught.value)


def test_events_of_the_page_are_not_endpoints(client: Client) -> None:
    for fn_index in range(5):
        with pytest.raises(ValueError, match="Invalid function index"):
            client.predict(fn_index=fn_index)


def test_many_calls_at_once_are_answered(page: Server) -> None:
    def call(place: int) -> str:
        caller = Client(page.address, verbose=False, download_files=False)
        try:
            return str(caller.predict(text=f"NPS to {place} by June 2027", api_name="/lint_goal")["goals"][0]["text"])
        finally:
            caller.close()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(call, range(30, 42))) == [f"NPS to {place} by June 2027" for place in range(30, 42)]


def test_off_unless_asked_for(sample_page: Server) -> None:
    answer = httpx.get(f"{sample_page.address}/gradio_api/info")
    assert answer.status_code == 404 and "goals web --api" in answer.text
    config = httpx.get(f"{sample_page.address}/config").json()
    assert {each["api_visibility"] for each in config["dependencies"]} == {"private"}


def test_with_accounts_a_client_has_to_log_in_and_tries_are_counted(serve: Callable[..., Server]) -> None:
    server = serve(
        sys.executable, "-m", "tests.web.page_server", "PORT", GOALS_WEB_API="1", GOALS_WEB_AUTH="ann:one-pass"
    )
    for path in ("/config", "/gradio_api/info"):
        assert httpx.get(server.address + path).status_code == 401
    with pytest.raises((AuthenticationError, ValueError, KeyError)):
        Client(server.address, verbose=False)
    caller = Client(server.address, auth=("ann", "one-pass"), verbose=False, download_files=False)
    assert caller.predict(text="NPS to 40", api_name="/lint_goal")["goals"]
    caller.close()
    tries = [
        httpx.post(f"{server.address}/login", data={"username": "ann", "password": "x"}).status_code for _ in range(12)
    ]
    assert tries[0] == 400 and tries[-1] == 429
    assert server.stop().strip() == ""


def test_a_full_queue_is_said_and_the_page_stays_open(serve: Callable[..., Server]) -> None:
    server = serve(sys.executable, "-m", "tests.web.page_server", "PORT", "1", GOALS_WEB_API="1")
    with httpx.Client(base_url=server.address, timeout=30) as http:
        config = http.get("/config").json()
        drafting = next(each["id"] for each in config["dependencies"] if each["api_name"] == "draft_goals")
        joined = [
            http.post(
                "/gradio_api/queue/join",
                json={
                    "data": [AIM, "auto", "", *[None] * 5, ""],
                    "fn_index": drafting,
                    "session_hash": f"session{place}",
                },
            ).status_code
            for place in range(80)
        ]
        assert joined[0] == 200 and joined[-1] == 503 and 64 <= joined.count(200) < 80
        assert http.get("/").status_code == 200


GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")


def test_the_guide_runs(page: Server, capsys: pytest.CaptureFixture[str]) -> None:
    ours, mcp = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    exec(compile(ours.replace("http://127.0.0.1:7860", page.address), "docs/api.md", "exec"), {})
    told = capsys.readouterr().out
    assert "error direction-contradiction" in told and "offline" in told and "82%" in told and ".en#" in told
    started = f"command={sys.executable!r}, args=['-m', 'assistant.cli.main', "
    assert 'command="goals", args=["mcp"' in mcp
    exec(compile(mcp.replace('command="goals", args=[', started), "docs/api.md", "exec"), {})
    told = capsys.readouterr().out
    assert "['lint_goal', 'draft_goals', 'search_methods']" in told and re.search(r"^\d+$", told, re.MULTILINE)
    (configured,) = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    assert json.loads(configured)["mcpServers"]["goals"] == {"command": "goals", "args": ["mcp"]}
