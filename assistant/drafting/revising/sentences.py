"""The sentences that are said of follow-ups and values, in one language. Knows nothing about when which is said."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from assistant.drafting import voice
from assistant.drafting.lines import fill
from assistant.goals import Drafter, DraftResult, Explanation, Language
from assistant.goals.revision import differences


class Teller:
    """The sentences about follow-ups in one language."""

    def __init__(self, language: Language) -> None:
        """Take the language."""
        self.language = language
        self._data = _sentences(language)
        self._voice = voice.load(language)

    def say(self, key: str, **values: str) -> str:
        """Return the sentence at a dotted key, filled in."""
        found: Any = self._data
        for part in key.split("."):
            found = found[part]
        values |= {name: self._voice.named(values[name]) for name in ("metric", "guardrail") if name in values}
        return fill(found, **values).text

    def quote(self, text: str) -> str:
        """Return a text in the language's quotation marks."""
        return str(self._data["quote"]).format(text=text)

    def listed(self, names: list[str]) -> str:
        """Return names as a list."""
        named = [self.quote(name) for name in names] if self.language != "en" else names
        return str(self._data["list"]).join(named)

    def field(self, pointer: str) -> str:
        """Return the name of a field of a goal."""
        _, _, _, first, *rest = pointer.split("/")
        own = f"result_{rest[-1]}" if first == "key_results" else f"{first}_date" if rest[-1:] == ["date"] else first
        names: dict[str, str] = self._data["field"]
        return names[own].format(number=int(rest[0]) + 1 if rest and rest[0].isdecimal() else "")

    def not_understood(self) -> str:
        """Say that nothing was understood, and what can be asked."""
        return self.say("told.not_understood")

    def unread(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        """Say which parts were not understood."""
        return tuple(self.say("told.unread", text=self.quote(part)) for part in parts)

    def step(self, kind: str) -> str:
        """Say which way through the versions is asked for."""
        return self.say(f"told.{kind}")

    def refused(self, reason: str, values: dict[str, str]) -> str:
        """Say why nothing was changed."""
        return self.say(f"refused.{reason}", **values)

    def model_failed(self, drafter: Drafter) -> str:
        """Say that the model did not write."""
        return self.say("told.model_failed", why=drafter.why or "").strip()

    def quoted(self, answer: Explanation) -> tuple[str, ...]:
        """Return the passage of an explanation as a sentence of its own."""
        if not answer.quote:
            return ()
        return (self.say("explain.passage", quote=answer.quote, source=answer.source.split("; ")[0]),)

    def rewritten(self, before: DraftResult, after: DraftResult) -> str:
        """Say how much a model changed."""
        count = sum(1 for _ in differences(before, after))
        return self.say("told.rewritten", number=str(count)) if count else self.say("told.rewritten_none")


@cache
def _sentences(language: Language) -> dict[str, Any]:
    text = resources.files(__package__).joinpath("voices", f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)
