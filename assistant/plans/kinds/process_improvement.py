"""The plan to improve a process: how it runs, what hurts, why, what helps most, trial, roll-out, before and after."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.goals.outline import Block, Branch, Piece, Section, Table, Text, Tree
from assistant.goals.plan import (
    BeforeAfter,
    Cause,
    CauseKind,
    Grade,
    Plan,
    ProcessImprovement,
    RankedMeasure,
    Said,
    Step,
    Task,
    WhyChain,
)
from assistant.plans import analysis, chapters
from assistant.plans.labelled import Topic
from assistant.plans.laying import Sheet
from assistant.plans.parts import causes, dangers, footing, money, reviews, work
from assistant.plans.parts.placed import items, pairs, some, steps
from assistant.plans.parts.stages import Stage, stages
from assistant.plans.writing import Writer

_COURSE = (
    Stage("map", "find", 0.0, 0.1),
    Stage("causes", "find", 0.1, 0.2, ("map",)),
    Stage("choose", "find", 0.22, 0.22, ("causes",), milestone=True),
    Stage("design", "try", 0.23, 0.36, ("choose",)),
    Stage("pilot", "try", 0.37, 0.58, ("design",)),
    Stage("judge", "try", 0.6, 0.6, ("pilot",), milestone=True),
    Stage("train", "spread", 0.62, 0.72, ("judge",)),
    Stage("roll", "spread", 0.73, 0.88, ("train",)),
    Stage("standard", "keep", 0.85, 0.93, ("judge",)),
    Stage("effect", "keep", 0.94, 1.0, ("roll", "standard")),
)
_ENDING = (Stage("effect", "keep", 0.96, 1.0),)
_USUAL: dict[str, tuple[Grade, Grade]] = {
    "resistance": ("high", "high"), "system": ("medium", "high"), "data": ("medium", "medium"),
    "load": ("medium", "medium"), "relapse": ("high", "medium"), "shift": ("medium", "high"),
}  # fmt: skip
_KINDS: tuple[tuple[CauseKind, Topic], ...] = (
    ("man", "man"), ("machine", "machine"), ("material", "material"), ("method", "method"),
    ("environment", "environment"), ("measurement", "gauge"),
)  # fmt: skip
_MAP = ("trigger", "path", "handover", "decision", "end")


def compose(w: Writer) -> ProcessImprovement:
    """Return the typed plan."""
    status = footing.status(w)
    return ProcessImprovement(
        process=_process(w),
        problems=some(w, "problem", "problem"),
        pains=status,
        whys=causes.chains(w),
        causes=tuple(each for kind, topic in _KINDS for each in _causes(w, kind, topic)),
        ranking=causes.ranking(w),
        measures=steps(w, "measure", *causes.USUAL, owner=True, output=True),
        tasks=_tasks(w),
        staff=footing.resources(w, ("people", "tools", "windows", "other")),
        budget=money.budget(w, "people", "software", "equipment", "training", "outside"),
        training=(*_training(w), *steps(w, "training", "operators", "leads", "newcomers", "message", when=True)),
        risks=(*dangers.usual(w, _USUAL), *dangers.risks(w, lever=False)),
        comparison=tuple(
            BeforeAfter(
                measure=each.measure.model_copy(), before=each.now.model_copy(), after=each.wanted.model_copy(),
                actual=w.blank_amount(""), source=each.source.model_copy(), gain=each.gap.model_copy(),
            )
            for each in status
        ),
        rollout=steps(w, "rollout", "area", "measured", "pass", "spread", "back", owner=True),
        standards=steps(w, "standard", "paper", "teach", "audit", "improve", "share", owner=True),
        watch=reviews.watch(w),
    )  # fmt: skip


def _process(w: Writer) -> tuple[Step, ...]:
    """Return the steps of the process as they were said, else what has to be told of it."""
    told = [each for item, source in pairs(w, "steps") for each in causes.chain_of(item, source, w)]
    if told:
        return tuple(
            Step(name=each, content=w.blank("step_work"), owner=w.blank("step_work"), when=w.blank("step_time"))
            for each in told
        )
    return tuple(Step(name=w.propose(f"kind.map.{key}"), content=w.blank("steps")) for key in _MAP)


def _causes(w: Writer, kind: CauseKind, topic: Topic) -> tuple[Cause, ...]:
    told = tuple(
        Cause(kind=kind, text=each, check=w.propose("kind.cause.told_check", "practice")) for each in items(w, topic)
    )
    usual = tuple(
        Cause(
            kind=kind,
            text=w.propose(f"kind.cause.{kind}.{at}.text", "guess"),
            check=w.propose(f"kind.cause.{kind}.{at}.check"),
        )
        for at in ("one", "other")
    )
    return (*told, *usual)


def _tasks(w: Writer) -> tuple[Task, ...]:
    own = work.phases(w)
    if not own:
        return stages(w, _COURSE, accepted=True)
    after = max((each.end.day for each in own if each.end.day), default=None)
    return (*own, *stages(w, _ENDING, accepted=True, after=after))


def _training(w: Writer) -> tuple[Step, ...]:
    return tuple(
        Step(name=w.propose("kind.training.told"), content=each, when=w.blank("training"))
        for each in items(w, "training")
    )


def sections(sheet: Sheet, plan: Plan) -> Sequence[Section]:
    """Return the chapters."""
    body = plan.body
    assert isinstance(body, ProcessImprovement)
    pains = sheet.listing(body.problems)
    whys = [
        sheet.table(
            f"whys-{at}" if at > 1 else "whys", ("question", "answer"),
            [[each.question, each.answer] for each in chain.steps],
            name=chain.problem.text, total=(sheet.word("why.root"), chain.root), widths={"answer": 1.2},
        )
        for at, chain in enumerate(body.whys, 1)
    ]  # fmt: skip
    return (
        sheet.section("process", [_process_table(sheet, body.process)]),
        sheet.section("pains", [pains, *chapters.status(sheet, body.pains).blocks]),
        sheet.section("whys", [sheet.paragraph(sheet.word("why.how")), *whys]),
        sheet.section("causes", [_bones(sheet, body.whys, body.causes), _causes_table(sheet, body.causes)]),
        chapters.goals(sheet),
        sheet.section("ranking", _ranking(sheet, body.ranking)),
        chapters.steps(sheet, "measures", body.measures),
        analysis.work(sheet, body.tasks),
        chapters.steps(sheet, "rollout", body.rollout),
        chapters.resources(sheet, body.staff, "staff"),
        analysis.budget(sheet, body.budget),
        chapters.steps(sheet, "training", body.training),
        chapters.risks(sheet, body.risks),
        sheet.section("comparison", [_comparison(sheet, body.comparison)]),
        chapters.steps(sheet, "standards", body.standards),
        chapters.watch(sheet, body.watch),
        chapters.adjustments(sheet, body.watch),
    )


def _process_table(sheet: Sheet, rows: Sequence[Step]) -> Table:
    titles = {"name": sheet.word("column.step"), "when": sheet.word("column.spent")}
    columns = ["name", "content", *(["owner", "when"] if any(each.owner is not None for each in rows) else [])]
    listed = [[getattr(each, name) for name in columns] for each in rows]
    return sheet.table("process", columns, listed, names_first=True, titles=titles, widths={"content": 1.6})


def _bones(sheet: Sheet, chains: Sequence[WhyChain], rows: Sequence[Cause]) -> Tree:
    """Return the picture that is usually drawn as a fishbone: the problem, six kinds of causes, the causes."""
    kinds = tuple(
        Branch(
            words=sheet.word(f"causes.{kind}"),
            branches=tuple(
                Branch(words=each.text.text, mark="stated" if each.text.origin == "stated" else None)
                for each in rows
                if each.kind == kind
            ),
        )
        for kind, _ in _KINDS
    )
    return Tree(
        key="bones", name=sheet.word("picture.bones"), roots=(Branch(words=chains[0].problem.text, branches=kinds),)
    )


def _causes_table(sheet: Sheet, rows: Sequence[Cause]) -> Table:
    listed = [
        [
            sheet.word(f"causes.{each.kind}") if not at or rows[at - 1].kind != each.kind else "",
            each.text,
            each.check,
            "",
        ]
        for at, each in enumerate(rows)
    ]
    columns = ("kind", "cause", "check", "found")
    return sheet.table("causes", columns, listed, names_first=True, widths={"kind": 0.4, "cause": 1.3, "check": 1.5})


def _ranking(sheet: Sheet, rows: Sequence[RankedMeasure]) -> list[Block]:
    """Return impact against ease as four fields, and the order that follows."""
    fields: dict[str, list[Said]] = {"now": [], "project": [], "quick": [], "later": [], "open": []}
    for each in rows:
        if each.impact is None or each.ease is None:
            fields["open"].append(each.name)
        elif each.impact == "high":
            fields["now" if each.ease == "high" else "project"].append(each.name)
        else:
            fields["quick" if each.ease == "high" else "later"].append(each.name)
    squares = [
        sheet.quadrant(sheet.word(f"ranking.{key}"), listed, lack=sheet.word("ranking.none"))
        for key, listed in fields.items()
        if listed or key != "open"
    ]
    order = sorted(rows, key=lambda each: each.rank or len(rows) + 1)
    listed = [
        [
            _place(sheet, each), each.name, _grade(sheet, each, each.impact), _grade(sheet, each, each.ease),
            each.reason,
        ]
        for each in order
    ]  # fmt: skip
    table = sheet.table(
        "ranking", ("rank", "measure_taken", "impact", "ease", "reason"), listed,
        widths={"rank": 0.4, "measure_taken": 1.5, "impact": 0.5, "ease": 0.5, "reason": 1.6},
    )  # fmt: skip
    return [sheet.grid("impact-ease", sheet.word("picture.ranking"), squares), table]


def _place(sheet: Sheet, row: RankedMeasure) -> Text:
    return Text(pieces=(Piece(words=str(row.rank), mark="computed"),)) if row.rank else sheet.lack("grades")


def _grade(sheet: Sheet, row: RankedMeasure, grade: str | None) -> Text:
    if grade is None:
        return sheet.lack("grades")
    shown = sheet.grade(grade)
    return Text(pieces=(Piece(words=shown.plain, mark="stated"),)) if row.name.origin == "stated" else shown


def _comparison(sheet: Sheet, rows: Sequence[BeforeAfter]) -> Table:
    listed = [[each.measure, each.before, each.after, each.actual, each.gain, each.source] for each in rows]
    titles = {"actual": sheet.word("column.reached")}
    columns = ("measure", "before", "after", "actual", "gain", "source")
    return sheet.table("comparison", columns, listed, names_first=True, titles=titles)
