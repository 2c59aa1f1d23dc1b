"""Loads all prompt files and the manifest that says which version of each role is active.

Knows nothing about rendering or models.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pydantic import Field, ValidationError

from assistant.errors import PromptError
from assistant.goals.base import Model
from assistant.paths import resource
from assistant.prompting.files import Prompt, read

MANIFEST = "manifest.toml"
_FILE = re.compile(r"v[1-9][0-9]*\.md")


class Manifest(Model):
    """Which prompts are in use.

    Attributes:
        active: role → version, such as `v2`.
        released: `role/vN` → SHA-256 of the file; a released file never changes again.
    """

    version: int = Field(ge=1, le=1)
    active: dict[str, str] = Field(default_factory=dict)
    released: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Library:
    """All prompts by role and version."""

    prompts: dict[str, Prompt]
    manifest: Manifest
    folder: Path = field(compare=False)

    def active(self, role: str) -> Prompt:
        """Return the active version of `role`.

        Raises:
            PromptError: no version of that role is active.
        """
        version = self.manifest.active.get(role)
        if version is None:
            raise _unknown("active prompt for the role", role, list(self.manifest.active))
        return self.prompts[f"{role}/{version}"]

    def get(self, role: str, version: int | str | None = None) -> Prompt:
        """Return one version of `role`, given as `2`, `"2"` or `"v2"`; None means the active one.

        Raises:
            PromptError: there is no such prompt.
        """
        if version is None:
            return self.active(role)
        key = f"{role}/v{str(version).removeprefix('v')}"
        if key not in self.prompts:
            raise _unknown("prompt", key, list(self.prompts))
        return self.prompts[key]

    def roles(self) -> list[str]:
        """Return the roles that have an active prompt, sorted."""
        return sorted(self.manifest.active)


def load(folder: Path | None = None) -> Library:
    """Read every prompt file in `folder`, by default the product's own.

    Raises:
        PromptError: anything is wrong with the manifest or with any file; all problems are in the one message.
    """
    folder = folder or resource("prompts")
    return _load(folder, _state(folder))


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return name, time and size of every file, so that a change is seen and nothing is read twice without one."""
    found = []
    # Looked at before every prompt: walking with pathlib would take ten times as long.
    with contextlib.suppress(OSError):
        entries = list(os.scandir(folder))
        for entry in list(entries):
            with contextlib.suppress(OSError):
                entries += os.scandir(entry.path) if entry.is_dir() else ()
        for entry in entries:
            if entry.name.endswith(".md") or entry.name == MANIFEST:
                with contextlib.suppress(OSError):
                    about = entry.stat()
                    found.append((entry.path, about.st_mtime_ns, about.st_size))
    return tuple(sorted(found))


@lru_cache(maxsize=4)
def _load(folder: Path, state: tuple[tuple[str, int, int], ...]) -> Library:
    problems: list[str] = []
    manifest = _manifest(folder, problems)
    prompts: dict[str, Prompt] = {}
    for path in sorted(folder.glob("*/*.md")):
        if not _FILE.fullmatch(path.name):
            problems.append(f"{path.parent.name}/{path.name}: is not named like v1.md")
            continue
        reading = read(path)
        problems += reading.problems
        if reading.prompt is not None:
            prompts[reading.prompt.key] = reading.prompt
    files = {f"{path.parent.name}/{path.stem}" for path in folder.glob("*/*.md")}
    problems += _disagreements(manifest, prompts, files)
    if problems:
        raise PromptError(
            f"The prompts in {str(folder)!r} cannot be used: {'; '.join(problems)}.",
            "Correct the files; prompts/README.md describes them.",
            folder=str(folder),
        )
    return Library(prompts, manifest, folder)


def _manifest(folder: Path, problems: list[str]) -> Manifest:
    try:
        return Manifest.model_validate(tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except OSError as error:
        problems.append(f"{MANIFEST}: cannot be read ({error.strerror})")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{MANIFEST}: is not TOML ({error})")
    except ValidationError as error:
        for fault in error.errors():
            problems.append(f"{MANIFEST}: `{'.'.join(str(part) for part in fault['loc'])}`: {fault['msg']}")
    return Manifest(version=1)


def _disagreements(manifest: Manifest, prompts: dict[str, Prompt], files: set[str]) -> list[str]:
    problems: list[str] = []
    for role, version in manifest.active.items():
        if f"{role}/{version}" not in files:
            problems.append(f'{MANIFEST}: the active prompt {role} = "{version}" has no file {role}/{version}.md')
    for key, digest in manifest.released.items():
        if key not in files:
            problems.append(f"{MANIFEST}: the released prompt {key} has no file {key}.md")
        elif key in prompts and prompts[key].digest != digest:
            role, _, version = key.partition("/v")
            copy = f"{role}/v{int(version) + 1}.md" if version.isdigit() else "a new version"
            problems.append(f"{key}.md: was changed after its release; undo that and write {copy} instead")
    ids: dict[str, str] = {}
    for prompt in prompts.values():
        first = ids.setdefault(prompt.about.role, prompt.about.id)
        if first != prompt.about.id:
            problems.append(f'{prompt.key}.md: its id "{prompt.about.id}" differs from "{first}" of another version')
    return problems


def _unknown(kind: str, name: str, known: list[str]) -> PromptError:
    near = difflib.get_close_matches(name, known, 1)
    hint = f"Did you mean `{near[0]}`?" if near else f"There are: {', '.join(sorted(known)) or 'none'}."
    return PromptError(f'There is no {kind} "{name}".', hint, name=name)
