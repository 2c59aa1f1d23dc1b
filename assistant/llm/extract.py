"""Reads the one JSON object out of a model's answer, or says what is wrong in words fit to send back.

Knows nothing about the schema that the object should fit.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any, Literal

from assistant.llm.cleaning import scrub, without_thinking

MAX_DEPTH = 40
"""Most levels of nesting that an answer may have."""

_FENCE = re.compile(r"^\s*(?:```|~~~)[\w+-]*[ \t]*\r?\n(.*?)\r?\n?[ \t]*(?:```|~~~)\s*$", re.DOTALL)
_START = re.compile(r'\{\s*(?:"|\Z)')
"""Where an object begins; other braces, such as in `{name}`, belong to prose."""

_MAX_DIGITS = 30

ProblemKind = Literal["empty", "truncated", "no_object", "several", "syntax", "duplicate_key", "not_finite", "too_deep"]


@dataclass(frozen=True, slots=True)
class ParseProblem:
    """Why an answer is no JSON object.

    Attributes:
        kind: stable key; `truncated` means the answer stops before its end.
        message: one or two English sentences that can be sent back to the model.
    """

    kind: ProblemKind
    message: str


class _RefusedError(ValueError):
    """Stops the decoder at something that standard JSON does not allow or that we do not take."""

    def __init__(self, kind: ProblemKind, message: str) -> None:
        super().__init__(message)
        self.problem = ParseProblem(kind, message)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key, value in pairs:
        name = scrub(key)
        if name in read:
            raise _RefusedError(
                "duplicate_key", f'The key "{name[:60]}" occurs twice in one object. Write each key once.'
            )
        read[name] = value
    return read


def _constant(word: str) -> Any:
    raise _RefusedError("not_finite", f"{word} is not a JSON number. Write a finite number or null.")


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise _RefusedError("not_finite", f"The number {digits[:40]} is too large. Write a finite number or null.")
    return value


def _int(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise _RefusedError("not_finite", f"The number {digits[:20]}… has {len(digits)} digits, which is too long.")
    return int(digits)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_constant=_constant, parse_float=_float, parse_int=_int, strict=False
)


def extract(text: str) -> dict[str, Any] | ParseProblem:
    """Return the JSON object in `text`, taken out of thinking, code fences and prose.

    Strings in the object are free of control characters and lone surrogates, numbers are finite, keys are unique,
    nesting is at most `MAX_DEPTH` levels. Two different objects in one answer are refused rather than chosen from.
    """
    shown = without_thinking(text)
    if shown is None:
        return ParseProblem("truncated", "The answer stopped while thinking. Answer with the JSON object alone.")
    shown = shown.lstrip("\ufeff").strip()
    if not shown:
        return ParseProblem("empty", "The answer is empty. Answer with one JSON object.")
    fenced = _FENCE.match(shown)
    if fenced is not None:
        shown = fenced[1].strip()
    try:
        found = _objects(shown)
    except _RefusedError as error:
        return error.problem
    except RecursionError:
        return _too_deep()
    if isinstance(found, ParseProblem):
        return found
    if _depth(found) > MAX_DEPTH:
        return _too_deep()
    cleaned = _clean(found)
    assert isinstance(cleaned, dict)
    return cleaned


def _too_deep() -> ParseProblem:
    return ParseProblem("too_deep", f"The object is nested more than {MAX_DEPTH} levels deep. Keep to the schema.")


def _objects(text: str) -> dict[str, Any] | ParseProblem:
    """Find the one object in `text`; the first syntax error is reported when there is none."""
    found: list[dict[str, Any]] = []
    start = _START.search(text)
    while start is not None:
        try:
            value, end = _DECODER.raw_decode(text, start.start())
        except json.JSONDecodeError as error:
            # An object inside a broken one must not be taken for the answer, so the search ends here.
            return _syntax(text, error, start.start())
        if found and value != found[0]:
            return ParseProblem("several", "The answer holds more than one JSON object. Answer with exactly one.")
        found.append(value)
        start = _START.search(text, end)
    if not found or _inside_array(text):
        return ParseProblem("no_object", "The answer is no filled JSON object. Answer with one and nothing else.")
    return found[0]


def _inside_array(text: str) -> bool:
    try:
        return isinstance(_DECODER.decode(text), list)
    except ValueError:
        return False


def _syntax(text: str, error: json.JSONDecodeError, start: int) -> ParseProblem:
    rest = text[error.pos :].strip()
    if not rest or "Unterminated string" in error.msg:
        return ParseProblem("truncated", "The JSON object stops before its end. Answer with the whole object, shorter.")
    line = text.count("\n", start, error.pos) + 1
    excerpt = scrub(text[max(start, error.pos - 30) : error.pos + 10]).replace("\n", " ")
    return ParseProblem(
        "syntax", f"The JSON is broken in line {line}, near {excerpt!r}: {error.msg}. Answer with valid JSON alone."
    )


def _depth(value: Any) -> int:
    """Return the levels of nesting, counted without recursion."""
    deepest, level = 0, [value]
    while level:
        deepest += 1
        if deepest > MAX_DEPTH:
            return deepest
        inner: list[Any] = []
        for item in level:
            children = item.values() if isinstance(item, dict) else item
            inner.extend(child for child in children if isinstance(child, dict | list))
        level = inner
    return deepest


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value
