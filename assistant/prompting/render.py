"""Fills a prompt with values: data fenced off by a random delimiter per call, braces in it left alone.

Knows nothing about what the data mean, and trusts none of it.
"""

from __future__ import annotations

import difflib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.errors import PromptError
from assistant.goals.base import Language
from assistant.llm.cleaning import scrub
from assistant.llm.types import Message, digest
from assistant.prompting.files import Prompt

_MARKER = re.compile(r"\{\{([a-z][a-z0-9_]*)\}\}")
_SPECIAL = re.compile(
    r"<\|[^|<>\n]{0,60}\|>"
    r"|<｜[^｜<>\n]{0,60}｜>"
    r"|</?(?:s|bos|eos|pad|unk|mask|system|user|assistant|think|thinking|start_of_turn|end_of_turn)>"
    r"|<</?SYS>>|\[/?(?:INST|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|SYSTEM_PROMPT)\]"
    r"|</?data-[0-9a-f]*|<[|｜]",
    re.IGNORECASE,
)
_VISIBLE = str.maketrans({"<": "‹", ">": "›", "[": "［", "]": "］", "|": "¦", "｜": "¦"})
_LONGEST_VALUE = 400


@dataclass(frozen=True, slots=True)
class RenderedPrompt:
    """A prompt with its values, ready for a model.

    Attributes:
        id, role, version: of the prompt file.
        digest: SHA-256 of the messages, the same for every nonce.
        messages: the static system part, then the user part.
        nonce: the random delimiter of this call.
        output_schema: name of the schema that the answer must fit.
    """

    id: str
    role: str
    version: int
    digest: str
    messages: tuple[Message, ...]
    nonce: str
    output_schema: str


def render(prompt: Prompt, values: Mapping[str, str | int], *, nonce: str | None = None) -> RenderedPrompt:
    """Return `prompt` filled with `values`.

    One pass over the template replaces the markers; nothing in a value is looked at again, so braces in people's
    text stay as they are. Data is fenced by `fence`; plain values must be short and of one line.

    Args:
        prompt: the prompt file.
        values: one entry for each variable of the prompt, an empty text where there is nothing to say.
        nonce: delimiter to use, for tests; by default a new random one.

    Raises:
        PromptError: variables are missing or unknown, or a plain value is unfit; all are named at once.
    """
    _check(prompt, values)
    texts = {name: str(value) for name, value in values.items()}
    nonce = nonce or new_nonce(*texts.values())

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        text = texts[name]
        return fence(name, text, nonce) if prompt.about.variables[name] == "data" else text

    messages = (Message("system", prompt.system), Message("user", _MARKER.sub(fill, prompt.user)))
    about = prompt.about
    return RenderedPrompt(
        about.id, about.role, about.version, digest(messages, nonce), messages, nonce, about.output_schema
    )


def fence(name: str, text: str, nonce: str) -> str:
    """Return `text` between delimiters that it cannot forge, with models' special tokens made visible and inert."""
    inside = neutralise(text)
    return f'<data-{nonce} name="{name}">\n{inside}\n</data-{nonce}>' if inside else f'<data-{nonce} name="{name}" />'


def neutralise(text: str) -> str:
    """Return `text` with every special token, such as `<|im_start|>`, written in look-alike characters.

    Control characters and lone surrogates are taken out; everything else stays as it is.
    """
    return _SPECIAL.sub(lambda match: match[0].translate(_VISIBLE), scrub(text))


def new_nonce(*texts: str) -> str:
    """Return 16 random hexadecimal digits that occur in none of `texts`."""
    while True:
        nonce = secrets.token_hex(8)
        if not any(nonce in text for text in texts):
            return nonce


def supports(prompt: Prompt, language: Language) -> bool:
    """Return whether `prompt` may be asked to answer in `language`."""
    return language in prompt.about.languages


def _check(prompt: Prompt, values: Mapping[str, str | int]) -> None:
    wanted = prompt.about.variables
    problems = [f"`{name}` is missing" for name in wanted if name not in values]
    for name in values:
        if name not in wanted:
            near = difflib.get_close_matches(name, wanted, 1)
            problems.append(f"`{name}` is unknown" + (f" (did you mean `{near[0]}`?)" if near else ""))
    for name, kind in wanted.items():
        text = str(values.get(name, ""))
        if kind == "value" and (len(text) > _LONGEST_VALUE or "\n" in text or text != neutralise(text)):
            problems.append(f"`{name}` is not a short plain value")
    if problems:
        raise PromptError(
            f"The prompt {prompt.key} cannot be filled: {'; '.join(problems)}.",
            "Pass exactly the variables that its front matter lists.",
            prompt=prompt.key,
        )
