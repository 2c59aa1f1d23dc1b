"""What a run is made of, so that it is never gone on with as another: input, options, prompts, model, version.

Knows nothing about rows.
"""

from __future__ import annotations

import hashlib
from datetime import date

from assistant.goals.base import Language, Model


class Manifest(Model):
    """The makings of a run; two runs with the same one would ask the same of every row.

    Attributes:
        product: name and version of this software.
        input_name: the input's file name, without its folder.
        input_digest: SHA-256 of the input's bytes, hexadecimal.
        columns: role and column as chosen by the person; what the headings say is part of the input.
        sheet: the sheet chosen, or ''.
        language: the language asked for, `auto` for that of each row.
        today: the day from which dates are judged.
        drafter: `offline`, the model's name, or `linter` for a run that only judges.
        endpoint: address of the model's endpoint, or ''.
        prompts: role and fingerprint of every prompt file that can be used, in order of role.
        org_goals, resources: what was given for all rows.
    """

    version: int = 1
    product: str
    input_name: str
    input_digest: str
    columns: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    language: Language | str = "auto"
    today: date
    drafter: str
    endpoint: str = ""
    prompts: tuple[tuple[str, str], ...] = ()
    org_goals: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of everything in it, hexadecimal."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


_NAMES = {
    "product": "the version of this software",
    "input_name": "the input's name",
    "input_digest": "the input's contents",
    "columns": "the columns",
    "sheet": "the sheet",
    "language": "the language",
    "today": "the day to judge by",
    "drafter": "the drafter",
    "endpoint": "the model's endpoint",
    "prompts": "the prompts",
    "org_goals": "the goals of the organisation",
    "resources": "the resources",
    "version": "the form of the journal",
}


def changed(before: Manifest, after: Manifest) -> tuple[str, ...]:
    """Return what differs between two manifests, in words."""
    old, new = before.model_dump(), after.model_dump()
    return tuple(name for key, name in _NAMES.items() if old[key] != new[key])
