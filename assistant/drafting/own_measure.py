# ruff: noqa: E501
"""Finds the measure that a person names beside figures and that the catalogue does not know.

Knows nothing about goals. What the person counts comes before what the catalogue would guess: a guess keeps its place
only where it is firm, its unit can carry the figures and it moves the way the person wants.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant import catalogue
from assistant.drafting import conflicts, fitting, in_words, last_days, naming, others, staffing
from assistant.drafting.clauses import Clause, clauses, sentences
from assistant.drafting.outcomes import Suggest, Wish
from assistant.drafting.spots import is_whole
from assistant.goals import Change, Direction, Metric, Quantity, Source
from assistant.language.units import DURATIONS, MONEY

_FIRM = 0.22
_SURE = 0.3
"""Score from which a guess may carry figures that were given for a measure in other words."""
_ALIKE = 0.36
"""Score from which the person's own name for a measure means the metric that is nearest to it."""
_MEANT = 0.36
"""Score from which a measure in the person's words is a catalogue metric that nothing else speaks for."""
_LONGEST_NAME = 12
_SHORT = 4
"""A predicate of fewer characters leaves out what is done: its object stands before the figure."""
_DOING = re.compile(
    r"\s*的?(?P<whole>[\u4e00-\u9fff]{2,4}?)(?P<doing>(?:正?在|会|會|已|能|愿意|願意|有|没|沒|按|用)[\u4e00-\u9fffA-Za-z]{1,12})$"
    r"|\s+of (?:our |the |all )?(?P<whole_en>[a-z]+(?: [a-z]+)?) (?P<does>(?:use|file|have|open|reply|complete|finish|renew|buy|return|come|take"
    r"|read|log|pass|show|do|get|answer|submit|attend|turn|set|sign|report|know|keep|join|vote)\b[^,;.]{1,40})$"
)
"""Behind a share: whose share it is and what they do."""
_CAN_NEAR = 16
_SHORTEST_NAME, _LONGEST_WORDS, _MOST_WORDS = 2, 20, 8
_HAN = re.compile(r"[\u3400-\u9fff]{2}")
_PREDICATE = re.compile(r"落后|落後|不够|不夠|不足|偏低|偏高|都|很|太|老是|老|总是|总|總是|總|越来越|越來越|实在|實在")
_SHARES = ("率", "比", "比例", "占比", "佔比", "比重", "度", "份额", "份額", "水分", "湿", "濕")
_LENGTHS = ("时间", "時間", "时长", "時長", "周期", "週期", "天数", "天數", "工期", "耗时", "耗時")
_NUMBERS = ("数", "數", "量", "人数", "人數", "次数", "次數", "规模", "規模", "产量", "產量", "噪音", "温度", "溫度")
_WAITED = re.compile(r"(?:[要得还還都]|需要)*(?:排[队隊])?等(?:候|待)?$")
_SUMS = ("额", "額", "费", "費", "费用", "費用", "成本", "收入", "支出", "价", "價", "款")
_BEFORE_ZH = re.compile(
    r"^(?:每[个個]?[天日周週月年季次]|全年|全月|我们|我們|咱们|本(?:店|厂|校|院|区)|请|請|希望|想要?|争取|爭取|力争|力爭|现在|現在|目前|今年|明年|上个月|上個月|去年|把|将|將|让|讓|使|这|這|[，,\s])+"
)
_BEHIND_ZH = re.compile(
    r"(?:现在|現在|目前|去年|今年|明年|本年|本月|上月|上[个個]月|上季|全年|平均|大约|大約|大概|差不多|将近|將近|接近|只剩|只有|只能|只|仅|僅|才|已经|已經|每[个個]?[天日周週月年季次]|一[天周週月年]|希望|想要?|要|得|能够?|能夠|可以|争取|爭取|力争|力爭|至少|最少|最多|不超过|不超過|不低于|不低於"
    r"|目标|目標|期望|控制|维持|維持|稳定|穩定|保持|做|达|達|提|拉|升|降|压|壓|减|減|缩|縮|涨|漲|掉|跌|占|佔|量|测|測|积|積|撿|捡|查|抓|高|多|有|是|为|為|在|到|至|约|約|了|就|都|来|來|从|從|由|[，,：:\s])+$"
)
_OFTEN = re.compile(
    r"(?:we want |i want )?(?P<who>(?:the |our )?[a-z][a-z' -]{3,50}?) should (?P<does>[a-z][a-z' -]{3,40}?)\s*$", re.I
)
_OF_THESE = re.compile(
    r"\s+of (?!(?:the )?times?\b)(?:our |the |all )*(?P<what>[a-z][a-z'-]+(?: (?!last|this|each|every|in|on|at|by|before|over|for|since|to|is|are|was|were|has|have|back)[a-z'-]+){0,3})",
    re.I,
)
_ONE_IN = re.compile(
    r"\s+(?:of (?:our |the |all )?)?(?P<what>[a-z][a-z'-]+(?: [a-z'-]+)?) (?:is|are|was|were|gets?|goes?|comes?|arrives?|ends? up)(?: (?P<how>[a-z]+))?\b",
    re.I,
)
_NO_MEASURE = re.compile(
    r"(?:the )?(?:plan|idea|aim|goal|target|approach|customers?|clients?|people|staff|(?:would|i'd|we'd) .*|we|they|it|that|this|there)",
    re.I,
)
"""Subjects that measure nothing."""
_LAST_VERB = re.compile(
    r"\b(?P<verb>lost|wasted|returned|broken|damaged|missed|recycled|reused|saved|sold|filled|used)\s*$", re.I
)
_SUBJECT_EN = re.compile(
    r"(?:i want |we want |get |keep |bring |our |the |my |this |overall )*(?P<what>[a-z][a-z'-]*(?: [a-z'-]+){0,8}?)"
    r"(?:\s*:|\s+(?:is|was|are|were|runs?|stands?|sits?|averages?|comes?|reach(?:es)?|hits?|to (?:stay|be|get|reach|come|go)|should|must|needs? to|has to|under|below|above|over)\b)",
    re.I,
)
_COUNTED_EN = re.compile(
    r"[\d.,]+ (?P<what>[a-z'-]+(?: of [a-z'-]+(?: (?!leave|go|come|are|is|get|pass|end)[a-z'-]+)?)?)(?= (?:leave|go|come|are|is|get|pass|end|every|each|a|per|in|on|at|from|by|before|this|next|now|today)\b|\s*$)",
    re.I,
)
_CEILING = re.compile(
    r"^\s*[^，。,;\d]{0,3}(?:以下|以内|以內|之内|之內)|^\s*(?:or (?:less|fewer|below)|at most)\b", re.I
)
_TOO_FEW = re.compile(r"只有|只能|只剩|才|仅|僅|不到|\b(?:only|just|barely|hardly)\b", re.I)
_TROUBLE = re.compile(
    r"太|逾期|积压|積壓|欠|清零|清空|[结結]清|坏|壞|垃圾|抱怨|投诉|投訴|被扣|总是|總是|老是|受不了|占道|违|違|乱|亂|死|漏|损|損|浪费|浪費|噪|闲置|閒置|空车|空車|走到马路|挤|擠|堵|[没沒](?:取|收|修|关|關|人)"
    r"|\b(?:too (?:many|much|high|long)|fed up|complain|lost|losing|waste|dead|noise|mess|nothing gets|out of order|broken|damp|mildew)\w*",
    re.I,
)
"""A text that complains of what it counts, so that less of it is better."""
_TAKES = re.compile(
    r"(?P<zh>[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z ]{1,20}?)\s*(?:现在|現在|目前|平均)*(?:要|得|需要?|花)\s*$"
    r"|(?:our |the )?(?P<en>[a-z][a-z' -]{2,40}?) (?:(?:is|are|was|were) )?(?:currently |now )?(?:takes?|taking|needs?)(?: us| about| around)*\s*$",
    re.I,
)
"""Right before a duration: what takes it."""
_LEAD = re.compile(r"(?:只有|仅有?|僅有?|才有?|大约|大約|约|約|目前|现在|現在|有|[，,\s])+$|^(?:我们|我們)")
_HANDLED = re.compile(r"[把将將]")
_NOUN = re.compile(
    r"^(?:同时|同時|另外|并且|並且|而且|还有|還有|再)?(?:我们|我們|请|請)?(?:要|想|希望|争取|爭取)?(?:把|将|將|让|讓|使)?(?:提升|提高|增加|降低|减少|減少|缩短|縮短|压缩|壓縮)?"
    r"(?P<zh>[\u3400-\u9fffA-Za-z]{2,16}?)(?:要|能)?(?:从|由|目前|现在|現在)"
    r"|\b(?:raise|cut|reduce|improve|bring|move|get|take|grow|increase|lower|shorten|lift)\s+(?:the\s+|our\s+)?"
    r"(?P<verb>[a-z][a-z' -]{2,50}?)\s+(?:from|to|by)\b|^(?:our\s+|the\s+)?(?P<lead>[a-z][a-z' -]{2,50}?)\s+from\b",
    re.IGNORECASE,
)


def settle(wishes: list[Wish], source: Source, functions: tuple[str, ...], suggest: Suggest) -> list[Wish]:
    """Return the wishes of a text, each measured by what the person named beside its figures.

    Args:
        wishes: as found by name and by meaning.
        source: their text.
        functions: functions of the team.
        suggest: ranks catalogue metrics for a text.
    """
    settled = list(wishes)
    hits = catalogue.default().named(source.text)
    for change in source.facts.changes:
        figures = staffing.figures(source, change)
        if not figures or any(conflicts.budgeted(source, each) for each in figures) or staffing.tells(source, figures):
            continue
        clause = staffing.clause_of(source, figures[0])
        noun = _noun(source, change, figures[0], clause)
        if noun is None or any(hit.start < noun.end and noun.start < hit.end for hit in hits):
            continue
        direction = change.direction or _way(source, change)
        known = _meant(noun.text, figures, direction, functions, suggest)
        own = Wish(source, clause, known, noun.text, noun.start, direction)
        guess = next((at for at, wish in enumerate(settled) if not wish.name), None)
        if guess is None:
            if all(wish.name != noun.text and (known is None or wish.metric != known) for wish in settled):
                settled.append(own)
        elif not _holds(settled[guess], noun, figures, direction, functions, suggest):
            settled[guess] = replace(own, start=min(settled[guess].start, own.start))
    if len(settled) == 1 and not settled[0].name:
        settled = [_rhythm(settled[0], source, functions, suggest) or _told(settled[0], source, functions, suggest)]
        if not settled[0].name and not _carried(settled[0], functions, suggest):
            settled = [_counted(settled[0], source)]
    return sorted(settled, key=lambda wish: wish.start)


def _rhythm(wish: Wish, source: Source, functions: tuple[str, ...], suggest: Suggest) -> Wish | None:
    """Return the wish measured by how often something is done, where its text tells of a change in that."""
    name = naming.often(source)
    if name is None or (wish.metric is not None and wish.metric.kind == "count" and wish.metric.direction == "up"):
        scores = [
            offer.score for offer in suggest(source.text, functions) if wish.metric and offer.metric == wish.metric.id
        ]
        if name is None or (scores and scores[0] >= _FIRM and wish.metric and naming.speaks_of(name, wish.metric)):
            return None
    pair = in_words.frequency(source)
    rises = pair is not None and (pair[1].per_year or 0) > (pair[0].per_year or 0)
    direction: Direction = "up" if rises else "down"
    known = _meant(name, [], direction, functions, suggest)
    if known is None or known.kind != "count" or not naming.speaks_of(name, known):
        known = None
    return replace(wish, metric=known, name=name, direction=direction)


def _told(wish: Wish, source: Source, functions: tuple[str, ...], suggest: Suggest) -> Wish:
    """Return the wish measured by what its figure is said to be: what one can do, a share, the time that it takes."""
    if (ability := naming.ability(source)) is not None:
        return replace(wish, metric=None, name=ability, direction="up")
    own = None
    if (share := _share(source)) is not None:
        own = replace(wish, metric=None, name=share)
        meant = next(iter(suggest(share, functions)), None)
        if meant is not None and meant.score >= _ALIKE and catalogue.load().metrics[meant.metric].kind == "percent":
            return replace(own, metric=catalogue.load().metrics[meant.metric])
    elif (wish.metric is None or wish.metric.kind != "duration") and (length := _length(source)) is not None:
        own = replace(wish, metric=None, name=length, direction=wish.direction or "down")
    if own is None or wish.metric is None or (wish.metric.kind != "duration" and in_words.day(source)):
        return own or wish
    scores = [offer.score for offer in suggest(source.text, functions) if offer.metric == wish.metric.id]
    if scores and scores[0] >= _FIRM:
        return wish
    meant = next(iter(suggest(own.name, functions)), None)
    return wish if meant is not None and meant.metric == wish.metric.id and meant.score >= _ALIKE else own


def _meant(
    name: str, figures: list[Quantity], direction: Direction | None, functions: tuple[str, ...], suggest: Suggest
) -> Metric | None:
    """Return the catalogue metric that the person's name for a measure means, if it can have the figures."""
    nearest = next(iter(suggest(name, functions)), None)
    if nearest is None or nearest.score < _MEANT:
        return None
    metric = catalogue.load().metrics[nearest.metric]
    if direction and metric.direction != "keep" and direction != metric.direction:
        return None
    return metric if all(fitting.fits_level(figure, metric) for figure in figures) else None


def _exact(source: Source, quantity: Quantity) -> bool:
    """Whether a figure is one, and no way of speaking: 催了三遍, 做一半."""
    words = source.text[quantity.start : quantity.end]
    return quantity.unit != "x" and (quantity.unit == "%" or any(map(str.isdigit, words)))


def _shares_go(source: Source) -> str | None:
    """Return which way the shares of a text go, "" where only one is told, None where none is."""
    told = {each.role: fitting.decimal(each.value) for each in source.facts.quantities if each.unit == "%"}
    before, after = told.get("baseline"), told.get("target")
    if before is None or after is None:
        return None if before is None and after is None else ""
    return "up" if after > before else "down"


def _carried(wish: Wish, functions: tuple[str, ...], suggest: Suggest) -> bool:
    """Whether a guessed metric can have the figures of its text as levels, or is sure enough without them."""
    if wish.metric is None:
        return False
    metric, source = wish.metric, wish.source
    levels = [
        each for each in source.facts.quantities
        if each.role not in {"change", "window"} and each.unit not in fitting.PEOPLE | {"%"} | MONEY
        and not source.text.startswith("人", each.end) and _exact(source, each) and each.value != "0" and not staffing.of_staff(source, each)
    ]  # fmt: skip
    pairs = [
        figures
        for change in source.facts.changes
        if change.frm is not None and (figures := staffing.figures(source, change))
    ]
    if any(not fitting.fits(each, metric) for figures in pairs for each in figures):
        return False
    if metric.kind == "percent" and (way := _shares_go(source)) is not None:
        return metric.direction == "keep" or way in {"", metric.direction}
    if levels and in_words.none(source, levels[0].end) and not fitting.fits_level(levels[0], metric):
        return False
    if not levels or any(fitting.fits_level(each, metric) for each in levels):
        return True
    if metric.kind in {"percent", "ratio", "score"} and fitting.OF_SO_MANY.search(source.text):
        return True
    scores = [offer.score for offer in suggest(source.text, functions) if offer.metric == metric.id]
    return bool(scores) and scores[0] >= _FIRM


def _counted(wish: Wish, source: Source) -> Wish:
    """Return a wish that nothing in the catalogue measures, measured by what its first figure counts."""
    paired = {change.frm for change in source.facts.changes if change.frm is not None and change.to is not None}
    order = sorted(enumerate(source.facts.quantities), key=lambda each: (each[0] not in paired, each[0]))
    for _, quantity in order:
        if quantity.role in {"change", "window"} or not _exact(source, quantity):
            continue
        if staffing.of_staff(source, quantity):
            continue
        if conflicts.budgeted(source, quantity) or last_days.left(source, quantity) or is_whole(source, quantity):
            continue
        clause = staffing.clause_of(source, quantity)
        sentence = next((part for part in sentences(source.text) if part.start <= quantity.start < part.end), clause)
        if others.elses(source.text, sentence, quantity.start, quantity.end):
            continue
        name = naming.counted(source, quantity) or (
            _name_en(source, clause, quantity) if source.facts.language == "en" else _name_zh(source, clause, quantity)
        )
        if name:
            return replace(
                wish, metric=None, name=name, start=0, direction=wish.direction or _better(source, clause, quantity)
            )
    return wish


def _name_zh(source: Source, clause: Clause, quantity: Quantity) -> str | None:
    """Return a Chinese name for what a figure counts, from the words before it or from the clause before that."""
    words = _core_zh(source.text[clause.start : quantity.start])
    earlier = [part for part in clauses(source.text) if part.end <= clause.start]
    if len(words) < _SHORTEST_NAME and earlier:
        words = _core_zh(_PREDICATE.split(earlier[-1].text)[0])
    if not _SHORTEST_NAME <= len(words) <= _LONGEST_WORDS or not _HAN.search(words):
        return None
    traditional = source.facts.language == "zh-Hant"
    if quantity.unit in MONEY:
        return words if words.endswith(_SUMS) else words + ("金額" if traditional else "金额")
    if quantity.unit == "%":
        return words if words.endswith(_SHARES) else words + ("佔比" if traditional else "占比")
    if (
        quantity.unit in DURATIONS
        and (waited := _WAITED.search(words)) is not None
        and waited.start() >= _SHORTEST_NAME
    ):
        return words[: waited.start()] + ("等候時間" if traditional else "等候时间")
    if quantity.unit in DURATIONS:
        return words if words.endswith(_LENGTHS) else words + ("時間" if traditional else "时间")
    if quantity.unit in fitting.PEOPLE or source.text.startswith("人", quantity.end):
        return words if words.endswith(_NUMBERS) else words + ("人數" if traditional else "人数")
    if quantity.unit in {"", "分"} or words.endswith(_NUMBERS):
        return words
    return words + ("數量" if traditional else "数量")


def _core_zh(text: str) -> str:
    """Return a stretch without the words of wishing, time and measure around what it names."""
    text = _BEFORE_ZH.sub("", text.strip())
    return _BEHIND_ZH.sub("", text).strip()


def _name_en(source: Source, clause: Clause, quantity: Quantity) -> str | None:
    """Return an English name for what a figure counts."""
    before, behind = source.text[clause.start : quantity.start], source.text[quantity.end : clause.end]
    if (often := _OFTEN.match(before)) is not None and re.match(r"\s+of the time\b", behind):
        return f"how often {often['who'].lower()} {often['does'].strip()}"
    if ":" in quantity.value and (some := _ONE_IN.match(behind)) is not None:
        return f"share of {some['what'].strip()}" + (f" {some['how'].lower()}" if some["how"] else "")
    if quantity.unit == "%" and (part := _OF_THESE.match(behind)) is not None:
        verb = _LAST_VERB.search(before)
        return f"share of {part['what']}" + (f" {verb['verb'].lower()}" if verb else "")
    lead = _SUBJECT_EN.match(before)
    if (
        lead is not None
        and len(lead["what"].split()) <= _MOST_WORDS
        and not _NO_MEASURE.fullmatch(lead["what"].strip())
    ):
        return lead["what"].strip()[:1].lower() + lead["what"].strip()[1:]
    counted = _COUNTED_EN.match(source.text[quantity.start : clause.end])
    if counted is not None and quantity.unit not in {*DURATIONS, "%", ""}:
        return f"number of {counted['what'].strip()}"
    return None


def _better(source: Source, clause: Clause, quantity: Quantity) -> Direction | None:
    """Return which way is better where no verb tells: away from a complaint, below a ceiling."""
    if quantity.bound == "le" or _CEILING.search(source.text[quantity.end : quantity.end + _CAN_NEAR]):
        return "down"
    if quantity.bound == "ge" or _TOO_FEW.search(source.text[clause.start : quantity.start]):
        return "up"
    return "down" if _TROUBLE.search(source.text) else None


def _share(source: Source) -> str | None:
    """Return a name for the share that a text states of those who do something: 只有11%的客户在用."""
    for quantity in source.facts.quantities:
        clause = staffing.clause_of(source, quantity)
        behind = source.text[quantity.end : clause.end]
        if (told := naming.share(source, quantity)) is not None and quantity.role not in {"target", "change"}:
            return told
        if quantity.unit == "%" and (match := _DOING.match(behind)) is not None:
            if match["whole_en"]:
                return f"share of {match['whole_en']} that {match['does']}"
            lead = _LEAD.sub("", source.text[clause.start : quantity.start]).strip()
            lead = lead if len(lead) <= _LONGEST_NAME and len(match["doing"]) < _SHORT else ""
            return f"{lead}{match['doing']}的{match['whole']}比例"
    return None


def _length(source: Source) -> str | None:
    """Return a name for the time that something is said to take: 各单位的申请要4天才能给."""
    spans: list[tuple[int, str]] = [(each.start, each.unit) for each in source.facts.quantities]
    if not any(unit in DURATIONS for _, unit in spans) and (told := in_words.length(source)) is not None:
        spans.append((told.start, "day"))
    for start, unit in spans:
        clause = naming.clause_of(source, start)
        taken = _TAKES.match(source.text[clause.start : start])
        if unit in DURATIONS and taken is not None:
            if taken["en"]:
                return f"time for {taken['en'].strip()}"
            space = " " if taken["zh"].strip()[-1].isascii() else ""
            return f"{taken['zh'].strip()}{space}{'所需時間' if source.facts.language == 'zh-Hant' else '所需时间'}"
    return None


def _noun(source: Source, change: Change, figure: Quantity, clause: Clause) -> Clause | None:
    """Return the words that name what the figures measure: a measure read before them, else the clause's subject."""
    before = [
        mention for mention in source.facts.metrics if clause.start <= mention.start and mention.end <= figure.start
    ]
    if change.metric is not None and source.facts.metrics[change.metric].end <= figure.start:
        before.append(source.facts.metrics[change.metric])
    match = _NOUN.search(source.text[clause.start : figure.start])
    subject = None
    if match is not None:
        name = next(name for name in ("zh", "verb", "lead") if match[name])
        start, end = match.span(name)
        start = max([start, *(mark.end() for mark in _HANDLED.finditer(match.string, start, end))])
        subject = Clause(clause.start + start, clause.start + end, match.string[start:end])
    if not before:
        return subject
    nearest = before[-1]
    if subject is not None and subject.end == nearest.end and len(subject.text) <= _LONGEST_NAME:
        return subject
    if subject is not None and subject.start <= nearest.start < subject.end and subject.text.isascii():
        return subject
    return Clause(nearest.start, nearest.end, source.text[nearest.start : nearest.end])


def _way(source: Source, change: Change) -> Direction | None:
    """Return the direction that two levels give."""
    if change.frm is None or change.to is None:
        return None
    first, last = (fitting.decimal(source.facts.quantities[place].value) for place in (change.frm, change.to))
    if first is None or last is None or first == last:
        return None
    return "up" if last > first else "down"


def _holds(
    wish: Wish,
    noun: Clause,
    figures: list[Quantity],
    direction: Direction | None,
    functions: tuple[str, ...],
    suggest: Suggest,
) -> bool:
    """Whether a guessed metric may keep the figures."""
    if wish.metric is None:
        return False
    if not all(fitting.fits(figure, wish.metric) for figure in figures):
        return False
    if direction and wish.metric.direction != "keep" and direction != wish.metric.direction:
        return False
    nearest = next(iter(suggest(noun.text, functions)), None)
    if nearest is not None and nearest.metric == wish.metric.id and nearest.score >= _ALIKE:
        return True
    scores = [offer.score for offer in suggest(wish.source.text, functions) if offer.metric == wish.metric.id]
    return bool(scores) and scores[0] >= _SURE
