"""Writes the form that connects a model, and what came of a press in it. Knows nothing about components."""

from __future__ import annotations

from assistant.web.connecting.connection import Connection
from assistant.web.connecting.looking import Looking
from assistant.web.escape import text
from assistant.web.icons import icon
from assistant.web.texts import Texts

ENDPOINTS = (
    ("OpenAI", "https://api.openai.com/v1"),
    ("DeepSeek", "https://api.deepseek.com/v1"),
    ("Qwen", "https://dashscope.aliyuncs.com/compatible-mode/v1"),
    ("Ollama", "http://127.0.0.1:11434/v1"),
    ("llama.cpp", "http://127.0.0.1:8080/v1"),
    ("vLLM", "http://127.0.0.1:8000/v1"),
)
"""Addresses that a press writes into the field; none is called before the form is sent."""


def form(at: Looking, held: Connection | None, allowed: bool, words: Texts) -> str:
    """Return the form, what is connected, or why nothing can be; '' while it is closed. Never a key."""
    if not at.open:
        return ""
    close = (
        f'<button type="button" class="btn quiet ico end" data-act="close" aria-label="{words.html("connect.close")}">'
        f"{icon('plus')}</button>"
    )
    head = f'<div class="ph"><h2 id="connect-title" tabindex="-1">{words.html("connect.title")}</h2>{close}</div>'
    if not allowed:
        inner = f"<p>{words.html('connect.not_here')}</p><p class='mut sm'>{words.html('connect.not_here_how')}</p>"
    elif held is not None:
        inner = _connected(held, words)
    else:
        inner = _fields(at, words)
    return f'<section class="panel pad connecting" aria-labelledby="connect-title">{head}{inner}</section>'


def told(at: Looking, words: Texts) -> str:
    """Return what came of the last press; '' for nothing."""
    if not at.open or at.told is None:
        return ""
    said = words.html(at.told.key, **at.told.values)
    role = "alert" if at.told.tone == "error" else "status"
    return f'<div class="say {at.told.tone}" role="{role}"><span class="st {at.told.tone}"></span><p>{said}</p></div>'


def _connected(held: Connection, words: Texts) -> str:
    kept = "stored" if held.stored else "in_memory"
    plain = f'<p class="plain">{words.html("connect.plain")}</p>' if held.open_to_listeners else ""
    return (
        f"<p>{words.html('connect.now', model=held.model, host=held.place)}</p>{plain}"
        f'<p class="mut sm">{words.html(f"connect.{kept}")}</p>'
        f'<div class="acts"><button type="button" class="btn" data-act="drop">{icon("bin")}'
        f"{words.html('connect.drop_stored' if held.stored else 'connect.drop')}</button></div>"
    )


def _fields(at: Looking, words: Texts) -> str:
    known = "".join(
        f'<button type="button" class="btn tiny" data-address="{text(address)}">{name}</button>'
        for name, address in ENDPOINTS
    )
    return (
        f'<p class="mut sm">{words.html("connect.why")}</p><form class="conn-form" novalidate>'
        f"{_field('address', 'url', words, at.address, 'https://api.example.com/v1')}"
        f'<div class="known" role="group" aria-label="{words.html("connect.known")}">{known}</div>'
        f"{_field('model', 'text', words, at.model, '')}"
        f"{_field('key', 'password', words, '', '')}"
        f'<label class="keep"><input type="checkbox" name="keep"><span>{words.html("connect.keep")}</span></label>'
        f'<div class="acts"><button type="submit" class="btn pri" data-act="use">{words.html("connect.use")}</button>'
        f'<button type="button" class="btn" data-act="try">{words.html("connect.try")}</button></div></form>'
    )


def _field(name: str, kind: str, words: Texts, value: str, sample: str) -> str:
    hint = words.html(f"connect.{name}_hint")
    return (
        f'<div class="f"><label for="connect-{name}">{words.html(f"connect.{name}")}</label>'
        f'<input id="connect-{name}" name="{name}" type="{kind}" value="{text(value)}" placeholder="{sample}" '
        f'autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="connect-{name}-hint">'
        f'<small id="connect-{name}-hint" class="mut">{hint}</small></div>'
    )
