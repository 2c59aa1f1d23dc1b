"""What came of trying a model endpoint out, for whoever shows it."""

from __future__ import annotations

from typing import Literal

from assistant.goals.base import Model

TrialKind = Literal[
    "ok",
    "key",
    "access",
    "model",
    "address",
    "redirect",
    "busy",
    "credit",
    "rejected",
    "not_chat",
    "tls",
    "unreachable",
    "timeout",
    "server",
    "off",
    "unusable",
]
"""`key`: refused; `access`: the key may not use the model; `model`: unknown there; `address`: nothing chats there;
`redirect`: it sends calls on; `busy`: too many calls; `credit`: none left; `rejected`: it will not take the call;
`not_chat`: what answers is no OpenAI-compatible endpoint; `tls`: no secure connection; `server`: it failed on its side;
`off`: live calls are switched off here; `unusable`: it answers, but not with words."""


class ModelTrial(Model):
    """The outcome of one tiny call; nothing that the endpoint said is in it.

    Attributes:
        kind: `ok`, or what is wrong.
        host: host and port that were called.
        model: the model that answered or was asked.
        seconds: wall-clock time of the call.
        status: HTTP status of a refusal, None where there was none.
    """

    kind: TrialKind
    host: str
    model: str
    seconds: float = 0.0
    status: int | None = None
