"""Where figures of a written draft come from, beyond those that stand in the request word for word."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant
from assistant.drafting.origins import trace
from assistant.goals import Draft, Number
from assistant.service import make_aim
from assistant.settings import Settings

TODAY = date(2026, 12, 1)


def traced(aim_text: str, achievable: str) -> tuple[Number, ...]:
    """Return the numbers of one field of a draft in which a drafter wrote `achievable`."""
    assistant = Assistant(Settings())
    aim = make_aim(aim_text, today=TODAY)
    result = assistant.draft(aim, llm="offline")
    goal = result.goals[0].model_copy(update={"achievable": achievable})
    draft = Draft(language=result.language, goals=(goal,))
    found = trace(draft, assistant.brief(aim), (), (), (), TODAY)
    return tuple(number for number in found if number.field == "/goals/0/achievable")


def test_a_divisor_between_two_known_numbers_only_relates_them() -> None:
    found = traced("Cut no-shows from 6.4% to 3.2% by 30 September 2027", "Half of it is 6.4% ÷ 2 = 3.2%.")
    assert [(number.text, number.origin) for number in found] == [
        ("6.4%", "stated"),
        ("2", "computed"),
        ("3.2%", "stated"),
    ]


@pytest.mark.parametrize("sum_", ["6.4% ÷ 13 = 0.5%", "6.4% ÷ 8 = 3.2%", "6.4% × 9 = 57.6%"])
def test_no_divisor_brings_in_a_number_that_nobody_gave(sum_: str) -> None:
    found = traced("Cut no-shows from 6.4% to 3.2% by 30 September 2027", f"That is {sum_}.")
    assert not {"13", "8", "9"} & {number.text for number in found}


def test_a_window_that_ends_on_the_stated_day_is_worked_out() -> None:
    (number,) = traced("2027/9/30 前把設備稼動率從 62% 提高到 75%", "只看 2027/9/1 至 2027/9/30 的紀錄。")
    assert number.origin == "computed"
    assert number.evidence.formula
