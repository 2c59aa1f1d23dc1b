"""Answers questions with passages of the method texts: one handle a process, built when first used.

Knows nothing about who asks or what is done with the passages.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant import paths, settings
from assistant.errors import UsageError
from assistant.goals import Language, Passage

if TYPE_CHECKING:
    from assistant.retrieval.dense import DenseIndex
    from assistant.retrieval.embedding import Embedding
    from assistant.retrieval.lexical import LexicalIndex
    from assistant.retrieval.passages import Piece

Half = Literal["hybrid", "dense", "lexical"]

MAX_RESULTS = 50
LONGEST_QUESTION = 2_000
"""Characters of a question that are read; embedding reads fewer."""
_CANDIDATES = 150
_NEAREST = 2_000
"""Enough for all passages of the product, so that languages can be compared as a whole."""
_QUESTIONS = 200
"""Nearest ways of asking that are looked at."""
_LOG = logging.getLogger(__name__)


class Retriever:
    """Hybrid search over the method texts. Safe to use from several threads."""

    def __init__(self, chosen: settings.Settings | None = None, folder: Path | None = None) -> None:
        """Remember what to load; nothing is read yet.

        Args:
            chosen: settings; None for those of the environment.
            folder: folder of method texts; None for the product's own.
        """
        self._settings = chosen
        self._folder = folder
        self._questions_folder = (folder or paths.resource("knowledge") / "methods").parent / "questions"
        self._lock = threading.Lock()
        self._loaded = False
        self._pieces: tuple[Piece, ...] = ()
        self._problems: tuple[str, ...] = ()
        self._lexical: LexicalIndex | None = None
        self._dense: DenseIndex | None = None
        self._questions: DenseIndex | None = None
        self._questions_of: tuple[int, ...] = ()
        self._embedding: Embedding | None = None
        self._dimensions = 0
        self._why_lexical = ""
        self._warning = ""

    def search(
        self, question: str, k: int = 5, language: Language | None = None, half: Half = "hybrid"
    ) -> list[Passage]:
        """Return the best passages, best first; none for a question without words.

        Args:
            question: what a person asks, in any of the languages; the first 2,000 characters are read.
            k: most results, 1 to 50.
            language: language in which sections are shown where they exist in it; None for the question's own.
            half: `dense` or `lexical` for one half alone, to compare.

        Raises:
            UsageError: `k` is out of range.
            KnowledgeError: no method text can be read.
        """
        from assistant.retrieval.passages import scrub
        from assistant.retrieval.ranking import fuse

        if not 1 <= k <= MAX_RESULTS:
            raise UsageError(f"{k} results were asked for.", f"Ask for 1 to {MAX_RESULTS}.", k=str(k))
        self.warm()
        question = scrub(question[:LONGEST_QUESTION])
        if not question:
            return []
        asked = language_of(question)
        near, alike = (None, None) if half == "lexical" else self._rank_dense(question, asked)
        matching = None
        if self._lexical and (half != "dense" or near is None):
            matching = self._lexical.rank(question, _CANDIDATES)
        fused = fuse(near, matching, self._pieces, k, asked, language or asked, alike)
        return [
            self._pieces[position].passage.model_copy(update={"score": round(score, 6)}) for position, score in fused
        ]

    def _rank_dense(self, question: str, asked: Language) -> tuple[list[int] | None, list[int] | None]:
        """Return the dense rankings of texts and of questions, or None where there are none, with why in `mode`."""
        from assistant.retrieval.embedding import EmbeddingError
        from assistant.retrieval.ranking import level

        if self._embedding is None or self._dense is None:
            return None, None
        try:
            vector = self._embedding.query(question)
        except EmbeddingError as error:
            self._why_lexical = str(error)
            return None, None
        if vector.shape != (self._dimensions,):
            self._why_lexical = "the embedding now gives vectors of another length; restart to build the index anew"
            return None, None
        self._why_lexical = ""
        near = level(self._dense.nearest(vector, _NEAREST), self._pieces, asked)
        if self._questions is None:
            return near, None
        alike = [self._questions_of[place] for place, _ in self._questions.nearest(vector, _QUESTIONS)]
        return near, alike

    def passage(self, id: str) -> Passage | None:
        """Return a passage by its id, with a score of 0, or None where there is none.

        Raises:
            KnowledgeError: no method text can be read.
        """
        self.warm()
        return next((piece.passage for piece in self._pieces if piece.passage.id == id), None)

    def warm(self) -> None:
        """Load or build the index now; later calls return at once.

        Raises:
            KnowledgeError: no method text can be read.
        """
        if self._loaded:
            return
        with self._lock:
            if not self._loaded:
                self._load()
                self._loaded = True

    def _load(self) -> None:
        from assistant.retrieval import methods, passages, questions

        library = methods.load(self._folder or paths.resource("knowledge") / "methods")
        library = questions.join(library, self._questions_folder)
        for problem in library.problems:
            _LOG.info("method text left out: %s", problem)
        self._problems = library.problems
        self._pieces = passages.split(library.texts)
        self._open_dense()

        from assistant.retrieval.lexical import LexicalIndex

        self._lexical = LexicalIndex(self._pieces)

    def _open_dense(self) -> None:
        from assistant.retrieval import embedding, index, passages

        chosen, self._why_lexical = embedding.choose(self._settings or settings.load())
        if chosen is None:
            return
        try:
            self._dense, self._warning = index.open_index(passages.text_rows(self._pieces), chosen)
            asked = passages.question_rows(self._pieces)
            if asked:
                self._questions, warning = index.open_index(asked, chosen, "questions")
                self._questions_of = tuple(row.piece for row in asked)
                self._warning = self._warning or warning
            self._dimensions = len(chosen.query("SMART"))
            self._embedding = chosen
        except embedding.EmbeddingError as error:
            self._why_lexical = str(error)

    @property
    def mode(self) -> str:
        """Return how the search works at present: `hybrid (local embedding)`, or `lexical only: ` and why."""
        self.warm()
        if self._embedding is None or self._why_lexical:
            return f"lexical only: {self._why_lexical}"
        return f"hybrid ({self._embedding.name})"

    @property
    def warning(self) -> str:
        """Return what a person should know about the index, empty where all is well."""
        self.warm()
        return self._warning

    @property
    def topics(self) -> tuple[str, ...]:
        """Return the topics that can be found, sorted."""
        self.warm()
        return tuple(sorted({piece.passage.topic for piece in self._pieces}))

    def problems(self) -> Sequence[str]:
        """Return one line for each method text that is broken and left out: file, line, what, cure."""
        self.warm()
        return self._problems


def language_of(question: str) -> Language:
    """Return the language that a question is written in; Simplified Chinese where the script does not tell."""
    from assistant.language.scripts import detect

    found = detect(question)
    return "zh-Hans" if found == "zh" else found


_handles: dict[tuple[str, settings.Settings], Retriever] = {}
_handles_lock = threading.Lock()


def shared(chosen: settings.Settings | None = None) -> Retriever:
    """Return the process's retriever for these settings and the present data folder; it is built when first used.

    Args:
        chosen: settings; None for those of the environment.

    Raises:
        SettingsError: a setting has a value that cannot be used.
    """
    chosen = chosen or settings.load()
    key = (str(paths.home(create=False)), chosen)
    with _handles_lock:
        return _handles.setdefault(key, Retriever(chosen))


def search(question: str, k: int = 5, language: Language | None = None) -> list[Passage]:
    """Search with the process's retriever; see `Retriever.search`."""
    return shared().search(question, k, language)


def problems() -> Sequence[str]:
    """Return one line for each broken method text; see `Retriever.problems`."""
    return shared().problems()


def warm() -> None:
    """Load or build the process's index now; see `Retriever.warm`."""
    shared().warm()
