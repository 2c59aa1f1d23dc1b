"""Gates on wording: language and script, harmless text, no repetition. Know nothing about figures."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.gates import orders
from assistant.gates.case import Case
from assistant.goals import GateResult, Goal
from assistant.language import detect, wrong_characters
from assistant.language.scripts import has_han

_HARMFUL = re.compile(
    r"(?:https?|ftp)://[^\s\u3400-\u9fff，。；、“”「」『』()（）<>]*|www\.[^\s\u3400-\u9fff，。；、“”「」『』()（）<>]*"
    r"|<[a-z/!][^\s<>=]{0,20}|!\[|\]\(|(?:javascript|data|mailto):(?=\S)|\*\*|```|^#{1,6} "
    r"|\{\{|\{%|\$\{|\{\w+\}|<\||\[/?INST\]",
    re.IGNORECASE | re.MULTILINE,
)
_BARE = re.compile(r"</?[a-z][a-z0-9]{0,15}|<!--|\{[\s\S]*|\$\{|\*\*|```|#{1,6} ")
"""Tags without anything to load, placeholders and typography: harmless as quoted words."""
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:,? +[A-Za-z][A-Za-z'’-]*){4,}")
_LETTER = re.compile(r"[^\W\d_\u3400-\u9fff]")
_MARKS = re.compile(r"[，。；;,.!?！？\n]")
_VALUES = frozenset({"deadline", "readout", "date", "baseline", "target"})
_SENTENCE = 8
_PAIR = 2
_ALIKE = 0.92
_SHOWN = 3


def language_fidelity(case: Case) -> GateResult:
    """Pass when every sentence field is in the draft's language and script.

    Words quoted from the person keep their own language, so a field fails only where its words outside every source do.
    """
    said = "\n".join(source.heard for source in case.brief.sources).casefold()
    quotes = _quotes(case)
    wrong = []
    for pointer, text in case.texts():
        strange = any(not _quoted(text, at, said) for at, _ in wrong_characters(text, case.draft.language))
        # A text without a letter that is no Han cannot be in another language; taking quotes out of it takes time.
        if case.draft.language != "en" and not strange and _LETTER.search(text):
            own = _without_quotes(text, quotes)
            strange = any(_unsaid(run, said) for run in _ENGLISH.findall(text)) or (
                len(own) >= _SENTENCE
                and any(map(str.isalpha, own))
                and detect(own) == "en"
                and pointer.rsplit("/", 1)[-1] not in _VALUES
            )
        if strange:
            wrong.append(pointer)
    why = "language and script are right" if not wrong else "wrong language or script in " + ", ".join(wrong[:_SHOWN])
    return GateResult(name="language_fidelity", passed=not wrong, why=why)


def _quoted(text: str, at: int, said: str) -> bool:
    """Whether the Han character at a place stands in the person's words beside the same neighbour as here."""
    pairs = [pair for pair in (text[max(at - 1, 0) : at + 1], text[at : at + 2]) if len(pair) == _PAIR]
    han = [pair for pair in pairs if all(has_han(character) for character in pair)]
    return any(pair in said for pair in han) if han else text[at] in said


def _unsaid(run: str, said: str) -> bool:
    """Whether most neighbouring words of an English run stand nowhere in the person's words."""
    words = run.casefold().split()
    pairs = [" ".join(pair) for pair in pairwise(words)]
    return sum(pair not in said for pair in pairs) * 2 > len(pairs)


def _quotes(case: Case) -> tuple[str, ...]:
    """Return the stretches of the person's texts between their marks."""
    pieces = (piece.strip() for source in case.brief.sources for piece in _MARKS.split(source.text))
    return tuple(piece for piece in pieces if len(piece) >= _PAIR)


def _without_quotes(text: str, quotes: tuple[str, ...]) -> str:
    for piece in quotes:
        text = text.replace(piece, " ")
    return text.strip()


def harmless_text(case: Case) -> GateResult:
    """Pass when no field carries a link, markup, a template or a model's special token that is not the person's own.

    A link, an address and what a reader would load must stand in the aim; bare tags and placeholders in any text.
    """
    texts = orders.told(case)
    bad = []
    for pointer, text in case.texts():
        for match in _HARMFUL.finditer(text):
            found = match.group()
            if found not in (texts.rest if _BARE.fullmatch(found) else texts.aim):
                bad.append(f"{found!r} in {pointer}")
    why = "no links or markup" if not bad else "; ".join(bad[:_SHOWN])
    return GateResult(name="harmless_text", passed=not bad, why=why)


def no_repetition(case: Case) -> GateResult:
    """Pass when no two goals share a statement and no part, key result or initiative of a goal repeats another."""
    alike = []
    goals = case.draft.goals
    for index, goal in enumerate(goals):
        parts = [goal.specific, goal.measurable, goal.achievable, goal.relevant, goal.time_bound]
        if any(_same(one, other) for at, one in enumerate(parts) for other in parts[at + 1 :]):
            alike.append(f"the parts of {goal.id} repeat one another")
        for name, texts in (
            ("key results", [result.statement for result in goal.key_results]),
            ("initiatives", goal.initiatives),
        ):
            if len(set(texts)) != len(texts):
                alike.append(f"the {name} of {goal.id} repeat one another")
        if any(_same_goal(goal, other) for other in goals[index + 1 :]):
            alike.append(f"{goal.id} is stated twice")
    why = "nothing is repeated" if not alike else "; ".join(alike[:_SHOWN])
    return GateResult(name="no_repetition", passed=not alike, why=why)


def _same_goal(one: Goal, other: Goal) -> bool:
    """Whether two goals want the same of the same metric; a shared sentence over another metric is no repetition."""
    metrics = {each.key_results[0].metric if each.key_results else each.title for each in (one, other)}
    return len(metrics) == 1 and _same(one.statement, other.statement)


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    # Two upper bounds of the ratio that cost next to nothing, as the matcher would compute them after its preparations.
    length = len(one) + len(other)
    if 2 * min(len(one), len(other)) / length < _ALIKE:
        return False
    if 2 * (Counter(one) & Counter(other)).total() / length < _ALIKE:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
