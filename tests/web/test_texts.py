import re
import string
from datetime import date

import pytest

from assistant import errors
from assistant.goals import LANGUAGES
from assistant.web.texts import interface_language, long_date, texts


def places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_every_language_has_the_same_strings_and_places() -> None:
    tables = {language: texts(language)._strings for language in LANGUAGES}
    assert set(tables["zh-Hans"]) == set(tables["zh-Hant"]) == set(tables["en"])
    for key, words in tables["en"].items():
        for language in ("zh-Hans", "zh-Hant"):
            assert places(words) == places(tables[language][key]), (language, key)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_chinese_strings_use_full_width_marks(language: str) -> None:
    han = r"[\u4e00-\u9fff]"
    for key, words in texts(language)._strings.items():
        assert not re.search(rf"{han}\s*[,;:!?()]|[,;!?()]\s*{han}", words), key


def test_scripts_are_not_mixed() -> None:
    only_simplified, only_traditional = set("们这还说个话写设关发现数"), set("們這還說個話寫設關發現數")
    assert not only_traditional & set("".join(texts("zh-Hans")._strings.values()))
    assert not only_simplified & set("".join(texts("zh-Hant")._strings.values()))


def test_every_error_has_words_or_a_general_answer() -> None:
    known = [cls.code for cls in vars(errors).values() if isinstance(cls, type) and cls.__module__ == errors.__name__]
    for code in {*known} - {"error"}:
        assert f"error.{code}" in texts("en") or "error.other" in texts("en")
    for code in ("empty", "not_a_goal", "too_long", "storage", "knowledge", "settings", "internal"):
        assert f"error.{code}" in texts("en")


def test_values_are_never_read_as_templates() -> None:
    assert texts("en").plain("error.too_long", limit="{limit.__class__}").startswith("That is too long: {limit.")


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("zh-TW,zh;q=0.9", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-Hant", "zh-Hant"),
        ("en-GB,zh", "en"),
        ("fr-FR,zh-HK;q=0.5", "zh-Hant"),
        ("fr", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_interface_language_follows_the_browser(wanted: str | None, language: str) -> None:
    assert interface_language(wanted) == language


def test_dates_are_written_out() -> None:
    assert long_date(date(2027, 6, 30), "zh-Hant") == "2027 年 6 月 30 日"
    assert long_date(date(2027, 6, 30), "en") == "30 June 2027"
