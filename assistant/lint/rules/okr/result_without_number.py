"""Flags key results that cannot be measured. Knows nothing about which figure would suit."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import DOERR, GROVE
from assistant.lint.unit import Unit

RULE = Rule(
    name="result-without-number",
    id="O701",
    group="okr",
    severity="error",
    marks={"measurable": "fail"},
    pages={
        "en": Page(
            flags="A key result with neither a figure nor a verifiable deliverable.",
            why=("A key result is how the objective is measured; without a figure it is a second objective or a task."),
            example="KR3: Better open rates",
            better="KR3: Average open rate of the March issues from 21% to 25%",
            fix="Add the value to reach, or move the task to the initiatives.",
        ),
        "zh-Hans": Page(
            flags="关键结果里既没有数，也没有可验收的交付物。",
            why="KR 是用来衡量 O 的，没有数就成了又一个 O，或者一件任务。",
            example="KR3：打开率更好",
            better="KR3：3月各期平均打开率从21%提升到25%",
            fix="补上要达到的值；如果是任务，移到举措里。",
        ),
        "zh-Hant": Page(
            flags="關鍵結果裡既沒有數字，也沒有可驗收的交付物。",
            why="KR 是用來衡量 O 的，沒有數字就成了又一個 O，或者一件任務。",
            example="KR3：開信率更好",
            better="KR3：3月各期平均開信率從21%提升到25%",
            fix="補上要達到的值；如果是任務，移到行動方案裡。",
        ),
    },
    says={
        "": {
            "en": Say(
                "This key result has neither a figure nor a deliverable: “{words}”.",
                "Add the value to reach; a task belongs to the initiatives.",
            ),
            "zh-Hans": Say(
                "这条关键结果没有数，也没有可验收的交付物：“{words}”。",
                "补上要达到的值；任务移到举措里。",
            ),
            "zh-Hant": Say(
                "這條關鍵結果沒有數字，也沒有可驗收的交付物：「{words}」。",
                "補上要達到的值；任務移到行動方案裡。",
            ),
        },
    },
    sources=(
        DOERR,
        GROVE,
    ),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report a key result without anything to measure or check off."""
    if unit.kind != "key_result" or unit.services or unit.facts.placeholders or unit.ordinal:
        return
    if any(quantity.role != "window" for quantity in unit.facts.quantities):
        return
    if unit.deliverables and not unit.hard_metrics_with_direction:
        return
    start, end = unit.body
    yield Hit(start, end, {"words": unit.text[start:end].replace("\n", " ")})
