"""What the tabs of lists and of texts need of the assistant. Knows nothing about the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, Protocol

from assistant.goals import DocumentPart, Function, Language, Metric, Passage, UserDocument
from assistant.goals.checklist import CheckedList
from assistant.goals.method import MethodText


class Lists(Protocol):
    """Judges lists; the errors are those of `Assistant`."""

    def open_goals(self, raw: bytes, name: str) -> tuple[str, str]:
        """Return a file's list as text, and the name by which that is read."""
        ...

    def check_goals(self, text: str, *, today: date, name: str = "text") -> CheckedList:
        """Judge a list with what holds between its goals."""
        ...

    def mend_goals(self, text: str, *, today: date, name: str = "text", only: tuple[int, int] | None = None) -> str:
        """Return a list with all safe fixes applied, or only the one of a goal's finding."""
        ...


class FoundMetrics(Protocol):
    """Metrics that a query found, with all functions and metrics by id."""

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Best first, or all in the order of the catalogue."""
        ...

    @property
    def functions(self) -> Mapping[str, Function]:
        """All functions by id."""
        ...

    @property
    def known(self) -> Mapping[str, Metric]:
        """All metrics by id."""
        ...


class Reading(Protocol):
    """Reads texts, metrics and one workspace's documents; the errors are those of `Assistant`."""

    def methods(self) -> tuple[MethodText, ...]:
        """Return all method texts, in every language."""
        ...

    def metrics(self, query: str = "", *, function: str = "", k: int = 10) -> FoundMetrics:
        """Return the metrics that a query means."""
        ...

    def search(
        self,
        question: str,
        k: int = 5,
        language: Language | None = None,
        scope: Literal["all", "methods", "documents"] = "all",
    ) -> list[Passage]:
        """Return passages for a question, best first."""
        ...

    def add_document(self, raw: bytes, name: str) -> object:
        """Keep a file among the documents."""
        ...

    def documents(self) -> tuple[UserDocument, ...]:
        """Return the documents, in the order in which they were added."""
        ...

    def document(self, wanted: str) -> tuple[UserDocument, tuple[DocumentPart, ...]]:
        """Return a document by its id, with its pieces."""
        ...

    def remove_document(self, wanted: str) -> UserDocument:
        """Remove a document without trace."""
        ...
