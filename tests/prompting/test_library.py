from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.errors import PromptError
from assistant.paths import resource
from assistant.prompting import load, render
from assistant.prompting.release import release, unreleased


def edit(folder: Path, old: str, new: str, name: str = "draft/v1.md") -> Path:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def message(folder: Path) -> str:
    with pytest.raises(PromptError) as caught:
        load(folder)
    return str(caught.value)


def test_versions_are_found(folder: Path) -> None:
    library = load(folder)
    assert library.roles() == ["draft"]
    assert library.active("draft").key == library.get("draft").key == "draft/v1"
    assert library.get("draft", 2).about.version == library.get("draft", "v2").about.version == 2
    assert library.active("draft").digest != library.get("draft", 2).digest
    assert library.active("draft").system == 'You write goals. An object looks like {"a": {"b": 1}}.'


def test_what_is_not_there_is_named_with_a_hint(folder: Path) -> None:
    library = load(folder)
    with pytest.raises(PromptError, match=r'no active prompt for the role "darft". Did you mean `draft`'):
        library.active("darft")
    with pytest.raises(PromptError, match=r'no prompt "draft/v9"'):
        library.get("draft", 9)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("+++\nid", "---\nid", "does not begin with front matter"),
        ('id = "draft-goals"', 'id = "Draft Goals"', "front matter `id`"),
        ('id = "draft-goals"', "id = ", "is not TOML"),
        ('id = "draft-goals"\n', "", "front matter `id`: Field required"),
        ("version = 1", 'version = "1"', "front matter `version`"),
        ("version = 1", "version = 3", "the front matter says draft/v3"),
        ('role = "draft"', 'role = "repair"', "the front matter says repair/v1"),
        ('"en"', '"fr"', "front matter `languages.1`"),
        ('changes = "First."', 'changes = ""', "front matter `changes`"),
        ("version = 1", "version = 1\nauthor = 1", "front matter `author`"),
        ('count = "value"', 'count = "trusted"', "front matter `variables.count`"),
        ('count = "value"\n', "", "`{{count}}` is not listed"),
        ("\n+++\n<!-- system", '\nteam = "data"\n+++\n<!-- system', "variable `team` is never used"),
        ("{{aim}}", "{{ aim }}", "`{{ aim }}` is not a variable name"),
        ("<!-- user -->", "", "needs one line `<!-- system -->`"),
        ("<!-- user -->", "<!-- user -->\n<!-- user -->", "needs one line"),
        ("<!-- system -->", "Hello\n<!-- system -->", "has text before"),
        ("You write goals.", "You write {{count}} goals.", "the system part is static"),
    ],
)
def test_a_broken_file_is_named(folder: Path, old: str, new: str, said: str) -> None:
    edit(folder, old, new)
    text = message(folder)
    assert said in text and "draft/v1.md" in text and str(folder) in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "`version`: Field required"),
        ("version = 2\n[active]\n", "`version`"),
        ("version = 1\nactive = 3\n", "`active`"),
        ("version = 1\n[aktive]\n", "`aktive`"),
        ("version = \n", "is not TOML"),
        ('version = 1\n[active]\ndraft = "v9"\n', "draft/v9.md"),
        ('version = 1\n[active]\n[released]\n"draft/v7" = "x"\n', "draft/v7.md"),
        ('version = 1\n[active]\n[released]\n"draft/v1" = "x"\n', "draft/v1.md: was changed after its release"),
    ],
)
def test_a_broken_manifest_is_named(folder: Path, text: str, said: str) -> None:
    (folder / "manifest.toml").write_text(text, encoding="utf-8")
    assert said in message(folder)


def test_all_problems_come_in_one_message(folder: Path) -> None:
    edit(folder, "{{aim}}", "{{goal}}")
    edit(folder, "languages", "langauges", "draft/v2.md")
    edit(folder, 'draft = "v1"', 'draft = "v5"', "manifest.toml")
    (folder / "draft" / "final.md").write_text("x")
    (folder / "draft" / "v3.md").write_bytes(b"\xff\xfe")
    text = message(folder)
    for said in [
        "`{{goal}}`",
        "`aim` is never used",
        "`langauges`",
        "`languages`",
        "draft/v5.md",
        "final.md",
        "not UTF-8",
    ]:
        assert said in text


def test_versions_of_a_role_share_their_id(folder: Path) -> None:
    edit(folder, "draft-goals", "other-goals", "draft/v2.md")
    assert 'its id "other-goals" differs' in message(folder)


def test_a_missing_folder(tmp_path: Path) -> None:
    assert "manifest.toml: cannot be read" in message(tmp_path / "nowhere")


def test_a_released_prompt_never_changes(folder: Path) -> None:
    assert unreleased(folder) == ["draft/v1"]
    assert release(["draft/v1"], folder) == ["draft/v1"] and release(["draft/v1"], folder) == unreleased(folder) == []
    with pytest.raises(PromptError, match='no prompt "draft/v9"'):
        release(["draft/v9"], folder)
    path = folder / "draft" / "v1.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert render(load(folder).active("draft"), {"aim": "x", "count": 1}).messages
    edit(folder, "goals", "targets")
    assert "draft/v1.md: was changed after its release; undo that and write draft/v2.md" in message(folder)


def test_releasing_keeps_the_manifests_comments_and_refuses_another_layout(folder: Path) -> None:
    path = folder / "manifest.toml"
    path.write_text('# why\nversion = 1\n[active]\ndraft = "v2" # new\n[released]\n', encoding="utf-8")
    assert release(["draft/v2"], folder) == ["draft/v2"]
    assert re.fullmatch(
        r'# why\nversion = 1\n\[active\]\ndraft = "v2" # new\n\[released\]\n"draft/v2" = "[0-9a-f]{64}"\n',
        path.read_text(),
    )
    path.write_text('version = 1\n[released]\n[active]\ndraft = "v2"\n', encoding="utf-8")
    with pytest.raises(PromptError, match="not `\\[released\\]`"):
        release(["draft/v2"], folder)


def test_the_products_own_prompts_load() -> None:
    library = load()
    assert library.folder == resource("prompts")
    for role in library.roles():
        prompt = library.active(role)
        values = dict.fromkeys(prompt.about.variables, "1")
        assert len(render(prompt, values).messages) == 2
