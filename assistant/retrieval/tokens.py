"""Cuts text into search tokens: Chinese words in Simplified characters, English words in a light stem.

Knows nothing about ranking or where the text comes from.
"""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile(r"[a-z0-9]+(?:['’\-&][a-z0-9]+)*|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_JOINT = re.compile(r"['’\-&]")
_STOP = frozenset(
    # The question words and particles that every question has and no topic is about.
    (
        "的 了 是 在 和 与 吗 呢 吧 啊 也 都 就 还 把 被 要 会 能 该 给 让 不 又 到 才 从 上 下 里 时 用 做 去 "
        "怎么 怎么办 怎样 如何 什么 哪些 哪个 哪里 多少 几个 为什么 可以 是否 有 没有 "
        "我 我们 你 你们 他们 这 那 这个 那个 这些 这样 一个 "
        "a an the of to in on at by for with from and or is are was be been do does did as if so into than then "
        "how what which who when where why should can could would have has had not about only each "
        "we our us i my you your they their it its this that these those there"
    ).split()
)


def tokens(text: str) -> list[str]:
    """Return the search tokens of a text, in order; words without meaning for search are left out."""
    import rjieba

    from assistant.language.scripts import to_hans

    found: list[str] = []
    for match in _RUN.finditer(to_hans(unicodedata.normalize("NFKC", text).lower())):
        run = match.group()
        if run[0].isascii():
            found.extend(_english(run))
        else:
            found.extend(word for word in rjieba.cut_for_search(run) if word not in _STOP)
    return found


def _english(word: str) -> list[str]:
    """Return a word's stem; of `check-in` the parts and the whole, `team's` as `team`."""
    word = re.sub(r"['’]s$", "", word)
    parts = _JOINT.split(word)
    words = parts if len(parts) == 1 else [*parts, "".join(parts)]
    return [stem(each) for each in words if each and each not in _STOP]


def stem(word: str) -> str:
    """Return an English word without plural and simple verb endings; only equality of stems has a meaning."""
    if len(word) <= 3 or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("sses"):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and re.search("[aeiouy]", rest):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word
