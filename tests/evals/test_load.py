"""The figures of a crowd at the page: what is counted, what is the model's, what is an error."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import load
from evals.crowd import Answers, Sample, Script

SHORT = Script("en", "raise CSAT", "short draft", "make it more ambitious", "short revised")
LONG = Script("en", "raise CSAT and lower churn", "long draft", "make it more ambitious", "long revised")


@given(st.lists(st.floats(0, 100), min_size=1), st.sampled_from((0.5, 0.95, 0.99, 1.0)))
def test_a_quantile_is_a_value_that_so_many_do_not_exceed(values: list[float], share: float) -> None:
    found = load.quantile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9
    assert sum(value < found for value in values) < share * len(values)


def test_quantiles_of_none_and_of_a_hundred() -> None:
    assert math.isnan(load.quantile([], 0.5))
    assert [load.quantile(range(1, 101), share) for share in (0.5, 0.95, 0.99, 1)] == [50, 95, 99, 100]


def _asked(text: str) -> dict[str, object]:
    return {"messages": [{"role": "system", "content": "…"}, {"role": "user", "content": text}]}


def test_the_model_answers_the_aim_that_stands_in_the_prompt_and_counts() -> None:
    answers = Answers([SHORT, LONG])
    assert answers(_asked("<aim>raise CSAT and lower churn</aim>")) == "long draft"
    assert answers(_asked("<aim>raise CSAT</aim>")) == "short draft"
    revising = "raise CSAT\n<instruction>\nmake it more ambitious\n</instruction>"
    assert answers(_asked(revising)) == "short revised"
    assert answers(_asked("something else")) == "{}"
    assert (answers.calls[SHORT.text], answers.calls[LONG.text], answers.unknown) == (2, 1, 1)


def test_the_report_takes_off_the_model_and_leaves_out_the_warm_up() -> None:
    record = load.Record(
        samples=[
            Sample("aim", 5.0, 9.0, 0, "the page complains"),
            Sample("aim", 11.0, 0.05, 0),
            Sample("skip", 12.0, 2.3, 2),
        ],
        memory=[(5.0, 50.0), (11.0, 200.0), (16.0, 210.0)],
    )
    lines = load.report(record, 10.0, 1.0, 0.4)
    rows = {line[:28].strip(): line[28:].split() for line in lines[1:8]}
    assert rows["all"][:4] == ["2", "2", "50", "ms"] and rows["all"][-2:] == ["300", "ms"]
    assert rows["skip"][:4] == ["1", "2", "300", "ms"] and rows["open"][0] == "0"
    told = "\n".join(lines)
    assert "errors, warm-up included: 1\n  1 × aim: the page complains" in told
    assert "memory: 200 MB, at the end 210 MB (+5.0%), most 210 MB" in told
    assert "0 s, 200 ms a message" in told


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_few_people_chat_with_the_real_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOALS_HOME", "")
    few = "--people 3 --minutes 0.2 --warm 0.1 --think 0.5 1 --delay 0.2 --aims 1".split()
    assert load.main(few) == 0
    told = capsys.readouterr().out
    assert "errors, warm-up included: 0" in told and "no aim was found for: 0" in told
    rows = {line[:28].strip(): line[28:].split() for line in told.splitlines()}
    assert int(rows["skip"][1]) >= 1 and int(rows["anew"][0]) >= 1
