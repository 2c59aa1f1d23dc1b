"""Makes a request of what a person typed. Knows the real date; nothing below it does."""

from __future__ import annotations

from datetime import date
from typing import Literal

from assistant.errors import InputError, UsageError
from assistant.goals import Aim, DraftResult, Language, Team


def make_aim(
    text: str,
    *,
    language: Language | Literal["auto"] = "auto",
    team: Team | None = None,
    context: tuple[str, ...] = (),
    today: date | None = None,
    count: int | None = None,
    fallback_language: Language = "zh-Hans",
) -> Aim:
    """Return the cleaned request; `today` defaults to the real date. See `drafting.intake.make_aim` for the errors."""
    from assistant.drafting import intake

    return intake.make_aim(
        text, language=language, team=team, context=context, today=today or date.today(), count=count,
        fallback_language=fallback_language,
    )  # fmt: skip


def make_surroundings(
    goals: DraftResult,
    text: str = "",
    *,
    team: Team | None = None,
    context: tuple[str, ...] = (),
    today: date | None = None,
) -> Aim:
    """Return what surrounds goals that exist already, in their language; all of it may be empty.

    See `drafting.intake.make_aim` for the errors.
    """
    from assistant.drafting import intake

    return intake.make_aim(
        text, language=goals.language, team=team, context=context, today=today or date.today(), may_be_empty=True
    )


def read_goals(text: str) -> DraftResult:
    """Return the goals of a JSON text from `goals draft`.

    Raises:
        InputError: it is no such JSON; the message names the first place that does not fit.
        UsageError: it has no goals.
    """
    from pydantic import ValidationError

    try:
        result = DraftResult.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = "/".join(str(step) for step in first["loc"]) or "the beginning"
        raise InputError(
            f"This is no JSON from goals draft: {first['msg']} at {place}.", "Write it with goals draft -o goals.json."
        ) from error
    if not result.goals:
        raise UsageError("The file has no goals.", "Draft goals first.")
    return result
