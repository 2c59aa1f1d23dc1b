"""Gates on wording: language and script, harmless text, no repetition. Know nothing about figures."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from assistant.gates.case import Case
from assistant.goals import GateResult, Goal
from assistant.language import detect, wrong_characters

_HARMFUL = re.compile(r"https?://|www\.|<[a-z/!]|!\[|\]\(|javascript:|\{\{|\$\{|<\|", re.IGNORECASE)
_ALIKE = 0.92
_SHOWN = 3


def language_fidelity(case: Case) -> GateResult:
    """Pass when every sentence field is in the draft's language and script.

    Words quoted from the person keep their own language, so a field fails only where its words outside every source do.
    """
    wrong = []
    for pointer, text in case.texts():
        own = _without_quotes(text, case)
        if len(own) < 8 or pointer.rsplit("/", 1)[-1] in {"deadline", "readout", "date", "baseline", "target"}:
            continue
        if case.draft.language == "en":
            if detect(own) != "en":
                wrong.append(pointer)
        elif detect(own) == "en" or wrong_characters(own, case.draft.language):
            wrong.append(pointer)
    why = "language and script are right" if not wrong else "wrong language or script in " + ", ".join(wrong[:_SHOWN])
    return GateResult(name="language_fidelity", passed=not wrong, why=why)


def _without_quotes(text: str, case: Case) -> str:
    for source in case.brief.sources:
        for piece in re.split(r"[，。；;,.!?！？\n]", source.text):
            if len(piece.strip()) >= 2:
                text = text.replace(piece.strip(), " ")
    return text.strip()


def harmless_text(case: Case) -> GateResult:
    """Pass when no field carries a link, markup, a template or a model's special token."""
    said = "\n".join(source.text for source in case.brief.sources)
    bad = []
    for pointer, text in case.texts():
        match = _HARMFUL.search(text)
        if match and match.group() not in said:
            bad.append(f"{match.group()!r} in {pointer}")
    why = "no links or markup" if not bad else "; ".join(bad[:_SHOWN])
    return GateResult(name="harmless_text", passed=not bad, why=why)


def no_repetition(case: Case) -> GateResult:
    """Pass when no two goals share a statement and the five parts of a goal do not repeat one another."""
    alike = []
    goals = case.draft.goals
    for index, goal in enumerate(goals):
        parts = [goal.specific, goal.measurable, goal.achievable, goal.relevant, goal.time_bound]
        if any(_same(one, other) for at, one in enumerate(parts) for other in parts[at + 1 :]):
            alike.append(f"the parts of {goal.id} repeat one another")
        if any(_same_goal(goal, other) for other in goals[index + 1 :]):
            alike.append(f"{goal.id} is stated twice")
    why = "nothing is repeated" if not alike else "; ".join(alike[:_SHOWN])
    return GateResult(name="no_repetition", passed=not alike, why=why)


def _same_goal(one: Goal, other: Goal) -> bool:
    """Whether two goals want the same of the same metric; a shared sentence over another metric is no repetition."""
    metrics = {each.key_results[0].metric if each.key_results else each.title for each in (one, other)}
    return len(metrics) == 1 and _same(one.statement, other.statement)


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
