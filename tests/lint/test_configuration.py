"""Which configuration holds, what it says, and who beats whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.lint.configuration import Configuration, configurations, find_configuration, read_configuration
from assistant.lint.terms import Wishes, settle_terms


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


FULL = """
[lint]
select = ["no-deadline", "T502"]
ignore = ["gloss"]
fail-on = "warning"
profile = "okr"
fiscal-year-start = 4

[lint.severity]
no-baseline = "error"
T503 = "off"

[lint.per-file]
"templates/**" = { profile = "template" }
"*.csv" = { profile = "kpi", ignore = ["no-owner"], kind = "key_result" }
"""


def test_every_key(tmp_path):
    found = read_configuration(written(tmp_path / "goals.toml", FULL))
    assert found is not None
    assert found.select == {"no-deadline", "vague-deadline"}
    assert found.ignore == {"gloss"}
    assert (found.fail_on, found.profile, found.fiscal_start) == ("warning", "okr", 4)
    assert found.severities == {"no-baseline": "error"}
    assert found.off == {"year-inferred"}
    assert [(entry.pattern, entry.profile, entry.kind) for entry in found.per_file] == [
        ("templates/**", "template", None),
        ("*.csv", "kpi", "key_result"),
    ]
    assert found.per_file[1].ignore == {"no-owner"}


def test_the_same_in_pyproject(tmp_path):
    text = FULL.replace("[lint", "[tool.goals.lint")
    found = read_configuration(written(tmp_path / "pyproject.toml", text))
    expected = read_configuration(written(tmp_path / "goals.toml", FULL))
    assert found is not None and expected is not None
    assert (found.select, found.severities, found.per_file) == (
        expected.select,
        expected.severities,
        expected.per_file,
    )


def test_the_nearest_file_counts_and_goals_toml_is_stronger(tmp_path):
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_configuration(deep) == Configuration()
    top = written(tmp_path / "pyproject.toml", '[tool.goals.lint]\nprofile = "kpi"\n')
    assert find_configuration(deep).path == top
    written(tmp_path / "a" / "pyproject.toml", "[project]\nname = 'x'\n")
    assert find_configuration(deep).path == top, "a pyproject.toml without a word about the linter is passed by"
    near = written(tmp_path / "a" / "goals.toml", "[lint]\n")
    assert find_configuration(deep).path == near
    assert find_configuration(deep).profile is None, "files are not merged"
    written(tmp_path / "a" / "pyproject.toml", "[tool.goals.lint]\n")
    assert find_configuration(tmp_path / "a").path == near
    assert find_configuration(deep / "..").path == near


def test_config_and_no_config(tmp_path):
    path = written(tmp_path / "other.toml", '[lint]\nprofile = "kpi"\n')
    assert configurations(path)(tmp_path).profile == "kpi"
    written(tmp_path / "goals.toml", '[lint]\nprofile = "okr"\n')
    assert configurations()(tmp_path).profile == "okr"
    assert configurations(none=True)(tmp_path) == Configuration()
    with pytest.raises(UsageError, match="contradict"):
        configurations(path, none=True)
    with pytest.raises(UsageError, match="says nothing"):
        configurations(written(tmp_path / "pyproject.toml", "[project]\n"))
    with pytest.raises(UsageError, match="cannot be read"):
        configurations(tmp_path / "missing.toml")


FAULTS = {
    'selct = ["gloss"]': "no key 'selct' (did you mean 'select'?)",
    "fail_on = 'error'": "no key 'fail_on' (did you mean 'fail-on'?)",
    'ignore = ["no-metrics"]': "`ignore`: there is no rule 'no-metrics' (did you mean 'no-metric'?)",
    'select = "gloss"': "`select` is 'gloss', not a list of rules",
    "select = []": "`select` is [], not a list of rules",
    "fail-on = 'errors'": "`fail-on` is 'errors', none of error, warning, never (did you mean 'error'?)",
    "profile = 'templete'": "`profile`: there is no profile 'templete' (did you mean 'template'?",
    "fiscal-year-start = 13": "`fiscal-year-start` is 13, not a month",
    "fiscal-year-start = true": "`fiscal-year-start` is True, not a month",
    "severity = 'off'": "`severity` is 'off', not a table",
    "severity.no-deadlin = 'off'": "`severity.no-deadlin`: there is no rule 'no-deadlin' (did you mean 'no-deadline'?)",
    "severity.gloss = 'warn'": "`severity.gloss` is 'warn', none of error, warning, info, off (did you mean",
    "per-file.'*.md' = 'okr'": "`per-file.'*.md'` is 'okr', not a table",
    "per-file.'*.md'.kind = 'goal'": "`per-file.'*.md'.kind` is 'goal', none of aim, smart_goal",
    "per-file.'*.md'.select = ['gloss']": "no key of `per-file.'*.md'` 'select'",
}


@pytest.mark.parametrize("line", FAULTS)
def test_what_is_wrong_is_named(tmp_path, line):
    path = written(tmp_path / "goals.toml", f"[lint]\n{line}\n")
    with pytest.raises(UsageError) as error:
        read_configuration(path)
    assert FAULTS[line] in str(error.value)
    assert str(path) in str(error.value)


def test_all_that_is_wrong_stands_in_one_message(tmp_path):
    path = written(tmp_path / "goals.toml", "[lnt]\n[lint]\nselct = 1\nprofile = 'x'\n[lint.severity]\ngloss = 'x'\n")
    with pytest.raises(UsageError) as error:
        read_configuration(path)
    for words in ("no table 'lnt' (did you mean 'lint'?)", "'selct'", "'x'", "`severity.gloss`", "--no-config"):
        assert words in str(error.value)


@pytest.mark.parametrize("text", ["[lint", "\ufeff[lint]\nselect = [\n"])
def test_broken_toml(tmp_path, text):
    with pytest.raises(UsageError, match="is no TOML"):
        read_configuration(written(tmp_path / "goals.toml", text))


@pytest.mark.parametrize(
    ("pattern", "name", "matches"),
    [
        ("*.md", "a.md", True),
        ("*.md", "deep/down/a.md", True),
        ("*.md", "a.mdx", False),
        ("plans/*.md", "plans/a.md", True),
        ("plans/*.md", "plans/deep/a.md", False),
        ("plans/**", "plans/deep/a.md", True),
        ("plans/**/*.md", "plans/a.md", True),
        ("**/plans/*.md", "x/plans/a.md", True),
        ("**/plans/*.md", "x/y/plans/a.md", True),
        ("./plans/*.md", "plans/a.md", True),
        ("plan?.md", "plan1.md", True),
        ("plan[1].md", "plan[1].md", True),
        ("目标*.md", "部门/目标2027.md", True),
        ("plans/*.md", "../plans/a.md", False),
    ],
)
def test_patterns_of_files(tmp_path, pattern, name, matches):
    path = written(tmp_path / "goals.toml", f"[lint.per-file]\n'{pattern}' = {{ profile = 'kpi' }}\n")
    found = read_configuration(path)
    assert found is not None
    assert (found.for_file(str(tmp_path / name)).profile == "kpi") is matches


def test_of_several_patterns_the_last_word_counts_and_ignored_rules_add_up(tmp_path):
    text = (
        "[lint.per-file]\n'*.md' = { profile = 'okr', kind = 'objective', ignore = ['gloss'] }\n"
        "'a.*' = { profile = 'kpi', ignore = ['mojibake'] }\n"
    )
    found = read_configuration(written(tmp_path / "goals.toml", text))
    assert found is not None
    rules = found.for_file(str(tmp_path / "a.md"))
    assert (rules.profile, rules.kind, rules.ignore) == ("kpi", "objective", {"gloss", "mojibake"})


@pytest.fixture
def project(tmp_path):
    text = (
        "[lint]\nselect = ['no-deadline']\nignore = ['gloss', 'no-metric']\nfail-on = 'never'\nprofile = 'okr'\n"
        "fiscal-year-start = 4\n[lint.severity]\nno-target = 'off'\nabsolute-target = 'error'\n"
        "[lint.per-file]\n'*.csv' = { profile = 'kpi', ignore = ['mojibake'], kind = 'key_result' }\n"
    )
    found = read_configuration(written(tmp_path / "goals.toml", text))
    assert found is not None
    return found


REMARK = "<!-- goals: profile template -->\n"


@pytest.mark.parametrize(
    ("wish", "name", "document", "profile"),
    [
        (None, "a.md", "", "okr"),
        (None, "a.csv", "", "kpi"),
        (None, "a.csv", REMARK, "template"),
        ("goal", "a.csv", REMARK, "goal"),
    ],
)
def test_the_nearest_voice_names_the_profile(project, wish, name, document, profile):
    assert settle_terms(Wishes(profile=wish), project, name, document).profile.name == profile


def test_without_any_voice_the_default_holds():
    terms = settle_terms(Wishes(), Configuration(), "a.md", "")
    assert (terms.profile.name, terms.select, terms.ignore, terms.kind, terms.fail_on) == (
        "goal",
        None,
        frozenset(),
        None,
        "error",
    )


def test_the_project_file_reaches_the_terms(project):
    terms = settle_terms(Wishes(), project, "a.csv", "")
    assert terms.select == {"no-deadline"}
    assert terms.ignore == {"gloss", "no-metric", "mojibake"}
    assert (terms.kind, terms.fail_on, terms.profile.fiscal_start) == ("key_result", "never", 4)
    assert "no-target" in terms.profile.off
    assert terms.profile.severities["absolute-target"] == "error", "the project beats the profile"
    assert terms.profile.severities["activity-not-outcome"] == "info"


def test_the_command_line_beats_the_project_file(project):
    wishes = Wishes(frozenset({"no-metric", "no-target"}), None, None, "aim", "warning")
    terms = settle_terms(wishes, project, "a.csv", "")
    assert terms.select == {"no-metric", "no-target"}
    assert terms.ignore == {"gloss", "mojibake"}, "a rule named with --select is judged"
    assert not terms.profile.off & {"no-metric", "no-target"}
    assert (terms.kind, terms.fail_on) == ("aim", "warning")
    assert settle_terms(Wishes(ignore=frozenset({"gloss"})), project, "a.csv", "").ignore == {"gloss"}


def test_a_document_leaves_rules_out():
    none = Configuration()
    assert settle_terms(Wishes(), none, "a.md", "# goals: ignore-file no-metric, t501\n").ignore == {
        "no-metric",
        "no-deadline",
    }
    everything = settle_terms(Wishes(), none, "a.md", "<!-- goals: ignore-file -->\n").ignore
    assert {"no-metric", "gloss", "no-deadline"} <= everything
    kept = settle_terms(Wishes(select=frozenset({"no-metric"})), none, "a.md", "# goals: ignore-file no-metric\n")
    assert kept.ignore == {"no-metric"}, "what the document itself says stays"


@pytest.mark.parametrize(
    ("remark", "words"),
    [("# goals: profile kpis", "'kpi'"), ("# goals: ignore-file no-metrics", "'no-metric'")],
)
def test_a_wrong_remark_names_the_file(remark, words):
    with pytest.raises(UsageError) as error:
        settle_terms(Wishes(), Configuration(), "plan/a.md", remark)
    assert "plan/a.md" in str(error.value)
    assert words in str(error.value)


def test_a_table_of_another_kind_in_pyproject(tmp_path):
    path = written(tmp_path / "pyproject.toml", "[tool]\ngoals = 3\n")
    with pytest.raises(UsageError, match=r"`tool\.goals` is 3, not a table"):
        read_configuration(path)
