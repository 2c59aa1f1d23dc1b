"""The `goals` command: collects the commands and turns errors into one line and an exit code.

Knows nothing about what the commands do.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import sys

import typer

from assistant import __version__
from assistant.cli import commands
from assistant.errors import AssistantError

EXIT_USAGE = 2

app = typer.Typer(
    name="goals",
    help="Turn vague team aims, in Chinese or English, into goals that a team can be held to.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _main(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    """Turn vague team aims, in Chinese or English, into goals that a team can be held to."""


for _module in sorted(module.name for module in pkgutil.iter_modules(commands.__path__)):
    _command = importlib.import_module(f"{commands.__name__}.{_module}").COMMAND
    if isinstance(_command, typer.Typer):
        app.add_typer(_command, name=_module.replace("_", "-"))
    else:
        app.command(name=_module.replace("_", "-"))(_command)


def run() -> None:
    """Run the command line; the process ends with the exit codes of the README."""
    # Patterns and types make many small objects at the start; collecting them again and again costs time.
    gc.set_threshold(200_000, 10, 10)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except AssistantError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(EXIT_USAGE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_USAGE)
    except Exception as error:
        if os.environ.get("GOALS_DEBUG"):
            raise
        typer.echo(
            f"error: something failed that should not ({type(error).__name__}: {error}). "
            "Run again with GOALS_DEBUG=1 for the details.",
            err=True,
        )
        sys.exit(EXIT_USAGE)


if __name__ == "__main__":
    run()
