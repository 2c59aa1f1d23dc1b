"""The three calls that programs make: judge a goal, draft goals, search the method texts. Plain JSON in and out."""

from assistant.tools.calls import Tools

__all__ = ["Tools"]
