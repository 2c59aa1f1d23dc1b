"""Hundreds of drafts with a figure or date planted somewhere: each is flagged, and clean drafts are not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from assistant import gates
from assistant.gates import Case, figures
from assistant.goals import LANGUAGES, Draft, DraftResult, Language
from assistant.service import Assistant
from evals import drafting_cases

AIMS_EACH, PLANTS_EACH = 60, 3
SOME = 8
"""Aims of each language that the usual run drafts; `make prove` drafts them all."""
FIELDS = ("title", "statement", "specific", "measurable", "achievable", "relevant", "time_bound", "monitoring")
SENTENCES: dict[Language, tuple[str, ...]] = {
    "zh-Hans": (
        "同行平均做到{}。", "去年同期是{}。", "据客户反馈，{}的人在等。", "预计可以省下{}。", "第二阶段到{}为止。",
        "主管说过要到{}。", "这样每次能少花{}。", "目前约有{}没有处理完。",
    ),
    "zh-Hant": (
        "同業平均做到{}。", "去年同期是{}。", "依客戶回饋，{}的人在等。", "預計可以省下{}。", "第二階段到{}為止。",
        "主管說過要到{}。", "這樣每次能少花{}。", "目前約有{}還沒處理完。",
    ),
    "en": (
        " Peers reach {} on average.", " It was {} a year ago.", " Some {} are waiting.", " This saves {}.",
        " The second stage ends at {}.", " The director mentioned {}.", " About {} are still open.",
    ),
}  # fmt: skip
AMOUNTS: dict[Language, tuple[str, ...]] = {
    "zh-Hans": (
        "{a}.{b}%", "{a}{b}万元", "{a}{b}件", "{a}.{b}分钟", "{a}{b}个百分点", "八成七", "三分之二", "二十七位同事",
        "２{b}．{a}％", "20{y}年{m}月{d}日", "20{y}-0{m}-{d}", "{m}月{d}日", "一百四十三单",
    ),
    "zh-Hant": (
        "{a}.{b}%", "{a}{b} 萬元", "{a}{b} 件", "{a}.{b} 分鐘", "{a}{b} 個百分點", "八成七", "三分之二", "二十七位同仁",
        "２{b}．{a}％", "20{y} 年 {m} 月 {d} 日", "20{y}-0{m}-{d}", "{m} 月 {d} 日", "一百四十三筆",
    ),
    "en": (
        "{a}.{b}%", "${a}{b},000", "{a}{b} tickets", "{a}.{b} minutes", "{a}{b} percentage points", "two thirds",
        "twenty-seven people", "£{a}.{b}k", "{d} March 20{y}", "20{y}-0{m}-{d}", "three quarters", "{a}{b}x",
    ),
}  # fmt: skip


@cache
def drafts(language: Language, aims: int = SOME) -> tuple[Case, ...]:
    """Offline drafts of labelled aims, as the gates see them."""
    assistant = Assistant()
    found = []
    for case in [case for case in drafting_cases.load() if case.language == language][:aims]:
        result = assistant.draft(case.aim(), llm="offline")
        draft = gates_draft(result)
        found.append(Case(assistant.brief(case.aim()), draft, result.numbers, result.citations, (), case.today))
    return tuple(found)


def gates_draft(result: DraftResult) -> Draft:
    return Draft(
        language=result.language, goals=result.goals, assumptions=result.assumptions,
        monitoring_strategy=result.monitoring_strategy,
    )  # fmt: skip


def planted(case: Case, random_: random.Random) -> tuple[Case, str]:
    """Return the case with a figure that nobody gave in one of its sentences."""
    language = case.draft.language
    known = "\n".join(source.text for source in case.brief.sources) + "".join(text for _, text in case.texts())
    while True:
        amount = random_.choice(AMOUNTS[language]).format(
            a=random_.randint(2, 9), b=random_.randint(1, 9), y=random_.randint(28, 39), m=random_.randint(2, 9),
            d=random_.randint(11, 27),
        )  # fmt: skip
        if amount not in known:
            break
    sentence = random_.choice(SENTENCES[language]).format(amount)
    at = random_.randrange(len(case.draft.goals))
    name = random_.choice(FIELDS)
    goal = case.draft.goals[at].model_copy(update={name: getattr(case.draft.goals[at], name) + sentence})
    goals = (*case.draft.goals[:at], goal, *case.draft.goals[at + 1 :])
    return replace(case, draft=case.draft.model_copy(update={"goals": goals})), sentence


def outputs(aims: int) -> Iterator[tuple[Case, str]]:
    random_ = random.Random(20)
    for language in LANGUAGES:
        for case in drafts(language, aims):
            for _ in range(PLANTS_EACH):
                yield planted(case, random_)


@pytest.mark.parametrize("aims", [SOME, pytest.param(AIMS_EACH, marks=pytest.mark.slow)])
def test_every_planted_figure_is_flagged(aims: int) -> None:
    missed, count = [], 0
    for case, sentence in outputs(aims):
        count += 1
        if gates.no_invented_numbers(case).passed:
            missed.append(sentence)
    assert count == len(LANGUAGES) * PLANTS_EACH * aims
    assert not missed


@pytest.mark.parametrize("aims", [SOME, pytest.param(AIMS_EACH, marks=pytest.mark.slow)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_clean_drafts_are_not_flagged(language: Language, aims: int) -> None:
    flagged = [
        result.why
        for case in drafts(language, aims)
        for result in (gates.no_invented_numbers(case), gates.origins_hold(case))
        if not result.passed
    ]
    assert len(flagged) <= 0.05 * len(drafts(language, aims)), flagged


WORDS: dict[Language, tuple[str, ...]] = {
    "zh-Hans": (
        "每周看一次，落后就当周补上。", "两种做法都先试一轮。", "每个月底把数字发给主管。", "首次回复要说清下一步。",
    ),
    "zh-Hant": (
        "每週看一次，落後就當週補上。", "兩種做法都先試一輪。", "每個月底把數字交給主管。", "首次回覆要說清楚下一步。",
    ),
    "en": (" Look at it every week and act within this week.", " Both ways are tried first.", " One owner a step."),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_ways_of_speaking_are_no_figures(language: Language) -> None:
    for text in WORDS[language]:
        assert not figures.find(text, drafts(language)[0].today), text
