"""Any bytes end in a document or a refusal that says what and why; chunks are runs of the cleaned text, in order."""

from __future__ import annotations

import time
from itertools import pairwise

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.documents import MAX_BYTES, read_document
from assistant.documents.cutting import LONGEST_CHINESE, LONGEST_LATIN, SHORTEST, chunks, sections
from assistant.documents.piece import Piece
from assistant.errors import AssistantError, EmptyInput, InputError
from tests.conftest import tries
from tests.files.made import OLE, new_word, raw_sheet, raw_word, sheet_bytes, word_bytes, workbook_bytes, zipped

NAMES = ["x.txt", "x.md", "x.csv", "x.tsv", "x.html", "x", "x.pdf", "x.docx", "x.xlsx"]
TEXTS = ["x.txt", "x.md", "x.csv", "x.html"]
LAUGHS = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
BOMB = zipped({"xl/workbook.xml": "<w/>", "xl/a.xml": b"1" * 30_000_000})
PIECES = [
    *(
        "# ",
        "## 目标\n",
        "一、现状\n",
        "（二）做法\n",
        "1. 提高接通率\n",
        "- item\n",
        "---\n",
        "```\n",
        "<!-- x",
        "-->",
    ),
    *(
        "\n\n",
        "。",
        "？",
        "客服团队每周开会。",
        "戰(zhàn)略",
        "??梢酝ㄟ^會",
        "\u200b",
        "\u202e",
        "\ufffd",
        "共3条回复\n",
    ),
    *(
        "Read more\n",
        "a|b\n",
        "|---|\n",
        "<p>",
        "<div hidden>",
        "</div>",
        "<table><tr><td>",
        "&amp;",
        '"',
        ",",
        ";",
        "\t",
    ),
    *(
        "The team answers sooner. ",
        "词" * 130,
        "w" * 700,
        "👩\u200d💻",
        "e\u0301",
        "\x00",
        "\x85",
        "\u2028",
        "\r",
        "\r\n",
    ),
    *("第 3 页\n", "Ã©", "标题\n====\n"),
]


def test_empty_files():
    for raw in (b"", b"\xef\xbb\xbf", b"  \n\n ", b"\xe2\x80\x8b"):
        with pytest.raises(EmptyInput) as error:
            read_document(raw, "x.txt")
        assert error.value.cure
    with pytest.raises(EmptyInput):
        read_document(workbook_bytes(openpyxl.Workbook()), "x.xlsx")
    with pytest.raises(EmptyInput):
        read_document(word_bytes(new_word()), "x.docx")


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (b"PK\x03\x04" + b"\x00garbage" * 50, "x.xlsx", "damaged or was not fully downloaded"),
        ("编号,目标\n".encode(), "x.xlsx", "is plain text, though its name ends in .xlsx"),
        (OLE + "Workbook".encode("utf-16-le"), "x.xls", "Excel 97-2003"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "x.docx", "protected by a password"),
        (b"<html><table><tr><td>goal", "x.xls", "is a web page, though its name ends in .xls"),
        (BOMB, "x.xlsx", "100 times its size"),
        (raw_sheet("<worksheet/>", prolog=LAUGHS), "x.xlsx", "document type"),
        (raw_word("<w:p/>", prolog=LAUGHS), "x.docx", "document type"),
        (sheet_bytes(["a"])[:-300], "x.xlsx", "damaged"),
        (b"anything", "x.docm", "may hold macros"),
        (zipped({"a.txt": "x"}), "x.zip", "is a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "x.png", "a picture"),
        (b"{\\rtf1 x}", "x.rtf", "rich-text"),
        ("目标一\n目标二，把退货率降到三\n".encode() + b"\xe4\xb8", "x.md", "x.md:3: byte 0xE4 is not UTF-8"),
        (b'a,b\n1,"c\n', "x.csv", "never closed"),
        (bytes(range(1, 9)) * 100, "x.txt", "not text"),
        (bytes(range(1, 9)) * 100, "x.html", "not text"),
        (b"x" * (MAX_BYTES + 1), "x.txt", "20,000,000 are possible"),
        (b"word " * 420_000, "x.txt", "2,000,000 are possible"),
        (b"a\n" * 300_000, "x.md", "200,000 lines"),
        (b"".join(b"# a%d\nb\n" % n for n in range(30_000)), "x.md", "20,000 pieces"),
        (b"<p>x" * 100_001, "x.html", "100,000 tags"),
    ],
)
def test_refused_with_cause_and_cure(raw, name, words, within):
    with within(3), pytest.raises(InputError) as error:
        read_document(raw, name)
    assert words in error.value.what
    assert error.value.cure


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<!-- -->" * 200_000 + "words", "x.md"),
        ("<!--" * 400_000, "x.html"),
        ("<a x=\"" * 300_000, "x.html"),
        ("</b" * 600_000, "x.html"),
        ("<" * 1_900_000, "x.html"),
        ("<!-- a -->" * 40_000, "x"),
        ("戰(zhàn" * 300_000, "x.txt"),
        ("问?梢酝ㄟ^" * 200_000, "x.txt"),
        ("?" * 1_900_000, "x.txt"),
        ("a" + "\u0301" * 1_900_000, "x.txt"),
        (" --- ### **T** - **w** " * 60_000, "x.txt"),
        ('"' * 1_900_001, "x.csv"),
        ("- " * 900_000, "x.md"),
        ("<p hidden " * 190_000, "x.md"),
        ("1.1." * 400_000, "x.txt"),
        ("we use cookies " * 120_000, "x.txt"),
        ("<span hidden>" * 100_000 + "</div>" * 100_000, "x.html"),
    ],
)  # fmt: skip
def test_crafted_texts_take_no_more_time_than_long_ones(text, name):
    began = time.monotonic()
    try:
        read_document(text.encode(), name)
    except InputError as error:
        assert error.cure
    assert time.monotonic() - began < 8, "seconds, on a machine that runs other tests"


@settings(max_examples=tries(60), deadline=None)
@given(st.binary(max_size=200), st.sampled_from(NAMES))
def test_any_bytes(raw, name):
    if name == "x.pdf" or raw.startswith(b"%PDF"):
        return
    outcome(raw, name)


@settings(max_examples=tries(60), deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)),
    st.sampled_from(TEXTS),
)
def test_any_text(text, name):
    outcome(text.encode("utf-8", "surrogatepass"), name)


def outcome(raw, name):
    try:
        document = read_document(raw, name)
    except AssistantError as error:
        assert str(error)
        assert error.cure or "column" in error.what
        with pytest.raises(type(error)):
            read_document(raw, name)
        return
    assert document == read_document(raw, name)
    assert document.chunks
    assert document.title
    for chunk in document.chunks:
        assert chunk.text.strip()
        assert len(chunk.text) <= LONGEST_LATIN
        assert 1 <= chunk.place.first <= chunk.place.last
        assert not set(chunk.text) & set("\x00\u200b\u202e\u2066")
    firsts = [(chunk.place.first, chunk.place.last) for chunk in document.chunks]
    assert all(a <= c and b <= d for (a, b), (c, d) in pairwise(firsts))
    for notice in document.notices:
        assert notice.text.endswith(".")


@settings(max_examples=tries(60), deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join), st.integers(0, 4)),
        max_size=25,
    )
)
def test_chunks_are_runs_of_their_section(items):
    pieces = [Piece(text, number, number, level) for number, (text, level) in enumerate(items, start=1)]
    found = sections(pieces)
    kept = [piece.text for section in found for piece in section.pieces]
    headings = "\n".join(section.heading for section in found)
    for piece in pieces:
        assert not piece.text.strip() or piece.text in kept or " ".join(piece.text.split())[:60] in headings
    for section in found:
        at = 0
        spare = section.text
        for chunk in chunks(section, "line"):
            start = section.text.index(chunk.text, at)
            assert not section.text[at:start].strip()
            at = start + len(chunk.text)
            assert chunk.heading == section.heading
        assert not spare[at:].strip()


def test_sizes_of_chunks():
    hans = "客服团队每周一开会，逐条看上周没有按时回复的来信，并当场定下补救的人和日期。"
    english = "The team meets on Mondays and looks at each letter that was not answered in time. "
    for text, longest in ((hans * 60, LONGEST_CHINESE), (english * 60, LONGEST_LATIN)):
        sizes = [len(chunk.text) for chunk in read_document(text.encode(), "x.txt").chunks]
        assert all(SHORTEST <= size <= longest for size in sizes)
        assert sum(sizes) / len(sizes) > longest / 2


def test_a_label_stays_with_what_it_announces_or_what_stands_before():
    long = "客服团队每周一开会，逐条看上周没有按时回复的来信，并当场定下补救的人和日期。" * 5
    document = read_document(f"{long}\n例如：\n{long}\n".encode(), "x.txt")
    assert all(len(chunk.text) >= SHORTEST for chunk in document.chunks)
