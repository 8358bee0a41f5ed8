"""Leafing through an index that was really built, the page of the corpus among its documents."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from index.embedder import load_encoder
from index.errors import QueryError
from index.shelf import Shelf
from index.store import ParagraphIndex
from tests.index.building import build, write_corpus

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_corpus(tmp_path_factory.mktemp("shelf") / "corpus")
    for page in CORPUS.glob("*.txt"):
        shutil.copyfile(page, folder / page.name)
    (folder / "lines.jsonl").write_text(
        '{"id": "a", "text": "甲", "title": "一"}\n{"id": "b", "text": "乙", "title": "二"}\n'
        '{"id": "c", "text": "丙", "title": "一"}\n',
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def index(corpus: Path) -> ParagraphIndex:
    build(corpus, corpus.parent / "index")
    return ParagraphIndex.open(corpus.parent / "index", load_encoder())


def test_the_rows_of_a_document_are_its_paragraphs(index: ParagraphIndex) -> None:
    assert len(index.documents) == 4
    for document in index.documents:
        expected = [one.id for one in index.paragraphs if one.document == document]
        assert [one.id for one in index.shelf.paragraphs(document)] == expected


def test_the_heads_are_the_articles_as_they_begin(index: ParagraphIndex) -> None:
    for document in index.documents:
        counts: dict[str, int] = {}
        for one in index.shelf.paragraphs(document):
            counts[one.article] = counts.get(one.article, 0) + 1
        heads = index.shelf.heads(document)
        assert [(index.shelf.paragraph(head.row).article, head.paragraphs) for head in heads] == list(counts.items())


def test_the_text_is_the_one_that_was_indexed_whatever_the_file_says_now(index: ParagraphIndex, corpus: Path) -> None:
    received = (corpus / "town.txt").read_bytes().decode()
    (corpus / "town.txt").write_text("changed", encoding="utf-8")
    assert index.shelf.read("town.txt", 0, 10_000).text == received


@pytest.mark.parametrize("document", ["town.txt", "farm.txt", "page"])
def test_everything_on_the_page_became_something_once(index: ParagraphIndex, document: str) -> None:
    document = next(one for one in index.documents if "report" in one) if document == "page" else document
    text = index.shelf.read(document, 0, 10**9).text
    stretches = index.shelf.stretches(document, 0, len(text))
    assert all(one.span.end <= other.span.start for one, other in pairwise(stretches))
    covered = "".join(text[one.span.start : one.span.end] for one in stretches)
    assert "".join(covered.split()) == "".join(text.split())
    for one in stretches:
        if one.role in ("body", "byline"):
            assert text[one.span.start : one.span.end] in index.shelf.paragraph(one.row).text


def test_what_stands_above_an_interleaved_article_is_tied_to_it(index: ParagraphIndex) -> None:
    document = next(one for one in index.documents if "report" in one)
    text = index.shelf.read(document, 0, 10**9).text
    tied = {
        one.role: index.shelf.paragraph(one.row).article
        for one in index.shelf.stretches(document, 0, len(text))
        if one.role in ("label", "kicker")
    }
    assert set(tied) == {"label", "kicker"} and len(set(tied.values())) == 1
    assert index.shelf.paragraph(index.shelf.heads(document)[1].row).article in tied.values()


def test_the_nearest_id_begins_the_most_alike(index: ParagraphIndex) -> None:
    for one in index.paragraphs:
        assert index.shelf.nearest(one.id) == one
    wanted = next(one for one in index.paragraphs if one.document == "farm.txt")
    near = index.shelf.nearest(f"{wanted.id.rsplit('/', 1)[0]}/99")
    assert near.article == wanted.article and near.document == "farm.txt"
    assert index.shelf.nearest("") in set(index.paragraphs) and index.shelf.nearest("\uffff" * 9) in set(
        index.paragraphs
    )


def test_what_is_not_there_is_named_and_what_was_not_kept_too(index: ParagraphIndex) -> None:
    with pytest.raises(QueryError, match="nowhere"):
        index.shelf.read("nowhere.txt", 0, 1)
    old = Shelf(index._parts.paragraphs, index.documents, index.repairs, None)
    assert not old.keeps_sources and index.shelf.keeps_sources
    with pytest.raises(QueryError):
        old.read(index.documents[0], 0, 1)


def test_repairs_are_those_that_touch_the_characters(index: ParagraphIndex) -> None:
    document = next(one for one in index.documents if "report" in one)
    mine = [repair for repair in index.repairs if repair.document == document]
    assert list(index.shelf.repairs(document, 0, 10**9)) == mine and len(mine) > 10
    first = mine[0].spans[0]
    assert mine[0] in index.shelf.repairs(document, first.start, first.start + 1)
    assert mine[0] not in index.shelf.repairs(document, 0, first.start)
