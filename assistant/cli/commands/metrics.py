"""`goals metrics`: browse the metric catalogue. Knows nothing about how metrics are found."""

from __future__ import annotations

from typing import Annotated

import typer

_FORMATS = ("text", "json")


def metrics(
    query: Annotated[
        str | None, typer.Argument(help="A metric's id or name, or a wish in your own words; without one, all.")
    ] = None,
    k: Annotated[int, typer.Option("-k", "--count", min=1, max=300, help="Most metrics to list for a query.")] = 10,
    function: Annotated[str, typer.Option(help="Only one function, by id or name: hr, 客服, finance.")] = "",
    lang: Annotated[str, typer.Option(help="auto, zh-Hans, zh-Hant or en.")] = "auto",
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
) -> None:
    """Browse the metric catalogue: what can be measured, how, and how it is gamed."""
    import json

    from assistant.cli.values import choice
    from assistant.goals import LANGUAGES
    from assistant.render import metric_text
    from assistant.service import Assistant

    choice("--format", format, _FORMATS)
    chosen = choice("--lang", lang, ("auto", *LANGUAGES))
    assistant = Assistant()
    found = assistant.metrics(query or "", function=function, k=k)
    language = found.language if chosen == "auto" else next(known for known in LANGUAGES if known == chosen)
    if format == "json":
        rows = [metric.model_dump(mode="json") for metric in found.metrics]
        typer.echo(json.dumps({"version": 1, "metrics": rows}, ensure_ascii=False, indent=2))
        return
    if not found.metrics:
        typer.echo("Nothing was found. Ask in other words, or list all with goals metrics.")
    elif found.exact:
        typer.echo(metric_text.page(found.metrics[0], found.known, found.functions, language), nl=False)
    else:
        typer.echo(metric_text.lines(found.metrics, found.functions, language), nl=False)


COMMAND = metrics
