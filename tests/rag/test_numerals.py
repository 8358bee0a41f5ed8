"""Written numbers against arithmetic: what the test spells out has the value it was spelt from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.numerals import ARABIC, CHINESE, NEIGHBOURS, SEVERAL, guessed, number

DIGITS = "零一二三四五六七八九"


def spelled(value: int) -> str:
    """A whole number below 10¹² in Chinese numerals, as a person writes it."""
    for power, myriad in ((10**8, "亿"), (10**4, "万")):
        if value >= power:
            high, low = divmod(value, power)
            filler = "零" if 0 < low < power // 10 else ""
            return spelled(high) + myriad + (filler + spelled(low) if low else "")
    parts: list[str] = []
    gap = False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            parts.append(("零" if gap and parts else "") + DIGITS[digit] + unit)
        gap = not digit
    return "".join(parts) or "零"


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_every_written_number_has_its_value(value: int) -> None:
    assert number(spelled(value)) == value
    assert number(str(value)) == value
    assert number(f"{value:,}") == value


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_a_written_number_is_read_whole(value: int) -> None:
    assert re.fullmatch(CHINESE, spelled(value))
    assert re.fullmatch(ARABIC, f"{value:,}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4.38亿", 438_000_000),
        ("1.2万亿", 1_200_000_000_000),
        ("三点五亿", 350_000_000),
        ("二〇二七", 2027),
        ("十", 10),
        ("一亿二千万", 120_000_000),
        ("两千", 2000),
        ("四点三八亿", 438_000_000),
        ("3亿5千万", 350_000_000),
        ("1万2千", 12_000),
        ("零点五", 0.5),
        ("半", 0.5),
        ("两千三", 2300),
        ("一万二", 12_000),
        ("一百零五", 105),
        ("十二点零五", 12.05),
    ],
)
def test_number(text: str, value: float) -> None:
    assert number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "甲", "1.2.3", "十x", "点", "半点", "万甲"])
def test_what_is_no_number_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        number(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("三四百", 300, 400),
        ("两三", 2, 3),
        ("十七八", 17, 18),
        ("五六十亿", 5e9, 6e9),
        ("数十", 20, 90),
        ("几百万", 2e6, 9e6),
    ],
)
def test_a_guess_lies_between_two_numbers(text: str, low: float, high: float) -> None:
    assert re.fullmatch(f"{NEIGHBOURS}|{SEVERAL}", text)
    assert guessed(text) == (low, high)


@pytest.mark.parametrize("text", ["十五五", "十四五", "一二三", "五五", "百百"])
def test_numerals_that_make_no_number_are_not_read_in_part(text: str) -> None:
    assert not re.search(CHINESE, text)
