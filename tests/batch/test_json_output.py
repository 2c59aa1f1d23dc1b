"""A run as JSON: everything that is known of each row, one row a line."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator

from assistant.batch.outputs.as_json import write
from assistant.goals.batch import BatchRow, BatchSummary, RowField, RowResult
from tests.batch.rows import HOSTILE, File, asked, kept, rewritten, summary_of

ROWS = [
    BatchRow(
        index=0, id="KR1", text="减少流失", kind="key_result", beside=(RowField(label="基线", value="8%"),), line=2
    ),
    BatchRow(index=1, id="x.csv:3", text=HOSTILE, owner="王", sheet="S", line=3, column=4),
    BatchRow(index=2, id="x.csv:4", text="late", line=4),
]


def wrote(rows, results, summary: BatchSummary) -> bytes:
    out = io.BytesIO()
    file = File("x.csv", b"abc", "delimited", rows)
    assert write(file, iter(results), summary, out, language="zh-Hans", columns=()) == ()
    return out.getvalue()


def test_every_field_comes_back():
    results = [rewritten(ROWS[0], HOSTILE, "zweites"), asked(ROWS[1], HOSTILE)]
    summary = summary_of(results)
    raw = wrote(ROWS, results, summary)
    made = json.loads(raw)
    assert made["version"] == 1 and made["language"] == "zh-Hans"
    assert made["file"]["name"] == "x.csv" and made["file"]["kind"] == "delimited" and len(made["file"]["sha256"]) == 64
    assert BatchSummary.model_validate_json(json.dumps(made["summary"])) == summary
    assert [BatchRow.model_validate_json(json.dumps(each["row"])) for each in made["rows"]] == ROWS
    back = [RowResult.model_validate_json(json.dumps(each["result"])) for each in made["rows"]]
    assert back[:2] == results
    assert back[2].state == "pending" and back[2].id == "x.csv:4"


def test_one_row_a_line():
    raw = wrote(ROWS, [kept(row) for row in ROWS], summary_of([])).decode()
    first, *lines, last, end = raw.split("\n")
    assert first.endswith('"rows":[') and last == "]}" and end == ""
    assert [json.loads(line.removesuffix(","))["row"]["index"] for line in lines] == [0, 1, 2]
    assert "\u202e" not in raw and "\u2028" not in raw and len(raw.splitlines()) == 5


def test_no_rows():
    assert json.loads(wrote([], [], summary_of([])))["rows"] == []


def test_memory_does_not_grow_with_the_rows():
    class Many(File):
        def rows(self) -> Iterator[BatchRow]:
            return (BatchRow(index=at, id=str(at), text="减少流失" * 20) for at in range(4000))

    class Counting(io.RawIOBase):
        size = 0

        def write(self, data) -> int:
            self.size += len(data)
            return len(data)

    out = Counting()
    results = (kept(row) for row in Many("x.csv").rows())
    tracemalloc.start()
    write(Many("x.csv"), results, summary_of([]), out, language="en")  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert out.size > 3_000_000 and peak < 500_000
