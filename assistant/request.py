"""Makes a request of what a person typed. Knows the real date; nothing below it does."""

from __future__ import annotations

from datetime import date
from typing import Literal

from assistant.goals import Aim, Language, Team


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
