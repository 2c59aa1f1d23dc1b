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
    r"^(?P<verb>回复|回覆|答复|答覆|响应|回應|回应|处理|處理|解决|解決|受理|反馈|回饋|办结|辦結|处置|處置|修复|修復|关闭|關閉|完成|交付|出具|发货|發貨|出货|出貨|发出|發出|到货|到貨|付款|结案|結案|上架)(?P<thing>.*)$"
)
_CLOSED_ZH = re.compile(r"关闭|關閉|完成|交付|出具|发货|發貨|出货|出貨|发出|發出|到货|到貨|付款|结案|結案|上架")
_OPENS_ZH = re.compile(
    r"^(?:[把将將让讓使]|确保|確保|保持|维持|維持|完成|实现|實現|达成|達成|达到|達到|控制|提升|提高|降低|减少|減少|增加|缩短|縮短|压缩|壓縮|扩大|擴大|新增|新开|新簽|签约|簽約|签下|开发|開發|招聘|招募|招收|培养|培養"
    r"|取得|获得|獲得|通过|通過|上线|上線|建立|建成|搭建|建置|导入|導入|推出|发布|發布|制定|訂定|优化|優化|改善|改版|开设|開設|举办|舉辦|办(?=理|\d|[一两二三四五六七八九十])|辦(?=理|\d|[一兩二三四五六七八九十])|发(?=布|放|\d)|發(?=布|放|\d)|更新|修改|编制|編製|编写|編寫|撰写|撰寫|申请|申請|跟进|跟進|拜访|拜訪|淘汰|组织|組織|开展|開展|节约|節省|节省|争取|做到|保证|保證|杜绝|杜絕|确定|修订|修訂|启用|啟用|引进|引進|拓展|清理|回收|收回|落实|落實)"
)
_SIGN_ZH = re.compile(
    r"^(?P<name>[^≤≥<>＜＞:：,，。；;]{2,20}?)(?:目标|目標)?(?:值)?\s*(?P<sign>≤|≥|<=|>=|<|>|＜|＞|不高于|不高於|不超过|不超過|不低于|不低於|不少于|不少於|低于|低於|高于|高於|小于|小於|大于|大於)?\s*[:：]?\s*(?=[$¥￥]?\d|[百千万萬]分之|[一二三四五六七八九十两兩]成)"
)
_VERB_END_ZH = re.compile(
    r"(?:提[升高]|[升降增减減缩縮]|降低|减少|減少|增加|[达達]成?|控制|保持|维持|維持|突破|超过|超過|下降|上升|不[低高]|不超|不少)(?:至|到|在|为|為)?$|(?:至|到|在|为|為)$"
)
_MOVED_ZH = re.compile(r"[升降增减減提达達到控省保维維缩縮长長翻突超下上不高低为為]")
_VERB_EN = re.compile(
    r"^(?:achieve|add|answer|attend|be|bring|build|call|clear|close|collect|complete|conduct|convert|create|cut|decrease|deliver|deploy|develop|double|drive|earn|eliminate|ensure|enrol|expand|fill|finish|fix|gain|generate|get|grow|halve|handle|have|hire|hit|hold|host|implement|improve|increase|install|introduce|issue|keep|land|launch|lift|limit|lower|maintain|make|meet|migrate|move|obtain|onboard|open|organi[sz]e|pass|pay|post|prepare|process|produce|promote|publish|pull|push|raise|reach|recover|recruit|reduce|release|renew|replace|replenish|reply|report|resolve|respond|restore|retain|review|roll|run|save|secure|sell|send|set|ship|shorten|sign|speed|stay|submit|support|take|test|train|turn|automate|beat|close|file|grow|tighten|standardi[sz]e|document|define|design(?= (?:a|an|the|our|new|and)\b)|revise|draft|write|update|upgrade|visit|win|write)\b",
    re.I,
)
_MAKES_EN = re.compile(
    r"^(?:update|write|draft|prepare|revise|document|define|design|create|develop|set up|introduce|produce|migrate|move|replace|install|open) (?:a|an|the|our|its|all|new|\w+) ",
    re.I,
)
_MAKES_ZH = re.compile(r"^(?:修订|修訂|编制|編製|编写|編寫|撰写|撰寫|更新|起草|绘制|繪製|整理|汇编|彙編)(?=\S{2})")
_MADE_ZH = re.compile(
    r"[^\d，。；]{2,16}(?:升级|改造|上线|搬迁|改版|换证|取证|修订|编制|切换|迁移|升級|上線|搬遷|換證|取證|修訂|編製|遷移)"
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


def makes(words: str, language: Language) -> bool:
    """Whether words open with a verb that yields something to be handed over: a policy updated, a manual written."""
    if language == "en":
        return _MAKES_EN.match(words) is not None
    return _MAKES_ZH.match(words) is not None or _MADE_ZH.fullmatch(words.strip()) is not None


def counts(words: str) -> bool:
    """Whether words open with an amount."""
    return (
        re.match(
            r"(?:at least |at most |no more than |no less than |up to |over |under |more than |less than |至少|不少于|不少於)?[$€£¥￥]?\d",
            words,
            re.I,
        )
        is not None
    )


def moves(words: str) -> bool:
    """Whether Chinese words hold a verb of change or level, so that 让 can stand before them."""
    return _MOVED_ZH.search(words) is not None


def signed(words: str, value: str) -> Sign | None:
    """Return the measure and the bound that stand right before a value; None where a verb stands between."""
    match = _SIGN_ZH.match(words)
    if match is None or _VERB_END_ZH.search(match["name"]) or not words.startswith(value, match.end()):
        return None
    sign = match["sign"]
    if not sign:
        return Sign(match["name"], None, match.end())
    low = sign in ("≤", "<=", "<", "＜") or sign[0] in "低小" or "超" in sign or sign.startswith(("不高", "不大"))
    strict = sign in ("<", "＜", ">", "＞") or sign[0] in "低小高大"
    bound: Bound = ("lt" if strict else "le") if low else ("gt" if strict else "ge")
    return Sign(match["name"], bound, match.end())


def rated(words: str) -> bool:
    """Whether words hold a value on a scale: a share, a score, money."""
    return re.search(r"[%％‰元]|\d\s*分|分之|成$", words) is not None


def tallied(name: str, value: str) -> bool:
    """Whether a value tallies things to be made rather than how many there are: 專利申請8件, not 門市數30家."""
    return re.search(r"[家名位件项項门門篇场場套台]$", value) is not None and not name.endswith(("数", "數", "量"))


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
    behind = re.sub(r"^(?:内|內|得到|予以|进行|進行|必须|必須|须|須|完成(?=\S))+", "", behind)
    match = _SERVED_ZH.match(behind)
    head = re.sub(r"(?:必须|必須|需|须|須|在|于|於|应|應)$", "", head)
    if match is None or bool(head) == bool(match["thing"]):
        return "", ""
    get = "" if _CLOSED_ZH.match(match["verb"]) else "得到"
    return head or match["thing"], f"{get}{match['verb']}"
