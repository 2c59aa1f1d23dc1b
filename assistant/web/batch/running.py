"""Writes what is chosen for a run, how far it is, and what can be done once it has ended. Knows nothing about rows."""

from __future__ import annotations

from pathlib import PurePath

from assistant.goals import Drafter
from assistant.web.batch.desk import Desk
from assistant.web.batch.intake import trouble
from assistant.web.board import notice
from assistant.web.escape import text
from assistant.web.evals.figures import count
from assistant.web.icons import icon
from assistant.web.security import OUTPUT_PATH
from assistant.web.texts import Texts

_MINUTE = 60
_TENTH_BELOW = 10
_INTERRUPTED = "interrupted"


def running(desk: Desk, drafter: Drafter | None, words: Texts) -> str:
    """Return the panel beside the columns; '' while there is no list."""
    match desk.phase:
        case "empty":
            return ""
        case "ready":
            inner = _options(desk, drafter, words)
        case "waiting" | "running":
            inner = _progress(desk, words)
        case _:
            inner = _over(desk, words)
    return (
        f'<section class="panel pad doing-list" aria-labelledby="run-list-title"><div class="ph"><span class="step" '
        f'aria-hidden="true">2</span><h2 id="run-list-title">{words.html("batch.run")}</h2>{_by(desk, drafter, words)}'
        f"</div>{inner}</section>"
    )


def _by(desk: Desk, drafter: Drafter | None, words: Texts) -> str:
    if desk.phase == "ready":
        return ""
    return f'<span class="tag end">{_name(desk.who, drafter, words)}</span>'


def _name(who: str, drafter: Drafter | None, words: Texts) -> str:
    if who == "lint":
        return words.html("batch.who_lint")
    if who == "configured" and drafter is not None and drafter.kind == "llm":
        return words.html("batch.who_model", model=drafter.model or "")
    return words.html("batch.who_offline")


def _options(desk: Desk, drafter: Drafter | None, words: Texts) -> str:
    model = drafter is not None and drafter.kind == "llm"
    ways = ("configured", "offline", "lint") if model else ("configured", "lint")
    who = desk.who if desk.who in ways else "configured"
    rows = "".join(
        f'<label class="way"><input type="radio" name="batch-who" data-act="who" value="{way}"'
        f"{' checked' if way == who else ''}><span><b>{_name(way, drafter, words)}</b>"
        f"<small>{words.html(f'batch.{_about(way, model=model)}')}</small></span></label>"
        for way in ways
    )
    return (
        f'<fieldset><legend class="sm mut">{words.html("batch.who")}</legend>{rows}</fieldset>'
        f'<div class="goals-field"><label class="sm" for="batch-goals">{words.html("batch.org_goals")}</label>'
        f'<textarea id="batch-goals" data-act="goals" rows="3" maxlength="4000" '
        f'placeholder="{words.html("form.lines")}">{text(desk.org_goals)}</textarea></div>'
        f'<button type="button" class="btn pri wide-btn" data-act="start" data-value="">{words.html("batch.start")}'
        f"</button>"
    )


def _about(way: str, *, model: bool) -> str:
    return "lint_why" if way == "lint" else "model_why" if model and way == "configured" else "offline_why"


def _progress(desk: Desk, words: Texts) -> str:
    progress = desk.progress
    rows = desk.prepared.source.count
    done = progress.before + progress.done if progress is not None else 0
    share = min(100, 100 * done // rows) if rows else 100
    if desk.phase == "waiting":
        said = words.html("batch.waiting")
    elif desk.stopping:
        said = words.html("batch.stopping")
    elif progress is None or not progress.done:
        said = words.html("batch.beginning")
    else:
        said = _pace(progress.rate, progress.seconds_left, words)
    failed = (
        f'<span class="st error">{words.html("batch.failed", n=count(progress.failed))}</span>'
        if (progress is not None and progress.failed)
        else ""
    )
    busy = ' aria-disabled="true"' if desk.stopping else ""
    return (
        f'<p class="far-on"><b>{count(done)}</b> <span class="mut">{words.html("batch.of_rows", n=count(rows))}</span>'
        f'<span class="end sm mut">{said}</span></p>'
        f'<div class="meter" role="progressbar" aria-label="{words.html("batch.run")}" aria-valuemin="0" '
        f'aria-valuemax="100" aria-valuenow="{share}"><i style="width:{share}%"></i></div>{failed}'
        f'<p class="sm mut">{words.html("batch.kept")}</p>'
        f'<div class="acts"><button type="button" class="btn" data-act="cancel" data-value=""{busy}>'
        f"{words.html('batch.cancel')}</button></div>"
    )


def _pace(rate: float, left: float | None, words: Texts) -> str:
    shown = f"{rate:.1f}" if rate < _TENTH_BELOW else f"{rate:,.0f}"
    if left is None:
        return words.html("batch.rate", rate=shown)
    if left >= _MINUTE:
        return words.html("batch.pace_minutes", rate=shown, m=int(left) // _MINUTE, s=int(left) % _MINUTE)
    return words.html("batch.pace", rate=shown, s=max(1, round(left)))


def _over(desk: Desk, words: Texts) -> str:
    summary = desk.summary
    parts = [trouble(desk, words)]
    again = False
    if summary is not None:
        finished = summary.rows - summary.pending
        again = bool(summary.pending or summary.failed)
        tone = "warning" if again else "ok"
        key = "stopped" if summary.pending else "failures" if summary.failed else "done"
        said = words.html(f"batch.{key}", done=count(finished), rows=count(summary.rows), failed=count(summary.failed))
        parts.append(f'<p role="status"><span class="st {tone}">{said}</span></p>')
        if summary.stopped and summary.stopped != _INTERRUPTED:
            why = f'<span class="mono" lang="en">{text(summary.stopped)}</span>'
            parts.append(notice("warning", words.html("batch.stopped_why"), why))
    buttons = ""
    if again or summary is None:
        key = "batch.go_on" if summary is None or summary.pending else "batch.again_failed"
        buttons += f'<button type="button" class="btn" data-act="go-on" data-value="">{words.html(key)}</button>'
    buttons += (
        f'<button type="button" class="btn" data-act="reopen" data-value="">{words.html("batch.reopen")}</button>'
        f'<button type="button" class="btn" data-act="clear" data-value="">{words.html("batch.clear")}</button>'
    )
    downloads = _downloads(desk, words) if summary is not None else ""
    return f'{"".join(parts)}{downloads}<div class="acts">{buttons}</div>'


def _downloads(desk: Desk, words: Texts) -> str:
    own = (PurePath(desk.prepared.source.name).suffix or ".txt")[1:].upper()
    links = "".join(
        f'<a class="btn{" pri" if output == "own" else ""}" href="{OUTPUT_PATH}{text(desk.ticket)}/{output}" download>'
        f"{icon('download', 's')}<span>{label}</span></a>"
        for output, label in (
            ("own", words.html("batch.download", kind=own)),
            ("html", words.html("batch.download_report")),
            ("json", "JSON"),
        )
    )
    return f'<div class="acts downloads">{links}</div>'
