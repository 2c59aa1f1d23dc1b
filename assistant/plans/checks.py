"""What must hold over a whole plan: owners, dates, weights, roles, sums, reviews. Each check has a name and an id.

Knows nothing about single sentences; those are the linter's. A blank that asks for its answer is an open question and
never more than a remark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assistant.drafting.offline.holidays import closed
from assistant.drafting.voice import Voice, plain
from assistant.goals import Finding, Severity
from assistant.goals.plan import Amount, BudgetLine, KpiRow, Node, Plan, RaciGrid, Task, Watch

_HALF = Decimal("0.5")
_TOLERANCE = 200
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SPACES = re.compile(r"[\s·.]+|[（(][^）)]*[）)]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a check found its pattern.

    Attributes:
        field: JSON pointer in the plan.
        text: the words there.
        values: words for the message.
        severity: where it differs from the check's own.
    """

    field: str
    text: str
    values: dict[str, str]
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class PlanRule:
    """A check with its name, stating the bad pattern, and its id."""

    name: str
    id: str
    severity: Severity
    find: Callable[[Plan], Iterator[Hit]]


def check(plan: Plan, book: Voice) -> tuple[Finding, ...]:
    """Return the findings of all checks, in the order of the checks and of the plan."""
    found = []
    for rule in RULES:
        for hit in rule.find(plan):
            said = f"plan.check.{rule.name}"
            found.append(
                Finding(
                    rule=rule.name, id=rule.id, severity=hit.severity or rule.severity, start=0, end=len(hit.text),
                    text=hit.text, message=book.get(f"{said}.message").format(**hit.values),
                    help=book.get(f"{said}.help"), field=hit.field,
                )
            )  # fmt: skip
    return tuple(found)


def _tasks(plan: Plan) -> tuple[Task, ...]:
    return getattr(plan.body, "tasks", ())


def task_without_owner(plan: Plan) -> Iterator[Hit]:
    """Find tasks that nobody answers for; one that asks for its owner is a remark."""
    for at, task in enumerate(_tasks(plan)):
        if not task.owner:
            asked: Severity = "info" if task.owner.question else "error"
            yield Hit(f"/body/tasks/{at}/owner", "", {"task": task.name.text}, asked)


def task_without_date(plan: Plan) -> Iterator[Hit]:
    """Find tasks that lack their first or last day."""
    for at, task in enumerate(_tasks(plan)):
        for name in ("start", "end"):
            day = getattr(task, name)
            if day.day is None:
                asked: Severity = "info" if day.question else "error"
                yield Hit(f"/body/tasks/{at}/{name}", "", {"task": task.name.text}, asked)


def date_outside_window(plan: Plan) -> Iterator[Hit]:
    """Find tasks and reviews outside the days of the plan, and tasks that end before they start."""
    first, last = plan.window.start.day, plan.window.end.day
    for at, task in enumerate(_tasks(plan)):
        for name in ("start", "end"):
            day = getattr(task, name)
            if day.day is not None and not _inside(day.day, first, last):
                yield Hit(f"/body/tasks/{at}/{name}", day.text, {"what": task.name.text, "day": day.text})
        if task.start.day and task.end.day and task.end.day < task.start.day:
            yield Hit(f"/body/tasks/{at}/end", task.end.text, {"what": task.name.text, "day": task.end.text})
    watch = getattr(plan.body, "watch", Watch())
    for at, point in enumerate(watch.checkpoints):
        for place, day in enumerate(point.days):
            if day.day is not None and not _inside(day.day, first, last):
                field = f"/body/watch/checkpoints/{at}/days/{place}"
                yield Hit(field, day.text, {"what": point.name.text, "day": day.text})


def _inside(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def out_of_order(plan: Plan) -> Iterator[Hit]:
    """Find tasks that start before what they need has ended, or need a task that the plan does not have."""
    tasks = {task.id: task for task in _tasks(plan)}
    for at, task in enumerate(_tasks(plan)):
        for need in task.needs:
            before = tasks.get(need)
            if before is None:
                yield Hit(f"/body/tasks/{at}", task.name.text, {"task": task.id, "need": need}, "error")
            elif before.end.day and task.start.day and task.start.day < before.end.day:
                yield Hit(f"/body/tasks/{at}/start", task.start.text, {"task": task.id, "need": need})


def goal_without_task(plan: Plan) -> Iterator[Hit]:
    """Find goals for which a plan with tasks has none."""
    tasks = _tasks(plan)
    served = {task.goal for task in tasks}
    for at, goal in enumerate(plan.goals if tasks and "" not in served else ()):
        if goal.id not in served:
            yield Hit(f"/goals/{at}/title", goal.title, {"goal": goal.title})


def weights_not_100(plan: Plan) -> Iterator[Hit]:
    """Find indicators whose weights do not sum to 100."""
    rows: tuple[KpiRow, ...] = getattr(plan.body, "indicators", ())
    weights = [row.weight.value for row in rows]
    if not rows or any(each is None for each in weights):
        return
    total = sum((each for each in weights if each is not None), Decimal(0))
    if abs(total - 100) > _HALF:
        yield Hit("/body/indicators", "", {"total": f"{plain(total)}%", "whole": "100%"})


def not_one_accountable(plan: Plan) -> Iterator[Hit]:
    """Find tasks with no A or more than one in the grid of roles, and tasks that the grid leaves out."""
    grid: RaciGrid | None = getattr(plan.body, "raci", None)
    if grid is None:
        return
    names = {task.id: task.name.text for task in _tasks(plan)}
    for at, row in enumerate(grid.rows):
        count = sum(entry.letters.count("A") for entry in row.entries)
        if count != 1:
            yield Hit(f"/body/raci/rows/{at}", row.task, {"task": names.get(row.task, row.task), "count": str(count)})
    for id in names.keys() - {row.task for row in grid.rows}:
        yield Hit("/body/raci", id, {"task": names[id], "count": "0"})


def sums_do_not_add_up(plan: Plan) -> Iterator[Hit]:
    """Find nodes of a decomposition whose children do not make the whole."""
    nodes: tuple[Node, ...] = getattr(plan.body, "decomposition", ())
    for at, node in enumerate(nodes):
        yield from _sums(node, f"/body/decomposition/{at}")


def _sums(node: Node, field: str) -> Iterator[Hit]:
    values = [child.value.value for child in node.children]
    whole = node.value.value
    if node.sums and whole is not None and values and all(value is not None for value in values):
        total = sum((value for value in values if value is not None), Decimal(0))
        if abs(total - whole) > abs(whole) / _TOLERANCE:
            words = {"name": node.name.text, "whole": node.value.text, "total": _like(node.value, total)}
            yield Hit(f"{field}/value", node.value.text, words)
    for at, child in enumerate(node.children):
        yield from _sums(child, f"{field}/children/{at}")


def _like(shown: Amount, value: Decimal) -> str:
    """Return another value, written like an amount that is shown, in the same scale (万, k)."""
    digits = _NUMERAL.findall(shown.text)
    if len(digits) != 1 or not shown.value:
        return plain(value)
    scale = shown.value / Decimal(digits[0].replace(",", ""))
    return _NUMERAL.sub(plain(value / scale), shown.text)


def no_review_rhythm(plan: Plan) -> Iterator[Hit]:
    """Find plans without any review that recurs."""
    watch: Watch | None = getattr(plan.body, "watch", None)
    if watch is not None and not any(point.rhythm != "once" and point.days for point in watch.checkpoints):
        yield Hit("/body/watch/checkpoints", "", {})


def same_person_twice(plan: Plan) -> Iterator[Hit]:
    """Find somebody who stands under two roles of the grid, however spelled."""
    grid: RaciGrid | None = getattr(plan.body, "raci", None)
    seen: dict[str, str] = {}
    for at, role in enumerate(grid.roles if grid else ()):
        key = _SPACES.sub("", role.text).casefold()
        if key and key in seen:
            yield Hit(f"/body/raci/roles/{at}", role.text, {"one": seen[key], "other": role.text})
        seen.setdefault(key, role.text)


def window_too_short(plan: Plan) -> Iterator[Hit]:
    """Find windows with fewer working days than the longest chain of tasks has steps."""
    first, last = plan.window.start.day, plan.window.end.day
    chain = _longest(_tasks(plan))
    if first is None or last is None or not chain:
        return
    free = closed(plan.language)
    days = 0
    for n in range((last - first).days + 1):
        days += not free(first + timedelta(days=n))
        if days >= 2 * chain:
            return
    severity: Severity = "error" if days < chain else "warning"
    yield Hit("/window/end", plan.window.end.text, {"days": str(days), "steps": str(chain)}, severity)


def _longest(tasks: tuple[Task, ...]) -> int:
    needs = {task.id: task.needs for task in tasks}
    depth: dict[str, int] = {}
    for task in tasks:
        stack = [task.id]
        while stack:
            id = stack[-1]
            open_ = [need for need in needs.get(id, ()) if need in needs and need not in depth and need not in stack]
            if open_:
                stack.append(open_[0])
                continue
            depth[id] = 1 + max((depth.get(need, 0) for need in needs.get(id, ())), default=0)
            stack.pop()
    return max(depth.values(), default=0)


def goal_beyond_window(plan: Plan) -> Iterator[Hit]:
    """Find goals whose last day lies after the plan's."""
    last = plan.window.end.day
    for at, goal in enumerate(plan.goals):
        days = [each.deadline for each in goal.key_results if each.deadline and not each.guardrail]
        if last is not None and days and max(days) > last:
            words = {"goal": goal.title, "day": max(days).isoformat(), "end": last.isoformat()}
            yield Hit(f"/goals/{at}/key_results/0/deadline", max(days).isoformat(), words)


def budget_over_total(plan: Plan) -> Iterator[Hit]:
    """Find budgets whose lines exceed the sum that was given for all of them, which stands in the first line."""
    lines: tuple[BudgetLine, ...] = getattr(plan.body, "budget", ())
    known = [each for each in lines if each.amount.value is not None]
    if len(known) < 2 or known[0] is not lines[0]:
        return
    unit = known[0].amount.unit
    rest = sum((each.amount.value or Decimal(0) for each in known[1:] if each.amount.unit == unit), Decimal(0))
    if rest > (known[0].amount.value or Decimal(0)):
        words = {"whole": known[0].amount.text, "total": _like(known[0].amount, rest)}
        yield Hit("/body/budget/0/amount", known[0].amount.text, words)


RULES: tuple[PlanRule, ...] = (
    PlanRule("task-without-owner", "P901", "error", task_without_owner),
    PlanRule("task-without-date", "P902", "error", task_without_date),
    PlanRule("date-outside-window", "P903", "error", date_outside_window),
    PlanRule("task-out-of-order", "P904", "warning", out_of_order),
    PlanRule("goal-without-task", "P905", "warning", goal_without_task),
    PlanRule("weights-not-100", "C611", "error", weights_not_100),
    PlanRule("not-one-accountable", "P906", "error", not_one_accountable),
    PlanRule("sums-do-not-add-up", "P907", "error", sums_do_not_add_up),
    PlanRule("no-review-rhythm", "P908", "warning", no_review_rhythm),
    PlanRule("same-person-twice", "P909", "warning", same_person_twice),
    PlanRule("window-too-short", "P910", "error", window_too_short),
    PlanRule("goal-beyond-window", "P911", "warning", goal_beyond_window),
    PlanRule("budget-over-total", "P912", "error", budget_over_total),
)
"""All checks in the order in which their findings are shown. An id is never reused."""
