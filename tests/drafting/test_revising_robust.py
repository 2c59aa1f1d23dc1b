"""No text crashes the reader, and nothing but what was asked for changes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.drafting.revising import lexicon
from assistant.drafting.revising.reading import read
from assistant.drafting.revising.request import understand
from assistant.drafting.revising.standing import stand
from assistant.errors import TooLong
from assistant.goals import MAX_INSTRUCTION_CHARACTERS, Language
from assistant.goals.revision import differences
from tests.conftest import tries
from tests.drafting.revising_scenes import LANGUAGES, TODAY, assistant, scene

WORDS = [
    "目标", "第二个目标", "改成", "推迟", "到", "负责人", "90%", "30分钟", "明年三月底",
    "不要了", "再积极一点", "英文", "，", "。", "關鍵結果", "兩個", "加一個", "從",
    "降到", "為什麼", "the target", "goal 3", "to", "owner is", "drop", "only", "two",
    "key results", "by", "12", "2 weeks", "undo", "add a goal on", "\n", "（", "”",
    "KR9", "G1-KR2", "0", "-5%", "1e9", "ⅷ", "²", "٣", "九成",
    "半年", "２月３０日", "5..8", "3/4",
]  # fmt: skip
RELAXED = settings(max_examples=tries(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
languages = st.sampled_from(LANGUAGES)
texts = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map("".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join),
)


@RELAXED
@given(text=texts, language=languages, name=st.sampled_from(["one", "three"]))
def test_no_text_crashes_the_reader(text: str, language: Language, name: str) -> None:
    aim, result = scene(language, name)
    standing = stand(understand(aim, assistant().ranker.suggest), result)
    from assistant.drafting import intake

    text = intake.clean(text)
    found = read(text, standing, key="followup:1", today=TODAY, present=language, spoken=language)
    for each in found.corrections:
        assert text[each.start : each.end].strip().startswith(each.text)
        if each.value is not None:
            assert text[each.value.start : each.value.end] == each.value.text


@settings(max_examples=tries(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=texts, language=languages)
def test_nothing_but_what_was_asked_for_changes(text: str, language: Language) -> None:
    aim, result = scene(language, "three")
    done = assistant().revise(aim, result, text, llm="offline")
    assert done.told
    if done.not_understood or done.refused or done.step or (done.changes[:1] and done.changes[0].kind == "explain"):
        assert (done.aim, done.result) == (aim, result)
        return
    kinds = {each.kind for each in done.changes}
    assert done.result.verdict.gates
    failed = [gate for gate in done.result.verdict.gates if not gate.passed]
    assert not {gate.name for gate in failed} & {
        "no_invented_numbers",
        "origin_complete",
        "language_fidelity",
        "schema",
    }
    if kinds & {"language", "drop_goal", "add_goal", "goals"} or done.result is result:
        return
    touched = {each.goal for each in done.changes}
    if None not in touched:
        for change in differences(result, done.result):
            if change.field.startswith("/goals/"):
                assert int(change.field.split("/")[2]) in touched


def test_the_folded_text_is_as_long_as_the_typed_one() -> None:
    for text in ("İstanbul ß Ａ", "目標改成９０％", "ﬁ ² Ⅷ", "’"):
        assert len(lexicon.fold(text)) == len(text)


def test_an_endless_instruction_is_refused_and_a_long_one_is_read_in_time() -> None:
    aim, result = scene("en", "one")
    with pytest.raises(TooLong):
        assistant().revise(aim, result, "x" * (MAX_INSTRUCTION_CHARACTERS + 1), llm="offline")
    for filler in ("goal ", "第", "make the target ", "目标1", "1 ", "owner is "):
        text = (filler * MAX_INSTRUCTION_CHARACTERS)[:MAX_INSTRUCTION_CHARACTERS]
        assert assistant().revise(aim, result, text, llm="offline").told


@pytest.mark.parametrize("nothing", ["", " ", "，。", "🙂", "\u202e", "\x00"])
def test_nothing_said_changes_nothing(nothing: str) -> None:
    aim, result = scene("zh-Hans", "one")
    done = assistant().revise(aim, result, nothing, llm="offline")
    assert done.not_understood
    assert done.result is result
