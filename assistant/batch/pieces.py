"""Cuts a row into stretches and tells what each does: a result, work, a deliverable, a standard, a way to keep watch.

Knows nothing about how a row is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from assistant.batch import forms
from assistant.batch import outcomes as outcomes_
from assistant.batch.standards import counts_work, session, standards
from assistant.batch.understanding import Piece, Understood, judged
from assistant.drafting.clauses import Clause, clauses
from assistant.goals import Aim, Brief, Language, Outcome
from assistant.goals.batch import BatchRow
from assistant.lint.engine import Surroundings
from assistant.lint.slices import within
from assistant.lint.words import pattern

_LEAD = re.compile(r"(?<=[^\d])[:：](?!\d)\s*")
_LABEL = re.compile(r"^(?:KPI|OKR|目标|目標|指标|指標|工作目标|工作目標|goal|target|objective|aim)$", re.I)
_AMOUNT = re.compile(r"[≤≥<>＜＞$¥￥€£~约約]?\s*\d")
_RATED = frozenset({"%", "pp", "x", "分", "点", "點", "point", "points"})
_VALUED = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}[^、，。；\d]{0,8}[$¥￥]?\d")
_GATHERING = re.compile(
    r"会议|會議|例会|例會|周会|週會|月会|月會|开会|開會|检讨|檢討|复盘|復盤|通报|通報|汇报|匯報|公布|跟进|追踪|追蹤|抽查|meeting|review|stand-?up|report(?:ed)?\b|check-?in",
    re.I,
)


def understand(
    row: BatchRow, language: Language, aim: Aim, brief_of: Callable[[Aim], Brief], timed: Surroundings
) -> Understood:
    """Return the row as understood.

    Args:
        row: the row.
        language: its language.
        aim: the request made of it.
        brief_of: understands a request.
        timed: the time that its surroundings lend it.
    """
    brief = brief_of(aim)
    source = next(each for each in brief.sources if each.key == "aim")
    source = source.model_copy(update={"text": source.heard})
    unit = judged(row, row.text, aim.today, timed)[1][0]
    length = min(len(row.text), len(source.text))
    found = Understood(row, language, aim, brief, source, length, unit, ())
    return replace(found, pieces=tuple(_pieces(found)))


def _pieces(row: Understood) -> list[Piece]:
    left = list(row.brief.outcomes)
    found: list[Piece] = []
    parts = _clauses(row)
    for clause in parts:
        mine = [each for each in left if clause.start <= _place(each, row) < clause.end]
        left = [each for each in left if each not in mine]
        kinds = _kinds(row, clause, [outcomes_.settled(row, parts, clause, each) for each in mine])
        if re.match(r"\s*[:：]", row.source.text[clause.end : row.length]):
            kinds = [replace(each, kind="wish" if _bare(row, each) else each.kind, lead=True) for each in kinds]
        found += kinds
    return outcomes_.with_cell_values(row, outcomes_.with_cell(row, _merged(found)))


def _bare(row: Understood, piece: Piece) -> bool:
    """Whether a measure is named without any value."""
    return piece.kind == "measured" and not any(piece.start <= each.start < piece.end for each in row.facts.quantities)


def _place(outcome: Outcome, row: Understood) -> int:
    """Return where an outcome speaks: at its metric's name where the row names one, else at its clause's start."""
    at = row.source.text.find(outcome.metric_name, outcome.start) if outcome.metric_stated else -1
    return at if outcome.start <= at < max(outcome.end, outcome.start + 1) else outcome.start


def _clauses(row: Understood) -> list[Clause]:
    """Return the clauses of the row's own text, a lead before a colon apart from what it leads to."""
    found: list[Clause] = []
    for clause in clauses(row.source.text[: row.length]):
        at = clause.start
        lead = _LEAD.search(clause.text)
        if lead is not None and (_AMOUNT.match(clause.text, lead.end()) or lead.end() == len(clause.text)):
            lead = None
        if lead is not None and not _LABEL.match(clause.text[: lead.start()].strip()):
            found.append(Clause(at, at + lead.start(), clause.text[: lead.start()]))
            at += lead.end()
        elif lead is not None:
            at += lead.end()
        if at < clause.end:
            found += _side_by_side(row, Clause(at, clause.end, row.source.text[at : clause.end]))
    return found


def _side_by_side(row: Understood, clause: Clause) -> list[Clause]:
    """Return a clause cut where measures stand side by side, each with a value: 準時到貨率98%、貨損率0.5%以下."""
    found, at = [], clause.start
    for match in re.finditer("、", clause.text):
        cut = clause.start + match.start()
        if _VALUED.search(row.words(at, cut)) and _VALUED.match(row.words(cut + 1, clause.end)):
            found.append(Clause(at, cut, row.words(at, cut)))
            at = cut + 1
    return [*found, Clause(at, clause.end, row.words(at, clause.end))]


def _kinds(row: Understood, clause: Clause, outcomes: list[Outcome]) -> list[Piece]:
    """Return what a clause is: one piece, or one an outcome where several stand in it."""
    unit, (start, end) = row.unit, (clause.start, clause.end)
    firm = [each for each in outcomes if each.metric_stated or _figured(each)]
    services = [place for place in standards(row) if start <= place[0] < end]
    if services and not any(each.metric_stated for each in firm):
        return [Piece("service", start, end)]
    if firm and not _only_counts(row, clause, firm):
        places = [_place(each, row) for each in firm]
        borders = [start, *(_border(row, one, two) for one, two in pairwise(places)), end]
        return [
            Piece("measured", left, right, each) for (left, right), each in zip(pairwise(borders), firm, strict=True)
        ]
    if not firm and (outcome := outcomes_.valued(row, clause)) is not None and not _counts_work(row, start, end):
        return [Piece("measured", start, end, outcome)]
    rhythm = any(time.kind == "recurrence" for time in within(row.facts.times, start, end))
    if rhythm and _GATHERING.search(clause.text):
        return [Piece("watch", start, end)]
    counts = [each for each in unit.activity_counts if start <= each.start < end and counts_work(row, each)]
    made = [place for place in unit.deliverables if start <= place[0] < end]
    works = unit.has("activity", start, end) and not made and _acts(row, clause)
    held = [each for each in row.facts.quantities if start <= each.start < end and each.role != "window"]
    if held and not made and all(session(row, each) for each in held):
        return [Piece("means", start, end, next(iter(outcomes), None))]
    counted = outcomes_.counted(row, clause)
    rated = counted is not None and counted.target is not None and counted.target.unit in _RATED
    if counted is not None and not counts and (rated or not works):
        return [Piece("measured", start, end, counted)]
    if counts or works:
        return [Piece("means", start, end, next(iter(outcomes), None))]
    making = forms.makes(row.words(start, end), row.language)
    if (made or making) and len(row.words(start, end).strip()) > 3:
        return [Piece("delivery", start, end)]
    if outcomes:
        return [Piece("wish", start, end, outcomes[0])]
    return [Piece("remark", start, end)]


def _counts_work(row: Understood, start: int, end: int) -> bool:
    return any(start <= each.start < end and each.unit != "%" for each in row.unit.activity_counts)


def _figured(outcome: Outcome) -> bool:
    return outcome.baseline is not None or outcome.target is not None


def _only_counts(row: Understood, clause: Clause, outcomes: list[Outcome]) -> bool:
    """Whether all figures of a clause count work, so that what it names is no result to reach."""
    counted = {(each.start, each.end) for each in row.unit.activity_counts}
    figures = [
        part for each in outcomes for part in (each.baseline, each.target)
        if part is not None and clause.start <= part.start < clause.end
    ]  # fmt: skip
    return bool(figures) and all((each.start, each.end) in counted for each in figures)


def _acts(row: Understood, clause: Clause) -> bool:
    """Whether a clause opens with work rather than with a wish that something gets better."""
    first = pattern("activity").search(row.unit.plain, clause.start, clause.end)
    wish = pattern("change").search(row.unit.plain, clause.start, clause.end)
    return first is not None and (wish is None or first.start() < wish.start())


def _border(row: Understood, first: int, second: int) -> int:
    """Return where a clause with two outcomes is cut: behind the last joining word before the second."""
    joint = None
    for joint in re.finditer(r"、|和|及|与|與|并|並|\band\b|;|；", row.source.text[first:second]):  # noqa: B007
        pass
    return first + joint.end() if joint is not None else second


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Join neighbouring stretches of work, of remarks and of vague wishes."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and last.kind == piece.kind and piece.kind in ("means", "remark", "watch"):
            found[-1] = replace(last, end=piece.end, outcome=last.outcome or piece.outcome)
        else:
            found.append(piece)
    return found
