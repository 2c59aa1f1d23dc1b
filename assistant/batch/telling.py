# ruff: noqa: E501
"""Tells the author of a row what was changed and why, where new figures come from, and what is still to be answered.

Knows nothing about how a rewrite is written or guarded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from assistant import catalogue
from assistant.batch import bodies, speech
from assistant.batch.composing import Writer, Written
from assistant.batch.understanding import Understood, tells_source
from assistant.batch.wanted import Want
from assistant.drafting.lines import Figure, Line, fill
from assistant.drafting.offline import schedule
from assistant.goals import DraftResult, Evidence, LintedGoal, Number, Stated
from assistant.goals.batch import NewNumber

_MOST = 3
_SOON_DAYS = 60
_ORDER = (
    "split", "felt", "proposed_metric", "means", "service", "delivery", "placeholder", "measured_first", "level", "means_kept",
    "vague", "haste", "read_date", "date", "watch",
)  # fmt: skip
_WEAK_WORDS = 12


def kept(row: Understood, before: LintedGoal) -> tuple[str, ...]:
    """Return why a row is left alone, and a suggestion that is not written into it."""
    say, traits = _say(row), before.traits
    owner = bool(row.row.owner.strip()) or any(not each.vague for each in before.facts.owners)
    figured = any(each.role != "window" for each in row.facts.quantities)
    pair, target = traits.has_baseline and traits.has_target, traits.has_target and figured
    parts = [
        ("who", owner), ("metric", traits.has_metric), ("pair", pair),
        ("target", target and not pair), ("thing", not traits.has_metric and not target),
        ("when", traits.time_bound), ("source", tells_source(row.source.text[: row.length])),
    ]  # fmt: skip
    names = [say(f"kept.{key}") for key, there in parts if there]
    join, last = say("join.list"), say("join.last")
    if len(names) < 3:
        told = say("kept.plain")
    else:
        listed = f"{join.join(names[:-1])}{last}{names[-1]}" if row.language == "en" else join.join(names)
        told = say("kept.all", parts=listed)
    guard = _guard(row)
    return (told, say("kept.guard", guard=guard)) if guard else (told,)


def _guard(row: Understood) -> str:
    """Return the name of what should not get worse for the row's measure, '' where none is known."""
    metrics, mine = catalogue.load().metrics, catalogue.default().functions(row.row.owner)
    for outcome in row.brief.outcomes if len(row.brief.outcomes) == 1 else ():
        metric = metrics.get(outcome.metric_id or "")
        if metric is not None and outcome.metric_stated and metric.function in mine:
            guard = metrics.get(metric.guardrails[0])
            return guard.text[row.language].name if guard is not None else ""
    return ""


def changes(writer: Writer, written: list[Written], before: LintedGoal) -> tuple[str, ...]:
    """Return up to three sentences on what was changed and why, the weightiest first."""
    row, say = writer.row, _say(writer.row)
    found: dict[str, dict[str, str]] = {}
    if len(written) > 1:
        found["split"] = {"count": str(len(written))}
    for each in written:
        for key, slots in each.done.items():
            found.setdefault(key, slots)
    first = written[0]
    blank = next((each for each in before.findings if each.rule == "placeholder"), None)
    if blank is not None:
        found["placeholder"] = {"words": blank.text.strip()}
    for key, kind in (("vague", "quantifier"), ("haste", "deadline")):
        words = [row.words(h.start, h.end) for h in row.facts.hedges if h.kind == kind and h.end <= row.length]
        if words and len(words[0]) <= _WEAK_WORDS and not bodies.hard(words[0]):
            found[key] = {"words": words[0]}
    if "level" in found:
        found["level"] = {"added": say("change.added_baseline")}
    if "date" in found:
        found["date"] = {"deadline": writer.v.day(first.terms.plan.deadline)}
    reading = _reading(writer, first)
    found.pop("read_date", None)
    if reading is not None:
        found["read_date"] = reading
    if "service" in found:
        found.pop("date", None)
    if {"proposed_metric", "felt"} & set(found):
        found.pop("vague", None)
    told = [_closed(say(f"change.{key}", **found[key])) for key in _ORDER if key in found]
    return tuple(told[:_MOST]) or (say("change.unclear"),)


def changes_by_model(writer: Writer, before: LintedGoal, count: int) -> tuple[str, ...]:
    """Return what a model's goals changed, going by what was found in the row."""
    row, say = writer.row, _say(writer.row)
    told = [say("change.split", count=str(count))] if count > 1 else []
    for key, kind in (("vague", "quantifier"), ("haste", "deadline")):
        words = [row.words(h.start, h.end) for h in row.facts.hedges if h.kind == kind and h.end <= row.length]
        if words and len(words[0]) <= _WEAK_WORDS:
            told.append(say(f"change.{key}", words=words[0]))
    return tuple((*told, say("change.unclear"))[:_MOST])


def _closed(text: str) -> str:
    """Return a sentence whose last part was left out with its mark put right."""
    for mark, stop in (("；", "。"), ("; ", ".")):
        if text.endswith(mark):
            return text.removesuffix(mark) + stop
    return text


def _reading(writer: Writer, written: Written) -> dict[str, str] | None:
    """Return how the row's date was read where its words leave that open."""
    said = written.terms.outcome.deadline
    return _read_as(writer, said) if said is not None and written.terms.deadline_given else None


def _read_as(writer: Writer, said: Stated) -> dict[str, str] | None:
    if not said.source.startswith("aim") or said.value is None:
        return None
    time = next((time for time in writer.row.facts.times if time.start == said.start), None)
    if time is None or (time.certainty == "exact" and not _open_year(said.text)):
        return None
    return {"said": said.text.strip(), "deadline": writer.v.day(date.fromisoformat(said.value)), "left": ""}


def _open_year(words: str) -> bool:
    """Whether a date is a bare year, whose start could be meant as well as its end."""
    return re.fullmatch(r"\D*20\d\d\D{0,2}", words.strip()) is not None and not re.search(r"[末底]|end", words)


def questions(writer: Writer, written: list[Written], before: LintedGoal, most: int) -> tuple[str, ...]:
    """Return what to ask the owner, the weightiest first."""
    say, v = _say(writer.row), writer.v
    asked: list[str] = []
    blank = next((each for each in before.findings if each.rule == "placeholder"), None)
    if blank is not None:
        asked.append(say("ask.placeholder", words=blank.text.strip()))
    if len(written) > 1:
        asked.append(say("ask.which_goal"))
    for each in written:
        options = say("guard.and").join(each.others)
        if "means" in each.done:
            names = _listed(writer, (each.metric, *each.others))
            asked.append(say("ask.result_options", options=names) if each.others else say("ask.result"))
        elif "felt" in each.done:
            asked.append(say("ask.felt", said=each.done["felt"]["said"]))
        elif each.proposed:
            key = "ask.metric" if each.others else "ask.metric_only"
            asked.append(say(key, metric=each.metric, options=_listed(writer, each.others) or options))
        if "service" in each.done:
            asked.append(say("ask.service", window=each.done["service"]["window"]))
        if "delivery" in each.done:
            asked.append(say("ask.accept", body=each.done["delivery"]["body"]))
    if (soon := _soon(writer, written)) is not None:
        asked.append(soon)
    for each in written:
        if (
            each.terms.baseline is None
            and "felt" not in each.done
            and (each.proposed or {"level", "measured_first"} & set(each.done))
        ):
            asked.append(_baseline(writer, each))
    if any(not each.terms.deadline_given for each in written):
        asked.append(v.variant("question.deadline.text", written[0].terms.seed))
    if not written:
        asked.append(v.variant("question.outcome.text", ""))
    return tuple(dict.fromkeys(filter(None, asked)))[:most]


def _listed(writer: Writer, names: tuple[str, ...]) -> str:
    join = writer.v.get("row.join.list")
    if writer.row.language == "en" and len(names) > 1:
        return f"{join.join(names[:-1])} or {names[-1]}"
    return join.join(names)


def _baseline(writer: Writer, written: Written) -> str:
    """Return the question for today's value."""
    metric = written.terms.metric
    outcome = written.terms.outcome
    if not written.proposed:
        named = outcome.metric_stated and bool(written.metric)
        return _say(writer.row)("ask.today" if named else "ask.today_plain", metric=written.metric)
    return metric.text[writer.row.language].baseline_question


def _soon(writer: Writer, written: list[Written]) -> str | None:
    """Return the question whether a date whose year was left out is really so near."""
    deadlines = [each.terms.outcome.deadline for each in written if each.terms.deadline_given]
    return next(filter(None, (_near(writer, each) for each in deadlines if each is not None)), None)


def _near(writer: Writer, said: Stated) -> str | None:
    reading = _read_as(writer, said)
    if reading is None or said.value is None:
        return None
    day = date.fromisoformat(said.value)
    days = (day - writer.row.today).days
    if not 0 <= days <= _SOON_DAYS:
        return None
    later = writer.v.day(_year_on(day))
    return _say(writer.row)("ask.soon", said=reading["said"], deadline=reading["deadline"], days=str(days), later=later)


def about_time(writer: Writer, before: LintedGoal) -> tuple[str, ...]:
    """Return what to ask about the time of a row that is asked about anyway: whether it is so near, or which it is."""
    deadlines = [each.deadline for each in writer.row.brief.outcomes if each.deadline is not None]
    asked = [_near(writer, each) for each in deadlines]
    if any(each.rule == "no-deadline" for each in before.findings):
        asked.append(writer.v.variant("question.deadline.text", ""))
    return tuple(dict.fromkeys(filter(None, asked)))


def _year_on(day: date) -> date:
    return schedule.month_end(day, 12) if day == schedule.month_end(day, 0) else day.replace(year=day.year + 1)


def numbers(row: Understood, line: Line) -> tuple[NewNumber, ...]:
    """Return every figure of a rewrite that is not the row's own, with where it comes from."""
    found = []
    for piece in line.pieces:
        if isinstance(piece, Figure) and not _own(row, piece.text, piece.evidence):
            found.append(NewNumber(text=piece.text, origin=piece.origin, why=_why(row, piece.evidence)))
    return tuple(dict.fromkeys(found))


def drafted_numbers(row: Understood, result: DraftResult, index: int) -> tuple[NewNumber, ...]:
    """Return the same for a goal that a model wrote."""
    own: list[Number] = [each for each in result.numbers if each.field == f"/goals/{index}/statement"]
    return tuple(
        dict.fromkeys(
            NewNumber(text=each.text, origin=each.origin, why=_why(row, each.evidence))
            for each in own
            if each.text and not _own(row, each.text, each.evidence)
        )
    )


def _own(row: Understood, text: str, evidence: Evidence) -> bool:
    """Whether a figure stands in the row's own words."""
    own = "".join(row.source.text[: row.length].split())
    return "".join(text.split()) in own and evidence.source == "aim" and (evidence.start or 0) < row.length


def _why(row: Understood, evidence: Evidence) -> str:
    say = _say(row)
    if evidence.source == "calendar" and evidence.start is not None:
        here = any(time.start == evidence.start and time.end == evidence.end for time in row.facts.times)
        said = row.words(evidence.start, evidence.end or 0).strip() if here and evidence.start < row.length else ""
        return say("why.read", said=said) if said else say("why.around")
    if evidence.source == "aim" and (evidence.start or 0) >= row.length:
        before = row.source.text[: evidence.start].rpartition("\n")[2]
        return say("why.beside", label=before.partition(":")[0].strip()) if ":" in before else say("why.around")
    if evidence.source.partition(":")[0] in ("team", "org_goal", "context", "resource"):
        return say("why.around")
    return evidence.formula or ""


def remade(writer: Writer, found: list[Want], *, met: bool) -> str | None:
    """Return the row's goals with a past deadline as met or moved to a proposed day; None where nothing is left."""
    texts = []
    for want in found:
        if met and want.kind == "delivery":
            continue
        if met and want.kind == "measured" and want.first is None:
            continue
        shape = Want(want.kind, want.lead, want.means, None if met else want.first, want.tails)
        texts.append(writer.moved(shape).line.text)
    return (" " if writer.row.language == "en" else "").join(texts) or None


def _say(row: Understood) -> Callable[..., str]:
    """Return what fills the batch room's phrases in the row's language."""
    voice = speech.load(row.language)
    return lambda key, **slots: fill(voice.get(f"row.{key}"), **slots).text
