"""A method text as it can be read and searched. Knows nothing about files or passages."""

from __future__ import annotations

from assistant.goals.base import Language, Model


class Section(Model):
    """One idea of a method text, under its heading.

    Attributes:
        asked: how people ask for it, in the text's language; see `retrieval.questions.join`.
    """

    heading: str
    text: str
    asked: tuple[str, ...] = ()


class MethodText(Model):
    """One method topic in one language.

    Attributes:
        topic: topic key, the file name's first part.
        sources: published works and standards that the text rests on.
        related: keys of neighbouring topics.
    """

    topic: str
    title: str
    language: Language
    sources: tuple[str, ...]
    related: tuple[str, ...] = ()
    sections: tuple[Section, ...]
