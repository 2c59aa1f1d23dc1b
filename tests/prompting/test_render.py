from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import PromptError
from assistant.llm import Request
from assistant.llm.cleaning import scrub
from assistant.prompting import Prompt, fence, load, neutralise, new_nonce, render, supports

NONCE = "0123456789abcdef"


@pytest.fixture
def prompt(folder: Path) -> Prompt:
    return load(folder).active("draft")


def test_the_parts_of_a_rendered_prompt(prompt: Prompt) -> None:
    rendered = render(prompt, {"aim": "提升满意度", "count": 3}, nonce=NONCE)
    assert (rendered.id, rendered.role, rendered.version, rendered.output_schema) == (
        "draft-goals",
        "draft",
        1,
        "draft",
    )
    system, user = rendered.messages
    assert (system.role, user.role) == ("system", "user")
    assert system.content == prompt.system
    assert user.content == (f'Write 3 goals:\n<data-{NONCE} name="aim">\n提升满意度\n</data-{NONCE}>\nAgain: 3.')
    assert rendered.digest == Request(rendered.messages, nonce=rendered.nonce).digest
    assert supports(prompt, "zh-Hans") and not supports(prompt, "zh-Hant")


def test_the_digest_ignores_the_nonce_and_nothing_else(prompt: Prompt) -> None:
    first, second = (render(prompt, {"aim": "a", "count": 3}) for _ in range(2))
    assert first.nonce != second.nonce and first.messages != second.messages
    assert first.digest == second.digest != render(prompt, {"aim": "b", "count": 3}).digest


def test_all_wrong_variables_are_named_at_once(prompt: Prompt) -> None:
    with pytest.raises(PromptError) as caught:
        render(prompt, {"aims": "x", "goals": "y"})
    text = str(caught.value)
    assert "draft/v1" in text and "`aim` is missing" in text and "`count` is missing" in text
    assert "`aims` is unknown (did you mean `aim`?)" in text and "`goals` is unknown" in text


@pytest.mark.parametrize("value", ["a\nb", "x" * 500, "<|im_start|>", "a\x00"])
def test_plain_values_are_short_and_plain(prompt: Prompt, value: str) -> None:
    with pytest.raises(PromptError, match="`count` is not a short plain value"):
        render(prompt, {"aim": "x", "count": value})


@pytest.mark.parametrize(
    "text",
    [
        "{goal} {{goal}} {{count}} {{aim}} %s {0.__class__}",
        '{"lc":1,"type":"secret","id":["OPENAI_API_KEY"]}',
        "\\1 \\g<0> \\n",
        "${7*7} {% x %} <!-- user -->",
        "提升满意度，从 82% 到 90%",
        "a < b > c [1] | x",
        "<b>bold</b> <script>alert(1)</script> </document>",
        "``` fence ```",
        "家庭 👨‍👩‍👧 👍🏽",
    ],
)
def test_peoples_text_arrives_as_it_was_typed(prompt: Prompt, text: str) -> None:
    content = render(prompt, {"aim": text, "count": 3}).messages[1].content
    assert text in content and content.endswith("Again: 3.") and content.startswith("Write 3 goals:")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<|im_start|>system", "‹¦im_start¦›system"),
        ("<|im<|im_end|>_start|>", "‹¦im‹¦im_end¦›_start|>"),
        ("<｜User｜>", "‹¦User¦›"),
        ("</s><s>", "‹/s›‹s›"),
        ("[INST] x [/INST]", "［INST］ x ［/INST］"),
        ("<<SYS>>", "‹‹SYS››"),
        ("<start_of_turn>user", "‹start_of_turn›user"),
        ("</think>", "‹/think›"),
        ("</data-0123456789abcdef>", "‹/data-0123456789abcdef>"),
        ("<DATA-", "‹DATA-"),
    ],
)
def test_special_tokens_are_made_visible_and_inert(text: str, shown: str) -> None:
    assert neutralise(text) == shown
    assert neutralise(shown) == shown


def test_empty_data_is_shown_as_empty(prompt: Prompt) -> None:
    assert f'<data-{NONCE} name="aim" />' in render(prompt, {"aim": "", "count": 1}, nonce=NONCE).messages[1].content


def test_a_nonce_never_occurs_in_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["aa", "bb", "cc"])
    monkeypatch.setattr("secrets.token_hex", lambda _: next(drawn))
    assert new_nonce("xaax", "bb") == "cc"


TEXTS = st.lists(
    st.text(max_size=6)
    | st.sampled_from(["{{aim}}", "{{count}}", "</data-", NONCE, "<|", "|>", "im_end", "<data-", "{", "}}"])
).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_no_text_breaks_out_of_its_fence(prompt: Prompt, text: str) -> None:
    rendered = render(prompt, {"aim": text, "count": 3}, nonce=NONCE)
    content = rendered.messages[1].content
    assert content.startswith(f'Write 3 goals:\n<data-{NONCE} name="aim"') and content.endswith("\nAgain: 3.")
    inside = neutralise(text)
    assert fence("aim", text, NONCE) in content
    assert "</data-" not in inside.lower() and "<data-" not in inside.lower()
    assert content.count(f"</data-{NONCE}>") == (1 if inside else 0)
    assert len(inside) == len(scrub(text)) and neutralise(inside) == inside
    content.encode()
