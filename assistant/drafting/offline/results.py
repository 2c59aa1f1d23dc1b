"""Writes the key results and milestones of one goal. Knows nothing about its five parts."""

from __future__ import annotations

from assistant.drafting.lines import Figure, Line, Part, line
from assistant.drafting.offline import own, schedule, targets
from assistant.drafting.offline.terms import NUMERAL, Terms, sentence_case, step_shown
from assistant.drafting.offline.written import Written
from assistant.drafting.voice import plain
from assistant.goals import Direction, Evidence, Metric


class Results:
    """The measurable side of one goal."""

    def __init__(self, terms: Terms) -> None:
        """Take the settled figures and words."""
        self.t = terms

    def key_results(self, out: Written) -> None:
        """Add the main result, up to two that move first, and a guardrail."""
        self._main_result(out)
        for driver in self.t.drivers()[:2]:
            self._driver_result(out, driver)
        used = {self.t.metric.id, *(driver.id for driver in self.t.drivers()[:2])}
        for id in [id for id in self.t.metric.guardrails if id not in used][:1]:
            if id in self.t.s.metrics:
                self._guardrail(out, self.t.s.metrics[id])

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
        if self.t.baseline is not None:
            lines["baseline"] = line(self.t.baseline)
        lines["target"] = (
            line(self.t.target) if self.t.target is not None else self._change_text(self.t.metric, self.t.change)
        )
        self._put_result(out, self.t.metric, lines, direction=self.t.direction, unit=self._unit())

    def _unit(self) -> str:
        given = self.t.outcome.baseline or self.t.outcome.target
        if given and given.unit and not given.is_change and given.unit in {"%", "x", "pp"}:
            return given.unit
        return self.t.text.unit

    def _change_text(self, metric: Metric, change: Part | None) -> Line:
        direction = self.t.direction if metric is self.t.metric else metric.direction
        if isinstance(change, Figure) and not NUMERAL.match(change.text):
            return line(change)
        kind = {"duration": "duration_", "count": "count_"}.get(metric.kind, "")
        key = f"key_result.change_{kind}{direction}"
        if kind == "duration_" and direction == "up":
            key = "key_result.change_up"
        return self.t.v.say(key, self.t.seed, change=change or "")

    def _driver_result(self, out: Written, driver: Metric) -> None:
        words = driver.text[self.t.v.language]
        offer = targets.propose(driver, driver.direction, None, driver.unit, months=self.t.plan.months)
        step = step_shown(self.t.v, driver, offer)
        direction: Direction = "up" if driver.direction == "keep" else driver.direction
        slots: dict[str, Part] = {
            "metric": self.t.catalogued(self.t.v.named(words.name)), "change": step,
            "verb_by": self.t.v.verb(driver.kind, direction, "by"),
        }  # fmt: skip
        statement = self.t.say("key_result.unknown_change", **slots)
        lines = {
            "statement": sentence_case(statement) if self.t.v.language == "en" else statement,
            "target": self._change_text(driver, step),
        }
        self._put_result(out, driver, lines, direction=direction)

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
