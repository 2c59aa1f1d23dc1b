# ruff: noqa: E501
"""Reads what a passage reports of a metric: one figure, right behind the metric's name, with the period that dates it.

Knows nothing about drafts. A figure taken wrongly is worse than one that is missed: what is planned, hoped for, asked of
somebody, said of others, of a part of the whole or of long ago is left alone, and so is a sentence with two candidates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from assistant import catalogue
from assistant.drafting.clauses import Clause, sentences
from assistant.drafting.fitting import decimal, fits
from assistant.goals import Outcome, Passage, Quantity, Source, Stated, Time
from assistant.language import read
from assistant.language.calendar import add_months

OLDEST = timedelta(days=400)
"""A figure whose period ended earlier says nothing of today."""
_LINE = re.compile(r"[^\n]+")
_ROW = re.compile(r"[^;:：；\n]{1,40}[:：] ?[^;；\n]*(?:[;；] ?[^;:：；\n]{1,40}[:：] ?[^;；\n]*)+")
_CELL = re.compile(r"(?P<head>[^;:：；\n]{1,40})[:：] ?(?P<value>[^;；\n]*)")
_ACTUAL_HEAD = re.compile(
    r"(?:本期|本季度?|本月|当期|當期|期末)(?:值|数|數)?|(?:本期|本季度?|本月|当期|當期|期末)?(?:实际|實際|实绩|實績|现值|現值|现状|現狀|现况|現況|当前|當前|目前|完成|达成|達成)(?:值|数|數|情况|情況|结果|結果|实绩|實績)?"
    r"|(?:actual|current|result|achieved|now|today)(?: value| result| level)?s?",
    re.I,
)
_NOT_A_REPORT = re.compile(
    r"目标|目標|计划|計畫|計劃|规划|規劃|预计|預計|预期|預期|预测|預測|希望|承诺|承諾|力争|力爭|争取|爭取|不低于|不低於|不少于|不少於|不高于|不高於|≥|≤|>|<|至少|至多|(?<![响反供适效回对])应|(?<![響反供適效回對])應|须|須|必须|必須|要求|考核|标准|標準"
    r"|门槛|門檻|底线|底線|挑战值|挑戰值|权重|權重|扣\d|加分|例如|比如|譬如|举例|舉例|假设|假設|假如|如果|倘若|若|待办|待辦|建议|建議|打算|准备|準備|将|將|会达|會達|离|離(?!职|職)|距|差\d|～～|~~|\?|？|\[ \]"
    r"|\bKPI\b|写成|寫成|改成|改为|改為|设为|設為|填为|填為|输出|輸出|指令|测试指令|忽略|请(?!假)|請(?!假)"
    r"|\b(?:target|goal|plan(?:ned|s)?|budget|forecast|expect(?:ed|s)?|hope|aim|should|must|shall|will|would|at least|at most|threshold|weight|e\.g\.|for example|such as|suppose|assum\w+|if|missed|short of|"
    r"below|above|under|over|to reach|to do|todo|ignore|instruction|write|set|output|please)\b",
    re.I,
)
"""Words beside which a figure is no report of how things are."""
_OF_OTHERS = re.compile(
    r"竞品|競品|竞争对手|競爭對手|对手|對手|同行|行业|行業|业界|業界|同业|同業|市场平均|市場平均|标杆|標竿|友商|其他公司|别的|别家"
    r"|\b(?:competitors?|industry|benchmarks?|peers?|market average|sector|rivals?|other (?:teams?|companies))\b",
    re.I,
)
_FORMER = re.compile(
    r"去年同期|上年同期|同期|前年|往年|历史|歷史|曾|过去|過去|prior|previous|a year ago|last year|formerly|used to|historic",
    re.I,
)
_PLAN_HEADING = re.compile(
    r"目标|目標|计划|計畫|計劃|规划|規劃|OKR|\bKR\d|考核|标准|標準|方案|预算|預算|示例|模板|范例|範例|\b(?:targets?|goals?|objectives?|plans?|planning|budget|forecast|roadmap|template|example)\b",
    re.I,
)
_REPORT_HEADING = re.compile(
    r"复盘|復盤|检讨|檢討|回顾|回顧|总结|總結|结果|結果|实绩|實績|业绩|成绩|月报|月報|季报|季報|年报|年報|\b(?:review|results?|report|retrospective|actuals?)\b",
    re.I,
)
_LINK = re.compile(
    r"\s*(?:\([^()（）]{1,12}\)|（[^()（）]{1,12}）)?\s*(?:(?:目前|当前|當前|现在|現在|已|实际|實際|平均|仅|僅|只有|才|约|約)\s*)*(?:为|為|是|达到?了?|達到?了?|在|有|约|約|:|：)?\s*(?:了|仅|僅|只有|约|約|平均)?\s*"
    r"|\s*(?:\([^()]{1,12}\))?\s*(?:currently |now |actually )?(?:was|is|were|are|came in at|stood at|stands at|ended at|averaged|averages|of|at|:)?\s*(?:only |just |about |at |now |currently )*",
    re.I,
)
"""What may stand between a metric's name and its figure in a plain report."""
_PRESENT = re.compile(r"目前|当前|當前|现在|現在|现为|現為|如今|\b(?:currently|now|today|at present)\b", re.I)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MAY_PRECEDE = re.compile(
    r"(?:的|我们|我們|本团队|本團隊|团队|團隊|整体|整體|总体|總體|全年|平均|目前|当前|當前|现在|現在|季度?|年度?|半年|月份?|[部组組队隊司课課科处處]|显示|顯示|情况|情況|其中)$"
)
"""Han words that may stand before a metric's name without making it another metric."""
_WORD_BEFORE = re.compile(r"([A-Za-z][\w-]*)[ -]$")
_PLAIN_WORDS = frozenset(
    "our the overall average total team and for in of quarter year month that this its their desk support".split()
)
_UNIT = re.compile(
    r"华[东南西北中]|華[東南西北中]|东北|東北|西南|西北|北[区區部]|南[区區部]|东[区區部]|東[区區部]|西[区區部]|中[区區]|[一二三四五六七八九]{1,2}[部组組店厂廠课課科队隊]|[\u4e00-\u9fff]{2,3}(?:大区|大區|分公司|门店|門市|校区|校區|事业部|事業部)"
    r"|\b(?:north|south|east|west|emea|apac|[a-z]+ (?:region|branch|store|plant)|team [a-z0-9]+)\b",
    re.I,
)
"""Parts of an organisation: a figure of one is not another's."""
_DEPARTMENT = re.compile(r"([\u4e00-\u9fff]{2})(?:[部组組科课課处處](?!分|门|門|署|长|長|理|罚|于|於)|中心|团队|團隊)")
_SHARE = re.compile(
    r"的(?:客户|客戶|用户|用戶|员工|員工|人|订单|訂單)|\bof (?:customers|users|staff|respondents)\b", re.I
)


class _Cell(NamedTuple):
    """A cell of a row: its heading, and the place of its value in the passage."""

    head: str
    start: int
    end: int


class _Statement(NamedTuple):
    """A sentence, or a row of a table with its cells."""

    start: int
    end: int
    text: str
    cells: tuple[_Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A reported figure with its place and the last day of its period, None where it is told of the present."""

    stated: Stated
    passage: Passage
    sentence: Clause
    ends: date | None


def reports(outcome: Outcome, passage: Passage, source: Source, asked: str, today: date) -> list[Report]:
    """Return what a passage reports of the outcome's metric.

    Args:
        outcome: the wish with its metric.
        passage: where it is read.
        source: the passage's text with its facts.
        asked: the request and the team in the person's words, to tell one part of the organisation from another.
        today: the day of drafting.
    """
    if _OF_OTHERS.search(passage.title) or _other_unit(passage.title, asked):
        return []
    found = []
    for sentence in _statements(source.text):
        if _OF_OTHERS.search(sentence.text) or _other_unit(sentence.text, asked):
            continue
        row = bool(sentence.cells)
        quantity = _in_row(outcome, source, sentence) if row else _in_prose(outcome, passage, source, sentence)
        if quantity is None or not _usable(quantity, outcome):
            continue
        ends = _period(source, sentence, passage, today)
        present = _PRESENT.search(sentence.text) is not None
        if ends is None and not present and not (row or _REPORT_HEADING.search(passage.title)):
            continue
        if ends is not None and not today - OLDEST <= ends <= today:
            continue
        stated = Stated(
            slot="baseline", text=source.text[quantity.start : quantity.end], source=source.key,
            start=quantity.start, end=quantity.end, value=quantity.value, unit=quantity.unit,
            metric_id=outcome.metric_id,
        )  # fmt: skip
        found.append(Report(stated, passage, Clause(sentence.start, sentence.end, sentence.text), ends))
    return _certain(found)


def _certain(found: list[Report]) -> list[Report]:
    """Return the reports without those of one period that differ: rows of products or regions, none of them the whole."""
    values: dict[date | None, set[Decimal | None]] = {}
    for each in found:
        values.setdefault(each.ends, set()).add(decimal(each.stated.value))
    return [each for each in found if len(values[each.ends]) == 1]


def _usable(quantity: Quantity, outcome: Outcome) -> bool:
    """Whether it is one number in a unit that the metric can have; a bare number of a share or of money is not."""
    if decimal(quantity.value) is None or quantity.role == "change":
        return False
    metric = catalogue.load().metrics.get(outcome.metric_id or "")
    if metric is None:
        return True
    bare = quantity.unit == "" and metric.kind in ("percent", "money", "duration")
    return not bare and fits(quantity, metric)


def _in_row(outcome: Outcome, source: Source, row: _Statement) -> Quantity | None:
    """Return the figure of the cell whose heading says that it is the actual value, or is the metric's own name."""
    text = source.text
    told = [(cell, text[cell.start : cell.end]) for cell in row.cells]
    words = [
        value
        for _, value in told
        if not any(character.isdigit() for character in value) and not _is_name(outcome, value)
    ]
    if any(_NOT_A_REPORT.search(value) or _FORMER.search(value) for value in words):
        return None
    if any(_is_name(outcome, value) for _, value in told):
        chosen = [cell for cell, _ in told if _ACTUAL_HEAD.fullmatch(cell.head)]
    else:
        chosen = [cell for cell, _ in told if _is_name(outcome, cell.head)]
    if len(chosen) != 1:
        return None
    inside = [q for q in source.facts.quantities if chosen[0].start <= q.start < chosen[0].end]
    return inside[0] if len(inside) == 1 else None


def _is_name(outcome: Outcome, text: str) -> bool:
    """Whether a cell holds the metric's name and nothing else."""
    said = text.strip()
    if outcome.metric_id is None:
        return bool(said) and said == outcome.metric_name
    return any(
        hit.kind == "name" and hit.metrics[0] == outcome.metric_id and hit.start == 0 and hit.end == len(said)
        for hit in catalogue.default().named(said)
    )


def _in_prose(outcome: Outcome, passage: Passage, source: Source, sentence: _Statement) -> Quantity | None:
    """Return the one figure that stands right behind the metric's name in a sentence that reports."""
    asks = source.text[sentence.end : sentence.end + 1] in ("?", "？") or sentence.text.endswith(
        ("吗", "嗎", "么", "呢")
    )
    if asks or _FORMER.search(sentence.text):
        return None
    planned = _PLAN_HEADING.search(passage.title) is not None and _REPORT_HEADING.search(passage.title) is None
    names = _names(outcome, sentence)
    if planned or len(names) != 1:
        return None
    start, end = names[0]
    around = f"{sentence.text[:start]} {sentence.text[end:]}"
    if _NOT_A_REPORT.search(around) or _SHARE.search(around):
        return None
    if not _whole_name(sentence.text, start):
        return None
    inside = [q for q in source.facts.quantities if sentence.start <= q.start < sentence.end and q.role != "change"]
    metric = catalogue.load().metrics.get(outcome.metric_id or "")
    rivals = [q for q in inside if metric is None or fits(q, metric)]
    behind = [q for q in inside if q.start >= sentence.start + end]
    if len(rivals) != 1 or not behind or rivals[0] is not behind[0]:
        return None
    between = source.text[sentence.start + end : behind[0].start]
    return behind[0] if _LINK.fullmatch(between) else None


def _names(outcome: Outcome, sentence: _Statement) -> list[tuple[int, int]]:
    """Return where a sentence names the outcome's metric; none where it names another one, too."""
    if outcome.metric_id is None:
        name = outcome.metric_name
        at = sentence.text.find(name) if name else -1
        return [(at, at + len(name))] if at >= 0 else []
    hits = [hit for hit in catalogue.default().named(sentence.text) if hit.kind == "name"]
    return [(hit.start, hit.end) for hit in hits] if all(hit.metrics[0] == outcome.metric_id for hit in hits) else []


def _whole_name(text: str, start: int) -> bool:
    """Whether the name is not the end of a longer one: 试用期离职率, logo churn."""
    before = text[:start]
    if before and _HAN.match(before[-1]):
        return _MAY_PRECEDE.search(before) is not None
    word = _WORD_BEFORE.search(before)
    return word is None or word[1].lower() in _PLAIN_WORDS


def _other_unit(text: str, asked: str) -> bool:
    """Whether a text speaks of a part of the organisation that the request does not name."""
    if any(match[0].lower() not in asked.lower() for match in _UNIT.finditer(text)):
        return True
    theirs, ours = _departments(text), _departments(asked)
    return bool(theirs and ours) and not theirs & ours


def _departments(text: str) -> set[str]:
    """Return the departments that a text names, by the two characters before their class."""
    return {match[1] for match in _DEPARTMENT.finditer(text)}


def _statements(text: str) -> list[_Statement]:
    """Return the sentences of a text and the rows of its tables; what stands in a code fence is no statement."""
    found: list[_Statement] = []
    heads: list[str] = []
    fenced = False
    for line in _LINE.finditer(text):
        start, words = line.start(), line[0]
        if words.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if fenced:
            continue
        bars = _cells(words, start)
        if len(bars) > 1:
            values = [text[at:end] for at, end in bars]
            if len(heads) != len(bars):
                heads = values if not any(character.isdigit() for character in "".join(values)) else []
            elif any(value.strip("-: ") for value in values):
                cells = tuple(_Cell(head, *place) for head, place in zip(heads, bars, strict=True))
                found.append(_Statement(start, line.end(), words, cells))
            continue
        heads = []
        if _ROW.fullmatch(words):
            cells = tuple(
                _Cell(cell["head"].strip(), start + cell.start("value"), start + cell.end("value"))
                for cell in _CELL.finditer(words)
            )
            found.append(_Statement(start, line.end(), words, cells))
        else:
            found += [_Statement(start + each.start, start + each.end, each.text) for each in sentences(words)]
    return found


def _cells(line: str, offset: int) -> list[tuple[int, int]]:
    """Return the places of the cells of a line with bars, outer bars left out; none for a line without them."""
    if "|" not in line:
        return []
    places = []
    for cell in re.finditer(r"[^|]+", line):
        stripped = cell[0].strip()
        if stripped:
            at = offset + cell.start() + cell[0].index(stripped)
            places.append((at, at + len(stripped)))
    return places


def _period(source: Source, sentence: _Statement, passage: Passage, today: date) -> date | None:
    """Return the last day of the period that dates a sentence, else of the one in the headings above it.

    With two periods in a sentence, or in the headings, the later one dates it.
    """
    heads = [time for time in read(passage.title, today).times if time.resolved[1] is not None]
    own = [time for time in source.facts.times if sentence.start <= time.start < sentence.end and time.resolved[1]]
    year = next((time.resolved[1].year for time in heads if time.resolved[1] and time.certainty == "exact"), None)
    days = [_ended(time, today, year) for time in own] or [_ended(time, today, None) for time in heads]
    return max(days) if days else None


def _ended(time: Time, today: date, year: int | None) -> date:
    """Return the last day of a period; one without its year is of the year above it, else the last one gone by."""
    last = time.resolved[1] or today
    if time.certainty != "inferred":
        return last
    if year is not None:
        return add_months(last, 12 * (year - last.year)) or last
    return (add_months(last, -12) or last) if last > today else last
