"""What a draft rests on: the request as understood, own documents, passages. Knows nothing about drafts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant import gates
from assistant.drafting import documents as consulting
from assistant.drafting import hearing
from assistant.drafting.outcomes import Suggest
from assistant.drafting.revising import request
from assistant.goals import Aim, Brief, Citation, Draft, DraftResult, Language, Number, Passage

Search = Callable[[str, int, Language], list[Passage]]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What drafters and gates are given of a request.

    Attributes:
        aim: the request.
        heard: the request without the words that are addressed to the program.
        brief: what was understood, with what documents say.
        found: passages of the person's documents that were looked at.
        own: quotes of those that the brief took something from.
        passages: passages of the method texts.
    """

    aim: Aim
    heard: Aim
    brief: Brief
    found: tuple[Passage, ...] = ()
    own: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()

    def with_passages(self, passages: tuple[Passage, ...]) -> Grounds:
        """Return the grounds with these passages of the method texts."""
        return replace(self, passages=passages)

    def case(self, draft: Draft, numbers: tuple[Number, ...], citations: tuple[Citation, ...]) -> gates.Case:
        """Return what the gates look at for a draft on these grounds."""
        looked_at = tuple(f"{each.title}\n{each.text}" for each in self.found)
        return gates.Case(self.brief, draft, numbers, citations, self.passages, self.aim.today, looked_at)

    def query(self, *, with_aim: bool = False) -> str:
        """Return what to look for: the wishes and their metrics, with the aim's own words or in place of them."""
        return _query(self.heard, self.brief, with_aim=with_aim)


def understood(aim: Aim, documents: Search | None, suggest: Suggest | None) -> Grounds:
    """Return the grounds of a request, without passages of the method texts.

    Args:
        aim: the cleaned request.
        documents: finds passages of the person's own documents; None where there are none.
        suggest: ranks catalogue metrics by wording; default: by shared words.
    """
    brief, heard = request.understand(aim, suggest), hearing.heard(aim)
    if documents is None:
        return Grounds(aim, heard, brief)
    found = tuple(documents(_query(heard, brief, with_aim=True), consulting.MOST, aim.language))
    consulted = consulting.consult(brief, found, aim)
    return Grounds(aim, heard, consulted.brief, found, consulted.citations)


def of(
    aim: Aim,
    result: DraftResult,
    passage: Callable[[str], Passage | None],
    documents: Search | None,
    suggest: Suggest | None,
) -> Grounds:
    """Return the grounds of a draft that stands: those of its request, with the passages that it names."""
    named = [each.id for each in result.citations]
    named += [each.evidence.source.removeprefix("passage:") for each in result.numbers]
    ids = [id for id in dict.fromkeys(named) if not id.startswith("document:")]
    found = tuple(each for each in map(passage, ids) if each is not None)
    return understood(aim, documents, suggest).with_passages(found)


def _query(aim: Aim, brief: Brief, *, with_aim: bool = False) -> str:
    words = [outcome.metric_name or outcome.text for outcome in brief.outcomes]
    if with_aim:
        words = [*words, aim.text, *aim.team.improve]
    return " ".join(words or [aim.text or aim.team.profile])[:500]
