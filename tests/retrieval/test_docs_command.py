"""`goals docs` on real files: what goes in, what is refused, what is shown, and what stays after removal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli.main import app
from assistant.errors import UsageError

pytestmark = pytest.mark.usefixtures("letters")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "战略.md").write_text("# 2027年战略\n\n## 重点\n\n公司要让老客户愿意推荐我们。\n", "utf-8")
    (folder / "kpi.csv").write_bytes("指标,实际,周期\n投诉率,6.3%,2026年第三季度\n".encode("gb18030"))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    return folder


def test_documents_go_in_and_are_listed_shown_and_removed(papers: Path) -> None:
    added = run("docs", "add", str(papers / "战略.md"), str(papers / "kpi.csv"), "--format", "json")
    assert added.exit_code == 0, added.output
    rows = json.loads(added.stdout)
    assert rows["version"] == 1
    assert [(row["name"], row["format"]) for row in rows["documents"]] == [("战略.md", "markdown"), ("kpi.csv", "csv")]
    assert rows["documents"][1]["encoding"] == "GB18030"
    assert json.loads(run("docs", "list", "--format", "json").stdout) == rows
    shown = json.loads(run("docs", "show", "战略.md", "--format", "json").stdout)
    assert [part["text"] for part in shown["parts"]] == ["公司要让老客户愿意推荐我们。"]
    assert "第" in shown["parts"][0]["place"]
    assert "kpi.csv" in run("docs", "remove", rows["documents"][1]["id"][:6]).stdout
    assert [row["name"] for row in json.loads(run("docs", "list", "--format", "json").stdout)["documents"]] == [
        "战略.md"
    ]


def test_citations_are_exact(papers: Path) -> None:
    run("docs", "add", str(papers / "战略.md"))
    (found,) = json.loads(run("search", "老客户推荐", "--in", "documents", "--format", "json").stdout)
    assert set(found) == {"id", "topic", "title", "language", "score", "source", "text"}
    assert found["topic"] == "战略.md" and found["source"].startswith("战略.md, ")
    assert found["text"] in (papers / "战略.md").read_text("utf-8")


def test_a_file_that_cannot_be_read_is_told_and_the_others_go_in(papers: Path) -> None:
    result = run("docs", "add", *(str(path) for path in sorted(papers.iterdir())), str(papers / "missing.md"))
    assert result.exit_code == 3
    assert "empty.txt" in result.stderr and "Word 97" in result.stderr and "missing.md" in result.stderr
    assert "added 战略.md" in result.stdout and "added kpi.csv" in result.stdout
    assert run("docs", "add", str(papers / "empty.txt")).exit_code == 2


def test_the_same_name_replaces(papers: Path) -> None:
    run("docs", "add", str(papers / "战略.md"))
    (papers / "战略.md").write_text("全新的内容写在这里。\n", "utf-8")
    assert "replaced 战略.md" in run("docs", "add", str(papers / "战略.md")).stdout
    assert "愿意推荐" not in run("docs", "show", "战略.md").stdout


def test_workspaces_are_apart(papers: Path) -> None:
    run("docs", "add", str(papers / "战略.md"), "--workspace", "华东")
    assert "No documents yet" in run("docs", "list").stdout
    assert "战略.md" in run("docs", "list", "--workspace", "华东").stdout
    assert json.loads(run("search", "老客户推荐", "--in", "documents", "--format", "json").stdout) == []


def test_what_is_not_there_is_said(papers: Path) -> None:
    result = run("docs", "show", "nothing")
    assert isinstance(result.exception, UsageError) and "nothing" in str(result.exception)
