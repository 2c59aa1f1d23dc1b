# ruff: noqa: E501
"""Finds what in a text could be live or hides other words: links, addresses, markup, formulas, encoded strings.

Knows nothing about whom the words around them address.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Sort = Literal["link", "address", "markup", "formula", "token", "encoded"]


class Payload(NamedTuple):
    """A live or encoded stretch: `text[start:end]`.

    Attributes:
        sort: `token` for a delimiter or a special token of a model; `encoded` for a string that is text once decoded.
        runs: True for markup that a reader would run, load or be sent away by.
    """

    start: int
    end: int
    sort: Sort
    runs: bool = False


_STOP = r"\s\u3400-\u9fff，。；、“”「」『』()（）<>\"\]|"
_LINK = re.compile(
    rf"(?:https?|ftp)://[^{_STOP}]{{1,2000}}|(?<![\w.])www\.[^{_STOP}]{{2,2000}}|(?:mailto|javascript):[^\s，。；、]{{1,2000}}",
    re.I,
)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}", re.I | re.A)
_TAG = re.compile(r"<(?:/?[a-z][a-z0-9]{0,15}(?:\s[^<>]{0,800})?/?>|https?:[^<>\s]{1,2000}>)", re.I)
_LOADS = re.compile(
    r"\b(?:src|href|action|data|poster|formaction|background|onload)\s*=|\bon[a-z]{3,20}\s*=|url\(|^<https?:", re.I
)
_RUNS = re.compile(r"\son[a-z]{3,20}\s*=|<script\s|javascript:|<link\s", re.I)
_BARE_SCRIPT = re.compile(r"</script>", re.I)
_PICTURE = re.compile(
    r"\[!\[[^\[\]\n]{0,200}\]\([^()\n]{1,2000}\)\]\([^()\n]{1,2000}\)|!?\[[^\[\]\n]{0,200}\]\([^()\n]{1,2000}\)|!\[[^\[\]\n]{0,200}\]\[[^\[\]\n]{0,80}\]|\[[^\[\]\n]{1,80}\]:\s*(?:https?:)?//\S{1,2000}"
)
_STYLE = re.compile(r"@import\s{1,4}url\([^()\n]{1,2000}\);?|\burl\(\s?[\"']?(?:https?:)?//[^()\n]{1,2000}\)", re.I)
_FORMULA = re.compile(
    r"(?<![\w=])[=＝+@-](?:hyperlink|importdata|importxml|importhtml|webservice|dde|cmd|image|call|exec)(?:\([^\n]{0,400}?\)+|[|¦][^\n]{1,80}?![a-z]{1,3}\d{1,5})"
    r"|\bcmd[|¦][^\n]{1,80}?![a-z]{1,3}\d{1,5}",
    re.I,
)
_TOKEN = re.compile(
    r"<\|[^<>|\n]{1,40}\|>|\[/?inst\]|<</?sys>>|</?s>|<(?:start|end)_of_turn>|</?tool_call>|[{\[]\s?\"(?:goals|key_results)\"\s?:"
    r"|</?(?:system|user|assistant|instructions?|context|documents?|input|prompt|资料|資料|用户输入|使用者輸入|新任务|新任務|任务|任務|文档|文件|输入|輸入|指令)>"
    r"|#{2,6}[ ]?(?:new|end|begin|task|system|instruction|新的?指|新的?任|资料|資料|任务|任務)[^#\n]{0,30}#{0,6}"
    r"|^[ ]{0,3}[-=]{3,8}[^-=\n]{0,30}(?:结束|結束|开始|開始|end|begin)[^-=\n]{0,20}[-=]{3,8}",
    re.I | re.M,
)
_BASE64 = re.compile(r"(?<![\w/+=])[A-Za-z0-9+/]{20,4000}={0,2}(?![\w/+=])")
_HEX = re.compile(r"(?<!\w)(?:[0-9a-f]{2}){12,2000}(?!\w)", re.I)
_LETTERS = re.compile(r"(?<![\w-])[a-z](?:-[a-z]){3,40}(?![\w-])", re.I)
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u2060-\u2064\ufeff]{2,400}|[\U000e0020-\U000e007f]{2,4000}|(?:[^\\s\u200b-\u200d] ?[\u200b-\u200d]){4,400}"
)
_LOOK_ALIKES = str.maketrans("асеорхуіјѕԁһӏкмтвнгԛԝАСЕОРХУІЈЅКМТВН", "aceopxyijsdhlkmtbhrqwACEOPXYIJSKMTBH")
_READABLE = 0.9


def find(text: str) -> tuple[Payload, ...]:
    """Return the payloads of a text in order, the longer one where two overlap."""
    found: list[Payload] = []
    for each in sorted(_all(text), key=lambda each: (each.start, -each.end)):
        if found and each.start < found[-1].end:
            continue
        found.append(each)
    return tuple(found)


def _all(text: str) -> Iterator[Payload]:
    if "<" in text:
        for match in _TAG.finditer(text):
            words = match.group()
            if _LOADS.search(words) or _BARE_SCRIPT.match(words):
                runs = _RUNS.search(words) is not None or _BARE_SCRIPT.match(words) is not None
                yield Payload(*match.span(), "markup", runs)
    if "](" in text or "][" in text or "]:" in text:
        for match in _PICTURE.finditer(text):
            yield Payload(*match.span(), "markup")
    if "url(" in text.lower():
        for match in _STYLE.finditer(text):
            yield Payload(*match.span(), "markup")
    if ":" in text or "www." in text.lower():
        for match in _LINK.finditer(text):
            end = match.start() + len(match.group().rstrip(".,;:!?'"))
            yield Payload(match.start(), end, "link", match.group()[:11].lower() == "javascript:")
    if "@" in text:
        for match in _ADDRESS.finditer(text):
            yield Payload(*match.span(), "address")
    for match in _FORMULA.finditer(text):
        yield Payload(*match.span(), "formula")
    if "<" in text or "[" in text or "##" in text or "--" in text or "==" in text:
        for match in _TOKEN.finditer(text):
            yield Payload(*match.span(), "token")
    for match in _INVISIBLE.finditer(text):
        yield Payload(*match.span(), "encoded")
    for pattern in (_BASE64, _HEX):
        for match in pattern.finditer(text):
            if _plain(match.group()):
                yield Payload(*match.span(), "encoded")
    if "-" in text:
        for match in _LETTERS.finditer(text):
            yield Payload(*match.span(), "encoded")


def readings(text: str) -> tuple[str, ...]:
    """Return a text and what it says once decoded in the usual ways: Base64, hex, ROT13, reversed, look-alike letters.

    Args:
        text: a stretch that may hide other words.
    """
    blobs = [_plain(match.group()) for pattern in (_BASE64, _HEX) for match in pattern.finditer(text)]
    tags = "".join(chr(ord(char) - 0xE0000) for char in text if 0xE0020 <= ord(char) <= 0xE007E)
    letters = " ".join(match.group().replace("-", "") for match in _LETTERS.finditer(text))
    told = (text, text.translate(_LOOK_ALIKES), codecs.decode(text, "rot13"), text[::-1], tags, letters, *blobs)
    return tuple(dict.fromkeys(each for each in told if each))


def look_alikes(text: str) -> str:
    """Return a text with letters that only look Latin made Latin; as long as before."""
    return text.translate(_LOOK_ALIKES)


def _plain(blob: str) -> str:
    """Return what a Base64 or hex string says, or '' where it is no text."""
    try:
        raw = (
            bytes.fromhex(blob)
            if re.fullmatch(r"[0-9a-fA-F]+", blob) and len(blob) % 2 == 0
            else base64.b64decode(blob + "=" * (-len(blob) % 4), validate=True)
        )
        text = raw.decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
    shown = sum(char.isprintable() for char in text)
    return text if text and shown >= _READABLE * len(text) else ""
