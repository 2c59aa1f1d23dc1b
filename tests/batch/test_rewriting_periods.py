"""A year or quarter that holds the deadline is no second deadline."""

from __future__ import annotations

import pytest

from assistant.batch.rewriting import Rewriter
from tests.batch.test_rewriting_guards import rewriter, rewritten

__all__ = ["rewriter"]


@pytest.mark.parametrize(
    ("text", "label", "day", "title", "verdict"),
    [
        ("新客转化率由 2% 提到 3%", "期限", "2027-06-30", "2027 年目标", "kept"),
        ("新客转化率由 2% 提到 3%", "期限", "2028-06-30", "2027 年目标", "asked"),
        ("新客转化率由 2% 提到 3%", "期限", "2027-12-31", "2027 年第二季度", "asked"),
        ("新客轉換率由 2% 提到 3%", "期限", "2027-06-30", "2027 年度目標", "kept"),
        ("新客轉換率由 2% 提到 3%", "期限", "2028-06-30", "2027 年度目標", "asked"),
        ("Raise trial conversion from 2% to 3%", "Due", "2027-06-30", "Goals 2027", "kept"),
        ("Raise trial conversion from 2% to 3%", "Due", "2027-06-30", "Goals for 2028", "asked"),
    ],
)
def test_only_a_period_without_the_deadline_is_asked_about(
    rewriter: Rewriter, text: str, label: str, day: str, title: str, verdict: str
) -> None:
    result = rewritten(rewriter, text, "李强", beside=({"label": label, "value": day},), title=title)
    assert result.verdict == verdict, result
