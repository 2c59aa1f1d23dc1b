"""Writes what changed in one suite for one pair of variants: every check, how sure it is, the cases that fell most.

Knows nothing about runs or how the two were chosen.
"""

from __future__ import annotations

from assistant.evaluation.results import CaseChange, CheckComparison
from assistant.evaluation.samples import CheckInfo, Suite, SuiteInfo
from assistant.web.escape import text
from assistant.web.evals import figures, names
from assistant.web.evals.run import primary_of
from assistant.web.icons import icon
from assistant.web.texts import Texts

_KEYS = (
    ('<b class="main"></b>', "key_primary"),
    ("<b></b>", "key_apart"),
    ('<b class="hollow"></b>', "key_around"),
    ("<u></u>", "key_band"),
)


def changes(
    suite: Suite, info: SuiteInfo | None, checks: list[CheckComparison], tolerance: float, words: Texts, *, first: bool
) -> str:
    """Return the comparison of one suite and pair; the legend and the unfolded cases stand with the `first` only."""
    infos = info.checks if info else {}
    primary = primary_of(info) if info else None
    main = next((check for check in checks if check.check == primary), checks[0])
    still = [check for check in checks if check is not main and check.outcome == "same" and not check.up + check.down]
    moved = [check for check in checks if check not in still]
    ends = [end for check in moved for end in (check.delta or 0.0, *(check.interval or ()))]
    table = _Table(suite, infos, main, figures.bound_of([tolerance * 1.2, *ends]), tolerance, words)
    who = main.reference if main.reference == main.candidate else f"{main.reference} → {main.candidate}"
    legend = _legend(tolerance, words) if first else ""
    calm = ""
    if still:
        lead = words.html("evals.still", n=len(still))
        calm = _fold(lead, words.html("evals.still_why"), table.write(still), opened=False)
    return (
        f'<div class="suite"><div class="ph"><h3>{text(names.suite(suite, words))}</h3><span class="mut sm" lang="en">'
        f'{text(who)}</span><span class="st {names.CHANGES[main.outcome]} pill">'
        f'{words.html(f"change.{main.outcome}")}</span></div><p class="sm why">'
        f"{words.html(f'change.{main.outcome}_why')}</p>{table.write(moved)}{legend}"
        f"{_facts(main, tolerance, words)}{_bar(main, words)}{calm}{_worst(checks, main, infos, words, opened=first)}"
        "</div>"
    )


class _Table:
    """The rows of checks, drawn on one scale."""

    def __init__(
        self,
        suite: Suite,
        infos: dict[str, CheckInfo],
        main: CheckComparison,
        bound: float,
        band: float,
        words: Texts,
    ) -> None:
        self._caption = words.html("evals.diff_table", suite=names.suite(suite, words))
        self._infos = infos
        self._main = main
        self._bound = bound
        self._band = band
        self._words = words
        self._ends = figures.scale_ends(bound)

    def write(self, checks: list[CheckComparison]) -> str:
        """Return the table of these checks."""
        words = self._words
        heads = "".join(
            f'<th scope="col"{" class=scale" if key == "plot" else ""}>{self._title(key)}</th>'
            for key in ("check", "before_after", "plot", "difference", "p", "moved", "outcome")
        )
        rows = "".join(self._row(check, words) for check in checks)
        return (
            f'<div class="wide"><table class="ev diff"><caption class="vh">{self._caption}</caption><thead><tr>{heads}'
            f"</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def _title(self, key: str) -> str:
        title = self._words.html(f"evals.{key}")
        return f'<span class="vh">{title}</span>{self._ends}' if key == "plot" else title

    def _row(self, check: CheckComparison, words: Texts) -> str:
        main, info = check is self._main, self._infos.get(check.check)
        mark = "primary" if main else "hard_one" if info and info.hard else ""
        tag = f' <span class="tag">{words.html(f"evals.{mark}")}</span>' if mark else ""
        outcome = f'<span class="st {names.CHANGES[check.outcome]}">{words.html(f"change.{check.outcome}")}</span>'
        head = (
            f'<th scope="row">{names.check(check.check, info, words)}{tag}<small class="mono" lang="en">'
            f"{text(check.check)}</small></th>"
        )
        if check.delta is None:
            nothing = f'<td colspan="5" class="across mut">{words.html("evals.nothing_to_compare")}</td>'
            return f"<tr>{head}{nothing}{self._cell('outcome', outcome)}</tr>"
        interval = words.plain("evals.few_clusters")
        if check.interval is not None:
            interval = figures.span(check.interval, words, difference=True)
        rail = figures.change_rail(check.delta, check.interval, bound=self._bound, band=self._band, primary=main)
        return (
            f"<tr{' class=main' if main else ''}>{head}"
            + self._cell("before_after", f"{figures.score(check.before)} → {figures.score(check.after)}", "nb")
            + f'<td class="plot across">{rail}{self._ends}</td>'
            + self._cell("difference", f"<b>{figures.signed(check.delta)}</b><small>{text(interval)}</small>")
            + self._cell("p", text(figures.chance(check.p)), "nb")
            + self._cell("moved", _moves(check, words))
            + self._cell("outcome", outcome)
            + "</tr>"
        )

    def _cell(self, key: str, value: str, kind: str = "") -> str:
        return f'<td data-th="{self._words.html(f"evals.{key}")}"><span class="{kind}">{value}</span></td>'


def _moves(check: CheckComparison, words: Texts) -> str:
    said = words.html("evals.moves", up=check.up, down=check.down, tie=check.tie)
    return (
        f'<span class="moves" aria-hidden="true"><span>▲ {check.up}</span><span>▼ {check.down}</span>'
        f'<span>= {check.tie}</span></span><span class="vh">{said}</span>'
    )


def _legend(tolerance: float, words: Texts) -> str:
    rows = "".join(
        f'<span><span class="key" aria-hidden="true">{sign}</span>'
        f"{words.html(f'evals.{key}', band=f'{tolerance:.2f}')}</span>"
        for sign, key in _KEYS
    )
    return f'<p class="legend">{rows}<span class="mut">{words.html("evals.method")}</span></p>'


def _facts(check: CheckComparison, tolerance: float, words: Texts) -> str:
    before, after = check.epochs
    epochs = figures.count(before) if before == after else f"{before} → {after}"
    pairs = words.html(
        "evals.about", cases=figures.count(check.cases), clusters=figures.count(check.clusters), epochs=epochs
    )
    if check.unpaired:
        pairs += f"<small>{words.html('evals.unpaired', n=figures.count(check.unpaired))}</small>"
    mde = words.html("evals.few_clusters")
    if check.mde is not None:
        mde = words.html("evals.mde_value", mde=figures.score(check.mde), tolerance=f"{tolerance:.2f}")
    errors = words.html("evals.errors_value", before=check.errors[0], after=check.errors[1])
    cells = "".join(
        f"<div><dt>{words.html(f'evals.{key}')}</dt><dd>{value}</dd></div>"
        for key, value in (("pairs", pairs), ("mde", mde), ("unanswered", errors))
    )
    return f'<dl class="facts three">{cells}</dl>'


def _bar(check: CheckComparison, words: Texts) -> str:
    """Return how many cases of the main check fell, stayed and rose, as one bar."""
    parts = ""
    for kind, sign, n in (("down", "▼", check.down), ("tie", "=", check.tie), ("up", "▲", check.up)):
        if n:
            said = words.html(f"evals.bar_{kind}", n=figures.count(n))
            parts += f'<span class="{kind}" style="flex-grow:{n}">{sign} {said}</span>'
    return f'<div class="bar3">{parts}</div>' if parts else ""


def _worst(
    checks: list[CheckComparison], main: CheckComparison, infos: dict[str, CheckInfo], words: Texts, *, opened: bool
) -> str:
    """Return the cases that fell most, by check, those of the main check first."""
    fallen = sorted((check for check in checks if check.worst), key=lambda check: check is not main)
    if not fallen:
        return ""
    parts = "".join(
        _fold(
            names.check(check.check, infos.get(check.check), words),
            words.html("evals.worst_of", n=len(check.worst), total=figures.count(check.down)),
            f'<ul class="cases">{"".join(_case(case, words) for case in check.worst)}</ul>',
            opened=opened and place == 0,
        )
        for place, check in enumerate(fallen)
    )
    return f'<div class="worst"><h4>{words.html("evals.worst")}</h4>{parts}</div>'


def _fold(lead: str, rest: str, body: str, *, opened: bool) -> str:
    return (
        f'<details class="fold"{" open" if opened else ""}><summary>{icon("chevron", "s chev")}<b>{lead}</b>'
        f'<span class="mut">{rest}</span></summary>{body}</details>'
    )


def _case(case: CaseChange, words: Texts) -> str:
    why = f'<p class="sm mut" lang="en">{text(case.why)}</p>' if case.why else ""
    return (
        f'<li><div><span class="id" lang="en">{text(case.case)}</span><span class="mut sm">'
        f"{text(names.language(case.language, words))}</span>{why}</div>{figures.move_rail(case.before, case.after)}"
        f'<span class="nb"><span class="mut sm">{figures.score(case.before)} → {figures.score(case.after)}</span>'
        f"<b>{figures.signed(case.after - case.before)}</b></span></li>"
    )
