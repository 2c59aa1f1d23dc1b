"""Finds prompts, knowledge and evals in a checkout and in an installed wheel, and the data folder.

Knows nothing about what the folders hold.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from assistant.errors import StorageError

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the folder `prompts` or `knowledge`: beside the package in a checkout, inside it in a wheel."""
    beside = _PACKAGE.parent / name
    if (_PACKAGE.parent / "pyproject.toml").is_file() and beside.is_dir():
        return beside
    return _PACKAGE / "data" / name


def checkout() -> Path | None:
    """Return the checkout's folder, or None in an installed wheel."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "evals").is_dir() else None


def home(create: bool = True) -> Path:
    """Return the data folder: `GOALS_HOME`, else the platform's folder for user data; mode 0700 when created.

    Raises:
        StorageError: the folder cannot be created or written.
    """
    folder = Path(os.environ.get("GOALS_HOME") or platformdirs.user_data_path("goal-assistant", appauthor=False))
    if create:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"The data folder {str(folder)!r} cannot be created ({error.strerror}).",
                "Set GOALS_HOME to a folder that you can write to.",
                folder=str(folder),
            ) from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise StorageError(
                f"The data folder {str(folder)!r} cannot be written.",
                "Set GOALS_HOME to a folder that you can write to.",
                folder=str(folder),
            )
    return folder
