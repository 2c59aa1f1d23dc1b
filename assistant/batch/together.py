"""What holds between the goals of a whole list: the linter's findings for lists, repeats over far rows, the grid.

Fed row by row; keeps a few bytes a row. Knows nothing about files or how rows are rewritten.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from typing import NamedTuple

from assistant.catalogue.balance import added, area_of
from assistant.goals.batch import Balance, BalanceArea, BatchRow, SetFinding
from assistant.goals.findings import LintedGoal
from assistant.lint.registry import all_rules

MOST_FINDINGS = 1_000
"""Findings between rows that are kept one by one; what goes beyond is counted."""
_SHORTEST = 4
"""Letters from which on a repeated row is worth a word."""
_MARKS = re.compile(r"[\W_]+")


@cache
def set_rules() -> frozenset[str]:
    """Return the names of the rules that look at several goals."""
    return frozenset(rule.name for rule in all_rules() if rule.check_set is not None)


class Noted(NamedTuple):
    """What a judged row adds: its area, the findings that tie it to others, and a key that equal rows share."""

    area: BalanceArea | None
    findings: tuple[SetFinding, ...]
    key: bytes | None
    language: str


def noted(row: BatchRow, goal: LintedGoal) -> Noted:
    """Return what a judged row adds; its findings for lists are those of the rows it was judged with."""
    said = tuple(
        SetFinding(rule=each.rule, severity=each.severity, rows=(row.index,), message=each.message)
        for each in goal.findings
        if each.rule in set_rules()
    )
    words = _MARKS.sub("", row.text.casefold())
    key = None
    if len(words) >= _SHORTEST and not any(finding.rule == "duplicate-goals" for finding in said):
        beside = "\n".join(f"{field.label}:{field.value}" for field in row.beside)
        whole = f"{words}\n{row.owner}\n{row.parent}\n{beside}"
        key = hashlib.blake2b(whole.encode("utf-8", "replace"), digest_size=12).digest()
    return Noted(area_of(goal), said, key, goal.language)


class Together:
    """Gathers what is found between rows.

    Attributes:
        findings: in order of their rows, at most `MOST_FINDINGS`.
        more: findings beyond those.
        balance: goals by area.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.findings: list[SetFinding] = []
        self.more = 0
        self.balance = Balance()
        self._first: dict[bytes, int] = {}

    def add(self, index: int, row: Noted, *, far: bool) -> None:
        """Take note of a row; `far` where rows were judged in parts, so that repeats over parts are found here."""
        self.balance = added(self.balance, row.area)
        for finding in row.findings:
            self._keep(finding)
        if not far or row.key is None:
            return
        first = self._first.setdefault(row.key, index)
        if first != index:
            message = _REPEATS.get(row.language, _REPEATS["zh-Hans"])
            self._keep(SetFinding(rule="duplicate-goals", severity="warning", rows=(first, index), message=message))

    def kept(self) -> str:
        """Return what was found as text for a journal; what tells repeats is left out."""
        return json.dumps(
            {
                "findings": [each.model_dump() for each in self.findings],
                "more": self.more,
                "balance": self.balance.model_dump(),
            },
            ensure_ascii=False,
        )

    @classmethod
    def of(cls, kept: str) -> Together:
        """Return what `kept` wrote down."""
        data, together = json.loads(kept), cls()
        together.findings = [SetFinding.model_validate(each, strict=False) for each in data["findings"]]
        together.more, together.balance = data["more"], Balance.model_validate(data["balance"])
        return together

    def _keep(self, finding: SetFinding) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(finding)
        else:
            self.more += 1


_REPEATS = {
    "en": "It says the same, word for word, as an earlier row.",
    "zh-Hans": "和前面的一行一字不差。",
    "zh-Hant": "和前面的一列一字不差。",
}
