"""Tells in what a person brings the words about the work from those addressed to the program that writes the draft.

Knows nothing about wishes or goals. An order is left out wherever it stands beside other words; an aim that is nothing
but an order stays as data. Links, addresses and markup are the person's own in the aim, elsewhere no part of a draft.
"""

from __future__ import annotations

from datetime import date

from assistant import language
from assistant.drafting import voice
from assistant.goals import Aim, Brief, Language, Passage, SetAside, Source, Team
from assistant.goals.brief import blanked
from assistant.language import orders

_AIM = "aim"
_DOCUMENT = "document"
_LEAST = 4
"""Letters that an aim must have left to be one."""


def listen(key: str, text: str, today: date) -> Source:
    """Return a text with what was read in it; what is no statement about the work is set aside.

    Args:
        key: where the text came from.
        text: the text as given; it stays so.
        today: the day from which relative dates count.
    """
    set_aside = _set_aside(key, text)
    return Source(key=key, text=text, facts=language.read(blanked(text, set_aside), today), set_aside=set_aside)


def _set_aside(key: str, text: str) -> tuple[SetAside, ...]:
    """Return what of a text is no statement about the work; nothing where an aim would have no words left."""
    found = [each for each in orders.find(text) if each.kind == "order" or _foreign(key, each)]
    taken = {place for each in found for place in range(each.start, each.end)}
    if found and key == _AIM and sum(c.isalpha() for at, c in enumerate(text) if at not in taken) < _LEAST:
        return ()
    return tuple(SetAside(source=key, start=each.start, end=each.end, kind=each.kind) for each in found)


def heard(aim: Aim) -> Aim:
    """Return a request without the words that are addressed to the program, as a drafter is given it."""

    def kept(key: str, text: str) -> str:
        cut = [each for each in _set_aside(key, text) if each.kind == "order"]
        for each in reversed(cut):
            text = text[: each.start] + text[each.end :]
        return text.strip() if cut else text

    def all_kept(key: str, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(filter(None, (kept(key, text) for text in texts)))

    team = Team(
        profile=kept("team", aim.team.profile), org_goals=all_kept("org_goal", aim.team.org_goals),
        improve=all_kept("improve", aim.team.improve), resources=all_kept("resource", aim.team.resources),
    )  # fmt: skip
    update = {"text": kept(_AIM, aim.text), "team": team, "context": all_kept("context", aim.context)}
    return aim.model_copy(update=update)


def notice(brief: Brief, documents: tuple[Passage, ...], spoken: Language) -> str | None:
    """Return the sentence that says what was left out and where it stood; None where nothing was.

    Args:
        brief: the request as understood.
        documents: passages of the person's documents that were looked at.
        spoken: the language of the sentence.
    """
    said = voice.load(spoken)
    groups = [
        source.key.partition(":")[0]
        for source in brief.sources
        if any(each.kind == "order" for each in source.set_aside)
    ]
    if any(each.kind == "order" for passage in documents for each in orders.find(passage.text)):
        groups.append(_DOCUMENT)
    if not groups:
        return None
    places = [said.get(f"left_out.{group}") for group in dict.fromkeys(groups)]
    return said.get("left_out.sentence").format(places=said.get("left_out.comma").join(places))


def _foreign(key: str, each: orders.Stretch) -> bool:
    """Whether something live may not be quoted: in the aim only what would run by itself, in a document it is cited."""
    if key.startswith(_DOCUMENT):
        return False
    return each.runs or key != _AIM
