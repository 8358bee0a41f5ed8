"""Marking, read back with an HTML parser."""

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.pages import Page
from ui.marks import Mark, marked


@given(
    st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4), st.integers(0, 30)
)
def test_marking_loses_nothing_and_marks_exactly_the_characters_covered(
    text: str, pairs: list[tuple[int, int]], lead: int
) -> None:
    text = text.replace("\x00", "")
    lead = min(lead, len(text))
    marks = [Mark(min(pair), max(pair), f"1-{index}") for index, pair in enumerate(pairs)]
    page = Page(marked(text, marks, focus="1-1", lead=lead))
    expected = []
    for at, character in enumerate(text):
        keys = [one.key for one in marks if one.start <= at < one.end]
        expected.append((character, (("wj-focus" if "1-1" in keys else "wj-other"),) if keys else ()))
    assert [(one, classes) for data, classes in page.pieces for one in data] == expected


def test_every_piece_names_all_the_citations_that_quote_it() -> None:
    page = Page(marked("abcd", [Mark(0, 3, "1-1"), Mark(1, 4, "1-2"), Mark(1, 2, "1-2")], focus="1-2"))
    assert [one["data-k"] for one in page.having("data-k")] == ["1-1", "1-1 1-2", "1-1 1-2", "1-2"]
    assert page.text("wj-focus") == "bcd" and page.text("wj-other") == "a"
    assert len(page.having("tabindex")) == 3


def test_repeated_words_are_marked_where_the_citation_says() -> None:
    assert marked("水,水,水。", [Mark(4, 5, "k")]).startswith("水,水,<mark")
