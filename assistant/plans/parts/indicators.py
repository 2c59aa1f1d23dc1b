"""Indicators with weights and scoring rules. Knows nothing about contracts or other kinds of plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.drafting.lines import Figure, Line, line
from assistant.goals.plan import Amount, KpiRow, Said, ScoringRule, WorkedExample
from assistant.plans.parts.measures import Measure, measures, overlap, owner
from assistant.plans.writing import Writer, make, words_of

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WHOLE = Decimal(100)
_LEAST, _MOST = Decimal(0), Decimal(120)
_ROUGH, _FINE = 10, 60
"""Rows up to which proposed weights are multiples of five, and whole numbers."""


def rows(w: Writer) -> tuple[tuple[KpiRow, ...], tuple[Measure, ...]]:
    """Return the indicators that count, and the measures that are only watched because the weights leave them out."""
    found = list(measures(w))
    weights = weigh(w, found)
    counted = [(each, weight) for each, weight in zip(found, weights, strict=True) if weight is not None]
    watched = tuple(each for each, weight in zip(found, weights, strict=True) if weight is None)
    return tuple(_row(w, each, weight) for each, weight in counted), watched


def weigh(w: Writer, found: Sequence[Measure]) -> list[Amount | None]:
    """Return a weight for each measure: as told, the rest of what is told shared out, else by rule; None for no share.

    What was told is never changed, even where it does not sum to 100; a check names that.
    """
    told = [_told(w, each) for each in found]
    if not any(told):
        shares = _proposed([each.goal.id for each in found])
        return [w.amount(share, "%", "weight") for share in shares]
    rest = [at for at, each in enumerate(told) if each is None]
    left = _WHOLE - sum((each.value or Decimal(0) for each in told if each is not None), Decimal(0))
    given: list[Amount | None] = list(told)
    if left > 0 and rest:
        for at, share in zip(rest, _shared(left, len(rest)), strict=True):
            given[at] = w.amount(share, "%", "weight_rest")
    return given


def _told(w: Writer, measure: Measure) -> Amount | None:
    names = {measure.result.metric}
    if measure.metric is not None:
        words = measure.metric.text[w.g.language]
        names |= {words.name, *words.aliases}
    near = [each for each in w.g.given.weights if any(overlap(each.of, name) for name in names)]
    exact = [each for each in near if each.of in names or any(name in each.of for name in names)]
    chosen = (exact or near)[:1]
    if not chosen:
        return None
    shown = chosen[0].shown
    return make(Amount, line(shown), "stated", shown.evidence, value=chosen[0].value, unit="%")


def _proposed(goals: list[str]) -> list[Decimal]:
    """Return weights that sum to 100: goals alike, half of a goal's share for its first result."""
    kinds = list(dict.fromkeys(goals))
    unit = Decimal(5) if len(goals) <= _ROUGH else Decimal(1) if len(goals) <= _FINE else Decimal("0.01")
    exact: list[Decimal] = []
    for id in goals:
        size = goals.count(id) if len(kinds) < _FINE else sum(1 for each in goals if each == id)
        first = len(exact) == 0 or goals[len(exact) - 1] != id
        whole = _WHOLE / len(kinds)
        exact.append(whole if size == 1 else whole / 2 if first else whole / 2 / (size - 1))
    return _rounded(exact, unit)


def _shared(left: Decimal, count: int) -> list[Decimal]:
    unit = Decimal(1) if left >= count else Decimal("0.01")
    return _rounded([left / count] * count, unit)


def _rounded(exact: list[Decimal], unit: Decimal) -> list[Decimal]:
    """Return multiples of a unit with the same sum, each as near as can be and none below one unit."""
    whole = sum(exact, Decimal(0))
    floors = [max(unit, each // unit * unit) for each in exact]
    missing = whole - sum(floors, Decimal(0))
    order = sorted(range(len(exact)), key=lambda at: (floors[at] - exact[at], at))
    at = 0
    while missing >= unit and order:
        floors[order[at % len(order)]] += unit
        missing -= unit
        at += 1
    while missing < 0 and order:
        most = max(range(len(floors)), key=lambda place: floors[place])
        step = min(unit, -missing)
        floors[most] -= step
        missing += step
    if missing > 0 and floors:
        floors[0] += missing
    return floors


def _row(w: Writer, measure: Measure, weight: Amount) -> KpiRow:
    words = measure.metric.text[w.g.language] if measure.metric else None
    definition = w.proposed(words.definition if words else w.book.get("own_definition"), "definition")
    formula = w.proposed(words.formula if words else w.book.get("own_formula"), "definition")
    baseline = w.amount_of_goal(f"{measure.pointer}/baseline", measure.result.unit, "baseline")
    target = w.amount_of_goal(f"{measure.pointer}/target", measure.result.unit, "target")
    return KpiRow(
        key_result=measure.result.id,
        name=w.goal(f"{measure.pointer}/metric"),
        definition=definition,
        formula=formula,
        source=w.goal(f"{measure.pointer}/data_source"),
        direction=measure.result.direction,
        baseline=baseline,
        target=target,
        weight=weight,
        scoring=scoring(w, measure, baseline, target),
        period=w.proposed(measure.result.cadence, "practice") if measure.result.cadence else w.blank(""),
        owner=owner(w, measure),
        guardrails=tuple(guarding(w, measure)),
    )


def guarding(w: Writer, measure: Measure) -> list[Said]:
    """Return the guardrails of the measure's goal that the catalogue ties to it, all of them for its main result."""
    tied = set(measure.metric.guardrails) if measure.metric else set()
    goal = measure.pointer.split("/")[2]
    found = []
    for at, each in enumerate(measure.goal.key_results):
        if each.guardrail and (measure.main or each.metric_id in tied):
            found.append(w.goal(f"/goals/{goal}/key_results/{at}/metric"))
    return found


def scoring(w: Writer, measure: Measure, baseline: Amount, target: Amount) -> ScoringRule:
    """Return how a result becomes points, with examples worked out; see `ScoringRule`."""
    keep = measure.result.direction == "keep"
    whole = target.value if target.text and target.value is not None else None
    if whole is None:
        change = _change(target)
        return _by_change(w, change) if change is not None and not keep else _met(w, target)
    start = baseline.value
    if start is not None and start != whole and not keep and baseline.unit == target.unit:
        return _between(w, baseline, target, start, whole)
    if keep or whole <= 0 or (baseline.value is not None and baseline.unit != target.unit):
        return _met(w, target)
    return _unmeasured(w, target, whole, down=measure.result.direction == "down")


def _between(w: Writer, baseline: Amount, target: Amount, zero: Decimal, full: Decimal) -> ScoringRule:
    middle = (zero + full) / 2
    shown = f"({zero} + {full}) ÷ 2"
    half = like(w, target, _short(middle), shown)
    points = _points(half.value or middle, zero, full)
    examples = (
        _example(w, baseline, Decimal(0), _calculated(zero, zero, full)),
        _example(w, half, points, _calculated(half.value or middle, zero, full)),
        _example(w, target, _WHOLE, _calculated(full, zero, full)),
    )
    return _rule(w, "between", target, examples, baseline)


def _points(actual: Decimal, zero: Decimal, full: Decimal) -> Decimal:
    return min(_MOST, max(_LEAST, _short((actual - zero) / (full - zero) * 100)))


def _calculated(actual: Decimal, zero: Decimal, full: Decimal) -> str:
    return f"({_plain(actual)} − {_plain(zero)}) ÷ ({_plain(full)} − {_plain(zero)}) × 100"


def _unmeasured(w: Writer, target: Amount, full: Decimal, *, down: bool) -> ScoringRule:
    """Return the rule for a level whose baseline nobody knows: from nothing up, or from twice the target down."""
    zero_at = full * 2 if down else Decimal(0)
    formula = f"{_plain(full)} × 2" if down else "0"
    zero = like(w, target, zero_at, formula)
    if not down:
        rests = w.reason(w.why("score"))
        ours = {"origin": "proposed", "evidence": rests}
        placed = tuple(each.model_copy(update={**ours, "tentative": False}) for each in zero.figures)
        zero = zero.model_copy(update={**ours, "figures": placed})
    part = _short(full * (Decimal("1.2") if down else Decimal("0.8")))
    near = like(w, target, part, f"{_plain(full)} × {'1.2' if down else '0.8'}")
    examples = (
        _example(w, near, _points(part, zero_at, full), _calculated(part, zero_at, full)),
        _example(w, target, _WHOLE, _calculated(full, zero_at, full)),
    )
    return _rule(w, "to_double" if down else "from_zero", target, examples, zero)


def _by_change(w: Writer, change: Amount) -> ScoringRule:
    full = change.value or Decimal(1)
    half = like(w, change, _short(full / 2), f"{_plain(full)} ÷ 2")
    examples = (
        _example(
            w, half, _short((half.value or full) / full * 100), f"{_plain(half.value or full)} ÷ {_plain(full)} × 100"
        ),
        _example(w, change, _WHOLE, f"{_plain(full)} ÷ {_plain(full)} × 100"),
    )
    return _rule(w, "change", change, examples)


def _met(w: Writer, target: Amount) -> ScoringRule:
    least, most = w.amount(_LEAST, "", "score"), w.amount(_WHOLE, "", "score")
    text = w.propose("plan.score.pass_fail", "score", least=words_of(least), full=words_of(most))
    examples = tuple(
        WorkedExample(
            actual=make(Amount, w.line(f"plan.score.{key}"), "proposed", text.evidence),
            score=score,
            formula=w.propose(f"plan.score.{key}", "score"),
        )
        for key, score in (("met", w.amount(_WHOLE, "", "score")), ("missed", w.amount(_LEAST, "", "score")))
    )
    return ScoringRule(text=text, form="pass_fail", full=target or None, least=least, most=most, examples=examples)


def _rule(
    w: Writer, form: str, full: Amount, examples: tuple[WorkedExample, ...], zero: Amount | None = None
) -> ScoringRule:
    least, most = w.amount(_LEAST, "", "score"), w.amount(_MOST, "", "score")
    hundred = w.figure("100", "score", "100")
    slots: dict[str, Figure | Line] = {
        "least": words_of(least), "most": words_of(most), "full": words_of(full), "hundred": hundred
    }  # fmt: skip
    if zero is not None:
        slots["zero"] = words_of(zero)
    return ScoringRule.model_validate(
        {
            "text": w.propose(f"plan.score.{form}", "score", **slots),
            "form": form, "zero": zero, "full": full, "least": least, "most": most, "examples": examples,
        }
    )  # fmt: skip


def like(w: Writer, shown: Amount, value: Decimal, formula: str, *, tentative: bool = True) -> Amount:
    """Return another value, written like one that is shown, in its scale: 2 hours, 2.5 hours; 1000万元, 900万元."""
    digits = list(_DIGITS.finditer(shown.text))
    if len(digits) != 1:
        return w.worked_out(value, shown.unit, formula, tentative=tentative)
    said = Decimal(digits[0].group().replace(",", ""))
    scale = shown.value / said if shown.value and said else Decimal(1)
    number = w.book.number(value / scale, "")
    text = f"{shown.text[: digits[0].start()]}{number}{shown.text[digits[0].end() :]}"
    if value == 1 and w.g.language == "en":
        text = text.removesuffix("s")
    figure = Figure(text, _plain(value), shown.unit or None, "computed", w.reason(formula), tentative)
    return make(Amount, line(figure), "computed", figure.evidence, value=value, unit=shown.unit)


def _example(w: Writer, actual: Amount, points: Decimal, formula: str) -> WorkedExample:
    shown = f"{formula} = {_plain(points)}"
    figure = Figure(shown, None, None, "computed", w.reason(formula), True)
    return WorkedExample(
        actual=actual.model_copy(),
        score=w.worked_out(points, "", formula, tentative=True),
        formula=make(Said, line(figure), "computed", w.reason(formula)),
    )


def _change(target: Amount) -> Amount | None:
    """Return the one figure in a target that says how much better than the baseline it shall be."""
    figures = [each for each in target.figures if each.value is not None and "-" not in (each.value or "")]
    if len(figures) != 1:
        return None
    only = figures[0]
    try:
        value = Decimal(only.value or "")
    except ArithmeticError:
        return None
    if not value.is_finite() or value <= 0:
        return None
    figure = Figure(only.text, only.value, only.unit, only.origin, only.evidence, only.tentative)
    return make(Amount, line(figure), only.origin, only.evidence, value=value, unit=only.unit or "")


def _short(value: Decimal) -> Decimal:
    """Return a value with at most four digits that matter, none of them beyond the second decimal."""
    places = max(0, min(2, 3 - value.adjusted())) if value else 0
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    text = format(value.normalize(), "f") if value else "0"
    return text
