"""Writes one run: what it was made of, and how every variant did in every suite. Knows nothing about comparisons."""

from __future__ import annotations

from urllib.parse import quote

from assistant.evaluation.results import CheckSummary, RunSummary, VariantSummary
from assistant.evaluation.samples import Suite, SuiteInfo
from assistant.web.board import notice
from assistant.web.escape import text
from assistant.web.evals import figures, names
from assistant.web.evals.looking import Looking
from assistant.web.evals.report import can_be_served
from assistant.web.icons import icon
from assistant.web.security import REPORT_PATH
from assistant.web.talk import complaint
from assistant.web.texts import Texts

ALL = "all"
_LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def run(at: Looking, words: Texts) -> str:
    """Return the run on show; '' where there is none."""
    if at.trouble is not None:
        return f'<div role="alert">{notice("error", text(complaint(at.trouble, words)))}</div>'
    if at.summary is None:
        return ""
    summary = at.summary
    parts = "".join(_suite(suite, summary, words) for suite in summary.manifest.suites)
    return f'<section class="panel one" aria-labelledby="run-title">{_head(at, summary, words)}{parts}</section>'


def _head(at: Looking, summary: RunSummary, words: Texts) -> str:
    manifest = summary.manifest
    info = at.info(at.shown)
    tone, word = names.verdict(info.outcome if info else None, words)
    report = ""
    if at.report and can_be_served(at.shown):
        report = (
            f'<a class="btn" href="{REPORT_PATH}{quote(at.shown)}" target="_blank" rel="noopener noreferrer">'
            f"{icon('open', 's')}<span>{words.html('evals.report')}</span>"
            f'<span class="vh">{words.html("evals.new_tab")}</span></a>'
        )
    return (
        f'<div class="pad rh"><div><h2 id="run-title" tabindex="-1">{text(names.suites(tuple(manifest.suites), words))}'
        f'</h2><p class="mut sm">{names.when(manifest.created, words)} <span class="mono" lang="en">{text(at.shown)}'
        f'</span></p></div><span class="st {tone} pill">{text(word)}</span>{report}</div>'
        f'<dl class="facts">{_facts(summary, words)}</dl>'
    )


def _facts(summary: RunSummary, words: Texts) -> str:
    manifest = summary.manifest
    samples = [words.html("evals.of", n=figures.count(summary.finished), total=figures.count(manifest.planned))]
    if summary.errors:
        samples.append(f'<span class="st error">{words.html("evals.errors", n=figures.count(summary.errors))}</span>')
    if summary.stale:
        samples.append(f'<span class="st warning">{words.html("evals.stale", n=figures.count(summary.stale))}</span>')
    models = tuple(dict.fromkeys(variant.model for variant in manifest.variants if variant.model))
    recorded = [variant.recording for variant in manifest.variants if variant.recording]
    said = f'<span lang="en">{text(", ".join(models))}</span>' if models else words.html("evals.no_model")
    if recorded:
        ends = min(each.first for each in recorded), max(each.last for each in recorded)
        days = " – ".join(dict.fromkeys(names.day(each, words) for each in ends))
        said += f"<small>{words.html('evals.recorded', days=days)}</small>"
    took = text(figures.duration(summary.seconds, words)) if summary.seconds else figures.NONE
    rows = (
        ("samples", " ".join(samples)),
        ("revision", names.revision(manifest.revision, manifest.dirty, words)),
        ("models", said),
        ("took", took),
    )
    return "".join(f"<div><dt>{words.html(f'evals.{key}')}</dt><dd>{value}</dd></div>" for key, value in rows)


def _suite(suite: Suite, summary: RunSummary, words: Texts) -> str:
    info = summary.manifest.suites[suite]
    parts = [part for part in summary.variants if part.suite == suite]
    primary = primary_of(info)
    title = text(names.suite(suite, words))
    about = words.html(
        "evals.about",
        cases=figures.count(info.cases),
        clusters=figures.count(info.clusters),
        epochs=figures.count(summary.manifest.epochs),
    )
    head = f'<div class="ph"><h3>{title}</h3><p class="mut sm">{about}</p></div>'
    if not parts or primary is None:
        return f'<div class="suite">{head}<p class="mut sm">{words.html("evals.nothing_yet")}</p></div>'
    return (
        f'<div class="suite">{head}{_table(suite, primary, info, parts, summary, words)}'
        f"{_hard_checks(suite, info, parts, words)}</div>"
    )


def primary_of(info: SuiteInfo) -> str | None:
    """Return the check that stands for a suite."""
    chosen = [name for name, check in info.checks.items() if check.primary]
    soft = [name for name, check in info.checks.items() if not check.hard]
    return next(iter((*chosen, *soft, *info.checks)), None)


def _table(
    suite: Suite, primary: str, info: SuiteInfo, parts: list[VariantSummary], summary: RunSummary, words: Texts
) -> str:
    found = [_of(part, primary) for part in parts]
    ends = [end for each in found if each and each.mean is not None for end in (each.mean, *(each.interval or ()))]
    floor = figures.floor_of(ends)
    languages = [code for code in _LANGUAGES if any(_of(part, primary, code) for part in parts)]
    variants = {variant.name: variant for variant in summary.manifest.variants}
    heads = (
        f'<th scope="col">{names.check(primary, info.checks[primary], words)}</th>'
        f'<th scope="col">{words.html("evals.hard")}</th>'
        + "".join(f'<th scope="col" class="r">{text(names.language(code, words))}</th>' for code in languages)
        + f'<th scope="col" class="r">{words.html("evals.cost")}</th><th scope="col" class="r">'
        f"{words.html('evals.time')}</th>"
    )
    rows = "".join(
        f'<tr><th scope="row"><b lang="en">{text(part.variant)}</b>'
        f"<small>{text(names.about(variants.get(part.variant), words))}</small>{_unanswered(part, words)}</th>"
        f'<td class="main" data-th="{text(names.plain_check(primary, words))}">{_mean(each, floor, words)}</td>'
        f'<td data-th="{words.html("evals.hard")}">{_hard(part, info, words)}</td>'
        + "".join(
            f'<td class="r" data-th="{text(names.language(code, words))}">{_score(_of(part, primary, code))}</td>'
            for code in languages
        )
        + f'<td class="r" data-th="{words.html("evals.cost")}">{_cost(part, words)}</td>'
        f'<td class="r" data-th="{words.html("evals.time")}">{_time(part, words)}</td></tr>'
        for part, each in zip(parts, found, strict=True)
    )
    caption = words.html("evals.table", suite=names.suite(suite, words))
    scale = f'<span class="mut">{words.html("evals.scale", low=f"{floor:.2f}")}</span>'
    return (
        f'<table class="ev"><caption class="vh">{caption}</caption><thead><tr><td></td>{heads}</tr></thead>'
        f'<tbody>{rows}</tbody></table><p class="legend"><span class="rail" aria-hidden="true">'
        f'<i style="--a:12;--z:88"></i><b style="--a:50"></b></span>{words.html("evals.mean")}{scale}</p>'
    )


def _of(part: VariantSummary, check: str, language: str = ALL) -> CheckSummary | None:
    return next((each for each in part.checks if each.check == check and each.language == language), None)


def _unanswered(part: VariantSummary, words: Texts) -> str:
    rows = [("error", "errors", part.errors), ("warning", "stale", part.stale)]
    return "".join(
        f'<span class="st {tone}">{words.html(f"evals.{key}", n=figures.count(n))}</span>' for tone, key, n in rows if n
    )


def _mean(found: CheckSummary | None, floor: float, words: Texts) -> str:
    if found is None or found.mean is None:
        return f'<span class="mut">{words.html("evals.not_scored")}</span>'
    about = figures.span(found.interval, words) if found.interval else words.plain("evals.few_clusters")
    return (
        f'<span class="fig"><b>{figures.score(found.mean)}</b> <span class="mut">{text(about)}</span></span>'
        f"{figures.mean_rail(found.mean, found.interval, floor)}"
    )


def _score(found: CheckSummary | None) -> str:
    return figures.score(found.mean if found else None)


def _hard(part: VariantSummary, info: SuiteInfo, words: Texts) -> str:
    judged = [found for name, check in info.checks.items() if check.hard and (found := _of(part, name)) and found.total]
    if not judged:
        return f'<span class="mut">{words.html("evals.no_hard")}</span>'
    failing = sum(found.passed < found.total for found in judged)
    if failing:
        return f'<span class="st error">{words.html("evals.hard_failing", n=failing, total=len(judged))}</span>'
    return f'<span class="st ok">{words.html("evals.hard_passing", total=len(judged))}</span>'


def _cost(part: VariantSummary, words: Texts) -> str:
    if not part.calls:
        return f'<span class="mut">{words.html("evals.no_calls")}</span>'
    shown = figures.money(part.cost) if part.cost is not None else words.html("evals.no_price")
    if part.prompt_tokens is None or part.completion_tokens is None:
        return shown
    tokens = words.html("evals.tokens", n=figures.count(part.prompt_tokens + part.completion_tokens))
    return f"{shown}<small>{tokens}</small>"


def _time(part: VariantSummary, words: Texts) -> str:
    if part.seconds is None:
        return figures.NONE
    median, high = (figures.duration(value, words) for value in part.seconds)
    return f"{text(median)}<small>{words.html('evals.slowest', time=high)}</small>"


def _hard_checks(suite: Suite, info: SuiteInfo, parts: list[VariantSummary], words: Texts) -> str:
    """Return every hard check with how many samples fail it; unfolded where one does."""
    checks = [name for name, check in info.checks.items() if check.hard]
    if not checks:
        return ""
    cells = {name: [_of(part, name) for part in parts] for name in checks}
    failing = {name: sum(each.total - each.passed for each in found if each) for name, found in cells.items()}
    bad = sum(count > 0 for count in failing.values())
    state = (
        f'<span class="st error">{words.html("evals.checks_failing", n=bad)}</span>'
        if bad
        else f'<span class="st ok">{words.html("evals.checks_passing")}</span>'
    )
    heads = "".join(f'<th scope="col" lang="en">{text(part.variant)}</th>' for part in parts)
    rows = "".join(
        f'<tr><th scope="row">{names.check(name, info.checks[name], words)}<small class="mono" lang="en">{text(name)}'
        f"</small></th>"
        + "".join(
            f'<td data-th="{text(part.variant)}">{_failing(found, words)}</td>'
            for part, found in zip(parts, cells[name], strict=True)
        )
        + "</tr>"
        for name in sorted(checks, key=lambda name: failing[name] == 0)
    )
    clean = [each.total for found in cells.values() for each in found if each and each.total and each.bound is not None]
    n = max(clean, default=0)
    note = (
        f'<p class="mut sm">{words.html("evals.bound", n=figures.count(n), rate=figures.share(3 / n))}</p>' if n else ""
    )
    return (
        f'<details class="fold"{" open" if bad else ""}><summary>{icon("chevron", "s chev")}<b>'
        f'{words.html("evals.hard")}</b><span class="mut">{words.html("evals.hard_why")}</span>{state}</summary>'
        f'<div class="wide"><table class="ev small"><caption class="vh">{words.html("evals.hard_table")}</caption>'
        f'<thead><tr><th scope="col">{words.html("evals.failing")}</th>{heads}</tr></thead><tbody>{rows}</tbody>'
        f"</table></div>{note}</details>"
    )


def _failing(found: CheckSummary | None, words: Texts) -> str:
    if found is None or not found.total:
        return f'<span class="mut">{words.html("evals.none_judged")}</span>'
    n = found.total - found.passed
    said = words.html("evals.of", n=figures.count(n), total=figures.count(found.total))
    return f'<span class="st {"error" if n else "ok"}">{said}</span>'
