"""Writes the key results and milestones of one goal. Knows nothing about its five parts."""

from __future__ import annotations

from assistant.drafting.fitting import decimal
from assistant.drafting.lines import Figure, Line, Part, joined, line
from assistant.drafting.offline import own, schedule, targets
from assistant.drafting.offline.terms import Terms, counted, kind_of, sentence_case, step_shown
from assistant.drafting.offline.written import Written
from assistant.drafting.voice import plain
from assistant.goals import Direction, Evidence, Metric, Slot, Stated

_DRIVERS = 2


class Results:
    """The measurable side of one goal."""

    def __init__(self, terms: Terms) -> None:
        """Take the settled figures and words."""
        self.t = terms

    def key_results(self, out: Written) -> None:
        """Add the main result, up to two that move first, and a guardrail."""
        self._main_result(out)
        drivers, guards = self._chosen()
        for driver in drivers:
            self._driver_result(out, driver)
        for guard in guards:
            self._guardrail(out, guard)

    def _chosen(self) -> tuple[list[Metric], list[Metric]]:
        """Return what stands beside the main result: usually two that move first and a guardrail.

        Of a number asked for, those with stated figures come first, then a guardrail: what moves first is watched in
        any case, a guardrail that is left out is not.
        """
        drivers, without = self.t.drivers(), set(self.t.outcome.without)
        guards = self._guards(drivers[:_DRIVERS])[:1]
        if self.t.outcome.key_results is None:
            return [d for d in drivers[:_DRIVERS] if d.id not in without], [g for g in guards if g.id not in without]
        places = self.t.outcome.key_results - 1
        said = {each.metric_id for each in (*self.t.outcome.beside, *self.t.material.beside)}
        wanted = [each for each in drivers if each.id not in without]
        first = [each for each in wanted if each.id in said][:places]
        guards = [each for each in self._guards(first) if each.id not in without][: max(0, places - len(first))][:1]
        rest = [each for each in wanted if each not in first and each not in guards]
        chosen = [*first, *rest[: max(0, places - len(first) - len(guards))]]
        spare = [each for each in self._guards(chosen) if each not in guards and each.id not in without]
        return chosen, [*guards, *spare[: max(0, places - len(chosen) - len(guards))]]

    def _guards(self, drivers: list[Metric]) -> list[Metric]:
        """Return the guardrails of the metric that are not its drivers; for a measure of one's own none is known."""
        if self.t.metric.function == own.FUNCTION:
            return []
        used = {self.t.metric.id, *(driver.id for driver in drivers)}
        entries = self.t.s.metrics
        return [entries[id] for id in self.t.metric.guardrails if id not in used and id in entries]

    def _put_result(self, out: Written, metric: Metric, lines: dict[str, Line], **other: object) -> None:
        """Add one key result: its texts as lines, the rest as plain values."""
        index = len(out.key_results)
        words = metric.text[self.t.v.language]
        lines["metric"] = self.t.catalogued(words.name)
        lines["data_source"] = self.t.catalogued(words.data_source)
        for name, each in lines.items():
            out.lines[f"key_results/{index}/{name}"] = each
        out.lines[f"key_results/{index}/deadline"] = line(
            self.t.dated(self.t.plan.deadline.isoformat(), self.t.plan.deadline)
        )
        out.lines[f"key_results/{index}/readout"] = line(
            self.t.dated(self.t.plan.readout.isoformat(), self.t.plan.readout)
        )
        out.key_results.append(
            {
                "metric_id": None if metric.function == own.FUNCTION else metric.id, "unit": words.unit,
                "direction": metric.direction, "guardrail": False,
                "cadence": self.t.v.get(f"cadence.{metric.cadence}"), "owner": self.t.s.owner, "kind": metric.timing,
                "deadline": self.t.plan.deadline, "readout": self.t.plan.readout,
            }
            | other
        )  # fmt: skip
        if "baseline" not in lines:
            blank = self.t.v.get("rule.unknown").format(source=words.data_source)
            out.blanks.append((f"key_results/{index}/baseline", blank))

    def _main_result(self, out: Written) -> None:
        shape = self.t.shape.replace("unknown_quoted", "quoted")
        lines = {"statement": self.t.say(f"key_result.{shape}")}
        if self.t.v.language == "en":
            lines["statement"] = sentence_case(lines["statement"])
        lines["statement"] = line(lines["statement"], self._on_the_way(), self._before())
        if self.t.baseline is not None:
            lines["baseline"] = line(self.t.baseline)
        lines["target"] = (
            line(self.t.target) if self.t.target is not None else self._change_text(self.t.metric, self.t.change)
        )
        self._put_result(out, self.t.metric, lines, direction=self.t.direction, unit=self._unit())

    def _on_the_way(self) -> Line:
        """Return the steps that were stated before the target."""
        told = []
        for step, day in self.t.material.steps:
            key = "key_result.step" if day else "key_result.step_undated"
            told.append(self.t.say(key, step=self.t.stated(step), when=self.t.stated(day) if day else ""))
        return line(*told)

    def _before(self) -> Line:
        """Return the former values that were stated beside today's."""
        values = [line(self.t.stated(each)) for each in self.t.material.earlier]
        if not values:
            return Line()
        return self.t.say("key_result.earlier", values=joined(values, self.t.v.get("list_comma")))

    def _unit(self) -> str:
        given = self.t.outcome.baseline or self.t.outcome.target
        if given and given.unit and not given.is_change and given.unit in {"%", "x", "pp"}:
            share = given.unit == "x" and (decimal(given.value) or 1) < 1
            return "%" if share else given.unit
        return self.t.text.unit

    def _change_text(self, metric: Metric, change: Part | None) -> Line:
        direction = self.t.direction if metric is self.t.metric else metric.direction
        if isinstance(change, Figure) and not counted(change.text):
            return line(change)
        words = metric.text[self.t.v.language]
        kind = {"duration": "duration_", "count": "count_"}.get(kind_of(metric, words.name), "")
        key = f"key_result.change_{kind}{direction}"
        if kind == "duration_" and direction == "up":
            key = "key_result.change_up"
        return self.t.v.say(key, self.t.seed, change=change or "")

    def _driver_result(self, out: Written, driver: Metric) -> None:
        words = driver.text[self.t.v.language]
        ambition = self.t.outcome.step
        offer = targets.propose(
            driver, driver.direction, None, driver.unit, months=self.t.plan.months, ambition=ambition
        )
        step: Part = step_shown(self.t.v, driver, offer, ambition)
        direction: Direction = "up" if driver.direction == "keep" else driver.direction
        known, aimed = self._said("baseline", driver), self._said("target", driver)
        if aimed is not None and aimed.is_change:
            step, aimed = self.t.stated(aimed), None
        slots: dict[str, Part] = {
            "metric": self.t.catalogued(self.t.v.named(words.name)), "change": step,
            "verb_by": self.t.v.verb(kind_of(driver, words.name), direction, "by"),
            "verb_to": self.t.v.verb(kind_of(driver, words.name), direction, "to"),
        }  # fmt: skip
        if known is not None:
            slots["baseline"] = self.t.stated(known)
        shape = "unknown_change" if known is None else "known_change"
        if aimed is not None:
            slots["target"] = self.t.stated(aimed)
            shape = "unknown_target" if known is None else "known"
        statement = self.t.say(f"key_result.{shape}", **slots)
        lines = {
            "statement": sentence_case(statement) if self.t.v.language == "en" else statement,
            "target": line(self.t.stated(aimed)) if aimed is not None else self._change_text(driver, step),
        }
        if known is not None:
            lines["baseline"] = line(self.t.stated(known))
        self._put_result(out, driver, lines, direction=direction)

    def _said(self, slot: Slot, driver: Metric) -> Stated | None:
        """Return what the person stated of a metric beside the goal's own."""
        said = (*self.t.outcome.beside, *self.t.material.beside)
        return next((each for each in said if each.slot == slot and each.metric_id == driver.id), None)

    def _guardrail(self, out: Written, guard: Metric) -> None:
        words = guard.text[self.t.v.language]
        month = schedule.month_end(self.t.s.today, -1)
        period = Figure(
            self.t.v.month(month), f"{month.year}-{month.month:02d}", None, "computed",
            Evidence(source="calendar", formula=f"{self.t.s.today.isoformat()} − 1"), tentative=True,
        )  # fmt: skip
        side = "ceiling" if guard.direction == "down" else "floor"
        slots: dict[str, Part] = {
            "metric": self.t.catalogued(self.t.v.named(words.name)), "period": period,
            "gaming": self.t.catalogued(self.t.text.gaming),
        }  # fmt: skip
        lines = {
            "statement": self.t.say(f"key_result.guardrail_{side}", **slots),
            "target": self.t.say(f"key_result.guardrail_{side}_target", period=period),
        }
        self._put_result(out, guard, lines, guardrail=True, direction="keep")

    def milestones(self, out: Written) -> None:
        """Add the first step, the baseline or its check, the halfway check and the last reading."""
        if self.t.plan.deadline < self.t.s.today:
            return
        first = self.t.say("milestone.start", initiative=self.t.catalogued(self.t.text.initiatives[0]))
        known = "milestone.measure" if self.t.baseline is None else "milestone.confirm"
        steps = [(first, self.t.plan.start), (self.t.say(known), self.t.plan.measure_by)]
        if self.t.plan.midpoint > self.t.plan.measure_by:
            steps.append((self._midpoint(), self.t.plan.midpoint))
        steps.append((self.t.say("milestone.final"), self.t.plan.readout))
        for index, (text, day) in enumerate(steps):
            out.lines[f"milestones/{index}/text"] = text
            out.lines[f"milestones/{index}/date"] = line(self.t.dated(day.isoformat(), day))
            out.milestone_dates.append(day)

    def _midpoint(self) -> Line:
        if (
            self.t.baseline_value is None
            or self.t.target_value is None
            or self.t.baseline is None
            or self.t.target is None
        ):
            return self.t.say("milestone.midpoint_plain")
        if self.t.target_value == self.t.baseline_value or self.t.baseline.unit != self.t.target.unit:
            return self.t.say("milestone.midpoint_plain")
        middle = (self.t.baseline_value + self.t.target_value) / 2
        half = targets.rounded(middle, self.t.baseline_value, abs(middle - self.t.baseline_value))
        formula = f"({plain(self.t.baseline_value)} + {plain(self.t.target_value)}) ÷ 2"
        said = self.t.outcome.baseline.text if self.t.outcome.baseline else ""
        shown = self.t.computed(self.t.like(said, half, self.t.text.unit), half, formula, True)
        return self.t.say("milestone.midpoint", interim=shown)
