# ruff: noqa: E501
"""Flags parts of a goal that disagree on its time. Knows nothing about which of the dates is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from assistant.goals.facts import Time
from assistant.language.later import later
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import ARITHMETIC, ISO_8601
from assistant.lint.unit import Unit

RULE = Rule(
    name="time-conflict",
    id="C607",
    group="consistent",
    severity="error",
    marks={"consistent": "fail"},
    contradiction=True,
    pages={
        "en": Page(
            flags=(
                "Two times for the same finish that disagree: a period against its own dates, a labelled deadline "
                "against the one in the sentence, a start after the end. Stages and review dates are fine, and so are two "
                "weeks' difference from a window counted from today (within 3 months)."
            ),
            why="One reader stops at the earlier date, the other waits for the later.",
            example="Cut the return rate from 6% to 4% in Q2 2027 (by 31 August 2027)",
            better="Cut the return rate from 6% to 4% in Q2 2027 (by 30 June 2027)",
            fix="Keep the date that is meant, everywhere.",
        ),
        "zh-Hans": Page(
            flags="同一件事写了互相矛盾的时间：时期和括号里的日期对不上，标明的截止日期和句子里的不同，开始晚于结束。分阶段和检查日期不算；从今天算起的期限（三个月内）差两周以内也不算。",
            why="有人按早的收尾，有人等晚的。",
            example="2027年第二季度（8月31日前）退货率从6%降到4%",
            better="2027年第二季度（6月30日前）退货率从6%降到4%",
            fix="确定是哪一天，各处写成一样。",
        ),
        "zh-Hant": Page(
            flags="同一件事寫了互相矛盾的時間：期間和括號裡的日期對不上，標明的截止日期和句子裡的不同，開始晚於結束。分階段和檢查日期不算；從今天算起的期限（三個月內）差兩週以內也不算。",
            why="有人照早的收尾，有人等晚的。",
            example="2027年第二季（8月31日前）退貨率從6%降到4%",
            better="2027年第二季（6月30日前）退貨率從6%降到4%",
            fix="確定是哪一天，各處寫成一樣。",
        ),
    },
    says={
        "": {
            "en": Say("“{first}” and “{second}” do not agree.", "Keep the one that is meant, everywhere."),
            "zh-Hans": Say("“{first}”和“{second}”对不上。", "确定是哪一个，各处写成一样。"),
            "zh-Hant": Say("「{first}」和「{second}」對不上。", "確定是哪一個，各處寫成一樣。"),
        },
        "backwards": {
            "en": Say("“{words}” ends before it starts.", "Check which of the two dates is mistyped."),
            "zh-Hans": Say("“{words}”还没开始就结束了。", "核对哪一个日期写错了。"),
            "zh-Hant": Say("「{words}」還沒開始就結束了。", "核對哪一個日期寫錯了。"),
        },
    },
    sources=(ARITHMETIC, ISO_8601),
)

_OPENS = later(
    r"[\s,，]*(?:\(|（|即|也就是|\[|—|–|i\.e\.,?|that is,?|namely,?)\s*(?:即|也就是|截至|截止到?|due|deadline:?)?\s*$"
)
_HEADS = later(r"\s*(?:goals?|targets?|objectives?|目标|计划|任务)\s*")
_LATEST = later(r"\s*(?:no later than|not later than|at the latest|最迟|最晚|至迟)")
_LABEL = later(
    r"(?:截止(?:日期|时间|日)?|完成(?:时间|日期|期限)|期限|时间(?:框架|限制|节点)?|时限|到期日?|(?<![a-z])(?:due(?: date)?|deadline|time ?frame|timeline|time[- ]?bound|target date|finish(?:ed)? by))"
    r"[*_]{0,2}\s*(?:为|是|:|：)\s*$"
)
_STAGE = later(
    r"阶段|首批|首轮|第一[批期步轮]|试点|试运行|其中|逐步|中期|初稿|里程碑|上线后"
    r"|(?:(?<=[\s,，。;；:])|^)先(?=[在对从于])"
    r"|(?<![a-z])(?:pilot|phase|stage|milestone|interim|kick-?off|halfway|mid-?point|read-?out)"
    r"|(?<![a-z])(?:first|start(?:ing)?|begin(?:ning)?) (?:in|with|at)(?![a-z])"
)
"""Words that speak of a stage anywhere in the sentence, unless a measure is named with them: the pilot conversion rate."""
_STEP_ZH = r"评审|复盘|检查|汇报|验收|启动|开始|培训|回顾|追踪|检讨|试点|初稿|盘点|调查|读数|首批|先行"
_STEP_EN = r"review|check|draft|kick-?off|start|begin|report|read-?out|reading|survey|launch|pilot|phase|stage|milestone|interim|audit"
_BEFORE = later(
    rf"(?:{_STEP_ZH}|最终|随后|之后|先|再|每月|月度|季度评[审估])[^\u4e00-\u9fff]{{0,3}}(?:日期|时间|截止|期限|于|在|从|是|为|:|\s){{0,4}}$"
    rf"|(?<![a-z])(?:{_STEP_EN})(?:s|ed|ing|ning|starts)?(?:\s+(?:\d|one|two|is|are|was|due|date|deadline|planned|held|results?|of|on|by|in|at|for|from|until|the|end)){{0,4}}\s*:?\s*$"
    r"|(?<![a-z])(?:first|then|later|finally|after|once)(?:\s+(?:of|on|by|in|at|from|the|end|date|deadline)){0,3}[\s,:]*$"
)
"""Words of a step right before its time: the review on 31 March, first by 31 March."""
_AFTER = later(
    rf"[\s前之内起底]{{0,3}}(?:先|(?:完成|进行|开展|组织|召开|提交)?[^,，。;；\n]{{0,8}}(?:{_STEP_ZH})(?:工作|会议|会|报告)?(?=[\s,，。.;；)）]|$))"
    rf"|\s*(?:{_STEP_EN}|start|kick-?off)(?:s|ed|ing)?(?![a-z])"
)
"""Words of a step after its time: 3月31日前完成评审, the March 2027 survey."""
_EDGES = later(r"[\s。.,;内前底止]+|完成|达成")
_YEAR = later(r"(?<!\d)\d{4}(?!\d)")
_NUMBER = later(r"\d+")
_NEAR = 40
_TOLERANCE_DAYS = 15
"""A window counted from today may end as far from the date written beside it: people count from the next month on."""


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Compare times that stand for the same finish."""
    times = [time for time in unit.facts.times if time.kind in ("deadline", "window") and time.resolved[1]]
    for time in times:
        begins, ends = time.resolved
        if begins and ends and begins > ends:
            yield Hit(time.start, time.end, {"words": unit.text[time.start : time.end].strip()}, say="backwards")
            return
    for first, second in pairwise(times):
        gap = unit.plain[first.end : second.start]
        headed = first.start <= unit.body[0] + 1 and _HEADS.fullmatch(
            unit.plain[first.end : first.end + 12].split(":")[0]
        )
        if headed and second.kind == "deadline" and first.kind == "window" and not _agree(unit, first, second):
            yield _hit(unit, first, second)
            return
        latest = _LATEST.match(unit.plain, second.start) and not gap.strip(" ,，")
        if len(gap) <= 16 and (latest or _OPENS.fullmatch(gap)) and not _agree(unit, first, second):
            yield _hit(unit, first, second)
            return
    yield from _labelled(unit, times)


def _labelled(unit: Unit, times: list[Time]) -> Iterator[Hit]:
    """A labelled deadline that is a bare date, against the only other deadline of the goal."""
    named = [time for time in times if _LABEL.search(unit.plain, max(time.start - 16, 0), time.start)]
    others = [time for time in times if time not in named]
    if len(named) != 1 or len(others) != 1:
        return
    own, other = named[0], others[0]
    if _of_a_stage(unit, other) or _of_a_stage(unit, own):
        return
    rest = _EDGES.sub("", unit.plain[own.end : unit.clause(own.start)[1]])
    if len(rest) <= 2 and not _agree(unit, other, own):
        yield _hit(unit, *sorted((other, own), key=lambda time: time.start))


def _of_a_stage(unit: Unit, time: Time) -> bool:
    """Tell whether the time is that of a stage or step; words of the measure or of what is made do not tell."""
    first, last = unit.sentence(time.start)
    if any(not _in_measure(unit, match) for match in _STAGE.finditer(unit.plain, first, last)):
        return True
    line = max(unit.plain.rfind("\n", 0, time.start) + 1, time.start - _NEAR)
    return (
        _BEFORE.search(unit.plain[line : time.start]) is not None
        or _AFTER.match(unit.plain, time.end, time.end + _NEAR) is not None
    )


def _in_measure(unit: Unit, match: re.Match[str]) -> bool:
    near = unit.metrics_near(match.start() - _NEAR, match.end() + 3)
    return any(match.start() < metric.end for metric in near)


def _agree(unit: Unit, one: Time, two: Time) -> bool:
    """Tell whether two times can mean the same finish: the same last day, or one inside the other."""
    last, other = one.resolved[1], two.resolved[1]
    if last is None or other is None or "open" in (one.certainty, two.certainty):
        return True
    if _inside(other, one) and _inside(last, two):
        return True
    if one.kind == "window" and one.resolved[0] is not None and one.resolved[0] <= other <= last:
        return True
    if two.kind == "window" and two.resolved[0] is not None and two.resolved[0] <= last <= other:
        return True
    if (_rounded(unit, one) or _rounded(unit, two)) and (last.year, last.month) == (other.year, other.month):
        return True
    loose = any(time.certainty == "ambiguous" or _counted(unit, time) for time in (one, two))
    return abs((last - other).days) <= (_TOLERANCE_DAYS if loose else 0)


def _counted(unit: Unit, time: Time) -> bool:
    """Tell whether the time is counted from today (within 3 months) rather than read from a calendar."""
    return time.resolved[0] == unit.today and not _YEAR.search(unit.plain, time.start, time.end)


def _rounded(unit: Unit, time: Time) -> bool:
    """Tell whether the time names a month or quarter by its end, and no day."""
    last = time.resolved[1]
    return last is not None and str(last.day) not in _NUMBER.findall(unit.plain, time.start, time.end)


def _inside(day: date, time: Time) -> bool:
    first, last = time.resolved
    return first is not None and last is not None and first <= day <= last


def _hit(unit: Unit, first: Time, second: Time) -> Hit:
    words = {
        "first": unit.text[first.start : first.end].strip(),
        "second": unit.text[second.start : second.end].strip(),
    }
    return Hit(first.start, second.end, words)
