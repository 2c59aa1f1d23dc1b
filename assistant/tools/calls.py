"""What programs may ask, as functions whose names, types and words are the documentation that they see.

Knows nothing about how a program reaches them. Results are the JSON of `goals lint`, `goals draft` and `goals search`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal

from assistant.errors import EmptyInput, TooLong, UsageError
from assistant.goals import LANGUAGES, Aim, DraftResult, Language, LintReport, Passage, Team
from assistant.request import make_aim

MAX_LINTED_CHARACTERS = 40_000
MAX_QUESTION_CHARACTERS = 2_000
MAX_ENTRIES = 100
MAX_PASSAGES = 50
MAX_GOALS = 10


class Tools:
    """The calls, over whatever judges, drafts and searches. Safe to use from several threads where that is."""

    def __init__(
        self,
        lint: Callable[[str, date], LintReport],
        draft: Callable[[Aim], DraftResult],
        search: Callable[[str, int, Language | None], Sequence[Passage]],
    ) -> None:
        """Take what does the work; what it raises goes to the caller."""
        self._lint = lint
        self._draft = draft
        self._search = search

    @property
    def all(self) -> tuple[Callable[..., Any], ...]:
        """Return the calls, in the order in which they are shown."""
        return self.lint_goal, self.draft_goals, self.search_methods

    def lint_goal(self, text: str, today: str = "") -> dict[str, Any]:
        """Judge a goal, or a list of goals, in Chinese or English, by deterministic rules; no model is asked.

        Every finding has its place in the text, a rule name, a severity, what is wrong, what to do and, where one is
        safe, a fix. Every goal has a score from 0 to 100 and a verdict on specific, measurable, achievable, relevant,
        time-bound and consistent.

        Args:
            text: the goal, or several, one a line or as a list; up to 40,000 characters.
            today: the day to judge dates by, as 2027-03-31; empty for today.

        Returns:
            The JSON of `goals lint`: version, today, goals with their findings, facts and scorecard.
        """
        words = _text("text", text)
        if len(words) > MAX_LINTED_CHARACTERS:
            raise TooLong(
                f"The text has {len(words):,} characters; at most {MAX_LINTED_CHARACTERS:,} can be judged.",
                "Split it.",
                limit=f"{MAX_LINTED_CHARACTERS:,}",
            )
        report = self._lint(words, _day(today))
        if not report.goals:
            raise EmptyInput("There is no goal in the text.", "Write one goal a line, as list items or in fields.")
        return report.model_dump(mode="json", by_alias=True)

    def draft_goals(
        self,
        aim: str = "",
        language: Literal["auto", "zh-Hans", "zh-Hant", "en"] = "auto",
        team: str = "",
        org_goals: list[str] | None = None,
        improve: list[str] | None = None,
        resources: list[str] | None = None,
        context: list[str] | None = None,
        count: int | None = None,
        today: str = "",
    ) -> dict[str, Any]:
        """Turn a vague team aim into goals that a team can be held to, checked before they are returned.

        Goals have a statement, key results with baseline and target, guardrails, milestones and monitoring. Every
        number says where it comes from; none is invented: what nobody gave is a proposal to confirm, or a blank with
        how to measure it. `drafter` says who wrote, `questions` what an answer would improve.

        Args:
            aim: what the team wants to do better; may be empty where team or improve is given.
            language: language of the goals; auto takes the aim's.
            team: profile of the team: function, size, skills, tools.
            org_goals: goals of the organisation that the team's goals should support.
            improve: areas to improve.
            resources: means and limits.
            context: further facts, such as today's figures.
            count: number of goals, 1 to 10; empty lets the content decide.
            today: the day from which dates count, as 2027-03-31; empty for today.

        Returns:
            The JSON of `goals draft`: status, drafter, goals, numbers with their origin, citations, questions, verdict.
        """
        tongue = _text("language", language)
        if tongue != "auto" and tongue not in LANGUAGES:
            raise UsageError(f"language cannot be {tongue!r}.", f"Use one of: auto, {', '.join(LANGUAGES)}.")
        request = make_aim(
            _text("aim", aim),
            language=tongue,  # type: ignore[arg-type]
            team=Team(
                profile=_text("team", team),
                org_goals=_texts("org_goals", org_goals),
                improve=_texts("improve", improve),
                resources=_texts("resources", resources),
            ),
            context=_texts("context", context),
            today=_day(today),
            count=None if count is None else _number("count", count, MAX_GOALS),
        )
        return self._draft(request).model_dump(mode="json")

    def search_methods(
        self, question: str, k: int = 5, language: Literal["", "zh-Hans", "zh-Hant", "en"] = ""
    ) -> list[dict[str, Any]]:
        """Find passages of the method texts that answer a question about setting and following goals, best first.

        The texts cover SMART, OKR, KPI, metrics, baselines, weights, reviews and more; each passage names its source.

        Args:
            question: what you want to know, in Chinese or English; up to 2,000 characters.
            k: most passages to return, 1 to 50.
            language: language in which passages are preferred; empty for the question's own.

        Returns:
            The JSON of `goals search`: passages with id, topic, title, language, score, source and text.
        """
        words = _text("question", question)
        if not words.strip():
            raise UsageError("The question is empty.", "Ask something, such as: how to weight KPIs.")
        if len(words) > MAX_QUESTION_CHARACTERS:
            raise TooLong(
                f"The question has {len(words):,} characters; at most {MAX_QUESTION_CHARACTERS:,} can be read.",
                "Shorten it.",
                limit=f"{MAX_QUESTION_CHARACTERS:,}",
            )
        tongue = _text("language", language)
        if tongue and tongue not in LANGUAGES:
            raise UsageError(f"language cannot be {tongue!r}.", f"Use one of: {', '.join(LANGUAGES)}, or leave it out.")
        preferred = next((code for code in LANGUAGES if code == tongue), None)
        found = self._search(words, _number("k", k, MAX_PASSAGES), preferred)
        return [passage.model_dump(mode="json") for passage in found]


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{name} has to be text, not {value!r:.40}.", "Give a string.")
    return value


def _texts(name: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MAX_ENTRIES:
        raise UsageError(f"{name} has to be a list of at most {MAX_ENTRIES} texts.", "Give a list of strings.")
    return tuple(_text(f"{name}[{place}]", entry) for place, entry in enumerate(value))


def _number(name: str, value: object, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise UsageError(f"{name} cannot be {value!r:.40}.", f"Give a whole number from 1 to {most}.")
    return value


def _day(value: object) -> date:
    words = _text("today", value)
    if not words:
        return date.today()
    try:
        found = date.fromisoformat(words)
    except ValueError:
        found = None
    # The library also takes 20261121 and 2026-W47-6, in which people seldom mean what it reads.
    if found is None or found.isoformat() != words:
        raise UsageError(f"today cannot be {words!r:.40}.", "Write a date as YYYY-MM-DD.")
    return found
