"""Goal drafting assistant: vague team aims in, goals a team can be held to out."""

__version__ = "0.1.0"
