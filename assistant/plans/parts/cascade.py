"""Takes goals apart: company, department, team, person, with what each is to reach. Knows nothing about kinds.

What was told of a level stands there; what was not is a blank or, for measures that move first, the usual role. Sums
are claimed only where figures of the same unit add up, and a check looks at them.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.drafting.lines import line, quoted
from assistant.goals import Stated
from assistant.goals.plan import Amount, Node, Said
from assistant.plans.allotted import Share, adds_up
from assistant.plans.parts.footing import wanted_for
from assistant.plans.parts.measures import Measure, mains, owner
from assistant.plans.parts.work import team
from assistant.plans.writing import Writer, make

_DEPTH = ("company", "department", "team", "person")


def decomposition(w: Writer) -> tuple[Node, ...]:
    """Return a tree a goal."""
    shared = _allot(w)
    return tuple(_tree(w, index, measure, shared.get(measure.pointer, [])) for index, measure in enumerate(mains(w)))


def _allot(w: Writer) -> dict[str, list[Share]]:
    """Return the shares of each goal: those with the unit of its target, else those whose words are nearest."""
    found: dict[str, list[Share]] = {}
    measures = list(mains(w))
    for share in w.g.given.shares:
        best = max(measures, key=lambda each: _near(w, share, each), default=None)
        if best is not None and _near(w, share, best) > 0:
            found.setdefault(best.pointer, []).append(share)
    return found


def _near(w: Writer, share: Share, measure: Measure) -> float:
    figures = w.amount_of_goal(f"{measure.pointer}/target", measure.result.unit, "target")
    same = 1.0 if figures.unit and _scale(figures.unit) == _scale(share.unit) else 0.0
    words = f"{share.what.text}{measure.result.metric}"
    pairs = {words[i : i + 2] for i in range(len(share.what.text) - 1)} & {
        measure.result.metric[i : i + 2] for i in range(len(measure.result.metric) - 1)
    }
    return same + len(pairs) / (1 + len(share.what.text)) + (0.1 if len(w.g.goals) == 1 else 0.0)


def _scale(unit: str) -> str:
    return "time" if unit in {"ms", "s", "min", "h", "小时", "小時", "hours", "分钟", "分鐘"} else unit


def _tree(w: Writer, index: int, measure: Measure, shares: list[Share]) -> Node:
    target = w.amount_of_goal(f"{measure.pointer}/target", measure.result.unit, "target")
    inner = _below(w, index, measure, [each for each in shares if each.level != "company"])
    sums = _adds_up(target, inner)
    department = Node(
        level="department", name=_department(w), measure=w.goal(f"{measure.pointer}/metric"), value=target, sums=sums,
        children=inner,
    )  # fmt: skip
    whole = next((each for each in shares if each.level == "company"), None)
    wanted = wanted_for(w, measure)
    above = Node(
        level="company",
        name=w.stated(whole.who, whole.source) if whole else w.propose("plan.cascade.company"),
        measure=_wanted(w, wanted),
        value=_amount(whole) if whole else w.blank_amount("", how=w.why("above")),
        sums=False,
        children=(department,),
    )
    if whole is not None and whole.additive and all(each.level != "department" for each in inner):
        return above
    if whole is not None and any(each.level == "department" for each in inner):
        # Departments that were named take the place of the one that the goal was drafted for.
        return above.model_copy(update={"children": inner, "sums": _adds_up(_amount(whole), inner)})
    return above


def _wanted(w: Writer, stated: Stated | None) -> Said:
    if stated is None:
        return w.blank("org_goal")
    source = next(each for each in w.g.brief.sources if each.key == stated.source)
    return w.stated(quoted(source, stated.start, stated.end), source.key)


def _department(w: Writer) -> Said:
    named = next((each for each in w.g.brief.stated if each.slot == "owner"), None)
    return w.person(named.text) if named else w.proposed(team(w), "title")


def _below(w: Writer, index: int, measure: Measure, shares: list[Share]) -> tuple[Node, ...]:
    """Return the nodes under a goal: as told, persons under the team before them; else the measures that move it."""
    if not shares:
        return _drivers(w, index, measure)
    nodes: list[Node] = []
    for share in shares:
        node = Node(
            level=share.level, name=w.stated(share.who, share.source),
            measure=w.stated(share.what, share.source) if share.what else w.goal(f"{measure.pointer}/metric"),
            value=_amount(share),
        )  # fmt: skip
        if nodes and _DEPTH.index(share.level) > _DEPTH.index(nodes[-1].level):
            children = (*nodes[-1].children, node)
            nodes[-1] = nodes[-1].model_copy(update={"children": children, "sums": _adds_up(nodes[-1].value, children)})
        else:
            nodes.append(node)
    return tuple(nodes)


def _drivers(w: Writer, index: int, measure: Measure) -> tuple[Node, ...]:
    nodes = []
    for at, result in enumerate(measure.goal.key_results):
        pointer = f"/goals/{index}/key_results/{at}"
        if result.guardrail or pointer == measure.pointer:
            continue
        driver = Measure(measure.goal, result, pointer, w.g.metric_of(result), False)
        person = Node(
            level="person", name=w.blank("split"), measure=w.goal(f"{pointer}/metric"),
            value=w.blank_amount("split", result.unit),
        )  # fmt: skip
        role = driver.metric.text[w.g.language].owner if driver.metric else ""
        nodes.append(
            Node(
                level="team", name=w.proposed(role, "role") if role else owner(w, driver),
                measure=w.goal(f"{pointer}/metric"),
                value=w.amount_of_goal(f"{pointer}/target", result.unit, "target"), children=(person,),
            )
        )  # fmt: skip
    return tuple(nodes)


def _amount(share: Share) -> Amount:
    return make(Amount, line(share.shown), share.shown.origin, share.shown.evidence, value=share.value, unit=share.unit)


def _adds_up(whole: Amount, children: tuple[Node, ...]) -> bool:
    """Whether the children's figures are of the whole's kind and of one that adds up."""
    units = {each.value.unit for each in children}
    known = bool(children) and all(each.value.value is not None for each in children)
    return known and len(units) == 1 and whole.value is not None and whole.unit in units and _additive(whole)


def _additive(amount: Amount) -> bool:
    return isinstance(amount.value, Decimal) and adds_up(amount.unit)
