"""A list of goals as the page checks it: each goal with its place and its neighbours. Knows nothing about formats."""

from __future__ import annotations

from datetime import date

from assistant.goals.base import Model
from assistant.goals.batch import BalanceArea
from assistant.goals.findings import LintedGoal


class ListedGoal(Model):
    """One goal of a checked list.

    Attributes:
        judged: its judgement.
        line: line of the list's text on which it starts, from 1.
        start: place of its words in the list's text in code points; None where they do not stand there verbatim.
        parent: index of the objective under which it stands, where that is a goal of the list.
        under: words of the objective under which it stands, where that is none.
        weight: its share as the list gives it, a decimal string; None where it gives none.
        area: its area of the balance grid; None where it cannot be told.
        between: indexes of those of its findings that only the whole list shows.
    """

    judged: LintedGoal
    line: int
    start: int | None = None
    parent: int | None = None
    under: str = ""
    weight: str | None = None
    area: BalanceArea | None = None
    between: tuple[int, ...] = ()


class Weighed(Model):
    """Goals whose weights should make a whole and do not.

    Attributes:
        goals: their indexes.
        total: what the weights add up to, a decimal string.
        whole: what they should add up to: 100, or 1 where they are fractions.
    """

    goals: tuple[int, ...]
    total: str
    whole: str


class CheckedList(Model):
    """A judged list.

    Attributes:
        text: the list as it was read; places count in it.
        uneven: the groups of goals whose weights do not make a whole.
        total: what the weights of all goals add up to, where each has one; None otherwise.
        unread: lines that may be meant as goals but are not read as such.
    """

    today: date
    text: str
    goals: tuple[ListedGoal, ...]
    uneven: tuple[Weighed, ...] = ()
    total: str | None = None
    unread: tuple[int, ...] = ()
