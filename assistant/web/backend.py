"""The one door from the page to the assistant. Knows nothing about the page."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from assistant.goals import (
    Aim,
    Drafter,
    DraftResult,
    EditCheck,
    Explanation,
    History,
    Language,
    LintReport,
    PartialGoal,
    Passage,
    Question,
    Revised,
    Team,
)
from assistant.goals.trial import ModelTrial
from assistant.web.library.reading import Lists, Reading
from assistant.web.plans.making import Planning

if TYPE_CHECKING:
    from pydantic import SecretStr

    from assistant.evaluation.folder import RunInfo
    from assistant.evaluation.results import RunComparison, RunSummary
    from assistant.render.export import Export, Format
    from assistant.service import Assistant


_READERS = 32
"""Workspaces whose index stays in memory."""


class Backend(Protocol):
    """What the page needs of the assistant; shared by all tabs, holding no tab's words."""

    def drafter_line(self) -> Drafter:
        """Return who would write now."""
        ...

    def questions(self, aim: Aim) -> tuple[Question, ...]:
        """Return the questions worth asking, most valuable first."""
        ...

    def draft(
        self,
        aim: Aim,
        *,
        progress: Callable[[str], None] | None = None,
        partial: Callable[[tuple[PartialGoal, ...]], None] | None = None,
    ) -> DraftResult:
        """Draft goals; `progress` gets the key of every step, `partial` the goals as far as a model has written them.

        What either of them raises ends the draft.
        """
        ...

    def follow_up(
        self,
        history: History,
        instruction: str,
        *,
        progress: Callable[[str], None] | None = None,
        partial: Callable[[tuple[PartialGoal, ...]], None] | None = None,
    ) -> tuple[History, Revised]:
        """Return the versions after an instruction, and what it did; `progress` and `partial` as in `draft`.

        Raises:
            TooLong: the instruction is longer than its limit.
        """
        ...

    def edit(self, aim: Aim, result: DraftResult, pointer: str, text: str) -> Revised:
        """Return a draft with one field in the person's words; see `Assistant.edit` for this and the errors."""
        ...

    def check_edit(self, aim: Aim, result: DraftResult, pointer: str, text: str) -> EditCheck:
        """Return what the linter says while a text is typed into a field; see `Assistant.check_edit`."""
        ...

    def explain(self, result: DraftResult, pointer: str) -> Explanation:
        """Return why a value of a draft is what it is.

        Raises:
            UsageError: the pointer names no such value.
        """
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

    def export(self, result: DraftResult, format: Format, *, today: date) -> Export:
        """Return the draft as a file.

        Raises:
            UsageError: there is no such format, or the format holds goals and there are none.
        """
        ...

    def eval_runs(self) -> tuple[RunInfo, ...]:
        """Return the evaluation runs of this machine, the newest first."""
        ...

    def eval_run(self, id: str) -> RunSummary:
        """Return what a run amounts to.

        Raises:
            UsageError: there is no such run.
            StorageError: its files cannot be read.
        """
        ...

    def compare_eval_runs(self, a: str, b: str, pairs: tuple[tuple[str, str], ...] = ()) -> RunComparison:
        """Return how the run `b` differs from the run `a`; `pairs` names variants of the two to compare."""
        ...

    def eval_report(self, id: str) -> Path | None:
        """Return the report of a run, where there is one."""
        ...

    def prepare_list(
        self,
        path: Path,
        *,
        name: str,
        today: date,
        columns: Mapping[str, str],
        sheet: str,
        offline: bool,
        lint_only: bool,
        org_goals: tuple[str, ...],
    ) -> Any:
        """Return a list of goals, opened for a run; see `Assistant.prepare_batch` for what it has and the errors."""
        ...

    def open_list(self, folder: Path) -> Any:
        """Return the run of a folder; see `Assistant.open_batch`."""
        ...

    def within(self, workspace: str) -> Backend:
        """Return what drafts with a workspace's documents at hand; itself where the workspace holds none."""
        ...

    def connected(self, base_url: str, api_key: SecretStr, model: str) -> Backend:
        """Return what drafts with another model; all else stays the same."""
        ...

    def try_model(self) -> ModelTrial:
        """Ask the model for one word and return what came of it."""
        ...

    def reading(self, workspace: str) -> Reading:
        """Return what reads the method texts, the metrics and a workspace's documents; nobody's where it is ''.

        Raises:
            UsageError: no workspace can have that name.
        """
        ...

    def lists(self) -> Lists:
        """Return what judges and mends lists of goals."""
        ...

    def planning(self) -> Planning:
        """Return what makes plans."""
        ...

    def surroundings(self, shown: DraftResult, aim: Aim, notes: tuple[str, ...]) -> Aim:
        """Return the request of a plan that carries out a draft's goals; `notes` is what else is known.

        Raises:
            InputError: the text cannot be used.
        """
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
        self._lock = threading.Lock()
        self._readers: OrderedDict[str, Assistant] = OrderedDict()

    def drafter_line(self) -> Drafter:
        """See `Backend`."""
        return self._assistant.drafter_line()

    def questions(self, aim: Aim) -> tuple[Question, ...]:
        """See `Backend`."""
        return self._assistant.questions(aim)

    def draft(
        self,
        aim: Aim,
        *,
        progress: Callable[[str], None] | None = None,
        partial: Callable[[tuple[PartialGoal, ...]], None] | None = None,
    ) -> DraftResult:
        """See `Backend`."""
        return self._assistant.draft(aim, progress=progress, partial=partial)

    def follow_up(
        self,
        history: History,
        instruction: str,
        *,
        progress: Callable[[str], None] | None = None,
        partial: Callable[[tuple[PartialGoal, ...]], None] | None = None,
    ) -> tuple[History, Revised]:
        """See `Backend`."""
        return self._assistant.follow_up(history, instruction, progress=progress, partial=partial)

    def edit(self, aim: Aim, result: DraftResult, pointer: str, text: str) -> Revised:
        """See `Backend`."""
        return self._assistant.edit(aim, result, pointer, text)

    def check_edit(self, aim: Aim, result: DraftResult, pointer: str, text: str) -> EditCheck:
        """See `Backend`."""
        return self._assistant.check_edit(aim, result, pointer, text)

    def explain(self, result: DraftResult, pointer: str) -> Explanation:
        """See `Backend`."""
        return self._assistant.explain(result, pointer)

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
        from assistant.render.draft_markdown import markdown

        return markdown(result)

    def export(self, result: DraftResult, format: Format, *, today: date) -> Export:
        """See `Backend`."""
        return self._assistant.export(result, format, today=today)

    def eval_runs(self) -> tuple[RunInfo, ...]:
        """See `Backend`."""
        return self._assistant.eval_runs()

    def eval_run(self, id: str) -> RunSummary:
        """See `Backend`."""
        return self._assistant.eval_run(id)

    def compare_eval_runs(self, a: str, b: str, pairs: tuple[tuple[str, str], ...] = ()) -> RunComparison:
        """See `Backend`."""
        return self._assistant.compare_eval_runs(a, b, pairs)

    def eval_report(self, id: str) -> Path | None:
        """See `Backend`."""
        return self._assistant.eval_report(id)

    def prepare_list(
        self,
        path: Path,
        *,
        name: str,
        today: date,
        columns: Mapping[str, str],
        sheet: str,
        offline: bool,
        lint_only: bool,
        org_goals: tuple[str, ...],
    ) -> Any:
        """See `Backend`."""
        llm = "offline" if offline else None
        # Judging alone would start processes of its own, which a server that is at many things better does without.
        workers = 1 if offline or lint_only or self.drafter_line().kind == "offline" else None
        return self._assistant.prepare_batch(
            path, today=today, name=name, columns=cast("Any", columns), sheet=sheet, llm=llm, lint_only=lint_only,
            org_goals=org_goals, workers=workers,
        )  # fmt: skip

    def open_list(self, folder: Path) -> Any:
        """See `Backend`."""
        return self._assistant.open_batch(folder)

    def within(self, workspace: str) -> Backend:
        """See `Backend`."""
        reader = self._reader(workspace) if workspace else None
        return ServiceBackend(reader) if reader is not None and reader.documents() else self

    def connected(self, base_url: str, api_key: SecretStr, model: str) -> Backend:
        """See `Backend`."""
        return ServiceBackend(self._assistant.connected(base_url, api_key, model))

    def try_model(self) -> ModelTrial:
        """See `Backend`."""
        return self._assistant.try_model()

    def reading(self, workspace: str) -> Reading:
        """See `Backend`."""
        return self._reader(workspace) if workspace else self._assistant

    def lists(self) -> Lists:
        """See `Backend`."""
        return self._assistant

    def planning(self) -> Planning:
        """See `Backend`."""
        return self._assistant

    def surroundings(self, shown: DraftResult, aim: Aim, notes: tuple[str, ...]) -> Aim:
        """See `Backend`."""
        from assistant import service

        return service.make_surroundings(
            shown, aim.text, team=aim.team, context=(*aim.context, *notes), today=aim.today
        )

    def _reader(self, workspace: str) -> Assistant:
        with self._lock:
            found = self._readers.pop(workspace, None) or self._assistant.within(workspace)
            self._readers[workspace] = found
            while len(self._readers) > _READERS:
                self._readers.popitem(last=False)
        return found

    def warm(self) -> None:
        """See `Backend`."""
        self._assistant.warm()
        self._assistant.check_goals("NPS 40 → 50", today=date(2027, 1, 1))
