"""A document that the user has added: what it is called and how it was read. Knows nothing about files or search."""

from __future__ import annotations

from typing import Literal

from assistant.goals.base import Model, TextLanguage

MAX_DOCUMENT_BYTES = 20_000_000

DocumentFormat = Literal["markdown", "text", "word", "pdf", "workbook", "csv", "html"]
NoticeKind = Literal["encoding", "hidden", "gloss", "mojibake", "chrome", "repeated", "left_out", "cut"]


class DocumentNotice(Model):
    """What a person should know about how a document was read.

    Attributes:
        kind: what was found or done.
        text: one sentence with the place in the file.
        words: what it is about, as it stands in the file; may be empty.
    """

    kind: NoticeKind
    text: str
    words: str = ""


class UserDocument(Model):
    """One of the user's documents, as it is kept.

    Attributes:
        id: stable id, made from the file's bytes.
        name: the file's name, cleaned for showing.
        title: the document's own title, else its name.
        language: language of most of its text.
        encoding: encoding of a text file, '' for others.
        added: when it was added, ISO date and time, UTC.
        size: bytes of the file.
        chunks: pieces that can be found.
    """

    id: str
    name: str
    format: DocumentFormat
    title: str
    language: TextLanguage
    encoding: str
    added: str
    size: int
    chunks: int
    notices: tuple[DocumentNotice, ...] = ()


class DocumentPart(Model):
    """A piece of a document, word for word as it was read.

    Attributes:
        number: place among the pieces of the document, from 1.
        heading: headings above it, '' where there are none.
        place: where it stands in the file, in words of its language: `page 3`, `第 12 行`.
    """

    number: int
    heading: str
    place: str
    language: TextLanguage
    text: str
