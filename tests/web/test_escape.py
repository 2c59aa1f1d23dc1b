import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.escape import inert, text

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "${alert(1)}",
    "`${alert(1)}`",
    "{{constructor}} {{{x}}} {budget}",
    "\\u0041 \\u \\x",
    '" onmouseover="alert(1)\' x=`',
    "![](https://evil.example/x) [a](javascript:alert(1))",
    "</textarea></style><svg onload=alert(1)>",
    "a\u2028b",
]


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_text_is_shown_as_written(said: str) -> None:
    encoded = text(said)
    assert html.unescape(encoded) == said
    assert not re.search(r"[<>\"'`=$\\{}]|&(?!#)", encoded)


@given(st.text())
def test_no_sign_of_markup_or_template_survives(said: str) -> None:
    encoded = text(said)
    assert not re.search(r"[<>\"'`=$\\{}\u2028\u2029\ud800-\udfff]|&(?!#)", encoded)
    encoded.encode("utf-8")


@given(st.text())
def test_finished_markup_is_shown_as_it_is_and_no_sign_of_a_template_survives(said: str) -> None:
    markup = f'<p title="{html.escape(said)}">{html.escape(said)}</p>'
    kept = inert(markup)
    assert not re.search(r"[`$\\{}]", kept) and kept.startswith('<p title="')
    assert html.unescape(kept) == html.unescape(markup)


def test_direction_marks_are_made_visible_and_controls_vanish() -> None:
    assert text("a\u202eb\x00c\x1b") == "a\u2426bc"
    assert text("a\ud800") == "a\ufffd"
