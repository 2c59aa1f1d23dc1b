"""Clean drafts in three languages, and the ways to spoil one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from assistant.drafting import brief
from assistant.gates import Case
from assistant.goals import Draft, Goal, KeyResult, Language, Number
from assistant.service import Assistant, make_aim

TODAY = date(2026, 11, 21)
AIMS: dict[Language, str] = {
    "zh-Hans": "客服团队希望在2027年6月底前把首次响应时间从30分钟缩短到10分钟，客户满意度从82%提升到90%。",
    "zh-Hant": "客服團隊希望在2027年6月底前把首次回應時間從30分鐘縮短到10分鐘，顧客滿意度從82%提升到90%。",
    "en": (
        "The support team wants to cut first response time from 30 minutes to 10 minutes by 30 June 2027"
        " and raise customer satisfaction from 82% to 90%."
    ),
}


@cache
def clean(language: Language) -> Case:
    """Return a real offline draft with all that it rests on."""
    assistant = Assistant()
    aim = make_aim(AIMS[language], today=TODAY)
    result = assistant.draft(aim, llm="offline")
    passages = [assistant.passage(each.id) for each in result.citations]
    written = Draft(
        language=result.language,
        goals=result.goals,
        assumptions=result.assumptions,
        monitoring_strategy=result.monitoring_strategy,
    )
    return Case(
        brief=brief.build(aim),
        draft=written,
        numbers=result.numbers,
        citations=result.citations,
        passages=tuple(each for each in passages if each),
        today=TODAY,
    )


def goals(case: Case, *changed: Goal) -> Case:
    """Return the case with other goals."""
    return replace(case, draft=case.draft.model_copy(update={"goals": changed}))


def goal(case: Case, **changes: Any) -> Case:
    """Return the case with the first goal changed."""
    first, *others = case.draft.goals
    return goals(case, first.model_copy(update=changes), *others)


def results(case: Case, *changed: KeyResult) -> Case:
    """Return the case with other key results in the first goal."""
    return goal(case, key_results=changed)


def result(case: Case, **changes: Any) -> Case:
    """Return the case with the first key result of the first goal changed."""
    first, *others = case.draft.goals[0].key_results
    return results(case, first.model_copy(update=changes), *others)


def more(case: Case, name: str, words: dict[Language, str] | str) -> Case:
    """Return the case with words added at the end of a text of the first goal."""
    said = words if isinstance(words, str) else words[case.draft.language]
    return goal(case, **{name: getattr(case.draft.goals[0], name) + said})


def number(case: Case, origin: str, /, **changes: Any) -> Case:
    """Return the case with the first figure of that origin changed."""
    place = next(at for at, each in enumerate(case.numbers) if each.origin == origin and each.text)
    return numbers(case, place, case.numbers[place].model_copy(update=changes))


def numbers(case: Case, place: int, changed: Number) -> Case:
    """Return the case with one entry of its numbers replaced."""
    return replace(case, numbers=(*case.numbers[:place], changed, *case.numbers[place + 1 :]))


def said(case: Case, origin: str, /, *, words: str | None = None, **changes: Any) -> Case:
    """Return the case whose first figure of that origin rests on other evidence, on the place of `words` if given."""
    entry = next(each for each in case.numbers if each.origin == origin and each.text)
    if words is not None:
        start = case.brief.sources[0].text.index(words)
        changes |= {"start": start, "end": start + len(words)}
    return number(case, origin, evidence=entry.evidence.model_copy(update=changes))
