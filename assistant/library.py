"""What the assistant can read: method texts, the metric catalogue, and a person's own documents.

Knows nothing about drafts. Heavy parts load on first use, once an instance.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from assistant.goals import DocumentPart, Language, Passage, UserDocument
from assistant.goals.method import MethodText
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.catalogue import Found
    from assistant.retrieval import Retriever
    from assistant.retrieval.measures import MetricRanker
    from assistant.retrieval.own import Added, Progress
    from assistant.retrieval.retriever import Scope


class Library:
    """Searches and keeps texts with one set of settings. Safe to use from several threads."""

    def __init__(self, settings: Settings, retriever: Retriever | None, workspace: str | None) -> None:
        """Take settings, a retriever in place of the shared one, and whose documents are read; None for nobody's."""
        self.settings = settings
        self._retriever = retriever
        self._workspace = workspace

    def search(
        self, question: str, k: int = 5, language: Language | None = None, scope: Scope = "all"
    ) -> list[Passage]:
        """Return the passages of the method texts and of the workspace's documents for a question, best first."""
        return self.retriever.search(question, k, language, scope=scope)

    def add_document(self, raw: bytes, name: str, progress: Progress | None = None) -> Added:
        """Keep a file among the workspace's documents; one of the same name or bytes is replaced.

        Args:
            raw: the whole file.
            name: its name; the ending helps to tell the format.
            progress: told how many pieces of how many are done.

        Raises:
            InputError: the file cannot be read as a document; the message says why and what to do.
            UsageError: the workspace is full.
            StorageError: the workspace cannot be written.
        """
        return self.retriever.add(raw, name, progress)

    def documents(self) -> tuple[UserDocument, ...]:
        """Return the workspace's documents, in the order in which they were added."""
        return self.retriever.shelf.documents()

    def document(self, wanted: str) -> tuple[UserDocument, tuple[DocumentPart, ...]]:
        """Return a document by id, name or beginning of an id, with its pieces.

        Raises:
            UsageError: there is none.
        """
        found = self.retriever.shelf.find(wanted)
        return found, self.retriever.shelf.parts(found.id)

    def remove_document(self, wanted: str) -> UserDocument:
        """Remove a document without trace and return what it was.

        Raises:
            UsageError: there is none.
            StorageError: the workspace cannot be written.
        """
        found = self.retriever.shelf.find(wanted)
        self.retriever.shelf.remove(found)
        return found

    def metrics(self, query: str = "", *, function: str = "", k: int = 10) -> Found:
        """Return the catalogue's metrics that a query means: an id, a name, a wish, or all; see `catalogue.browse`.

        Raises:
            UsageError: no function has that name.
        """
        from assistant import catalogue

        return catalogue.browse(catalogue.default(), self.ranker.suggest, query, function, k)

    def passage(self, id: str) -> Passage | None:
        """Return a passage by its id, or None."""
        return self.retriever.passage(id)

    def methods(self) -> tuple[MethodText, ...]:
        """Return all method texts, in every language."""
        return self.retriever.texts

    def beside(self, workspace: str) -> Retriever:
        """Return a retriever that finds a workspace's documents beside the texts that this one has loaded."""
        return self.retriever.beside(workspace)

    @cached_property
    def retriever(self) -> Retriever:
        """The retriever over the method texts."""
        if self._retriever is not None:
            return self._retriever
        from assistant import retrieval

        return retrieval.shared(self.settings, self._workspace)

    @cached_property
    def ranker(self) -> MetricRanker:
        """Ranks catalogue metrics for aims that name none."""
        from assistant.retrieval import measures

        return measures.shared(self.settings)
