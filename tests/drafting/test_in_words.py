# ruff: noqa: E501
"""Values told without a figure, several pairs of one wish, and contradictions in further wordings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting import hearing, in_words
from assistant.goals import Brief, Team
from assistant.service import Assistant, make_aim

TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant()


def read(assistant: Assistant, text: str, *resources: str) -> Brief:
    return assistant.brief(make_aim(text, today=TODAY, team=Team(resources=resources)))


def pairs(brief: Brief) -> list[tuple[str | None, str | None]]:
    return [
        (each.baseline.text if each.baseline else None, each.target.text if each.target else None)
        for each in brief.outcomes
    ]


@pytest.mark.parametrize(
    ("text", "today", "wanted"),
    [
        ("机房巡检现在每周一次，改成每天一次", "每周一次", "每天一次"),
        ("晨会从每天一次改成每周两次", "每天一次", "每周两次"),
        ("店長會議目前是月報，改成週報", "月報", "週報"),
        ("備份從每週一次改為每天一次", "每週一次", "每天一次"),
        ("Fire drills once a year; make that twice a year", "once a year", "twice a year"),
        ("Move the site inspection from monthly to weekly", "monthly", "weekly"),
        ("We want the kitchen deep-cleaned weekly instead of monthly", "monthly", "weekly"),
        ("Backups run every two weeks -> daily", "every two weeks", "daily"),
    ],
)
def test_a_rhythm_that_becomes_another_is_a_pair(text: str, today: str, wanted: str) -> None:
    pair = in_words.frequency(hearing.listen("aim", text, TODAY))
    assert pair is not None
    assert [text[each.start : each.end] for each in pair] == [today, wanted]


@pytest.mark.parametrize(
    "text",
    [
        "每天来120单，每月退货8单，想减少",
        "家长天天在群里吵，想改善",
        "每週一開會，每週五交報告，大家都累",
        "The weekly report and the monthly dashboard disagree, sort it out",
        "Suppliers ring every week asking where their money is",
        "Monthly churn is 4% and weekly actives are flat",
    ],
)
def test_rhythms_beside_each_other_are_no_pair(text: str) -> None:
    assert in_words.frequency(hearing.listen("aim", text, TODAY)) is None


@given(
    st.text(
        alphabet="每周天月一两次改成全部所有当隔日报once a week to daily the same day every of 1%，。.", max_size=60
    )
)
def test_any_text_is_read_and_places_lie_within(text: str) -> None:
    source = hearing.listen("aim", text, TODAY)
    for level in (*in_words.wished(source), *filter(None, [in_words.length(source)])):
        assert 0 <= level.start < level.end <= len(text)


@pytest.mark.parametrize(
    ("text", "baseline", "target", "shown"),
    [
        ("护士交接表只有七成有签字，明年3月底前全部要签", "七成", "全部", "100%（全部）"),
        ("雙證照只有 64% 的工程師考過，6 月底前全部考過", "64%", "全部", "100%（全部）"),
        ("71% of our vans have a dashcam. All of them need one by the end of May.", "71%", "All of them", "100% (all of them)"),
        ("报销单平均4天才批，想做到当天批完", "4天", "当天", "1 天（当天）"),
        ("門禁卡要等 3 天才開通，希望隔天就能用", "3 天", "隔天", "1 天（隔天）"),
        ("Password resets take 2 days; they should be done the same day", "2 days", "same day", "1 day (same day)"),
        ("仓库里有46张没处理的退货单，月底前清零", "46张", "清零", "0（清零）"),
        ("目前有 18 件逾期案件，3 月底前全部結清", "18 件", "全部結清", "0（全部結清）"),
    ],
)  # fmt: skip
def test_a_target_in_words_is_shown_with_the_figure_that_it_means(
    assistant: Assistant, text: str, baseline: str, target: str, shown: str
) -> None:
    assert pairs(read(assistant, text)) == [(baseline, target)]
    result = assistant.draft(make_aim(text, today=TODAY))
    main = result.goals[0].key_results[0]
    assert (main.baseline, main.target) == (baseline, shown)
    origins = {number.origin for number in result.numbers if number.text == shown}
    assert origins == {"computed"}
    assert result.verdict.ready


@pytest.mark.parametrize(
    ("text", "baseline", "target"),
    [
        ("只有一半的会员留过电话，想做到八成", "一半", "八成"),
        ("half our shifts start late, get that to 10%", "half", "10%"),
        ("領料一次要等一個禮拜，希望縮到 2 天", "一個禮拜", "2 天"),
        ("店员里有三分之一没考过上岗证，想压到5%", "三分之一", "5%"),
        ("徒弟要有40名，眼下26名", "26名", "40名"),
        ("日班良率 96%，夜班只有 92%，夜班要追到 95%", "92%", "95%"),
        ("61個模板裡真的有人用的只有14個，想多一點人用", "14個", None),
        ("退货率从9%和4%降到6%和3%", "9%", "6%"),
        ("Return rates online and in store from 9% and 4% to 6% and 3%", "9%", "6%"),
        ("Basket was £38 in 2024, £41 in 2025 and is £43 now; £48 by the end of 2027", "£43", "£48"),
    ],
)
def test_each_value_stands_in_its_role(assistant: Assistant, text: str, baseline: str, target: str | None) -> None:
    brief = read(assistant, text)
    assert pairs(brief)[0] == (baseline, target)
    assert not brief.conflicts


@pytest.mark.parametrize(
    "aim", ["目前 15 位會員", "目前52名學徒", "現在 6 小時、滿意度 74%", "the wrong site 11 times this year"]
)
def test_a_present_value_is_no_rank_label_or_part_of_a_name(aim: str) -> None:
    assert hearing.listen("aim", aim, TODAY).facts.quantities


@pytest.mark.parametrize(
    ("text", "resources", "slots"),
    [
        ("想把线上开票成功率提到99%。技术报的是95%，财务算出来只有92%。", (), ["baseline"]),
        ("Get invoice accuracy to 99%. Engineering reports 95%, yet finance's count comes to 92%.", (), ["baseline"]),
        ("上个月底之前要把退货率从8%降到5%", (), ["deadline"]),
        ("Get the return rate from 8% to 5% by the end of last month", (), ["deadline"]),
        ("We had cut the return rate to 8% by the end of last month; now 5% by June", (), []),
        ("打算再添两名巡检员，把漏检率从3%压到1%", ("公司明年不增加编制",), ["resources"]),
        ("We'll bring in two more inspectors to cut the defect rate from 3% to 1%", ("No new headcount in 2027",), ["resources"]),
        ("We'll bring in two more scanners to cut the defect rate from 3% to 1%", ("No new headcount in 2027",), []),
        ("新系统要上线。总监要求3月底，可合同里写的是5月底。", (), ["deadline"]),
        ("新系統要上線。總監要 3 月底，但合約寫的是 5 月底。", (), ["deadline"]),
        ("要上一套26万的排产软件，把准时交付率提上来，可今年只剩15万能花", (), ["resources"]),
        ("We plan to buy a £26k package to lift on-time delivery, but only £15k is left", (), ["resources"]),
        ("To cut triage waiting time we want 6 nurses on nights. There are only 4 nurses for it.", (), ["resources"]),
        ("2月底先在一个门店试点，6月底前全部门店把结账时间从4分钟压到2分钟", (), []),
        ("Get complaints to 12 a month from 19 by the end of June", (), []),
    ],
)  # fmt: skip
def test_contradictions_in_further_words(
    assistant: Assistant, text: str, resources: tuple[str, ...], slots: list[str]
) -> None:
    assert [each.slot for each in read(assistant, text, *resources).conflicts] == slots


@pytest.mark.parametrize(
    "text",
    [
        "大厅现在进了23个部门、开了64个窗口。一次办成率目前71%，2027年底前达到88%",
        "想多出点专利。对手公司去年申请了48件，集团另一个研究院报了12件，我们所刚成立",
    ],
)
def test_figures_one_after_the_other_are_no_pair_that_a_goal_has_to_take_up(assistant: Assistant, text: str) -> None:
    result = assistant.draft(make_aim(text, today=TODAY))
    assert not [gate.why for gate in result.verdict.gates if gate.name == "goals_as_stated" and not gate.passed]


def test_a_pair_that_moves_still_has_to_stand_in_a_key_result(assistant: Assistant) -> None:
    result = assistant.draft(make_aim("NPS从31提到40，明年6月底前", today=TODAY))
    main = result.goals[0].key_results[0]
    assert (main.baseline, main.target) == ("31", "40")
