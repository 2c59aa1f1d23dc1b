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
from assistant.drafting.fitting import decimal
from assistant.drafting.lines import Figure, Line, Part, joined, line, quoted
from assistant.drafting.lines import stated as in_words
from assistant.drafting.offline import holidays, own, schedule, targets
from assistant.drafting.offline.material import Material
from assistant.drafting.voice import Voice, plain, proposed
from assistant.goals import Direction, Evidence, Metric, MetricText, Outcome, Source, Stated

NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WANTING = re.compile(
    r"(?:我们|我們|本团队|本團隊)?(?:很)?(?:想要?|希望能?|打算|计划|計劃|需要)(?=\S{3})"
    r"|(?:and |by \w+ )?(?:(?:I|we|the team)(?:['’]d| would)? (?:want|like|love|wish|need|hope|plan)|(?:want|need))"
    r"(?: to)? ",
    re.IGNORECASE,
)
_WANTING_LATER = re.compile(r"([\u4e00-\u9fff]{2,12}?)(?:想要?|希望能?|打算|计划|計劃)(?=[\u4e00-\u9fff]{2})")
_CHANGING = re.compile(r"[升降提增减減缩縮达達到拉控]|至少|以上|以下|以内|以內")
_WISHING = re.compile(r"[想要让讓把别別不没沒]|希望")
_THING = 6
_UNWANTED = re.compile(
    r"[又也还還但]?(?:不想|不要|别|別)|(?:想要?|希望能?|打算)\S{0,3}$"
    r"|(?:and |but )?(?:do not|don't|not) ",
    re.IGNORECASE,
)
_WRITTEN_DAY = re.compile(
    r"\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}(?:\s*[日号號])?"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\.?,?\s+\d{4}|[A-Z][a-z]+\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
)
_IN_WORDS = re.compile(r"[一二两兩三四五六七八九](?:成半?|倍)|一半|half|a (?:third|quarter|fifth)")
_WISH_WORDS, _WISH_LETTERS = 3, 5
_RHYTHMS = ("daily", "weekly", "biweekly", "monthly", "quarterly", "yearly")
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
        personal: one person's own plan rather than a team's.
    """

    voice: Voice
    today: date
    scope: Line
    owner: str | None
    metrics: dict[str, Metric]
    sources: dict[str, Source]
    personal: bool = False


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
        self.seed = f"{metric.id}|{self.text.name}" if metric.function == own.FUNCTION else metric.id
        self.direction: Direction = outcome.direction or metric.direction
        deadline = date.fromisoformat(outcome.deadline.value) if outcome.deadline and outcome.deadline.value else None
        self.deadline_given = deadline is not None
        last = deadline or schedule.month_end(setting.today, schedule.HALF_YEAR)
        self.plan = schedule.plan(setting.today, last, metric.readout_lag_days, holidays.closed(setting.voice.language))
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
            # What is picked in a date field is a date and no way of writing one.
            written = None if said.source.startswith("edit:") else _WRITTEN_DAY.search(said.text)
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
            number = value / scale if scale >= 1 else value
            return NUMERAL.sub(f"{number:,f}" if "," in written[0] else plain(number), text, count=1)
        return self.v.number(value, unit)

    def difference(self, value: Decimal) -> str:
        """Return a difference between two levels, in points for percentages."""
        baseline = self.outcome.baseline
        if baseline is not None and baseline.unit == "%":
            return self.v.points(value)
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
        return self.v.verb(kind_of(self.metric, self.text.name), self.direction, form)

    def say(self, key: str, **slots: Part) -> Line:
        """Return the phrase at `key`; the goal's own words fill the usual slots."""
        common: dict[str, Part] = {
            "scope": self.s.scope, "metric": self.name, "verb_to": self.verb("to"), "verb_by": self.verb("by"),
            "deadline": self.day(self.plan.deadline), "measure_by": self.day(self.plan.measure_by),
            "mid": self.day(self.plan.midpoint), "start": self.day(self.plan.start),
            "readout": self.day(self.plan.readout), "baseline": self.baseline or "", "target": self.target or "",
            "change": self.change or "", "cadence": self.v.get(f"cadence.{self.metric.cadence}"),
            "source": self.catalogued(self.text.data_source), "formula": self.v.get("own_formula")
            if self.own_scale
            else self.catalogued(_inner(self.text.formula)),
            "definition": self.v.get("own_definition")
            if self.own_scale
            else self.catalogued(self.text.definition),
            "meaning": self.running(self.v.get("own_definition") if self.own_scale else self.text.definition),
        }  # fmt: skip
        return self.v.say(key, self.seed, **(common | slots))

    def running(self, text: str) -> Line:
        """Return catalogue words as they go on after a colon: in small letters where the language has them."""
        first = text.split(" ", 1)[0]
        small = self.v.language == "en" and (first[1:].islower() or first == "A")
        return self.catalogued(text[:1].lower() + text[1:] if small else text)

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
            isinstance(self.change, Figure) and counted(self.change.text)
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
        if not core:
            return quoted(source, start, self.outcome.end)
        match = _WANTING.match(self.outcome.text) or _WANTING_LATER.match(self.outcome.text)
        if match is None:
            return sentence_case(quoted(source, start, self.outcome.end))
        before = match.end(1) if match.re is _WANTING_LATER else 0
        words = quoted(source, start + match.end(), self.outcome.end)
        return sentence_case(line(quoted(source, start, start + before), words) if before else words)

    @property
    def objective(self) -> str:
        """The objective that this goal serves."""
        return self.v.pick(self.text.objectives, self.seed)

    @property
    def wished(self) -> bool:
        """Whether the words of the outcome say what is wished for, so that they can be quoted back as a reason."""
        match = _WANTING.match(self.outcome.text)
        rest = self.outcome.text[match.end() :] if match else ""
        return len(rest.split()) >= _WISH_WORDS if self.v.language == "en" else len(rest) >= _WISH_LETTERS

    @property
    def worded(self) -> bool:
        """Whether the words of the outcome can head a goal: what is not wanted or how things stand is none."""
        text = self.outcome.text
        if self.v.language == "en":
            return not _UNWANTED.match(text)
        rest = text[match.end() :] if (match := _WANTING.match(text)) else text
        stands = bool(NUMERAL.search(text)) and not _CHANGING.search(text)
        return not _UNWANTED.match(text) and not stands and (match is None or len(rest) >= _WISH_LETTERS - 1)

    @property
    def thing(self) -> bool:
        """Whether the outcome only names a thing, 停车 or 夜市的油烟, and needs a verb to head a goal."""
        text = self.outcome.text
        return self.v.language != "en" and len(text) <= _THING and not (_CHANGING.search(text) or _WISHING.search(text))

    def early_driver(self) -> Metric | None:
        """Return the first driver that can be read before the metric itself: at least as often, and moving first."""
        said = {each.metric_id for each in (*self.outcome.beside, *self.material.beside)}
        often = _RHYTHMS.index(self.metric.cadence)
        for each in self.drivers():
            if each.id in said or (each.timing == "leading" and _RHYTHMS.index(each.cadence) <= often):
                return each
        return None

    def drivers(self) -> list[Metric]:
        """Return the metrics that move first: those that the person named, then the most direct; may be empty."""
        named = [each.metric_id for each in (*self.outcome.beside, *self.material.beside) if each.metric_id]
        ids = dict.fromkeys((*named, *self.metric.drivers))
        return [self.s.metrics[id] for id in ids if id in self.s.metrics and id != self.metric.id]

    def paragraph(self, sentences: list[Line]) -> Line:
        """Join sentences as the language does."""
        return joined([each for each in sentences if each], " " if self.v.language == "en" else "")


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
        "points": voice.points(step.value),
        "absolute": voice.number(step.value, metric.text[voice.language].unit),
    }[step.kind]
    share = metric.kind == "percent" or metric.text[voice.language].name.endswith((" rate", " share", "率", "占比"))
    note = voice.get("relative_note") if step.kind == "relative" and share else ""
    unit = {"relative": "%", "points": "pp"}.get(step.kind, metric.unit)
    return line(proposed(text, rule_of(voice, offer, text, ambition), str(step.value), unit), note)


def _inner(text: str) -> str:
    """Return text fit to stand inside quotation marks: its own marks become the inner ones."""
    return text.translate(_INNER)


def kind_of(metric: Metric, name: str) -> str:
    """Return the kind whose verbs fit; Chinese counts hours (时数) as it counts things, it does not shorten them."""
    return "count" if metric.kind == "duration" and name.endswith(("时数", "時數")) else metric.kind


def counted(text: str) -> bool:
    """Return whether the words are an amount that can stand after a verb of change: 30%, 三成, half."""
    return bool(NUMERAL.match(text) or _IN_WORDS.fullmatch(text))


def spells(text: str, day: date) -> bool:
    """Return whether the words themselves give year, month and day."""
    digits = [int(number) for number in re.findall(r"\d+", text)]
    return day.year in digits and day.day in digits


def sentence_case(each: Line) -> Line:
    """Return the line with a capital first letter; a link stays as it is."""
    if each.pieces and isinstance(each.pieces[0], str) and not _LINK.match(each.pieces[0]):
        return Line((each.pieces[0][:1].upper() + each.pieces[0][1:], *each.pieces[1:]))
    return each
