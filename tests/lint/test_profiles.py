"""Profiles: their data is sound, and documents of their kind are judged by them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.goals.base import LANGUAGES
from assistant.lint import Record, all_rules, lint_records
from assistant.lint import profile as module
from assistant.lint.profile import GOAL, find_profile, portraits, profiles, profiles_without
from assistant.lint.suppression import ignored_in_file, is_remark, named_profile, readable, remarks

TODAY = date(2026, 11, 21)
SOURCE = Path(module.__file__).with_name("profiles.toml").read_text("utf-8")
NAMES = {rule.name for rule in all_rules()}


def found(profile, *texts):
    records = [Record(f"a:{at}", text, line=at) for at, text in enumerate(texts, start=1)]
    report = lint_records(records, today=TODAY, profile=find_profile(profile))
    return [(finding.rule, finding.severity) for goal in report.goals for finding in goal.findings]


def test_the_default_changes_nothing():
    assert list(profiles()) == ["goal", "template", "okr", "kpi"]
    assert profiles()["goal"] == GOAL


@pytest.mark.parametrize("name", profiles())
def test_profiles_name_rules_that_exist(name):
    profile = profiles()[name]
    assert profile.off | set(profile.severities) <= NAMES
    assert not profile.off & set(profile.severities)
    assert set(profile.severities.values()) <= {"error", "warning", "info"}


@pytest.mark.parametrize("name", profiles())
def test_profiles_have_names_in_every_language(name):
    about = portraits()[name]
    for language in LANGUAGES:
        assert about.title[language]
        assert about.description[language].endswith("." if language == "en" else "。")


def test_each_entry_says_why_in_one_sentence():
    reasons = [
        line for line in SOURCE.splitlines() if line.lstrip().startswith('"') or (' = "' in line and "info" in line)
    ]
    assert len(reasons) == sum(len(profile.off) + len(profile.severities) for profile in profiles().values())
    for line in reasons:
        reason = line.partition("#")[2].strip()
        assert reason[:1].isalnum() and reason.endswith("."), line


def test_the_data_has_no_other_keys():
    for entry in tomllib.loads(SOURCE).values():
        assert set(entry) <= {"off", "severities", "cycle", "title", "description"}


def test_unknown_profile():
    with pytest.raises(UsageError, match=r"Did you mean 'template'\? Use one of: goal, template, okr, kpi"):
        find_profile("templates")
    assert find_profile("OKR").name == "okr"


def test_profiles_without_a_rule():
    assert profiles_without("placeholder") == ("template",)
    assert profiles_without("no-deadline") == ("template", "okr", "kpi")
    assert profiles_without("polarity") == ()


TEMPLATE = {
    "zh-Hans": "把[指标]从X%提升到Y%，[日期]前，负责人A",
    "zh-Hant": "把[指標]從X%提升到Y%，[日期]前，負責人A",
    "en": "Raise [metric] from X% to Y% by [date], owner: TBD",
}


@pytest.mark.parametrize("language", TEMPLATE)
def test_blanks_of_a_template_are_meant(language):
    assert ("placeholder", "error") in found("goal", TEMPLATE[language])
    assert found("template", TEMPLATE[language]) == []


@pytest.mark.parametrize("text", ["尽快把退货率从12%降到[目标值]", "2027年6月底前把流失率从5%降低到8%"])
def test_what_a_template_says_is_still_judged(text):
    assert found("template", text)


OKR = {
    "zh-Hans": ("KR1：退货率从12%降到9%", "KR2：客户满意度更好"),
    "zh-Hant": ("KR1：退貨率從12%降到9%", "KR2：顧客滿意度更好"),
    "en": ("KR1: Return rate from 12% to 9%", "KR2: Better open rates"),
}


@pytest.mark.parametrize("language", OKR)
def test_the_cycle_sets_the_time_of_lone_key_results(language):
    good, bad = OKR[language]
    assert found("okr", good) == []
    assert ("result-without-number", "error") in found("okr", good, bad)


def test_a_goal_in_an_okr_document_needs_no_date_of_its_own():
    assert ("no-deadline", "error") in found("goal", "把退货率从12%降到9%")
    assert found("okr", "把退货率从12%降到9%") == []
    assert ("year-inferred", "info") in found("goal", "6月底前把退货率从12%降到9%")
    assert found("okr", "6月底前把退货率从12%降到9%") == []


KPI = {
    "zh-Hans": ("24小时内回复率≥95%", "系统可用率100%"),
    "zh-Hant": ("24小時內回覆率≥95%", "系統可用率100%"),
    "en": ("Reply rate within 24 hours: at least 95%", "Availability 100%"),
}


@pytest.mark.parametrize("language", KPI)
def test_thresholds_of_a_list_need_neither_date_nor_todays_value(language):
    line, full = KPI[language]
    assert {severity for _, severity in found("goal", line)} & {"error"}
    assert found("kpi", line) == []
    assert [severity for rule, severity in found("kpi", full) if rule == "absolute-target"] in ([], ["info"])
    assert "error" not in {severity for _, severity in found("kpi", full)}


def test_a_kpi_without_a_threshold_is_still_an_error():
    assert ("no-target", "error") in found("kpi", "提升客户满意度（CSAT）")


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ("<!-- goals: profile template -->\n- x", "template"),
        ("# Goals\n\n# goals: profile kpi\r\n- x\n", "kpi"),
        ("\ufeff[goals: profile okr]", "okr"),
        ("（goals：profile okr）\n", "okr"),
        ("# goals: profile no-such\n", "no-such"),
        ("# goals: profile kpi\n# goals: profile okr\n", "kpi"),
        ("- a goal # goals: profile kpi\n", None),
        ("our goals: profile kpi\n", None),
        ("# goals: ignore no-metric\n", None),
        ("", None),
    ],
)
def test_a_document_names_its_profile_on_a_line_of_its_own(document, name):
    assert named_profile(document) == name


@pytest.mark.parametrize(
    ("document", "names"),
    [
        ("<!-- goals: ignore-file -->\n", set()),
        ("# goals: ignore-file no-metric, T501\n- x", {"no-metric", "t501"}),
        (
            "# goals: ignore-file no-metric\n【goals：ignore-file gloss、mojibake】\n",
            {"no-metric", "gloss", "mojibake"},
        ),
        ("# goals: ignore-file no-metric\n# goals: ignore-file\n", set()),
        ("- a goal <!-- goals: ignore-file -->\n", None),
        ("# goals: ignore no-metric\n", None),
        ("", None),
    ],
)
def test_a_document_leaves_rules_out_on_a_line_of_its_own(document, names):
    assert ignored_in_file(document) == names


def test_remarks_are_no_words_of_a_goal():
    text = "<!-- goals: profile kpi -->\n# goals: ignore-file gloss\n降低投诉率 <!-- goals: ignore -->"
    assert readable(text).split() == ["降低投诉率"]
    assert len(readable(text)) == len(text)
    assert len(remarks(text)) == 1
    assert is_remark("<!-- goals: profile kpi -->")
    assert not is_remark("降低投诉率 <!-- goals: ignore -->")
    assert not is_remark("")
