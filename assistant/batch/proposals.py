"""Proposes measures for what a row names no measure for. Knows nothing about sentences.

A measure that the row itself names comes first, though no catalogue has it; then those of the owner's field.
"""

from __future__ import annotations

from assistant import catalogue
from assistant.batch.understanding import Piece, Understood
from assistant.drafting.outcomes import Suggest
from assistant.goals import Outcome

STAND_IN = "perceived-improvement"
"""What stands for a wish that no measure is near to: whether those concerned see an improvement."""
_LIKELY = 0.26
"""Score from which what the catalogue offers for a row without a measure stands for it."""
_IN_FIELD, _FOREIGN = 0.12, 0.55
"""The score from which a measure of the owner's own field stands for a row, and what one of another field counts."""
_NEAR = 0.8
"""Share of the best score from which another offer is worth asking about."""
_PERSONAL = "personal-development"
_USUAL = 3


def named_measure(row: Understood, piece: Piece, plain: Outcome) -> Outcome | None:
    """Return the measure that a stretch names though the catalogue does not have it: trial sign-ups.

    Args:
        row: the row.
        piece: the stretch.
        plain: an outcome for the stretch without a measure.
    """
    mentions = [each for each in row.unit.hard_metrics if piece.start <= each.start and each.end <= piece.end]
    if not mentions:
        return None
    name = row.words(mentions[0].start, mentions[0].end)
    ways = [each.direction for each in row.facts.actions if piece.start <= each.start < piece.end and each.direction]
    direction = next(iter(ways), None) or mentions[0].polarity
    if direction not in ("up", "down") or any(hit.kind == "name" for hit in catalogue.default().named(name)):
        return None
    return plain.model_copy(update={"metric_name": name, "metric_stated": True, "direction": direction})


def offers(row: Understood, piece: Piece, suggest: Suggest) -> list[str]:
    """Return ids of measures that a stretch without one could mean, likeliest first; may be empty.

    Args:
        row: the row.
        piece: the stretch.
        suggest: ranks catalogue metrics by wording.
    """
    entries = catalogue.load()
    said = (row.words(piece.start, piece.end), row.source.text[: row.length].strip())
    texts = list(dict.fromkeys(said))
    mine = catalogue.default().functions(row.row.owner) or row.brief.functions[:1]
    scores: dict[str, float] = {}
    for text in texts:
        for offer in suggest(text, row.brief.functions):
            function = entries.metrics[offer.metric].function
            foreign = function == _PERSONAL or (bool(mine) and function not in mine)
            share = offer.score * (_FOREIGN if foreign else 1) / len(texts)
            scores[offer.metric] = scores.get(offer.metric, 0.0) + share
    wished = [id for hit in catalogue.default().named(texts[0]) if hit.kind == "outcome" for id in hit.metrics]
    ranked = sorted(scores, key=lambda id: (-scores[id], id))
    least = _IN_FIELD if mine else _LIKELY
    near = max(least, scores[ranked[0]] * _NEAR) if ranked else least
    found = [*wished, *(id for id in ranked if scores[id] >= near)]
    if not found and mine:
        usual = [each.id for each in entries.functions[mine[0]].metrics if each.timing == "lagging"]
        found = usual[:_USUAL]
    return list(dict.fromkeys(found))
