"""What a run writes beside a row, as words: one text a column, the same in every format.

Knows nothing about files or how rows are rewritten.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assistant.goals.base import Language
from assistant.goals.batch import RowResult, Standing

COLUMNS = (
    "rewritten", "status", "score_before", "score_after", "standing", "findings", "changes", "questions", "numbers",
    "reason",
)  # fmt: skip
"""Keys of the added columns, in order."""
JUDGED_COLUMNS = ("status", "score_before", "standing", "findings", "reason")
"""Those of a run that only judges."""
LETTERS = (
    ("S", "specific"), ("M", "measurable"), ("A", "achievable"), ("R", "relevant"), ("T", "time_bound"),
    ("C", "consistent"),
)  # fmt: skip
_MOST_FINDINGS = 4
_PLACE = re.compile(r".:\d+(?:\.\d+)?$")
"""An id that names the file and the line, as rows have that bring none of their own."""


@cache
def words(language: Language) -> MappingProxyType[str, Any]:
    """Return the words of a language: `columns`, `status`, `origin`, `marks`, `punctuation`, each by key."""
    table = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    return MappingProxyType(table[language])


def heads(language: Language, columns: tuple[str, ...] = COLUMNS) -> tuple[str, ...]:
    """Return the headings of the added columns."""
    return tuple(words(language)["columns"][column] for column in columns)


def cells(result: RowResult, language: Language, text: str, columns: tuple[str, ...] = COLUMNS) -> tuple[str, ...]:
    """Return the texts of the added columns for a row; scores are digits, what does not apply is ''.

    Args:
        result: what became of the row.
        language: language of the fixed words; what speaks of the goal is in the row's own language.
        text: the row's own words, which stand in the column of rewrites where they were kept.
        columns: keys of the columns wanted.
    """
    made = {
        "rewritten": rewritten(result, text),
        "status": status(result, language),
        "score_before": _score(result.before),
        "score_after": _score_after(result),
        "standing": standing(result, language),
        "findings": findings(result),
        "changes": "\n".join(result.changes),
        "questions": "\n".join(result.questions),
        "numbers": numbers(result, language),
        "reason": result.reason,
    }
    return tuple(made[column] for column in columns)


def rewritten(result: RowResult, text: str) -> str:
    """Return the goals that stand after the run, each on a line of its own and told apart where there are several."""
    return "\n".join(told_apart(result)) if result.rewrites else text


def told_apart(result: RowResult) -> tuple[str, ...]:
    """Return the rewrites: one as it is, several with their ids, or numbered where the row has only its place as id."""
    if len(result.rewrites) < 2:
        return tuple(each.text for each in result.rewrites)
    placed = _PLACE.search(result.id) is not None
    return tuple(
        f"({nth}) {each.text}" if placed else f"{each.id} {each.text}" for nth, each in enumerate(result.rewrites, 1)
    )


def status(result: RowResult, language: Language) -> str:
    """Return the word for what became of a row."""
    key = result.verdict if result.state == "done" and result.verdict else result.state
    return str(words(language)["status"][key])


def standing(result: RowResult, language: Language) -> str:
    """Return the mark of each letter, `S ×→√` where it changed; the worst of several rewrites counts."""
    if result.before is None:
        return ""
    marks = words(language)["marks"]
    parts = []
    for letter, field in LETTERS:
        before = marks[getattr(result.before, field)]
        after = (
            marks[_worst([getattr(each.standing, field) for each in result.rewrites])] if result.rewrites else before
        )
        parts.append(f"{letter} {before}" if before == after else f"{letter} {before}→{after}")
    return "  ".join(parts)


def findings(result: RowResult) -> str:
    """Return what the row's own text lacks, the weightiest first, one a line; '' where nothing was found."""
    if result.before is None:
        return ""
    weight = {"error": 0, "warning": 1, "info": 2}
    ranked = sorted(result.before.findings, key=lambda finding: weight[finding.severity])
    return "\n".join(finding.message for finding in ranked[:_MOST_FINDINGS])


def numbers(result: RowResult, language: Language) -> str:
    """Return the figures that the row had not, each with its origin and reason, one a line."""
    words_, mark = words(language)["origin"], words(language)["punctuation"]
    lines = []
    for number in dict.fromkeys(each for rewrite in result.rewrites for each in rewrite.numbers):
        why = f"{mark['open']}{number.why}{mark['close']}" if number.why else ""
        lines.append(f"{number.text}{mark['colon']}{words_[number.origin]}{why}")
    return "\n".join(lines)


def _score(standing: Standing | None) -> str:
    return "" if standing is None else str(standing.score)


def _score_after(result: RowResult) -> str:
    if result.verdict == "judged":
        return ""
    if not result.rewrites:
        return _score(result.before) if result.verdict in ("kept", "asked") else ""
    scores = [each.standing.score for each in result.rewrites]
    return str(round(sum(scores) / len(scores)))


def _worst(marks: list[str]) -> str:
    order = ("fail", "warn", "todo", "pass")
    return min(marks, key=order.index)
