"""Dates, partial dates, spans of dates and times of day: 2031年5月底 is 2031-05, 20世纪90年代 is 1990 to 1999.

Knows nothing of amounts. What hangs on today (今年, 日前) has no value and is no date here. Reads folded text.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from rag.hedges import DATED_AFTER, Bound, bound_after, bound_before
from rag.numerals import NUMERALS, number
from rag.quantity import Quantity, date_parts, date_value
from rag.units import unit_follows

_READ = "〇○零一二三四五六七八九"
_YEAR = rf"[12]\d{{3}}|[一二][{_READ}]{{3}}"
_MONTH = "1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY = "[12]\\d|3[01]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_THIRD = "上旬|中旬|下旬"
_ON = "[-—–―~至到]"
# The 日 of 5—8日 is said once.
_DAY_END = rf"(?:[日号]|(?=\s*{_ON}+\s*\d{{1,2}}[日号]))"
_BEGIN = rf"(?<![\d.{NUMERALS}])"
_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_VERBS = ("may", "march")
_NAME = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?"
)
_CHINESE = re.compile(
    rf"(?=[\d一二三四五六七八九十])(?:{_BEGIN}(?<!公元前)(?P<year>{_YEAR})\s*年(?![代级])"
    rf"(?:\s*(?P<month>{_MONTH})\s*月(?:\s*(?P<day>{_DAY})\s*{_DAY_END})?)?(?P<part>{_THIRD}|[上下]半年|[底初末度])?"
    rf"|{_BEGIN}(?P<month2>{_MONTH})\s*月(?:\s*(?P<day2>{_DAY})\s*{_DAY_END}|(?P<part2>{_THIRD}|[底初末份]))?"
    # 10日 alone is the tenth, 10日内 and 连续10日 are ten days
    r"|(?<![\d.每满续共休留期少超近约连])(?<![累共合]计)(?<![少短长多]于)(?P<day3>[12]\d|3[01]|[1-9])日(?![内以之左均元常益报夜]))"
)
_WRITTEN = re.compile(
    r"(?<![\d.])(?P<year>[12]\d{3})(?P<mark>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=mark)(?P<day>[12]\d|3[01]|0?[1-9])(?![\d年])"
    r"|(?<![\d.-])(?P<year2>(?:19|20)\d{2})-(?P<month2>1[0-2]|0[1-9])(?![\d年-])"
)
_ENGLISH = re.compile(
    rf"(?<![a-z\d.])(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<name>{_NAME})\.?(?![a-z])"
    r"(?:\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?(?![\d,]*\d))?(?:,?\s+(?P<year>(?:19|20)\d{2})(?!\d))?"
)
_BARE_YEAR = re.compile(
    r"(?<![\d.$¥€£a-z第])(?<!\d,)(?P<year>(?:19|20)\d{2})"
    rf"(?!\d|[.,]\d|[a-z%]|\s*[十百千万亿余多来]|{_ON}+(?!(?:19|20)\d{{2}}(?!\d))\d)"
)
_AGES = re.compile(
    r"(?<!\d)(?P<century>\d{1,2}|[一二]?十[一二三四五六七八九]?)世纪(?:(?P<tens>[1-9]0|[一二三四五六七八九]十)年代)?"
    r"|(?<!\d)(?P<decade>(?:1[5-9]|20)\d0)(?:年代|s\b)"
)
_CLOCK = re.compile(
    r"(?P<half>上午|下午|晚上|晚间|傍晚|凌晨|早上|早晨|中午)?(?<![\d:.])(?P<hour>[01]?\d|2[0-4])"
    r"(?::(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])|时(?![间期代候刻局装空节段速隔])(?:(?P<minute2>[0-5]?\d)分)?"
    r"|(?P<point>点)(?:(?P<minute3>[0-5]?\d)分|(?P<sharp>[半整]))?)"
)
_FOUR_DIGITS = re.compile(r"[12]\d{3}")
_LETTERS = re.compile("[a-z]{3}")
_SUFFIX = re.compile(DATED_AFTER)
_COUNTED_THINGS = re.compile(r"\s+(?!(?:was|is|has|as|this|its|plans|targets|sees|saw)\b)(?:[a-z]+s|people)\b")
_SAID_OF_A_YEAR = re.compile(r"(?:\b(?:in|by|of|since|until|from|the|for|to|and|before|after|during|year)\s|[(—])$")
_TO_MONTH = re.compile(rf"\s*(?:to|[-—–])\s*(?:{_NAME})(?![a-z])")
_SAID_OF_A_MONTH = re.compile(r"\b(?:in|by|of|since|until|from|to|and|before|after|during|early|late|on)\s$")


def dates(text: str) -> Iterator[Quantity]:
    """The dates of a folded text, without their text; the surest forms first."""
    if "世纪" in text or "年代" in text or "0s" in text:
        yield from _ages(text)
    with_years = _FOUR_DIGITS.search(text)
    if with_years:
        yield from _written(text)
    if "年" in text or "月" in text or "日" in text:
        yield from _chinese(text)
    if _LETTERS.search(text):
        yield from _english(text)
    if with_years:
        yield from _bare_years(text)


def times(text: str) -> Iterator[Quantity]:
    """The times of day, in minutes after midnight: 9:30 and 上午9时30分 are 570."""
    if ":" not in text and "时" not in text and "点" not in text:
        return
    for match in _CLOCK.finditer(text):
        if match["point"] and not (match["half"] or match["minute3"] or match["sharp"]):
            continue  # 3点建议
        late = match["half"] in ("下午", "晚上", "晚间", "傍晚") and int(match["hour"]) < 12
        minute = 30 if match["sharp"] == "半" else int(match["minute"] or match["minute2"] or match["minute3"] or 0)
        yield Quantity("time", (int(match["hour"]) + 12 * late) * 60.0 + minute, "", "", match.start(), match.end())


def date_range(first: Quantity, last: Quantity) -> Quantity | None:
    """From one date to another that leaves out what the first has said: 2月4日至10日; nothing, if it is earlier."""
    year, month, _ = date_parts(first.value)
    to_year, to_month, to_day = date_parts(last.most)
    if to_year and not year:  # July to September 2027
        year = to_year
        first = replace(first, value=first.value + date_value(to_year))
    to_month = to_month or (month if to_day else 0)
    upper = date_value(to_year or year, to_month, to_day)
    bound = first.bound if first.approximate else last.bound
    return replace(first, upper=upper, end=last.end, bound=bound) if upper > first.value else None


def shortened(first: Quantity, last: Quantity) -> Quantity | None:
    """The date that a bare number is before another: the 3 of 3—5月 is March."""
    year, month, day = date_parts(last.value)
    if year or not 1 <= first.value <= (31 if day else 12) or not first.value.is_integer():
        return None
    value = date_value(0, month, int(first.value)) if day else date_value(0, int(first.value))
    return replace(first, kind="date", value=value)


def _date(text: str, match: re.Match[str], value: float, upper: float | None = None) -> Quantity:
    start, end = match.span()
    bound: Bound = bound_before(text, start, dated=True)
    suffix = _SUFFIX.match(text, end)
    if suffix:
        bound, end = bound_after(suffix[0]) if bound == "exactly" else bound, suffix.end()
    return Quantity("date", value, "", "", start, end, bound, upper)


def _chinese(text: str) -> Iterator[Quantity]:
    for match in _CHINESE.finditer(text):
        year = _part(match["year"])
        month = _part(match["month"] or match["month2"])
        day = _part(match["day"] or match["day2"] or match["day3"])
        low, high = _parts_of(match["part"] or match["part2"] or "", year, month, day)
        yield _date(text, match, low, high)


def _parts_of(part: str, year: int, month: int, day: int) -> tuple[float, float | None]:
    """A half of the year or a third of the month as a range; 底 and 初 say nothing exact."""
    if part in ("上半年", "下半年") and not month:
        first = 1 if part == "上半年" else 7
        return date_value(year, first), date_value(year, first + 5)
    if part in _THIRD.split("|") and month and not day:
        first = 10 * _THIRD.split("|").index(part) + 1
        return date_value(year, month, first), date_value(year, month, first + 9 + (first == 21))
    return date_value(year, month, day), None


def _written(text: str) -> Iterator[Quantity]:
    for match in _WRITTEN.finditer(text):
        year, month = _part(match["year"] or match["year2"]), _part(match["month"] or match["month2"])
        yield _date(text, match, date_value(year, month, _part(match["day"])))


def _english(text: str) -> Iterator[Quantity]:
    for match in _ENGLISH.finditer(text):
        day = _part(match["day"] or match["day2"])
        said = bool(_SAID_OF_A_MONTH.search(text, max(0, match.start() - 8), match.start()))
        sure = (
            match["year"] or match["day"] or (day and match["name"] not in _VERBS) or _TO_MONTH.match(text, match.end())
        )
        if day > 31 or not (sure or said):
            continue
        month = _NAMES.index(match["name"][:3]) + 1
        yield _date(text, match, date_value(_part(match["year"]), month, day))


def _bare_years(text: str) -> Iterator[Quantity]:
    for match in _BARE_YEAR.finditer(text):
        start, end = match.span()
        told = _SAID_OF_A_YEAR.search(text, max(0, start - 12), start)
        counts = unit_follows(text, end) or bound_before(text, start) != "exactly"
        if not counts and (told or not _COUNTED_THINGS.match(text, end)):
            yield _date(text, match, date_value(int(match["year"])))


def _ages(text: str) -> Iterator[Quantity]:
    for match in _AGES.finditer(text):
        if match["century"] and not match["tens"]:
            last = 100 * _part(match["century"])
            first = last - 99
        else:
            first = _part(match["decade"]) or 100 * (_part(match["century"]) - 1) + _part(match["tens"])
            last = first + 9
        if first > 0:
            yield _date(text, match, date_value(first), date_value(last))


def _part(text: str | None) -> int:
    return int(number(text)) if text else 0
