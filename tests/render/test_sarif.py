"""SARIF output: its structure is the standard's, and its regions point at the words in the file."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.lint import Record, all_rules, lint_records
from assistant.lint.docs import entry, page
from assistant.render.places import Place, place_of
from assistant.render.sarif import FINGERPRINT, sarif

TODAY = date(2026, 11, 21)
RULES = [{**entry(rule, "en"), "page": page(rule, "en")} for rule in all_rules()]
DOCUMENT = "# 目标\n\n- 尽快把线索转(zhuǎn)化率从8%升到10%\n- 具体：减少退货\n  可衡量：降低X%\n"
TEXTS = (("尽快把线索转(zhuǎn)化率从8%升到10%", 3), ("具体：减少退货\n  可衡量：降低X%", 4))


def log(document=DOCUMENT, texts=TEXTS, file="plans/目标 1.md", places=None):
    records = [Record(f"g{line}", text, line=line, start=document.index(text)) for text, line in texts]
    report = lint_records(records, today=TODAY)
    return sarif(report, RULES, places or [place_of(record, file, document) for record in records])


def results(found):
    return {result["ruleId"]: result for result in found["runs"][0]["results"]}


def cut(document, region):
    lines = document.split("\n")[region["startLine"] - 1 : region["endLine"]]
    lines[-1] = lines[-1][: region["endColumn"] - 1]
    return "\n".join(lines)[region["startColumn"] - 1 :]


def test_required_properties():
    """What the standard calls SHALL, for the parts that are used."""
    found = log()
    assert found["version"] == "2.1.0"
    assert found["$schema"].endswith("sarif-2.1.0.json")
    (run,) = found["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "goals"
    assert run["columnKind"] == "unicodeCodePoints"
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"]) == len(all_rules())
    for rule in driver["rules"]:
        for key in ("shortDescription", "fullDescription", "help"):
            assert rule[key]["text"]
        assert rule["help"]["markdown"].startswith(f"# {rule['name']} ({rule['id']})")
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
        assert isinstance(rule["defaultConfiguration"]["enabled"], bool)
        assert rule["properties"]["tags"][0] == "goals"
        assert "helpUri" not in rule
    assert run["results"]
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["level"] in {"error", "warning", "note"}
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert len(result["partialFingerprints"][FINGERPRINT]) > 16
        for location in result["locations"]:
            region = location["physicalLocation"]["region"]
            assert set(region) == {"startLine", "startColumn", "endLine", "endColumn", "snippet"}
            assert all(region[key] >= 1 for key in ("startLine", "startColumn", "endLine", "endColumn"))
            assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        for fix in result.get("fixes", []):
            for change in fix["artifactChanges"]:
                assert change["artifactLocation"]["uri"]
                assert all(entry["deletedRegion"]["startLine"] >= 1 for entry in change["replacements"])


def test_preview_rules_are_not_enabled():
    driver = log()["runs"][0]["tool"]["driver"]
    states = {rule["name"]: rule["defaultConfiguration"]["enabled"] for rule in driver["rules"]}
    assert states == {rule.name: not rule.preview for rule in all_rules()}


def test_regions_point_at_the_words():
    for result in log()["runs"][0]["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        assert cut(DOCUMENT, region) == region["snippet"]["text"]
    assert results(log())["S105"]["locations"][0]["physicalLocation"]["region"]["startLine"] == 5


def test_paths_are_uris():
    place = results(log())["T502"]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "plans/%E7%9B%AE%E6%A0%87%201.md"
    absolute = results(log(file="/plans/a.md"))["T502"]["locations"][0]["physicalLocation"]
    assert absolute["artifactLocation"]["uri"] == "file:///plans/a.md"


def test_safe_fixes_are_handed_on():
    (fix,) = results(log())["N001"]["fixes"]
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    assert cut(DOCUMENT, replacement["deletedRegion"]) == "(zhuǎn)"
    assert replacement["insertedContent"] == {"text": ""}
    assert all("fixes" not in result for id, result in results(log()).items() if id != "N001")


def test_fingerprints_stay_when_lines_move():
    def prints(found):
        return [result["partialFingerprints"][FINGERPRINT] for result in found["runs"][0]["results"]]

    moved = "# 目标\n\n新的一段。\n\n" + DOCUMENT
    later = log(moved, [(text, line + 4) for text, line in TEXTS])
    assert prints(later) == prints(log())
    assert len(set(prints(log()))) == len(prints(log()))
    twice = log(DOCUMENT, [TEXTS[0], TEXTS[0]])
    assert len(set(prints(twice))) == len(prints(twice)), "the same goal twice gives two prints"


def test_cells_have_logical_places_and_no_region():
    places = [Place("plan.xlsx", inside="Q1!B3"), Place("plan.xlsx", inside="Q1!B4")]
    result = results(log(places=places))["S105"]
    (location,) = result["locations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": "plan.xlsx"}}
    assert location["logicalLocations"] == [{"name": "Q1!B4", "fullyQualifiedName": "plan.xlsx:Q1!B4"}]
    assert "fixes" not in results(log(places=places))["N001"]


def test_where_only_the_line_is_known():
    result = results(log(places=[Place("a.jsonl", 3), Place("a.jsonl", 4)]))["S105"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 4, "snippet": {"text": "X%"}}


@pytest.mark.parametrize("file", ["", "-"])
def test_goals_outside_files_have_no_physical_place(file):
    for result in log(file=file)["runs"][0]["results"]:
        assert set(result["locations"][0]) == {"logicalLocations"}
        assert "fixes" not in result
