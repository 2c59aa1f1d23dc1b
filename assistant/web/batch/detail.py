"""Writes everything about one row: its words with what was found, what they became and why, and what is still open.

Knows nothing about tables.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.goals.batch import BatchRow, NewNumber, Rewrite, RowResult, Standing
from assistant.web.batch.wording import chipped, underlined
from assistant.web.cards import STATUS
from assistant.web.escape import text
from assistant.web.icons import LETTERS
from assistant.web.texts import Texts


def detail(row: BatchRow, result: RowResult, words: Texts) -> str:
    """Return the two halves, before and after."""
    lang = f'lang="{result.language}"'
    before, after = _before(row, result, lang, words), _after(result, lang, words)
    return f'<div class="halves"><div>{before}</div><div>{after}</div></div>'


def _before(row: BatchRow, result: RowResult, lang: str, words: Texts) -> str:
    findings = result.before.findings if result.before is not None else ()
    beside = "".join(f"<div><dt>{text(field.label)}</dt><dd>{text(field.value)}</dd></div>" for field in row.beside)
    told = {field.value for field in row.beside}
    own = "" if row.id.endswith(f":{row.line}") else row.id
    facts = "".join(
        f"<div><dt>{words.html(f'batch.{key}')}</dt><dd>{text(value)}</dd></div>"
        for key, value in (("id", own), ("owner", row.owner), ("parent", row.parent))
        if value and value not in told
    )
    found = "".join(
        f'<li data-sev="{each.severity}"><span class="n">{place}</span><p {lang}>{text(each.message)}</p></li>'
        for place, each in enumerate(findings, 1)
    )
    listed = (
        f'<ol class="fl">{found}</ol>' if found else f'<p><span class="st ok">{words.html("check.fine")}</span></p>'
    )
    if result.before is None:
        listed = ""
    return (
        f'<h3>{words.html("batch_head.before")}</h3><p class="text" {lang}>{underlined(row.text, findings)}</p>{listed}'
        f'<dl class="beside">{facts}{beside}</dl>'
    )


def _after(result: RowResult, lang: str, words: Texts) -> str:
    parts = [f"<h3>{words.html('batch_head.after')}</h3>"]
    several = len(result.rewrites) > 1
    for each in result.rewrites:
        name = f'<span class="mono mut">{text(each.id)}</span> ' if several else ""
        parts.append(f'<p class="text" {lang}>{name}{chipped(each.text, each.numbers, words)}</p>')
    if not result.rewrites:
        parts.append(f'<p class="mut">{words.html("batch.same")}</p>')
    if result.reason:
        parts.append(_lines("reason", [result.reason], lang, words))
    parts.append(_lines("changes" if result.rewrites else "reasons", result.changes, lang, words))
    numbers = dict.fromkeys(number for each in result.rewrites for number in each.numbers)
    parts.append(_numbers(list(numbers), lang, words))
    parts.append(_lines("questions", result.questions, lang, words))
    parts.append(_letters(result.before, result.rewrites, words))
    return "".join(parts)


def _lines(key: str, lines: Sequence[str], lang: str, words: Texts) -> str:
    if not lines:
        return ""
    rows = "".join(f"<li {lang}>{text(line)}</li>" for line in lines)
    return f'<h4>{words.html(f"batch.{key}")}</h4><ul class="says">{rows}</ul>'


def _numbers(numbers: Sequence[NewNumber], lang: str, words: Texts) -> str:
    if not numbers:
        return ""
    rows = "".join(
        f'<li><span class="num" data-origin="{each.origin}">{text(each.text)}</span> '
        f"<span>{words.html(f'origin.{each.origin}')}</span>"
        + (f'<span class="mut" {lang}>{text(each.why)}</span>' if each.why else "")
        + "</li>"
        for each in numbers
    )
    return f'<h4>{words.html("batch.numbers")}</h4><ul class="origins">{rows}</ul>'


def _letters(before: Standing | None, rewrites: Sequence[Rewrite], words: Texts) -> str:
    """Return the marks before and after; of several rewrites the worst one counts."""
    if before is None:
        return ""
    order = ("fail", "warn", "todo", "pass")
    both = bool(rewrites)
    rows = ""
    for name in LETTERS:
        was = getattr(before, name)
        marks = [was]
        if both:
            marks.append(min((getattr(each.standing, name) for each in rewrites), key=order.index))
        cells = "".join(
            f'<td><span class="st {STATUS[mark]}">{words.html(f"mark.{mark}")}</span></td>' for mark in marks
        )
        rows += f'<tr><th scope="row">{words.html(f"letter.{name}")}</th>{cells}</tr>'
    heads = "".join(
        f'<th scope="col">{words.html(f"batch.{key}")}</th>' for key in (("was", "now") if both else ("was",))
    )
    return (
        f'<table class="marks"><caption class="vh">{words.html("batch.marks")}</caption><thead><tr><td></td>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
