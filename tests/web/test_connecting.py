"""Connecting a model: what may be called, what is kept, what is told, against a real server on this machine."""

from __future__ import annotations

import os
import ssl
import stat
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from assistant.drafting.pipeline import REASONS
from assistant.errors import SettingsError, StorageError, UsageError
from assistant.goals import LANGUAGES
from assistant.goals.trial import TrialKind
from assistant.llm import dialect
from assistant.llm.types import FailureKind
from assistant.web.backend import ServiceBackend
from assistant.web.connecting import panel
from assistant.web.connecting.connection import Connection, connection
from assistant.web.connecting.connections import KEPT_SECONDS, STORED_SECONDS, Connections
from assistant.web.connecting.looking import TRIES_A_MINUTE, Connector, Looking, Typed, typed
from assistant.web.connecting.permission import Permission
from assistant.web.texts import texts
from assistant.web.visitor import Visitor
from tests.llm.server import ModelServer, Raw, error

KEY = "sk-secret-0123456789abcdef"
ANN, BOB = Visitor(owner="a" * 64, tab="1"), Visitor(owner="b" * 64, tab="2")


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    dialect.forget()
    yield


def connector(folder: Path, setting: str = "auto", host: str = "127.0.0.1", **clocks: Any) -> Connector:
    return Connector(ServiceBackend(), Connections(folder / "connections"), Permission(setting, host), **clocks)


def press(act: str, address: str, **more: Any) -> Typed:
    return Typed(act=act, address=address, **({"model": "some-model", "key": KEY} | more))


# ---------- what is typed ----------


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://api.example.com/v1", "https://api.example.com/v1"),
        (" http://LOCALHOST:11434/v1/ ", "http://localhost:11434/v1"),
        ("https://api.example.com/v1/chat/completions", "https://api.example.com/v1"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("https://api.example.com", "https://api.example.com"),
    ],
)
def test_addresses_are_taken_as_people_copy_them(address: str, kept: str) -> None:
    assert connection(address, "m", "").address == kept


@pytest.mark.parametrize(
    "address",
    [
        "", "api.example.com/v1", "ftp://example.com", "file:///etc/passwd", "https://", "https://:8000/v1",
        "javascript:1",
        "https://user:pass@example.com/v1", f"https://{KEY}@example.com/v1", "https://example.com/v1?key=1",
        "https://example.com/v1#x", "https://exa mple.com", "https://example.com:99999/v1", "http://x\r\nHost: y/v1",
        "http://例子.公司/v1", "https://a..b/v1", "https://example.com:0/v1", "http://127.0.0.1:80\\@evil/", "h" * 400,
    ],
)  # fmt: skip
def test_other_addresses_are_refused_without_being_repeated(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        connection(address, "m", KEY)
    assert caught.value.values == {"field": "address"} and KEY not in str(caught.value)


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=40))
def test_whatever_is_typed_is_a_connection_or_a_named_field(address: str, model: str, key: str) -> None:
    for typed_in in (address, f"http://{address}/v1"):
        try:
            made = connection(typed_in, model, key)
        except UsageError as error_:
            assert error_.values["field"] in ("address", "model", "key")
        else:
            assert made.host and made.address.startswith("http")
            assert repr(made) == repr(Connection(made.address, made.model, SecretStr("x" if made.key else "")))


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), lambda of: st.lists(of, max_size=3))
)
def test_what_a_press_sends_is_read_without_trust(value: Any) -> None:
    held = typed({"act": value, "address": value, "model": value, "key": value, "keep": value})
    assert held.keep is (value is True) and isinstance(held.key, str)
    assert typed(value) == Typed()


# ---------- where ----------


@pytest.mark.parametrize(
    ("setting", "served", "address", "refusal"),
    [
        ("auto", "127.0.0.1", "http://127.0.0.1:11434/v1", ""),
        ("auto", "::1", "http://10.1.2.3/v1", ""),
        ("auto", "127.0.0.1", "http://169.254.169.254/latest", "not_that_address"),
        ("auto", "127.0.0.1", "http://[fe80::1]/v1", "not_that_address"),
        ("auto", "127.0.0.1", "http://[::ffff:169.254.169.254]/v1", "not_that_address"),
        ("auto", "127.0.0.1", "http://2852039166/v1", "not_that_address"),
        ("auto", "127.0.0.1", "http://0.0.0.0:80/v1", "not_that_address"),
        ("auto", "127.0.0.1", "http://224.0.0.1/v1", "not_that_address"),
        ("auto", "127.0.0.1", "http://100.100.100.200/v1", "not_that_address"),
        ("auto", "127.0.0.1", "http://metadata.google.internal/v1", "not_that_address"),
        ("auto", "0.0.0.0", "https://api.example.com/v1", "not_here"),
        ("auto", "192.168.1.5", "https://api.example.com/v1", "not_here"),
        ("off", "127.0.0.1", "http://127.0.0.1:11434/v1", "not_here"),
        ("api.example.com, 10.0.0.5:8000", "0.0.0.0", "https://api.example.com/v1", ""),
        ("api.example.com, 10.0.0.5:8000", "0.0.0.0", "http://10.0.0.5:8000/v1", ""),
        ("api.example.com, 10.0.0.5:8000", "0.0.0.0", "http://10.0.0.5:22/v1", "not_listed"),
        ("api.example.com", "0.0.0.0", "https://api.example.com:8443/v1", "not_listed"),
        ("api.example.com", "0.0.0.0", "https://api.example.com.evil.test/v1", "not_listed"),
        ("api.example.com", "127.0.0.1", "http://127.0.0.1:11434/v1", "not_listed"),
        ("[::1]:8000", "0.0.0.0", "http://[::1]:8000/v1", ""),
    ],
)
def test_only_what_the_operator_allows_is_called(setting: str, served: str, address: str, refusal: str) -> None:
    assert Permission(setting, served).refusal(connection(address, "m", "")) == refusal


@pytest.mark.parametrize("setting", ["https://api.example.com/v1", "a b", "host:0", "host:70000", "*"])
def test_a_list_of_something_else_is_refused_at_the_start(setting: str) -> None:
    with pytest.raises(SettingsError, match="GOALS_WEB_CONNECT"):
        Permission(setting, "127.0.0.1")


# ---------- what is kept ----------


def test_a_connection_is_its_visitors_alone_and_only_stored_if_asked(tmp_path: Path) -> None:
    now = [1_000_000.0]
    kept = Connections(tmp_path / "c", clock=lambda: now[0])
    kept.put(ANN.owner, connection("http://localhost/v1", "one", KEY))
    kept.put(BOB.owner, connection("http://localhost/v1", "two", "", stored=True))
    assert (kept.of(ANN.owner) or fail()).model == "one" and (kept.of(BOB.owner) or fail()).model == "two"
    assert kept.of("c" * 64) is None and kept.of("") is None and kept.of("../" + "a" * 61) is None
    assert [path.name for path in (tmp_path / "c").iterdir()] == [f"{BOB.owner}.json"]
    again = Connections(tmp_path / "c", clock=lambda: now[0])
    assert again.of(ANN.owner) is None and (again.of(BOB.owner) or fail()).stored
    now[0] += KEPT_SECONDS + 1
    assert kept.of(ANN.owner) is None and kept.of(BOB.owner) is not None
    now[0] += STORED_SECONDS + 1
    assert Connections(tmp_path / "c", clock=lambda: now[0]).of(BOB.owner) is None
    assert not list((tmp_path / "c").iterdir())


def fail() -> Any:
    raise AssertionError("nothing was kept")


def test_the_file_is_private_and_goes_when_asked(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        kept = Connections(tmp_path / "web" / "c")
        kept.put(ANN.owner, connection("http://localhost/v1", "m", KEY, stored=True))
    finally:
        os.umask(before)
    (file,) = (tmp_path / "web" / "c").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert KEY in file.read_text()
    kept.put(ANN.owner, connection("http://localhost/v1", "m", KEY))
    assert not file.exists(), "a connection that is not to be stored takes the stored one's place"
    kept.put(ANN.owner, connection("http://localhost/v1", "m", KEY, stored=True))
    kept.drop(ANN.owner)
    assert (
        not file.exists() and kept.of(ANN.owner) is None and Connections(tmp_path / "web" / "c").of(ANN.owner) is None
    )


@pytest.mark.parametrize(
    "broken", ["", "{", "[]", '{"address": 1}', '{"address":"x","model":"m","key":"k"}', "x" * 20_000]
)
def test_a_damaged_file_is_passed_over_without_a_word_of_it(
    tmp_path: Path, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    kept = Connections(tmp_path)
    (tmp_path / f"{ANN.owner}.json").write_text(broken + KEY)
    assert kept.of(ANN.owner) is None and KEY not in caplog.text


def test_what_cannot_be_stored_is_used_and_told(tmp_path: Path) -> None:
    (tmp_path / "connections").write_text("in the way")
    with ModelServer() as server:
        at = connector(tmp_path).acted(ANN, Looking(open=True), press("use", server.base_url, keep=True))
    assert at.told is not None and at.told.key == "connect.not_stored"
    kept = Connections(tmp_path / "connections")
    with pytest.raises(StorageError):
        kept.put(ANN.owner, connection("http://localhost/v1", "m", KEY, stored=True))
    assert not (kept.of(ANN.owner) or fail()).stored


# ---------- what is tried ----------

HTML = Raw([b"<html>Welcome</html>"], headers={"content-type": "text/html"})
CASES: list[tuple[Any, TrialKind]] = [
    ("ready", "ok"),
    (error(401, f"Incorrect API key provided: {KEY}", "invalid_api_key"), "key"),
    (error(403, "no access"), "access"),
    (error(404, "The model `some-model` does not exist", "model_not_found"), "model"),
    (Raw([b'{"error":"model \'some-model\' not found, try pulling it first"}'], status=404), "model"),
    (Raw([b"<html>Not found</html>"], status=404, headers={"content-type": "text/html"}), "address"),
    (Raw([b'{"detail":"Not Found"}'], status=404), "address"),
    (Raw([b""], status=301, headers={"location": "http://169.254.169.254/"}), "redirect"),
    (error(429, "slow down"), "busy"),
    (error(429, "You exceeded your current quota", "insufficient_quota"), "credit"),
    (error(400, "bad"), "rejected"),
    (HTML, "not_chat"),
    (Raw([b"[]"]), "not_chat"),
    (Raw([b'{"choices": null}']), "not_chat"),
    (Raw([b""], status=405), "not_chat"),
    (Raw([b"<html>"], status=501), "not_chat"),
    (error(500, "broken"), "server"),
    (Raw([b"{}"], then="hang", length=100), "timeout"),
    (Raw([b"{"], then="reset", length=100), "unreachable"),
]


@pytest.mark.parametrize(("answer", "kind"), CASES)
def test_every_outcome_is_told_with_what_to_do(answer: Any, kind: TrialKind, tmp_path: Path) -> None:
    from assistant.web.connecting.looking import outcome

    with ModelServer([answer]) as server:
        backend = ServiceBackend().connected(server.base_url, connection(server.base_url, "m", KEY).key, "some-model")
        trial = backend._assistant.try_model(deadline=2.0)  # type: ignore[attr-defined]
        assert trial.kind == kind
        assert len(server.requests) == 1, "one tiny call"
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
        assert len(str(server.requests[0].body)) < 300
    told = outcome(trial)
    for language in LANGUAGES:
        said = panel.told(Looking(open=True, told=told), texts(language))
        assert KEY not in said and "does not exist" not in said and "169.254" not in said
        assert f"127.0.0.1:{server.base_url.split(':')[2].split('/')[0]}" in said or kind in ("ok", "off")


def test_nothing_there_and_no_tls_are_told_apart(tmp_path: Path) -> None:
    key = connection("http://localhost/v1", "m", KEY).key

    def tried(address: str) -> str:
        return ServiceBackend().connected(address, key, "m").try_model().kind

    with ModelServer() as server:
        plain = server.base_url
    assert tried(plain) == "unreachable"
    with ModelServer() as server:
        assert tried(server.base_url.replace("http:", "https:")) == "tls"
    with self_signed(tmp_path) as address:
        assert tried(address) == "tls"


class self_signed:  # noqa: N801
    """A server whose certificate nobody trusts."""

    def __init__(self, folder: Path) -> None:
        pair = folder / "pair.pem"
        command = (
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
        )
        subprocess.run([*command.split(), "-keyout", pair, "-out", folder / "c.pem"], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "c.pem", pair)
        self._server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"https://127.0.0.1:{self._server.server_address[1]}/v1"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


# ---------- what a press does ----------


def test_a_model_is_connected_used_and_let_go_for_its_visitor_alone(tmp_path: Path) -> None:
    with ModelServer() as server:
        desk = connector(tmp_path)
        at = desk.acted(ANN, Looking(), Typed(act="connect"))
        assert at.open and desk.line(ANN).kind == "offline"
        at = desk.acted(ANN, at, press("try", server.base_url))
        assert at.told is not None and at.told.key == "connect.works" and desk.of(ANN) is None
        at = desk.acted(ANN, at, press("use", server.base_url))
        assert at.told is not None and at.told.key == "connect.connected" and desk.line(ANN).model == "some-model"
        assert desk.line(BOB).kind == "offline" and desk.over(BOB, ServiceBackend()).drafter_line().kind == "offline"
        assert desk.over(ANN, ServiceBackend()).drafter_line().model == "some-model"
        shown = "".join(panel.form(at, desk.of(ANN), True, texts(language)) for language in LANGUAGES)
        assert "some-model" in shown and KEY not in shown + repr(at) + repr(desk.of(ANN)) + at.model_dump_json()
        at = desk.acted(ANN, at, Typed(act="drop"))
        assert desk.of(ANN) is None and desk.line(ANN).kind == "offline" and at.address == at.model == ""


def test_a_model_that_does_not_answer_is_not_connected(tmp_path: Path) -> None:
    with ModelServer([error(401)]) as server:
        desk = connector(tmp_path)
        at = desk.acted(ANN, Looking(open=True), press("use", server.base_url))
        assert at.told is not None and at.told.key == "connect.fail_key" and desk.of(ANN) is None
        assert KEY not in panel.form(at, None, True, texts("en")) and server.base_url in panel.form(
            at, None, True, texts("en")
        )


def test_nothing_is_called_where_it_may_not_be(tmp_path: Path) -> None:
    with ModelServer() as server:
        now = [0.0]
        for desk, who, key in (
            (connector(tmp_path, "off"), ANN, "connect.not_here"),
            (connector(tmp_path, host="0.0.0.0"), ANN, "connect.not_here"),
            (connector(tmp_path, "api.example.com", "0.0.0.0"), ANN, "connect.not_listed"),
            (connector(tmp_path), Visitor(tab="x"), "connect.no_cookie"),
        ):
            at = desk.acted(who, Looking(open=True), press("use", server.base_url))
            assert at.told is not None and at.told.key == key and desk.of(who) is None
        for field, value in (("address", "x"), ("model", ""), ("key", "a b")):
            at = connector(tmp_path).acted(
                ANN, Looking(), press("try", **({"address": server.base_url} | {field: value}))
            )
            assert at.told is not None and at.told.key == f"connect.bad_{field}"
        assert server.requests == []
        desk = connector(tmp_path, clock=lambda: now[0])
        told = [desk.acted(ANN, Looking(), press("try", server.base_url)).told for _ in range(TRIES_A_MINUTE + 2)]
        assert [each and each.key for each in told[-2:]] == ["connect.too_often"] * 2
        assert len(server.requests) == TRIES_A_MINUTE
        assert (desk.acted(BOB, Looking(), press("try", server.base_url)).told or fail()).key == "connect.works"
        now[0] = 61
        assert (desk.acted(ANN, Looking(), press("try", server.base_url)).told or fail()).key == "connect.works"


def test_a_stored_connection_is_not_used_once_the_operator_forbids_it(tmp_path: Path) -> None:
    kept = Connections(tmp_path / "connections")
    kept.put(ANN.owner, connection("http://localhost/v1", "m", KEY, stored=True))
    assert connector(tmp_path).of(ANN) is not None
    assert connector(tmp_path, "off").of(ANN) is None and connector(tmp_path, host="0.0.0.0").of(ANN) is None
    assert connector(tmp_path, "api.example.com").of(ANN) is None


def test_prices_and_search_are_not_those_of_the_configured_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOALS_LLM_PRICE_INPUT", "5")
    monkeypatch.setenv("GOALS_LLM_PRICE_OUTPUT", "5")
    plain = ServiceBackend()._assistant
    other = plain.connected("http://localhost/v1", connection("http://localhost/v1", "m", KEY).key, "m")
    assert other.settings.cost(10, 10) is None and plain.settings.cost(10, 10) is not None
    assert other.retriever is plain.retriever and other.ranker is plain.ranker
    assert KEY not in repr(other.settings) + str(other.settings)


def test_the_form_names_every_field_and_every_line_has_words() -> None:
    held = Connection("http://10.0.0.5:8000/v1", "m", connection("http://localhost", "m", KEY).key, stored=True)
    for language in LANGUAGES:
        words = texts(language)
        fields = panel.form(Looking(open=True, address='"><b>', model="${x}"), None, True, words)
        for name in ("address", "model", "key"):
            assert f'for="connect-{name}"' in fields and f'id="connect-{name}"' in fields
        assert 'type="password" value=""' in fields and "<b>" not in fields and "${" not in fields
        assert panel.form(Looking(open=True), None, False, words) != fields
        stored = panel.form(Looking(open=True), held, True, words)
        assert words.html("connect.plain") in stored and words.html("connect.drop_stored") in stored
        assert panel.form(Looking(), held, True, words) == "" and panel.told(Looking(), words) == ""


def test_every_way_to_fail_has_its_words() -> None:
    for kind in get_args(TrialKind):
        key = "connect.works" if kind == "ok" else f"connect.fail_{kind}"
        assert all(key in texts(language) for language in LANGUAGES), key
    assert set(REASONS) <= set(get_args(FailureKind)) and REASONS["tls"] == "unreachable"
