"""Measures the linter on labelled goals: precision and recall per rule, traits, readings, silence on clean goals.

Knows nothing about how the linter works. Run it with `python -m evals.lint`.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

from assistant.goals import LANGUAGES
from evals import lint_misses, lint_tables
from evals.lint_cases import CASES, CaseError, load_cases
from evals.lint_counts import Count, Share
from evals.lint_scoring import Comparison, compare, summarise
from evals.lint_tables import Parts

PAGE = Path(__file__).parent.parent / "docs" / "lint-quality.md"
SPLITS = {"dev": "development", "held": "set aside"}
INTRODUCTION = """\
<!-- Written by evals/lint.py; change the code or a label, then run python -m evals.lint --write. -->

# How good the linter is

Every goal of [`evals/cases/lint.jsonl`](../evals/cases/lint.jsonl) was labelled from the rule table before a rule saw
it; [LABELLING.md](../evals/cases/LABELLING.md) says how. Rules are worked on with the development part; the part set
aside shows what that is worth on goals nobody looked at. A cell holds the share, its 95 % interval and its numbers.
`python -m evals.lint` prints the development part, `--misses` every goal of it that differs.
"""
DEFECTS = """\
A rule counts once a goal. *Defects* are the rules of errors and warnings; a labelled rule that does not exist yet is a
miss. What two careful readers may see differently counts neither way (*open*), and so does a rule of warnings that
only remarks where its label stands. Intervals are Wilson's; that of F1 comes from the share of hits among all that was
found or labelled. They take the findings of one goal as independent, which makes them a little narrow.
"""
RULES = """\
Both parts together. Under a language: right · false · missed.
"""
TRAITS = """\
On *all* goals a null agrees with a null only. Where the label is not null, a null of the linter is a miss.
"""
READING = """\
A quantity is right where its place overlaps with the label's and value and unit are equal; a measure word passes for
any other, while `%`, `pp`, `x`, currencies and units of time have to be the same. Its role is judged among the right
ones. A time is right where place and kind are; its days are judged among right deadlines and windows. A pair is a
starting value with the value to reach.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how the linter does on labelled goals."""
    parser = argparse.ArgumentParser(prog="python -m evals.lint", description=main.__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="case files, in place of the project's")
    parser.add_argument("--split", choices=(*SPLITS, "all"), default="dev", help="part of the set (dev)")
    parser.add_argument("--rule", help="with --misses: only goals on which this rule is missed or false")
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--misses",
        action="store_true",
        help="also show every goal that differs from its labels; those set aside only with --split held",
    )
    way.add_argument("--json", action="store_true", help="print the scores as JSON")
    way.add_argument("--write", action="store_true", help=f"write docs/{PAGE.name} from the whole set")
    chosen = parser.parse_args(arguments)
    if chosen.write and chosen.files:
        parser.error("--write takes no files: the page is about the project's own set")
    try:
        if chosen.write:
            PAGE.write_text(page(parts_of("all")), "utf-8")
            return
        parts = parts_of(chosen.split, chosen.files or [CASES])
    except (CaseError, OSError) as error:
        parser.error(str(error))
    if chosen.json:
        print(json.dumps(as_json(parts), ensure_ascii=False, indent=2))
        return
    print("\n\n".join(f"{name}\n\n{table}" for name, table in sections(parts).items()))
    if chosen.misses:
        shown = "held" if chosen.split == "held" else "dev"
        print(misses(parts.get(SPLITS[shown], ()), chosen.rule))


def parts_of(split: str, files: Sequence[Path] = (CASES,)) -> Parts:
    """Lint the goals of a split, or of `all`, and return the comparisons by part."""
    wanted = SPLITS if split == "all" else {split: SPLITS[split]}
    cases = load_cases(files)
    return {name: [compare(case) for case in cases if case.split == key] for key, name in wanted.items()}


def sections(parts: Parts) -> dict[str, str]:
    """Return the tables by the name of their section."""
    items = [item for part in parts.values() for item in part]
    return {
        "The set": lint_tables.sizes(
            [item.case for item in items], {key: name for key, name in SPLITS.items() if name in parts}
        ),
        "Defects and silence": lint_tables.figures(parts, lint_tables.MAIN),
        "Rules of errors and warnings": lint_tables.defect_rules(items),
        "Rules of infos": f"{lint_tables.infos(items)}\n\n{lint_tables.remarks(items)}",
        "Traits": lint_tables.traits(parts),
        "Reading": lint_tables.figures(parts, lint_tables.READING),
    }


def page(parts: Parts) -> str:
    """Return the page of the documents."""
    notes = {
        "Defects and silence": DEFECTS,
        "Rules of errors and warnings": RULES,
        "Traits": TRAITS,
        "Reading": READING,
    }
    blocks = [INTRODUCTION]
    for name, table in sections(parts).items():
        note = f"{notes[name]}\n" if name in notes else ""
        blocks.append(f"## {name}\n\n{note}{table}\n")
    return "\n".join(blocks)


def misses(items: Sequence[Comparison], rule: str | None = None) -> str:
    """Return every goal that differs from its labels, or those on which `rule` is missed or false."""
    wanted = [
        item
        for item in items
        if item.differs
        and (rule is None or any(rule in v.missed | v.false for v in (item.defects, item.infos)) or rule in item.stray)
    ]
    count = f"{len(wanted)} of {len(items)} goals differ" + (f" on {rule}" if rule else "")
    return "\n\n".join(["", count, *map(lint_misses.show, wanted)])


def as_json(parts: Parts) -> dict[str, object]:
    """Return the scores by split and language."""
    return {
        split: {
            language: _plain(summarise(lint_tables.spoken(parts[part], language)))
            for language in (*LANGUAGES, lint_tables.ALL)
        }
        for split, part in SPLITS.items()
        if part in parts
    }


def _plain(value: object) -> object:
    """Return scores as JSON takes them, measures beside the counts."""
    if isinstance(value, Count):
        measures = {"precision": _plain(value.precision), "recall": _plain(value.recall)}
        return dataclasses.asdict(value) | measures | {"f1": value.f1, "f1_interval": value.f1_interval}
    if isinstance(value, Share):
        return dataclasses.asdict(value) | {"value": value.value, "interval": value.interval}
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(inner) for inner in value]
    return value


if __name__ == "__main__":
    main()
