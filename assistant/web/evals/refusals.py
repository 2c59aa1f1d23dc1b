"""Says in the interface language why two runs cannot be compared. Knows nothing about how that is found out.

The comparison gives its reasons as English sentences; those that are known here are read for their values, any other is
shown as it stands.
"""

from __future__ import annotations

import re

from assistant.web.escape import text
from assistant.web.evals import names
from assistant.web.texts import Texts

_KNOWN = (
    (
        "cases",
        r"The cases of the suite '(?P<suite>[^']*)' differ: the reference has (?P<before>\d+) with the digest '[^']*', "
        r"the candidate (?P<after>\d+) with '[^']*'\.",
    ),
    (
        "check",
        r"The check '(?P<check>[^']*)' of the suite '(?P<suite>[^']*)' judges differently: version (?P<before>\d+) in "
        r"the reference, (?P<after>\d+) in the candidate\.",
    ),
    (
        "variants",
        r"No variant of the suite '(?P<suite>[^']*)' is in both runs: the reference has (?P<before>.*), the candidate "
        r"(?P<after>.*)\. Name the two to compare\.",
    ),
    ("pair", r"The variants (?P<before>'.*'|\".*\") and (?P<after>'.*'|\".*\") have no suite with samples of both\."),
    ("suites", r"The two runs have no suite with samples of both\."),
    (
        "twice",
        r"The (?:reference|candidate) has two answers to one epoch of the case '(?P<case>.*)' in the suite '.*'\.",
    ),
    ("named_alike", r"The (?:reference|candidate) has two cases called '(?P<case>.*)' in the suite '.*'\."),
    (
        "another_case",
        r"The case '(?P<case>.*)' of the suite '.*' is not the same in both runs, though their case sets have the same "
        r"digest\.",
    ),
)


def refusal(why: str, texts: Texts) -> str:
    """Return a reason as markup."""
    for key, pattern in _KNOWN:
        found = re.fullmatch(pattern, why)
        if found is not None:
            values = found.groupdict()
            if "suite" in values:
                values["suite"] = names.suite(values["suite"], texts)
            if "check" in values:
                values["check"] = names.plain_check(values["check"], texts)
            if key == "variants":
                values |= {side: values[side].replace("'", "") for side in ("before", "after")}
            return texts.html(f"refusal.{key}", **values)
    return f'<span lang="en">{text(why)}</span>'
