# ruff: noqa: E501
"""Finds the words of goal language: measures, owners, verbs, hedges, blanks.

Knows the word lists and where a name may begin and end; amounts and times are hidden from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from assistant.goals.facts import Direction, HedgeKind
from assistant.language.later import later
from assistant.language.lexicon import Hit, lexicon
from assistant.language.scripts import HAN

_NAME_ZH = later(rf"[{HAN}a-z0-9/+_-]")
_NOT_MEASURE_AFTER = later(
    r"(?:处理|受理|应对|管理|分析|服务|回应|通报)?(?:值(?!班)|意识|观念|理念|思维|文化|氛围|调查|问卷|测试|测评|管理|报告|报表|数据|会议|专员|部门|部(?!分)|系统|平台|机制|培训|团队|小组|工程师|经理|主管|分析|看板|科|处(?!理)|委员|课程|制度|流程)"
)
_NOT_MEASURE_AFTER_EN = later(
    r"[ -](?:teams?|departments?|managers?|reps?|directors?|leads?|training|process|processes|calls?|pitch|organisation|organization|survey|surveys|"
    r"dashboard|report|reports|meeting|meetings|plan|officer|people|staff|support|enablement|playbook|kick-?off|ops|operations|engineering|and marketing|& marketing|and service)(?![a-z])"
)
_TITLE_BEFORE_EN = later(r"(?:vp|head|director|chief) (?:of|for) $")
_DEPARTMENT_BEFORE = later(
    r"(?:between [a-z]+ and|between(?= $)|marketing (?:and|&)|product (?:and|&)|finance (?:and|&)|with) $"
)
_OWNER_ZH = later(
    r"(?:由|请)(?P<by>[^,;。:()\n\x00由将把]{2,16}?)(?:共同|全权|主要|统筹|牵头|具体)?(?:负责|牵头|主导|跟进|承担|推动|执行|落实|统筹|追踪|督导|主责|完成|收集|组织|汇总|审核|提供|处理|汇报)"
    r"|(?:负责人|责任人|责任部门|牵头人|牵头部门|主责|主责单位|负责单位|权责单位|责任单位|承办人|owner|主办|经办人|执行人)(?:为|是|[:：])[ ]?(?P<label>[^,;。:()\n\x00|]{1,16})"
    r"|(?P<self>(?:^|(?<=[,;。(\n]))[^,;。:()\n\x00将把的由从]{1,12}?(?:团队|部门|小组|部|组|科|处|课|总监|经理|主管|负责人|组长|店长|主任|专员|护理长|护士长|工程师|委员会|中心|事业部))(?=负责|牵头|主导|需|应|须|要|将|在|于|每|共同|统筹|承担|做到|实现|完成|[:：])"
)
_LABEL_EN = later(
    r"(?<![a-z])(?:owner|owned by|led by|lead by|responsible|accountable|responsible person|driven by|managed by|dri|assignee|assigned to|responsibility of|run by|reviewed by|carried out by|delivered by|tracked by|owner is)(?:[ ]?:[ ]?|[ ]is[ ]|[ ])(?:the[ ]|our[ ])?(?P<label>[a-z][a-z&/' -]{1,40}?)(?=[,.;:)\n\x00(]|$| (?:by|and will|will|from|in|with|before|each|every|reports|to)(?![a-z]))"
)
_BLANK = later(
    r"""(?=[a-z0-9百千万第负责同员经承主待未暂某若【\[<{_＿□○×?.●$€£])(?:(?<![a-z])|(?![a-z]))(?:(?P<han>(?:百分之|千分之|万分之)[a-z](?![a-z])|第[xyz](?=季|月|周|名|个)|(?<![a-z0-9])(?:[a-dnxyz]{1,2}|n|m)(?=[ ]?(?:%|个百分点|万元|亿元|万|亿|元|个月|个工作日|小时|分钟|天|周|月份|月|年|人|家|次|件|个|项|名|倍|台|场|篇|款|单|秒|户|条|门)(?!端|轮|股|/)))(?:[ ]?(?:%|个百分点|万元|亿元|万|亿|元|个月|个工作日|小时|分钟|天|周|月份|月|年|人|家|次|件|个|项|名|倍|台|场|篇|款|单|秒|户|条|门))?
      | (?P<score>(?<=[到达至为])[axyzn](?=分(?!类|级|层|析|支|公司))分)
      | (?P<person>(?:负责人|责任人|同事|员工|经办人|承办人|主管|owner[ :]+|person[ ]|name[ ])[ ]?[a-dxyz](?![a-z0-9端]|\.[ ]?[a-z]))
      | (?P<latin>(?<![a-z0-9$€£])[$€£]?(?:xx{1,4}|x|y|z|n)(?:[ ]?%|[ ]percent|[ ](?:days|weeks|months|hours|people|customers|points|percentage points|users|million|units)(?![a-z])|[km](?![a-z]))|(?<![a-z0-9])(?:xxx{0,3}|yyyy(?:-mm(?:-dd)?)?)(?![a-z0-9])|[$€£]x(?![a-z]))
      | (?P<some>(?<![a-z0-9-])(?<!type )(?<!plan )(?<!class )(?<!brand )(?<!factor )(?<!model )(?<!generation )[nx][ ](?:(?:new|more|additional|extra|active|paying)[ ])?[a-z]{4,}s(?![a-z]))
      | (?P<word>(?<![a-z])(?:tbd|tbc|tba|tbh|to be (?:determined|confirmed|decided|defined|announced)|lorem ipsum|fill in|todo|fixme|placeholder)(?![a-z])|待定(?!级|位)|待补充|待填写?|待确定|待明确|未定(?!义)|暂缺|(?<!不)某某|若干(?=元|%|万))
      | (?P<bracket>[\[【<{][ ]?(?:数值|数字|日期|时间|姓名|名称|负责人|部门|指标|目标|金额|比例|百分比|基线|现值|目标值|单位|填写|请填写|公司名?|产品名?|人名|周期|截止日期|团队|n|x|y|value|number|date|name|owner|metric|target|baseline|insert|amount|percentage|team|department|deadline|percent|company|product|unit|fill|your|current|todo|tbd|role|person|month|quarter|year|figure)[^\]】>}\n]{0,24}[\]】>}])
      | (?P<gap>_{2,}|＿{2,}|□{2,}|○{2,}|×{2,}|\?{2,}(?=%|元|万|个|天)|(?<=[约达到至为 ])\.{3,}(?=%)|[●○]{2,}(?=%|元|年|月)|(?<![a-z])o{2,}(?=公司|部门|团队|产品|项目|客户|人|元|%)|x{2,}(?=年|月|日|部门|公司|团队|产品|项目|%|万|亿|元|人|个|家|平台|系统|地区|市场)))
    """,
    re.VERBOSE,
)
_DIRECTION: dict[str, Direction] = {"up": "up", "down": "down", "keep": "keep"}


MOST = 30_000
"""Words of the lists looked at in one text; what lies behind is no goal and is left unread."""


@dataclass
class Words:
    """What the word lists found in a plain text; places are in plain text."""

    metrics: list[tuple[int, int, int, str, Direction | None]] = field(default_factory=list)
    owners: list[tuple[int, int, bool]] = field(default_factory=list)
    actions: list[tuple[int, int, str, Direction | None, str]] = field(default_factory=list)
    hedges: list[tuple[int, int, HedgeKind]] = field(default_factory=list)
    blanks: list[tuple[int, int]] = field(default_factory=list)


def find(low: str, seen: str, *, chinese_text: bool) -> Words:
    """All mentions in plain text; in `seen` amounts and times are hidden."""
    words = Words()
    phrases = lexicon("zh" if chinese_text else "en").phrases
    hits = phrases.chinese(seen) if chinese_text else phrases.english(seen)
    del hits[MOST:]
    _chinese_metrics(seen, hits, words) if chinese_text else _english_metrics(seen, hits, words)
    for hit in hits:
        entry = hit.entry
        for kind in entry.hedges:
            words.hedges.append((hit.start, hit.end, kind))
        if entry.verb:
            words.actions.append((hit.start, hit.end, entry.base, _DIRECTION.get(entry.verb), entry.verb))
        if entry.owner == "vague":
            words.owners.append((hit.start, hit.end, True))
    _owners(low, seen, hits, words, chinese_text)
    return words


def blanks(low: str) -> list[tuple[int, int]]:
    """Places that somebody forgot to fill."""
    return [
        match.span()
        for match in islice(_BLANK.finditer(low), MOST)
        if not (match["bracket"] and (_FILLED.search(match.group()) or _is_label(low, *match.span())))
        and not (match["word"] == "todo" and _marks_an_item(low, *match.span()))
    ]


_FILLED = later(r"\d")
_LIST_MARK = later(r"[ \t>#*_+•·-]*(?:\d{1,2}[.)、])?[ \t*_]*(?:\[[ x]\])?[ \t*_]*")
_WORDS_FOLLOW = later(
    rf"[*_]*[ \t]*[:：-]?[ \t*_]*(?!(?:fill in|tbd|tbc|todo)(?![a-z]))(?:[a-z]+ [a-z]|[0-9年月日号前底内 ,]*+[{HAN}]{{2}})"
)
_MARK_WIDTH = 24
"""Characters before the word that a list mark and its indent may take."""


def _marks_an_item(low: str, start: int, end: int) -> bool:
    """Whether the word opens a line and what is to be done follows: TODO: send the contract."""
    near = max(start - _MARK_WIDTH, 0)
    line = low.rfind("\n", near, start) + 1
    opens = (line or not near) and _LIST_MARK.fullmatch(low, line, start)
    return bool(opens) and _WORDS_FOLLOW.match(low, end) is not None


def _is_label(low: str, start: int, end: int) -> bool:
    """Whether a bracket opens a line and its content follows, there or on the next line: 【目标值】80%."""
    opens = start == 0 or low[:start].rstrip(" \t")[-1:] in ("", "\n")
    if not opens or low[start] not in "【[" or low[end : end + 1] == "(":
        return False
    beside, _, below = low[end : end + _MARK_WIDTH + 16].partition("\n")
    return bool(beside.strip(" :\r")) or below.lstrip()[:1] not in ("", "【", "[", "<", "{", "_", "#")


def _stops(hit: Hit, previous_end: int, seen: str) -> bool:
    entry = hit.entry
    if entry.verb in ("up", "down", "keep", "reach", "better"):
        return True
    if entry.metric == "never" or entry.owner == "vague":
        return entry.owner == "vague"
    if entry.stop or (entry.hedges and entry.metric is None):
        return True
    return entry.verb == "do" and (
        hit.start == 0 or hit.start == previous_end or not _NAME_ZH.match(seen[hit.start - 1])
    )


def _chinese_metrics(seen: str, hits: list[Hit], words: Words) -> None:
    limit = 0
    count = len(hits)
    index = 0
    while index < count:
        hit = hits[index]
        sort = hit.entry.metric
        if sort is None or sort == "never":
            named = index + 1 < count and hits[index + 1].start == hit.end and hits[index + 1].entry.metric == "suffix"
            if not (named and hit.entry.verb == "do") and _stops(hit, limit, seen):
                limit = hit.end
            index += 1
            continue
        start = hit.start
        floor = max(limit, hit.start - 14)
        while start > floor and _NAME_ZH.match(seen[start - 1]):
            start -= 1
        end, head, polarity = hit.end, hit, hit.entry.metric
        known = polarity if polarity in ("up", "down") else None
        step = index + 1
        while step < count and hits[step].start == end and hits[step].entry.metric not in (None, "never"):
            head, end = hits[step], hits[step].end
            found = head.entry.metric
            known = found if found in ("up", "down") else known
            step += 1
        index = step
        limit = end
        if sort == "suffix" and head is hit and (hit.start - start < 1 or hit.end - start < 3):
            continue
        if _NOT_MEASURE_AFTER.match(seen, end):
            continue
        if len(seen[start:end]) < 2:
            continue
        name_start = start
        while name_start < hit.start and seen[name_start] in "-/+_0123456789":
            name_start += 1
        if words.metrics and words.metrics[-1][1] == name_start:
            name_start = words.metrics.pop()[0]
        noun = (
            max(name_start, head.start - 2) if head.entry.metric == "suffix" and end - head.start == 1 else head.start
        )
        if known == "up" and (
            _CONCENTRATION.search(seen, name_start, end) or _FIRST.search(seen, max(0, start - 4), start)
        ):
            known = None
        if known == "up" and seen.startswith("在险", name_start - 1):
            known = "down"
        if known is None and (_BAD.search(seen, name_start, end) or _WAIT.search(seen, name_start, end)):
            known = "down"
        words.metrics.append((name_start, end, noun, seen[noun:end], _DIRECTION.get(known or "")))


_CONCENTRATION = later(r"(?:占比|比重|份额占比|所占比例)$|集中度")
"""A share of something good: the text has to tell whether more of it is."""
_FIRST = later(r"前[一二三四五六七八九十]?$|前\x00+$")
_BAD = later(
    r"(?:停机|停线|停工|感染|故障|差错|错误|出错|投诉|客诉|缺陷|事故|流失|离职|退货|退款|逾期|延误|延迟|浪费|缺勤|欠费|呆账|坏账|破损|货损|报废|返工|差评|违规|违约"
    r"|跌倒|压疮|死亡|并发症|漏检|漏诊|误诊|误报|失误|空置|空驶|缺货|断货|滞销|爆仓|丢件|污染|泄漏|缺失|损耗|能耗|辍学|弃号|爽约|弃单|弃购|超时|卡顿|崩溃|中断)"
    r"(?:率|数|量|件数|次数|时数|时长|金额|比例|占比)$"
)
"""Measures of something bad by the word before their suffix; 处理率, 解决率 and the like are measures of the remedy."""
_WAIT = later(
    r"(?:修复|处理|响应|等待|等候|候诊|交付|完修|维修|审批|审核|结算|换型|回复|解决|办理|到货|通关|加载|启动|停机|排队|招聘|到账|开票|报修|周转|结案|出货|配送|发货|验收|退款|签核|核销|上菜|叫号)"
    r"(?:平均)?(?:时间|时长|周期|天数|时数)$"
)
"""Lengths of time in which somebody waits: shorter is better."""
_WORD_BEFORE = later(r"([a-z0-9][a-z0-9&/'’%-]*) $")


def _english_metrics(seen: str, hits: list[Hit], words: Words) -> None:
    stops = {
        hit.start
        for hit in hits
        if hit.entry.stop or hit.entry.verb in ("up", "down", "keep", "reach", "better") or hit.entry.hedges
    }
    doing = {hit.start for hit in hits if hit.entry.verb == "do"}
    last_end = 0
    for index, hit in enumerate(hits):
        sort = hit.entry.metric
        if sort is None or sort == "never" or hit.start < last_end:
            continue
        if hit.entry.verb in ("up", "down", "better") and not (
            hit.start and seen[: hit.start].endswith(("the ", "of ", "our ", "in "))
        ):
            continue
        start, taken = hit.start, 0
        while taken < 4 and (match := _WORD_BEFORE.search(seen, max(last_end, start - 30), start)):
            place = match.start(1)
            if place in stops or "\x00" in match.group() or match.group(1).isdigit() or match.group(1).endswith("ly"):
                break
            if place in doing and (
                place == 0
                or seen[:place].rstrip()[-1:] in ("", ",", ";", ".", ":", "-", "\n")
                or seen[:place].endswith((" to ", "and "))
            ):
                break
            start, taken = place, taken + 1
        end, head = hit.end, hit
        known = sort if sort in ("up", "down") else None
        step = index + 1
        while (
            step < len(hits)
            and hits[step].start == end + 1
            and hits[step].entry.metric not in (None,)
            and seen[end] == " "
        ):
            found = hits[step].entry.metric
            if found == "never" and hits[step].entry.stop:
                break
            head, end = hits[step], hits[step].end
            known = found if found in ("up", "down") else known
            step += 1
        if sort == "suffix" and start == hit.start and end == hit.end:
            continue
        if seen[start:end] == "sales" and _DEPARTMENT_BEFORE.search(seen, max(0, start - 24), start):
            continue
        if _NOT_MEASURE_AFTER_EN.match(seen, end) or _TITLE_BEFORE_EN.search(seen, max(0, start - 14), start):
            continue
        last_end = end
        if turned := _TURNS.match(seen, end):
            known, end = "down", turned.end()
            last_end = end
        elif known == "up" and _TURNED_BEFORE.search(seen, start, head.start):
            known = "down"
        elif known == "up" and _is_share(seen, start, head.start, end):
            known = None
        words.metrics.append((start, end, head.start, seen[head.start : end], _DIRECTION.get(known or "")))


_TURNS = later(
    r"(?: (?:forecast|budget|plan|target|planning))? (?:gaps?|errors?|deviations?|cycle(?: length| time)?s?|at risk|shortfalls?|deficits?|loss(?:es)?|leakage|volatility|variance|lag)(?![a-z])"
)
"""Behind the name of something good: less of the whole is better."""
_TURNED_BEFORE = later(
    r"(?<![a-z])(?:effort|risk|pain|duplicate|burnout|stress|error|defect|complaint|lost|missed|cancelled|failed|late|fraud|concentration)[ ]"
)
"""Within the name, before its head: an effort score, a risk rating."""
_SHARE_OF = later(
    r"(?<![a-z])(?:share|percentage|percent|proportion|ratio|part|%) of (?:the |our |total |net |all ){0,2}$"
)
_OTHER = later(
    r" (?:(?:bonus|team|force) )?(?:discounts?|headcount|budget|bonus|spend|dependence|dependency|reliance|tax|commissions?|credits?|incentives?)(?![a-z])"
)
_SHARE = later(r" (?:share|concentration)(?![a-z])")


def _is_share(seen: str, start: int, head: int, end: int) -> bool:
    """Whether a measure is a part of something good, or of another thing named by it (sales discount): the text has to tell whether more of it is."""
    if _OTHER.match(seen, end):
        return True
    named = seen[head:end] in ("share", "percentage", "proportion", "mix")
    return named or bool(_SHARE_OF.search(seen, max(0, start - 24), start) or _SHARE.match(seen, end))


def _owners(low: str, seen: str, hits: list[Hit], words: Words, chinese_text: bool) -> None:
    taken = [(start, end) for start, end, _ in words.owners]

    def add(start: int, end: int) -> None:
        while start < end and low[start] in " :的":
            start += 1
        while end > start and low[end - 1] in " ,":
            end -= 1
        if (
            end - start < 2
            or low[start:end] in ("owner", "team", "group", "unit", "lead")
            or any(start < other_end and other < end for other, other_end in taken[-6:])
        ):
            return
        taken.append((start, end))
        words.owners.append((start, end, False))

    if chinese_text:
        if any(char in seen for char in "部组责队管理由科处课主牵") or "owner" in seen:
            for match in _OWNER_ZH.finditer(seen):
                group = match.lastgroup or "self"
                add(*match.span(group))
    else:
        for match in _LABEL_EN.finditer(seen):
            add(*match.span("label"))
        for hit in hits:
            if hit.entry.owner in ("role", "unit"):
                start = hit.start
                taken_words = 0
                while taken_words < 3 and (before := _WORD_BEFORE.search(seen, max(0, start - 24), start)):
                    word = before.group(1)
                    if word in (
                        "the",
                        "our",
                        "a",
                        "an",
                        "each",
                        "every",
                        "by",
                        "of",
                        "to",
                        "for",
                        "with",
                        "and",
                        "per",
                        "as",
                        "all",
                        "in",
                        "from",
                        "at",
                        "train",
                        "hire",
                        "is",
                        "new",
                        "team",
                        "will",
                        "within",
                    ):
                        break
                    start, taken_words = before.start(1), taken_words + 1
                follows = seen[hit.end : hit.end + 14]
                leading = (
                    not seen[:start].strip()
                    or seen[:start].rstrip().endswith((",", ";", ".", ":", "(", "\n"))
                    or seen[:start].endswith(("the ", "our "))
                )
                if (
                    re.match(
                        r"[ ](?:will|owns|leads|is responsible|is accountable|to |shall|must|reports|tracks|runs)|:",
                        follows,
                    )
                    and leading
                ):
                    add(start, hit.end)
                elif (
                    hit.entry.owner == "role"
                    and low[hit.start : hit.end] in ("head", "vp", "director")
                    and (
                        tail := re.compile(
                            r"[ ](?:of|for)[ ](?:the[ ])?[a-z]+(?:[ ](?:support|success|experience|operations))?"
                        ).match(seen, hit.end)
                    )
                ):
                    add(start, tail.end())
    words.owners.sort()
