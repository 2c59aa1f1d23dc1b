# ruff: noqa: E501
"""What is understood of an aim, by kind of trouble and in three languages; every sentence is written for these tests."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import catalogue, language
from assistant.goals import Brief, Stated, Team
from assistant.service import Assistant, make_aim

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant()


def read(assistant: Assistant, text: str, *context: str, resources: tuple[str, ...] = (), team: str = "") -> Brief:
    return assistant.brief(
        make_aim(text, today=TODAY, team=Team(profile=team, resources=resources), context=tuple(context))
    )


def shown(stated: Stated | None) -> str | None:
    return stated.text if stated else None


def around(brief: Brief, slot: str) -> list[str]:
    """Return stated values that are no outcome's own baseline or target."""
    own = [part for each in brief.outcomes for part in (each.baseline, each.target)]
    return [each.text for each in brief.stated if each.slot == slot and each not in own]


@pytest.mark.parametrize(
    ("text", "context", "baseline"),
    [
        ("想提高线索转化率", "竞品的转化率有5.2%", None),
        ("员工离职率太高，想降下来", "同行平均离职率22%", None),
        ("退货率太高", "听说隔壁组退货率只有6%", None),
        ("工单解决时间太长，要缩短", "70%的工单来自同一个系统", None),
        ("想提升NPS", "我们有31个人，粉丝8,000个", None),
        ("想提升NPS", "现在是31", "31"),
        ("想提升NPS", "NPS现在31，比同行低", "31"),
        ("想提高续约率", "我们去年续约率是81%，对手是90%", "81%"),
        ("客訴率要降低", "別家分店客訴率 3%", None),
        ("想縮短出貨時間", "倉庫有 45 人，每天 1,200 單", None),
        ("想降低離職率", "產業調查說離職率 25%", None),
        ("轉換率要拉高", "競品轉換率 4%，我們自己是 1.7%", "1.7%"),
        ("Raise our conversion rate", "A rival gets 6%", None),
        ("Cut staff turnover", "The industry survey puts turnover at 19%", None),
        ("Improve our order fill rate", "A supplier told us that another company has a fill rate of 97%", None),
        ("Speed up first response time", "40% of chats come in after 6pm", None),
        ("Raise NPS", "we have 31 people", None),
        ("Raise NPS", "it's 31 right now", "31"),
        ("課程完課率太低", "業界的完課率約 10%", None),
        ("想让更多老人用上助餐服务", "街道每年补贴12万元", None),
        ("客戶滿意度要提升", "集團平均 85%", None),
        ("Raise CSAT", "The group average is 84%", None),
        ("投诉处理时长太长", "平均3.5天", "3.5天"),
        ("Complaint handling time is too long", "3.5 days on average", "3.5 days"),
        ("Lower the return rate", "Their return rate is 9%; ours is 14%", "14%"),
        ("Raise our conversion rate", "We are behind our competitors: conversion is 2.1%", "2.1%"),
    ],
)
def test_a_figure_of_somebody_else_or_of_something_else_is_no_baseline(
    assistant: Assistant, text: str, context: str, baseline: str | None
) -> None:
    brief = read(assistant, text, context)
    assert [shown(each.baseline) for each in brief.outcomes] == [baseline]
    assert not brief.conflicts


@pytest.mark.parametrize(
    ("text", "baseline", "target", "beside"),
    [
        ("NPS要到45，现在38，首次响应时间是12分钟", "38", "45", "12分钟"),
        ("订单满足率目前91%，要到96%，缺货率是5%", "91%", "96%", "5%"),
        ("离职率从18%降到12%，招聘周期现在40天", "18%", "12%", "40天"),
        ("訂單滿足率目前 91%，要到 96%，缺貨率是 5%", "91%", "96%", "5%"),
        ("自願離職率 16%，想降到 11%，平均招募天數目前 45 天", "16%", "11%", "45 天"),
        ("Lift NPS to 50 from 41; first response time is 3 hours.", "41", "50", "3 hours"),
        ("Order fill rate should reach 97%. It is 92% now and the stockout rate is 6%.", "92%", "97%", "6%"),
        ("Voluntary turnover from 18% to 12%; time to hire is 44 days today", "18%", "12%", "44 days"),
    ],
)
def test_a_metric_named_beside_keeps_its_own_value(
    assistant: Assistant, text: str, baseline: str, target: str, beside: str
) -> None:
    brief = read(assistant, text)
    assert [(shown(each.baseline), shown(each.target)) for each in brief.outcomes] == [(baseline, target)]
    assert around(brief, "baseline") == [beside]
    assert not brief.conflicts
    result = assistant.draft(make_aim(text, today=TODAY))
    assert beside in [each.baseline for each in result.goals[0].key_results]


@pytest.mark.parametrize(
    ("text", "context", "baseline", "target"),
    [
        ("续约率第一季度78%、第三季度81%，明年底要到86%", (), "81%", "86%"),
        ("NPS去年32，今年上半年36，明年要到42", (), "36", "42"),
        ("上季度缺货率是6%，这季度5%，想降到3%", (), "5%", "3%"),
        ("客单价从2024年的52元涨到今年的61元，2027年底想到70元", (), "61元", "70元"),
        ("提高转化率到3%", ("9月转化率2.1%", "10月转化率2.4%"), "2.4%", "3%"),
        ("轉換率 5 月是 1.8%、10 月是 2.2%，明年 6 月底前要到 3%", (), "2.2%", "3%"),
        ("客訴率上半年 2.4%、第三季 2.1%，年底前要降到 1.5%", (), "2.1%", "1.5%"),
        ("Churn was 5% in Q2 and 4.2% in Q3; get it to 3% by June 2027", (), "4.2%", "3%"),
        ("Conversion was 1.8% in May and 2.2% in October; we want 3% by the end of June 2027", (), "2.2%", "3%"),
        (
            "Raise conversion to 3%",
            ("Conversion was 2.1% in September", "Conversion was 2.4% in October"),
            "2.4%",
            "3%",
        ),
    ],
)
def test_of_two_periods_the_latest_is_the_baseline_and_none_contradicts(
    assistant: Assistant, text: str, context: tuple[str, ...], baseline: str, target: str
) -> None:
    brief = read(assistant, text, *context)
    assert [(shown(each.baseline), shown(each.target)) for each in brief.outcomes] == [(baseline, target)]
    assert not brief.conflicts


@pytest.mark.parametrize(
    ("text", "baseline", "steps", "target", "deadline"),
    [
        ("准时交付率现在84%，6月底到88%，12月底到93%", "84%", ["88%"], "93%", "2027-12-31"),
        ("转化率目前2%，先到2.5%，再到3%，明年底前", "2%", ["2.5%"], "3%", "2027-12-31"),
        ("NPS至少到40，争取到45，现在35", "35", ["40"], "45", None),
        ("一次良率目前 90%，第一階段到 93%，第二階段到 96%，明年 12 月底前完成", "90%", ["93%"], "96%", "2027-12-31"),
        ("客戶流失率 6%，明年 3 月底前降到 5%，明年 9 月底前降到 4%", "6%", ["5%"], "4%", "2027-09-30"),
        ("On-time delivery is 84%: 88% by the end of March 2027 and 93% by the end of September 2027", "84%", ["88%"], "93%", "2027-09-30"),
        ("Churn from 6% to 5% by March 2027, then 4% by September 2027", "6%", ["5%"], "4%", "2027-09-30"),
        ("CSAT at least 85%, ideally 90%; it is 80% now", "80%", ["85%"], "90%", None),
    ],
)  # fmt: skip
def test_steps_lead_to_the_last_target(
    assistant: Assistant, text: str, baseline: str, steps: list[str], target: str, deadline: str | None
) -> None:
    brief = read(assistant, text)
    (outcome,) = brief.outcomes
    assert (shown(outcome.baseline), shown(outcome.target)) == (baseline, target)
    assert (outcome.deadline.value if outcome.deadline else None) == deadline
    assert around(brief, "target") == steps
    assert not brief.conflicts
    result = assistant.draft(make_aim(text, today=TODAY))
    assert all(step in result.goals[0].key_results[0].statement for step in steps)


@pytest.mark.parametrize(
    ("text", "baseline", "target", "value"),
    [
        ("明年零客诉，今年有7件", "7件", "零客诉", "0"),
        ("全年不发生一起安全事故，去年出了2起", "2起", "不发生一起", "0"),
        ("缺货清零，现在缺货率4%", "4%", "清零", "0"),
        ("明年工傷歸零，今年 3 件", "3 件", "歸零", "0"),
        ("Zero lost-time injuries next year; we had 5 this year", "5", "Zero lost-time injuries", "0"),
        ("No stockouts in Q4; stockout rate is 4% now", "4%", "No stockouts", "0"),
        ("工单平均要2天才解决，希望做到4小时内", "2天", "4小时", "4"),
        ("首次回覆平均要 3 小時，希望 30 分鐘內回", "3 小時", "30 分鐘", "30"),
        ("各单位提的取数申请要4天才能给，希望2天内给", "4天", "2天", "2"),
        ("First response takes 5 hours; we should answer within 1 hour", "5 hours", "1 hour", "1"),
    ],
)
def test_a_target_in_words_or_as_a_span_is_a_target(
    assistant: Assistant, text: str, baseline: str, target: str, value: str
) -> None:
    (outcome,) = read(assistant, text).outcomes
    assert (shown(outcome.baseline), shown(outcome.target)) == (baseline, target)
    assert outcome.target is not None
    assert outcome.target.value == value
    assert outcome.deadline is None or target not in outcome.deadline.text


@pytest.mark.parametrize(
    ("text", "baseline", "target"),
    [
        ("月活从8.5万做到12万", "8.5万", "12万"),
        ("年销售额3200万元，明年做到4000万元", "3200万元", "4000万元"),
        ("粉丝现在３．２万，年底到５万", "３．２万", "５万"),
        ("接口太慢，Ｐ９５延迟９００毫秒", "９００毫秒", None),
        ("首次响应时间现在50分钟，三个月内降到20分钟", "50分钟", "20分钟"),
        ("月活躍使用者由 12 萬提升到 18 萬", "12 萬", "18 萬"),
        ("Ｐ９５ 延遲現在 ９００ 毫秒，降到 ５００ 毫秒", "９００ 毫秒", "５００ 毫秒"),
        ("自願離職率 13% 要降", "13%", None),
        ("把退货率控制在5%以内，目前7.5%", "7.5%", "5%"),
        ("MAU from 85k to 120k", "85k", "120k"),
        ("Revenue is $1.2M; get to $1.5M by end of 2027", "$1.2M", "$1.5M"),
        ("只有三成的客户用过自助查询，想到五成", "三成", "五成"),
        ("目前 22% 的會員有開通推播，年底前到 35%", "22%", "35%"),
        ("Only 18% of stores file the weekly checklist on time; make it 60% by end of June 2027", "18%", "60%"),
    ],
)
def test_a_stated_pair_lands_in_its_fields(assistant: Assistant, text: str, baseline: str, target: str | None) -> None:
    brief = read(assistant, text)
    assert [(shown(each.baseline), shown(each.target)) for each in brief.outcomes] == [(baseline, target)]


@pytest.mark.parametrize(
    ("text", "context", "slot"),
    [
        ("续约率要到90%", ("系统里续约率是78%", "财务说续约率是83%"), "baseline"),
        ("CSAT做到90%", ("老板要求CSAT达到95%",), "target"),
        ("NPS 要到 45", ("儀表板顯示 NPS 30", "主管說 NPS 是 36"), "baseline"),
        ("準時交貨率目前 88%，要到 95%", ("ERP 的準時交貨率是 82%",), "baseline"),
        ("Get churn down to 3%", ("Finance says churn is 5%", "The CRM shows churn at 6.5%"), "baseline"),
        ("On-time delivery is 88%, target 95%", ("The ERP says on-time delivery is 82%",), "baseline"),
        ("降低退货率，从6%到9%", (), "target"),
        ("Raise NPS to 40", ("The director wants NPS at 50",), "target"),
    ],
)
def test_what_cannot_both_hold_is_a_conflict(
    assistant: Assistant, text: str, context: tuple[str, ...], slot: str
) -> None:
    assert [each.slot for each in read(assistant, text, *context).conflicts] == [slot]


@pytest.mark.parametrize(
    "text",
    [
        "一线良率92%，二线良率95%，都要到97%",
        "北区续约率80%，南区续约率86%，都做到90%",
        "CSAT 82%，NPS 35，都要提高",
        "CSAT要做到88%，现在82%，明年6月底前",
        "線上轉換率 2.1%，線下轉換率 18%，明年都要提高",
        "客訴率由 3% 降到 2%，退貨率由 5% 降到 4%",
        "把退货率控制在5%以内，目前7.5%",
        "提高会员复购率，门店A现在22%，门店B现在28%",
        "在预算20万内把获客成本从300元降到250元",
        "Line A yield is 92% and line B yield is 95%; both to 97%",
        "Raise CSAT from 80% to 85% and NPS from 30 to 40",
        "Online conversion is 2.1%, in-store conversion is 18%; raise both",
    ],
)
def test_two_metrics_and_two_parts_contradict_nothing(assistant: Assistant, text: str) -> None:
    assert not read(assistant, text).conflicts


@pytest.mark.parametrize(
    ("text", "resource", "conflict"),
    [
        ("想买一套18万元的客服系统，把首次响应时间降下来", "预算10万元", True),
        ("打算采购3台每台6万元的打包机，把发货时效提上去", "设备预算15万元", True),
        ("想买一套8万元的系统，缩短首次响应时间", "预算10万元", False),
        ("客单价从120元提到150元", "预算100元", False),
        ("要換一套 90 萬元的 WMS，提高揀貨正確率", "預算上限 60 萬元", True),
        ("要換一套 50 萬元的 WMS，提高揀貨正確率", "預算上限 60 萬元", False),
        ("We plan to buy a $40,000 chat platform to cut first response time", "Budget: $25,000", True),
        ("We plan to buy a $20,000 chat platform to cut first response time", "Budget: $25,000", False),
        ("Buy two scanners at £4,000 each to raise picking accuracy", "£5,000 in all", True),
        ("再招3个人，把响应时间降下来", "编制不变", True),
        ("发货时效从48小时缩短到24小时，需要6个人", "仓库一共4人", True),
        ("再外包一个团队，每月8万元，把工单积压降下来", "每月预算5万元", True),
        ("We need five more agents to lift the answer rate", "Headcount is frozen", True),
        ("每班安排8个人，把夜间接通率提上去", "只有5个人可用", True),
        ("排 2 個人專責，提高問卷回收率", "小組 4 個人", False),
    ],
)
def test_a_plan_beyond_the_means_is_a_conflict(assistant: Assistant, text: str, resource: str, conflict: bool) -> None:
    found = [each.slot for each in read(assistant, text, resources=(resource,)).conflicts]
    assert found == (["resources"] if conflict else [])


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("两件事：缺货要少，发货要快", 2),
        ("三个目标：转化率提高；客单价提高；退货率降低", 3),
        ("老客户复购要涨，新客获取成本要降", 2),
        ("离职率现在14%要降，另外招聘也要快一点", 2),
        ("回复太慢，客户等很久，想改善", 1),
        ("離職率要降，另外招募也要快一點", 2),
        ("兩件事：準時交貨率拉高、庫存天數降低", 2),
        ("回覆太慢，要快點處理", 1),
        ("Two things: fewer stockouts, faster delivery", 2),
        ("Cut churn, and also raise NPS", 2),
        ("三件事：1. 缩短交期 2. 降低不良率 3. 减少加班", 3),
        ("NPS 35，想提升；退货率 8%，想下降", 2),
        ("Net revenue retention 104% → 110%, gross churn 9% → 6% by Q4 2027", 2),
        ("把平均处理时长从12分钟压到8分钟，同时CSAT保持在85%以上", 1),
        ("平均處理時間由 12 分鐘壓到 8 分鐘，CSAT 維持 85%", 1),
        ("Cut churn from 5% to 3% while keeping NPS at 40", 1),
        ("Customers wait too long and get annoyed, we need to be quicker", 1),
        ("Too many stockouts and too little space. Fewer stockouts.", 1),
    ],
)
def test_as_many_outcomes_as_the_aim_names(assistant: Assistant, text: str, goals: int) -> None:
    assert len(read(assistant, text).outcomes) == goals


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("转化率从2%到3%，客单价从60元到70元，都在2027年12月31日前", "2027年12月31日"),
        ("NPS 由 30 提升到 40，2027/6/30 前", "2027/6/30"),
        ("Raise NPS from 30 to 40 by 30 June 2027", "30 June 2027"),
        ("Raise NPS from 30 to 40 by June 30, 2027", "June 30, 2027"),
    ],
)
def test_a_day_that_was_spelled_out_stands_as_written(assistant: Assistant, text: str, day: str) -> None:
    result = assistant.draft(make_aim(text, today=TODAY))
    assert all(day in goal.statement for goal in result.goals)


@pytest.mark.parametrize(
    ("text", "baseline", "target"),
    [
        ("明年10月前游完一场公开赛，现在最多能游800米", "800米", "一场公开赛"),
        ("明年秋天前騎完一趟環島，目前最多騎 60 公里", "60 公里", "一趟環島"),
        ("swim a full mile by the end of August, can do 400 metres now", "400 metres", "a full mile"),
    ],
)
def test_a_feat_beside_what_one_can_do_today_is_the_target(
    assistant: Assistant, text: str, baseline: str, target: str
) -> None:
    (outcome,) = read(assistant, text).outcomes
    assert (shown(outcome.baseline), shown(outcome.target)) == (baseline, target)


def test_a_limit_under_the_present_value_is_a_way_down(assistant: Assistant) -> None:
    (outcome,) = read(assistant, "把退货率控制在5%以内，目前7.5%").outcomes
    assert outcome.direction == "down"


def test_a_value_of_another_part_is_not_told_as_a_former_one(assistant: Assistant) -> None:
    brief = read(assistant, "提高会员复购率，门店A现在22%，门店B现在28%")
    assert around(brief, "baseline") == []


def test_a_period_that_dates_a_report_is_no_deadline(assistant: Assistant) -> None:
    brief = read(assistant, "Raise the conversion rate to 4% by the end of June 2027", "Conversion was 2.2% in October")
    assert [each.deadline.value for each in brief.outcomes if each.deadline] == ["2027-06-30"]
    assert not brief.conflicts


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("老师批卷子太慢，学生都忘了自己错哪", {"speed", "learning"}),
        ("审计提的那几条整改，半年了还挂着", {"compliance", "quality"}),
        ("会员群发了消息也没几个人点", {"engagement", "reach"}),
        ("产线小停机太多，班长天天灭火", {"productivity", "reliability"}),
        ("上线一次回滚一次，谁都不敢发版", {"reliability", "quality"}),
        ("门店一到饭点就缺人手，客人排到门外", {"productivity", "delivery", "speed"}),
        ("新来的护士一个月了还不敢单独值班", {"learning", "speed"}),
        ("同事的電腦壞了要等資訊室好幾天", {"speed", "resolution"}),
        ("民眾跑第二趟才辦得成，抱怨很多", {"resolution", "satisfaction"}),
        ("網站開得好慢，手機上根本等不下去", {"speed", "reliability"}),
        ("設計稿改了又改，大家都累了", {"productivity", "quality"}),
        ("我們的貼文沒人分享也沒人留言", {"engagement", "reach"}),
        ("客房清潔常被客人嫌", {"quality", "reliability", "satisfaction"}),
        ("主管很少跟組員一對一談", {"engagement", "collaboration"}),
        ("our quotes go out and then silence, we hardly win any", {"conversion", "revenue"}),
        ("nurses keep chasing the previous shift for details", {"collaboration", "quality"}),
        ("people read the first lines of our articles and leave", {"engagement", "quality"}),
        ("suppliers ring every week asking where their money is", {"reliability", "compliance"}),
        ("guests wait forever for their mains", {"speed"}),
        ("we find out weeks later that someone was in our systems", {"speed", "safety"}),
        ("our trainees keep failing the certificate", {"learning", "quality"}),
        ("I spend everything by the 20th and want to put something aside", {"cash"}),
    ],
)
def test_a_wish_told_as_a_trouble_finds_its_measure(assistant: Assistant, text: str, families: set[str]) -> None:
    (outcome,) = read(assistant, text).outcomes
    assert outcome.metric_id is not None
    assert families & set(catalogue.load().metrics[outcome.metric_id].families), outcome.metric_id


@pytest.mark.parametrize(
    "text",
    [
        "小区流浪狗太多，老人孩子都怕",
        "楼道里堆满杂物，说了多少次也没人清",
        "果園的猴子一直來偷吃",
        "廟埕前的攤販亂擺",
        "the village hall roof leaks onto the stage",
        "badgers keep digging up the cricket pitch",
    ],
)
def test_what_nothing_in_the_catalogue_is_near_to_gets_no_look_alike(assistant: Assistant, text: str) -> None:
    assert [each.metric_id for each in read(assistant, text).outcomes] == [None]


@pytest.mark.parametrize(
    ("text", "name", "baseline", "target", "direction"),
    [
        ("苗圃的出苗率要达到88%", "苗圃的出苗率", None, "88%", "up"),
        ("校门口乱停的车每天大约60辆，家长意见很大，想少一点", "校门口乱停的车数量", "60辆", None, "down"),
        ("旧衣回收箱里没法用的占到31%，得想个办法", "旧衣回收箱里没法用的占比", "31%", None, None),
        ("巷口違規停車目前一天 18 件，里民一直反映，想改善", "巷口違規停車數量", "18 件", None, "down"),
        ("每場講座希望至少有 50 人來", "每場講座人數", None, "50 人", "up"),
        (
            "greenhouse heating runs 14 hours a day. I'd like that at 9 hours by spring",
            "greenhouse heating", "14 hours", "9 hours", "down",
        ),
        ("noise in the yard is 78 dB now, under 70 dB by March", "noise in the yard", "78 dB", "70 dB", "down"),
        (
            "the ferry should leave on time 95% of the time",
            "how often the ferry leave on time", None, "95%", "up",
        ),
    ],
)  # fmt: skip
def test_figures_of_a_measure_that_only_the_person_knows_are_its_own(
    assistant: Assistant, text: str, name: str, baseline: str | None, target: str | None, direction: str | None
) -> None:
    (outcome,) = read(assistant, text).outcomes
    assert (outcome.metric_id, outcome.metric_name) == (None, name)
    assert (shown(outcome.baseline), shown(outcome.target)) == (baseline, target)
    assert direction is None or outcome.direction == direction


@pytest.mark.parametrize(
    ("text", "metric", "baseline", "target"),
    [
        ("收件箱里积了310封没回的信，想清空", "ticket-backlog", "310封", "清空"),
        ("打樣一次要 19 天，太拖了，想縮短", "prototype-iteration-time", "19 天", None),
        ("準時出貨率掉到 79%，得救一下", "on-time-shipping-rate", "79%", None),
        ("Win 1 in 4 of the grants that we bid for", "grant-success-rate", None, "1 in 4"),
        ("barely 9% of accounts have tried the new export since launch", "feature-adoption", "9%", None),
        (
            "We deploy once a month; want to be at twice a week by April",
            "deployment-frequency", "once a month", "twice a week",
        ),
        ("Notice a break-in on our network within 6 hours", "time-to-detect", None, "6 hours"),
        ("明年全年想募到 450 萬元，今年募了 310 萬元", "funds-raised", "310 萬元", "450 萬元"),
    ],
)  # fmt: skip
def test_a_figure_is_read_by_the_words_and_clauses_around_it(
    assistant: Assistant, text: str, metric: str, baseline: str | None, target: str | None
) -> None:
    (outcome,) = read(assistant, text).outcomes
    assert outcome.metric_id == metric
    assert (shown(outcome.baseline), shown(outcome.target)) == (baseline, target)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("房间太吵，早餐也总是凉的，两件事都想改", 2),
        ("健檢等太久，櫃檯態度也差，兩件事都要處理", 2),
        ("公園的廁所、路燈跟長椅都被罵，想一起改善", 3),
        ("raise £60k, keep 70% of our donors and reach 900 families by June", 3),
        ("报表做了没几个人打开，业务还是凭感觉，想让大家用起来", 1),
        ("備料常常出錯，師傅白跑一趟，想少一點這種事", 1),
        ("CSAT is 71% and I want it higher", 1),
        ("Too many gaps on the shelves, customers walk out", 1),
    ],
)
def test_a_trouble_and_its_wish_are_one_and_listed_wishes_are_several(
    assistant: Assistant, text: str, count: int
) -> None:
    assert len(read(assistant, text).outcomes) == count


@pytest.mark.parametrize(
    ("text", "resources", "slots"),
    [
        ("客服要开两班倒，每班至少9个人。可全组就14个人，也不让再招", (), ["resources"]),
        ("Cover reception with 3 people on each of two shifts", ("5 people in all",), ["resources"]),
        ("Cover reception with 3 people on each of two shifts", ("8 people in all",), []),
        ("要買 4 台貼標機，每台 30 萬，把不良率從 3% 降到 2%；設備預算只核了 100 萬", (), ["resources"]),
        ("要買 3 台貼標機，每台 30 萬，把不良率從 3% 降到 2%；設備預算核了 100 萬", (), []),
        ("Buy 5 ovens at £12k each to cut the defect rate from 4% to 2%. The budget is £40k.", (), ["resources"]),
        ("顧客回購率忠孝店 31%，復興店 27%，兩家年底前都要到 40%", (), []),
    ],
)
def test_people_and_money_in_other_words(
    assistant: Assistant, text: str, resources: tuple[str, ...], slots: list[str]
) -> None:
    assert [each.slot for each in read(assistant, text, resources=resources).conflicts] == slots


def test_no_objective_of_the_catalogue_holds_a_figure() -> None:
    for metric in catalogue.load().metrics.values():
        for words in metric.text.values():
            for text in words.objectives:
                assert not language.read(text, TODAY).quantities, text
