"""The base of every domain type. Knows nothing about what the types mean."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["zh-Hans", "zh-Hant", "en"]
"""A language in which the product writes."""

TextLanguage = Literal["zh-Hans", "zh-Hant", "zh", "en"]
"""A language as read from a text; `zh` where no character tells the script."""

LANGUAGES: tuple[Language, ...] = ("zh-Hans", "zh-Hant", "en")


class Model(BaseModel):
    """Frozen, strict, and closed against unknown fields, infinities and NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
