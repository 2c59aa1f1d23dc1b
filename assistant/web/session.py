"""What one browser tab remembers: the conversation, the form and the versions. Knows nothing about the page."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.goals import (
    Aim,
    Drafter,
    DraftResult,
    Explanation,
    FieldChange,
    Language,
    PartialGoal,
    Passage,
    Question,
    Scorecard,
    Team,
)
from assistant.goals.base import Model

MAX_QUESTIONS = 3
MAX_TURNS = 200


class Turn(Model):
    """One message of the conversation; ours are stored as a key so that they follow the interface language.

    Attributes:
        text: the person's words, or a question's words; '' for messages of ours.
        key: string key of a message of ours; '' for the person's words.
        values: fills the string's places.
        why: the reason of a question.
        number: which of the questions this is, 1 to 3; 0 where it is none.
        lines: what a follow-up did, or why it did nothing; whole sentences in the draft's language.
        language: language of `lines`; None where there are none.
        fields: JSON pointers of what changed in the draft.
        version: number of the version that came of it; 0 where nothing changed.
    """

    role: Literal["person", "assistant"]
    kind: Literal["text", "question", "error", "changed", "unchanged"] = "text"
    text: str = ""
    key: str = ""
    values: dict[str, str] = Field(default_factory=dict)
    why: str = ""
    number: int = 0
    lines: tuple[str, ...] = ()
    language: Language | None = None
    fields: tuple[str, ...] = ()
    version: int = 0


class Form(Model):
    """The optional form as typed, one entry a line."""

    profile: str = ""
    org_goals: str = ""
    improve: str = ""
    resources: str = ""
    count: int | None = None

    def team(self) -> Team:
        """Return the team that the form describes."""

        def lines(value: str) -> tuple[str, ...]:
            return tuple(line.strip() for line in value.splitlines() if line.strip())

        return Team(
            profile=self.profile.strip(),
            org_goals=lines(self.org_goals),
            improve=lines(self.improve),
            resources=lines(self.resources),
        )


class Version(Model):
    """A draft with what it was made from.

    Attributes:
        number: its number, from 1; stays with it when older versions are let go.
        parent: number of the version that it came of; 0 for the first.
        instruction: what the person said to get it; '' for the first and for a changed form.
        before: the judgement of the person's own words, where they can be judged.
        passages: the cited passages, for reading beside the quotes.
        markdown: the draft as a document, for copying.
        export_key: name under which the draft can be had as a file; '' where it cannot.
        explanations: what was answered to "why", by pointer.
    """

    aim: Aim
    result: DraftResult
    number: int = 1
    parent: int = 0
    instruction: str = ""
    before: Scorecard | None = None
    passages: tuple[Passage, ...] = ()
    markdown: str = ""
    export_key: str = ""
    explanations: dict[str, Explanation] = Field(default_factory=dict)


class Kept(Model):
    """A conversation that this browser can open again.

    Attributes:
        title: the aim, in one line.
        used: when it was kept last, in seconds since 1970.
    """

    id: str
    title: str
    used: float


class Shelf(Model):
    """What the page shows of the conversations that outlast it.

    Attributes:
        on: whether conversations of this browser are kept.
        kept: those that are, the one used last first.
        notice: key of what the person has to be told about them; '' for nothing.
    """

    on: bool = False
    kept: tuple[Kept, ...] = ()
    notice: str = ""


class Written(Model):
    """What came of the last field that a person wrote.

    Attributes:
        step: counts the answers, so that the page hears each once.
        key: string key of why it was not taken; '' where it was.
        values: fills the string's places.
    """

    step: int = 0
    key: str = ""
    values: dict[str, str] = Field(default_factory=dict)


class Session(Model):
    """Everything of one tab; replaced, never changed.

    Attributes:
        id: names the conversation among those of the browser; '' where none are kept.
        revision: which keeping of the conversation this follows; 0 while it was never kept.
        shelf: the conversations of the browser.
        language: language of the interface.
        aim: the first thing the person asked for; '' before and for a team without an aim.
        started: True once an aim or a team was taken.
        context: later answers and additions, verbatim.
        asked: keys of the questions already put, answered or not.
        pending: the question that waits for an answer.
        muted: True once the person wants no more questions.
        shown: index of the version on the board.
        undone: numbers of the versions that "redo" leads to, the next one first.
        comparing: number of the version that the one on the board is compared with; 0 while nothing is compared.
        changed: what the last step changed in the draft.
        news: counts those steps, so that the page marks each of them once.
        asked_why: pointers of the values whose explanation is open.
        written: what came of the last field that the person wrote.
        run: names the draft under way, so that it can be given up; '' while nothing runs.
        steps: steps of the draft under way, in order; () while nothing runs.
        writing: the goals as far as a model has written them; () where there are none to see yet.
        written_in: the language in which they are written.
        box: text to put back into the box, or None to leave it.
        fill: the form to show, or None to leave it as it is.
    """

    id: str = ""
    revision: int = 0
    shelf: Shelf = Shelf()
    language: Language = "en"
    turns: tuple[Turn, ...] = ()
    aim: str = ""
    started: bool = False
    context: tuple[str, ...] = ()
    form: Form = Form()
    asked: tuple[str, ...] = ()
    pending: Question | None = None
    muted: bool = False
    versions: tuple[Version, ...] = ()
    shown: int = -1
    undone: tuple[int, ...] = ()
    comparing: int = 0
    changed: tuple[FieldChange, ...] = ()
    news: int = 0
    asked_why: tuple[str, ...] = ()
    written: Written = Written()
    run: str = ""
    steps: tuple[str, ...] = ()
    writing: tuple[PartialGoal, ...] = ()
    written_in: Language | None = None
    box: str | None = None
    fill: Form | None = None
    drafter: Drafter | None = None

    @property
    def version(self) -> Version | None:
        """The version on the board."""
        return self.versions[self.shown] if self.versions else None

    @property
    def at_work(self) -> bool:
        """True while a draft is under way."""
        return bool(self.steps)

    def numbered(self, number: int) -> Version | None:
        """Return the version of a number, while it is kept."""
        return next((version for version in self.versions if version.number == number), None)

    def resting(self) -> Session:
        """Return the session with no draft under way."""
        return self.model_copy(update={"steps": (), "writing": (), "written_in": None, "run": ""})

    def saying(self, *turns: Turn) -> Session:
        """Return the session with further messages; of very many, the oldest are let go."""
        return self.model_copy(update={"turns": (*self.turns, *turns)[-MAX_TURNS:]})


def question_key(question: Question) -> str:
    """Return what makes two questions the same question."""
    return f"{question.slot}/{question.metric_id or ''}"
