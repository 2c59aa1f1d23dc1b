"""Makes words of a model, an endpoint or a case fit for one line of text. Knows nothing about runs."""

from __future__ import annotations

import re
import unicodedata

from assistant.evaluation.samples import Sample

_MOST = 300
_MARKDOWN = re.compile(r"([\\\\`*_{}\[\]<>()#+!|~&])")


def line(text: str, most: int = _MOST) -> str:
    """Return text as one line without control and direction characters, cut at `most` characters."""
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    squeezed = " ".join(kept.split())
    return squeezed if len(squeezed) <= most else squeezed[: most - 1] + "…"


def escaped(text: str) -> str:
    """Return text as one line in which nothing has a meaning in Markdown or HTML."""
    return _MARKDOWN.sub(r"\\\1", line(text))


def told(sample: Sample, check: str) -> str:
    """Return why a check is not met."""
    score = sample.scores.get(check)
    if score is None:
        return "the check gave no score"
    return score.why or ("no verdict" if score.passed is None else "not met")
