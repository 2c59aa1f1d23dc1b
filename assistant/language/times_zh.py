"""Finds times in Chinese plain text: dates, periods, windows, rhythms, service windows.

Knows no amounts: "24小时" as a value is left for the amounts, told apart by what stands before and after.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

from assistant.language import calendar as cal
from assistant.language.calendar import Period
from assistant.language.lexicon import lexicon
from assistant.language.numerals import chinese
from assistant.language.periods import MOST, Clock, Moment, arbitrate, before, part_of

_NUM = r"(?:\d{1,4}(?:\.\d)?|[一二两三四五六七八九十百半]{1,4}|几|数)"
_UNIT = r"(?:个?工作日|个?工作天|个?自然日|个?日历日|个?营业日|日历天|小时|个小时|钟头|个钟头|分钟|分(?=内|以内|之内)|秒钟?|天|日|个?星期|个?礼拜|个?周|周|个半月|个月|月|个?季度|个?季|年半|年|个?财年|个?学期|个?冲刺|个?迭代|个?sprint)"
_DAY = r"(?:(?P<{0}d>\d{{1,2}})|(?P<{0}dz>[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?))[日号](?!线|楼|店|机|车|仓|均|常|活)"
_MONTH = r"(?:(?P<{0}m>\d{{1,2}})|(?P<{0}mz>十[一二]|[一二三四五六七八九十]|元))月(?!刊|活|均|度|报|薪|租|费|供|饼|嫂|子|台|结)份?"
_YEAR = (
    r"(?:(?:公元)?(?P<{0}y>(?:19|20)\d\d) ?(?:年度?|财年)(?!级|龄|资|期货|以上的)|(?:民国|民) ?(?P<{0}roc>\d{{2,3}}) ?年度?"
    r"|(?<!\d)(?P<{0}roc2>1[0-4]\d) ?年度?(?=[底末中初前上下]|第?[一二三四]季|q[1-4]|h[12]|\d{{1,2}}月|十?[一二三四五六七八九十]月)"
    r"|(?P<{0}cy>[一二][〇零九][〇零一二三四五六七八九]{{2}})年度?"
    r"|(?P<{0}ry>今年度?|本年度?|明年度?|后年|去年度?|前年|来年|次年|翌年|当年|本财年|下财年|下一财年|上财年|上一年度?|下一年度?|大前年)"
    r"|(?P<{0}fy>fy ?'?(?:20)?\d\d(?!\d)|(?<!\d)\d\d财年)"
    r"|(?P<{0}y2>20[1-6]\d)(?=[ 年]?(?:q[1-4]|h[12](?!\d)|上半年|下半年|第[一二三四]季|[一二三四]季度|年底|底前)))"
)
_SUB = (
    r"(?:(?P<{0}half>[上下])半(?:个?财?年度?)|h(?P<{0}hn>\d)(?![\da-z])"
    r"|第(?P<{0}qz>[一二三四五六七八九1-9])个?季度?|(?P<{0}qz2>[一二三四1-4])季(?:度|(?=[底末初前内起]))|(?P<{0}qh>[首末])季度?|q(?P<{0}qn>\d)(?![\da-z])"
    r"|" + _MONTH + r"(?: ?(?:" + _DAY + r"|(?P<{0}part>上旬|中旬|下旬|初|中(?!心|国|旬|层|午|期|长|小)|底|末)))?"
    r"|(?<![个\d一二三四五六七八九十两半几数])(?P<{0}edge>年底|年末|年终(?!奖|总结|考核|评)|岁末|年中(?!国)|年初|年内))"
)
_SINGLE = (
    r"(?P<rm>本月|当月|这个月|下个?月|上个?月|次月)(?:份|度)?(?: ?(?:"
    + _DAY.format("r")
    + r"|(?P<rpart>上旬|中旬|下旬|初|中(?!心|国)|底|末)|第(?P<rw>[一二三四五1-5])周))?"
    r"|(?P<rq>(?:本|这个?|当|该|上一?个?|下一?个?)季度?)(?!节)|(?P<rh>本半年|本半年度)"
    r"|(?P<rwk>本|这|这一|下下|下|上|上上)个?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天末])?"
    r"|(?:周|星期|礼拜)(?P<wd2>[一二三四五六日天])(?=前|之前|以前|下班|上午|下午|中午|晚|内|\d{1,2}[:点])"
    r"|(?P<bare>全年度?|年度内|季度?末|季度?底|季度?初|季度?内|(?<![个\d上下一二三四五六七八九十本当])(?:月底|月末|月初|月中(?!旬)|月内)|本周末|周末前|今日|今天|明天|明日|后天|今晚|昨天|昨日|当天|当日)"
    r"|(?P<iso>(?:19|20)\d\d[-/.](?:1[0-2]|0?[1-9])[-/.](?:[12]\d|3[01]|0?[1-9])(?![\d.]))"
    r"|(?P<isom>(?:19|20)\d\d[-/.](?:1[0-2]|0?[1-9])(?![\d.%/-]))(?!年)"
    r"|(?P<md>(?<![\d./])(?:1[0-2]|0?[1-9])[./](?:[12]\d|3[01]|0?[1-9])(?=(?:日|号)?(?:前|之前|以前|止|起|截止|上线|完成|交付)))"
    r"|(?P<term>本|下|上|新|这|下一个?|上一个?)个?学(?P<termy>期|年)(?P<termend>期末|末|初|结束)?"
    r"|(?P<plan>\"?十[二三四五六七]五\"?)(?=期间|规划|时期|末|\"?期间|收官)"
)
_SUFFIX = (
    r"(?P<tail>(?: ?\((?:含|不含|含当日|含本日|(?:周|星期|礼拜)[一二三四五六日天])\))?(?: ?(?:上午|下午|中午|晚上|晚|凌晨|早上)? ?(?:\d{1,2}[:点时](?:\d{2}分?|半)?(?:钟|整)?|[一二三四五六七八九十]{1,3}点(?:半|整|钟)?)|下班|当天|营业结束|闭市)?"
    r"(?: ?\((?:含|不含|含当日)\))?)"
    r"(?P<edge2>(?:的?(?:月底|月末|年底|年末|底|末|初|中(?=前|之前|,|。|;|完|达|上|$)))?)"
    r"(?P<suf>开始之?前|结束之?前|到来之?前|来临之?前|之前|以前|前(?!后|期|三|十|端|台|提|述|瞻|来|往|置|列|后)|为?止|截止|之内|以内|内(?!部|容|控|训|外|存|销|审)|期间|\"?期间|间(?!接|隔)|起至|起|以来|开始|之后|以后|后(?!端|台|续|期|勤|备|疫)|同期|相比|基线|基准)?"
)
_DATE_PATTERN = re.compile(
    '(?=[0-9一二三四五六七八九十元民公今本明后去前来次翌当大上下f第首末qh年岁这该周星礼全季月学新"])(?:'
    + _YEAR.format("a")
    + r"(?:[ 的,]?"
    + _SUB.format("a")
    + r")?|"
    + _SUB.format("b")
    + "|"
    + _SINGLE
    + ")"
    + _SUFFIX
)
_MONTH_RANGE = re.compile(
    r"(?:(?P<y>20\d\d)年|(?P<ry>今年|明年|去年|后年))?(?:(?<!\d)(?P<m1>\d{1,2})月?份?[-~至到](?P<m2>\d{1,2})月份?(?!\d)|(?P<z1>[一二三四五六七八九十]{1,2})[至到](?P<z2>十?[一二三四五六七八九十])月|"
    r"(?:(?P<y2>20\d\d)年? ?)?q(?P<q1>[1-4])[-~至到、]q?(?P<q2>[1-4])(?![\d%])|(?P<w1>[一二三])[至到](?P<w2>[二三四])季度|(?P<h>h1)[-~至到]h2)(?P<suf>期间|内|前|末|底)?"
)
_DAY_RANGE = re.compile(
    r"(?<![\d.])(?P<m1>1[0-2]|0?[1-9])[./](?P<d1>[12]\d|3[01]|0?[1-9])[-~至到](?P<m2>1[0-2]|0?[1-9])[./](?P<d2>[12]\d|3[01]|0?[1-9])(?![\d.%年])"
)
_DAY_LIST = re.compile(r"(?<=[(、/])(?:1[0-2]|0?[1-9])\.(?:[12]\d|3[01]|0?[1-9])(?=[/、,;)日])(?![,;)]?\d*%)")
_YEAR_RANGE = re.compile(r"(?<![\d-])(?P<a>20[1-6]\d)年?(?:--?|~|至|到)(?P<b>20[1-6]\d)(?:年度?(?:间|期间)?|财年)")
_DIGIT = re.compile(r"\d")
_LINK = re.compile(r" ?(?:-|~|至|到|直至) ?")
_WINDOW = re.compile(
    r"(?=[0-9一二两三四五六七八九十百半几数未今接往此过最近前每第为历再满提上下头首])(?P<pre>未来的?|今后的?|接下来的?|往后的?|此后的?|过去的?|最近的?|近|前|每隔?|第|为期|历时|再过|满|提前|上|下|头|首)?(?<![\d.一二两三四五六七八九十百])(?:(?P<hours>\d{1,2}|[一二两三四五六七八九十])个?小时(?=\d{1,2} ?分))?(?P<n>"
    + _NUM
    + r")(?P<plus>余|多)?(?:(?P<dash>[-~至到])(?P<n2>"
    + _NUM
    + r"))? ?(?P<unit>"
    + _UNIT
    + r")(?P<half>半(?!年))?(?P<suf>之内|以内|内(?!部|容|控|训)|之间|间(?!隔|接)|期间|时间内|的时间|里(?!程)|之后|以后|后(?!端|台|续|期)|之前|以前|前(?!后|期|端|台|提|置))?"
)
_HALFYEAR = re.compile(
    r"(?P<pre>未来|今后|接下来|过去|近|最近)?(?:的)?半年(?P<suf>之内|以内|内|后|之后|时间内|期间|间)?(?!报|度)"
)
_EVERY = re.compile(
    r"(?:每|逐)(?:隔)?(?P<n>\d{1,2}|[一二两三四五六七八九十半])?个?(?P<unit>工作日|工作天|双周|天|日|周|星期|礼拜|月份?|季度?|财年|年度?|半年|学期|迭代|冲刺|sprint)(?!期|计|度报|刊|年)"
    r"(?P<at>[一二三四五六日天](?:[、和至到-][周]?[一二三四五六日天])?|底|初|末|中旬|\d{1,2}[日号])?(?P<clock>(?:上午|下午|晚上|早上|中午)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:点半?|:\d{2}|时))?"
)
_WEEKDAYS = re.compile(
    r"(?:周|星期|礼拜)[一二三四五六日天](?:至|到|-|~)(?:周|星期|礼拜)?[一二三四五六日天](?: ?\d{1,2}:\d{2}[-~至到]\d{1,2}:\d{2})?"
)
_PER = re.compile(
    r"(?:按(?:月|周|季度?|年|日|旬)(?!期)|逐(?:月|季|年|周|日)|(?:月度|季度|周度|年度)(?=复盘|检视|回顾))"
)
_TRIGGER = re.compile(r"[\d年月周季旬天日号期节五q十h春元中秋端清圣国双除星礼重感黑跨教儿情妇劳青过小迭冲]|fy")

_VALUE_BEFORE = re.compile(
    r"(?:(?:控制|保持|维持|稳定|压缩|压降|缩短|缩减|缩小|限制|降低?|下降|减少|提升|提高|优化|改善|锁定|压|减|缩|限定|提速|加快)(?:至|到|在|为|成|于)?|不超过|不高于|不大于|低于|小于|少于|不多于|至多|最多|最长|不足|"
    r"[≤<]=?|从|由|目标值?(?:为|是|:)|(?:时间|时长|时效|周期|时数|天数|耗时|工时|账期|时限|交期|货期|延迟|间隔|速度)(?:目标)?(?:平均)?(?:应|须|需|均|都)?(?:为|是|在|达到?|:|=)?)"
    r"(?:平均|至|到|在|约|为|了)?[ :]?$"
)
_EVENT = re.compile(
    r"(?:入职|上线|到岗|下单|签约|立项|出院|开业|投产|收货|报到|注册|激活|购买|到货|毕业|转正|申请|受理|接单|报修|上市|后的?|之后的?|以后|之日起|日起|起的?|前的?|之前的?)$"
)
_SERVICE_AFTER = re.compile(
    r"[,]?(?:必须|须|应|需|要|能|可|均|都|给予|予以|做出|作出|完成|进行|得到|获得|被|首次|初步|内部|全部|向|对|给|由|电话|书面|客服|客户|工单|投诉|问题|现场)*.{0,4}?(?:回复|回覆|响应|回应|答复|反馈|处理|解决|办结|审批|审核|发货|出货|给出|确认|受理|接单|接听|派单|到场|到达|修复|恢复|联系|联络|回访|上报|通报|签收|送达|退款|赔付|结案|跟进|回电|核实|核销|入账|开票|进入|获得|得到|提供)"
)
_SERVICE_RATE = re.compile(
    r"(?:退货|退款|发货|复购|激活|留存|签收|办结|结案|解决|处理|响应|回复|回覆|送达|修复|再入院)[^,;。]{0,3}率"
)
_SERVICE_BEFORE = re.compile(
    r"(?:率|收到.{0,8}|接到.{0,8}|接获.{0,8}|下单|提交|受理|报修|投诉|工单|来电|订单|案件|问题|请求|事件|故障|确保|做到|必须|须|应|需|需要|要|可|%的?.{0,12})(?:后|起|在|于|应|须|需|能|都|均)*(?:在|于)?$"
)
_COMPARE = re.compile(r"(?:较|比|相比|相对于?|对比|比较|同比|环比|对照|以|于|与|和|低于|高于|超过)(?:基准年?\(?)?$")
_DEADLINE_BEFORE = re.compile(r"(?:到|至|不超过|不得超过|截至|截止到?|截止|不迟于|不晚于|最迟|最晚|赶在)[ ]?$")
_FROM_BEFORE = re.compile(r"(?:从|自|由)[ ]?$")

_REL_YEAR = {"今年": 0, "本年": 0, "明年": 1, "后年": 2, "去年": -1, "前年": -2, "来年": 1, "次年": 1, "翌年": 1, "当年": 0, "本财": 0, "下财": 1, "下一": 1, "上财": -1, "上一": -1, "大前": -3}  # fmt: skip
_WEEKDAY = {char: index for index, char in enumerate("一二三四五六日")} | {"天": 6, "末": 6}
_PARTS = {"上旬": "early", "初": "early", "中旬": "mid", "中": "mid", "下旬": "late"}
_UNITS = {"工作": "workday", "营业": "workday", "自然": "day", "日历": "day", "小时": "hour", "钟头": "hour", "分钟": "minute", "分": "minute", "秒": "second", "秒钟": "second", "天": "day", "日": "day", "星期": "week", "礼拜": "week", "周": "week", "半月": "month", "月": "month", "季": "quarter", "季度": "quarter", "年": "year", "年半": "year", "财年": "year", "学期": "term", "冲刺": "sprint", "迭代": "sprint", "spri": "sprint"}  # fmt: skip
_ISO = {"day": "D", "week": "W", "month": "M", "year": "Y", "hour": "H", "minute": "M", "second": "S", "workday": "D"}


def find(low: str, clock: Clock) -> list[Moment]:
    """All times of a plain text, in order, not overlapping."""
    if _TRIGGER.search(low) is None and "后" not in low:
        return []
    found: list[Moment | None] = []
    if "每" in low or "逐" in low:
        found += [_every(match) for match in islice(_EVERY.finditer(low), MOST)]
    if "周" in low or "星期" in low or "礼拜" in low:
        found += [Moment(*match.span(), "recurrence", iso="R/P1W") for match in islice(_WEEKDAYS.finditer(low), MOST)]
    if "按" in low or "逐" in low or "度" in low:
        found += [_per(match) for match in islice(_PER.finditer(low), MOST)]
    if _DIGIT.search(low) is not None or "月" in low or "季" in low:
        found += [_day_range(match, clock) for match in islice(_DAY_RANGE.finditer(low), MOST)]
        found += [_month_range(match, low, clock) for match in islice(_MONTH_RANGE.finditer(low), MOST)]
        found += [
            Moment(*match.span(), "window", (date(int(match["a"]), 1, 1), date(int(match["b"]), 12, 31)))
            for match in islice(_YEAR_RANGE.finditer(low), MOST)
        ]
        found += [_listed(match, clock) for match in islice(_DAY_LIST.finditer(low), MOST)]
    found += _dates(low, clock)
    found += [_festival(match, low, clock) for match in islice(_festivals().finditer(low), MOST)]
    found += [_window(match, low, clock) for match in islice(_WINDOW.finditer(low), MOST)]
    if "半年" in low:
        found += [_half_year(match, low, clock) for match in islice(_HALFYEAR.finditer(low), MOST)]
    return arbitrate(found)


def _per(match: re.Match[str]) -> Moment:
    unit = {"月": "P1M", "周": "P1W", "季": "P3M", "年": "P1Y", "日": "P1D"}.get(match.group().strip("按逐度")[:1])
    return Moment(*match.span(), "recurrence", iso=f"R/{unit or 'P1M'}")


def _listed(match: re.Match[str], clock: Clock) -> Moment:
    month, number = (int(part) for part in match.group().split("."))
    return _day_moment(match.start(), match.end(), month, number, None, clock, "on")


def _half_year(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    return _span(*match.span(), low, match["pre"] or "", Decimal("6"), "month", match["suf"] or "", clock)


def _every(match: re.Match[str]) -> Moment:
    unit = match["unit"].rstrip("份度")
    number = match["n"]
    count = Decimal("0.5") if number == "半" else (chinese(number) if number else Decimal(1)) or Decimal(1)
    if unit == "半年" or (number == "半" and unit == "年"):
        iso = "P6M"
    elif unit == "季":
        iso = f"P{int(count) * 3}M"
    elif unit in ("双周", "迭代", "冲刺", "sprint"):
        iso = "P2W"
    elif unit == "学期":
        iso = "P6M"
    else:
        letter = {
            "天": "D",
            "日": "D",
            "工作日": "D",
            "工作天": "D",
            "周": "W",
            "星期": "W",
            "礼拜": "W",
            "月": "M",
            "年": "Y",
            "财年": "Y",
        }[unit]
        iso = f"P{max(int(count), 1)}{letter}"
    return Moment(*match.span(), "recurrence", iso=f"R/{iso}")


def _number(text: str | None) -> int | None:
    value = chinese(text) if text else None
    return int(value) if value is not None else None


def _year_of(match: re.Match[str], clock: Clock, prefix: str = "a") -> tuple[int | None, str]:
    """The year a match names and how: `exact`, `relative`, `fiscal`, or ''."""
    groups = match.groupdict()
    if text := groups.get(prefix + "y") or groups.get(prefix + "y2"):
        return int(text), "fiscal" if "财年" in match.group() else "exact"
    if text := groups.get(prefix + "roc") or groups.get(prefix + "roc2"):
        return int(text) + 1911, "exact"
    if text := groups.get(prefix + "cy"):
        value = chinese(text)
        return (int(value) if value else None), "exact"
    if text := groups.get(prefix + "ry"):
        return clock.today.year + _REL_YEAR[text[:2]], "fiscal" if "财" in text else "relative"
    if text := groups.get(prefix + "fy"):
        digits = re.sub(r"\D", "", text)
        return int(digits) if len(digits) == 4 else 2000 + int(digits), "fiscal"
    return None, ""


def _sub_maker(match: re.Match[str], prefix: str) -> tuple[Callable[[int], Period | None] | None, str, bool]:
    """How to make the period below the year, its granularity, and whether such a period exists at all."""
    group = match.groupdict()
    if text := group[prefix + "half"]:
        half = 1 if text == "上" else 2
        return (lambda year: cal.half_span(year, half)), "half", True
    if text := group[prefix + "hn"]:
        half = int(text)
        return (lambda year: cal.half_span(year, half)), "half", half in (1, 2)
    text = group[prefix + "qz"] or group[prefix + "qz2"] or group[prefix + "qn"]
    if text or group[prefix + "qh"]:
        quarter = (1 if group[prefix + "qh"] == "首" else 4) if not text else _number(text) or 0
        return (lambda year: cal.quarter_span(year, quarter)), "quarter", 1 <= quarter <= 4
    if text := group[prefix + "m"] or group[prefix + "mz"]:
        month = 1 if text == "元" else _number(text) or 0
        daytext = group[prefix + "d"] or group[prefix + "dz"]
        if daytext:
            number = _number(daytext.replace("廿", "二十")) or 0

            def one(year: int) -> Period | None:
                moment = cal.day(year, month, number)
                return (moment, moment) if moment else None

            return one, "day", cal.day(2028, month, number) is not None
        part = group[prefix + "part"] or ""

        def whole(year: int) -> Period | None:
            period = cal.month_span(year, month)
            if period is None:
                return None
            if part in _PARTS:
                return part_of(period, _PARTS[part])
            return period

        return whole, "part" if part in _PARTS else ("monthend" if part else "month"), 1 <= month <= 12
    if text := group[prefix + "edge"]:
        sort = {
            "年底": "yearend",
            "年末": "yearend",
            "年终": "yearend",
            "岁末": "yearend",
            "年中": "yearmid",
            "年初": "yearstart",
            "年内": "yearin",
        }[text]
        return cal.year_span, sort, True
    return None, "", True


def _dates(low: str, clock: Clock) -> list[Moment]:
    found: list[Moment] = []
    place = 0
    while len(found) < MOST and (match := _DATE_PATTERN.search(low, place)):
        moment = _date(match, low, clock)
        place = max(match.end(), match.start() + 1)
        if moment is None:
            place = match.start() + 1
            continue
        suffix = match["suf"]
        if suffix in (None, "起", "起至") and (link := _LINK.match(low, match.end())) or suffix == "起至":
            second = _DATE_PATTERN.match(low, link.end() if suffix != "起至" and link else match.end())
            if second is None:
                second = _bare_day(match, low, link.end() if link else match.end())
            if second is not None:
                joined = _join(match, second, moment, low, clock)
                if joined:
                    found.append(joined)
                    place = joined.end
                    continue
        found.append(moment)
    return found


def _bare_day(first: re.Match[str], low: str, place: int) -> re.Match[str] | None:
    if not any(first.groupdict().get(name) for name in ("ad", "bd")):
        return None
    return re.compile(r"(?P<only>\d{1,2})[日号](?P<suf>)").match(low, place)


def _join(first: re.Match[str], second: re.Match[str], start: Moment, low: str, clock: Clock) -> Moment | None:
    if "only" in second.groupdict():
        begin = start.resolved[1]
        if begin is None:
            return None
        last = cal.day(begin.year, begin.month, int(second["only"]))
        return Moment(
            first.start(), second.end(), "window", (begin, last), assumption=start.assumption, certainty=start.certainty
        )
    end = _date(second, low, clock)
    if end is None:
        return None
    begin, last = start.resolved[0] or start.resolved[1], end.resolved[1]
    if begin is None or last is None:
        return Moment(first.start(), second.end(), "window", (None, None), certainty="impossible")
    own_year = _year_of(second, clock)[0] is not None or bool(second.groupdict().get("iso"))
    first_year = _year_of(first, clock)[0]
    if not own_year and first_year is not None:
        last = _same_or_next(last, begin)
    while begin > last:
        earlier = cal.add_months(begin, -12)
        if earlier is None:
            return None
        begin = earlier
    exact = own_year or first_year is not None
    note = None if exact else clock.phrase("next", year=last.year)
    return Moment(
        first.start(),
        second.end(),
        "window",
        (begin, last),
        assumption=note,
        certainty="exact" if exact else "inferred",
    )


def _same_or_next(last: date, begin: date) -> date:
    moved = cal.add_months(last, 12 * (begin.year - last.year)) or last
    return moved if moved >= begin else cal.add_months(moved, 12) or moved


def _date(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    start, end = match.span()
    suffix, edge2 = match["suf"] or "", (match["edge2"] or "").lstrip("的")
    ahead = low[max(0, start - 8) : start]
    year, how = _year_of(match, clock)
    prefix = "a" if year is not None else "b"
    make, grain, possible = _sub_maker(match, prefix)
    if year is None and make is None:
        return _relative(match, low, clock)
    if how == "relative" and make is None and match["ary"] in ("当年",) and not suffix:
        return None
    note, certainty = None, "exact"
    if not possible:
        return Moment(
            start, end, "deadline", (None, None), assumption=clock.phrase("impossible"), certainty="impossible"
        )
    if year is not None:
        period = make(year) if make else cal.year_span(year)
        grain = grain or "year"
        if how == "fiscal":
            note, certainty = clock.phrase("fiscal"), "ambiguous"
        if (
            grain == "year"
            and not suffix
            and not edge2
            and not _DEADLINE_BEFORE.search(ahead)
            and not _COMPARE.search(ahead)
        ):
            clock.year = year
    elif make is not None and grain.startswith("year"):
        period = make(clock.year if clock.year and clock.year >= clock.today.year else clock.today.year)
        note, certainty = clock.phrase("current", year=period[0].year if period else clock.today.year), "inferred"
    elif make is not None:
        period, note = clock.roll(make)
        certainty = "inferred"
    else:
        return None
    if period is None:
        return Moment(
            start, end, "deadline", (None, None), assumption=clock.phrase("impossible"), certainty="impossible"
        )
    if edge2 and grain in ("year", "half", "quarter", "month"):
        grain = "monthend" if edge2[-1] in "底末" else ("mid" if edge2[-1] == "中" else "start")
    made = _suffixed(start, end, low, period, grain, suffix, clock, note, certainty)
    if how == "relative" and period[1] < clock.today and not suffix.endswith(("前", "止")):
        return made._replace(kind="past", resolved=period)
    return made


def _suffixed(
    start: int,
    end: int,
    low: str,
    period: Period,
    grain: str,
    suffix: str,
    clock: Clock,
    note: str | None,
    certainty: str,
) -> Moment:
    """Kind and resolution of a period by its edge, what follows it and what stands before it."""
    first, last = period
    ahead = low[max(0, start - 8) : start]
    after = low[end : end + 4]
    if grain == "yearmid" or (grain == "mid" and (last - first).days > 300):
        first, last = date(first.year, 6, 1), date(first.year, 6, 30)
    elif grain == "mid":
        first, last = part_of(period, "mid")
    elif grain == "yearstart":
        first, last = date(first.year, 1, 1), date(first.year, 1, 31)
    elif grain == "start":
        first, last = part_of(period, "early")
    sure = certainty
    compared = suffix in ("同期", "相比", "基线", "基准") or (
        _COMPARE.search(ahead) is not None and suffix in ("", "末", "底")
    )
    if compared and ahead.endswith(("低于", "高于", "超过")) and last >= clock.today:
        compared = False
    if compared and ahead.endswith(("于", "以", "与", "和")) and not after.startswith(("为基", "相比", "基准", "持平")):
        compared = suffix in ("同期", "相比", "基线", "基准")
    if compared or after.startswith(("为基准", "为基期", "相比", "同期", "基准", "的基")):
        if certainty == "inferred" and grain in ("quarter", "month", "half") and first > clock.today:
            return _made(start, end, "past", (first, last), note, sure)
        return _made(start, end, "past", (first, last), note, sure)
    ends = grain in ("monthend", "yearend")
    if suffix in ("前", "之前", "以前", "到来前", "到来之前", "来临前", "来临之前", "开始前", "开始之前"):
        inclusive = grain in (
            "day",
            "part",
            "monthend",
            "yearend",
            "yearmid",
            "mid",
            "yearin",
        ) and not suffix.startswith("开始")
        return _made(start, end, "deadline", (None, last if inclusive else before(first)), note, sure)
    if suffix in ("止", "为止", "截止", "结束前", "结束之前") or ends or _DEADLINE_BEFORE.search(ahead):
        return _made(start, end, "deadline", (None, last), note, sure)
    if suffix in ("起", "以来", "开始", "起至") or (_FROM_BEFORE.search(ahead) and not suffix):
        return _made(start, end, "window", (first, None), note, sure)
    if suffix in ("后", "之后", "以后"):
        return _made(start, end, "window", (last if grain == "day" else last + timedelta(days=1), None), note, sure)
    if grain in ("day", "yearmid"):
        return _made(start, end, "deadline", (first, last), note, sure)
    return _made(start, end, "window", (first, last), note, sure)


def _made(
    start: int, end: int, kind: str, resolved: tuple[date | None, date | None], note: str | None, certainty: str
) -> Moment:
    return Moment(start, end, kind, resolved, None, note, certainty)  # type: ignore[arg-type]


def _relative(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    start, end = match.span()
    suffix = match["suf"] or ""
    today = clock.today
    group = match.groupdict()
    period: Period | None = None
    grain, note, certainty, past = "", None, "exact", False
    if text := group["rm"]:
        shift = -1 if text.startswith("上") else (1 if text[0] in "下次" else 0)
        past = shift < 0
        base = cal.add_months(today.replace(day=1), shift) or today
        period, grain = cal.month_span(base.year, base.month), "month"
        if daytext := group["rd"] or group["rdz"]:
            moment = cal.day(base.year, base.month, _number(daytext.replace("廿", "二十")) or 0)
            if moment is None:
                return Moment(start, end, "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
            period, grain = (moment, moment), "day"
        elif group["rw"] and period:
            first = period[0] + timedelta(weeks=(_number(group["rw"]) or 1) - 1)
            period, grain = (first, min(first + timedelta(days=6), period[1])), "part"
        elif (part := group["rpart"]) and period:
            period, grain = (part_of(period, _PARTS[part]), "part") if part in _PARTS else (period, "monthend")
    elif text := group["rq"]:
        shift = -1 if text.startswith("上") else (1 if text.startswith("下") else 0)
        past = shift < 0
        base = cal.add_months(today.replace(day=1), 3 * shift) or today
        period, grain = cal.quarter_span(base.year, (base.month + 2) // 3), "quarter"
    elif group["rh"]:
        period, grain = cal.half_span(today.year, 1 if today.month < 7 else 2), "half"
    elif (text := group["rwk"]) or group["wd2"]:
        shift = {"下": 1, "下下": 2, "上": -1, "上上": -2}.get(text or "", 0)
        past = shift < 0
        period, grain = cal.week_span(today, shift), "week"
        if name := group["wd"] or group["wd2"]:
            moment = period[0] + timedelta(days=_WEEKDAY[name])
            if not text and moment < today:
                moment += timedelta(weeks=1)
            period, grain = (moment, moment), "day"
    elif text := group["bare"]:
        return _bare(text, start, end, low, suffix, clock)
    elif (text := group["iso"]) or group["md"] or group["isom"]:
        parts = [int(part) for part in re.split(r"[-/.]", text or group["md"] or group["isom"] or "")]
        if group["isom"]:
            period, grain = cal.month_span(parts[0], parts[1]), "month"
        elif group["md"]:
            return _day_moment(start, end, parts[0], parts[1], suffix, clock, "by")
        else:
            moment = cal.day(*parts)
            period, grain = ((moment, moment) if moment else None), "day"
        if period is None:
            return Moment(start, end, "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
    elif text := group["term"]:
        period = _term(text, group["termy"] == "年", today)
        grain, note, certainty, past = (
            "monthend" if group["termend"] in ("末", "期末", "结束") else "quarter",
            clock.phrase("term"),
            "inferred",
            text.startswith("上"),
        )
    elif text := group["plan"]:
        index = "二三四五六七".index(text.strip('"')[1])
        first_year = 2011 + 5 * index
        period, grain = (date(first_year, 1, 1), date(first_year + 4, 12, 31)), "quarter"
    if period is None:
        return None
    if group["rm"] and not suffix and grain == "month" and low.startswith(("第",), end):
        return None
    moment_made = _suffixed(start, end, low, period, grain, suffix, clock, note, certainty)
    return moment_made._replace(kind="past") if past else moment_made


def _bare(text: str, start: int, end: int, low: str, suffix: str, clock: Clock) -> Moment | None:
    today = clock.today
    quarter = cal.quarter_span(today.year, (today.month + 2) // 3)
    month = cal.month_span(today.year, today.month)
    year = cal.year_span(clock.year if clock.year and clock.year >= today.year else today.year)
    if text in ("今日", "今天", "今晚", "当天", "当日", "明天", "明日", "后天", "昨天", "昨日"):
        if text in ("当天", "当日"):
            return None
        shift = {"明": 1, "后": 2, "昨": -1}.get(text[0], 0)
        moment = today + timedelta(days=shift)
        return Moment(start, end, "past" if shift < 0 else "deadline", (None if suffix else moment, moment))
    if text.startswith(("全年", "年度内")):
        period, sort = year, "period"
    elif text.startswith("季"):
        period, sort = quarter, text[-1]
    elif text.startswith("月"):
        period, sort = month, text[-1]
    else:
        period, sort = cal.week_span(today), "末"
    if period is None:
        return None
    note = clock.phrase("current", year=period[0].year)
    if sort in "末底":
        return Moment(start, end, "deadline", (None, period[1]), None, note, "inferred")
    if sort == "初":
        nearby = part_of(period, "early")
        return Moment(start, end, "window", nearby, None, note, "inferred")
    if sort == "中":
        return Moment(start, end, "window", part_of(period, "mid"), None, note, "inferred")
    return Moment(start, end, "window", period, None, note, "inferred")


def _term(which: str, whole_year: bool, today: date) -> Period:
    starts = [
        date(year, month, 1)
        for year in (today.year - 1, today.year, today.year + 1, today.year + 2)
        for month in ((9,) if whole_year else (2, 9))
    ]
    current = max(index for index, moment in enumerate(starts) if moment <= today)
    index = current + (1 if which[0] in "下新" else -1 if which[0] == "上" else 0)
    index = min(max(index, 0), len(starts) - 2)
    return starts[index], before(starts[index + 1])


def _day_moment(start: int, end: int, month: int, number: int, suffix: str | None, clock: Clock, sort: str) -> Moment:
    def one(year: int) -> Period | None:
        moment = cal.day(year, month, number)
        return (moment, moment) if moment else None

    period, note = clock.roll(one)
    if period is None:
        return Moment(start, end, "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
    if suffix in ("起",):
        return Moment(start, end, "window", (period[0], None), None, note, "inferred")
    return Moment(start, end, "deadline", (period[0] if sort == "on" else None, period[1]), None, note, "inferred")


def _day_range(match: re.Match[str], clock: Clock) -> Moment | None:
    m1, d1, m2, d2 = (int(match[name]) for name in ("m1", "d1", "m2", "d2"))
    if (m2, d2) <= (m1, d1) and m2 >= m1:
        return None

    def make(year: int) -> Period | None:
        first, last = cal.day(year if (m1, d1) <= (m2, d2) else year - 1, m1, d1), cal.day(year, m2, d2)
        return (first, last) if first and last else None

    period, note = clock.roll(make)
    if period is None:
        return None
    return Moment(*match.span(), "window", period, None, note, "inferred")


def _month_range(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    group = match.groupdict()
    if group["q1"] or group["w1"] or group["h"]:
        first = 1 if group["h"] else (_number(group["q1"] or group["w1"]) or 1) * 3 - 2
        last = 12 if group["h"] else (_number(group["q2"] or group["w2"]) or 1) * 3
    else:
        first, last = _number(group["m1"] or group["z1"]) or 0, _number(group["m2"] or group["z2"]) or 0
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None

    def make(year: int) -> Period | None:
        begin = cal.month_span(year if first <= last else year - 1, first)
        end = cal.month_span(year, last)
        return (begin[0], end[1]) if begin and end else None

    year = group["y"] or group["y2"]
    if year or group["ry"]:
        number = int(year) if year else clock.today.year + _REL_YEAR[group["ry"] or "今年"]
        period, note, certainty = make(number if first <= last else number + 1), None, "exact"
    else:
        period, note = clock.roll(make)
        certainty = "inferred"
    if period is None:
        return None
    if match["suf"] in ("前", "末", "底"):
        return _made(*match.span(), "deadline", (None, period[1]), note, certainty)
    return _made(*match.span(), "window", period, note, certainty)


_FESTIVAL_CACHE: dict[str, re.Pattern[str]] = {}


def _festivals() -> re.Pattern[str]:
    if "zh" not in _FESTIVAL_CACHE:
        names = "|".join(sorted(map(re.escape, lexicon("zh").festivals), key=len, reverse=True))
        _FESTIVAL_CACHE["zh"] = re.compile(
            rf"(?P<year>今年|明年|后年|20\d\d年)?(?P<name>{names})\"?(?P<mid>节|假期|长假|小长假|大促|档|黄金周|购物节)?\"?(?P<suf>之前|以前|到来前|来临前|前(?!后|夕|期)|后(?!台|端)|之后|期间|当天|当日|假期|前夕)"
        )
    return _FESTIVAL_CACHE["zh"]


def _festival(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    name = lexicon("zh").festivals[match["name"]]
    start, end = match.span()
    if (
        match["name"] in ("十一", "五一", "六一", "七一", "八一")
        and start
        and low[start - 1] in "双〇零一二三四五六七八九十百年第"
    ):
        return None
    suffix = match["suf"]
    sale = match["name"] in ("618", "618大促", "双十一", "双11", "双十二", "双12")
    if sale and not suffix.endswith(("前", "前夕")):
        return None
    if text := match["year"]:
        year = clock.today.year + _REL_YEAR[text] if text in _REL_YEAR else int(text[:4])
        moment, note, certainty = cal.festival(name, year), None, "exact"
    else:
        moment = cal.next_festival(name, clock.today)
        note = clock.phrase("next", year=moment.year) if moment else None
        certainty = "inferred"
    if moment is None:
        return None
    if "前" in suffix:
        return _made(start, end, "deadline", (None, before(moment)), note, certainty)
    if "后" in suffix:
        return _made(start, end, "window", (moment, None), note, certainty)
    return _made(start, end, "window", (moment, moment), note, certainty)


def _window(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    start, end = match.span()
    pre, suffix, unit = (match["pre"] or "").rstrip("的"), match["suf"] or "", match["unit"].lstrip("个")
    first = _amount(match["n"])
    second = _amount(match["n2"]) if match["n2"] else None
    value = second if second is not None else first
    if value is None or match["n"] == "半" and unit == "年":
        return None
    sort = _UNITS.get(unit) or _UNITS.get(unit[:2]) or _UNITS.get(unit[:4], "day")
    if match["half"] or unit in ("年半", "半月"):
        value += Decimal("0.5")
    if (
        unit == "月"
        and not match["unit"].startswith("个")
        and not (match["n2"] or pre in ("未来", "近", "过去") or match["n"] in ("两", "几", "数", "半"))
    ):
        return None
    if unit in ("日", "年") and match["n"].isdigit() and len(match["n"]) == 4:
        return None
    if match["n"] in ("几", "数") and not pre:
        return None
    if match["hours"] and sort == "minute":
        value += 60 * (chinese(match["hours"]) or 0)
    return _span(start, end, low, pre, value, sort, suffix, clock)


def _amount(text: str) -> Decimal | None:
    if text in ("几", "数"):
        return Decimal(3)
    if text == "半":
        return Decimal("0.5")
    if len(text) == 2 and not set(text) - set("一二三四五六七八九"):
        return chinese(text[1])
    if text.startswith("半") or (text.endswith("半") and len(text) > 2):
        return None
    if text.endswith("半"):
        base = chinese(text[:-1])
        return base + Decimal("0.5") if base is not None else None
    return chinese(text)


def later(today: date, value: Decimal, sort: str) -> date | None:
    """The day that lies `value` units of `sort` after (or, negative, before) today."""
    if sort == "workday":
        return cal.add_workdays(today, int(value))
    if sort == "day":
        return cal.add_days(today, int(value))
    if sort in ("week", "sprint"):
        return cal.add_days(today, int(value * (7 if sort == "week" else 14)))
    months = {"month": 1, "quarter": 3, "year": 12, "term": 6}.get(sort)
    if months is None:
        return None
    total = value * months
    moved = cal.add_months(today, int(total))
    if moved is not None and total != int(total):
        moved = cal.add_days(moved, int((total - int(total)) * 30))
    return moved


def _span(
    start: int, end: int, low: str, pre: str, value: Decimal, sort: str, suffix: str, clock: Clock
) -> Moment | None:
    today = clock.today
    short = sort in ("hour", "minute", "second")
    ahead = low[max(0, start - 14) : start]
    if pre in ("每", "每隔", "为期", "历时", "满", "提前", "上", "下", "头", "首"):
        return None
    if pre == "第":
        if short or sort in ("day", "year", "workday", "quarter") or suffix in ("前",):
            return None
        first = later(today, value - 1, sort)
        last = later(today, value, sort)
        if first is None or last is None or value < 1:
            return None
        return Moment(start, end, "window", (first, before(last)), None, clock.phrase("today"), "inferred")
    if pre in ("过去", "近", "最近", "前") and suffix not in ("内", "后", "之内", "以内", "之后"):
        first = later(today, -value, sort)
        if short or first is None or (pre == "前" and sort in ("day", "workday")):
            return None
        return Moment(start, end, "past", (first, today))
    future = pre in ("未来", "今后", "接下来", "往后", "此后")
    if suffix in ("前", "之前", "以前"):
        first = later(today, -value, sort)
        if short or first is None or pre:
            return None
        return Moment(start, end, "past", (first, first))
    if suffix in ("后", "之后", "以后"):
        moment = later(today, value, sort)
        if short or moment is None:
            return None
        if pre == "再过" or _EVENT.search(ahead):
            return Moment(start, end, "deadline", certainty="open")
        return Moment(start, end, "deadline", (None, moment))
    if pre == "再过":
        return Moment(start, end, "deadline", certainty="open")
    if not suffix and not future:
        return None
    after = low[end : end + 16]
    event = _EVENT.search(ahead) is not None and not ahead.endswith(("今后", "往后"))
    if not future and _VALUE_BEFORE.search(ahead) and not (event and not short):
        return None
    if short:
        if suffix in ("里", "期间", "间", "之间") or not suffix:
            return None
        letter = {"hour": "H", "minute": "M", "second": "S"}[sort]
        return Moment(start, end, "service", iso=f"PT{format(value.normalize(), 'f')}{letter}")
    if (
        sort in ("day", "workday")
        and not future
        and (_SERVICE_AFTER.match(after))
        and (event or _SERVICE_BEFORE.search(ahead) or sort == "workday")
    ):
        return Moment(start, end, "service", iso=f"P{format(value.normalize(), 'f')}D")
    if sort == "day" and not future and _SERVICE_RATE.match(after):
        return Moment(start, end, "service", iso=f"P{format(value.normalize(), 'f')}D")
    last = later(today, value, sort)
    if last is None:
        return None
    if event:
        return Moment(start, end, "window", certainty="open")
    return Moment(start, end, "window", (today, last))
