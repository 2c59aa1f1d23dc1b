"""Writes the key results of a goal: the table, the guardrails, and why each is what it is."""

from __future__ import annotations

from assistant.goals import Explanation, KeyResult, Slot
from assistant.web.cardparts import BUSY, Card, lang, term, written_day
from assistant.web.escape import text
from assistant.web.icons import icon

_HOLE = "\ue000"
_REFERENCE = "; "
_ASKED: tuple[Slot, ...] = ("target", "metric")


def results(it: Card) -> str:
    """Return the key results of a goal."""
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
        day = written_day(it, kr.readout, f"{field}/readout")
        facts.append(texts.html("kr.readout", date=_HOLE).replace(_HOLE, day))
    owner = (
        f"<span {lang(it)}>{it.write(kr.owner, f'{field}/owner')}</span>"
        if kr.owner
        else _blank(it, f"{field}/owner", "kr.no_owner", texts.plain("kr.no_owner_why"))
    )
    return (
        f'<tr><td class="k">KR{place + 1}</td><td class="nm" {lang(it)}>{it.write(kr.metric, f"{field}/metric")}'
        f"<p>{it.write(kr.statement, f'{field}/statement')}</p><small>{' · '.join(f for f in facts if f)}</small>"
        f"{_whys(it, place, _ASKED)}</td>"
        f'<td class="ft" data-th="{texts.html("kr.range")}">{_range(it, place, kr)}</td>'
        f'<td data-th="{texts.html("kr.deadline")}">{_deadline(it, place, kr)}</td>'
        f'<td data-th="{texts.html("kr.owner")}">{owner}</td>'
        f'<td data-th="{texts.html("kr.kind")}">{term(texts, kr.kind, "lead", icon(kind, "s"))}</td></tr>'
        f"{''.join(_row(it, place, slot) for slot in _ASKED)}"
    )


def _range(it: Card, place: int, kr: KeyResult) -> str:
    texts, field = it.texts, f"key_results/{place}"
    start = (
        it.write(kr.baseline, f"{field}/baseline")
        if kr.baseline is not None
        else _blank(it, f"{field}/baseline", "kr.no_baseline", texts.plain("kr.no_baseline_why", source=kr.data_source))
    )
    end = (
        it.write(kr.target, f"{field}/target")
        if kr.target is not None
        else _blank(it, f"{field}/target", "kr.no_target", texts.plain("kr.no_target_why"))
    )
    return f'<span class="nb" {lang(it)}>{start}{icon("arrow", "s")}{end}</span>'


def _blank(it: Card, name: str, key: str, why: str) -> str:
    return it.editable(it.marks.blank(key, why), f"{it.field}/{name}", "")


def _deadline(it: Card, place: int, kr: KeyResult) -> str:
    if kr.deadline is None:
        return it.editable("–", f"{it.field}/key_results/{place}/deadline", "", "day")
    return f"<span {lang(it)}>{written_day(it, kr.deadline, f'key_results/{place}/deadline')}</span>"


def _guard(it: Card, place: int, kr: KeyResult) -> str:
    statement = it.write(kr.statement, f"key_results/{place}/statement")
    values = ""
    if kr.baseline is not None:
        values = f'<span class="vals">{_range(it, place, kr)}</span>'
    return (
        f"<li>{icon('shield')}<div>{term(it.texts, 'guardrail', 'gt')}"
        f'<span {lang(it)}><b class="gm">{it.write(kr.metric, f"key_results/{place}/metric")}</b> {statement}</span>'
        f"{values}{_whys(it, place, ('metric',), 'guardrail')}{_explained(it, place, 'metric', 'guardrail')}</div></li>"
    )


def _whys(it: Card, place: int, slots: tuple[Slot, ...], name: str = "") -> str:
    """Return the buttons that open and close the explanations of a key result."""
    buttons = "".join(
        f'<button type="button" class="whyb" data-act="why" data-value="{_pointer(it, place, slot)}" '
        f'aria-expanded="{"true" if _open(it, place, slot) else "false"}" aria-controls="{_id(it, place, slot)}"'
        f"{BUSY if it.busy else ''}>"
        f"{it.texts.html(f'why.{name or slot}')}"
        f'<span class="vh">{text(it.goal.key_results[place].metric)}</span>{icon("chevron", "s chev")}</button>'
        for slot in slots
    )
    return f'<span class="whys">{buttons}</span>'


def _row(it: Card, place: int, slot: Slot) -> str:
    found = _explained(it, place, slot)
    return f'<tr class="exp"><td colspan="6">{found}</td></tr>' if found else ""


def _explained(it: Card, place: int, slot: Slot, name: str = "") -> str:
    """Return the explanation of a value where it is open."""
    found = it.version.explanations.get(_pointer(it, place, slot))
    if found is None or not _open(it, place, slot):
        return ""
    label = it.texts.html(f"why.{name or slot}")
    return (
        f'<div class="expl" id="{_id(it, place, slot)}" role="region" aria-label="{label}" '
        f'data-told="{text(found.text)}"><h4>{label}{_origin(it, found)}</h4><p {lang(it)}>{text(found.text)}</p>'
        f"{_passage(it, found)}</div>"
    )


def _origin(it: Card, found: Explanation) -> str:
    if found.origin is None:
        return ""
    word = it.texts.html(f"origin.{found.origin}")
    swatch = f'<span class="sw" data-origin="{found.origin}"><span class="glyph"></span></span>'
    return f'<span class="org">{swatch}{word}</span>'


def _passage(it: Card, found: Explanation) -> str:
    if not found.quote:
        return ""
    first, *others = found.source.split(_REFERENCE)
    more = "".join(f'<p class="ref">{text(each)}</p>' for each in others)
    if more:
        more = (
            f'<details class="full" data-keep="{text(found.pointer)}"><summary>{icon("chevron", "s chev")}'
            f"{it.texts.html('why.more', n=len(others))}</summary>{more}</details>"
        )
    return (
        f'<blockquote {lang(it)}><span class="mut">{it.texts.html("why.passage")}</span>'
        f'<mark>{text(found.quote)}</mark></blockquote><p class="ref">{text(first)}</p>{more}'
    )


def _pointer(it: Card, place: int, slot: Slot) -> str:
    return f"{it.field}/key_results/{place}/{slot}"


def _open(it: Card, place: int, slot: Slot) -> bool:
    pointer = _pointer(it, place, slot)
    return pointer in it.asked and pointer in it.version.explanations


def _id(it: Card, place: int, slot: Slot) -> str:
    return f"why-{it.place}-{place}-{slot}"
