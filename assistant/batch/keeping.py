"""Guards what the author wrote: figures, dates, names, quoted terms, the measure, the language.

Knows nothing about how a rewrite came about.
"""

from __future__ import annotations

import re
from datetime import date

from assistant import catalogue
from assistant.gates import figures
from assistant.goals import Facts, Language, Source
from assistant.goals.findings import LintedGoal
from assistant.language import detect, read

_QUOTED = re.compile(r"[「“\"『《]([^」”\"』》\n]{1,40})[」”\"』》]")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+./&-]*[A-Za-z0-9]")
_PROPER = re.compile(r"(?<=[a-z,;] )[A-Z][A-Za-z]*[A-Za-z0-9-]+(?: [A-Z][A-Za-z0-9-]+)*")
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9&/-]{1,9}s?\b")
_FORMS = re.compile(r"^(?:KPI|OKR|KR\d*|SMART|Q[1-4]|H[12]|O\d*|X|Y|N|XX|TBD|TBC|NA|FY\d*|vs|by|ASAP)$", re.I)
_TIME_WORDS = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|"
    r"Sept?|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Objective|Key|Result|Goal)\b",
)  # fmt: skip


def lost(source: Source, length: int, rewrites: str, today: date, owner: str = "") -> list[str]:
    """Return the author's figures, dates, names and quoted terms that the rewrites no longer have, in order of place.

    Args:
        source: the row's text as read.
        length: where the row's own words end in it.
        rewrites: all goals that take the row's place, together with what the row says beside them (owner).
        today: the day from which dates count.
        owner: who the row says answers for it.
    """
    text = source.heard[:length]
    written = _squeezed(f"{rewrites} {owner}")
    after = read(rewrites, today)
    gone = _figures(source, length, today, written, after)
    terms = [match.group(1) for match in _QUOTED.finditer(text)]
    gone += [term for term in (*terms, *_names(source.facts, text)) if _squeezed(term) not in written]
    return list(dict.fromkeys(gone))


def _figures(source: Source, length: int, today: date, written: str, after: Facts) -> list[str]:
    days = {day for time in after.times for day in time.resolved if day is not None}
    amounts = {(each.value, each.unit) for each in after.quantities}
    gone = []
    for span in figures.find(source.text, today):
        if span.start >= length or not source.holds(span.start, span.end):
            continue
        words = source.text[span.start : span.end]
        if _squeezed(words) in written or _dateless(words) in written:
            continue
        read_as = [time for time in source.facts.times if time.start < span.end and span.start < time.end]
        if any(time.resolved[1] in days or time.resolved[0] in days for time in read_as):
            continue
        counted = [each for each in source.facts.quantities if span.start <= each.start and each.end <= span.end]
        if counted and all((each.value, each.unit) in amounts for each in counted):
            continue
        if any(time.kind != "deadline" for time in read_as) and not re.search(r"\d", words):
            continue
        gone.append(words.strip())
    return gone


def _dateless(words: str) -> str:
    """Return the words of a date without those that only say "before" or "end of"; a figure must be left."""
    left = _squeezed(words.strip("前內内底末之以 "))
    return left if re.search(r"\d", left) else _squeezed(words)


def _names(facts: Facts, text: str) -> list[str]:
    """Return names of people, units, systems and products."""
    found = [text[each.start : each.end] for each in facts.owners if not each.vague and each.end <= len(text)]
    if facts.language == "en":
        found += [match.group() for match in (*_PROPER.finditer(text), *_ACRONYM.finditer(text))]
    else:
        found += [match.group() for match in _LATIN_NAME.finditer(text)]
    timed = [(time.start, time.end) for time in facts.times]
    inside = {name for name in found if any(name in text[start:end] for start, end in timed)}
    blanks = {text[each.start : each.end] for each in facts.placeholders}
    return [
        name.strip() for name in found
        if name not in inside and not _FORMS.match(name) and not _TIME_WORDS.match(name)
        and not any(name in blank or blank in name for blank in blanks)
    ]  # fmt: skip


def other_metric(before: LintedGoal, source: Source, length: int, rewrites: str) -> str | None:
    """Return a measure that the row names and the rewrites do not, None where each is there or means the same."""
    lookup = catalogue.default()
    after = lookup.named(rewrites)
    meant = {id for hit in after for id in hit.metrics}
    squeezed = _squeezed(rewrites)
    for hit in lookup.named(source.heard[:length]):
        words = source.text[hit.start : hit.end]
        if hit.kind == "name" and _squeezed(words) not in squeezed and not meant & set(hit.metrics):
            return words
    for mention in before.facts.metrics:
        words = source.text[mention.start : mention.end]
        if mention.end <= length and _squeezed(words) not in squeezed and not lookup.named(words):
            return words
    return None


def same_language(language: Language, rewrite: str) -> bool:
    """Whether a rewrite is in the row's language and script."""
    found = detect(rewrite)
    return found == language or (found == "zh" and language != "en")


def rank(*linted: LintedGoal) -> tuple[int, int, int]:
    """Return how goals stand, the smaller the better: errors, warnings, and the lowest score turned round."""
    errors = sum(finding.severity == "error" for each in linted for finding in each.findings)
    warnings = sum(finding.severity == "warning" for each in linted for finding in each.findings)
    return errors, warnings, -min(each.scorecard.score for each in linted)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s,，]+", "", text).casefold()
