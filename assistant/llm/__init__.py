"""The only door to a model."""

from assistant.llm.blocking import complete_now
from assistant.llm.capped import CappedModel
from assistant.llm.extract import ParseProblem, extract
from assistant.llm.gateway import Gateway
from assistant.llm.guard import forbid_live
from assistant.llm.opening import check, open_model
from assistant.llm.recorded import Recorder, Replayer
from assistant.llm.scripted import ScriptedModel, failed
from assistant.llm.shared_loop import SharedLoop
from assistant.llm.types import (
    Completion,
    Failure,
    FailureKind,
    Label,
    Message,
    Model,
    Outcome,
    Request,
    Restarted,
    StreamingModel,
)

__all__ = [
    "CappedModel",
    "Completion",
    "Failure",
    "FailureKind",
    "Gateway",
    "Label",
    "Message",
    "Model",
    "Outcome",
    "ParseProblem",
    "Recorder",
    "Replayer",
    "Request",
    "Restarted",
    "ScriptedModel",
    "SharedLoop",
    "StreamingModel",
    "check",
    "complete_now",
    "extract",
    "failed",
    "forbid_live",
    "open_model",
]
