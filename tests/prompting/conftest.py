from __future__ import annotations

from pathlib import Path

import pytest

FILE = """\
+++
id = "draft-goals"
role = "draft"
version = {version}
output_schema = "draft"
languages = ["zh-Hans", "en"]
changes = "First."

[variables]
aim = "data"
count = "value"
+++
<!-- system -->
You write goals. An object looks like {{"a": {{"b": 1}}}}.
<!-- user -->
Write {{{{count}}}} goals:
{{{{aim}}}}
Again: {{{{count}}}}.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two versions of one role, the first active."""
    (tmp_path / "draft").mkdir()
    for version in (1, 2):
        (tmp_path / "draft" / f"v{version}.md").write_text(FILE.format(version=version), encoding="utf-8")
    (tmp_path / "manifest.toml").write_text('version = 1\n\n[active]\ndraft = "v1"\n\n[released]\n', encoding="utf-8")
    return tmp_path
