"""A funnel from stranger to returning customer, with the figures that were said. Knows nothing about kinds of plans.

A count or a rate that follows from two stated ones is worked out; nothing else is.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from assistant.drafting.clauses import clauses
from assistant.drafting.lines import Figure, line
from assistant.goals import Evidence, Quantity, Source
from assistant.goals.plan import Amount, FunnelStage
from assistant.language.units import MONEY
from assistant.plans.writing import Writer, make

STAGES = ("reach", "lead", "interest", "won", "again")
_NAMES = {
    "reach": r"曝光|访客|訪客|流量|触达|觸及|visitors?|reach|impressions?|traffic",
    "lead": r"线索|線索|潜在客户|潛在客戶|名单|名單|leads?(?![a-z])",
    "interest": r"意向客户|意向客戶|商机|商機|有效线索|有效線索|opportunit(?:y|ies)|qualified|proposals?",
    "won": r"成交|签约|簽約|下单|下單|订单|訂單|转化|轉化|轉換|conversion|deals?|orders?|won|close",
    "again": r"复购|複購|回购|回購|续约|續約|续费|retention|repeat|renewal",
}
_TENTH = Decimal("0.1")


def stages(w: Writer) -> tuple[FunnelStage, ...]:
    """Return the stages; a rate is the share of the stage before, in percent."""
    counts: dict[str, Amount] = {}
    rates: dict[str, Amount] = {}
    for source in w.g.brief.sources:
        if source.key.startswith(("context:", "document:", "resource:")):
            _read(source, counts, rates)
    for before, key in pairwise(STAGES):
        first, count, rate = counts.get(before), counts.get(key), rates.get(key)
        if first is not None and first.value and count is not None and count.value is not None and rate is None:
            share = (count.value / first.value * 100).quantize(_TENTH, ROUND_HALF_UP).normalize()
            rates[key] = w.worked_out(share, "%", f"{count.text} ÷ {first.text} × 100")
        elif (
            first is not None
            and first.value is not None
            and rate is not None
            and rate.value is not None
            and count is None
        ):
            number = (first.value * rate.value / 100).quantize(Decimal(1), ROUND_HALF_UP)
            counts[key] = w.worked_out(number, first.unit, f"{first.text} × {rate.text}")
    return tuple(
        FunnelStage(
            name=w.propose(f"kind.funnel.{key}.name"),
            count=counts.get(key) or w.blank_amount("funnel"),
            rate=rates.get(key) or w.blank_amount("funnel" if key != "reach" else "", "%"),
            lever=w.propose(f"kind.funnel.{key}.text"),
        )
        for key in STAGES
    )  # fmt: skip


def _read(source: Source, counts: dict[str, Amount], rates: dict[str, Amount]) -> None:
    for clause in clauses(source.text):
        if not source.holds(clause.start, clause.end):
            continue
        near = [q for q in source.facts.quantities if clause.start <= q.start < clause.end and ".." not in q.value]
        keys = [key for key in STAGES if re.search(_NAMES[key], clause.text, re.I)]
        if (
            len(near) != 1
            or not keys
            or near[0].unit in MONEY
            or re.search(r"目标|目標|提升|提高|降|raise|increase|target", clause.text, re.I)
        ):
            continue
        (rates if near[0].unit == "%" else counts).setdefault(keys[-1], _amount(source, near[0]))


def _amount(source: Source, quantity: Quantity) -> Amount:
    evidence = Evidence(source=source.key, start=quantity.start, end=quantity.end)
    shown = Figure(
        source.text[quantity.start : quantity.end], quantity.value, quantity.unit or None, "stated", evidence
    )
    return make(Amount, line(shown), "stated", evidence, value=Decimal(quantity.value), unit=quantity.unit)
