"""What was indexed is read back, any part of it, with its line and what it became; plain slicing is the oracle."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SnapshotDamaged
from index.paragraph import Span
from index.sources import STEP, SourceTexts, SourceWriter, Stretch

LINE_END = re.compile(r"\r\n|\r|\n")
LONG = "".join(f"第{number}行𠮷𠮷" + ("\r\n", "\n", "\r", "\n\n")[number % 4] for number in range(9000))


def written(folder: Path, *documents: tuple[str, list[Stretch]]) -> SourceTexts:
    with SourceWriter(folder) as writer:
        for text, stretches in documents:
            writer.write(text, stretches)
        writer.finish()
    return SourceTexts(folder)


def check(file: SourceTexts, number: int, text: str, *, start: int, end: int) -> None:
    excerpt = file.read(number, start, end)
    low, high = min(max(start, 0), len(text)), min(max(end, 0), len(text))
    assert excerpt.text == text[low:high]
    assert (excerpt.start, excerpt.length) == (low, len(text))
    assert excerpt.line == len(LINE_END.findall(text[:low])) + 1


def test_any_part_of_a_long_document_is_read_with_its_line(tmp_path: Path) -> None:
    assert len(LONG) > 4 * STEP
    file = written(tmp_path, ("甲", []), (LONG, []), ("乙\n丙", []))
    for start in (0, 1, STEP - 1, STEP, STEP + 1, 3 * STEP - 2, len(LONG) - 5, len(LONG), len(LONG) + 9, -7):
        if LONG[start - 1 : start + 1] != "\r\n":  # nobody asks for half a line end
            check(file, 1, LONG, start=start, end=start + 2 * STEP)
    check(file, 0, "甲", start=0, end=99)
    check(file, 2, "乙\n丙", start=2, end=99)


def test_a_line_end_on_the_border_of_two_steps_counts_once(tmp_path: Path) -> None:
    text = "a" * (STEP - 1) + "\r\n" + "b" * STEP
    check(written(tmp_path, (text, [])), 0, text, start=STEP + 1, end=STEP + 5)


@settings(max_examples=40)
@given(
    texts=st.lists(st.text(st.sampled_from("甲a\n𠮷"), min_size=1, max_size=40), min_size=1, max_size=4), data=st.data()
)
def test_documents_do_not_run_into_each_other(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject
) -> None:
    file = written(tmp_path_factory.mktemp("sources"), *((text, []) for text in texts))
    number = data.draw(st.integers(0, len(texts) - 1))
    check(file, number, texts[number], start=data.draw(st.integers(-3, 45)), end=data.draw(st.integers(-3, 45)))


def test_stretches_come_in_the_order_of_the_document_and_touch_what_was_asked_for(tmp_path: Path) -> None:
    later, first, middle = (
        Stretch(Span(8, 9), "byline", 1),
        Stretch(Span(0, 3), "headline", 0),
        Stretch(Span(4, 7), "body", 0),
    )
    file = written(tmp_path, ("x" * 9, [later, first, middle]), ("y", [Stretch(Span(0, 1), "body", 2)]))
    assert file.stretches(0, 0, 9) == (first, middle, later)
    assert file.stretches(0, 3, 4) == ()
    assert file.stretches(0, 2, 5) == (first, middle)
    assert file.stretches(1, 0, 9) == (Stretch(Span(0, 1), "body", 2),)


def test_a_snapshot_of_before_has_no_sources_and_a_damaged_one_says_so(tmp_path: Path) -> None:
    assert SourceTexts.open(tmp_path) is None
    written(tmp_path, ("甲", []))
    (tmp_path / "places.npy").write_bytes(b"not an array")
    with pytest.raises(SnapshotDamaged):
        SourceTexts.open(tmp_path)
