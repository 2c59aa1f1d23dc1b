# ruff: noqa: E501
"""Writes the goals of a row: the author's own words with what they lack, every new figure with its origin.

Knows nothing about whether a rewrite is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant import catalogue
from assistant.batch import bodies, forms, proposals, speech
from assistant.batch.standards import slogan, standards
from assistant.batch.understanding import Piece, Understood, tells_source
from assistant.batch.wanted import Want
from assistant.drafting.lines import Line, Part, fill, line
from assistant.drafting.offline import drafter
from assistant.drafting.offline.material import Material
from assistant.drafting.offline.terms import Setting, Terms
from assistant.drafting.outcomes import Suggest
from assistant.drafting.voice import Voice, proposed
from assistant.goals import Metric, Outcome, Stated

_SERVICE_SHARE = "95%"


@dataclass(slots=True)
class Written:
    """One goal as written, with what was done to it.

    Attributes:
        metric: name of the measure as the rewrite has it; '' for something handed over.
        proposed: the measure is ours, not the row's.
        others: other measures that the row could mean.
        done: keys of what was changed, with the words that tell it.
    """

    line: Line
    terms: Terms
    want: Want
    metric: str = ""
    proposed: bool = False
    others: tuple[str, ...] = ()
    done: dict[str, dict[str, str]] = field(default_factory=dict)


class Writer:
    """Writes the goals of one row."""

    def __init__(self, row: Understood, suggest: Suggest) -> None:
        """Take the row as understood and what ranks metrics by wording."""
        self.row, self.suggest = row, suggest
        self.v: Voice = speech.load(row.language)
        self._moves = False

    def moved(self, want: Want) -> Written:
        """Return one goal with a proposed day in place of its own."""
        self._moves = True
        try:
            return self.write(want)
        finally:
            self._moves = False

    def write(self, want: Want) -> Written:
        """Return one goal of the row as a sentence."""
        make: dict[str, Callable[[Want], Written]] = {
            "measured": self._measured, "wish": self._wish, "delivery": self._delivery, "means": self._means,
            "service": self._service,
        }  # fmt: skip
        written = make[want.kind](want)
        if written.terms.deadline_given:
            written.done.setdefault("read_date", {})
        else:
            written.done["date"] = {}
        return written

    # --- terms ------------------------------------------------------------------------------------------------------

    @cached_property
    def setting(self) -> Setting:
        """What all goals of the row share."""
        sources = {source.key: source for source in self.row.brief.sources}
        metrics = dict(catalogue.load().metrics)
        return Setting(self.v, self.row.today, line(self.who), self.row.row.owner or None, metrics, sources)

    @cached_property
    def who(self) -> str:
        """The owner as the subject of the sentence; '' where the row names none."""
        owner = re.split(r"[\n;；]", self.row.row.owner.strip())[0].strip()
        if self.row.language != "en" or not owner:
            return owner
        unit = re.search(
            r"\b(?:team|squad|group|department|office|desk|unit|crew|committee|board|centre|center|division|section|lab|shop|warehouse|plant|clinic|factory|ward|school)$",
            owner,
            re.I,
        )
        if unit is None or re.match(r"(?:the|our)\b", owner, re.I):
            return owner
        common = owner[1:] == owner[1:].lower()
        return f"the {owner[:1].lower() + owner[1:] if common else owner}"

    def terms(self, outcome: Outcome, metric: Metric | None = None) -> Terms:
        """Return the settled figures of an outcome."""
        measure = metric or drafter.measures_of([outcome], self.setting.metrics, self.v)[0]
        if self._moves:
            outcome = outcome.model_copy(update={"deadline": None})
        return Terms(self.setting, outcome, measure, Material())

    def deadline(self, piece: Piece) -> Stated | None:
        """Return the last day that holds for a piece: its outcome's, else the row's."""
        if piece.kind == "measured" and piece.outcome is not None and piece.outcome.deadline is not None:
            return piece.outcome.deadline
        windows = standards(self.row)
        known = [
            each.deadline for each in self.row.brief.outcomes
            if each.deadline is not None and not self._in(each.deadline, windows)
        ]  # fmt: skip
        inside = [each for each in known if each.source == "aim" and piece.start <= each.start < piece.end]
        return next(iter(inside or known), None)

    @staticmethod
    def _in(stated: Stated, places: list[tuple[int, int]]) -> bool:
        return stated.source == "aim" and any(start < stated.end and stated.start < end for start, end in places)

    def plain_outcome(self, piece: Piece, metric_id: str | None = None) -> Outcome:
        """Return an outcome for a stretch that names no measure."""
        return Outcome(
            text=self.row.words(piece.start, piece.end), source="aim", start=piece.start, end=piece.end,
            metric_id=metric_id, direction="up", deadline=self.deadline(piece),
        )  # fmt: skip

    # --- sentences --------------------------------------------------------------------------------------------------

    def frame(self, terms: Terms, do: Line, *tails: Line) -> Line:
        """Return the whole sentence: until when, who, what, and what goes with it."""
        key = "row.frame.named" if self.who else "row.frame.bare"
        return self.v.say(key, who=self.who, deadline=terms.day(terms.plan.deadline), do=do, tail=line(*tails))

    def say(self, key: str, **slots: Part) -> Line:
        """Return a phrase of the batch room."""
        if self.row.language != "en" or not key.startswith("do."):
            return self.v.say(f"row.{key}", "", **slots)
        inside = fill(f" {self.v.get(f'row.{key}')}", **slots)
        return Line((str(inside.pieces[0]).lstrip(), *inside.pieces[1:]))

    def body(self, piece: Piece, deadline: Stated | None) -> str:
        """Return the words that a rewrite keeps of a piece."""
        words = bodies.body(self.row, piece.start, piece.end, deadline)
        return bodies.lowered(words, self.row.language)

    def _name(self, terms: Terms, outcome: Outcome) -> Line:
        """Return the measure as the row names it, else as the catalogue does."""
        if outcome.metric_stated and outcome.metric_name:
            return line(self.v.named(bodies.lowered(outcome.metric_name, self.row.language)))
        return terms.name

    def slots(self, terms: Terms, outcome: Outcome) -> dict[str, Part]:
        """Return the words that the sentences of a measured goal share."""
        return {
            "metric": self._name(terms, outcome), "verb_to": terms.verb("to"), "verb_by": terms.verb("by"),
            "baseline": terms.baseline or "", "target": terms.target or "", "change": terms.change or "",
            "measure_by": terms.day(terms.plan.measure_by),
        }  # fmt: skip

    def _measured(self, want: Want) -> Written:
        outcome = want.lead.outcome
        if outcome is None:
            return self._wish(want)
        terms = self.terms(outcome)
        slots = self.slots(terms, outcome)
        written = Written(Line(), terms, want, metric=line(slots["metric"]).text)
        words = self.body(want.lead, outcome.deadline)
        figures = [each for each in (outcome.baseline, outcome.target) if each is not None and each.source == "aim"]
        has_figure = bool(figures) and all(want.lead.start <= each.start < want.lead.end for each in figures)
        tail: Line = Line()
        if has_figure and (shaped := self._shaped(want, outcome, terms, words)) is not None:
            do = shaped
            if terms.target is None and terms.baseline is None and not self._compares(want.lead):
                tail = self.say("tail.against", **slots)
                written.done["measured_first"] = {"verb_by": terms.verb("by")}
            elif terms.baseline is None and self._level(outcome) and not self._compares(want.lead):
                tail = self.say("tail.measure", **slots)
                written.done["level"] = {}
        elif terms.shape == "known":
            do = self.say("do.known", **slots)
        elif terms.shape == "keep":
            do = self.say("do.keep", **slots)
        elif terms.shape == "unknown_target":
            do, tail = self.say("do.level", **slots), self.say("tail.measure", **slots)
            written.done["level"] = {}
        elif terms.shape == "known_change":
            do = self.say("do.gain_known", **slots)
        else:
            do, tail = self.say("do.gain", **slots), self.say("tail.baseline", **slots)
            written.done["measured_first"] = {"verb_by": terms.verb("by")}
        do = self._with_means(want, do, written)
        if want.lead.cell and words:
            tail = line(self.say("tail.purpose", words=words), tail)
        if want.purpose is not None and forms.opens(words := self.body(want.purpose, None), self.row.language):
            tail = line(self.say("tail.purpose", words=words), tail)
        written.line = self.frame(terms, do, tail, *self._tails(want, terms, written))
        return written

    def _level(self, outcome: Outcome) -> bool:
        """Whether the value is one that is read off, so that it has one today; a count of things to be made has none."""
        if outcome.target is not None and self.row.language != "en":
            words = self.row.words(outcome.start, outcome.target.start)
            if forms.tallied(words, outcome.target.text) and not forms.moves(words):
                return False
        return outcome.metric_stated or outcome.target is None or outcome.target.unit in ("%", "x", "分", "point", "pp")

    def _compares(self, piece: Piece) -> bool:
        """Whether a stretch says what its value is compared with, so that no starting value is missing."""
        return self.row.unit.has("reference", piece.start, piece.end)

    def _shaped(self, want: Want, outcome: Outcome, terms: Terms, words: str) -> Line | None:
        """Return the author's own words as the predicate of the sentence; None where their form does not bear it."""
        if forms.opens(words, self.row.language):
            return line(words)
        slots = self.slots(terms, outcome)
        if forms.counts(words):
            return self.say("do.reach", body=words)
        if self.row.language == "en":
            if not outcome.metric_stated:
                return self.say("do.ensure", body=words)
            return self._noun_first(want, outcome, terms, slots)
        sign = forms.signed(words, terms.target.text) if terms.target is not None else None
        if sign is not None:
            rest = words[sign.end :]
            if sign.bound is None and forms.tallied(sign.name, terms.target.text if terms.target else ""):
                return self.say("do.finish", body=words)
            if sign.bound is None and terms.direction == "up" and not forms.rated(words):
                return self.say("do.floor", **slots | {"metric": sign.name, "target": rest})
            if sign.bound is None:
                return self.say("do.level", **slots | {"metric": sign.name, "target": rest})
            within = forms.within(sign.bound, self.row.language)
            key = "do.ceiling" if sign.bound in ("le", "lt") else "do.floor"
            return self.say(key, **slots | {"metric": sign.name, "target": rest + within})
        return self.say("do.let" if forms.moves(words) else "do.ensure", body=words)

    def _noun_first(self, want: Want, outcome: Outcome, terms: Terms, slots: dict[str, Part]) -> Line | None:
        """Return the predicate for English words that open with the measure: NPS to 50, churn below 3%."""
        if terms.shape == "known":
            return self.say("do.known", **slots) if self._covers(want, outcome) else None
        if terms.target is None:
            return self.say("do.gain_known" if terms.shape == "known_change" else "do.gain", **slots)
        bound = forms.bound(self.row.words(want.lead.start, want.lead.end))
        if not bound:
            return self.say("do.level", **slots)
        return self.say("do.ceiling", **slots | {"target": line(f"{bound} ", terms.target)})

    def _covers(self, want: Want, outcome: Outcome) -> bool:
        """Whether baseline and target are all the figures of a stretch."""
        told = {each.start for each in (outcome.baseline, outcome.target) if each is not None}
        return all(
            each.start in told or not want.lead.start <= each.start < want.lead.end
            for each in self.row.facts.quantities
        )

    def _wish(self, want: Want) -> Written:
        """Write a wish that names no measure, by the one that is nearest to it."""
        if (
            want.kind == "wish"
            and (named := proposals.named_measure(self.row, want.lead, self.plain_outcome(want.lead))) is not None
        ):
            return self._measured(replace(want, lead=replace(want.lead, outcome=named)))
        offers = proposals.offers(self.row, want.lead, self.suggest)
        best = offers[0] if offers else proposals.STAND_IN
        outcome = self.plain_outcome(want.lead, best)
        metric = self.setting.metrics[best]
        direction = metric.direction if metric.direction != "keep" else "up"
        outcome = outcome.model_copy(
            update={"direction": direction, "metric_stated": False, "baseline": None, "target": None}
        )
        terms = self.terms(outcome, metric)
        slots = self.slots(terms, outcome)
        said = self._short(bodies.trimmed(self.row.words(want.lead.start, want.lead.end)))
        if best == proposals.STAND_IN:
            slots["metric"] = self.say("do.felt_work" if want.kind == "means" else "do.felt", said=said)
        written = Written(
            Line(), terms, want, metric=line(slots["metric"]).text, proposed=True, others=self._names(offers[1:3])
        )
        if best == proposals.STAND_IN:
            written.done["felt"] = {"said": said}
        else:
            written.done["proposed_metric"] = {"said": said, "metric": written.metric}
        do, tail = self.say("do.gain", **slots), self.say("tail.baseline", **slots)
        do = self._with_means(want, do, written)
        written.line = self.frame(terms, do, tail, *self._tails(want, terms, written))
        return written

    def _means(self, want: Want) -> Written:
        """Write work whose result nobody named: the work verbatim, and the result that it most likely is for."""
        written = self._wish(replace(want, means=(want.lead, *want.means)))
        written.done = {key: told for key, told in written.done.items() if key not in ("proposed_metric", "felt")}
        written.done["means"] = {}
        return written

    def _names(self, ids: list[str]) -> tuple[str, ...]:
        return tuple(self.v.named(self.setting.metrics[id].text[self.row.language].name) for id in ids)

    def _delivery(self, want: Want) -> Written:
        outcome = self.plain_outcome(want.lead)
        terms = self.terms(outcome)
        words = self.body(want.lead, outcome.deadline)
        written = Written(Line(), terms, want)
        opens = forms.opens(words, self.row.language)
        rhythm = self.row.language != "en" and ("完成" in words or re.match(r"每|[0-9]", words))
        passive = self.row.language == "en" and re.search(r"\b\w+ed\b", words)
        do = line(words) if opens else self.say("do.ensure" if rhythm or passive else "do.finish", body=words)
        do = self._with_means(want, do, written)
        stays = not opens and bool(rhythm or passive)
        written.done["level" if stays else "delivery"] = {"body": words}
        measure_by = terms.day(terms.plan.measure_by)
        tail = self.say("tail.measure", measure_by=measure_by) if stays else self.say("tail.accept")
        written.line = self.frame(terms, do, tail, *self._tails(want, terms, written))
        return written

    def _service(self, want: Want) -> Written:
        piece = want.lead
        start, end = next(place for place in standards(self.row) if piece.start <= place[0] < piece.end)
        outcome = self.plain_outcome(piece)
        terms = self.terms(outcome)
        share = proposed(_SERVICE_SHARE, self.v.get("row.why.share"), "95", "%")
        known = self._share_told(piece)
        text = self.row.source.text
        words = self.body(piece, outcome.deadline)
        window = text[start:end].strip()
        slots: dict[str, Part] = {
            "share": share,
            "window": window,
            "body": words,
            "measure_by": terms.day(terms.plan.measure_by),
        }
        written = Written(Line(), terms, want, metric=words)
        tail: Line = self.say("tail.share", **slots)
        if known:
            do = line(words) if forms.opens(words, self.row.language) else self.say("do.let", body=words)
        elif self.row.language == "en":
            do = self.say("do.service" if forms.opens(words, "en") else "do.service_other", **slots)
        else:
            head, _, behind = words.partition(window)
            thing, verb = forms.served(bodies.trimmed(head), bodies.trimmed(behind))
            key = "do.service" if thing and verb else "do.service_other"
            do = self.say(key, **slots | {"thing": thing, "verb": verb})
        written.done["level" if known else "service"] = {"window": window}
        do = self._with_means(want, do, written)
        written.line = self.frame(terms, do, tail, *self._tails(want, terms, written))
        return written

    def _share_told(self, piece: Piece) -> bool:
        """Whether a stretch itself says how often its standard is to be met."""
        return any(each.unit == "%" and piece.start <= each.start < piece.end for each in self.row.facts.quantities)

    def _with_means(self, want: Want, result: Line, written: Written) -> Line:
        """Return the predicate with the row's own work before it."""
        deadline = self.deadline(want.lead)
        if want.first is not None:
            words = self.body(want.first, deadline)
            result = self.say(
                "do.then",
                body=words if forms.opens(words, self.row.language) else self.say("do.finish", body=words),
                result=result,
            )
        if not want.means:
            return result
        work = [piece for piece in want.means if want.kind == "means" or not slogan(self.row, piece)]
        words = self.v.get("row.join.list").join(filter(None, (self.body(piece, deadline) for piece in work)))
        if not words:
            return result
        if want.kind != "means":
            written.done["means_kept"] = {}
        key = "do.means_noun" if self.row.language == "en" and not forms.opens(words, "en") else "do.means"
        return self.say(key, means=words, result=result)

    def _tails(self, want: Want, terms: Terms, written: Written) -> list[Line]:
        """Return what else the row says that has to stay: facts, sources, the rhythm by which it is watched."""
        found = []
        for piece in want.tails:
            raw = bodies.trimmed(self.row.words(piece.start, piece.end))
            words = raw if piece.kind == "remark" else self.body(piece, self.deadline(want.lead))
            if not words:
                continue
            if piece.kind == "watch":
                found.append(self.say("tail.watch", words=words))
                written.done["watch"] = {"words": words}
            elif self._says_something(piece, words, want):
                found.append(self.say("tail.more", words=words))
        return found

    def _says_something(self, piece: Piece, words: str, want: Want) -> bool:
        """Whether a remark holds a fact that the goal does not say yet: a figure, a name, a quoted term, a source."""
        outcome = want.lead.outcome
        said = [outcome.baseline, outcome.target, outcome.deadline] if outcome is not None else []
        spots = {each.start for each in said if each is not None}
        known = [*self.row.facts.quantities, *self.row.facts.times, *self.row.facts.owners]
        inside = [each for each in known if each.start not in spots]
        fact = any(piece.start <= each.start < piece.end for each in inside)
        named = outcome.metric_name if outcome is not None else ""
        measures = [
            self.row.words(each.start, each.end)
            for each in self.row.facts.metrics
            if piece.start <= each.start < piece.end
        ]
        fact = fact or any(name not in named for name in measures)
        return (
            fact
            or tells_source(words)
            or re.search(r"[「“\"『]|[A-Z]{2,}|第[一二三]|前[一二三五十]", words) is not None
        )

    def _short(self, words: str) -> str:
        if len(words) <= 60:
            return words
        cut = words[:58].rpartition(" ")[0] if self.row.language == "en" else words[:58]
        return f"{cut}…"
