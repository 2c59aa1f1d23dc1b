from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import catalogue
from assistant.catalogue import Catalogue, fold, read_function
from assistant.errors import KnowledgeError
from assistant.goals import LANGUAGES, Metric
from assistant.language import wrong_characters

METRICS = tuple(catalogue.load().metrics.values())
WIDE = re.compile(r"(?<=[\u3400-\u9fff])[,;:!?()](?=[\u3400-\u9fff])")


def texts(metric: Metric, language: str) -> list[str]:
    words = metric.text[language]  # type: ignore[index]
    return [
        words.name, words.definition, words.formula, words.data_source, words.owner, words.baseline_question,
        words.gaming, *words.objectives, *words.initiatives, *words.outcomes,
    ]  # fmt: skip


def test_size() -> None:
    assert len(METRICS) >= 100
    assert len(catalogue.load().functions) >= 15


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_every_metric_speaks_every_language_in_its_own_script(metric: Metric) -> None:
    assert set(metric.text) == set(LANGUAGES)
    for language in ("zh-Hans", "zh-Hant"):
        for text in texts(metric, language):
            assert not wrong_characters(text, language), text  # type: ignore[arg-type]
            assert not WIDE.search(text), text
    assert not re.search(r"[\u3400-\u9fff]", " ".join(texts(metric, "en")))


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_objectives_and_work_hold_no_figures(metric: Metric) -> None:
    for language in LANGUAGES:
        for text in (*metric.text[language].objectives, *metric.text[language].initiatives):
            assert not re.search(r"\d", text)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_every_name_and_alias_finds_its_metric(metric: Metric) -> None:
    lookup = catalogue.default()
    for language in LANGUAGES:
        words = metric.text[language]
        for name in (words.name, *words.aliases):
            hits = lookup.named(name)
            assert any(metric.id in hit.metrics and hit.end - hit.start == len(name) for hit in hits), name


def test_traditional_full_width_and_case_are_read_alike() -> None:
    lookup = catalogue.default()
    for text in ("客户满意度", "客戶滿意度", "ＣＳＡＴ", "csat", "CSAT"):
        assert lookup.named(text)[0].metrics[0] == "csat", text


def test_latin_names_end_at_word_borders() -> None:
    assert not catalogue.default().named("npsx and unpst")


def test_a_broken_file_is_named_with_its_field(tmp_path: Path) -> None:
    broken = tmp_path / "odd.toml"
    broken.write_text('id = "odd"\n[name]\nen = "odd"\n[[metrics]]\nid = "Bad Id"\n', "utf-8")
    with pytest.raises(KnowledgeError, match=r"odd\.toml.*metrics\.0\.id"):
        read_function(broken)
    broken.write_text("not toml at all = = =", "utf-8")
    with pytest.raises(KnowledgeError, match=r"odd\.toml"):
        read_function(broken)


def test_a_reference_to_nothing_is_refused() -> None:
    function = next(iter(catalogue.load().functions.values()))
    stray = function.metrics[0].model_copy(update={"drivers": ("no-such-metric",)})
    with pytest.raises(KnowledgeError, match="no-such-metric"):
        Catalogue((function.model_copy(update={"metrics": (stray, *function.metrics[1:])}),))


@given(st.text(max_size=80))
def test_lookup_takes_any_text(text: str) -> None:
    lookup = catalogue.default()
    assert len(fold(text)) == len(text)
    for hit in lookup.named(text):
        assert 0 <= hit.start < hit.end <= len(text)
    assert lookup.suggest(text) == lookup.suggest(text)
