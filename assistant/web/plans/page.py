"""Writes the tab of plans as markup: the form, what is open, the plan itself. Knows nothing about components."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.goals.outline import Outline
from assistant.goals.plan import Plan, PlanQuestion
from assistant.render.plan.html import head_html, section_html
from assistant.render.plan.wording import Words
from assistant.web.escape import inert, text
from assistant.web.icons import icon
from assistant.web.plans.looking import MOST_TEXT, Looking
from assistant.web.security import EXPORT_PATH
from assistant.web.session import Turn
from assistant.web.texts import Texts

_FILES = ("docx", "xlsx", "html", "md", "ics", "json")
_QUESTIONS = "questions"
"""Key of the section that this tab shows as fields to fill in."""


def form(kinds: Sequence[str], words: Texts, *, drafted: str) -> str:
    """Return the form.

    Args:
        kinds: keys of the kinds of plans that can be made.
        words: the interface's strings.
        drafted: the aim of the draft on the tab of drafts, '' where there is none.
    """
    choices = "".join(
        f'<label class="plan-kind"><input type="radio" name="plan-kind" value="{kind}"'
        f"{' checked' if kind == 'quarterly' else ''}><span><b>{words.html(f'plan_kind.{kind}')}</b>"
        f"<small>{words.html(f'plan_kind.{kind}_why')}</small></span></label>"
        for kind in kinds
    )
    source = ""
    if drafted:
        source = (
            f'<fieldset class="plan-source"><legend>{words.html("plans.source")}</legend>'
            f'<label><input type="radio" name="plan-source" value="draft" checked> {words.html("plans.from_draft")} '
            f'<span class="mut">{text(drafted)}</span></label>'
            f'<label><input type="radio" name="plan-source" value="aim"> {words.html("plans.from_aim")}</label>'
            "</fieldset>"
        )
    return (
        f'<div id="plan-form"><fieldset class="plan-kinds"><legend>{words.html("plans.kind")}</legend>{choices}'
        f"</fieldset>{source}{_area('plan-text', words.html('plans.aim'), words.html('plans.aim_hint'), 3)}"
        f"{_area('plan-notes', words.html('plans.notes'), words.html('plans.notes_hint'), 4)}"
        f'<div class="plan-days">{_date("plan-start", words.html("plans.start"))}'
        f"{_date('plan-end', words.html('plans.end'))}</div>"
        f'<p class="mut">{words.html("plans.days_hint")}</p>'
        f'<button type="button" class="btn pri" data-act="make">{words.html("plans.make")}</button></div>'
    )


def told(at: Looking, words: Texts) -> str:
    """Return what a press came to, read out by screen readers."""
    heard = f'data-heard="{at.presses}"'
    if at.told is None:
        return f'<div class="plan-told" role="status" {heard}></div>'
    kind = "error" if at.told.kind == "error" else "done"
    role = "alert" if kind == "error" else "status"
    return f'<div class="plan-told {kind}" role="{role}" {heard}>{_turn(at.told, words)}</div>'


def shown(at: Looking, outline: Outline | None, words: Texts) -> str:
    """Return the plan with what can be done to it; before there is one, what the tab is for."""
    if at.plan is None or outline is None:
        return (
            f'<div class="plan-empty"><h2>{words.html("plans.empty")}</h2><p>{words.html("plans.empty_why")}</p></div>'
        )
    said = Words(at.plan.language)
    head = inert(head_html(outline, said))
    sections = "".join(
        f'<div class="plan-part">{inert(section_html(section, said, number))}'
        f'<button type="button" class="btn tiny plan-redo" data-act="redo" data-value="{text(section.key)}" '
        f'aria-label="{words.html("plans.redo_label", name=section.title)}">{words.html("plans.redo")}</button></div>'
        for number, section in enumerate(outline.sections, 1)
        if section.key != _QUESTIONS
    )
    return (
        f'<div id="plan-step" data-step="{at.step}"></div>{_bar(at, words)}{_open(at.plan, words)}'
        f'<article class="plan plan-in-page" lang="{at.plan.language}">{head}{sections}</article>'
    )


def _bar(at: Looking, words: Texts) -> str:
    files = "".join(
        f'<a class="btn tiny" href="{EXPORT_PATH}{text(at.key)}/{format}" download>.{format}</a>' for format in _FILES
    )
    undo = (
        f'<button type="button" class="btn tiny" data-act="undo">{words.html("plans.undo")}</button>'
        if at.earlier
        else ""
    )
    revise = ""
    if at.plan is not None and not at.plan.goals_given:
        revise = (
            f'<div class="plan-say"><label for="plan-revise">{words.html("plans.revise")}</label>'
            f'<input id="plan-revise" type="text" maxlength="2000" placeholder="{words.html("plans.revise_hint")}">'
            f'<button type="button" class="btn tiny" data-act="revise" data-from="plan-revise">'
            f"{words.html('plans.revise_do')}</button></div>"
        )
    return (
        f'<div class="plan-tools"><span>{words.html("plans.files")}</span>{files}'
        f'<button type="button" class="btn tiny" data-toggle="plan-editing" aria-pressed="false">'
        f"{icon('pen', 's')}{words.html('plans.edit')}</button>{undo}</div>"
        f'<p class="mut plan-hint">{words.html("plans.edit_hint")}</p>{revise}'
    )


def _open(plan: Plan, words: Texts) -> str:
    """Return the open questions as fields; their answers fill the blanks of the plan."""
    asked = [each for each in plan.questions if each.fields]
    if not asked:
        return ""
    items = "".join(_question(at, each, plan, words) for at, each in enumerate(asked, 1))
    return (
        f'<details class="plan-open" open><summary>{words.html("plans.open", n=len(asked))}</summary>'
        f"<ol>{items}</ol></details>"
    )


def _question(at: int, asked: PlanQuestion, plan: Plan, words: Texts) -> str:
    name = f"plan-answer-{at}"
    options = "".join(f'<option value="{text(option)}"></option>' for option in asked.options)
    listed = f'<datalist id="{name}-options">{options}</datalist>' if options else ""
    uses = f' list="{name}-options"' if options else ""
    return (
        f'<li><label for="{name}" lang="{plan.language}">{text(asked.text)}</label>'
        f'<small class="mut" lang="{plan.language}">{text(asked.why)}</small>'
        f'<span class="plan-say"><input id="{name}" type="text" maxlength="2000"{uses}>{listed}'
        f'<button type="button" class="btn tiny" data-act="answer" data-value="{text(asked.key)}" data-from="{name}">'
        f"{words.html('plans.fill', n=len(asked.fields))}</button></span></li>"
    )


def _area(name: str, label: str, hint: str, rows: int) -> str:
    return (
        f'<label for="{name}">{label}</label>'
        f'<textarea id="{name}" rows="{rows}" maxlength="{MOST_TEXT}" placeholder="{hint}"></textarea>'
    )


def _date(name: str, label: str) -> str:
    return f'<label for="{name}">{label}<input id="{name}" type="date"></label>'


def _turn(turn: Turn, words: Texts) -> str:
    if turn.key:
        return words.html(turn.key, **turn.values)
    return f'<span lang="{turn.language or words.language}">{"<br>".join(map(text, turn.lines))}</span>'
