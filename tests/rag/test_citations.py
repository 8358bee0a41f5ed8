"""Every line of an answer is borne by its citations, or it is a defect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.paragraph import Paragraph, Span
from rag.answer import Citation
from rag.citations import cite, defects

TEXT = "大桥总投资4.38亿元,二期分三期建设。工期30个月,由甲公司承建。"
PARAGRAPH = Paragraph("p1", TEXT, "a.txt", spans=(Span(10, 20), Span(25, 25 + len(TEXT) - 10)))


def citation(start: int, end: int) -> Citation:
    return cite(1, PARAGRAPH, Span(start, end))


@pytest.mark.parametrize(
    "line",
    [
        "4.38亿元[1]",
        "「大桥总投资4.38亿元」[1]",
        "总投资43800万元。[1]",
        "甲公司[1]",
        "「工期30个月,由甲公司承建。」[1]",
    ],
)
def test_what_the_paragraph_says_has_no_defect(line: str) -> None:
    assert defects(line, [citation(0, len(TEXT))]) == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("4.38亿元", "unmarked"),
        ("4.38亿元[2]", "unknown_marker"),
        ("43.8亿元[1]", "figure_missing"),
        ("工期30天[1]", "figure_missing"),
        ("「大桥总投资438亿元」[1]", "not_verbatim"),
        ("「大桥总投资四亿多」[1]", "not_verbatim"),
    ],
)
def test_what_it_does_not_say_is_a_defect(line: str, kind: str) -> None:
    assert kind in [defect.kind for defect in defects(line, [citation(0, len(TEXT))])]


@pytest.mark.parametrize(
    ("stated", "said", "borne"),
    [
        ("2月4日至10日放假", "2月6日", True),
        ("2月4日至10日放假", "2月11日", False),
        ("2026—2030年", "2030年", True),
        ("2026—2030年", "2028年", False),
        ("工期3至5年", "3年", False),
        ("投资超4亿元", "4亿多元", True),
        ("投资超4亿元", "不到4亿元", False),
        ("提高2个百分点", "2%", False),
        ("项目二期", "2期", True),
    ],
)
def test_a_figure_is_borne_by_one_that_says_the_same(stated: str, said: str, borne: bool) -> None:
    paragraph = Paragraph("p1", stated, "a.txt", spans=(Span(0, len(stated)),))
    found = defects(f"{said}[1]", [cite(1, paragraph, Span(0, len(stated)))])
    assert [defect.kind for defect in found] == ([] if borne else ["figure_missing"])


def test_a_figure_outside_the_quote_does_not_bear_the_line() -> None:
    assert [defect.kind for defect in defects("30个月[1]", [citation(0, 12)])] == ["figure_missing"]


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_the_source_spans_of_a_quote_have_its_length(start: int, end: int) -> None:
    if start < end:
        quoted = citation(start, end)
        assert sum(len(span) for span in quoted.source_spans) == len(quoted.quote)


def test_a_quote_that_is_not_verbatim_cannot_exist() -> None:
    with pytest.raises(ValueError, match="not verbatim"):
        Citation(1, PARAGRAPH, "大桥总投资5亿元", 0, 8)


BOTH = "大桥投资4.38亿元,隧道投资3亿元。"


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ("多4.38亿元 − 3亿元 = 1.38亿元[1]", []),
        ("多4.38亿元 − 3亿元 = 1.83亿元[1]", ["1.83亿元"]),
        ("多1.38亿元[1]", ["1.38亿元"]),
        ("多5.38亿元 − 3亿元 = 2.38亿元[1]", ["5.38亿元"]),
        ("多4.38亿元 + 3亿元 = 7.38亿元[1]", ["7.38亿元"]),
    ],
)
def test_a_difference_is_borne_by_the_sum_that_it_ends(line: str, detail: list[str]) -> None:
    paragraph = Paragraph("p2", BOTH, "a.txt", spans=(Span(0, len(BOTH)),))
    found = defects(line, [cite(1, paragraph, Span(0, len(BOTH)))])
    assert [defect.detail for defect in found] == detail
