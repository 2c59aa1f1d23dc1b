import asyncio
import base64
import hashlib
from typing import Any

import pytest

from assistant.errors import SettingsError
from assistant.web.launch import accounts, application
from assistant.web.security import (
    LIST_PATH,
    LOGIN_TRIES_A_MINUTE,
    MAX_BODY_BYTES,
    MAX_FILE_BYTES,
    MAX_LIST_BYTES,
    OUTPUT_PATH,
    Guard,
    is_loopback,
)
from tests.web.sample import FakeBackend

PAGE = (
    b'<html><meta property="og:image" content="https://x.example/i.jpg"/><script>let a;</script>'
    b'<script src="a.js"></script>'
)


async def inner(scope: Any, receive: Any, send: Any) -> None:
    body = b""
    while (event := await receive())["type"] == "http.request":
        body += event.get("body", b"")
        if not event.get("more_body"):
            break
    kind = b"text/html" if scope["path"] == "/" else b"application/json"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
    await send({"type": "http.response.body", "body": PAGE if scope["path"] == "/" else b"{}"})


def ask(
    path: str = "/",
    method: str = "GET",
    *,
    guard: Guard | None = None,
    chunks: tuple[bytes, ...] = (b"",),
    client: str = "127.0.0.1",
    **headers: str,
) -> tuple[int, dict[str, str], bytes]:
    sent: list[Any] = []
    queue = [
        {"type": "http.request", "body": chunk, "more_body": i + 1 < len(chunks)} for i, chunk in enumerate(chunks)
    ]

    async def receive() -> Any:
        return queue.pop(0)

    async def send(event: Any) -> None:
        sent.append(event)

    named = {"host": "127.0.0.1:7860"} | {k.replace("_", "-"): v for k, v in headers.items()}
    scope = {
        "type": "http", "path": path, "method": method, "client": (client, 1),
        "headers": [(k.encode(), v.encode()) for k, v in named.items() if v],
    }  # fmt: skip
    asyncio.run((guard or Guard(inner, "127.0.0.1"))(scope, receive, send))
    head = {n.decode(): v.decode() for n, v in sent[0]["headers"]}
    return sent[0]["status"], head, b"".join(e.get("body", b"") for e in sent[1:])


def test_the_page_allows_only_its_own_inline_scripts() -> None:
    status, head, body = ask()
    policy = head["content-security-policy"]
    own = base64.b64encode(hashlib.sha256(b"let a;").digest()).decode()
    scripts = policy.split("script-src ")[1].split(";")[0]
    assert status == 200 and f"'sha256-{own}'" in scripts and "unsafe-inline" not in scripts
    assert b"og:image" not in body and head["content-length"] == str(len(body))


@pytest.mark.parametrize("path", ["/", "/config", "/assets/a.js", "/gradio_api/file=/etc/passwd", "/nothing", "/login"])
def test_every_answer_carries_the_headers(path: str) -> None:
    for host in ("127.0.0.1:7860", "evil.example"):
        _, head, _ = ask(path, host=host)
        assert (
            "default-src 'self'" in head["content-security-policy"] and "https:" not in head["content-security-policy"]
        )
        assert head["x-content-type-options"] == "nosniff" and head["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "0.0.0.0:7860"])
def test_other_names_are_refused(host: str) -> None:
    assert ask(host=host)[0] == 403


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1", "[::1]:7860", "[::1]"])
def test_names_of_this_machine_are_served(host: str) -> None:
    assert ask(host=host)[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://127.0.0.1:7860"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": "null"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-origin"}, 200),
    ],
)
def test_other_pages_cannot_post(headers: dict[str, str], status: int) -> None:
    assert ask("/gradio_api/queue/join", "POST", **headers)[0] == status


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/file=/etc/passwd", "/gradio_api/proxy=https://x.test",
        "/gradio_api/call/x", "/gradio_api/run/x", "/gradio_api/api/x", "/gradio_api/component_server", "/monitoring",
        "/gradio_api/vibe-edit", "/gradio_api/info", "/docs", "/openapi.json", "/gradio_api/stream/x",
        "/gradio_api/runs",
    ],
)  # fmt: skip
def test_what_the_page_does_not_use_is_closed(path: str) -> None:
    assert ask(path)[0] == 404 and ask(path, "POST")[0] == 404


def test_long_bodies_are_refused_by_announcement_and_by_count() -> None:
    assert ask("/gradio_api/queue/join", "POST", content_length=str(MAX_BODY_BYTES + 1))[0] == 413
    assert ask("/gradio_api/queue/join", "POST", content_length="many")[0] == 413
    half = b"x" * (MAX_BODY_BYTES // 2 + 1)
    assert ask("/gradio_api/queue/join", "POST", chunks=(half, half))[0] == 413
    assert ask("/gradio_api/queue/join", "POST", chunks=(half,))[0] == 200


def test_only_a_list_may_be_long_and_only_from_the_page_itself() -> None:
    list_path = f"{LIST_PATH}a-ticket_1"
    body = b"x" * (MAX_BODY_BYTES + 1)
    assert ask(list_path, "POST", chunks=(body,))[0] == 200
    assert ask(list_path, "POST", content_length=str(MAX_LIST_BYTES + 1))[0] == 413
    assert ask(list_path, "POST", chunks=(body,) * 10)[0] == 413
    assert ask(list_path, "POST", origin="http://evil.example")[0] == 403
    assert ask(f"{OUTPUT_PATH}a-ticket_1/own")[0] == 200
    for path in (
        f"{LIST_PATH}a/../b",
        f"{LIST_PATH}",
        f"{OUTPUT_PATH}a/own/b",
        f"{OUTPUT_PATH}a/exe",
        f"{LIST_PATH}a%2Fb",
    ):
        assert ask(path)[0] == 404


def test_files_may_be_longer_and_only_at_their_address() -> None:
    big = b"x" * (MAX_BODY_BYTES + 1)
    assert ask("/files/abc-_1", "POST", chunks=(big,))[0] == 200
    assert ask("/files/abc-_1", "POST", content_length=str(MAX_FILE_BYTES + 1))[0] == 413
    half = b"x" * (MAX_FILE_BYTES // 2 + 1)
    assert ask("/files/abc-_1", "POST", chunks=(half, half))[0] == 413
    assert ask("/files/abc-_1", "POST", origin="http://evil.example")[0] == 403
    for path in ("/files/", "/files/a/b", "/files/../x", "/files/a.b"):
        assert ask(path, "POST")[0] == 404


def test_logins_are_throttled_for_each_address() -> None:
    now = [0.0]
    guard = Guard(inner, "127.0.0.1", clock=lambda: now[0])
    tries = [ask("/login", "POST", guard=guard)[0] for _ in range(LOGIN_TRIES_A_MINUTE + 2)]
    assert tries == [200] * LOGIN_TRIES_A_MINUTE + [429] * 2
    assert ask("/login", "POST", guard=guard, client="10.0.0.2")[0] == 200
    now[0] = 61
    assert ask("/login", "POST", guard=guard)[0] == 200


def test_accounts_are_needed_beyond_this_machine() -> None:
    with pytest.raises(SettingsError, match=r"'0\.0\.0\.0'"):
        application(FakeBackend(), "0.0.0.0", 7860, [])
    assert is_loopback("127.0.0.8") and is_loopback("::1") and not is_loopback("192.168.1.2")
    assert not is_loopback("example.com") and not is_loopback("0.0.0.0")


def test_accounts_are_read_without_repeating_a_password() -> None:
    assert accounts("team:pass:word, second:x") == [("team", "pass:word"), ("second", "x")]
    assert accounts(None) == []
    with pytest.raises(SettingsError, match="Pair 2") as caught:
        accounts("a:b,secretword")
    assert "secretword" not in str(caught.value)
