"""The documents stay true: generated pages are current, commands in the README run, nothing names a machine."""

from __future__ import annotations

import gc
import importlib.util
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import main
from assistant.cli.main import app
from assistant.lint import all_rules
from assistant.lint.configuration import read_configuration
from assistant.lint.profile import profiles

ROOT = Path(__file__).resolve().parent.parent
TRACKED = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
    "\0"
)
GOALS = str(Path(sys.executable).with_name("goals"))


@cache
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


Ran = tuple[int, str, str]


@pytest.fixture
def goals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command in a folder of its own and in this process: all that is loaded and indexed serves the next one."""
    monkeypatch.chdir(tmp_path)
    thresholds = gc.get_threshold()

    def run(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["goals", *words])
        code = 0
        try:
            main.run()
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            gc.set_threshold(*thresholds)
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.parametrize("line", console_lines())
def test_every_command_of_the_readme_runs(line: str, tmp_path: Path, goals: Callable[..., Ran]) -> None:
    (tmp_path / "goals.md").write_text("# Goals\n\n- Raise NPS from 31 to 40 by 30 June 2027\n", "utf-8")
    code, out, errors = goals(*shlex.split(line)[1:])
    assert code in {0, 1}, errors
    assert out.strip()
    assert "should not" not in errors


@pytest.mark.slow
@pytest.mark.parametrize("line", console_lines())
def test_every_command_of_the_readme_runs_as_installed(line: str, tmp_path: Path) -> None:
    (tmp_path / "goals.md").write_text("# Goals\n\n- Raise NPS from 31 to 40 by 30 June 2027\n", "utf-8")
    run = subprocess.run(
        [GOALS, *shlex.split(line)[1:]], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode in {0, 1}, run.stderr
    assert run.stdout.strip()
    assert "Traceback" not in run.stderr


def test_the_guide_to_documents_runs(
    tmp_path: Path, index_home: Path, monkeypatch: pytest.MonkeyPatch, goals: Callable[..., Ran]
) -> None:
    # Documents of this test alone, over the index of all tests.
    (tmp_path / "home").mkdir()
    (index_home / "index").mkdir(exist_ok=True)
    (tmp_path / "home" / "index").symlink_to(index_home / "index")
    monkeypatch.setenv("GOALS_HOME", str(tmp_path / "home"))
    (tmp_path / "review.md").write_text("# Review\n\nCustomer satisfaction was 82% in Q3 2026.\n", "utf-8")
    (tmp_path / "kpi.csv").write_text("指标,实际,周期\n客户满意度,82%,2026年第三季度\n", "utf-8")
    text = (ROOT / "docs" / "documents.md").read_text("utf-8")
    (block,) = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    for line in block.splitlines():
        code, out, errors = goals(*shlex.split(line)[2:])
        assert code == 0, f"{line}: {errors}"
        assert out.strip(), line
        if "draft" in line:
            assert "82%" in out and "kpi.csv" in out


def test_the_guide_to_the_python_api_runs() -> None:
    import doctest

    failed, tried = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert tried > 15 and not failed


def test_the_guide_to_exports_runs(tmp_path: Path, goals: Callable[..., Ran]) -> None:
    text = (ROOT / "docs" / "exports.md").read_text("utf-8")
    (block,) = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    for line in block.splitlines():
        words = shlex.split(line)[2:]
        code, out, errors = goals(*words)
        names = [word for word in words if word.startswith("goals.")]
        assert code == 0 and out.split() == names, f"{line}: {errors}"
        assert all((tmp_path / name).stat().st_size > 500 for name in names)
        assert ("goals.feishu.json: " in errors) == ("goals.feishu.json" in names)
    assert sorted(path.name.removeprefix("goals.") for path in tmp_path.glob("goals.*")) == sorted(
        re.findall(r"^\| `\.([a-z.]+)`", text, re.MULTILINE)
    )


def test_the_guide_to_plans_runs(tmp_path: Path, goals: Callable[..., Ran]) -> None:
    from assistant.plans.checks import RULES

    text = (ROOT / "docs" / "plans.md").read_text("utf-8")
    (block,) = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    for line in block.splitlines():
        code, out, errors = goals(*shlex.split(line)[2:])
        assert code == 0 and out.strip(), f"{line}: {errors}"
    assert "60%" in (tmp_path / "contract.md").read_text("utf-8")
    assert re.findall(r"^\| ([a-z0-9-]+) \| ([A-Z]\d{3}) \|", text, re.MULTILINE) == [(r.name, r.id) for r in RULES]


def test_the_guide_to_evals_runs(goals: Callable[..., Ran]) -> None:
    text = (ROOT / "docs" / "evals.md").read_text("utf-8")
    (block,) = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    for line in block.splitlines():
        code, out, errors = goals(*shlex.split(line)[2:])
        assert code == 0, f"{line}: {errors}"
        assert out.strip(), line


def test_the_guide_to_evals_counts_right() -> None:
    from evals import drafting_cases, retrieval
    from evals.lint_cases import load_cases
    from evals.suites import injection
    from evals.suites.retrieval import FILES

    text = (ROOT / "docs" / "evals.md").read_text("utf-8")
    aims = drafting_cases.load()
    kinds = [case.kind for case in injection.cases()]
    questions = sum(len(retrieval.load_cases(retrieval.CASES.with_name(name))) for name in FILES)
    for row in (
        f"| `drafting` | {len(aims)} aims in {len({case.cluster for case in aims})} clusters |",
        f"| `lint` | {len(load_cases())} labelled goals |",
        f"| `retrieval` | {questions} questions |",
        f"| `injection` | {kinds.count('attack')} attacks and {kinds.count('benign')} harmless look-alikes |",
    ):
        assert row in text, row


GUIDE = (ROOT / "docs" / "linting.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)(?: ([\w.]+))?\n(.*?)```", GUIDE, re.DOTALL)
"""Language, file name and text of each code block of the guide to linting."""


def steps(block: str) -> list[tuple[str, str]]:
    """Return the commands of a console block, each with the output that is shown below it."""
    pieces = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)
    return list(zip(pieces[1::2], pieces[2::2], strict=True))


def test_the_guide_to_linting_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "goals.md").write_text("- Reduce churn from 8% to 5% by 30 June 2027\n", "utf-8")
    ran = 0
    for language, name, text in BLOCKS:
        if name:
            (tmp_path / name).write_text(text, "utf-8")
        for command, expected in steps(text) if language == "console" else ():
            given = (tmp_path / "team.md").read_text("utf-8") if command.startswith("cat team.md | ") else None
            words = shlex.split(command.removeprefix("cat team.md | "))
            assert words[:2] == ["goals", "lint"], command
            result = CliRunner().invoke(app, words[1:], input=given)
            assert result.exit_code in {0, 1}, f"{command}: {result.output} {result.exception}"
            assert result.stdout.startswith(expected.rstrip("\n")), command
            ran += 1
    assert ran >= 9


def test_the_guides_remarks_silence_what_they_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _, name, text in BLOCKS:
        if name.endswith(".md"):
            (tmp_path / name).write_text(text, "utf-8")

    def found(name: str) -> set[str]:
        said = CliRunner().invoke(app, ["lint", name, "--today", "2026-11-21", "--format", "json"]).stdout
        return {finding["rule"] for goal in json.loads(said)["goals"] for finding in goal["findings"]}

    assert found("form.md") == set()
    assert not found("known.md") & {"no-deadline", "vague-deadline", "no-metric"}
    assert found("draft.md") == set()
    assert "no-deadline" in found("team.md")


def test_the_guides_configuration_is_one(tmp_path: Path) -> None:
    (text,) = [text for _, name, text in BLOCKS if name == "goals.toml"]
    (tmp_path / "goals.toml").write_text(text, "utf-8")
    found = read_configuration(tmp_path / "goals.toml")
    assert found is not None
    assert found.fail_on == "warning"
    assert found.for_file(str(tmp_path / "templates" / "a" / "b.md")).profile == "template"


def test_the_guide_names_every_profile_and_option() -> None:
    shown = CliRunner().invoke(app, ["lint", "--help"], terminal_width=100).stdout
    for option in re.findall(r"^  (--[a-z-]+)", shown, re.MULTILINE):
        assert option in GUIDE or option in {"--kind", "--ignore"}, option
    for name in profiles():
        assert f"`{name}`" in GUIDE


def entries(text: str) -> list[dict[str, str]]:
    """Read a list of flat maps, the only YAML that the hooks need."""
    found: list[dict[str, str]] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        match = re.fullmatch(r"(- |  )([a-z_]+): (\S.*)", line)
        assert match, f"not in the plain form that is read here: {line!r}"
        if match[1] == "- ":
            found.append({})
        assert match[2] not in found[-1], line
        found[-1][match[2]] = match[3]
    return found


HOOKS = {hook["id"]: hook for hook in entries((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
TAGS = {"csv", "file", "markdown", "plain-text", "text", "tsv"}
"""Of the tags that pre-commit knows, those for files with goals; another word makes it refuse all hooks."""


def test_hooks() -> None:
    assert list(HOOKS) == ["goals-lint", "goals-lint-fix"]
    options = set(re.findall(r"--[a-z-]+", CliRunner().invoke(app, ["lint", "--help"]).stdout))
    for hook in HOOKS.values():
        assert {"id", "name", "entry", "language", "types_or", "files"} <= set(hook)
        assert hook["language"] == "python"
        assert hook["entry"].startswith("goals lint")
        assert set(re.findall(r"--[a-z-]+", hook["entry"])) <= options
        assert set(hook["types_or"].strip("[]").split(", ")) <= TAGS
        assert re.search(hook["files"], "部门目标.md") and re.search(hook["files"], "team/Q1-OKRs.txt")
        assert not re.search(hook["files"], "README.md")


def test_hooks_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "goals.md"
    path.write_text("- 把线索转(zhuǎn)化率从8%升到10%\n", "utf-8")
    codes = {
        name: CliRunner().invoke(app, [*shlex.split(hook["entry"])[1:], path.name]).exit_code
        for name, hook in HOOKS.items()
    }
    assert codes == {"goals-lint": 1, "goals-lint-fix": 0}
    assert path.read_text("utf-8") == "- 把线索转化率从8%升到10%\n"


def test_the_guide_names_hooks_that_exist() -> None:
    assert set(re.findall(r"- id: (\S+)", GUIDE)) == set(HOOKS)


@pytest.mark.parametrize("name", ["rules.md", "rules.zh-Hans.md", "rules.zh-Hant.md"])
def test_the_rules_table_links_to_every_rule(name: str) -> None:
    text = generated()[name]
    headings = {
        re.sub(r"[^a-z0-9 -]", "", head.lower()).replace(" ", "-") for head in re.findall(r"^## (.*)$", text, re.M)
    }
    targets = re.findall(r"^\| \[[^]]+\]\(#([^)]+)\)", text, re.MULTILINE)
    assert len(targets) == len(all_rules())
    assert set(targets) <= headings
    assert text.count("\n# ") == 1


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
