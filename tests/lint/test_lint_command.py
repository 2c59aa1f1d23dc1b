"""`goals lint` and `goals rule` as a person runs them."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from assistant.cli.commands.lint import COMMAND as LINT
from assistant.cli.commands.rule import COMMAND as RULE
from assistant.errors import AssistantError

app = typer.Typer()
app.command("lint")(LINT)
app.command("rule")(RULE)
GOOD = "2027年6月底前把退货率从12%降到9%"
BAD = "把退货率从12%降到9%"
DAY = ["--today", "2026-11-21"]


def run(*arguments, **given):
    result = CliRunner().invoke(app, list(arguments), **given)
    if isinstance(result.exception, AssistantError):
        return 2, str(result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout


def test_exit_codes():
    assert run("lint", "--text", GOOD, *DAY)[0] == 0
    assert run("lint", "--text", BAD, *DAY)[0] == 1
    assert run("lint", "--text", BAD, *DAY, "--fail-on", "never")[0] == 0
    assert run("lint", "--text", "Cut churn by 15% by 30 June 2027", *DAY)[0] == 0
    assert run("lint", "--text", "Cut churn by 15% by 30 June 2027", *DAY, "--fail-on", "warning")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--today", "soon"], "'soon'"),
        (["--format", "jsn"], "Did you mean 'json'"),
        (["--kind", "objektive"], "objective"),
        (["--select", "no-metrics"], "Did you mean 'no-metric'"),
        (["--fail-on", "errors"], "'error'"),
        (["--text", " "], "empty"),
        (["/nowhere/goals.md"], "'/nowhere/goals.md'"),
        (["--fix"], "--fix needs files"),
    ],
)
def test_usage_errors_say_what_to_do(arguments, words):
    code, said = run("lint", *(["--text", GOOD] if "--text" not in arguments else []), *arguments)
    assert code == 2
    assert words in said


def test_json_has_every_part():
    code, said = run("lint", "--text", GOOD, "--text", BAD, *DAY, "--format", "json")
    report = json.loads(said)
    assert code == 1
    assert (report["version"], report["today"], len(report["goals"])) == (1, "2026-11-21", 2)
    goal = report["goals"][0]
    assert set(goal) == {"id", "text", "language", "kind", "traits", "facts", "scorecard", "findings", "parts"}
    assert set(goal["facts"]["changes"][0]) == {"from", "to", "direction", "stated"}
    assert report["goals"][1]["findings"][0]["id"] == "T501"


def test_reads_a_pipe():
    code, said = run("lint", "-", *DAY, "--format", "json", input=f"{GOOD}\n{BAD}\n")
    assert code == 1
    assert [goal["id"] for goal in json.loads(said)["goals"]] == ["-:1", "-:2"]
    assert run("lint", *DAY, input=GOOD)[0] == 0
    assert run("lint", "-", *DAY, input="")[0] == 2


def test_file_and_record_days(tmp_path):
    path = tmp_path / "goals.jsonl"
    path.write_text('{"id": "x", "text": "2027年1月底前上线新官网", "today": "2027-05-01"}\n', "utf-8")
    code, said = run("lint", str(path), *DAY, "--format", "json")
    assert code == 1
    assert [f["rule"] for f in json.loads(said)["goals"][0]["findings"]] == ["past-deadline"]


def test_not_utf8(tmp_path):
    path = tmp_path / "goals.txt"
    path.write_bytes("降低投诉率".encode("gb18030"))
    code, said = run("lint", str(path))
    assert code == 2
    assert "UTF-8" in said


def test_no_goal_in_a_document(tmp_path):
    path = tmp_path / "goals.md"
    path.write_text("# Heading\n\n## Another\n", "utf-8")
    assert run("lint", str(path))[0] == 2


def test_text_output_points_at_the_words():
    _, said = run("lint", "--text", "尽快把退货率从12%降到9%", *DAY)
    lines = said.split("\n")
    assert lines[1] == "  尽快把退货率从12%降到9%"
    assert lines[2] == "  ^^^^"
    assert "vague-deadline (T502)" in lines[3]


def test_sarif():
    _, said = run("lint", "--text", BAD, *DAY, "--format", "sarif")
    log = json.loads(said)
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("T501", "error")
    assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "T501"


def test_rule_page_and_list():
    assert "Why it matters" in run("rule", "no-metric")[1]
    assert "为什么要紧" in run("rule", "M201", "--lang", "zh-Hans")[1]
    assert "為什麼要緊" in run("rule", "M201", "--lang", "zh-Hant")[1]
    assert "T501  no-deadline" in run("rule")[1]
    assert json.loads(run("rule", "no-metric", "--format", "json")[1])["id"] == "M201"
    assert len(json.loads(run("rule", "--format", "json")[1])["rules"]) > 20
    assert "Did you mean 'no-deadline'" in run("rule", "no-deadlines")[1]
    assert run("rule", "--lang", "fr")[0] == 2


def test_fix_touches_nothing_else(tmp_path):
    path = tmp_path / "goals.md"
    before = "# 目标\r\n\r\n- 2027年6月底前把线索转(zhuǎn)化率从8%升到10%\r\n- 把退货率从12%降到9%  \r\n"
    path.write_bytes(before.encode())
    run("lint", str(path), *DAY, "--fix")
    assert path.read_bytes().decode() == before.replace("(zhuǎn)", "")


def test_fix_in_json_lines(tmp_path):
    path = tmp_path / "goals.jsonl"
    path.write_text('{"id": "a", "text": "战(zhàn)略复盘", "owner": "x"}\n{"text":"b"}\n', "utf-8")
    run("lint", str(path), *DAY, "--fix")
    assert path.read_text("utf-8") == '{"id": "a", "text": "战略复盘", "owner": "x"}\n{"text":"b"}\n'


def test_fix_never_inserts_a_figure(tmp_path):
    path = tmp_path / "goals.txt"
    path.write_text("大幅提升客户满意度，尽快见效\n", "utf-8")
    run("lint", str(path), *DAY, "--fix")
    assert path.read_text("utf-8") == "大幅提升客户满意度，尽快见效\n"
