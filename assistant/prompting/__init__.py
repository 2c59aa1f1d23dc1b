"""Prompt files: load, check, render."""

from assistant.prompting.files import FrontMatter, Prompt
from assistant.prompting.library import Library, load
from assistant.prompting.render import RenderedPrompt, fence, neutralise, new_nonce, render, supports

__all__ = [
    "FrontMatter",
    "Library",
    "Prompt",
    "RenderedPrompt",
    "fence",
    "load",
    "neutralise",
    "new_nonce",
    "render",
    "supports",
]
