# ruff: noqa: E501
"""Each reading trap by itself, so that a failure names the trap."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.goals.facts import Facts
from assistant.language import read

TODAY = date(2026, 11, 21)


def facts(text: str) -> Facts:
    return read(text, TODAY)


def values(text: str) -> list[tuple[str, str]]:
    return [(quantity.value, quantity.unit) for quantity in facts(text).quantities]


def times(text: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (time.kind, *(str(day) if day else None for day in time.resolved))
        if time.iso is None
        else (time.kind, time.iso, None)
        for time in facts(text).times
    ]


def pairs(text: str) -> list[tuple[str, str, str | None]]:
    read_facts = facts(text)
    return [
        (read_facts.quantities[change.frm].value, read_facts.quantities[change.to].value, change.direction)
        for change in read_facts.changes
        if change.frm is not None and change.to is not None
    ]


@pytest.mark.parametrize(
    "text",
    [
        "618大促期间保障系统稳定",
        "参考双十一的经验",
        "360度反馈和第三方调研",
        "P95、KR1、C2M、5W1H都写进手册",
        "取得ISO 45001:2018与ISO 14001认证",
        "第2版手册，第15页，首次发布",
        "一次性交付，一方面减负，另一方面统一口径，万一停电",
        "贯彻“十五五”规划",
        "践行18字箴言",
        "24小时热线",
        "迁到v4.0.2和Python 3.11",
        "拨打400-100-2000或13911112222，分机8001",
        "参加等保三级测评，前10名，世界500强",
        "5S管理、8D报告、7×24小时值守",
        "3号楼B302会议室，工号A10293",
        "Move v4.0.2 to Windows 10, as RFC 7231, section 6.1 asks.",
        "Call 1-800-555-0199 or +44 20 7946 0958.",
        "Start wave 3 of Project 17, tier 1 first.",
        "Staff the 24-hour hotline, 24/7, seven days a week.",
        "Stay among the top-10 suppliers",
        "Celebrate the 40th anniversary of the 21st branch",
        "A zero-based, two-way, first-class, one-off review",
    ],
)
def test_is_no_quantity(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("转化率达到８５％", [("85", "%")]),
        ("合格率达九成五", [("95", "%")]),
        ("坏账率低于千分之三", [("0.3", "%")]),
        ("营收达到三点五亿元", [("350000000", "CNY")]),
        ("签约两千三百家", [("2300", "家")]),
        ("交付周期压缩到四周半", [("4.5", "week")]),
        ("培训二十位稽核员", [("20", "人")]),
        ("通话时长降到2分45秒", [("165", "s")]),
        ("恢复时间降到1小时20分", [("80", "min")]),
        ("占比18%-20%", [("18..20", "%")]),
        ("ROI≥1:3", [("1:3", "")]),
        ("营收翻番", [("2", "x")]),
        ("营收翻两番", [("4", "x")]),
        ("营收成长一倍", [("2", "x")]),
        ("产能达到3倍", [("3", "x")]),
        ("提升3个百分点", [("3", "pp")]),
        ("業績達新台幣500萬元", [("5000000", "TWD")]),
        ("客單價NT$1,280", [("1280", "TWD")]),
        ("粉丝达到120万", [("1200000", "")]),
        ("预算14万美元", [("140000", "USD")]),
        ("签下数十家客户", [("10..90", "家")]),
        ("每小时处理30单", [("30", "单")]),
        ("占比超过三分之一", [("0.3333", "x")]),
        ("错误降到200ppm", [("200", "ppm")]),
        ("Reach $1.2M ARR", [("1200000", "USD")]),
        ("Raise £84.50 to €90k", [("84.50", "GBP"), ("90000", "EUR")]),
        ("Make $2-3 million", [("2000000..3000000", "USD")]),
        ("Nine out of ten customers recommend us", [("90", "%")]),
        ("Score 4.2/5", [("4.2", "/5")]),
        ("Hire twenty-five engineers", [("25", "engineer")]),
        ("Run 6-8 user interviews", [("6..8", "interview")]),
        ("Have zero unplanned outages", [("0", "outage")]),
        ("The repair takes 2 hours 30 minutes", [("150", "min")]),
        ("Gain 3 percentage points", [("3", "pp")]),
        ("Double revenue", [("2", "x")]),
        ("Halve waste", [("0.5", "x")]),
        ("Grow by a factor of 2.5", [("2.5", "x")]),
        ("Save 50 basis points", [("0.5", "pp")]),
        ("Use 1,200 kWh/month", [("1200", "kWh/month")]),
    ],
)
def test_value_and_unit(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("达到90%以上", "ge"), ("不低于90%", "ge"), ("不得低于90%", "ge"), ("至少90%", "ge"), ("超过90%", "ge"), ("≥90%", "ge"),
        ("90%以内", "le"), ("不超过90%", "le"), ("不高于90%", "le"), ("低于90%", "le"), ("≤90%", "le"), ("控制在90%以下", "le"),
        ("约90%", "approx"), ("90%左右", "approx"), ("达到90%", "eq"), ("8%->90%", "eq"),
        ("at least 90%", "ge"), ("no less than 90%", "ge"), ("90% or more", "ge"), ("over 90%", "ge"), ("above 90%", "ge"),
        ("at most 90%", "le"), ("no more than 90%", "le"), ("below 90%", "le"), ("not exceed 90%", "le"), ("up to 90%", "le"),
        ("about 90%", "approx"), ("roughly 90%", "approx"), ("reach 90%", "eq"), ("40+", "ge"),
    ],
)  # fmt: skip
def test_bound(text: str, bound: str) -> None:
    assert facts(text).quantities[-1].bound == bound


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("平均响应时间控制在24小时内", None),
        ("处理时效缩短至24小时以内", None),
        ("36小时内给出结论", "service"),
        ("投诉须在24小时内办结", "service"),
        ("3个月内完成上线", "window"),
        ("未来两个季度提升满意度", "window"),
        ("Keep response time within 24 hours", None),
        ("Reduce response time to within 24 hours", None),
        ("Respond within 24 hours", "service"),
        ("Reach 90% within 6 weeks", "window"),
        ("Cut setup time from 4 days to 2 days within 5 weeks", "window"),
    ],
)
def test_value_service_or_window(text: str, kind: str | None) -> None:
    assert [time.kind for time in facts(text).times] == ([kind] if kind else [])
    if kind is None:
        assert facts(text).quantities[-1].bound == "le"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q2完成", [("window", "2027-04-01", "2027-06-30")]),
        ("H1完成", [("window", "2027-01-01", "2027-06-30")]),
        ("上半年完成", [("window", "2027-01-01", "2027-06-30")]),
        ("年底前完成", [("deadline", None, "2026-12-31")]),
        ("明年年底前完成", [("deadline", None, "2027-12-31")]),
        ("第二季度末完成", [("deadline", None, "2027-06-30")]),
        ("季度末完成", [("deadline", None, "2026-12-31")]),
        ("6月底完成", [("deadline", None, "2027-06-30")]),
        ("5月中旬完成", [("window", "2027-05-11", "2027-05-20")]),
        ("3月上线", [("window", "2027-03-01", "2027-03-31")]),
        ("3个月内上线", [("window", "2026-11-21", "2027-02-21")]),
        ("调研（5.3-5.12）", [("window", "2027-05-03", "2027-05-12")]),
        ("1-6月推广", [("window", "2027-01-01", "2027-06-30")]),
        ("Q1-Q2推广", [("window", "2027-01-01", "2027-06-30")]),
        ("2027-2029年建设", [("window", "2027-01-01", "2029-12-31")]),
        ("民國118年完成", [("window", "2029-01-01", "2029-12-31")]),
        ("119年中完成", [("window", "2030-06-01", "2030-06-30")]),
        ("春节前交付", [("deadline", None, "2027-02-05")]),
        ("端午节前交付", [("deadline", None, "2027-06-08")]),
        ("双十二前备货", [("deadline", None, "2026-12-11")]),
        ("五一前上线", [("deadline", None, "2027-04-30")]),
        ("自2027年3月起执行", [("window", "2027-03-01", None)]),
        ("第三季开始前确认", [("deadline", None, "2027-06-30")]),
        ("五六个月内完成", [("window", "2026-11-21", "2027-05-21")]),
        ("10个工作日内完成", [("window", "2026-11-21", "2026-12-04")]),
        ("每两周开会", [("recurrence", "R/P2W", None)]),
        ("每季检视", [("recurrence", "R/P3M", None)]),
        ("过去一个月的数据", [("past", "2026-10-21", "2026-11-21")]),
        ("较去年提高", [("past", "2025-01-01", "2025-12-31")]),
        ("1小时30分钟内回复", [("service", "PT90M", None)]),
        ("Answer calls within 2 hours 30 minutes", [("service", "PT150M", None)]),
        ("by end of Q3", [("deadline", None, "2027-09-30")]),
        ("by EOY 2028", [("deadline", None, "2028-12-31")]),
        ("by mid-2027", [("deadline", None, "2027-06-30")]),
        ("in mid-May", [("window", "2027-05-11", "2027-05-20")]),
        ("by Friday 18 June", [("deadline", None, "2027-06-18")]),
        ("by Friday", [("deadline", None, "2026-11-27")]),
        ("between February and May 2027", [("window", "2027-02-01", "2027-05-31")]),
        ("before H2", [("deadline", None, "2026-06-30")]),
        ("before H2 2027", [("deadline", None, "2027-06-30")]),
        ("before Christmas", [("deadline", None, "2026-12-24")]),
        ("by March", [("deadline", None, "2027-03-31")]),
        ("by the close of next quarter", [("deadline", None, "2027-03-31")]),
        ("over the next 4 weeks", [("window", "2026-11-21", "2026-12-19")]),
        ("starting 1 January 2027", [("window", "2027-01-01", None)]),
        ("every two weeks", [("recurrence", "R/P2W", None)]),
        ("no later than 5pm on 9 December", [("deadline", None, "2026-12-09")]),
        ("through 2027-12-31", [("deadline", None, "2027-12-31")]),
        ("We may grow in May", [("window", "2027-05-01", "2027-05-31")]),
    ],
)
def test_time(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert times(text) == expected


@pytest.mark.parametrize("text", ["2月30日前完成", "2027年13月完成", "Q5完成", "by 31 June", "in Q5"])
def test_impossible_date(text: str) -> None:
    assert [time.certainty for time in facts(text).times] == ["impossible"]


@pytest.mark.parametrize("text", ["On 03/04/2027 we launch", "by FY26", "2027财年完成"])
def test_ambiguous_date(text: str) -> None:
    assert [time.certainty for time in facts(text).times] == ["ambiguous"]


def test_bare_month_says_how_it_was_completed() -> None:
    (time,) = facts("6月完成").times
    assert time.certainty == "inferred"
    assert time.assumption is not None and "2027" in time.assumption


def test_event_window_stays_open() -> None:
    assert [time.certainty for time in facts("系统上线后3个月内完成优化").times] == ["open"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "开卷率提升至7%（基准：当前平均6.2%），报名率提升至12%（基准：当前平均9%）",
            [("6.2", "7", "up"), ("9", "12", "up")],
        ),
        ("破损率降低至2%以内（目前为3.1%）", [("3.1", "2", "down")]),
        ("行业平均为70%，我们当前仅52%，目标设为60%", [("52", "60", None)]),
        ("考评分数从88分提升到84分", [("88", "84", "up")]),
        ("转化率 8% → 10%", [("8", "10", "up")]),
        ("NPS从-5提升到20", [("-5", "20", "up")]),
        ("现状：40%；目标：60%", [("40", "60", None)]),
        ("Reduce churn to 38 from 45", [("45", "38", "down")]),
        ("Improve response time from 10 hours to 6 hours", [("10", "6", "down")]),
        ("Raise CSAT to 90% (currently 82%)", [("82", "90", "up")]),
        ("Baseline: 40%. Target: 60%.", [("40", "60", None)]),
        ("NPS: 32 -> 45", [("32", "45", "up")]),
        ("Reach 12k sign-ups by October, up from 7.5k today", [("7500", "12000", "up")]),
        ("Sign 40 new schools by June 2027, having signed 25 in 2026", [("25", "40", None)]),
        ("Raise £90k in gifts by 2027 (we raised £72k last year)", [("72000", "90000", "up")]),
        ("Our lorries average 31 litres per 100 km. Get that down to 28 litres by June", [("31", "28", "down")]),
        ("Absence has crept up to 6.4%; bring it back to 5% by May 2027", [("6.4", "5", None)]),
        ("The yield, 81% as things stand, is to reach 86% by June 2027", [("81", "86", "up")]),
        ("Latency down from 1.8 s to 700 ms", [("1.8", "700", "down")]),
        ("Late filings: 1 in 6 now, no more than 1 in 15 by June 2027", [("1:6", "1:15", None)]),
        ("还有120份档案没有数字化，明年6月底前降到40份以内", [("120", "40", "down")]),
        ("换线1小时20分，半年内减到50分钟", [("80", "50", "down")]),
        ("师生比由1:18降至1:15", [("1:18", "1:15", "down")]),
        ("为了省电，库房温度由20度调整为22至24度", [("20", "22..24", None)]),
        ("今年前三季度平均47天，2027年上半年降到35天", [("47", "35", "down")]),
        ("预算8万元，把包装成本从6元降到5元", [("6", "5", "down")]),
    ],
)
def test_pair(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert pairs(text) == expected


def test_stated_change_belongs_to_its_pair() -> None:
    for text in (
        "签收率提升4个百分点，由90.5%升至94.5%",
        "Raise open rate by 10% from 30% to 33%",
        "入住率从60%提升至66%，增长10%",
    ):
        read_facts = facts(text)
        assert [change.stated is not None for change in read_facts.changes] == [True], text


def test_stated_change_with_another_measure_stands_alone() -> None:
    read_facts = facts("新签合同额增长20%，客户续约率由80%提升至85%")
    assert [(change.frm, change.to, change.stated) for change in read_facts.changes] == [(None, None, 0), (1, 2, None)]


@pytest.mark.parametrize(
    "text", ["运费减少至目前水平的70%", "返修率降低至去年的一半", "Reduce the backlog to half of today's level"]
)
def test_factor_of_the_present_level(text: str) -> None:
    (change,) = facts(text).changes
    assert change.relative_to_level and change.frm is None and change.direction == "down"


@pytest.mark.parametrize(
    ("text", "name", "head", "polarity"),
    [
        ("提升投诉率", "投诉率", "投诉率", "down"),
        ("提升客户投诉处理率", "客户投诉处理率", "处理率", "up"),
        ("提高使用者滿意度", "使用者滿意度", "滿意度", "up"),
        ("Raise the guest satisfaction score", "guest satisfaction score", "score", "up"),
        ("Cut median document review time", "median document review time", "review time", "down"),
        ("We own adoption.", "adoption", "adoption", "up"),
    ],
)
def test_metric(text: str, name: str, head: str, polarity: str) -> None:
    assert [(metric.name, metric.polarity) for metric in facts(text).metrics] == [(name, polarity)]
    assert facts(text).metrics[0].name.endswith(facts(text).metrics[0].head)
    assert head.endswith(facts(text).metrics[0].head) or facts(text).metrics[0].head.endswith(head)


@pytest.mark.parametrize(
    "text", ["工作效率", "月度汇报", "按季度推进", "大幅度调整", "满意度调查", "高质量发展", "on time, over time"]
)
def test_is_no_metric(text: str) -> None:
    assert facts(text).metrics == ()


@pytest.mark.parametrize(
    ("text", "name", "vague"),
    [
        ("由客服主管负责", "客服主管", False),
        ("负责人：王经理", "王经理", False),
        ("客服团队需提升满意度", "客服团队", False),
        ("相关部门配合", "相关部门", True),
        ("Owner: head of support.", "head of support", False),
        ("The marketing team will publish it", "marketing team", False),
        ("Align with stakeholders", "stakeholders", True),
    ],
)
def test_owner(text: str, name: str, vague: bool) -> None:
    assert (name, vague) in [(owner.name, owner.vague) for owner in facts(text).owners]


@pytest.mark.parametrize(
    "text",
    [
        "提升百分之X",
        "达到Y万",
        "X个月内完成",
        "待定",
        "[数值]",
        "负责人A",
        "目标____",
        "by TBD",
        "Increase [metric]",
        "from X% on",
        "xx%",
    ],
)
def test_blank(text: str) -> None:
    assert facts(text).placeholders


@pytest.mark.parametrize(
    "text", ["服务B端与C端客户", "做A/B测试", "P95延迟", "X光片", "Plan B", "Vitamin C", "AI 平台"]
)
def test_is_no_blank(text: str) -> None:
    assert facts(text).placeholders == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("大幅提升", "quantifier"), ("原则上完成", "escape"), ("尽快完成", "deadline"), ("优化流程", "verb"),
        ("以领导满意为准", "unverifiable"), ("假设为3小时", "assumption"),
        ("significantly better", "quantifier"), ("as appropriate", "escape"), ("soon", "deadline"), ("Improving it", "verb"),
        ("by gut feeling", "unverifiable"), ("assumed to be 3 hours", "assumption"),
    ],
)  # fmt: skip
def test_hedge(text: str, kind: str) -> None:
    assert kind in [hedge.kind for hedge in facts(text).hedges]


def test_pinyin_gloss_is_skipped_and_plain_letters_stay() -> None:
    read_facts = facts("小組負責人(A)將營業額達(dá)成率提升至５％")
    (quantity,) = read_facts.quantities
    assert read_facts.text[quantity.start : quantity.end] == "５％"
    assert [metric.name for metric in read_facts.metrics] == ["營業額達(dá)成率"]


@pytest.mark.parametrize("ascii_text", ["转化率,从8%提升到10%;目标:15%(现状:12%)!", "Q2内完成3场培训?"])
def test_full_width_marks_read_like_ascii(ascii_text: str) -> None:
    wide = ascii_text.translate(str.maketrans(",;:?!()%", "，；：？！（）％"))
    one, two = facts(ascii_text), facts(wide)
    assert one.model_dump(exclude={"text", "metrics", "owners", "actions"}) == two.model_dump(
        exclude={"text", "metrics", "owners", "actions"}
    )


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("为期4周的试点", "window"),
        ("提升15%", "change"),
        ("权重：满意度40%", "other"),
        ("目前8%", "baseline"),
        ("达到8%", "target"),
    ],
)
def test_role(text: str, role: str) -> None:
    assert [quantity.role for quantity in facts(text).quantities] == [role]


@pytest.mark.parametrize("text", ["把30天留存率提升", "Reduce the 30-day readmission rate", "三年规划"])
def test_length_of_time_in_a_name_is_no_quantity(text: str) -> None:
    assert values(text) == []
