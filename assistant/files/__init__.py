"""Opens a file as what it holds: text, a workbook or a Word document. Knows nothing about goals."""

from assistant.files.document import Document, Paragraph, Row, Table, Text, Word, Workbook
from assistant.files.opening import open_document, open_path
from assistant.files.saving import write_atomically

__all__ = [
    "Document",
    "Paragraph",
    "Row",
    "Table",
    "Text",
    "Word",
    "Workbook",
    "open_document",
    "open_path",
    "write_atomically",
]
