"""The domain: the one vocabulary that every room speaks."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.goals.aim import MAX_AIM_CHARACTERS, MAX_CONTEXT_CHARACTERS, Aim, Team
    from assistant.goals.base import LANGUAGES, Language, Model, TextLanguage
    from assistant.goals.brief import Brief, Conflict, ConflictValue, Outcome, Question, SetAside, Slot, Source, Stated
    from assistant.goals.document import MAX_DOCUMENT_BYTES, DocumentNotice, DocumentPart, UserDocument
    from assistant.goals.draft import (
        Citation,
        Draft,
        Drafter,
        DraftResult,
        DraftStatus,
        Evidence,
        GateResult,
        Goal,
        KeyResult,
        Milestone,
        Number,
        Objective,
        Origin,
        PartialGoal,
        Passage,
        Usage,
        Verdict,
    )
    from assistant.goals.facts import (
        Action,
        Bound,
        Change,
        Direction,
        Facts,
        Hedge,
        MetricMention,
        OwnerMention,
        Placeholder,
        Quantity,
        Span,
        Time,
    )
    from assistant.goals.findings import (
        Edit,
        Finding,
        Fix,
        GoalKind,
        LintedGoal,
        LintReport,
        Mark,
        Part,
        Scorecard,
        Severity,
        ShownChange,
        ShownFacts,
        Traits,
    )
    from assistant.goals.followup import (
        MAX_EDIT_CHARACTERS,
        MAX_INSTRUCTION_CHARACTERS,
        Correction,
        CorrectionKind,
        Edited,
        Followup,
    )
    from assistant.goals.metric import Function, Metric, MetricText, Step
    from assistant.goals.revision import EditCheck, Explanation, FieldChange, History, Revised, Version

__all__ = [
    "LANGUAGES",
    "MAX_AIM_CHARACTERS",
    "MAX_CONTEXT_CHARACTERS",
    "MAX_DOCUMENT_BYTES",
    "MAX_EDIT_CHARACTERS",
    "MAX_INSTRUCTION_CHARACTERS",
    "Action",
    "Aim",
    "Bound",
    "Brief",
    "Change",
    "Citation",
    "Conflict",
    "ConflictValue",
    "Correction",
    "CorrectionKind",
    "Direction",
    "DocumentNotice",
    "DocumentPart",
    "Draft",
    "DraftResult",
    "DraftStatus",
    "Drafter",
    "Edit",
    "EditCheck",
    "Edited",
    "Evidence",
    "Explanation",
    "Facts",
    "FieldChange",
    "Finding",
    "Fix",
    "Followup",
    "Function",
    "GateResult",
    "Goal",
    "GoalKind",
    "Hedge",
    "History",
    "KeyResult",
    "Language",
    "LintReport",
    "LintedGoal",
    "Mark",
    "Metric",
    "MetricMention",
    "MetricText",
    "Milestone",
    "Model",
    "Number",
    "Objective",
    "Origin",
    "Outcome",
    "OwnerMention",
    "Part",
    "PartialGoal",
    "Passage",
    "Placeholder",
    "Quantity",
    "Question",
    "Revised",
    "Scorecard",
    "SetAside",
    "Severity",
    "ShownChange",
    "ShownFacts",
    "Slot",
    "Source",
    "Span",
    "Stated",
    "Step",
    "Team",
    "TextLanguage",
    "Time",
    "Traits",
    "Usage",
    "UserDocument",
    "Verdict",
    "Version",
]

_PARTS = ("aim", "base", "brief", "document", "draft", "facts", "findings", "followup", "metric", "revision")

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load the whole vocabulary when somebody asks for a word of it; the linter needs two parts and starts fast."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        for part in _PARTS:
            words = vars(import_module(f"{__name__}.{part}"))
            globals().update({each: words[each] for each in __all__ if each in words})
        return globals()[name]
