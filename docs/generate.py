"""Writes the reference pages that come from the code: commands, rules, metrics, JSON schemas.

Run with `make docs`; `tests/test_docs.py` fails when a page is stale.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from pydantic import BaseModel
from typer.main import get_command
from typer.testing import CliRunner

from assistant import catalogue, goals
from assistant.cli.main import app
from assistant.evaluation.results import GateVerdict, RunSummary
from assistant.evaluation.samples import Manifest, Sample
from assistant.goals.base import LANGUAGES, Language
from assistant.goals.outline import Outline
from assistant.goals.plan import Plan
from assistant.lint import all_rules
from assistant.lint.docs import SEVERITY, page
from assistant.lint.profile import Profile, portraits, profiles
from assistant.lint.rule import Rule
from evals.drafting_cases import DraftingCase
from evals.lint_cases import Case as LintCase
from evals.suites.injection import InjectionCase

HERE = Path(__file__).resolve().parent
NOTE = "<!-- Written by docs/generate.py; change the code, then run make docs. -->\n\n"


def commands() -> str:
    """Return the help of every command."""
    runner = CliRunner()
    parts = ["# Commands\n"]
    groups: dict[str, list[str]] = {
        name: sorted(getattr(command, "commands", {}))
        for name, command in sorted(get_command(app).commands.items())  # type: ignore[attr-defined]
    }
    every = [words for name, inner in groups.items() for words in ([name], *([name, each] for each in inner))]
    for words in ([], *every):
        text = runner.invoke(app, [*words, "--help"], terminal_width=96, prog_name="goals").stdout
        parts.append(f"## {' '.join(['goals', *words])}\n\n```text\n{text.strip()}\n```\n")
    return NOTE + "\n".join(parts)


RULES: dict[Language, str] = {"en": "rules.md", "zh-Hans": "rules.zh-Hans.md", "zh-Hant": "rules.zh-Hant.md"}
WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "language": "English",
        "title": "Rules",
        "profiles": "Profiles",
        "columns": "| rule | id | severity | differs in profiles |\n|---|---|---|---|",
        "off": "off",
        "preview": "preview",
        "kind": "- `{name}` ({title}): {description}",
        "is": ": ",
        "and": ", ",
    },
    "zh-Hans": {
        "language": "简体中文",
        "title": "规则",
        "profiles": "文档类型",
        "columns": "| 规则 | 编号 | 级别 | 在哪些文档类型里不同 |\n|---|---|---|---|",
        "off": "关闭",
        "preview": "试用",
        "kind": "- `{name}`（{title}）：{description}",
        "is": "：",
        "and": "，",
    },
    "zh-Hant": {
        "language": "繁體中文",
        "title": "規則",
        "profiles": "文件類型",
        "columns": "| 規則 | 編號 | 級別 | 在哪些文件類型裡不同 |\n|---|---|---|---|",
        "off": "關閉",
        "preview": "試用",
        "kind": "- `{name}`（{title}）：{description}",
        "is": "：",
        "and": "，",
    },
}


def rules(lang: Language) -> str:
    """Return the documentation of every rule and profile in one language."""
    words = WORDS[lang]
    others = " · ".join(
        WORDS[other]["language"] if other == lang else f"[{WORDS[other]['language']}]({RULES[other]})"
        for other in ("en", "zh-Hans", "zh-Hant")
    )
    kinds = [
        words["kind"].format(name=name, title=about.title[lang], description=about.description[lang])
        for name, about in portraits().items()
    ]
    table = "\n".join([words["columns"], *(row(rule, lang) for rule in all_rules())])
    # In one file, each rule's page is a chapter below the title.
    chapters = "\n".join(re.sub(r"^#", "##", page(rule, lang), flags=re.MULTILINE) for rule in all_rules())
    listed = "\n".join(kinds)
    return f"{NOTE}# {words['title']}\n\n{others}\n\n{table}\n\n## {words['profiles']}\n\n{listed}\n\n{chapters}"


def row(rule: Rule, lang: Language) -> str:
    """Return a rule's line of the table."""
    severity = SEVERITY[lang][rule.severity] + (f"{WORDS[lang]['and']}{WORDS[lang]['preview']}" if rule.preview else "")
    differs = [
        f"{name}{WORDS[lang]['is']}{said}"
        for name, profile in profiles().items()
        if (said := other(rule, profile, lang))
    ]
    link = f"[{rule.name}](#{rule.name}-{rule.id.lower()})"
    return f"| {link} | {rule.id} | {severity} | {WORDS[lang]['and'].join(differs)} |"


def other(rule: Rule, profile: Profile, lang: Language) -> str:
    """Return the severity that a rule has in a profile, '' where it is the rule's own."""
    if rule.name in profile.off:
        return WORDS[lang]["off"]
    severity = profile.severities.get(rule.name)
    return SEVERITY[lang][severity] if severity else ""


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
    """Return the JSON schemas of the results, of evaluation cases and of what a run leaves, by file name."""
    kinds: dict[str, type[BaseModel]] = {
        "draft": goals.DraftResult,
        "lint": goals.LintReport,
        "passage": goals.Passage,
        "plan": Plan,
        "plan-outline": Outline,
        "case-drafting": DraftingCase,
        "case-injection": InjectionCase,
        "case-lint": LintCase,
        "eval-manifest": Manifest,
        "eval-sample": Sample,
        "eval-summary": RunSummary,
        "eval-verdict": GateVerdict,
    }
    return {
        f"schemas/{name}.json": json.dumps(kind.model_json_schema(by_alias=True), ensure_ascii=False, indent=2) + "\n"
        for name, kind in kinds.items()
    }


def pages() -> dict[str, str]:
    """Return every generated page by its path under docs/."""
    every_rule = {RULES[lang]: rules(lang) for lang in LANGUAGES}
    return {"commands.md": commands(), **every_rule, "metrics.md": metrics(), **schemas()}


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
