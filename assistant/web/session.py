"""What one browser tab remembers: the conversation, the form and the versions. Knows nothing about the page."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.goals import Aim, Drafter, DraftResult, Language, Passage, Question, Scorecard, Team
from assistant.goals.base import Model

MAX_QUESTIONS = 3


class Turn(Model):
    """One message of the conversation; ours are stored as a key so that they follow the interface language.

    Attributes:
        text: the person's words, or a question's words; '' for messages of ours.
        key: string key of a message of ours; '' for the person's words.
        values: fills the string's places.
        why: the reason of a question.
        number: which of the questions this is, 1 to 3; 0 where it is none.
    """

    role: Literal["person", "assistant"]
    kind: Literal["text", "question", "error"] = "text"
    text: str = ""
    key: str = ""
    values: dict[str, str] = Field(default_factory=dict)
    why: str = ""
    number: int = 0


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
        before: the judgement of the person's own words, where they can be judged.
        passages: the cited passages, for reading beside the quotes.
        markdown: the draft as a document, for copying.
    """

    aim: Aim
    result: DraftResult
    before: Scorecard | None = None
    passages: tuple[Passage, ...] = ()
    markdown: str = ""


class Session(Model):
    """Everything of one tab; replaced, never changed.

    Attributes:
        language: language of the interface.
        aim: the first thing the person asked for; '' before and for a team without an aim.
        started: True once an aim or a team was taken.
        context: later answers and additions, verbatim.
        asked: keys of the questions already put, answered or not.
        pending: the question that waits for an answer.
        muted: True once the person wants no more questions.
        shown: index of the version on the board.
        steps: steps of the draft under way, in order; () while nothing runs.
        box: text to put back into the box, or None to leave it.
    """

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
    steps: tuple[str, ...] = ()
    box: str | None = None
    drafter: Drafter | None = None

    @property
    def version(self) -> Version | None:
        """The version on the board."""
        return self.versions[self.shown] if self.versions else None

    @property
    def at_work(self) -> bool:
        """True while a draft is under way."""
        return bool(self.steps)

    def saying(self, *turns: Turn) -> Session:
        """Return the session with further messages."""
        return self.model_copy(update={"turns": (*self.turns, *turns)})


def question_key(question: Question) -> str:
    """Return what makes two questions the same question."""
    return f"{question.slot}/{question.metric_id or ''}"
