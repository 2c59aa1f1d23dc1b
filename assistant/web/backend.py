"""The one door from the page to the assistant. Knows nothing about the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from assistant.goals import Aim, Drafter, DraftResult, Language, LintReport, Passage, Question, Team

if TYPE_CHECKING:
    from assistant.service import Assistant


class Backend(Protocol):
    """What the page needs of the assistant; shared by all tabs, holding no tab's words."""

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
        self, text: str, *, team: Team, context: tuple[str, ...], count: int | None, interface: Language
    ) -> Aim:
        """Clean and check what the person typed; `interface` is the language where the text has none.

        Raises:
            InputError: the text cannot be used.
        """
        ...

    def markdown(self, result: DraftResult) -> str:
        """Return the draft as a document."""
        ...

    def warm(self) -> None:
        """Load what the first draft needs."""
        ...


class ServiceBackend:
    """The real assistant."""

    def __init__(self, assistant: Assistant | None = None) -> None:
        """Take an assistant, or one with the settings of the process."""
        from assistant import service

        self._assistant = assistant or service.Assistant()

    def drafter_line(self) -> Drafter:
        """See `Backend`."""
        return self._assistant.drafter_line()

    def questions(self, aim: Aim) -> tuple[Question, ...]:
        """See `Backend`."""
        return self._assistant.questions(aim)

    def draft(self, aim: Aim, *, progress: Callable[[str], None] | None = None) -> DraftResult:
        """See `Backend`."""
        return self._assistant.draft(aim, progress=progress)

    def lint(self, text: str, *, today: date) -> LintReport:
        """See `Backend`."""
        return self._assistant.lint(text, today=today)

    def passage(self, id: str) -> Passage | None:
        """See `Backend`."""
        return self._assistant.passage(id)

    def make_aim(
        self, text: str, *, team: Team, context: tuple[str, ...], count: int | None, interface: Language
    ) -> Aim:
        """See `Backend`."""
        from assistant import service

        return service.make_aim(text, team=team, context=context, count=count, fallback_language=interface)

    def markdown(self, result: DraftResult) -> str:
        """See `Backend`."""
        from assistant import render

        return render.markdown(result)

    def warm(self) -> None:
        """See `Backend`."""
        self._assistant.warm()
