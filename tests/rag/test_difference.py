"""Figures subtracted as written: exact or not at all, and a wrong sum is no sum."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.difference import computed, difference
from rag.quantities import Quantity, quantities


def figure(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("more", "less", "by"),
    [
        ("6.5亿元", "3亿元", "3.5亿元"),
        ("22亿元", "9000万元", "21.1亿元"),
        ("0.3亿元", "0.1亿元", "0.2亿元"),
        ("1,280米", "900米", "380米"),
        ("2.4公里", "1280米", "1.12公里"),
        ("210名", "180名", "30名"),
        ("93.5%", "91%", "2.5个百分点"),
    ],
)
def test_a_difference_is_exact_and_in_the_unit_of_the_larger_figure(more: str, less: str, by: str) -> None:
    assert difference(figure(more), figure(less)) == by


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("约6.5亿元", "3亿元"),
        ("6.5亿元", "超3亿元"),
        ("3亿元至5亿元", "1亿元"),
        ("3亿元", "6.5亿元"),
        ("3亿元", "3亿元"),
        ("6.5亿元", "3公里"),
        ("210名", "3栋"),
        ("2029年", "2028年"),
        ("三十名", "二十名"),
        ("93.5%", "3个百分点"),
    ],
)
def test_what_is_no_exact_difference_is_left_out(one: str, other: str) -> None:
    assert difference(figure(one), figure(other)) is None


@given(st.integers(2, 10**9), st.integers(1, 10**9), st.sampled_from(["万元", "亿元", "亩", "公里", "名"]))
def test_what_is_shown_is_what_arithmetic_says(one: int, other: int, unit: str) -> None:
    more, less = Fraction(max(one, other) + 1, 100), Fraction(min(one, other), 100)
    shown = difference(figure(f"{float(more):.2f}{unit}"), figure(f"{float(less):.2f}{unit}"))
    assert shown is not None
    assert Fraction(shown.removesuffix(unit)) == more - less


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("多6.5亿元 − 3亿元 = 3.5亿元", ["3.5亿元"]),
        ("6.5亿元 − 3亿元 = 4亿元", []),
        ("6.5亿元 + 3亿元 = 9.5亿元", []),
        ("约6.5亿元 − 3亿元 = 3.5亿元", []),
        ("6.5亿元,3亿元,3.5亿元", []),
    ],
)
def test_only_a_right_sum_bears_its_result(text: str, results: list[str]) -> None:
    assert [one.text for one in computed(text)] == results
