"""Writes a run as one HTML file for people who look at goals: opens without a network, in light and dark, on a phone.

Texts of the file and of the model are hostile: they go in as JSON that cannot end its element, and the page's script
shows them as text only. Knows nothing about how goals are rewritten.
"""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import Any, BinaryIO

from assistant.batch.cells import LETTERS, words
from assistant.batch.outputs.pairing import GoalFile, paired
from assistant.goals.base import Language
from assistant.goals.batch import BatchRow, BatchSummary, RowFinding, RowResult, Standing

MOST_ROWS = 5_000
"""Rows that the page shows fluently; further ones are in the table file only, and the page says so."""
_ROOM = 40_000_000
"""Bytes that rows may take, for lists of very long texts."""
_HERE = Path(__file__).parent
_SCRIPTS = ("nodes.js", "compare.js", "figures.js", "overview.js", "rows.js", "report.js")
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_WORDS = ("status", "origin", "marks", "report")
_SLOT = "\0"


def write(
    source: GoalFile,
    results: Iterable[RowResult],
    summary: BatchSummary,
    target: BinaryIO,
    *,
    language: Language,
    columns: tuple[str, ...] = (),
    as_diff: bool = False,
) -> tuple[str, ...]:
    """Write the report in UTF-8 and return what to tell the user: that rows were left out, if any.

    Args:
        source: the file of goals.
        results: results in order of index; rows are written as they come.
        summary: what the run amounts to, over all rows.
        target: an open stream.
        language: language of the report; what speaks of a goal is in the row's own language.
        columns: not used, the report shows everything.
        as_diff: not used, differences are always marked.
    """
    told = words(language)["report"]
    judged = bool(summary.judged) and not (summary.rewritten or summary.kept or summary.asked)
    head, tail = _page(source.name, language, told, judged=judged)
    start = {
        "language": language,
        "judged": judged,
        "file": {"name": source.name, "kind": source.kind},
        "words": {name: words(language)[name] for name in _WORDS},
        "summary": summary.model_dump(mode="json", exclude={"usage"}),
    }
    target.write(f'{head}{_json(start)[:-1]},"rows":['.encode())
    shown, room = 0, _ROOM
    for row, result in paired(source.rows(), results):
        line = _json(_row(row, result)).encode()
        room -= len(line)
        if shown == MOST_ROWS or (room < 0 and shown):
            break
        target.write((b",\n" if shown else b"\n") + line)
        shown += 1
    target.write(f'\n],"shown":{shown}}}{tail}'.encode())
    if shown >= summary.rows:
        return ()
    return (told["cut"].format(shown=shown, rows=summary.rows),)


def _row(row: BatchRow, result: RowResult) -> dict[str, Any]:
    """Return what the page shows of a row, the weightiest findings first."""
    findings = result.before.findings if result.before else ()
    return {
        "index": row.index,
        "id": row.id,
        "text": row.text,
        "owner": result.owner or row.owner,
        "beside": [[field.label, field.value] for field in row.beside],
        "sheet": row.sheet,
        "line": row.line,
        "language": result.language,
        "outcome": result.verdict if result.state == "done" and result.verdict else result.state,
        "reason": result.reason,
        "before": _standing(result.before) if result.before else None,
        "findings": [[each.severity, each.message] for each in sorted(findings, key=_weight)],
        "rewrites": [
            {
                "id": each.id.removeprefix(result.id),
                "text": each.text,
                "standing": _standing(each.standing),
                "numbers": [number.model_dump(mode="json") for number in each.numbers],
            }
            for each in result.rewrites
        ],
        "changes": list(result.changes),
        "questions": list(result.questions),
    }


def _weight(finding: RowFinding) -> int:
    return ("error", "warning", "info").index(finding.severity)


def _standing(standing: Standing) -> dict[str, Any]:
    return {"score": standing.score, "marks": [getattr(standing, field) for _, field in LETTERS]}


def _page(name: str, language: Language, told: dict[str, Any], *, judged: bool) -> tuple[str, str]:
    """Return the page before and behind its data."""
    style = (_HERE / "report.css").read_text("utf-8")
    script = "(() => {\n" + "\n".join((_HERE / part).read_text("utf-8") for part in _SCRIPTS) + "})();\n"
    title = told["judged_title" if judged else "title"]
    shown = html.escape(_TURNS.sub("\u2426", re.sub(r"[\x00-\x1f\x7f]", " ", name)))
    page = Template((_HERE / "page.html").read_text("utf-8")).substitute(
        language=language,
        policy=_policy(script, style),
        title=f"{shown}{told['separator']}{title}",
        heading=f"{title}<span>{shown}</span>",
        skip=told["skip"],
        parts=told["parts"],
        noscript=told["noscript"],
        style=style,
        script=script,
        data=_SLOT,
    )
    head, _, tail = page.partition(_SLOT)
    return head, tail


def _json(value: Any) -> str:
    """Return JSON that is safe inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _policy(script: str, style: str) -> str:
    """Return a content security policy under which this page can ask for nothing and runs its own script only."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
