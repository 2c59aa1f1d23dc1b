# ruff: noqa: E501
"""Flags action items without anybody who does them. Knows nothing about who should."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.language.later import later
from assistant.lint.actions import marked, names_somebody
from assistant.lint.blanks import blank
from assistant.lint.goalset import GoalSet, Member
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import GROVE
from assistant.lint.unit import Unit

RULE = Rule(
    name="no-owner",
    id="S106",
    group="specific",
    severity="warning",
    marks={"specific": "warn"},
    pages={
        "en": Page(
            flags=(
                "An item marked as an action or task that names nobody, and an entry of a list in which most "
                "others have an owner. An owner given above or beside counts."
            ),
            why="Work that belongs to everybody is done by nobody, and at the review there is no one to ask.",
            example="Action item: migrate the price list to the new system by 31 March 2027",
            better="Action item: the pricing team migrates the price list to the new system by 31 March 2027 (owner: head of pricing)",
            fix="Name the role or unit that answers for it.",
        ),
        "zh-Hans": Page(
            flags="标明是行动项或任务却没写谁来做；或者清单里别的大多有负责人，这一条却没有。上文或旁边写了的算有。",
            why="人人有份的事没人做，复盘时也不知道该问谁。",
            example="行动项：2027年3月31日前把价目表迁到新系统",
            better="行动项：2027年3月31日前把价目表迁到新系统（负责人：定价组组长）",
            fix="写出由哪个岗位或部门负责。",
        ),
        "zh-Hant": Page(
            flags="標明是行動項目或任務卻沒寫由誰來做；或者清單裡其他項目大多有負責人，這一條卻沒有。上文或旁邊寫了的算有。",
            why="人人有份的事沒人做，檢討時也不知道該問誰。",
            example="行動項目：2027年3月31日前把價目表移轉到新系統",
            better="行動項目：2027年3月31日前把價目表移轉到新系統（負責人：定價組組長）",
            fix="寫出由哪個職務或部門負責。",
        ),
    },
    says={
        "": {
            "en": Say("Nobody is named who does this.", "Name the role or unit that answers for it."),
            "zh-Hans": Say("没写由谁来做。", "写出由哪个岗位或部门负责。"),
            "zh-Hant": Say("沒寫由誰來做。", "寫出由哪個職務或部門負責。"),
        },
        "list": {
            "en": Say("Most other entries of the list have an owner; this one has none.", "Name the role or unit."),
            "zh-Hans": Say("清单里别的大多有负责人，这一条没有。", "写出由哪个岗位或部门负责。"),
            "zh-Hant": Say("清單裡其他項目大多有負責人，這一條沒有。", "寫出由哪個職務或部門負責。"),
        },
    },
    sources=(GROVE,),
)

_SOMEBODY = later(
    r"[\u4e00-\u9fff]{1,8}(?:组|部(?![署分件])|科|处|课|室|中心|团队|小组|经理|主管|总监|专员|组长|主任|店长|工程师|负责人|同仁|老师|护理长|院长|校长|会计|助理|专案经理)"
    r"|@\S+|(?<![a-z])(?:team|manager|lead|head of|director|owner|officer|engineer|analyst|coordinator|desk|department|dept|nurse|teacher|secretary|assistant)(?![a-z])"
    r"|(?<![a-z])(?:hr|it|finance|legal|marketing|sales|ops|operations|procurement|engineering|facilities|purchasing)\s+(?:will|to|is to|shall)(?![a-z])"
)
_EMPTY = later(
    r"(?:负责人|责任人|经办人|承办人|负责单位|(?<![a-z])(?:owner|responsible|assignee))\s*:\s*(?:[-–—/]+\s*)?(?=[)）|,，;；\n]|$)"
    r"|(?<![a-z])no owner(?: yet)?|without an owner|(?:暂无|尚无|没有|还没有?|未)(?:指定|指派|定)?(?:负责人|责任人)"
    r"|(?:负责人|责任人)[^,，。;；)）]{0,4}(?:待定|未定|待确定|尚未确定|另定)"
    r"|(?<![a-z])(?:owner|responsible(?: person)?|person responsible|lead)[^.;)]{0,12}(?:still )?to be (?:found|named|confirmed|decided|assigned)",
    needs=("负责", "责任人", "承办人", "经办人", "owner", "responsible", "assignee", "lead"),
)
_PART = later(r"[(（]\d[)）]|(?m:^[ \t]*+\d[.、])", needs=("(", "（", ".", "、"))
_NAMED = later(r"负责人|责任人|由[^,，。;；]{2,10}负责|(?<![a-z])owner(?![a-z])", needs=("负责", "责任人", "owner"))
_LIST = later(r"决议|行动|待办|清单|任务|分工|action|to-?do|minutes")
_MOST_HAVE_ONE = 3
"""Entries with an owner from which one without stands out."""


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report a marked action item that names nobody."""
    for match in _EMPTY.finditer(unit.plain, unit.start, unit.end):
        yield Hit(match.start(), match.end())
        return
    parts = list(_PART.finditer(unit.plain, unit.start, unit.end))
    named = sum(1 for _ in _NAMED.finditer(unit.plain, unit.start, unit.end))
    if len(parts) >= 2 and 0 < named < len(parts) and _LIST.search(unit.plain, unit.start, unit.end):
        yield Hit(*unit.body)
        return
    start = marked(unit)
    if start is None or unit.facts.owners:
        return
    if _SOMEBODY.search(unit.plain, start, unit.end) or names_somebody(unit, start):
        return
    yield Hit(*unit.body, fix=blank(unit, "owner"))


@RULE.checks_set
def check_set(goals: GoalSet) -> Iterator[tuple[Member, Hit]]:
    """Report the entries without owner where nearly all others have one, and no objective above lends its own."""
    without = [member for member in goals.members if not member.owned]
    owned = len(goals.members) - len(without)
    if owned < _MOST_HAVE_ONE or len(without) > owned // _MOST_HAVE_ONE:
        return
    heads = {member.index for member in goals.members if member.owned and member.kind == "objective"}
    for member in without:
        named = member.unit.facts.owners or _SOMEBODY.search(member.unit.plain, member.unit.start, member.unit.end)
        if not named and member.parent not in heads and member.kind != "objective":
            yield member, Hit(*member.unit.body, say="list")
