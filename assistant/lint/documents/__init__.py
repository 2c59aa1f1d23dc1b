"""Readers of goal documents, one file a format."""
