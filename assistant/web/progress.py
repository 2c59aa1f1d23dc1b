"""Writes what is under way: the steps, and the goals as far as a model has written them. Nothing of it is judged yet.

What comes in between is written into the same elements, so that the page changes only where words were added.
"""

from __future__ import annotations

from assistant.goals import PartialGoal
from assistant.web.escape import text
from assistant.web.session import Session
from assistant.web.texts import Texts

STEPS = ("read", "brief", "search", "write", "check", "repair")
_BARS = "".join(f'<i class="sk w{width}"></i>' for width in (1, 2, 3))


def progress(session: Session, words: Texts) -> str:
    """Return the board while a first draft is written: steps above, then goals or their outline."""
    goals = session.writing
    head = words.html("board.writing" if goals else "board.working")
    hint = words.html("board.writing_why") if goals else ""
    steps = f'<ol class="prog" role="status">{_steps(session.steps, words)}</ol>'
    return _panel(session, f'<h2 class="at">{head}</h2>{steps}', hint, _partials(session) or _outline())


def rewriting(session: Session, words: Texts, number: int) -> str:
    """Return the goals of the next version as far as they are written, to stand in the place of version `number`."""
    hint = words.html("board.rewriting_why", n=number)
    return _panel(session, f'<h2 class="at">{words.html("board.writing")}</h2>', hint, _partials(session))


def current(session: Session, words: Texts) -> str:
    """Return the step under way as one line, for a draft that is being changed."""
    step = words.html(f"step.{session.steps[-1]}")
    return (
        f'<p class="doing" role="status"><span class="caret" aria-hidden="true"></span>{words.html("board.changing")}'
        f'<span class="mut">{step}</span></p>'
    )


def _panel(session: Session, head: str, hint: str, cards: str) -> str:
    return (
        f'<section class="panel goal writing" aria-busy="true"><div class="sec">{head}<p class="hint mut sm">{hint}</p>'
        f"</div>{cards}</section>"
    )


def _partials(session: Session) -> str:
    goals = session.writing
    return "".join(_partial(goal, _lang(goal, session), last=goal is goals[-1]) for goal in goals)


def _lang(goal: PartialGoal, session: Session) -> str:
    language = goal.language or session.written_in
    return f'lang="{language}"' if language else ""


def _steps(done: tuple[str, ...], words: Texts) -> str:
    rows = []
    for step in (step for step in STEPS if step != "repair" or "repair" in done):
        state = "now" if step == done[-1] else "ok" if step in done else "todo"
        said = words.html(f"step_state.{state}")
        rows.append(
            f'<li class="{state}"><span class="st {"ok" if state == "ok" else "todo"}"><span class="vh">{said}</span>'
            f"</span>{words.html(f'step.{step}')}</li>"
        )
    return "".join(rows)


def _outline() -> str:
    return (
        f'<div class="sec" aria-hidden="true"><i class="sk big"></i>{_BARS}</div><div class="sec" aria-hidden="true">'
        f"{_BARS}{_BARS}</div>"
    )


def _partial(goal: PartialGoal, lang: str, *, last: bool) -> str:
    """Return a goal that is being written; the caret stands where the next word goes."""
    caret = '<i class="caret"></i>' if last else ""
    at = "title" if not goal.statement else "statement" if not goal.key_results else "results"
    title = f"{text(goal.title)}{caret if at == 'title' else ''}" if goal.title else '<i class="sk big"></i>'
    statement = f"{text(goal.statement)}{caret if at == 'statement' else ''}" if goal.statement else _BARS
    rows = "".join(
        f'<li><b class="k">KR{place}</b><span {lang}>{text(result)}'
        f"{caret if place == len(goal.key_results) else ''}</span></li>"
        for place, result in enumerate(goal.key_results, 1)
    )
    rest = f'<div class="more" aria-hidden="true">{_BARS}</div>' if last else ""
    return (
        f'<div class="sec part"><h3 {lang}>{title}</h3><p class="state" {lang}>{statement}</p><ol class="pkr">{rows}'
        f"</ol>{rest}</div>"
    )
