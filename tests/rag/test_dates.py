"""Dates in every form in which the test writes them, and those that are said in part."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import fold
from rag.dates import dates, times
from rag.quantities import quantities
from tests.rag.test_numerals import spelled

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def forms(day: datetime.date) -> list[str]:
    """A day as documents, newspapers and file names write it."""
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    return [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month:02} 月 {day.day:02} 日",
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{year}年{spelled(day.month).removeprefix('一') if day.month >= 10 else spelled(day.month)}月"
        f"{spelled(day.day).removeprefix('一') if 10 <= day.day < 20 else spelled(day.day)}日",
        f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}",
    ]


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_a_day_is_read_in_every_form(day: datetime.date) -> None:
    for written in forms(day):
        (found,) = quantities(f"于{written}。")
        assert (found.kind, found.value, found.text) == ("date", day.year * 10000 + day.month * 100 + day.day, written)


@pytest.mark.parametrize(
    ("text", "value", "upper"),
    [
        ("2027年7月底", 20270700, None),
        ("二○二七年", 20270000, None),
        ("1月20号", 120, None),
        ("July 2027", 20270700, None),
        ("今年3月", 300, None),
        ("新华社北京10日电", 10, None),
        ("终于19日", 19, None),
        ("in 2026", 20260000, None),
        ("2026年上半年", 20260100, 20260600),
        ("3月中旬", 311, 320),
        ("9月下旬", 921, 931),
        ("2026年度", 20260000, None),
        ("20世纪90年代", 19900000, 19990000),
        ("1990年代", 19900000, 19990000),
        ("the 1990s", 19900000, 19990000),
        ("21世纪", 20010000, 21000000),
        ("二十世纪八十年代", 19800000, 19890000),
        ("in March", 300, None),
        ("2024—2026年", 20240000, 20260000),
        ("2026年—2030年", 20260000, 20300000),
        ("2027-2028学年", 20270000, 20280000),
        ("2月4日至10日", 204, 210),
        ("3月5—8日", 305, 308),
        ("1—8月份", 100, 800),
        ("3月至5月", 300, 500),
        ("2025年3月至2026年5月", 20250300, 20260500),
        ("2026年3月5日至8日", 20260305, 20260308),
        ("from 2024 to 2026", 20240000, 20260000),
        ("July to September 2027", 20270700, 20270900),
    ],
)
def test_dates_said_in_part_and_spans_of_dates(text: str, value: float, upper: float | None) -> None:
    (found,) = quantities(text)
    assert (found.kind, found.value, found.upper) == ("date", value, upper)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("2030年前", "under"),
        ("2026年3月以来", "at least"),
        ("截至2026年底", "at most"),
        ("by the end of July 2027", "at most"),
        ("2026年前后", "about"),
        ("2026年9月1日起", "at least"),
        ("2026年以后", "over"),
        ("2026年", "exactly"),
    ],
)
def test_a_date_may_be_a_limit(text: str, bound: str) -> None:
    assert quantities(text)[0].bound == bound


@pytest.mark.parametrize(
    "text",
    [
        "2000家",
        "2000万元",
        "超2000",
        "2000 workers",
        "20日内",
        "连续10日",
        "累计20日",
        "今年",
        "去年",
        "“十五五”时期",
        "三年级",
        "90年代",
        "上世纪",
        "第2026号",
        "3个月",
        "You may go",
        "march on",
        "1.2026",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert list(dates(fold(text).text)) == []


@pytest.mark.parametrize(
    ("text", "minutes"), [("9:30", 570), ("上午9时30分", 570), ("下午3点半", 930), ("17时", 1020), ("凌晨4点", 240)]
)
def test_times_of_day(text: str, minutes: float) -> None:
    assert [found.value for found in times(text)] == [minutes]


@pytest.mark.parametrize("text", ["3点建议", "10时代", "1:2", "第3点"])
def test_what_is_no_time_of_day(text: str) -> None:
    assert list(times(text)) == []
