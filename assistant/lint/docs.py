"""Writes a rule's page from its documentation. Knows nothing about where the page is shown."""

from __future__ import annotations

from typing import Any

from assistant.goals.base import Language
from assistant.lint.profile import profiles_without
from assistant.lint.rule import Rule

HEADINGS: dict[Language, dict[str, str]] = {
    "en": {
        "flags": "What it flags",
        "why": "Why it matters",
        "example": "Example",
        "better": "Better",
        "fix": "How to fix it",
        "sources": "Sources",
    },
    "zh-Hans": {
        "flags": "查什么",
        "why": "为什么要紧",
        "example": "例子",
        "better": "更好的写法",
        "fix": "怎么改",
        "sources": "依据",
    },
    "zh-Hant": {
        "flags": "查什麼",
        "why": "為什麼要緊",
        "example": "例子",
        "better": "更好的寫法",
        "fix": "怎麼改",
        "sources": "依據",
    },
}
"""The fixed headings of a rule's page, in order."""
SEVERITY: dict[Language, dict[str, str]] = {
    "en": {"error": "error", "warning": "warning", "info": "info"},
    "zh-Hans": {"error": "错误", "warning": "警告", "info": "提示"},
    "zh-Hant": {"error": "錯誤", "warning": "警告", "info": "提示"},
}
"""What the severities are called."""
_PREVIEW: dict[Language, str] = {
    "en": "Preview: off unless selected by name, because its precision is not shown yet.",
    "zh-Hans": "试用规则：准确率还没有验证，点名选用才生效。",
    "zh-Hant": "試用規則：精確率還沒有驗證，指名選用才生效。",
}


def page(rule: Rule, lang: Language) -> str:
    """Return the rule's page as Markdown."""
    text = rule.pages[lang]
    heads = HEADINGS[lang]
    lines = [f"# {rule.name} ({rule.id})", "", f"`{SEVERITY[lang][rule.severity]}`", ""]
    if rule.preview:
        lines += [_PREVIEW[lang], ""]
    for key in ("flags", "why", "example", "better", "fix"):
        value = getattr(text, key)
        shown = "> " + value.replace("\n", "\n> ") if key in ("example", "better") else value
        lines += [f"## {heads[key]}", "", shown, ""]
    lines += [f"## {heads['sources']}", "", *[f"- {source}" for source in rule.sources], ""]
    return "\n".join(lines)


def entry(rule: Rule, lang: Language) -> dict[str, Any]:
    """Return what programs learn about a rule."""
    texts = {key: getattr(rule.pages[lang], key) for key in ("flags", "why", "example", "better", "fix")}
    return {
        "name": rule.name,
        "id": rule.id,
        "group": rule.group,
        "severity": rule.severity,
        "preview": rule.preview,
        **texts,
        "sources": list(rule.sources),
        "profiles_off": list(profiles_without(rule.name)),
    }
