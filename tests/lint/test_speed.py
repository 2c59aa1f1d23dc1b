"""How many goals a second are judged on one core, all different."""

from __future__ import annotations

import time
from datetime import date

import pytest

from assistant.lint import lint_text

SHAPES = (
    "客服{n}组在2027年3月31日前将首次响应时间从{a}秒缩短到{b}秒",
    "2027年6月底前把第{n}门店的退货率从{a}%降到{b}%，数据取自订单系统，店长每周公布",
    "大幅提升{n}号产线的质量意识，尽快见效",
    "業務{n}課於2027年9月30日前將續約率自{b}%提升到{a}%",
    "Team {n} reduces average settlement time from {a} days to {b} days by 30 June 2027",
    "Increase trial sign-ups of product {n} by {b}% by the end of Q3",
)


@pytest.mark.slow
def test_a_thousand_goals_a_second():
    texts = [SHAPES[n % len(SHAPES)].format(n=n, a=n % 40 + 50, b=n % 40 + 7) for n in range(3_000)]
    for text in texts[:60]:
        lint_text(text, today=date(2026, 11, 21))
    start = time.process_time()
    for text in texts:
        lint_text(text, today=date(2026, 11, 21))
    rate = len(texts) / (time.process_time() - start)
    assert rate >= 1_000, f"{rate:.0f} goals a second"
