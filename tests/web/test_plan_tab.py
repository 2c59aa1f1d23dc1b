"""The tab of plans without a browser: what a press makes of a plan, and what the page shows of it."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pytest

from assistant.goals import LANGUAGES, Language
from assistant.goals.plan import Plan
from assistant.service import Assistant, make_aim, make_surroundings
from assistant.settings import Settings
from assistant.web import exports
from assistant.web.backend import ServiceBackend
from assistant.web.plans import page
from assistant.web.plans.looking import Desk, Form, Looking
from assistant.web.session import Version
from assistant.web.texts import texts
from tests.web.test_escape import HOSTILE

TODAY = date(2026, 12, 1)
AIM = "Cut time to hire from 57 days to 40 days by 30 June 2027"
TAG = re.compile(r"<[^>]*>")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(Settings(home=tmp_path_factory.mktemp("home")))


@pytest.fixture
def desk(assistant: Assistant) -> Desk:
    return Desk(
        assistant,
        lambda text, team, notes, language: make_aim(
            text, team=team, context=notes, today=TODAY, fallback_language=language
        ),
        lambda shown, notes: make_surroundings(shown.result, shown.aim.text, context=notes, today=TODAY),
        exports.keep,
    )


def made(desk: Desk, **form: str) -> Looking:
    """Return the tab after "make"."""
    return desk.acted(Looking(), "make", "", "", Form.of({"text": AIM, **form}), None, "en")


def shown(assistant: Assistant, at: Looking, language: Language = "en") -> str:
    assert at.plan is not None
    return page.shown(at, assistant.plan_outline(at.plan), texts(language))


def test_a_plan_is_made_changed_and_taken_back(assistant: Assistant, desk: Desk) -> None:
    first = made(desk, kind="quarterly", notes="Discovery, 4 Jan to 15 Jan: recruiter leads, delivers the stage report")
    assert first.plan is not None and first.told is not None and first.told.key == "plans.made"
    assert exports.kept(first.key) == first.plan
    markup = shown(assistant, first)
    assert "stage report" in markup and 'data-act="redo"' in markup
    field = re.search(r'data-field="(/body/tasks/\d+/deliverable)"', markup)
    assert field is not None
    changed = desk.acted(first, "edit", field[1], "A list on one page", Form(), None, "en")
    assert changed.plan is not None and "A list on one page" in shown(assistant, changed)
    assert changed.step == first.step + 1
    back = desk.acted(changed, "undo", "", "", Form(), None, "en")
    assert back.plan == first.plan


def test_an_answer_fills_all_blanks_of_its_question(assistant: Assistant, desk: Desk) -> None:
    first = made(desk, kind="quarterly")
    assert isinstance(first.plan, Plan)
    known = {each.key: each for each in first.plan.questions if each.fields}
    asked = next(key for key, each in known.items() if any("/body/means" in f or "resource" in f for f in each.fields))
    filled = desk.acted(first, "answer", asked, "Two recruiters, four days a week", Form(), None, "en")
    assert filled.told is not None and filled.told.key == "plans.filled", filled.told
    assert "Two recruiters, four days a week" in shown(assistant, filled)
    assert asked not in {each.key for each in (filled.plan.questions if filled.plan else ())}


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ({"text": "   "}, "plans.no_aim"),
        ({"source": "draft"}, "plans.no_draft"),
        ({"start": "2027-06-01", "end": "2027-01-01"}, "plans.refused"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_lost(desk: Desk, form: dict[str, str], key: str) -> None:
    before = Looking(step=3)
    after = desk.acted(before, "make", "", "", Form.of({"text": AIM, **form}), None, "en")
    assert after.told is not None and after.told.key == key
    assert after.model_copy(update={"told": None}) == before


def test_the_drafts_goals_can_be_carried_out(assistant: Assistant, desk: Desk) -> None:
    aim = make_aim(AIM, today=TODAY)
    result = assistant.draft(aim, llm="offline")
    version = Version(aim=aim, result=result)
    at = desk.acted(Looking(), "make", "", "", Form.of({"kind": "kpi-contract", "source": "draft"}), version, "en")
    assert at.plan is not None and at.plan.goals == result.goals
    elsewhere = desk.acted(at, "revise", "", "make the target 35 days", Form(), None, "en")
    assert elsewhere.told is not None and elsewhere.told.key == "plans.goals_elsewhere"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_and_kind_has_words(language: Language) -> None:
    words = texts(language)
    source = Path(page.__file__).with_name("looking.py").read_text("utf-8")
    for key in set(re.findall(r'"(plans\.\w+)"', source)):
        assert words.plain(key, reason="x", n=1, name="x")
    for kind in Assistant().plan_kinds():
        assert words.plain(f"plan_kind.{kind}") in html.unescape(page.form([kind], words, drafted=""))


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_is_typed_becomes_markup(assistant: Assistant, desk: Desk, words: str) -> None:
    at = made(desk, notes=words[:300])
    if at.plan is None:
        assert "<img" not in page.told(at, texts("en"))
        return
    markup = shown(assistant, at)
    assert not re.search(r"<(?:script|img|iframe|svg|form|link|style)\b", markup.replace("<svg class", ""))
    assert not re.search(r"[$`\\{}]", markup), "a sign of the component's own templates"


def test_the_form_of_what_the_browser_sends_is_bounded() -> None:
    form = Form.of({"kind": "none", "text": "x" * 20_000, "source": 7, "start": None})
    assert form.kind == "quarterly" and len(form.text) == 8_000 and form.source == "aim"
    assert Form.of("rubbish") == Form()


def test_a_plan_can_be_fetched_as_a_file(assistant: Assistant, desk: Desk) -> None:
    at = made(desk, kind="quarterly")
    plan = exports.kept(at.key)
    assert isinstance(plan, Plan)
    file = ServiceBackend(assistant).planning().export_plan(plan, "docx", today=TODAY)
    assert file.data[:2] == b"PK"
