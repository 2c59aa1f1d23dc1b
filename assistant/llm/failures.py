"""Names every way in which a model call goes wrong, in words for people, and sorts an endpoint's complaints into them.

Knows nothing about the client library: it is given a status, headers and a body.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from assistant.llm.cleaning import scrub
from assistant.llm.types import Failure, FailureKind

_MAX_DETAIL = 240
_SHORTEST_SECRET = 8


class _Sentence(NamedTuple):
    what: str
    cure: str
    retryable: bool = False
    fatal: bool = False


_SENTENCES: dict[FailureKind, _Sentence] = {
    "auth": _Sentence(
        'The model endpoint "{host}" refused the key.', "Check GOALS_LLM_API_KEY and start again.", fatal=True
    ),
    "forbidden": _Sentence(
        'The model endpoint "{host}" does not allow this key to use the model "{model}".',
        "Ask for access or choose another model with GOALS_LLM_MODEL.",
        fatal=True,
    ),
    "not_found": _Sentence(
        'The model endpoint "{host}" knows no model "{model}", or its address is incomplete.',
        "Check GOALS_LLM_MODEL, and GOALS_LLM_BASE_URL (it often ends in /v1).",
        fatal=True,
    ),
    "redirect": _Sentence(
        'The model endpoint "{host}" sends calls on to another address, which is not followed.',
        "Set GOALS_LLM_BASE_URL to the final address.",
        fatal=True,
    ),
    "rate_limited": _Sentence(
        'The model endpoint "{host}" is receiving too many requests.', "Wait{wait} and try again.", retryable=True
    ),
    "quota": _Sentence(
        'The account at "{host}" has no credit left.', "Top it up, or use another key or model.", fatal=True
    ),
    "bad_request": _Sentence(
        'The model endpoint "{host}" rejected the request.',
        "Check that the model can chat, and set GOALS_LLM_MODE or GOALS_LLM_MAX_TOKENS if it says so.",
    ),
    "context_length": _Sentence(
        'The request is too long for the model "{model}".',
        "Shorten the context, lower GOALS_LLM_MAX_TOKENS, or choose a model with a larger window.",
    ),
    "filtered": _Sentence(
        'The content filter of "{host}" stopped the answer.', "Rephrase the aim or its context and try again."
    ),
    "refusal": _Sentence('The model "{model}" declined to answer.', "Rephrase the aim or choose another model."),
    "tool_call": _Sentence(
        'The model "{model}" asked to run a tool instead of answering; tools are never run.',
        "Try again or choose another model.",
    ),
    "truncated": _Sentence(
        'The answer of the model "{model}" was cut off.', "Raise GOALS_LLM_MAX_TOKENS, or ask for fewer goals."
    ),
    "empty": _Sentence(
        'The model "{model}" gave an empty answer.', "Try again or choose another model.", retryable=True
    ),
    "too_large": _Sentence(
        'The model endpoint "{host}" sent more than an answer can be.', "Check that the address is a chat model's."
    ),
    "protocol": _Sentence(
        'The model endpoint "{host}" sent something that is not a chat answer.',
        "Check GOALS_LLM_BASE_URL (it often ends in /v1) and try again.",
        retryable=True,
    ),
    "server": _Sentence('The model endpoint "{host}" failed on its side.', "Wait{wait} and try again.", retryable=True),
    "network": _Sentence(
        'The model endpoint "{host}" cannot be reached or broke the connection.',
        "Check GOALS_LLM_BASE_URL, the network and that the server runs.",
        retryable=True,
    ),
    "tls": _Sentence(
        'No secure connection to the model endpoint "{host}" can be made.',
        "Check that its certificate is valid and trusted here, and whether its address begins with http:// instead.",
        fatal=True,
    ),
    "timeout": _Sentence(
        'The model "{model}" at "{host}" did not answer within {seconds} seconds.',
        "Try again, raise GOALS_LLM_DEADLINE, or choose a faster model.",
        retryable=True,
    ),
    "cancelled": _Sentence("The call to the model was stopped.", "Try again.", retryable=True),
    "blocked": _Sentence(
        'Calls to live models are switched off, so "{host}" was not called.',
        "Unset GOALS_LLM_LIVE to allow them.",
        fatal=True,
    ),
    "not_configured": _Sentence(
        'The model "{model}" cannot be called with the present settings.',
        "Set GOALS_LLM_MODEL with GOALS_LLM_BASE_URL or GOALS_LLM_API_KEY.",
        fatal=True,
    ),
    "not_recorded": _Sentence("No answer is recorded for this request.", "Record the answers again."),
    "capped": _Sentence(
        "The limit of {limit} for this job is reached.", "Raise the limit to go on; what is done is kept.", fatal=True
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One failed try, before it becomes a `Failure` for people.

    Attributes:
        kind: which failure.
        detail: the endpoint's own words, as they came.
        status: HTTP status, None where there was none.
        code: the endpoint's error code and parameter, for telling refused options apart.
        retry_after: seconds the endpoint asked to wait.
        again: whether another try may help; None leaves it to the kind.
        cure: replaces the kind's cure.
    """

    kind: FailureKind
    detail: str = ""
    status: int | None = None
    code: str = ""
    retry_after: float | None = None
    again: bool | None = None
    cure: str = ""

    @property
    def retryable(self) -> bool:
        """Return whether another try of the same call may help."""
        return _SENTENCES[self.kind].retryable if self.again is None else self.again


def failure(
    fault: Fault,
    *,
    host: str = "",
    model: str = "",
    calls: int = 0,
    seconds: float = 0.0,
    tokens: tuple[int | None, int | None] = (None, None),
    secret: str = "",
    limit: str = "",
) -> Failure:
    """Return the failure for people; `secret` is taken out of everything that the endpoint said."""
    sentence = _SENTENCES[fault.kind]
    wait = "" if fault.retry_after is None else f" {math.ceil(fault.retry_after)} seconds"
    values = {"host": host, "model": model, "seconds": f"{seconds:.0f}", "wait": wait, "limit": limit}
    detail = hide(fault.detail, secret)
    what = sentence.what.format(**values)
    if detail:
        what = f'{what} It says: "{detail}".'
    return Failure(
        kind=fault.kind,
        what=what,
        cure=(fault.cure or sentence.cure).format(**values),
        retryable=sentence.retryable or fault.retryable,
        fatal=sentence.fatal,
        calls=calls,
        seconds=seconds,
        retry_after=fault.retry_after,
        status=fault.status,
        detail=detail,
        prompt_tokens=tokens[0],
        completion_tokens=tokens[1],
        values={name: value for name, value in values.items() if value},
    )


_KEY_LIKE = re.compile(r"(?i)\b(?:sk|gsk|xai|hf|pplx)[-_][\w*.-]{6,}|\bAIza[\w-]{10,}|\bbearer\s+\S+")


def hide(text: str, secret: str = "") -> str:
    """Return at most one line of an endpoint's words, without `secret`, anything like a key, and control characters."""
    line = " ".join(scrub(text[: 20 * _MAX_DETAIL]).split())
    if len(secret) >= _SHORTEST_SECRET:
        line = line.replace(secret, "[key]")
    line = _KEY_LIKE.sub("[key]", line)
    return line if len(line) <= _MAX_DETAIL else line[: _MAX_DETAIL - 1] + "…"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the wait in seconds that `retry-after-ms` or `Retry-After` (seconds or a date) asks for."""
    for name, unit in (("retry-after-ms", 1_000.0), ("retry-after", 1.0)):
        text = headers.get(name, "").strip()
        if not text:
            continue
        try:
            seconds = float(text) / unit
        except ValueError:
            try:
                seconds = parsedate_to_datetime(text).timestamp() - time.time()
            except (TypeError, ValueError, OverflowError):
                continue
        if math.isfinite(seconds):
            return max(0.0, seconds)
    return None


_BY_STATUS: dict[int, FailureKind] = {
    401: "auth",
    402: "quota",
    403: "forbidden",
    404: "not_found",
    408: "server",
    409: "server",
    413: "context_length",
    425: "server",
    429: "rate_limited",
}

_BY_WORDS: tuple[tuple[FailureKind, re.Pattern[str]], ...] = (
    (
        "quota",
        re.compile(r"insufficient[_ ](?:quota|balance|user quota)|exceeded your current quota|arrearage|余额不足|欠费"),
    ),
    ("auth", re.compile(r"invalid_api_key|api key not valid|incorrect api key|invalid api key")),
    (
        "context_length",
        re.compile(
            r"context_length_exceeded|maximum context length|context (?:window|size|length)|exceed_context_size"
            r"|prompt is too long|too many (?:input )?tokens|range of input length"
        ),
    ),
    (
        "filtered",
        re.compile(
            r"content_filter|contentfilter|content management policy|content_policy|data_inspection_failed"
            r"|sensitivecontent|inappropriate content|moderation"
        ),
    ),
    ("not_found", re.compile(r"model_not_found|model .{0,80}(?:does not exist|not found)|unknown model")),
    ("protocol", re.compile(r"json_validate_failed")),
)


def classify(status: int | None, headers: Mapping[str, str], body: Any) -> Fault:
    """Return the fault that an error answer stands for; `body` is decoded JSON, or text, or None."""
    detail, code = _words(body)
    wait = retry_after(headers)
    if status is not None and 300 <= status < 400:
        return Fault("redirect", "", status)
    said = f"{code} {detail}".lower()
    kind: FailureKind | None = None
    if status is None or status in {400, 402, 403, 404, 422, 429}:
        kind = next((name for name, words in _BY_WORDS if words.search(said)), None)
        if status == 429 and kind != "quota":
            kind = "rate_limited"
    if kind is None and status is not None:
        kind = _BY_STATUS.get(status) or ("server" if status >= 500 else "bad_request")
    if kind is None:
        kind = "rate_limited" if "rate_limit" in said else "server"
    return Fault(kind, detail, status, code, wait)


def classify_bytes(status: int, headers: Mapping[str, str], content: bytes) -> Fault:
    """Return the fault of an error answer as it came over the wire; a page of HTML is not quoted."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        text = content[:2_000].decode("utf-8", "replace")
        body = None if "<" in text[:200] else text
    return classify(status, headers, body)


def _words(body: Any) -> tuple[str, str]:
    """Return the message and the codes of an error body in any of the shapes that servers use."""
    if isinstance(body, list) and body:
        body = body[0]
    if isinstance(body, str):
        return body[:2_000], ""
    if not isinstance(body, dict):
        return "", ""
    error = body.get("error", body)
    if isinstance(error, str):
        return error[:2_000], ""
    if not isinstance(error, dict):
        return "", ""
    message = next((error[name] for name in ("message", "detail", "msg", "error") if error.get(name)), "")
    if not isinstance(message, str):
        try:
            message = json.dumps(message, ensure_ascii=False)
        except (TypeError, ValueError, RecursionError):
            message = ""
    codes = [error.get(name) for name in ("code", "type", "param", "status")]
    return message[:2_000], " ".join(str(code)[:100] for code in codes if isinstance(code, str | int))
