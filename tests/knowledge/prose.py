"""Finds what a reader of a language would stumble over: half-width marks, stray quotation marks, filler, wrong usage.

Knows nothing about topics; one list of words a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.goals import Language

HAN = "[\u3400-\u9fff]"
_HALF_WIDTH = re.compile(rf"{HAN}\s*[,:;!?()]|[,:;!?()]\s*{HAN}|{HAN}\.")
_LOOSE_MARK = re.compile(r"\s[，。；：！？、（）]|[，。；：！？、（）]\s|[，。；：、]{2}")
_WORD_APOSTROPHE = re.compile(r"(?<=[A-Za-z])'(?=[a-z])")
_PAIRS = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")"}
_FOREIGN_QUOTES: dict[Language, str] = {"zh-Hans": "「」『』\"'", "zh-Hant": "“”‘’\"'", "en": "「」『』“”（）"}

_WORDS: dict[Language, tuple[str, ...]] = {
    "zh-Hans": (
        *(
            "贵团队",
            "助力",
            "赋能",
            "抓手",
            "闭环",
            "颗粒度",
            "对标",
            "进行",
            "质素",
            "透过",
            "打造.{0,4}生态",
            "底层逻辑",
        ),
        *("如上所述", "如前所述", "上文", "前述", "下文"),
    ),
    "zh-Hant": (
        *(
            "復盤",
            "賦能",
            "落地",
            "優化",
            "對齊",
            "質量",
            "用戶",
            "信息",
            "數據",
            "軟件",
            "代碼",
            "網絡",
            "服務器",
            "支持",
        ),
        *(
            "反饋",
            "轉化率",
            "復購",
            "(?<!手)續費",
            "投訴",
            "工單",
            "視頻",
            "默認",
            "季度",
            "渠道",
            "匯報",
            "抓手",
            "閉環",
        ),
        *(
            "顆粒度",
            "對標",
            "業務員",
            "屏幕",
            "質檢",
            "運營",
            "迭代",
            "激活",
            "拉新",
            "領導",
            "工作日(?![記誌])",
            "回復",
        ),
        *("貴團隊", "助力", "進行(?!事曆)", "如上所述", "如前所述", "上文", "前述", "下文"),
    ),
    "en": (
        *(r"leverag\w+", r"synerg\w+", r"holistic\w*", r"seamless\w*", r"empower\w*", r"utili[sz](?:e|es|ed|ing)"),
        *("cutting-edge", r"game-chang\w+", "best-in-class", "world-class", r"delve\w*", "low-hanging", "deep dive"),
        *("going forward", "important to note", "in today's", "as mentioned", "as above", "see above", "see below"),
    ),
}
"""What a language does not say here: filler, usage of the other side of the strait, pointers out of the passage."""


def words(text: str, language: Language) -> Iterator[str]:
    """The unwanted words of `text`, each with a little of what surrounds it."""
    edge = r"\b" if language == "en" else ""
    for word in _WORDS[language]:
        for found in re.finditer(f"{edge}(?:{word}){edge}", text, re.IGNORECASE):
            yield text[max(0, found.start() - 8) : found.end() + 8]


def marks(text: str, language: Language) -> Iterator[str]:
    """The wrong or unpaired marks of `text`, each with a little of what surrounds it."""
    if language != "en":
        for pattern in (_HALF_WIDTH, _LOOSE_MARK):
            for found in pattern.finditer(text):
                yield text[max(0, found.start() - 6) : found.end() + 6]
    for place, char in enumerate(_WORD_APOSTROPHE.sub("", text)):
        if char in _FOREIGN_QUOTES[language]:
            yield f"{char} at {place}"
    if language == "en" and text.count('"') % 2:
        yield 'an odd number of "'
    open_marks: list[str] = []
    for char in text:
        if char in _PAIRS:
            open_marks.append(_PAIRS[char])
        elif char in _PAIRS.values() and (not open_marks or open_marks.pop() != char):
            yield f"{char} closes nothing"
    yield from (f"{mark} is missing" for mark in open_marks)


def length(text: str, language: Language) -> int:
    """English words, or Chinese characters without marks, digits and Latin letters."""
    return len(text.split()) if language == "en" else len(re.findall(HAN, text))
