"""Writes the goals of a checked list with their findings and fixes. Knows nothing about what holds between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.goals import Finding
from assistant.goals.checklist import CheckedList, ListedGoal
from assistant.web.board import notice, waiting
from assistant.web.cards import STATUS, judged
from assistant.web.check.looking import Looking
from assistant.web.check.underlines import Underline, underlined
from assistant.web.escape import text
from assistant.web.icons import LETTERS, icon, marks_of, radar
from assistant.web.talk import complaint
from assistant.web.texts import Texts

MOST = 150
"""Goals that are shown one by one."""
_SEVERITIES = ("error", "warning", "info")
_AROUND = 10
_SHORT = 8
_LONGEST_PIECE = 40


def goals(at: Looking, words: Texts) -> str:
    """Return every goal with its underlines, score and findings; a hint where nothing was pasted."""
    put = ""
    if at.put is not None:
        put = f'<textarea hidden class="put" data-step="{at.step}" tabindex="-1">{_inside(at.put)}</textarea>'
    if at.trouble is not None:
        return f'{put}<div role="alert">{notice("error", text(complaint(at.trouble, words)))}</div>'
    if at.checked is None:
        return put + waiting(words, "check.empty", "check.empty_why")
    shown = at.checked.goals[:MOST]
    numbers = numbered(at.checked)
    rows = "".join(_goal(at, index, goal, numbers[index], words) for index, goal in enumerate(shown))
    more = len(at.checked.goals) - len(shown)
    rest = f'<p class="mut sm">{words.html("check.more", n=more)}</p>' if more else ""
    unread = ""
    if at.checked.unread:
        lines = words.plain("check.joint").join(map(str, at.checked.unread[:12]))
        unread = notice("info", words.html("check.unread"), words.html("check.unread_why", lines=lines))
    return (
        f'{put}{_mirror(at.checked, numbers, words)}{_filter(at, words)}{unread}<div class="stack">{rows}</div>{rest}'
    )


def numbered(checked: CheckedList) -> list[int]:
    """Return for each goal the number of its first finding in the list, from 1."""
    firsts, at = [], 1
    for goal in checked.goals:
        firsts.append(at)
        at += len(goal.judged.findings)
    return firsts


def tally(checked: CheckedList) -> dict[str, int]:
    """Return how many findings of each severity there are, and in all."""
    found: list[str] = [finding.severity for goal in checked.goals for finding in goal.judged.findings]
    return {"all": len(found)} | {severity: found.count(severity) for severity in _SEVERITIES}


def can_be_fixed(goal: ListedGoal, finding: Finding) -> bool:
    """Tell whether a finding has a fix within the goal's own words."""
    fix = finding.fix
    return fix is not None and bool(fix.edits) and all(edit.end <= len(goal.judged.text) for edit in fix.edits)


def _inside(words: str) -> str:
    """Return text as the content of a text box, of which a first line break is not read."""
    return ("\n" if words.startswith("\n") else "") + text(words)


def _lines(index: int, goal: ListedGoal, first: int) -> list[Underline]:
    """Return what to underline; what is said of all the words of a goal is listed only."""
    whole = max(len(goal.judged.text.strip()), _SHORT)
    return [line for line in _every_line(index, goal, first) if line.end - line.start < whole]


def _every_line(index: int, goal: ListedGoal, first: int) -> Iterator[Underline]:
    for place, finding in enumerate(goal.judged.findings):
        press = f"{index}:{place}" if can_be_fixed(goal, finding) else ""
        yield Underline(finding.start, finding.end, finding, first + place, press)


def _mirror(checked: CheckedList, numbers: list[int], words: Texts) -> str:
    """Return the whole text with its underlines, for the page to lay behind the text box."""
    lines = [
        replace(line, start=goal.start + line.start, end=goal.start + line.end)
        for index, goal in enumerate(checked.goals)
        if goal.start is not None
        for line in _lines(index, goal, numbers[index])
        if line.end <= len(goal.judged.text)
    ]
    language = checked.goals[0].judged.language if checked.goals else words.language
    inner = underlined(checked.text, lines, words, hot=False)
    return f'<div class="mirror" hidden aria-hidden="true" lang="{language}">{inner}</div>'


def _filter(at: Looking, words: Texts) -> str:
    checked = at.checked
    if checked is None:
        return ""
    counts = tally(checked)
    buttons = "".join(
        f'<button type="button" data-act="only" data-value="{name}" '
        f'aria-pressed="{"true" if at.only == name else "false"}">{words.html(f"check.only_{name}")} '
        f"{counts[name]}</button>"
        for name in ("all", *_SEVERITIES)
    )
    summary = words.html("check.summary", goals=len(checked.goals), errors=counts["error"], warnings=counts["warning"])
    return (
        f'<div class="ph found-head"><h2>{words.html("check.results")}</h2><p class="sum mut">{summary}</p></div>'
        f'<div class="seg four" role="group" aria-label="{words.html("check.filter")}">{buttons}</div>'
    )


def _goal(at: Looking, index: int, goal: ListedGoal, first: int, words: Texts) -> str:
    judgement = goal.judged
    found = list(enumerate(judgement.findings))
    shown = [(place, each) for place, each in found if at.only in ("all", each.severity)]
    if at.only != "all" and not shown:
        return ""
    card = judgement.scorecard
    letters = "".join(
        f'<span class="st {STATUS[mark]}" title="{words.html(f"mark.{mark}")}">{words.html(f"letter.{name}_short")}'
        f'<span class="vh">{words.html(f"mark.{mark}")}</span></span>'
        for name, mark in zip(LETTERS, marks_of(card), strict=True)
        if mark != "todo"
    )
    rows = "".join(_finding(index, place, goal, each, first + place, words) for place, each in shown)
    listing = (
        f'<ol class="fl" lang="{judgement.language}">{rows}</ol>'
        if rows
        else f'<p class="fine"><span class="st ok">{words.html("check.fine")}</span></p>'
    )
    alone = at.checked is not None and len(at.checked.goals) == 1
    lines = [line for line in _lines(index, goal, first) if line.end <= len(judgement.text)]
    name = words.html("check.goal_n", n=index + 1)
    return (
        f'<article class="panel checked" data-rove id="checked-{index}" tabindex="-1" aria-label="{name}">'
        f'<div class="pad"><div class="line"><div><h3 class="mut sm">{name}</h3><p lang="{judgement.language}">'
        f"{underlined(judgement.text, lines, words)}</p></div>"
        f'<p class="pts"><b>{card.score}</b><small class="mut">/ 100</small></p></div>'
        f'<div class="ltr">{letters}{judged(card, words)}</div>'
        f'<details class="rad"{" open" if alone else ""}><summary>{icon("chevron", "s chev")}'
        f"{words.html('check.radar')}</summary>{radar(card, None, words)}</details></div>{listing}</article>"
    )


def _finding(index: int, place: int, goal: ListedGoal, found: Finding, number: int, words: Texts) -> str:
    wide = f'<span class="tag">{words.html("check.between")}</span>' if place in goal.between else ""
    return (
        f'<li data-sev="{found.severity}"><span class="n">{number}</span><div><h4>'
        f'<span class="st {found.severity}"><span class="vh" lang="{words.language}">'
        f"{words.html(f'severity.{found.severity}')}</span></span>{text(found.message)} "
        f'<span class="mono">{text(found.id)}</span>{wide}</h4><p>{text(found.help)}</p>'
        f"{_fix(index, place, goal, found, words)}</div></li>"
    )


def _fix(index: int, place: int, goal: ListedGoal, found: Finding, words: Texts) -> str:
    if found.fix is None or not can_be_fixed(goal, found):
        return ""
    kind = found.fix.safety
    means = "check.placeholder_fix" if kind == "placeholder" else f"check.{kind}"
    return (
        f'<div class="fix"><p class="diff">{_difference(goal.judged.text, found)}</p>'
        f'<button type="button" class="btn tiny{" strong" if kind == "safe" else ""}" data-act="fix" '
        f'data-value="{index}:{place}">{text(found.fix.title)}</button>'
        f'<span class="mut sm" lang="{words.language}">{words.html(means)}</span></div>'
    )


def _difference(whole: str, found: Finding) -> str:
    """Return the words around a fix with what goes and what comes."""
    edits = sorted(found.fix.edits, key=lambda edit: edit.start) if found.fix else []
    first = max(edits[0].start - _AROUND, 0)
    last = min(max(edit.end for edit in edits) + _AROUND, len(whole))
    out, at = ["…" if first else ""], first
    for edit in edits:
        out.append(_shortened(whole[at : edit.start]))
        if edit.end > edit.start:
            out.append(f"<del>{_shortened(whole[edit.start : edit.end])}</del>")
        if edit.replacement:
            out.append(f"<ins>{_shortened(edit.replacement)}</ins>")
        at = edit.end
    return f"{''.join(out)}{_shortened(whole[at:last])}{'…' if last < len(whole) else ''}"


def _shortened(words: str) -> str:
    half = _LONGEST_PIECE // 2
    return text(words if len(words) <= _LONGEST_PIECE else f"{words[:half]}…{words[-half:]}")
