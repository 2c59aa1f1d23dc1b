# ruff: noqa: E501
"""Reads what a person said under a label: `Strengths: …`, `我的短板是……`, `不包含……`. Knows nothing about kinds of plans.

Everything found is quoted with its place. A label binds up to the next one or the end of its sentence; a label alone on
its line binds the list below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.drafting.clauses import Clause, sentences
from assistant.drafting.lines import Line, quoted
from assistant.goals import Source

Topic = Literal[
    "strengths", "weaknesses", "opportunities", "threats", "interests", "values", "vision", "mission", "horizon",
    "mentor", "scope", "outside", "deliverables", "background", "criteria", "documents", "sponsor", "market", "trends",
    "customers", "needs", "competitors", "positioning", "product", "price", "channels", "promotion", "service", "steps",
    "problem", "measures", "man", "machine", "material", "method", "environment", "gauge", "quarter1", "quarter2",
    "quarter3", "quarter4", "risks", "training", "gap", "role", "changes", "reporting",
]  # fmt: skip

_LABELS: dict[Topic, str] = {
    "strengths": r"优势|優勢|强项|強項|长处|長處|特长|特長|strengths?",
    "weaknesses": r"劣势|劣勢|弱点|弱點|弱项|弱項|短板|不足|待提升(?:的能力)?|weaknesses|weakness",
    "opportunities": r"机会|機會|机遇|機遇|opportunit(?:ies|y)",
    "threats": r"威胁|威脅|threats?",
    "interests": r"(?:职业|職涯)?(?:兴趣|興趣)|interests?",
    "values": r"价值观|價值觀|values",
    "vision": r"愿景|願景|(?:长期|長期)目标|長期目標|vision|long-term goal",
    "mission": r"使命|mission",
    "horizon": r"(?:未来|未來)?[三五十两兩\d一二四至到-]{1,4}年(?:后|後|内|內)?(?:的)?(?:方向|职业方向|職涯方向)|(?:three|five|ten)-year direction|direction",
    "mentor": r"(?:职业|職涯)?(?:导师|導師|教练|教練)|mentor|coach",
    "scope": r"(?:项目|專案|本期)?(?:范围|範圍)(?:内|內)?|in scope|scope",
    "outside": r"(?:不在范围(?:内)?|不在範圍(?:內)?|范围外|範圍外|不做的?|排除)|out of scope|not in scope|excluded",
    "deliverables": r"交付(?:物|项目|項目|成果|清单|清單)|deliverables?",
    "background": r"(?:项目|專案)?背景|(?:项目|專案)?(?:起因|缘由|緣由)|background|reason",
    "criteria": r"(?:验收|驗收)(?:标准|標準|条件|條件)|acceptance criteria",
    "documents": r"(?:相关|相關)?(?:文档|文檔|文件)(?:清单|清單)?|documents?",
    "sponsor": r"(?:项目|專案)?(?:发起人|發起人|拍板人|审批人|核准人|决策人|決策者)|sponsor|decision maker",
    "market": r"(?:市场|市場)(?:规模|規模|情况|情況|现状|現況)?|market(?: size)?",
    "trends": r"(?:行业|行業|产业|產業|市场|市場)?(?:趋势|趨勢)|trends?",
    "customers": r"(?:目标|目標)(?:客户|客戶|客群|人群|族群|用户|用戶)|(?:客户|客戶|用户|用戶)(?:画像|畫像|群体|群體)|客群|target customers?|customers|personas?",
    "needs": r"(?:客户|客戶|用户|用戶)?(?:需求|痛点需求)|(?:customer |their )?needs",
    "competitors": r"(?:主要)?(?:竞争对手|競爭對手|竞品|競品|对手|對手)|competitors?|rivals?",
    "positioning": r"(?:产品|產品|品牌|市场|市場)?定位|positioning",
    "product": r"(?:产品|產品)(?:策略)?|product(?: strategy)?",
    "price": r"(?:定价|定價|价格|價格)(?:策略)?|pric(?:e|ing)",
    "channels": r"(?:销售|銷售|推广|推廣|获客|獲客|行銷)?(?:渠道|通路)|channels?",
    "promotion": r"(?:推广|推廣|促销|促銷|宣传|宣傳|行銷)(?:策略|活动|活動)?|promotion",
    "service": r"(?:客户|客戶|售后|售後)?(?:服务|服務)(?:策略)?|service",
    "steps": r"(?:现有|现行|現有|現行|目前|当前)?(?:的)?(?:业务|業務)?流程|(?:current |present )?(?:process|steps)",
    "problem": r"(?:主要)?(?:痛点|痛點|瓶颈|瓶頸|问题|問題)|(?:main )?(?:problems?|pain points?|bottlenecks?)",
    "measures": r"(?:改进|改善|优化|優化)?(?:措施|对策|對策|方案)|measures|countermeasures|ideas",
    "man": r"人|人员|人員|people|man",
    "machine": r"机|機|机器|機器|设备|設備|系统|系統|machines?|systems?|equipment",
    "material": r"料|物料|资料|資料|数据输入|materials?|inputs?",
    "method": r"法|方法|methods?",
    "environment": r"环|環|环境|環境|environment",
    "gauge": r"测|測|测量|測量|量测|量測|measurement",
    "quarter1": r"第一季度?|一季度|Q1|first quarter",
    "quarter2": r"第二季度?|二季度|Q2|second quarter",
    "quarter3": r"第三季度?|三季度|Q3|third quarter",
    "quarter4": r"第四季度?|四季度|Q4|fourth quarter",
    "risks": r"(?:主要)?(?:风险|風險)|risks?",
    "training": r"(?:培训|培訓|訓練|教育訓練)(?:内容|內容|计划|計畫)?|training",
    "gap": r"(?:能力)?(?:差距|缺口)|(?:ability |skill )?gaps?",
    "role": r"(?:现任|現任|当前|目前)?(?:岗位|崗位|职位|職位|职务|職務)|(?:current )?(?:position|role|job)",
    "changes": r"(?:变更|變更)(?:规则|規則|流程)?|change (?:rules?|process)",
    "reporting": r"(?:汇报|匯報|回报|回報|报告|報告)(?:机制|機制|方式|对象|對象)?|reporting",
}  # fmt: skip
_VERBS: dict[Topic, str] = {
    "outside": r"(?:暂时?|先|初期|一期)?不(?:包含|包括|含|涉及|涵盖|涵蓋)|(?:does not|doesn't|will not|won't) (?:include|cover)|not including|excludes?|excluding",
    "scope": r"(?<!不)(?:包含|包括|涵盖|涵蓋)|\b(?:includes|covers|including)\b",
}
_PREFIX = r"(?:我(?:们|們)?的?|本?(?:部门|部門|团队|團隊|公司|个人|個人|项目|專案|流程)的?|my|our|the|its)?\s*"
_COLON = r"\s*[:：]\s*"
_COPULA = r"(?:主要)?(?:是|为|為|在于|在於|有)\s*|\s+(?:is|are|include)\s+"
_SHORT = {"man", "machine", "material", "method", "environment", "gauge", "problem", "product", "service", "market", "steps",
          "documents", "risks", "measures", "price", "role"}  # fmt: skip
"""Labels that are everyday words: only a colon makes them one."""
_EDGE = ' \t\u3000·•–—-，,、；;。.…“”"「」'
_BULLET = re.compile(r"^[ \t]*(?:[-*•·]|\d+[.、)])[ \t]*")
_ITEM = re.compile(r"[、；;]|，|,(?=\s)|,(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff]),")
_LAST = re.compile(r"(?:以及|和|及|与|與)|\s+and\s+|^and\s+")


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch under a label.

    Attributes:
        words: the stretch, quoted.
        text: as it stands in its source.
        items: the stretch taken apart at its commas.
        source: key of the text that it stands in.
        start: where it begins there.
    """

    words: Line
    text: str
    items: tuple[Line, ...]
    source: str
    start: int


def told(sources: Sequence[Source], topic: Topic) -> tuple[Told, ...]:
    """Return what was said under a label, in the order in which it was said; what was set aside is left out."""
    return tuple(each for source in sources for each in _in(source, topic))


@cache
def _label(topic: Topic) -> re.Pattern[str]:
    ends = _COLON if topic in _SHORT else f"(?:{_COLON}|{_COPULA})"
    return re.compile(rf"{_PREFIX}(?:{_LABELS[topic]}){ends}", re.I)


@cache
def _verb(topic: Topic) -> re.Pattern[str]:
    return re.compile(_VERBS[topic], re.I)


def _in(source: Source, topic: Topic) -> Iterator[Told]:
    for sentence in sentences(source.text):
        marks = _marks(source.text, sentence)
        for at, (kind, _, start) in enumerate(marks):
            end = marks[at + 1][1] if at + 1 < len(marks) else sentence.end
            if kind != topic:
                continue
            left, right = _trimmed(source.text, start, end)
            if left < right:
                yield from _quoted(source, [(left, right)], left)
            elif at + 1 == len(marks):
                yield from _quoted(source, _below(source.text, sentence.end), sentence.end)


def _marks(text: str, sentence: Clause) -> list[tuple[Topic, int, int]]:
    """Return topic, start of the label and start of what it binds, in order."""
    found: list[tuple[Topic, int, int]] = []
    starts = [
        sentence.start,
        *(m.end() for m in re.finditer(r"[，,、]\s*", text[: sentence.end]) if m.end() > sentence.start),
    ]
    for start in starts:
        hits = [(m.end(), topic) for topic in _LABELS if (m := _label(topic).match(text, start, sentence.end))]
        if hits:
            end, topic = max(hits, key=lambda each: each[0])
            found.append((topic, start, end))
    taken = [start for _, start, _ in found]
    for topic in _VERBS:
        for match in _verb(topic).finditer(text, sentence.start, sentence.end):
            if match.start() not in taken and not any(start <= match.start() < end for _, start, end in found):
                found.append((topic, match.start(), match.end()))
    return sorted(found, key=lambda each: each[1])


def _below(text: str, at: int) -> list[tuple[int, int]]:
    """Return the places of the lines of a list that follows."""
    found = []
    start = text.find("\n", at)
    while start >= 0:
        end = text.find("\n", start + 1)
        line = text[start + 1 : end if end >= 0 else len(text)]
        bullet = _BULLET.match(line)
        if bullet is None or not line[bullet.end() :].strip():
            break
        found.append(_trimmed(text, start + 1 + bullet.end(), start + 1 + len(line)))
        start = end
    return found


def _quoted(source: Source, places: Sequence[tuple[int, int]], at: int) -> Iterator[Told]:
    kept = [(start, end) for start, end in places if start < end and source.holds(start, end)]
    if not kept:
        return
    start, end = kept[0][0], kept[-1][1]
    listed = kept if len(kept) > 1 else list(_items(source.text, start, end))
    items = tuple(quoted(source, left, right) for left, right in listed)
    yield Told(quoted(source, *kept[0]) if len(kept) > 1 else quoted(source, start, end),
               source.text[start:end], items, source.key, at)  # fmt: skip


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the items of a list in a sentence; a comma inside brackets or a number does not split."""
    places, at = [], start
    for match in _ITEM.finditer(text, start, end):
        inside = text[start : match.start()]
        if sum(inside.count(each) for each in "（(") == sum(inside.count(each) for each in "）)"):
            places.append((at, match.start()))
            at = match.end()
    places.append((at, end))
    for number, (left, right) in enumerate(places):
        last = _LAST.search(text, left, right) if number and number == len(places) - 1 else None
        for one, other in ((left, last.start()), (last.end(), right)) if last else ((left, right),):
            one, other = _trimmed(text, one, other)
            if one < other:
                yield one, other


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in _EDGE or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _EDGE or text[end - 1].isspace()):
        end -= 1
    return start, end
