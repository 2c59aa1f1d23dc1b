"""Writes the list of runs, or what to do while there are none. Knows nothing about the run on show."""

from __future__ import annotations

from assistant.evaluation.folder import RunInfo
from assistant.web.board import notice
from assistant.web.escape import text
from assistant.web.evals import figures, names
from assistant.web.evals.looking import Looking
from assistant.web.icons import icon
from assistant.web.talk import complaint
from assistant.web.texts import Texts

COMMAND = "goals eval run"
_MOST = 200
_VARIANTS = 2


def listing(at: Looking, words: Texts) -> str:
    """Return the runs of this machine, the newest first; the one on show is pressed."""
    if at.runs is None:
        bars = "".join(f'<i class="sk w{width}"></i>' for width in (1, 2, 3, 1, 2, 3))
        return (
            f'<section class="panel pad" aria-busy="true"><h2 class="at">{words.html("evals.loading")}</h2>{bars}'
            "</section>"
        )
    if at.unread is not None:
        return f'<div role="alert">{notice("error", text(complaint(at.unread, words)))}</div>{_refresh(words)}'
    if not at.runs:
        return _empty(words)
    rows = "".join(f"<li>{_row(run, at, words)}</li>" for run in at.runs[:_MOST])
    more = len(at.runs) - _MOST
    rest = f'<p class="mut sm pad">{words.html("evals.older", n=more)}</p>' if more > 0 else ""
    return (
        f'<section class="panel runs" aria-labelledby="runs-title"><div class="ph"><h2 id="runs-title">'
        f"{words.html('evals.runs')}</h2>{_refresh(words)}</div><ul>{rows}</ul>{rest}</section>"
    )


def _empty(words: Texts) -> str:
    return (
        f'<section class="panel pad wait no-runs"><h2>{words.html("evals.empty")}</h2>'
        f'<p>{words.html("evals.empty_why")}</p><p><code lang="en">{COMMAND}</code></p>'
        f'<p class="sm mut">{words.html("evals.empty_hint")}</p>{_refresh(words)}</section>'
    )


def _refresh(words: Texts) -> str:
    return (
        f'<button type="button" class="btn tiny refresh" data-act="refresh" data-value="">{icon("refresh", "s")}'
        f"{words.html('evals.refresh')}</button>"
    )


def _row(run: RunInfo, at: Looking, words: Texts) -> str:
    tone, word = names.verdict(run.outcome, words)
    shown = run.id == at.shown
    side = ""
    if at.against and run.id in (at.shown, at.against):
        letters = [("a", "A")] * (run.id == at.against) + [("b", "B")] * shown
        side = "".join(
            f'<span class="ab">{letter}<span class="vh">{words.html(f"evals.side_{key}")}</span></span>'
            for key, letter in letters
        )
    return (
        f'<button type="button" class="run" data-act="run" data-value="{text(run.id)}" '
        f'aria-pressed="{"true" if shown else "false"}"><span class="top-line"><span class="st {tone}">{text(word)}'
        f"</span>{side}{names.when(run.created, words)}</span><b>{text(names.suites(run.suites, words))}</b>"
        f'<span class="who" lang="en">{text(_who(run))}</span>'
        f'<span class="far">{names.revision(run.revision, run.dirty, words)}</span>'
        f'<span class="far">{_progress(run, words)}</span></button>'
    )


def _who(run: RunInfo) -> str:
    more = len(run.variants) - _VARIANTS
    some = ", ".join(run.variants[:_VARIANTS])
    return f"{some}, +{more}" if more > 0 else some


def _progress(run: RunInfo, words: Texts) -> str:
    if run.finished is None:
        return words.html("evals.planned", planned=figures.count(run.planned))
    done = words.html("evals.done", done=figures.count(run.finished), planned=figures.count(run.planned))
    if not run.errors:
        return done
    return f'{done} <span class="st error">{words.html("evals.errors", n=figures.count(run.errors))}</span>'
