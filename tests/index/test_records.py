"""Paragraphs survive the disk unchanged, are read one at a time, and are found by id and article."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.block import Repair
from index.errors import QueryError, SnapshotDamaged
from index.paragraph import Paragraph, Span
from index.records import (
    ParagraphFile,
    ParagraphWriter,
    from_record,
    of_document,
    place_repairs,
    read_repairs,
    to_record,
    write_lines,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def write(folder: Path, paragraphs: list[Paragraph]) -> ParagraphFile:
    with ParagraphWriter(folder) as writer:
        for paragraph in paragraphs:
            writer.write(paragraph)
        writer.finish()
    return ParagraphFile(folder)


def some(count: int) -> list[Paragraph]:
    return [Paragraph(f"p{i * 37 % count}", f"第{i}段\n正文", f"d{i // 7}", article=f"a{i % 2}") for i in range(count)]


paragraphs = st.builds(
    Paragraph,
    id=TEXT,
    text=TEXT,
    document=TEXT,
    article=TEXT,
    headings=st.lists(TEXT, max_size=3).map(tuple),
    position=st.integers(0, 99),
    spans=st.lists(st.builds(Span, st.integers(0, 99), st.integers(0, 99)), max_size=3).map(tuple),
    kicker=TEXT,
    byline=TEXT,
    role=st.sampled_from(["body", "byline"]),
    note=TEXT,
)


@given(paragraph=paragraphs)
def test_a_record_is_the_paragraph(paragraph: Paragraph) -> None:
    assert (
        from_record({**to_record(paragraph), "spans": [list(pair) for pair in to_record(paragraph)["spans"]]})
        == paragraph
    )


@settings(max_examples=30, deadline=None)
@given(written=st.lists(paragraphs, min_size=1, max_size=20, unique_by=lambda paragraph: paragraph.id))
def test_the_disk_keeps_everything(tmp_path_factory: pytest.TempPathFactory, written: list[Paragraph]) -> None:
    read = write(tmp_path_factory.mktemp("records"), written)
    assert list(read) == written
    assert [read[read.row(paragraph.id)] for paragraph in written] == written


def test_rows_slices_and_ends(tmp_path: Path) -> None:
    written = some(50)
    read = write(tmp_path, written)
    assert len(read) == 50
    assert read[-1] == written[-1]
    assert read[10:20:3] == written[10:20:3]
    assert written[3] in read
    with pytest.raises(IndexError):
        read[50]


def test_an_article_is_found_in_reading_order(tmp_path: Path) -> None:
    written = some(50)
    read = write(tmp_path, written)
    for row in (0, 13, 49):
        same = [p for p in written if (p.document, p.article) == (written[row].document, written[row].article)]
        assert list(read.article(row)) == same


@pytest.mark.parametrize("row", [0, 10, 999, 1500, 2999])
def test_of_a_vast_article_those_around_are_given(tmp_path: Path, row: int) -> None:
    read = write(tmp_path, [Paragraph(f"{i:04}", "正文", "d") for i in range(3000)])
    ids = [int(paragraph.id) for paragraph in read.article(row)]
    assert ids == list(range(ids[0], ids[-1] + 1))
    assert ids[0] == 0 or ids[0] == row - 1000
    assert row in ids
    assert len(ids) <= 2000


@pytest.mark.parametrize("id", ["p50", "", "p", "zzz", "p1 "])
def test_an_unknown_id_is_told(tmp_path: Path, id: str) -> None:
    read = write(tmp_path, some(50))
    with pytest.raises(QueryError) as told:
        read.row(id)
    assert repr(id) in str(told.value)


def test_lines_cut_short_are_damage(tmp_path: Path) -> None:
    write(tmp_path, some(50))
    lines = tmp_path / "paragraphs.jsonl"
    lines.write_bytes(lines.read_bytes()[:-1])
    with pytest.raises(SnapshotDamaged, match=r"paragraphs\.npy.*paragraphs\.jsonl.*rollback"):
        ParagraphFile(tmp_path)


def test_a_broken_line_is_told_with_its_row(tmp_path: Path) -> None:
    write(tmp_path, some(50))
    lines = tmp_path / "paragraphs.jsonl"
    lines.write_bytes(lines.read_bytes().replace(b'"id":"p37"', b'"id":"p37 ', 1))
    with pytest.raises(SnapshotDamaged, match=r"row 1 .*verify"):
        ParagraphFile(tmp_path)[1]


@pytest.mark.parametrize("name", ["paragraphs.npy", "paragraphs.jsonl"])
def test_a_file_of_other_bytes_is_damage(tmp_path: Path, name: str) -> None:
    write(tmp_path, some(5))
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(SnapshotDamaged):
        ParagraphFile(tmp_path)


def test_another_array_is_damage(tmp_path: Path) -> None:
    write(tmp_path, some(5))
    np.save(tmp_path / "paragraphs.npy", np.zeros(6))
    with pytest.raises(SnapshotDamaged, match="do not belong together"):
        ParagraphFile(tmp_path)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_repairs_name_the_lines_of_the_source(tmp_path: Path, end: str) -> None:
    text = end.join(["甲乙", "", "丙丁", "戊己"])
    third, fourth = text.index("丙"), text.index("戊")
    repair = Repair("join", "丙丁 + 戊己", (Span(third, third + 2), Span(fourth, fourth + 2)))
    (placed,) = place_repairs("a.txt", text, [repair])
    assert (placed.document, placed.kind, placed.detail, placed.lines) == ("a.txt", "join", "丙丁 + 戊己", (3, 4))
    write_lines(tmp_path / "repairs.jsonl", [placed])
    assert read_repairs(tmp_path / "repairs.jsonl") == (placed,)


def test_articles_are_counted_by_document_and_headline(tmp_path: Path) -> None:
    written = some(40)
    assert write(tmp_path, written).articles == len({(one.document, one.article) for one in written})


@pytest.mark.parametrize("name", ["d0", "d3", "d5", "d9"])
def test_the_paragraphs_of_a_document_stand_together(tmp_path: Path, name: str) -> None:
    written = some(40)
    documents = list(dict.fromkeys(one.document for one in written))
    found = of_document(write(tmp_path, written), documents, name)
    assert list(found) == [one for one in written if one.document == name]


def test_of_a_vast_document_the_first_are_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.records.LONGEST_DOCUMENT", 3)
    written = some(40)
    documents = list(dict.fromkeys(one.document for one in written))
    assert list(of_document(write(tmp_path, written), documents, "d1")) == written[7:10]
