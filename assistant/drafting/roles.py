# ruff: noqa: E501
"""Tells what a figure is to a wish: how things are today, or what is to be reached. Knows nothing about metrics.

What the words right before a figure say comes first, then its clause, then the clauses around it.
"""

from __future__ import annotations

import re

from assistant.drafting import wish_words
from assistant.drafting.clauses import Clause, clauses
from assistant.drafting.outcomes import Wish
from assistant.drafting.spots import AIMED, Spot
from assistant.goals import Quantity, Slot, Source, Stated

_PRESENT = re.compile(
    r"现在|現在|目前|当前|當前|现值|現值|如今|眼下|上个?月|上個月|上季|去年"
    r"|\b(?:now|currently|today|at present|is|are|was|were|stands at|last)\b",
    re.I,
)
_TODAY = re.compile(
    r"现在|現在|目前|当前|當前|现值|現值|只有|才|已|仅|僅|实际|實際|这个季度|這一季|本季|本月"
    r"|\b(?:now|currently|today|at present)\b",
    re.I,
)
_SO_FAR = re.compile(
    r"今年(?:到现在|到現在|到目前|至今|以来|以來)?(?:一共|共|已经|已經|已|发生|發生|出了|出现了?|出現了?|有)*\s*$|\bso far\W*$",
    re.I,
)
"""Right before a figure: it counts what has happened this year."""
_SHARE_BEFORE = re.compile(
    r"(?:只有|仅有?|僅有?|[才就]?有|[占佔]了?)(?:差不多|将近|將近|不到|大约|大約|约|約)?\s*$|\b(?:only|just|about|nearly|almost|barely|roughly)\s*$",
    re.I,
)
_SHARE_BEHIND = re.compile(r"\s*(?:的(?!时间|時間)|(?:of )?(?:our|the|all|my|their)\b)", re.I)
"""Beside a half or a third: so many of a whole."""
_ACTUAL = re.compile(r"实际|實際|\bactual(?:ly)?\b", re.I)
_REACHED = re.compile(r"[到至达達]\s*$|目标|目標|希望|争取|爭取|\b(?:to|target|goal|reach|hit|aim)\b", re.I)
_REPORTED = re.compile(
    r"(?:是|为|為|(?:[报報]|统计|統計|算出来|算出來|显示|顯示|写|寫)(?:的|了|着|著|出来|出來)*|(?<!控制)(?<!保持)(?<!维持)(?<!維持)(?<!稳定)在|平均|约|約|有)\s*$|平均(?:要|得|需要?|花)\s*$"
    r"|\b(?:is|was|are|were|at|reports?|shows?|says?|costs?(?: us)?|takes?|taking|averages?|runs? at|stands? at|about)\s*$",
    re.I,
)
"""Words right before a figure that report how things are."""
_COMPLAINT = re.compile(
    r"太|过[高低慢长]|過[高低慢長]|抱怨|反映|只有|(?<!人)才|慢(?!病|性)|\b(?:too|only|slow|poor|complain)", re.I
)
_STANDS_AT = re.compile(
    r"(?:掉|跌|滑|占|佔|量|测|測|积|積|堆|捡|撿|查|抓|碰|遇|(?<![提拉升抬调調])高|(?<![增加])多|(?<![降压壓调調减減])低)(?:到|了|达|達)\s*$|(?:今年|本年|上半年)[^，。；,;\d]{0,8}了\s*$|(?:占|佔|有)\s*$"
    r"|\b(?:(?:comes?|came|adds? up|amounts?|works? out|average[sd]?)(?: out)? (?:to|at)|fell to|fallen to|dropped to|slipped to|down to just|lost|lose|bins?|wastes?|wasted|barely|roughly|hardly|merely|only)\s*$",
    re.I,
)
"""Right before a figure: it has come to this."""
_OWN_WISH = re.compile(
    r"希望|想|盼|争取|爭取|力争|力爭|目标|目標|必须|必須|应该|應該|要(?!等|花|排|走|跑|\s*[\d一二两三四五六七八九十半])"
    r"|\b(?:want|would like|i'd like|hope|should|must|aim|target|goal|let's|need to|get|raise|cut|win|reach|keep|bring|take|make)\b",
    re.I,
)
"""A clause with these wishes."""
_DO_NOW = re.compile(
    r"\b(?:we|they|you|i|people|customers|teams?) (?:only |currently |now |still |just )?(?:get|win|raise|cut|reach|keep|bring|take|make)\b",
    re.I,
)
"""It tells what is done today: We win 1 in 6."""
_OTHER_WISH = re.compile(
    _OWN_WISH.pattern
    + r"|\bneeds?\b|[该該得](?![了不到])|改善|(?:快|好|多|少)一?[点點些]|\bbetter\b|\bdown\b|\bfewer\b|\bless\b",
    re.I,
)
_AHEAD = re.compile(r"明年|后年|後年|来年|來年|下[个個]?[季月周半年]|[内內]$|\b(?:in|within|over|next)\b", re.I)
"""In the words of a span of time: it lies ahead."""
_REACHES = re.compile(r"[到达達成]\s*$|\b(?:reach|hit|get there)\W*$", re.I)
"""At the end of a clause it wishes for the value told before."""
_WANTED = re.compile(
    r"(?:希望|想要?|盼|期望|争取|爭取|力争|力爭|拼到?)[^，。；、\d]{0,18}$|^needs? (?:it |this )?(?:at |to be )?$"
    r"|\b(?:should|must|promised|want(?:s|ed)?|(?:i|we|they|board|management|auditors?) needs?|i'd like|would like|hope for)\b[^,;.\d]{0,40}$",
    re.I,
)
"""Leads up to a figure that is wished for."""
_WRITTEN = re.compile(
    r"(?:预算|預算|计划|計畫|計劃|邮件|郵件|通知|文件|合同|合約|签呈|簽呈|纪要|紀要|方案|任务书|任務書|批文|备忘录|備忘錄|公文|目标书|责任状)[^，。；,;\d]{0,6}(?:写|寫|说|說|定|标|標|给|給|批|列|要求)(?:的|了|着|著)*(?:是|成|为|為)?\s*$"
    r"|\b(?:budget|memo|plan|contract|e-?mail|minutes|strategy|policy|letter|brief)\b[^.;,]{0,25}\b(?:says?|said|states?|has|shows?|gives?|asks for|puts it at|reads?)\s*$",
    re.I,
)
"""Right before a figure: a paper that orders says it."""
_DONE = re.compile(
    r"(?:新增|新开拓|新開拓|开拓|開拓|拓展|新开|新開|发展|發展|完成|招募|举办|舉辦|签下|簽下|拿下|谈下|談下|覆盖|覆蓋|走访|走訪|服务|服務|培训|培訓)(?:至少|约|約)?\s*$"
    r"|^(?:and )?(?:win|raise|reach|keep|recruit|serve|train|open|plant|build|sign|publish|sell|hire|help|visit)\s*(?:at least|about|over)?\s*$",
    re.I,
)
"""An order right before a figure: so much is to be done."""
_MOVES_ON = re.compile(
    r"\s*(?:太[高低多少慢]了?)?(?:要|想|得|需要|希望|必须|必須)(?:再|能|往[上下])*(?:降|减|減|压|壓|提|升|拉|改善|缩|縮|增|涨|漲)(?![到至为為])"
)


def role(at: Spot, wish: Wish, named: bool) -> Slot | None:
    """Return the slot that a figure fills for a wish, None where nothing tells.

    Args:
        at: the figure.
        wish: the wish that it stands near or names.
        named: whether the wish's metric is named beside it.
    """
    source, clause, quantity, before = at.source, at.clause, at.quantity, at.before
    if source is wish.source and (told := _told_plainly(at)) is not None:
        return told
    if _ACTUAL.search(before) or _SO_FAR.search(before) or (source is wish.source and of_whole(at)):
        return "baseline"
    if quantity.role == "baseline" or (quantity.role == "target" and _tells_today(before)):
        return "baseline"
    if quantity.role == "target" and not source.key.startswith("aim") and not AIMED.search(before):
        return "baseline"
    if quantity.role in {"target", "change"}:
        return "target"
    if quantity.role in {"other", "window"} and source is wish.source and wish_words.ASKED.search(before):
        return "target"
    if quantity.role in {"other", "window"} and _TODAY.search(clause.text) and not _REACHED.search(before):
        return "baseline"
    if quantity.role in {"other", "window"} and not wish_words.ASKED.search(before):
        if _REPORTED.search(before) or _COMPLAINT.search(clause.text):
            return "baseline"
        if quantity.unit in {"%", "x"} and lowers_or_raises(source, clause, quantity):
            return "target"
        if source is wish.source and due(at):
            return "target"
    if quantity.role in {"other", "window"} and (named or source.key.startswith(("context:", "improve:"))):
        if _PRESENT.search(clause.text) and not AIMED.search(before):
            return "baseline"
        if named and wish.source is not source:
            return "baseline"
        if source.key.startswith("improve:") and not _REACHED.search(before):
            return "baseline"
    return None


def of_whole(at: Spot) -> bool:
    """Whether a share in words is told as a level and no way of speaking: 只有一半, half of our starters."""
    if at.quantity.unit != "x" or at.quantity.role in {"change", "target"}:
        return False
    before, behind = at.before, at.source.text[at.quantity.end : at.clause.end]
    return _SHARE_BEFORE.search(before) is not None or _SHARE_BEHIND.match(behind) is not None


def due(at: Spot) -> bool:
    """Whether a day ahead is set for the figure: 95%，6月底前; 75% in six months; 今年31家，明年45家."""
    facts, clause = at.source.facts, at.clause
    for time in facts.times:
        if not clause.start <= time.start < clause.end:
            continue
        words = at.source.text[time.start : time.end]
        if time.kind == "deadline" and at.quantity.unit == "%":
            return True
        last = time.resolved[1]
        ahead = time.kind == "deadline" or (time.kind == "window" and _AHEAD.search(words) is not None)
        if ahead and last is not None and last > facts.today and _continues(at):
            return True
    return False


def _continues(at: Spot) -> bool:
    """Whether a figure of the same unit stands in a clause before."""
    return any(
        each.end <= at.clause.start and each.unit == at.quantity.unit and each.role != "change"
        for each in at.source.facts.quantities
    )


def _told_plainly(at: Spot) -> Slot | None:
    """Return what the words of the person's own text make of a figure that nothing labels."""
    quantity, before = at.quantity, at.before
    if written(at):
        return "target"
    if quantity.role in {"change", "baseline"} or quantity.bound in {"ge", "le"} or _reached(at):
        return None
    if _STANDS_AT.search(before) and not _OWN_WISH.search(before):
        return "baseline"
    if quantity.role == "target" and wish_words.ASKED.search(before):
        return None
    if wanted(at):
        return "target"
    if quantity.role == "window" or _OWN_WISH.search(_DO_NOW.sub(" ", at.clause.text)) or _DONE.search(before):
        return None
    dated = any(
        at.clause.start <= time.start < at.clause.end and time.kind == "deadline" for time in at.source.facts.times
    )
    if dated or wish_words.KEPT.search(before):
        return None
    if quantity.bound == "approx" and not AIMED.search(before):
        return "baseline"
    return "baseline" if _changed_elsewhere(at) else None


def _reached(at: Spot) -> bool:
    """Whether a figure is what a pair of values arrives at: 从70%提高到78%."""
    quantities = at.source.facts.quantities
    pairs = [each for each in at.source.facts.changes if each.frm is not None and each.to is not None]
    return any(quantities[each.to].start == at.quantity.start for each in pairs if each.to is not None)


def wanted(at: Spot) -> bool:
    """Whether a wish leads up to the figure: 希望每次至少能来35个人, should show the right time 97%."""
    return (_WANTED.search(at.before) or _DONE.search(at.before)) is not None and not _tells_today(at.before)


def written(at: Spot) -> bool:
    """Whether a paper that orders gives the figure, as another order did before it: 老板要160万，预算表上写140万."""
    if not _WRITTEN.search(at.before):
        return False
    return any(
        each.unit == at.quantity.unit and each.end <= at.quantity.start and each.role in {"target", "change"}
        for each in at.source.facts.quantities
    )


def _changed_elsewhere(at: Spot) -> bool:
    """Whether another clause wishes for a change and has a figure to reach, or none: 空车率41%，想把回程装满一点."""
    for part in clauses(at.source.text):
        inside = [each for each in at.source.facts.quantities if part.start <= each.start < part.end]
        moved = any(each.role == "change" for each in inside) or any(
            part.start <= action.start < part.end and action.direction in {"up", "down"}
            for action in at.source.facts.actions
        )
        if part.start <= at.quantity.start < part.end or not (moved or _OTHER_WISH.search(part.text)):
            continue
        if part.start > at.quantity.start and (inside or not _REACHES.search(part.text)):
            return True
    return False


def lowers_or_raises(source: Source, clause: Clause, quantity: Quantity) -> bool:
    """Whether a change verb stands before the figure in its clause with no "to" between: 减少投诉30%."""
    return any(
        action.direction in {"up", "down"} and clause.start <= action.start < quantity.start
        for action in source.facts.actions
    )


def _tells_today(before: str) -> bool:
    """Whether the words before a figure say how things are, with nothing aimed at in between."""
    match = _TODAY.search(before)
    return match is not None and not _REACHED.search(before[match.end() :])


def wished_elsewhere(wish: Wish, figure: Stated) -> bool:
    """Whether the change is wished for in another clause than the one that holds the figure: 缺货率6.8%，要降下来."""
    if figure.source != wish.source.key:
        return False
    moving = [action for action in wish.source.facts.actions if action.direction in {"up", "down"}]
    own = next((part for part in clauses(wish.source.text) if part.start <= figure.start < part.end), None)
    inside = [action for action in moving if own and own.start <= action.start < own.end]
    return bool(moving) and not inside


def reported(at: Spot) -> bool:
    """Whether words before a figure report how things are, or the sentence complains of it."""
    if wish_words.ASKED.search(at.before) or wanted(at):
        return False
    if _REPORTED.search(at.before) or _COMPLAINT.search(at.clause.text) or _moves_on(at):
        return True
    plain = at.quantity.bound == "eq" and not AIMED.search(at.lead)
    return plain and _COMPLAINT.search(at.sentence.text) is not None


def _moves_on(at: Spot) -> bool:
    """Whether the wished change stands right behind the figure, with none to reach: 离职率14%要降."""
    behind = at.clause.text[at.quantity.end - at.clause.start :]
    return _MOVES_ON.match(behind) is not None and not AIMED.search(at.lead) and not any(map(str.isdigit, behind))
