"""Checks: whether sending an answer back helps, and whether the model was told what is wrong. Know nothing of goals."""

from __future__ import annotations

from assistant.evaluation.samples import Score
from evals.checks.drafted import Drafted
from evals.drafting_cases import DraftingCase
from evals.suite import graded, met, unscored

_SHOWN = 3


def repair_gain(case: DraftingCase, answer: Drafted) -> Score:
    """Grade the share of the first answer's problems that are gone in the best one; unscored where there were none."""
    counts = [told.problems for told in answer.rounds if told.problems is not None]
    if len(answer.rounds) < 2 or not counts or not counts[0]:
        return unscored("nothing was sent back for its content")
    return graded((counts[0] - min(counts)) / counts[0], f"{counts[0]} problems, then {min(counts)}", full=0.0)


def repair_told(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when each message that sent an answer back names every problem: rule or check, words, reason and help."""
    sent = [told for told in answer.rounds if told.wrong]
    if not sent:
        return unscored("nothing was sent back for its content")
    silent = [told for told in sent[:-1] if not told.sent_back]
    left_out = [
        word[:60] for told in sent if told.sent_back for words in told.wrong for word in words
        if word not in told.sent_back
    ]  # fmt: skip
    first = answer.rounds[0]
    if first.wrong and not first.sent_back:
        return met(False, "a bad first answer was not sent back")
    if silent or left_out:
        return met(False, "not told: " + "; ".join(left_out[:_SHOWN]))
    return met(True)
