"""What agrees with what: hedges may be left out and not turned round, a range is no value, a day lies in its month."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quantities import Quantity, quantities
from rag.quantity import date_parts, date_value


def read(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("4.38亿元", "43800万元", True),
        ("4.38亿元", "43.8亿元", False),
        ("15亩", "1公顷", True),
        ("5亿元", "5亿美元", False),
        ("3个", "3个百分点", False),
        ("2个百分点", "2%", False),
        ("30个基点", "0.3个百分点", True),
        ("三分之一", "1/3", True),
        ("七成", "70%", True),
        ("超4亿元", "4亿多", True),
        ("超4亿元", "4亿元", True),
        ("超4亿元", "不到4亿元", False),
        ("近4亿元", "约4亿元", True),
        ("不低于5%", "5%以上", True),
        ("不低于5%", "5%以下", False),
        ("3至5年", "3年", False),
        ("3至5年", "5年", False),
        ("3至5年", "三到五年", True),
        ("5%—7%", "百分之五至百分之七", True),
        ("2027年7月底", "2027年", True),
        ("2027年7月", "2026年7月", False),
        ("7月20日", "2027年7月20日", True),
        ("2024—2026年", "2026年", False),
        ("2024—2026年", "2024年至2026年", True),
        ("2030年前", "2030年以后", False),
        ("2026年上半年", "2026年下半年", False),
        ("438 million yuan", "4.38亿元", True),
        ("146 mu", "一百四十六亩", True),
        ("第三次", "三次", False),
        ("十余家", "数十家", False),
        ("1:3", "2:6", True),
        ("上午9时30分", "9:30", True),
    ],
)
def test_same_amount(one: str, other: str, same: bool) -> None:
    assert read(one).same(read(other)) is same
    assert read(other).same(read(one)) is same


@pytest.mark.parametrize(
    ("whole", "part", "holds"),
    [
        ("2月4日至10日", "2月6日", True),
        ("2月4日至10日", "2月11日", False),
        ("2026—2030年", "2028年", False),
        ("2027年", "2027年7月底", True),
        ("2月4日至10日", "2026年2月6日", True),
        ("2026—2030年", "2030年", True),
        ("2026—2030年", "2028年3月1日", True),
        ("3至5年", "4年", False),
        ("20世纪90年代", "1997年", False),
    ],
)
def test_what_lies_inside(whole: str, part: str, holds: bool) -> None:
    assert read(whole).holds(read(part)) is holds


@given(st.integers(0, 9999), st.integers(0, 12), st.integers(0, 31))
def test_the_parts_of_a_date_make_its_value(year: int, month: int, day: int) -> None:
    assert date_parts(date_value(year, month, day)) == (year, month, day)
