import html
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.goals import Evidence, Finding, GateResult, Number
from assistant.goals.draft import Drafter
from assistant.web.board import board
from assistant.web.marks import Marks
from assistant.web.session import Session, Turn, Version
from assistant.web.talk import examples, head, hero, promises, talk
from assistant.web.texts import texts
from tests.web.sample import AIMS, FakeBackend, passage, poisoned, result, scorecard
from tests.web.test_escape import HOSTILE

TAG = re.compile(r"<[^>]*>")


def version(language: str = "zh-Hans", **changes: Any) -> Version:
    made = result(language, **{k: changes.pop(k) for k in ("conflict", "goals", "drafter") if k in changes})
    aim = FakeBackend().make_aim(AIMS[language], team=Session().form.team())
    return Version(
        aim=aim,
        result=made.model_copy(update=changes),
        before=scorecard(25, False, measurable="fail"),
        passages=(passage(language),),
        markdown="# goal",
    )


def shown(v: Version, language: Any = "zh-Hans") -> str:
    return board(Session(language=language, versions=(v,), shown=0))


def plain(markup: str) -> str:
    return html.unescape(TAG.sub("", markup))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_part_of_the_draft_is_on_the_board(language: str) -> None:
    v = version(language, conflict=True)
    words = plain(shown(v, language))
    goal = v.result.goals[0]
    parts = [goal.title, goal.statement, goal.specific, goal.measurable, goal.achievable, goal.relevant]
    parts += [goal.time_bound, goal.monitoring, goal.objective.text, *goal.initiatives]
    parts += [kr.metric for kr in goal.key_results] + [kr.data_source for kr in goal.key_results[:2]]
    parts += [milestone.text for milestone in goal.milestones]
    parts += [
        *v.result.assumptions,
        *v.result.monitoring_strategy,
        v.result.citations[0].quote,
        passage(language).title,
    ]
    parts += [question.text for question in v.result.questions] + [v.result.conflicts[0].message]
    flat = re.sub(r"\s", "", re.sub(r"(?<=\D)\d(?=\D)", "", words))
    for part in parts:
        assert part in words or re.sub(r"\s", "", re.sub(r"(?<=\D)\d(?=\D)", "", part)) in flat, part


def test_every_number_of_a_statement_is_a_chip_with_origin_and_evidence() -> None:
    markup = shown(version())
    state = re.search(r'<p class="state".*?</p>', markup)
    assert state is not None
    chips = re.findall(r'data-origin="(\w+)" data-label="[^"]*" data-why="([^"]*)".*?>([^<]*)</span>', state[0])
    assert [(origin, words) for origin, _, words in chips] == [
        ("computed", "2027 年 6 月 30 日"),
        ("stated", "82%"),
        ("proposed", "86%"),
    ]
    assert "现在CSAT是82%" in html.unescape(chips[1][1])


def test_unknown_baselines_and_owners_are_visible_blanks() -> None:
    markup = shown(version())
    assert markup.count('data-origin="unknown"') >= 3
    assert "先从这里测出来：工单系统结单记录" in html.unescape(markup)


def test_findings_are_underlined_numbered_and_listed_with_help() -> None:
    markup = shown(version())
    found = re.search(r'<span class="find nb" data-sev="warning".*?>尽量</span>', markup)
    assert found is not None and 'data-n="1"' in found[0]
    assert "删去“尽量”，或写出要排多少班次。" in html.unescape(markup)
    assert re.search(r'class="num find[^"]*" data-sev="info"', markup)


def test_quotes_are_highlighted_in_the_passage() -> None:
    words = html.unescape(shown(version()))
    assert "无从判断高低。<mark>先用一个月的数据测出现状，再按团队的资源定出要到的值。</mark>测的口径" in words


def test_conflicts_offer_both_values_with_their_places() -> None:
    words = plain(shown(version(conflict=True)))
    assert "82%您的第一句话" in words and "78%您补充的第 1 条" in words


def test_fallback_and_failed_gates_are_told() -> None:
    drafter = Drafter(kind="offline", fallback_from="local-8b", why="no answer within 30 s")
    v = version(drafter=drafter)
    verdict = v.result.verdict.model_copy(
        update={"gates": (GateResult(name="no_invented_numbers", passed=False, why="no origin: 92%"),)}
    )
    v = v.model_copy(update={"result": v.result.model_copy(update={"verdict": verdict})})
    words = plain(shown(v, "en"))
    assert "in place of local-8b" in words and "no answer within 30 s" in words
    assert "Not ready yet" in words and "A number has no source" in words and "no origin: 92%" in words


def test_the_persons_own_words_are_compared_for_a_single_goal() -> None:
    markup = shown(version(goals=1))
    assert 'class="was"' in markup and "+67" in markup
    assert 'class="was"' not in shown(version(goals=2))


@pytest.mark.parametrize("poison", HOSTILE)
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_hostile_text_in_any_field_stays_text(poison: str, language: Any) -> None:
    clean = version(language, conflict=True)
    bad = poisoned(clean.result.model_dump(), poison)
    bad["verdict"]["scorecards"] = clean.result.verdict.scorecards
    bad["verdict"]["gates"] = (GateResult(name="g", passed=False, why=poison),)
    v = clean.model_copy(
        update={
            "result": type(clean.result).model_validate(bad),
            "passages": tuple(p.model_copy(update={"title": poison, "text": poison}) for p in clean.passages),
            "markdown": poison,
        }
    )
    session = Session(
        language=language,
        versions=(v,),
        shown=0,
        turns=(
            Turn(role="person", text=poison),
            Turn(role="assistant", kind="question", text=poison, why=poison, number=1),
        ),
        pending=v.result.questions[0],
        drafter=Drafter(kind="llm", model=poison),
    )
    for write in (board, talk, head, promises, hero, examples):
        markup = write(session)
        assert not re.search(r"[\\`$]|\{\{", markup), write.__name__
        clean_tags = {re.sub(r'"[^"]*"', '""', tag) for tag in TAG.findall(markup)}
        assert not any(re.search(r"script|img|svg onload|\son\w+=|javascript", tag) for tag in clean_tags)
    assert html.unescape(poison) in html.unescape(board(session)) or "\u2028" in poison


@given(st.data())
def test_marks_keep_every_character(data: st.DataObject) -> None:
    words = data.draw(st.text(max_size=40))
    spans = st.tuples(st.integers(-2, 42), st.integers(-2, 42))
    numbers = [
        Number(
            text="x",
            value=None,
            unit=None,
            field="/f",
            start=a,
            end=b,
            origin="proposed",
            evidence=Evidence(source="rule"),
        )
        for a, b in data.draw(st.lists(spans, max_size=4))
    ]
    findings = [
        Finding(rule="r", id="S101", severity="error", start=a, end=b, text="x", message="m", help="h", field="/f")
        for a, b in data.draw(st.lists(spans, max_size=4))
    ]
    markup = Marks(texts("en"), numbers, findings).write(words, "/f")
    from assistant.web.escape import text

    assert TAG.sub("", markup) == text(words)


def test_progress_names_the_steps_in_words() -> None:
    markup = board(Session(language="zh-Hans", steps=("read", "brief", "search")))
    assert plain(markup).index("读您的话") < plain(markup).index("查方法资料")
    assert markup.count('class="ok"') == 2 and 'class="now"' in markup and "修改查出的问题" not in markup


def test_the_legend_counts_each_figure_once() -> None:
    markup = shown(version(goals=1)).split('class="two"')[0]
    counts = dict(re.findall(r'data-lit="(\w+)".*?</span></span>[^<]*? (\d+)</button>', markup))
    assert markup.count('data-hot data-origin="stated"') > 1 and counts["stated"] == "1"
    for origin, count in counts.items():
        assert len(set(re.findall(f' data-hot data-origin="{origin}"[^>]*>([^<]*)<', markup))) == int(count), origin


@pytest.mark.parametrize(
    ("language", "words"), [("en", "4 of 6 judged"), ("zh-Hans", "已判断 4/6"), ("zh-Hant", "已判斷 4/6")]
)
def test_a_score_says_how_many_marks_it_rests_on(language: Any, words: str) -> None:
    v = version(language, goals=2)
    assert words not in plain(shown(v, language))
    partly = scorecard(100, achievable="todo", relevant="todo")
    verdict = v.result.verdict.model_copy(update={"scorecards": (partly, partly)})
    v = v.model_copy(update={"result": v.result.model_copy(update={"verdict": verdict})})
    assert plain(shown(v, language)).count(words) == 3


def test_an_empty_board_speaks_of_a_question_only_while_one_is_open() -> None:
    question = version("en").result.questions[0]
    assert "Answer the question" not in board(Session(language="en", started=True))
    assert "Answer the question" in board(Session(language="en", started=True, pending=question))


def test_a_source_shows_its_section_and_one_reference_and_folds_the_rest() -> None:
    v = version("en")
    citation = v.result.citations[0].model_copy(update={"source": "First (1981); Second (2002); Third (2005)"})
    titled = passage("en").model_copy(update={"title": "A method · Its section"})
    v = v.model_copy(update={"result": v.result.model_copy(update={"citations": (citation,)}), "passages": (titled,)})
    row = shown(v, "en").split('data-source="')[1].split("</li>")[0]
    open_, folded = row.split("<details")
    assert '<b lang="en">Its section</b>' in open_ and citation.id in plain(open_)
    assert "First (1981)" in open_ and "Second" not in open_ and "A method" not in open_
    assert "First" not in folded and "Second (2002)" in folded and "Third (2005)" in folded and "A method" in folded
    without = shown(v.model_copy(update={"passages": ()}), "en").split('data-source="')[1].split("</li>")[0]
    assert "<details" not in without and "Third (2005)" in without
