"""A year of selling: stated figures in funnel, path and budget; what follows from two of them; nothing more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assistant.goals import Team
from assistant.plans import outlining, parting, pipeline
from assistant.service import Assistant, make_aim
from tests.plans.made import TODAY


@pytest.fixture(scope="module")
def selling():
    aim = make_aim(
        "全年销售额从5000万元提升到6500万元，客户流失率从12%降到8%",
        today=TODAY,
        context=(
            "目标客户：中型制造企业、连锁零售。竞争对手：甲公司、乙公司。优势：交付快；定位：让中型企业用得起的智能设备",
            "线索每月500个，意向客户100个，成交转化率20%",
            "营销预算80万元，广告费30万元，展会费15万元",
            "新品上市发布会，3月10日至3月12日：市场部负责",
        ),
        team=Team(profile="销售与市场部，30人"),
    )
    result = Assistant().draft(parting.for_goals(aim), llm="offline")
    return pipeline.plan("sales-marketing", aim, result, start=date(2027, 1, 1), end=date(2027, 12, 31))


def test_the_funnel_computes_only_what_two_stated_figures_give(selling):
    stages = {each.name.text: each for each in selling.body.funnel}
    assert stages["线索"].count.origin == "stated"
    assert (stages["意向"].rate.value, stages["意向"].rate.origin) == (Decimal(20), "computed")
    assert (stages["成交"].count.value, stages["成交"].count.origin) == (Decimal(20), "computed")
    assert stages["触达"].count.blank
    assert stages["复购与转介"].rate.blank


def test_the_path_keeps_the_scale_of_the_figures(selling):
    assert [row.targets[0].text for row in selling.body.forecast] == ["5375万元", "5750万元", "6125万元", "6500万元"]
    assert [row.targets[1].text for row in selling.body.forecast] == ["11%", "10%", "9%", "8%"]


def test_what_was_said_is_placed_and_the_rest_is_asked_for(selling):
    body = selling.body
    assert selling.status == "ready"
    assert [each.name.text for each in body.personas] == ["中型制造企业", "连锁零售"]
    assert [each.name.text for each in body.competitors] == ["甲公司", "乙公司"]
    assert body.strategy[0].content.text == "让中型企业用得起的智能设备"
    assert body.calendar[0].name.text == "新品上市发布会"
    assert body.budget[0].amount.value == Decimal(800000)
    assert {"market", "trends", "rival", "funnel"} <= {question.key for question in selling.questions}


def test_the_picture_of_the_funnel_is_no_sum(selling):
    outline = outlining.outline(selling)
    blocks = [block for section in outline.sections for block in section.blocks]
    (picture,) = [block for block in blocks if block.block == "weights" and block.key == "funnel"]
    assert not picture.whole
    assert [part.percent for part in picture.parts] == [None, Decimal(100), Decimal(20), Decimal(4), None]
