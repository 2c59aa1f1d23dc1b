"""Takes out pronunciation glosses that web pages leave inside words: 戰(zhàn)略. Knows nothing about files.

Only whole syllables of pinyin with a tone mark count: (KPI), (S), (R), (café) and (résumé) stay.
"""

from __future__ import annotations

import re
import unicodedata

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_GLOSS = re.compile(
    f"(?<=[\u3400-\u4dbf\u4e00-\u9fff])[(（]([a-zü{_TONES}]{{1,8}}(?:[ '’][a-zü{_TONES}]{{1,8}}){{0,3}})[)）]"
)
_SYLLABLE = re.compile(
    r"(?:[bpmf]?(?:a|o|ai|ei|ao|ou|an|en|ang|eng|i|ie|iao|iu|ian|in|ing|u)"
    r"|[dtnl]?(?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|in|iang|ing|u|uo|ui|uan|un|ü|üe|ue)"
    r"|[gkh](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)"
    r"|[jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un|ü|üe)"
    r"|(?:zh|ch|sh|[rzcs])(?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|u|ua|uo|uai|ui|uan|un|uang)"
    r"|y(?:a|e|ao|ou|an|ang|ong|i|in|ing|u|ue|uan|un|o)|w(?:a|o|ai|ei|an|en|ang|eng|u)|er|r|n|ng|m)"
)
_MARKS = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u030c"))


def any_gloss(text: str) -> bool:
    """Tell whether a text may have glosses; it is the quick look at a whole file."""
    return not text.isascii() and _GLOSS.search(text) is not None


def without_glosses(text: str) -> tuple[str, list[str]]:
    """Return the text without glosses, and the glosses."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        if not _is_gloss(match[1]):
            return match[0]
        found.append(match[0])
        return ""

    return _GLOSS.sub(take, text), found


def _is_gloss(words: str) -> bool:
    toned = False
    for syllable in re.split("[ '’]", words):
        tones = sum(ch in _TONES for ch in syllable)
        plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", syllable).translate(_MARKS))
        if tones > 1 or not _SYLLABLE.fullmatch(plain):
            return False
        toned = toned or tones == 1
    return toned
