"""The shape of objectives in Feishu OKR (open API, version 2) with its limits. Knows nothing about drafts."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from assistant.goals.base import Model

MOST_UNIT = 5
"""Characters of a unit of one's own."""
MOST_VALUE = 99_999_999_999
_THOUSANDTHS = 3

PublicUnit = Literal["PERCENT", "NONE", "YUAN", "DOLLAR"]
Value = Annotated[float, Field(ge=-MOST_VALUE, le=MOST_VALUE, allow_inf_nan=False)]
Weight = Annotated[float, Field(ge=0, le=1)]
Position = Annotated[int, Field(ge=1, le=100)]
Deadline = Annotated[str, Field(pattern=r"^\d{12,13}$")]
"""Milliseconds since 1970."""


class TextRun(Model):
    """Words that look alike."""

    text: str


class Element(Model):
    """Part of a paragraph."""

    paragraph_element_type: Literal["textRun"] = "textRun"
    text_run: TextRun


class Paragraph(Model):
    """A paragraph."""

    elements: tuple[Element, ...]


class Block(Model):
    """Part of a rich text."""

    block_element_type: Literal["paragraph"] = "paragraph"
    paragraph: Paragraph


class ContentBlock(Model):
    """A rich text."""

    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, *lines: str) -> ContentBlock:
        """Return plain lines, a paragraph each."""
        return cls(
            blocks=tuple(Block(paragraph=Paragraph(elements=(Element(text_run=TextRun(text=each)),))) for each in lines)
        )


class Unit(Model):
    """Unit of an indicator.

    Attributes:
        unit_type: 0 for one of Feishu's own, 1 for any other.
        unit_value: its key, or its characters.
    """

    unit_type: Literal[0, 1]
    unit_value: str

    @model_validator(mode="after")
    def _known(self) -> Unit:
        if self.unit_type == 0 and self.unit_value not in ("PERCENT", "NONE", "YUAN", "DOLLAR"):
            raise ValueError(f"{self.unit_value!r} is none of Feishu's own units")
        if self.unit_type == 1 and not 1 <= len(self.unit_value) <= MOST_UNIT:
            raise ValueError(f"a unit has 1 to {MOST_UNIT} characters: {self.unit_value!r}")
        return self


class Indicator(Model):
    """What a key result is measured by; a value is None where nobody knows it."""

    start_value: Value | None
    target_value: Value | None
    unit: Unit


class OkrKeyResult(Model):
    """A key result with its share of the objective."""

    position: Position
    content: ContentBlock
    weight: Weight
    deadline: Deadline | None
    indicator: Indicator


class OkrObjective(Model):
    """An objective; `notes` hold what Feishu has no field for."""

    position: Position
    content: ContentBlock
    notes: ContentBlock | None
    weight: Weight
    deadline: Deadline | None
    key_results: Annotated[tuple[OkrKeyResult, ...], Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def _whole(self) -> OkrObjective:
        _check(self.key_results)
        return self


class OkrDocument(Model):
    """Objectives of one cycle, with what could not be said in this shape."""

    version: Literal[1] = 1
    objectives: Annotated[tuple[OkrObjective, ...], Field(min_length=1, max_length=100)]
    notices: tuple[str, ...]

    @model_validator(mode="after")
    def _whole(self) -> OkrDocument:
        _check(self.objectives)
        return self


def even_weights(count: int) -> tuple[float, ...]:
    """Return weights of three decimals that are as even as can be and sum to 1."""
    whole = 10**_THOUSANDTHS
    base, more = divmod(whole, count)
    return tuple((base + (at < more)) / whole for at in range(count))


def _check(parts: tuple[OkrKeyResult, ...] | tuple[OkrObjective, ...]) -> None:
    weights = [Decimal(str(each.weight)) for each in parts]
    if sum(weights) != 1:
        raise ValueError(f"weights sum to {sum(weights)}, not 1")
    if any(each != round(each, _THOUSANDTHS) for each in weights):
        raise ValueError(f"weights have at most {_THOUSANDTHS} decimals")
    if [each.position for each in parts] != list(range(1, len(parts) + 1)):
        raise ValueError("positions count from 1 without gaps")
