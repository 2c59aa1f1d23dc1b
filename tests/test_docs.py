"""The documents stay true: generated pages are current, commands in the README run, nothing names a machine."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app

ROOT = Path(__file__).resolve().parent.parent
TRACKED = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
    "\0"
)
GOALS = str(Path(sys.executable).with_name("goals"))


def generated() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[str, str] = module.pages()
    return pages


def test_generated_pages_are_current() -> None:
    stale = [name for name, text in generated().items() if (ROOT / "docs" / name).read_text("utf-8") != text]
    assert not stale, f"run make docs: {stale}"


def console_lines() -> list[str]:
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ goals ")]


@pytest.mark.parametrize("line", console_lines())
def test_every_command_of_the_readme_runs(line: str, tmp_path: Path) -> None:
    (tmp_path / "goals.md").write_text("# Goals\n\n- Raise NPS from 31 to 40 by 30 June 2027\n", "utf-8")
    run = subprocess.run(
        [GOALS, *shlex.split(line)[1:]], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode in {0, 1}, run.stderr
    assert run.stdout.strip()
    assert "Traceback" not in run.stderr


def test_every_command_is_in_the_help() -> None:
    text = CliRunner().invoke(app, ["--help"]).stdout
    for name in ("doctor", "draft", "lint", "rule", "search", "web"):
        assert name in text


MACHINE = re.compile(
    r"(?<![A-Za-z0-9_.~-])/(?:home|root|work|farm)/|--(?:extra-)?index-url|pypi\.org/simple|find-links"
)


def test_nothing_names_a_machine_or_a_registry() -> None:
    named = []
    for name in filter(None, TRACKED):
        path = ROOT / name
        if name == "tests/test_docs.py" or path.suffix in {".npz", ".png", ".gz", ".bin"} or not path.is_file():
            continue
        if MACHINE.search(path.read_text("utf-8", errors="replace")):
            named.append(name)
    assert not named


def test_links_in_the_documents_lead_somewhere() -> None:
    broken = []
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(((?!https?:|#)[^)#]+)", document.read_text("utf-8")):
            if not (document.parent / target).exists():
                broken.append(f"{document.name}: {target}")
    assert not broken
