"""Method texts are read strictly, and a broken one never takes the others with it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import KnowledgeError
from assistant.goals.method import MethodText
from assistant.paths import resource
from assistant.retrieval import methods
from tests.retrieval.support import write_text

GOOD = """---
topic: smart
title: SMART: goals that can be checked
language: en
sources:
  - Doran, G. T. (1981). There's a way: "objectives".
  - "Quoted: work"
related: [okr, kpi-design]
---

## First idea

One.

### A detail
Still one.

## Second idea
Two.
"""


def write(folder: Path, text: str, name: str = "smart.en.md") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path


def test_good_text(tmp_path: Path) -> None:
    text = methods.read(write(tmp_path, GOOD))
    assert text.topic == "smart"
    assert text.title == "SMART: goals that can be checked"
    assert text.sources == ('Doran, G. T. (1981). There\'s a way: "objectives".', "Quoted: work")
    assert text.related == ("okr", "kpi-design")
    assert [section.heading for section in text.sections] == ["First idea", "Second idea"]
    assert text.sections[0].text == "One.\n\n### A detail\nStill one."


@pytest.mark.parametrize("text", [GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD])
def test_line_ends_and_mark_do_not_matter(tmp_path: Path, text: str) -> None:
    assert methods.read(write(tmp_path, text)) == methods.read(write(tmp_path, GOOD))


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("---\ntopic", "topic", 1, "front matter"),
        ("\n---\n\n## First", "\n\n## First", 1, "no end"),
        ("topic: smart", "topic: Smart!", 2, "Smart!"),
        ("title: SMART: goals that can be checked", "title:", 3, "title"),
        ("language: en", "language: fr", 4, "fr"),
        ("language: en", "language: zh-Hans", 2, "smart.zh-Hans.md"),
        ("language: en\n", "", 8, "language"),
        ("related:", "author: me\nrelated:", 8, "author"),
        ("related: [okr, kpi-design]", "related: okr", 8, "related"),
        ("related:", "title: again\nrelated:", 8, "twice"),
        ("topic: smart", "topic: smart\n  - item", 3, "list item"),
        ('  - "Quoted: work"', "  - ", 5, "empty item"),
        ("## First", "Loose.\n\n## First", 11, "before the first section"),
        ("Two.", "", 18, "Second idea"),
        ("## First idea\n\nOne.\n\n### A detail\nStill one.\n\n## Second idea\nTwo.", "", 13, "no section"),
    ],
)
def test_broken_text_is_named_with_line_and_cure(tmp_path: Path, old: str, new: str, line: int, word: str) -> None:
    assert GOOD.count(old) == 1
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(KnowledgeError) as caught:
        methods.read(path)
    assert word in str(caught.value)
    assert caught.value.cure
    assert str(caught.value).startswith(f"{path}:")
    if word != "no section":
        assert caught.value.values["line"] == str(line)


def test_other_encodings_are_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "smart.zh-Hans.md"
    path.write_bytes("---\ntopic: smart\ntitle: 目标\n".encode("gb18030"))
    with pytest.raises(KnowledgeError, match="md:3: It is not UTF-8"):
        methods.read(path)


def test_oversized_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="bytes"):
        methods.read(write(tmp_path, GOOD + "x" * methods.MAX_FILE_BYTES))


def test_one_broken_file_leaves_the_others(folder: Path) -> None:
    (folder / "raci.zh-Hans.md").write_text("no front matter", "utf-8")
    library = methods.load(folder)
    assert "raci" not in {text.topic for text in library.texts}
    assert len(library.texts) == 6
    assert len(library.problems) == 1
    assert "raci.zh-Hans.md:1:" in library.problems[0]


def test_all_broken_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "nothing")
    with pytest.raises(KnowledgeError, match=r"All method texts .* are broken"):
        methods.load(tmp_path)


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="No method text"):
        methods.load(tmp_path / "absent")


def test_readme_is_no_method_text(folder: Path) -> None:
    (folder / "README.md").write_text("# About", "utf-8")
    assert methods.load(folder).problems == ()


def test_files_of_the_product_are_sound() -> None:
    assert methods.load(resource("knowledge") / "methods").problems == ()


@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=200).map(lambda end: (GOOD[:160] + end).encode("utf-8", "replace"))
    )
)
def test_any_bytes_give_a_text_or_a_typed_error(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "smart.en.md"
        path.write_bytes(data)
        try:
            assert isinstance(methods.read(path), MethodText)
        except KnowledgeError as error:
            assert str(path) in str(error)


def test_support_library_is_sound(tmp_path: Path) -> None:
    assert methods.read(write_text(tmp_path, "raci.zh-Hans")).topic == "raci"
