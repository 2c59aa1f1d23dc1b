"""The program that takes the text out of a PDF, run in a process of its own: a hostile file can harm nothing else.

It reads the file from standard input and writes one JSON object a line: `ready`, then a `page` each with its text, then
`done`; or `refused` with the reason. It is run as a file, not as part of the package, so that it starts fast and holds
nothing but pypdf. Knows nothing about documents.
"""

from __future__ import annotations

import io
import json
import logging
import re
import sys
from typing import Any

MEMORY = 230_000_000
"""Address space beyond what the program takes when it starts."""
MAX_CHARACTERS = 2_100_000
_CPU_SECONDS = 25
_MODE = re.compile(rb"\b[37]\s+Tr\b")
_SHOWING = (b"Tj", b"TJ", b"'", b'"')
_FORMS = 50


def limit() -> None:
    """Limit this process's memory, processor time, files and children, where the system can."""
    try:
        import resource
    except ImportError:
        return
    try:
        with open("/proc/self/statm") as stream:  # noqa: PTH123
            now = int(stream.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))
    except (OSError, ValueError):
        pass
    for kind, most in ((resource.RLIMIT_CPU, _CPU_SECONDS), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):
            continue


def say(**words: object) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read the file and write what it says."""
    logging.disable(logging.CRITICAL)
    import pypdf
    from pypdf import generic

    raw = sys.stdin.buffer.read()
    limit()
    say(ready=True)
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted:
            say(refused="encrypted")
            return
        say(title=title(reader))
        count = 0
        for number, page in enumerate(reader.pages, start=1):
            words = page_text(page, reader, generic)
            count += len(words["text"]) + len(words["unseen"])
            say(page=number, **words)
            if count > MAX_CHARACTERS:
                say(refused="long")
                return
        say(done=True)
    except MemoryError:
        say(refused="memory")
    except RecursionError:
        say(refused="damaged")
    except Exception:
        say(refused="damaged")


def title(reader: Any) -> str:
    """Return the title in the file's properties."""
    try:
        words = (reader.metadata or {}).get("/Title")
    except MemoryError:
        raise
    except Exception:
        return ""
    return str(words)[:300] if isinstance(words, str) else ""


def page_text(page: Any, reader: Any, generic: Any) -> dict[str, str]:
    """Return the text that a page shows, and the text that it holds without showing it."""
    content = page.get_contents()
    if content is None:
        return {"text": "", "unseen": ""}
    if not _MODE.search(content.get_data()):
        return {"text": page.extract_text(), "unseen": "(in a form)" if unseen_in_forms(page) else ""}
    shown, hidden = [], []
    mode, modes = 0, []
    for operands, operator in content.operations:
        if operator == b"q":
            modes.append(mode)
        elif operator == b"Q":
            mode = modes.pop() if modes else 0
        elif operator == b"Tr" and operands:
            mode = int(operands[0])
        unseen = mode in (3, 7)
        if operator not in _SHOWING:
            shown.append((operands, operator))
            hidden.append((operands, operator))
        elif unseen:
            hidden.append((operands, operator))
        else:
            shown.append((operands, operator))
    return {"text": replaced(page, shown, reader, generic), "unseen": replaced(page, hidden, reader, generic)}


def replaced(page: Any, operations: list[Any], reader: Any, generic: Any) -> str:
    """Return the page's text with other operations in place of its own."""
    stream = generic.ContentStream(None, reader)
    stream.operations = operations
    page[generic.NameObject("/Contents")] = stream
    return str(page.extract_text())


def unseen_in_forms(page: Any) -> bool:
    """Tell whether a form that the page uses draws text without showing it."""
    try:
        forms = page["/Resources"]["/XObject"].get_object()
        parts = (forms[key].get_object() for key in list(forms)[:_FORMS])
        return any(part.get("/Subtype") == "/Form" and _MODE.search(part.get_data()) for part in parts)
    except MemoryError:
        raise
    except Exception:
        return False


if __name__ == "__main__":
    main()
