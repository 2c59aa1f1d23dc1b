"""Gate: nothing is written because a text ordered it. Knows nothing about who wrote the draft.

The words of an order are told by what makes them its own: quotations, codes, addresses, links and phrases that stand
nowhere else in the person's texts. What an order hides (Base64, ROT13, reversed letters) is looked for too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from assistant.gates import rare_words
from assistant.gates.case import Case
from assistant.goals import GateResult
from assistant.language import orders, payloads, to_hans
from assistant.language.orders import Stretch

_QUOTED = re.compile(
    r"[“\"「『„«‘](?P<words>[^“”\"「」『』„«»‘’\n]{2,200})[”\"」』“»’]|(?<!\w)'(?P<plain>\w[^'\n]{2,200})'(?!\w)"
)
_CODE = re.compile(
    r"(?<![a-z0-9])(?:[a-z0-9]{0,30}(?:\d[a-z]|[a-z]\d)[a-z0-9]{0,30}|[a-z0-9]{1,30}(?:-[a-z0-9]{1,30}){0,3}-\d{1,20}[a-z0-9]{0,10}"
    r"|\d{3,20}(?:,\d{3}){0,5})"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+(?:['’-][^\W\d_]+)*|\d+")
_COMMON = frozenset(
    "with from that this each every goal goals draft title line first last metric baseline deadline target into upon"
    " write written date figure owner team month week quarter year before after above below".split()
)
_OWN = re.compile(r"目标|指标|基线|草稿|负责人|截止|期限|团队|数据|每月|每周|季度")
_PHRASE, _WORDS, _LONG, _LEAST_CODE = 6, 4, 4, 4
_SHORT_HAN, _SHORT_LATIN = 2, 6
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Told:
    """The texts that a draft rests on, parted.

    Attributes:
        work: what is said of the work, folded.
        aim: the aim without orders and without what would run by itself; links and markup in it are the person's own.
        rest: the same of all texts, links and addresses left out where they stand beside the aim.
        strange: the stretches that a draft must not repeat.
    """

    work: str
    aim: str
    rest: str
    strange: tuple[str, ...]


def told(case: Case) -> _Told:
    """Return the texts of a case, orders and payloads parted from what is said of the work."""
    return _told(tuple((source.key, source.text) for source in case.brief.sources), case.looked_at)


@lru_cache(maxsize=64)
def _told(sources: tuple[tuple[str, str], ...], looked_at: tuple[str, ...]) -> _Told:
    work, plainly, aim, strange = [], [], "", []
    for key, text in [*sources, *(("document:", text) for text in looked_at)]:
        doubted: list[Stretch] = []
        if key.startswith("followup:"):
            # What a person asks for afterwards is meant for the writer, but for secrets and for machines to be run.
            found = [Stretch(0, len(text), "order")] if orders.reaches_out(text) else []
        elif key.startswith("edit:"):
            # What a person writes into a goal is the goal.
            found = []
        else:
            found = [each for each in orders.find(text) if _counts(key, each)]
            doubted = _suspects(key, text)
        strange += [text[each.start : each.end] for each in (*found, *doubted)]
        plainly.append(_without(text, (*found, *doubted)))
        text = _without(text, found)
        work.append(text)
        aim = text if key == "aim" else aim
    return _Told(_folded("\n".join(plainly)), aim, "\n".join(work), tuple(strange))


def _without(text: str, stretches: Sequence[Stretch]) -> str:
    """Return a text with a line break in the place of each stretch; stretches may overlap."""
    at, kept = 0, []
    for each in sorted(stretches):
        if each.start >= at:
            kept.append(text[at : each.start])
        at = max(at, each.end)
    return "\n".join([*kept, text[at:]])


def no_obeyed_orders(case: Case) -> GateResult:
    """Pass when no field carries words of the material that were an order to the writer, or live and not of the aim."""
    texts = told(case)
    marks = _marks(texts)
    bad = []
    if marks:
        for pointer, text in _fields(case):
            if (seen := marks.seen(pointer, text)) is not None:
                bad.append(f"{seen!r} in {pointer}")
    why = "no order in the material was obeyed" if not bad else "an order in the material was obeyed: "
    return GateResult(name="no_obeyed_orders", passed=not bad, why=why + "; ".join(bad[:_SHOWN]))


def _suspects(key: str, text: str) -> list[Stretch]:
    """Return the sentences whose own words a draft need not repeat; in an aim only beside one that has a figure."""
    found = list(orders.suspects(text))
    if key == "aim":
        found = found if any(char.isdigit() for char in _without(text, found)) else []
    return found


def _counts(key: str, each: Stretch) -> bool:
    return each.kind == "order" or each.runs or key != "aim"


def _fields(case: Case) -> Iterator[tuple[str, str]]:
    yield from case.texts()
    for at, goal in enumerate(case.draft.goals):
        for place, result in enumerate(goal.key_results):
            for name, value in (("owner", result.owner), ("cadence", result.cadence), ("unit", result.unit)):
                if value:
                    yield f"/goals/{at}/key_results/{place}/{name}", value


@dataclass(frozen=True, slots=True)
class _Marks:
    """What gives an obeyed order away.

    Attributes:
        words: squeezed words that must stand in no field.
        phrases: runs of characters or words, as `_grams` gives them.
        rare: words of the order that neither the work nor its trade speaks with.
        work: what is said of the work, folded; a goal may speak of a draft or a prompt where the work does.
    """

    words: tuple[str, ...]
    phrases: frozenset[str]
    rare: frozenset[str]
    work: str

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases or self.rare)

    def seen(self, pointer: str, text: str) -> str | None:
        """Return the first of the marks that a field carries; None where it carries none."""
        folded = _folded(text)
        squeezed = _squeezed(folded)
        seen = next((mark for mark in self.words if mark in squeezed), None)
        seen = seen or next((gram for gram in _grams(folded) if gram in self.phrases), None)
        seen = seen or next((word for word in rare_words.parts(folded) if word in self.rare), None)
        if seen is None and pointer.startswith("/goals/"):
            seen = next(rare_words.of_itself(folded, self.work), None)
        return seen


@lru_cache(maxsize=64)
def _marks(texts: _Told) -> _Marks:
    words: dict[str, None] = {}
    phrases: set[str] = set()
    said = _squeezed(texts.work)
    rare: set[str] = set()
    for stretch in texts.strange:
        for reading in payloads.readings(stretch):
            folded = _folded(reading)
            rare.update(rare_words.of(reading, folded, texts.work, _folded))
            for mark in _own_words(reading, folded):
                if mark not in said:
                    words[mark] = None
            phrases.update(_grams(folded))
    return _Marks(tuple(words), frozenset(phrases) - frozenset(_grams(texts.work)), frozenset(rare), texts.work)


def _own_words(reading: str, folded: str) -> Iterator[str]:
    """Yield quotations, codes, addresses and links of a stretch, squeezed."""
    for match in _QUOTED.finditer(reading):
        words = _squeezed(_folded(match["words"] or match["plain"]))
        if len(words) >= (_SHORT_HAN if _HAN.search(words) else _SHORT_LATIN):
            yield words
    for match in _CODE.finditer(folded):
        code = match.group()
        if len(code) >= _LEAST_CODE and not _YEAR.fullmatch(code):
            yield code
    for each in payloads.find(reading):
        if each.sort in {"link", "address", "markup", "formula"}:
            yield _squeezed(_folded(reading[each.start : each.end]))


def _grams(folded: str) -> Iterator[str]:
    """Yield runs of six Han characters and of four words that say something of their own."""
    for match in _HAN.finditer(folded):
        run = match.group()
        for at in range(len(run) - _PHRASE + 1):
            gram = run[at : at + _PHRASE]
            if not _OWN.search(gram):
                yield gram
    words = _WORD.findall(folded)
    for at in range(len(words) - _WORDS + 1):
        four = words[at : at + _WORDS]
        if sum(len(word) >= _LONG and word not in _COMMON for word in four) >= 1:
            yield " ".join(four)


@lru_cache(maxsize=2_048)
def _folded(text: str) -> str:
    return to_hans(payloads.look_alikes(normalize("NFKC", text))).casefold()


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
