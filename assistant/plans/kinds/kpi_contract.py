"""The KPI contract: indicators with weights and scoring rules, guardrails, grades, feedback, rewards, improvement."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.drafting.lines import Line
from assistant.goals.outline import Section
from assistant.goals.plan import KpiContract, Plan, Said, Step
from assistant.plans import chapters
from assistant.plans.laying import Sheet
from assistant.plans.parts import indicators, reviews
from assistant.plans.parts.measures import measures, owner
from assistant.plans.writing import Writer

_GRADES = (("outstanding", Decimal(110)), ("good", Decimal(90)), ("partly", Decimal(70)))
_FEEDBACK = ("monthly", "several", "final")
_REWARDS = ("money", "praise", "growth", "fair")
_IMPROVEMENT = ("talk", "plan", "appeal")


def compose(w: Writer) -> KpiContract:
    """Return the typed contract."""
    rows, watched = indicators.rows(w)
    guards = [each for each in measures(w, guardrails=True) if each.result.guardrail]
    observed = [
        Step(
            name=w.propose("kind.guardrail.name" if each.result.guardrail else "kind.guardrail.watched"),
            content=w.propose(
                "kind.guardrail.rule" if each.result.guardrail else "kind.guardrail.watched_rule",
                statement=w.g.line(f"{each.pointer}/statement"),
            ),
            owner=owner(w, each),
        )
        for each in (*guards, *watched)
    ]
    return KpiContract(
        reviewer=w.blank("reviewer"),
        reviewed=_reviewed(w),
        period=w.said(_period(w)),
        indicators=rows,
        guardrails=tuple(observed),
        grades=tuple(_grades(w)),
        feedback=tuple(_steps(w, "feedback", _FEEDBACK)),
        rewards=tuple(
            each.model_copy(update={"output": w.blank("reward_money") if key == "money" else None})
            for key, each in zip(_REWARDS, _steps(w, "reward", _REWARDS), strict=True)
        ),
        improvement=tuple(_steps(w, "improvement", _IMPROVEMENT)),
        watch=reviews.watch(w),
    )


def _reviewed(w: Writer) -> Said:
    named = next((each for each in w.g.brief.stated if each.slot == "owner"), None)
    return w.person(named.text) if named else w.blank("reviewed")


def _period(w: Writer) -> Line:
    return w.line("plan.period", start=w.g.span.start_shown, end=w.g.span.end_shown)


def _grades(w: Writer) -> list[Step]:
    found = []
    for key, points in _GRADES:
        line = w.figure(str(points), "score", str(points))
        found.append(
            Step(
                name=w.propose(f"kind.grade.{key}.name"),
                content=w.propose(f"kind.grade.{key}.text", "score", line=line),
            )
        )
    found.append(Step(name=w.propose("kind.grade.missed.name"), content=w.propose("kind.grade.missed.text")))
    return found


def _steps(w: Writer, part: str, keys: Sequence[str]) -> list[Step]:
    return [
        Step(name=w.propose(f"kind.{part}.{key}.name"), content=w.propose(f"kind.{part}.{key}.text")) for key in keys
    ]


def sections(sheet: Sheet, plan: Plan) -> Sequence[Section]:
    """Return the chapters."""
    body = plan.body
    assert isinstance(body, KpiContract)
    word = sheet.word
    parties = sheet.form(
        "parties",
        [
            (word("form.reviewer"), body.reviewer),
            (word("form.reviewed"), body.reviewed),
            (word("form.period"), body.period),
        ],
    )
    lines = [[word(f"form.{who}"), "", ""] for who in ("reviewer", "reviewed")]
    titles = {"role": word("form.role"), "sign": word("form.sign"), "date": word("form.date")}
    signature = sheet.table("signature", ("role", "sign", "date"), lines, names_first=True, titles=titles)
    return (
        sheet.section("parties", [parties]),
        chapters.goals(sheet),
        sheet.section("indicators", chapters.indicators(sheet, body.indicators)),
        sheet.section("scoring", chapters.scoring(sheet, body.indicators)),
        chapters.steps(sheet, "guardrails", body.guardrails),
        chapters.steps(sheet, "grades", body.grades),
        chapters.steps(sheet, "feedback", body.feedback),
        chapters.steps(sheet, "rewards", body.rewards),
        chapters.steps(sheet, "improvement", body.improvement),
        chapters.watch(sheet, body.watch),
        chapters.adjustments(sheet, body.watch),
        sheet.section("signature", [signature]),
    )
