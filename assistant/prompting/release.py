"""Releases prompts: writes the digest of every active prompt into the manifest, after which the file never changes.

Knows nothing about what a prompt says. Run as `python -m assistant.prompting.release`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.errors import PromptError
from assistant.prompting.library import MANIFEST, load


def release(folder: Path | None = None) -> list[str]:
    """Add each active prompt that is not yet released to the manifest and return their keys, such as `draft/v2`.

    Raises:
        PromptError: the prompts cannot be loaded, or the manifest has no `[released]` table.
    """
    library = load(folder)
    fresh = [library.active(role) for role in library.roles()]
    fresh = [prompt for prompt in fresh if prompt.key not in library.manifest.released]
    if fresh:
        path = library.folder / MANIFEST
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        headings = [number for number, line in enumerate(lines) if line.strip().startswith("[")]
        if not headings or lines[headings[-1]].strip() != "[released]":
            raise PromptError(
                f"The last table of {str(path)!r} is not `[released]`.", "Move it to the end of the file."
            )
        lines += [f'"{prompt.key}" = "{prompt.digest}"' for prompt in fresh]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [prompt.key for prompt in fresh]


def main() -> int:
    """Release the product's own prompts and say which; 2 when they cannot be loaded."""
    try:
        released = release()
    except PromptError as error:
        print(error, file=sys.stderr)
        return 2
    print("released: " + (", ".join(released) or "nothing new"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
