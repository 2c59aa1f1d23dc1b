"""Flags text that was decoded wrongly. Knows nothing about the original words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import UNICODE
from assistant.lint.unit import Unit

RULE = Rule(
    name="mojibake",
    id="N002",
    group="text",
    severity="warning",
    marks={"consistent": "warn"},
    pages={
        "en": Page(
            flags="Characters that show a wrong decoding: � or runs like ä¸­æ–‡.",
            why="What cannot be read cannot be judged, and findings around it may be wrong.",
            example="Reduce the return rate from 12% to 9% by 30 June 2027 ��",
            better="Reduce the return rate from 12% to 9% by 30 June 2027",
            fix="Open the source again with the right encoding (UTF-8, GBK, Big5).",
        ),
        "zh-Hans": Page(
            flags="解码出错的字符：�，或者 ä¸­æ–‡ 一类乱码。",
            why="看不懂就没法判断，旁边的结果也可能不准。",
            example="2027年6月底前把退货率从12%降到9%��",
            better="2027年6月底前把退货率从12%降到9%",
            fix="用正确的编码（UTF-8、GBK、Big5）重新打开原文。",
        ),
        "zh-Hant": Page(
            flags="解碼出錯的字元：�，或者 ä¸­æ–‡ 一類亂碼。",
            why="看不懂就沒辦法判斷，旁邊的結果也可能不準。",
            example="2027年6月底前把退貨率從12%降到9%��",
            better="2027年6月底前把退貨率從12%降到9%",
            fix="用正確的編碼（UTF-8、GBK、Big5）重新開啟原文。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” was decoded wrongly.",
                "Open the source again with the right encoding.",
            ),
            "zh-Hans": Say(
                "“{words}”是乱码。",
                "用正确的编码重新打开原文。",
            ),
            "zh-Hant": Say(
                "「{words}」是亂碼。",
                "用正確的編碼重新開啟原文。",
            ),
        },
    },
    sources=(UNICODE,),
)

_DAMAGE = re.compile(
    r"\ufffd+|(?:[\u00c3-\u00ef][\u0080-\u00bf\u2013-\u2122\u0152-\u0178\u02c6\u02dc]{1,2}){3,}|(?:锟斤拷|烫烫烫|屯屯屯)+"
)
_RUN = re.compile(r"[\u0080-\u024f\u02c6\u02dc\u2013-\u2122]{2,}")


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report replacement characters and runs that are UTF-8 read as Latin-1 or Windows-1252."""
    end = unit.start
    for match in _DAMAGE.finditer(unit.text, unit.start, unit.end):
        end = match.end()
        yield Hit(match.start(), end, {"words": match[0]})
    if end == unit.start and not unit.text.isascii():
        for match in _RUN.finditer(unit.text, unit.start, unit.end):
            if _decodes(match[0]):
                yield Hit(match.start(), match.end(), {"words": match[0]})


def _decodes(run: str) -> bool:
    """Tell whether the run's bytes in a Western encoding are valid UTF-8, which real accented words never are."""
    for encoding in ("cp1252", "latin-1"):
        try:
            run.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return True
    return False
