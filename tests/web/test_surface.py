"""What the page's server lets in, asked over HTTP of a running server; docs/web.md lists which test shows what."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from packaging.version import Version

from assistant.web.batch.desks import Desks
from assistant.web.security import MAX_BODY_BYTES
from tests.web.conftest import Server
from tests.web.sample import FakeBackend
from tests.web.test_sessions_http import Caller

pytestmark = pytest.mark.timeout(240)
ROOT = Path(__file__).parents[2]
ACCOUNTS = "ann:one-pass,bob:other-pass"
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture(scope="module")
def guarded(serve: Callable[..., Server]) -> Server:
    return serve(sys.executable, "-m", "tests.web.page_server", "PORT", GOALS_WEB_AUTH=ACCOUNTS, GOALS_WEB_API="1")


@pytest.fixture
def ann(guarded: Server) -> Any:
    with httpx.Client(base_url=guarded.address, timeout=60) as http:
        http.post("/login", data={"username": "ann", "password": "one-pass"}).raise_for_status()
        yield http


def secured(answer: httpx.Response) -> bool:
    policy = answer.headers["content-security-policy"]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    return (
        all(answer.headers[name] == value for name, value in HEADERS.items())
        and "server" not in answer.headers
        and parts["default-src"] == "'self'"
        and parts["img-src"] == "'self' data:"
        and parts["connect-src"] == parts["form-action"] == parts["base-uri"] == "'self'"
        and parts["frame-ancestors"] == parts["object-src"] == "'none'"
        and "'unsafe-inline'" not in parts["script-src"]
        and not re.search(r"https?:|\*|//", re.sub(r"'sha256-[^']+'", "", policy))
    )


def test_every_kind_of_answer_carries_the_headers(guarded: Server, ann: httpx.Client) -> None:
    script = re.search(r'src="\.?/?(assets/[^"]+\.js)"', ann.get("/").text)
    assert script
    asked = [
        ann.get("/"), ann.get("/config"), ann.get("/theme.css"), ann.get(f"/{script[1]}"), ann.get("/gradio_api/info"),
        ann.get("/nothing"), ann.get("/assets/nothing.js"), ann.get("/export/AAAAAAAAAAAAAAAAAAAAAA/md"),
        ann.post("/gradio_api/queue/join", json={}), ann.post("/gradio_api/queue/join", content=b"{"),
        ann.post("/files/unknown", content=b"x"), ann.post("/batch/list/unknown", content=b"x"),
        ann.get("/", headers={"host": "evil.example"}), ann.post("/login", headers={"origin": "http://evil.example"}),
        httpx.get(guarded.address + "/config"), httpx.get(guarded.address + "/"),
    ]  # fmt: skip
    assert [each.status_code for each in asked if not secured(each)] == []
    assert {each.status_code for each in asked} >= {200, 401, 403, 404, 422}
    assert not any("Traceback" in each.text or "site-packages" in each.text for each in asked)


def test_without_a_login_nothing_but_the_login_is_served(guarded: Server) -> None:
    with httpx.Client(base_url=guarded.address, timeout=60) as http:
        for path in ("/config", "/gradio_api/info", "/gradio_api/login_check"):
            assert http.get(path).status_code == 401, path
        assert http.post("/gradio_api/queue/join", json={"fn_index": 0, "data": []}).status_code == 401
        for path in ("/files/x", "/batch/list/x"):
            assert http.post(path, content=b"x").status_code == 404, path
        assert "one-pass" not in http.get("/").text and "ann" not in re.findall(r"\w+", http.get("/").text)


def test_uploads_of_the_framework_and_its_other_routes_are_closed(ann: httpx.Client) -> None:
    file = {"files": ("a\u202egpj.exe", b"MZ", "image/png")}
    assert ann.post("/gradio_api/upload", files=file).status_code == 404
    assert ann.post("/gradio_api/upload", files={"files": ("", b"x")}).status_code == 404
    for path in (
        "/gradio_api/file=/etc/passwd", "/gradio_api/file/x", "/file=x", "/gradio_api/proxy=https://evil.example/x",
        "/gradio_api/run/lint_goal", "/gradio_api/call/lint_goal", "/gradio_api/api/lint_goal", "/gradio_api/mcp/",
        "/gradio_api/component_server", "/monitoring", "/gradio_api/monitoring/summary", "/gradio_api/stream/a/b/c",
        "/gradio_api/dev/reload", "/gradio_api/deep_link", "/gradio_api/vibe-edit", "/svelte/x", "/docs",
        "/openapi.json", "/..%2f..%2fetc/passwd", "/assets/..%2f..%2f..%2fetc%2fpasswd",
    ):  # fmt: skip
        for method in ("GET", "POST"):
            assert ann.request(method, path).status_code in (403, 404, 405), path


def test_requests_of_other_pages_are_refused_even_with_the_visitors_cookie(guarded: Server, ann: httpx.Client) -> None:
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
                    {"origin": guarded.address.replace("127.0.0.1", "localhost")}):  # fmt: skip
        for path in ("/gradio_api/queue/join", "/login", "/files/x", "/gradio_api/cancel", "/gradio_api/reset"):
            assert ann.post(path, headers=headers, files={"files": ("a.txt", b"x")}).status_code == 403, (path, headers)
    assert ann.options("/config", headers={"origin": "https://evil.example"}).headers.get(
        "access-control-allow-origin"
    ) in (None, "")
    answer = ann.get("/config", headers={"origin": "https://evil.example"})
    assert answer.headers.get("access-control-allow-origin") in (None, "")


def test_large_bodies_are_refused(ann: httpx.Client) -> None:
    assert ann.post("/gradio_api/queue/join", content=b"x" * (MAX_BODY_BYTES + 1)).status_code == 413

    def drip() -> Any:
        for _ in range(40):
            yield b"x" * 100_000

    assert ann.post("/gradio_api/queue/join", content=drip()).status_code == 413


def test_malformed_bodies_are_refused_without_a_trace(ann: httpx.Client) -> None:
    deep = "[" * 50_000 + "]" * 50_000
    for body in ("", "{", "null", "[]", '{"fn_index": "x"}', '{"fn_index": 999999, "data": []}', deep, "\ufeff{}",
                 '{"fn_index": NaN}', '{"data": null, "fn_index": null}',
                 '{"data": [], "fn_index": 1e999}'):  # fmt: skip
        answer = ann.post("/gradio_api/queue/join", content=body.encode(), headers={"content-type": "application/json"})
        assert answer.status_code in (400, 422), body[:40]
        assert len(answer.text) < 100 and not re.search("Traceback|site-packages|fn_index", answer.text)
    assert ann.get("/").status_code == 200


def test_lengths_are_checked_on_the_server(sample_page: Server) -> None:
    caller = Caller(sample_page, "long")
    caller.load()
    assert "too long" in caller.send("a" * 9_000)
    caller.http.close()


def test_wrong_passwords_are_throttled_and_the_right_one_too(serve: Callable[..., Server]) -> None:
    server = serve(sys.executable, "-m", "tests.web.page_server", "PORT", GOALS_WEB_AUTH=ACCOUNTS)
    with httpx.Client(base_url=server.address, timeout=60) as http:
        tried = [http.post("/login", data={"username": "ann", "password": str(n)}).status_code for n in range(12)]
        assert tried == [400] * 10 + [429] * 2
        assert http.post("/login/", data={"username": "ann", "password": "one-pass"}).status_code == 429
        assert http.get("/config").status_code == 401
    assert "one-pass" not in server.stop()


_STARTED = """
import gradio as gr, json, os, sys
seen = {}
mount = gr.mount_gradio_app
gr.mount_gradio_app = lambda app, blocks, path, **options: seen.update(options, blocks=blocks) or mount(
    app, blocks, path, **options)
from tests.web.sample import FakeBackend
from assistant.web.launch import application
application(FakeBackend(), "127.0.0.1", 7860, [])
blocks, folder = seen.pop("blocks"), os.environ["GRADIO_TEMP_DIR"]
print(json.dumps({
    **{name: value for name, value in seen.items() if isinstance(value, (bool, str, list, type(None)))},
    "analytics": [blocks.analytics_enabled, os.environ["GRADIO_ANALYTICS_ENABLED"]], "cache": blocks.delete_cache,
    "waiting": blocks._queue.max_size, "open": blocks.api_open, "mode": oct(os.stat(folder).st_mode & 0o777),
    "kinds": sorted({type(each).__name__ for each in blocks.blocks.values()}),
}))
sys.stdout.flush()
os._exit(0)
"""


def test_the_framework_is_started_closed() -> None:
    run = subprocess.run([sys.executable, "-c", _STARTED], cwd=ROOT, capture_output=True, text=True, check=True)
    seen = json.loads(run.stdout.splitlines()[-1])
    closed = {"allowed_paths": [], "show_error": False, "max_file_size": "10mb", "ssr_mode": False, "pwa": False,
              "enable_monitoring": False, "mcp_server": False, "auth": None, "server_name": "127.0.0.1"}  # fmt: skip
    assert {name: seen[name] for name in closed} == closed and "auth_dependency" not in seen
    assert seen["analytics"] == [False, "False"] and seen["cache"] == [600, 3600]
    assert seen["waiting"] == 64 and seen["open"] is False and seen["mode"] == "0o700"
    assert not {"File", "UploadButton", "Chatbot", "Markdown", "Dataframe"} & set(seen["kinds"])


def test_the_framework_is_of_a_version_without_the_known_holes() -> None:
    assert Version(importlib.metadata.version("gradio")) >= Version("6.22")
    pinned = re.search(r"^gradio==([\d.]+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    assert pinned and Version(pinned[1]) >= Version("6.22")


def test_the_list_of_proofs_names_tests_that_exist() -> None:
    text = (ROOT / "docs" / "web.md").read_text("utf-8")
    named = re.findall(r"`(tests/[\w/.]+)::(\w+)`", text)
    assert len(named) > 20
    for file, test in named:
        assert f"def {test}(" in (ROOT / file).read_text("utf-8"), (file, test)


def test_a_name_of_a_file_never_becomes_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOALS_HOME", str(tmp_path))
    desks = Desks(FakeBackend())
    desk = desks.open("a" * 64)
    for name in (
        "../../etc/x.csv",
        "..\\..\\x.csv",
        "a\u202evsc.csv",
        "",
        "CON.csv",
        ".bashrc",
        "目标.csv",
        "x" * 300 + ".csv",
    ):
        place = desk.place(".csv")
        place.write_text("goal\nNPS from 31 to 40 by June 2027\n", "utf-8")
        desk.receive(place, name)
        kept = list(tmp_path.rglob("*.csv"))
        assert all(re.fullmatch(r"list-[0-9a-f]{8}\.csv", path.name) for path in kept), name
    desks.close()
