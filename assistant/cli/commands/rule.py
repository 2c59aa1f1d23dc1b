"""`goals rule`: shows a rule's page, or lists all rules. Knows nothing about what rules check."""

from __future__ import annotations

from typing import Annotated

import typer

_LANGUAGES = ("en", "zh-Hans", "zh-Hant")
_FORMATS = ("text", "json")


def rule(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Name or id; without one, all are listed.")
    ] = None,
    lang: Annotated[str, typer.Option(help="en, zh-Hans or zh-Hant.")] = "en",
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
) -> None:
    """Explain a rule: what it flags, why it matters, how to mend it."""
    import json

    from assistant.errors import UsageError
    from assistant.lint import all_rules, find_rule
    from assistant.lint.docs import page

    languages = {entry.lower(): entry for entry in _LANGUAGES}
    chosen = languages.get(lang.lower())
    if chosen is None:
        raise UsageError(f"--lang {lang!r} is none of {', '.join(_LANGUAGES)}.")
    if format not in _FORMATS:
        raise UsageError(f"--format {format!r} is none of {', '.join(_FORMATS)}.")
    rules = [find_rule(name)] if name else list(all_rules())
    if format == "json":
        rows = [
            {
                "name": entry.name,
                "id": entry.id,
                "group": entry.group,
                "severity": entry.severity,
                "preview": entry.preview,
                **{key: getattr(entry.pages[chosen], key) for key in ("flags", "why", "example", "better", "fix")},  # type: ignore[index]
                "sources": list(entry.sources),
            }
            for entry in rules
        ]
        typer.echo(json.dumps(rows[0] if name else {"version": 1, "rules": rows}, ensure_ascii=False, indent=2))
    elif name:
        typer.echo(page(rules[0], chosen))  # type: ignore[arg-type]
    else:
        wide = max(len(entry.name) for entry in rules)
        for entry in rules:
            state = f"{entry.severity}{', preview' if entry.preview else ''}"
            typer.echo(f"{entry.id}  {entry.name:<{wide}}  {state:<16}  {entry.pages[chosen].flags}")  # type: ignore[index]


COMMAND = rule
