"""Marks the letters of a goal and gives its score: the one place where both are decided.

Knows nothing about how rules or traits come about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.goals.findings import Mark, Scorecard, Severity, Traits
from assistant.goals.made import made
from assistant.lint.rule import Letter

LETTERS: tuple[Letter, ...] = ("specific", "measurable", "achievable", "relevant", "time_bound", "consistent")
NEEDED: tuple[Letter, ...] = ("specific", "measurable", "time_bound", "consistent")
"""Letters that must not be at fail in a ready goal."""
_ORDER: dict[Mark, int] = {"todo": -1, "pass": 0, "warn": 1, "fail": 2}


def scorecard(
    traits: Traits,
    marks: Iterable[tuple[Letter, Mark]],
    severities: Iterable[Severity],
    *,
    has_org_goal: bool,
    has_resources: bool,
    qualitative: bool = False,
    cycle_elsewhere: bool = False,
) -> Scorecard:
    """Return the scorecard of one goal.

    Args:
        traits: what holds of the goal; a letter whose trait is false is at fail.
        marks: what the findings put on the letters; the worst wins.
        severities: of the findings.
        has_org_goal: an organisational goal is given; without one, relevance stays to do.
        has_resources: resources are given; without any, achievability stays to do.
        qualitative: an objective, which is not to be measured by itself.
        cycle_elsewhere: the time is set by a cycle that the text does not show.
    """
    letters: dict[Letter, Mark] = {
        "specific": "fail" if traits.specific is False and not qualitative else "pass",
        "measurable": "todo" if qualitative else "fail" if traits.measurable is False else "pass",
        "achievable": "pass" if has_resources else "todo",
        "relevant": "pass" if has_org_goal else "todo",
        "time_bound": "pass" if traits.time_bound else "todo" if cycle_elsewhere else "fail",
        "consistent": "fail" if traits.consistent is False else "pass",
    }
    return _settled(letters, marks, "error" not in set(severities))


def marked_further(
    card: Scorecard, traits: Traits, marks: Iterable[tuple[Letter, Mark]], severities: Iterable[Severity]
) -> Scorecard:
    """Return the scorecard of a goal with what was found between it and others.

    Args:
        card: the scorecard of the goal by itself.
        traits: what holds of the goal among the others.
        marks: what the further findings put on the letters; the worst wins.
        severities: of the further findings.
    """
    letters: dict[Letter, Mark] = {letter: getattr(card, letter) for letter in LETTERS}
    if traits.consistent is False:
        letters["consistent"] = "fail"
    return _settled(letters, marks, card.ready and "error" not in set(severities))


def _settled(letters: dict[Letter, Mark], marks: Iterable[tuple[Letter, Mark]], free_of_errors: bool) -> Scorecard:
    for letter, mark in marks:
        if _ORDER[mark] > _ORDER[letters[letter]]:
            letters[letter] = mark
    return made(
        Scorecard,
        **letters,
        score=score(letters),
        ready=free_of_errors and not any(letters[letter] == "fail" for letter in NEEDED),
    )


def score(letters: Mapping[Letter, Mark]) -> int:
    """Return 100 × (pass + 0.5 warn) / letters that are not todo, rounded half up; 0 where all are todo."""
    judged = [mark for mark in letters.values() if mark != "todo"]
    points = sum(2 if mark == "pass" else 1 for mark in judged if mark != "fail")
    return (100 * points + len(judged)) // (2 * len(judged)) if judged else 0
