"""Values that stand on both sides of the wall around the documents room, which may not know the domain's documents."""

from __future__ import annotations

from assistant.documents import MAX_BYTES, cutting
from assistant.goals import MAX_DOCUMENT_BYTES
from assistant.retrieval import passages


def test_a_command_reads_just_as_many_bytes_as_a_document_may_have() -> None:
    assert MAX_DOCUMENT_BYTES == MAX_BYTES


def test_headings_are_taken_apart_where_they_were_joined() -> None:
    assert passages.HEADING_JOINT == cutting.JOINED_BY
