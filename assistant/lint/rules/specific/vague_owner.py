# ruff: noqa: E501
"""Flags owners whom nobody can find. Knows nothing about who should own the goal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.goals.facts import OwnerMention
from assistant.language.later import later
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import GROVE
from assistant.lint.unit import Unit

RULE = Rule(
    name="vague-owner",
    id="S107",
    group="specific",
    severity="warning",
    marks={"specific": "warn"},
    pages={
        "en": Page(
            flags="An owner whom nobody can find: relevant departments, stakeholders, all staff. Not a named unit.",
            why="What belongs to everybody is done by nobody.",
            example="Relevant departments cut invoice errors from 6% to 2% by 30 June 2027",
            better="Accounts payable cuts invoice errors from 6% to 2% by 30 June 2027",
            fix="Name the unit or the role that answers for it.",
        ),
        "zh-Hans": Page(
            flags="找不到人的负责方：相关部门、有关人员、各方。写明的部门不算。",
            why="人人有份，就没人去做。",
            example="相关部门在2027年6月底前把发票差错率从6%降到2%",
            better="应付账款组在2027年6月底前把发票差错率从6%降到2%",
            fix="写出由哪个部门或岗位负责。",
        ),
        "zh-Hant": Page(
            flags="找不到人的負責方：相關部門、有關人員、各方。寫明的部門不算。",
            why="人人有份，就沒人去做。",
            example="相關部門於2027年6月底前把發票錯誤率從6%降到2%",
            better="應付帳款組於2027年6月底前把發票錯誤率從6%降到2%",
            fix="寫出由哪個部門或職位負責。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” names nobody who answers for it.",
                "Name the unit or the role.",
            ),
            "zh-Hans": Say(
                "“{words}”找不到具体负责的人。",
                "写出由哪个部门或岗位负责。",
            ),
            "zh-Hant": Say(
                "「{words}」找不到具體負責的人。",
                "寫出由哪個部門或職位負責。",
            ),
        },
    },
    sources=(GROVE,),
)

_GENERIC = re.compile(
    r"management|the business|everyone|everybody|all staff|all employees|the organi[sz]ation|大家|全员|所有人|全体员工"
)
_ANSWERS = re.compile(
    r" ?(?:will|should|must|shall|is to|are to|to|takes? care|is responsible|are responsible|负责|共同|一起|完成|落实|跟进|推进|执行|牵头)"
)
_OBJECT = re.compile(
    r"(?<![a-z])(?:with|among|between|from|towards?) (?:our |the |all |its |key |other )*$|(?:与|和|跟|向|对|给)(?:各|所有)?$"
)
_BY = re.compile(r"(?:by |owner: ?|responsible: ?|由|请|负责人: ?)$")
_WHOEVER = later(
    r"(?:有关|相关|各有关|各相关)(?:科室|处室|条线|方面|同事|同仁|主管|站点|班组|院系|责任人|岗位)(?!的)"
    r"|(?<![a-z])(?:the )?(?:departments?|teams?|units?|parties|people|colleagues|functions) (?:concerned|involved|affected)(?![a-z])"
    r"|(?:^|(?<=[.;\n]))[ \t]*+(?P<who>some(?:one|body)) (?=(?:ought|should|must|needs?|has|will|to|from|in|please)(?![a-z]))",
    needs=("有关", "相关", "各有关", "concerned", "involved", "affected", "somebody", "someone"),
)
_SERVED = re.compile(r"服务|接待|接听|对接|接送")
"""Behind 专人: a kind of service that somebody asks for, not who answers for the goal."""
_ANYBODY = re.compile(r"有人|任何人|人人|谁|any(?:one|body)|some(?:one|body)|no(?:body| one)|every(?:one|body)|people")


def _answers(unit: Unit, owner: OwnerMention) -> bool:
    """Tell whether a word for people at large stands where an owner stands: they do it, or it is done by them."""
    before = unit.plain[max(0, owner.start - 24) : owner.start]
    if _OBJECT.search(before) or (
        unit.plain[: owner.end].endswith("要求专人") and _SERVED.match(unit.plain, owner.end)
    ):
        return False
    if not _GENERIC.fullmatch(unit.plain, owner.start, owner.end):
        return True
    if before.endswith("请") and unit.plain.startswith("大家", owner.start):
        return False
    return _ANSWERS.match(unit.plain, owner.end) is not None or _BY.search(before) is not None


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report vague owners."""
    for owner in unit.facts.owners:
        if owner.vague and _answers(unit, owner) and not _ANYBODY.fullmatch(unit.plain, owner.start, owner.end):
            yield Hit(owner.start, owner.end, {"words": unit.text[owner.start : owner.end]})
    for match in _WHOEVER.finditer(unit.plain, unit.start, unit.end):
        if (
            not any(owner.vague and owner.start <= match.start() < owner.end for owner in unit.facts.owners)
            or (match["who"])
        ):
            yield Hit(match.start(), match.end(), {"words": unit.text[match.start() : match.end()]})
