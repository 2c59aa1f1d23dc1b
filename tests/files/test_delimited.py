"""The tokenizer agrees with Python's `csv` module on every text and knows where each cell stands."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.files.delimited import MAX_CELL, MAX_ROWS, lines, written
from tests.conftest import tries

TEXTS = st.text(alphabet='ab,;"\n\r 目\t', max_size=40)


def values(text, separator=","):
    return [[cell.value for cell in line.cells] for line in lines(text, separator, "x.csv")]


def oracle(text, separator=","):
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    return [row or [""] for row in reader]


@settings(max_examples=tries(150), deadline=None)
@given(TEXTS, st.sampled_from([",", ";", "\t"]))
def test_agrees_with_the_csv_module(text, separator):
    try:
        found = values(text, separator)
    except InputError:
        assert oracle(text + "\nZ", separator)[-1] != ["Z"], "no quote is open"
        return
    assert oracle(text + "\nZ", separator)[-1] == ["Z"]
    assert found == oracle(text, separator)


@settings(max_examples=tries(100), deadline=None)
@given(st.lists(st.lists(st.text(alphabet='ab,"\n\r 目', max_size=6), min_size=1, max_size=4), max_size=4))
def test_reads_what_the_csv_module_writes(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    assert values(out.getvalue()) == [row or [""] for row in rows]


@settings(max_examples=tries(100), deadline=None)
@given(TEXTS, st.text(alphabet='ab,"\n\r 目', min_size=1, max_size=8), st.data())
def test_a_rewritten_cell_changes_nothing_else(text, value, data):
    try:
        rows = list(lines(text, ",", "x.csv"))
    except InputError:
        return
    if not rows:
        return
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[row].cells) - 1))
    cell = rows[row].cells[column]
    fresh = written(value, ",", text.startswith('"', cell.start))
    expected = [[cell.value for cell in line.cells] for line in rows]
    expected[row][column] = value
    assert values(text[: cell.start] + fresh + text[cell.end :]) == expected


def test_line_numbers_count_quoted_line_ends():
    assert [line.number for line in lines('a\r\n"b\r\nc"\rd\n\ne', ",", "x")] == [1, 2, 4, 5, 6]


def test_an_open_quote_names_its_line():
    with pytest.raises(InputError, match=r"x\.csv:2: a quote in column 2 is never closed"):
        values('a,b\n1,"c\n2,d\n3,e\n')


def test_a_doubled_quote_does_not_close():
    with pytest.raises(InputError, match="never closed"):
        values('"a""b')


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\n" + "x" * (MAX_CELL + 1), r"x\.csv:2: a cell has 100,001"),
        ("a," * 20_000, "more than 1,000 cells"),
        ("a\n" * (MAX_ROWS + 1), "more than 100,000 rows"),
    ],
)
def test_limits(text, words):
    with pytest.raises(InputError, match=words):
        values(text)


def test_long_cells_take_linear_time():
    text = '"' + '""' * 40_000
    with pytest.raises(InputError):
        values(text)


def test_one_column_without_separator():
    assert values('goal\nCut cost, by June\n"Cut, cost"\n', "") == [["goal"], ["Cut cost, by June"], ["Cut, cost"]]
