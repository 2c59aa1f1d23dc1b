"""The one façade that command line, page, batch, evals and library users call: lint, draft, search.

Knows nothing about how results are shown. Heavy parts load on first use, once an instance.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from assistant import settings as settings_
from assistant.goals import (
    Aim,
    Brief,
    Drafter,
    DraftResult,
    Language,
    LintReport,
    Passage,
    Question,
    Team,
)
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.catalogue import Found
    from assistant.drafting.model import LanguageModelDrafter
    from assistant.llm import Model
    from assistant.retrieval import Retriever
    from assistant.retrieval.measures import MetricRanker


class Assistant:
    """Drafts, lints and searches with one set of settings. Safe to use from several threads."""

    def __init__(
        self, settings: Settings | None = None, *, model: Model | None = None, retriever: Retriever | None = None
    ) -> None:
        """Take the settings of the environment unless given.

        Args:
            settings: the settings.
            model: a model to use in place of the configured one, such as a scripted or recorded one.
            retriever: a retriever to use in place of the shared one.

        Raises:
            SettingsError: a setting cannot be used.
        """
        self.settings = settings or settings_.load()
        self._model = model
        self._retriever = retriever
        self._lock = threading.Lock()

    def drafter_line(self) -> Drafter:
        """Say who would write now: the configured model or the offline drafter."""
        if self._model is not None:
            return Drafter(kind="llm", model=self._model.name)
        name = self.settings.llm_model
        return Drafter(kind="llm", model=name) if name and name != "offline" else Drafter(kind="offline")

    def brief(self, aim: Aim) -> Brief:
        """Return what was understood of a request."""
        from assistant.drafting import brief

        return brief.build(aim, self.ranker.suggest)

    def questions(self, aim: Aim) -> tuple[Question, ...]:
        """Return at most three questions whose answers would improve the draft, most valuable first."""
        from assistant.drafting import questions

        return questions.choose(aim, self.brief(aim))

    def draft(self, aim: Aim, *, llm: str | None = None, progress: Callable[[str], None] | None = None) -> DraftResult:
        """Return goals for a request, judged; see `goals draft`.

        Args:
            aim: the request, from `make_aim`.
            llm: `offline`, or the name of a model at the configured endpoint; None for the configured drafter.
            progress: told the key of each step: read, brief, search, write, check, repair, done.
        """
        from assistant.drafting import pipeline

        return pipeline.draft(
            aim,
            search=self.search,
            suggest=self.ranker.suggest,
            model=self._drafter(llm),
            progress=progress,
        )

    def lint(self, text: str, *, today: date, name: str = "text") -> LintReport:
        """Judge every goal of a text: a pasted goal, a list, a document."""
        from assistant.lint.check import lint_records
        from assistant.lint.records import read_records

        return lint_records(read_records(text, name), today=today)

    def search(self, question: str, k: int = 5, language: Language | None = None) -> list[Passage]:
        """Return the passages of the method texts that answer a question, best first."""
        return self.retriever.search(question, k, language)

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

    def warm(self) -> None:
        """Load what drafting needs, so that the first request is as fast as the next."""
        from assistant import catalogue

        catalogue.default()
        self.retriever.warm()
        self.ranker.warm()

    @cached_property
    def retriever(self) -> Retriever:
        """The retriever over the method texts."""
        if self._retriever is not None:
            return self._retriever
        from assistant import retrieval

        return retrieval.shared(self.settings)

    @cached_property
    def ranker(self) -> MetricRanker:
        """Ranks catalogue metrics for aims that name none."""
        from assistant.retrieval.measures import MetricRanker

        return MetricRanker(self.settings)

    def _drafter(self, llm: str | None) -> LanguageModelDrafter | None:
        if llm == "offline":
            return None
        model = self._model
        if model is None or llm is not None:
            from assistant.llm import open_model

            model = open_model(self.settings, llm)
        if model is None:
            return None
        from assistant.drafting.model import LanguageModelDrafter

        return LanguageModelDrafter(model)


def make_aim(
    text: str,
    *,
    language: Language | Literal["auto"] = "auto",
    team: Team | None = None,
    context: tuple[str, ...] = (),
    today: date | None = None,
    count: int | None = None,
    fallback_language: Language = "zh-Hans",
) -> Aim:
    """Return the cleaned request; `today` defaults to the real date. See `drafting.intake.make_aim` for the errors."""
    from assistant.drafting import intake

    return intake.make_aim(
        text, language=language, team=team, context=context, today=today or date.today(), count=count,
        fallback_language=fallback_language,
    )  # fmt: skip
