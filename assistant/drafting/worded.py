# ruff: noqa: E501
"""Reads values that are no plain figure: none at all (零事故, no complaints), all, the same day, how often, a span.

Knows nothing about the figures that a request states in digits, nor about goals.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant import catalogue, language
from assistant.drafting import in_words
from assistant.drafting.fitting import decimal
from assistant.drafting.outcomes import Wish
from assistant.goals import Slot, Source, Stated, Time

_NONE = re.compile(
    r"零(?![售食件部散星工距基起点钱])(?:重大|严重|有效|新增)?[\u4e00-\u9fff]{2,4}|不(?:再|要|能)?(?:出现|发生|产生|出|有)(?:任何)?一?[起件次例个宗单]|(?:清|归|降到|降为|降至|减到|减为|减至)零"
    r"|\b(?:no|zero)\s+(?:more\s+)?(?:[a-z][a-z-]*\s+){0,2}?[a-z-]+s\b"
)
_PLAIN_ZERO = re.compile("零|zero")
_ABLE = re.compile(r"最多|只能|能够?|可以|\bcan\b|\bat most\b|\bmanage\b")
_FEAT = re.compile(
    r"(?:跑完?|走完?|骑完?|游完?|爬|登|读完|写完|完成|挑战)(?P<zh>一[个场次本篇座趟][\u4e00-\u9fff]{2,6})"
    r"|\b(?:run|walk|finish|complete|climb|swim|ride|cycle|row|write|read)\s+(?P<en>(?:a|an|one|my first)\s+[a-z-]+(?:\s[a-z-]+)?)"
    r"(?=\s+(?:by|before|in|within|next|this)\b|\s*[,.;]|$)"
)
_RATE = re.compile(
    r"\b(?:once|twice|(?:two|three|four|five|six|ten|\d+) times|every) (?:an? |per |every |each )?(?:hour|day|week|fortnight|month|quarter|year)\b",
    re.I,
)
_ASKED_RATE = re.compile(r"\b(?:to|want|at least|should|target|goal|instead of once)\b[^,;.]{0,20}$", re.I)
_NEAR, _AFTER = 5, 12
_LEVEL = re.compile(
    r"(?:做到|达到|降到|缩短到|压到|控制在|要|希望|想|应该|得|必须)\s*(?:能|在)?\s*$|\b(?:should|to|get|be|want|answer|reply|ready|done|take|down)\b[^,;.]{0,20}$"
)
"""Right before a span: it says how long something may take, not by when the goal has to be reached."""
_SPAN = re.compile(r"^(?:within|in|under|inside)\s+|\s*(?:以?[内內]|之[内內])$", re.IGNORECASE)
_LENGTHS = ("时间", "時間", "时长", "時長", "周期", "週期", "天数", "天數")
_A_DAY = 86_400
_SECONDS = {
    "ms": Decimal("0.001"), "s": Decimal(1), "min": Decimal(60), "h": Decimal(3600), "day": Decimal(86_400),
    "workday": Decimal(86_400), "week": Decimal(604_800), "month": Decimal(2_592_000), "year": Decimal(31_536_000),
}  # fmt: skip


def target(wish: Wish, baselines: list[Stated]) -> Stated | None:
    """Return the target of a wish that is told in words.

    Args:
        wish: the wish, for which no figure is a target.
        baselines: its starting values.
    """
    return (
        _none(wish, baselines)
        or _whole(wish, baselines)
        or _span(wish, baselines)
        or _day(wish, baselines)
        or _limit(wish, baselines)
        or _feat(wish, baselines)
    )


def baseline(wish: Wish) -> Stated | None:
    """Return the starting value of a wish that is told as a length of time without a figure: a week, 半个月."""
    if wish.metric is not None and (wish.metric.kind != "duration" or wish.metric.direction != "down"):
        return None
    if wish.metric is None and not wish.name.endswith(_LENGTHS) and not wish.name.startswith("time for "):
        return None
    level = in_words.length(wish.source)
    return _stated("baseline", wish, level) if level is not None else None


def _stated(slot: Slot, wish: Wish, level: in_words.Level) -> Stated:
    return Stated(
        slot=slot, text=wish.source.text[level.start : level.end], source=wish.source.key, start=level.start,
        end=level.end, value=level.value, unit=level.unit, metric_id=wish.metric.id if wish.metric else None,
    )  # fmt: skip


def _whole(wish: Wish, baselines: list[Stated]) -> Stated | None:
    """Return the words that demand all of what a share was told of: 只有六成有填，要全部填好."""
    share = next((each for each in baselines if each.source == wish.source.key and each.unit in {"%", "x"}), None)
    if share is None or wish.direction == "down" or (wish.metric is not None and wish.metric.direction == "down"):
        return None
    if wish.metric is not None and wish.metric.kind not in {"percent", "ratio"}:
        return None
    level = in_words.whole(wish.source, share.start)
    if level is None:
        return None
    return _in_figures(_stated("target", wish, level), "100", {"zh": "%", "en": "%"})


def _day(wish: Wish, baselines: list[Stated]) -> Stated | None:
    """Return the day by which something shall be done that takes longer today: 要3天才批，改成当天批完."""
    longer = any(
        each.source == wish.source.key and (_seconds(each.value, each.unit) or 0) > _A_DAY for each in baselines
    )
    level = in_words.day(wish.source) if longer else None
    return _in_figures(_stated("target", wish, level), "1", {"zh": " 天", "en": " day"}) if level is not None else None


def _in_figures(told: Stated, figure: str, unit: dict[str, str]) -> Stated:
    """Return a value told in words, shown as the figure that it means, the words behind it."""
    amount = figure + unit["en" if told.text.isascii() else "zh"]
    words = told.text.lower()
    shown = f"{amount} ({words})" if told.text.isascii() else f"{amount}（{words}）"
    return told.model_copy(update={"shown": shown, "formula": f"{told.text} = {amount}"})


def _none(wish: Wish, baselines: list[Stated]) -> Stated | None:
    """Return the words that ask for none of what the metric counts, or of what was counted before."""
    text = wish.source.text
    after = max((each.end for each in baselines if each.source == wish.source.key), default=len(text))
    falls = wish.direction == "down" or (wish.metric is not None and wish.metric.direction == "down")
    if (last := in_words.none(wish.source, after)) is not None and falls:
        told = _stated("target", wish, last)
        plain = _PLAIN_ZERO.match(catalogue.fold(told.text)) is not None
        return told if plain else _in_figures(told, "0", {"zh": "", "en": ""})
    if wish.metric is None or wish.metric.direction != "down" or wish.metric.kind in {"duration", "money"}:
        return None
    for match in _NONE.finditer(catalogue.fold(text)):
        start, end = match.span()
        around = text[max(0, start - _AFTER) : end + _AFTER]
        offers = {offer.metric for offer in catalogue.default().suggest(around, k=_NEAR)}
        hits = {id for hit in catalogue.default().named(around) for id in hit.metrics}
        if wish.metric.id in offers | hits:
            return Stated(
                slot="target", text=text[start:end], source=wish.source.key, start=start, end=end, value="0",
                unit="", metric_id=wish.metric.id,
            )  # fmt: skip
    return None


def _feat(wish: Wish, baselines: list[Stated]) -> Stated | None:
    """Return the feat that is wished for where the text says what one can do today: run a half marathon, can do 4 miles."""
    text = wish.source.text
    able = any(
        each.source == wish.source.key
        and each.unit not in {None, "", "%", "pp", "x"}
        and _ABLE.search(catalogue.fold(text[max(0, each.start - _AFTER) : each.start]))
        for each in baselines
    )
    match = _FEAT.search(catalogue.fold(text)) if able and (wish.metric is None or not wish.name) else None
    if match is None:
        return None
    start, end = match.span("zh" if match["zh"] else "en")
    return Stated(
        slot="target", text=text[start:end], source=wish.source.key, start=start, end=end,
        metric_id=wish.metric.id if wish.metric else None,
    )  # fmt: skip


def _span(wish: Wish, baselines: list[Stated]) -> Stated | None:
    """Return a span that is shorter than the starting value and said of the same thing."""
    for baseline in baselines:
        before = _seconds(baseline.value, baseline.unit)
        if before is None or baseline.source != wish.source.key:
            continue
        for start, end, value, unit in _spans(wish.source):
            length = _seconds(value, unit)
            if length is not None and length < before:
                return Stated(
                    slot="target", text=wish.source.text[start:end], source=wish.source.key, start=start, end=end,
                    value=value, unit=unit, metric_id=wish.metric.id if wish.metric else None,
                )  # fmt: skip
    return None


def _limit(wish: Wish, baselines: list[Stated]) -> Stated | None:
    """Return how long at most something may take, where the metric is a length: spot it within 4 hours."""
    if baselines or wish.metric is None or wish.metric.kind != "duration" or wish.metric.direction != "down":
        return None
    for time in wish.source.facts.times:
        if time.kind == "service" and (length := _duration(wish.source, time)) is not None:
            start, end, value, unit = length
            return Stated(
                slot="target", text=wish.source.text[start:end], source=wish.source.key, start=start, end=end,
                value=value, unit=unit, metric_id=wish.metric.id,
            )  # fmt: skip
    return None


def rates(wish: Wish) -> tuple[Stated | None, Stated | None]:
    """Return how often something is done today and how often it shall be, told in words: twice a month."""
    if wish.metric is not None and wish.metric.kind != "count":
        return None, None
    if (wish.metric or wish.name) and (pair := in_words.frequency(wish.source)) is not None:
        return _stated("baseline", wish, pair[0]), _stated("target", wish, pair[1])
    if wish.metric is None:
        return None, None
    text, found = wish.source.text, []
    for match in _RATE.finditer(text):
        asked = _ASKED_RATE.search(text[: match.start()]) is not None
        level = in_words.Level(match.start(), match.end())
        found.append(_stated("target" if asked else "baseline", wish, level))
    return (
        next((each for each in found if each.slot == "baseline"), None),
        next((each for each in found if each.slot == "target"), None),
    )


def _spans(source: Source) -> list[tuple[int, int, str, str]]:
    """Return place, value and unit of the spans that say how long something may take."""
    found = [_duration(source, time) for time in source.facts.times]
    found += [
        (each.start, each.end, each.value, each.unit) for each in source.facts.quantities if each.role == "window"
    ]
    return sorted(each for each in found if each is not None and _LEVEL.search(_before(source.text, each[0])))


def _before(text: str, place: int) -> str:
    """Return the words before a place without a "within" of its own."""
    return re.sub(r"\b(?:within|in|under|inside)\s*$", "", text[:place].lower())[-_AFTER * 3 :]


def _duration(source: Source, time: Time) -> tuple[int, int, str, str] | None:
    """Return place, value and unit of the length that a span of time names."""
    words = source.text[time.start : time.end]
    if time.kind not in {"window", "deadline", "service"} or not _SPAN.search(words):
        return None
    bare = _SPAN.sub("", words)
    start = time.start + words.index(bare)
    for quantity in language.read(bare, source.facts.today).quantities:
        if quantity.unit in _SECONDS:
            return start + quantity.start, start + quantity.end, quantity.value, quantity.unit
    return None


def _seconds(value: str | None, unit: str | None) -> Decimal | None:
    number = decimal(value)
    return number * _SECONDS[unit] if number is not None and unit in _SECONDS else None
