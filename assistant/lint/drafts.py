"""Judges one goal of a draft, given as labelled fields that are read together.

Knows nothing about how drafts are written. Marked blanks (未知, 待定, "to be named") are honest unknowns here and
no placeholders; a date on which figures are read is no second deadline.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date

from assistant.goals.facts import Facts, Placeholder
from assistant.goals.findings import Edit, Finding, Scorecard, Traits
from assistant.language import read
from assistant.lint.arrows import with_arrows
from assistant.lint.engine import judge
from assistant.lint.plain import plain
from assistant.lint.scope import Scope
from assistant.lint.slices import without
from assistant.lint.suppression import readable
from assistant.lint.unit import Unit

_ASIDE = ("achievable", "relevant", "monitoring", "title", "objective", "initiatives", "milestones")
_BLANK = re.compile(
    r"未知|待测|待测量|待确认|待定|待补充|待填|尚未测|还不知道|尚不清楚|人选待"
    r"|(?<![a-z])(?:unknown|not known(?: yet)?|to be (?:named|confirmed|measured|determined|agreed|decided)|tb[cd]"
    r"|not yet (?:known|measured))(?![a-z])"
    r"|\[\?\]|〔缺〕"
)


def lint_draft_goal(
    fields: Mapping[str, str], *, today: date, has_org_goal: bool, has_resources: bool
) -> tuple[Scorecard, tuple[Finding, ...], Traits]:
    """Judge one goal of a draft.

    Args:
        fields: texts by field; the key is the field's JSON pointer within the goal with or without its first slash:
            `statement`, `specific`, `measurable`, `achievable`, `relevant`, `time_bound`,
            `key_results/0/statement`. Texts on resources, relevance and monitoring are only searched for blanks.
        today: the day from which dates are judged.
        has_org_goal: an organisational goal is given; without one, relevance stays to do.
        has_resources: resources are given; without any, achievability stays to do.

    Returns:
        The scorecard, the findings with `field` set and places counted in that field's text, and the traits.
    """
    names, starts, parts = [], [], []
    at = 0
    for name, text in fields.items():
        names.append("/" + name.lstrip("/"))
        starts.append(at)
        parts.append(text)
        at += len(text) + 1
    joined = "\n".join(parts)
    words = readable(joined)
    facts = with_arrows(read(words, today))
    view = plain(words)
    asides = [
        (start, start + len(text))
        for name, start, text in zip(names, starts, parts, strict=True)
        if name.split("/")[1] in _ASIDE
    ]
    facts = _honest(without(facts, asides), view)
    scope = Scope(kind=None, has_org_goal=has_org_goal, has_resources=has_resources, draft=True, labelled=True)
    judged = judge(joined, facts, (Unit(facts, view, 0, len(joined), scope),))
    findings = tuple(_placed(finding, names, starts, parts) for finding in judged.findings)
    return judged.scorecard, findings, judged.traits


def _honest(facts: Facts, view: str) -> Facts:
    """Return the facts without placeholders that are marked blanks."""

    def marked(blank: Placeholder) -> bool:
        near = _BLANK.finditer(view, max(blank.start - 24, 0), min(blank.end + 24, len(view)))
        return any(match.start() < blank.end and blank.start < match.end() for match in near)

    if not facts.placeholders:
        return facts
    return facts.model_copy(update={"placeholders": tuple(b for b in facts.placeholders if not marked(b))})


def _placed(finding: Finding, names: list[str], starts: list[int], parts: list[str]) -> Finding:
    index = max(bisect_right(starts, finding.start) - 1, 0)
    offset, text = starts[index], parts[index]
    start = min(finding.start - offset, len(text))
    end = min(max(finding.end - offset, start), len(text))
    fix = finding.fix and finding.fix.model_copy(
        update={
            "edits": tuple(
                Edit(start=edit.start - offset, end=edit.end - offset, replacement=edit.replacement)
                for edit in finding.fix.edits
            )
        }
    )
    return finding.model_copy(
        update={"field": names[index], "start": start, "end": end, "text": text[start:end], "fix": fix}
    )
