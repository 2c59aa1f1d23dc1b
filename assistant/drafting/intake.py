"""Takes a person's texts in: cleans them, caps their length, decides the language. The only place that does.

Knows nothing about what the texts mean.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Literal

from assistant.errors import EmptyInput, NotAGoal, TooLong, UsageError
from assistant.goals import LANGUAGES, MAX_AIM_CHARACTERS, MAX_CONTEXT_CHARACTERS, Aim, Language, Team
from assistant.language import detect

_DROPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_LOOSE_JOINER = re.compile("(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d")
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{3})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)


def clean(text: str) -> str:
    r"""Return `text` without control characters, direction marks, invisible characters and lone surrogates.

    Line breaks become `\n`; letters, marks and emoji stay as typed, but no letter keeps more than three marks.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _MARKS.sub(r"\1", _LOOSE_JOINER.sub("", _DROPPED.sub("", text))).strip()


def make_aim(
    text: str,
    *,
    language: Language | Literal["auto"] = "auto",
    team: Team | None = None,
    context: tuple[str, ...] = (),
    today: date,
    count: int | None = None,
    fallback_language: Language = "zh-Hans",
    may_be_empty: bool = False,
) -> Aim:
    """Return the cleaned request.

    Args:
        text: the vague aim; may be empty where the team names areas to improve, goals or a profile.
        language: the language to write in; `auto` takes the aim's.
        team: profile, organisational goals, areas to improve, resources.
        context: further texts.
        today: the day from which relative dates count.
        count: number of goals, 1 to 10, or None.
        fallback_language: the language where the text does not tell, such as Han characters common to both scripts.
        may_be_empty: True where the request surrounds goals that exist already.

    Raises:
        EmptyInput: there is nothing to work on.
        NotAGoal: the aim has no words.
        TooLong: a text is longer than its limit.
        UsageError: unknown language or count out of range.
    """
    if language != "auto" and language not in LANGUAGES:
        raise UsageError(
            f"Unknown language {language!r}.", f"Use one of: auto, {', '.join(LANGUAGES)}.", language=str(language)
        )
    if count is not None and not 1 <= count <= 10:
        raise UsageError(f"Cannot draft {count} goals.", "Ask for 1 to 10.", count=str(count))
    _cap("The aim", text, MAX_AIM_CHARACTERS)
    aim = clean(text)
    team = team or Team()
    cleaned = Team(
        profile=clean(team.profile),
        org_goals=_cleaned(team.org_goals),
        improve=_cleaned(team.improve),
        resources=_cleaned(team.resources),
    )
    contexts = _cleaned(context)
    surroundings = (cleaned.profile, *cleaned.org_goals, *cleaned.improve, *cleaned.resources, *contexts)
    _cap("The context", "".join((team.profile, *team.org_goals, *team.improve, *team.resources, *context)),
         MAX_CONTEXT_CHARACTERS)  # fmt: skip
    if not may_be_empty and not aim and not (cleaned.profile or cleaned.improve or cleaned.org_goals):
        raise EmptyInput("There is no aim to work on.", "Write in a line what should get better.")
    if aim and not _has_words(aim):
        raise NotAGoal(f"{aim[:40]!r} is not an aim.", "Write in a line what should get better.", text=aim[:40])
    if language == "auto":
        language = _language((aim, *surroundings), fallback_language)
    return Aim(text=aim, language=language, team=cleaned, context=contexts, today=today, count=count)


def _cap(name: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise TooLong(
            f"{name} has {len(text):,} characters; at most {limit:,} can be read.",
            "Shorten it to the part that matters.",
            length=f"{len(text):,}",
            limit=f"{limit:,}",
        )


def _cleaned(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for text in map(clean, texts) if text)


def _has_words(text: str) -> bool:
    letters = [character for character in text if unicodedata.category(character)[0] == "L"]
    return len(letters) >= 2


def _language(texts: tuple[str, ...], fallback: Language) -> Language:
    """Return the language of the first text that tells one; Han without a script leaves it to the next text."""
    chinese = False
    for text in texts:
        if not _has_words(text):
            continue
        found = detect(text)
        if found == "zh":
            chinese = True
        elif found != "en" or not chinese:
            return found
    if chinese and fallback == "en":
        return "zh-Hans"
    return fallback
