"""Who is to reach how much: read with its place, put into the tree, and added up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import language
from assistant.goals import Source, Team
from assistant.plans import allotted
from assistant.service import Assistant, make_aim

TODAY = date(2026, 12, 1)


def read(text):
    source = Source(key="context:1", text=text, facts=language.read(text, TODAY))
    return source, list(allotted.shares(source))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("其中华东区400万元、华南区350万元",
         [("华东区", "department", "400万元"), ("华南区", "department", "350万元")]),
        ("客服团队2小时内确认问题", [("客服团队", "team", "2小时内")]),
        ("張偉承擔120單、李娜80單", [("張偉", "person", "120單"), ("李娜", "person", "80單")]),
        ("公司销售额1000万元", [("公司", "company", "1000万元")]),
        ("the east team takes 40 deals", [("east team", "team", "40 deals")]),
        ("Retail team: 1.2 million USD; web team: 0.8 million USD",
         [("Retail team", "team", "1.2 million USD"), ("web team", "team", "0.8 million USD")]),
        ("The intake team confirms within 2 hours", [("intake team", "team", "within 2 hours")]),
        ("把满意度提高到85%", []),
        ("预算20万元", []),
        ("Raise revenue to 2 million USD", []),
    ],
)  # fmt: skip
def test_shares_are_read_with_their_place(text, expected):
    source, found = read(text)
    assert [(each.who.text, each.level, each.shown.text) for each in found] == expected
    for each in found:
        evidence = each.shown.evidence
        assert source.text[evidence.start : evidence.end] == each.shown.text


def test_a_procedure_is_read_at_its_arrows():
    text = "流程：登记→分派→24小时内解决"
    source = Source(key="context:1", text=text, facts=language.read(text, TODAY))
    (found,) = allotted.sequences(source)
    assert [step.text for step in found.steps] == ["登记", "分派", "24小时内解决"]


@settings(max_examples=100, deadline=None)
@given(st.text("华东区组张李公司承担→、，。：0123456789万元% ateam:", max_size=60))
def test_any_text_can_be_read(text):
    source, found = read(text)
    for each in found:
        assert each.who.text in source.text and each.value >= 0
    list(allotted.sequences(source))
    list(allotted.limits(source))


def planned(*context):
    aim = make_aim(
        "2027年6月底前把销售额从800万元提高到1000万元", today=TODAY, team=Team(profile="销售部，30人"), context=context
    )
    return Assistant().plan("service-loop", aim, llm="offline")


def sums(plan):
    return [each.message for each in plan.verdict.findings if each.rule == "sums-do-not-add-up"]


def test_parts_that_make_the_whole_pass_and_others_are_named():
    whole = planned("华东区承担400万元、华南区350万元、华北区250万元")
    assert sums(whole) == [] and whole.status == "ready"
    short = planned("华东区承担400万元、华南区350万元、华北区200万元")
    assert sums(short) == ["“销售部”的数是 1000万元，下面加起来是 950万元。"]
    assert short.status == "with_findings"
    values = [child.value.text for child in short.body.decomposition[0].children[0].children]
    assert values == ["400万元", "350万元", "200万元"]


def test_shares_of_another_kind_are_not_added_up():
    plan = planned("华东组2小时内回访、华南组4小时内回访")
    assert sums(plan) == []


def test_what_nobody_split_is_asked_for():
    plan = planned()
    people = [leaf for team in plan.body.decomposition[0].children[0].children for leaf in team.children]
    assert people and all(not leaf.name and leaf.name.question == "split" for leaf in people)
    assert any(question.key == "split" for question in plan.questions)
