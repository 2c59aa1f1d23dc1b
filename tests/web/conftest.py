from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.service import Assistant
from assistant.web import stubs
from tests.web.nursery import ROOT, Forked, Nursery

stubs.leave_alone()

_CHROMIUM = "/usr/bin/chromium"
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


class Server:
    """A page server in a process of its own: `python -m MODULE …` comes from the nursery, anything else is started."""

    def __init__(self, command: list[str], nursery: Nursery | None = None, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GOALS_LLM", "OPENAI_"))}
        started = time.monotonic()
        command = [part.replace("PORT", str(self.port)) for part in command]
        self.process: subprocess.Popen[bytes] | Forked
        if nursery is not None and command[:2] == [sys.executable, "-m"]:
            self.process = nursery.start(command[2], command[3:], kept | environment)
        else:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=kept | environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
        while True:
            try:
                with urllib.request.urlopen(self.address) as answer:
                    answer.read(1)
                break
            except OSError:
                if self.process.poll() is not None or time.monotonic() - started > 120:
                    raise RuntimeError("The page server did not start.") from None
                time.sleep(0.05)
        self.seconds_to_first_byte = time.monotonic() - started

    def megabytes(self) -> float:
        """Resident memory now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def stop(self) -> str:
        """End the process and return what it wrote to its error stream."""
        self.process.terminate()
        _, said = self.process.communicate(timeout=20)
        return said.decode()


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Where page servers come from."""
    made = Nursery(tmp_path_factory.mktemp("nursery"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def serve(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start page servers that end with the test session, each with a data folder of its own unless one is given."""
    running: list[Server] = []

    def start(*command: str, **environment: str) -> Server:
        environment.setdefault("GOALS_HOME", str(tmp_path_factory.mktemp("home")))
        running.append(Server(list(command), nursery, **environment))
        return running[-1]

    yield start
    for server in running:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture(scope="session")
def sample_page(serve: Callable[..., Server]) -> Server:
    """A page over the sample drafts."""
    return serve(sys.executable, "-m", "tests.web.page_server", "PORT", "0.05")


@pytest.fixture(scope="session")
def indexed(index_home: Path) -> Path:
    """The run's own data folder, its index built."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOALS_HOME", str(index_home))
        Assistant().warm()
    return index_home


def _copy(indexed: Path, home: Path) -> Path:
    shutil.copytree(indexed / "index", home / "index")
    return home


@pytest.fixture(scope="module")
def indexed_copy(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an index and nothing else, for a server of the real page."""
    return _copy(indexed, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def goals_web(serve: Callable[..., Server], indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The real page, started as a person starts it."""
    command = Path(sys.executable).with_name("goals")
    home = _copy(indexed, tmp_path_factory.mktemp("home"))
    return serve(str(command), "web", "--port", "PORT", "--no-open", GOALS_HOME=str(home))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser; without one the tests are skipped, or fail where GOALS_REQUIRE_BROWSER is 1."""
    if not Path(_CHROMIUM).exists():
        if os.environ.get("GOALS_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{_CHROMIUM} is missing and GOALS_REQUIRE_BROWSER is 1.")
        pytest.skip(f"{_CHROMIUM} is missing: the page was not looked at in a browser.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS.split())
        yield browser
        browser.close()


class Pictures:
    """Screenshots for people to look at: taken only where GOALS_PICTURES names a folder to keep them in."""

    def __init__(self, folder: str | None) -> None:
        self._folder = Path(folder) if folder else None

    def take(self, seen: Any, name: str, *, full_page: bool = False) -> None:
        """Take a picture of a page, or of a part of one, as it stands once motion has ended."""
        if self._folder is not None:
            time.sleep(0.5)
            options = {"full_page": True} if full_page else {}
            seen.screenshot(path=self._folder / name, **options)


@pytest.fixture(scope="session")
def pictures() -> Pictures:
    """Takes the screenshots."""
    return Pictures(os.environ.get("GOALS_PICTURES"))
