"""Says what a follow-up changed and what followed from it, or why nothing did. Knows nothing about how it was done.

One sentence a change, from voices/<language>.toml, in the words of the drafts before and after.
"""

from __future__ import annotations

from assistant.drafting import voice
from assistant.drafting.revising.planning import Plan
from assistant.drafting.revising.sentences import Teller
from assistant.drafting.revising.standing import Standing
from assistant.goals import Correction, DraftResult, Goal, KeyResult, Number


def told(plan: Plan, standing: tuple[Standing, ...], before: DraftResult, after: DraftResult) -> tuple[str, ...]:
    """Return one text a correction.

    Args:
        plan: the corrections.
        standing: the draft before, goal by goal.
        before: the draft before.
        after: the draft after.
    """
    told = _Told(Teller(after.language), plan, standing, before, after)
    found = [told.of(each) for each in plan.corrections]
    if before.verdict.ready and not after.verdict.ready:
        found.append(told.say.say("told.not_ready"))
    if after.drafter.fallback_from:
        found.append(told.say.model_failed(after.drafter))
    return tuple(each for each in found if each)


class _Told:
    def __init__(
        self, say: Teller, plan: Plan, standing: tuple[Standing, ...], before: DraftResult, after: DraftResult
    ) -> None:
        self.say = say
        self.plan = plan
        self.standing = standing
        self.before = before
        self.after = after
        self.voice = voice.load(after.language)
        self.places = _matched(standing, after)

    def of(self, each: Correction) -> str:
        """Return what one correction changed."""
        if each.kind in {"target", "baseline"}:
            return self._value(each)
        return {
            "deadline": self._deadline, "owner": self._owner, "goals": self._goals, "key_results": self._results,
            "ambition": self._ambition, "language": self._language, "drop_goal": self._dropped,
            "add_goal": self._added, "drop_key_result": self._result_dropped,
        }[each.kind](each)  # fmt: skip

    def _value(self, each: Correction) -> str:
        old_at, place = each.goal or 0, each.key_result or 0
        new_at = self.places.get(old_at)
        value = each.value
        if value is None or new_at is None:
            return ""
        goal, old = self.after.goals[new_at], self.standing[old_at]
        now = self._now(goal, old, each)
        metric = now.metric if now else old.goal.key_results[place].metric
        new = (getattr(now, each.kind) if now else None) or value.shown or value.text
        said = old.figure(each.kind, place)
        was: str | None = getattr(old.goal.key_results[place], each.kind)
        key = f"told.{each.kind}"
        if was is None:
            key += "_first"
        elif each.kind == "target" and (said is None or said.origin == "proposed") and value.formula is None:
            key = "told.target_over"
        if was and said and said.text != was:
            was = self.say.quote(was)
        sentences = [self.say.say(key, metric=metric, new=new, old=was or "")]
        if each.kind == "target" and not place:
            sentences.append(self._gap(new_at, goal))
        if each.kind == "baseline" and not place:
            sentences.append(self._moved(old, goal, new_at, each))
        if not each.named and len(self.standing) > 1:
            sentences.append(self.say.say("told.which", place=str(new_at + 1)))
        return self._joined(sentences)

    def _now(self, goal: Goal, old: Standing, each: Correction) -> KeyResult | None:
        """Return the key result after the change that the correction is about."""
        if not each.key_result:
            return goal.key_results[0]
        was = old.goal.key_results[each.key_result]
        return next((result for result in goal.key_results if result.metric_id == was.metric_id), None)

    def _gap(self, place: int, goal: Goal) -> str:
        """Return how far it is, as the draft works it out."""
        field = f"/goals/{place}/achievable"
        computed = [each for each in self.after.numbers if each.field == field and each.origin == "computed"]
        shown = goal.key_results[0].target
        computed = [each for each in computed if each.unit != "month" and each.text != shown]
        baseline = goal.key_results[0].baseline
        if not computed or baseline is None or self.after.drafter.kind == "llm":
            return ""
        if len(computed) == 1:
            return self.say.say("told.gap_short", baseline=baseline, gap=computed[0].text)
        return self.say.say("told.gap", baseline=baseline, gap=computed[0].text, per_month=computed[1].text)

    def _moved(self, old: Standing, goal: Goal, place: int, each: Correction) -> str:
        """Return how a proposed target moved with a baseline or a deadline."""
        was, now = old.goal.key_results[0].target, goal.key_results[0].target
        figure = _target(self.after, place)
        also_set = any(other.kind == "target" and other.goal == each.goal for other in self.plan.corrections)
        if figure is None or figure.origin != "proposed" or was == now or not now or also_set:
            return ""
        if old.goal.key_results[0].baseline is None:
            return self.say.say("told.proposal_set", new=now)
        return self.say.say("told.proposal_moved", old=was or "", new=now)

    def _deadline(self, each: Correction) -> str:
        old_at = each.goal or 0
        place = self.places.get(old_at)
        if place is None:
            return ""
        old, now = self.standing[old_at].goal.key_results[0], self.after.goals[place].key_results[0]
        if now.deadline is None:
            return ""
        new = self.voice.day(now.deadline)
        if old.deadline == now.deadline:
            return self.say.say("told.deadline_same", new=new)
        single = each.goal is not None and len(self.standing) > 1
        key = "told.deadline_of" if single else "told.deadline"
        was = self.voice.day(old.deadline) if old.deadline else ""
        sentences = [self.say.say(key, metric=now.metric, new=new, old=was)]
        if now.readout is not None:
            sentences.append(self.say.say("told.readout", readout=self.voice.day(now.readout)))
        sentences.append(self._moved(self.standing[old_at], self.after.goals[place], place, each))
        if single and not each.named:
            sentences.append(self.say.say("told.which", place=str(place + 1)))
        return self._joined(sentences)

    def _owner(self, each: Correction) -> str:
        new = each.value.text if each.value else ""
        if each.goal is None or len(self.standing) == 1:
            return self.say.say("told.owner", new=new)
        place = self.places.get(each.goal, 0)
        return self.say.say("told.owner_of", metric=self.after.goals[place].key_results[0].metric, new=new)

    def _goals(self, each: Correction) -> str:
        number = str(len(self.after.goals))
        if len(self.after.goals) == len(self.before.goals):
            return self.say.say("told.goals_same", number=number)
        kept = set(self.places.values())
        if len(self.after.goals) > len(self.before.goals):
            new = [goal.title for place, goal in enumerate(self.after.goals) if place not in kept]
            return self.say.say("told.goals_more", number=number, names=self.say.listed(new))
        gone = [goal.title for place, goal in enumerate(self.before.goals) if place not in self.places]
        return self.say.say("told.goals_fewer", number=number, names=self.say.listed(gone))

    def _dropped(self, each: Correction) -> str:
        title = self.before.goals[each.goal or 0].title
        return self.say.say("told.goal_dropped", title=title, number=str(len(self.after.goals)))

    def _added(self, each: Correction) -> str:
        kept = set(self.places.values())
        added = [place for place in range(len(self.after.goals)) if place not in kept]
        if not added:
            return ""
        goal = self.after.goals[added[0]]
        sentences = [self.say.say("told.goal_added", title=goal.title, place=str(added[0] + 1))]
        if goal.key_results[0].baseline is None:
            sentences.append(self.say.say("told.measure_first"))
        return self._joined(sentences)

    def _results(self, each: Correction) -> str:
        old_at = each.goal or 0
        place = self.places.get(old_at)
        if place is None:
            return ""
        was = [result.metric for result in self.standing[old_at].goal.key_results]
        now = [result.metric for result in self.after.goals[place].key_results]
        number = str(len(now))
        sentences = []
        if len(now) == len(was):
            sentences.append(self.say.say("told.key_results_same", number=number) if each.number == len(now) else "")
        elif len(now) < len(was):
            gone = self.say.listed([name for name in was if name not in now])
            sentences.append(self.say.say("told.key_results_fewer", number=number, names=gone))
        else:
            new = self.say.listed([name for name in now if name not in was])
            sentences.append(self.say.say("told.key_results_more", number=number, names=new))
        if each.number is not None and len(now) < each.number:
            sentences.append(self.say.say("told.key_results_short", number=number))
        return self._joined(sentences)

    def _result_dropped(self, each: Correction) -> str:
        old_at = each.goal or 0
        place = self.places.get(old_at, 0)
        metric = self.standing[old_at].goal.key_results[each.key_result or 0].metric
        number = str(len(self.after.goals[place].key_results))
        return self.say.say("told.key_result_dropped", metric=metric, number=number)

    def _ambition(self, each: Correction) -> str:
        way = "up" if (each.number or 0) > 0 else "down"
        sentences = []
        for old_at, place in self.places.items():
            if each.goal not in {None, old_at}:
                continue
            old, now = self.standing[old_at], self.after.goals[place].key_results[0]
            was = old.goal.key_results[0].target or ""
            if old.outcome is not None and old.outcome.target is not None:
                sentences.append(self.say.say("told.ambition_stated", metric=now.metric, target=now.target or ""))
            elif was == now.target:
                sentences.append(self.say.say("told.ambition_same", metric=now.metric))
            else:
                values = {"metric": now.metric, "old": was, "new": now.target or ""}
                sentences.append(self.say.say(f"told.ambition_{way}", **values))
        return self._joined(sentences)

    def _language(self, each: Correction) -> str:
        return self.say.say("told.language_same" if each.language == self.before.language else "told.language")

    def _joined(self, sentences: list[str]) -> str:
        return (" " if self.say.language == "en" else "").join(filter(None, sentences))


def _matched(standing: tuple[Standing, ...], after: DraftResult) -> dict[int, int]:
    """Return the place of each old goal in the new draft, by what it measures; where all stay, by place."""
    free = list(range(len(after.goals)))
    found: dict[int, int] = {}
    for old, each in enumerate(standing):
        own = each.goal.key_results[0]
        ids = {own.metric_id, each.key} - {None, ""}
        new = next((at for at in free if after.goals[at].key_results[0].metric_id in ids), None)
        if new is None:
            new = next((at for at in free if after.goals[at].key_results[0].metric == own.metric), None)
        if new is not None:
            free.remove(new)
            found[old] = new
    if len(standing) == len(after.goals):
        for old in range(len(standing)):
            if old not in found and old in free:
                found[old] = old
                free.remove(old)
    return dict(sorted(found.items()))


def _target(result: DraftResult, goal: int) -> Number | None:
    field = f"/goals/{goal}/key_results/0/target"
    return next((each for each in result.numbers if each.field == field), None)
