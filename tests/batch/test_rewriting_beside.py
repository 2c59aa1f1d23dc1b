"""Values in cells beside a goal belong to what its own words count; a measure that shows a wish is no second goal."""

from __future__ import annotations

import pytest

from assistant.batch.rewriting import Rewriter
from tests.batch.test_rewriting_guards import rewriter, rewritten

__all__ = ["rewriter"]


@pytest.mark.parametrize(
    ("text", "target", "baseline", "written"),
    [
        ("降低P1故障", ("目标值", "每月1次以内"), ("现状", "每月4次"), "每月P1故障从 4次减少到 1次"),
        ("降低P1故障", ("目標值", "每月1次以內"), ("現況", "每月4次"), "每月P1故障從 4次減少到 1次"),
        (
            "Reduce P1 incidents",
            ("Target", "at most 1 a month"),
            ("Baseline", "4 a month"),
            "reduce P1 incidents per month from 4 to 1",
        ),
    ],
)
def test_what_the_row_counts_is_not_replaced_by_a_measure_of_ours(
    rewriter: Rewriter, text: str, target: tuple[str, str], baseline: tuple[str, str], written: str
) -> None:
    cells = tuple({"label": label, "value": value} for label, value in (target, baseline))
    result = rewritten(rewriter, text, "", beside=cells)
    assert [written in each.text for each in result.rewrites] == [True], result


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("提升客户满意度，NPS从30升到45", ("NPS从30升到45", "以提升客户满意度")),
        ("提升客戶滿意度，NPS由30升到45", ("NPS由30升到45", "以提升客戶滿意度")),
        ("Improve customer satisfaction, NPS from 30 to 45", ("NPS from 30 to 45", "to improve customer satisfaction")),
    ],
)
def test_a_measure_that_shows_the_wish_before_it_is_one_goal_with_it(
    rewriter: Rewriter, text: str, parts: tuple[str, str]
) -> None:
    result = rewritten(rewriter, text, "Ann")
    assert len(result.rewrites) == 1, result
    assert all(part in result.rewrites[0].text for part in parts)


@pytest.mark.parametrize("text", ["提升客户满意度，首响时长从30分钟降到10分钟", "提升客户满意度；\nNPS从30升到45"])
def test_measures_of_another_kind_or_item_stay_apart(rewriter: Rewriter, text: str) -> None:
    result = rewritten(rewriter, text, "Ann")
    assert result.verdict == "asked" or len(result.rewrites) == 2
