"""One person's development: where they stand, where they want to be, gaps, learning, experience, people, habits."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.goals.outline import Section
from assistant.goals.plan import (
    AdjustmentRule,
    Career,
    Checkpoint,
    Gap,
    LearningStep,
    Plan,
    Step,
    Vision,
    Watch,
)
from assistant.plans import analysis, chapters, windows
from assistant.plans.laying import Sheet
from assistant.plans.parts import insight, money
from assistant.plans.parts.measures import mains
from assistant.plans.parts.placed import items, steps, whole
from assistant.plans.parts.stages import Stage, stages
from assistant.plans.writing import Writer

_COURSE = (
    Stage("assess", "know", 0.0, 0.06),
    Stage("agree", "know", 0.08, 0.08, ("assess",), milestone=True),
    Stage("learn", "learn", 0.09, 0.45, ("agree",)),
    Stage("practise", "learn", 0.25, 0.7, ("agree",)),
    Stage("half", "check", 0.5, 0.5, ("agree",), milestone=True),
    Stage("own", "use", 0.52, 0.88, ("half",)),
    Stage("share", "use", 0.7, 0.9, ("half",)),
    Stage("close", "check", 0.93, 1.0, ("own", "share")),
)
_FORMS = (
    ("reading", 0.0, 0.5),
    ("course", 0.08, 0.45),
    ("practice", 0.2, 0.7),
    ("project", 0.4, 0.95),
    ("mentor", 0.05, 1.0),
)


def compose(w: Writer) -> Career:
    """Return the typed plan."""
    return Career(
        position=whole(w, "role", "position"),
        swot=insight.swot(w),
        interests=(
            Step(name=w.propose("kind.interest.interests"), content=whole(w, "interests", "interests")),
            Step(name=w.propose("kind.interest.values"), content=whole(w, "values", "values")),
        ),
        visions=(
            Vision(horizon=w.propose("kind.vision.direction"), state=whole(w, "horizon", "direction")),
            Vision(horizon=w.propose("kind.vision.ideal"), state=whole(w, "vision", "ideal")),
        ),
        gaps=_gaps(w),
        learning=_learning(w),
        experience=steps(w, "experience", "project", "duty", "across", when=True, output=True),
        network=(_mentor(w), *steps(w, "network", "inside", "outside", when=True, output=True)),
        habits=steps(w, "habit", "order", "time", "reflect", "stress", "life", when=True),
        tasks=stages(w, _COURSE),
        budget=money.budget(w, "course", "books", "exam", "travel"),
        watch=_watch(w),
    )


def _gaps(w: Writer) -> tuple[Gap, ...]:
    """Return the measures of the goals with their figures, then the gaps and weaknesses that were named."""
    found = [
        Gap(
            ability=w.goal(f"{each.pointer}/metric"),
            now=w.bare(w.amount_of_goal(f"{each.pointer}/baseline", each.result.unit, "baseline")),
            wanted=w.bare(w.amount_of_goal(f"{each.pointer}/target", each.result.unit, "target")),
            proof=w.goal(f"{each.pointer}/data_source") if each.result.data_source else w.blank("proof"),
        )
        for each in mains(w)
    ]
    for each in items(w, "gap", "weaknesses"):
        found.append(Gap(ability=each, now=w.blank("level"), wanted=w.blank("level"), proof=w.blank("proof")))
    return tuple(found)


def _learning(w: Writer) -> tuple[LearningStep, ...]:
    skills = items(w, "gap", "weaknesses") or tuple(w.goal(f"/goals/{at}/title") for at in range(len(w.g.goals)))
    contents = items(w, "training")
    found = []
    for at, (form, start, end) in enumerate(_FORMS):
        content = contents[at].model_copy() if at < len(contents) else w.propose(f"kind.learning.{form}.text")
        found.append(
            LearningStep(
                skill=skills[at % len(skills)].model_copy(),
                form=w.propose(f"kind.learning.{form}.name"),
                content=content,
                effort=w.blank_amount("effort"),
                start=w.day(windows.share(w.g.span, start, w.g.language)),
                end=w.day(windows.share(w.g.span, end, w.g.language)),
                proof=w.propose(f"kind.learning.{form}.made"),
            )
        )
    return tuple(found)


def _mentor(w: Writer) -> Step:
    usual = steps(w, "network", "mentor", when=True, output=True)[0]
    return usual.model_copy(
        update={"name": w.propose("kind.network.mentor.name"), "owner": whole(w, "mentor", "mentor")}
    )


def _watch(w: Writer) -> Watch:
    """Return one's own checks, the talks, and when the plan is changed; no meetings and no alerts of a team."""
    span, language = w.g.span, w.g.language
    rhythms = (
        ("weekly", windows.rhythm(span, "weekly", language)[:1]),
        ("monthly", windows.rhythm(span, "monthly", language)),
        ("quarterly", windows.rhythm(span, "quarterly", language)),
        ("once", (windows.inside(span, span.end, language),)),
    )
    points = tuple(
        Checkpoint.model_validate(
            {
                "name": w.propose(f"kind.check.{key}.name"), "rhythm": key,
                "content": w.propose(f"kind.check.{key}.text"),
                "owner": w.propose(f"kind.check.{key}.owner", "role"), "output": w.propose(f"kind.check.{key}.made"),
                "days": tuple(w.day(each) for each in days),
            }
        )
        for key, days in rhythms
        if days
    )  # fmt: skip
    rules = tuple(
        AdjustmentRule(
            trigger=w.propose(f"kind.adjust.{key}.name"), action=w.propose(f"kind.adjust.{key}.text"),
            decides=w.propose(f"kind.adjust.{key}.owner", "role"),
        )
        for key in ("direction", "load", "early", "slow")
    )  # fmt: skip
    return Watch(checkpoints=points, adjustments=rules)


def sections(sheet: Sheet, plan: Plan) -> Sequence[Section]:
    """Return the chapters."""
    body = plan.body
    assert isinstance(body, Career)
    word = sheet.word
    self_seen = sheet.form(
        "self", [(word("form.position"), body.position), *((each.name.text, each.content) for each in body.interests)]
    )
    visions = sheet.form("visions", [(each.horizon.text, each.state) for each in body.visions])
    gaps = sheet.table(
        "gaps", ("ability", "now", "wanted", "proof"),
        [[each.ability, each.now, each.wanted, each.proof] for each in body.gaps], names_first=True,
    )  # fmt: skip
    learning = sheet.table(
        "learning", ("skill", "form", "content", "effort", "start", "end", "proof"),
        [
            [each.skill, each.form, each.content, each.effort, each.start, each.end, each.proof]
            for each in body.learning
        ],
        widths={"content": 1.8, "form": 0.6, "start": 0.9, "end": 0.9, "proof": 1.2},
    )  # fmt: skip
    return (
        sheet.section("self", [self_seen, analysis.swot(sheet, body.swot)]),
        sheet.section("visions", [visions]),
        chapters.goals(sheet),
        sheet.section("gaps", [gaps]),
        sheet.section("learning", [learning]),
        chapters.steps(sheet, "experience", body.experience),
        chapters.steps(sheet, "network", body.network, {"owner": word("column.who_is")}),
        analysis.work(sheet, body.tasks),
        chapters.steps(sheet, "habits", body.habits),
        analysis.budget(sheet, body.budget),
        chapters.watch(sheet, body.watch),
        chapters.adjustments(sheet, body.watch),
    )
