"""Puts what a person said under a label into its place, a blank with its question where nothing was said.

Knows nothing about kinds of plans.
"""

from __future__ import annotations

from assistant.drafting.lines import Line
from assistant.goals import Source
from assistant.goals.plan import Said, Step
from assistant.plans.labelled import Topic, told
from assistant.plans.writing import Writer


def items(w: Writer, *topics: Topic) -> tuple[Said, ...]:
    """Return every item said under any of the labels."""
    return tuple(
        w.stated(item, each.source) for topic in topics for each in told(_texts(w), topic) for item in each.items
    )


def pairs(w: Writer, topic: Topic) -> tuple[tuple[Line, str], ...]:
    """Return every item said under a label with the key of its text, for callers that look into the words."""
    return tuple((item, each.source) for each in told(_texts(w), topic) for item in each.items)


def whole(w: Writer, topic: Topic, question: str) -> Said:
    """Return the first stretch said under a label, unsplit; else a blank that asks."""
    found = next(iter(told(_texts(w), topic)), None)
    return w.stated(found.words, found.source) if found else w.blank(question)


def some(w: Writer, topic: Topic, question: str, prompt: str = "") -> tuple[Said, ...]:
    """Return the items said under a label; else a blank that asks, and a prompt where to look for the answer."""
    found = items(w, topic)
    if found:
        return found
    return (w.blank(question), *((w.propose(prompt, "prompt"),) if prompt else ()))


def steps(
    w: Writer, part: str, *keys: str, owner: bool = False, when: bool = False, output: bool = False
) -> tuple[Step, ...]:
    """Return steps proposed at `kind.PART.KEY`: name, text, and owner, when, output where the step shall have them."""
    return tuple(
        Step(
            name=w.propose(f"kind.{part}.{key}.name"),
            content=w.propose(f"kind.{part}.{key}.text"),
            owner=w.propose(f"kind.{part}.{key}.owner", "role") if owner else None,
            when=w.propose(f"kind.{part}.{key}.when") if when else None,
            output=w.propose(f"kind.{part}.{key}.made") if output else None,
        )
        for key in keys
    )


def _texts(w: Writer) -> tuple[Source, ...]:
    return tuple(each for each in w.g.brief.sources if not each.key.startswith("option:"))
