"""Typed errors for people: what happened, which value, what to do.

Knows nothing about how an error is shown; the command line prints `str(error)`, the page looks up `code` in its
strings for the user's language.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of every error that a person is meant to read.

    Attributes:
        code: stable key of the error, for translations and logs.
        what: what happened, with the offending value in quotes.
        cure: what the person can do about it; may be empty.
        values: the values named in `what`, for translated messages.
    """

    code = "error"

    def __init__(self, what: str, cure: str = "", **values: str) -> None:
        """Store the message parts; `values` feed the translated messages of the page."""
        super().__init__(what)
        self.what = what
        self.cure = cure
        self.values = values

    def __str__(self) -> str:
        """Return one line: what happened, then the cure."""
        return f"{self.what} {self.cure}".strip()


class UsageError(AssistantError):
    """A command or call was given a value it cannot use."""

    code = "usage"


class RepeatsGoal(UsageError):
    """A value of a plan repeats one of its goals, and is changed there."""

    code = "repeats_goal"


class DoesNotFit(UsageError):
    """Words are not of the kind that their place takes: no day, no number, none of the allowed words."""

    code = "does_not_fit"


class InputError(AssistantError):
    """A text or file cannot be read as goals: empty, too long, not text."""

    code = "input"


class EmptyInput(InputError):
    """There is no text at all."""

    code = "empty"


class NoGoalColumn(InputError):
    """A table can be read, but none of its columns holds goals."""


class NotAGoal(InputError):
    """The text holds no words: one character, only marks, digits or emoji."""

    code = "not_a_goal"


class NotADay(InputError):
    """A field that holds a day was given words that name none."""

    code = "not_a_day"


class TooLong(InputError):
    """The text is longer than can be read as one request."""

    code = "too_long"


class KnowledgeError(AssistantError):
    """A method text, catalogue file or lexicon is missing or broken."""

    code = "knowledge"


class PromptError(AssistantError):
    """A prompt file is missing, broken or was given the wrong variables."""

    code = "prompt"


class JobBusy(AssistantError):
    """Another process holds a run."""

    code = "busy"


class StorageError(AssistantError):
    """The data folder cannot be written or holds something unusable."""

    code = "storage"


class SettingsError(AssistantError):
    """A setting has a value that cannot be used."""

    code = "settings"
