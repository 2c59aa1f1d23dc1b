"""Writes the comparison of the run on show with another one: what was chosen, how it came out in one line, why not.

Knows nothing about how a single check is shown.
"""

from __future__ import annotations

from itertools import groupby

from assistant.evaluation.results import RunComparison
from assistant.web.board import notice, waiting
from assistant.web.escape import text
from assistant.web.evals import names
from assistant.web.evals.changes import changes
from assistant.web.evals.choices import choices
from assistant.web.evals.looking import Looking, variants
from assistant.web.evals.refusals import refusal
from assistant.web.talk import complaint
from assistant.web.texts import Texts

_OUTCOMES = ("better", "worse", "same", "inconclusive")


def compared(at: Looking, words: Texts) -> str:
    """Return what the run on show can be compared with, and the comparison where one was chosen."""
    if at.summary is None or not at.runs:
        return ""
    if len(at.runs) == 1 and len(variants(at, 1)) < 2:
        return waiting(words, "evals.compare", "evals.only_one")
    return (
        '<section class="panel against" aria-labelledby="against-title"><div class="pad ph"><h2 id="against-title">'
        f"{words.html('evals.compare')}</h2></div>{choices(at, words)}{_found(at, words)}</section>"
    )


def _found(at: Looking, words: Texts) -> str:
    if at.busy:
        bars = "".join(f'<i class="sk w{width}"></i>' for width in (1, 2, 3))
        said = f'<p class="mut sm" role="status">{words.html("evals.comparing")}</p>'
        return f'<div class="pad" aria-busy="true">{said}{bars}</div>'
    if at.doubt is not None:
        return f'<div class="pad" role="alert">{notice("error", text(complaint(at.doubt, words)))}</div>'
    if at.comparison is None:
        return f'<p class="pad mut">{words.html("evals.choose_two" if at.against else "evals.compare_why")}</p>'
    if at.comparison.refused:
        rows = "".join(f"<li>{refusal(why, words)}</li>" for why in at.comparison.refused)
        refused = words.html("evals.refused")
        return f'<div class="pad" data-news="{refused}">{notice("warning", refused, f"<ul>{rows}</ul>")}</div>'
    return _comparison(at, at.comparison, words)


def _comparison(at: Looking, comparison: RunComparison, words: Texts) -> str:
    counted = [(outcome, sum(check.outcome == outcome for check in comparison.checks)) for outcome in _OUTCOMES]
    told = [(outcome, words.plain(f"evals.tally_{outcome}", n=n)) for outcome, n in counted if n]
    tally = "".join(f'<span class="st {names.CHANGES[outcome]}">{text(said)}</span>' for outcome, said in told)
    news = words.plain("evals.joint").join(said for _, said in told)
    sides = "".join(_side(at, id, key, words) for id, key in ((at.against, "a"), (at.shown, "b")))
    manifest = at.summary.manifest if at.summary else None
    groups = ""
    for (suite, *_), checks in groupby(comparison.checks, lambda c: (c.suite, c.reference, c.candidate)):
        info = manifest.suites.get(suite) if manifest else None
        groups += changes(suite, info, list(checks), comparison.tolerance, words, first=not groups)
    return f'<div class="pad sides" data-news="{text(news)}">{sides}<span class="end">{tally}</span></div>{groups}'


def _side(at: Looking, id: str, key: str, words: Texts) -> str:
    run = at.info(id)
    what = names.when(run.created, words) if run else ""
    if at.against == at.shown:
        what = f'<span lang="en">{text(at.pair[key == "b"])}</span>'
    return (
        f'<span class="side"><span class="ab" aria-hidden="true">{key.upper()}</span><span>'
        f"{words.html(f'evals.side_{key}')}</span><b>{what}</b></span>"
    )
