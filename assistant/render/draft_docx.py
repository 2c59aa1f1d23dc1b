"""Writes a draft as a Word document that can be filed: headings, tables, figures with their origin, page numbers.

Knows nothing about how drafts are made. Pages are laid out in `docx_page`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from assistant.goals import DraftResult, Goal, KeyResult
from assistant.render.days import day_writer
from assistant.render.docx_page import Page
from assistant.render.draft_markdown import rests_on, words
from assistant.render.draft_rows import key_result_name
from assistant.render.origin_marks import kinds_in, pieces

_PARTS = ("specific", "measurable", "achievable", "relevant", "time_bound", "monitoring")
_MARKS = {"up": "↑", "down": "↓", "keep": "→"}
_PART_WIDTHS = (2.6, 14.4)
_RESULT_WIDTHS = (1.7, 3.2, 2.1, 2.7, 2.5, 2.9, 1.9)
_STEP_WIDTHS = (2.6, 14.4)


def draft_docx(result: DraftResult, today: date) -> bytes:
    """Return the document.

    Args:
        result: the draft.
        today: the day that the document names as its own.
    """
    return _Writer(result, today).write()


class _Writer:
    """Writes one draft, heading by heading."""

    def __init__(self, result: DraftResult, today: date) -> None:
        self.result = result
        self.today = today
        self.label: dict[str, Any] = words(result.language)
        self.names: dict[str, str] = self.label["export"]
        self.page = Page(result.language, self.label["title"], self.names["page"], today)

    def write(self) -> bytes:
        label, result = self.label, self.result
        self.page.title(label["title"])
        self._status()
        for conflict in result.conflicts:
            self.page.labelled(label["conflict"], label["colon"], [(conflict.message, "")])
        for index, goal in enumerate(result.goals):
            self._goal(index, goal)
        self._list(label["strategy"], "monitoring_strategy", result.monitoring_strategy)
        if result.questions:
            self.page.heading(label["questions"], 1)
            for question in result.questions:
                why = f"{label['open']}{question.why}{label['close']}"
                self.page.item([(f"{question.text}{why}", "")], numbered=True)
        self._list(label["assumptions"], "assumptions", result.assumptions)
        if result.citations:
            self.page.heading(label["sources"], 1)
            for cited in result.citations:
                rest = f"{label['open']}{rests_on(cited, label)}{label['close']}"
                self.page.item([(f"{cited.quote}{rest}", "")])
        self._checked()
        out = io.BytesIO()
        self.page.save(out)
        return out.getvalue()

    def _status(self) -> None:
        label, result = self.label, self.result
        who = result.drafter.model or "" if result.drafter.kind == "llm" else label["offline"]
        parts = [
            f"{label['status']}{label['colon']}{label['statuses'][result.status]}",
            f"{label['drafter']}{label['colon']}{who}",
            self.names["day"].format(day=self.today.isoformat()),
        ]
        if result.drafter.fallback_from:
            parts.append(label["fallback"].replace("{model}", result.drafter.fallback_from))
        self.page.note([(" · ".join(parts), "")])
        if kinds := kinds_in(result, label):
            meanings = " · ".join(f"{label['tags'][kind].strip()} {label['origins'][kind]}" for kind in kinds)
            self.page.note([(f"{self.names['legend']}{label['colon']}{meanings}", "")])
        if result.goals:
            self.page.note([(f"{self.names['terms']}{label['colon']}{self._terms()}", "")])

    def _terms(self) -> str:
        label = self.label
        used: set[str] = {goal.objective.ambition for goal in self.result.goals}
        used |= {
            "guardrail" if each.guardrail else each.kind for goal in self.result.goals for each in goal.key_results
        }
        names = {**label["ambitions"], **label["kinds"], "guardrail": label["guardrail"]}
        return " · ".join(f"{names[name]}{label['colon']}{label['terms'][name]}" for name in names if name in used)

    def _goal(self, index: int, goal: Goal) -> None:
        label, root, seen = self.label, f"/goals/{index}", set[str]()
        self.page.heading(label["goal"].replace("{n}", str(index + 1)).replace("{title}", goal.title), 1)
        self.page.statement(self._pieces(f"{root}/statement", goal.statement, seen))
        ambition = f"{label['open']}{label['ambitions'][goal.objective.ambition]}{label['close']}"
        self.page.labelled(label["objective"], label["colon"], [(goal.objective.text + ambition, "")])
        self.page.heading(self.names["smart"], 2)
        parts = [
            [[(label["parts"][name], "")], self._pieces(f"{root}/{name}", getattr(goal, name), seen)] for name in _PARTS
        ]
        self.page.table((label["part"], label["content"]), parts, _PART_WIDTHS, names_first=True)
        self._results(index, goal)
        if goal.milestones:
            self.page.heading(self.names["milestones"], 2)
            steps = [
                [
                    self._day(f"{root}/milestones/{at}/date", each.date),
                    self._pieces(f"{root}/milestones/{at}/text", each.text, seen),
                ]
                for at, each in enumerate(goal.milestones)
            ]
            self.page.table((label["milestone"], label["done"]), steps, _STEP_WIDTHS)
        if goal.initiatives:
            self.page.heading(label["initiatives"], 2)
            for at, text in enumerate(goal.initiatives):
                self.page.item(self._pieces(f"{root}/initiatives/{at}", text, set()))

    def _results(self, index: int, goal: Goal) -> None:
        label = self.label
        heads = label["headings"]
        measured = [(at, each) for at, each in enumerate(goal.key_results) if not each.guardrail]
        guards = [(at, each) for at, each in enumerate(goal.key_results) if each.guardrail]
        columns = ("id", "metric", "baseline", "target", "deadline", "data_source", "owner")
        if measured:
            self.page.heading(self.names["key_results"], 2)
            rows = [self._row(index, goal, at, each) for at, each in measured]
            self.page.table(tuple(heads[name] for name in columns), rows, _RESULT_WIDTHS)
        if guards:
            self.page.heading(label["guardrails"], 2)
            for at, each in guards:
                self.page.item(self._pieces(f"/goals/{index}/key_results/{at}/statement", each.statement, set()))

    def _row(self, index: int, goal: Goal, at: int, each: KeyResult) -> list[list[tuple[str, str]]]:
        label, root = self.label, f"/goals/{index}/key_results/{at}"

        def cell(name: str, value: str | None, blank: tuple[str, str]) -> list[tuple[str, str]]:
            return self._pieces(f"{root}/{name}", value, set()) if value is not None else [blank]

        kind = f"{label['open']}{label['kinds'][each.kind]}{label['close']}"
        return [
            [(key_result_name(index + 1, goal.id, at + 1, each), "")],
            [*self._pieces(f"{root}/metric", each.metric, set()), (f" {_MARKS[each.direction]}{kind}", "")],
            cell("baseline", each.baseline, (label["unknown"], label["tags"]["unknown"])),
            cell("target", each.target, ("–", "")),
            self._day(f"{root}/deadline", each.deadline) if each.deadline else [("–", "")],
            [*self._pieces(f"{root}/data_source", each.data_source, set()), (f" · {each.cadence}", "")],
            [(each.owner or label["no_owner"], "")],
        ]

    def _day(self, field: str, day: date) -> list[tuple[str, str]]:
        write = day_writer(self.result)
        return [(write.within(words, day), tag) for words, tag in self._pieces(field, day.isoformat(), set())]

    def _list(self, heading: str, field: str, texts: Iterable[str]) -> None:
        lines = list(texts)
        if lines:
            self.page.heading(heading, 1)
        for at, text in enumerate(lines):
            self.page.item(self._pieces(f"/{field}/{at}", text, set()))

    def _checked(self) -> None:
        label, verdict = self.label, self.result.verdict
        failed = [label["gates"][gate.name] for gate in verdict.gates if not gate.passed]
        found = [f"{each.rule}{label['colon']}{each.message}" for each in verdict.findings if each.severity != "info"]
        if not (failed or found):
            return
        self.page.heading(label["checked"], 1)
        for line in (*failed, *found):
            self.page.item([(line, "")])

    def _pieces(self, field: str, text: str, seen: set[str]) -> list[tuple[str, str]]:
        return list(pieces(self.result, field, text, self.label, seen))
