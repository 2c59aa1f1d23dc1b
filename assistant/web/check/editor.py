"""Writes the frame around the text box: what it is for, a file, the safe fixes. Knows nothing about the judgement."""

from __future__ import annotations

from assistant.web.check.goals import can_be_fixed, tally
from assistant.web.check.looking import Looking
from assistant.web.escape import text
from assistant.web.icons import icon
from assistant.web.security import MAX_FILE_BYTES
from assistant.web.talk import complaint
from assistant.web.texts import Texts, long_date

ENDINGS = (".txt", ".md", ".csv", ".tsv", ".jsonl", ".xlsx", ".docx")


def top(at: Looking, words: Texts) -> str:
    """Return the head of the editor: file, safe fixes, and what the last press came to."""
    safe = safe_fixes(at)
    label = words.html("check.apply_safe", n=safe) if safe else words.html("check.no_safe")
    off = "" if safe else ' aria-disabled="true"'
    file = f'<span class="tag">{text(at.file)}</span>' if at.file else ""
    return (
        f'<div class="ph" data-ticket="{text(at.ticket)}"><h2>{words.html("check.label")}</h2>'
        f'<span class="mut sm">{words.html("check.local")}</span>{file}<span class="end">'
        f'<label class="btn tiny from-file">{icon("download", "s")}<span>{words.html("check.file")}</span>'
        f'<input type="file" class="vh" data-upload data-most="{MAX_FILE_BYTES}" accept="{",".join(ENDINGS)}" '
        f'aria-label="{words.html("check.file_label")}"></label>'
        f'<button type="button" class="btn tiny pri" data-act="safe" data-value=""{off}>{icon("tick", "s")}{label}'
        f"</button></span></div>{_told(at, words)}"
    )


def paste(at: Looking, words: Texts) -> str:
    """Return the text box; the underlines are laid behind it by the page."""
    return (
        f'<div class="ink"><div class="under-ink" aria-hidden="true"></div><textarea id="goals-to-check" rows="12" '
        f'spellcheck="false" autocomplete="off" aria-label="{words.html("check.box")}" aria-describedby="check-hint" '
        f'placeholder="{words.html("check.placeholder")}"></textarea></div>'
        f'<p class="vh" id="check-hint">{words.html("check.hint")}</p>'
    )


def foot(at: Looking, words: Texts) -> str:
    """Return what was found, in one line under the text box."""
    if at.checked is None:
        return f'<p class="foot mut sm">{words.html("check.kinds")}</p>'
    counts = tally(at.checked)
    fine = sum(not goal.judged.findings for goal in at.checked.goals)
    parts = [f"<span>{words.html('check.goals', n=len(at.checked.goals))}</span>"]
    parts += [f'<span class="st ok">{words.html("check.passed", n=fine)}</span>'] if fine else []
    parts += [
        f'<span class="st {name}">{words.html(f"check.count_{name}", n=counts[name])}</span>'
        for name in ("error", "warning", "info")
        if counts[name]
    ]
    day = words.html("check.today", date=long_date(at.checked.today, words.language))
    return f'<p class="foot sm">{"".join(parts)}<span class="mut">{day}</span></p>'


def safe_fixes(at: Looking) -> int:
    """Return how many findings have a safe fix."""
    goals = at.checked.goals if at.checked else ()
    return sum(
        found.fix is not None and found.fix.safety == "safe" and can_be_fixed(goal, found)
        for goal in goals
        for found in goal.judged.findings
    )


def _told(at: Looking, words: Texts) -> str:
    if at.told is None:
        return ""
    said = text(complaint(at.told, words))
    if at.told.kind == "error":
        return f'<p class="said-now st error" role="alert">{said}</p>'
    return f'<p class="said-now st ok" data-news="{said}">{said}</p>'
