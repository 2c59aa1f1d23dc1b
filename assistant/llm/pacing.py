"""How much may go on at once, and how much may be spent. Knows nothing about what goes on."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.llm.closing import ENDS_ALL

_GROW_AFTER = 4
_BREAKER = 8


@dataclass
class AdaptiveLimit:
    """The number of samples under way: halved when the endpoint is busy, grown by one after a run of successes.

    Additive increase and multiplicative decrease, as in Chiu and Jain 1989. Answers to requests that were already
    under way when the limit was halved do not halve it again.

    Attributes:
        most: the number asked for; the limit never exceeds it.
        now: the present limit, at least 1.
    """

    most: int
    now: int = field(init=False)
    _calm: int = field(default=0, init=False)
    _grace: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.now = max(1, self.most)

    def note(self, *, busy: bool) -> None:
        """Take note of one finished sample; `busy` where the endpoint turned a try away."""
        if self._grace:
            self._grace -= 1
            if busy:
                return
        if busy:
            self._grace = self.now - 1
            self.now = max(1, self.now // 2)
            self._calm = 0
            return
        self._calm += 1
        if self._calm >= _GROW_AFTER and self.now < self.most:
            self.now += 1
            self._calm = 0


@dataclass
class Budget:
    """What a run may cost.

    Attributes:
        most: the cap, None for no cap; `spent` is the sum so far, with unknown parts left out.
    """

    most: float | None = None
    spent: float = 0.0
    known: bool = True

    def add(self, cost: float | None, *, called: bool) -> None:
        """Add the cost of a sample; None after a call means that the sum is a lower bound."""
        if cost is not None:
            self.spent += cost
        elif called:
            self.known = False

    @property
    def used_up(self) -> bool:
        """Whether nothing more may be started: the cap is reached, or nobody can say how far it is."""
        return self.most is not None and (self.spent >= self.most or not self.known)

    @property
    def why(self) -> str:
        """Why nothing more may be started."""
        if not self.known:
            return "the endpoint does not report what its answers used, so the cost cannot be capped"
        return "the cost has reached its cap"


@dataclass
class Breaker:
    """Ends a run whose endpoint is gone: after a failure that all further calls would share, or many in a row."""

    most: int = _BREAKER
    in_a_row: int = 0
    why: str = ""

    def note(self, kind: str | None, message: str = "") -> None:
        """Take note of one sample: the kind of its failure, None where it has an answer."""
        if kind is None:
            self.in_a_row = 0
            return
        if kind in {"not_recorded", "crash"}:
            return
        self.in_a_row += 1
        if kind in ENDS_ALL or kind == "storage":
            self.why = message
        elif self.in_a_row >= self.most:
            self.why = f"{self.in_a_row} in a row had no answer: {message}"

    @property
    def open(self) -> bool:
        """Whether nothing more may be started."""
        return bool(self.why)
