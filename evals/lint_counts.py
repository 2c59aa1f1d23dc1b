"""The arithmetic of the linter's measurement: shares, precision, recall, F1, and how sure they are.

Knows nothing about what is counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.evaluation.statistics import wilson


@dataclass(frozen=True)
class Share:
    """`hits` of `total`."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The proportion, None of nothing."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson interval at 95 %, None of nothing."""
        return wilson(self.hits, self.total) if self.total else None


@dataclass(frozen=True)
class Count:
    """What was found rightly, what was found falsely, what was missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> Share:
        """The share of what was found that is right."""
        return Share(self.right, self.right + self.false)

    @property
    def recall(self) -> Share:
        """The share of what is there that was found."""
        return Share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall, None where there is nothing to find and nothing was found."""
        return _f1(self._overlap.value)

    @property
    def f1_interval(self) -> tuple[float, float] | None:
        """The interval of F1 at 95 %, from the Wilson interval of the Jaccard share J, as F1 = 2J / (1 + J)."""
        if self._overlap.interval is None:
            return None
        low, high = (_f1(bound) or 0.0 for bound in self._overlap.interval)
        return low, high

    @property
    def _overlap(self) -> Share:
        return Share(self.right, self.right + self.false + self.missed)


def _f1(overlap: float | None) -> float | None:
    return None if overlap is None else 2 * overlap / (1 + overlap)
