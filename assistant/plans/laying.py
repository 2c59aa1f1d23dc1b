"""Helps a kind to lay its plan out: texts with marks, tables, lists, pictures. Knows nothing about kinds or formats.

A mark that holds for a whole column or field stands once at its head, so that a page of proposals stays legible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.drafting.voice import Voice
from assistant.goals import Number
from assistant.goals.outline import (
    Bar,
    Block,
    Branch,
    Duty,
    Gantt,
    Grid,
    Listing,
    Mark,
    Paragraph,
    Piece,
    Quadrant,
    Raci,
    Section,
    Table,
    Text,
    Tree,
)
from assistant.goals.plan import Amount, Day, Plan, RaciGrid, Said, Task
from assistant.goals.plan.said import SaidFigure
from assistant.plans import walking

Value = Said | Text | str | None
"""What may stand in a cell: a value of the plan, a text made before, a fixed word, nothing."""


class Sheet:
    """Lays one plan out."""

    def __init__(self, plan: Plan, book: Voice) -> None:
        """Take the plan and the words of its kind."""
        self.plan = plan
        self.book = book
        self._fields: dict[int, str] = {}
        for pointer, value in walking.values(plan):
            self._fields.setdefault(id(value), pointer)
        self._numbers: dict[str, list[Number]] = defaultdict(list)
        for number in plan.goal_numbers:
            if number.text:
                self._numbers[number.field].append(number)
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

    def text(self, value: Value, *, without: Mark | None = None) -> Text:
        """Return a value as shown; `without` is a mark that already stands at the head of its column or field."""
        if isinstance(value, Text):
            return value
        if value is None or isinstance(value, str):
            return fixed(value or "")
        field = self._fields.get(id(value))
        if value.blank:
            return self.lack(value.question, field)
        return Text(pieces=tuple(_pieces(value, without)), field=field)

    def lack(self, question: str = "", field: str | None = None) -> Text:
        """Return a blank; its words name what belongs there and the number of the question that asks for it."""
        number = self._questions.get(question)
        words = self.word("blank.plain")
        if number is not None:
            words = self.word("blank.asked").format(n=number)
        return Text(pieces=(Piece(words=words, mark="unknown"),), blank=True, field=field)

    def grade(self, grade: str | None) -> Text:
        """Return a grade (`high`, `medium`, `low`) as a proposal, a blank where nobody has judged."""
        if grade is None:
            return self.lack()
        return Text(pieces=(Piece(words=self.word(f"grade.{grade}"), mark="proposed"),))

    def table(
        self,
        key: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        *,
        name: str = "",
        total: Sequence[Any] = (),
        names_first: bool = False,
        widths: Mapping[str, float] | None = None,
        titles: Mapping[str, str] | None = None,
    ) -> Table:
        """Return a table of `Value`s; the headings are the words at `column.KEY` unless `titles` has one."""
        listed = [list(row) for row in rows]
        marks: list[Mark | None] = []
        cells = []
        for at in range(len(columns)):
            values = [row[at] for row in listed]
            mark = _shared(values)
            marks.append(mark)
            cells.append([_bare(self.text(value, without=mark), mark) for value in values])
        written = [tuple(column[at] for column in cells) for at in range(len(listed))]
        written += [tuple(self.text(value) for value in total)] if total else []
        return Table(
            key=key, name=name,
            headings=tuple((titles or {}).get(each) or self.word(f"column.{each}") for each in columns),
            rows=tuple(written), widths=tuple((widths or {}).get(each, 1.0) for each in columns),
            names_first=names_first, marks=tuple(marks) if any(marks) else (),
        )  # fmt: skip

    def form(self, key: str, pairs: Iterable[tuple[str, Value]], *, name: str = "") -> Table:
        """Return a table of two columns, a fixed word and its value a row."""
        return Table(
            key=key, name=name, headings=(self.word("column.field"), self.word("column.value")),
            rows=tuple((fixed(label), self.text(value)) for label, value in pairs), widths=(0.4, 1.6),
            names_first=True,
        )  # fmt: skip

    def listing(self, items: Iterable[Value], *, name: str = "", numbered: bool = False) -> Listing:
        """Return a list."""
        return Listing(name=name, numbered=numbered, items=tuple(self.text(value) for value in items))

    def paragraph(self, value: Value, *, name: str = "") -> Paragraph:
        """Return a paragraph."""
        return Paragraph(name=name, text=self.text(value))

    def quadrant(self, name: str, items: Iterable[Value], *, lack: str = "") -> Quadrant:
        """Return a field of a grid."""
        values = list(items)
        mark = _shared(values)
        lines = tuple(_bare(self.text(value, without=mark), mark) for value in values)
        return Quadrant(name=name, mark=mark, lines=lines, lack=lack)

    def grid(self, key: str, name: str, quadrants: Iterable[Quadrant]) -> Grid:
        """Return fields side by side, two a row."""
        return Grid(key=key, name=name, quadrants=tuple(quadrants))

    def section(self, key: str, blocks: Iterable[Block | None]) -> Section:
        """Return a chapter titled by the word at `section.KEY`; blocks that are None are left out."""
        kept = tuple(block for block in blocks if block is not None)
        return Section(key=key, title=self.word(f"section.{key}"), blocks=kept)

    def of_goal(self, pointer: str, text: str) -> Text:
        """Return a text of the goals, each figure with its mark."""
        found, at = [], 0
        for number in sorted(self._numbers.get(pointer, ()), key=lambda each: each.start):
            place = text.find(number.text, at)
            if place < 0:
                continue
            mark = _mark(number.origin, number.tentative)
            found.append(Piece(words=text[at : place + len(number.text)], mark=mark))
            at = place + len(number.text)
        found += [Piece(words=text[at:])] if at < len(text) else []
        return Text(pieces=tuple(found), field=f"/draft{pointer}")

    def goal_tree(self) -> Tree:
        """Return the picture of objectives and key results."""
        roots = []
        for goal in self.plan.goals:
            branches = tuple(
                Branch(words=each.statement, note=self.word(f"result.{'guardrail' if each.guardrail else each.kind}"))
                for each in goal.key_results
            )
            roots.append(Branch(words=goal.objective.text, note=goal.title, branches=branches))
        return Tree(key="okr", name=self.word("picture.tree"), roots=tuple(roots))

    def goals_table(self) -> Table:
        """Return all key results of all goals as one table."""
        rows: list[list[Value]] = []
        for index, goal in enumerate(self.plan.goals):
            for at, each in enumerate(goal.key_results):
                root = f"/goals/{index}/key_results/{at}"
                day = each.deadline.isoformat() if each.deadline else ""
                rows.append(
                    [
                        goal.title if at == 0 else "",
                        self.of_goal(f"{root}/statement", each.statement),
                        self.of_goal(f"{root}/baseline", each.baseline)
                        if each.baseline
                        else self.lack("baseline", f"/draft{root}/baseline"),
                        self.of_goal(f"{root}/target", each.target)
                        if each.target
                        else self.lack("target", f"/draft{root}/target"),
                        self.of_goal(f"{root}/deadline", day) if day else self.lack("", f"/draft{root}/deadline"),
                        each.owner or self.lack("owner", f"/draft{root}/owner"),
                    ]
                )
        columns = ("goal", "key_result", "now", "wanted", "deadline", "owner")
        return self.table("goals", columns, rows, widths={"key_result": 2.4, "owner": 0.8})

    def tasks_table(self, tasks: Sequence[Task]) -> Table:
        """Return the work with its 5W1H."""
        columns = ("id", "task", "owner", "start", "end", "why", "where", "how", "deliverable", "needs")
        rows = [
            [each.id, each.name, each.owner, each.start, each.end, each.why, each.where, each.how, each.deliverable,
             self.book.get("list_comma").join(each.needs)]
            for each in tasks
        ]  # fmt: skip
        widths = {"id": 0.5, "task": 1.8, "how": 1.7, "deliverable": 1.3, "needs": 0.6, "start": 0.9, "end": 0.9}
        return self.table("tasks", columns, rows, widths=widths)

    def gantt(self, tasks: Sequence[Task]) -> Gantt | None:
        """Return the tasks in time, None where none has its days."""
        bars = tuple(
            Bar(
                words=each.name.text, start=each.start.day, end=each.end.day, lane=each.owner.text,
                proposed="proposed" in {each.start.origin, each.end.origin},
            )
            for each in tasks
            if each.start.day and each.end.day and each.start.day <= each.end.day
        )  # fmt: skip
        if not bars:
            return None
        start = min([bar.start for bar in bars] + _given(self.plan.window.start.day))
        end = max([bar.end for bar in bars] + _given(self.plan.window.end.day))
        return Gantt(key="gantt", name=self.word("picture.gantt"), start=start, end=end, bars=bars)

    def raci(self, grid: RaciGrid, tasks: Sequence[Task]) -> Raci:
        """Return tasks against roles."""
        names = {each.id: f"{each.id} {each.name.text}" for each in tasks}
        duties = []
        for row in grid.rows:
            letters = {entry.role: "/".join(entry.letters) for entry in row.entries}
            codes = tuple(letters.get(at, "") for at in range(len(grid.roles)))
            duties.append(Duty(task=names.get(row.task, row.task), codes=codes))
        people = tuple(role.text or self.word("blank.plain") for role in grid.roles)
        return Raci(key="raci", name=self.word("raci.title"), people=people, duties=tuple(duties))

    def joined(self, values: Sequence[Said]) -> Text:
        """Return several values in one cell, with the marks that they do not all share."""
        texts = [self.text(value) for value in values]
        found: list[Piece] = []
        for at, each in enumerate(texts):
            found += [Piece(words=self.book.get("semicolon"))] if at else []
            found += each.pieces
        field = texts[0].field if texts else None
        if {piece.mark for each in texts for piece in each.pieces if piece.words} == {"proposed"}:
            words = "".join(piece.words for piece in found)
            return Text(pieces=(Piece(words=words, mark="proposed"),), field=field)
        return Text(pieces=tuple(found), field=field)

    def days(self, days: Sequence[Day]) -> Text:
        """Return several days in one cell."""
        words = self.book.get("list_comma").join(each.text for each in days)
        origins = {each.origin for each in days}
        mark = _mark(origins.pop(), False) if len(origins) == 1 else None
        field = self._fields.get(id(days[0])) if days else None
        return Text(pieces=(Piece(words=words, mark=mark),) if words else (), field=field)

    def total(self, amounts: Sequence[Amount], unit: str) -> Text:
        """Return the sum of amounts; a blank one leaves the sum open."""
        known = [each.value for each in amounts]
        if not known or any(value is None for value in known):
            return self.lack()
        value = sum((each for each in known if each is not None), Decimal(0))
        return Text(pieces=(Piece(words=self.book.number(value, unit), mark="computed"),))


def fixed(words: str) -> Text:
    """Return a fixed word as a text."""
    return Text(pieces=(Piece(words=words),) if words else ())


def _given(day: date | None) -> list[date]:
    return [day] if day is not None else []


def _mark(origin: str, tentative: bool) -> Mark:
    name = f"{origin}_tentative" if tentative and origin in {"stated", "computed"} else origin
    return name  # type: ignore[return-value]


def _pieces(value: Said, without: Mark | None) -> Iterable[Piece]:
    """Yield the pieces: each figure with its mark, and the mark of the whole behind the last piece."""
    whole = _mark(value.origin, False)
    told = bool(value.figures) and whole != "proposed"
    figures = [each for each in value.figures if _figure_mark(each) not in ({without} if told else {without, whole})]
    at = 0
    for figure in figures:
        yield Piece(words=value.text[at : figure.end], mark=_figure_mark(figure))
        at = figure.end
    # Where the figures tell their origin, the words around them need no mark; a proposal is one as a whole.
    shown = None if told or whole == without else whole
    rest = value.text[at:]
    if rest or shown:
        yield Piece(words=rest, mark=shown)


def _figure_mark(figure: SaidFigure) -> Mark:
    return _mark(figure.origin, figure.tentative)


def _shared(values: Sequence[Value]) -> Mark | None:
    """Return the mark that holds for all values of a column or field."""
    origins: set[str] = set()
    for value in values:
        if isinstance(value, Said):
            if not value.blank:
                origins.add(value.origin)
        elif isinstance(value, Text):
            if value.plain and not value.blank:
                proposed = len(value.pieces) == 1 and value.pieces[0].mark == "proposed"
                origins.add("proposed" if proposed else "")
        elif value:
            origins.add("")
    return "proposed" if origins == {"proposed"} else None


def _bare(text: Text, mark: Mark | None) -> Text:
    if mark is None or text.blank:
        return text
    pieces = tuple(each.model_copy(update={"mark": None}) if each.mark == mark else each for each in text.pieces)
    return text.model_copy(update={"pieces": pieces})
