"""An objective with key results: each measure has one target, labels stand once."""

from __future__ import annotations

import pytest

from assistant.batch.rewriting import Rewriter
from tests.batch.test_rewriting_guards import rewriter, rewritten

__all__ = ["rewriter"]


@pytest.mark.parametrize(
    ("text", "others", "first"),
    [
        ("O1 让客户爱上我们\nKR1：NPS 从 30 到 45\nKR2：上线新客服系统", ("净推荐值", "比基线提高 5 分"), "O：让客户"),
        ("O1 讓客戶愛上我們\nKR1：NPS 從 30 到 45\nKR2：上線新客服系統", ("淨推薦值",), "O：讓客戶"),
        ("O1 Become the leading platform\nKR1: 100 new customers\nKR2: Launch v2", ("Increase new customers",), "Obj"),
    ],
)
def test_no_measure_gets_a_second_target(rewriter: Rewriter, text: str, others: tuple[str, ...], first: str) -> None:
    result = rewritten(rewriter, text, "", title="2027")
    assert result.verdict == "rewritten", result
    written = result.rewrites[0].text
    assert written.startswith(first) and "O1" not in written
    assert not any(words in written for words in others)
    assert text.split("\n")[2].split(maxsplit=1)[-1].removeprefix("KR2：").casefold() in written.casefold()


def test_a_key_result_that_repeats_a_measure_becomes_work(rewriter: Rewriter) -> None:
    written = rewritten(rewriter, "O：让客户更满意\nKR1：客户满意度到90%\nKR2：提升客户满意度", "").rewrites
    assert all("客户满意度比基线" not in each.text for each in written)
