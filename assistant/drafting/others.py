# ruff: noqa: E501
"""Tells whose figure a text gives: the team's own, or somebody else's. Knows nothing about metrics or goals.

The words are written simplified and in lower case; the text is folded before they are looked for.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant import catalogue
from assistant.drafting.clauses import Clause

_OTHERS = re.compile(
    r"(?:集团|总公司|全公司)(?:整体|总体)?(?:营收|收入|利润|销售额|业绩|规模)|竞品|竞争|竞对|对手|友商|(?<!银)同行(?!评)|同业|(?<!银)行业|业界|业内|产业(?!园)|市场(?:平均|水平|上)|标杆|大盘|国内平均|(?:全?[国省市县]里?|官方)(?:通报|平均|均值)|(?:集团|总公司|全公司|公司|全[厂院校行])(?:整体|总体)?(?:平均|均值|水平|[^,，。;；]{0,6}目标)"
    r"|其[他它](?:公司|团队|部门|门店|分店|医院|诊所|学校|机构|单位|企业|家|组|厂|店)|别的|别[家人处组班校店间院]|[东南西北]区(?:的)?(?:同事|那边|团队|兄弟)|人家|隔壁(?!住户|邻居|居民|的人)|另外?一[家间所]|对门|邻近|邻居(?!投诉|抱怨|意见|反映|受|嫌)|兄弟(?:公司|部门|单位|团队)|友校|友厂"
    r"|厂商|供应商说|白皮书|文章|新闻|网上|媒体|书[里上]|论文|研究(?:显示|指出|表明|说)|(?:一份|一篇|有份|有篇|某)[^,，。;；]{0,6}(?:报告|调查|文章)|统计局|公开数据"
    r"|\b(?:competitors?|rivals?|peers?|industry|sector|market (?:average|leaders?|norm)|benchmarks?|elsewhere|across town|next door|down the road|neighbou?r(?:s|ing)?"
    r"|(?:comp(?:etitive)? set|comparables?|the set|league table)(?= (?:is|are|at|sits?|runs?|has|averages?)\b)|the (?:very )?best(?= (?:need|take|are|get|have|do|run|manage|reach|stay)\b)|sister (?:company|site|team|school|clinic)|(?:an)?other (?:\w+ )?(?:team|compan(?:y|ies)|clinic|branch|shop|site|school|hospital|practice|store|office|department|firm|charity)(?:e?s)?"
    r"|(?:vendor|analyst|trade|market|government|consultan\w+)(?:'s)? (?:report|survey|study|figures|paper)|(?:national|sector|regional) (?:average|figure|rate|mean)|(?:group|company|corporate|organi[sz]ation|trust)(?:-wide)?(?:'s)? (?:average|mean|target|goal)|company-wide|white paper|article|blog|in the press|best in class|gartner|forrester)\b"
)
"""Words for somebody else: their figures are no starting value of this team."""
_COMPARED = re.compile(
    r"(?:[比跟和与于同]|\b(?:than|with|to|versus|vs\.?|behind|below|above|against|like))\s*(?:the |our |other |most )?$"
)
"""Right before a word for somebody else it makes them the measure of comparison, not the owner of the figure."""
_REACH = 30
_CLAUSE_END = re.compile(r"[，；]|[,;](?!\d)")
_FIGURE = re.compile(r"\d|[一二三四五六七八九两兩半]成")
_OURS = re.compile(
    r"我们|咱们|我方|我司|自己|自家|本(?:店|司|组|院|校|厂|部|课|科|公司|团队|部门|诊所|单位|中心)|\b(?:we|our|ours|us|my)\b"
)
_THEIRS = re.compile(
    r"他们|它们|(?<!before )(?<!after )(?<!until )(?<!when )(?<!once )(?<!that )(?<!so )(?<!because )(?<!while )\b(?:their|theirs|they)\b"
)
"""Words that mean somebody else only where a text sets them against "ours" or has named them."""


def elses(text: str, sentence: Clause, start: int, end: int) -> bool:
    """Return whether a figure is said of somebody else.

    The last owner that the sentence names before the figure holds it, else the first one named behind it.

    Args:
        text: what was written.
        sentence: its sentence that the figure stands in.
        start: place of the figure in the text.
        end: its end.
    """
    owners = _owners(catalogue.fold(sentence.text), contrasted=_contrasted(text))
    before = [foreign for at, foreign in owners if at < start - sentence.start]
    behind = [(at, foreign) for at, foreign in owners if at >= end - sentence.start]
    if before or not behind:
        return before[-1] if before else False
    at, foreign = behind[0]
    return foreign and not _has_own(sentence.text, end - sentence.start, at)


def _has_own(text: str, end: int, owner: int) -> bool:
    """Whether an owner named in a clause behind a figure has a figure of its own there: 成活率91%，隔壁场都96%."""
    if not _CLAUSE_END.search(text, end, owner):
        return False
    stop = _CLAUSE_END.search(text, owner)
    return _FIGURE.search(text, owner, stop.start() if stop else len(text)) is not None


@lru_cache(maxsize=256)
def _contrasted(text: str) -> bool:
    """Whether a text names an owner of figures, so that "theirs" is somebody else's."""
    return bool(_owners(catalogue.fold(text), contrasted=False))


def _owners(folded: str, *, contrasted: bool) -> list[tuple[int, bool]]:
    """Return where a text names an owner of figures, in order, and whether it is somebody else."""
    found = [(match.start(), False) for match in _OURS.finditer(folded)]
    found += [
        (match.start(), True)
        for match in _OTHERS.finditer(folded)
        if not _COMPARED.search(folded, max(0, match.start() - _REACH), match.start())
    ]
    if contrasted:
        found += [(match.start(), True) for match in _THEIRS.finditer(folded)]
    return sorted(found)
