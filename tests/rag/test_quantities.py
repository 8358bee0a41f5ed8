"""Quantities both ways: a value in many forms is read back, and of any text the spans are verbatim and apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import fold
from rag.quantities import Quantity, quantities
from tests.rag.test_numerals import spelled

WIDE = str.maketrans("0123456789,.%-", "０１２３４５６７８９，．％－")
UNITS = {
    "元": ("money", "元", 1.0),
    "亩": ("measure", "m2", 10000 / 15),
    "吨": ("measure", "kg", 1000.0),
    "家": ("count", "家", 1.0),
    "个月": ("duration", "天", 30.0),
    "个百分点": ("percent", "百分点", 1.0),
    "栋": ("count", "栋", 1.0),
}
HEDGES = {
    "超{}": "over",
    "约{}": "about",
    "不低于{}": "at least",
    "不超过{}": "at most",
    "不足{}": "under",
    "{}以上": "at least",
    "{}左右": "about",
    "{}以下": "at most",
    "共{}": "exactly",
}
PIECES = [
    "第",
    "百分之",
    "至",
    "—",
    "年",
    "月",
    "日",
    "超",
    "以上",
    "万",
    "亿元",
    "十五",
    "三分之",
    "2026",
    "5",
    "%",
    "个",
    "半",
    "多",
    "几",
    "数",
    "July ",
    "to ",
    "three ",
    "-",
    ":",
    ".",
    ",",
    "/",
    "百",
    "季度",
    "世纪",
    "０",
    "萬",
    "点",
    "时",
    "期",
    "$",
    "一两",
    "成",
    " ",
    "a",
]


def forms(value: int) -> list[str]:
    """A whole number as it may be written: digits, thousands, full width, 万 and 亿, numerals."""
    shorter = [f"{value / power:.8f}".rstrip("0").rstrip(".") + name for power, name in ((10**4, "万"), (10**8, "亿"))]
    fitting = [form for form, power in zip(shorter, (10**4, 10**8), strict=True) if value >= power]
    return [
        str(value),
        f"{value:,}",
        str(value).translate(WIDE),
        f"{value:,}".translate(WIDE),
        spelled(value),
        *fitting,
    ]


@given(st.integers(1, 10**11), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(HEDGES)))
def test_an_amount_is_read_back_from_every_form(value: int, unit: str, hedge: str) -> None:
    kind, base, factor = UNITS[unit]
    for written in forms(value):
        text = f"其中{hedge.format(written + unit)}。"
        (found,) = quantities(text)
        assert (found.kind, found.unit, found.bound, found.upper) == (kind, base, HEDGES[hedge], None)
        assert found.value == pytest.approx(value * factor)
        assert written + unit in text[found.start : found.end]


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.sampled_from(sorted(UNITS)), st.sampled_from("至到—-~－～"))
def test_a_range_is_read_back_from_every_form(low: int, more: int, unit: str, dash: str) -> None:
    _, base, factor = UNITS[unit]
    for one, other in zip(forms(low)[:5], forms(low + more)[:5], strict=True):
        (found,) = quantities(f"为{one}{unit}{dash}{other}{unit}。")
        assert (found.value, found.upper) == (pytest.approx(low * factor), pytest.approx((low + more) * factor))
        assert found.unit == base


@given(st.integers(1, 9999), st.sampled_from(["{}%", "百分之{}", "{}％", "{} percent"]))
def test_a_percentage_is_read_back(hundredths: int, form: str) -> None:
    written = f"{hundredths / 100:.2f}"
    (found,) = quantities(f"占{form.format(written)}。")
    assert (found.kind, found.unit, found.value) == ("percent", "%", pytest.approx(hundredths / 100))


@given(st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(["至少{}个", "{}个左右", "{}个"]))
def test_same_is_symmetric_and_follows_the_value(one: int, other: int, form: str) -> None:
    (left,), (right,) = quantities(form.format(one)), quantities(f"{other}个")
    assert left.same(right) is right.same(left) is (one == other)
    assert left.same(left)


def check(text: str) -> None:
    found: tuple[Quantity, ...] = quantities(text)
    assert all(text[quantity.start : quantity.end] == quantity.text for quantity in found)
    assert all(quantity.text for quantity in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(quantity.upper is None or quantity.upper != quantity.value for quantity in found)
    assert all(quantity.same(quantity) for quantity in found)


@given(st.text(max_size=60))
def test_of_any_text_the_quantities_are_verbatim_ordered_and_apart(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_of_any_figures_the_quantities_are_verbatim_ordered_and_apart(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_width_and_script_change_no_value(text: str) -> None:
    def values(written: str) -> list[tuple[object, ...]]:
        return [(q.kind, q.value, q.upper, q.unit, q.bound) for q in quantities(written)]

    assert values(text) == values(fold(text).text) == values(fold(text).text.translate(WIDE))


@pytest.mark.parametrize(
    "text", ["9" * 400, "9" * 400 + "至3月", "1" * 400 + "分之" + "1" * 400, "一" * 3000, "亿" * 300]
)
def test_what_no_value_can_hold_is_left_out(text: str) -> None:
    check(text)


def test_a_comma_that_groups_no_thousands_parts_two_numbers() -> None:
    assert [found.value for found in quantities("自2024，300人参加,投入1,200万元")] == [2024, 300, 12_000_000]


def test_the_quantities_of_a_sentence_in_reading_order() -> None:
    text = "第十四届会议提出,2026—2030年投资不低于4.38亿元,惠及百余家企业,比重提高2个百分点,一期2027年7月底前建成。"
    assert [found.text for found in quantities(text)] == [
        "第十四届",
        "2026—2030年",
        "4.38亿元",
        "百余家",
        "2个百分点",
        "一期",
        "2027年7月底前",
    ]
