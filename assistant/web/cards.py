"""Writes one goal as a card: statement, score, SMART parts, key results, the work. Knows nothing about the board."""

from __future__ import annotations

import re
from collections import Counter

from assistant.goals import Finding, Scorecard
from assistant.web import fields
from assistant.web.cardparts import BUSY, Card, lang, term, written_day
from assistant.web.escape import text
from assistant.web.icons import LETTERS, icon, marks_of, radar
from assistant.web.marks import ORIGINS, mended, mending
from assistant.web.results import results
from assistant.web.texts import Texts

STATUS = {"pass": "ok", "warn": "warning", "fail": "error", "todo": "todo"}


def card(it: Card) -> str:
    """Return the card of one goal; the first is open, further ones are folded."""
    rest = f"{_smart(it)}{results(it)}{_work(it)}"
    body = f"{_head(it, rest)}{rest}"
    if it.place == 0:
        return f'<article class="panel goal" data-rove data-goal="{it.field}">{body}</article>'
    return (
        f'<details class="panel goal" data-goal="{it.field}"><summary>{_summary(it)}</summary>'
        f"<article data-rove>{body}</article></details>"
    )


def judged(card: Scorecard, texts: Texts) -> str:
    """Return how many of the six marks the score rests on; '' where all of them were judged."""
    marks = marks_of(card)
    count = sum(mark != "todo" for mark in marks)
    if count == len(marks):
        return ""
    return f'<small class="mut">{texts.html("card.judged", n=count, total=len(marks))}</small>'


def _summary(it: Card) -> str:
    count = len(it.goal.key_results)
    score = f"<b>{it.scorecard.score}</b>{judged(it.scorecard, it.texts)}" if it.scorecard else ""
    worst = next((s for s in ("error", "warning", "info") if any(f.severity == s for f in it.findings)), None)
    state = (
        f'<span class="st {worst}">{it.texts.html("card.findings_count", n=len(it.findings))}</span>' if worst else ""
    )
    return (
        f'{icon("chevron", "s chev")}<span class="t"><b>{it.texts.html("card.goal_n", n=it.place + 1)}</b>'
        f"<span {lang(it)}>{text(it.goal.title)}</span></span>"
        f'<span class="end"><span class="mut sm">{it.texts.html("card.results_count", n=count)}</span>{state}{score}'
        f"</span>"
    )


def _head(it: Card, rest: str) -> str:
    goal, texts, drafter = it.goal, it.texts, it.version.result.drafter
    place = texts.html("card.goal_of", n=it.place + 1, total=len(it.version.result.goals))
    who = text(drafter.model) if drafter.model else texts.html("card.offline")
    ambition = term(texts, goal.objective.ambition, "tag")
    tip = "" if it.place else f'<span class="tip mut sm">{icon("pen", "s")}{texts.html("edit.tip")}</span>'
    over = f'<span class="tag">{place}</span>{ambition}<span class="tag">{who}</span>{tip}'
    title = it.write(goal.title, "title")
    objective = it.write(goal.objective.text, "objective/text")
    under = "" if goal.objective.text == goal.title else f'<p class="obj" {lang(it)}>{objective}</p>'
    words = f'<h2 {lang(it)}>{title}</h2>{under}<p class="state" {lang(it)}>{it.write(goal.statement, "statement")}</p>'
    return (
        f'<div class="sec ghead"><div><div class="over">{over}</div>{words}'
        f"{_legend(it, words + rest)}{_findings(it)}</div>{_score(it)}</div>"
    )


def _legend(it: Card, markup: str) -> str:
    """Return the origins of the chips in the card's markup, each with how many different figures it has."""
    chips = re.findall(r' data-hot data-origin="(\w+)"[^>]*>([^<]*)<', markup)
    counts = Counter(origin for origin, _ in {(origin, " ".join(shown.split())) for origin, shown in chips})
    buttons = "".join(
        f'<button type="button" aria-pressed="false" data-lit="{origin}"><span class="sw" data-origin="{origin}">'
        f'<span class="glyph"></span></span>{it.texts.html(f"origin.{origin}")} {counts[origin]}</button>'
        for origin in ORIGINS
        if counts[origin]
    )
    label = it.texts.html("card.legend")
    return f'<div class="legend" role="group" aria-label="{label}"><b>{label}</b>{buttons}</div>' if buttons else ""


def _findings(it: Card) -> str:
    if not it.findings:
        return ""
    rows = "".join(_finding(it, finding) for finding in it.findings)
    return f'<ul class="chk" aria-label="{it.texts.html("card.findings")}">{rows}</ul>'


def _finding(it: Card, finding: Finding) -> str:
    place = text(fields.short_name((finding.field or "").removeprefix(f"{it.field}/"), it.texts))
    put = mended(fields.value(it.version.result, finding.field or "") or "", finding)
    fix = (
        f'<button type="button" class="btn tiny strong" data-mend="{text(finding.field)}"{mending(finding, put)} '
        f"{lang(it)}{BUSY if it.busy else ''}>{text(finding.fix.title)}</button>"
        if put and finding.fix
        else ""
    )
    return (
        f'<li data-sev="{finding.severity}"><span class="st {finding.severity}"><span class="vh">'
        f"{it.texts.html(f'severity.{finding.severity}')}</span></span>"
        f"<div><p {lang(it)}><b>{text(finding.message)}</b></p>"
        f'<p class="sm" {lang(it)}>{text(finding.help)}</p>{fix}</div>'
        f'<span class="where"><span class="n">{it.marks.number_of(finding)}</span>{place} '
        f'<span class="mono">{text(finding.id)}</span></span></li>'
    )


def _score(it: Card) -> str:
    card, texts = it.scorecard, it.texts
    if card is None:
        return ""
    barred = any(not gate.passed for gate in it.version.result.verdict.gates)
    clean = card.ready and not barred and not any(f.severity == "error" for f in it.findings)
    state = "ok" if clean else "warning"
    word = texts.html("card.passes" if state == "ok" else "card.to_mend")
    before = it.version.before if len(it.version.result.goals) == 1 else None
    delta, keys = "", ""
    if before is not None:
        low, high, gain = min(before.score, card.score), max(before.score, card.score), card.score - before.score
        sign = f"+{gain}" if gain > 0 else str(gain).replace("-", "−")
        label = texts.html("card.delta", before=before.score, after=card.score)
        delta = (
            f'<div class="delta" role="img" aria-label="{label}"><span class="tr"><i style="--a:{low};--z:{high}"></i>'
            f'<b style="--a:{before.score}"></b><b style="--z:{card.score}"></b></span><span class="d">{sign}</span>'
            f"</div>"
        )
        keys = (
            f'<div class="keys"><span><i class="k-was"></i>{texts.html("card.your_words")}</span>'
            f'<span><i class="k-now"></i>{texts.html("card.this_version")}</span></div>'
        )
    return (
        f'<div class="score"><div class="big"><strong>{card.score}</strong><span>/ 100{judged(card, texts)}</span>'
        f'<span class="st {state} pill">{word}</span></div>{delta}{radar(card, before, texts)}{keys}</div>'
    )


def _smart(it: Card) -> str:
    goal, texts = it.goal, it.texts
    marks = dict(zip(LETTERS, marks_of(it.scorecard), strict=True)) if it.scorecard else {}
    parts = []
    for letter, name in zip("SMART", LETTERS[:5], strict=True):
        mark = marks.get(name)
        state = f'<span class="st {STATUS[mark]}">{texts.html(f"mark.{mark}")}</span>' if mark else ""
        parts.append(_part(letter, texts.html(f"letter.{name}"), state, it.write(getattr(goal, name), name), it))
    parts.append(_part("↻", texts.html("letter.monitoring"), "", it.write(goal.monitoring, "monitoring"), it))
    return f'<div class="sec"><dl class="smart">{"".join(parts)}</dl></div>'


def _part(letter: str, name: str, state: str, words: str, it: Card) -> str:
    return (
        f'<div><dt><span class="l" aria-hidden="true">{letter}</span>{name}{state}</dt><dd {lang(it)}>{words}'
        f"</dd></div>"
    )


def _work(it: Card) -> str:
    goal, texts = it.goal, it.texts
    blocks = []
    if goal.initiatives:
        rows = "".join(f"<li>{it.write(w, f'initiatives/{i}')}</li>" for i, w in enumerate(goal.initiatives))
        blocks.append(f'<div><h3>{texts.html("card.initiatives")}</h3><ul class="dots" {lang(it)}>{rows}</ul></div>')
    if goal.milestones:
        rows = "".join(_milestone(it, i) for i in range(len(goal.milestones)))
        blocks.append(f'<div><h3>{texts.html("card.milestones")}</h3><ol class="steps" {lang(it)}>{rows}</ol></div>')
    return f'<div class="sec work">{"".join(blocks)}</div>' if blocks else ""


def _milestone(it: Card, place: int) -> str:
    milestone = it.goal.milestones[place]
    day = written_day(it, milestone.date, f"milestones/{place}/date")
    return f"<li><span>{day}</span><p>{it.write(milestone.text, f'milestones/{place}/text')}</p></li>"
