from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import catalogue
from assistant.drafting.offline.targets import propose

METRICS = sorted(catalogue.load().metrics)
VALUES = st.decimals("0.01", "100000", places=2)


@given(st.sampled_from(METRICS), VALUES)
def test_a_proposal_is_better_than_the_baseline_and_legal(id: str, value: Decimal) -> None:
    metric = catalogue.load().metrics[id]
    if metric.maximum is not None:
        value = min(value, metric.maximum - Decimal("0.5"))
    direction = "up" if metric.direction == "keep" else metric.direction
    offer = propose(metric, direction, value, metric.unit)
    assert offer.level is not None
    assert offer.level > value if direction == "up" else offer.level < value
    if direction == "up" and metric.maximum is not None:
        assert offer.level <= metric.maximum
    if direction == "down":
        assert offer.level >= 0


@pytest.mark.parametrize(
    ("baseline", "direction", "level"),
    [
        ("82", "up", "90"),
        ("6.5", "down", "5.9"),
        ("0.5", "down", "0.45"),
        ("1200", "up", "1320"),
        ("24567", "up", "27000"),
    ],
)
def test_levels_are_as_round_as_the_baseline(baseline: str, direction: str, level: str) -> None:
    offer = propose(None, direction, Decimal(baseline), "")  # type: ignore[arg-type]
    assert offer.level == Decimal(level)


def test_close_to_the_limit_only_half_the_rest_is_asked_for() -> None:
    metric = catalogue.load().metrics["csat"]
    offer = propose(metric, "up", Decimal("97"), "%")
    assert offer.halved
    assert offer.level == Decimal("98.5")


def test_without_a_baseline_there_is_a_step_but_no_level() -> None:
    offer = propose(catalogue.load().metrics["csat"], "up", None, "")
    assert offer.level is None
    assert offer.step.value > 0
