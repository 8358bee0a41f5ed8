"""Numbers of a text as comparable values: arithmetic written out, and Chinese numerals made by the test itself."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quantities import Quantity, number, quantities

DIGITS = "零一二三四五六七八九"


def spelled(value: int) -> str:
    """A whole number below 10⁸ in Chinese numerals, as a person writes it."""
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        filler = "零" if 0 < low < 1000 else ""
        return spelled(high) + "万" + (filler + spelled(low) if low else "")
    parts: list[str] = []
    gap = False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            parts.append(("零" if gap and parts else "") + DIGITS[digit] + unit)
            gap = False
        else:
            gap = True
    return "".join(parts) or "零"


@given(st.integers(min_value=0, max_value=99_999_999))
def test_every_written_number_has_its_value(value: int) -> None:
    assert number(spelled(value)) == value
    assert number(str(value)) == value
    assert number(f"{value:,}") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("4.38亿", 438_000_000), ("1.2万亿", 1_200_000_000_000), ("三点五亿", 350_000_000), ("二〇二七", 2027), ("十", 10),
     ("一亿二千万", 120_000_000), ("两千", 2000)],
)  # fmt: skip
def test_number(text: str, value: float) -> None:
    assert number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "甲", "1.2.3", "十x"])
def test_what_is_no_number_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        number(text)


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("总额4.38亿元", "money", 438_000_000, "元"),
        ("约９０００萬元", "money", 90_000_000, "元"),
        ("43.8 billion yuan", "money", 43_800_000_000, "元"),
        ("总额4.38 亿元", "money", 438_000_000, "元"),
        ("100万人民币", "money", 1_000_000, "元"),
        ("占地30亩", "measure", 20_000, "m2"),
        ("2公顷", "measure", 20_000, "m2"),
        ("千亿斤", "measure", 50_000_000_000, "kg"),
        ("增长百分之四点五", "percent", 4.5, "%"),
        ("提高3.5个百分点", "percent", 3.5, "百分点"),
        ("第四次普查", "ordinal", 4, "次"),
        ("项目二期", "ordinal", 2, "期"),
        ("分三期推进", "count", 3, "期"),
        ("140多名工人", "count", 140, "名"),
        ("再延长三十年", "duration", 10_950, "天"),
        ("2027年7月底", "date", 20_270_700, ""),
        ("二〇二七年", "date", 20_270_000, ""),
        ("二○二七年", "date", 20_270_000, ""),
        ("1月20日", "date", 120, ""),
        ("1月20号", "date", 120, ""),
    ],
)
def test_kind_value_and_unit(text: str, kind: str, value: float, unit: str) -> None:
    (found,) = quantities(text)
    assert (found.kind, found.unit) == (kind, unit)
    assert found.value == pytest.approx(value)
    assert text[found.start : found.end] == found.text


def test_a_comma_that_groups_no_thousands_parts_two_numbers() -> None:
    assert [found.value for found in quantities("自2024，300人参加,投入1,200万元")] == [2024, 300, 12_000_000]


@pytest.mark.parametrize("text", ["统一规划", "一带一路", "万众一心", "十分重要", "一体化发展", ""])
def test_numerals_inside_words_are_no_quantities(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("4.38亿元", "43800万元", True),
        ("4.38亿元", "43.8亿元", False),
        ("2027年7月底", "2027年", True),
        ("2027年7月", "2026年7月", False),
        ("7月20日", "2027年7月20日", True),
        ("15亩", "1公顷", True),
        ("3个", "3个百分点", False),
        ("5亿元", "5亿美元", False),
    ],
)
def test_same_amount(one: str, other: str, same: bool) -> None:
    (left,), (right,) = quantities(one), quantities(other)
    assert left.same(right) is same
    assert right.same(left) is same


@pytest.mark.parametrize(
    "text", ["超3000个", "约9000万元", "百余亩", "近五年", "不超过5个", "将近9家", "大约3米", "over 300 people"]
)
def test_hedged_numbers_are_approximate(text: str) -> None:
    assert quantities(text)[0].approximate


@given(st.text(alphabet="一二三十百千万亿第年月日元个%百分之多余期亩,。.0123456789 约１５abc億萬", max_size=60))
def test_quantities_are_verbatim_ordered_and_apart(text: str) -> None:
    found: tuple[Quantity, ...] = quantities(text)
    assert all(text[quantity.start : quantity.end] == quantity.text for quantity in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
