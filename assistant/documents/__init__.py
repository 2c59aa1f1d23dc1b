"""Reads a user's document into clean, citable pieces. Knows nothing about where documents are kept or searched."""

from assistant.documents.document import Chunk, Document, Format, Notice, Place
from assistant.documents.reading import MAX_BYTES, MAX_CHARACTERS, MAX_CHUNKS, read_document

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "MAX_CHUNKS",
    "Chunk",
    "Document",
    "Format",
    "Notice",
    "Place",
    "read_document",
]
