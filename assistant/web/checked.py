"""Writes the judgement of pasted goals. Knows nothing about where the text came from."""

from __future__ import annotations

from assistant.goals import LintedGoal, LintReport
from assistant.web.board import notice, waiting
from assistant.web.cards import STATUS, judged
from assistant.web.escape import text
from assistant.web.icons import LETTERS, marks_of
from assistant.web.marks import Marks
from assistant.web.session import Turn
from assistant.web.talk import complaint
from assistant.web.texts import Texts

_MOST = 200


def checked(report: LintReport | Turn | None, words: Texts) -> str:
    """Return every goal with its underlines, score and findings; a hint where nothing was pasted."""
    if report is None:
        return waiting(words, "check.empty", "check.empty_why")
    if isinstance(report, Turn):
        return notice("error", text(complaint(report, words)))
    rows = "".join(_goal(goal, words) for goal in report.goals[:_MOST])
    errors = sum(f.severity == "error" for goal in report.goals for f in goal.findings)
    warnings = sum(f.severity == "warning" for goal in report.goals for f in goal.findings)
    summary = words.html("check.summary", goals=len(report.goals), errors=errors, warnings=warnings)
    return f'<p class="sum mut" role="status">{summary}</p><div class="stack">{rows}</div>'


def _goal(goal: LintedGoal, words: Texts) -> str:
    shown = [f.model_copy(update={"field": ""}) for f in goal.findings]
    marks = Marks(words, (), shown)
    letters = "".join(
        f'<span class="st {STATUS[mark]}" title="{words.html(f"mark.{mark}")}">{words.html(f"letter.{name}_short")}'
        f'<span class="vh">{words.html(f"mark.{mark}")}</span></span>'
        for name, mark in zip(LETTERS, marks_of(goal.scorecard), strict=True)
        if mark != "todo"
    )
    rows = "".join(
        f'<li data-sev="{f.severity}"><span class="n">{i}</span><div><h4 lang="{goal.language}">{text(f.message)}</h4>'
        f'<p lang="{goal.language}">{text(f.help)}</p></div><span class="mono">{text(f.id)}</span></li>'
        for i, f in enumerate(shown, 1)
    )
    listing = (
        f'<ol class="fl">{rows}</ol>'
        if rows
        else f'<p class="fine"><span class="st ok">{words.html("check.fine")}</span></p>'
    )
    return (
        f'<article class="panel checked" data-rove><div class="pad"><div class="line"><p lang="{goal.language}">'
        f'{marks.write(goal.text, "")}</p><b class="pts">{goal.scorecard.score}</b></div><div class="ltr">{letters}'
        f"{judged(goal.scorecard, words)}</div></div>"
        f"{listing}</article>"
    )
