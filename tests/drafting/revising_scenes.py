"""The drafts that follow-ups are tried on, one a language and kind of request."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from assistant.goals import Aim, DraftResult, Language
from assistant.service import Assistant, make_aim

TODAY = date(2026, 11, 21)
LANGUAGES: tuple[Language, ...] = ("zh-Hans", "zh-Hant", "en")
AIMS: dict[str, dict[str, str]] = {
    "zh-Hans": {
        "one": "客服团队想提升客户满意度，现在满意度是82%，希望明年上半年见效",
        "bare": "客服团队想提升客户满意度",
        "three": "三件事：客户满意度从82%提升到88%；首次响应时间从60分钟缩短到40分钟；"
        "一线客服离职率从25%降到18%，都在2027年6月底前完成",
    },
    "zh-Hant": {
        "one": "客服團隊想提升顧客滿意度，目前滿意度是 82%，希望明年上半年看到成效",
        "bare": "客服團隊想提升顧客滿意度",
        "three": "三件事：顧客滿意度從 82% 提升到 88%；首次回應時間從 60 分鐘縮短到 40 分鐘；"
        "第一線客服離職率從 25% 降到 18%，都在 2027 年 6 月底前完成",
    },
    "en": {
        "one": "The support team wants happier customers; CSAT is 82% today, and it should show by 30 June 2027",
        "bare": "The support team wants happier customers",
        "three": "Three things by 30 June 2027: raise CSAT from 82% to 88%; cut first response time from 60 minutes to "
        "40 minutes; bring agent turnover down from 25% to 18%",
    },
}
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "revising.jsonl").read_text("utf-8").splitlines()
]


@cache
def assistant() -> Assistant:
    return Assistant()


@cache
def scene(language: Language, name: str) -> tuple[Aim, DraftResult]:
    aim = make_aim(AIMS[language][name], today=TODAY, language=language)
    return aim, assistant().draft(aim, llm="offline")
