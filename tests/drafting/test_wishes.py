"""Which outcomes an aim names: second wishes found, troubles, means, limits and background left alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import catalogue
from assistant.drafting import brief
from assistant.drafting.wish_words import wishes_in
from assistant.errors import InputError
from assistant.retrieval import measures
from assistant.service import make_aim
from assistant.settings import Settings
from tests.conftest import tries

TODAY = date(2026, 12, 1)


def measured(text: str) -> list[str | None]:
    suggest = measures.shared(Settings()).suggest
    return [each.metric_id for each in brief.build(make_aim(text, today=TODAY), suggest).outcomes]


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("要把护士留住，病人的候诊时间也要短一点", ["voluntary-turnover-rate", "patient-waiting-time"]),
        ("同仁報修印表機都拖很久，另外新同事到職也拿不到筆電", ["it-ticket-resolution-time", "device-setup-time"]),
        ("We must keep nurses, and cut the time patients wait", ["voluntary-turnover-rate", "patient-waiting-time"]),
        ("30 new logos by June (19 last year), average discount from 18% to 12%", ["new-customers", "discount-rate"]),
        ("churn is 4.1%, want 3% by June. new clients take 6 weeks to get any use out of it, make that 3 weeks",
         ["churn-rate", "time-to-value"]),
        ("网店逛的人多下单的少，老客人也不回来复购，这两头都得抓", ["conversion-rate", "repeat-purchase-rate"]),
    ],
)  # fmt: skip
def test_a_second_wish_is_a_goal_of_its_own(text: str, metrics: list[str]) -> None:
    assert measured(text) == metrics


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("我们组也从6个人扩到14个人，现在最愁的是新人上手太慢", "ramp-up-time"),
        ("Jobs stay vacant for months and managers keep asking us for people", "time-to-hire"),
        ("Another resident fell on the ward, and I never want that to happen again", "adverse-event-rate"),
        ("出餐要快一點，客人每次都要等很久", "dish-waiting-time"),
        ("退货率要降，主要靠把尺码说明写清楚", "return-rate"),
    ],
)
def test_background_trouble_and_means_are_no_second_wish(text: str, metric: str) -> None:
    assert measured(text) == [metric]


@pytest.mark.parametrize("text", ["大棚里总是返潮长霉", "鄰居家的狗一直叫", "the pond is full of weeds"])
def test_what_only_sounds_alike_has_no_metric(text: str) -> None:
    assert measured(text) == [None]


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("希望客人多回來", True), ("要把交期缩短", True), ("We want fewer returns", True), ("keep our people", True),
        ("每次都要等半天", False), ("这是老板的重要要求", False), ("they keep chasing us", False),
        ("we half the time get shouted at", False),
    ],
)  # fmt: skip
def test_wishes_are_told_from_what_people_put_up_with(text: str, wished: bool) -> None:
    assert wishes_in(text) is wished


@settings(max_examples=tries(20), deadline=None)
@given(st.text(alphabet="我们要把也想客户慢wekptimn ，。,.0123%", max_size=60))
def test_any_text_is_read(text: str) -> None:
    known = catalogue.load().metrics
    try:
        found = measured(text)
    except InputError:
        return
    assert all(id is None or id in known for id in found)
