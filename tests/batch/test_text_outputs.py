"""Results in plain text and Markdown: every original line stays, lists and tables still render, words stay words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.batch import long_lists
from assistant.batch import source as opening
from assistant.batch.cells import COLUMNS
from assistant.batch.outputs.marked import escaped, table_cell
from assistant.batch.source import open_source
from assistant.errors import InputError
from tests.batch.outcomes import output, results_of, rewritten

RENDER = MarkdownIt("commonmark").enable("table")
PARTS = st.sampled_from(
    [
        "# 2027 goals", "- Cut costs by 5% by June 2027", "  - Owner: Ann", "- [ ] Raise NPS to 40 by Q2 2027",
        "10. Open two shops by May 2027", "", "", "> - Cut complaints to 3%", "Prose about nothing in particular.",
        "| Goal | Owner |\n|---|---|\n| Grow \\| x by 5% | Bob |\n| Shrink cost to 3 |", "```\n- code\n```",
        "<!-- - remark -->", "O1: Grow sales\n  - KR1: NPS to 40\n  - KR2: churn to 3%", "目标1：把投诉率降到3%",
        "\t* tabbed goal to raise sales by 5%", "部门：销售", "**Goal 2**: Win 30 customers by June 2027",
        "continued on the next line without mark", "### Goal 3: Launch in May 2027\n- Metric: users",
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("texts")


def made(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_source(path)


def without_ours(data: bytes, text: bytes) -> bool:
    """Tell whether the lines of the input stand in the output in order, whole, or lengthened as rows of a table."""
    wanted = text.splitlines(keepends=True)
    at = 0
    for line in data.splitlines(keepends=True):
        if at < len(wanted):
            old = wanted[at]
            body = old.rstrip(b"\r\n")
            if (
                line == old
                or (at == len(wanted) - 1 and line.rstrip(b"\r\n") == body)
                or (b"|" in old and line.startswith(body))
            ):
                at += 1
    return at == len(wanted)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PARTS, min_size=1, max_size=9),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["t.md", "t.txt"]),
    st.booleans(),
    st.booleans(),
)
def test_every_line_stays(folder, parts, end, name, diff, last):
    text = "\n".join(parts).replace("\n", end) + (end if last else "")
    try:
        source = made(folder, name, text)
    except InputError:
        return
    data, _ = output(source, as_diff=diff)
    assert without_ours(data, text.encode())
    changed = sum(1 for row in source.rows() if row.index % 4 in (0, 2))
    assert data.count("2027年6月30日前把第".encode()) == changed
    assert data.count(b"\r\n") == (data.count(b"\n") if end == "\r\n" else 0) or not text.count(end)


def test_the_whole_of_a_list_in_markdown(tmp_path):
    text = "# Goals 2027\n\n- Cut costs by 5%\n  - Owner: Ann\n- [ ] Raise NPS\n10. Open a shop\n\nEnd.\n"
    data, notices = output(made(tmp_path, "t.md", text), columns=("rewritten", "status", "score_before"))
    assert notices == ()
    assert data.decode() == (
        "# Goals 2027\n\n- Cut costs by 5%\n  - Owner: Ann\n"
        "  - **改写后的目标**：2027年6月30日前把第 0 项降到3%\n  - **状态**：已改写\n  - **原分数**：40\n"
        "- [ ] Raise NPS\n  - **状态**：原样保留\n  - **原分数**：40\n"
        "10. Open a shop\n"
        "    - **改写后的目标**：2027年6月30日前把第 2 项降到3%\n    - **状态**：已改写\n    - **原分数**：40\n"
        "\nEnd.\n"
    )
    html = RENDER.render(data.decode())
    assert html.count("<ol start=") == 1
    assert "<code>" not in html
    assert html.count("<p>End.</p>") == 1


def test_the_whole_of_a_table_in_markdown(tmp_path):
    text = "| Goal | Owner |\n|---|---|\n| Grow \\| x | Bob |\n| Shrink |\n\nText\n"
    source = made(tmp_path, "t.md", text)
    data, _ = output(source, columns=("rewritten", "status"), language="en")
    assert data.decode() == (
        "| Goal | Owner | Rewritten goal | Status |\n|---|---| --- | --- |\n"
        "| Grow \\| x | Bob | 2027年6月30日前把第 0 项降到3% | rewritten |\n"
        "| Shrink |  | Shrink | left as it is |\n\nText\n"
    )
    assert RENDER.render(data.decode()).count("<td>") == 8


def test_words_that_stay_are_not_escaped_twice(tmp_path):
    text = "Goal | Owner\n--- | ---\nGrow | A\nGrow \\| x | B\n"
    data, _ = output(made(tmp_path, "t.md", text), columns=("rewritten",), language="en")
    assert data.decode().splitlines()[3] == "Grow \\| x | B | Grow \\| x"


def test_escapes_of_the_goal_are_not_escaped_again_in_what_is_added(tmp_path):
    text = "| Goal |\n|---|\n| SEO \\| content |\n\n- Grow \\*x\\*\n"
    source = made(tmp_path, "t.md", text)
    rows = list(source.rows())
    results = [rewritten(row, f"Grow {row.text} by 3%") for row in rows]
    data, _ = output(source, results, columns=("rewritten",), language="en")
    lines = data.decode().splitlines()
    assert lines[2] == "| SEO \\| content | Grow SEO \\| content by 3% |"
    assert lines[5] == "  - **Rewritten goal**: Grow Grow \\*x\\* by 3%"


def test_several_goals_are_numbered_where_the_row_has_no_id_of_its_own(tmp_path):
    source = made(tmp_path, "t.md", "- Cut costs and raise NPS\n")
    (row,) = source.rows()
    data, _ = output(source, [rewritten(row, "Cut costs", "Raise NPS")], columns=("rewritten",), language="en")
    assert data.decode() == (
        "- Cut costs and raise NPS\n  - **Rewritten goal**: (1) Cut costs\n  - **Rewritten goal**: (2) Raise NPS\n"
    )
    source = made(tmp_path, "t.md", "| ID | Goal |\n|---|---|\n| G7 | Cut costs and raise NPS |\n")
    (row,) = source.rows()
    data, _ = output(source, [rewritten(row, "Cut costs", "Raise NPS")], columns=("rewritten",), language="en")
    assert data.decode().splitlines()[2].endswith("| G7a Cut costs<br>G7b Raise NPS |")


def test_the_whole_of_a_plain_list(tmp_path):
    data, _ = output(
        made(tmp_path, "t.txt", "Cut costs by 5% by June 2027\nRaise NPS to 40 by May 2027"), columns=COLUMNS[:2]
    )
    assert data.decode() == (
        "Cut costs by 5% by June 2027\n    → 2027年6月30日前把第 0 项降到3%\n      状态：已改写\n"
        "Raise NPS to 40 by May 2027\n      状态：原样保留"
    )


def test_a_diff(tmp_path):
    data, _ = output(made(tmp_path, "t.md", "- Cut costs by 5%\n- Raise NPS\n"), as_diff=True)
    assert data.decode() == (
        "- Cut costs by 5%\n  ```diff\n  - Cut costs by 5%\n  + 2027年6月30日前把第 0 项降到3%\n  ```\n- Raise NPS\n"
    )
    data, _ = output(made(tmp_path, "t.txt", "- Cut costs by 5%\n"), as_diff=True)
    assert data.decode() == ("- Cut costs by 5%\n      - Cut costs by 5%\n      + 2027年6月30日前把第 0 项降到3%\n")


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![](https://evil.example/?q=1)",
    "[x](https://evil.example)",
    "[x][y]\n\n[y]: https://evil.example",
    "<https://evil.example>",
    "https://evil.example/?q=secret",
    "www.evil.example",
    "a@evil.example",
    "```\n# x\n```",
    "| a | b |",
    "&lt;b&gt;",
    "\\[x](https://evil.example)",
    "# heading\n- item",
    "~~~html\n<b>",
    "text  \n<b onmouseover=x>",
    "****** `` ` ``",
    "{{7*7}} %s {0.__class__}",
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize(
    "text",
    ["- Cut costs by 5%\n", "Goal | Owner\n--- | ---\nGrow | A\n", "目标1：把投诉率降到3%\n", "> - Cut costs by 5%\n"],
)
@pytest.mark.parametrize("diff", [False, True])
def test_words_of_a_model_stay_words(tmp_path, words, text, diff):
    """Cases 66 to 68."""
    source = made(tmp_path, "t.md", text)
    (row,) = source.rows()
    data, _ = output(source, [rewritten(row, words)], columns=("rewritten", "changes"), as_diff=diff)
    html = RENDER.render(data.decode())
    tags = set(re.findall(r"<(/?[a-z][a-z0-9]*)", html))
    assert not tags & {"a", "img", "script", "b", "h1"}, html
    shown = (
        re.sub(r"<[^>]+>", " ", html)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&amp;", "&")
    )
    for word in words.split():
        assert word in shown, (word, shown)


@pytest.mark.parametrize("words", HOSTILE)
def test_escaped_words_read_as_they_are(words):
    html = RENDER.renderInline(escaped(words))
    text = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    assert text == " ".join(words.split())
    assert "://" not in escaped(words)
    assert "|" not in table_cell(words).replace("\\|", "")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_the_encoding_stays(tmp_path, encoding):
    text = "- 把客户投诉率从5%降到3%\r\n- 提升净推荐值到40分\r\n"
    raw = text.encode(encoding)
    data, notices = output(made(tmp_path, "t.md", raw))
    assert notices == ()
    assert without_ours(data.decode(encoding).encode(), text.encode())
    assert data.startswith(raw[:20])


def test_big5_turns_to_utf_8_only_where_it_must(tmp_path):
    text = "- 把客戶投訴率從5%降到3%，並且提升服務品質\n- 提升淨推薦值到40分\n"
    source = made(tmp_path, "t.md", text.encode("cp950"))
    data, notices = output(source, list(results_of(source)), language="zh-Hant")
    assert data.startswith(b"\xef\xbb\xbf")
    assert without_ours(data[3:], text.encode())
    assert "Big5" in notices[0]


def test_long_texts_are_written_like_short_ones(tmp_path, monkeypatch):
    text = "".join(f"- 把第{n}项投诉率降到3%\n" for n in range(500))
    source = made(tmp_path, "t.txt", text)
    whole = output(source)
    monkeypatch.setattr(opening, "WHOLE", 0)
    cut = long_lists.windows
    monkeypatch.setattr(long_lists, "windows", lambda texts, name: cut(texts, name, 20))
    long = open_source(tmp_path / "t.txt")
    assert long.document is None
    assert output(long) == whole
