"""The scorer of the linter's measurement, on examples counted by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.goals import Finding, LintedGoal, Quantity, Scorecard, ShownChange, ShownFacts, Time, Traits
from evals import lint as evaluation
from evals.lint_cases import Case, CaseError, LabelledChange, LabelledQuantity, LabelledTime, load_cases, places
from evals.lint_counts import Count, Share, wilson
from evals.lint_scoring import Comparison, against, plain, summarise

TEXT = "Cut churn from 8.0% to 6% in 3 shops by June 2027, 20 days at most"
TODAY = date(2026, 11, 21)
JUNE = (None, date(2027, 6, 30))
NOTHING = ShownFacts(quantities=(), times=(), metrics=(), owners=(), changes=())
CARD = Scorecard(
    specific="pass",
    measurable="pass",
    achievable="pass",
    relevant="pass",
    time_bound="pass",
    consistent="pass",
    score=100,
    ready=True,
)


def traits(**other: bool | None) -> Traits:
    return Traits(**(dict.fromkeys(Traits.model_fields, True) | other))


def case(**other: object) -> Case:
    usual: dict[str, object] = {
        "id": "en-001",
        "language": "en",
        "class": "tricky",
        "today": TODAY,
        "kind": None,
        "text": TEXT,
        "rules": (),
        "maybe": (),
        "traits": traits(),
        "quantities": (),
        "times": (),
        "changes": (),
    }
    return Case.model_validate(usual | other)


def goal(findings: str = "", facts: ShownFacts = NOTHING, judged: Traits | None = None) -> LintedGoal:
    """Return a goal with findings given as `rule:severity rule:severity`."""
    found = [entry.split(":") for entry in findings.split()]
    return LintedGoal(
        id="en-001",
        text=TEXT,
        language="en",
        kind="smart_goal",
        traits=judged or traits(),
        facts=facts,
        scorecard=CARD,
        findings=tuple(
            Finding(rule=rule, id="X000", severity=severity, start=0, end=3, text="Cut", message="", help="")  # type: ignore[arg-type]
            for rule, severity in found
        ),
    )


def at(words: str, value: str, unit: str, role: str = "target") -> Quantity:
    start = TEXT.index(words)
    return Quantity(start=start, end=start + len(words), value=value, unit=unit, bound="eq", role=role)  # type: ignore[arg-type]


def scored(labelled: str, maybe: str, findings: str) -> Comparison:
    return against(case(rules=tuple(labelled.split()), maybe=tuple(maybe.split())), goal(findings))


def test_rules_are_counted_once_a_goal() -> None:
    item = scored("no-target vague-verb", "", "no-target:error no-target:error no-owner:warning")
    assert item.defects.right == {"no-target"}
    assert item.defects.false == {"no-owner"}
    assert item.defects.missed == {"vague-verb"}
    assert item.defects.count == Count(right=1, false=1, missed=1)
    assert not item.exact


@pytest.mark.parametrize("findings", ["", "no-target:error"])
def test_maybe_counts_neither_way(findings: str) -> None:
    item = scored("", "no-target", findings)
    assert item.defects.open == {"no-target"}
    assert item.defects.count == Count()
    assert item.exact
    assert not item.hit_at("error")


def test_infos_have_a_count_of_their_own() -> None:
    item = scored("current-value-missing no-deadline", "", "current-value-missing:info year-inferred:info")
    assert item.infos.count == Count(right=1, false=1)
    assert item.defects.count == Count(missed=1)


def test_a_warning_rule_that_only_remarks_is_open_where_labelled_and_stray_where_not() -> None:
    labelled = scored("vague-quantifier", "", "vague-quantifier:info")
    assert labelled.defects.open == {"vague-quantifier"}
    assert labelled.exact
    stray = scored("", "", "vague-quantifier:info")
    assert stray.stray == {"vague-quantifier"}
    assert stray.defects.exact
    assert not stray.exact
    both = scored("vague-quantifier", "", "vague-quantifier:info vague-quantifier:warning")
    assert both.defects.right == {"vague-quantifier"}


def test_a_null_trait_agrees_with_a_null_only() -> None:
    label = traits(specific=None, measurable=None, time_bound=False, has_target=False)
    judged = traits(specific=None, measurable=False, time_bound=None, has_target=False)
    item = against(case(traits=label), goal(judged=judged))
    assert item.traits == ("measurable", "time_bound")
    agreement = summarise([item]).traits
    assert agreement["specific"] == (Share(1, 1), Share(0, 0))
    assert agreement["measurable"] == (Share(0, 1), Share(0, 0))
    assert agreement["time_bound"] == (Share(0, 1), Share(0, 1))
    assert agreement["has_target"] == (Share(1, 1), Share(1, 1))


def test_quantities_match_by_overlap_value_and_unit() -> None:
    labels = (
        LabelledQuantity(text="8.0%", value="8", unit="%", role="baseline"),
        LabelledQuantity(text="6%", value="6", unit="%", role="target"),
        LabelledQuantity(text="3 shops", value="3", unit="shops", role="other"),
        LabelledQuantity(text="20 days", value="20", unit="day", role="target"),
    )
    read = (
        at("8.0", "8.00", "%", "target"),  # right, in the wrong role
        at("6%", "6", "pp"),  # wrong unit
        at("3", "3", "shop", "other"),  # right: measure words have many spellings
        at("2027", "20", "day"),  # elsewhere
    )
    item = against(case(quantities=labels), goal(facts=NOTHING.model_copy(update={"quantities": read})))
    assert [pair[0].text for pair in item.quantities.pairs] == ["8.0%", "3 shops"]
    assert item.quantities.count == Count(right=2, false=2, missed=2)
    assert summarise([item]).roles == Share(1, 2)


@pytest.mark.parametrize(("unit", "right"), [("shop", 1), ("", 1), ("%", 0), ("day", 0), ("CNY", 0)])
def test_a_measure_word_is_no_fixed_unit(unit: str, right: int) -> None:
    labels = (LabelledQuantity(text="3 shops", value="3", unit="shops", role="other"),)
    facts = NOTHING.model_copy(update={"quantities": (at("3 shops", "3", unit, "other"),)})
    assert against(case(quantities=labels), goal(facts=facts)).quantities.count.right == right


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("82.0", "82", True),
        ("1200", "1.2E3", True),
        ("18..20", "18.0..20.00", True),
        ("1:3", "1:3.0", True),
        ("1:3", "3:1", False),
        ("0.1", "0.10000001", False),
        ("100", "1", False),
        ("100", "10", False),
    ],
)
def test_values_are_equal_as_numbers(one: str, other: str, same: bool) -> None:
    assert (plain(one) == plain(other)) is same


@pytest.mark.parametrize(
    ("kind", "resolved", "count", "days"),
    [
        ("deadline", JUNE, Count(right=1), Share(1, 1)),
        ("deadline", (None, date(2027, 6, 1)), Count(right=1), Share(0, 1)),
        ("window", JUNE, Count(false=1, missed=1), Share(0, 0)),
    ],
)
def test_times_match_by_overlap_and_kind_and_days_are_judged_apart(kind, resolved, count, days) -> None:
    label = LabelledTime(text="by June 2027", kind="deadline", resolved=JUNE)
    start = TEXT.index("June")
    read = Time(start=start, end=start + 9, kind=kind, resolved=resolved)
    item = against(case(times=(label,)), goal(facts=NOTHING.model_copy(update={"times": (read,)})))
    assert item.times.count == count
    assert summarise([item]).days == days


def test_days_of_past_times_are_not_judged() -> None:
    label = LabelledTime(text="June 2027", kind="past", resolved=JUNE)
    read = Time(start=0, end=len(TEXT), kind="past", resolved=(None, None))
    item = against(case(times=(label,)), goal(facts=NOTHING.model_copy(update={"times": (read,)})))
    assert item.times.count == Count(right=1)
    assert summarise([item]).days == Share(0, 0)


def test_pairs_match_by_value_and_lone_changes_are_none() -> None:
    labels = (
        LabelledChange.model_validate({"from": "8.0", "to": "6", "direction": "down"}),
        LabelledChange.model_validate({"from": "1", "to": "2", "direction": "up"}),
    )
    read = (
        ShownChange(frm="8", to="6", direction="up", stated=None),
        ShownChange(frm="6", to="8", direction="up", stated=None),
        ShownChange(frm=None, to="2", direction="up", stated="1"),
    )
    item = against(case(changes=labels), goal(facts=NOTHING.model_copy(update={"changes": read})))
    assert item.changes.count == Count(right=1, false=1, missed=1)
    assert summarise([item]).directions == Share(0, 1)


def test_sums_over_goals() -> None:
    items = [
        against(case(**{"class": "clean"}), goal("no-target:error")),
        against(case(**{"class": "clean"}), goal("no-owner:warning year-inferred:info")),
        against(case(**{"class": "clean"}, maybe=("no-owner",)), goal("no-owner:warning")),
        against(case(**{"class": "tricky"}, rules=("current-value-missing",)), goal("no-owner:warning")),
        against(case(**{"class": "defect"}, rules=("no-target",)), goal("no-target:error")),
        against(case(**{"class": "defect"}, rules=("no-target",)), goal()),
    ]
    scores = summarise(items)
    assert scores.goals == 6
    assert scores.defects == Count(right=1, false=3, missed=1)
    assert scores.infos == Count(false=1, missed=1)
    assert scores.defects.precision == Share(1, 4)
    assert scores.defects.recall == Share(1, 2)
    assert scores.defects.f1 == pytest.approx(2 * 0.25 * 0.5 / (0.25 + 0.5))
    assert scores.clean_errors == Share(1, 3)
    assert scores.clean_warnings == Share(1, 3)
    assert scores.sound_alarms == Share(3, 4)
    assert scores.exact == Share(2, 6)
    assert scores.exact_all == Share(2, 6)
    assert scores.rules["no-target"] == Count(right=1, false=1, missed=1)
    assert scores.open["no-owner"] == 1


def test_nothing_has_no_share() -> None:
    assert Count().f1 is Count().f1_interval is Share(0, 0).value is Share(0, 0).interval is None
    assert Count(missed=2).f1 == 0


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    # Newcombe, R. G. (1998): Two-sided confidence intervals for the single proportion. Table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_interval_as_published(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=5e-5)


def test_interval_of_f1_follows_the_share_of_hits() -> None:
    count = Count(right=81, false=100, missed=82)
    low, high = count.f1_interval or (0, 0)
    assert (low, high) == pytest.approx((2 * 0.2553 / 1.2553, 2 * 0.3662 / 1.3662), abs=1e-4)
    assert low < (count.f1 or 0) < high


@pytest.mark.parametrize(
    ("text", "quantities", "times", "starts"),
    [
        ("Q3: 3 shops", ["3"], [], [4]),
        ("2027年3月底前开3家店", ["3家"], ["2027年3月底前"], [10]),
        ("3月底前开3家店", ["3"], ["3月底前"], [5]),
        ("from 12 to 2", ["12", "2"], [], [5, 11]),
        ("5% then 5%", ["5%", "5%"], [], [0, 8]),
        ("half of behalf", ["half"], [], [0]),
    ],
)
def test_labels_find_their_place(text: str, quantities: list[str], times: list[str], starts: list[int]) -> None:
    labelled = case(
        text=text,
        quantities=tuple(LabelledQuantity(text=word, value="1", unit="", role="other") for word in quantities),
        times=tuple(LabelledTime(text=word, kind="deadline", resolved=(None, None)) for word in times),
    )
    assert [start for start, _ in places(labelled)[0]] == starts


@pytest.mark.parametrize("words", [["6%", "8.0%"], ["7%"], ["6%", "6%"], [""]])
def test_labels_out_of_place_are_refused(words: list[str]) -> None:
    labels = tuple(LabelledQuantity(text=word, value="1", unit="", role="other") for word in words)
    with pytest.raises(CaseError, match=r"en-001.*does not occur"):
        places(case(quantities=labels))


def write(path: Path, *cases: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in cases), "utf-8")
    return path


def row(number: int, **other: object) -> dict[str, object]:
    return {
        "id": f"en-{number:03}",
        "language": "en",
        "class": "defect",
        "today": "2026-11-21",
        "kind": None,
        "text": f"Raise NPS from 31 to {40 + number}",
        "rules": ["no-deadline"],
        "maybe": [],
        "traits": traits(time_bound=False).model_dump(),
        "quantities": [],
        "times": [],
        "changes": [],
    } | other


def test_faults_are_named_without_the_labels(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.jsonl", row(1), row(2, kind="secret"), row(3, traits={"specific": "secret"}))
    with pytest.raises(CaseError) as caught:
        load_cases([path])
    assert "cases.jsonl:2: `kind`" in str(caught.value)
    assert "cases.jsonl:3: `traits" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "shown", "hidden"),
    [
        ([], "development", "31 to"),
        (["--misses"], "31 to 41", "31 to 42"),
        (["--misses", "--split", "all"], "31 to 41", "31 to 42"),
        (["--misses", "--split", "held"], "31 to 42", "31 to 41"),
        (["--misses", "--rule", "no-target"], "0 of 1 goals differ on no-target", "31 to"),
        (["--json", "--split", "all"], '"held"', "31 to"),
    ],
)
def test_goals_set_aside_are_shown_only_when_asked_for(tmp_path, capsys, arguments, shown, hidden) -> None:
    path = write(tmp_path / "cases.jsonl", row(1), row(2, split="held"))
    evaluation.main([str(path), *arguments])
    printed = capsys.readouterr().out
    assert shown in printed
    assert hidden not in printed


def test_a_failing_test_shows_no_goal() -> None:
    item = scored("no-target", "", "")
    assert repr([item, item.case]) == "[Comparison(Case('en-001')), Case('en-001')]"


def test_a_page_is_about_the_whole_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        evaluation.main([str(write(tmp_path / "cases.jsonl", row(1))), "--write"])
    assert "takes no files" in capsys.readouterr().err
