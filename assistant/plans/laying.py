"""Helps a kind to lay its plan out: cells with marks, tables, lists, pictures. Knows nothing about kinds or formats.

A mark that holds for a whole column or list stands once at its head, so that a page of proposals stays legible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from assistant.drafting.voice import Voice
from assistant.goals import Goal
from assistant.goals.plan import Amount, Day, Plan, RaciGrid, Said, Task
from assistant.goals.plan.outline import (
    Bar,
    Block,
    Cell,
    Column,
    Gantt,
    Grid,
    Listing,
    Mark,
    Paragraph,
    RaciLine,
    RaciPicture,
    Run,
    Section,
    Square,
    Table,
    Tree,
    TreeNode,
)
from assistant.goals.plan.said import SaidFigure
from assistant.plans import walking

Value = Said | Cell | str | None
"""What may stand in a cell: a value of the plan, a cell made before, a fixed word, nothing."""


class Sheet:
    """Lays one plan out."""

    def __init__(self, plan: Plan, book: Voice) -> None:
        """Take the plan and the words of its kind."""
        self.plan = plan
        self.book = book
        self._fields = {id(value): pointer for pointer, value in walking.values(plan)}
        self._questions = {question.key: at for at, question in enumerate(plan.questions, 1)}
        self.goal_names = {goal.id: goal.title for goal in plan.goals}

    def word(self, key: str) -> str:
        """Return a fixed word of the kind, else of all kinds: `column.owner`, `section.tasks`."""
        for part in ("kind", "plan"):
            try:
                return self.book.get(f"{part}.{key}")
            except (KeyError, TypeError):
                continue
        raise KeyError(key)

    def cell(self, value: Value, *, without: Mark = "") -> Cell:
        """Return a value as shown; `without` is a mark that already stands at the head of its column or list."""
        if isinstance(value, Cell):
            return value
        if value is None or isinstance(value, str):
            return fixed(value or "")
        extra = _extra(value, self._fields.get(id(value), ""), self._questions.get(value.question))
        if value.blank:
            return Cell(runs=(Run(text="", mark="unknown"),), blank=True, **extra)
        return Cell(runs=tuple(_runs(value, without)), **extra)

    def grade(self, grade: str | None, *, field: str = "") -> Cell:
        """Return a grade (`high`, `medium`, `low`) as a proposal, a blank where nobody has judged."""
        if grade is None:
            return Cell(runs=(Run(text="", mark="unknown"),), blank=True, field=field)
        return Cell(runs=(Run(text=self.word(f"grade.{grade}"), mark="proposed"),), field=field)

    def table(
        self,
        key: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        *,
        title: str = "",
        total: Sequence[Any] = (),
        keyed: bool = False,
        widths: Mapping[str, float] | None = None,
        titles: Mapping[str, str] | None = None,
    ) -> Table:
        """Return a table of `Value`s; the headings are the words at `column.KEY` unless `titles` has one."""
        listed = [list(row) for row in rows]
        heads, cells = [], []
        for at, name in enumerate(columns):
            values = [row[at] for row in listed]
            mark = self._shared(values)
            heads.append(
                Column(
                    key=name, title=(titles or {}).get(name) or self.word(f"column.{name}"), mark=mark,
                    holds=_holds(values), width=(widths or {}).get(name, 1.0),
                )
            )  # fmt: skip
            cells.append([_bare(self.cell(value, without=mark), mark) for value in values])
        return Table(
            key=key, title=title, columns=tuple(heads),
            rows=tuple(tuple(column[at] for column in cells) for at in range(len(listed))),
            total=tuple(self.cell(value) for value in total), keyed=keyed,
        )  # fmt: skip

    def form(self, key: str, pairs: Iterable[tuple[str, Value]], *, title: str = "") -> Table:
        """Return a table of two columns, a fixed word and its value a row."""
        rows = [(fixed(label), self.cell(value)) for label, value in pairs]
        heads = (
            Column(key="field", title=self.word("column.field"), width=0.4),
            Column(key="value", title=self.word("column.value"), width=1.6),
        )
        return Table(key=key, title=title, columns=heads, rows=tuple(rows), keyed=True)

    def listing(self, items: Iterable[Value], *, title: str = "", ordered: bool = False) -> Listing:
        """Return a list."""
        values = list(items)
        mark = self._shared(values)
        cells = tuple(_bare(self.cell(value, without=mark), mark) for value in values)
        return Listing(title=title, mark=mark, ordered=ordered, items=cells)

    def paragraph(self, value: Value, *, label: str = "") -> Paragraph:
        """Return a paragraph."""
        return Paragraph(label=label, cell=self.cell(value))

    def square(self, key: str, title: str, items: Iterable[Value], *, empty: str = "") -> Square:
        """Return a field of a grid."""
        values = list(items)
        mark = self._shared(values)
        cells = tuple(_bare(self.cell(value, without=mark), mark) for value in values)
        return Square(key=key, title=title, mark=mark, items=cells, empty=empty)

    def grid(self, key: str, title: str, squares: Iterable[Square]) -> Grid:
        """Return four fields, two a row."""
        return Grid(key=key, title=title, squares=tuple(squares))

    def section(self, key: str, blocks: Iterable[Block | None], parts: Sequence[str] = ()) -> Section:
        """Return a chapter titled by the word at `section.KEY`; blocks that are None are left out."""
        kept = tuple(block for block in blocks if block is not None)
        return Section(key=key, number="", title=self.word(f"section.{key}"), blocks=kept, parts=tuple(parts))

    def goal_tree(self) -> Tree:
        """Return the picture of objectives and key results."""
        roots = []
        for index, goal in enumerate(self.plan.goals):
            roots.append(
                TreeNode(
                    label=self.of_goal(f"/goals/{index}/objective/text", f"{goal.id} {goal.objective.text}"),
                    kind="objective", children=tuple(self._results(index, goal)),
                )
            )  # fmt: skip
        return Tree(title=self.word("picture.tree"), same_as="goals", roots=tuple(roots))

    def of_goal(self, pointer: str, text: str) -> Cell:
        """Return a text of the goals, each figure with its mark; `text` may have words before the field's own."""
        numbers = [each for each in self.plan.goal_numbers if each.field == pointer and each.text]
        runs, at = [], 0
        for number in sorted(numbers, key=lambda each: each.start):
            place = text.find(number.text, at)
            if place < 0:
                continue
            runs.append(Run(text=text[at : place + len(number.text)], mark=_mark(number.origin, number.tentative)))
            at = place + len(number.text)
        runs += [Run(text=text[at:])] if at < len(text) else []
        return Cell(runs=tuple(runs), field=pointer)

    def _results(self, index: int, goal: Goal) -> Iterable[TreeNode]:
        for at, result in enumerate(goal.key_results):
            pointer = f"/goals/{index}/key_results/{at}/statement"
            kind = "guardrail" if result.guardrail else result.kind
            yield TreeNode(label=self.of_goal(pointer, result.statement), kind=kind)

    def goals_table(self) -> Table:
        """Return all key results of all goals as one table."""
        rows: list[list[Value]] = []
        for index, goal in enumerate(self.plan.goals):
            for at, each in enumerate(goal.key_results):
                root = f"/goals/{index}/key_results/{at}"
                blank = Cell(runs=(Run(text="", mark="unknown"),), blank=True, field=f"{root}/baseline")
                nobody = Cell(runs=(Run(text="", mark="unknown"),), blank=True, field=f"{root}/owner")
                day = each.deadline.isoformat() if each.deadline else ""
                rows.append(
                    [
                        fixed(goal.title if at == 0 else ""),
                        self.of_goal(f"{root}/statement", each.statement),
                        self.of_goal(f"{root}/baseline", each.baseline) if each.baseline else blank,
                        self.of_goal(f"{root}/target", each.target) if each.target else blank,
                        self.of_goal(f"{root}/deadline", day).model_copy(update={"day": each.deadline}),
                        fixed(each.owner) if each.owner else nobody,
                    ]
                )
        columns = ("goal", "key_result", "now", "wanted", "deadline", "owner")
        return self.table("goals", columns, rows, widths={"key_result": 2.0})

    def tasks_table(self, tasks: Sequence[Task]) -> Table:
        """Return the work with its 5W1H."""
        columns = ("id", "task", "owner", "start", "end", "why", "where", "how", "deliverable", "needs")
        rows = [
            [each.id, each.name, each.owner, each.start, each.end, each.why, each.where, each.how, each.deliverable,
             self.book.get("list_comma").join(each.needs)]
            for each in tasks
        ]  # fmt: skip
        widths = {"id": 0.5, "task": 1.8, "how": 1.6, "deliverable": 1.3, "needs": 0.6, "start": 0.9, "end": 0.9}
        return self.table("tasks", columns, rows, widths=widths)

    def gantt(self, tasks: Sequence[Task]) -> Gantt | None:
        """Return the tasks in time, None where none has its days."""
        bars = tuple(
            Bar(
                id=each.id, label=self.cell(each.name, without="proposed"), group=self.goal_names.get(each.goal, ""),
                start=each.start.day, end=each.end.day, milestone=each.milestone, needs=each.needs,
            )
            for each in tasks
            if each.start.day and each.end.day and each.start.day <= each.end.day
        )  # fmt: skip
        if not bars:
            return None
        start = min([bar.start for bar in bars] + _given(self.plan.window.start.day))
        end = max([bar.end for bar in bars] + _given(self.plan.window.end.day))
        return Gantt(title=self.word("picture.gantt"), same_as="tasks", start=start, end=end, bars=bars)

    def raci(self, grid: RaciGrid, tasks: Sequence[Task]) -> RaciPicture:
        """Return tasks against roles."""
        names = {each.id: each.name for each in tasks}
        lines = []
        for row in grid.rows:
            letters = {entry.role: "/".join(entry.letters) for entry in row.entries}
            label = self.cell(names.get(row.task, row.task), without="proposed")
            runs = (Run(text=f"{row.task} "), *label.runs)
            lines.append(
                RaciLine(
                    task=label.model_copy(update={"runs": runs}),
                    letters=tuple(letters.get(at, "") for at in range(len(grid.roles))),
                )
            )
        roles = tuple(self.cell(role) for role in grid.roles)
        return RaciPicture(
            title=self.word("raci.title"), roles=roles, rows=tuple(lines), legend=self.word("raci.legend")
        )

    def joined(self, values: Sequence[Said]) -> Cell:
        """Return several values in one cell, with the marks that they do not all share."""
        cells = [self.cell(value) for value in values]
        runs: list[Run] = []
        for at, each in enumerate(cells):
            runs += [Run(text=self.book.get("semicolon"))] if at else []
            runs += each.runs
        same = {run.mark for each in cells for run in each.runs if run.text} == {"proposed"}
        if same:
            text = "".join(run.text for run in runs)
            return Cell(runs=(Run(text=text, mark="proposed"),), field=cells[0].field)
        return Cell(runs=tuple(runs), field=cells[0].field if cells else "")

    def days(self, days: Sequence[Day]) -> Cell:
        """Return several days in one cell."""
        text = self.book.get("list_comma").join(each.text for each in days)
        origins = {each.origin for each in days}
        mark: Mark = _mark(origins.pop(), False) if len(origins) == 1 else ""
        field = self._fields.get(id(days[0]), "") if days else ""
        return Cell(runs=(Run(text=text, mark=mark),) if text else (), field=field)

    def total(self, amounts: Sequence[Amount], unit: str) -> Cell:
        """Return the sum of amounts; a blank one leaves the sum open."""
        known = [each.value for each in amounts]
        if not known or any(value is None for value in known):
            return Cell(runs=(Run(text="", mark="unknown"),), blank=True)
        value = sum((each for each in known if each is not None), Decimal(0))
        return Cell(runs=(Run(text=self.book.number(value, unit), mark="computed"),), value=value, unit=unit)

    def _shared(self, values: Sequence[Value]) -> Mark:
        """Return the mark that holds for all values of a column or list."""
        origins: set[str] = set()
        for value in values:
            if isinstance(value, Said):
                if not value.blank:
                    origins.add(value.origin)
            elif isinstance(value, Cell) and value.text:
                marks = {run.mark for run in value.runs}
                origins.add("proposed" if marks == {"proposed"} and len(value.runs) == 1 else "")
            elif value:
                origins.add("")
        return "proposed" if origins == {"proposed"} else ""


def fixed(text: str) -> Cell:
    """Return a fixed word as a cell."""
    return Cell(runs=(Run(text=text),) if text else ())


def _given(day: date | None) -> list[date]:
    return [day] if day is not None else []


def _extra(value: Said, field: str, question: int | None) -> dict[str, Any]:
    return {
        "field": field,
        "question": question,
        "day": value.day if isinstance(value, Day) else None,
        "value": value.value if isinstance(value, Amount) else None,
        "unit": value.unit if isinstance(value, Amount) else "",
        "hint": value.evidence.formula or "",
    }


def _mark(origin: str, tentative: bool) -> Mark:
    name = f"{origin}_tentative" if tentative and origin in {"stated", "computed"} else origin
    return name  # type: ignore[return-value]


def _runs(value: Said, without: Mark) -> Iterable[Run]:
    """Yield the pieces: each figure with its mark, and the mark of the whole behind the last piece."""
    whole: Mark = _mark(value.origin, False)
    told = bool(value.figures) and whole != "proposed"
    figures = [each for each in value.figures if _figure_mark(each) not in ({without} if told else {without, whole})]
    at = 0
    for figure in figures:
        yield Run(text=value.text[at : figure.end], mark=_figure_mark(figure))
        at = figure.end
    # Where the figures tell their origin, the words around them need no mark; a proposal is one as a whole.
    shown = "" if told or whole == without else whole
    rest = value.text[at:]
    if rest:
        yield Run(text=rest, mark=shown)
    elif shown:
        yield Run(text="", mark=shown)


def _figure_mark(figure: SaidFigure) -> Mark:
    return _mark(figure.origin, figure.tentative)


def _bare(cell: Cell, mark: Mark) -> Cell:
    if not mark:
        return cell
    runs = tuple(run.model_copy(update={"mark": ""}) if run.mark == mark else run for run in cell.runs)
    return cell.model_copy(update={"runs": runs})


def _holds(values: Sequence[Value]) -> Literal["text", "day", "amount"]:
    kinds = {_kind(value) for value in values if value is not None and value != ""}
    return kinds.pop() if len(kinds) == 1 else "text"


def _kind(value: Value) -> Literal["text", "day", "amount"]:
    if isinstance(value, Day) or (isinstance(value, Cell) and value.day):
        return "day"
    return "amount" if isinstance(value, Amount) else "text"


__all__ = ["Sheet", "Value", "fixed"]
