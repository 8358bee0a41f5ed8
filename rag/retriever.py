"""The index as a LangChain retriever, and the mapping of a hit to a LangChain document. Nothing else."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from index.paragraph import Hit
from index.store import ParagraphIndex


class ParagraphRetriever(BaseRetriever):
    """Finds paragraphs for LangChain chains: ``ParagraphRetriever(index=index, k=5).invoke("…")``."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: ParagraphIndex
    k: int = Field(default=5, ge=1)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None, **_: Any
    ) -> list[Document]:
        return [to_document(hit) for hit in self.index.search(query, k=self.k if k is None else k)]


def to_document(hit: Hit) -> Document:
    """A hit as a LangChain document: the paragraph's text, and where it stands as metadata."""
    paragraph = hit.paragraph
    return Document(
        id=paragraph.id,
        page_content=paragraph.text,
        metadata={
            "document": paragraph.document,
            "article": paragraph.article,
            "section": paragraph.section,
            "position": paragraph.position,
            "spans": [[span.start, span.end] for span in paragraph.spans],
            "score": hit.score,
        },
    )
