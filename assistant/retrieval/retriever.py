"""Answers questions with passages of the method texts: one handle a process, built when first used.

Knows nothing about who asks or what is done with the passages.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant import paths, settings
from assistant.errors import UsageError
from assistant.goals import Language, Passage

if TYPE_CHECKING:
    from assistant.goals.method import MethodText
    from assistant.retrieval.dense import DenseIndex
    from assistant.retrieval.embedding import Embedding
    from assistant.retrieval.lexical import LexicalIndex
    from assistant.retrieval.own import Added, Own, Progress
    from assistant.retrieval.passages import Piece
    from assistant.retrieval.ranking import Sections
    from assistant.retrieval.shelf import Shelf

Half = Literal["hybrid", "dense", "lexical"]

MAX_RESULTS = 50
LONGEST_QUESTION = 2_000
"""Characters of a question that are read; embedding reads fewer."""
_CANDIDATES = 150
_NEAREST = 2_000
"""Enough for all passages of the product, so that languages can be compared as a whole."""
_QUESTIONS = 200
"""Nearest ways of asking that are looked at."""
_OWN_NEAREST = 300
"""Nearest pieces of the user's documents that are looked at."""
_REMEMBERED = 512
"""Questions of which the passages are kept."""
_LOG = logging.getLogger(__name__)

Scope = Literal["all", "methods", "documents"]


@dataclass(frozen=True, slots=True)
class _View:
    """All that can be found at one moment: the method texts, then the user's documents."""

    pieces: tuple[Piece, ...]
    sections: Sections
    lexical: LexicalIndex
    own: Own
    answered: dict[tuple[object, ...], tuple[Passage, ...]] = field(default_factory=dict)
    """Passages by question: aims with the same metrics ask the same, and a talk asks again with every answer."""


class Retriever:
    """Hybrid search over the method texts and the documents of one workspace. Safe to use from several threads."""

    def __init__(
        self, chosen: settings.Settings | None = None, folder: Path | None = None, workspace: str | None = None
    ) -> None:
        """Remember what to load; nothing is read yet.

        Args:
            chosen: settings; None for those of the environment.
            folder: folder of method texts; None for the product's own.
            workspace: whose documents are searched beside them; None for nobody's.

        Raises:
            UsageError: no workspace can have that name.
        """
        self._settings = chosen
        self._shelf: Shelf | None = None
        if workspace is not None:
            from assistant.retrieval.shelf import Shelf

            self._shelf = Shelf(workspace)
        self._folder = folder
        self._questions_folder = (folder or paths.resource("knowledge") / "methods").parent / "questions"
        self._lock = threading.Lock()
        self._loaded = False
        self._base: Retriever | None = None
        self._texts: tuple[MethodText, ...] = ()
        self._pieces: tuple[Piece, ...] = ()
        self._problems: tuple[str, ...] = ()
        self._view: _View | None = None
        self._dense: DenseIndex | None = None
        self._questions: DenseIndex | None = None
        self._questions_of: tuple[int, ...] = ()
        self._embedding: Embedding | None = None
        self._dimensions = 0
        self._why_lexical = ""
        self._warning = ""

    def search(
        self,
        question: str,
        k: int = 5,
        language: Language | None = None,
        half: Half = "hybrid",
        scope: Scope = "all",
    ) -> list[Passage]:
        """Return the best passages, best first; none for a question without words.

        Args:
            question: what a person asks, in any of the languages; the first 2,000 characters are read.
            k: most results, 1 to 50.
            language: language in which sections are shown where they exist in it; None for the question's own.
            half: `dense` or `lexical` for one half alone, to compare.
            scope: `methods` or `documents` for one of them alone.

        Raises:
            UsageError: `k` is out of range.
            KnowledgeError: no method text can be read.
            StorageError: the workspace cannot be read.
        """
        from assistant.retrieval.passages import scrub

        if not 1 <= k <= MAX_RESULTS:
            raise UsageError(f"{k} results were asked for.", f"Ask for 1 to {MAX_RESULTS}.", k=str(k))
        view = self._present()
        question = scrub(question[:LONGEST_QUESTION])
        if not question:
            return []
        key = (question, k, language, half, scope)
        if (known := view.answered.get(key)) is not None:
            return list(known)
        asked = language_of(question)
        near, alike = (None, None) if half == "lexical" else self._rank_dense(question, asked, view)
        whole = half == "lexical" or near is not None
        matching = None
        if half != "dense" or near is None:
            matching = view.lexical.rank(question, _CANDIDATES)
        if scope != "all":
            near, alike, matching = (
                None if ranking is None else [at for at in ranking if view.pieces[at].own == (scope == "documents")]
                for ranking in (near, alike, matching)
            )
        fused = view.sections.fuse(near, matching, k, asked, language or asked, alike)
        passages = tuple(
            view.pieces[position].passage.model_copy(update={"score": round(score, 6)}) for position, score in fused
        )
        # An embedding that fails now may answer the next time.
        if whole:
            if len(view.answered) >= _REMEMBERED:
                view.answered.clear()
            view.answered[key] = passages
        return list(passages)

    def _present(self) -> _View:
        """Return what can be found now; the user's documents are read again when they have changed."""
        self.warm()
        view = self._view
        generation = self._shelf.generation() if self._shelf is not None else 0
        if view is None or view.own.generation != generation:
            with self._lock:
                view = self._view
                if view is None or view.own.generation != generation:
                    view = self._view = self._viewed()
        return view

    def _viewed(self) -> _View:
        from assistant.retrieval.lexical import LexicalIndex
        from assistant.retrieval.own import Own
        from assistant.retrieval.ranking import Sections

        own = Own(self._shelf, self._embedding)
        pieces = (*self._pieces, *own.pieces)
        return _View(pieces, Sections(pieces), LexicalIndex(pieces), own)

    def _rank_dense(self, question: str, asked: Language, view: _View) -> tuple[list[int] | None, list[int] | None]:
        """Return the dense rankings of texts and of questions, or None where there are none, with why in `mode`."""
        from assistant.retrieval.embedding import EmbeddingError

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
        first = len(self._pieces)
        own = [(first + place, similarity) for place, similarity in view.own.nearest(vector, _OWN_NEAREST)]
        near = view.sections.level(self._dense.nearest(vector, _NEAREST), asked, own)
        if self._questions is None:
            return near, None
        alike = [self._questions_of[place] for place, _ in self._questions.nearest(vector, _QUESTIONS)]
        return near, alike

    def passage(self, id: str) -> Passage | None:
        """Return a passage by its id, with a score of 0, or None where there is none.

        Raises:
            KnowledgeError: no method text can be read.
        """
        return next((piece.passage for piece in self._present().pieces if piece.passage.id == id), None)

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

    def beside(self, workspace: str) -> Retriever:
        """Return a retriever that finds a workspace's documents beside what this one has loaded, which both share.

        Raises:
            UsageError: no workspace can have that name.
        """
        other = Retriever(self._settings, self._folder, workspace)
        other._base = self
        return other

    def _load(self) -> None:
        if (base := self._base) is not None:
            base.warm()
            self._pieces, self._problems = base._pieces, base._problems
            self._dense, self._questions, self._questions_of = base._dense, base._questions, base._questions_of
            self._embedding, self._dimensions = base._embedding, base._dimensions
            self._why_lexical, self._warning = base._why_lexical, base._warning
            return
        from assistant.retrieval import methods, passages, questions

        library = methods.load(self._folder or paths.resource("knowledge") / "methods")
        library = questions.join(library, self._questions_folder)
        for problem in library.problems:
            _LOG.info("method text left out: %s", problem)
        self._problems = library.problems
        self._pieces = passages.split(library.texts)
        self._open_dense()

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

    def add(self, raw: bytes, name: str, progress: Progress | None = None) -> Added:
        """Read a file and keep it among the workspace's documents; see `own.add`.

        Raises:
            InputError: the file cannot be read as a document.
            UsageError: the workspace is full, or there is none.
            StorageError: the workspace cannot be written.
        """
        from assistant.retrieval import embedding, own

        chosen, _ = embedding.choose(self._settings or settings.load())
        return own.add(self.shelf, raw, name, chosen, progress)

    @property
    def shelf(self) -> Shelf:
        """Return the workspace's documents.

        Raises:
            UsageError: no workspace was named.
        """
        if self._shelf is None:
            raise UsageError("No workspace was named.", "Name one.")
        return self._shelf

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
    def texts(self) -> tuple[MethodText, ...]:
        """Return the method texts, in every language; reading them takes no index.

        Raises:
            KnowledgeError: no method text can be read.
        """
        if self._base is not None:
            return self._base.texts
        if not self._texts:
            from assistant.retrieval import methods

            self._texts = methods.load(self._folder or paths.resource("knowledge") / "methods").texts
        return self._texts

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


_handles: dict[tuple[object, ...], Retriever] = {}
_handles_lock = threading.Lock()


def shared(chosen: settings.Settings | None = None, workspace: str | None = None) -> Retriever:
    """Return the process's retriever for this embedding and the present data folder; it is built when first used.

    Args:
        chosen: settings; None for those of the environment.
        workspace: whose documents are searched beside the method texts; None for nobody's.

    Raises:
        SettingsError: a setting has a value that cannot be used.
    """
    chosen = chosen or settings.load()
    key = (str(paths.home(create=False)), workspace, *chosen.about_embedding)
    with _handles_lock:
        if key not in _handles:
            _handles[key] = Retriever(chosen, workspace=workspace)
        return _handles[key]


def search(question: str, k: int = 5, language: Language | None = None) -> list[Passage]:
    """Search with the process's retriever; see `Retriever.search`."""
    return shared().search(question, k, language)


def problems() -> Sequence[str]:
    """Return one line for each broken method text; see `Retriever.problems`."""
    return shared().problems()


def warm() -> None:
    """Load or build the process's index now; see `Retriever.warm`."""
    shared().warm()
