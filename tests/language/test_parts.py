# ruff: noqa: E501
"""The small parts of the reader: scripts, plain form, numerals, calendar, word lists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import calendar, detect, is_script, to_hans, wrong_characters
from assistant.language.lexicon import lexicon
from assistant.language.normalise import Plain
from assistant.language.numerals import arabic, chinese, english, plain_decimal


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("提升客户满意度", "zh-Hans"),
        ("提升客戶滿意度", "zh-Hant"),
        ("完成3次培育", "zh"),
        ("CSAT提升到90%", "zh"),
        ("Raise CSAT", "en"),
        ("", "en"),
        ("Raise 客戶 satisfaction", "zh-Hant"),
        ("台北面店只有里后", "zh"),
        ("第2季後完成", "zh-Hant"),
        ("日本語ABC", "zh-Hant"),
    ],
)
def test_detect(text: str, language: str) -> None:
    if text == "日本語ABC":
        assert detect(text).startswith("zh")
    else:
        assert detect(text) == language


def test_wrong_characters() -> None:
    assert wrong_characters("提升客戶满意度", "zh-Hans") == ((3, "戶"),)
    assert wrong_characters("提升客戶满意度", "zh-Hant") == ((4, "满"),)
    assert [place for place, _ in wrong_characters("Raise 満意 now", "en")] == [6, 7]
    assert is_script("台灣的面和里", "zh-Hant") and is_script("面和里，后天", "zh-Hans")
    assert is_script("后台里面", "zh-Hant") and not is_script("體驗", "zh-Hans") and not is_script("体验", "zh-Hant")


def test_to_hans_keeps_length() -> None:
    assert to_hans("專案的轉換率與營收") == "专案的转换率与营收"


def test_plain_form() -> None:
    plain = Plain("達(dá)成率８５％，Ａ①½“Q2”…")
    assert plain.cased == '达成率85%,A●.5"Q2"…'
    start = plain.low.index("85%")
    assert plain.span(start, start + 3) == (7, 10)
    assert Plain("部門負責人(A)(KPI)").low == "部门负责人(a)(kpi)"


@given(st.integers(min_value=0, max_value=999_999_999))
def test_chinese_numerals_against_an_oracle(number: int) -> None:
    assert chinese(cn2an.an2cn(str(number), "low")) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三点五亿", "350000000"), ("两千三", "2300"), ("一百二", "120"), ("三万五", "35000"), ("一千零五", "1005"), ("二〇二七", "2027"), ("十", "10"),
        ("2万5千", "25000"), ("1亿2000万", "120000000"), ("十二点五", "12.5"),
    ],
)  # fmt: skip
def test_chinese_numeral(text: str, value: str) -> None:
    assert chinese(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "点", "三点", "万", "abc", "三个"])
def test_no_chinese_numeral(text: str) -> None:
    assert chinese(text) is None


def test_english_and_arabic_numerals() -> None:
    assert english(["two", "hundred", "and", "five"]) == 205
    assert english(["twenty", "five"]) == 25
    assert english(["three", "million"]) == 3_000_000
    assert english(["the"]) is None and english([]) is None
    assert arabic("1,200.5") == Decimal("1200.5") and arabic("x") is None
    assert plain_decimal(Decimal("10.50")) == "10.5" and plain_decimal(Decimal("100")) == "100"


def test_calendar() -> None:
    assert calendar.add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert calendar.add_workdays(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert calendar.add_workdays(date(2026, 11, 21), 10) == date(2026, 12, 4)
    assert calendar.quarter_span(2027, 5) is None and calendar.day(2027, 2, 30) is None
    assert calendar.add_months(date(2026, 1, 1), 10**6) is None
    assert calendar.festival("spring", 2027) == date(2027, 2, 6)
    assert calendar.festival("eve", 2027) == date(2027, 2, 5)
    assert calendar.festival("mid-autumn", 2028) == date(2028, 10, 3)
    assert calendar.festival("easter", 2027) == date(2027, 3, 28)
    assert calendar.festival("thanksgiving", 2026) == date(2026, 11, 26)
    assert calendar.festival("spring", 2100) is None
    assert calendar.next_festival("12-25", date(2026, 12, 26)) == date(2027, 12, 25)


@pytest.mark.parametrize("year", range(2020, 2041))
def test_lunar_table(year: int) -> None:
    spring, dragon, autumn = (calendar.festival(name, year) for name in ("spring", "dragon", "mid-autumn"))
    assert spring and dragon and autumn
    assert date(year, 1, 20) < spring < date(year, 2, 21)
    assert 118 <= (dragon - spring).days <= 155 and 95 <= (autumn - dragon).days <= 130


@pytest.mark.parametrize("language", ["zh", "en"])
def test_word_lists(language: str) -> None:
    words = lexicon(language)  # type: ignore[arg-type]
    assert len(words.phrases.entries) > 600
    for word in words.phrases.entries:
        assert word == word.lower() and word.strip() == word and word
        if language == "zh":
            assert is_script(word, "zh-Hans"), word
