"""Says why a value of a draft is what it is: where it comes from, what its measure looks at, what guards it.

Knows nothing about requests: it reads the draft and its evidence only. A passage on method is quoted where one bears
on the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant import catalogue
from assistant.catalogue.lookup import features
from assistant.drafting import voice
from assistant.drafting.citing import sentence_for
from assistant.drafting.revising.sentences import Teller
from assistant.errors import UsageError
from assistant.goals import DraftResult, Explanation, Goal, KeyResult, Language, Metric, Number, Passage, Slot

Search = Callable[[str, int, Language], list[Passage]]

_POINTER = re.compile(r"/goals/(\d{1,2})/key_results/(\d{1,2})/(target|baseline|deadline|metric|owner)")
_PASSAGES = 4
_LEAST_SHARED = 0.18
"""Share of a question's words that a sentence has to hold to bear on it."""


def explain(result: DraftResult, pointer: str, search: Search | None = None) -> Explanation:
    """Return the explanation of a value.

    Args:
        result: the draft.
        pointer: JSON pointer of a target, baseline, deadline, metric or owner of a key result.
        search: finds passages of the method texts; None for the draft's own quotes only.

    Raises:
        UsageError: the pointer names no such value.
    """
    match = _POINTER.fullmatch(pointer)
    if match is None or int(match[1]) >= len(result.goals):
        raise _nowhere(pointer)
    goal = result.goals[int(match[1])]
    if int(match[2]) >= len(goal.key_results):
        raise _nowhere(pointer)
    own = goal.key_results[int(match[2])]
    slot: Slot = match[3]  # type: ignore[assignment]
    said = Teller(result.language)
    metric = catalogue.load().metrics.get(own.metric_id or "")
    number = next((each for each in result.numbers if each.field == pointer), None)
    if slot == "metric":
        sentences = _metric(said, result, goal, own, metric)
    elif slot == "owner":
        sentences = [said.say(f"explain.owner.{'stated' if own.owner else 'unknown'}", value=own.owner or "")]
    else:
        sentences = [_value(said, slot, goal, own, number, metric)]
        if slot == "target" and not own.guardrail:
            sentences += _guarded(said, goal, own, metric)
    settled = number is not None and number.origin in {"stated", "document"} and slot != "metric"
    quote, source = ("", "") if settled else _passage(result, goal, own, slot, said, search)
    text = (" " if result.language == "en" else "").join(filter(None, sentences))
    origin = number.origin if number and slot != "metric" else None
    return Explanation(pointer=pointer, slot=slot, text=text, origin=origin, quote=quote, source=source)


def _nowhere(pointer: str) -> UsageError:
    return UsageError(
        f"There is no value to explain at {pointer!r}.",
        "Name one such as /goals/0/key_results/0/target: a target, baseline, deadline, metric or owner.",
        pointer=pointer,
    )


def _value(
    said: Teller, slot: Slot, goal: Goal, own: KeyResult, number: Number | None, metric: Metric | None
) -> str:  # fmt: skip
    shown = getattr(own, slot)
    name = own.metric
    if slot == "target" and own.guardrail and shown:
        return said.say("explain.target.guardrail", metric=name, value=str(shown), gaming=_gaming(said, goal, metric))
    if shown is None or number is None or number.origin == "unknown":
        return said.say(f"explain.{slot}.unknown", metric=name, source=own.data_source)
    value = voice.load(said.language).day(shown) if slot == "deadline" else str(shown)
    formula = (number.evidence.formula or "").rstrip("。.")
    later = number.origin == "stated" and number.evidence.source.startswith("followup:")
    return said.say(
        f"explain.{slot}.{'stated_followup' if later else number.origin}",
        metric=name,
        value=value,
        formula=formula,
    )


def _metric(said: Teller, result: DraftResult, goal: Goal, own: KeyResult, metric: Metric | None) -> list[str]:
    name = own.metric
    if own.guardrail:
        sentences = [said.say("explain.metric.guardrail", metric=name, gaming=_gaming(said, goal, metric))]
    elif own is not goal.key_results[0]:
        key = "driver" if own.kind == "leading" else "driver_lagging"
        sentences = [said.say(f"explain.metric.{key}", metric=name)]
    else:
        guessed = any(name.lower() in each.lower() for each in result.assumptions if _stands_in(result, each))
        sentences = [said.say(f"explain.metric.{'chosen' if guessed else 'named'}", metric=name)]
    if metric is not None:
        sentences.append(said.say("explain.metric.measures", definition=metric.text[said.language].definition))
    return [*sentences, *(_guarded(said, goal, own, metric) if not own.guardrail else [])]


def _stands_in(result: DraftResult, assumption: str) -> bool:
    """Whether an assumption says that a metric stands for words of the person, as the drafter writes it."""
    said = voice.load(result.language)
    templates = [each for key in ("metric", "metric_plain", "no_metric") for each in said.variants(f"assumption.{key}")]
    return any(_written_from(each, assumption) for each in templates)


def _written_from(template: str, text: str) -> bool:
    pattern = "".join(
        ".+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", template) if part
    )
    return re.fullmatch(pattern.replace(r"\ ", r"\s?"), text) is not None


def _guarded(said: Teller, goal: Goal, own: KeyResult, metric: Metric | None) -> list[str]:
    """Return what guards a measure against gaming, where the goal has such a result."""
    guard = next((each for each in goal.key_results if each.guardrail and each is not own), None)
    if guard is None or metric is None:
        return []
    values = {"gaming": metric.text[said.language].gaming, "guardrail": guard.metric}
    return [said.say("explain.metric.gaming", **values)]


def _gaming(said: Teller, goal: Goal, metric: Metric | None) -> str:
    """Return the way of cheating that a guardrail stands against: that of the goal's own result."""
    own = catalogue.load().metrics.get(goal.key_results[0].metric_id or "") or metric
    return own.text[said.language].gaming if own else voice.load(said.language).get("own.gaming")


def _passage(
    result: DraftResult, goal: Goal, own: KeyResult, slot: Slot, said: Teller, search: Search | None
) -> tuple[str, str]:
    """Return the sentence on method that bears on the question, and where it stands; '' where none does."""
    question = said.say(f"explain.question.{slot}", metric=own.metric)
    words = features(catalogue.fold(question))
    offers: list[tuple[float, str, str]] = []
    for passage in search(question, _PASSAGES, result.language) if search is not None else []:
        if quote := sentence_for(passage.text, words):
            offers.append((_shared(words, quote), quote, passage.source))
    offers += [
        (_shared(words, each.quote), each.quote, each.source) for each in result.citations if each.id in goal.citations
    ]
    best = max(offers, default=None)
    return (best[1], best[2]) if best is not None and best[0] >= _LEAST_SHARED else ("", "")


def _shared(words: dict[str, int], sentence: str) -> float:
    theirs = features(catalogue.fold(sentence))
    return sum(1 for word in words if word in theirs) / max(1, len(words))
