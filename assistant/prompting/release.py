"""Releases prompts: writes a prompt's digest into the manifest, after which its file never changes.

Knows nothing about what a prompt says. `python -m assistant.prompting.release draft/v2` releases one; without a name it
only lists what could be released.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import PromptError
from assistant.prompting.library import MANIFEST, load


def unreleased(folder: Path | None = None) -> list[str]:
    """Return the active prompts that are not released yet, as `role/vN`.

    Raises:
        PromptError: the prompts cannot be loaded.
    """
    library = load(folder)
    return [
        key for key in (library.active(role).key for role in library.roles()) if key not in library.manifest.released
    ]


def release(keys: Sequence[str], folder: Path | None = None) -> list[str]:
    """Write the digests of the prompts `keys`, such as `draft/v2`, into the manifest; return those that were new.

    Raises:
        PromptError: the prompts cannot be loaded, one does not exist, or the manifest does not end in `[released]`.
    """
    library = load(folder)
    prompts = [library.get(*key.partition("/")[::2]) for key in keys]
    fresh = {prompt.key: prompt.digest for prompt in prompts if prompt.key not in library.manifest.released}
    if fresh:
        path = library.folder / MANIFEST
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        headings = [number for number, line in enumerate(lines) if line.strip().startswith("[")]
        if not headings or lines[headings[-1]].strip() != "[released]":
            raise PromptError(
                f"The last table of {str(path)!r} is not `[released]`.", "Move it to the end of the file."
            )
        lines += [f'"{key}" = "{digest}"' for key, digest in fresh.items()]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(fresh)


def main(arguments: Sequence[str]) -> int:
    """Release the product's prompts that are named, or list what could be; return 2 when something is wrong."""
    try:
        if arguments:
            print("released: " + (", ".join(release(arguments)) or "nothing new"))
        else:
            print("not released yet: " + (", ".join(unreleased()) or "none"))
    except PromptError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
