# ruff: noqa: E501
"""Flags parts of a goal that disagree on its time. Knows nothing about which of the dates is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from assistant.goals.facts import Time
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import ARITHMETIC, ISO_8601
from assistant.lint.unit import Unit

RULE = Rule(
    name="time-conflict",
    id="C607",
    group="time",
    severity="error",
    marks={"consistent": "fail"},
    contradiction=True,
    pages={
        "en": Page(
            flags=(
                "Two times for the same finish that disagree: a period against its own dates, a labelled deadline "
                "against the one in the sentence, a start after the end. Stages and review dates are fine."
            ),
            why="One reader stops at the earlier date, the other waits for the later.",
            example="Cut the return rate from 6% to 4% in Q2 2027 (by 31 August 2027)",
            better="Cut the return rate from 6% to 4% in Q2 2027 (by 30 June 2027)",
            fix="Keep the date that is meant, everywhere.",
        ),
        "zh-Hans": Page(
            flags="同一件事写了互相矛盾的时间：时期和括号里的日期对不上，标明的截止日期和句子里的不同，开始晚于结束。分阶段和检查日期不算。",
            why="有人按早的收尾，有人等晚的。",
            example="2027年第二季度（8月31日前）退货率从6%降到4%",
            better="2027年第二季度（6月30日前）退货率从6%降到4%",
            fix="确定是哪一天，各处写成一样。",
        ),
        "zh-Hant": Page(
            flags="同一件事寫了互相矛盾的時間：期間和括號裡的日期對不上，標明的截止日期和句子裡的不同，開始晚於結束。分階段和檢查日期不算。",
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

_OPENS = re.compile(
    r"[\s,，]*(?:\(|（|即|也就是|\[|—|–|i\.e\.,?|that is,?|namely,?)\s*(?:即|也就是|截至|截止到?|due|deadline:?)?\s*$"
)
_HEADS = re.compile(r"\s*(?:goals?|targets?|objectives?|目标|计划|任务)\s*")
_LATEST = re.compile(r"\s*(?:no later than|not later than|at the latest|最迟|最晚|至迟)")
_LABEL = re.compile(
    r"(?:截止(?:日期|时间|日)?|完成(?:时间|日期|期限)|期限|时间(?:框架|限制|节点)?|时限|到期日?|(?<![a-z])(?:due(?: date)?|deadline|time ?frame|timeline|time[- ]?bound|target date|finish(?:ed)? by))"
    r"[*_]{0,2}\s*(?:为|是|:|：)\s*$"
)
_STAGE = re.compile(
    r"阶段|先|首批|首轮|第一[批期步]|试点|试运行|其中|逐步|中期|初稿|评审|复盘|检查|汇报|验收|启动|开始|培训|上线后|再|随后|之后|最终|里程碑|每月|月度|季度评|回顾|追踪|检讨"
    r"|(?<![a-z])(?:first|pilot|phase|stage|milestone|interim|review|check|draft|kick-?off|start|begin|then|later|finally|halfway|mid-?point|report|read-?out|reading|survey|after|once|launch)"
)
_EDGES = re.compile(r"[\s。.,;内前底止]+|完成|达成")
_TOLERANCE_DAYS = 15
"""Windows counted from today and rounded month ends may differ by as much from the date written beside them."""


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
        if headed and second.kind == "deadline" and first.kind == "window" and not _agree(first, second):
            yield _hit(unit, first, second)
            return
        latest = _LATEST.match(unit.plain, second.start) and not gap.strip(" ,，")
        if len(gap) <= 16 and (latest or _OPENS.fullmatch(gap)) and not _agree(first, second):
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
    if _STAGE.search(unit.plain, *unit.sentence(other.start)) or _STAGE.search(unit.plain, *unit.clause(own.start)):
        return
    rest = _EDGES.sub("", unit.plain[own.end : unit.clause(own.start)[1]])
    if len(rest) <= 2 and not _agree(other, own):
        yield _hit(unit, *sorted((other, own), key=lambda time: time.start))


def _agree(one: Time, two: Time) -> bool:
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
    return abs((last - other).days) <= _TOLERANCE_DAYS


def _inside(day: date, time: Time) -> bool:
    first, last = time.resolved
    return first is not None and last is not None and first <= day <= last


def _hit(unit: Unit, first: Time, second: Time) -> Hit:
    words = {
        "first": unit.text[first.start : first.end].strip(),
        "second": unit.text[second.start : second.end].strip(),
    }
    return Hit(first.start, second.end, words)
