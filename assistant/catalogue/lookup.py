"""Finds catalogue metrics in free text: by name and alias exactly, by wording approximately.

Knows nothing about figures, goals or models. Traditional and simplified characters, upper and lower case, full-width
and half-width forms are read alike.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from assistant.catalogue.load import Catalogue, load
from assistant.language import to_hans

HitKind = Literal["name", "outcome"]
_WORD = re.compile(r"[a-z0-9][a-z0-9'+&-]*|[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z0-9]")
_STOP = frozenset(
    "a an the of to in on for and or our we want be is are by with more less better get make us it that this "
    "want should can will would like need team goal goals improve increase reduce raise lower".split()
)
_NEAR = 0.10
"""Cosine under which a suggestion is no better than chance on the catalogue's own texts."""


class Hit(NamedTuple):
    """A metric named in a text; `metrics` holds every id that answers to the words, the text's likeliest first."""

    metrics: tuple[str, ...]
    start: int
    end: int
    kind: HitKind


class Suggestion(NamedTuple):
    """A metric whose wording is near a text; `score` is a cosine in 0 to 1."""

    metric: str
    score: float


def fold(text: str) -> str:
    """Return `text` lower-cased, simplified and half-width, one character for each character."""
    folded = []
    for character in to_hans(text):
        point = ord(character)
        if 0xFF01 <= point <= 0xFF5E:
            character = chr(point - 0xFEE0)
        lowered = character.lower()
        folded.append(lowered if len(lowered) == 1 else character)
    return "".join(folded)


def features(text: str) -> Counter[str]:
    """Return the words (English, lightly stemmed) and character pairs (Chinese) of a folded text."""
    found: Counter[str] = Counter()
    for word in _WORD.findall(text):
        if _LATIN.match(word):
            if word not in _STOP:
                found[_stem(word)] += 1
        else:
            found.update(word[i : i + 2] for i in range(len(word) - 1))
    return found


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ingly", "ings", "ing", "ied", "ies", "ers", "er", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


class Lookup:
    """Look-up over one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Index every name, alias and outcome of the catalogue."""
        self.catalogue = catalogue
        self._remembered = lru_cache(maxsize=1_024)(self._find)
        names: dict[str, list[str]] = defaultdict(list)
        outcomes: dict[str, list[str]] = defaultdict(list)
        documents: dict[str, Counter[str]] = {}
        self._function_names: dict[str, list[str]] = defaultdict(list)
        for function in catalogue.functions.values():
            for language, aliases in function.aliases.items():
                for alias in dict.fromkeys(map(fold, (*aliases, function.name[language]))):
                    self._function_names[alias].append(function.id)
        self._function_pattern = _Names(list(self._function_names))
        for metric in catalogue.metrics.values():
            bag: Counter[str] = Counter()
            for text in metric.text.values():
                for name in (text.name, *text.aliases):
                    names[fold(name)].append(metric.id)
                for outcome in text.outcomes:
                    outcomes[fold(outcome)].append(metric.id)
                for words, weight in (
                    (text.name, 3), (" ".join(text.aliases), 2), (" ".join(text.outcomes), 3), (text.definition, 1),
                ):  # fmt: skip
                    for feature, count in features(fold(words)).items():
                        bag[feature] += weight * count
            documents[metric.id] = bag
        self._names = {name: tuple(dict.fromkeys(ids)) for name, ids in names.items() if len(name) > 1}
        self._outcomes = {text: tuple(dict.fromkeys(ids)) for text, ids in outcomes.items() if len(text) > 2}
        self._name_pattern = _Names(list(self._names))
        self._outcome_pattern = _Names(list(self._outcomes))
        frequency: Counter[str] = Counter(feature for bag in documents.values() for feature in bag)
        total = len(documents)
        self._idf = {feature: math.log(1 + total / count) for feature, count in frequency.items()}
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for id, bag in documents.items():
            weights = {feature: (1 + math.log(count)) * self._idf[feature] for feature, count in bag.items()}
            norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            for feature, strength in weights.items():
                self._postings[feature].append((id, strength / norm))
        self._wordings = _Wordings(catalogue)

    def named(self, text: str) -> tuple[Hit, ...]:
        """Return the metrics that `text` names, in order of place, none overlapping.

        A wish counts where it names no metric itself; one that does is found by that name.
        """
        return self._remembered(text)

    def _find(self, text: str) -> tuple[Hit, ...]:
        folded = fold(text)
        names = []
        for match in self._name_pattern.finditer(folded):
            ids = self._names.get(match.group()) or self._names.get(match.group().rstrip("s")) or ()
            if ids:
                names.append(Hit(ids, match.start(), match.end(), "name"))
        outcomes = []
        for match in self._outcome_pattern.finditer(folded):
            hit = Hit(self._outcomes.get(match.group(), ()), match.start(), match.end(), "outcome")
            inside = [name for name in names if name.start < hit.end and hit.start < name.end]
            longest = max((name.end - name.start for name in inside), default=0)
            told = any(set(name.metrics) & set(hit.metrics) for name in inside) or longest >= hit.end - hit.start
            if hit.metrics and not told:
                outcomes.append(hit)
                names = [name for name in names if name not in inside]
        return tuple(sorted([*names, *outcomes], key=lambda hit: hit.start))

    def suggest(self, text: str, functions: tuple[str, ...] = (), k: int = 8) -> list[Suggestion]:
        """Return up to `k` metrics whose wording is near `text`, best first.

        Args:
            text: an aim or a part of one.
            functions: functions the team belongs to; their metrics are preferred.
            k: how many, at least 1.
        """
        query = features(fold(text))
        weights = {f: (1 + math.log(n)) * self._idf[f] for f, n in query.items() if f in self._idf}
        unknown = sum(n * n for f, n in query.items() if f not in self._idf)
        norm = math.sqrt(sum(w * w for w in weights.values()) + unknown) or 1.0
        scores: dict[str, float] = defaultdict(float)
        for feature, strength in weights.items():
            for id, share in self._postings[feature]:
                scores[id] += strength * share / norm
        ranked = []
        for id, score in scores.items():
            favoured = self.catalogue.metrics[id].function in functions
            ranked.append(Suggestion(id, min(1.0, score * (1.35 if favoured else 1.0))))
        ranked.sort(key=lambda suggestion: (-suggestion.score, suggestion.metric))
        return [suggestion for suggestion in ranked[:k] if suggestion.score >= _NEAR]

    def by_wording(self, text: str) -> dict[str, float]:
        """Return for each metric how many words `text` shares with the one wording nearest to it, as a cosine."""
        return self._wordings.near(features(fold(text)))

    def functions(self, text: str) -> tuple[str, ...]:
        """Return the functions that `text` names or whose metrics it names, likeliest first."""
        folded = fold(text)
        scores: Counter[str] = Counter()
        for match in self._function_pattern.finditer(folded):
            for function in self._function_names.get(match.group(), ()):
                scores[function] += 2 + len(match.group()) // 4
        for hit in self.named(text):
            for id in hit.metrics:
                scores[self.catalogue.metrics[id].function] += 1
        return tuple(function for function, _ in scores.most_common())


class _Wordings:
    """The names and wishes of all metrics, each a text of its own, compared by rare words."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._owner: list[str] = []
        bags: list[Counter[str]] = []
        for metric in catalogue.metrics.values():
            for words in (words for text in metric.text.values() for words in (text.name, *text.outcomes)):
                self._owner.append(metric.id)
                bags.append(features(fold(words)))
        frequency: Counter[str] = Counter(feature for bag in bags for feature in bag)
        self._rare = math.log(1 + len(bags))
        self._weight = {feature: math.log(1 + len(bags) / count) ** 2 for feature, count in frequency.items()}
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, bag in enumerate(bags):
            norm = math.sqrt(sum(self._weight[feature] for feature in bag)) or 1.0
            for feature in bag:
                self._postings[feature].append((place, self._weight[feature] / norm))

    def near(self, query: Counter[str]) -> dict[str, float]:
        """Return for each metric the cosine of its nearest wording with the words of a query."""
        norm = math.sqrt(sum(self._weight.get(feature, self._rare**2) for feature in query)) or 1.0
        scores: dict[int, float] = defaultdict(float)
        for feature in query:
            for place, share in self._postings.get(feature, ()):
                scores[place] += share / norm
        best: dict[str, float] = {}
        for place, score in scores.items():
            id = self._owner[place]
            best[id] = max(best.get(id, 0.0), score)
        return best


class _Names:
    """Finds names in a text, the longest at each place, none overlapping.

    One pattern of thousands of names would be tried from its first name on at every place; here only the names that
    begin with the two characters of the place are.
    """

    def __init__(self, names: list[str]) -> None:
        self._width = 2 if min(map(len, names), default=0) > 1 else 1
        groups: dict[str, list[str]] = defaultdict(list)
        for name in names:
            groups[name[: self._width]].append(name)
        self._patterns = {beginning: _alternatives(group) for beginning, group in groups.items()}

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches in order of place."""
        width, pattern_of, place = self._width, self._patterns.get, 0
        while place < len(text):
            pattern = pattern_of(text[place : place + width])
            match = pattern.match(text, place) if pattern is not None else None
            if match is None:
                place += 1
            else:
                yield match
                place = match.end()


def _alternatives(names: list[str]) -> re.Pattern[str]:
    """Return a pattern for the longest of the names at each place; Latin names end and begin at word borders."""
    parts = []
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        left = r"(?<![a-z0-9])" if _LATIN.match(name[0]) else ""
        right = r"s?(?![a-z0-9])" if _LATIN.match(name[-1]) else ""
        parts.append(f"{left}{re.escape(name)}{right}")
    return re.compile("|".join(parts) or r"(?!)")


@cache
def default() -> Lookup:
    """Return the look-up over the shipped catalogue, built once a process."""
    return Lookup(load())
