"""Chooses the passages that an offline draft cites and the sentence it quotes of each.

Knows nothing about how passages are found.
"""

from __future__ import annotations

import re

from assistant import catalogue
from assistant.catalogue.lookup import features
from assistant.goals import Citation, Draft, Passage

_SENTENCE_END = re.compile(r"[。！？][”’」』）]*|[.!?][”’)]*(?=\s|$)|\n")
_EXAMPLE = re.compile(r"^[弱强強例“「‘『\"]|^(?:Weak|Strong|Example)|例[）：:]|[“「][^”」]*$|^[^“「]*[”」]")
_SHORTEST, _LONGEST = 12, 220


def cite(draft: Draft, passages: tuple[Passage, ...]) -> tuple[Draft, tuple[Citation, ...]]:
    """Return the draft with a passage for each goal, the nearest in wording, and the quotes.

    Args:
        draft: the goals.
        passages: what retrieval found, best first.
    """
    if not passages:
        return draft, ()
    chosen: dict[str, Citation] = {}
    goals = []
    for goal in draft.goals:
        wording = features(catalogue.fold(" ".join((goal.title, goal.measurable, goal.achievable))))
        best = _best(wording, passages, chosen)
        quote = sentence_for(best.text, wording)
        if quote:
            chosen.setdefault(best.id, Citation(id=best.id, topic=best.topic, source=best.source, quote=quote))
            goal = goal.model_copy(update={"citations": (best.id,)})
        goals.append(goal)
    return draft.model_copy(update={"goals": tuple(goals)}), tuple(chosen.values())


def _best(wording: dict[str, int], passages: tuple[Passage, ...], chosen: dict[str, Citation]) -> Passage:
    """Return the passage that is near in wording and ranked high, one not yet cited where there is a choice."""

    def worth(place: int) -> float:
        passage = passages[place]
        fresh = 0.5 if passage.id in chosen else 1.0
        return _overlap(wording, passage) * fresh * (1 + 2 / (1 + place))

    return passages[max(range(len(passages)), key=worth)]


def _overlap(wording: dict[str, int], passage: Passage) -> float:
    theirs = features(catalogue.fold(passage.text))
    if not theirs:
        return 0.0
    shared = sum(1 for feature in theirs if feature in wording)
    return float(shared / len(theirs) ** 0.5)


def sentence_for(text: str, wording: dict[str, int]) -> str:
    """Return the sentence of a passage that shares most words with the goal, word for word."""
    sentences, at = [], 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = match.end() if match else len(text)
        sentence = text[at:end].strip()
        if _SHORTEST <= len(sentence) <= _LONGEST and not sentence.startswith("#") and not _EXAMPLE.search(sentence):
            sentences.append(sentence)
        at = end
    if not sentences:
        return ""
    return max(sentences, key=lambda each: sum(1 for f in features(catalogue.fold(each)) if f in wording))
