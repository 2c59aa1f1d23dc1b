"""A brief while follow-ups change it. Knows nothing about instructions: it is told what to replace, add or drop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from assistant.drafting.revising import setting_aside
from assistant.gates import figures
from assistant.goals import Brief, Conflict, Language, Outcome, SetAside, Slot, Source, Stated


@dataclass(slots=True)
class State:
    """The parts of a brief that follow-ups change."""

    base: Brief
    language: Language
    sources: list[Source]
    outcomes: list[Outcome]
    further: list[Outcome]
    stated: list[Stated]
    conflicts: list[Conflict]
    dropped: list[str]
    set_aside: list[SetAside] = field(default_factory=list)

    @classmethod
    def of(cls, brief: Brief, language: Language) -> State:
        """Return the state of a brief."""
        return cls(
            brief, language, list(brief.sources), list(brief.outcomes), list(brief.further), list(brief.stated),
            list(brief.conflicts), list(brief.dropped), [each for source in brief.sources for each in source.set_aside],
        )  # fmt: skip

    def with_source(self, source: Source) -> State:
        """Return the state with one more text."""
        return replace(self, sources=[*self.sources, source], set_aside=[*self.set_aside, *source.set_aside])

    def brief(self) -> Brief:
        """Return the brief as it is now."""
        sources = tuple(setting_aside.without(each, self.set_aside) for each in self.sources)
        missing = [slot for slot in self.base.missing if not self._filled(slot)]
        if not self.outcomes and not self.further and "outcome" not in missing:
            missing.insert(0, "outcome")
        return self.base.model_copy(
            update={
                "sources": sources, "outcomes": tuple(self.outcomes), "further": tuple(self.further),
                "stated": tuple(self.stated), "conflicts": tuple(self.conflicts), "missing": tuple(missing),
                "dropped": tuple(self.dropped),
            }
        )  # fmt: skip

    def change(self, key: str, change: Callable[[Outcome], Outcome]) -> None:
        """Change the wish of a key; '' changes all."""
        for wishes in (self.outcomes, self.further):
            wishes[:] = [change(each) if key in {"", each.key} else each for each in wishes]

    def replace_value(self, slot: Slot, value: Stated, key: str) -> None:
        """Put a new baseline, target or deadline in place of the old one; '' puts it everywhere."""
        replaced: list[Stated] = []

        def put(outcome: Outcome) -> Outcome:
            old: Stated | None = getattr(outcome, slot)
            if old is not None:
                replaced.append(old)
            update: dict[str, object] = {slot: value.model_copy(update={"metric_id": outcome.metric_id})}
            return outcome.model_copy(update=update)

        self.change(key, put)
        new = (
            value
            if slot == "deadline"
            else next((getattr(each, slot) for each in (*self.outcomes, *self.further) if key in {"", each.key}), value)
        )
        self.stated = [each for each in self.stated if each not in replaced or self._in_use(each)]
        self.stated.append(new)
        self._overrule(slot, replaced, new)
        texts = {source.key: source for source in self.sources}
        for old in replaced:
            if not self._in_use(old):
                self.set_aside = [setting_aside.passed_on(each, old, new) for each in self.set_aside]
                self.set_aside.append(setting_aside.of(old, new, texts.get(old.source)))

    def name_owner(self, owner: Stated, key: str) -> None:
        """Name who answers for a wish; '' names it for all."""
        if key:
            self.change(key, lambda each: each.model_copy(update={"owner": owner}))
            return
        self.change("", lambda each: each.model_copy(update={"owner": None}))
        self.stated = [owner, *(each for each in self.stated if each.slot != "owner")]

    def drop(self, keys: tuple[str, ...]) -> None:
        """Take wishes out, with everything that was said of them alone."""
        gone = [each for each in self.outcomes if each.key in keys]
        borders = sorted({each.start for each in self.outcomes})
        self.outcomes = [each for each in self.outcomes if each.key not in keys]
        self.further = [each for each in self.further if each.key not in keys]
        self.dropped += [key for key in keys if key not in self.dropped]
        for outcome in gone:
            own = [part for part in (outcome.baseline, outcome.target, outcome.deadline, *outcome.beside) if part]
            own += [each for each in self.stated if outcome.metric_id and each.metric_id == outcome.metric_id]
            loose = [each for each in own if not self._in_use(each)]
            self.stated = [each for each in self.stated if each not in loose]
            self.set_aside += [SetAside(source=each.source, start=each.start, end=each.end) for each in loose]
            self.set_aside += self._around(outcome, borders)
            self.conflicts = [each for each in self.conflicts if not self._speaks_of(each, own)]

    def _around(self, outcome: Outcome, borders: list[int]) -> Iterator[SetAside]:
        """Yield the figures from a dropped wish to the next one that nothing else uses."""
        source = next((each for each in self.sources if each.key == outcome.source), None)
        if source is None or outcome.source == "team":
            return
        end = next((border for border in borders if border > outcome.start), len(source.text))
        for span in figures.find(source.text, source.facts.today):
            here = outcome.start <= span.start < end
            if here and not any(self._at(each, source.key, span.start, span.end) for each in self._used()):
                yield SetAside(source=source.key, start=span.start, end=span.end)

    def _used(self) -> Iterator[Stated]:
        for each in (*self.outcomes, *self.further):
            yield from (part for part in (each.baseline, each.target, each.deadline, *each.beside) if part)
        for stated in self.stated:
            if stated.slot in {"baseline", "target"}:
                yield stated

    def _in_use(self, stated: Stated) -> bool:
        """Whether a wish still rests on a statement."""
        for each in (*self.outcomes, *self.further):
            parts = (each.baseline, each.target, each.deadline, *each.beside)
            if any(part and (part.source, part.start) == (stated.source, stated.start) for part in parts):
                return True
        return False

    @staticmethod
    def _at(stated: Stated, source: str, start: int, end: int) -> bool:
        return stated.source == source and stated.start < end and start < stated.end

    def _overrule(self, slot: Slot, replaced: list[Stated], new: Stated) -> None:
        """Take out the conflicts that a new value settles, and set aside what they named and nothing uses."""
        texts = {source.key: source for source in self.sources}
        for conflict in list(self.conflicts):
            settled = conflict.slot == "deadline" if slot == "deadline" else self._speaks_of(conflict, replaced)
            if not settled:
                continue
            self.conflicts.remove(conflict)
            for value in conflict.values:
                source = texts.get(value.source)
                at = source.text.find(value.text) if source else -1
                said = Stated(slot=slot, text=value.text, source=value.source, start=at, end=at + len(value.text))
                if source is not None and at >= 0 and not self._in_use(said):
                    self.set_aside.append(setting_aside.of(said, new, source))

    @staticmethod
    def _speaks_of(conflict: Conflict, stated: list[Stated]) -> bool:
        said = {(each.text, each.source) for each in stated}
        return any((value.text, value.source) in said for value in conflict.values)

    def _filled(self, slot: Slot) -> bool:
        if slot in {"baseline", "target", "deadline"}:
            return bool(self.outcomes) and all(getattr(each, slot) is not None for each in self.outcomes)
        if slot == "metric":
            return all(each.metric_id is not None for each in self.outcomes)
        return (slot == "outcome" and bool(self.outcomes)) or any(each.slot == slot for each in self.stated)
