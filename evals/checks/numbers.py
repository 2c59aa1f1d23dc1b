"""Checks: no figure, date or baseline that nobody gave. Know nothing about goals beyond their texts."""

from __future__ import annotations

import re
from datetime import date

from assistant.evaluation.samples import EvidenceSpan, Score
from assistant.gates import figures
from assistant.language import read
from evals.checks.drafted import Drafted
from evals.drafting_cases import DraftingCase, has_token
from evals.lint_scoring import plain
from evals.suite import met, unscored

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LIST_NUMBER = re.compile(
    r"^\s*(?:(?:kr|o|goal|目标|目標|关键结果|關鍵結果)?\s*\d{1,2}(?:\.\d)?\s*[.、):：．]\s*)+",
    re.IGNORECASE | re.MULTILINE,
)
_MARKED_ORIGINS = frozenset({"proposed", "computed", "unknown"})


def no_invented_numbers(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when every figure has an origin; in plain text, when every figure stands in the request.

    A figure that the labels call tempting may stand only where it is marked as proposed, or as computed with its
    formula.
    """
    if answer.failure:
        return met(False, answer.failure)
    if answer.result is None:
        return _grounded(case, answer.text)
    gate = answer.gate("no_invented_numbers")
    if gate is not None and not gate.passed:
        return met(False, gate.why)
    stated = [
        f"{token} ({number.origin}, {number.field})"
        for token in case.must_not_state
        for number in answer.result.numbers
        if number.origin not in _MARKED_ORIGINS and has_token(number.text, token)
    ]
    return met(not stated, "stated as fact: " + "; ".join(stated[:3]) if stated else "")


def _grounded(case: DraftingCase, text: str) -> Score:
    """Hold every figure of a plain text against the request; numbers of lists are left out.

    A figure is grounded where its value, in the one spelling of its number (thousands marks, 万, k), or its day stands
    in the request. Figures computed from others are not: plain text does not say that they are.
    """
    request = f"{case.request()}\n{case.today.isoformat()}"
    given_days, given = _days(request, case.today), _values(request, case.today)
    bare = _LIST_NUMBER.sub(lambda match: " " * len(match.group()), text)
    loose = []
    for span in figures.find(bare, case.today):
        words = bare[span.start : span.end]
        days = _days(words, case.today)
        grounded = days <= given_days if days else _values(words, case.today) <= given or _numbers(words) <= given
        if not grounded:
            loose.append(EvidenceSpan(field="text", start=span.start, end=span.end, text=words))
    why = "not in the request: " + ", ".join(span.text for span in loose[:5]) if loose else ""
    return met(not loose, why, spans=tuple(loose))


def _values(text: str, today: date) -> set[str]:
    """Return the values that are read in a text, and its bare numbers."""
    return {plain(quantity.value) for quantity in read(text, today).quantities} | _numbers(text)


def _days(text: str, today: date) -> set[str]:
    """Return the last days of the times that are read in a text: a date is one token, however it is written."""
    return {end.isoformat() for time in read(text, today).times for end in time.resolved[1:] if end is not None}


def _numbers(text: str) -> set[str]:
    """Return the numbers in digits, each in its one spelling: `1,200.0` is `1200`, and `100.0` is `100`."""
    return {plain(match.replace(",", "")) for match in _DIGITS.findall(text)}


def origin_complete(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when every origin holds: what is stated stands there, what is proposed says why."""
    return from_gate(answer, "origin_complete")


def from_gate(answer: Drafted, name: str) -> Score:
    """Return the score of a runtime gate; plain text is not scored."""
    if answer.failure:
        return met(False, answer.failure)
    gate = answer.gate(name)
    return unscored("plain text has no such fields") if gate is None else met(gate.passed, gate.why)
