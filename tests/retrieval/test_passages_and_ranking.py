"""Passages keep their ids, tokens meet across scripts, and fused lists show each section once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.goals import Language, Passage
from assistant.retrieval import methods, passages
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.passages import Piece, fingerprint, scrub, split
from assistant.retrieval.ranking import Sections
from assistant.retrieval.tokens import stem, tokens


def test_ids_and_groups(folder: Path) -> None:
    pieces = {piece.passage.id: piece for piece in split(methods.load(folder).texts)}
    assert pieces["baseline.zh-Hans#2"].group == pieces["baseline.en#2"].group == "baseline#2"
    assert pieces["baseline.en#1"].group != pieces["baseline.en#2"].group
    passage = pieces["weights.zh-Hant#1"].passage
    assert (passage.topic, passage.language, passage.source) == ("weights", "zh-Hant", "Author (2001). A work")
    assert passage.title == "指標權重 · 權重怎麼分配"
    assert all(piece_id.isascii() for piece_id in pieces)


def test_versions_are_not_matched_where_sections_differ(folder: Path) -> None:
    path = folder / "baseline.en.md"
    path.write_text(path.read_text("utf-8") + "\n## Third\n\nMore.\n", "utf-8")
    groups = {piece.passage.id: piece.group for piece in split(methods.load(folder).texts)}
    assert groups["baseline.en#1"] != groups["baseline.zh-Hans#1"]


def test_long_sections_are_cut_at_sentences_without_loss(folder: Path) -> None:
    path = folder / "raci.zh-Hans.md"
    sentence = "每件交付物只有一位最终责任人，别人可以执行和会签。"
    path.write_text(path.read_text("utf-8") + sentence * 150, "utf-8")
    parts = [piece.passage for piece in split(methods.load(folder).texts) if piece.passage.topic == "raci"]
    assert [part.id for part in parts[:3]] == ["raci.zh-Hans#1", "raci.zh-Hans#1-2", "raci.zh-Hans#1-3"]
    assert all(len(part.text) <= passages.LONGEST_PASSAGE and part.text.endswith("。") for part in parts)
    assert sum(part.text.count(sentence) for part in parts) >= 150


def test_fingerprint_depends_on_all_that_counts(folder: Path) -> None:
    pieces = split(methods.load(folder).texts)
    first = fingerprint(pieces, "a", 1)
    assert first == fingerprint(split(methods.load(folder).texts), "a", 1)
    path = folder / "raci.zh-Hans.md"
    path.write_text(path.read_text("utf-8").replace("会签", "会审"), "utf-8")
    others = {
        fingerprint(pieces, "b", 1),
        fingerprint(pieces, "a", 2),
        fingerprint(split(methods.load(folder).texts), "a", 1),
    }
    assert len(others | {first}) == 4


def test_scrub_takes_out_what_stores_cannot_hold() -> None:
    assert scrub("a\x00b\ud800c\td\n") == "a b c\td"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("權重怎麼分配", "权重怎么分配"),
        ("ＫＰＩ　指標", "kpi指标"),
        ("weighting measures", "weight measure"),
        ("the team's policies", "team policy"),
        ("planned goals", "plan goal"),
    ],
)
def test_tokens_meet(one: str, other: str) -> None:
    assert tokens(one) == tokens(other) != []


def test_joined_words_are_found_whole_and_in_parts() -> None:
    assert {"check", "in", "checkin"} - set(tokens("check-in")) == {"in"}
    assert "ecommerc" in tokens("e-commerce")


@given(st.text())
def test_tokens_of_any_text(text: str) -> None:
    assert all(token and not token.isspace() for token in tokens(text))


@given(st.from_regex(r"[a-z0-9]{1,15}", fullmatch=True))
def test_stems_are_never_empty(word: str) -> None:
    assert stem(word)


def piece(name: str) -> Piece:
    group, language = name.split(".")
    passage = Passage(id=name, topic=group, title="", language=language, score=0, source="", text="")  # type: ignore[arg-type]
    return Piece(passage=passage, heading="", group=group)


PIECES = [piece(name) for name in ("a.en", "a.zh-Hans", "a.zh-Hant", "b.en", "c.zh-Hans", "d.zh-Hant")]


def shown(
    near: list[int] | None, matching: list[int] | None, language: Language, count: int = 5
) -> list[tuple[str, float]]:
    found = Sections(PIECES).fuse(near, matching, count, language, language)
    return [(PIECES[place].passage.id, round(score, 6)) for place, score in found]


def test_fusion_follows_reciprocal_ranks() -> None:
    assert shown([0, 3], [3], "en") == [("b.en", round(1 / 22 + 2 / 21, 6)), ("a.en", round(1 / 21, 6))]
    assert shown(None, [3, 0], "en") == [("b.en", round(2 / 21, 6)), ("a.en", round(2 / 22, 6))]


def test_ways_of_asking_are_a_ranking_of_their_own() -> None:
    asked = [PIECES[0].model_copy(update={"asked": ("How?",)}), *PIECES[1:]]
    found = dict(Sections(asked).fuse([3, 0], [], 5, "en", "en", alike=[0, 0]))
    assert round(found[0], 6) == round(1 / 22 + 1 / 21, 6)
    assert round(found[3], 6) == round(2 / 21, 6), "a section that nobody asked for takes its place among the texts"


def test_a_third_passage_of_one_topic_stands_behind_other_topics() -> None:
    crowded = [
        PIECES[0].model_copy(
            update={"group": f"g{number}", "passage": PIECES[0].passage.model_copy(update={"topic": topic})}
        )
        for number, topic in enumerate("aaab")
    ]
    assert [place for place, _ in Sections(crowded).fuse([0, 1, 2, 3], None, 4, "en", "en")] == [0, 1, 3, 2]
    own = [each.model_copy(update={"own": True}) for each in crowded]
    assert [place for place, _ in Sections(own).fuse([0, 1, 2, 3], None, 4, "en", "en")] == [0, 1, 2, 3]


def test_versions_of_a_section_take_one_place() -> None:
    assert shown([0, 1, 2, 4, 3, 5], None, "zh-Hans", 3) == [
        ("a.zh-Hans", round(1 / 21, 6)),
        ("c.zh-Hans", round(1 / 22, 6)),
        ("b.en", round(1 / 23, 6)),
    ]


def test_section_without_the_questions_words_counts_its_dense_place_for_them() -> None:
    assert shown([4, 3], [3, 0], "en")[:2] == [
        ("c.zh-Hans", round(1 / 21 + 2 / 21, 6)),
        ("b.en", round(1 / 22 + 2 / 21, 6)),
    ]


def test_sister_script_stands_in() -> None:
    assert [name for name, _ in shown([5, 4], [5, 4], "zh-Hans")] == ["d.zh-Hant", "c.zh-Hans"]


def test_nothing_found_gives_nothing() -> None:
    assert shown([], [], "en") == []
    assert shown(None, None, "en") == []


def test_levelling_lifts_what_stands_out_in_another_language() -> None:
    pieces = [piece(f"e{number}.en") for number in range(6)] + [piece(f"z{number}.zh-Hans") for number in range(6)]
    similarities = [0.90, 0.88, 0.87, 0.86, 0.86, 0.85, 0.84, 0.79, 0.78, 0.78, 0.78, 0.77]
    near = list(enumerate(similarities))
    assert Sections(pieces).level(near, "en").index(6) == 0
    assert Sections(pieces).level(near[:8], "en") == list(range(8)), "too few to compare"
    twins = [*pieces[:6], *(piece(f"e{number}.zh-Hans") for number in range(6))]
    assert Sections(twins).level(near, "en") == list(range(12)), "versions of one section stay where they are"


def test_lexical_index(folder: Path) -> None:
    pieces = split(methods.load(folder).texts)
    index = LexicalIndex(pieces)
    assert pieces[index.rank("誰來拍板", 5)[0]].passage.topic == "raci"
    assert pieces[index.rank("skill gap", 5)[0]].passage.topic == "training"
    assert index.rank("zzz qqq", 5) == []
    assert index.rank("!?", 5) == []
    assert len(index.rank("指标", 1)) == 1
