"""What a person asks to change in a draft, read into typed corrections. Knows nothing about how they are read or done.

A correction is settled against the draft that it was said of, so it can be applied to the request at any later time.
"""

from __future__ import annotations

from typing import Literal

from assistant.goals.base import Language, Model
from assistant.goals.brief import SetAside, Slot, Stated

MAX_INSTRUCTION_CHARACTERS = 2_000
MAX_EDIT_CHARACTERS = 1_000

CorrectionKind = Literal[
    "target", "baseline", "deadline", "owner", "goals", "key_results", "ambition", "language", "drop_goal", "add_goal",
    "drop_key_result", "explain", "undo", "redo",
]  # fmt: skip


class Correction(Model):
    """One thing that an instruction asks for.

    Attributes:
        text: the words that ask for it, verbatim: `instruction[start:end]`.
        goal: index of the goal that is meant, from 0; None for all goals, or where no goal is concerned.
        key_result: index of the key result that is meant within that goal; None for the goal's own result.
        named: True where the person said which goal they mean.
        outcome: key of the wish behind the goal, see `Outcome.key`; '' for all.
        metric_id: catalogue id of the key result that is meant, where it is not the goal's own.
        value: the new figure, day or name in the person's words; its source is the follow-up's key.
        number: how many goals or key results; for `ambition` 1 for more and -1 for less.
        language: the language asked for.
        slot: for `explain`, what is asked about.
    """

    kind: CorrectionKind
    text: str
    start: int
    end: int
    goal: int | None = None
    key_result: int | None = None
    named: bool = False
    outcome: str = ""
    metric_id: str | None = None
    value: Stated | None = None
    number: int | None = None
    language: Language | None = None
    slot: Slot | None = None


class Edited(Model):
    """The field of a draft that a person wrote anew in its place.

    Attributes:
        field: JSON pointer of the field, as the goals stood then.
        goal: what tells its goal from the others: catalogue id or name of the measure of the goal's own result.
        key_result: the same of the key result that the field belongs to; '' for a field of the goal.
        before: its text before; None where there was none.
        after: its text since: the person's words, or the ISO date that they name.
    """

    field: str
    goal: str
    key_result: str = ""
    before: str | None = None
    after: str


class Followup(Model):
    """One instruction as typed, or one field as written anew, with what it changed.

    Attributes:
        text: the words, cleaned; source `followup:N` of the request, `edit:N` for a field.
        corrections: what was understood of it; () where a model was left to understand it.
        dropped: keys of wishes and ids of metrics that are goals no more.
        further: metrics of the goals that stand beyond the wishes after it, in order; None where nobody said.
        edited: the field that was written anew; None for an instruction.
        replaced: figures of earlier texts that stand nowhere since.
    """

    text: str
    corrections: tuple[Correction, ...] = ()
    dropped: tuple[str, ...] = ()
    further: tuple[str, ...] | None = None
    edited: Edited | None = None
    replaced: tuple[SetAside, ...] = ()
