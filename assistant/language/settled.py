# ruff: noqa: E501
"""Settles times by each other: a period by the dates in its bracket, a past period beside a deadline as a reference.

Knows single times as found and the text between them; nothing about how they are written.
"""

from __future__ import annotations

from datetime import date

from assistant.language.calendar import add_months as moved
from assistant.language.later import later
from assistant.language.periods import Clock, Moment

_EVENT = later(r"的?[^,。;:()\d]{1,10}\(")
_OPENS = later(r" ?\((?:即|也就是|i\.e\. |that is,? )? ?$")
_CLOSES = later(r" ?\)(?P<before>之?前|以前|止|内)?")
_WHOLE = later(r"全年度?")
_YEARLESS = later(r"全年度?|年度内")
_SAYS_VALUE = later(
    r"(?:同(?:期|档期|时段))?(?:实际|实绩|平均|全年|为|是|的|:| )*(?:was |were |at )?(?:约|共|有|only )?[ ]?[\d一二三四五六七八九十百千万¥$€£]"
)
_SAYS_IS = later(r" ?(?:同(?:期|档期|时段))?(?:为|是|:|was|were|is|it is)")
_VALUE_BEFORE = later(r"[\d%十百千万亿个件人次元天时分][)]?[ ]?(?:\(|in |for |of )?$")
_PAST_TENSE = later(
    r"(?:(?<![a-z])(?:having|we|they|it|who) |[(,] ?)(?:[a-z]+ed|had|did|sold|made|won|took|ran)(?![a-z])[^,;.()]{1,40}$"
)
"""Before a period in which something was reached: having raised €72,000 in 2026."""
_WAS = later(r"(?<![a-z])(?:was|were|stood|had|came in) [^.;:\n]{1,40}$")
_COMPARED = later(
    r"(?:较|比|相比|对比|同|与|于|在|(?:than|over|versus|vs\.?|against|on|from|above|below|in|since|of) )(?:those in |that of |in |the )?$"
)
_BASIS = later(
    r"(?:同期|基础上|的?水平|末|底)?(?:为基|的基|基础|基准|基线|基期|实绩|同期|水平|相比|均值|平均|数据| (?:level|levels|figure|average|baseline|result)s?)"
)

_HEADS_BASIS = later(
    r" ?(?:(?:现状|現狀|现况|現況|现值|現值|基线|基線|基期值?)|(?:实际|實際|实绩|實績|完成)[值数數]?(?= ?[:：])|baseline|actuals?(?= ?:))"
)


def settle(found: list[Moment], low: str, clock: Clock) -> list[Moment]:
    """The times of a text after they have been held against each other."""
    return _referring(_bracketed(_yearless(_whole(found, low), low, clock), low, clock), low, clock.today)


def _whole(found: list[Moment], low: str) -> list[Moment]:
    """A year and the 全年 right behind it are one time."""
    kept: list[Moment] = []
    for moment in found:
        last = kept[-1] if kept else None
        if last and last.end == moment.start and last.kind in ("window", "past") and _WHOLE.match(low, moment.start):
            kept[-1] = last._replace(end=moment.end)
        else:
            kept.append(moment)
    return kept


def _yearless(found: list[Moment], low: str, clock: Clock) -> list[Moment]:
    """全年 without a year is of the one year that the other times give."""
    years = {
        moment.resolved[1].year
        for moment in found
        if moment.kind in ("deadline", "window") and moment.certainty == "exact" and moment.resolved[1]
    }
    if len(years) != 1 or (year := years.pop()) < clock.today.year:
        return found
    kept: list[Moment] = []
    for moment in found:
        alone = not kept or kept[-1].end != moment.start
        if alone and moment.certainty == "inferred" and _YEARLESS.fullmatch(low, moment.start, moment.end):
            days = (date(year, 1, 1), date(year, 12, 31))
            moment = moment._replace(resolved=days, certainty="exact", assumption=None)
        kept.append(moment)
    return kept


def _bracketed(found: list[Moment], low: str, clock: Clock) -> list[Moment]:
    """A fiscal year or school term followed by its own dates in a bracket is one time with those dates."""
    kept: list[Moment] = []
    for moment in found:
        last = kept[-1] if kept else None
        open_ended = last is not None and (
            last.certainty == "ambiguous" or last.assumption in (clock.phrase("term"), clock.phrase("season"))
        )
        closes = _CLOSES.match(low, moment.end)
        if last and open_ended and closes and _OPENS.fullmatch(low, last.end, moment.start):
            ends = bool(closes["before"]) or last.kind == "deadline"
            days = (None, moment.resolved[1]) if ends else moment.resolved
            kind = "deadline" if ends else moment.kind
            kept[-1] = last._replace(end=closes.end(), kind=kind, resolved=days, certainty="exact", assumption=None)
        elif last and closes and (dated := _in_year_of(last, moment, low)):
            kind = "deadline" if closes["before"] else dated.kind
            days = (None, dated.resolved[1]) if closes["before"] else dated.resolved
            kept[-1] = dated._replace(start=last.start, end=closes.end(), kind=kind, resolved=days)
        else:
            kept.append(moment)
    return kept


def _in_year_of(last: Moment, moment: Moment, low: str) -> Moment | None:
    """A day without a year in the bracket behind an event of a year: 明年生日(5月20日)."""
    year = last.resolved[1].year if last.kind == "window" and last.resolved[1] else None
    if year is None or moment.certainty != "inferred" or moment.kind not in ("deadline", "window"):
        return None
    if _EVENT.fullmatch(low, last.end, moment.start) is None or last.resolved[0] != date(year, 1, 1):
        return None
    first, end = moment.resolved
    months = 12 * (year - end.year) if end else 0
    days = first and moved(first, months), end and moved(end, months)
    return moment._replace(resolved=days, certainty="exact", assumption=None)


def _referring(found: list[Moment], low: str, today: date) -> list[Moment]:
    """A period behind us that only dates a figure is a reference and binds nothing."""
    latest = max((m.resolved[1] for m in found if m.kind in ("deadline", "window") and m.resolved[1]), default=None)
    if latest is None:
        return found
    return [
        moment._replace(kind="past") if _refers(moment, low, today, latest) else _just_gone(moment, low, today)
        for moment in found
    ]


def _just_gone(moment: Moment, low: str, today: date) -> Moment:
    """The month without a year that dates a figure in a bracket is the last one: (10月为93%)."""
    first, last = moment.resolved
    if moment.certainty != "inferred" or moment.kind != "window" or not first or not last or first <= today:
        return moment
    bracketed = low[: moment.start].rstrip()[-1:] == "(" and _SAYS_VALUE.match(low, moment.end) is not None
    if not bracketed:
        return moment
    days = moved(first, -12), moved(last, -12)
    return moment._replace(kind="past", resolved=days, certainty="exact", assumption=None)


def _refers(moment: Moment, low: str, today: date, latest: date) -> bool:
    first, last = moment.resolved
    if moment.kind == "deadline" and last is not None and last < today <= latest:
        return _WAS.search(low, max(moment.start - 50, 0), moment.start) is not None
    if moment.kind != "window" or first is None or last is None or first > today:
        return False
    before, after = low[max(moment.start - 12, 0) : moment.start], low[moment.end : moment.end + 16]
    if _HEADS_BASIS.match(after):
        return True
    compared = _COMPARED.search(before) is not None and _BASIS.match(after) is not None
    if last < today:
        if latest > last and latest >= today:
            return True
        return compared or (
            _COMPARED.search(before) is not None
            and before.rstrip().endswith(("较", "比", "than", "over", "above", "below"))
        )
    says = _SAYS_VALUE.match(after)
    opens = before.rstrip()[-1:]
    dates_figure = says is not None and (opens == "(" or (opens in ",;，" and _SAYS_IS.match(after) is not None))
    return latest > last and bool(
        dates_figure or compared or (_VALUE_BEFORE.search(before) is not None and after.startswith(")"))
    )
