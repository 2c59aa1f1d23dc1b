"""Files are replaced in whole or not at all."""

from __future__ import annotations

import os

import pytest

from assistant.errors import InputError
from assistant.files import write_atomically


def test_keeps_mode_and_link(tmp_path):
    target = tmp_path / "goals.md"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["goals.md", "link.md"]


def test_a_new_file_gets_the_usual_mode(tmp_path):
    write_atomically(tmp_path / "new.md", b"x")
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "new.md").stat().st_mode & 0o777 == 0o666 & ~mask


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, broken):
    target = tmp_path / "goals.md"
    target.write_bytes(b"old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, broken, fail)
    with pytest.raises(InputError, match="No space left"):
        write_atomically(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["goals.md"]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(InputError, match=r"nowhere/goals\.md' cannot be written"):
        write_atomically(tmp_path / "nowhere" / "goals.md", b"x")
