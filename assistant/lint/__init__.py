"""Judges goals: findings, traits and a scorecard for each. Deterministic, offline, without a clock."""

from assistant.lint.check import lint_records
from assistant.lint.documents.record import Record
from assistant.lint.drafts import lint_draft_goal
from assistant.lint.engine import lint_text
from assistant.lint.fixes import fixed_document, mended
from assistant.lint.records import document_records, read_records, unread_lines, unread_parts
from assistant.lint.registry import all_rules, choose, find_rule

__all__ = [
    "Record",
    "all_rules",
    "choose",
    "document_records",
    "find_rule",
    "fixed_document",
    "lint_draft_goal",
    "lint_records",
    "lint_text",
    "mended",
    "read_records",
    "unread_lines",
    "unread_parts",
]
