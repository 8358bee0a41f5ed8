"""The retriever against LangChain's own suite, and what a document carries."""

from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests
from pydantic import ValidationError

from index.embedder import load_encoder
from index.paragraph import Hit, Paragraph, Span
from index.store import ParagraphIndex
from rag.retriever import ParagraphRetriever, to_document
from tests.index.building import build, write_corpus

QUERY = "春耕的化肥储备"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ParagraphIndex:
    """Six paragraphs of two invented articles."""
    folder = tmp_path_factory.mktemp("retriever")
    build(write_corpus(folder / "corpus"), folder / "index")
    return ParagraphIndex.open(folder / "index", load_encoder())


class TestParagraphRetriever(RetrieversIntegrationTests):
    """All that LangChain asks of a retriever."""

    @pytest.fixture(autouse=True)
    def over(self, index: ParagraphIndex) -> None:
        self.index = index

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return ParagraphRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"index": self.index}

    @property
    def retriever_query_example(self) -> str:
        return QUERY


def test_documents_come_as_the_index_ranks_them(index: ParagraphIndex) -> None:
    found = ParagraphRetriever(index=index, k=4).invoke(QUERY)
    assert found == [to_document(hit) for hit in index.search(QUERY, k=4)]
    assert "化肥" in found[0].page_content


def test_more_than_there_is_gives_all_there_is(index: ParagraphIndex) -> None:
    assert len(ParagraphRetriever(index=index, k=50).invoke(QUERY)) == len(index)


@pytest.mark.parametrize("k", [0, -1])
def test_fewer_than_one_document_cannot_be_asked_for(index: ParagraphIndex, k: int) -> None:
    with pytest.raises(ValidationError):
        ParagraphRetriever(index=index, k=k)
    with pytest.raises(ValueError, match=str(k)):
        ParagraphRetriever(index=index).invoke(QUERY, k=k)


def test_a_document_says_where_it_stands() -> None:
    paragraph = Paragraph(
        "报/稿/一/2",
        "水渠通水。",
        "报.txt",
        "水渠",
        ("一、工程", "修渠"),
        2,
        (Span(7, 10), Span(12, 14)),
        byline="记者 甲",
    )
    assert to_document(Hit(paragraph, 0.75, lexical=1.0, lexical_rank=1)) == Document(
        id="报/稿/一/2",
        page_content="水渠通水。",
        metadata={
            "document": "报.txt",
            "article": "水渠",
            "section": "一、工程 · 修渠",
            "position": 2,
            "spans": [[7, 10], [12, 14]],
            "score": 0.75,
        },
    )


def test_the_spans_of_a_document_lead_to_its_characters(index: ParagraphIndex, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    for document in ParagraphRetriever(index=index, k=50).invoke(QUERY):
        source = (corpus / document.metadata["document"]).read_text(encoding="utf-8")
        assert "".join(source[start:end] for start, end in document.metadata["spans"]) == document.page_content
