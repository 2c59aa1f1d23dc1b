"""Run folders as runs, kills and hands leave them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import StorageError, UsageError
from assistant.evaluation.folder import each_sample, find, list_runs, read_manifest, read_samples, runs_home
from assistant.evaluation.results import GateVerdict
from assistant.evaluation.summary import summarise
from tests.conftest import Within
from tests.evaluation.run_samples import failed, manifest, sample, write


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three runs, the second the newest, beside what is no run."""
    folder = tmp_path / "runs"
    for name, day in (("20261119-ab", 19), ("20261121-ab", 21), ("20261120-cd", 20)):
        write(folder / name, manifest(name, created=f"2026-11-{day}T10:00:00Z"), [sample("a")])
    (folder / "empty").mkdir()
    (folder / "torn").mkdir()
    (folder / "torn" / "manifest.json").write_text('{"version": 1, "id', "utf-8")
    (folder / "note.txt").write_text("mine", "utf-8")
    return folder


def test_what_was_written_is_read(tmp_path: Path) -> None:
    about, samples = manifest(), [sample("a", output={"text": "一行\u2028二行\x85"}), failed("b"), sample("c", None)]
    folder = write(tmp_path / "run", about, samples)
    assert read_manifest(folder) == about
    assert read_samples(folder) == tuple(samples)
    assert next(each_sample(folder)) == samples[0]


def test_error_then_success_under_the_same_key(tmp_path: Path) -> None:
    folder = write(tmp_path / "run", manifest(), [failed("a"), sample("b"), sample("a", 0.8)])
    assert [(one.case, one.status) for one in read_samples(folder)] == [("b", "scored"), ("a", "scored")]


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_cut_last_line_is_ignored(tmp_path: Path, cut: int) -> None:
    line = sample("好", 0.5, output={"text": "增长"}).model_dump_json().encode()
    for length in (cut, len(line) - cut):
        folder = write(tmp_path / f"run-{length}", manifest(), [sample("a")], tail=line[:length])
        assert [one.case for one in read_samples(folder)] == ["a"]


def test_cut_inside_a_character(tmp_path: Path) -> None:
    line = '{"key": "增'.encode()[:-1]
    assert len(read_samples(write(tmp_path / "run", manifest(), [sample("a")], tail=line))) == 1


def test_whole_last_line_without_its_end_counts(tmp_path: Path) -> None:
    line = sample("b").model_dump_json().encode()
    assert [one.case for one in read_samples(write(tmp_path / "run", manifest(), [sample("a")], tail=line))] == [
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    "line",
    [
        b'{"version": 1, "key": "cut\n',
        b"\xff\xfe\n",
        b"[1, 2]\n",
        b'{"version": 1}\n',
        b'{"version": 2, "key": "k"}\n',
        sample("a").model_dump_json().encode() * 2 + b"\n",
    ],
)
def test_broken_line_names_file_and_number(tmp_path: Path, line: bytes) -> None:
    folder = write(
        tmp_path / "run", manifest(), [sample("a")], tail=line + sample("b").model_dump_json().encode() + b"\n"
    )
    with pytest.raises(StorageError, match=r"Line 2 of '.*samples\.jsonl'") as caught:
        read_samples(folder)
    assert caught.value.cure and "for further information" not in str(caught.value).lower()


def test_line_of_another_format_at_the_end_is_broken_not_cut(tmp_path: Path) -> None:
    folder = write(tmp_path / "run", manifest(), [], tail=b'{"version": 2, "key": "k"}')
    with pytest.raises(StorageError, match="Line 1"):
        read_samples(folder)


def test_no_samples_yet(tmp_path: Path) -> None:
    folder = write(tmp_path / "run", manifest(), [], tail=b"\n\n")
    assert read_samples(folder) == ()
    (folder / "samples.jsonl").unlink()
    assert read_samples(folder) == ()
    with pytest.raises(StorageError, match="nowhere"):
        read_samples(tmp_path / "nowhere")


def test_manifest_that_cannot_be_read(home: Path) -> None:
    with pytest.raises(StorageError, match=r"'.*torn.*' is no manifest"):
        read_manifest(home / "torn")
    with pytest.raises(StorageError, match="cannot be read"):
        read_manifest(home / "empty")


def test_runs_the_newest_first(home: Path) -> None:
    about = read_manifest(home / "20261120-cd")
    summary = summarise(about, [failed("a"), sample("b")], 1.0)
    (home / "20261120-cd" / "summary.json").write_text(summary.model_dump_json(), "utf-8")
    verdict = GateVerdict(run=about.id, outcome="incomplete", reasons=())
    (home / "20261120-cd" / "verdict.json").write_text(verdict.model_dump_json(), "utf-8")
    (home / "20261119-ab" / "summary.json").write_text("{", "utf-8")
    runs = list_runs(home)
    assert [run.id for run in runs] == ["20261121-ab", "20261120-cd", "20261119-ab"]
    assert [(run.finished, run.errors, run.outcome) for run in runs] == [
        (None, None, None),
        (2, 1, "incomplete"),
        (None, None, None),
    ]
    assert (runs[0].suites, runs[0].variants, runs[0].planned) == (("drafting",), ("offline",), 1)
    assert Path(runs[0].path) == home / "20261121-ab"


def test_hundreds_of_runs_are_listed_fast(tmp_path: Path, within: Within) -> None:
    for number in range(300):
        about = manifest(f"run-{number:03}", created=f"2026-11-21T10:{number // 60:02}:{number % 60:02}Z")
        folder = write(tmp_path / "runs" / about.id, about, [], tail=b"never read\n")
        (folder / "summary.json").write_text(summarise(about, [sample("a")], 1.0).model_dump_json(), "utf-8")
    with within(2):
        runs = list_runs(tmp_path / "runs")
    assert (len(runs), runs[0].id, runs[-1].id) == (300, "run-299", "run-000")


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOALS_HOME", str(tmp_path / "data"))
    assert runs_home() == tmp_path / "data" / "evals" / "runs"
    assert list_runs() == []
    with pytest.raises(UsageError, match="no run yet"):
        find("latest")
    assert not (tmp_path / "data").exists()


def test_find(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = home / "20261121-ab"
    for name in (
        "20261121-ab",
        "20261121",
        " 20261121-a ",
        "latest",
        str(newest),
        f"{newest}/",
        f"{home}/./20261121-ab",
    ):
        assert find(name, home) == newest, name
    assert find("torn", home) == home / "torn", "reading its manifest says what is wrong"
    monkeypatch.chdir(home.parent)
    assert find("runs/20261121-ab", home / "elsewhere").resolve() == newest
    monkeypatch.setenv("GOALS_HOME", str(home.parent / "data"))
    write(runs_home() / "mine", manifest("mine"))
    assert find("mine") == find("latest") == runs_home() / "mine"


def test_an_id_that_begins_another_is_itself(home: Path) -> None:
    write(home / "20261121-ab-2", manifest("20261121-ab-2"))
    assert find("20261121-ab", home) == home / "20261121-ab"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("202611", "3 runs begin with '202611'"),
        ("20261121-ba", "There is no run '20261121-ba'. Did you mean '20261121-ab'"),
        ("zzz", "There is no run 'zzz'. Name one of these runs: '20261121-ab', '20261120-cd', '20261119-ab'"),
        ("", "There is no run ''"),
        ("empty", "There is no run 'empty'"),
        ("note.txt", "There is no run 'note.txt'"),
        ("../nowhere", "There is no run"),
        ("~nobody-at-all/x", "There is no run"),
        ("x" * 5_000, "There is no run"),
        ("a\0b", "There is no run"),
    ],
)
def test_find_says_what_is_near(home: Path, name: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        find(name, home)
    assert said in str(caught.value)
