# ruff: noqa: E501
"""Reads from a clause what is to be reached where the brief of the row has not taken it up.

Knows nothing about what else a clause can be.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant import catalogue, language
from assistant.batch import forms
from assistant.batch.standards import session
from assistant.batch.understanding import Piece, Understood
from assistant.drafting.clauses import Clause
from assistant.goals import Outcome, Stated

_PRESENT = re.compile(
    r"现在|現在|目前|当前|當前|现状|現狀|现有|去年|从|從|由|自|\b(?:now|currently|today|from|at present|last|is|was|stands)\b",
    re.I,
)
_MEASURE_CELL = re.compile(
    r"(?:衡量|考核|关键|關鍵|绩效|績效)?(?:指标|指標)(?:名称|名稱)?$|衡量(?:方式|标准|標準)$|(?:metric|measure|kpi|indicator)(?: name)?$",
    re.I,
)
_KIND_BEFORE = re.compile(r"(?<![A-Za-z])[A-Z][A-Z0-9]*(?:[-/][A-Z0-9]+)*$")
_BY = re.compile(r"(?:用|在|借助|通过|通過|利用|经|經|by|with|in|via)\s*$", re.I)
_MOVED_BEFORE = re.compile(
    r"(?:提升|提高|降低|减少|減少|改善|优化|優化|增加|缩短|縮短)(?P<kind>[新老大小高低旧舊][客户戶单單件訪访员員])"
)
_MOVES_WHAT = re.compile(
    r"(?:降低|减少|減少|压降|壓降|缩短|縮短|提升|提高|增加|扩大|擴大)(?P<what>[^，。,;；\n的]{2,16})"
    r"|(?:reduce|cut|lower|shorten|increase|raise|grow) (?P<what_en>[^,.;\n]{3,40})",
    re.I,
)
_RHYTHM = re.compile(
    r"(?P<zh>每(?:个月|個月|[天日周週月季年]))|\b(?:a|per|each) (?P<en>day|week|month|quarter|year)\b", re.I
)
_LONGEST_CELL = 30
_LENGTHS = frozenset({"ms", "s", "min", "h", "day", "workday", "week", "month", "year"})


def settled(row: Understood, clauses: list[Clause], clause: Clause, outcome: Outcome) -> Outcome:
    """Return an outcome with the value and the direction that its own clause gives it."""
    foreign: dict[str, None] = {
        name: None for name in ("baseline", "target")
        if (part := getattr(outcome, name)) is not None and part.source != "aim"
    }  # fmt: skip
    outcome = _at_home(row, clauses, clause, outcome.model_copy(update=foreign))
    if not outcome.metric_stated:
        away: dict[str, None] = {
            name: None for name in ("baseline", "target")
            if (part := getattr(outcome, name)) is not None and part.source == "aim"
            and part.start < row.length and not clause.start <= part.start < clause.end
        }  # fmt: skip
        return outcome.model_copy(update=away)
    at = clause.text.find(outcome.metric_name)
    if at >= 0:
        whole = whole_name(clause.text, at, at + len(outcome.metric_name))
        outcome = outcome.model_copy(update={"metric_name": whole})
    own = valued(row, clause) or counted(row, clause)
    if own is None or own.target is None or not outcome.metric_stated or outcome.baseline is not None:
        return outcome
    told = outcome.target is not None and clause.start <= outcome.target.start < clause.end
    moved = any(each.direction for each in row.facts.actions if clause.start <= each.start < clause.end)
    update = {} if told else {"target": own.target}
    if not moved and own.metric_id == outcome.metric_id:
        update |= {"direction": own.direction}  # type: ignore[dict-item]
    return outcome.model_copy(update=update)


def _at_home(row: Understood, clauses: list[Clause], clause: Clause, outcome: Outcome) -> Outcome:
    """Return an outcome without values that stand in a clause of another measure; a lone value is what to reach."""
    others = [part for part in clauses if part.start != clause.start and valued(row, part) is not None]

    def elsewhere(value: Stated | None) -> bool:
        return value is not None and any(part.start <= value.start < part.end for part in others)

    baseline = None if elsewhere(outcome.baseline) else outcome.baseline
    target = None if elsewhere(outcome.target) else outcome.target
    alone = target is None and not _PRESENT.search(clause.text)
    if alone and baseline is not None and clause.start <= baseline.start < clause.end:
        target = baseline.model_copy(update={"slot": "target"})
        baseline = None
    return outcome.model_copy(update={"baseline": baseline, "target": target})


def valued(row: Understood, clause: Clause) -> Outcome | None:
    """Return an outcome for a clause with a measure and a value to reach that the brief has not taken up."""
    values = [
        each for each in row.facts.quantities if each.role == "target" and clause.start <= each.start < clause.end
    ]
    if not values:
        return moved(row, clause)
    value = values[-1]
    hits = [
        hit
        for hit in catalogue.default().named(row.source.text)
        if clause.start <= hit.start and hit.end <= value.start
    ]
    named = next((hit for hit in hits if hit.kind == "name"), None)
    mentions = [each for each in row.facts.metrics if clause.start <= each.start and each.end <= value.start]
    if named is None and not mentions:
        return None
    start, end = (named.start, named.end) if named is not None else (mentions[-1].start, mentions[-1].end)
    metric = catalogue.load().metrics[named.metrics[0]] if named is not None else None
    polarity = mentions[-1].polarity if mentions else None
    direction = metric.direction if metric is not None else polarity or ("down" if value.bound == "le" else "up")
    target = Stated(
        slot="target", text=row.words(value.start, value.end), source="aim", start=value.start, end=value.end,
        value=value.value, unit=value.unit, metric_id=metric.id if metric else None,
    )  # fmt: skip
    return Outcome(
        text=clause.text, source="aim", start=clause.start, end=clause.end, metric_id=metric.id if metric else None,
        metric_name=whole_name(clause.text, start - clause.start, end - clause.start), metric_stated=True, direction=direction, target=target,
        deadline=_deadline(row),
    )  # fmt: skip


def moved(row: Understood, clause: Clause) -> Outcome | None:
    """Return an outcome for a clause that moves a measure without a value: 縮短等候時間."""
    mention = next(
        (each for each in row.unit.hard_metrics if clause.start <= each.start and each.end <= clause.end), None
    )
    actions = [each for each in row.facts.actions if clause.start <= each.start < clause.end]
    way = next((each.direction for each in actions if each.direction in ("up", "down")), None)
    if mention is None or way is None or any(clause.start <= each.start < clause.end for each in row.facts.quantities):
        return None
    name = row.words(mention.start, mention.end)
    named = next((hit for hit in catalogue.default().named(name) if hit.kind == "name"), None)
    return Outcome(
        text=clause.text, source="aim", start=clause.start, end=clause.end,
        metric_id=named.metrics[0] if named else None, metric_name=name, metric_stated=True, direction=way,
        deadline=_deadline(row),
    )  # fmt: skip


def counted(row: Understood, clause: Clause) -> Outcome | None:
    """Return an outcome for a clause whose figure is to be reached though no measure is named: 專利申請8件."""
    taken = _taken(row)
    values = [
        each for each in row.facts.quantities
        if clause.start <= each.start < clause.end and each.start not in taken and each.role != "window" and (each.unit not in _LENGTHS or each.role == "target")
        and not session(row, each)
    ]  # fmt: skip
    if not values:
        return None
    value = values[-1]
    target = Stated(
        slot="target", text=row.words(value.start, value.end), source="aim", start=value.start, end=value.end,
        value=value.value, unit=value.unit, is_change=value.role == "change",
    )  # fmt: skip
    return Outcome(
        text=clause.text, source="aim", start=clause.start, end=clause.end, direction="down" if value.bound == "le" else "up", target=target,
        deadline=_deadline(row),
    )  # fmt: skip


def with_cell(row: Understood, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces of a row, its one wish measured by what a cell beside it names as the measure."""
    cell = next((each.value.strip() for each in row.row.beside if _MEASURE_CELL.match(each.label.strip())), "")
    cores = [each for each in pieces if each.kind in ("measured", "wish")]
    if not cell or len(cell) > _LONGEST_CELL or len(cores) != 1 or cell in row.words(0, row.length):
        return pieces
    old = cores[0].outcome
    if old is None or any(cores[0].start <= each.start < cores[0].end for each in row.facts.quantities):
        return pieces
    named = next((hit for hit in catalogue.default().named(cell) if hit.kind == "name"), None)
    metric = catalogue.load().metrics[named.metrics[0]] if named is not None else None
    mention = next(iter(language.read(cell, row.today).metrics), None)
    way = metric.direction if metric is not None else mention.polarity if mention is not None else None
    update = {
        "metric_id": metric.id if metric else None, "metric_name": cell, "metric_stated": True,
        "direction": way or old.direction or "up",
    }  # fmt: skip
    new = replace(cores[0], kind="measured", outcome=old.model_copy(update=update), cell=True)
    return [new if each is cores[0] else each for each in pieces]


def with_cell_values(row: Understood, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces of a row whose values stand in cells beside it, its measure named by the row's own words.

    What a catalogue holds to be nearest would replace what the author counts: 降低P1故障, with 每月1次以内 beside it.
    """
    cores = [each for each in pieces if each.kind == "measured"]
    old = cores[0].outcome if len(cores) == 1 and len(pieces) == 1 else None
    if old is None or old.metric_stated or old.target is None or old.target.start < row.length:
        return pieces
    match = _MOVES_WHAT.fullmatch(row.words(cores[0].start, cores[0].end).strip())
    if match is None:
        return pieces
    name = match["what"] or match["what_en"]
    rhythm = _RHYTHM.search(row.source.text, row.length)
    if rhythm is not None:
        name = f"{rhythm['zh']}{name}" if rhythm["zh"] else f"{name} per {rhythm['en']}"
    down = re.match(r"[降减減缩縮压壓]|reduce|cut|lower|shorten", match.group(), re.I) is not None
    update = {
        "metric_id": None, "metric_name": name, "metric_stated": True, "direction": "down" if down else "up",
    }  # fmt: skip
    return [replace(cores[0], outcome=old.model_copy(update=update))]


def _taken(row: Understood) -> set[int]:
    """Return where figures stand that belong to a measure which the row names, be it in another clause."""
    return {
        part.start
        for outcome in row.brief.outcomes if outcome.metric_stated
        for part in (outcome.baseline, outcome.target)
        if part is not None and part.source == "aim"
    }  # fmt: skip


def _deadline(row: Understood) -> Stated | None:
    return next((each.deadline for each in row.brief.outcomes if each.deadline is not None), None)


def whole_name(words: str, start: int, end: int) -> str:
    """Return a measure with the words right before it that belong to it: 日 in 日活躍用戶, P1 in 降低P1缺陷率."""
    before = words[:start].strip()
    kind = _KIND_BEFORE.search(before)
    named = kind.group() if kind and not _BY.search(before[: kind.start()]) else ""
    if not named and (moved := _MOVED_BEFORE.fullmatch(before)):
        named = moved["kind"]
    modifies = re.fullmatch(r"[\u4e00-\u9fff]{1,6}", before) and not forms.opens(before, "zh-Hans")
    return (named or (before if modifies and not forms.moves(before) else "")) + words[start:end]
