"""Reading of goal texts in Chinese and English."""

from assistant.language.reader import read
from assistant.language.scripts import detect, is_script, to_hans, wrong_characters

__all__ = ["detect", "is_script", "read", "to_hans", "wrong_characters"]
