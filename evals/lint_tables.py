"""Shows the linter's scores as Markdown tables, for the terminal and for the documents.

Knows nothing about how the scores came about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.goals import LANGUAGES
from assistant.lint import all_rules
from evals.lint_cases import Case
from evals.lint_counts import Count, Share
from evals.lint_scoring import TRAITS, Comparison, Scores, info_rules, summarise

Parts = Mapping[str, Sequence[Comparison]]
"""Comparisons by the name of the part of the set that they belong to."""

Cell = Callable[[Scores], str]
ALL = "all"
CLASSES = ("clean", "vague", "defect", "tricky")

MAIN: dict[str, Cell] = {
    "defects: F1": lambda scores: _f1(scores.defects),
    "defects: precision": lambda scores: share(scores.defects.precision),
    "defects: recall": lambda scores: share(scores.defects.recall),
    "goals with exactly the right defects": lambda scores: share(scores.exact),
    "goals with exactly the right defects and infos": lambda scores: share(scores.exact_all),
    "clean goals with an error": lambda scores: share(scores.clean_errors),
    "clean goals with a warning": lambda scores: share(scores.clean_warnings),
    "goals without a defect that get an error or a warning": lambda scores: share(scores.sound_alarms),
}
READING: dict[str, Cell] = {
    "quantities: recall": lambda scores: share(scores.quantities.recall),
    "quantities: precision": lambda scores: share(scores.quantities.precision),
    "quantities: right role": lambda scores: share(scores.roles),
    "times: recall": lambda scores: share(scores.times.recall),
    "times: precision": lambda scores: share(scores.times.precision),
    "deadlines and windows: right days": lambda scores: share(scores.days),
    "pairs: recall": lambda scores: share(scores.changes.recall),
    "pairs: precision": lambda scores: share(scores.changes.precision),
    "pairs: right direction": lambda scores: share(scores.directions),
}


def sizes(cases: Sequence[Case], names: Mapping[str, str]) -> str:
    """Return how many goals there are by language, class and split; `names` has the words for the splits."""
    rows = [
        [
            language,
            *(str(sum(case.class_ == class_ for case in part)) for class_ in CLASSES),
            *(str(sum(case.split == split for case in part)) for split in names),
            str(len(part)),
        ]
        for language in (*LANGUAGES, ALL)
        for part in [[case for case in cases if language in (case.language, ALL)]]
    ]
    return grid(["language", *CLASSES, *names.values(), ALL], rows)


def figures(parts: Parts, cells: Mapping[str, Cell]) -> str:
    """Return figures by language, the parts beside each other."""
    scores = {
        (part, language): summarise(spoken(items, language))
        for part, items in parts.items()
        for language in (*LANGUAGES, ALL)
    }
    rows = [
        [name if language == LANGUAGES[0] else "", language, *(cell(scores[part, language]) for part in parts)]
        for name, cell in cells.items()
        for language in (*LANGUAGES, ALL)
    ]
    return grid(["figure", "language", *parts], rows)


def defect_rules(items: Sequence[Comparison]) -> str:
    """Return how every rule of errors and warnings did, by language."""
    return _rules(items, lambda name: name not in info_rules())


def infos(items: Sequence[Comparison]) -> str:
    """Return how every rule of infos did, by language."""
    return _rules(items, lambda name: name in info_rules())


def remarks(items: Sequence[Comparison]) -> str:
    """Return a sentence on the infos of other rules and on the rules that no goal shows."""
    scores = summarise(items)
    stray = ", ".join(f"{name} {count}" for name, count in scores.stray.items())
    seen = {name for item in items for name in item.case.rules}
    unseen = [rule.name for rule in all_rules() if rule.name not in seen]
    return (
        f"Infos of rules of errors and warnings of which no label speaks: {stray or 'none'}.\n"
        f"Rules that no label here names: {', '.join(unseen) or 'none'}."
    )


def traits(parts: Parts) -> str:
    """Return the agreement on every trait, on all goals and on those whose label is not null."""
    scores = {part: summarise(items) for part, items in parts.items()}
    rows = [[name, *(share(both) for part in parts for both in scores[part].traits[name])] for name in TRAITS]
    total = [share(_sum(scores[part].traits[name][which] for name in TRAITS)) for part in parts for which in (0, 1)]
    header = [f"{part}, {kind}" for part in parts for kind in ("all", "label not null")]
    return grid(["trait", *header], [*rows, ["all eight", *total]])


def spoken(items: Iterable[Comparison], language: str) -> list[Comparison]:
    """Return the goals in a language."""
    return [item for item in items if language in (item.case.language, ALL)]


def share(value: Share) -> str:
    """Return a share with its interval and its numbers."""
    if value.value is None or value.interval is None:
        return "–"
    low, high = value.interval
    return f"{value.value:.3f} ({low:.2f}–{high:.2f}) {value.hits}/{value.total}"


def grid(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table whose columns stand under each other."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    lines = [header, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def _rules(items: Sequence[Comparison], wanted: Callable[[str], bool]) -> str:
    whole = summarise(items)
    by_language = {language: summarise(spoken(items, language)) for language in LANGUAGES}
    severity = {rule.name: rule.severity + (", off" if rule.preview else "") for rule in all_rules()}
    rows = [
        [
            name,
            severity.get(name, "no such rule"),
            *_count(count),
            str(whole.open[name]),
            *(_short(by_language[language].rules.get(name, Count())) for language in LANGUAGES),
        ]
        for name, count in whole.rules.items()
        if wanted(name)
    ]
    total = whole.infos if wanted(next(iter(info_rules()))) else whole.defects
    rows.append(["all", "", *_count(total), "", *("" for _ in LANGUAGES)])
    header = ["rule", "severity", "right", "false", "missed", "precision", "recall", "F1", "open", *LANGUAGES]
    return grid(header, rows)


def _count(count: Count) -> list[str]:
    measures = (count.precision.value, count.recall.value, count.f1)
    return [
        *map(str, (count.right, count.false, count.missed)),
        *("–" if value is None else f"{value:.2f}" for value in measures),
    ]


def _short(count: Count) -> str:
    return f"{count.right} · {count.false} · {count.missed}"


def _f1(count: Count) -> str:
    if count.f1 is None or count.f1_interval is None:
        return "–"
    low, high = count.f1_interval
    return f"{count.f1:.3f} ({low:.2f}–{high:.2f})"


def _sum(shares: Iterable[Share]) -> Share:
    values = list(shares)
    return Share(sum(value.hits for value in values), sum(value.total for value in values))
