# ruff: noqa: E501
"""Rewrites an objective with its key results as a set: where to go, how far, and the work beside it.

Knows nothing about single goals. Nothing is dropped: tasks become work, a number of the objective a key result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant import catalogue
from assistant.batch import bodies
from assistant.batch.composing import Writer
from assistant.batch.outcomes import whole_name
from assistant.drafting.lines import Line, Part, line, quoted
from assistant.drafting.offline.terms import Terms, sentence_case
from assistant.goals import LintedGoal, Outcome, Quantity, Stated
from assistant.goals.findings import Part as GoalPart

_LIKELY = 0.165
_LEAST, _MOST = 2, 5
_LABEL = re.compile(
    r"^\s*[*_#>\-\s]*(?:KR\s*\d*(?:[.-]\d+)?|关键[结成]果\s*\d*|關鍵[結成]果\s*\d*|Key Result\s*\d*)\s*[:：.、)-]?\s*",
    re.I,
)
_OBJECTIVE = re.compile(
    r"^\s*[*_#>\-\s]*(?:(?:Objective|O|目标|目標)\s*\d*\s*[:：.、)-]|(?:Objective|目标|目標)\s*\d{1,2}(?=\s)|O\d{1,2}(?=[\s\u4e00-\u9fff]))\s*",
    re.I,
)
_OF = re.compile(
    r"^(?:\s*(?:名|位|个|個|家|次|条|條|件))?(?P<noun>\s*[A-Za-z\u4e00-\u9fff][A-Za-z\u4e00-\u9fff -]{0,20}?)(?=[，。,.;；\n]|$|\s(?:by|in|with|and)\b)"
)


@dataclass(slots=True)
class Set:
    """A set as written, with what to tell and to ask."""

    line: Line
    changes: tuple[str, ...]
    questions: tuple[str, ...]


def write(writer: Writer, before: LintedGoal) -> Set:
    """Return the set anew.

    Args:
        writer: writes in the row's language and knows its figures.
        before: the row as judged, with its parts.
    """
    row, v = writer.row, writer.v
    text = row.source.text
    parts = [part for part in before.parts if part.kind == "key_result" and part.start < row.length]
    head_end = min((text.rfind("\n", 0, part.start) + 1 or part.start for part in parts), default=row.length)
    found = {part.start: [each for each in before.findings if part.start <= each.start < part.end] for part in parts}
    results: list[Line] = []
    work: list[str] = []
    told: list[str] = []
    asked: list[str] = []
    valued = _valued(writer, parts)
    known = {id for words in valued for hit in catalogue.default().named(words) for id in hit.metrics}
    count = _number_of(writer, before, head_end)
    objective = _objective(writer, head_end, count)
    if count is not None:
        results.append(line(writer.say("okr.count", count=quoted(row.source, *count))))
        told.append(v.get("row.change.objective_number"))
        asked.append(v.get("row.ask.count").format(count=text[count[0] : count[1]].strip()))
    mended = moved = False
    for part in parts:
        rules = {each.rule for each in found[part.start] if each.severity in ("error", "warning")}
        words = _words(writer, part.start, min(part.end, row.length))
        if not rules - {"too-many-key-results", "duplicate-results"}:
            results.append(line(words))
            continue
        outcome = _measured(writer, part.start, min(part.end, row.length))
        if outcome is None or "activity-not-outcome" in rules or _told(outcome, known, valued):
            work.append(bodies.lowered(words, row.language))
            moved = True
            continue
        results.append(_result(writer, outcome))
        known.add(outcome.metric_id or "")
        mended = True
    if moved:
        told.append(v.get("row.change.work"))
    if len(results) < _LEAST and (extra := _extra(writer, known, head_end)) is not None:
        results.append(_result(writer, extra))
        asked.append(v.get("row.ask.metric_only").format(metric=_terms(writer, extra).name.text))
        mended = True
    if mended:
        told.append(v.get("row.change.result_number"))
    dated = _timed(writer) or before.scorecard.time_bound != "fail"
    lines = [writer.say("okr.objective", body=objective)]
    for number, result in enumerate(results[:_MOST], 1):
        body: Part = result if dated else writer.say("okr.by", body=result, deadline=_day(writer))
        body = sentence_case(line(body)) if row.language == "en" else body
        lines.append(writer.say("okr.result", n=str(number), body=body))
    if work:
        join = "；" if row.language != "en" else "; "
        lines.append(writer.say("okr.work", body=join.join(work)))
    asked += [v.get("row.ask.result")] if moved else []
    return Set(_stacked(lines), tuple(told[:3]), tuple(dict.fromkeys(asked)))


def _valued(writer: Writer, parts: list[GoalPart]) -> list[str]:
    """Return the key results that hold a value: none of their measures takes a second one."""
    figures = [each.start for each in writer.row.facts.quantities if each.role != "window"]
    spans = [(part.start, min(part.end, writer.row.length)) for part in parts]
    return [writer.row.words(start, end) for start, end in spans if any(start <= at < end for at in figures)]


def _told(outcome: Outcome, known: set[str], valued: list[str]) -> bool:
    """Whether another key result already has a value for a measure."""
    if outcome.metric_stated:
        return any(outcome.metric_name in words for words in valued)
    return outcome.metric_id in known


def _stacked(lines: list[Line]) -> Line:
    pieces = [piece for at, each in enumerate(lines) for piece in (("\n",) if at else ()) + each.pieces]
    return Line(tuple(pieces))


def _words(writer: Writer, start: int, end: int) -> str:
    return bodies.trimmed(_LABEL.sub("", writer.row.words(start, end)))


def _number_of(writer: Writer, before: LintedGoal, head_end: int) -> tuple[int, int] | None:
    """Return where the objective has a number that belongs to a key result, with what it counts."""
    if not any(each.rule == "number-in-objective" for each in before.findings):
        return None
    quantities: list[Quantity] = [each for each in writer.row.facts.quantities if each.end <= head_end]
    if not quantities:
        return None
    end = quantities[0].end
    noun = _OF.match(writer.row.source.text[end:head_end])
    return quantities[0].start, end + (len(noun.group().rstrip()) if noun else 0)


def _objective(writer: Writer, head_end: int, count: tuple[int, int] | None) -> str:
    """Return the objective without its number."""
    text = writer.row.source.text
    quantity = next((each for each in writer.row.facts.quantities if count and each.start == count[0]), None)
    head = text[:head_end]
    if quantity is not None:
        number = re.match(r"\d[\d,.]*\s*[万萬亿億千百]?\s*[名位个個家]?", text[quantity.start : head_end])
        end = quantity.start + (number.end() if number else 0)
        head = re.sub(
            r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])|(?<= ) ", "", text[: quantity.start] + text[end:head_end]
        )
    return bodies.trimmed(_OBJECTIVE.sub("", head))


def _measured(writer: Writer, start: int, end: int) -> Outcome | None:
    """Return the measure that a key result names or is nearest to; None for a task or a meeting."""
    row = writer.row
    lookup = catalogue.default()
    words = row.source.text[start:end]
    named = next((hit for hit in lookup.named(words) if hit.kind == "name"), None)
    directed = any(each.direction for each in row.facts.actions if start <= each.start < end)
    better = re.search(
        r"\b(?:better|higher|lower|more|fewer|faster|improve)\b|更|提升|提高|改善|优化|優化|降低", words, re.I
    )
    if named is None and not (directed or better):
        return None
    id = named.metrics[0] if named else ""
    if not id:
        offers = [each for each in writer.suggest(words, row.brief.functions) if each.score >= _LIKELY]
        id = offers[0].metric if offers else ""
    if not id:
        return None
    metric = writer.setting.metrics[id]
    name = whole_name(_LABEL.sub("", words), *_shifted(words, named)) if named else ""
    return Outcome(
        text=words, source="aim", start=start, end=end, metric_id=id, metric_name=name, metric_stated=bool(name),
        direction="up" if metric.direction == "keep" else metric.direction, deadline=_deadline(writer),
    )  # fmt: skip


def _shifted(words: str, named: catalogue.Hit) -> tuple[int, int]:
    """Return where a measure stands once the label before the words is gone."""
    label = _LABEL.match(words)
    gone = label.end() if label else 0
    return named.start - gone, named.end - gone


def _deadline(writer: Writer) -> Stated | None:
    return next((each.deadline for each in writer.row.brief.outcomes if each.deadline), None)


def _terms(writer: Writer, outcome: Outcome) -> Terms:
    return writer.terms(outcome, writer.setting.metrics[outcome.metric_id or ""])


def _result(writer: Writer, outcome: Outcome) -> Line:
    terms = _terms(writer, outcome)
    slots = writer.slots(terms, outcome)
    return writer.say("okr.gain", **slots)


def _extra(writer: Writer, known: set[str], head_end: int) -> Outcome | None:
    """Return a measure for a set that would have too few results: what the objective is nearest to."""
    row = writer.row
    for offer in writer.suggest(row.source.text[: row.length], row.brief.functions):
        if offer.metric not in known and offer.score >= _LIKELY:
            metric = writer.setting.metrics[offer.metric]
            return Outcome(
                text=row.words(0, head_end), source="aim", start=0, end=head_end, metric_id=offer.metric,
                direction="up" if metric.direction == "keep" else metric.direction, deadline=_deadline(writer),
            )  # fmt: skip
    return None


def _timed(writer: Writer) -> bool:
    return any(time.kind in ("deadline", "window") for time in writer.row.facts.times)


def _day(writer: Writer) -> Part:
    outcome = Outcome(text="", source="aim", start=0, end=0, deadline=_deadline(writer), direction="up")
    terms = writer.terms(outcome, writer.setting.metrics["perceived-improvement"])
    return terms.day(terms.plan.deadline)
