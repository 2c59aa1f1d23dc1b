"""Settles the figures and words that the sentences of one goal share. Knows nothing about the sentences themselves.

Dates, baseline and target are settled once, each with its origin; names and verbs follow the metric and the language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from assistant import language
from assistant.drafting.lines import Figure, Line, Part, joined, line, quoted
from assistant.drafting.lines import stated as in_words
from assistant.drafting.offline import schedule, targets
from assistant.drafting.offline.material import Material
from assistant.drafting.slots import decimal
from assistant.drafting.voice import Voice, plain, proposed
from assistant.goals import Direction, Evidence, Metric, MetricText, Outcome, Source, Stated

NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WANTING = re.compile(
    r"(?:我们|我們|本团队|本團隊)?(?:很)?(?:想要?|希望能?|打算|计划|計劃|需要)(?=\S{3})"
    r"|(?:we|the team) (?:want|would like|need|hope|plan) to ",
    re.IGNORECASE,
)
_WRITTEN_DAY = re.compile(
    r"\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}(?:\s*[日号號])?"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\.?,?\s+\d{4}|[A-Z][a-z]+\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
)
_LINK = re.compile(r"[a-z]+://|www\.")
_ANY_DAY = date(2026, 1, 1)
_INNER = str.maketrans("“”「」", "‘’『』")


@dataclass(frozen=True, slots=True)
class Setting:
    """What every goal of one request shares.

    Attributes:
        voice: the sentences of the language.
        today: the day of drafting.
        scope: the team as the person named it, else "the team".
        owner: the owner that the person named, or None.
        metrics: the catalogue by id.
        sources: the person's texts by key.
    """

    voice: Voice
    today: date
    scope: Line
    owner: str | None
    metrics: dict[str, Metric]
    sources: dict[str, Source]


class Terms:
    """The figures and words of one goal."""

    def __init__(
        self, setting: Setting, outcome: Outcome, metric: Metric, material: Material, *, filled_in: bool = False
    ) -> None:
        """Settle the figures of the goal: dates, baseline, target.

        Args:
            setting: what all goals share.
            outcome: the wish.
            metric: the metric that measures it.
            material: the person's words that belong here.
            filled_in: True where the goal was added by function, not asked for.
        """
        self.s = setting
        self.v = setting.voice
        self.outcome = outcome
        self.metric = metric
        self.text: MetricText = metric.text[self.v.language]
        self.material = material
        self.filled_in = filled_in
        self.seed = metric.id
        self.direction: Direction = outcome.direction or metric.direction
        deadline = date.fromisoformat(outcome.deadline.value) if outcome.deadline and outcome.deadline.value else None
        self.deadline_given = deadline is not None
        last = deadline or schedule.month_end(setting.today, schedule.HALF_YEAR)
        self.plan = schedule.plan(setting.today, last, metric.readout_lag_days)
        self.baseline_value = decimal(outcome.baseline.value) if outcome.baseline else None
        self.baseline = self.stated(outcome.baseline) if outcome.baseline else None
        self.own_metric = outcome.metric_id is None and not outcome.metric_name
        self.target: Figure | None = None
        self.target_value: Decimal | None = None
        self.change: Part | None = None
        self.rule = ""
        self._settle_target()

    def stated(self, stated: Stated) -> Figure:
        """Return a figure in the person's own words."""
        return in_words(stated)

    def day(self, day: date) -> Figure:
        """Return a date in prose with its origin; one that the person spelled out stands as they wrote it."""
        said = self.outcome.deadline
        if said is not None and day == self.plan.deadline and spells(said.text, day):
            written = _WRITTEN_DAY.search(said.text)
            return self.dated(written.group() if written else self.v.day(day), day)
        return self.dated(self.v.day(day), day)

    def dated(self, text: str, day: date) -> Figure:
        """Return a date written as `text`: stated, worked out from the calendar, or proposed."""
        said = self.outcome.deadline
        if day == self.plan.deadline and said is not None:
            if spells(said.text, day) and said.formula is None:
                evidence = Evidence(source=said.source, start=said.start, end=said.end)
                return Figure(text, day.isoformat(), None, "stated", evidence)
            return Figure(
                text, day.isoformat(), None, "computed",
                Evidence(
                    source="calendar", start=said.start, end=said.end,
                    formula=said.formula or f"{said.text} → {day.isoformat()}",
                ),
            )  # fmt: skip
        rule = self.v.get("rule.deadline" if day == self.plan.deadline else "rule.schedule")
        return proposed(text, rule, day.isoformat())

    def like(self, text: str, value: Decimal, unit: str) -> str:
        """Return `value` written the way the person wrote their figure, in the same scale (万, k)."""
        written = NUMERAL.findall(text)
        if len(written) == 1 and self.baseline_value is not None:
            shown = Decimal(written[0].replace(",", ""))
            scale = self.baseline_value / shown if shown else Decimal(1)
            return NUMERAL.sub(plain(value / scale if scale >= 1 else value), text, count=1)
        return self.v.number(value, unit)

    def difference(self, value: Decimal) -> str:
        """Return a difference between two levels, in points for percentages."""
        baseline = self.outcome.baseline
        if baseline is not None and baseline.unit == "%":
            return self.v.get("points").format(n=plain(value))
        return self.like(baseline.text if baseline else "", value, self.text.unit)

    def _settle_target(self) -> None:
        said, unit = self.outcome.target, (self.outcome.baseline.unit or "") if self.outcome.baseline else ""
        if said is not None and not said.is_change:
            self.target, self.target_value = self.stated(said), decimal(said.value)
            return
        if said is not None:
            self.change = self.stated(said)
            return
        if self.direction == "keep":
            self.target, self.target_value = self.baseline, self.baseline_value
            if self.target is not None:
                return
        towards: Direction = "up" if self.direction == "keep" else self.direction
        offer = targets.propose(
            self.metric, towards, self.baseline_value, unit, months=self.plan.months, ambition=self.outcome.step
        )
        shown = step_shown(self.v, self.metric, offer, self.outcome.step)
        self.rule = rule_of(self.v, offer, shown.text, self.outcome.step)
        if offer.level is not None and self.outcome.baseline is not None:
            self.target_value = offer.level
            text = self.like(self.outcome.baseline.text, offer.level, self.text.unit)
            self.target = proposed(text, self.rule, plain(offer.level).replace(",", ""), unit)
        else:
            self.change = shown

    def catalogued(self, text: str) -> Line:
        """Return catalogue words; a figure in a definition is ours, so it is marked as proposed."""
        return self.proposing(text, self.v.get("rule.definition"))

    def proposing(self, text: str, rule: str) -> Line:
        """Return our own words with each figure in them marked as proposed for the reason `rule`."""
        pieces: list[str | Figure] = []
        at = 0
        for start, end in figures_in(text):
            if start >= at:
                pieces += [text[at:start], proposed(text[start:end], rule)]
                at = end
        pieces.append(text[at:])
        return Line(tuple(piece for piece in pieces if piece))

    @property
    def name(self) -> Line:
        """The metric inside a sentence: as the person named it where that is the language's own name."""
        return self.catalogued(self.v.named(self.text.name))

    @property
    def own_scale(self) -> bool:
        """Whether the person counts the metric in another unit than the catalogue, such as points for a share."""
        given = [each for each in (self.outcome.baseline, self.outcome.target) if each and not each.is_change]
        own = {each.unit for each in given} - {"", None, "x", "pp", self.metric.unit, self.text.unit}
        return bool(own) and self.metric.kind in {"percent", "score", "ratio"}

    def verb(self, form: str) -> str:
        """Return the change verb of the goal; `form` is `title`, `to` or `by`."""
        return self.v.verb(self.metric.kind, self.direction, form)

    def say(self, key: str, **slots: Part) -> Line:
        """Return the phrase at `key`; the goal's own words fill the usual slots."""
        common: dict[str, Part] = {
            "scope": self.s.scope, "metric": self.name, "verb_to": self.verb("to"), "verb_by": self.verb("by"),
            "deadline": self.day(self.plan.deadline), "measure_by": self.day(self.plan.measure_by),
            "mid": self.day(self.plan.midpoint), "start": self.day(self.plan.start),
            "readout": self.day(self.plan.readout), "baseline": self.baseline or "", "target": self.target or "",
            "change": self.change or "", "cadence": self.v.get(f"cadence.{self.metric.cadence}"),
            "source": self.catalogued(self.text.data_source), "formula": self.catalogued(_inner(self.text.formula)),
            "definition": self.v.get("own_definition")
            if self.own_scale
            else self.catalogued(self.text.definition),
        }  # fmt: skip
        return self.v.say(key, self.seed, **(common | slots))

    @property
    def shape(self) -> str:
        """Which of the statement forms fits what is known of baseline and target."""
        if self.direction == "keep" and self.target is not None:
            return "keep"
        if self.baseline is not None:
            return "known" if self.target is not None else "known_change"
        if self.target is not None:
            return "unknown_target"
        plain_change = isinstance(self.change, Line) or bool(
            isinstance(self.change, Figure) and NUMERAL.match(self.change.text)
        )
        return "unknown_change" if plain_change else "unknown_quoted"

    def computed(self, text: str, value: Decimal, formula: str, tentative: bool) -> Figure:
        """Return a computed figure in the baseline's unit."""
        unit = self.outcome.baseline.unit if self.outcome.baseline else None
        return Figure(text, plain(value), unit, "computed", Evidence(source="rule", formula=formula), tentative)

    def quoted_outcome(self, *, core: bool = False) -> Line:
        """Return the wish in the person's words, its figures marked as stated; `core` leaves out "we want to"."""
        source = self.s.sources[self.outcome.source]
        start = self.outcome.start
        if core and (match := _WANTING.match(self.outcome.text)):
            start += match.end()
        words = quoted(source, start, self.outcome.end)
        return sentence_case(words) if core else words

    def drivers(self) -> list[Metric]:
        """Return the metrics that move first: those that the person named, then the most direct; may be empty."""
        named = [each.metric_id for each in (*self.outcome.beside, *self.material.beside) if each.metric_id]
        ids = dict.fromkeys((*named, *self.metric.drivers))
        return [self.s.metrics[id] for id in ids if id in self.s.metrics and id != self.metric.id]

    def paragraph(self, sentences: list[Line]) -> Line:
        """Join sentences as the language does."""
        return joined(sentences, " " if self.v.language == "en" else "")


@lru_cache(maxsize=8_192)
def figures_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return the places of figures in our own words, which name no dates and so need no day; a rhythm is none."""
    facts = language.read(text, _ANY_DAY)
    spots = {(each.start, each.end) for each in facts.quantities}
    spots |= {(each.start, each.end) for each in facts.times if each.kind != "recurrence"}
    spots |= {match.span() for match in NUMERAL.finditer(text)}
    return tuple(sorted(spots, key=lambda spot: (spot[0], -spot[1])))


def rule_of(voice: Voice, offer: targets.Proposal, step: str, ambition: int = 0) -> str:
    """Return what a proposal rests on, in words."""
    if ambition and not offer.halved:
        return voice.get("rule.more_step" if ambition > 0 else "rule.less_step").format(step=step)
    length = "short" if offer.short else "long"
    return voice.get("rule.half_gap" if offer.halved else f"rule.{length}_step").format(step=step)


def step_shown(voice: Voice, metric: Metric, offer: targets.Proposal, ambition: int = 0) -> Line:
    """Return a proposed difference with its reason, "relative" beside a relative step of a percentage."""
    step = offer.step
    text = {
        "relative": f"{plain(step.value)}%",
        "points": voice.get("points").format(n=plain(step.value)),
        "absolute": voice.number(step.value, metric.text[voice.language].unit),
    }[step.kind]
    note = voice.get("relative_note") if step.kind == "relative" and metric.kind == "percent" else ""
    unit = {"relative": "%", "points": "pp"}.get(step.kind, metric.unit)
    return line(proposed(text, rule_of(voice, offer, text, ambition), str(step.value), unit), note)


def _inner(text: str) -> str:
    """Return text fit to stand inside quotation marks: its own marks become the inner ones."""
    return text.translate(_INNER)


def spells(text: str, day: date) -> bool:
    """Return whether the words themselves give year, month and day."""
    digits = [int(number) for number in re.findall(r"\d+", text)]
    return day.year in digits and day.day in digits


def sentence_case(each: Line) -> Line:
    """Return the line with a capital first letter; a link stays as it is."""
    if each.pieces and isinstance(each.pieces[0], str) and not _LINK.match(each.pieces[0]):
        return Line((each.pieces[0][:1].upper() + each.pieces[0][1:], *each.pieces[1:]))
    return each
