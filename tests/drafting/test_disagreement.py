# ruff: noqa: E501
"""What a text says against itself, and what only looks like it: people, days, orders and figures of other things."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.goals import Brief, Team
from assistant.service import Assistant, make_aim

TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant()


def read(assistant: Assistant, text: str, resource: str = "") -> Brief:
    return assistant.brief(make_aim(text, today=TODAY, team=Team(resources=(resource,) if resource else ())))


def slots(brief: Brief) -> set[str]:
    return {each.slot for each in brief.conflicts}


@pytest.mark.parametrize(
    ("text", "resource"),
    [
        ("合同盖章平均要6天，想缩到2天，准备再招3个行政专员", "今年一个人都加不了"),
        ("报销审核太慢，计划新增2名会计", "上面说了，一个编制都没有"),
        ("客訴回覆要9小時，年底前縮到3小時，打算多請2位專員", "員額凍結，明年不再增聘"),
        ("Answer tickets in 4 hours, not 9, by June. We plan to recruit two analysts.", "no new hires until 2028"),
        ("Cut invoice errors from 6% to 2% by March. Plan is to bring on 3 clerks.", "hiring is on hold"),
        ("夜间巡查发现率要上去，每层楼安排3个保安，一共4层", "保安总共9人"),
        ("病房跌倒每月8件，半年內降到4件，每區排3名護理師，共4區", "護理師總共10名"),
        ("Cut falls from 9 to 4 a month by June. We will post 2 guards on each floor, 6 floors.", "8 guards in total"),
        ("Cut downtime from 12% to 6% by May. The idea is to dedicate 6 electricians to it.", "4 electricians in all"),
        ("设备停机率12%，6月底前降到6%，抽6名电工专门搞", "电工一共4名"),
    ],
)
def test_a_plan_needs_more_people_than_there_are(assistant: Assistant, text: str, resource: str) -> None:
    assert slots(read(assistant, text, resource)) == {"resources"}


@pytest.mark.parametrize(
    ("text", "resource"),
    [
        ("每层楼安排2个保安，一共4层，夜间巡查发现率要上去", "保安总共9人"),
        ("病房跌倒每月8件，半年內降到4件，每區排2名護理師，共4區", "護理師總共10名"),
        ("Cut falls from 9 to 4 a month by June. We will post 2 guards on each floor, 3 floors.", "8 guards in total"),
        ("设备停机率12%，6月底前降到6%，抽3名电工专门搞", "电工一共4名"),
        ("设备停机率12%，6月底前降到6%，抽6名电工专门搞", "仓管一共4名"),
        ("想新增20名会员", "今年编制冻结"),
    ],
)
def test_a_plan_within_the_people_there_are_is_none(assistant: Assistant, text: str, resource: str) -> None:
    assert slots(read(assistant, text, resource)) == set()


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("空置率18%，要求降到10%。总经理开会说6月底前完成，邮件里又写9月底完成", "deadline"),
        ("退貨率5%，要壓到3%。會議紀錄寫第一季底前，合約上卻寫4月底前", "deadline"),
        ("Reduce vacancy from 18% to 10%. My boss said by the end of June, but the contract says end of September.", "deadline"),
        ("差旅费去年210万，老板要求明年控制在160万，财务的预算表写的是140万", "target"),
        ("Travel cost us $900k last year. The CFO wants $700k in 2027; the budget says $600k.", "target"),
        ("客户满意度报表上是82%，系统里却是76%，年底前要到88%", "baseline"),
    ],
)  # fmt: skip
def test_two_who_do_not_agree(assistant: Assistant, text: str, slot: str) -> None:
    assert slots(read(assistant, text)) == {slot}


@pytest.mark.parametrize(
    ("text", "baseline", "target"),
    [
        ("退货率从5%降到3%，3月底前先做华东，6月底前全部做完", "5%", "3%"),
        ("Reduce churn from 8% to 5%. Pilot by March, everyone by the end of June.", "8%", "5%"),
        ("直销占比只有22%，其余靠经销商，经销商返点12%，明年底直销占比要到35%", "22%", "35%"),
        ("官網訂單只佔15%，其他都走平台，平台抽成20%，明年底官網要拉到28%", "15%", "28%"),
        ("抽檢合格率86%，端午前要到94%，旺季有四成是外包人員", "86%", "94%"),
        ("Click rate is 3% on the partner list and 7% on the staff list. Both to 9% by June.", "3%", "9%"),
        ("First-time pass rate is 71% in Leeds and 83% in York. Want 90% in both by June.", "71%", "90%"),
        ("Occupancy rate 64%, comp set runs at 71%, we want 70% by December 2027.", "64%", "70%"),
        ("苗木成活率83%，邻县都90%了，争取明年清明前到88%", "83%", "88%"),
        ("今年12次发版有5次回滚，明年上半年压到最多2次", "5次", "2次"),
        ("上個月20場活動有7場開天窗，第三季前要壓到2場以內", "7場", "2場"),
        ("Late filings are sitting at 12%. We handle roughly 300 of them a year from four offices. I need late filings at 8% by June.", "12%", "8%"),
        ("我们有12个门店、38个收银台。收银差错率目前0.9%，2027年6月底前降到0.4%", "0.9%", "0.4%"),
        ("退貨率 每月7.2%，老闆要求砍半，明年6月底前", "7.2%", "砍半"),
    ],
)  # fmt: skip
def test_a_figure_of_another_thing_contradicts_nothing(
    assistant: Assistant, text: str, baseline: str, target: str
) -> None:
    brief = read(assistant, text)
    assert not brief.conflicts
    assert len(brief.outcomes) == 1
    assert brief.outcomes[0].baseline is not None and brief.outcomes[0].baseline.text == baseline
    assert brief.outcomes[0].target is not None and brief.outcomes[0].target.text == target


def test_a_term_counts_from_today(assistant: Assistant) -> None:
    deadline = read(assistant, "退貨率 每月7.2% 目標5% 期限四個月").outcomes[0].deadline
    assert deadline is not None and deadline.value == "2027-04-01"
