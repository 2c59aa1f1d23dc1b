# ruff: noqa: E501
"""Finds what looks like a number and is none: ids, versions, phone numbers, standards, list markers, names.

Knows nothing about dates or amounts: it runs before them, on plain lower-case text, and only hides places.
"""

from __future__ import annotations

import re

from assistant.language.later import later
from assistant.language.lexicon import lexicon

_HAN = "\u4e00-\u9fff"
_PRODUCTS = (
    "microsoft|python|java|windows|win(?=\\W?(?:7|8|10|11|95|98)(?!\\d))|ios|android|office|php|node|angular|vue|react|web|http|tls|usb|mysql|postgres|postgresql|"
    "redis|kubernetes|django|rails|ubuntu|centos|debian|spring boot|\\.net|unity|unreal|wi-?fi|bluetooth|gpt|claude|"
    "llama|qwen|sap|dynamics|sql server|oracle|basel|solvency|euro|gri|sox"
)
_LABELS = (
    "phase|project|room|chapter|page|section|sections|version|tier|level|grade|step|wave|sprint|goal|objective|appendix|"
    "figure|table|line|plant|site|building|floor|gate|stage|class|series|no\\.|nr\\.|number|ticket|issue|case|id|rfc|"
    "part|annex|clause|article|scope|priority|sev|severity|okr|kr|bay|unit|zone|terminal|dock|route|ward|milestone|"
    "batch|generation|gen|round|module|lesson|option|top|the big|q|stream|workstream|pillar|theme|kpi"
)
_TEAMS = "team|squad|crew|shift|store|branch|region|district|depot|warehouse|shop|office|pod|cell|desk"
_COUNTED = "people|persons|staff|members|agents|workers|hours|days|weeks|percent|points|more|fewer|times|new|visits"
"""Behind a number they tell that it counts, and names nothing: each team 3 people."""
_PATTERN = later(
    rf"""
      (?<!\d)(?=\d)(?:
      (?P<mail>[a-z0-9._+-]{{1,40}}@[a-z0-9.-]{{1,60}})
    | (?P<dotted>(?<![\d.a-z$])(?!(?:19|20)\d\d\.(?:1[0-2]|0?[1-9])\.(?:[12]\d|3[01]|0?[1-9])(?!\d)|(?:[12]\d|3[01]|0?[1-9])\.(?:1[0-2]|0?[1-9])\.20\d\d)\d{{1,4}}\.\d{{1,4}}\.\d{{1,4}}(?:\.\d{{1,4}})?(?![\d.])(?!年))
    | (?P<phone>(?<![\d.-])(?:\+?86[- ]?)?1[3-9]\d{{9}}(?!\d)|(?<![\d.-])(?:400|800)-?\d{{3}}-?\d{{4}}(?!\d)|(?<![\d.-])0\d{{1,3}}-\d{{3,4}}-?\d{{3,4}}(?!\d)
        |(?<![\d.-])(?:\+?1-)?[2-9]\d{{2}}-(?:\d{{3}}-)?\d{{4}}(?![\d-]))
    | (?P<ident>(?<![\d.-])(?:19|20)\d\d-(?!20[1-6]\d(?!\d))\d{{3,8}}(?![\d-]))
    | (?P<around>(?<![\d.])(?:24|7)\s?[/x*]\s?(?:7|24)(?!\d)(?:小时)?|(?<![\d.])24[ ]?小时[ ]?(?:热线|客服|在线|线上|咨询|营业|不间断|值班|值守|全天|响应机制|服务热线|专线|便利|监控|运营|运转|服务台|待命|轮班)|(?<!\d)360[ ]?(?:度|°)(?!电))
    | (?P<hyphen>(?<![\d.,$€£a-z-])\d{{1,4}}(?:\.\d)?-(?:step|star|level|tier|page|person|way|degree|column|hole|seat|member|figure|digit|question|item|part|stage|grade|inch|bed|room|storey|story|man|speed|track|week-old|year-old)s?(?![a-z]))
    | (?P<plan>(?<![\d.,$€£a-z-])(?:\d{{1,3}}|one|two|three|four|five|six|seven|ten|twelve|twenty)-(?:hour|day|week|month|year|quarter|minute)s?[ ](?:plan|hotline|helpline|strategy|roadmap|view|forecast|contract|bond|programme|program|course|old|warranty|shift|workshop|training|rolling|moving|trailing|sprint|sprints|bootcamp|anniversary|event|call|meeting|session|shop|store|outlook|target|vision|lease|term|deal|history|trial|pilot|mission))
    | (?P<mixed>(?<![a-z0-9$€£.])\d{{1,2}}[wx](?:\d{{1,2}}[a-z]?)(?![a-z0-9])|(?<![a-z0-9$€£.])\d[dcgsbe](?=[{_HAN}]))
    | (?P<ordinal>(?<!\d)\d{{1,4}}(?:st|nd|rd|th)(?![a-z])(?!\s+(?:quarter|half)))
    | (?P<long>\d{{13,}}))
    | (?<![a-z])(?=[a-z])(?:
      (?P<url>https?://[^\s"，。)]{{1,300}}|www\.[^\s"，。)]{{1,200}}|[a-z0-9._+-]{{1,40}}@[a-z0-9.-]{{1,60}})
    | (?P<standard>(?<![a-z0-9])(?:iso(?:/iec)?|iec|gb(?:/t|/z)?|jgj|rfc|iatf|ohsas|sa|ieee|cns|en|astm|din|bs|cmmi|haccp|pci[ -]dss|
        soc|nist|ifrs|ias|asc|tl|as|ga/t|yy/t|q/)[ -]?\d[\d.-]{{0,14}}(?::\d{{4}})?(?![\d%]))
    | (?P<version>(?<![a-z0-9.])v(?:er(?:sion)?)?\.?[ ]?\d{{1,4}}(?:\.\d{{1,5}}){{0,3}}(?![\d.]*[%0-9]))
    | (?P<product>(?<![a-z])(?:{_PRODUCTS.replace(" ", "[ ]")})[ -]?\d{{1,4}}(?:\.\d{{1,3}}){{0,2}}(?!\d|%|\.\d|[ ]?(?:%|percent|users|customers|projects)))
    | (?P<extension>(?<![a-z])ext\.?[ ]?\d{{1,6}})
    | (?P<label>(?<![a-z])(?:{_LABELS.replace(" ", "[ ]")})[ -]\#?(?:\d{{1,4}}(?:\.\d{{1,3}})*[a-z]?|[ivx]{{1,4}}|[a-z])(?![a-z0-9%:]|[.,]\d|[ ]?(?:%|percent|points|million|[mk]\b|hours|days|customers|minutes|times)))
    | (?P<worded_plan>(?<![\d.,$€£a-z-])(?:\d{{1,3}}|one|two|three|four|five|six|seven|ten|twelve|twenty)-(?:hour|day|week|month|year|quarter|minute)s?[ ](?:plan|hotline|helpline|strategy|roadmap|view|forecast|contract|bond|programme|program|course|old|warranty|shift|workshop|training|rolling|moving|trailing|sprint|sprints|bootcamp|anniversary|event|call|meeting|session|shop|store|outlook|target|vision|lease|term|deal|history|trial|pilot|mission))
    | (?P<token>(?<![a-z0-9$€£.])(?!(?:mid|early|late|pre|post|end|year)-?(?:19|20)\d\d|(?:q[1-9]|h[1-9]|fy\d|cy\d|usd|rmb|cny|twd|ntd|hkd|eur|gbp|jpy|nt|us|sgd|aud|inr)(?![a-z]*[a-z]\d)[ ]?\d*)[a-z]{{1,8}}[-_]?\d{{1,6}}(?:[-._]?[a-z0-9]{{1,8}}){{0,6}}(?![a-z0-9%]))
    | (?P<stage>(?<![a-z])(?<!last[ ])(?<!this[ ])(?<!next[ ])(?<!per[ ])(?<!a[ ])(?<!each[ ])(?<!every[ ])(?:year|key[ ]stage|ks|stage|form|primary)[ ]\d{{1,2}}(?![\d%.,])(?=[ ]|$|[;:)]))
    | (?P<kr>(?<![a-z])(?:kr[ ]\d{{1,2}}(?=[ ]?[:.)-])|(?:objective|goal|key[ ]result|aim)[ ]\#?\d{{1,2}}(?=\**[ ]?:(?!\d{{1,3}}(?!\d)))))
    | (?P<class>(?<![a-z])(?:years|grades|classes|forms|levels|phases|rooms|bays|lines|plants|sites)[ ]\d{{1,2}}(?:,[ ]\d{{1,2}})*[ ](?:and|to|&|-)[ ]\d{{1,2}}(?![\d%]))
    | (?P<team>(?<![a-z])(?<!per[ ])(?<!each[ ])(?<!every[ ])(?<!a[ ])(?:{_TEAMS})[ ]\#?\d{{1,4}}(?![\d%])(?![.,]\d|[ ]?(?:%|k\b|to[ ]\d|[-–][ ]?\d|{_COUNTED})))
    | (?P<release>(?<![a-z])release[ ]\d{{1,3}}(?:\.\d{{1,3}}){{1,2}}(?![\d%]))
    | (?P<rank>(?<![a-z])top[ -]?\d{{1,4}}))
    | (?=[\#+])(?:
      (?P<plus_mail>[a-z0-9._+-]{{1,40}}@[a-z0-9.-]{{1,60}})
    | (?P<plus_phone>(?<![\d.-])(?:\+?86[- ]?)?1[3-9]\d{{9}}(?!\d)|(?<![\d.-])(?:\+?1-)?[2-9]\d{{2}}-(?:\d{{3}}-)?\d{{4}}(?![\d-])|(?<!\d)\+\d{{1,3}}[ -]\d[\d -]{{6,14}}\d)
    | (?P<hash>(?<![a-z0-9&])\#\d{{1,9}}))
    """,
    re.VERBOSE,
)
"""Three lists by the first character: digits, letters, signs. At each place only those that can begin there are tried."""
_CHINESE = later(
    r"(?=[\d一二三四五六七八九十百项事议任步措编工单合文案货型批料分前目p])(?:"
    r"(?:编号|工号|单号|合同号|文号|案号|货号|型号|批号|料号)[ :]?[a-z0-9][a-z0-9/-]{1,24}|分机[ ]?\d{1,6}"
    r"|(?<![\d第一二三四五六七八九十])[\d一二三五十两]{1,2}年(?:规划|行动计划|行动方案|战略|计划(?!内)|愿景)"
    r"|百公里(?=[^0-9\d])|(?<=[:;,。\s])\d{1,2}[)](?=[\u4e00-\u9fff])"
    r"|[一二三四五六七八九]年级|400(?=热线|电话|客服)|(?:项目|事项|议题|任务|步骤|措施|目标)[ ]?\d{1,2}(?=\**[:、](?!\d{1,3}(?![\d年月])))"
    r"|(?<!\d)(?:110|119)(?=报案|报警|专线|专用|受理|接警|警情|指挥|联动|消防|火警|救护|勤务|系统|台(?!次))"
    r"|(?<!\d)\d{1,2}×\d{2,4}(?=米)|(?<!\d)20[1-6]\d年?版"
    r"|104(?=人力|求职|银行)|591(?=租)|7-11|711(?=门市|超商|便利)"
    r"|(?<=[务销产研发政财工程运市营])[一二三四五六七八九](?:处|课|科|组|厂|部|所|队|区)(?=[\d二一-鿿])"
    r"|(?<!\d)\d{1,4}强(?!度)|(?<![目之以当])(?:前\d{1,3}[名位强大](?!客户|员工)|前[一二三四五六七八九十百]{1,3}[名位强大])"
    r"|(?<![月\d.一二三四五六七八九十])[\d一二三四五六七八九十]{1,3}(?:号(?:楼|线|车间|机|仓|店|产线|门|厅|会议室|工厂|炉|厂|库|位|岗|院|馆"
    r"|井|矿|泊位|码头|地块|项目|文)|字(?:箴言|方针|口号|真言|诀|管理箴言))"
    r"|(?<![\d一二三四五六七八九十])[一二三四五六七八九]级(?!以上|以内)|(?<=[p级])\d级(?!以上))"
)
_MARKER = later(
    r"(?m:^)[ \t]{0,8}(?:[-*•·+][ \t]{1,3})?(?:\[[ x]\][ \t]?)?"
    r"(?:[(]?\d{1,2}(?:[、)]|\.(?!\d)|\.\d{1,2}[ 、])(?!%)|[(]?[一二三四五六七八九十]{1,3}[、)]|●)"
)
_CASED_TOKEN = later(r"(?<![A-Za-z0-9$€£.,])\d(?:[CGSD]|[BE](?=[\u4e00-\u9fff ]))(?![A-Za-z0-9])")
_DATE_LIKE = later(r"(?:may|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)[-_]?\d")
_HIDE_ORDINAL_MONTH = later(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,? ?$|^ ?(?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_SCALED = later(r"\d[百千万亿]")
"""A scale behind digits belongs to them: 15万能花 holds no 万能."""
_SECTION = later(r"\d\.\d{1,2} $")
HIDDEN = "\x00"


def consumed(low: str, cased: str) -> list[tuple[int, int]]:
    """Places in plain text that hold no amount and no date, in order."""
    spans: list[tuple[int, int]] = []
    for match in _PATTERN.finditer(low):
        start, end = match.span()
        sort = match.lastgroup
        if sort == "ordinal":
            before, after = low[max(0, start - 12) : start], low[end : end + 7]
            if _HIDE_ORDINAL_MONTH.search(before) or _HIDE_ORDINAL_MONTH.match(after):
                continue
        elif sort == "token" and _DATE_LIKE.match(low, start):
            continue
        spans.append((start, end))
    spans.extend(match.span() for match in _MARKER.finditer(low) if not _decimal(match, cased))
    spans.extend(match.span() for match in _CASED_TOKEN.finditer(cased))
    if not low.isascii():
        spans.extend(match.span() for match in _CHINESE.finditer(low))
    return spans


def _decimal(match: re.Match[str], cased: str) -> bool:
    """Whether what looks like a section number opens a goal with a value: 11.8 piglets, not 2.1 Pricing."""
    follows = cased[match.end() : match.end() + 1]
    return _SECTION.search(match.group()) is not None and follows.isascii() and follows.islower()


def idioms(low: str, *, chinese: bool) -> list[tuple[int, int]]:
    """Places of fixed words with a numeral inside; some of them are dates (双十二前), so dates are read first."""
    found = lexicon("zh" if chinese else "en").consumed.finditer(low)
    return [match.span() for match in found if not _SCALED.match(low, max(match.start() - 1, 0))]


def hide(low: str, spans: list[tuple[int, int]], mark: str = HIDDEN) -> str:
    """`low` with every span overwritten by `mark`, same length."""
    if not spans:
        return low
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end <= done:
            continue
        start = max(start, done)
        parts.append(low[done:start])
        parts.append(mark * (end - start))
        done = end
    parts.append(low[done:])
    return "".join(parts)
