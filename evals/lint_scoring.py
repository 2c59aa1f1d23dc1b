"""Compares what the linter says of a goal with its labels, and counts.

Knows nothing about how the linter works or how the counts are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Generic, TypeVar

from assistant.goals import LintedGoal, Quantity, Severity, ShownChange, Span, Time, Traits
from assistant.lint import all_rules, lint_text
from evals.lint_cases import Case, LabelledChange, LabelledQuantity, LabelledTime, Place, places
from evals.lint_counts import Count, Share

TRAITS = tuple(Traits.model_fields)
FIXED_UNITS = frozenset(
    "% pp x ms s min h day workday week month year "
    "AUD BRL CAD CHF CNY EUR GBP HKD IDR INR JPY KRW MOP MYR NZD PHP SGD THB TWD USD VND".split()
)
"""Units with one spelling; any other unit is a measure word, which people write in many ways."""

Label = TypeVar("Label")
Read = TypeVar("Read")


@dataclass(frozen=True)
class Verdicts:
    """Rules by how they did on one goal; `open` ones count neither way."""

    right: frozenset[str] = frozenset()
    false: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()

    @property
    def count(self) -> Count:
        """The rules, counted."""
        return Count(len(self.right), len(self.false), len(self.missed))

    @property
    def exact(self) -> bool:
        """Whether nothing is missed and nothing false."""
        return not self.false and not self.missed


@dataclass(frozen=True)
class Matching(Generic[Label, Read]):
    """Labels and what was read, matched one to one."""

    pairs: tuple[tuple[Label, Read], ...]
    missed: tuple[Label, ...]
    false: tuple[Read, ...]

    @property
    def count(self) -> Count:
        """The matches, counted."""
        return Count(len(self.pairs), len(self.false), len(self.missed))


@dataclass(frozen=True, repr=False)
class Comparison:
    """One goal as labelled and as linted.

    Attributes:
        defects: rules whose findings are errors or warnings.
        infos: rules whose findings are infos.
        stray: rules of errors and warnings that fired as a mere info where no label speaks of them.
        quantities: matched where the places overlap and value and unit agree; the role is judged apart.
        times: matched where the places overlap and the kind agrees; the days are judged apart.
        changes: pairs of starting value and value to reach, matched by these values.
    """

    case: Case
    goal: LintedGoal
    defects: Verdicts
    infos: Verdicts
    stray: frozenset[str]
    quantities: Matching[LabelledQuantity, Quantity]
    times: Matching[LabelledTime, Time]
    changes: Matching[LabelledChange, ShownChange]

    def __repr__(self) -> str:
        return f"Comparison({self.case!r})"

    @property
    def traits(self) -> tuple[str, ...]:
        """The traits that differ; a null agrees with a null only."""
        return tuple(name for name in TRAITS if getattr(self.case.traits, name) is not getattr(self.goal.traits, name))

    @property
    def exact(self) -> bool:
        """Whether the rules are exactly the labelled ones."""
        return self.defects.exact and self.infos.exact and not self.stray

    @property
    def differs(self) -> bool:
        """Whether anything at all differs from the labels."""
        readings = (self.quantities.count, self.times.count, self.changes.count)
        return bool(
            not self.exact
            or self.traits
            or any(count.missed or count.false for count in readings)
            or not all(map(same_role, self.quantities.pairs))
            or any(not same_days(pair) for pair in self.times.pairs if binds(pair))
            or not all(map(same_direction, self.changes.pairs))
        )

    def hit_at(self, severity: Severity) -> bool:
        """Return whether a finding has that severity, those of `maybe` rules left out."""
        return any(found.severity == severity and found.rule not in self.case.maybe for found in self.goal.findings)


@dataclass(frozen=True)
class Scores:
    """The counts over a set of goals.

    Attributes:
        exact: goals whose error and warning rules are exactly the labelled ones.
        exact_all: goals where the info rules are, too.
        clean_errors, clean_warnings: goals of class `clean` with an error, with a warning.
        sound_alarms: goals of any class with no labelled defect that have an error or a warning.
        rules: per rule; `open` says on how many goals it counts neither way.
        stray: per rule of errors and warnings, the infos that no label speaks of.
        traits: per trait, the agreement on all goals and on those where the label is not null.
        roles: the right roles among matched quantities.
        days: the right days among matched deadlines and windows.
        directions: the right directions among matched pairs.
    """

    goals: int
    defects: Count
    infos: Count
    exact: Share
    exact_all: Share
    clean_errors: Share
    clean_warnings: Share
    sound_alarms: Share
    rules: dict[str, Count]
    open: dict[str, int]
    stray: dict[str, int]
    traits: dict[str, tuple[Share, Share]]
    quantities: Count
    roles: Share
    times: Count
    days: Share
    changes: Count
    directions: Share


@cache
def info_rules() -> frozenset[str]:
    """Return the names of the rules whose own severity is info."""
    return frozenset(rule.name for rule in all_rules() if rule.severity == "info")


def compare(case: Case) -> Comparison:
    """Lint the goal of a case and hold it against the labels."""
    return against(case, lint_text(case.text, today=case.today, kind=case.kind, id=case.id))


def against(case: Case, goal: LintedGoal) -> Comparison:
    """Hold a linted goal against the labels of its case."""
    defects, infos, stray = _verdicts(case, goal)
    quantity_places, time_places = places(case)
    return Comparison(
        case,
        goal,
        defects,
        infos,
        stray,
        match(
            case.quantities,
            goal.facts.quantities,
            lambda index, read: overlap(quantity_places[index], read) and _same_quantity(case.quantities[index], read),
        ),
        match(
            case.times,
            goal.facts.times,
            lambda index, read: overlap(time_places[index], read) and case.times[index].kind == read.kind,
        ),
        match(
            case.changes,
            [change for change in goal.facts.changes if change.frm is not None and change.to is not None],
            lambda index, read: _same_values(case.changes[index], read),
        ),
    )


def summarise(comparisons: Sequence[Comparison]) -> Scores:
    """Return the counts over the comparisons."""
    clean = [item for item in comparisons if item.case.class_ == "clean"]
    sound = [item for item in comparisons if not set(item.case.rules) - info_rules()]
    verdicts = [verdict for item in comparisons for verdict in (item.defects, item.infos)]
    names = sorted({name for v in verdicts for name in v.right | v.false | v.missed | v.open})
    quantity_pairs = [pair for item in comparisons for pair in item.quantities.pairs]
    time_pairs = [pair for item in comparisons for pair in item.times.pairs if binds(pair)]
    return Scores(
        goals=len(comparisons),
        defects=_sum(item.defects.count for item in comparisons),
        infos=_sum(item.infos.count for item in comparisons),
        exact=_share(item.defects.exact for item in comparisons),
        exact_all=_share(item.exact for item in comparisons),
        clean_errors=_share(item.hit_at("error") for item in clean),
        clean_warnings=_share(item.hit_at("warning") for item in clean),
        sound_alarms=_share(item.hit_at("error") or item.hit_at("warning") for item in sound),
        rules={
            name: Count(
                sum(name in v.right for v in verdicts),
                sum(name in v.false for v in verdicts),
                sum(name in v.missed for v in verdicts),
            )
            for name in names
        },
        open={name: sum(name in v.open for v in verdicts) for name in names},
        stray=dict(sorted(Counter(name for item in comparisons for name in item.stray).items())),
        traits={name: _agreement(name, comparisons) for name in TRAITS},
        quantities=_sum(item.quantities.count for item in comparisons),
        roles=_share(map(same_role, quantity_pairs)),
        times=_sum(item.times.count for item in comparisons),
        days=_share(map(same_days, time_pairs)),
        changes=_sum(item.changes.count for item in comparisons),
        directions=_share(same_direction(pair) for item in comparisons for pair in item.changes.pairs),
    )


def same_role(pair: tuple[LabelledQuantity, Quantity]) -> bool:
    """Return whether the role of a matched quantity is right."""
    return pair[0].role == pair[1].role


def same_days(pair: tuple[LabelledTime, Time]) -> bool:
    """Return whether the days of a matched time are right."""
    label, read = pair[0].resolved, pair[1].resolved
    return label[1] == read[1] if pair[0].kind == "deadline" else label == read


def binds(pair: tuple[LabelledTime, Time]) -> bool:
    """Return whether a matched time binds the goal, so that its days matter."""
    return pair[0].kind in ("deadline", "window")


def same_direction(pair: tuple[LabelledChange, ShownChange]) -> bool:
    """Return whether the direction of a matched pair of values is right."""
    return pair[0].direction == pair[1].direction


def match(labels: Sequence[Label], read: Sequence[Read], same: Callable[[int, Read], bool]) -> Matching[Label, Read]:
    """Match labels and readings one to one, in order of place; `same` is asked with the number of a label."""
    left = list(read)
    pairs, missed = [], []
    for index, label in enumerate(labels):
        fitting = next((place for place, item in enumerate(left) if same(index, item)), None)
        if fitting is None:
            missed.append(label)
        else:
            pairs.append((label, left.pop(fitting)))
    return Matching(tuple(pairs), tuple(missed), tuple(left))


def overlap(place: Place, read: Span) -> bool:
    """Return whether a labelled place and a reading share a character."""
    return place[0] < read.end and read.start < place[1]


def plain(value: str) -> str:
    """Return a value in the one spelling of its number: `82.0` is `82`, in ranges and ratios too."""
    for sign in ("..", ":"):
        if sign in value:
            return sign.join(map(plain, value.split(sign)))
    try:
        return format(Decimal(value).normalize(), "f")
    except InvalidOperation:
        return value


def _verdicts(case: Case, goal: LintedGoal) -> tuple[Verdicts, Verdicts, frozenset[str]]:
    labelled, maybe, info = frozenset(case.rules), frozenset(case.maybe), info_rules()
    fired = frozenset(found.rule for found in goal.findings)
    loud = frozenset(found.rule for found in goal.findings if found.severity != "info") | (fired & info)
    # The guide leaves a hedge beside a value open: a rule of warnings that only remarks is neither right nor wrong.
    quiet = fired - loud
    open_ = maybe | (quiet & labelled)

    def verdicts(names: Callable[[frozenset[str]], frozenset[str]]) -> Verdicts:
        return Verdicts(
            names((labelled & loud) - open_),
            names(loud - labelled - open_),
            names(labelled - loud - open_),
            names(open_),
        )

    return verdicts(lambda names: names - info), verdicts(lambda names: names & info), quiet - open_


def _same_quantity(label: LabelledQuantity, read: Quantity) -> bool:
    if plain(label.value) != plain(read.value):
        return False
    if label.unit in FIXED_UNITS:
        return label.unit == read.unit
    return read.unit not in FIXED_UNITS


def _same_values(label: LabelledChange, read: ShownChange) -> bool:
    return (plain(label.frm), plain(label.to)) == (plain(read.frm or ""), plain(read.to or ""))


def _agreement(name: str, comparisons: Sequence[Comparison]) -> tuple[Share, Share]:
    told = [item for item in comparisons if getattr(item.case.traits, name) is not None]
    return _share(name not in item.traits for item in comparisons), _share(name not in item.traits for item in told)


def _sum(counts: Iterable[Count]) -> Count:
    return sum(counts, Count())


def _share(hits: Iterable[bool]) -> Share:
    values = list(hits)
    return Share(sum(values), len(values))
