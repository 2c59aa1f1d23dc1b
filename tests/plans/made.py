"""Plans to look at, composed once a session."""

from __future__ import annotations

from datetime import date
from functools import cache

from assistant.goals import Aim, DraftResult, Language, Team
from assistant.goals.plan import Plan, PlanKind
from assistant.plans import parting, pipeline
from assistant.plans.kinds.kind import available
from assistant.service import Assistant, make_aim

TODAY = date(2026, 12, 1)
KINDS = available()
AIMS: dict[Language, tuple[str, str, str]] = {
    "zh-Hans": ("3个月内把客户满意度从80%提升到85%；首次解决率提升到90%", "客服团队，12人", "财务部提供预算数据"),
    "zh-Hant": ("三個月內把客戶滿意度從80%提升到85%；首次解決率提升到90%", "客服團隊，12人", "財務部提供預算資料"),
    "en": (
        "Raise customer satisfaction from 80% to 85% within 3 months; cut first response time to 2 hours",
        "Support team, 12 people",
        "the finance team provides budget data",
    ),
}


@cache
def drafted(language: Language, count: int | None = None) -> tuple[Aim, DraftResult]:
    """Return a request with phases, partners and means, and its goals."""
    text, team, helps = AIMS[language]
    aim = make_aim(
        text, language=language, today=TODAY, count=count, context=(helps,), team=Team(profile=team),
    )  # fmt: skip
    return aim, Assistant().draft(parting.for_goals(aim), llm="offline")


@cache
def planned(kind: PlanKind, language: Language) -> Plan:
    """Return a plan of a kind in a language."""
    aim, result = drafted(language)
    return pipeline.plan(kind, aim, result)
