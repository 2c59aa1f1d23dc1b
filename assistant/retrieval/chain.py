"""Offers the search through LangChain's retriever interface.

Knows nothing about how the search works.
"""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from assistant.goals import Language
from assistant.retrieval.retriever import MAX_RESULTS, search


class MethodRetriever(BaseRetriever):
    """Passages of the method texts as LangChain documents, best first.

    Attributes:
        k: most results.
        language: language to prefer; None for the question's own.
    """

    k: int = Field(default=5, ge=1, le=MAX_RESULTS)
    language: Language | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [
            Document(id=passage.id, page_content=passage.text, metadata=passage.model_dump(exclude={"text"}))
            for passage in search(query, self.k, self.language)
        ]
