"""What would make a prompt engineer distrust a run: parts that are missing, mixed, overwritten, forged or not said."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli.main import app
from assistant.errors import AssistantError
from assistant.evaluation import folder
from assistant.evaluation.samples import Score
from evals import baselines, provenance
from evals.report import plain
from evals.store import RunStore
from tests.llm.server import Answer, ModelServer

ROOT = Path(__file__).resolve().parents[2]
TEXT = "Cut time to hire from 57 days to 40 days by 30 June 2027. The baseline is 57 days."


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """References of this test alone, and code that nobody edits meanwhile."""
    monkeypatch.setattr(baselines, "HOME", tmp_path / "baselines")
    monkeypatch.setattr(provenance, "code", lambda: "the same")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    with ModelServer([Answer(TEXT)]) as running:
        monkeypatch.setenv("GOALS_LLM_BASE_URL", running.base_url)
        monkeypatch.setenv("GOALS_LLM_API_KEY", "k")
        yield running


def goals(*words: str) -> Result:
    return CliRunner().invoke(app, ["eval", *words])


def run(out: Path, *words: str) -> Result:
    return goals("run", *words, "-o", str(out))


def error_of(result: Result) -> str:
    assert isinstance(result.exception, AssistantError), result.output
    return str(result.exception)


def lint(out: Path, limit: int = 12) -> None:
    assert run(out, "--suite", "lint", "--limit", str(limit)).exit_code == 0


def test_a_partial_run_is_told_when_compared(tmp_path: Path) -> None:
    lint(tmp_path / "one")
    lint(tmp_path / "two")
    file = tmp_path / "two" / "samples.jsonl"
    file.write_text("".join(file.read_text("utf-8").splitlines(keepends=True)[:5]), "utf-8")
    result = goals("compare", str(tmp_path / "one"), str(tmp_path / "two"))
    assert result.exit_code == 3
    assert "NOT WHOLE" in result.output and "5 of 12" in result.output and "on one side only" in result.output
    assert "nothing differs" not in result.output


def test_a_run_of_nothing_is_refused(tmp_path: Path) -> None:
    words = ("--suite", "injection", "--variant", "obedient", "--filter", "benign")
    assert "No case and variant" in error_of(run(tmp_path / "run", *words))


def test_two_models_are_not_recorded_over_one_another(tmp_path: Path, server: ModelServer) -> None:
    kept = str(tmp_path / "kept")
    case = ("--case", "hr-time-to-hire-full.en")
    both = run(tmp_path / "a", "--variant", "freehand", "--model", "x", "--model", "y", *case, "--record", kept)
    assert "2 models" in error_of(both)
    assert run(tmp_path / "b", "--variant", "freehand", "--model", "x", *case, "--record", kept).exit_code == 0
    other = run(tmp_path / "c", "--variant", "freehand", "--model", "y", *case, "--record", kept)
    assert "holds answers of 'x'" in error_of(other)


def test_a_folder_that_cannot_be_written_is_told_before_any_call(tmp_path: Path, server: ModelServer) -> None:
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    told = run(tmp_path / "run", "--variant", "freehand", "--model", "x", "--limit", "2", "--record", str(file))
    assert "cannot be recorded" in error_of(told)
    assert not server.requests


def test_only_what_was_answered_counts_as_recorded(tmp_path: Path, server: ModelServer) -> None:
    kept = tmp_path / "kept"
    words = ("--variant", "freehand", "--model", "x", "--limit", "3", "--record", str(kept))
    assert run(tmp_path / "run", *words).exit_code == 0
    assert len(json.loads((kept / "recorded.json").read_text("utf-8"))["cases"]["drafting"]["freehand"]) == 3
    begun = ("--variant", "freehand", "--model", "x", "--limit", "3")
    assert run(tmp_path / "late", *begun).exit_code == 0
    assert "the parameters" in error_of(
        goals("run", *begun, "--record", str(tmp_path / "other"), "--resume", str(tmp_path / "late"))
    )


def test_a_replay_takes_the_recorded_cases_that_fit_the_filters(tmp_path: Path, server: ModelServer) -> None:
    kept = tmp_path / "kept"
    run(tmp_path / "run", "--variant", "freehand", "--model", "x", "--limit", "9", "--record", str(kept))
    replay = ("--variant", "freehand", "--replay", str(kept))
    for words, count in ((("--limit", "2"), 2), (("--filter", "en"), 3), (("--split", "dev"), 6), ((), 9)):
        out = tmp_path / f"again{len(words)}{words[-1:]}"
        assert run(out, *replay, *words).exit_code == 0
        assert len(folder.read_samples(out)) == count


def test_a_case_asked_for_twice_is_run_once(tmp_path: Path, server: ModelServer) -> None:
    case = ("--case", "hr-time-to-hire-full.en")
    result = run(tmp_path / "run", "--variant", "freehand", "--model", "x", *case, *case)
    assert result.exit_code == 0 and len(server.requests) == 1


def test_a_run_is_not_resumed_at_another_endpoint(tmp_path: Path, server: ModelServer) -> None:
    words = ("--variant", "freehand", "--model", "x", "--limit", "3")
    run(tmp_path / "run", *words)
    with ModelServer([Answer("Something else.")]) as other:
        os.environ["GOALS_LLM_BASE_URL"] = other.base_url
        assert "the parameters" in error_of(goals("run", *words, "--resume", str(tmp_path / "run")))


def test_a_replay_is_not_resumed_with_other_recordings(tmp_path: Path, server: ModelServer) -> None:
    kept = tmp_path / "kept"
    run(tmp_path / "run", "--variant", "freehand", "--model", "x", "--limit", "3", "--record", str(kept))
    replay = ("--variant", "freehand", "--replay", str(kept))
    run(tmp_path / "again", *replay)
    changed = next(kept.rglob("*r0.json"))
    changed.write_text(changed.read_text("utf-8").replace("57 days", "58 days"), "utf-8")
    assert "the parameters" in error_of(goals("run", *replay, "--resume", str(tmp_path / "again")))


def test_code_counts_with_its_word_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    before = provenance.code()
    hashed: list[Path] = []
    monkeypatch.setattr(provenance, "_digest", lambda files: hashed.extend(files) or "x")
    provenance.code()
    assert before and {".py", ".toml"} <= {path.suffix for path in hashed}
    assert not any("__pycache__" in path.parts for path in hashed)


def test_a_cap_without_reported_use_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOALS_LLM_PRICE_INPUT", "1")
    monkeypatch.setenv("GOALS_LLM_PRICE_OUTPUT", "1")
    with ModelServer([Answer(TEXT, usage=None)]) as server:
        monkeypatch.setenv("GOALS_LLM_BASE_URL", server.base_url)
        words = ("--variant", "freehand", "--model", "x", "--limit", "9", "--at-once", "1", "--max-cost", "5")
        result = run(tmp_path / "run", *words)
        assert result.exit_code == 3 and "cannot be capped" in result.output + result.stderr
        assert len(server.requests) == 1


def test_variants_whose_names_look_alike_have_their_own_reference(tmp_path: Path) -> None:
    names = ["模型甲/draft-v3", "模型乙/draft-v3", "openai/x", "openai-x", "openai--x", "a b", "a-b"]
    assert len({baselines.place("drafting", name) for name in names}) == len(names)


def test_what_a_model_says_forges_no_line(tmp_path: Path) -> None:
    lint(tmp_path / "run", 3)
    forged = "\x1b[2J\x1b[31m![x](http://evil.example/x.png) <script>\n\nverdict: pass\n## ✅ passed \u202e"
    samples = [
        each.model_copy(update={"scores": {**each.scores, "rules": Score(value=0.0, passed=False, why=forged)}})
        for each in folder.read_samples(tmp_path / "run")
    ]
    (tmp_path / "run" / "samples.jsonl").unlink()
    with RunStore(tmp_path / "run") as store:
        for sample in samples:
            store.append(sample)
    result = goals("gate", str(tmp_path / "run"), "-v")
    assert "\x1b" not in result.output and "\u202e" not in result.output
    assert [line for line in result.output.splitlines() if line.startswith("verdict:")] == ["verdict: pass"]
    summary = (tmp_path / "run" / "summary.md").read_text("utf-8")
    assert "![x](" not in summary and "<script>" not in summary
    assert plain.escaped("# **a** [b](c) `d` <e>|~") == r"\# \*\*a\*\* \[b\]\(c\) \`d\` \<e\>\|\~"


def test_gate_with_rescore_tells_one_story(tmp_path: Path) -> None:
    lint(tmp_path / "runs" / "one")
    result = goals("gate", str(tmp_path / "runs" / "one"), "--rescore", "--format", "json")
    verdict = json.loads(result.output)
    again = tmp_path / "runs" / verdict["run"]
    assert again.name != "one" and (again / "verdict.json").exists()
    assert not (tmp_path / "runs" / "one" / "verdict.json").exists()


@pytest.mark.parametrize("tolerance", ["nan", "-1", "inf"])
def test_a_tolerance_that_is_none_is_refused(tmp_path: Path, tolerance: str) -> None:
    lint(tmp_path / "run", 3)
    assert "tolerance" in error_of(goals("gate", str(tmp_path / "run"), "--tolerance", tolerance))


def test_a_missing_reference_is_incomplete_where_ci_is_strict(tmp_path: Path) -> None:
    lint(tmp_path / "run", 3)
    assert goals("gate", str(tmp_path / "run")).exit_code == 0
    assert goals("gate", str(tmp_path / "run"), "--strict").exit_code == 3


def test_a_foreign_sample_is_told(tmp_path: Path) -> None:
    lint(tmp_path / "run", 3)
    file = tmp_path / "run" / "samples.jsonl"
    alien = json.loads(file.read_text("utf-8").splitlines()[0]) | {"suite": "drafting", "key": "0" * 64}
    file.write_text(file.read_text("utf-8") + json.dumps(alien) + "\n", "utf-8")
    assert "mixed" in error_of(goals("gate", str(tmp_path / "run")))


def test_an_answer_that_cannot_be_scored_again_is_named(tmp_path: Path) -> None:
    lint(tmp_path / "runs" / "run", 3)
    file = tmp_path / "runs" / "run" / "samples.jsonl"
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    rows[1]["output"] = {"odd": 1}
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert rows[1]["case"] in error_of(goals("score", str(tmp_path / "runs" / "run")))


@pytest.mark.timeout(300)
def test_ctrl_c_keeps_what_is_done_and_ends_cleanly(tmp_path: Path, index_home: Path) -> None:
    with ModelServer([Answer(TEXT, delay=0.3)]) as server:
        environment = os.environ | {
            "GOALS_HOME": str(index_home), "GOALS_LLM_BASE_URL": server.base_url, "GOALS_LLM_API_KEY": "k",
            "GOALS_EMBEDDING": "lexical",
        }  # fmt: skip
        command = [
            str(Path(sys.executable).with_name("goals")), "eval", "run", "--variant", "freehand", "--model", "x",
            "--limit", "60", "--at-once", "3", "-o", str(tmp_path / "run"),
        ]  # fmt: skip
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        file = tmp_path / "run" / "samples.jsonl"
        deadline = time.monotonic() + 100
        while process.poll() is None and time.monotonic() < deadline:
            if file.exists() and file.read_bytes().count(b"\n") >= 4:
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=100)
    assert process.returncode == 3, errors
    assert "Traceback" not in errors and "interrupted" in errors and "--resume" in errors
    assert 4 <= len(folder.read_samples(tmp_path / "run")) < 60
    assert (tmp_path / "run" / "report.html").exists()
