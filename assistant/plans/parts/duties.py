"""Who does what: the grid of roles and tasks, and what is needed from others. Knows nothing about days."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.goals.plan import Cooperation, RaciEntry, RaciGrid, RaciLetter, RaciRow, Said, Task
from assistant.plans.parts.measures import mains, overlap
from assistant.plans.parts.placed import items
from assistant.plans.writing import Writer


def raci(w: Writer, tasks: Sequence[Task]) -> RaciGrid:
    """Return roles and letters: one A a task, R for whoever does it, C for partners, I for the rest of the team.

    A task without an owner has no R yet; the blank asks for one.
    """
    head = head_of(w)
    roles: list[Said] = [head]
    known = {head.text}
    for task in tasks:
        if task.owner and task.owner.text not in known:
            known.add(task.owner.text)
            roles.append(task.owner.model_copy())
    partners = [w.stated(each.who, each.source) for each in w.g.given.partners]
    partners = [each for each in {p.text: p for p in partners}.values() if each.text not in known]
    roles += partners
    members = w.propose("plan.raci.members", "practice")
    roles.append(members)
    place = {each.text: at for at, each in enumerate(roles)}
    rows = tuple(_row(task, place, roles, partners, w) for task in tasks)
    return RaciGrid(roles=tuple(roles), rows=rows)


def head_of(w: Writer) -> Said:
    """Return who decides: somebody named as such, else the role as a proposal, the kind's own before a department's."""
    named = next(iter(items(w, "sponsor")), None)
    if named is not None:
        return named
    try:
        return w.propose("kind.head", "role")
    except KeyError:
        return w.propose("plan.raci.head", "role")


def filled(w: Writer, role: Said, *work: Said) -> Said:
    """Return who was said to do what a role or its work is about, else the role itself."""
    for duty in w.g.given.duties:
        if overlap(duty.who.text, role.text) or any(
            concerns(duty.what.text, each.text) or overlap(duty.what.text, each.text) for each in (role, *work)
        ):
            return w.stated(duty.who, duty.source)
    return role


def concerns(what: str, text: str) -> bool:
    """Whether a text speaks of a third or more of the words (or pairs of Han characters) of a duty."""
    runs = re.findall(r"[\u3400-\u9fff]+", re.sub("[和及与與的]", " ", what))
    pairs = [run[at : at + 2] for run in runs for at in range(len(run) - 1)]
    words = [word[:6] for word in re.findall(r"[a-z]{4,}", what.casefold())]
    listed = [*pairs, *words]
    return bool(listed) and 3 * sum(each in text.casefold() for each in listed) >= len(listed)


def _row(task: Task, place: dict[str, int], roles: Sequence[Said], partners: Sequence[Said], w: Writer) -> RaciRow:
    letters: dict[int, list[RaciLetter]] = {0: ["A"]}
    doing = place.get(task.owner.text) if task.owner else None
    if doing is not None:
        letters.setdefault(doing, []).insert(0, "R")
    for partner in partners:
        duty = next((each for each in w.g.given.partners if each.who.text == partner.text), None)
        near = duty is not None and (overlap(duty.what.text, task.name.text) or not task.goal)
        at = place.get(partner.text)
        if at is not None and at not in letters:
            letters[at] = ["C"] if near else ["I"]
    last = len(roles) - 1
    if last not in letters:
        letters[last] = ["I"]
    entries = tuple(RaciEntry(role=at, letters=tuple(each)) for at, each in sorted(letters.items()))
    return RaciRow(task=task.id, entries=entries)


def cooperation(w: Writer) -> tuple[Cooperation, ...]:
    """Return what is needed from others: partners whom the person named, and whoever keeps the figures."""
    found = [
        Cooperation(
            partner=w.stated(each.who, each.source),
            need=w.stated(each.what, each.source),
            way=w.propose("plan.cooperation.way"),
            when=w.propose("plan.cooperation.report"),
        )
        for each in w.g.given.partners
    ]
    seen = set()
    for measure in mains(w):
        source = measure.result.data_source
        if not source or source in seen:
            continue
        seen.add(source)
        found.append(
            Cooperation(
                partner=w.propose("plan.raci.data", "role"),
                need=w.goal(f"{measure.pointer}/data_source"),
                way=w.propose("plan.cooperation.data"),
                when=w.proposed(measure.result.cadence, "practice") if measure.result.cadence else w.blank(""),
            )
        )
    return tuple(found)
