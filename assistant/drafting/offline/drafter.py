"""The offline drafter: turns a brief into goals by rule, with no model. Knows nothing about gates or output formats.

Deterministic: the same request on the same day gives the same draft.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant import catalogue
from assistant.drafting.lines import Line, Part, line, quoted
from assistant.drafting.offline import own
from assistant.drafting.offline.compose import Composer
from assistant.drafting.offline.material import allocate
from assistant.drafting.offline.terms import Setting, Terms
from assistant.drafting.offline.written import Written
from assistant.drafting.outcomes import Suggest
from assistant.drafting.voice import Voice, load, proposed
from assistant.goals import (
    Aim,
    Brief,
    Draft,
    Evidence,
    Goal,
    KeyResult,
    Language,
    Metric,
    Milestone,
    Number,
    Objective,
    Outcome,
)

DEFAULT_TEAM_COUNT = 5
_STAND_INS = ("perceived-improvement", "planned-steps-on-time", "question-response-rate")
_MEETING_MINUTES = 30
_PERSONAL = "personal-development"
_UNIT = re.compile(
    r"\b(?:team|office|department|desk|unit|group|crew|board|squad|committee|help ?line|lab)$", re.IGNORECASE
)
_DETERMINED = re.compile(r"(?:the|our|my|we|a|an|every|each|all)\b|\w+['’]s\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft with the origin of each of its figures."""

    draft: Draft
    numbers: tuple[Number, ...]


def write(aim: Aim, brief: Brief, suggest: Suggest | None = None) -> Drafted:
    """Return the goals for a request, with blanks where nothing was said.

    Args:
        aim: the request.
        brief: what was understood of it.
        suggest: ranks catalogue metrics by wording, for goals beyond those the aim names.
    """
    said = load(aim.language)
    metrics = dict(catalogue.load().metrics)
    outcomes, filled_in = _wanted(aim, brief, suggest or catalogue.default().suggest)
    measured = measures_of(outcomes, metrics, said)
    named = next((each for each in brief.stated if each.slot == "owner"), None)
    sources = {source.key: source for source in brief.sources}
    personal = all(
        metric.function == _PERSONAL or (metric.function == own.FUNCTION and brief.functions[:1] == (_PERSONAL,))
        for metric in measured
    )
    personal = personal and not aim.team.profile and named is None
    scope = line(said.get("self" if personal else "team"))
    if named:
        scope = _in_a_sentence(quoted(sources[named.source], named.start, named.end), aim.language)
    setting = Setting(said, aim.today, scope, named.text if named else None, metrics, sources, personal)
    material = allocate(brief, outcomes, measured)
    written = [
        Composer(Terms(_owned(setting, outcome), outcome, metric, share, filled_in=index >= filled_in)).write()
        for index, (outcome, metric, share) in enumerate(zip(outcomes, measured, material, strict=True))
    ]
    numbers: list[Number] = []
    goals = []
    for index, each in enumerate(written):
        goals.append(_goal(index, each))
        for pointer, text in each.lines.items():
            numbers += text.numbers(f"/goals/{index}/{pointer}")
        numbers += [_blank(f"/goals/{index}/{pointer}", why) for pointer, why in each.blanks]
    assumptions = _distinct([each for goal in written for each in goal.assumptions])
    if filled_in < len(outcomes) and brief.outcomes:
        asked = proposed(str(len(outcomes)), said.get("rule.meeting"))
        if aim.count is not None:
            asked = proposed(str(aim.count), "--count")
        assumptions.append(said.say("assumption.team_fill", count=asked))
    strategy = _strategy(setting, measured)
    for name, lines in (("assumptions", assumptions), ("monitoring_strategy", strategy)):
        for index, text in enumerate(lines):
            numbers += text.numbers(f"/{name}/{index}")
    draft = Draft(
        language=aim.language,
        goals=tuple(goals),
        assumptions=tuple(text.text for text in assumptions),
        monitoring_strategy=tuple(text.text for text in strategy),
    )
    return Drafted(draft, tuple(numbers))


def _owned(setting: Setting, outcome: Outcome) -> Setting:
    """Return the setting of one goal: with its own owner where one was named for it alone."""
    if outcome.owner is None:
        return setting
    said = outcome.owner
    scope = _in_a_sentence(quoted(setting.sources[said.source], said.start, said.end), setting.voice.language)
    return replace(setting, scope=scope, owner=said.text)


def _in_a_sentence(owner: Line, language: Language) -> Line:
    """Return the owner as it stands inside a sentence; an English unit that goes by a common noun takes its article."""
    if language == "en" and _UNIT.search(owner.text) and not _DETERMINED.match(owner.text):
        return line("the ", owner)
    return owner


def measures_of(outcomes: list[Outcome], metrics: dict[str, Metric], said: Voice) -> list[Metric]:
    """Return the metric of each outcome: the catalogue's, the person's own, else general ones in turn."""
    spare = [id for id in _STAND_INS if id not in {outcome.metric_id for outcome in outcomes}]
    found = []
    for outcome in outcomes:
        if outcome.metric_id is None and outcome.metric_name:
            found.append(own.measure(outcome, said))
            continue
        id = outcome.metric_id or (spare.pop(0) if len(spare) > 1 else spare[0])
        found.append(metrics[id])
    return found


def _wanted(aim: Aim, brief: Brief, suggest: Suggest) -> tuple[list[Outcome], int]:
    """Return the outcomes that become goals, and how many of them were asked for rather than filled in."""
    outcomes = list(brief.outcomes)
    asked = len(outcomes)
    outcomes += brief.further
    count = aim.count or (max(1, len(outcomes)) if aim.text else DEFAULT_TEAM_COUNT)
    if len(outcomes) >= count:
        return outcomes[:count], min(asked, count)
    taken = {outcome.metric_id for outcome in outcomes} | set(brief.dropped)
    deadline = next((outcome.deadline for outcome in outcomes if outcome.deadline), None)
    for metric in _further(aim, brief, taken, suggest):
        if len(outcomes) >= count:
            break
        name = metric.text[aim.language].name
        outcomes.append(
            Outcome(
                text=name, source="team", start=0, end=0, metric_id=metric.id, metric_name=name,
                direction=metric.direction, deadline=deadline,
            )
        )  # fmt: skip
    return outcomes, asked


def _further(aim: Aim, brief: Brief, taken: set[str | None], suggest: Suggest) -> list[Metric]:
    """Return metrics for further goals, no family twice while there is another.

    Those near the organisation's goals come first, then the metrics of the team's functions.
    """
    entries = catalogue.load()
    texts = [*aim.team.org_goals, *aim.team.improve, aim.team.profile, aim.text, *aim.context]
    ranked: list[str] = []
    for text in filter(None, texts):
        ranked += [each.metric for each in suggest(text, brief.functions) if each.score >= 0.2]
    for function in brief.functions or ("general",):
        ranked += [metric.id for metric in entries.functions[function].metrics]
    ranked += [metric.id for metric in entries.functions["general"].metrics] if "general" in entries.functions else []
    usable = [id for id in dict.fromkeys(ranked) if id not in taken]
    families = {family for id in taken if id for family in entries.metrics[id].families}
    guards = {guard for id in taken if id for guard in entries.metrics[id].guardrails}
    fresh, rest = [], []
    for id in usable:
        metric = entries.metrics[id]
        if id in guards or families & set(metric.families):
            rest.append(metric)
        else:
            fresh.append(metric)
            families |= set(metric.families)
    return [*fresh, *rest]


def _goal(index: int, written: Written) -> Goal:
    text = {pointer: each.text for pointer, each in written.lines.items()}
    results = []
    for at, plain in enumerate(written.key_results):
        own = {
            name: text.get(f"key_results/{at}/{name}")
            for name in ("statement", "metric", "baseline", "target", "data_source")
        }
        results.append(KeyResult.model_validate({"id": f"G{index + 1}-KR{at + 1}", **own, **plain}))
    return Goal(
        id=f"G{index + 1}",
        title=text["title"],
        statement=text["statement"],
        specific=text["specific"],
        measurable=text["measurable"],
        achievable=text["achievable"],
        relevant=text["relevant"],
        time_bound=text["time_bound"],
        monitoring=text["monitoring"],
        objective=Objective(text=text["objective/text"], ambition="committed"),
        key_results=tuple(results),
        initiatives=tuple(text[f"initiatives/{at}"] for at in range(written.initiatives)),
        milestones=tuple(
            Milestone(text=text[f"milestones/{at}/text"], date=day) for at, day in enumerate(written.milestone_dates)
        ),
    )


def _blank(pointer: str, why: str) -> Number:
    """Return the entry of a value that nobody knows yet, with the way to measure it."""
    return Number(
        text="", value=None, unit=None, field=pointer, start=0, end=0, origin="unknown",
        evidence=Evidence(source="rule", formula=why),
    )  # fmt: skip


def _strategy(setting: Setting, metrics: list[Metric]) -> list[Line]:
    """Return how the team keeps watch over all goals: rhythm, who follows what, review, change of targets."""
    said: Voice = setting.voice
    seed = f"{metrics[0].id}|{metrics[0].text[said.language].name}" if metrics else ""
    if setting.personal:
        return [said.say(f"strategy.self.{key}", seed) for key in ("rhythm", "review", "adjust")]
    minutes = proposed(
        said.get("minutes").format(n=_MEETING_MINUTES),
        said.get("rule.meeting"), str(_MEETING_MINUTES), "min",
    )  # fmt: skip
    lines = [said.say("strategy.meeting", seed, minutes=minutes)]
    followed = {each.text[said.language].name: each for each in metrics}
    for metric in followed.values() if len(followed) > 1 else ():
        words = metric.text[said.language]
        slots: dict[str, Part] = {
            "metric": said.named(words.name), "role": words.owner, "owner": setting.scope,
            "cadence": said.get(f"cadence.{metric.cadence}"), "source": words.data_source,
        }  # fmt: skip
        lines.append(said.say("strategy.tracking", metric.id, **slots))
    lines.append(said.say("strategy.review", seed))
    lines.append(said.say("strategy.adjust", seed))
    return lines


def _distinct(lines: list[Line]) -> list[Line]:
    return list({each.text: each for each in lines}.values())
