"""Keeps LangChain from sending runs to a tracing service, whatever the environment says.

Knows nothing about models; callbacks inside the process go on working.
"""

from __future__ import annotations


def keep_local() -> None:
    """Switch remote tracing off for this process: texts of goals go to the configured model and nowhere else."""
    import langsmith

    langsmith.configure(enabled=False)
