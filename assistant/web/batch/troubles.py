"""Says in the interface's language why a list cannot be read or a run went wrong, and what was left out of a list.

The rooms below speak plain English; what they say is told apart by its wording, and stands beside our words where it
names a line, a column or a size.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field

from assistant.errors import AssistantError, EmptyInput, NoGoalColumn, StorageError, TooLong
from assistant.web.texts import Texts

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong.

    Attributes:
        key: which of the sentences under `batch_error` tells it.
        detail: the exact words in English, where they say more; '' elsewhere.
    """

    key: str
    detail: str = ""

    def plain(self, words: Texts) -> str:
        """Return it as a sentence."""
        return words.plain(f"batch_error.{self.key}")


@dataclass(frozen=True, slots=True)
class Said:
    """A notice: a sentence under `batch_notice` with its values, or English words where `key` is ''."""

    key: str
    values: dict[str, str] = field(default_factory=dict)
    english: str = ""

    def plain(self, words: Texts) -> str:
        """Return it as a sentence."""
        return words.plain(f"batch_notice.{self.key}", **self.values) if self.key else self.english


_ERRORS = tuple(
    (re.compile(pattern), key, exact)
    for pattern, key, exact in (
        (r"protected by a password", "password", False),
        (r"97-2003|old Office program|binary Excel", "old", False),
        (r"macros", "macros", False),
        (r"has no sheet|has sheet .* hidden|has no sheets", "sheet", False),
        (r"can be read as|: byte 0x|is not text in UTF-8", "encoding", True),
        (r"a quote in column|the heading \d+ \(lines", "cells", True),
        (r"^These lines cannot be read", "lines", True),
        (r"is to be both|are both headed|has no column '|has no table", "columns", True),
        (r"was changed while", "changed", False),
        (r"are possible|has more than|unpacks to|unusually large", "large", True),
        (r"is damaged|not fully downloaded|parts that overlap|a part twice|document type|not UTF-8", "damaged", False),
        (r"is (a|an) (PDF|picture|rich-text|gzip|7z|RAR|ZIP|PowerPoint|OpenDocument|web)|is not text|though its name",
         "kind", False),
    )
)  # fmt: skip
_NOTICES = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"Hidden sheets left out: (?P<names>.+)\.", "hidden_sheets"),
        (r"Sheet '(?P<sheet>.*)': (?P<n>\d+) hidden rows? left out\.", "hidden_rows"),
        (r"Sheet '(?P<sheet>.*)': hidden columns left out\.", "hidden_columns"),
        (r"Sheet '(?P<sheet>.*)': cells left out \(.*?\): (?P<places>.+)\.", "cells"),
        (r"Words deleted by tracked changes are left out\.", "deleted"),
        (r"Hidden words are left out\.", "hidden_words"),
        (r"Text boxes and shapes are left out\.", "boxes"),
        (r"(?P<n>\d+) control characters? read as blanks\.", "controls"),
        (r"Lines that stand beside the goals and were left out: (?P<lines>.+?)(?: and (?P<more>[\d,]+) more)?\.",
         "lines"),
        (r"Paragraphs that stand beside the goals and were left out: (?P<lines>.+?)(?: and (?P<more>[\d,]+) more)?\.",
         "paragraphs"),
        (r"Parts left out by their headings: (?P<names>.+)\.", "parts"),
        (r"Read as (?P<encoding>[\w -]+)[.;,].*", "encoding"),
    )
)  # fmt: skip


def trouble_of(error: Exception) -> Trouble:
    """Return what a person is told of an error."""
    if isinstance(error, EmptyInput):
        return Trouble("empty")
    if isinstance(error, NoGoalColumn):
        return Trouble("no_goals")
    if isinstance(error, TooLong):
        return Trouble("large", str(error))
    if isinstance(error, StorageError | OSError):
        logger.error("A list could not be kept.", exc_info=error)
        return Trouble("storage")
    if not isinstance(error, AssistantError):
        logger.error("The page could not work on a list.", exc_info=error)
        return Trouble("internal")
    for pattern, key, exact in _ERRORS:
        if pattern.search(error.what):
            return Trouble(key, error.what if exact else "")
    return Trouble("other", error.what)


def said_of(notice: str) -> Said:
    """Return a notice of the rooms below as one of the page."""
    for pattern, key in _NOTICES:
        if found := pattern.fullmatch(notice):
            values = {name: value or "" for name, value in found.groupdict().items()}
            if "more" in values:
                values["lines"] += " …" if values.pop("more") else ""
            return Said(key, values)
    return Said("", english=notice)
