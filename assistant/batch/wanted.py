"""Tells which goals a row holds: what each is to reach, by what work, and what is said beside it.

Knows nothing about sentences to write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from assistant import catalogue
from assistant.batch.understanding import Piece, Understood
from assistant.lint.words import pattern

WantKind = Literal["measured", "wish", "delivery", "means", "service"]
_NEXT = re.compile(r"[\n;；][\s(（\d.、)）]*$")
_MARK = re.compile(r"^[\s;；]*(?:[(（]?\d{1,2}[.、)）:：]\s*)?")
_ITEMS = re.compile(r"[\n;；]")
_CORES = ("measured", "service", "delivery", "wish")


@dataclass(frozen=True, slots=True)
class Want:
    """One goal of a row.

    Attributes:
        lead: what is to be reached; for `means` the work whose result nobody named.
        means: work that the row names for it.
        first: something to be handed over on the way.
        purpose: what it is for, told before a colon.
        tails: what else is said of it: who keeps watch, where figures come from.
    """

    kind: WantKind
    lead: Piece
    means: tuple[Piece, ...] = ()
    first: Piece | None = None
    tails: tuple[Piece, ...] = ()
    purpose: Piece | None = None


def wants(row: Understood, *, apart: bool) -> list[Want]:
    """Return the goals of a row in order, at least one unless there are no words.

    Args:
        row: the row.
        apart: the linter holds its parts for unrelated goals.
    """
    pieces = [piece for piece in row.pieces if not _only_time(row, piece)]
    cores = _cores(row, pieces, apart)
    if not cores:
        work = [piece for piece in pieces if piece.kind == "means"]
        lead = work[0] if work else next(iter(pieces), None)
        if lead is None:
            return []
        rest = tuple(piece for piece in pieces if piece is not lead)
        if not work:
            watched = lead.kind == "watch"
            return [Want("means" if watched else "wish", lead, tails=rest)]
        return [
            Want(
                "means", lead, tuple(piece for piece in rest if piece.kind == "means"),
                tails=tuple(piece for piece in rest if piece.kind != "means"),
            )
        ]  # fmt: skip
    found = [Want(core.kind, core) for core in cores]  # type: ignore[arg-type]
    for piece in pieces:
        if piece in cores:
            continue
        after = next((at for at, core in enumerate(cores) if core.start >= piece.end), None)
        before = next((at for at in reversed(range(len(cores))) if cores[at].end <= piece.start), None)
        if piece.kind == "delivery":
            at = after if after is not None else before or 0
            if found[at].first is None:
                found[at] = replace(found[at], first=piece)
                continue
        if after is not None and ((piece.kind == "wish" and piece.lead) or _shown_by(row, piece, cores[after])):
            found[after] = replace(found[after], purpose=piece)
            continue
        home = after if piece.kind == "means" and after is not None else before if before is not None else after
        if home is None:
            continue
        if piece.kind in ("means", "delivery"):
            found[home] = replace(found[home], means=(*found[home].means, piece))
        elif piece.kind != "wish":
            found[home] = replace(found[home], tails=(*found[home].tails, piece))
    return found


def unheard(row: Understood, found: list[Want]) -> list[str]:
    """Return the items of the row's list that ask for a change and that none of its goals takes up, in order."""
    leads = [want.lead for want in found]
    used = [piece for want in found for piece in (want.lead, *want.means, want.first, want.purpose) if piece]
    left: list[str] = []
    for piece in row.pieces:
        if piece.kind not in ("wish", "remark") or piece in used or not _own_item(row, piece, leads):
            continue
        borders = [match.start() for match in _ITEMS.finditer(row.source.text, piece.start, piece.end)]
        for start, end in pairwise((piece.start, *borders, piece.end)):
            if pattern("change").search(row.unit.plain, start, end):
                left.append(_MARK.sub("", row.words(start, end)).strip())
    return left


def _cores(row: Understood, pieces: list[Piece], apart: bool) -> list[Piece]:
    """Return the pieces that are goals of their own.

    A vague wish is none beside results that are named in the same item; something handed over before a result is on
    the way to it.
    """
    firm = [piece for piece in pieces if piece.kind in ("measured", "service")]
    cores = [piece for piece in pieces if piece.kind in _CORES]
    named = bool(firm) or any(piece.kind == "delivery" for piece in pieces)
    wished = [piece for piece in cores if piece.kind == "wish"]
    if firm or (named and apart):
        results = [piece for piece in cores if piece.kind != "wish"]
        cores = [piece for piece in cores if piece.kind != "wish" or _own_item(row, piece, results)]
    elif len(wished) > 1:
        known: dict[str, Piece] = {}
        for piece in wished:
            known.setdefault(piece.outcome.key if piece.outcome else "", piece)
        cores = [piece for piece in cores if piece.kind != "wish" or piece in known.values()]
    if not apart and (firm or wished):
        cores = [piece for piece in cores if piece.kind != "delivery"]
    shown = [one for one, two in pairwise(cores) if _shown_by(row, one, two)]
    return [piece for piece in cores if piece not in shown]


def _shown_by(row: Understood, wish: Piece, result: Piece) -> bool:
    """Whether a result right behind a comma shows whether a wish came true: 提升客户满意度，NPS从30升到45."""
    if wish.kind not in ("measured", "wish", "remark") or result.kind != "measured" or result.outcome is None:
        return False
    if any(wish.start <= each.start < wish.end for each in row.facts.quantities):
        return False
    if not any(result.start <= each.start < result.end for each in row.facts.quantities):
        return False
    if not re.fullmatch(r"[\s，,:：]*", row.words(wish.end, result.start)):
        return False
    known = catalogue.load().metrics
    shows = known.get(result.outcome.metric_id or "")
    if shows is None or not pattern("change").search(row.unit.plain, wish.start, wish.end):
        return False
    hits = catalogue.default().named(row.words(wish.start, wish.end))
    ids = {id for hit in hits for id in hit.metrics} | {(wish.outcome.metric_id if wish.outcome else None) or ""}
    others = [known[id] for id in ids if id in known and id != shows.id]
    return any(shows.function == each.function and set(shows.families) & set(each.families) for each in others)


def _own_item(row: Understood, wish: Piece, results: list[Piece]) -> bool:
    """Whether a wish is an item of its own in the row's list: marks that part items part it from every result."""
    if wish.lead:
        return False
    pairs = (sorted((wish, each), key=lambda piece: piece.start) for each in results)
    return all(
        _ITEMS.search(row.words(one.end, two.start)) or _NEXT.search(row.words(one.start, two.start))
        for one, two in pairs
    )


def _only_time(row: Understood, piece: Piece) -> bool:
    """Whether a piece says nothing but when."""
    words = row.words(piece.start, piece.end)
    for time in row.facts.times:
        if piece.start <= time.start and time.end <= piece.end:
            words = words.replace(row.words(time.start, time.end), "", 1)
    return not any(map(str.isalnum, words))
