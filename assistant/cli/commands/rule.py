"""`goals rule`: shows a rule's page, or lists all rules. Knows nothing about what rules check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.goals.base import Language

_FORMATS = ("text", "json")


def rule(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Name or id; without one, all are listed.")
    ] = None,
    lang: Annotated[str, typer.Option(help="en, zh-Hans (or zh) or zh-Hant.")] = "en",
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
) -> None:
    """Explain a rule: what it flags, why it matters, how to mend it."""
    import json

    from assistant.cli.values import choice
    from assistant.goals.base import LANGUAGES
    from assistant.lint import all_rules, find_rule
    from assistant.lint.docs import entry, page

    languages: dict[str, Language] = {known.lower(): known for known in LANGUAGES} | {"zh": "zh-Hans"}
    chosen = languages.get(lang.lower()) or languages[choice("--lang", lang, LANGUAGES).lower()]
    choice("--format", format, _FORMATS)
    rules = [find_rule(name)] if name else list(all_rules())
    if format == "json":
        rows = [entry(known, chosen) for known in rules]
        typer.echo(json.dumps(rows[0] if name else {"version": 1, "rules": rows}, ensure_ascii=False, indent=2))
    elif name:
        typer.echo(page(rules[0], chosen))
    else:
        wide = max(len(known.name) for known in rules)
        for known in rules:
            state = f"{known.severity}{', preview' if known.preview else ''}"
            typer.echo(f"{known.id}  {known.name:<{wide}}  {state:<16}  {known.pages[chosen].flags}")


COMMAND = rule
