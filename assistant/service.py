"""The one façade that command line, page, batch, evals and library users call: lint, draft, search.

Knows nothing about how results are shown. Heavy parts load on first use, once an instance.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant import settings as settings_
from assistant.goals import (
    Aim,
    Brief,
    Drafter,
    DraftResult,
    EditCheck,
    Explanation,
    History,
    Language,
    PartialGoal,
    Passage,
    Question,
    Revised,
)
from assistant.goals.trial import ModelTrial
from assistant.judging import Judging
from assistant.planner import Planner
from assistant.request import make_aim as make_aim
from assistant.request import make_surroundings as make_surroundings
from assistant.request import read_goals as read_goals
from assistant.settings import Settings

if TYPE_CHECKING:
    from pydantic import SecretStr

    from assistant.batch.job import Job
    from assistant.batch.mapping import Role
    from assistant.batch.preparing import Prepared
    from assistant.drafting.grounds import Search
    from assistant.drafting.model import LanguageModelDrafter
    from assistant.drafting.pipeline import ModelDrafter, ModelReviser
    from assistant.drafting.revising.keeping import Keep
    from assistant.drafting.revising.revise import Redraft
    from assistant.llm import Model
    from assistant.render.export import Export, Format
    from assistant.retrieval import Retriever


class Assistant(Planner, Judging):
    """Drafts, lints and searches with one set of settings. Safe to use from several threads."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        model: Model | None = None,
        retriever: Retriever | None = None,
        workspace: str | None = None,
    ) -> None:
        """Take the settings of the environment unless given.

        Args:
            settings: the settings.
            model: a model to use in place of the configured one, such as a scripted or recorded one.
            retriever: a retriever to use in place of the shared one.
            workspace: whose documents are read beside the method texts; None for nobody's.

        Raises:
            SettingsError: a setting cannot be used.
        """
        super().__init__(settings or settings_.load(), retriever, workspace)
        self._model = model
        self._lock = threading.Lock()

    def within(self, workspace: str) -> Assistant:
        """Return an assistant of the same settings that reads a workspace's documents beside the method texts."""
        return Assistant(self.settings, model=self._model, retriever=self.beside(workspace), workspace=workspace)

    def connected(self, base_url: str, api_key: SecretStr, model: str) -> Assistant:
        """Return an assistant for which another model writes; texts, documents and their search stay the same ones."""
        # The prices set are those of the configured model.
        other: dict[str, object] = {
            "llm_base_url": base_url, "llm_api_key": api_key, "llm_model": model, "llm_mode": "auto",
            "llm_price_input": None, "llm_price_output": None,
        }  # fmt: skip
        made = Assistant(self.settings.model_copy(update=other), retriever=self.retriever, workspace=self._workspace)
        made.ranker = self.ranker
        return made

    def try_model(self, deadline: float = 20.0) -> ModelTrial:
        """Ask the configured model for one word, within `deadline` seconds, and say what came of it."""
        from assistant.llm.trial import attempt

        return attempt(self.settings, deadline=deadline)

    def drafter_line(self) -> Drafter:
        """Say who would write now: the configured model or the offline drafter."""
        if self._model is not None:
            return Drafter(kind="llm", model=self._model.name)
        name = self.settings.llm_model
        return Drafter(kind="llm", model=name) if name and name != "offline" else Drafter(kind="offline")

    def brief(self, aim: Aim) -> Brief:
        """Return what was understood of a request."""
        from assistant.drafting.revising import request

        return request.understand(aim, self.ranker.suggest)

    def questions(self, aim: Aim) -> tuple[Question, ...]:
        """Return at most three questions whose answers would improve the draft, most valuable first."""
        from assistant.drafting import questions

        return questions.choose(aim, self.brief(aim))

    def draft(
        self,
        aim: Aim,
        *,
        llm: str | None = None,
        writer: ModelDrafter | None = None,
        progress: Callable[[str], None] | None = None,
        partial: Callable[[tuple[PartialGoal, ...]], None] | None = None,
    ) -> DraftResult:
        """Return goals for a request, judged; see `goals draft`.

        Args:
            aim: the request, from `make_aim`.
            llm: `offline`, or the name of a model at the configured endpoint; None for the configured drafter.
            writer: a drafter of the caller's own, such as one with another prompt version; then `llm` is not asked.
            progress: told the key of each step: read, brief, search, write, check, repair, done.
            partial: told the goals as far as a streaming model has written them; not yet checked, and none once
                no answer can be used.
        """
        from assistant.drafting import pipeline

        return pipeline.draft(
            aim,
            search=lambda question, k, language: self.search(question, k, language, "methods"),
            documents=self._own_documents(),
            suggest=self.ranker.suggest,
            model=writer or self._drafter(llm, partial),
            progress=progress,
        )

    def revise(
        self,
        aim: Aim,
        result: DraftResult,
        instruction: str,
        *,
        llm: str | None = None,
        writer: ModelReviser | None = None,
        progress: Callable[[str], None] | None = None,
        partial: Callable[[tuple[PartialGoal, ...]], None] | None = None,
    ) -> Revised:
        """Return what an instruction makes of a draft: a changed target, date, owner, number, language and so on.

        What contradicts itself or is not understood changes nothing and says so; `revised.told` has the words. A
        wish to undo is for whoever holds the versions: see `follow_up`.

        Args:
            aim: the request that the draft answers, with its earlier follow-ups.
            result: the draft.
            instruction: what the person typed.
            llm: as in `draft`.
            writer: as in `draft`, for one that can revise.
            progress: as in `draft`.
            partial: as in `draft`, told the goals of the new version.

        Raises:
            TooLong: the instruction is longer than its limit.
        """
        from assistant.drafting.revising import revise

        model = writer or self._drafter(llm, partial)
        return revise.revise(
            aim, result, instruction, redraft=self._redraft(model, result, progress), explain=self.explain,
            suggest=self.ranker.suggest, free=model is not None,
        )  # fmt: skip

    def follow_up(
        self,
        history: History,
        instruction: str,
        *,
        llm: str | None = None,
        writer: ModelReviser | None = None,
        progress: Callable[[str], None] | None = None,
        partial: Callable[[tuple[PartialGoal, ...]], None] | None = None,
    ) -> tuple[History, Revised]:
        """Return the versions after an instruction, and what it did; undo and redo move through them.

        Args and errors are those of `revise`, applied to the current version.
        """
        from assistant.drafting.revising import versions

        now = history.version
        revised = self.revise(
            now.aim, now.result, instruction, llm=llm, writer=writer, progress=progress, partial=partial
        )
        return versions.step(history, instruction, revised)

    def edit(self, aim: Aim, result: DraftResult, pointer: str, text: str) -> Revised:
        """Return a draft with one field in a person's own words, kept as typed and judged like any draft.

        Figures that they typed are `stated`, with the edit as evidence; those that stood there keep their origin. A
        target, baseline or deadline moves wherever the goal names it. The same text again takes its proposed figures
        for the person's own. No model is asked.

        Args:
            aim: the request that the draft answers, with its follow-ups.
            result: the draft.
            pointer: JSON pointer of a field of a goal: its title, statement, objective or a part; a field of a key
                result; an initiative; a milestone's text or date.
            text: what the person typed, at most 1,000 characters; for a date field anything that names a day.

        Raises:
            UsageError: the draft has no such field.
            EmptyInput: there is no text.
            TooLong: the text is longer than its limit.
            NotADay: the text for a date field names no day.
        """
        from assistant.drafting import grounds
        from assistant.drafting.editing import editing

        suggest, documents = self.ranker.suggest, self._own_documents()
        return editing.edit(
            aim, result, pointer, text, redraft=self._redraft(None, result, None), suggest=suggest,
            ground=lambda changed: grounds.of(changed, result, self.passage, documents, suggest),
        )  # fmt: skip

    def check_edit(self, aim: Aim, result: DraftResult, pointer: str, text: str) -> EditCheck:
        """Return what the linter says of a goal while a text is typed into one of its fields; nothing is kept.

        Args and errors are those of `edit`.
        """
        from assistant.drafting.editing import editing

        return editing.check(aim, result, pointer, text, self.ranker.suggest)

    def explain(self, result: DraftResult, pointer: str) -> Explanation:
        """Return why a value of a draft is what it is: its origin, what its metric looks at, a passage on method.

        Args:
            result: the draft.
            pointer: JSON pointer of a key result's target, baseline, deadline, metric or owner.

        Raises:
            UsageError: the pointer names no such value.
        """
        from assistant.drafting.revising.explaining import explain

        return explain(result, pointer, lambda question, k, language: self.search(question, k, language, "methods"))

    def export(self, result: DraftResult, format: Format, *, today: date) -> Export:
        """Return a draft as a file: md, docx, xlsx, csv, json, ics or feishu.json.

        Raises:
            UsageError: there is no such format, or the format holds goals and there are none.
        """
        from assistant.render import export

        return export.export(result, format, today=today)

    def prepare_batch(
        self,
        path: Path,
        *,
        today: date,
        name: str | None = None,
        columns: Mapping[Role, str] | None = None,
        sheet: str = "",
        language: Language | Literal["auto"] = "auto",
        llm: str | None = None,
        lint_only: bool = False,
        org_goals: tuple[str, ...] = (),
        resources: tuple[str, ...] = (),
        workers: int | None = None,
        most_cost: float | None = None,
    ) -> Prepared:
        """Open a list of goals for a batch run; nothing is asked or written yet. See `batch.job` for what follows.

        `path` is CSV, TSV, XLSX, DOCX, Markdown, text or JSONL; `name` is shown in place of its own and tells the
        kind; `workers` calls are made at once (6 with a model unless told); `most_cost` may be spent, with the prices
        set. For all else see `batch.preparing.Options`.

        Raises:
            InputError: the file cannot be read as a list of goals.
            UsageError: a column, a sheet or a limit cannot be used.
        """
        from assistant import __version__
        from assistant.batch import preparing

        options = preparing.Options(
            today=today, columns=columns or {}, sheet=sheet, language=language, llm=llm, lint_only=lint_only,
            org_goals=org_goals, resources=resources,
        )  # fmt: skip
        return preparing.prepare(
            path, options, self.settings, product=f"goal-assistant {__version__}", name=name, workers=workers,
            most_cost=most_cost,
        )  # fmt: skip

    def open_batch(self, folder: Path) -> Job:
        """Take hold of the run kept in a folder, or of an empty one for a run to begin in; see `batch.job`.

        Raises:
            JobBusy: another process works on it.
            StorageError: the folder cannot be made.
        """
        from assistant.batch.job import Job

        return Job(folder)

    def warm(self) -> None:
        """Load what drafting needs, so that the first request is as fast as the next."""
        from assistant import catalogue

        catalogue.default()
        self.retriever.warm()
        self.ranker.warm()

    def _redraft(
        self, model: ModelReviser | None, result: DraftResult, progress: Callable[[str], None] | None
    ) -> Redraft:
        """Return what drafts a changed request anew, in place of `result`."""
        from assistant.drafting import pipeline

        def redraft(changed: Aim, keep: Keep | None) -> DraftResult:
            return pipeline.draft(
                changed,
                search=lambda question, k, language: self._with_cited(
                    keep, self.search(question, k, language, "methods")
                ),
                documents=self._own_documents(),
                suggest=self.ranker.suggest,
                model=model.revising(result) if model is not None else None,
                keep=keep,
                progress=progress,
            )

        return redraft

    def _with_cited(self, keep: Keep | None, found: list[Passage]) -> list[Passage]:
        """Return passages that were found, with those that the kept goals of an earlier draft quote."""
        known = {passage.id for passage in found}
        quoted = [each.id for each in keep.before.citations] if keep is not None else []
        missing = (self.passage(id) for id in quoted if id not in known)
        return [*found, *(passage for passage in missing if passage is not None)]

    def _own_documents(self) -> Search | None:
        """Return a search over the workspace's documents, or None where there are none to read."""
        if self._workspace is None or not self.retriever.shelf.documents():
            return None
        return lambda question, k, language: self.search(question, k, language, "documents")

    def _open(self, llm: str | None) -> Model | None:
        if llm == "offline":
            return None
        if self._model is not None and llm is None:
            return self._model
        from assistant.llm import open_model

        return open_model(self.settings, llm)

    def _drafter(
        self, llm: str | None, partial: Callable[[tuple[PartialGoal, ...]], None] | None = None
    ) -> LanguageModelDrafter | None:
        model = self._open(llm)
        if model is None:
            return None
        from assistant.drafting.model import LanguageModelDrafter

        return LanguageModelDrafter(model, partial=partial)
