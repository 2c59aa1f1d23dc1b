"""Writes the choice of what the run on show is compared with. Knows nothing about comparisons."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.web.escape import text
from assistant.web.evals import names
from assistant.web.evals.looking import SAME_NAMES, Looking, variants
from assistant.web.icons import icon
from assistant.web.texts import Texts

_MOST = 200


def choices(at: Looking, words: Texts) -> str:
    """Return the lists to choose from: a run, and a variant on each side where there is more than one way."""
    parts = [_select("against", words.plain("evals.against"), _runs(at, words), at.against)]
    if at.against and at.against != at.shown:
        parts.append(
            f'<button type="button" class="btn" data-act="swap" data-value="">{icon("swap", "s")}'
            f"{words.html('evals.swap')}</button>"
        )
    sides = variants(at, 0), variants(at, 1)
    if at.against and (len(sides[0]) > 1 or len(sides[1]) > 1 or sides[0] != sides[1]):
        first = words.plain("evals.choose_variant" if at.against == at.shown else "evals.same_names")
        for side, key in ((0, "old"), (1, "new")):
            options = [(SAME_NAMES, first), *((name, name) for name in sides[side])]
            parts.append(_select(key, words.plain(f"evals.variant_{key}"), options, at.pair[side]))
    return f'<div class="picks">{"".join(parts)}</div>'


def _runs(at: Looking, words: Texts) -> list[tuple[str, str]]:
    options = [("", words.plain("evals.choose_run"))]
    for run in (at.runs or ())[:_MOST]:
        if run.id != at.shown:
            told = names.plain_when(run.created, words), names.suites(run.suites, words), ", ".join(run.variants)
            options.append((run.id, " · ".join(told)))
        elif len(run.variants) > 1:
            options.append((run.id, words.plain("evals.same_run")))
    return options


def _select(act: str, label: str, options: Iterable[tuple[str, str]], chosen: str) -> str:
    rows = "".join(
        f'<option value="{text(value)}"{" selected" if value == chosen else ""}>{text(shown)}</option>'
        for value, shown in options
    )
    return (
        f'<div class="pick {act}"><label for="pick-{act}">{text(label)}</label>'
        f'<select id="pick-{act}" data-act="{act}">{rows}</select></div>'
    )
