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
from assistant.batch import bodies, forms, speech
from assistant.batch.understanding import Piece, Understood, tells_source
from assistant.batch.wanted import Want
from assistant.drafting.lines import Line, Part, fill, line
from assistant.drafting.offline import drafter
from assistant.drafting.offline.material import Material
from assistant.drafting.offline.terms import Setting, Terms
from assistant.drafting.outcomes import Suggest
from assistant.drafting.voice import Voice, proposed
from assistant.goals import Metric, Outcome, Stated

_STAND_IN = "perceived-improvement"
_LIKELY = 0.165
"""Score from which what the catalogue offers for a row without a measure stands for it; as for an aim of its own."""
_NEAR = 0.7
"""Share of the best score from which another offer is worth asking about."""
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
        unit = re.search(r"\b(?:team|squad|group|department|office|desk|unit|crew|committee|board)$", owner, re.I)
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
        if piece.outcome is not None and piece.outcome.deadline is not None:
            return piece.outcome.deadline
        known = [each.deadline for each in self.row.brief.outcomes if each.deadline is not None]
        inside = [each for each in known if each.source == "aim" and piece.start <= each.start < piece.end]
        return next(iter(inside or known), None)

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
        has_figure = any(
            want.lead.start <= each.start < want.lead.end
            for each in (outcome.baseline, outcome.target) if each is not None and each.source == "aim"
        )  # fmt: skip
        tail: Line = Line()
        if has_figure and (shaped := self._shaped(want, outcome, terms, words)) is not None:
            do = shaped
            if terms.baseline is None and not self._compares(want.lead):
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
        written.line = self.frame(terms, do, tail, *self._tails(want, terms, written))
        return written

    def _compares(self, piece: Piece) -> bool:
        """Whether a stretch says what its value is compared with, so that no starting value is missing."""
        return self.row.unit.has("reference", piece.start, piece.end)

    def _shaped(self, want: Want, outcome: Outcome, terms: Terms, words: str) -> Line | None:
        """Return the author's own words as the predicate of the sentence; None where their form does not bear it."""
        if forms.opens(words, self.row.language):
            return line(words)
        slots = self.slots(terms, outcome)
        if self.row.language == "en":
            return self._noun_first(want, outcome, terms, slots)
        if forms.counts(words):
            return self.say("do.reach", body=words)
        sign = forms.signed(words)
        if sign is not None and terms.target is not None:
            rest = words[sign.end :]
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
        given = want.lead.outcome
        if want.kind == "wish" and (named := self._named_measure(want.lead)) is not None:
            return self._measured(replace(want, lead=replace(want.lead, outcome=named)))
        offers = self._offers(want)
        best = offers[0] if offers else _STAND_IN
        outcome = given if given is not None and given.metric_name and given.metric_id == best else None
        outcome = outcome or self.plain_outcome(want.lead, best)
        metric = self.setting.metrics[best]
        direction = metric.direction if metric.direction != "keep" else "up"
        outcome = outcome.model_copy(
            update={"direction": direction, "metric_stated": False, "baseline": None, "target": None}
        )
        terms = self.terms(outcome, metric)
        slots = self.slots(terms, outcome)
        written = Written(
            Line(), terms, want, metric=line(slots["metric"]).text, proposed=True, others=self._names(offers[1:3])
        )
        said = bodies.trimmed(self.row.words(want.lead.start, want.lead.end))
        written.done["proposed_metric"] = {"said": self._short(said), "metric": written.metric}
        do, tail = self.say("do.gain", **slots), self.say("tail.baseline", **slots)
        do = self._with_means(want, do, written)
        written.line = self.frame(terms, do, tail, *self._tails(want, terms, written))
        return written

    def _means(self, want: Want) -> Written:
        """Write work whose result nobody named: the work verbatim, and the result that it most likely is for."""
        written = self._wish(replace(want, means=(want.lead, *want.means)))
        written.done.pop("proposed_metric", None)
        written.done["means"] = {}
        return written

    def _named_measure(self, piece: Piece) -> Outcome | None:
        """Return the measure that a stretch names though the catalogue does not have it: trial sign-ups."""
        mentions = [each for each in self.row.unit.hard_metrics if piece.start <= each.start and each.end <= piece.end]
        if not mentions:
            return None
        name = self.row.words(mentions[0].start, mentions[0].end)
        moved = next(
            (each.direction for each in self.row.facts.actions if piece.start <= each.start < piece.end and each.direction),
            None,
        )  # fmt: skip
        direction = moved or mentions[0].polarity
        if direction not in ("up", "down") or any(hit.kind == "name" for hit in catalogue.default().named(name)):
            return None
        return self.plain_outcome(piece).model_copy(
            update={"metric_name": name, "metric_stated": True, "direction": direction}
        )

    def _offers(self, want: Want) -> list[str]:
        """Return measures that a stretch without one could mean, likeliest first."""
        entries = self.setting.metrics
        functions = self.row.brief.functions
        texts = [self.row.words(want.lead.start, want.lead.end), self.row.source.text[: self.row.length]]
        given = want.lead.outcome
        found = [given.metric_id] if given is not None and given.metric_id and want.kind == "wish" else []
        ranked = [offer for text in texts for offer in self.suggest(text, functions)]
        ranked.sort(key=lambda each: -each.score)
        least = max(_LIKELY, ranked[0].score * _NEAR) if ranked else _LIKELY
        found += [offer.metric for offer in ranked if offer.score >= least]
        return [id for id in dict.fromkeys(found) if id in entries]

    def _names(self, ids: list[str]) -> tuple[str, ...]:
        return tuple(self.v.named(self.setting.metrics[id].text[self.row.language].name) for id in ids)

    def _delivery(self, want: Want) -> Written:
        outcome = self.plain_outcome(want.lead)
        terms = self.terms(outcome)
        words = self.body(want.lead, outcome.deadline)
        written = Written(Line(), terms, want)
        written.done["delivery"] = {"body": words}
        do = line(words) if forms.opens(words, self.row.language) else self.say("do.finish", body=self._noun(words))
        do = self._with_means(want, do, written)
        written.line = self.frame(terms, do, self.say("tail.accept"), *self._tails(want, terms, written))
        return written

    def _noun(self, words: str) -> str:
        """Return a deliverable without a verb of finishing behind it, so that one can stand before it."""
        return re.sub(r"(?:完成|上线完成)$", "", words) or words

    def _service(self, want: Want) -> Written:
        piece = want.lead
        time = next(time for time in self.row.unit.services if piece.start <= time.start < piece.end)
        outcome = self.plain_outcome(piece)
        terms = self.terms(outcome)
        share = proposed(_SERVICE_SHARE, self.v.get("row.why.share"), "95", "%")
        known = self._share_told(piece)
        text = self.row.source.text
        words = self.body(piece, outcome.deadline)
        window = text[time.start : time.end].strip()
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
        written.done["service"] = {"window": window}
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
        words = self.v.get("row.join.list").join(filter(None, (self.body(piece, deadline) for piece in want.means)))
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
            words = self.body(piece, self.deadline(want.lead))
            if not words:
                continue
            if piece.kind == "watch":
                found.append(self.say("tail.watch", words=words))
                written.done["watch"] = {"words": words}
            elif self._says_something(piece, words):
                found.append(self.say("tail.more", words=words))
        return found

    def _says_something(self, piece: Piece, words: str) -> bool:
        """Whether a remark holds a fact: a figure, a name, a quoted term, a source."""
        inside = [*self.row.facts.quantities, *self.row.facts.times, *self.row.facts.owners]
        fact = any(piece.start <= each.start < piece.end for each in inside)
        return fact or tells_source(words) or re.search(r"[「“\"『]|[A-Z]{2,}", words) is not None

    def _short(self, words: str) -> str:
        return words if len(words) <= 40 else words[:39] + "…"
