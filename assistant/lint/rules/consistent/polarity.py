# ruff: noqa: E501
"""Flags verbs that move a metric the wrong way. Knows nothing about pairs of values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.goals.facts import Change
from assistant.language.later import later
from assistant.lint.arithmetic import step
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.slices import within
from assistant.lint.sources import ARITHMETIC
from assistant.lint.unit import Unit

RULE = Rule(
    name="polarity",
    id="C608",
    group="consistent",
    severity="warning",
    marks={"consistent": "fail"},
    contradiction=True,
    pages={
        "en": Page(
            flags=(
                "A verb that moves a metric the wrong way: raise the complaint rate, reduce retention. The head "
                "noun decides: raising the complaint handling rate is fine."
            ),
            why="Taken literally the team would work for the opposite.",
            example="Raise the complaint rate by 30 June 2027",
            better="Lower the complaint rate from 3% to 2% by 30 June 2027",
            fix="Check whether the verb or the metric is meant.",
        ),
        "zh-Hans": Page(
            flags="动词让指标往坏处走：提升投诉率、降低留存率。看中心词：提升投诉处理率没有问题。",
            why="照字面做，团队就在往反方向努力。",
            example="2027年6月底前提升投诉率",
            better="2027年6月底前把投诉率从3%降到2%",
            fix="核对动词和指标哪个写错了。",
        ),
        "zh-Hant": Page(
            flags="動詞讓指標往壞處走：提升客訴率、降低留存率。看中心詞：提升客訴處理率沒有問題。",
            why="照字面做，團隊就在往反方向努力。",
            example="2027年6月底前提升客訴率",
            better="2027年6月底前把客訴率從3%降到2%",
            fix="核對動詞和指標哪個寫錯了。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{verb}” moves “{metric}” the wrong way.",
                "Check whether the verb or the metric is meant.",
            ),
            "zh-Hans": Say(
                "“{verb}”会让“{metric}”往坏处走。",
                "核对动词和指标哪个写错了。",
            ),
            "zh-Hant": Say(
                "「{verb}」會讓「{metric}」往壞處走。",
                "核對動詞和指標哪個寫錯了。",
            ),
        },
    },
    sources=(ARITHMETIC,),
)

_UP = (
    "抬高",
    "推高",
    "拉高",
    "上调",
    "push up",
    "bring up",
    "提升",
    "提高",
    "增加",
    "增长",
    "扩大",
    "拉升",
    "increas",
    "rais",
    "grow",
    "lift",
    "boost",
)
_DOWN = (
    "压低",
    "压降",
    "下调",
    "bring down",
    "push down",
    "降低",
    "减少",
    "降",
    "压缩",
    "削减",
    "reduc",
    "lower",
    "cut",
    "decreas",
)
_GAP = later(
    r"\s*(?:the (?:number|count|amount|volume|share|rate) of (?:[a-z]+ ){0,2}|the |our |average |overall |monthly |customer |employee |team |客户|用户|员工|整体|平均|月度|门店|产品|的)*"
)
_REMEDIED = later(
    r" (?:that are |which are )?(?:resolved|handled|answered|closed|fixed|prevented|avoided|settled|solved|caught|detected|found|cleared)(?![a-z])"
)
_HEAD = later(
    r"[\u4e00-\u9fff]{0,6}?(?:速度|效率|能力|质量|水平|满意度|时效|及时性|机制|流程|系统|透明度|意识|体验)(?![\u4e00-\u9fff]{0,2}(?:率|数|量))"
    r"|[ ](?:[a-z-]+ )?(?:handling|resolution|response|management|process|speed|quality|reporting|prevention|detection)(?![a-z])"
)
"""The head noun of a longer name: what 提升客诉结案速度 raises is a speed and no complaint."""
_TURNED = later(r"漏|未|误|不|失|逾|延迟|超时|非|missed|late|failed|unre|unsa|non-|not ")
_COMPARED = later(
    r"\s*在[^,，;；。]{0,18}基础上\s*|\s*(?:要|需|应|须|将)?(?:在|较|比|相比|同比|与|和|于)(?:相比|水平)?(?:的?基础上|的?水平上)?\s*"
)
_FROM = later(r"(?: is| goes| moves)?[ ](?:back )?from [$€£]?|[ ]?(?:从|由|自)[ ]?")
_OF = later(r"(?<![a-z])(?:of|in|under|behind|to) (?:the |our )?$|[不未非低漏]$")
_CERTAIN = later(
    r"(?<![a-z])(?:customer satisfaction|satisfaction score|csat|nps|retention|conversion rate|first[- ]pass yield|uptime|win rate|churn|defect rate"
    r"|error rate|complaint rate|attrition|downtime|scrap rate)$"
    r"|(?:满意度|转化率|留存率|合格率|良率|良品率|续约率|复购率|准时率|投诉率|客诉率|流失率|离职率|不良率|缺陷率|退货率|故障率|差错率|事故率)$"
)
"""Measures whose good side nobody doubts, whatever stands before them."""
_LINK = later(r"\s*(?:在|要|再|能|得到|持续|进一步|逐步|明显|大幅)?\s*")


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report verbs with a direction right before or after a metric of the other polarity."""
    yield from _by_pair(unit)
    metrics = [metric for metric in unit.facts.metrics if metric.polarity in ("up", "down")]
    if not metrics:
        return
    for action in unit.facts.actions:
        verb = unit.plain[action.start : action.end]
        asks = "up" if verb.startswith(_UP) else "down" if verb.startswith(_DOWN) else None
        if asks is None:
            continue
        for metric in within(metrics, action.start - 40, action.end + 40):
            if _HEAD.match(unit.plain, metric.end):
                continue
            if metric.polarity == asks or not _joined(unit, action.start, action.end, metric.start, metric.end):
                continue
            if metric.polarity == "up" and _TURNED.search(unit.plain, max(metric.start - 2, unit.start), metric.end):
                continue
            if _REMEDIED.match(unit.plain, metric.end):
                continue
            values = {
                "verb": unit.text[action.start : action.end],
                "metric": unit.text[metric.start : metric.end],
            }
            yield Hit(min(action.start, metric.start), max(action.end, metric.end), values)


def _by_pair(unit: Unit) -> Iterator[Hit]:
    """Yield pairs whose verb and values agree on a way that is the wrong one for their measure: 感染率由2%提升到3%."""
    for change in unit.facts.changes:
        metric, frm, to = unit.metric_of(change), unit.quantity(change.frm), unit.quantity(change.to)
        if metric is None or frm is None or to is None or metric.polarity not in ("up", "down"):
            continue
        moved = step(frm, to)
        if change.direction == metric.polarity and moved and _surely_worse(unit, change, moved):
            start, end = unit.span_of(frm, to)
            values = {"verb": unit.text[start:end].strip(), "metric": unit.text[metric.start : metric.end]}
            yield Hit(*unit.span_of(metric, frm, to), values)
            continue
        if change.direction not in ("up", "down") or change.direction == metric.polarity or not moved:
            continue
        if metric.polarity == "up" and _TURNED.search(unit.plain, max(metric.start - 2, unit.start), metric.end):
            continue
        start, end = unit.span_of(metric, frm, to)
        verbs = [a for a in within(unit.facts.actions, start - 12, end) if a.direction == change.direction]
        plain_verbs = [a for a in verbs if unit.plain[a.start : a.end].startswith(_UP + _DOWN)]
        if plain_verbs and (step(frm, to) or 0) * (1 if change.direction == "up" else -1) > 0:
            words = {
                "verb": unit.text[plain_verbs[-1].start : plain_verbs[-1].end],
                "metric": unit.text[metric.start : metric.end],
            }
            yield Hit(start, end, words)


def _surely_worse(unit: Unit, change: Change, moved: Decimal) -> bool:
    """Tell whether a pair without a verb of direction moves a measure, right before it, whose good side nobody doubts."""
    metric, frm, to = unit.metric_of(change), unit.quantity(change.frm), unit.quantity(change.to)
    if metric is None or frm is None or to is None or (moved > 0) == (metric.polarity == "up"):
        return False
    if (
        metric.end > frm.start
        or not unit.written_as_move(frm, to)
        or not _FROM.fullmatch(unit.plain, metric.end, frm.start)
    ):
        return False
    start, _ = unit.sentence(metric.start)
    if any(action.direction for action in within(unit.facts.actions, start, to.end)):
        return False
    if _CERTAIN.search(unit.plain, metric.start, metric.end) is None:
        return False
    return not (_OF.search(unit.plain, max(metric.start - 12, unit.start), metric.start))


def _joined(unit: Unit, verb_start: int, verb_end: int, start: int, end: int) -> bool:
    if verb_end <= start:
        return start - verb_end <= 30 and _GAP.fullmatch(unit.plain, verb_end, start) is not None
    if end > verb_start:
        return False
    if _COMPARED.fullmatch(unit.timeless(end, verb_start)) and _amount_follows(unit, verb_end):
        return True
    if _LINK.fullmatch(unit.plain, end, verb_start) is None:
        return False
    return re.search(r"[把将使让]", unit.plain[max(start - 12, unit.start) : start]) is not None


def _amount_follows(unit: Unit, place: int) -> bool:
    """Tell whether the verb is followed by how much, with nothing between."""
    return any(
        quantity.role == "change" and not unit.plain[place : quantity.start].strip(" 了约至少达")
        for quantity in within(unit.facts.quantities, place, place + 6)
    )
