"""The one door from the page to the assistant. Knows nothing about the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from assistant.goals import Aim, Drafter, DraftResult, Language, LintReport, Passage, Question, Team


class Backend(Protocol):
    """What the page needs of the assistant."""

    def drafter_line(self) -> Drafter:
        """Return who would write now."""
        ...

    def questions(self, aim: Aim) -> tuple[Question, ...]:
        """Return the questions worth asking, most valuable first."""
        ...

    def draft(self, aim: Aim, *, progress: Callable[[str], None] | None = None) -> DraftResult:
        """Draft goals; `progress` gets the key of every step."""
        ...

    def lint(self, text: str, *, today: date) -> LintReport:
        """Judge pasted goals."""
        ...

    def passage(self, id: str) -> Passage | None:
        """Return a passage by its id."""
        ...

    def make_aim(
        self,
        text: str,
        *,
        language: Language | str = "auto",
        team: Team = ...,
        context: tuple[str, ...] = (),
        count: int | None = None,
    ) -> Aim:
        """Clean and check what the person typed.

        Raises:
            InputError: the text cannot be used.
        """
        ...

    def markdown(self, result: DraftResult) -> str:
        """Return the draft as a document."""
        ...


class ServiceBackend:
    """The real assistant, shared by all tabs; it holds no tab's words."""

    def __init__(self) -> None:
        """Load the assistant with the settings of the process."""
        from assistant import render, service

        self._assistant = service.Assistant()
        self._make_aim = service.make_aim
        self._markdown = render.markdown
        self.drafter_line = self._assistant.drafter_line
        self.questions = self._assistant.questions
        self.draft = self._assistant.draft
        self.lint = self._assistant.lint
        self.passage = self._assistant.passage

    def make_aim(
        self,
        text: str,
        *,
        language: Language | str = "auto",
        team: Team | None = None,
        context: tuple[str, ...] = (),
        count: int | None = None,
    ) -> Aim:
        """See `Backend.make_aim`."""
        return self._make_aim(text, language=language, team=team or Team(), context=context, count=count)

    def markdown(self, result: DraftResult) -> str:
        """See `Backend.markdown`."""
        return self._markdown(result)
