"""Results as text, JSON, Markdown and SARIF."""

from assistant.render.draft_markdown import markdown
from assistant.render.draft_text import text

__all__ = ["markdown", "text"]
