"""Says what a number rests on: the words quoted, the formula, the place. Knows nothing about markup."""

from __future__ import annotations

from assistant.goals import Number
from assistant.web.session import Version
from assistant.web.texts import Texts

_AROUND = 24
_STOPS = "。；;！？!?\n"


def why(number: Number, version: Version | None, texts: Texts) -> str:
    """Return the formula or the quoted words; '' where the origin says all there is."""
    said = _source_text(number.evidence.source, version)
    start, end = number.evidence.start, number.evidence.end
    parts = []
    if said and start is not None and end is not None and start < end <= len(said):
        parts.append(texts.plain("evidence.quote", text=_clause(said, start, end)))
    if number.evidence.formula:
        parts.append(number.evidence.formula)
    return "\n".join(parts)


def place(number: Number, version: Version | None, texts: Texts) -> str:
    """Return where the evidence stands, in words."""
    kind, _, rest = number.evidence.source.partition(":")
    if kind == "passage":
        passage = next((p for p in version.passages if p.id == rest), None) if version else None
        return texts.plain("evidence.passage", title=passage.title if passage else rest)
    key = f"evidence.{kind}"
    return texts.plain(key, number=rest) if key in texts else number.evidence.source


def passage_of(number: Number) -> str | None:
    """Return the id of the passage that a number rests on, if it rests on one."""
    kind, _, rest = number.evidence.source.partition(":")
    return rest if kind == "passage" and rest else None


def source_place(key: str, texts: Texts) -> str:
    """Return where a statement was made, in words, for contradictions."""
    kind, _, rest = key.partition(":")
    name = f"evidence.{kind}"
    return texts.plain(name, number=rest, title=rest) if name in texts else key


def _source_text(source: str, version: Version | None) -> str:
    if version is None:
        return ""
    aim = version.aim
    kind, _, rest = source.partition(":")
    if kind == "passage":
        return next((p.text for p in version.passages if p.id == rest), "")
    if kind in ("aim", "team"):
        return aim.text if kind == "aim" else aim.team.profile
    followups = tuple(each.text for each in aim.followups)
    rows = {
        "followup": followups,
        "edit": followups,
        "context": aim.context,
        "org_goal": aim.team.org_goals,
        "improve": aim.team.improve,
        "resource": aim.team.resources,
    }.get(kind, ())
    return rows[int(rest) - 1] if rest.isdigit() and 0 < int(rest) <= len(rows) else ""


def _clause(said: str, start: int, end: int) -> str:
    left = max(start - _AROUND, max((said.rfind(stop, 0, start) + 1 for stop in _STOPS), default=0))
    stops = [found for stop in _STOPS if (found := said.find(stop, end)) >= 0]
    right = min([end + _AROUND, len(said), *stops])
    clause = said[left:right].strip()
    return f"{'…' if left > 0 and said[left - 1] not in _STOPS else ''}{clause}{'…' if right == end + _AROUND else ''}"
