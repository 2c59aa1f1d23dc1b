"""Writes what holds between the goals of a list: balance, tree, weights, findings. Knows nothing about single goals."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import get_args

from assistant.goals.batch import BalanceArea
from assistant.goals.checklist import CheckedList, ListedGoal
from assistant.goals.findings import Finding
from assistant.web.check.goals import MOST
from assistant.web.check.looking import Looking
from assistant.web.escape import text
from assistant.web.texts import Texts

AREAS: tuple[BalanceArea, ...] = get_args(BalanceArea)
_LONGEST_GIST = 44
_MOST_CHIPS = 24
_SEVERITIES = ("error", "warning", "info")


def together(at: Looking, words: Texts) -> str:
    """Return the view of the whole list; '' where there are not two goals."""
    checked = at.checked
    if checked is None or len(checked.goals) < 2:
        return ""
    return (
        f'<section class="panel pad whole" aria-labelledby="whole-title"><div class="ph"><h2 id="whole-title">'
        f'{words.html("check.whole")}</h2><span class="mut sm">{words.html("check.whole_why", n=len(checked.goals))}'
        f'</span></div><div class="views"><div><h3>{words.html("check.balance")}</h3>{_balance(checked, words)}</div>'
        f"<div><h3>{words.html('check.tree')}</h3>{_tree(checked, words)}</div></div>"
        f"{_weights(checked, words)}{_findings(checked, words)}</section>"
    )


def _chips(indexes: Iterable[int], words: Texts) -> str:
    every = list(indexes)
    chips = "".join(_chip(index, words.html("check.goal_n", n=index + 1)) for index in every[:_MOST_CHIPS])
    more = len(every) - _MOST_CHIPS
    rest = f'<span class="mut sm">{words.html("check.and_more", n=more)}</span>' if more > 0 else ""
    return f'<span class="gotos">{chips}{rest}</span>'


def _chip(index: int, name: str) -> str:
    if index >= MOST:
        return f'<span class="goto">{name}</span>'
    return f'<button type="button" class="goto" data-to="checked-{index}">{name}</button>'


def _heads(checked: CheckedList) -> set[int]:
    return {goal.parent for goal in checked.goals if goal.parent is not None}


def _balance(checked: CheckedList, words: Texts) -> str:
    """Return the four areas with their goals; objectives count with their results, not beside them."""
    heads = _heads(checked)
    areas: dict[BalanceArea | None, list[int]] = {area: [] for area in (*AREAS, None)}
    for index, goal in enumerate(checked.goals):
        if index not in heads:
            areas[goal.area].append(index)
    cells = "".join(
        f'<li class="area{"" if areas[area] else " none"}"><div class="ph"><b>{words.html(f"area.{area}")}</b>'
        f"<b>{len(areas[area])}</b></div>"
        + (_chips(areas[area], words) if areas[area] else f'<p class="sm">{words.html(f"area.{area}_none")}</p>')
        + "</li>"
        for area in AREAS
    )
    other = (
        f'<p class="sm mut other">{words.html("area.unknown")} {_chips(areas[None], words)}</p>' if areas[None] else ""
    )
    return f'<ul class="grid4">{cells}</ul>{other}'


def _tree(checked: CheckedList, words: Texts) -> str:
    """Return objectives with what stands under them, and apart what stands under none."""
    named: dict[str, list[int]] = {}
    under: dict[int, list[int]] = {}
    for index, goal in enumerate(checked.goals):
        if goal.parent is not None:
            under.setdefault(goal.parent, []).append(index)
        elif goal.under:
            named.setdefault(goal.under, []).append(index)
    if not under and not named:
        return f'<p class="sm mut">{words.html("check.no_tree")}</p>'
    held = {index for each in (*under.values(), *named.values()) for index in each}
    roots = [index for index in under if index not in held]
    # Goals that name each other as parents hang under no root: they are shown apart rather than lost.
    seen: set[int] = set()
    out = [_branch(root, checked, under, words, seen) for root in roots]
    for name, each in named.items():
        inner = "".join(_branch(index, checked, under, words, seen) for index in each)
        out.append(
            f'<li><span class="leaf head">{text(_short(name))}</span>{_sum(each, checked, words)}<ul>{inner}</ul></li>'
        )
    apart = [index for index in range(len(checked.goals)) if index not in seen]
    if apart:
        inner = "".join(f"<li>{_leaf(index, checked.goals[index], words)}</li>" for index in apart)
        out.append(
            f'<li class="apart"><span class="leaf head">{words.html("check.orphans")}</span><ul>{inner}</ul></li>'
        )
    return f'<ul class="tree">{"".join(out)}</ul>'


def _branch(index: int, checked: CheckedList, under: dict[int, list[int]], words: Texts, seen: set[int]) -> str:
    if index in seen:
        return ""
    seen.add(index)
    children = under.get(index, [])
    inner = "".join(_branch(child, checked, under, words, seen) for child in children)
    leaf = _leaf(index, checked.goals[index], words, head=bool(children))
    return f"<li>{leaf}{_sum(children, checked, words)}{f'<ul>{inner}</ul>' if inner else ''}</li>"


def _leaf(index: int, goal: ListedGoal, words: Texts, *, head: bool = False) -> str:
    severities = [finding.severity for finding in goal.judged.findings]
    worst = next((severity for severity in _SEVERITIES if severity in severities), None)
    state = words.html(f"severity.{worst}" if worst else "check.fine")
    weight = f'<span class="tag">{words.html("check.weight", n=goal.weight)}</span>' if goal.weight else ""
    inner = (
        f'<span class="st {worst or "ok"}"><span class="vh">{state}</span></span><span class="k">{index + 1}</span>'
        f'<span lang="{goal.judged.language}">{text(_short(goal.judged.text))}</span>{weight}'
    )
    name = "leaf head" if head else "leaf"
    if index >= MOST:
        return f'<span class="{name}">{inner}</span>'
    return f'<button type="button" class="{name}" data-to="checked-{index}">{inner}</button>'


def _sum(indexes: list[int], checked: CheckedList, words: Texts) -> str:
    weights = [checked.goals[index].weight for index in indexes]
    if not weights or not all(weights):
        return ""
    total = sum((Decimal(weight) for weight in weights if weight), Decimal(0))
    return f'<span class="mut sm">{words.html("check.sum", n=format(total.normalize(), "f"))}</span>'


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONGEST_GIST else flat[: _LONGEST_GIST - 1] + "…"


def _weights(checked: CheckedList, words: Texts) -> str:
    """Return the shares as bars, with the groups that do not make a whole."""
    weighed = [(index, Decimal(goal.weight)) for index, goal in enumerate(checked.goals) if goal.weight is not None]
    if not weighed:
        return ""
    most = max(weight for _, weight in weighed) or Decimal(1)
    rows = "".join(
        f'<li><span>{words.html("check.goal_n", n=index + 1)}</span><span class="share" aria-hidden="true">'
        f'<i style="--z:{float(weight / most * 100):.1f}"></i></span><b>{text(goal.weight)}</b></li>'
        for (index, weight), goal in ((each, checked.goals[each[0]]) for each in weighed[:MOST])
    )
    uneven = "".join(
        f'<p class="st error">{words.html("check.uneven", n=group.total, whole=group.whole)}</p>'
        f"{_chips(group.goals, words)}"
        for group in checked.uneven
    )
    total = ""
    if checked.total is not None and not checked.uneven and not _heads(checked):
        total = f'<p class="st ok">{words.html("check.sum", n=checked.total)}</p>'
    return (
        f'<div class="weights"><h3>{words.html("check.weights")}</h3><ul class="shares">{rows}</ul>'
        f'<div class="totals">{uneven}{total}</div></div>'
    )


def _findings(checked: CheckedList, words: Texts) -> str:
    """Return what the rules for lists found, each message once with all goals that it stands at."""
    rows: dict[tuple[str, str], tuple[Finding, str, list[int]]] = {}
    for index, goal in enumerate(checked.goals):
        for place in goal.between:
            found = goal.judged.findings[place]
            entry = rows.setdefault((found.rule, found.message), (found, goal.judged.language, []))
            entry[2].append(index)
    if not rows:
        return f'<p class="set-fine"><span class="st ok">{words.html("check.set_fine")}</span></p>'
    ordered = sorted(rows.values(), key=lambda row: (_SEVERITIES.index(row[0].severity), row[2][0]))
    items = "".join(
        f'<li data-sev="{found.severity}"><span class="st {found.severity}"><span class="vh">'
        f'{words.html(f"severity.{found.severity}")}</span></span><div><p lang="{language}">'
        f'<b>{text(found.message)}</b> <span class="mono">{text(found.id)}</span></p>'
        f'<p class="sm" lang="{language}">{text(found.help)}</p>'
        f"{_chips(indexes, words)}</div></li>"
        for found, language, indexes in ordered[:MOST]
    )
    return f'<div class="set"><h3>{words.html("check.set")}</h3><ul class="chk">{items}</ul></div>'
