"""The journal keeps what was finished, once, and says so when it is damaged."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from assistant.batch.journal import FILE, Journal
from assistant.batch.manifest import Manifest, changed
from assistant.errors import StorageError
from assistant.goals.batch import RowResult
from tests.batch.doing import TODAY, done, pairs

MANIFEST = Manifest(product="p", input_name="list.csv", input_digest="d", today=TODAY, drafter="offline")


def test_results_come_back_in_order_of_the_rows(tmp_path: Path) -> None:
    with Journal(tmp_path / "run", MANIFEST) as journal:
        rows = [row for row, _ in pairs(5)]
        journal.record([done(rows[3]), done(rows[0])])
        journal.record([done(rows[1])])
        assert [each.index for each in journal.results()] == [0, 1, 3]
        assert journal.finished() == {0, 1, 3}
    with Journal(tmp_path / "run") as journal:
        assert [each.index for each in journal.results()] == [0, 1, 3]
        assert journal.manifest == MANIFEST


def test_a_row_that_is_done_keeps_its_first_result_and_a_failed_one_takes_the_next(tmp_path: Path) -> None:
    row = pairs(1)[0][0]
    with Journal(tmp_path / "run", MANIFEST) as journal:
        journal.record([RowResult(index=0, id=row.id, state="failed", reason="no answer")])
        assert journal.finished() == frozenset()
        journal.record([done(row, "first")])
        journal.record([done(row, "second")])
        assert [each.rewrites[0].text for each in journal.results()] == ["first"]
        assert journal.attempts(0) == 2
        assert journal.attempts(7) == 0


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    with Journal(tmp_path / "run", MANIFEST):
        assert stat.S_IMODE((tmp_path / "run" / FILE).stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700


def _filled(folder: Path) -> Path:
    with Journal(folder, MANIFEST) as journal:
        journal.record([done(row) for row, _ in pairs(300)])
    return folder / FILE


@pytest.mark.parametrize("cut", [1, 100, 4096])
def test_a_journal_that_was_cut_short_is_refused_and_a_copy_is_kept(tmp_path: Path, cut: int) -> None:
    file = _filled(tmp_path / "run")
    whole = file.read_bytes()
    file.write_bytes(whole[:-cut])
    with pytest.raises(StorageError, match="cannot be used") as told:
        Journal(tmp_path / "run")
    assert "A copy is kept" in str(told.value)
    assert file.with_suffix(".damaged").read_bytes() == whole[:-cut]


def test_a_journal_with_other_bytes_in_it_is_refused(tmp_path: Path) -> None:
    file = _filled(tmp_path / "run")
    data = bytearray(file.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    file.write_bytes(data)
    with pytest.raises(StorageError, match="cannot be used"):
        list(Journal(tmp_path / "run").results())


def test_a_missing_journal_is_no_new_one(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no journal"):
        Journal(tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_what_changed_is_named() -> None:
    other = MANIFEST.model_copy(update={"input_digest": "e", "prompts": (("draft", "x"),)})
    assert changed(MANIFEST, other) == ("the input's contents", "the prompts")
    assert changed(MANIFEST, MANIFEST) == ()
    assert MANIFEST.digest != other.digest
