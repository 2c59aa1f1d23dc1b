"""Reads the method texts: front matter and sections, strictly, one file at a time.

Knows nothing about passages, search or who cites the texts.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from assistant.errors import KnowledgeError
from assistant.goals import LANGUAGES, Language, Model
from assistant.goals.method import MethodText, Section

MAX_FILE_BYTES = 200_000
_TOPIC = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_KEYS = ("topic", "title", "language", "sources", "related")
_LISTS = ("sources", "related")


class Library(Model):
    """All method texts that could be read, and one error for each that could not."""

    texts: tuple[MethodText, ...]
    problems: tuple[str, ...] = ()


def load(folder: Path) -> Library:
    """Read every `<topic>.<language>.md` of a folder; a broken file is reported and left out.

    Raises:
        KnowledgeError: the folder is missing, holds no method text, or every one of them is broken.
    """
    files = sorted(path for path in folder.glob("*.md") if path.is_file() and path.name.lower() != "readme.md")
    texts: list[MethodText] = []
    problems: list[str] = []
    for path in files:
        try:
            texts.append(read(path))
        except KnowledgeError as error:
            problems.append(str(error))
    if not texts:
        what = f"All method texts in {str(folder)!r} are broken." if files else f"No method text is in {str(folder)!r}."
        raise KnowledgeError(
            " ".join([what, *problems[:3]]), "Restore the folder from the distribution.", folder=str(folder)
        )
    return Library(texts=tuple(texts), problems=tuple(problems))


def read(path: Path) -> MethodText:
    """Read and check one method text.

    Raises:
        KnowledgeError: the file cannot be read or breaks the format; the message names file, line and cure.
    """
    try:
        data = path.read_bytes()
        if len(data) > MAX_FILE_BYTES:
            raise _fault(path, 1, f"The file has {len(data):,} bytes.", f"Keep it under {MAX_FILE_BYTES:,} bytes.")
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise _fault(path, 1, f"It cannot be read ({error.strerror}).", "Check the file's permissions.") from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _fault(path, line, "It is not UTF-8.", "Save the file as UTF-8.") from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    front, after = _front_matter(path, lines)
    return MethodText(
        topic=cast("str", front["topic"]),
        title=cast("str", front["title"]),
        language=cast("Language", front["language"]),
        sources=tuple(front["sources"]),
        related=tuple(front.get("related", ())),
        sections=_sections(path, lines, after),
    )


def _fault(path: Path, line: int, what: str, cure: str) -> KnowledgeError:
    return KnowledgeError(f"{path}:{line}: {what}", cure, file=str(path), line=str(line))


def _unquote(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value


def _front_matter(path: Path, lines: list[str]) -> tuple[dict[str, str | list[str]], int]:
    """Return the checked front matter and the index of the line after it."""
    if lines[0].strip() != "---":
        raise _fault(
            path, 1, f"The first line is {lines[0][:40]!r}.", "Begin with front matter between two lines `---`."
        )
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.strip() == "---"), None)
    if end is None:
        raise _fault(path, 1, "The front matter has no end.", "Close it with a line `---`.")
    front: dict[str, str | list[str]] = {}
    where: dict[str, int] = {}
    key = ""
    for number, line in enumerate(lines[1:end], start=2):
        if not line.strip():
            continue
        if line.lstrip().startswith("- "):
            values = front.get(key)
            if not isinstance(values, list):
                raise _fault(
                    path, number, f"A list item stands under {key!r}.", "Lists belong under sources or related."
                )
            values.append(_unquote(line.lstrip()[2:]))
            continue
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or key not in _KEYS:
            raise _fault(path, number, f"{line.strip()[:60]!r} is no known key.", f"Known keys: {', '.join(_KEYS)}.")
        if key in front:
            raise _fault(path, number, f"The key {key!r} stands twice.", "Keep one of them.")
        where[key] = number
        if key in _LISTS:
            inner = value[1:-1] if value.startswith("[") and value.endswith("]") else None
            if value and inner is None:
                raise _fault(
                    path, number, f"{key!r} is no list.", "Write [a, b], or items on lines that begin with `- `."
                )
            front[key] = [_unquote(item) for item in (inner or "").split(",") if item.strip()]
        else:
            front[key] = _unquote(value)
    _check(path, front, where, end + 1)
    return front, end + 1


def _check(path: Path, front: dict[str, str | list[str]], where: dict[str, int], end: int) -> None:
    for key in ("topic", "title", "language", "sources"):
        if not front.get(key):
            raise _fault(path, where.get(key, end), f"The key {key!r} is missing or empty.", "Fill it in.")
    for key in _LISTS:
        if any(not item for item in front.get(key, ())):
            raise _fault(path, where[key], f"{key!r} holds an empty item.", "Fill it in or remove it.")
    if not _TOPIC.match(str(front["topic"])):
        cure = "Use lower-case letters, digits and hyphens."
        raise _fault(path, where["topic"], f"The topic {front['topic']!r} is no key.", cure)
    if front["language"] not in LANGUAGES:
        cure = f"Use one of {', '.join(LANGUAGES)}."
        raise _fault(path, where["language"], f"The language {front['language']!r} is not known.", cure)
    expected = f"{front['topic']}.{front['language']}.md"
    if path.name != expected:
        cure = f"Name the file {expected!r} or correct topic and language."
        raise _fault(path, where["topic"], "File name and front matter differ.", cure)


def _sections(path: Path, lines: list[str], start: int) -> tuple[Section, ...]:
    """Return the sections; text before the first heading and headings without text are faults."""
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(lines[start:], start=start + 1):
        if line.startswith("## "):
            found.append((number, line[3:].strip(), []))
        elif found:
            found[-1][2].append(line)
        elif line.strip() and not line.startswith("# "):
            raise _fault(
                path, number, "Text stands before the first section.", "Begin each idea with a line `## Heading`."
            )
    if not found:
        raise _fault(path, len(lines), "The text has no section.", "Begin each idea with a line `## Heading`.")
    sections = []
    for number, heading, body in found:
        text = "\n".join(body).strip()
        if not heading or not text:
            raise _fault(
                path, number, f"The section {heading!r} lacks a heading or a text.", "Fill it in or remove it."
            )
        sections.append(Section(heading=heading, text=text))
    return tuple(sections)
