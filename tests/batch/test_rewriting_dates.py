"""Dates of one cell are written in one style."""

from __future__ import annotations

import re

import pytest

from assistant.batch.rewriting import Rewriter
from tests.batch.test_rewriting_guards import rewriter, rewritten

__all__ = ["rewriter"]


@pytest.mark.parametrize(
    ("text", "cell", "spaced"),
    [
        ("把获客成本降到80元以内，完成会员系统上线，同时提升员工敬业度", ("期限", "2027年3月31日"), True),
        ("2027年3月31日前大幅提升客户满意度", ("期限", ""), False),
        ("2027年3月31日前大幅提升客戶滿意度", ("期限", ""), False),
        ("2027 年 3 月 31 日前大幅提升客户满意度", ("期限", ""), True),
    ],
)
def test_dates_of_one_cell_are_in_one_style(rewriter: Rewriter, text: str, cell: tuple[str, str], spaced: bool) -> None:
    result = rewritten(rewriter, text, "李强", beside=({"label": cell[0], "value": cell[1]},))
    assert result.verdict == "rewritten", result
    for each in result.rewrites:
        dates = re.findall(r"\d{4} ?年 ?\d+ ?月 ?\d+ ?日", each.text)
        assert dates and all((" " in date) == spaced for date in dates), each.text
        assert all(number.text in each.text for number in each.numbers)
