"""Writes a draft as Markdown that a person would paste into a document.

Knows nothing about how drafts are made. No figure is shown that is not in the result's `numbers`.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from assistant.goals import Citation, DraftResult, Goal, KeyResult, Language
from assistant.render.days import day_writer
from assistant.render.origin_marks import kinds_in, pieces

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|#~"})
_PARTS = ("specific", "measurable", "achievable", "relevant", "time_bound", "monitoring")
_MARKS = {"up": "↑", "down": "↓", "keep": "→"}


@cache
def words(language: Language) -> dict[str, Any]:
    """Return the labels of a language."""
    text = resources.files("assistant.render").joinpath("labels", f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


def markdown(result: DraftResult) -> str:
    """Return the draft with its origins, questions and sources.

    A figure's origin is tagged where it first stands in a goal and in every table.
    """
    label = words(result.language)
    lines = [f"# {label['title']}", "", f"> {_status(result, label)}", f"> {_legend(result, label)}"]
    lines += [f"> {_terms(result, label)}", ""] if result.goals else [""]
    for conflict in result.conflicts:
        lines += [f"**{label['conflict']}**{label['colon']}{escape(conflict.message)}", ""]
    for index, goal in enumerate(result.goals):
        lines += _goal(index, goal, result, label)
    if result.monitoring_strategy:
        lines += [f"## {label['strategy']}", ""]
        lines += [
            f"- {_tagged(result, f'/monitoring_strategy/{at}', text, label, set())}"
            for at, text in enumerate(result.monitoring_strategy)
        ]
        lines.append("")
    if result.assumptions:
        lines += [f"## {label['assumptions']}", ""]
        lines += [
            f"- {_tagged(result, f'/assumptions/{at}', text, label, set())}"
            for at, text in enumerate(result.assumptions)
        ]
        lines.append("")
    if result.questions:
        lines += [f"## {label['questions']}", ""]
        lines += [
            f"{at}. {escape(question.text)}{label['open']}{escape(question.why)}{label['close']}"
            for at, question in enumerate(result.questions, 1)
        ]
        lines.append("")
    if result.citations:
        lines += [f"## {label['sources']}", ""]
        lines += [
            f"- {escape(cited.quote)}{label['open']}{escape(rests_on(cited, label))}{label['close']}"
            for cited in result.citations
        ]
        lines.append("")
    lines += _checked(result, label)
    return "\n".join(lines).rstrip() + "\n"


def rests_on(cited: Citation, label: dict[str, Any]) -> str:
    """Return where a sentence comes from: a document of the person's, or a method text and the first work it rests on.

    The sentence is the method text's own; the work is named as what it rests on, not as quoted.
    """
    first = re.split(r"[;；]\s*", cited.source, maxsplit=1)[0]
    return first if cited.id.startswith("document:") else label["rests_on"].format(work=first)


def escape(text: str) -> str:
    """Return text in which no character has a meaning in Markdown or HTML and every line break is a space."""
    return " ".join(text.split("\n")).translate(_SPECIAL)


def _status(result: DraftResult, label: dict[str, Any]) -> str:
    who = escape(result.drafter.model or "") if result.drafter.kind == "llm" else label["offline"]
    line = (
        f"{label['status']}{label['colon']}{label['statuses'][result.status]} · {label['drafter']}{label['colon']}{who}"
    )
    if result.drafter.fallback_from:
        line += f" · {label['fallback'].format(model=escape(result.drafter.fallback_from))}"
    return line


def _legend(result: DraftResult, label: dict[str, Any]) -> str:
    return " ".join(f"{label['tags'][kind]} {label['origins'][kind]}" for kind in kinds_in(result, label))


def _terms(result: DraftResult, label: dict[str, Any]) -> str:
    """Return the words of the method that the goals use, each in plain words."""
    results = [each for goal in result.goals for each in goal.key_results]
    used: set[str] = {goal.objective.ambition for goal in result.goals}
    used |= {"guardrail" if each.guardrail else each.kind for each in results}
    names = {**label["ambitions"], **label["kinds"], "guardrail": label["guardrail"]}
    return " · ".join(f"{names[name]}{label['colon']}{label['terms'][name]}" for name in names if name in used)


def _goal(index: int, goal: Goal, result: DraftResult, label: dict[str, Any]) -> list[str]:
    root = f"/goals/{index}"
    seen: set[str] = set()
    heading = label["goal"].format(n=index + 1, title=escape(goal.title))
    ambition = label["ambitions"][goal.objective.ambition]
    lines = [
        f"## {heading}", "", _tagged(result, f"{root}/statement", goal.statement, label, seen), "",
        f"**{label['objective']}**{label['colon']}{escape(goal.objective.text)}{label['open']}{ambition}{label['close']}",
        "", f"| {label['part']} | {label['content']} |", "|---|---|",
    ]  # fmt: skip
    for name in _PARTS:
        text = _tagged(result, f"{root}/{name}", getattr(goal, name), label, seen)
        lines.append(f"| {label['parts'][name]} | {text} |")
    lines += ["", *_table(root, goal, result, label)]
    guards = [(at, each) for at, each in enumerate(goal.key_results) if each.guardrail]
    if guards:
        lines += ["", f"**{label['guardrails']}**", ""]
        lines += [
            f"- {_tagged(result, f'{root}/key_results/{at}/statement', each.statement, label, set())}"
            for at, each in guards
        ]
    if goal.initiatives:
        lines += ["", f"**{label['initiatives']}**", ""]
        lines += [
            f"- {_tagged(result, f'{root}/initiatives/{at}', text, label, set())}"
            for at, text in enumerate(goal.initiatives)
        ]
    if goal.milestones:
        lines += ["", f"| {label['milestone']} | {label['done']} |", "|---|---|"]
        for at, milestone in enumerate(goal.milestones):
            tagged = _tagged(result, f"{root}/milestones/{at}/date", milestone.date.isoformat(), label, set())
            day = day_writer(result).within(tagged, milestone.date)
            text = _tagged(result, f"{root}/milestones/{at}/text", milestone.text, label, seen)
            lines.append(f"| {day} | {text} |")
    return [*lines, ""]


def _table(root: str, goal: Goal, result: DraftResult, label: dict[str, Any]) -> list[str]:
    columns = label["columns"]
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    results = [(at, each) for at, each in enumerate(goal.key_results) if not each.guardrail]
    for number, (at, each) in enumerate(results, 1):
        lines.append("| " + " | ".join(_row(f"{root}/key_results/{at}", number, each, result, label)) + " |")
    return lines


def _row(root: str, number: int, each: KeyResult, result: DraftResult, label: dict[str, Any]) -> list[str]:
    def cell(name: str, value: str | None, blank: str) -> str:
        return _tagged(result, f"{root}/{name}", value, label, set()) if value is not None else blank

    unknown = f"{label['unknown']}{label['tags']['unknown']}"
    deadline = each.deadline.isoformat() if each.deadline else None
    return [
        f"KR{number}",
        f"{_tagged(result, f'{root}/metric', each.metric, label, set())} {_MARKS[each.direction]}",
        cell("baseline", each.baseline, unknown),
        cell("target", each.target, "–"),
        day_writer(result).within(cell("deadline", deadline, "–"), each.deadline or date.min),
        _tagged(result, f"{root}/data_source", each.data_source, label, set()),
        escape(each.cadence),
        escape(each.owner) if each.owner else label["no_owner"],
        label["kinds"][each.kind],
    ]


def _tagged(result: DraftResult, field: str, text: str, label: dict[str, Any], seen: set[str]) -> str:
    """Return the text with each figure's origin behind it, once for the same words in a goal."""
    return "".join(escape(piece) + tag for piece, tag in pieces(result, field, text, label, seen))


def _checked(result: DraftResult, label: dict[str, Any]) -> list[str]:
    """Return what a draft that is not ready fails; of one that is, a reader of the document needs no word of it."""
    if result.verdict.ready:
        return []
    counts = {
        severity: sum(1 for finding in result.verdict.findings if finding.severity == severity)
        for severity in ("error", "warning", "info")
    }
    lines = [f"**{label['checked']}**{label['colon']}{label['counts'].format(**counts)}"]
    lines += [f"- {label['gates'][gate.name]}" for gate in result.verdict.gates if not gate.passed]
    lines += [f"- {escape(finding.message)}" for finding in result.verdict.findings if finding.severity != "info"]
    return lines
