"""Reads the ways in which people ask for what a section says: `knowledge/questions/<topic>.<language>.md`.

Knows nothing about search. A file lists questions under the headings of the method text of the same name.
"""

from __future__ import annotations

from pathlib import Path

from assistant.goals.method import MethodText, Section
from assistant.retrieval.methods import Library


def join(library: Library, folder: Path) -> Library:
    """Return the library with the questions of every section; what does not fit is told among its problems.

    Args:
        library: the method texts.
        folder: folder of questions; texts without a file keep none.
    """
    texts: list[MethodText] = []
    problems: list[str] = []
    for text in library.texts:
        path = folder / f"{text.topic}.{text.language}.md"
        try:
            listed = _read(path)
        except (OSError, UnicodeDecodeError) as error:
            if path.exists():
                problems.append(f"{path}:1: It cannot be read ({error}). Save it as UTF-8.")
            listed = {}
        known = {section.heading for section in text.sections}
        problems += [
            f"{path}: The section {heading!r} is none of the method text. Correct the heading."
            for heading in listed
            if heading not in known
        ]
        texts.append(text.model_copy(update={"sections": tuple(_asked(each, listed) for each in text.sections)}))
    return Library(texts=tuple(texts), problems=(*library.problems, *problems))


def _asked(section: Section, listed: dict[str, list[str]]) -> Section:
    return section.model_copy(update={"asked": tuple(dict.fromkeys(listed.get(section.heading, ())))})


def _read(path: Path) -> dict[str, list[str]]:
    """Return the questions of a file by heading."""
    listed: dict[str, list[str]] = {}
    heading = ""
    for line in path.read_text("utf-8-sig").splitlines():
        if line.startswith("## "):
            heading = line[3:].strip()
            listed.setdefault(heading, [])
        elif heading and line.startswith("- ") and line[2:].strip():
            listed[heading].append(line[2:].strip())
    return listed
