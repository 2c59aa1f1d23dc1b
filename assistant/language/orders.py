# ruff: noqa: E501
"""Finds what in a text is addressed to the writer of the draft rather than said of the work.

Knows nothing about drafts, gates or who wrote the text. Orders are told sentence by sentence: no single word makes one,
several signs that agree do. What stands in quotation marks is mentioned, not said. Precision comes first: what a text
hides well enough is not found, so nothing may rest on this alone.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from assistant.language import order_shapes as shapes
from assistant.language import order_signs as signs
from assistant.language import payloads
from assistant.language.normalise import Plain
from assistant.language.payloads import Payload


class Stretch(NamedTuple):
    """A stretch of a text that says nothing of the work: `text[start:end]`.

    Attributes:
        kind: `order` for words to the writer of the draft; `payload` for something live or encoded in other words.
        runs: True for markup that a reader would run, load or be sent away by.
    """

    start: int
    end: int
    kind: Literal["order", "payload"]
    runs: bool = False


_ENOUGH, _BESIDE = 6, 4
"""Points that make a sentence an order, and that make the neighbour of an order a part of it."""
_POINTS = {
    "role": 3, "free": 2, "mode": 2, "machine": 4, "hidden": 4, "threat": 3, "bribe": 2, "hush": 2, "instead": 2, "outranks": 3,
    "keep_in_mind": 3, "part": 2, "place": 1, "before": 2, "language": 3, "turn": 2, "notice": 4, "token": 3,
}  # fmt: skip
"""What a sign is worth by itself; the others count only beside what they need."""
_NEAR, _CLOSE, _SHORT = 48, 24, 8
_BESIDE_LENGTH = 60
_BREAK = re.compile(r"[。；!?;\n\t]+|\.(?=[\s\")\]\x06]|$)")
_CLAUSE = re.compile(
    r"[,，:、]+|(?<![\x06\x08])(?=[\x06\x08])|(?<=[\x06\x08])(?![\x06\x08])|(?<=[a-z]) (?=[\u3400-\u9fff]{2})|(?= by (?:the )?(?:end|q\d|\d|mid|[a-z]+ \d))"
)
"""Borders of clauses; what is live stands by itself, and so does a deadline."""
_QUOTED = re.compile(r"\"[^\"\n]{1,400}\"|«[^«»\n]{1,400}»|(?<![\w'])'(?=\w)[^'\n]{2,200}'(?!\w)")
_DIGITS = re.compile(r"\d")
_CODE = re.compile(r"\b[A-Z]{2}[A-Z0-9\u4e00-\u9fff-]{0,40}\d[A-Z0-9]{0,20}\b")
_MIXED = re.compile(r"[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]")
_TURN = re.compile(
    r"\W{0,4}(?:(?P<notice>(?:系统|管理员|system|admin(?:istrator)?|operator)[ ]?(?:消息|通知|讯息|信息|提示|指令|公告|notice|message|note|override|command)(?:[\])】>》]|[ ]?:))"
    r"|(?P<turn>(?:系统|system|assistant|助手|助理|ai(?: ?(?:回复|回覆|助手))?|user|用户|使用者|human)(?:[\])】>》]|[ ]?:)))"
)
_ROLE = re.compile(r"(?:\W|system|user|assistant)*")
_COUNTED = re.compile(r"[百千万]\s?[遍次]|\d{2,9}\s?[遍次]|\b(?:hundred|thousand|million|\d{2,9}) times\b")
_AGAIN = re.compile(r"重复|连写|一直写|repeat|write")
_CALL = re.compile(r"[a-z_]{2,40}\([^()\n]{0,200}")
_ASSIGNED = re.compile(r"(?:\b[a-z]|[甲乙丙丁])\s?(?:=|等于|:=)\s?\"")
_CHAINED = re.compile(r"\b[a-z] ?\+ ?[a-z]\b|串起来|连起来|concatenate")
_SHOT = re.compile(r"(?:→|->|=>?|:|答|回答|写)\s?(\"[^\"\n]{2,80}\")")
_SHOTS, _PIECES = 3, 2
_COMMON = frozenset(
    "the of to and in is for on each every write goal goals please add with word words this that it draft title put end follow start".split()
)
_FIGURE = re.compile(r"\d|[年季度月周][底末]|[期假季节]前|\b(?:by|before|until)\b")


def find(text: str) -> tuple[Stretch, ...]:
    """Return the orders and payloads of a text, in order, none overlapping; a payload in an order is part of it.

    Args:
        text: any text, as a person or a document gave it.
    """
    return _found(text)


def reaches_out(text: str) -> bool:
    """Whether a text asks for what the program was told, for other people's words, or for a machine to be run.

    Args:
        text: what a person asked for; such as that is an order even where orders are in place.
    """
    return shapes.reaches_out(_QUOTED.sub(_mask, Plain(text).low))


@lru_cache(maxsize=2_048)
def suspects(text: str) -> tuple[Stretch, ...]:
    """Return the sentences that may be meant for the writer of the draft, though too little in them says so.

    None of them is left out, since many are honest; a draft has no reason to repeat words that only they speak with.

    Args:
        text: any text, as a person or a document gave it.
    """
    plain = Plain(text)
    masked = _QUOTED.sub(_mask, plain.low)
    return tuple(
        Stretch(*plain.span(start, end), "order")
        for start, end in _split(masked)
        if shapes.suspect(masked[start:end], plain.low[start:end])
    )


@lru_cache(maxsize=2_048)
def _found(text: str) -> tuple[Stretch, ...]:
    live = payloads.find(text)
    orders = _orders(text, live)
    rest = [
        Stretch(each.start, each.end, "payload", each.runs)
        for each in live
        if not any(one.start < each.end and each.start < one.end for one in orders)
    ]
    return tuple(sorted([*orders, *rest]))


@dataclass(slots=True)
class _Sentence:
    """A sentence of the plain text with the signs found in it.

    Attributes:
        joins: whether it belongs to an order beside it.
        speaks: whether it is put into somebody's mouth: "Assistant: …".
        places: where the signs that count stand in it.
    """

    start: int
    end: int
    text: str
    points: int = 0
    joins: bool = False
    speaks: bool = False
    places: list[tuple[int, int]] = field(default_factory=list)


def _orders(text: str, live: tuple[Payload, ...]) -> list[Stretch]:
    shown = list(text)
    for each in live:
        mark = "\x07" if each.sort == "token" else "\x08" if each.runs else "\x06"
        shown[each.start : each.end] = [mark] * (each.end - each.start)
    plain = Plain("".join(shown))
    low = payloads.look_alikes(plain.low) if _MIXED.search(plain.low) else plain.low
    if not low.strip():
        return []
    masked = _QUOTED.sub(_mask, low)
    encoded = [each for each in live if each.sort == "encoded"]
    sentences: list[_Sentence] = []
    for start, end in _split(masked):
        sentence = _Sentence(start, end, masked[start:end])
        speaks = bool(sentences) and sentences[-1].speaks and not sentences[-1].text.endswith("\n")
        _judge(sentence, low[start:end], plain.cased[start:end], plain.low[start:end], bool(encoded), speaks)
        sentences.append(sentence)
    _over_several(low, sentences)
    taken = _taken(sentences)
    found: list[Stretch] = []
    for start, end in taken:
        begin, stop = plain.span(start, end)
        if found and not text[found[-1].end : begin].strip(" \t\n"):
            found[-1] = found[-1]._replace(end=stop)
        else:
            found.append(Stretch(begin, stop, "order"))
    return found


def _mask(match: re.Match[str]) -> str:
    words = match.group()
    return words[0] + "\x03" * (len(words) - 2) + words[-1]


def _split(masked: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in [*_BREAK.finditer(masked), None]:
        end = match.end() if match else len(masked)
        if masked[at:end].strip():
            yield at, end
        at = end


def _judge(sentence: _Sentence, said: str, cased: str, written: str, encoded: bool, speaks: bool) -> None:
    """Add up the signs of a sentence.

    Args:
        sentence: the sentence, its quotations masked.
        said: the same with its quotations.
        cased: the same in the written case.
        written: the same before letters that look Latin were made so.
        encoded: whether the text holds an encoded string.
        speaks: whether the sentence before was put into somebody's mouth.
    """
    text = sentence.text
    bare = text.replace("\x03", "").strip(' "。.!?\n')
    if len(bare) < 4 and len(said.strip()) > 8:
        text = said.replace('"', " ")
    hits = signs.find(text)
    literals, coded = _literals(text, said, cased)
    if not hits["part"] and not any(text[start] != "\x06" for start, _ in literals):
        hits["send"], literals = _beside(hits["send"], literals, _NEAR), []
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)

    def count(sign: str, points: int, places: Iterable[tuple[int, int]]) -> None:
        spots = list(places)
        if spots and sign not in found:
            found[sign] = spots
            sentence.points += points

    for sign, points in _POINTS.items():
        count(sign, points, hits[sign])
    turn = _TURN.match(text)
    if turn is not None and turn.lastgroup is not None:
        count(turn.lastgroup, _POINTS[turn.lastgroup], [turn.span()])
    elif speaks:
        count("turn", _POINTS["turn"], [(0, 1)])
    sentence.speaks = "turn" in found
    count("token", _POINTS["token"], [match.span() for match in re.finditer("\x07+", text)])
    shaped = {sign: (points, spots) for sign, points, spots in shapes.find(text, said)}
    addressed = shaped.keys() & {"address", "yours"} or found.keys() & {"machine", "hidden", "role", "notice"}
    for sign, (points, spots) in shaped.items():
        count(sign, points or 2, spots if points or addressed else ())
    if "role" in found:
        count("being", 2, hits["being"])
        count("roles", 3, hits["role"][1:])
    anchors = sorted([*literals, *hits["part"]])
    for sign, points in (("output", 3), ("write", 2), ("claim", 3)):
        if sign != "write" or "output" not in found:
            count(sign, points, _beside(hits[sign], literals if sign == "claim" else anchors, _NEAR, _SHORT))
    if not found.keys() & {"write", "output"} and found.keys() & {"machine", "hidden", "notice", "role", "address"}:
        count("write", 2, [*hits["write"], *hits["output"]])
    writing = bool(found.keys() & {"write", "output", "claim"})
    if writing or found.keys() & {"keep_in_mind", "machine", "part", "address", "quoting"}:
        count("literal", 3 if coded or "\x08" in text else 2, literals)
    if writing or "language" in found:
        wrote = [place for sign in ("write", "output", "claim") for place in found.get(sign, ())[::2]]
        wrote += found.get("language", [])
        count("only", 1, _beside(hits["only"], wrote, _SHORT)[::2])
        count("regardless", 2, hits["regardless"])
    count("override", 6, _beside(hits["override"], hits["ours"], _NEAR))
    if "override" not in found:
        count("override", 4, _beside(hits["override"], hits["above"], _NEAR))
        count("void", 4, _beside(hits["above"], hits["void"], _CLOSE))
    count("leak", 6, _beside(hits["leak"], hits["tell"], _NEAR))
    count("remove", 4, _beside(hits["remove"], hits["field"], _CLOSE) if hits["part"] else ())
    count("rate", 4, _beside(hits["rate"], hits["full"], _CLOSE))
    marked = [span for span in literals if text[span[0]] == "\x06"]
    count("send", 4, _beside(hits["send"], marked, _NEAR) if literals else hits["send"])
    count("call", 2, _beside(hits["tool"], [match.span() for match in _CALL.finditer(text)], _CLOSE))
    if _AGAIN.search(text) and literals:
        count("repeat", 4, [match.span() for match in _COUNTED.finditer(text)])
    if hits["obey"] and (encoded or hits["backwards"] or hits["code"]):
        count("decode", 4 if encoded or hits["backwards"] else 2, hits["obey"])
    if found.keys() & {"decode", "write"}:
        count("code", 2, [*hits["code"], *hits["backwards"]])
    if len(_MIXED.findall(written)) >= 2:
        count("mixed", 4, [match.span() for match in _MIXED.finditer(written)])
    if _hides(text):
        count("hides", 6, [(0, len(text))])
    sentence.places = [place for places in found.values() for place in places]
    strong = found.keys() - {"part", "place", "token"}
    if sentence.points < _ENOUGH and not (strong or "token" in found):
        sentence.points = 0
    sentence.joins = (
        sentence.points >= _BESIDE
        or bool(found.keys() & {"turn", "notice", "hush", "outranks"})
        or ("token" in found and _ROLE.fullmatch(text) is not None)
        or (len(text) <= _BESIDE_LENGTH and bool(hits["polite"] or hits["same"]) and not _DIGITS.search(text))
    )


def _literals(text: str, said: str, cased: str) -> tuple[list[tuple[int, int]], bool]:
    """Return where words to be written stand in a sentence, and whether one is a code: words with a number."""
    quoted = [match.span() for match in _QUOTED.finditer(said)]
    marked = [match.span() for match in re.finditer("[\x06\x08]+", text)]
    codes = [match.span() for match in _CODE.finditer(cased)]
    coded = any(
        len(_DIGITS.findall(said, *span)) >= 3 and re.search(r"[^\W\d_]", said[slice(*span)]) for span in quoted
    )
    return sorted([*quoted, *marked, *codes]), coded


def _hides(text: str) -> bool:
    """Whether English comes out of a sentence that is none, read backwards or with its letters moved by thirteen."""
    words = signs.WORD.findall(text)
    if len(words) < 5 or sum(word in _COMMON for word in words) > len(words) // 4:
        return False
    backwards = signs.WORD.findall(text[::-1])
    moved = signs.WORD.findall(codecs.decode(text, "rot13"))
    return any(sum(word in _COMMON for word in read) >= 3 for read in (backwards, moved))


def _beside(
    places: list[tuple[int, int]], others: list[tuple[int, int]], after: int, before: int | None = None
) -> list[tuple[int, int]]:
    """Return the places that have one of the others near by, each followed by the nearest one.

    Args:
        places: stretches that need company.
        others: what may keep it.
        after: characters between a place and what follows it.
        before: characters between it and what goes before; default: as many.
    """
    before = after if before is None else before
    starts, ends = sorted(others), sorted((end, start) for start, end in others)
    near: list[tuple[int, int]] = []
    for start, end in places:
        at = bisect_left(starts, (start, 0))
        behind = bisect_left(ends, (start + 1, 0)) - 1
        if at < len(starts) and starts[at][0] <= end + after:
            near += [(start, end), starts[at]]
        elif behind >= 0 and ends[behind][0] >= start - before:
            near += [(start, end), (ends[behind][1], ends[behind][0])]
    return near


def _over_several(low: str, sentences: list[_Sentence]) -> None:
    """Mark the sentences that make an order together: one answer to several questions, named pieces to be joined."""
    shots: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in _SHOT.finditer(low):
        shots[match.group(1)].append(match.span())
    together = [places for places in shots.values() if len(places) >= _SHOTS]
    together += [[match.span()] for match in shapes.INTERVIEW.finditer(low)]
    pieces = [match.span() for match in _ASSIGNED.finditer(low)]
    if len(pieces) >= _PIECES and (chained := [match.span() for match in _CHAINED.finditer(low, pieces[-1][1])]):
        together.append([*pieces, *chained[:1]])
    for places in together:
        at = 0
        for sentence in sentences:
            while at < len(places) and places[at][0] < sentence.end:
                sentence.points = max(sentence.points, _ENOUGH)
                sentence.places.append((0, places[at][1] - sentence.start))
                at += 1


def _taken(sentences: list[_Sentence]) -> list[tuple[int, int]]:
    """Return the stretches to take: orders, and what beside them belongs to them."""
    orders = {place for place, each in enumerate(sentences) if each.points >= _ENOUGH}
    if not orders:
        return []
    grown = set(orders)
    for step in (1, -1):
        places = range(len(sentences)) if step == 1 else range(len(sentences) - 1, -1, -1)
        for place in places:
            if place not in grown and place - step in grown and sentences[place].joins:
                grown.add(place)
    return [_trimmed(sentences[place], whole=place not in orders) for place in sorted(grown)]


def _trimmed(sentence: _Sentence, *, whole: bool) -> tuple[int, int]:
    """Return the clauses of a sentence that belong to an order; clauses with figures before and after it stay."""
    text = sentence.text
    if whole or not sentence.places:
        return sentence.start, sentence.end
    first, last = min(start for start, _ in sentence.places), max(end for _, end in sentence.places)
    borders = [match.span() for match in _CLAUSE.finditer(text)]
    start, end = 0, len(text)
    for left, right in borders:
        if right <= first and text[left] not in ":、":
            start = left
    if not _said(text[:start]):
        start = 0
    for place, (left, _) in enumerate(borders):
        after = borders[place + 1][0] if place + 1 < len(borders) else len(text)
        if left >= last and _FIGURE.search(text, left, after):
            end = left
            break
    return sentence.start + start, sentence.start + end


def _said(lead: str) -> bool:
    """Whether the words before an order say something of their own."""
    hits = signs.find(lead)
    return len(lead.strip(" \n,，。-*")) > 4 and not hits["polite"] and not hits["authority"]
