"""Cuts method texts into passages, one idea each, with ids that stay the same from build to build.

Knows nothing about embedding, index or ranking.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable

from assistant.goals import Model, Passage
from assistant.goals.method import MethodText
from assistant.retrieval.vectors import digest

LONGEST_PASSAGE = 1_500
"""Characters; a longer section is cut at paragraphs and sentences."""

_LEAD = {"zh-Hans": 80, "zh-Hant": 80, "en": 200}
"""Characters of a text that are embedded after its headings. The whole text finds no better and takes three times as
long: half a minute more for a first build."""

_OWN_LEAD = {"en": 160}
_OWN_HEADING = 40
HEADING_JOINT = " › "
"""Between the headings above a piece of a document."""

_UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Piece(Model):
    """A passage as it can be found.

    Attributes:
        passage: what is returned; its score is filled in by a search.
        heading: the section's heading, which weighs more than the text in lexical search.
        group: shared by the versions of one section in several languages.
        asked: how people ask for the section; found by, never shown.
        own: True for a piece of the user's own documents.
    """

    passage: Passage
    heading: str
    group: str
    asked: tuple[str, ...] = ()
    own: bool = False

    @property
    def to_embed(self) -> str:
        """Return what the embedding reads: title, heading and the text's beginning; of the user's own pieces less.

        All pieces of a document have its title, which tells none from another, and there may be thousands of them.
        """
        if self.own:
            nearest = self.heading.rpartition(HEADING_JOINT)[2][:_OWN_HEADING]
            return scrub(f"{nearest}\n{self.passage.text[: _OWN_LEAD.get(self.passage.language, 60)]}")
        return scrub(f"{self.passage.title}\n{self.passage.text[: _LEAD.get(self.passage.language, 80)]}")


class Row(Model):
    """A text that is embedded, with the position of the piece it leads to."""

    piece: int
    text: str

    @property
    def digest(self) -> str:
        """Return a digest of the text, by which its vector is found again."""
        return digest(self.text)


def text_rows(pieces: Iterable[Piece]) -> tuple[Row, ...]:
    """Return one row a piece, for what it says."""
    return tuple(Row(piece=position, text=piece.to_embed) for position, piece in enumerate(pieces))


def question_rows(pieces: Iterable[Piece]) -> tuple[Row, ...]:
    """Return one row for every way in which people ask for a piece."""
    return tuple(
        Row(piece=position, text=scrub(question)) for position, piece in enumerate(pieces) for question in piece.asked
    )


def scrub(text: str) -> str:
    """Return the text without NUL, control characters and lone surrogates, which embedding and stores cannot take."""
    return _UNUSABLE.sub(" ", text).strip()


def split(texts: Iterable[MethodText]) -> tuple[Piece, ...]:
    """Return the passages of all texts: one section, one passage, unless it is too long."""
    texts = tuple(texts)
    counts: dict[str, set[int]] = {}
    for text in texts:
        counts.setdefault(text.topic, set()).add(len(text.sections))
    pieces = []
    for text in texts:
        for number, section in enumerate(text.sections, start=1):
            key = f"{text.topic}.{text.language}#{number}"
            # Versions are matched by their place, which only holds where all languages have the same sections.
            group = f"{text.topic}#{number}" if len(counts[text.topic]) == 1 else key
            for part, body in enumerate(_cut(section.text), start=1):
                pieces.append(
                    Piece(
                        passage=Passage(
                            id=key if part == 1 else f"{key}-{part}",
                            topic=text.topic,
                            title=f"{text.title} · {section.heading}",
                            language=text.language,
                            score=0.0,
                            source="; ".join(source.rstrip(".") for source in text.sources),
                            text=body,
                        ),
                        heading=section.heading,
                        group=group if part == 1 else f"{group}-{part}",
                        asked=section.asked if part == 1 else (),
                    )
                )
    return tuple(pieces)


def _cut(text: str) -> list[str]:
    if len(text) <= LONGEST_PASSAGE:
        return [text]
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=LONGEST_PASSAGE,
        chunk_overlap=0,
        separators=["\n\n", "\n", "。", "！", "？", "；", ". ", "! ", "? ", "; ", "，", ", ", " ", ""],
        keep_separator="end",
    )
    return splitter.split_text(text)


def fingerprint(rows: Iterable[Row], embedding: str, version: int) -> str:
    """Return a digest over all that an index depends on: texts, embedding and the index's own format."""
    whole = hashlib.sha256(f"{version}\n{embedding}\n".encode())
    for row in rows:
        whole.update(json.dumps(row.model_dump(), ensure_ascii=True, sort_keys=True).encode())
        whole.update(b"\n")
    return whole.hexdigest()
