"""One goal of a document before it is judged. Knows nothing about formats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.goals.findings import GoalKind


@dataclass(frozen=True, slots=True)
class Record:
    """A goal as it stands in a document.

    Attributes:
        id: the record's own id, else `NAME:LINE`.
        text: the goal's words.
        kind: kind as given, or None.
        today: the day to judge it by as given, or None.
        line: line of the document (row of a sheet) on which it starts, from 1.
        start: place of `text` in the document in code points; None where it does not stand there verbatim.
        beside: labelled cells of the same row that are read with the goal but are not part of its text, one
            `label: value` a line (baseline, target, deadline, owner, …); '' where there are none.
        parent: words or id of the objective under which the goal stands; '' where the document names parents but not
            this one's; None where the document names none at all.
        weight: the goal's share as given (`30` for 30 % and for 30), or None.
        sheet: name of the sheet it stands in, '' outside workbooks.
        column: column of the cell it stands in, from 1; 0 outside tables.
        own_id: the id as its row has it, also where another table has the same one; '' where there is none.
        table: number of the first row under the heading of its table, which tells a sheet's tables apart; 0 outside
            tables.
        groups: cells of its row that say which part of the table it belongs to (department, owner, category, period,
            any remark), with their headings; a blank cell has the value above.
        title: the heading or lead-in above it that speaks of goals and of a time ("Goals for 2027"), or ''.
        owner: who answers for it by its row: a person, else a team or department; a blank cell has the value above.
        partial: whether rows of its table were left out as hidden.
    """

    id: str
    text: str
    kind: GoalKind | None = None
    today: date | None = None
    line: int = 1
    start: int | None = None
    beside: str = ""
    parent: str | None = None
    weight: Decimal | None = None
    sheet: str = ""
    column: int = 0
    own_id: str = ""
    table: int = 0
    groups: tuple[tuple[str, str], ...] = ()
    title: str = ""
    owner: str = ""
    partial: bool = False
