"""The method texts are complete, paired over three languages, written for their readers, and our own."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from assistant.goals import LANGUAGES, Language
from assistant.goals.method import MethodText
from assistant.language import wrong_characters
from assistant.retrieval import methods, questions
from tests.knowledge import overlap, prose

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "knowledge" / "methods"
TOPICS = (
    *("smart", "okr", "kpi-design", "weights-and-scoring", "baseline-and-benchmarks", "strategy-alignment"),
    *("resource-check", "decomposition-wbs", "raci", "cascading", "checkpoints-reviews", "adjusting-goals"),
    *("incentives", "enablement-training", "retrospective", "annual-plan", "career-plan", "project-plan"),
    *("sales-marketing-plan", "process-improvement-plan", "goal-balance", "common-pitfalls"),
    *("metrics-customer-service", "metrics-ecommerce", "metrics-software", "metrics-hr", "metrics-finance"),
)
"""Topics that must be there; others may be added."""

SECTIONS = range(5, 9)
LENGTHS: dict[Language, range] = {
    "en": range(60, 131),
    "zh-Hans": range(100, 261),
    "zh-Hant": range(100, 261),
}
"""English words or Chinese characters of one section, as knowledge/README.md asks."""

WEAK_AND_STRONG: dict[Language, tuple[str, str]] = {
    "en": (r"\bWeak(?: \(example\))?:", r"\bStrong(?: \(example\))?:"),
    "zh-Hans": ("弱(?:（例）)?：", "强(?:（例）)?："),
    "zh-Hant": ("弱(?:（例）)?：", "強(?:（例）)?："),
}
_CITED_YEAR = re.compile(r"[（(][^（）()]{0,60}?((?:19|20)\d\d)[）)]")
PRESENT = sorted({path.name.split(".")[0] for path in FOLDER.glob("*.*.md")})
OWN_TEXTS = sorted(
    path
    for folder in ("knowledge", "prompts", "assistant/drafting/voices")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".md", ".toml", ".txt"}
)

every_topic = pytest.mark.parametrize("topic", PRESENT)
every_text = pytest.mark.parametrize(("topic", "language"), [(t, lang) for t in PRESENT for lang in LANGUAGES])


@cache
def read(topic: str, language: Language) -> MethodText:
    return methods.read(FOLDER / f"{topic}.{language}.md")


def written(text: MethodText) -> list[str]:
    """Everything that a reader sees, piece by piece."""
    return [text.title, *(piece for section in text.sections for piece in (section.heading, section.text))]


def test_fixed_topics_are_covered() -> None:
    assert set(TOPICS) <= set(PRESENT)


@every_topic
def test_languages_are_paired(topic: str) -> None:
    texts = [read(topic, language) for language in LANGUAGES]
    assert len({len(text.sections) for text in texts}) == 1
    assert len({text.sources for text in texts}) == 1
    assert len({text.related for text in texts}) == 1


@every_topic
def test_neighbours_exist(topic: str) -> None:
    related = read(topic, "en").related
    assert set(related) <= set(PRESENT) - {topic}
    assert len(related) == len(set(related)) > 0


@every_text
def test_sections_are_passages(topic: str, language: Language) -> None:
    text = read(topic, language)
    assert len(text.sections) in SECTIONS
    for section in text.sections:
        assert "\n" not in section.text, f"{section.heading}: more than one paragraph"
        size = prose.length(section.text, language)
        assert size in LENGTHS[language], f"{section.heading}: {size}"


@every_text
def test_a_weak_and_a_strong_example(topic: str, language: Language) -> None:
    weak, strong = WEAK_AND_STRONG[language]
    sections = read(topic, language).sections
    assert any(re.search(weak, section.text) and re.search(strong, section.text) for section in sections)


@every_text
def test_cited_years_are_among_the_sources(topic: str, language: Language) -> None:
    text = read(topic, language)
    years = {year for piece in written(text) for year in _CITED_YEAR.findall(piece)}
    assert [year for year in sorted(years) if not any(year in source for source in text.sources)] == []


@every_text
def test_prose_is_written_for_its_readers(topic: str, language: Language) -> None:
    defects = []
    for piece in written(read(topic, language)):
        defects += [f"mark: {found}" for found in prose.marks(piece, language)]
        defects += [f"word: {found}" for found in prose.words(piece, language)]
        defects += [f"script: {char}" for _, char in wrong_characters(piece, language)]
    assert defects == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_twice(language: Language) -> None:
    headings = Counter(section.heading for topic in PRESENT for section in read(topic, language).sections)
    assert [heading for heading, count in headings.items() if count > 1] == []


@pytest.mark.parametrize("path", OWN_TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_sentences_are_our_own(path: Path) -> None:
    assert overlap.shared(path.read_text("utf-8")) == []


def test_overlap_is_found_in_either_script_and_over_line_ends() -> None:
    probe = "这一句只为检验比对有没有\n起作用，不出自任何文件。"
    assert len(overlap.shared(probe)) == len("".join(probe.split())) - overlap.RUN + 1
    assert overlap.shared("這一句只為檢驗比對有沒有 起作用") != []
    assert overlap.shared("这一句只为检验比对有没") == []
    assert overlap.shared("") == []


def test_overlap_table_is_whole() -> None:
    raw = overlap.TABLE.read_bytes()
    assert len(raw) == len(overlap.known()) * overlap.DIGEST
    assert len(overlap.known()) > 30_000


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("目标,要写清", "zh-Hans"),
        ("权重 (例)", "zh-Hans"),
        ("先看， 再改", "zh-Hans"),
        ("先看，。再改", "zh-Hans"),
        ("他说「好」", "zh-Hans"),
        ("他说“好", "zh-Hans"),
        ("他說“好”", "zh-Hant"),
        ("（例", "zh-Hant"),
        ("」例「", "zh-Hant"),
        ("It's \"half", "en"),
        ("a “curly” one", "en"),
    ],
)
def test_wrong_marks_are_seen(text: str, language: Language) -> None:
    assert list(prose.marks(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("为团队赋能", "zh-Hans"),
        ("進行優化", "zh-Hant"),
        ("繳交續費", "zh-Hant"),
        ("Leveraging synergies", "en"),
        ("as mentioned above", "en"),
    ],
)
def test_unwanted_words_are_seen(text: str, language: Language) -> None:
    assert list(prose.words(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("续约率 = 续约数 ÷ 到期数（例：8/10），范围 −100 到 100。", "zh-Hans"),
        ("金流手續費與工作日誌", "zh-Hant"),
        ("他說「好」，KPI 是『關鍵』。", "zh-Hant"),
        ('Kaplan\'s "cards" (1996) and utilisation: fine.', "en"),
    ],
)
def test_sound_prose_passes(text: str, language: Language) -> None:
    assert list(prose.marks(text, language)) == []
    assert list(prose.words(text, language)) == []


QUESTIONS = ROOT / "knowledge" / "questions"


@cache
def asked() -> dict[str, tuple[tuple[str, ...], ...]]:
    library = questions.join(methods.load(FOLDER), QUESTIONS)
    assert not library.problems
    return {
        f"{text.topic}.{text.language}": tuple(section.asked for section in text.sections) for text in library.texts
    }


def test_every_section_says_how_people_ask_for_it() -> None:
    assert not [name for name, sections in asked().items() if any(len(lines) < 5 for lines in sections)]
    assert {path.stem for path in QUESTIONS.glob("*.md")} == set(asked())


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_written_for_their_readers_and_our_own(language: Language) -> None:
    lines = [
        line
        for name, sections in asked().items()
        if name.endswith(f".{language}")
        for section in sections
        for line in section
    ]
    assert not [line for line in lines if wrong_characters(line, language)]
    assert not [line for line in lines if list(prose.marks(line, language))]
    assert not [line for line in lines if overlap.shared(line)]
    repeated = [line for line, count in Counter(line.casefold() for line in lines).items() if count > 1]
    assert not repeated


def test_no_question_that_search_is_measured_with_was_seen_before() -> None:
    files = sorted((ROOT / "evals" / "cases").glob("retrieval*.jsonl"))
    cases = [line for file in files for line in file.read_text("utf-8").splitlines()]
    measured = {json.loads(case)["question"].casefold() for case in cases}
    assert not [
        line for sections in asked().values() for lines in sections for line in lines if line.casefold() in measured
    ]
