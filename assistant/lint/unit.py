# ruff: noqa: E501
"""A goal unit as rules see it: the facts of one goal, and what can be told from them together.

Knows nothing about rules, records or output. `plain` is the text with letters lowered, full-width forms narrowed and
traditional characters mapped to simplified ones, character by character, so that its offsets are those of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.goals.base import Language
from assistant.goals.facts import Change, Facts, MetricMention, Quantity, Time
from assistant.goals.findings import GoalKind
from assistant.language.later import later
from assistant.lint import deliverables
from assistant.lint.once import once
from assistant.lint.scope import Scope
from assistant.lint.slices import split, within
from assistant.lint.words import alternatives, ends_with, pattern

_SENTENCE = later(r"[。；;！!？?\n]|(?<!i\.e)(?<!e\.g)(?<! vs)\.(?=\s|$)")
_CLAUSE = later(r"[，,。；;、！!？?\n:]|\.(?=\s|$)")
_MAKER_EN_NO = later(rf"\s+(?:[a-z-]+\s+){{0,2}}(?:{alternatives('deliverable_no')})")
_REACH = 300
_ORDINAL = later(
    r"(?:到|至|为|(?<![a-z])to (?:the )?)\s*(?:第\s*\d+|\d+(?:st|nd|rd|th)(?![a-z]))"
    r"|提前到\s*\d+|进入前\s*\d+|(?<![a-z])top[ -]\d+"
)
_MEASURE = later(
    r"(?P<name>(?:[^\x00-\x7f尽大质力全批小重增]量|[^\x00-\x7f多少大人]数|[\u4e00-\u9fff](?:率|额|时长|时间|周期|成本|次数)))"
    r"(?=提升|提高|降|增|减|达|从|由|缩|控制|不低于|不高于|不超过)"
    r"|(?P<of>(?<![a-z])(?:(?:cost|costs|price|time|days|hours|number|share|percentage|proportion|rate|level|volume|count|spend)"
    r" (?:per|of|to|between|lost to|spent on)|(?:average|median|mean) [a-z-]+) [a-z][a-z -]{1,30})"
    r"|(?:提升|提高|降低|减少|缩短|增加|改善|压降)(?P<moved>[\u4e00-\u9fff]{1,8}?(?:[^效功速频]率|数量|金额|时长|次数|成本))"
    r"(?![\u4e00-\u9fff])"
)
_JUDGE = later(
    r"(?:领导|老板|主管|上级|经理|总监|董事长|[\u4e00-\u9fff]总|长官|院长|校长|处长|局长|馆长|董事|主任)[^,，。;；\d]{0,6}(?:满意|认可|点头|觉得|看着|看了|顺眼)[^,，。;；\d]{0,5}(?:为准|为标准|为止|就行|即可|才算|算数)"
    r"|(?<![a-z])(?:until|if|when|once|as long as) (?:the |our |my )?(?:boss|ceo|cfo|coo|director|md|chair|owner|board|management|manager|leadership|head of [a-z]+) (?:has a good feeling|likes it|is|are|feels?|seems?|looks?) (?:happy|satisfied|pleased|fine|ok|okay)"
    r"|[让使令](?:[\u4e00-\u9fff]{0,6}?)(?:领导|老板|总经理|董事长|院长|校长|处长|局长|主任|主管|经理|[\u4e00-\u9fff]总)(?:们)?(?:觉得|感到|看了)?(?:满意|认可|点头|高兴|喜欢|放心)(?![度率])"
    r"|(?<![a-z])(?:the |our |my )?(?:managing |executive )?(?:boss|ceo|cfo|coo|director|md|chair|owner|board|management|manager|leadership|principal|head of [a-z]+) (?:likes?|loves?|approves of|feels? good about|is (?:happy|pleased|satisfied) with)(?![a-z])"
    r"|(?<![a-z])looks? (?:good|right|fine|ok) to (?:the |our |my )?[a-z]+|to the (?:full )?satisfaction of (?:the |our |my )?(?:boss|ceo|director|board|management|chair)",
    needs=(
        "满意",
        "认可",
        "点头",
        "觉得",
        "看着",
        "看了",
        "顺眼",
        "高兴",
        "喜欢",
        "放心",
        "good",
        "like",
        "happy",
        "satisf",
        "pleased",
        "fine",
        "ok",
        "love",
        "approves",
    ),
)
_FROM = later(r"(?:从|由|自)[^,，。;；]{0,10}$|(?<![a-z])from [a-z ]{0,10}[$€£]?$")
_TO = later(r"→|->|=>|⇒")
_EFFORT = later(
    r"(?<![a-z])(?:calls?|visits?|posts?|meetings?|emails?|sessions?|workshops?|interviews?|webinars?|articles?|videos?|newsletters?)$"
)
_MEASURED = later(r"衡量|考核|为准|(?<![a-z])(?:measured|judged|tracked|shown) by(?![a-z])")
_RELATIVE = {"%", "pp", "x"}


@dataclass
class Unit:
    """One goal unit: a slice `[start, end)` of a record's text with the facts that lie in it."""

    facts: Facts
    plain: str
    start: int
    end: int
    scope: Scope = field(default_factory=Scope)
    record: Facts | None = None

    @property
    def whole(self) -> Facts:
        """The facts of the whole record, with those of an objective's key results."""
        return self.record or self.facts

    @property
    def text(self) -> str:
        """The record's whole text; spans count in it."""
        return self.facts.text

    @property
    def today(self) -> date:
        """The day from which dates are judged."""
        return self.facts.today

    @property
    def language(self) -> Language:
        """The language to speak in; Chinese of unknown script is taken as simplified."""
        return "zh-Hans" if self.facts.language == "zh" else self.facts.language

    @property
    def kind(self) -> GoalKind | None:
        """The kind as given or told by the form."""
        return self.scope.kind

    @once
    def body(self) -> tuple[int, int]:
        """The unit without surrounding blanks and list marks; never empty unless the unit is."""
        start, end = self.start, self.end
        while start < end and (self.plain[start].isspace() or self.plain[start] in "-*#•>|"):
            start += 1
        while end > start and (self.plain[end - 1].isspace() or self.plain[end - 1] in "。.;,*|"):
            end -= 1
        return (start, end) if start < end else (self.start, self.end)

    def find(self, name: str) -> Iterator[re.Match[str]]:
        """Yield the places of a word list's words."""
        return pattern(name).finditer(self.plain, self.start, self.end)

    def has(self, name: str, start: int | None = None, end: int | None = None) -> bool:
        """Tell whether a word of the list occurs in `[start, end)`, by default the whole unit."""
        first, last = self.start if start is None else start, self.end if end is None else end
        return pattern(name).search(self.plain, max(first, 0), last) is not None

    @once
    def _sentences(self) -> list[tuple[int, int]]:
        return split(_SENTENCE, self.plain, self.start, self.end)

    @once
    def _clauses(self) -> list[tuple[int, int]]:
        return split(_CLAUSE, self.plain, self.start, self.end)

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the sentence that holds the place, or as much of it as matters."""
        start, end = self._sentences[max(bisect_right(self._sentences, (at, len(self.plain))) - 1, 0)]
        return max(start, at - _REACH), min(end, at + _REACH)

    def clause(self, at: int) -> tuple[int, int]:
        """Return the clause that holds the place, or as much of it as matters."""
        start, end = self._clauses[max(bisect_right(self._clauses, (at, len(self.plain))) - 1, 0)]
        return max(start, at - _REACH), min(end, at + _REACH)

    # --- values -----------------------------------------------------------------------------------------------------

    @once
    def values(self) -> list[Quantity]:
        """Quantities that say what to reach: targets, stated changes, counts of results."""
        found = [q for q in self.facts.quantities if q.role in ("target", "change") or self.counts_result(q)]
        return found or [q for q in self.facts.quantities if self._stands_alone(q)]

    @once
    def _asks_for_more(self) -> bool:
        """True where a verb of change or a word of degree asks for something better."""
        return any(hedge.kind == "quantifier" for hedge in self.facts.hedges) or self.has("change")

    def _stands_alone(self, quantity: Quantity) -> bool:
        """Tell whether a count that nothing else explains is the result: in a key result, or where the goal opens with it."""
        if quantity.role != "other" or not quantity.unit:
            return False
        first, last = self.clause(quantity.start)
        if _MEASURED.search(self.plain, first, last):
            return True
        if pattern("activity").search(self.plain, first, last):
            return False
        if self.kind == "key_result":
            return True
        if self._asks_for_more:
            return False
        if self.facts.language == "en":
            opening = self.plain[self.body[0] : quantity.start]
            return len(opening.split()) <= 2 and not re.search(r"[,;:(]", opening)
        return bool(self.deadlines) and self.body[1] - quantity.end <= 1

    def counts_result(self, quantity: Quantity) -> bool:
        """Tell whether the quantity counts a result: twenty signed, 30 % contributed, two posts filled."""
        if quantity.role not in ("other", "target"):
            return False
        start, _ = self.clause(quantity.start)
        reach = 24 if quantity.unit != "%" else 6 if self.facts.language != "en" else 16
        near = max(start, quantity.start - reach)
        if quantity.role == "target" and quantity.unit in _RELATIVE:
            return False
        verbs = list(pattern("result_verb").finditer(self.plain, near, quantity.start))
        if not verbs:
            return False
        return quantity.unit == "%" or not within(self.facts.metrics, verbs[-1].start(), quantity.start)

    @once
    def ordinal(self) -> bool:
        """True where a place in an order is to be reached, which is a target without being a quantity."""
        return _ORDINAL.search(self.plain, self.start, self.end) is not None

    @once
    def unverifiable(self) -> list[tuple[int, int]]:
        """Places that name a judge whom nobody can check."""
        found = [(hedge.start, hedge.end) for hedge in self.facts.hedges if hedge.kind == "unverifiable"]
        known = [
            match.span() for match in (*self.find("unverifiable"), *_JUDGE.finditer(self.plain, self.start, self.end))
        ]
        return sorted(found + [span for span in known if not any(s < span[1] and span[0] < e for s, e in found)])

    @once
    def targets(self) -> list[Quantity]:
        """Values to reach."""
        return [quantity for quantity in self.values if quantity.role != "change"]

    @once
    def baselines(self) -> list[Quantity]:
        """Starting values."""
        frm = {change.frm for change in self.facts.changes}
        return [q for i, q in enumerate(self.facts.quantities) if q.role == "baseline" or i in frm]

    @once
    def activity_counts(self) -> list[Quantity]:
        """Quantities that count effort or output: five sessions, three posts a week."""
        return [quantity for quantity in self.facts.quantities if self._counts_activity(quantity)]

    def counts(self, quantity: Quantity) -> bool:
        """Tell whether the quantity counts the unit's result or its work."""
        return id(quantity) in self._counted

    @once
    def _counted(self) -> set[int]:
        return {id(each) for each in ((*self.values, *self.activity_counts) if self.only_activity else self.values)}

    def _counts_activity(self, quantity: Quantity) -> bool:
        if quantity.role in ("window", "baseline") or quantity.unit in _RELATIVE or self.counts_result(quantity):
            return False
        if quantity.start in self._reached:
            return False
        start, _ = self.clause(quantity.start)
        if quantity.role == "other" and _EFFORT.search(self.plain, quantity.start, quantity.end):
            return True
        if not pattern("activity").search(self.plain, max(start, quantity.start - 40), quantity.start + 1):
            return False
        if any(action.direction in ("up", "down") for action in within(self.facts.actions, start, quantity.start)):
            return False
        return not any(metric.end <= quantity.start for metric in within(self.hard_metrics, start, quantity.start))

    @once
    def result_values(self) -> list[Quantity]:
        """Values to reach that are not mere counts of effort."""
        counts = {id(quantity) for quantity in self.activity_counts}
        return [quantity for quantity in self.values if id(quantity) not in counts]

    # --- metrics, deliverables, effort ------------------------------------------------------------------------------

    @once
    def hard_metrics(self) -> list[MetricMention]:
        """Named measures, without words that are often measured but do not name a measure."""
        return [metric for metric in self.facts.metrics if not self._soft(metric)]

    @once
    def names_measure(self) -> tuple[int, int] | None:
        """Place of a word that ends like a measure and is to move, though it is in no list."""
        match = _MEASURE.search(self.plain, self.start, self.end)
        return match.span(match.lastgroup or 0) if match else None

    def _soft(self, metric: MetricMention) -> bool:
        name = self.plain[metric.start : metric.end]
        if not (ends_with(name, "soft") or ends_with(name, "construct")):
            return False
        start, end = self.clause(metric.start)
        return not within(self.values, start, end) and not within(self.baselines, start, end)

    @once
    def deliverables(self) -> list[tuple[int, int]]:
        """Places of things whose completion can be verified: a launch, a certificate, a move."""
        return deliverables.found(self)

    def metrics_near(self, start: int, end: int) -> Sequence[MetricMention]:
        """Return the measures that begin in `[start, end)`."""
        return within(self.facts.metrics, start, end)

    def timeless(self, start: int, end: int) -> str:
        """Return the words of the place without times and hedges."""
        words = self.plain[start:end]
        for part in (*within(self.facts.times, start, end), *within(self.facts.hedges, start, end)):
            words = words.replace(self.plain[part.start : min(part.end, end)], "", 1)
        return words

    @once
    def states(self) -> bool:
        """True where a deliverable is a state in itself: a certificate, a licence."""
        return bool(self.deliverables) and self.has("state")

    @once
    def only_activity(self) -> bool:
        """True where nothing but effort or output counts."""
        if self.result_values or self.hard_metrics_with_direction or self.states:
            return False
        if self.activity_counts:
            return not self._deliverable_beside_activity
        return not self.deliverables and self._starts_with_activity

    @once
    def _deliverable_beside_activity(self) -> bool:
        effort = [match.span() for match in self.find("activity")]
        counted = {self.clause(quantity.start) for quantity in self.activity_counts}
        return any(span not in effort and self.clause(span[0]) not in counted for span in self.deliverables)

    @once
    def _starts_with_activity(self) -> bool:
        start, end = self.body
        window = self.plain[start : min(end, start + 16)]
        match = pattern("activity").search(window)
        if match is None or _MAKER_EN_NO.match(self.plain, start + match.end(), end):
            return False
        return pattern("change").search(self.plain, start, end) is None

    @once
    def hard_metrics_with_direction(self) -> bool:
        """True where a named measure is to move."""
        return bool(self.hard_metrics) and any(a.direction for a in self.facts.actions)

    @once
    def milestone(self) -> bool:
        """True where the goal is a deliverable and no value is to be reached."""
        return bool(self.deliverables) and not self.result_values and not self.hard_metrics

    @once
    def maintains(self) -> bool:
        """True where a level is to be kept."""
        return any(change.direction == "keep" for change in self.facts.changes) or self.has("maintain")

    # --- times ------------------------------------------------------------------------------------------------------

    @once
    def deadlines(self) -> list[Time]:
        """Deadlines and windows that bind the goal."""
        return [time for time in self.facts.times if time.kind in ("deadline", "window")]

    @once
    def services(self) -> list[Time]:
        """Service windows: a standard for each case, not a date for the goal."""
        return [time for time in self.facts.times if time.kind == "service"]

    @once
    def recurrences(self) -> list[Time]:
        """Rhythms of work or reporting."""
        return [time for time in self.facts.times if time.kind == "recurrence"]

    @once
    def has_reference(self) -> bool:
        """True where a period or level to compare with is named."""
        return any(time.kind == "past" for time in self.facts.times) or self.has("reference")

    # --- relations --------------------------------------------------------------------------------------------------

    def quantity(self, index: int | None) -> Quantity | None:
        """Return the quantity of a change's index, or None."""
        return None if index is None else self.facts.quantities[index]

    def metric_of(self, change: Change) -> MetricMention | None:
        """Return the measure that a change is about, or None."""
        return None if change.metric is None else self.facts.metrics[change.metric]

    def written_as_move(self, frm: Quantity, to: Quantity) -> bool:
        """Tell whether the pair is written as a move (from 5 to 3, 由5升至3, 5 → 3), not as a value beside today's."""
        if to.start < frm.start:
            return False
        before = self.plain[max(self.start, frm.start - 14) : frm.start]
        return _FROM.search(before) is not None or _TO.search(self.plain, frm.end, to.start + 1) is not None

    def asks_against(self, change: Change, frm: Quantity, to: Quantity) -> bool:
        """Tell whether a verb asks for the way that the values do not go, with no bound that today's value meets."""
        if change.direction is None or (to.bound, change.direction) in (("ge", "up"), ("le", "down")):
            return False
        start, _ = self.sentence(min(frm.start, to.start))
        _, end = self.sentence(max(frm.end, to.end) - 1)
        return any(action.direction == change.direction for action in within(self.facts.actions, start, end))

    @once
    def _reached(self) -> set[int]:
        """Places of values that a pair reaches from a starting value."""
        return {
            self.facts.quantities[change.to].start
            for change in self.facts.changes
            if change.frm is not None and change.to is not None
        }

    @once
    def _measure_of(self) -> dict[int, int]:
        """Index of the measure by the place of each value that a change pairs with it."""
        return {
            self.facts.quantities[index].start: change.metric
            for change in self.facts.changes
            if change.metric is not None
            for index in (change.frm, change.to)
            if index is not None
        }

    def measure_before(self, value: Quantity) -> MetricMention | None:
        """Return the measure that the value is about: the one its pair names, else the last before it in its sentence."""
        named = self._measure_of.get(value.start)
        if named is not None:
            return self.facts.metrics[named]
        start, _ = self.sentence(value.start)
        before = within(self.facts.metrics, start, value.start)
        return before[-1] if before else None

    def span_of(self, *parts: Quantity | MetricMention | Time | None) -> tuple[int, int]:
        """Return the smallest span over the parts; the unit's body where there are none."""
        given = [part for part in parts if part is not None]
        if not given:
            return self.body
        return min(part.start for part in given), max(part.end for part in given)
