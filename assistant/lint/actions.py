# ruff: noqa: E501
"""Tells action items by the mark before them, and whether somebody is named in one.

Knows forms of names and the words around them; nothing about rules. Names are read from the text as written, since
folding takes the capitals by which English shows them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assistant.language.later import later
from assistant.lint.words import alternatives, pattern

if TYPE_CHECKING:
    from assistant.lint.unit import Unit

_ITEM = later(
    r"[\s*_#>\[\]x-]{0,12}(?:会议|会后|本周|本月|后续|例会|meeting|weekly)?\s{0,3}(?:行动项目?|行动计划|行动事项|行动|待办事项|待办|任务|措施|举措|整改项|改善对策|对策|工作项|跟进事项"
    r"|action plan(?:, item)?|action items?|actions?|action point|ap|to-?do|task|next step|follow-?up)\s*[\d一二三四五六七八九十]{0,2}[*_]{0,2}\s*[:\-–—]\s*"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯"
    "邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚舒阮柯纪梅童凌毕单裴霍简连游"
)
_NO_SURNAME = (
    "高[校管层级峰危温新频速]|方[案法向便面]|文[件档章案字本]|成[本果]|安[装全排检保]|程序|任[务何]|金[额融]|关[键闭于注联]|马[上达]|周[报会期边转度末]|温[度控]|包[装裹括]|单[据价位元]"
    "|白[名皮]|石[油材]|江[苏西南北]|万[元能]|施[工行策]|文[化员]|史料|章[程节]|武[汉器]|贺[卡信]|康复|牛奶|安卓|严[格重]|连[接续锁]|纪[律要念]|简[历化报介章]|游[客戏]|洪[水灾]|易[耗用]"
    "|庄园|宁[波夏]|吴江|童装|何时|黄金|林[业地]|龙头|江河|钱款|申[请报购]|徐州|郑州|柳州|兰州|温州|于[是此]|余[额款]|莫[须名]|毛[利坯]|雷[达击]|田[间地]|范[围本例文]|钟[点表]|金[属工]|顾[客问]|章[印]|沈阳|施[肥药]|许可|陆[续运]|左[侧右]|梅雨|夏[季天装]|叶[片轮]|段落|尚[未无]"
)
_NAME = rf"(?!{_NO_SURNAME})(?:欧阳|司徒|上官|诸葛|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_SEVERAL = rf"{_NAME}(?:\s*[、,和与及]\s*{_NAME}){{0,4}}"
_CHINESE_LAST = later(rf"[(,]\s*{_SEVERAL}\s*\)?[。.\s]*$")
_SPEAKS = "把|将|来|去|于|在|每|要|负责|牵头|跟进|主导|主办|经办|承办|督办|落实|对接|整理|更新|起草|拟定|确认|准备|联系|协调|安排|收集|统计|核对|处理|[寄发写送交做办改修换查约买订]"
_WEEKDAY = later(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.I)
_CAPITAL = r"[A-Z][A-Za-z'’.-]*"
_WHO = later(
    rf"[\s*_]*(?P<first>{_CAPITAL})(?:(?:,\s*|\s+(?:and|&)\s+|\s+){_CAPITAL}){{0,4}}\s+"
    r"(?:(?P<will>will|shall|must|should|is to|are to)\s+(?!be\b)|(?P<to>to)\s+(?!be\b)|(?=(?P<does>[a-z]{2,}s)\b))(?P<verb>[a-z-]+)"
)
_LAST = later(rf"(?:[(（]|\s[-–—]\s?)\s*(?P<who>{_CAPITAL}(?:\s{_CAPITAL})?)\s*[)）]?\s*[.。]?\s*$")
_NEAR = 60
"""Characters at either end of an item in which its owner's name is looked for."""
_THING = later(r"\s+(?:the|a|an|our|all|every|each|both|this|these|new|up|out|back|\d)(?![a-z])")
_NO_PERSON = later(r"[a-z]+(?:tion|sion|ment|ing|ance|ence|ure|list|plan|contract|report|access|data)s?$")
_ALSO_NOUNS = frozenset({"files", "documents", "releases", "signs", "moves", "builds", "passes", "opens", "drafts", "posts", "emails", "calls", "reviews", "surveys", "contacts", "meetings", "visits", "reads", "interviews", "briefs"})  # fmt: skip


def marked(unit: Unit) -> int | None:
    """Return where the words of an action item begin, after its mark; None for a goal without such a mark."""
    mark = _ITEM.match(unit.plain, unit.start, unit.end)
    return None if mark is None else mark.end()


def names_somebody(unit: Unit, start: int) -> bool:
    """Tell whether a person or department by name is given for the item whose words begin at `start`."""
    return _names_in_chinese(unit, start) or _names_in_english(unit, start)


@cache
def _chinese() -> re.Pattern[str]:
    doing = f"{_SPEAKS}|{alternatives('deliverable')}|{alternatives('activity')}"
    return re.compile(rf"[\s,:、*_]*(?:由|请)?{_SEVERAL}(?:\s*(?:{doing})|\s*[:,、]|\s+\S)")


def _names_in_chinese(unit: Unit, start: int) -> bool:
    if _chinese().match(unit.timeless(start, min(start + _NEAR, unit.end))):
        return True
    return _CHINESE_LAST.search(unit.timeless(max(start, unit.end - _NEAR), unit.end)) is not None


def _names_in_english(unit: Unit, start: int) -> bool:
    text = unit.text[: unit.end]
    last = _LAST.search(text, max(start, unit.end - _NEAR))
    if last and not _WEEKDAY.match(last["who"]) and not _dated(unit, last.start("who")):
        return True
    match = _WHO.match(text, start)
    if match is None or _verb(match["first"].lower()) or _NO_PERSON.fullmatch(match["first"].lower()):
        return False
    if match["will"]:
        return True
    verb = match["verb"]
    known = _verb(verb) and verb not in _ALSO_NOUNS
    return known or _THING.match(text, match.end()) is not None


def _dated(unit: Unit, at: int) -> bool:
    return any(time.start <= at < time.end for time in unit.facts.times)


def _verb(word: str) -> bool:
    return any(pattern(name).fullmatch(word) for name in ("deliverable", "activity", "change"))
