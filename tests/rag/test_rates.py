"""A figure counted for something is a rate: whole, and comparable only with the same rate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quantities import Quantity, quantities


def only(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "whole", "value", "unit"),
    [
        ("煤价为800元/吨。", "800元/吨", 0.8, "元/kg"),
        ("均价1.2万元/平方米", "1.2万元/平方米", 12000, "元/m2"),
        ("补助240元/人·年", "240元/人·年", 240 / 365, "元/人/天"),
        ("补助240元每人每年,", "240元每人每年", 240 / 365, "元/人/天"),
        ("标准为每月600元/人", "600元/人", 600, "元/人"),
        ("密度为3000人/平方公里", "3000人/平方公里", 0.003, "人/m2"),
        ("时速350公里/小时", "350公里/小时", 8.4e6, "m/天"),
        ("浓度35微克/立方米", "35微克/立方米", 3.5e-8, "kg/m3"),
        ("能耗0.5吨标准煤/万元", "0.5吨标准煤/万元", 0.05, "kg/元"),
        ("租金30元/月", "30元/月", 1, "元/天"),
        ("价格800元/吨左右", "800元/吨左右", 0.8, "元/kg"),
        ("价格８００元／吨", "８００元／吨", 0.8, "元/kg"),
    ],
)
def test_a_rate_is_one_figure(text: str, whole: str, value: float, unit: str) -> None:
    found = only(text)
    assert (found.text, found.unit) == (whole, unit)
    assert found.value == pytest.approx(value)
    assert text[found.start : found.end] == whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("投资3亿元每年增长", "3亿元"),
        ("价格800元,每吨", "800元"),
        ("煤800元/袋装", "800元"),
        ("共20家", "20家"),
    ],
)
def test_what_belongs_to_the_next_words_is_none(text: str, whole: str) -> None:
    found = only(text)
    assert "/" not in found.unit
    assert found.text == whole


def test_a_range_and_a_hedge_are_of_the_rate() -> None:
    found = only("价格在700至800元/吨")
    assert (found.value, found.upper) == (pytest.approx(0.7), pytest.approx(0.8))
    assert only("价格800元/吨以上").bound == only("价格800元以上").bound != "exactly"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("800元/吨", "0.8元/公斤", True),
        ("240元/人·年", "240元/年·人", True),
        ("240元/人·年", "240元每人每年", True),
        ("800元/吨", "800元", False),
        ("800元/吨", "800元/平方米", False),
        ("3000人/平方公里", "3000人", False),
    ],
)
def test_only_the_same_rate_is_comparable(one: str, other: str, same: bool) -> None:
    assert only(one).same(only(other)) is same
    assert only(one).comparable(only(other)) is same


@given(st.integers(1, 10**6), st.sampled_from(["吨", "平方米", "人", "户", "亩", "年", "月", "立方米"]))
def test_a_written_rate_is_read_back(amount: int, name: str) -> None:
    found = only(f"标准为{amount}元/{name}。")
    assert found.text == f"{amount}元/{name}"
    assert found.same(only(f"{amount}元/{name}"))
    assert not found.comparable(only(f"{amount}元"))
