"""Writes the reference pages that come from the code: commands, rules, metrics, JSON schemas.

Run with `make docs`; `tests/test_docs.py` fails when a page is stale.
"""

from __future__ import annotations

import json
from pathlib import Path

from typer.main import get_command
from typer.testing import CliRunner

from assistant import catalogue, goals
from assistant.cli.main import app
from assistant.lint import all_rules
from assistant.lint.docs import page

HERE = Path(__file__).resolve().parent
NOTE = "<!-- Written by docs/generate.py; change the code, then run make docs. -->\n\n"


def commands() -> str:
    """Return the help of every command."""
    runner = CliRunner()
    parts = ["# Commands\n"]
    names = sorted(get_command(app).commands)  # type: ignore[attr-defined]
    for words in ([], *([name] for name in names)):
        text = runner.invoke(app, [*words, "--help"], terminal_width=96, prog_name="goals").stdout
        parts.append(f"## {' '.join(['goals', *words])}\n\n```text\n{text.strip()}\n```\n")
    return NOTE + "\n".join(parts)


def rules() -> str:
    """Return the documentation of every rule."""
    rows = [f"| [{rule.name}](#{rule.name}) | {rule.id} | {rule.severity} |" for rule in all_rules()]
    table = "\n".join(["| rule | id | severity |", "|---|---|---|", *rows])
    pages = "\n".join(page(rule, "en") for rule in all_rules())
    return f"{NOTE}# Rules\n\n{table}\n\n{pages}"


def metrics() -> str:
    """Return the catalogue as one table a function."""
    parts = ["# Metric catalogue\n"]
    for function in catalogue.load().functions.values():
        parts.append(f"## {function.name['en']} · {function.name['zh-Hans']} · {function.name['zh-Hant']}\n")
        parts.append("| id | English | 简体中文 | 繁體中文 | direction | kind |\n|---|---|---|---|---|---|")
        for metric in function.metrics:
            names = " | ".join(metric.text[language].name for language in ("en", "zh-Hans", "zh-Hant"))
            parts.append(f"| {metric.id} | {names} | {metric.direction} | {metric.kind} |")
        parts.append("")
    return NOTE + "\n".join(parts)


def schemas() -> dict[str, str]:
    """Return the JSON schemas of the results, by file name."""
    kinds = {"draft": goals.DraftResult, "lint": goals.LintReport, "passage": goals.Passage}
    return {
        f"schemas/{name}.json": json.dumps(kind.model_json_schema(by_alias=True), ensure_ascii=False, indent=2) + "\n"
        for name, kind in kinds.items()
    }


def pages() -> dict[str, str]:
    """Return every generated page by its path under docs/."""
    return {"commands.md": commands(), "rules.md": rules(), "metrics.md": metrics(), **schemas()}


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
