"""Composes one goal from its settled terms and the person's words. Knows nothing about other goals.

Each field is a line whose figures carry their origin; nothing is written that was not said, computed, proposed with a
reason, or marked as unknown.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from assistant.drafting.lines import Figure, Line, fill, joined
from assistant.drafting.offline.results import Results
from assistant.drafting.offline.terms import NUMERAL, Terms, spells
from assistant.drafting.offline.written import Written
from assistant.drafting.voice import plain
from assistant.goals import Evidence
from assistant.language import detect


class Composer:
    """Writes one goal."""

    def __init__(self, terms: Terms) -> None:
        """Take the settled figures and words."""
        self.t = terms

    def write(self) -> Written:
        """Return the whole goal."""
        out = Written()
        put = out.lines
        put["title"] = self._title()
        put["statement"] = self._statement()
        put["specific"] = self._specific()
        put["measurable"] = self._measurable()
        put["achievable"] = self._achievable()
        put["relevant"] = self._relevant()
        put["time_bound"] = self._time_bound()
        put["monitoring"] = self._monitoring()
        put["objective/text"] = self.t.catalogued(self.t.objective)
        results = Results(self.t)
        results.key_results(out)
        for index, work in enumerate(self.t.text.initiatives):
            put[f"initiatives/{index}"] = self.t.catalogued(work)
        out.initiatives = len(self.t.text.initiatives)
        results.milestones(out)
        self._assumptions(out)
        if not self.t.filled_in and self._lacks_a_figure(out):
            put["relevant"] = self.t.say("relevant.none", outcome=self.t.quoted_outcome())
        return out

    def _lacks_a_figure(self, out: Written) -> bool:
        """Whether a figure in the words of the outcome stands nowhere in the goal, as the 95 of "P95"."""
        written = "".join("".join(each.text.split()) for each in out.lines.values())
        return any(figure not in written for figure in NUMERAL.findall(self.t.outcome.text))

    def _title(self) -> Line:
        if self.t.own_metric and not self.t.filled_in and self.t.worded and self._in_this_language():
            words = self.t.quoted_outcome(core=True)
            return fill(self.t.v.get("title.thing"), outcome=words) if self.t.thing else words
        return fill(self.t.v.get("title.metric"), verb=self.t.verb("title"), metric=self.t.name)

    def _in_this_language(self) -> bool:
        """Whether the wish was said in the language of the draft; a heading in another one is no heading."""
        return detect(self.t.outcome.text) in {self.t.v.language, "zh" if self.t.v.language != "en" else "en"}

    def _statement(self) -> Line:
        return self.t.say(f"statement.{self.t.shape}")

    def _specific(self) -> Line:
        parts = [self.t.say("specific.scope")]
        if self.t.material.facts:
            facts = joined(self.t.material.facts, self.t.v.get("semicolon"))
            parts.append(self.t.say("specific.facts", facts=facts))
        return self.t.paragraph(parts)

    def _measurable(self) -> Line:
        if self.t.baseline is not None and self.t.target is not None:
            return self.t.say("measurable.known")
        parts = [self.t.say("measurable.unknown")] if self.t.baseline is None else [self.t.say("measurable.level")]
        if self.t.target is not None:
            parts.append(self.t.say("measurable.unknown_target"))
        return self.t.paragraph(parts)

    def _achievable(self) -> Line:
        parts = self._distance()
        if self.t.outcome.target is not None:
            if self.t.baseline is None:
                parts.append(self.t.say("achievable.stated_target"))
        elif self.t.target is not None and self.t.direction != "keep":
            parts.append(self.t.say("achievable.proposed_level", rule=self.t.proposing(self.t.rule, self.t.rule)))
        elif self.t.target is None:
            parts.append(self.t.say("achievable.proposed_change"))
        first, second = self.t.text.initiatives[0], self.t.text.initiatives[1]
        parts.append(self.t.say("achievable.levers", first=self.t.catalogued(first), second=self.t.catalogued(second)))
        if [each.text for each in self.t.material.team] not in ([], [self.t.s.scope.text]):
            team = joined(self.t.material.team, self.t.v.get("semicolon"))
            parts.append(self.t.say("achievable.team", team=team))
        if self.t.material.means:
            means = joined(self.t.material.means, self.t.v.get("semicolon"))
            parts.append(self.t.say("achievable.resources", resources=means))
        elif not self.t.material.team and not self.t.s.personal:
            parts.append(self.t.say("achievable.no_resources"))
        return self.t.paragraph(parts)

    def _distance(self) -> list[Line]:
        """Return the sentence on how far it is and what that means a month, where both ends are numbers."""
        if self.t.baseline_value is None or self.t.target_value is None or self.t.target_value == self.t.baseline_value:
            return []
        if self.t.baseline is None or self.t.target is None or self.t.baseline.unit != self.t.target.unit:
            return []
        gap = abs(self.t.target_value - self.t.baseline_value)
        rests = self.t.target.origin == "proposed"
        formula = f"|{plain(self.t.target_value)} − {plain(self.t.baseline_value)}| = {plain(gap)}"
        shown = self.t.computed(self.t.difference(gap), gap, formula, rests)
        if self.t.plan.months < 2:
            return [self.t.say("achievable.gap_short", gap=shown)]
        monthly = _coarse(gap / self.t.plan.months)
        window = f"{self.t.plan.start.isoformat()} → {self.t.plan.deadline.isoformat()}"
        months = Figure(
            self.t.v.get("months").format(n=self.t.plan.months), str(self.t.plan.months), "month", "computed",
            Evidence(source="calendar", formula=window), tentative=True,
        )  # fmt: skip
        per_month = self.t.computed(
            self.t.difference(monthly), monthly, f"{plain(gap)} ÷ {self.t.plan.months} ≈ {plain(monthly)}", True
        )
        return [self.t.say("achievable.gap", gap=shown, months=months, per_month=per_month)]

    def _relevant(self) -> Line:
        if self.t.material.org_goals:
            return self.t.say(
                "relevant.org_goal", org_goal=joined(self.t.material.org_goals, self.t.v.get("semicolon"))
            )
        if self.t.filled_in:
            return self.t.say("relevant.function_only")
        if self.t.outcome.source.startswith("improve:"):
            return self.t.say("relevant.none_team", outcome=self.t.quoted_outcome())
        if self.t.wished and not self.t.s.personal:
            return self.t.say("relevant.none", outcome=self.t.quoted_outcome())
        others = [each for each in self.t.text.objectives if each != self.t.objective]
        key = "relevant.self" if self.t.s.personal else "relevant.plain"
        return self.t.say(key, why=self.t.running(others[0] if others else self.t.objective))

    def _time_bound(self) -> Line:
        said = self.t.outcome.deadline
        if said is not None and self.t.plan.deadline < self.t.s.today:
            return self.t.say("time_bound.past", said=self.t.stated(said))
        if said is None:
            return self.t.say("time_bound.proposed")
        if spells(said.text, self.t.plan.deadline):
            return self.t.say("time_bound.stated_plain")
        return self.t.say("time_bound.stated", said=self.t.stated(said))

    def _monitoring(self) -> Line:
        driver = self.t.early_driver()
        if driver is None:
            watch = self.t.say("monitoring.alone")
        else:
            words = driver.text[self.t.v.language]
            watch = self.t.say(
                "monitoring.with_driver", driver=self.t.catalogued(self.t.v.named(words.name)),
                driver_cadence=self.t.v.get(f"cadence.{driver.cadence}"),
            )  # fmt: skip
        if self.t.s.personal:
            return watch
        who = (
            self.t.say("monitoring.owner", owner=self.t.s.scope)
            if self.t.s.owner
            else self.t.say("monitoring.no_owner", role=self.t.text.owner)
        )
        return self.t.paragraph([watch, who])

    def _assumptions(self, out: Written) -> None:
        if self.t.baseline is not None:
            out.assumptions.append(self.t.say("assumption.baseline"))
        if self.t.own_metric and not self.t.filled_in:
            out.assumptions.append(self.t.say("assumption.no_metric", outcome=self.t.quoted_outcome()))
        elif not self.t.outcome.metric_stated and not self.t.filled_in:
            key = "assumption.metric" if self.t.wished else "assumption.metric_plain"
            out.assumptions.append(self.t.say(key, outcome=self.t.quoted_outcome()))


def _coarse(value: Decimal) -> Decimal:
    """Round as one would say it: whole from ten on, tenths below, finer only for tiny values."""
    if value >= 10:
        return value.quantize(Decimal(1), ROUND_HALF_UP)
    places = 1 if value >= Decimal("0.1") or not value else -value.adjusted()
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
