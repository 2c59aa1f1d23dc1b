# ruff: noqa: E501
"""Tells by their form how the words of a goal can stand in a sentence: as a predicate, behind 让, after a verb of level.

Knows nothing about rows or figures.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from assistant.goals import Language

Bound = Literal["le", "lt", "ge", "gt"]
_SERVED_ZH = re.compile(
    r"^(?P<verb>回复|回覆|答复|答覆|响应|回應|回应|处理|處理|解决|解決|受理|反馈|回饋|办结|辦結|处置|處置|修复|修復)(?P<thing>.*)$"
)
_OPENS_ZH = re.compile(
    r"^(?:[把将將让讓使]|确保|確保|保持|维持|維持|完成|实现|實現|达成|達成|达到|達到|控制|提升|提高|降低|减少|減少|增加|缩短|縮短|压缩|壓縮|扩大|擴大|新增|新开|新簽|签约|簽約|签下|开发|開發|招聘|招募|招收|培养|培養"
    r"|取得|获得|獲得|通过|通過|上线|上線|建立|建成|搭建|建置|导入|導入|推出|发布|發布|制定|訂定|优化|優化|改善|改版|开设|開設|举办|舉辦|办|辦|发|發|组织|組織|开展|開展|节约|節省|节省|争取|做到|保证|保證|杜绝|杜絕|确定|修订|修訂|启用|啟用|引进|引進|拓展|清理|回收|收回|落实|落實)"
)
_SIGN_ZH = re.compile(
    r"^(?P<name>[^\d≤≥<>＜＞:：]{2,16}?)(?:目标|目標)?(?:值)?\s*(?P<sign>≤|≥|<=|>=|<|>|＜|＞|不高于|不高於|不超过|不超過|不低于|不低於|不少于|不少於|低于|低於|高于|高於|小于|小於|大于|大於)?\s*[:：]?\s*(?=[$¥￥]?\d)"
)
_MOVED_ZH = re.compile(r"[升降增减減提达達到控保维維缩縮长長翻突超下上不高低为為]")
_VERB_EN = re.compile(
    r"^(?:achieve|add|answer|attend|be|bring|build|call|clear|close|collect|complete|conduct|convert|create|cut|decrease|deliver|deploy|develop|double|drive|earn|eliminate|ensure|enrol|expand|fill|finish|fix|gain|generate|get|grow|halve|handle|have|hire|hit|hold|host|implement|improve|increase|install|introduce|issue|keep|land|launch|lift|limit|lower|maintain|make|meet|migrate|move|obtain|onboard|open|organi[sz]e|pass|pay|post|prepare|process|produce|promote|publish|pull|push|raise|reach|recover|recruit|reduce|release|renew|replace|replenish|reply|report|resolve|respond|restore|retain|review|roll|run|save|secure|sell|send|set|ship|shorten|sign|speed|stay|submit|support|take|test|train|turn|update|upgrade|visit|win|write)\b",
    re.I,
)
_BOUND_EN = re.compile(
    r"(?:to\s+)?(?P<bound>below|under|less than|no more than|at most|up to|over|above|more than|at least|no less than|≤|≥|<=|>=|<|>)\s*(?=[$€£]?\d)",
    re.I,
)
_BOUND_WORDS = {
    "≤": "to at most",
    "<=": "to at most",
    "<": "to below",
    "≥": "to at least",
    ">=": "to at least",
    ">": "to above",
}


class Sign(NamedTuple):
    """A measure right before its value: 离职率≤10%. `end` is where the value begins."""

    name: str
    bound: Bound | None
    end: int


def opens(words: str, language: Language) -> bool:
    """Whether words open with a verb that can follow who does it."""
    return (_VERB_EN if language == "en" else _OPENS_ZH).match(words) is not None


def counts(words: str) -> bool:
    """Whether words open with an amount."""
    return re.match(r"[$¥￥]?\d", words) is not None


def moves(words: str) -> bool:
    """Whether Chinese words hold a verb of change or level, so that 让 can stand before them."""
    return _MOVED_ZH.search(words) is not None


def signed(words: str) -> Sign | None:
    """Return the measure and the bound that stand right before a value; None where a verb stands between."""
    match = _SIGN_ZH.match(words)
    if match is None or _MOVED_ZH.search(match["name"][-1:]):
        return None
    sign = match["sign"]
    if not sign:
        return Sign(match["name"], None, match.end())
    low = sign in ("≤", "<=", "<", "＜") or sign[0] in "低小" or "超" in sign or sign.startswith(("不高", "不大"))
    strict = sign in ("<", "＜", ">", "＞") or sign[0] in "低小高大"
    bound: Bound = ("lt" if strict else "le") if low else ("gt" if strict else "ge")
    return Sign(match["name"], bound, match.end())


def within(bound: Bound, language: Language) -> str:
    """Return the Chinese words behind a value that say how it binds."""
    if bound == "lt":
        return "以下"
    if bound == "le":
        return "以內" if language == "zh-Hant" else "以内"
    return "以上"


def bound(words: str) -> str:
    """Return the English words before a value that say how it binds, as they follow a verb; '' where none stand there."""
    match = _BOUND_EN.search(words)
    if match is None:
        return ""
    key = match["bound"].lower()
    return _BOUND_WORDS.get(key, key if key in ("below", "under") else f"to {key}")


def served(head: str, behind: str) -> tuple[str, str]:
    """Return what is served and the verb, from the words before and behind the time allowed; ('', '') where unclear."""
    behind = re.sub(r"^(?:内|內|得到|予以|进行|進行|完成|必须|必須|须|須)+", "", behind)
    match = _SERVED_ZH.match(behind)
    head = re.sub(r"(?:必须|必須|需|须|須|在|于|於|应|應)$", "", head)
    if match is None or bool(head) == bool(match["thing"]):
        return "", ""
    return head or match["thing"], f"得到{match['verb']}"
