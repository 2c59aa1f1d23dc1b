"""Notes dates whose year had to be inferred. Knows nothing about which year is meant."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.language.later import later
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import ISO_8601
from assistant.lint.unit import Unit

RULE = Rule(
    name="year-inferred",
    id="T503",
    group="time",
    severity="info",
    marks={},
    pages={
        "en": Page(
            flags="A date, month or quarter without a year; the note says how it was read.",
            why="Read a year later, or by another team, it becomes another date.",
            example="Cut the return rate from 12% to 9% by the end of June",
            better="Cut the return rate from 12% to 9% by 30 June 2027",
            fix="Write the year.",
        ),
        "zh-Hans": Page(
            flags="日期、月份或季度没写年份；提示里说明读作哪一天。",
            why="过一年再看，或者换个团队看，就成了另一天。",
            example="6月底前把退货率从12%降到9%",
            better="2027年6月底前把退货率从12%降到9%",
            fix="写上年份。",
        ),
        "zh-Hant": Page(
            flags="日期、月份或季度沒寫年份；提示裡說明讀作哪一天。",
            why="過一年再看，或者換個團隊看，就成了另一天。",
            example="6月底前把退貨率從12%降到9%",
            better="2027年6月底前把退貨率從12%降到9%",
            fix="寫上年份。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” has no year; it is read as {read}.",
                "Write the year.",
            ),
            "zh-Hans": Say(
                "“{words}”没写年份，读作{read}。",
                "写上年份。",
            ),
            "zh-Hant": Say(
                "「{words}」沒寫年份，讀作{read}。",
                "寫上年份。",
            ),
        },
    },
    sources=(ISO_8601,),
)

_YEAR = later(r"(?<!\d)(?:19|20)\d\d(?!\d)|民国|fy\s*\d\d|[今明后本去]年|年内|(?:this|next) year|二[〇零○]")
_WEEKDAY = later(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|[(（]?(?:周|星期)[一二三四五六日天]")
_CALENDAR = later(
    r"[月季号日]|q[1-4]|h[12]|半年|年底|年末|年中|年终|节|quarter|half|year|eoy|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|christmas|easter|\d[./]\d"
)
_YEAR_END = later(r"年[底末终中]|岁末|year[- ]end|eoy|end of (?:the |this )?(?:calendar )?year")
_DATED = later(r"\d{1,2}\s*[月日号]|[a-z]{3,9}\.? \d{1,2}|\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}")
_SPAN = later(
    r"个月|个季|\d\s*天|周内|小时|未来|接下来|within|next|weeks|months|days|本月|本季|这个|下月|下季|本周|下周|this|星期|半年内|(?<![一二三四1-4])季度?内|tomorrow|friday|monday|tuesday|wednesday|thursday|saturday|sunday"
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report how calendar dates without a year were completed."""
    if unit.scope.draft:
        return
    for time in unit.deadlines:
        words = unit.plain[time.start : time.end]
        if time.assumption is None or time.resolved[1] is None or _YEAR.search(words) or _YEAR_END.search(words):
            continue
        if _SPAN.search(words) and not (_WEEKDAY.search(words) and _DATED.search(words)):
            continue
        if not _CALENDAR.search(words):
            continue
        first, last = time.resolved
        read = f"{first}/{last}" if first and last and first != last and time.kind == "window" else f"{last}"
        yield Hit(time.start, time.end, {"words": unit.text[time.start : time.end].strip(), "read": read})
