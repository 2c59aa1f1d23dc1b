"""Finds the last paragraph of each goal of a Word document. Knows nothing about results."""

from __future__ import annotations

from assistant.batch.outputs.word.places import Body, Spot
from assistant.goals.batch import BatchRow


class GoalPlaces:
    """Where the goals of a document end."""

    def __init__(self, body: Body) -> None:
        """Sort the paragraphs by cell."""
        self._spots = body.spots
        self._cells: dict[tuple[int, int], list[Spot]] = {}
        self._rows: dict[int, list[Spot]] = {}
        for spot in body.spots.values():
            if spot.cell is not None and spot.text:
                self._cells.setdefault(spot.cell, []).append(spot)
                self._rows.setdefault(spot.cell[0], []).append(spot)

    def find(self, row: BatchRow, following: BatchRow | None = None) -> Spot | None:
        """Return the paragraph behind which something about the goal can stand, or None where the goal is not found.

        Args:
            row: the goal.
            following: the next goal, whose paragraph is not this one's.
        """
        spot = self._in_table(row) if row.line in self._rows else self._in_body(row, following)
        while spot is not None and spot.joined:
            following_spot = self._spots.get(spot.number + 1)
            if following_spot is None or following_spot.container != spot.container:
                break
            spot = following_spot
        return spot

    def _in_table(self, row: BatchRow) -> Spot | None:
        spots = self._cells.get((row.line, row.column), [])
        text = _squeezed(row.text)
        for among in (spots, self._rows[row.line]):
            inside = [spot for spot in among if (own := _squeezed(spot.text)) in text or text in own]
            if inside:
                return inside[-1]
        spots = spots or ([] if row.column else self._rows[row.line])
        return spots[-1] if spots else None

    def _in_body(self, row: BatchRow, following: BatchRow | None) -> Spot | None:
        spot = self._spots.get(row.line)
        if spot is None or not spot.text:
            return None
        text, own = _squeezed(row.text), _squeezed(spot.text)
        at = text.find(own)
        at = at + len(own) if at >= 0 else 0
        last = following.line if following is not None and following.line > row.line else None
        for number in range(row.line + 1, last or len(self._spots) + 1):
            candidate = self._spots.get(number)
            if candidate is None or candidate.container != spot.container:
                break
            own = _squeezed(candidate.text)
            found = text.find(own, at) if own else -1
            if own and found < 0:
                break
            if own:
                spot, at = candidate, found + len(own)
        return spot


def _squeezed(text: str) -> str:
    return "".join(text.split())
