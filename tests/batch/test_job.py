"""A run in its folder: begun, gone on with, refused, written; and the command around it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.batch import job as jobs
from assistant.batch import preparing, run
from assistant.batch.job import Job
from assistant.batch.journal import FILE
from assistant.cli.main import app
from assistant.errors import AssistantError, InputError, JobBusy, StorageError, UsageError
from assistant.goals.batch import BatchRow, RowResult
from assistant.settings import Settings
from tests.batch.doing import TODAY, Waiting, done

ROWS = ("Improve customer satisfaction soon", "Raise NPS from 31 to 40 by 30 June 2027", "年底前将投诉率从5%降低至8%")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GOALS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "goals.csv"
    path.write_text("id,goal,owner\n" + "".join(f"G{n},{text},team {n}\n" for n, text in enumerate(ROWS)), "utf-8")
    return path


def prepared(path: Path, **options: Any) -> preparing.Prepared:
    settings = options.pop("settings", Settings())
    return preparing.prepare(
        path, preparing.Options(today=TODAY, **{"llm": "offline", **options}), settings, product="test"
    )


def begun(path: Path, output: Path, **options: Any) -> Job:
    ready = prepared(path, **options)
    job = ready.open(output)
    job.begin(ready.source, ready.manifest)
    return job


def rewriting(monkeypatch: pytest.MonkeyPatch, answer: Callable[[BatchRow], RowResult] = done) -> Waiting:
    rewriter = Waiting(answer=answer)
    monkeypatch.setattr(jobs, "Rewriter", lambda *args, **kwargs: rewriter)
    return rewriter


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_list_comes_back_with_what_became_of_it(
    listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewriting(monkeypatch)
    output = tmp_path / "out.csv"
    with begun(listed, output) as job:
        progress = job.work(Settings(), limits=run.Limits())
        job.write(output)
        summary = job.summary()
    assert progress.stopped == ""
    rows = table(output)
    assert [row["goal"] for row in rows] == list(ROWS)
    assert [row["Rewritten goal"] for row in rows] == [f"{text}!" for text in ROWS]
    assert (summary.rows, summary.rewritten, summary.pending) == (3, 3, 0)
    assert summary.balance.model_dump() == {"growth": 2, "efficiency": 0, "risk": 1, "team": 0, "other": 0}


def test_a_run_goes_on_and_does_only_what_is_left(
    listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.csv"

    def answer(row: BatchRow) -> RowResult:
        return RowResult(index=1, id=row.id, state="failed", reason="no answer") if row.index == 1 else done(row)

    rewriting(monkeypatch, answer)
    with begun(listed, output) as job:
        job.work(Settings(), limits=run.Limits())
        job.write(output)
        assert job.summary().failed == 1
        folder = job.folder
    with Job(folder) as job:
        assert job.unfinished, "a new run would throw away what is done while a row can be tried again"
    assert [row["Status"] for row in table(output)] == ["rewritten", "failed", "rewritten"]
    assert table(output)[1]["Why not processed"] == "no answer"
    again = rewriting(monkeypatch)
    ready = prepared(listed)
    with ready.open(output) as job:
        job.resume(ready.manifest)
        job.work(Settings(), limits=run.Limits())
        job.write(output)
        assert again.asked == [1]
    with Job(folder) as job:
        assert not job.unfinished
    assert [row["Status"] for row in table(output)] == ["rewritten"] * 3


def _other_input(path: Path) -> dict[str, Any]:
    path.write_text(path.read_text("utf-8") + "G9,Cut the return rate,team 9\n", "utf-8")
    return {}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_other_input, "the input's contents"),
        (lambda path: {"columns": {"goal": "goal"}}, "the columns"),
        (lambda path: {"llm": "another", "settings": Settings(llm_base_url="http://127.0.0.1:9/v1")}, "the drafter"),
        (lambda path: {"org_goals": ("Grow",)}, "the goals of the organisation"),
        (lambda path: {"lint_only": True}, "the drafter"),
    ],
)
def test_a_run_is_never_gone_on_with_as_another(
    listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], dict[str, Any]], named: str
) -> None:
    rewriting(monkeypatch)
    output = tmp_path / "out.csv"
    begun(listed, output).close()
    ready = prepared(listed, **change(listed))
    with ready.open(output) as job, pytest.raises(UsageError, match=named):
        job.resume(ready.manifest)


def test_changed_prompts_are_not_mixed(listed: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    settings = Settings(llm_base_url="http://127.0.0.1:9/v1", llm_model="m")
    begun(listed, output, llm=None, settings=settings).close()
    ready = prepared(listed, llm=None, settings=settings)
    assert ready.manifest.prompts
    other = ready.manifest.model_copy(update={"prompts": (("draft", "0" * 64),)})
    with ready.open(output) as job, pytest.raises(UsageError, match="the prompts"):
        job.resume(other)


def test_two_processes_cannot_work_on_one_output(listed: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    ready = prepared(listed)
    with ready.open(output):
        program = (
            "import sys; from pathlib import Path; from assistant.batch.job import Job\n"
            "from assistant.batch.preparing import folder_of\n"
            "from assistant.errors import JobBusy\n"
            "try: Job(folder_of(Path(sys.argv[1])))\n"
            "except JobBusy as error: print(error); sys.exit(7)"
        )
        other = subprocess.run(
            [sys.executable, "-c", program, str(output)], capture_output=True, text=True, check=False, timeout=60
        )
        assert other.returncode == 7
        assert "Another process" in other.stdout
        with pytest.raises(JobBusy):
            ready.open(output)
    ready.open(output).close()


def test_a_damaged_journal_is_refused_and_a_new_run_begins(
    listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewriting(monkeypatch)
    output = tmp_path / "out.csv"
    with begun(listed, output) as job:
        job.work(Settings(), limits=run.Limits())
        folder = job.folder
    data = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(data[:-1])
    ready = prepared(listed)
    with ready.open(output) as job, pytest.raises(StorageError, match="cannot be used"):
        job.resume(ready.manifest)
    with begun(listed, output) as job:
        assert job.work(Settings(), limits=run.Limits()).done == 3


@pytest.mark.parametrize(
    ("name", "error", "told"),
    [
        ("out.xlsx", UsageError, "does not end like the input"),
        ("goals.csv", UsageError, "overwrite the input"),
        ("missing/out.csv", InputError, "not there"),
    ],
)
def test_an_output_that_cannot_be_is_told_before_anything_is_done(
    listed: Path, tmp_path: Path, name: str, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        prepared(listed).check([tmp_path / name], force=False)


def test_an_output_that_is_there_is_not_replaced_unasked(listed: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    output.write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="--force"):
        prepared(listed).check([output], force=False)
    prepared(listed).check([output], force=True)


def test_a_full_disk_leaves_no_part_of_an_output(listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rewriting(monkeypatch)
    output = tmp_path / "out.csv"
    with begun(listed, output) as job:
        job.work(Settings(), limits=run.Limits())

        def full(*args: Any, **kwargs: Any) -> tuple[str, ...]:
            args[3].write(b"half")
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(jobs.outputs, "write", full)
        with pytest.raises(InputError, match="No space left"):
            job.write(output)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["goals.csv", "home"]
        monkeypatch.undo()
        monkeypatch.setenv("GOALS_HOME", str(tmp_path / "home"))
        job.write(output)
    assert len(table(output)) == 3


# --- the command ------------------------------------------------------------------------------------------------------


@dataclass
class Told:
    """What a command said and its exit code."""

    exit_code: int
    output: str


def goals(*arguments: object) -> Told:
    told = CliRunner().invoke(app, ["batch", *map(str, arguments), "--today", "2026-11-21"])
    if isinstance(told.exception, AssistantError):
        return Told(2, f"{told.output}{told.exception}")
    if told.exception is not None and not isinstance(told.exception, SystemExit):
        raise told.exception
    return Told(told.exit_code, told.output)


def test_the_command_rewrites_a_list_offline(listed: Path, tmp_path: Path) -> None:
    output, whole = tmp_path / "out.csv", tmp_path / "out.json"
    told = goals(listed, "-o", output, "-o", whole, "--llm", "offline")
    assert told.exit_code == 0, told.output
    rows = table(output)
    assert [row["Status"] for row in rows] == ["rewritten", "left as it is", "needs an answer"]
    assert [row["goal"] for row in rows] == list(ROWS)
    assert json.loads(whole.read_text("utf-8"))["summary"]["rows"] == 3
    again = goals(listed, "-o", output, "--llm", "offline")
    assert again.exit_code == 2
    assert "is there already" in again.output


def test_the_command_only_judges(listed: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    told = goals(listed, "-o", output, "--lint-only", "--format", "json")
    assert told.exit_code == 0, told.output
    rows = table(output)
    assert "Rewritten goal" not in rows[0]
    assert {row["Status"] for row in rows} == {"checked"}
    assert rows[1]["Score before"] == "100"


def test_a_dry_run_shows_the_columns_and_writes_nothing(listed: Path, tmp_path: Path) -> None:
    told = goals(listed, "--dry-run", "--llm", "offline")
    assert told.exit_code == 0
    assert "goal" in told.output
    assert "3 rows, 1 of them good" in told.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["goals.csv"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "no output"),
        (("-o", "out.csv", "--resume", "--new"), "exclude"),
        (("-o", "out.csv", "--column", "goal"), "--column cannot be"),
        (("-o", "out.csv", "--column", "golf=1"), "--column cannot be"),
        (("-o", "out.csv", "--resume", "--llm", "offline"), "no run of this output"),
        (("-o", "out.csv", "--max-cost", "1", "--llm", "m"), "prices"),
        (("-o", "out.csv", "--export-requests", "asks.jsonl", "--llm", "offline"), "none is chosen"),
    ],
)
def test_wrong_usage_is_told_in_a_line(
    listed: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(listed.parent)
    told = goals(listed, *arguments)
    assert told.exit_code == 2, told.output
    assert said in told.output
    assert not (listed.parent / "out.csv").exists()


def test_questions_and_answers_go_through_files(listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOALS_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    output, asks, answers = tmp_path / "out.csv", tmp_path / "asks.jsonl", tmp_path / "answers.jsonl"
    told = goals(listed, "-o", output, "--llm", "hosted", "--export-requests", asks)
    assert told.exit_code == 3, told.output
    assert not output.exists()
    lines = [json.loads(line) for line in asks.read_text("utf-8").splitlines()]
    assert len(lines) == 1, "the row that is good and the row that needs an answer ask nothing"
    assert lines[0]["url"] == "/v1/chat/completions"
    assert lines[0]["body"]["model"] == "hosted"
    assert "Improve customer satisfaction" in lines[0]["body"]["messages"][-1]["content"]
    body = {
        "model": "hosted-1",
        "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "no goals, sorry"}}],
        "usage": {"prompt_tokens": 10, "completion_tokens": 4},
    }
    answer = {"custom_id": lines[0]["custom_id"], "error": None, "response": {"status_code": 200, "body": body}}
    answers.write_text(json.dumps(answer) + "\n", "utf-8")
    told = goals(
        listed, "-o", output, "--llm", "hosted", "--resume", "--import-answers", answers, "--export-requests", asks
    )
    assert told.exit_code == 3, told.output
    repairs = [json.loads(line) for line in asks.read_text("utf-8").splitlines()]
    assert len(repairs) == 1
    assert repairs[0]["custom_id"] != lines[0]["custom_id"], "what could not be read is asked again, with the complaint"
    assert [message["role"] for message in repairs[0]["body"]["messages"]][-2:] == ["assistant", "user"]


def test_a_file_that_is_no_answer_is_told_with_its_line(
    listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOALS_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    answers = tmp_path / "answers.jsonl"
    answers.write_text('{"custom_id": "a", "response": {}}\nnot json\n', "utf-8")
    told = goals(listed, "-o", tmp_path / "out.csv", "--llm", "hosted", "--import-answers", answers)
    assert told.exit_code == 2
    assert "answers.jsonl:2" in told.output
