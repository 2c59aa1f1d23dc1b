# ruff: noqa: E501
"""Cuts from a stretch of a row the words that a rewrite keeps: without its date, its owner and words that say nothing.

Knows nothing about what the words mean beyond that.
"""

from __future__ import annotations

import re

from assistant.batch.understanding import Understood
from assistant.drafting.lines import quoted
from assistant.goals import Language, Stated

_EDGES = " \t\u3000，,。；;、：:·•-–—*\n"
_JOINT = re.compile(
    r"^(?:同时|同時|并且|並且|以及|另外|此外|而且|还要|還要|并|並|且|及|和|与|與|(?:and|also|plus|as well as|then)\b)\s*(?:要|也)?",
    re.I,
)
_SPEAKER = re.compile(
    r"^(?:我们|我們|咱们|本(?:部门|部門|团队|團隊|组|組|处|處|科|课|課))(?:要|想|将|將|会|會|需要?|希望)?|^(?:we|the team|our team)\b\s*(?:will|want to|aim to|need to|should|must)?\s*",
    re.I,
)
_SPEAKS = re.compile(
    r"(?:要|将|將|会|會|需|应|應|在|于|於|把|力争|力爭|争取|爭取|计划|計畫|[：:，,]|\s*\d|(?=[提降减減增完建实實达達开開推优優改]))"
    r"|\s+(?:will|must|should|shall|to|is to|are to|needs to|plans to)\b|\s*[:,–-]",
    re.I,
)
"""Behind an owner who is the subject of a goal; else the word belongs to what is measured: 客服满意度."""
_HARD = re.compile(r"fewer|less|more|better|higher|lower|several|most|many|更|多|少", re.I)
_WEAK = re.compile(
    r"(?:努力|力争|力爭|争取|爭取|积极|積極|大力|全力|尽量|盡量|力求|切实|切實|全面|持续|持續|不断|不斷|进一步|進一步|有效地?)(?=\S)"
    r"|^(?:strive to|try to|aim to|work to|seek to|continue to|continuously|actively|significantly|further)\s+"
    r"|\s*\b(?:as soon as possible|asap|as far as possible|where possible|significantly|substantially|dramatically)\b",
    re.I,
)
_BEFORE_DAY = re.compile(
    r"(?:在|于|於|到|至|截至|\b(?:by|in|before|until|for|during|within|over)\s+(?:the\s+)?(?:end\s+of\s+)?)$", re.I
)
_AFTER_DAY = re.compile(r"^(?:之前|以前|之内|之內|前|内|內|底|为止|為止|期间|期間|，|,|：|:|\s)+")
_YEARLY = re.compile(r"全年|全季|年度|annual|full[- ]year|yearly", re.I)
_BRACKETS = re.compile(r"[(（]\s*[)）]")
_NUMBERING = re.compile(r"^\s*(?:\(?\d{1,2}[)、.）．](?!\d)|[①-⑨]|[一二三四五六七八九十]、|[-*•]\s)\s*")
_KEYED = re.compile(r"^\s*(?:KPI|KR\s?\d*|O\d*|目标|目標|Goal|Target|Objective)\s*\d*\s*[:：]\s*", re.I)

_DAY = re.compile(
    r"(?P<lead>(?<=[\u4e00-\u9fff]) )?(?P<y>20\d\d) ?年 ?(?P<m>\d{1,2}) ?月(?: ?(?P<d>\d{1,2}) ?(?P<sign>[日号號]))?"
)


def dated_alike(own: str, text: str) -> str:
    """Return a Chinese text with its dates in one style: the author's where the row spells out a date, else ours."""
    told = _DAY.search(own)
    gap = " " if told is None or " " in told.group().strip() else ""

    def written(match: re.Match[str]) -> str:
        words = f"{match['y']}{gap}年{gap}{match['m']}{gap}月"
        return (
            (match["lead"] or "") * bool(gap) + words + (f"{gap}{match['d']}{gap}{match['sign']}" if match["d"] else "")
        )

    return _DAY.sub(written, text)


def body(row: Understood, start: int, end: int, deadline: Stated | None) -> str:
    """Return the words of a stretch that a rewrite keeps.

    Args:
        row: the row.
        start: where the stretch begins.
        end: where it ends.
        deadline: the last day that the rewrite says by itself.
    """
    text = row.source.text
    dropped = _dates(row, start, end, deadline)
    dropped += [
        (hedge.start, hedge.end)
        for hedge in row.facts.hedges
        if hedge.kind in ("quantifier", "deadline", "escape") and start <= hedge.start and hedge.end <= end
        and not _holds_figure(row, hedge.start, hedge.end)
        and not _HARD.fullmatch(text, hedge.start, hedge.end)
    ]  # fmt: skip
    stretch = text[start:end]
    at = 0
    for opening in (_NUMBERING, _KEYED, _JOINT, _SPEAKER):
        if match := opening.match(stretch[at:].lstrip(_EDGES)):
            at += len(stretch[at:]) - len(stretch[at:].lstrip(_EDGES)) + match.end()
    owner = row.row.owner.strip()
    rest = stretch[at:].lstrip(_EDGES)
    if owner and rest.casefold().startswith(owner.casefold()) and _SPEAKS.match(rest[len(owner) :]):
        at = len(stretch) - len(rest) + len(owner)
        opened = re.match(r"(?:要|将|將|会|會|需|应|應| will| must| should| to)?\s*", stretch[at:], re.I)
        at += opened.end() if opened else 0
    if at:
        dropped.append((start, start + at))
    dropped += [(start + match.start(), start + match.end()) for match in _WEAK.finditer(stretch) if match.group()]
    return _kept(row, start, end, dropped)


def _dates(row: Understood, start: int, end: int, deadline: Stated | None) -> list[tuple[int, int]]:
    """Return where the stretch says the last day, with the small words around it."""
    text, found = row.source.text, []
    for time in row.facts.times:
        if time.kind not in ("deadline", "window") or time.start < start or time.end > end:
            continue
        last = time.resolved[1] or time.resolved[0]
        if deadline is None or deadline.value is None or last is None or last.isoformat() != deadline.value:
            continue
        words = text[time.start : time.end]
        leads = not text[start : time.start].strip(_EDGES) or time.kind == "deadline"
        if _YEARLY.search(words) or (not leads and row.language != "en"):
            continue
        before = _BEFORE_DAY.search(text[start : time.start])
        after = _AFTER_DAY.match(text[time.end : end]) if row.language != "en" else None
        first = start + before.start() if before else time.start
        found.append((first, time.end + (after.end() if after else 0)))
    return found


def hard(word: str) -> bool:
    """Whether a word of degree also compares (fewer than 2), so that it cannot be left out."""
    return _HARD.fullmatch(word) is not None


def _holds_figure(row: Understood, start: int, end: int) -> bool:
    return any(start < each.end and each.start < end for each in (*row.facts.quantities, *row.facts.times))


def _kept(row: Understood, start: int, end: int, dropped: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = start
    for left, right in [*sorted(dropped), (end, end)]:
        if left > at:
            parts.append(quoted(row.source, at, left).text)
        at = max(at, right)
    return trimmed("".join(parts))


def trimmed(words: str) -> str:
    """Return words without marks at their edges and without brackets that hold nothing."""
    words = _BRACKETS.sub("", words).strip(_EDGES).rstrip(".")
    if words.count("(") + words.count("（") < words.count(")") + words.count("）"):
        words = words.rstrip(")）")
    return re.sub(r"\s+([,;.])", r"\1", re.sub(r"[ \t\n]+", " ", words))


def lowered(words: str, language: Language) -> str:
    """Return words as they stand inside a sentence: an English first letter is small unless it begins a name."""
    word = re.split(r"[\s,-]", words, maxsplit=1)[0]
    if language != "en" or word[1:] != word[1:].lower() or word in ("I", "") or re.search(r"\d", word):
        return words
    return words[:1].lower() + words[1:]
