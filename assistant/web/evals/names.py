"""Names what runs consist of, in the interface language: suites, checks, languages, verdicts, dates.

Knows nothing about how they are laid out. What has no name here is shown by its own, marked as English.
"""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.evaluation.samples import CheckInfo, Variant
from assistant.web.escape import text
from assistant.web.texts import Texts, long_date, short_time

VERDICTS = {"pass": "ok", "fail": "error", "incomplete": "warning", "inconclusive": "todo"}
CHANGES = {"better": "ok", "worse": "error", "same": "same", "inconclusive": "todo"}
_SHORT_REVISION = 10


def suites(names: tuple[str, ...], texts: Texts) -> str:
    """Return the names of suites in one line."""
    return texts.plain("evals.joint").join(suite(name, texts) for name in names)


def suite(name: str, texts: Texts) -> str:
    """Return the name of a suite."""
    key = f"suite.{name}"
    return texts.plain(key) if key in texts else name


def language(code: str, texts: Texts) -> str:
    """Return the name of a language that cases are written in."""
    key = f"tongue.{code}"
    return texts.plain(key) if key in texts else code


def check(name: str, info: CheckInfo | None, texts: Texts) -> str:
    """Return a check's name as markup."""
    key = f"measure.{name}"
    if key in texts:
        return texts.html(key)
    return f'<span lang="en">{text((info.title if info else "") or name)}</span>'


def plain_check(name: str, texts: Texts) -> str:
    """Return a check's name for use in a sentence."""
    key = f"measure.{name}"
    return texts.plain(key) if key in texts else name


def about(variant: Variant | None, texts: Texts) -> str:
    """Return what a variant is, in a few words."""
    if variant is None:
        return ""
    key = f"kind.{variant.name}" if f"kind.{variant.name}" in texts else f"kind.{variant.kind}"
    return texts.plain(key)


def verdict(outcome: str | None, texts: Texts) -> tuple[str, str]:
    """Return the tone and the word of a gate's verdict."""
    return VERDICTS.get(outcome or "", "none"), texts.plain(f"verdict.{outcome or 'none'}")


def revision(commit: str, dirty: bool, texts: Texts) -> str:
    """Return a revision as markup, with what it says of the files beside it."""
    if not commit:
        return texts.html("evals.no_revision")
    mark = f" {texts.html('evals.dirty')}" if dirty else ""
    return f'<span class="mono" title="{text(commit)}">{text(commit[:_SHORT_REVISION])}</span>{mark}'


def when(created: str, texts: Texts) -> str:
    """Return when a run began as markup, by this machine's clock; what is no time is shown as it is."""
    shown = text(plain_when(created, texts))
    return f'<time datetime="{text(created)}">{shown}</time>' if local(created) else f"<span>{shown}</span>"


def plain_when(created: str, texts: Texts) -> str:
    """Return when a run began, as plain text."""
    moment = local(created)
    return created if moment is None else short_time(moment, texts.language, this_year())


def day(created: str, texts: Texts) -> str:
    """Return the day of a UTC time by this machine's clock, as plain text."""
    moment = local(created)
    return created if moment is None else long_date(moment.date(), texts.language)


def this_year() -> int:
    """Return the year by this machine's clock."""
    return datetime.now(UTC).astimezone().year


def local(created: str) -> datetime | None:
    """Return a UTC time of a manifest by this machine's clock."""
    try:
        moment = datetime.fromisoformat(created)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone()
