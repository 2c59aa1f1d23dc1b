"""The route that serves reports: who may have one, which file it is, what a browser may do with it."""

from __future__ import annotations

import base64
import hashlib
import http.client
import re
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from assistant.web.evals.report import policy
from tests.web.conftest import Server
from tests.web.eval_runs import KILLED, NOW, write_all

Answer = tuple[int, dict[str, str], bytes]

ACCOUNT = ("owner", "long-password")
FORM = "application/x-www-form-urlencoded"


class Asker:
    """Asks a server byte for byte, without a client that tidies addresses."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, named)
        answer = connection.getresponse()
        read = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return read


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("runs-home")
    write_all(home)
    return home


@pytest.fixture
def runs(home: Path) -> Path:
    return home / "evals" / "runs"


@pytest.fixture(scope="module")
def ask(serve: Callable[..., Server], home: Path) -> Asker:
    return Asker(serve(sys.executable, "-m", "tests.web.page_server", "PORT", GOALS_HOME=str(home)))


@pytest.fixture(scope="module")
def ask_with_accounts(serve: Callable[..., Server], home: Path) -> Asker:
    command = (sys.executable, "-m", "tests.web.page_server", "PORT")
    return Asker(serve(*command, GOALS_HOME=str(home), GOALS_WEB_AUTH=":".join(ACCOUNT)))


def test_a_report_is_served_under_a_policy_of_its_own(ask: Asker, runs: Path) -> None:
    status, head, body = ask(f"/evals/report/{NOW}")
    assert status == 200 and body == (runs / NOW / "report.html").read_bytes()
    script = re.findall(rb"<script>(.*?)</script>", body, re.DOTALL)[-1]
    own = base64.b64encode(hashlib.sha256(script).digest()).decode()
    assert head["content-security-policy"] == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{own}'; img-src data:; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox allow-scripts"
    )
    assert head["content-type"] == "text/html; charset=utf-8" and head["content-length"] == str(len(body))
    assert head["x-content-type-options"] == "nosniff" and head["referrer-policy"] == "no-referrer"
    assert head["x-frame-options"] == "DENY" and head["cache-control"] == "no-store"
    assert "cross-origin-opener-policy" not in head
    assert ask(f"/evals/report/{NOW}", "HEAD")[0] == 200


@pytest.mark.parametrize(
    "id",
    [
        "", "nobody", KILLED, NOW[:6], NOW + "/", NOW + "/report.html", NOW + "/../" + NOW, "..", ".", "../runs/" + NOW,
        "%2e%2e", "..%2f..%2fgoals", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/etc/passwd", "%2fetc%2fpasswd", "latest",
        ".hidden", "-x", "~root", "a%00b", NOW + "%00", NOW + "%0a", NOW + "%20", "%ef%bc%8e%ef%bc%8e", quote("目标"),
        "..%5c..%5cx", NOW.upper() + "X",
    ],
)  # fmt: skip
def test_what_is_no_run_with_a_report_is_not_found(ask: Asker, runs: Path, id: str) -> None:
    status, head, body = ask(f"/evals/report/{id}")
    assert status == 404 and b"<" not in body
    assert "default-src 'self'" in head["content-security-policy"] and head["x-content-type-options"] == "nosniff"


def test_links_lead_nowhere(ask: Asker, runs: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "manifest.json").write_bytes((runs / NOW / "manifest.json").read_bytes())
    (outside / "report.html").write_text("outside", "utf-8")
    (runs / "linked").symlink_to(outside)
    (runs / "linked-report").mkdir()
    (runs / "linked-report" / "report.html").symlink_to(outside / "report.html")
    (runs / "a-file").write_text("x", "utf-8")
    (runs / "report-folder" / "report.html").mkdir(parents=True)
    for id in ("linked", "linked-report", "a-file", "report-folder"):
        assert ask(f"/evals/report/{id}")[0] == 404, id


def test_reports_can_only_be_read_and_only_under_the_pages_own_name(ask: Asker, runs: Path) -> None:
    assert ask(f"/evals/report/{NOW}", "POST")[0] == 404
    assert ask(f"/evals/report/{NOW}", "POST", origin="http://evil.example")[0] == 403
    assert ask(f"/evals/report/{NOW}", host="evil.example")[0] == 403
    assert ask("/evals/")[0] == 404 and ask("/evals/report")[0] == 404


def test_with_accounts_a_report_needs_a_login(ask_with_accounts: Asker, runs: Path) -> None:
    ask = ask_with_accounts
    for id in (NOW, "nobody"):
        status, _, body = ask(f"/evals/report/{id}")
        assert status == 401 and body == b"Log in first."
    assert ask(f"/evals/report/{NOW}", cookie="access-token-unsecure-x=guess")[0] == 401
    wrong = urlencode({"username": ACCOUNT[0], "password": "guess"})
    assert ask("/login", "POST", wrong, content_type=FORM)[0] == 400
    right = urlencode({"username": ACCOUNT[0], "password": ACCOUNT[1]})
    status, head, _ = ask("/login", "POST", right, content_type=FORM)
    assert status == 200
    cookie = head["set-cookie"].split(";")[0]
    assert ask(f"/evals/report/{NOW}", cookie=cookie)[0] == 200
    assert ask("/evals/report/nobody", cookie=cookie)[0] == 404


@pytest.mark.parametrize(
    "meta",
    [
        "",
        "script-src 'unsafe-inline' 'unsafe-eval' https://evil.example *",
        "script-src 'sha256-short' 'sha256-" + "A" * 43 + "=x'",
        "default-src 'sha256-" + "A" * 43 + "='",
        "img-src *; script-src",
    ],
)
def test_a_report_that_names_no_script_by_its_hash_runs_none(meta: str) -> None:
    head = f'<html><meta http-equiv="Content-Security-Policy" content="{meta}">'.encode()
    assert "script-src 'none'; " in policy(head) and "evil" not in policy(head) and "unsafe-eval" not in policy(head)


def test_only_hashes_are_taken_from_a_reports_own_policy() -> None:
    good = "'sha256-" + "A" * 43 + "='"
    head = f'<meta http-equiv="Content-Security-Policy" content="script-src {good} \'unsafe-inline\'; img-src *">'
    assert f"script-src {good}; img-src data:" in policy(head.encode())
