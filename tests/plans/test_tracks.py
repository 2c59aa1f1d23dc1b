"""Planned values by day: on the straight line, worked out, and laid out as a board that raises alerts."""

from __future__ import annotations

import pytest

from assistant.goals.outline import Tracker
from assistant.plans import outlining
from assistant.service import Assistant, make_aim
from tests.plans.made import TODAY, planned


@pytest.mark.parametrize("kind", ["quarterly", "kpi-contract"])
def test_planned_values_lead_from_the_start_to_the_target(kind):
    plan = planned(kind, "zh-Hans")
    (track,) = plan.body.watch.tracks
    values = [each.value for each in track.planned]
    assert values == sorted(values) and values[0] > 80 and values[-1] <= 85
    assert all(each.origin == "computed" and each.figures[0].tentative for each in track.planned)
    boards = [b for s in outlining.outline(plan).sections for b in s.blocks if isinstance(b, Tracker)]
    assert len(boards) == 1 and boards[0].lines[0].planned == tuple(values)
    assert (boards[0].threshold, boards[0].running) == (80, 2)
    assert boards[0].days == tuple(day.day for day in plan.body.watch.track_days)


def test_amounts_worked_out_are_written_in_the_scale_of_what_was_said():
    aim = make_aim("2027年6月底前把销售额从800万元提高到1000万元", today=TODAY, language="zh-Hans")
    plan = Assistant().plan("kpi-contract", aim, llm="offline")
    (track,) = plan.body.watch.tracks
    values = [float(each.text.removesuffix("万元")) for each in track.planned]
    assert all(800 <= value <= 1000 for value in values)
    examples = [each.actual.text for each in plan.body.indicators[0].scoring.examples]
    assert examples == ["800万元", "900万元", "1000万元"]
    assert plan.status == "ready", [gate for gate in plan.verdict.gates if not gate.passed]
