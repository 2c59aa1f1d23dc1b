# ruff: noqa: E501
"""A budget: the sum and the lines that were told, blanks for what else such a plan usually pays for.

Knows nothing about kinds of plans. No amount is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.drafting.clauses import clauses, sentences
from assistant.drafting.lines import Figure, Line, line, quoted
from assistant.goals import Evidence, Quantity, Source
from assistant.goals.plan import Amount, BudgetLine, Said
from assistant.language.units import MONEY
from assistant.plans.parts.measures import overlap
from assistant.plans.writing import Writer, make

_BUDGET = re.compile(r"预算|預算|经费|經費|费|費|资金|資金|采购|採購|budget|cost|fund|fee|spend", re.I)
_SURELY = re.compile(r"预算|預算|经费|經費|budget", re.I)
_WHOLE = re.compile(
    r"^(?:总|總|年度|全年|整体|整體|本次|项目|專案|计划|計畫|活动|活動|营销|行銷|a|an|the|our|total|annual|overall|whole|project|marketing)*"
    r"(?:预算|預算|经费|經費|资金|資金|费用|費用|总额|總額|budget|funds?|funding)?"
    r"(?:总额|總額|总共|總共|一共|合计|合計|共|上限|有|是|为|為|of|is|in total|up to)*$",
    re.I,
)
_EDGE = " \t\u3000()（）:：,，;；-–—、·"
_TAIL = re.compile(
    r"(?:预算|預算)?(?:需要|需|约|約|大约|大約|为|為|是|花|不超过|不超過|至多|\s(?:costs?|is|of|about|up to|budget))*$",
    re.I,
)


def budget(w: Writer, *keys: str) -> tuple[BudgetLine, ...]:
    """Return the sum of all first, then the lines told, then blanks for the usual items at `kind.budget.KEY`."""
    total: Amount | None = None
    told: list[BudgetLine] = []
    for item, amount, source in _said(w):
        if item is None:
            total = total or amount
        elif all(item.text != each.item.text for each in told):
            told.append(BudgetLine(item=w.stated(item, source), amount=amount, purpose=w.blank("spending")))
    lines = [
        BudgetLine(
            item=w.propose("plan.budget.total"), amount=total or w.blank_amount("money"),
            purpose=w.propose("plan.budget.total_purpose"),
        ),
        *told,
    ]  # fmt: skip
    for key in keys:
        name = w.propose(f"kind.budget.{key}.name")
        if not any(_same(name, each.item) for each in told):
            lines.append(
                BudgetLine(item=name, amount=w.blank_amount("spending"), purpose=w.propose(f"kind.budget.{key}.text"))
            )
    return tuple(lines)


def _same(one: Said, other: Said) -> bool:
    return overlap(one.text.removesuffix("费").removesuffix("費"), other.text.removesuffix("费").removesuffix("費"))


def _said(w: Writer) -> Iterator[tuple[Line | None, Amount, str]]:
    """Yield what each stated sum of money is for (None for the whole), the sum, and its text's key."""
    for source in w.g.brief.sources:
        for clause in clauses(source.text):
            sums = [
                q for q in source.facts.quantities
                if q.unit in MONEY and clause.start <= q.start < clause.end and q.role != "baseline" and ".." not in q.value
            ]  # fmt: skip
            if len(sums) != 1 or not source.holds(clause.start, clause.end):
                continue
            wants = _SURELY if source.key.startswith(("aim", "org_goal", "document:")) else _BUDGET
            if not source.key.startswith("resource:") and not wants.search(_sentence(source.text, clause.start)):
                continue
            yield from _line(source, clause.start, sums[0])


def _sentence(text: str, at: int) -> str:
    return next((each.text for each in sentences(text) if each.start <= at < each.end), "")


def _line(source: Source, start: int, quantity: Quantity) -> Iterator[tuple[Line | None, Amount, str]]:
    before = source.text[start : quantity.start]
    evidence = Evidence(source=source.key, start=quantity.start, end=quantity.end)
    shown = Figure(source.text[quantity.start : quantity.end], quantity.value, quantity.unit, "stated", evidence)
    amount = make(Amount, line(shown), "stated", evidence, value=Decimal(quantity.value), unit=quantity.unit)
    start += max(before.rfind(":"), before.rfind("：")) + 1
    before = source.text[start : quantity.start]
    left = start + len(before) - len(before.lstrip(_EDGE))
    named = source.text[left : quantity.start].rstrip(_EDGE)
    if _WHOLE.match(re.sub(r"\s+", "", named)):
        yield None, amount, source.key
        return
    named = _TAIL.sub("", named).rstrip(_EDGE)
    if named:
        yield quoted(source, left, left + len(named)), amount, source.key
