"""The walk of a row: left out, left alone, asked about, or written anew and guarded.

Knows nothing about files or journals. The same row on the same day gives the same result as long as no model writes.
"""

from __future__ import annotations

from datetime import date

from assistant import service
from assistant.batch import (
    bodies,
    items,
    keeping,
    key_results,
    no_goals,
    pieces,
    speech,
    standards,
    telling,
    understanding,
)
from assistant.batch.composing import Writer, Written
from assistant.batch.readings import Readings
from assistant.batch.standing import standing_of
from assistant.batch.understanding import Understood
from assistant.batch.wanted import Want, unheard, wants
from assistant.drafting.clauses import clauses
from assistant.errors import InputError
from assistant.goals import (
    MAX_AIM_CHARACTERS,
    Aim,
    Drafter,
    DraftResult,
    Language,
    LintedGoal,
    Usage,
)
from assistant.goals.batch import BatchRow, NewNumber, Rewrite, RowResult, RowState, RowVerdict
from assistant.lint.engine import Surroundings

_SETTLED = frozenset({"duplicate-goals", "opposing-metrics", "orphan", "duplicate-results"})
"""Findings between goals of a list: they say nothing of the row by itself."""
_TIMELESS = frozenset({"no-deadline", "recurrence-only", "vague-deadline", "past-deadline"})
_MOST_QUESTIONS = 3
_MOST_GOALS, _MOST_CLAUSES = 12, 60
"""A cell with more is a document, not a goal."""
_LONGEST = 900
"""Characters of a rewrite; beyond that nobody would call it one goal."""


class Rewriter:
    """Rewrites rows one by one. Safe to use from several threads."""

    def __init__(
        self,
        assistant: service.Assistant,
        *,
        today: date,
        llm: str | None = None,
        org_goals: tuple[str, ...] = (),
        resources: tuple[str, ...] = (),
    ) -> None:
        """Take what all rows share.

        Args:
            assistant: drafts and reads; shared by all rows.
            today: the day from which dates count.
            llm: as in `Assistant.draft`; `offline` writes by rule.
            org_goals: goals of the organisation that the list serves.
            resources: means and limits that hold for all rows.
        """
        self._assistant, self._today, self._llm = assistant, today, llm
        self._org_goals, self._resources = org_goals, resources
        self._drafter = Drafter(kind="offline") if llm == "offline" else assistant.drafter_line()
        if llm not in (None, "offline"):
            self._drafter = Drafter(kind="llm", model=llm)

    def rewrite(self, row: BatchRow, before: LintedGoal) -> RowResult:
        """Return what becomes of a row.

        Args:
            row: the row.
            before: how its own text stands in its surroundings.
        """
        language = understanding.language_of(row, before)
        said = speech.load(language)
        text = row.text.strip()
        if no_goals.blank(text) or no_goals.formula(text) or no_goals.order(text):
            key = "row.skip.blank" if text else "row.skip.empty"
            return self._result(row, language, "skipped", reason=said.get(key).format(text=text[:40]))
        if len(understanding.aim_text(row)) > MAX_AIM_CHARACTERS:
            reason = said.get("row.skip.long").format(limit=f"{MAX_AIM_CHARACTERS:,}")
            return self._result(row, language, "skipped", reason=reason)
        dropped = _SETTLED | ({"no-baseline"} if understanding.compares(row.text) else set())
        before = before.model_copy(
            update={"findings": tuple(each for each in before.findings if each.rule not in dropped)}
        )
        if len(clauses(text)) > _MOST_CLAUSES:
            return self._result(
                row, language, "done", verdict="asked", before=standing_of(before, language),
                changes=(said.get("row.ask.too_many"),), questions=(said.get("row.ask.too_many_q"),),
            )  # fmt: skip
        try:
            aim = self._aim(row, language)
        except InputError:
            reason = said.get("row.skip.blank").format(text=text[:40])
            return self._result(row, language, "skipped", reason=reason)
        timed = Surroundings(timed=self._lent(before))
        understood = pieces.understand(row, language, aim, self._assistant.brief, timed)
        return _Walk(self, understood, before, timed).walk()

    def _aim(self, row: BatchRow, language: Language) -> Aim:
        return service.make_aim(
            understanding.aim_text(row),
            language=language,
            team=understanding.team_of(row, self._org_goals, self._resources),
            context=(row.title,) if row.title.strip() else (),
            today=self._today,
        )

    @staticmethod
    def _lent(before: LintedGoal) -> bool:
        """Whether the surroundings lend the row a time: it names none and yet none is missed."""
        own = any(time.kind in ("deadline", "window") for time in before.facts.times)
        return not own and not any(each.rule in _TIMELESS for each in before.findings)

    def _result(self, row: BatchRow, language: Language, state: RowState, **other: object) -> RowResult:
        known: dict[str, object] = {"drafter": self._drafter if state == "done" else None}
        return RowResult.model_validate(
            {"index": row.index, "id": row.id, "state": state, "language": language, "owner": row.owner} | known | other
        )


class _Walk:
    """One row on its way."""

    def __init__(self, rewriter: Rewriter, row: Understood, before: LintedGoal, timed: Surroundings) -> None:
        self.r, self.row, self.before, self.timed = rewriter, row, before, timed
        self.said = speech.load(row.language)
        self.writer = Writer(row, rewriter._assistant.ranker.suggest)
        self.usage = Usage()
        self.unsound = False
        self.drafter = rewriter._drafter

    def walk(self) -> RowResult:
        asking = Readings(self.row, self.before, self._remade).find()
        if asking is not None:
            return self._asked(asking.why, (*asking.questions, *telling.about_time(self.writer, self.before)))
        self.unsound = standards.misread(self.row)
        if not self.unsound and not any(each.severity in ("error", "warning") for each in self.before.findings):
            return self._done("kept", changes=telling.kept(self.row, self.before))
        if no_goals.limit(self.row.source.heard[: self.row.length]):
            return self._asked(self.said.get("row.ask.limit"), (self.said.get("row.ask.limit_q"),))
        if self.before.parts and any(part.kind == "key_result" for part in self.before.parts):
            made = key_results.write(self.writer, self.before)
            return self._used([made.line.text], [self._numbers(made)], made.changes, made.questions)
        found = self._wants()
        if len(found) > _MOST_GOALS:
            return self._asked(self.said.get("row.ask.too_many"), (self.said.get("row.ask.too_many_q"),))
        if not found:
            return self._asked(self.said.get("row.ask.no_idea"), self._questions([]))
        written = [self.writer.write(want) for want in found]
        texts = [each.line.text for each in written]
        numbers = [self._numbers(each) for each in written]
        asked = self._questions(written)
        if self._by_model():
            drafted = self._drafted()
            if isinstance(drafted, RowResult):
                return drafted
            by_model = [goal.statement for goal in drafted.goals]
            if self.guarded(by_model)[1] is None:
                new = [telling.drafted_numbers(self.row, drafted, index) for index in range(len(by_model))]
                told = telling.changes_by_model(self.writer, self.before, len(by_model))
                return self._used(by_model, new, told, tuple(each.text for each in drafted.questions) or asked)
        if left := unheard(self.row, found):
            words = self.said.get("row.guard.and").join(left[:3])
            return self._asked(self.said.get("row.ask.lost").format(words=words), asked)
        return self._used(texts, numbers, telling.changes(self.writer, written, self.before), asked)

    # --- by rule ----------------------------------------------------------------------------------------------------

    def _wants(self) -> list[Want]:
        apart = any(each.rule == "multiple-goals" for each in self.before.findings)
        return wants(self.row, apart=apart)

    def _remade(self, met: bool) -> str | None:
        """Return the row's goal with its past deadline as met or moved; None where it would hold no result."""
        return telling.remade(self.writer, self._wants(), met=met)

    def _numbers(self, written: Written | key_results.Set) -> tuple[NewNumber, ...]:
        return telling.numbers(self.row, written.line)

    # --- by model ---------------------------------------------------------------------------------------------------

    def _by_model(self) -> bool:
        return self.r._drafter.kind == "llm"

    def _drafted(self) -> DraftResult | RowResult:
        result = self.r._assistant.draft(self.row.aim, llm=self.r._llm)
        self.usage, self.drafter = result.usage, result.drafter
        if result.drafter.fallback_from is None:
            return result
        reason = self.said.get("row.failed.model").format(why=result.drafter.why or "")
        return self.r._result(
            self.row.row, self.row.language, "failed", reason=reason,
            before=standing_of(self.before, self.row.language), drafter=result.drafter, usage=result.usage,
        )  # fmt: skip

    # --- guards -----------------------------------------------------------------------------------------------------

    def _used(
        self,
        texts: list[str],
        numbers: list[tuple[NewNumber, ...]],
        changes: tuple[str, ...],
        questions: tuple[str, ...],
    ) -> RowResult:
        """Return the row with its rewrites if every guard lets them pass, else as a row to ask about."""
        own = self.row.source.text[: self.row.length]
        texts = [bodies.dated_alike(own, each) for each in texts]
        numbers = [
            tuple(each.model_copy(update={"text": bodies.dated_alike(own, each.text)}) for each in new)
            for new in numbers
        ]
        linted, fault = self.guarded(texts)
        if fault is not None:
            return self._asked(fault, questions)
        ids = [self.row.row.id] if len(texts) == 1 else [f"{self.row.row.id}{_letter(at)}" for at in range(len(texts))]
        rewrites = tuple(
            Rewrite(id=id, text=text, standing=standing_of(each, self.row.language), numbers=new)
            for id, text, each, new in zip(ids, texts, linted, numbers, strict=True)
        )
        return self._done("rewritten", rewrites=rewrites, changes=changes, questions=questions[:_MOST_QUESTIONS])

    def guarded(self, texts: list[str]) -> tuple[list[LintedGoal], str | None]:
        """Return how rewrites stand, and why they cannot be used or None."""
        row, today = self.row, self.row.today
        whole = "\n".join(texts)
        gone = keeping.lost(row.source, row.length, whole, today, row.row.owner)
        other = keeping.other_metric(self.before, row.source, row.length, whole)
        linted = [understanding.judged(row.row, text, today, self.timed)[0] for text in texts]
        if gone or other:
            words = self.said.get("row.guard.and").join(gone[:3] or [other or ""])
            return linted, self.said.get("row.ask.lost").format(words=words)
        if left := items.missing(row.source.heard[: row.length], texts):
            return linted, self.said.get("row.ask.lost").format(words=self.said.get("row.guard.and").join(left[:3]))
        if any(len(text) > _LONGEST for text in texts):
            return linted, self.said.get("row.ask.too_many")
        worse = (not self.unsound and keeping.rank(*linted) >= keeping.rank(self.before)) or keeping.rank(*linted)[
            0
        ] > 0
        if worse or not all(keeping.same_language(row.language, text) for text in texts):
            return linted, self.said.get("row.ask.not_better")
        return linted, None

    # --- results ----------------------------------------------------------------------------------------------------

    def _questions(self, written: list[Written]) -> tuple[str, ...]:
        return telling.questions(self.writer, written, self.before, _MOST_QUESTIONS)

    def _asked(self, why: str, questions: tuple[str, ...]) -> RowResult:
        asked = questions[:_MOST_QUESTIONS] or (self.said.get("row.ask.again"),)
        return self._done("asked", changes=(why,), questions=asked)

    def _done(self, verdict: RowVerdict, **other: object) -> RowResult:
        return self.r._result(
            self.row.row, self.row.language, "done", verdict=verdict,
            before=standing_of(self.before, self.row.language), drafter=self.drafter, usage=self.usage, **other,
        )  # fmt: skip


def _letter(at: int) -> str:
    """Return the letter of the nth goal of a row: a, b, … z, aa."""
    return ("" if at < 26 else _letter(at // 26 - 1)) + chr(ord("a") + at % 26)
