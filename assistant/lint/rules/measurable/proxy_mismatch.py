# ruff: noqa: E501
"""Flags measures that do not measure the stated aim. Knows nothing about which measure would."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.language.later import later
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import GOODHART, ORDONEZ
from assistant.lint.unit import Unit
from assistant.lint.words import pattern

RULE = Rule(
    name="proxy-mismatch",
    id="M212",
    group="measurable",
    severity="warning",
    marks={"measurable": "warn"},
    pages={
        "en": Page(
            flags="A measure that counts the work done where the stated aim is a result: satisfaction by emails sent.",
            why="The count can be met in full while the aim gets no nearer; people work for the count.",
            example="Raise customer satisfaction by 30 June 2027, measured by the number of emails sent: 400",
            better="Raise customer satisfaction from 82% to 88% by 30 June 2027, measured by the survey after each case",
            fix="Measure the result itself; keep the count of work as a step towards it.",
        ),
        "zh-Hans": Page(
            flags="目标说的是结果，却用做了多少事来衡量：拿发了几封邮件来量满意度。",
            why="数量做满了，结果可以一点没变；大家会冲着数量去做。",
            example="2027年6月底前提升客户满意度，以发送400封邮件的数量衡量",
            better="2027年6月底前客户满意度从82%提升到88%，以每单回访评分衡量",
            fix="直接衡量结果；做了多少事只当过程看。",
        ),
        "zh-Hant": Page(
            flags="目標說的是結果，卻用做了多少事來衡量：拿寄了幾封信來量滿意度。",
            why="數量做滿了，結果可能一點都沒變；大家會衝著數量去做。",
            example="2027年6月底前提升顧客滿意度，以寄送400封信件的數量衡量",
            better="2027年6月底前顧客滿意度從82%提升到88%，以每件案件的回訪評分衡量",
            fix="直接衡量結果；做了多少事只當過程看。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{measure}” counts work; it does not show “{aim}”.",
                "Measure the result itself and keep the count as a step.",
            ),
            "zh-Hans": Say("“{measure}”数的是做了多少事，量不出“{aim}”。", "直接衡量结果，做了多少只当过程看。"),
            "zh-Hant": Say("「{measure}」數的是做了多少事，量不出「{aim}」。", "直接衡量結果，做了多少只當過程看。"),
        },
    },
    sources=(GOODHART, ORDONEZ),
)

_MEASURED = later(
    r"(?:以|用|按|通过|看|凭|依)(?P<zh>(?:[^,，。;；\n]|(?<=\d),(?=\d)){2,40}?)(?:来|为)?(?:为准|衡量|考核|评估|评价|计量|度量|体现|(?:作为|为)(?:衡量|考核|评价|评估)?(?:标准|指标|依据|基准))"
    r"|(?:衡量(?:标准|指标|方式)|考核(?:标准|指标|方式)|指标)\s*(?:为|是|:)\s*(?P<label>(?:[^,，。;；\n]|(?<=\d),(?=\d)){2,40})"
    r"|(?<![a-z])(?:as )?(?:measured|judged|tracked|evidenced|shown|assessed|gauged|demonstrated|scored) (?:by|through|via|on|using)\s+(?P<en>[^.;\n]{3,80})"
    r"|(?<![a-z])(?:measure|metric|kpi|indicator)\s*:\s*(?P<kpi>[^.;\n]{3,80})"
)
_COUNTED = later(
    r"(?:拨打|外呼|打满|打出|发出|寄出|寄送|发送|发放|派发|张贴|印制|购买|采购|举办|召开|组织|参加|撰写|上传)[^,，。]{0,12}?\d[\d,]*\s*(?:通|封|份|场|次|篇|张|本|册|条|则|个|小时)"
    r"|(?<![a-z])(?:number|count) of (?:[a-z-]+ ){1,4}(?:on the walls?|sent|held|made|bought|purchased|published|posted|written|delivered|attended|hung|printed|mailed|run|given|ordered|opened|booked)(?![a-z])"
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report a named measure of effort behind an aim that is a result."""
    aim = pattern("result_aim").search(unit.plain, unit.start, unit.end)
    if aim is None:
        return
    for match in _MEASURED.finditer(unit.plain, aim.end(), unit.end):
        group = next(name for name in ("zh", "label", "en", "kpi") if match[name])
        start, end = match.span(group)
        effort = pattern("effort_measure").search(unit.plain, start, end) or _COUNTED.search(unit.plain, start, end)
        if effort is None or pattern("result_measure").search(unit.plain, start, end):
            continue
        yield Hit(start, end, {"measure": unit.text[start:end].strip(), "aim": unit.text[aim.start() : aim.end()]})
