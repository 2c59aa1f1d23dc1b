"""Reads one prompt file: front matter, static system part, user part with variables.

Knows nothing about which prompt is active or what any variable will hold.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from assistant.goals.base import Language, Model

VariableKind = Literal["data", "value"]
"""`data` comes from people or documents and is fenced off; `value` is short and comes from our own code."""

_SYSTEM = "<!-- system -->"
_USER = "<!-- user -->"
_MARKER = re.compile(r"\{\{([^{}]*)\}\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class FrontMatter(Model):
    """What a prompt file says about itself.

    Attributes:
        id: name of the prompt, the same in all versions.
        role: folder of the file: what the prompt is for.
        version: number in the file's name.
        variables: every `{{name}}` of the user part and its kind.
        output_schema: name of the schema that the answer must fit, `text` for none.
        languages: languages the prompt may be asked to answer in.
        changes: what is new in this version and why.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)
    role: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)
    version: int = Field(ge=1)
    variables: dict[str, VariableKind]
    output_schema: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=60)
    languages: list[Language] = Field(min_length=1)
    changes: str = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of a prompt, ready to be rendered.

    Attributes:
        about: the front matter.
        system: static instructions, the same for every call.
        user: the part with variables, rendered for each call.
        digest: SHA-256 of the file, line ends taken as LF.
    """

    about: FrontMatter
    system: str
    user: str
    digest: str

    @property
    def key(self) -> str:
        """Return `role/vN`, as in the manifest."""
        return f"{self.about.role}/v{self.about.version}"


@dataclass(slots=True)
class Reading:
    """A prompt file as read: the prompt, or what is wrong with it."""

    prompt: Prompt | None = None
    problems: list[str] = field(default_factory=list)


def markers(text: str) -> list[str]:
    """Return what stands between `{{` and `}}` in `text`, in order."""
    return [match[1] for match in _MARKER.finditer(text)]


def digest_of(text: str) -> str:
    """Return the SHA-256 of a prompt file's text; line ends do not matter."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def read(path: Path) -> Reading:
    """Read the file at `path`, which is `<role>/vN.md`; every problem is listed, none is raised."""
    place = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        return Reading(problems=[f"{place}: cannot be read ({error.strerror})"])
    except UnicodeDecodeError:
        return Reading(problems=[f"{place}: is not UTF-8"])
    text = text.replace("\r\n", "\n")
    match = re.match(r"\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", text, re.DOTALL)
    if match is None:
        return Reading(problems=[f"{place}: does not begin with front matter between two lines `+++`"])
    problems: list[str] = []
    about = _front_matter(match[1], problems)
    system, user = _parts(match[2], problems)
    if about is not None:
        if (about.role, f"v{about.version}") != (path.parent.name, path.stem):
            problems.append(f"the front matter says {about.role}/v{about.version}")
        problems += _variable_problems(about, user)
    if problems or about is None:
        return Reading(problems=[f"{place}: {problem}" for problem in problems])
    return Reading(Prompt(about, system, user, digest_of(text)))


def _front_matter(text: str, problems: list[str]) -> FrontMatter | None:
    try:
        return FrontMatter.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        problems.append(f"the front matter is not TOML ({error})")
    except ValidationError as error:
        for fault in error.errors():
            place = ".".join(str(part) for part in fault["loc"])
            problems.append(f"front matter `{place}`: {fault['msg']}")
    return None


def _parts(body: str, problems: list[str]) -> tuple[str, str]:
    lines = [line.strip() for line in body.split("\n")]
    if lines.count(_SYSTEM) != 1 or lines.count(_USER) != 1 or lines.index(_SYSTEM) > lines.index(_USER):
        problems.append(f"needs one line `{_SYSTEM}` and after it one line `{_USER}`")
        return "", ""
    start, middle = lines.index(_SYSTEM), lines.index(_USER)
    rows = body.split("\n")
    before, system, user = (
        "\n".join(part).strip() for part in (rows[:start], rows[start + 1 : middle], rows[middle + 1 :])
    )
    if before:
        problems.append(f"has text before `{_SYSTEM}`")
    for name, part in (("system", system), ("user", user)):
        if not part:
            problems.append(f"the {name} part is empty")
    found = markers(system)
    if found:
        problems.append(f"the system part is static and cannot hold `{{{{{found[0]}}}}}`")
    return system, user


def _variable_problems(about: FrontMatter, user: str) -> list[str]:
    used = dict.fromkeys(markers(user))
    problems = [f"`{{{{{name}}}}}` is not a variable name" for name in used if not _NAME.fullmatch(name)]
    proper = [name for name in used if _NAME.fullmatch(name)]
    problems += [f"`{{{{{name}}}}}` is not listed in variables" for name in proper if name not in about.variables]
    problems += [f"variable `{name}` is never used" for name in about.variables if name not in used]
    return problems
