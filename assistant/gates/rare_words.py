"""Tells the words of an order that a draft has no reason to use: those that neither the work nor its trade speaks with.

Knows nothing about where orders are found. What the metric catalogue says is the language of the trade; a word that an
order brought in and that stands in neither is the order's own, and so are the words by which a draft speaks of itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from assistant import catalogue
from assistant.language import order_signs

_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]{4,40}(?:-[^\W\d_\u3400-\u9fff]{2,40})*")
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{3,20}(?![A-Za-z])")
_NUMBERED = re.compile(r"[\u3400-\u9fff]{2}\d{2,12}(?![\d%年月日号天周个小时分])")
_SELF = re.compile(
    r"(?:本|这份|此)?(?:草案|草稿|初稿)|满分|提示词|免审|(?:其他|别的?)(?:人|组|团队|用户|使用者)的(?:目标|对话)"
    r"|\b(?:this|the|your) draft\b|\bpre-?approved\b|\bfull marks\b|\bsystem prompt\b|\bprompt\b|\bother teams' goals\b"
    r"|\bother conversations\b|\bperfect score\b"
    r"|\b(?:hidden|initial|system|secret) (?:set-?up|instructions?|text|config\w*)\b"
)
"""How a draft speaks of itself, of its verdict, and of what its writer was told."""
_RUN = 3
_PLAIN = frozenset(
    "again also although always anything around because been before being below between both come could does"
    " doing done down during each either else even ever everything from give gives going good great have here"
    " however indeed instead into itself just kind kindly know known least less like likely look made make makes"
    " making many might more most much must need needs never next nothing often once only other others over part"
    " please quite rather read really right said same says seem seen several shall should since some something"
    " still such sure take taken than that their them then there these they thing things this those though through"
    " thus together told toward under until upon very want wants well were what whatever when where wherever"
    " whether which while whole whom whose will with within without word words would year years your yours"
    " ourselves anyone someone everyone nobody says state stated saying line lines sentence text january february"
    " march april june july august september october november december".split()
)


def of(reading: str, folded: str, work: str, fold: Callable[[str], str]) -> Iterator[str]:
    """Yield the words of an order that are its own, folded, spaces left out.

    Args:
        reading: an order, or what it says once decoded.
        folded: the same, folded.
        work: all that is said of the work, folded.
        fold: how texts are folded.
    """
    words, runs = _trade(fold)
    spoken = frozenset(_WORD.findall(work))
    for match in _WORD.finditer(folded):
        word = match.group()
        if word not in words and word not in spoken and not _inflected(word, words) and not _inflected(word, spoken):
            yield word
    for match in _CAPITALS.finditer(reading):
        if match.group().casefold() not in words and match.group().casefold() not in work:
            yield match.group().casefold()
    for match in _HAN.finditer(folded):
        run = match.group()
        for at in range(len(run) - _RUN + 1):
            gram = run[at : at + _RUN]
            if gram not in runs and gram not in work and not order_signs.is_listed(gram):
                yield gram
    for match in _NUMBERED.finditer(re.sub(r"\s+", "", folded)):
        if match.group() not in re.sub(r"\s+", "", work):
            yield match.group()


def of_itself(folded: str, work: str) -> Iterator[str]:
    """Yield the words by which a folded text speaks of the draft that it stands in; none that the work speaks of."""
    for match in _SELF.finditer(folded):
        if match.group() not in work:
            yield match.group()


def parts(folded: str) -> Iterator[str]:
    """Yield the words and runs of a field that `of` could have named."""
    yield from _WORD.findall(folded)
    yield from re.findall(r"(?<![a-z])[a-z]{3}(?![a-z])", folded)
    for match in _HAN.finditer(folded):
        yield from (match.group()[at : at + _RUN] for at in range(len(match.group()) - _RUN + 1))
    yield from _NUMBERED.findall(re.sub(r"\s+", "", folded))


def _inflected(word: str, known: frozenset[str]) -> bool:
    stems = {word.removesuffix(end) for end in ("s", "es", "ed", "d", "ing", "ly", "er", "ers")} - {word}
    return any(stem in known or f"{stem}e" in known or f"{stem}s" in known for stem in stems) or f"{word}s" in known


@lru_cache(maxsize=1)
def _trade(fold: Callable[[str], str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words and the runs of Han characters that the catalogue's texts and the lists of signs hold."""
    texts = [
        fold(" ".join((words.name, words.definition, words.formula, words.data_source, words.gaming)))
        for metric in catalogue.load().metrics.values()
        for words in metric.text.values()
    ]
    known = frozenset(word for text in texts for word in _WORD.findall(text))
    runs = {
        run[at : at + _RUN] for text in texts for run in _HAN.findall(text) for at in range(len(run) - _RUN + 1)
    }  # fmt: skip
    return known | _PLAIN | order_signs.latin_words(), frozenset(runs)
