"""Finds passages of the method texts; loads its libraries only when a search is made."""

from assistant.retrieval.retriever import Retriever, language_of, problems, search, shared, warm

__all__ = ["Retriever", "language_of", "problems", "search", "shared", "warm"]
