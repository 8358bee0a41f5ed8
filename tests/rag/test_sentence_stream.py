"""Sentences come out of a stream whole, once, with their markers, wherever the pieces are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.sentence_stream import SentenceStream


def cut(*pieces: str) -> list[str]:
    stream = SentenceStream()
    return [sentence for piece in pieces for sentence in stream.feed(piece)] + stream.finish()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("大桥长三里。[1]造价不详。[2]", ["大桥长三里。[1]", "造价不详。[2]"]),
        ("大桥长三里[1]。造价不详[2]。", ["大桥长三里[1]。", "造价不详[2]。"]),
        ("大桥长三里。[1][2] 造价不详。【3】", ["大桥长三里。[1][2]", "造价不详。【3】"]),
        ("大桥长三里。\n[1]\n\n造价不详。", ["大桥长三里。\n[1]", "造价不详。"]),
        ("他说“大桥长三里。很长。”[1]完。", ["他说“大桥长三里。很长。”[1]", "完。"]),
        ("- 大桥长三里。[1]\n2. **造价**不详。[1]", ["大桥长三里。[1]", "造价不详。[1]"]),
        ("投资6.5亿元。[1]", ["投资6.5亿元。[1]"]),
        ("没有标点也没有编号", ["没有标点也没有编号"]),
        ("<think>先想。再想。</think>大桥长三里。[1]", ["大桥长三里。[1]"]),
        ("<think>想不完。", []),
        ("It is long. [1] It is wide. [2]", ["It is long.", "[1] It is wide.", "[2]"]),
        (" \n ", []),
        ("", []),
    ],
)
def test_a_text_falls_into_its_sentences_however_it_is_cut(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences
    assert cut(*text) == sentences
    assert cut(*(text[start : start + 4] for start in range(0, len(text), 4))) == sentences


def test_a_sentence_comes_as_soon_as_no_marker_can_follow() -> None:
    stream = SentenceStream()
    assert stream.feed("大桥长三里。") == []
    assert stream.feed("[1") == []
    assert stream.feed("]") == []
    assert stream.feed("造") == ["大桥长三里。[1]"]


@given(st.text(alphabet="桥长。!“”[]1\n ", max_size=40), st.integers(1, 7))
def test_nothing_but_blanks_is_lost(text: str, size: int) -> None:
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    bare = "".join("".join(cut(*pieces)).split())
    assert bare == "".join(text.split())
