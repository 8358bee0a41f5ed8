"""Texts wrapped at a fixed width come back as the paragraphs they were; others stay as they are."""

import textwrap
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.block import read_blocks
from index.wrapping import unwrap
from tests.index.test_layout import PAGE, PARK, body

PROSE = (
    "The road was closed for three months while the county rebuilt the bridge and widened both of its lanes.",
    "People who live nearby say that the noise was worth it, since the way to school is now a good deal shorter.",
    "The next part of the work begins in spring and is expected to take about as long as the first one did.",
)


def wrapped(text: str, width: int) -> list[str]:
    """Chinese at ``width`` columns, two a character, no line beginning with a closing mark: as typesetting does."""
    lines = [""]
    for character in text:
        columns = sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in lines[-1] + character)
        if columns > width and character not in "，。、；：！？,;:!?”’）》)":
            lines.append("")
        lines[-1] += character
    return lines


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(32, 80), st.integers(0, 6), st.booleans())
def test_chinese_paragraphs_are_restored(width: int, first: int, indent: bool) -> None:
    paragraphs = [text for text in body(PARK)[first : first + 4] if not text[:80].isascii()]
    mark = "\u3000\u3000" if indent else ""
    text = ("\n" if indent else "\n\n").join(mark + "\n".join(wrapped(paragraph, width)) for paragraph in paragraphs)
    assert [block.text for block in unwrap(read_blocks(text))[0]] == paragraphs


@pytest.mark.parametrize("width", [50, 60, 72, 80])
@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n"])
def test_english_paragraphs_are_restored(width: int, gap: str) -> None:
    end = gap[: len(gap) // 2]
    text = gap.join(end.join(textwrap.wrap(paragraph, width)) for paragraph in PROSE)
    blocks, repairs = unwrap(read_blocks(text))
    assert [" ".join(block.text.split()) for block in blocks] == list(PROSE)
    assert [repair.kind for repair in repairs] == ["wrap"] * len(PROSE)
    assert [block.text for block in blocks] == [
        "".join(text[span.start : span.end] for span in block.spans) for block in blocks
    ]


@pytest.mark.parametrize(
    "text", [PAGE, "甲\n乙\n丙\n", "- one item of a list\n- two items of a list\n", "", "一段话。\n另一段话。\n"]
)
def test_other_texts_stay(text: str) -> None:
    blocks = read_blocks(text)
    assert unwrap(blocks) == (blocks, [])
