# ruff: noqa: E501
"""Looks for what is behind a problem and what helps most: chains of whys, measures by impact and ease.

Knows nothing about kinds of plans. Nobody's answer is made up: a why that nobody answered stays a blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.drafting.lines import Line, quoted
from assistant.goals import Source
from assistant.goals.plan import Grade, RankedMeasure, Said, Why, WhyChain
from assistant.plans.parts.measures import mains, name
from assistant.plans.parts.placed import pairs
from assistant.plans.writing import Writer

USUAL = ("eliminate", "parallel", "standard", "automate", "skills")
_GRADED: dict[str, tuple[Grade, Grade]] = {
    "eliminate": ("high", "high"), "parallel": ("medium", "medium"), "standard": ("medium", "high"),
    "automate": ("high", "low"), "skills": ("medium", "high"),
}  # fmt: skip
_DEPTH = ("first", "second", "third", "fourth", "fifth")
_CHAINS = 3
_LEVERS = 2
_VALUE: dict[Grade, int] = {"high": 3, "medium": 2, "low": 1}
_EDGE = ' \t\u3000“”"「」：:—–-，,。.;；、→>'
_WHY = re.compile(r"(?P<q>(?:为什么|為什麼|为何|為何)[^？?\n]*[？?]|\bwhy\b[^?？\n]*\?)", re.I)
_BECAUSE = re.compile(r"^(?:因为|因為|由于|由於|because(?: of)?)\s*", re.I)
_ARROW = re.compile(r"\s*(?:→|->|=>|—>|➔|＞|>)\s*")
_IMPACT = re.compile(
    r"(?:影响|影響|效果|impact)\s*(?:[:：是很]|is)?\s*(?P<after>高|大|中|低|小|high|medium|low)|(?P<before>high|medium|low)[- ]impact",
    re.I,
)
_EASE = re.compile(
    r"(?:难度|難度|difficulty)\s*(?:[:：是]|is)?\s*(?P<hard>高|大|中|低|小|high|medium|low)|(?:ease)\s*(?:[:：]|is)?\s*(?P<ease>high|medium|low)|(?P<word>很?容易|好做|不难|不難|easy|难做|難做|很难|很難|hard|difficult)",
    re.I,
)
_GRADES: dict[str, Grade] = {
    "高": "high", "大": "high", "high": "high", "中": "medium", "medium": "medium", "低": "low", "小": "low", "low": "low"
}  # fmt: skip
_TURNED: dict[Grade, Grade] = {"high": "low", "medium": "medium", "low": "high"}


def chains(w: Writer) -> tuple[WhyChain, ...]:
    """Return the chains of whys that were said, else one a goal; each goes on to the fifth why."""
    told = [chain for source in w.g.brief.sources if (chain := _told(w, source))]
    if told:
        return tuple(told)
    found = []
    for measure in list(mains(w))[:_CHAINS]:
        called = name(w, measure)
        asked = tuple(
            Why(question=w.propose(f"kind.why.{key}", "prompt", metric=called), answer=w.blank("why")) for key in _DEPTH
        )
        found.append(
            WhyChain(problem=w.propose("kind.why.problem", "goals", metric=called), steps=asked, root=w.blank("why"))
        )
    return tuple(found)


def _told(w: Writer, source: Source) -> WhyChain | None:
    """Return the whys with their answers as a text has them."""
    asked = [each for each in _WHY.finditer(source.text) if source.holds(each.start(), each.end())]
    said: list[Why] = []
    for at, match in enumerate(asked):
        end = asked[at + 1].start() if at + 1 < len(asked) else _line_end(source.text, match.end())
        left, right = _bare(source.text, match.end(), end)
        because = _BECAUSE.match(source.text[left:right])
        left, right = _bare(source.text, left + (because.end() if because else 0), right)
        if left < right:
            question = w.stated(quoted(source, match.start(), match.end()), source.key)
            said.append(Why(question=question, answer=w.stated(quoted(source, left, right), source.key)))
    if not said:
        return None
    called = name(w, next(mains(w)))
    more = tuple(
        Why(question=w.propose(f"kind.why.{key}", "prompt", metric=called), answer=w.blank("why"))
        for key in _DEPTH[len(said) :]
    )
    return WhyChain(problem=said[0].question.model_copy(), steps=(*said, *more), root=w.blank("root"))


def _line_end(text: str, at: int) -> int:
    """Return the end of the sentence in which the last answer stands."""
    found = re.compile(r"[。！!\n]|\.(?=\s|$)").search(text, at + 1)
    return found.start() if found else len(text)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in _EDGE or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _EDGE or text[end - 1].isspace()):
        end -= 1
    return start, end


def chain_of(item: Line, key: str, w: Writer) -> Iterator[Said]:
    """Yield the steps of a process that was written with arrows, each quoted; else the item as a whole."""
    source = next(each for each in w.g.brief.sources if each.key == key)
    at = source.text.find(item.text)
    if at < 0:
        yield w.stated(item, key)
        return
    end = at + len(item.text)
    borders = [(m.start(), m.end()) for m in _ARROW.finditer(source.text, at, end)]
    for left, right in zip([at, *(b for _, b in borders)], [*(a for a, _ in borders), end], strict=True):
        if left < right:
            yield w.stated(quoted(source, left, right), key)


def ranking(w: Writer) -> tuple[RankedMeasure, ...]:
    """Return what might help, each with impact and ease, and its place: by both together, then by impact."""
    found: list[RankedMeasure] = []
    for item, key in pairs(w, "measures"):
        impact, ease = _judged(item.text)
        reason = w.propose("kind.ranking.told", "given") if impact and ease else w.blank("grades")
        found.append(RankedMeasure(name=w.stated(item, key), impact=impact, ease=ease, reason=reason, rank=None))
    for measure in mains(w):
        pointer = measure.pointer.split("/key_results/")[0]
        for at in range(min(_LEVERS, len(measure.goal.initiatives))):
            called = w.goal(f"{pointer}/initiatives/{at}")
            if any(called.text == each.name.text for each in found):
                continue
            reason = w.propose("kind.ranking.lever", "catalogue", metric=name(w, measure))
            found.append(RankedMeasure(name=called, impact="high", ease="medium", reason=reason, rank=None))
    for key, (impact, ease) in _GRADED.items():
        reason = w.propose(f"kind.measure.{key}.reason")
        found.append(
            RankedMeasure(
                name=w.propose(f"kind.measure.{key}.name"), impact=impact, ease=ease, reason=reason, rank=None
            )
        )
    return tuple(each.model_copy(update={"rank": place}) for each, place in zip(found, _places(found), strict=True))


def _places(found: list[RankedMeasure]) -> list[int | None]:
    graded = [at for at, each in enumerate(found) if each.impact and each.ease]
    graded.sort(key=lambda at: (-_VALUE[found[at].impact] - _VALUE[found[at].ease], -_VALUE[found[at].impact], at))  # type: ignore[index]
    place = {at: number for number, at in enumerate(graded, 1)}
    return [place.get(at) for at in range(len(found))]


def _judged(text: str) -> tuple[Grade | None, Grade | None]:
    impact, ease = _IMPACT.search(text), _EASE.search(text)
    first = _GRADES[(impact["after"] or impact["before"]).casefold()] if impact else None
    second: Grade | None = None
    if ease and ease["hard"]:
        second = _TURNED[_GRADES[ease["hard"].casefold()]]
    elif ease and ease["ease"]:
        second = _GRADES[ease["ease"].casefold()]
    elif ease:
        second = "low" if re.match(r"难|難|很难|很難|hard|difficult", ease["word"], re.I) else "high"
    return first, second
