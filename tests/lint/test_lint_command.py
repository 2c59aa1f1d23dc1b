"""`goals lint` and `goals rule` as a person runs them."""

from __future__ import annotations

import json
import os

import pytest
import typer
from typer.testing import CliRunner

from assistant.cli.commands.lint import COMMAND as LINT
from assistant.cli.commands.rule import COMMAND as RULE
from assistant.errors import AssistantError

app = typer.Typer()
app.command("lint")(LINT)
app.command("rule")(RULE)
PEOPLE = "name,city,team\n" + "".join(f"Ann {at},Graz,sales\n" for at in range(1, 9))
GOOD = "2027年6月底前把退货率从12%降到9%"
BAD = "把退货率从12%降到9%"
DAY = ["--today", "2026-11-21"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


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
        (["--today", "20261121"], "'20261121'"),
        (["--today", "2026-W47-6"], "YYYY-MM-DD"),
        (["--select", ""], "No rule is named in ''"),
        (["--ignore", " , "], "No rule is named in ' , '"),
        (["--format", "jsn"], "Did you mean 'json'"),
        (["--kind", "objektive"], "objective"),
        (["--select", "no-metrics"], "Did you mean 'no-metric'"),
        (["--fail-on", "errors"], "'error'"),
        (["--text", " "], "empty"),
        (["/nowhere/goals.md"], "'/nowhere/goals.md'"),
        (["--fix"], "--fix needs files"),
        (["-", "--fix"], "--fix needs files"),
        (["--profile", "templates"], "Did you mean 'template'"),
        (["--fix-also", "suggested"], "--fix-also"),
        (["--diff", "--fix-also", "placeholders"], "Did you mean 'placeholder'"),
        (["--diff", "--format", "json"], "--diff does not go with --format json"),
        (["--statistics", "--format", "sarif"], "--statistics does not go with --format sarif"),
        (["--config", "goals.toml", "--no-config"], "contradict"),
        (["--config", "/nowhere/goals.toml"], "'/nowhere/goals.toml'"),
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


def test_other_encodings_are_read_and_said(folder):
    (folder / "goals.txt").write_bytes(f"{BAD}\n".encode("gb18030"))
    result = CliRunner().invoke(app, ["lint", "goals.txt", *DAY])
    assert "goals.txt:1:1: error: no-deadline" in result.stdout
    assert result.stderr.startswith("note: goals.txt: ")


def test_what_is_no_text_is_refused(folder):
    (folder / "goals.txt").write_bytes(b"%PDF-1.7\n...")
    code, said = run("lint", "goals.txt", *DAY)
    assert code == 2
    assert "goals.txt" in said


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


def test_github(folder):
    (folder / "goals.md").write_text(f"- {GOOD}\n- {BAD}\n", "utf-8")
    code, said = run("lint", "goals.md", *DAY, "--format", "github")
    assert code == 1
    assert said.startswith("::error file=goals.md,line=2,endLine=2,col=3,")
    assert said.count("\n") == 1


def test_places_stay_apart_where_files_share_ids(folder):
    for name, line in (("a.jsonl", 1), ("b.jsonl", 3)):
        row = json.dumps({"id": "G1", "text": BAD}, ensure_ascii=False)
        (folder / name).write_text("\n" * (line - 1) + row + "\n", "utf-8")
    _, said = run("lint", "a.jsonl", "b.jsonl", *DAY, "--format", "sarif")
    places = [result["locations"][0]["physicalLocation"] for result in json.loads(said)["runs"][0]["results"]]
    assert [(place["artifactLocation"]["uri"], place["region"]["startLine"]) for place in places] == [
        ("a.jsonl", 1),
        ("b.jsonl", 3),
    ]
    _, said = run("lint", "a.jsonl", "b.jsonl", *DAY)
    assert "a.jsonl:1:1: error" in said
    assert "b.jsonl:3:1: error" in said


def test_a_byte_order_mark_takes_no_column(folder):
    (folder / "goals.txt").write_bytes(b"\xef\xbb\xbf" + BAD.encode())
    assert "goals.txt:1:1: error" in run("lint", "goals.txt", *DAY)[1]


def test_statistics():
    given = ["--text", BAD, "--text", BAD, "--text", GOOD, *DAY, "--statistics"]
    code, said = run("lint", *given)
    assert code == 1
    assert said == "2  no-deadline (T501)  error\n3 goals, 1 ready; 2 errors, 0 warnings, 0 info.\n"
    _, said = run("lint", *given, "--format", "json")
    assert json.loads(said) == {
        "version": 1,
        "today": "2026-11-21",
        "goals": 3,
        "statistics": [{"rule": "no-deadline", "id": "T501", "severity": "error", "count": 2}],
    }


def test_a_folder_gives_all_its_documents(folder):
    for name in (
        "b/goals.md",
        "a.txt",
        "c.csv",
        ".hidden/x.md",
        ".venv/x.md",
        "b/.x.md",
        "b/picture.png",
        "b/~$x.xlsx",
    ):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"目标\n{BAD}\n" if name == "c.csv" else f"- {BAD}\n", "utf-8")
    _, said = run("lint", ".", *DAY, "--format", "json")
    assert [goal["id"] for goal in json.loads(said)["goals"]] == ["a.txt:1", "c.csv:2", "b/goals.md:1"]
    _, said = run("lint", "b", "b/goals.md", *DAY, "--format", "json")
    assert len(json.loads(said)["goals"]) == 1, "a file that is named twice is read once"


def test_a_table_without_goals_in_a_folder_is_skipped_and_said(folder):
    (folder / "people.csv").write_text(PEOPLE, "utf-8")
    (folder / "goals.md").write_text(f"- {GOOD}\n", "utf-8")
    result = CliRunner().invoke(app, ["lint", ".", *DAY])
    assert result.exit_code == 0
    assert "skipped: " in result.stderr
    assert "people.csv" in result.stderr
    assert run("lint", "people.csv", "goals.md", *DAY)[0] == 2


def test_what_cannot_be_read_in_a_folder_is_named_after_judging_the_rest(folder):
    (folder / "goals.md").write_text(f"- {GOOD}\n", "utf-8")
    (folder / "gone.md").symlink_to("nowhere.md")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 and no more")
    (folder / "wrong.csv").write_bytes("目标\n".encode() + b"\xff\xfe\xff goal\n")
    (folder / "empty.md").write_text("", "utf-8")
    result = CliRunner().invoke(app, ["lint", ".", *DAY])
    assert result.exit_code == 2
    assert "1 goal, 1 ready" in result.stdout, "the rest is judged and shown"
    told = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert len(told) == 3
    assert all(any(name in line for line in told) for name in ("gone.md", "broken.xlsx", "wrong.csv"))
    assert "skipped: 'empty.md'" in result.stderr


def test_a_folder_that_cannot_be_entered_is_named(folder, monkeypatch):
    (folder / "goals.md").write_text(f"- {GOOD}\n", "utf-8")
    (folder / "shut").mkdir()
    look = os.scandir

    def scandir(path):
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", scandir)
    result = CliRunner().invoke(app, ["lint", ".", *DAY])
    assert result.exit_code == 2
    assert "shut' cannot be read (Permission denied)" in result.stderr
    assert "1 goal, 1 ready" in result.stdout


def test_a_table_that_nobody_has_filled_in_has_no_goals_and_is_no_fault(folder):
    (folder / "goals.csv").write_text("目标,截止日期\n", "utf-8")
    code, said = run("lint", "goals.csv", *DAY)
    assert (code, said) == (0, "0 goals, 0 ready; 0 errors, 0 warnings, 0 info.\n")
    code, said = run("lint", "goals.csv", *DAY, "--format", "json")
    assert (code, json.loads(said)["goals"]) == (0, [])
    assert run("lint", "-", *DAY, input="Goal,Due\n")[0] == 0


def test_all_unreadable_files_are_named_at_once(folder):
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text(PEOPLE, "utf-8")
    code, said = run("lint", "a.csv", "b.csv", *DAY)
    assert (code, "a.csv" in said, "b.csv" in said) == (2, True, True)
    code, said = run("lint", "x.md", "y.md", *DAY)
    assert (code, "'x.md'" in said, "'y.md'" in said) == (2, True, True)


def test_an_empty_folder(folder):
    (folder / "empty").mkdir()
    code, said = run("lint", "empty", *DAY)
    assert code == 2
    assert "'empty'" in said


def rules(*arguments):
    said = run("lint", *arguments, *DAY, "--format", "json")[1]
    return [[finding["rule"] for finding in goal["findings"]] for goal in json.loads(said)["goals"]]


def test_the_nearest_configuration_holds(folder):
    (folder / "team").mkdir()
    (folder / "team" / "goals.md").write_text(f"- {BAD}\n", "utf-8")
    (folder / "goals.md").write_text(f"- {BAD}\n", "utf-8")
    (folder / "pyproject.toml").write_text('[tool.goals.lint]\nignore = ["no-deadline"]\n', "utf-8")
    (folder / "team" / "goals.toml").write_text("[lint]\nfail-on = 'never'\n", "utf-8")
    assert rules("goals.md", "team/goals.md") == [[], ["no-deadline"]]
    assert run("lint", "team/goals.md", *DAY)[0] == 0, "each file fails by its own configuration"
    assert run("lint", "team/goals.md", *DAY, "--fail-on", "error")[0] == 1
    assert rules("--text", BAD) == [[]], "for words of the command line the current folder counts"
    assert rules("goals.md", "--no-config") == [["no-deadline"]]
    assert rules("goals.md", "--config", "team/goals.toml") == [["no-deadline"]]
    assert rules("goals.md", "--ignore", "no-metric") == [["no-deadline"]], "the command line beats the file"


def test_configured_severities(folder):
    (folder / "goals.toml").write_text("[lint.severity]\nno-deadline = 'info'\nvague-deadline = 'off'\n", "utf-8")
    (folder / "goals.md").write_text(f"- {BAD}\n- 尽快把投诉率从5%降到3%\n", "utf-8")
    code, said = run("lint", "goals.md", *DAY, "--format", "json")
    assert code == 0
    found = [[(f["rule"], f["severity"]) for f in goal["findings"]] for goal in json.loads(said)["goals"]]
    assert found[0] == [("no-deadline", "info")]
    assert "vague-deadline" not in dict(found[1])


def test_a_configured_fiscal_year(folder):
    (folder / "goals.md").write_text("- Raise NPS from 31 to 40 by the end of FY27\n", "utf-8")
    assert "ambiguous-period" in rules("goals.md")[0]
    (folder / "goals.toml").write_text("[lint]\nfiscal-year-start = 4\n", "utf-8")
    assert "ambiguous-period" not in rules("goals.md")[0]


def test_profiles_by_remark_pattern_and_option(folder):
    (folder / "plan.md").write_text(f"- {BAD}\n", "utf-8")
    (folder / "own.md").write_text(f"<!-- goals: profile goal -->\n\n- {BAD}\n", "utf-8")
    (folder / "goals.toml").write_text("[lint.per-file]\n'*.md' = { profile = 'okr' }\n", "utf-8")
    assert rules("plan.md", "own.md") == [[], ["no-deadline"]]
    assert rules("plan.md", "own.md", "--profile", "kpi") == [[], []]
    assert rules("plan.md", "--profile", "kpi", "--select", "no-deadline") != []


def test_remarks_for_the_whole_file(folder):
    (folder / "a.txt").write_text(f"# goals: ignore-file no-deadline\n{BAD}\n尽快把投诉率从5%降到3%\n", "utf-8")
    (folder / "b.txt").write_text(f"<!-- goals: ignore-file -->\n{BAD}\n", "utf-8")
    assert rules("a.txt", "b.txt") == [[], ["vague-deadline"], []]
    (folder / "a.txt").write_text(f"# goals: profile kpis\n{BAD}\n", "utf-8")
    code, said = run("lint", "a.txt", *DAY)
    assert code == 2
    assert "a.txt: There is no profile 'kpis'. Did you mean 'kpi'?" in said


def test_remarks_at_lines_that_do_nothing_are_noted(folder):
    (folder / "a.md").write_text(
        f"- {BAD} <!-- goals: ignore no-deadlines -->\n<!-- goals: ignore no-deadline -->\n"
        f"- {BAD} <!-- goals: ignore no-deadline -->\n",
        "utf-8",
    )
    result = CliRunner().invoke(app, ["lint", "a.md", *DAY])
    notes = result.stderr.splitlines()
    assert len(notes) == 2
    assert notes[0].startswith("note: a.md:1: There is no rule 'no-deadlines'. Did you mean 'no-deadline'?")
    assert notes[1].startswith("note: a.md:2: `goals: ignore` on a line of its own leaves nothing out")


def test_wrong_configuration_is_a_usage_error(folder):
    (folder / "goals.toml").write_text("[lint]\nselct = []\n", "utf-8")
    code, said = run("lint", "--text", BAD, *DAY)
    assert code == 2
    assert "did you mean 'select'" in said


def test_rule_page_and_list():
    assert "Why it matters" in run("rule", "no-metric")[1]
    assert "为什么要紧" in run("rule", "M201", "--lang", "zh-Hans")[1]
    assert run("rule", "M201", "--lang", "zh") == run("rule", "M201", "--lang", "zh-Hans")
    assert "為什麼要緊" in run("rule", "M201", "--lang", "zh-Hant")[1]
    assert "T501  no-deadline" in run("rule")[1]
    known = json.loads(run("rule", "no-metric", "--format", "json")[1])
    assert (known["id"], known["profiles_off"]) == ("M201", ["template"])
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


def test_diff_shows_and_writes_nothing(folder):
    before = "# 目标\n\n- 2027年6月底前把线索转(zhuǎn)化率从8%升到10%\n"
    path = folder / "goals.md"
    path.write_text(before, "utf-8")
    code, said = run("lint", "goals.md", *DAY, "--diff")
    assert code == 0
    assert said == (
        "--- goals.md\n+++ goals.md\n@@ -1,3 +1,3 @@\n # 目标\n \n"
        "-- 2027年6月底前把线索转(zhuǎn)化率从8%升到10%\n+- 2027年6月底前把线索转化率从8%升到10%\n"
    )
    assert run("lint", "goals.md", *DAY, "--diff", "--fix")[1] == said
    assert path.read_text("utf-8") == before
    assert run("lint", "-", *DAY, "--diff", input=before)[1] == said.replace("goals.md", "-")


def test_fix_says_what_it_did_and_reports_what_is_left(folder):
    (folder / "goals.md").write_text("- 把线索转(zhuǎn)化率从8%升到10%\n", "utf-8")
    result = CliRunner().invoke(app, ["lint", "goals.md", *DAY, "--fix"])
    assert result.exit_code == 1
    assert result.stderr == "goals.md: 1 fix applied.\n"
    assert "no-deadline" in result.stdout
    assert "gloss" not in result.stdout


def test_only_reported_findings_are_fixed(folder):
    before = "- 把线索转(zhuǎn)化率从8%升到10%\n"
    (folder / "goals.md").write_text(before, "utf-8")
    run("lint", "goals.md", *DAY, "--fix", "--ignore", "gloss")
    assert (folder / "goals.md").read_text("utf-8") == before


def workbook(path, *cells):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Q1"
    for row in (("目标", "负责人"), *((cell, "王芳") for cell in cells)):
        book.active.append(row)
    book.save(path)


def cells(path):
    from openpyxl import load_workbook

    return [row[0] for row in load_workbook(path)["Q1"].iter_rows(min_row=2, values_only=True)]


SLIP = "2027年6月底前把线索转(zhuǎn)化率从8%升到10%"


def test_workbooks_have_cells_for_places(folder):
    workbook(folder / "plan.xlsx", GOOD, BAD)
    code, said = run("lint", "plan.xlsx", *DAY)
    assert code == 1
    assert "plan.xlsx:Q1!A3: error: no-deadline (T501)" in said
    assert "::Q1!A3: " in run("lint", "plan.xlsx", *DAY, "--format", "github")[1]
    result = json.loads(run("lint", "plan.xlsx", *DAY, "--format", "sarif")[1])["runs"][0]["results"][0]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["locations"][0]["logicalLocations"][0]["name"] == "Q1!A3"


def test_fixes_in_a_workbook(folder):
    path = folder / "plan.xlsx"
    workbook(path, SLIP, GOOD)
    raw = path.read_bytes()
    assert run("lint", ".", *DAY, "--diff") == (0, f"plan.xlsx\nQ1!A2: {SLIP} → {SLIP.replace('(zhuǎn)', '')}\n")
    assert path.read_bytes() == raw
    run("lint", ".", *DAY, "--fix")
    assert cells(path) == [SLIP.replace("(zhuǎn)", ""), GOOD]


def word(path, *paragraphs):
    from docx import Document

    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph, style="List Bullet")
    document.save(path)


def test_word_documents_are_judged_and_never_written(folder):
    path = folder / "plan.docx"
    word(path, GOOD, SLIP)
    raw = path.read_bytes()
    (folder / "goals.md").write_text(f"- {SLIP}\n", "utf-8")
    assert "plan.docx:paragraph 2: info: gloss" in run("lint", "plan.docx", *DAY)[1]
    result = CliRunner().invoke(app, ["lint", "plan.docx", "goals.md", *DAY, "--fix"])
    assert result.exit_code == 0
    assert "not mended: plan.docx" in result.stderr
    assert path.read_bytes() == raw
    assert "(zhuǎn)" not in (folder / "goals.md").read_text("utf-8")


def test_a_word_document_speaks_for_itself(folder):
    word(folder / "plan.docx", BAD)
    assert rules("plan.docx") == [["no-deadline"]]
    word(folder / "plan.docx", "[goals: profile okr]", BAD)
    assert rules("plan.docx") == [[]]


def test_placeholder_fixes_insert_no_figure(folder):
    """Of what is added beyond safe fixes, no digit is new."""
    before = "- 尽快大幅提升客户满意度\n- Cut the return rate from 12% to 9%\n- Raise NPS soon\n"
    path = folder / "goals.md"
    path.write_text(before, "utf-8")
    run("lint", "goals.md", *DAY, "--fix", "--fix-also", "suggested,placeholder")
    after = path.read_text("utf-8")
    assert sorted(filter(str.isdigit, after)) == sorted(filter(str.isdigit, before))
    run("lint", "goals.md", *DAY, "--fix", "--fix-also", "suggested", "--fix-also", "placeholder")
    assert path.read_text("utf-8") == after, "mending again changes nothing"


def test_what_is_passed_over_is_named_with_its_section(folder):
    (folder / "plan.md").write_text("## 背景\n\n- 大促期间\n", "utf-8")
    result = CliRunner().invoke(app, ["lint", "plan.md", *DAY])
    assert "line 3 is not read as goals" in result.stderr and "'## 背景'" in result.stderr
    assert "No goal found" in str(result.exception)


def test_a_goal_without_end_is_read_in_part(folder):
    (folder / "long.txt").write_text("1) Cut churn from 8% to 5%; 2) raise NPS from 30 to 45; " * 2000, "utf-8")
    result = CliRunner().invoke(app, ["lint", "long.txt", *DAY, "--format", "json"])
    assert "only the first 20,000 of" in result.stderr
    assert len(result.stdout) < 5_000_000
