"""Writes a draft for a terminal: short, aligned, without markup. Knows nothing about how drafts are made."""

from __future__ import annotations

from assistant.goals import DraftResult, Goal
from assistant.render.draft_markdown import rests_on, words

_ARROW = " → "


def text(result: DraftResult) -> str:
    """Return the draft as plain text: status, goals with their key results, questions."""
    label = words(result.language)
    colon = label["colon"]
    who = result.drafter.model if result.drafter.kind == "llm" else label["offline"]
    lines = [
        f"{label['status']}{colon}{label['statuses'][result.status]}  {result.verdict.score}/100",
        f"{label['drafter']}{colon}{who}",
    ]
    if result.drafter.fallback_from:
        lines.append(f"  {label['fallback'].format(model=result.drafter.fallback_from)}")
        lines.append(f"  {result.drafter.why or ''}".rstrip())
    lines += [f"{label['conflict']}{colon}{conflict.message}" for conflict in result.conflicts]
    for index, goal in enumerate(result.goals):
        lines += ["", *_goal(index, goal, label)]
    for name, texts in (("strategy", result.monitoring_strategy), ("assumptions", result.assumptions)):
        if texts:
            lines += ["", label[name]]
            lines += [f"  - {each}" for each in texts]
    if result.questions:
        lines += ["", label["questions"]]
        lines += [f"  {at}. {question.text}" for at, question in enumerate(result.questions, 1)]
    if result.citations:
        lines += ["", label["sources"]]
        lines += [
            f"  - {cited.quote}{label['open']}{rests_on(cited, label)}{label['close']}" for cited in result.citations
        ]
    failed = [gate for gate in result.verdict.gates if not gate.passed]
    serious = [finding for finding in result.verdict.findings if finding.severity != "info"]
    if failed or serious:
        lines += ["", label["checked"]]
        lines += [f"  - {label['gates'][gate.name]}{label['open']}{gate.why}{label['close']}" for gate in failed]
        lines += [f"  - {finding.rule}{colon}{finding.message}" for finding in serious]
    return "\n".join(lines) + "\n"


def _goal(index: int, goal: Goal, label: dict[str, object]) -> list[str]:
    colon = str(label["colon"])
    parts = label["parts"]
    assert isinstance(parts, dict)
    lines = [
        str(label["goal"]).format(n=index + 1, title=goal.title),
        f"  {goal.statement}",
        f"  {label['objective']}{colon}{goal.objective.text}",
    ]
    for result in goal.key_results:
        end = result.deadline.isoformat() if result.deadline else "–"
        way = f"{result.baseline or label['unknown']}{_ARROW}{result.target or '–'}"
        kind = label["guardrails"] if result.guardrail else "KR"
        lines.append(f"  {kind}{colon}{result.metric}  {way}  {end}")
    lines += [
        f"  {parts[name]}{colon}{getattr(goal, name)}"
        for name in ("specific", "measurable", "achievable", "relevant", "time_bound", "monitoring")
    ]
    lines += [f"  {milestone.date.isoformat()}  {milestone.text}" for milestone in goal.milestones]
    return lines
