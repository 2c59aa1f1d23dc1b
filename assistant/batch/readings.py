# ruff: noqa: E501
"""Finds in a row what can be read in several ways that differ in what the team would do, and works each reading out.

Knows nothing about rewriting; what is only written in an open way (a year left out) is no question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from assistant.batch import bodies, speech
from assistant.batch.understanding import Understood
from assistant.drafting.clauses import clauses
from assistant.drafting.fitting import decimal
from assistant.drafting.lines import fill
from assistant.drafting.voice import Voice, plain
from assistant.goals import Change, Conflict, Finding, Quantity
from assistant.goals.findings import LintedGoal

_WEIGHT_LIST = re.compile(
    r"(?P<name>[^\d,，、;；:：()（）%％\n]{2,24}?)\s*(?:权重|權重|占比|weight(?:ing)?)?\s*[(（:：]?\s*(?P<value>\d{1,3}(?:\.\d+)?)\s*[%％]\s*[)）]?"
)
_SCORECARD = re.compile(r"KPI|考核|权重|權重|绩效|績效|比重|\bweight(?:s|ed|ing)?\b|scorecard", re.I)
_LIST_HEAD = re.compile(r"^[^:：]{0,20}[:：]")
_MOVES = re.compile(
    r"[升降增减減]|[达達][到至]|提高|控制|不低|不高|以上|以下|以[内內]|\b(?:to|from|raise|reduce|increase|cut|below|above|at least)\b|[≤≥<>]",
    re.I,
)
_FILLER = re.compile(
    r"[\s≤≥<>＜＞:：]|目标|目標|达到|達到|做到|控制|提升|提高|降到|降低|降至|不低于|不低於|不高于|不高於|不超过|不超過|至少|[到至在为為达達]|年底|\b(?:target|to|of|at|least|most|below|under|above|over|bring|raise|reduce|increase|cut)\b",
    re.I,
)
_LEAST_WEIGHTS = 3
_ASKED_RULES = (
    "direction-contradiction", "arithmetic-mismatch", "conflicting-targets", "past-deadline", "weights-not-100",
    "time-conflict", "unit-conflict", "percent-equals-points", "impossible-date", "impossible-value", "already-met",
    "polarity", "ambiguous-multiple", "date-outside-cycle",
)  # fmt: skip
"""Findings after which nobody but the author can say what is meant."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Why a row has to be asked about, and the questions with their readings.

    Attributes:
        why: one sentence for the author.
        questions: each with its readings, one a line.
    """

    why: str
    questions: tuple[str, ...]


Remake = Callable[[str | None, date | None], str | None]
"""Writes the row's goal with its deadline left out (done already) or moved to a new day; None where it cannot."""


class Readings:
    """The readings of one row."""

    def __init__(self, row: Understood, before: LintedGoal, remake: Callable[[bool], str | None]) -> None:
        """Take the row, how it stands, and what writes it anew with a past deadline as met (True) or moved (False)."""
        self.row, self.before, self.remake = row, before, remake
        self.v: Voice = speech.load(row.language)

    def find(self) -> Asking | None:
        """Return what to ask; None where the row can be read in one way only."""
        if (asking := self._weights()) is not None:
            return asking
        for rule in _ASKED_RULES:
            finding = next((each for each in self.before.findings if each.rule == rule), None)
            if finding is not None and not (rule == "conflicting-targets" and self._of_two_measures(finding)):
                return self._of(finding)
        return self._of_conflicts()

    def _of(self, finding: Finding) -> Asking:
        special = {
            "direction-contradiction": self._direction, "arithmetic-mismatch": self._arithmetic,
            "past-deadline": self._past, "conflicting-targets": self._targets,
        }.get(finding.rule)  # fmt: skip
        asking = special(finding) if special is not None else None
        return asking or Asking(
            self.say("ask.conflict", message=finding.message),
            (self.say("ask.finding_q", message=finding.message, help=finding.help),),
        )

    def say(self, key: str, **slots: str) -> str:
        """Return a phrase of the batch room."""
        return fill(self.v.get(f"row.{key}"), **slots).text

    # --- weights ----------------------------------------------------------------------------------------------------

    def _weights(self) -> Asking | None:
        text = self.row.source.text[: self.row.length]
        told = next((each for each in self.before.findings if each.rule == "weights-not-100"), None)
        named = _SCORECARD.search(text) is not None
        if told is None and not named:
            return None
        head = _LIST_HEAD.match(text)
        body = text[head.end() :] if head else text
        found = [(bodies.trimmed(m["name"]), Decimal(m["value"])) for m in _WEIGHT_LIST.finditer(body)]
        if len(found) < _LEAST_WEIGHTS or _MOVES.search("".join(name for name, _ in found)):
            return None
        total = sum((value for _, value in found), Decimal(0))
        if told is None and not Decimal(60) <= total <= Decimal(160):
            return None
        targets = self.say("ask.weights_targets")
        if total == 100:
            return Asking(self.say("ask.weights_only"), (targets,))
        scaled = "、".join if self.row.language != "en" else ", ".join
        shares = scaled(f"{name} {share}%" for (name, _), share in zip(found, _scaled(found, total), strict=True))
        question = self.say("ask.weights_q", scaled=shares, total=plain(total))
        return Asking(self.say("ask.weights", total=f"{plain(total)}%"), (question, targets))

    # --- two values -------------------------------------------------------------------------------------------------

    def _change(self, finding: Finding, *, stated: bool) -> Change | None:
        for change in self.row.facts.changes:
            if change.frm is None or change.to is None or (stated and change.stated is None):
                continue
            spots = [self.row.facts.quantities[place] for place in (change.frm, change.to)]
            if any(finding.start <= each.start < finding.end for each in spots):
                return change
        return None

    def _words(self, quantity: Quantity) -> str:
        return self.row.words(quantity.start, quantity.end).strip()

    def _direction(self, finding: Finding) -> Asking | None:
        change = self._change(finding, stated=False)
        if change is None or change.frm is None or change.to is None:
            return None
        first, second = (self.row.facts.quantities[place] for place in (change.frm, change.to))
        one, two = decimal(first.value), decimal(second.value)
        if one is None or two is None:
            return None
        wants_up = two < one
        way = "up" if wants_up else "down"
        verbs = {form: self.v.verb("percent", way, form) for form in ("to", "by")}
        slots = {
            "first": self._words(first), "second": self._words(second), "verb": verbs["by"], "verb_to": verbs["to"],
            "metric": self._metric(change),
        }  # fmt: skip
        options = [self.say("ask.direction_a", **slots), self.say("ask.direction_b", **slots)]
        if second.unit == "%":
            factor = 1 + two / 100 if wants_up else 1 - two / 100
            result = self._like(first, one * factor)
            sign = "+" if wants_up else "−"
            formula = f"{plain(one)} × (1 {sign} {plain(two)}%)"
            if one * factor >= 0:
                options.append(self.say("ask.direction_c", **slots, result=result, formula=formula))
        return Asking(
            self.say("ask.direction", **slots), ("\n".join((self.say("ask.direction_q", **slots), *options)),)
        )

    def _metric(self, change: Change) -> str:
        if change.metric is not None:
            mention = self.row.facts.metrics[change.metric]
            name = self.row.words(mention.start, mention.end)
        else:
            name = next((each.metric_name for each in self.row.brief.outcomes if each.metric_name), "")
        return self.v.named(bodies.lowered(name, self.row.language)) if name else self.say("ask.what_baseline")

    def _scale(self, quantity: Quantity) -> Decimal:
        """Return how much one of the written number stands for: a million in $4.8m."""
        written = re.search(r"\d[\d,]*(?:\.\d+)?", self._words(quantity))
        value = decimal(quantity.value)
        number = Decimal(written.group().replace(",", "")) if written else Decimal(0)
        return value / number if value and number else Decimal(1)

    def _like(self, pattern: Quantity, value: Decimal) -> str:
        """Return a value written as the row writes a quantity."""
        shown = plain((value / self._scale(pattern)).quantize(Decimal("0.01"), ROUND_HALF_UP))
        return re.sub(r"\d[\d,]*(?:\.\d+)?", shown, self._words(pattern), count=1)

    def _arithmetic(self, finding: Finding) -> Asking | None:
        change = self._change(finding, stated=True)
        if change is None or change.frm is None or change.to is None or change.stated is None:
            return None
        first, second, said = (self.row.facts.quantities[place] for place in (change.frm, change.to, change.stated))
        one, two, step = decimal(first.value), decimal(second.value), decimal(said.value)
        if one is None or two is None or step is None or said.unit not in ("%", "pp", first.unit):
            return None
        up = two > one
        sign, step = (1 if up else -1), abs(step)
        verb = self.v.verb("percent", "up" if up else "down", "by")
        mark = "+" if up else "−"
        gap = self.v.points(abs(two - one)) if first.unit == "%" else self._like(first, abs(two - one))
        slots = {"first": self._words(first), "second": self._words(second), "stated": self._words(said), "verb": verb}
        scale = self._scale(first)
        high, low = max(one, two) / scale, min(one, two) / scale
        options = [
            self.say(
                "ask.arithmetic_a", **slots, gap=gap, formula=f"{plain(high)} − {plain(low)} = {plain(high - low)}"
            )
        ]
        values = [self._words(second)]
        if first.unit == "%" or said.unit == first.unit:
            result = one + sign * step
            points = self.v.points(step) if first.unit == "%" else self._words(said)
            options.append(
                self.say("ask.arithmetic_b", **slots, points=points, result=self._like(first, result),
                         formula=f"{plain(one / scale)} {mark} {plain(step / scale)} = {plain(result / scale)}")
            )  # fmt: skip
            values.append(self._like(first, result))
        if said.unit == "%":
            result = one * (1 + sign * step / 100)
            options.append(
                self.say("ask.arithmetic_c", **slots, result=self._like(first, result),
                         formula=f"{plain(one / scale)} × (1 {mark} {plain(step)}%)")
            )  # fmt: skip
            values.append(self._like(first, result))
        letters = "ABC"
        options = [f"{letters[at]}{option[1:]}" for at, option in enumerate(options)]
        question = self.say("ask.arithmetic_q", values=self.v.get("row.guard.and").join(values))
        return Asking(self.say("ask.arithmetic"), ("\n".join((question, *options)),))

    def _targets(self, finding: Finding) -> Asking | None:
        found = [
            self._words(each)
            for each in self.row.facts.quantities
            if each.role == "target" and each.start < self.row.length
        ]
        return self._of_values("target", list(dict.fromkeys(found))) if len(set(found)) > 1 else None

    def _of_two_measures(self, finding: Finding) -> bool:
        """Whether the values that a finding holds against each other belong to measures that are named apart."""
        values = [each for each in self.row.facts.quantities if each.role == "target"]
        return self._apart([each for each in values if finding.start <= each.start < finding.end])

    def _apart(self, values: list[Quantity]) -> bool:
        """Whether each of several values has a measure of its own before it."""
        names = []
        for value in values:
            parts = clauses(self.row.source.text)
            start = next((part.start for part in parts if part.start <= value.start < part.end), 0)
            words = re.split(r"[、和与與]|\band\b", self.row.words(start, value.start))[-1]
            names.append(_FILLER.sub("", words).casefold())
        different = {name for name in names if name}
        return (
            len(names) > 1
            and len(different) == len(names)
            and not any(one != other and one in other for one in different for other in different)
        )

    def _of_values(self, what: str, values: list[str]) -> Asking:
        name = self.say(f"ask.what_{what}")
        options = [
            self.say("ask.option", letter=letter, text=text) for letter, text in zip("ABCD", values, strict=False)
        ]
        return Asking(
            self.say("ask.two_values", what=name), ("\n".join((self.say("ask.two_values_q", what=name), *options)),)
        )

    # --- dates ------------------------------------------------------------------------------------------------------

    def _past(self, finding: Finding) -> Asking:
        said = finding.text.strip()
        done, moved = self.remake(True), self.remake(False)
        options = [self.say("ask.past_a", text=done) if done else self.say("ask.past_a_plain")]
        if moved:
            options.append(self.say("ask.past_b", text=moved))
        return Asking(self.say("ask.past", said=said), ("\n".join((self.say("ask.past_q", said=said), *options)),))

    # --- conflicts of the brief -------------------------------------------------------------------------------------

    def _of_conflicts(self) -> Asking | None:
        conflict = next(
            (
                each
                for each in self.row.brief.conflicts
                if not self._of_other_measures(each) and not self._of_a_wider_period(each)
            ),
            None,
        )
        if conflict is None:
            return None
        values = list(dict.fromkeys(each.text for each in conflict.values))
        if conflict.slot in ("target", "baseline", "deadline", "resources") and len(values) > 1:
            return self._of_values(conflict.slot, values)
        return Asking(
            self.say("ask.conflict", message=conflict.message),
            (self.say("ask.finding_q", message=conflict.message, help="").strip(),),
        )

    def _of_other_measures(self, conflict: Conflict) -> bool:
        """Whether the values of a conflict stand in the row with a measure each."""
        if conflict.slot not in ("target", "baseline"):
            return False
        told = {each.text for each in conflict.values}
        return self._apart([each for each in self.row.facts.quantities if self._words(each) in told])

    def _of_a_wider_period(self, conflict: Conflict) -> bool:
        """Whether a conflict of deadlines is none: all but one day are periods that hold it, as 2027 holds a day."""
        if conflict.slot != "deadline":
            return False
        sources = {source.key: source for source in self.row.brief.sources}
        periods = []
        for value in conflict.values:
            source = sources.get(value.source)
            for time in source.facts.times if source is not None else ():
                if source is not None and source.text[time.start : time.end].strip() == value.text.strip():
                    periods.append(time.resolved)
                    break
            else:
                return False
        inner = min(periods, key=lambda days: (days[1] or date.max, days[0] or date.max))
        last = inner[1] or inner[0]
        return last is not None and all(
            days == inner or (days[0] is not None and days[1] is not None and days[0] <= last <= days[1])
            for days in periods
        )


def _scaled(found: list[tuple[str, Decimal]], total: Decimal) -> list[int]:
    """Return weights scaled to 100 in whole numbers; what rounding leaves goes to the largest remainders."""
    exact = [value * 100 / total for _, value in found]
    whole = [int(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda at: (-(exact[at] - whole[at]), at))
    for at in order[: 100 - sum(whole)]:
        whole[at] += 1
    return whole
