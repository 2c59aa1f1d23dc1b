"""CI's gate refuses what makes drafts or judgements worse, and tells worse from to be recorded anew.

Uses the blessed references and the recorded answers of the project itself.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import paths
from assistant.cli.main import app
from assistant.lint import find_rule
from assistant.llm import ParseProblem
from evals import drafting_cases
from evals.models import recorded_cases

ROOT = Path(__file__).resolve().parents[2]
DESK = ROOT / "evals" / "recordings" / "desk"
LINT = ("--suite", "lint")
REPLAY = ("--variant", "prompts", "--replay", str(DESK))


def gate(tmp_path: Path, *words: str) -> tuple[int, list[dict[str, object]]]:
    """Run and gate as CI does; return the exit code and the reasons."""
    result = CliRunner().invoke(app, ["eval", "run", *words, "-o", str(tmp_path / "run"), "--gate", "--format", "json"])
    if not result.stdout.strip():
        raise AssertionError(f"{result.exit_code} {result.exception}")
    verdict = json.loads(result.stdout)
    reasons: list[dict[str, object]] = verdict["reasons"]
    return result.exit_code, reasons


def test_what_stands_passes(tmp_path: Path) -> None:
    for words in (LINT, REPLAY):
        code, reasons = gate(tmp_path / words[1], *words)
        assert code == 0, reasons


def test_the_recorded_answers_are_those_of_a_desk_and_cover_three_languages() -> None:
    recorded = recorded_cases(DESK)["drafting"]
    language = {case.id: case.language for case in drafting_cases.load()}
    for name, ids in recorded.items():
        assert len(ids) >= 12, name
        assert {language[id] for id in ids} == {"zh-Hans", "zh-Hant", "en"}
    models = {json.loads(file.read_text("utf-8")).get("model") for file in DESK.rglob("*.r*.json")}
    assert models == {"desk"}


def test_a_worse_rule_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = find_rule("no-metric")

    def silent(unit: object) -> Iterator[object]:
        return iter(())

    monkeypatch.setattr(rule, "check", silent)
    code, reasons = gate(tmp_path, *LINT)
    assert code == 1
    assert any(reason["level"] == "fail" and reason["check"] == "rules" for reason in reasons)


def lose_braces(text: str) -> ParseProblem:
    return ParseProblem("json", "nothing can be read")


def drop_the_rule(verdict: object) -> tuple[str, ...]:
    return ("- something is wrong",)


WORSE: list[tuple[str, Callable[..., object], str]] = [
    ("assistant.drafting.model.extract", lose_braces, "schema"),
    ("assistant.drafting.repair.problems_of", drop_the_rule, "repair_told"),
]


@pytest.mark.parametrize(("place", "worse", "check"), WORSE, ids=["parser", "repair builder"])
def test_a_worse_parser_or_repair_builder_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, worse: Callable[..., object], check: str
) -> None:
    monkeypatch.setattr(place, worse)
    code, reasons = gate(tmp_path, *REPLAY)
    assert code == 1, reasons
    assert any(reason["level"] == "fail" and reason["check"] == check for reason in reasons), reasons


def changed_prompts(tmp_path: Path, edit: Callable[[str], str]) -> Path:
    """Return a copy of the prompts whose active drafting prompt reads otherwise."""
    folder = tmp_path / "prompts"
    shutil.copytree(ROOT / "prompts", folder)
    manifest = folder / "manifest.toml"
    text = manifest.read_text("utf-8")
    version = next(line.split('"')[1] for line in text.splitlines() if line.startswith("draft = "))
    manifest.write_text(text.split("[released]")[0] + "[released]\n", "utf-8")
    file = folder / "draft" / f"{version}.md"
    file.write_text(edit(file.read_text("utf-8")), "utf-8")
    return folder


def test_a_changed_prompt_has_to_be_recorded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = changed_prompts(tmp_path, lambda text: text.replace("Plain words", "Simple words", 1))
    monkeypatch.setattr("assistant.prompting.library.resource", lambda name: folder)
    code, reasons = gate(tmp_path, *REPLAY)
    assert code == 3, reasons
    assert any("record again" in str(reason["text"]) for reason in reasons)
    allowed = CliRunner().invoke(app, ["eval", "gate", str(tmp_path / "run"), "--allow-stale"])
    assert allowed.exit_code == 0, allowed.output


def test_a_new_active_version_has_to_be_recorded_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "prompts"
    shutil.copytree(ROOT / "prompts", folder)
    newest = max((folder / "draft").glob("v*.md"), key=lambda path: int(path.stem[1:]))
    number = int(newest.stem[1:]) + 1
    text = newest.read_text("utf-8").replace(f"version = {number - 1}", f"version = {number}", 1)
    (folder / "draft" / f"v{number}.md").write_text(text, "utf-8")
    manifest = folder / "manifest.toml"
    active = next(line for line in manifest.read_text("utf-8").splitlines() if line.startswith("draft = "))
    manifest.write_text(manifest.read_text("utf-8").replace(active, f'draft = "v{number}"', 1), "utf-8")
    monkeypatch.setattr("assistant.prompting.library.resource", lambda name: folder)
    code, reasons = gate(tmp_path, *REPLAY)
    assert code == 3, reasons
    assert any("no answer" in str(reason["text"]) for reason in reasons)


def test_a_released_prompt_that_was_changed_is_not_even_loaded(tmp_path: Path) -> None:
    from assistant import prompting
    from assistant.errors import PromptError

    folder = tmp_path / "prompts"
    shutil.copytree(paths.resource("prompts"), folder)
    file = folder / "draft" / "v1.md"
    file.write_text(file.read_text("utf-8") + "\nmore\n", "utf-8")
    with pytest.raises(PromptError, match="after its release"):
        prompting.load(folder)
