"""Evaluation runs, their cases and measurements."""
