"""Writes one goal as a card: statement, score, SMART parts, key results, the work. Knows nothing about the board."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from assistant.goals import Finding, Goal, KeyResult, Scorecard
from assistant.web.escape import text
from assistant.web.icons import LETTERS, icon, marks_of, radar
from assistant.web.marks import ORIGINS, Marks
from assistant.web.session import Version
from assistant.web.texts import Texts, long_date

_HOLE = "\ue000"
STATUS = {"pass": "ok", "warn": "warning", "fail": "error", "todo": "todo"}


@dataclass(frozen=True)
class Card:
    """One goal of a version with all that its card shows; `place` counts from 0."""

    version: Version
    place: int
    marks: Marks
    texts: Texts

    @property
    def goal(self) -> Goal:
        """The goal itself."""
        return self.version.result.goals[self.place]

    @property
    def field(self) -> str:
        """JSON pointer of the goal."""
        return f"/goals/{self.place}"

    @property
    def scorecard(self) -> Scorecard | None:
        """The goal's marks, where the draft was judged."""
        cards = self.version.result.verdict.scorecards
        return cards[self.place] if self.place < len(cards) else None

    @property
    def findings(self) -> list[Finding]:
        """What the rules found in this goal."""
        found = self.version.result.verdict.findings
        return [f for f in found if (f.field or "").startswith(f"{self.field}/") or f.field == self.field]

    def write(self, words: str, name: str) -> str:
        """Return a field of the goal with its marks, in the draft's language."""
        return self.marks.write(words, f"{self.field}/{name}")


def card(version: Version, place: int, marks: Marks, texts: Texts) -> str:
    """Return the card of one goal; the first is open, further ones are folded."""
    it = Card(version, place, marks, texts)
    rest = f"{_smart(it)}{_results(it)}{_work(it)}"
    body = f"{_head(it, rest)}{rest}"
    if place == 0:
        return f'<article class="panel goal" data-rove>{body}</article>'
    return (
        f'<details class="panel goal fold"><summary>{_summary(it)}</summary><article data-rove>{body}</article>'
        f"</details>"
    )


def lang(it: Card) -> str:
    """Return the attribute that names the draft's language."""
    return f'lang="{it.version.result.language}"'


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
    total = len(it.version.result.goals)
    tags = [
        texts.html("card.goal_of", n=it.place + 1, total=total),
        texts.html(f"card.{goal.objective.ambition}"),
        text(drafter.model) if drafter.model else texts.html("card.offline"),
    ]
    over = "".join(f'<span class="tag">{tag}</span>' for tag in tags)
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
    place = _field_name(it, (finding.field or "").removeprefix(f"{it.field}/"))
    return (
        f'<li data-sev="{finding.severity}"><span class="st {finding.severity}"><span class="vh">'
        f"{it.texts.html(f'severity.{finding.severity}')}</span></span>"
        f"<div><p {lang(it)}><b>{text(finding.message)}</b></p>"
        f'<p class="sm" {lang(it)}>{text(finding.help)}</p></div>'
        f'<span class="where"><span class="n">{it.marks.number_of(finding)}</span>{place} '
        f'<span class="mono">{text(finding.id)}</span></span></li>'
    )


def _field_name(it: Card, field: str) -> str:
    parts = field.split("/")
    if parts[0] == "key_results" and len(parts) > 1 and parts[1].isdigit():
        return f"KR{int(parts[1]) + 1}"
    key = f"letter.{parts[0]}"
    return it.texts.html(key) if key in it.texts else it.texts.html("card.statement")


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


def _results(it: Card) -> str:
    texts = it.texts
    heads = "".join(
        f'<th scope="col">{texts.html(f"kr.{name}")}</th>' for name in ("result", "range", "deadline", "owner", "kind")
    )
    rows = [(i, kr) for i, kr in enumerate(it.goal.key_results) if not kr.guardrail]
    guards = [(i, kr) for i, kr in enumerate(it.goal.key_results) if kr.guardrail]
    body = "".join(_result(it, i, kr) for i, kr in rows)
    fence = "".join(_guard(it, i, kr) for i, kr in guards)
    guard = f'<ul class="guard">{fence}</ul>' if fence else ""
    return (
        f'<div class="sec"><table class="kr"><caption class="vh">{texts.html("kr.result")}</caption>'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{body}</tbody></table>{guard}</div>"
    )


def _result(it: Card, place: int, kr: KeyResult) -> str:
    texts, field = it.texts, f"key_results/{place}"
    kind = "goal" if kr.kind == "lagging" else "flag"
    facts = [it.write(kr.data_source, f"{field}/data_source"), it.write(kr.cadence, f"{field}/cadence")]
    if kr.readout:
        day = _day(it, kr.readout, f"{field}/readout")
        facts.append(texts.html("kr.readout", date=_HOLE).replace(_HOLE, day))
    owner = (
        f"<span {lang(it)}>{it.write(kr.owner, f'{field}/owner')}</span>"
        if kr.owner
        else it.marks.blank("kr.no_owner", texts.plain("kr.no_owner_why"))
    )
    return (
        f'<tr><td class="k">KR{place + 1}</td><td class="nm" {lang(it)}>{it.write(kr.metric, f"{field}/metric")}'
        f"<p>{it.write(kr.statement, f'{field}/statement')}</p><small>{' · '.join(f for f in facts if f)}</small></td>"
        f'<td class="ft" data-th="{texts.html("kr.range")}">{_range(it, place, kr)}</td>'
        f'<td data-th="{texts.html("kr.deadline")}">{_deadline(it, place, kr)}</td>'
        f'<td data-th="{texts.html("kr.owner")}">{owner}</td>'
        f'<td data-th="{texts.html("kr.kind")}"><span class="lead">{icon(kind, "s")}'
        f"{texts.html(f'kr.{kr.kind}')}</span></td></tr>"
    )


def _range(it: Card, place: int, kr: KeyResult) -> str:
    texts, field = it.texts, f"key_results/{place}"
    start = (
        it.write(kr.baseline, f"{field}/baseline")
        if kr.baseline is not None
        else it.marks.blank("kr.no_baseline", texts.plain("kr.no_baseline_why", source=kr.data_source))
    )
    end = (
        it.write(kr.target, f"{field}/target")
        if kr.target is not None
        else it.marks.blank("kr.no_target", texts.plain("kr.no_target_why"))
    )
    return f'<span class="nb" {lang(it)}>{start}{icon("arrow", "s")}{end}</span>'


def _deadline(it: Card, place: int, kr: KeyResult) -> str:
    if kr.deadline is None:
        return "–"
    return f"<span {lang(it)}>{_day(it, kr.deadline, f'key_results/{place}/deadline')}</span>"


def _day(it: Card, day: date, name: str) -> str:
    """Return a date field written out, as a chip where its origin is known."""
    shown = long_date(day, it.version.result.language)
    numbers = it.marks.at(f"{it.field}/{name}")
    return it.marks.chip(shown, numbers[0]) if numbers else f"<b>{text(shown)}</b>"


def _guard(it: Card, place: int, kr: KeyResult) -> str:
    statement = it.write(kr.statement, f"key_results/{place}/statement")
    values = ""
    if kr.baseline is not None:
        values = f'<span class="vals">{_range(it, place, kr)}</span>'
    return (
        f"<li>{icon('shield')}<span><b>{it.texts.html('kr.guardrail')}</b>"
        f'<span {lang(it)}><b class="gm">{it.write(kr.metric, f"key_results/{place}/metric")}</b> {statement}</span>'
        f"{values}</span></li>"
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
    day = _day(it, milestone.date, f"milestones/{place}/date")
    return f"<li><span>{day}</span><p>{it.write(milestone.text, f'milestones/{place}/text')}</p></li>"
