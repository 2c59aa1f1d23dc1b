"""What the checks of the drafting suite look at: an answer in the product's form, or plain text of a control.

Knows nothing about any check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant import gates
from assistant.goals import Brief, Draft, DraftResult, GateResult, Passage


@dataclass(frozen=True)
class Told:
    """One round of a model: what was wrong with its answer, and the message that sent it back.

    Attributes:
        problems: how many things kept the attempt from being ready; None where it could not be read.
        wrong: for each failed hard gate or error finding the words that the message has to name.
        sent_back: the message; '' where none was sent.
    """

    problems: int | None
    wrong: tuple[tuple[str, ...], ...]
    sent_back: str


@dataclass(frozen=True)
class Drafted:
    """An answer to an aim.

    Attributes:
        brief: the request as understood.
        result: the draft; None for plain text and where the answer could not be used.
        text: plain text of a control; '' for a draft.
        passages: what was retrieved for it.
        rounds: the model's rounds; empty without a model.
        failure: why the model's answer could not be used; '' where it could.
    """

    brief: Brief
    result: DraftResult | None = None
    text: str = ""
    passages: tuple[Passage, ...] = ()
    rounds: tuple[Told, ...] = ()
    failure: str = ""

    def gate(self, name: str) -> GateResult | None:
        """Return the result of a runtime gate, None for plain text."""
        results = self.result.verdict.gates if self.result else ()
        return next((gate for gate in results if gate.name == name), None)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield field and text of everything that is part of the goals and their strategy."""
        if self.result is None:
            yield "text", self.text
            return
        draft = Draft(
            language=self.result.language,
            goals=self.result.goals,
            assumptions=self.result.assumptions,
            monitoring_strategy=self.result.monitoring_strategy,
        )
        yield from gates.texts_of(draft)

    def goals_text(self) -> str:
        """Return the words of the goals alone, without assumptions and strategy."""
        return "\n".join(text for field, text in self.texts() if field == "text" or field.startswith("/goals/"))
