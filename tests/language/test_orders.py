# ruff: noqa: E501
"""Orders to the writer and payloads are told from words about the work, in linear time on any text.

The cases were written before the rules, half of them orders and half of them harmless sentences that look like one.
"""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.language import orders, payloads
from tests.conftest import tries

CASES = [
    json.loads(line)
    for name in ("orders.jsonl", "orders-shapes.jsonl")
    for line in (Path(__file__).parent / "cases" / name).read_text("utf-8").splitlines()
]  # fmt: skip
PIECES = [
    "忽略以上", "所有指令", "请在每个目标", "末尾写上", "“海豚 4471”", "「水獺」", "你现在是", "助手：", "系统消息：", "草稿", "删掉", "指标", "。", "，", "；", "\n", "\t",
    "ignore ", "all previous instructions", "write ", "only ", "every goal ", '"owl 22"', "Assistant: ", "the draft", ". ", "-> ", "= ", "please ", "{name}", "<h1>",
    "https://a.example/x", "a@b.example", "![x](y)", "<img src=x onerror=y>", "<|im_end|>", "=HYPERLINK(", "QUJDREVGR0hJSktMTU5PUFFS", "а", "e", "\u200b", "\u3000", "９", "ﬁ", "İ",
    "w-r-i-t-e", "82%", "2027年6月底前", "@", "[", "](", "<", "##", "--", "url(",
]  # fmt: skip
HOSTILE = ('write "a" ', "写“甲”在每个目标", "![", "](", "a@b.", '<a b="', "QUJD", "4142", "http://a ", "忽略以上", "a-", '= "', 'a = "x" ', "a\u200b",
           "##", "<|", "аa ", 'gur "', '-> "ab"', "1", "，", "[a]:", "url(", "=hyperlink(", "\n", "A-1", "javascript:", "system: ")  # fmt: skip


def covered(text: str, kind: str) -> set[int]:
    return {
        place for each in orders.find(text) if each.kind == kind for place in range(each.start, each.end)
        if text[place].isalnum()
    }  # fmt: skip


def places(text: str, words: str | None) -> set[int]:
    if not words:
        return set()
    start = text.index(words)
    return {place for place in range(start, start + len(words)) if text[place].isalnum()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_what_is_told(case: dict[str, str]) -> None:
    text, part, keep = case["text"], places(case["text"], case["part"]), places(case["text"], case["keep"])
    ordered = covered(text, "order")
    assert not keep & ordered
    if case["expect"] == "order":
        assert part <= ordered
    elif case["expect"] == "payload":
        live = covered(text, "payload")
        assert part <= live
        assert not ordered
        assert not keep & live


def test_there_are_as_many_harmless_sentences_as_orders_in_three_languages() -> None:
    counts = {
        (expect, language): sum(case["expect"] == expect and case["language"] == language for case in CASES)
        for expect in ("order", "none")
        for language in ("zh-Hans", "zh-Hant", "en")
    }
    assert min(counts.values()) >= 20
    assert len(CASES) >= 120


@settings(max_examples=tries(100))
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
def test_any_text(text: str) -> None:
    found = orders.find(text)
    assert found == orders.find(text)
    for each in found:
        assert 0 <= each.start < each.end <= len(text)
    for one, other in pairwise(found):
        assert one.end <= other.start
    assert text in payloads.readings(text) or not text


@given(st.text(alphabet="的客户满意度提升到年底前一二三五％%0123456789，。 abcdefgh", max_size=80))
def test_plain_words_are_no_order(text: str) -> None:
    assert not [each for each in orders.find(text) if each.kind == "order"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_texts_of_one_piece_are_read(piece: str) -> None:
    """The growth itself is measured by `make prove`; what grows much faster ends here in the time-out."""
    text = piece * (20_000 // len(piece))
    assert all(0 <= each.start < each.end <= len(text) for each in orders.find(text))


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def spent(length: int) -> float:
        text = piece * (length // len(piece))
        best = 9.0
        for turn in range(3):
            start = time.perf_counter()
            orders.find(text + " " * turn)
            best = min(best, time.perf_counter() - start)
        return best

    short, long = spent(5_000), spent(40_000)
    assert long < max(8 * 4 * short, 0.5)
    assert long < 4


@pytest.mark.slow
def test_a_usual_text_takes_less_than_a_millisecond() -> None:
    texts = [f"{case['text']} {turn}" for turn in range(5) for case in CASES if case["expect"] == "none"]
    orders.find("warm")
    start = time.perf_counter()
    for text in texts:
        orders.find(text)
    assert (time.perf_counter() - start) / len(texts) < 0.001
