"""What counts as a figure and what does not."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.gates import figures

TODAY = date(2026, 11, 21)


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in figures.find(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("满意度到 90%", "90%"),
        ("满意度到９０％", "９０％"),
        ("八成客户在等", "八成"),
        ("九成五的工单", "九成五"),
        ("三分之二的工单", "三分之二"),
        ("百分之八十", "百分之八十"),
        ("增加三位客服", "三位"),
        ("請十個人幫忙", "十個"),
        ("花二十万元", "二十万元"),
        ("花一万元", "一万元"),
        ("补一百张工单", "一百张"),
        ("投诉减少一半", "一半"),
        ("成交提升一倍", "一倍"),
        ("退货下降一成", "一成"),
        ("百分之一", "百分之一"),
        ("三个月内见效", "三个月内"),
        ("2027 年 6 月 30 日前", "2027 年 6 月 30 日"),
        ("two thirds of all calls", "two thirds"),
        ("cut by a third", "a third"),
        ("one in five calls", "one in five"),
        ("one percent more", "one percent"),
        ("one hundred calls", "one hundred calls"),
        ("half of the customers", "half"),
        ("ninety percent", "ninety percent"),
        ("1,240 tickets", "1,240 tickets"),
        ("done by 30 June 2027", "30 June 2027"),
        ("answers doubled", "doubled"),
    ],
)
def test_figures_and_dates_count(text: str, figure: str) -> None:
    assert any(figure in each for each in found(text)), found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "每周看数",
        "每两周开会",
        "每 2 周开会",
        "每天一次",
        "每季度复盘一次",
        "复盘一次",
        "一步一步来",
        "第一步落定",
        "一致同意",
        "十分重要",
        "选一个人",
        "weekly",
        "every day",
        "every two weeks",
        "every 2 weeks",
        "one team",
        "one step at a time",
        "once a week",
        "首末统计期都避开了岁末和春节",
        "首末都取去年和今年相同的月份",
        "前後兩期的時段相同",
        "每千张工单的投诉件数",
        "complaints per 1,000 tickets",
        "the average of the whole year, not of the year-end",
    ],
)
def test_rhythms_and_a_lone_one_do_not(text: str) -> None:
    assert found(text) == []


def test_figures_come_in_order_and_the_longest_wins() -> None:
    assert found("从 82% 到 90%，2027-06-30 前") == ["82%", "90%", "2027-06-30 前"]


@settings(deadline=None)
@given(st.text(alphabet="一二三十百成半每周天次个 12.%,-abcone thirdof", max_size=40))
def test_places_are_in_order_apart_and_leave_no_digit_outside_a_rhythm(text: str) -> None:
    spans = figures.find(text, TODAY)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    if "每" not in text:
        inside = {at for span in spans for at in range(span.start, span.end)}
        assert all(at in inside for at, character in enumerate(text) if character in "12")
