"""Every kind of plan, in every language: whole, honest, in order, the same after a round trip."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

from assistant.gates import figures
from assistant.goals.base import LANGUAGES
from assistant.goals.plan import Plan
from assistant.plans import outlining, walking
from assistant.render.plan.markdown import plan_markdown
from tests.plans.made import KINDS, TODAY, planned
from tests.plans.reading import texts_of

BOTH = pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in KINDS for language in LANGUAGES], ids=lambda each: each
)


@BOTH
def test_it_passes_its_gates_and_checks(kind, language):
    plan = planned(kind, language)
    assert [gate for gate in plan.verdict.gates if not gate.passed] == []
    assert [
        f.message for f in plan.verdict.findings if f.severity == "error" and (f.field or "").startswith("/body")
    ] == []
    assert plan.status == "ready"


@BOTH
def test_every_value_says_where_it_comes_from_and_every_blank_can_be_filled(kind, language):
    plan = planned(kind, language)
    asked = {question.key: question for question in plan.questions}
    for pointer, value in walking.values(plan):
        assert value.blank == (value.origin == "unknown"), pointer
        if value.blank and value.question:
            assert pointer in asked[value.question].fields
        for figure in value.figures:
            assert value.text[figure.start : figure.end] == figure.text
        found = figures.find(value.text, TODAY)
        covered = [(each.start, each.end) for each in value.figures]
        for span in found:
            assert any(start < span.end and span.start < end for start, end in covered), value.text[
                span.start : span.end
            ]


@BOTH
def test_what_the_person_said_is_in_it(kind, language):
    shown = plan_markdown(outlining.outline(planned(kind, language)))
    for figure in ("80%", "85%"):
        assert figure in shown


@BOTH
def test_its_json_makes_the_same_plan_and_outline(kind, language):
    plan = planned(kind, language)
    again = Plan.model_validate_json(plan.model_dump_json())
    assert again == plan
    assert outlining.outline(again) == outlining.outline(plan)


@BOTH
def test_texts_point_into_the_plan(kind, language):
    plan = planned(kind, language)
    data = json.loads(plan.model_dump_json())
    seen = 0
    for _, text in texts_of(outlining.outline(plan)):
        if not text.field:
            continue
        at = data
        for step in text.field.strip("/").split("/"):
            at = at[int(step)] if isinstance(at, list) else at[step]
        seen += 1
    assert seen > 20


@BOTH
def test_every_value_of_the_body_is_shown_somewhere(kind, language):
    plan = planned(kind, language)
    outline = outlining.outline(plan)
    shown = "\n".join([*(text.plain for _, text in texts_of(outline)), str(outline)])
    for pointer, value in walking.values(plan):
        if pointer.startswith("/body") and not re.search(HIDDEN, pointer):
            assert value.text in shown, pointer


HIDDEN = r"/tracks/|/track_days/|/(zero|full|least|most)$|/days/\d+$|/alerts/\d+/text$|/resources/\d+/kind$|/figures/"
"""Values that a sentence beside them holds already."""


@BOTH
def test_no_fixed_word_holds_a_figure_and_no_slot_is_left_open(kind, language):
    outline = outlining.outline(planned(kind, language))
    assert not re.search(r"\{[a-z_]+\}", plan_markdown(outline))
    assert len({section.key for section in outline.sections}) == len(outline.sections)
    fixed = [
        text.plain
        for section, text in texts_of(outline)
        if text.field is None
        and not text.blank
        and section != "questions"
        and not any(piece.mark for piece in text.pieces)
    ]
    assert [words for words in fixed if figures.find(words, TODAY) and not re.match(r"[PTG]\d|[\d-]{10}", words)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_weights_of_a_contract_make_a_hundred_and_examples_are_right(language):
    body = planned("kpi-contract", language).body
    assert sum(row.weight.value for row in body.indicators) == 100
    for row in body.indicators:
        assert row.scoring.examples
        for example in row.scoring.examples:
            match = re.fullmatch(r"(.+) = ([\d.]+)", example.formula.text)
            if match is None:
                assert row.scoring.form == "pass_fail"
                continue
            terms = match[1].replace("−", "-").replace("×", "*").replace("÷", "/")
            assert abs(Decimal(str(eval(terms))) - Decimal(match[2])) < Decimal("0.5")
            assert example.score.value == Decimal(match[2])
