# ruff: noqa: E501
"""Flags from→to pairs that move against their verb or metric. Knows nothing about which of the two is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.goals.facts import Action, Change, Direction, Quantity
from assistant.language.later import later
from assistant.lint.arithmetic import is_duration, step
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.slices import within
from assistant.lint.sources import ARITHMETIC
from assistant.lint.unit import Unit

RULE = Rule(
    name="direction-contradiction",
    id="C601",
    group="consistent",
    severity="error",
    marks={"consistent": "fail"},
    contradiction=True,
    pages={
        "en": Page(
            flags="The verb says up while the two values say down, or the reverse. Verbs of no direction (bring, get, take) say neither.",
            why="Either the values are swapped or one is mistyped; guessing wrong turns the goal round.",
            example="Reduce churn from 5% to 8% by 30 June 2027",
            better="Reduce churn from 8% to 5% by 30 June 2027",
            fix="Check which of the two values is today's, and write that one first.",
        ),
        "zh-Hans": Page(
            flags="动词说升，两个数却在降；或者相反。不含方向的动词（调整、变为）不算。",
            why="不是两个数写反了，就是有一个写错了；猜错就把目标改反了。",
            example="2027年6月底前把流失率从5%降低到8%",
            better="2027年6月底前把流失率从8%降低到5%",
            fix="核对哪个是现值，把现值写在前面。",
        ),
        "zh-Hant": Page(
            flags="動詞說升，兩個數字卻在降；或者相反。不含方向的動詞（調整、變為）不算。",
            why="不是兩個數字寫反了，就是有一個寫錯了；猜錯就把目標改反了。",
            example="2027年6月底前把流失率從5%降低到8%",
            better="2027年6月底前把流失率從8%降低到5%",
            fix="核對哪個是現值，把現值寫在前面。",
        ),
    },
    says={
        "up": {
            "en": Say(
                "The words ask for more, but {frm} → {to} goes down.",
                "Check whether the two values are swapped or one is mistyped.",
            ),
            "zh-Hans": Say("字面要升，{frm}→{to}却在降。", "核对两个数是不是写反了，或者有一个写错了。"),
            "zh-Hant": Say("字面要升，{frm}→{to}卻在降。", "核對兩個數字是不是寫反了，或者有一個寫錯了。"),
        },
        "down": {
            "en": Say(
                "The words ask for less, but {frm} → {to} goes up.",
                "Check whether the two values are swapped or one is mistyped.",
            ),
            "zh-Hans": Say("字面要降，{frm}→{to}却在升。", "核对两个数是不是写反了，或者有一个写错了。"),
            "zh-Hant": Say("字面要降，{frm}→{to}卻在升。", "核對兩個數字是不是寫反了，或者有一個寫錯了。"),
        },
    },
    sources=(ARITHMETIC,),
)
_WAIT = later(r"时间|时长|周期|天数|时效|(?<![a-z])(?:time|delay|turnaround|wait|lead time|latency)")
_LASTS = later(
    r"续航|停留|在线|使用|学习|无故障|间隔|寿命|(?<![a-z])(?:battery|uptime|life|stay|session|watch|between failures|study)"
)
_UP_OR_DOWN = later(r"(?<![a-z])(up|down) from [$€£]?$")
_MOVES = later(
    r"[把将]|(?<![a-z-])(?<!it )(?<!that )(?:bring|get|take|shift|move|put|adjust)(?:s|ting|ing)?(?![a-z-])(?! average)"
    r"|(?<![a-z-])(?:brought|got|taking|moving)(?![a-z-])(?! average)"
)
"""Verbs of no direction, with the word that puts the measure before a Chinese one."""
_PURPOSE = later(r"(?<![a-z])(?:to|and|so|by|which|that|while)(?![a-z])|[以并从使]")
_CLAUSES = later(r"[,，;；:：]")
_ARTICLE = later(r"(?:(?<![a-z])(?:an? [a-z]+|the|our|its|their|of|in|(?:bring|get|take|shift|move|put)s?)[ ]|的)$")
_PLACES = later(r"排名|名次|位次|(?<![a-z])(?:rank(?:ing|ed)?|league table|place|position)(?![a-z])")
"""Places in an order: up means a smaller number."""
_NOUN = later(r"[增涨升降减跌]幅")
_NEUTRAL = ("提升", "提高", "改善", "优化", "改进", "improv", "optimi", "enhanc", "better")


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Compare the direction of every pair with what its words ask for."""
    for change in unit.facts.changes:
        frm, to = unit.quantity(change.frm), unit.quantity(change.to)
        if frm is None or to is None or change.relative_to_level:
            continue
        if change.direction not in ("up", "down"):
            if _waits_longer(unit, frm, to):
                yield _hit(unit, frm, to, "down")
            continue
        moved = step(frm, to)
        if not moved:
            continue
        if not unit.written_as_move(frm, to) and not unit.asks_against(change, frm, to):
            continue
        if _PLACES.search(unit.plain, *unit.sentence(frm.start)):
            continue
        went: Direction = "up" if moved > 0 else "down"
        if went == change.direction or not _asked(unit, change, frm, to) or _speaks_of_quality(unit, change, went):
            continue
        yield _hit(unit, frm, to, change.direction)


def _hit(unit: Unit, frm: Quantity, to: Quantity, asked: Direction) -> Hit:
    start, end = unit.span_of(frm, to)
    verb = _verb_between(unit, start, end)
    values = {"frm": unit.text[frm.start : frm.end].strip(), "to": unit.text[to.start : to.end].strip()}
    return Hit(min(start, verb[0]), max(end, verb[1]), values, say=asked)


def _asked(unit: Unit, change: Change, frm: Quantity, to: Quantity) -> bool:
    """Tell whether a word of the sentence asks for the change's direction: a verb, or "up" or "down" beside the pair.

    A verb that only betters the measure asks for the measure's good side; nouns such as "the growth of" ask for nothing.
    """
    start, _ = unit.sentence(min(frm.start, to.start))
    _, end = unit.sentence(max(frm.end, to.end) - 1)
    said = _UP_OR_DOWN.search(unit.plain, max(start, frm.start - 12), frm.start)
    if said is not None and said.group(1) == change.direction:
        return True
    for action in within(unit.facts.actions, start, end):
        verb = unit.plain[action.start : action.end]
        if not _governs(unit, change, action, frm, to):
            continue
        if action.direction == change.direction and not _is_noun(unit, action.start, action.end):
            return True
        if action.direction is None and verb.startswith(_NEUTRAL):
            return True
    return False


def _governs(unit: Unit, change: Change, action: Action, frm: Quantity, to: Quantity) -> bool:
    """Tell whether the verb is the one of this pair: no other verb takes the pair over, and no other clause begins."""
    first, last = min(frm.start, to.start), max(frm.end, to.end)
    if action.end > first:
        return action.start < last or (
            unit.clause(last - 1)[1] > action.start and not _PURPOSE.search(unit.plain, last, action.start)
        )
    if _MOVES.search(unit.plain, action.end, first):
        return False
    metric = unit.metric_of(change)
    named = metric.start if metric is not None and metric.start >= action.end else first
    ahead = _CLAUSES.split(unit.timeless(action.end, named))
    return len(ahead) == 1 or metric is None or named == first or not ahead[0].strip()


def _is_noun(unit: Unit, start: int, end: int) -> bool:
    """Tell whether the word of a direction stands as a noun: in a measure's name, behind an article, 增幅."""
    if _NOUN.fullmatch(unit.plain, start, end) or _ARTICLE.search(unit.plain, max(start - 20, unit.start), start):
        return True
    named = any(metric.start <= start and end <= metric.end for metric in unit.metrics_near(start - 40, start + 1))
    return named or unit.plain.startswith(("率", "速度"), end)


def _waits_longer(unit: Unit, frm: Quantity, to: Quantity) -> bool:
    """Tell whether a length of time that somebody waits is to be improved and yet grows."""
    if not is_duration(frm.unit) or (step(frm, to) or 0) <= 0 or not unit.written_as_move(frm, to):
        return False
    before = unit.plain[unit.clause(frm.start)[0] : to.end]
    better = any(verb in before for verb in _NEUTRAL)
    return better and _WAIT.search(before) is not None and _LASTS.search(before) is None


def _verb_between(unit: Unit, start: int, end: int) -> tuple[int, int]:
    for action in within(unit.facts.actions, start, end):
        if action.direction and action.end <= end:
            return action.start, action.end
    return start, end


def _speaks_of_quality(unit: Unit, change: Change, went: Direction) -> bool:
    """Tell whether "improve" only means the good direction of a measure in which less is better."""
    frm = unit.quantity(change.frm)
    metric = unit.metric_of(change)
    first, last = unit.clause(frm.start) if frm else (unit.start, unit.end)
    verbs = [
        unit.plain[a.start : a.end] for a in within(unit.facts.actions, first, last) if a.direction == change.direction
    ]
    if not verbs or not all(verb.startswith(_NEUTRAL) for verb in verbs):
        return False
    if metric is not None and metric.polarity == went:
        return frm is not None and (is_duration(frm.unit) or verbs[0].isascii())
    return frm is not None and went == "down" and is_duration(frm.unit)
