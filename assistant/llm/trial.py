"""Tries an endpoint out and sorts what came of it by what a person has to correct. Knows nothing about the page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from assistant.goals.trial import ModelTrial, TrialKind
from assistant.llm.blocking import run
from assistant.llm.opening import check
from assistant.llm.types import Failure, FailureKind
from assistant.settings import Settings

_KINDS: dict[FailureKind, TrialKind] = {
    "auth": "key",
    "forbidden": "access",
    "redirect": "redirect",
    "rate_limited": "busy",
    "quota": "credit",
    "bad_request": "rejected",
    "context_length": "rejected",
    "protocol": "not_chat",
    "too_large": "not_chat",
    "tls": "tls",
    "network": "unreachable",
    "timeout": "timeout",
    "cancelled": "timeout",
    "server": "server",
    "blocked": "off",
    "not_configured": "address",
}
_NO_SUCH_METHOD = (405, 501)
"""What servers of anything else answer to a call."""
_ABOUT_A_MODEL = re.compile(r"model|模型|engine|deployment", re.IGNORECASE)


def attempt(settings: Settings, *, deadline: float) -> ModelTrial:
    """Ask the configured model for one word, within `deadline` seconds, and say what came of it."""
    outcome = run(lambda: check(settings, deadline=deadline))
    parts = urlsplit(settings.llm_base_url or "")
    host, model = parts.netloc.rpartition("@")[2], settings.llm_model or ""
    if not isinstance(outcome, Failure):
        return ModelTrial(kind="ok", host=host, model=outcome.model or model, seconds=outcome.seconds)
    return ModelTrial(kind=_kind(outcome), host=host, model=model, seconds=outcome.seconds, status=outcome.status)


def _kind(failure: Failure) -> TrialKind:
    if failure.status in _NO_SUCH_METHOD:
        return "not_chat"
    if failure.kind == "not_found":
        # A chat endpoint names the model that it does not know; what answers for an unknown path does not.
        return "model" if _ABOUT_A_MODEL.search(failure.detail) else "address"
    return _KINDS.get(failure.kind, "unusable")
