from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.offline.schedule import month_end, plan, working_day

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@given(DAYS, st.integers(-400, 2000), st.integers(0, 60))
def test_dates_are_in_order(today: date, ahead: int, lag: int) -> None:
    deadline = today + timedelta(days=ahead)
    made = plan(today, deadline, lag)
    assert made.start <= made.measure_by <= made.midpoint
    assert made.deadline == deadline <= made.readout
    assert made.readout.weekday() < 5
    assert made.months >= 1
    if ahead > 14:
        assert today < made.start <= made.measure_by <= made.midpoint <= deadline
        assert made.start.weekday() == 0


def test_half_a_year_from_november_ends_in_may() -> None:
    assert month_end(date(2026, 11, 21), 6) == date(2027, 5, 31)
    assert month_end(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert month_end(date(2026, 1, 31), -1) == date(2025, 12, 31)


def test_a_weekend_moves_to_monday() -> None:
    assert working_day(date(2026, 11, 21)) == date(2026, 11, 23)
    assert working_day(date(2026, 11, 20)) == date(2026, 11, 20)
