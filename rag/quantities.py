"""The numbers of a text as values that can be compared: 3.6亿元 is 360000000 元, 二〇三一年5月底 is 2031-05.

Knows nothing of questions or answers. Every quantity keeps where it stands, so that it can be quoted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from index.text import fold

Kind = Literal["money", "percent", "date", "duration", "ordinal", "measure", "count", "number"]

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "半": 0.5}
POWERS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8, "兆": 10**12}
ENGLISH_POWERS = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

MONEY = ("元", "块钱", "块", "人民币", "yuan", "rmb", "美元", "欧元", "港元", "日元")
FOREIGN = {"美元", "欧元", "港元", "日元"}
MEASURES: dict[str, tuple[str, float]] = {
    "平方公里": ("m2", 1e6), "平方千米": ("m2", 1e6), "平方米": ("m2", 1.0), "公顷": ("m2", 1e4),
    "亩": ("m2", 10000 / 15), "mu": ("m2", 10000 / 15), "hectares": ("m2", 1e4), "立方米": ("m3", 1.0),
    "公里": ("m", 1000.0), "千米": ("m", 1000.0),
    "厘米": ("m", 0.01), "毫米": ("m", 0.001), "米": ("m", 1.0), "里": ("m", 500.0), "吨标准煤": ("kg", 1000.0),
    "吨": ("kg", 1000.0), "公斤": ("kg", 1.0), "千克": ("kg", 1.0), "斤": ("kg", 0.5), "克": ("kg", 0.001),
    "千瓦时": ("J", 3.6e6), "千瓦": ("W", 1000.0), "度": ("度", 1.0),
}  # fmt: skip
DURATIONS = {"年": 365.0, "周年": 365.0, "个月": 30.0, "周": 7.0, "天": 1.0, "日": 1.0, "小时": 1 / 24,
             "分钟": 1 / 1440, "years": 365.0, "months": 30.0, "days": 1.0}  # fmt: skip
COUNTERS = (
    "人次|个百分点|百分点|家|个|名|人|位|栋|座|项|期|次|户|件|条|种|类|所|批|场|届|台|辆|套|处|片|宗|块|部|份|"
    "篇|张|支|只|头|口|岁|倍|成|代|大|方面|级|层|轮|省|市|县|区|村|镇|国|步|起|例|笔|线|股"
)

_CHINESE = "零〇○一二两三四五六七八九十百千万亿兆半"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)?[十百千万亿兆]*|[{_CHINESE}]+(?:点[零一二三四五六七八九]+[万亿]?)?"
)
_MORE = "[多余来几]"
_UNITS = "|".join(sorted((*MONEY, *MEASURES, *DURATIONS), key=len, reverse=True))
_DATE = re.compile(
    r"(?:公元前?)?(?P<year>[12]\d{3}|[一二][〇○零一二三四五六七八九]{3})年(?:(?P<month>1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})月"
    r"(?:(?P<day>[12]\d|3[01]|0?[1-9]|[一二三四五六七八九十]{1,3})[日号]?)?)?(?:底|初|末|中旬|上旬|下旬|上半年|下半年)?"
    r"|(?P<month2>1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})月(?P<day2>[12]\d|3[01]|0?[1-9]|[一二三四五六七八九十]{1,3})[日号]"
    r"|(?P<month3>1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})月(?:底|初|末|中旬|上旬|下旬|份)"
    r"|(?P<year2>(?:19|20)\d{2})(?!\d|[.,]\d|\s*(?:yuan|people|jobs))"
)
_PERCENT = re.compile(rf"百分之(?P<chinese>{_NUMBER})|(?P<digits>{_NUMBER})\s*(?:%|percent\b|个?百分点)")
_ORDINAL = re.compile(
    rf"第(?P<number>{_NUMBER})(?P<unit>{COUNTERS}|章|条|季度|产业|阶段)?"
    r"|(?P<first>首)(?P<first_unit>次|例|个|家|批|届|套|台|座|位|条|部)"
    rf"|(?<![分共计有为约等近\d{_CHINESE}])(?P<phase>[一二三四五六七八九十]{{1,2}}|\d{{1,2}})(?P<phase_unit>期|季度)(?![间限满])"
)
_QUANTITY = re.compile(
    rf"(?P<number>{_NUMBER})(?P<english>\s*(?:hundred|thousand|million|billion|trillion))?"
    rf"(?P<more>{_MORE})?(?:\s*(?P<myriad>[万亿]))?\s*(?P<unit>{_UNITS}|{COUNTERS})?"
)
_APPROXIMATE = re.compile(r"(?:超过?|约|近|逾|不少于|不低于|至少|大概|over|about|more than|nearly)\s*$")
_CHINESE_NUMERAL = re.compile(rf"^[{_CHINESE}]+$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text. ``value`` is in base units: 元, m², m, kg, days, percent.

    A date is year·10⁴ + month·100 + day. A part that is not said counts as 0: 3月9日 is 309, 2031年5月 is 20310500.
    """

    kind: Kind
    value: float
    unit: str
    text: str
    start: int
    end: int
    approximate: bool = False

    def same(self, other: "Quantity") -> bool:
        """Whether both say the same amount of the same thing; of two dates, whether neither contradicts the other."""
        if self.kind == "date" and other.kind == "date":
            return all(a == b or 0 in (a, b) for a, b in zip(_date_parts(self), _date_parts(other), strict=True))
        return self.comparable(other) and abs(self.value - other.value) <= 1e-6 * max(abs(self.value), abs(other.value))

    def comparable(self, other: "Quantity") -> bool:
        """Whether both measure the same thing: two sums of money, two areas, two counts of the same unit."""
        if "" in (self.unit, other.unit) and {self.kind, other.kind} <= {"count", "number", "measure", "money"}:
            return True
        return self.kind == other.kind and self.unit == other.unit


@lru_cache(maxsize=8192)
def quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of a text in reading order, none overlapping; offsets are those of the given text."""
    folded = fold(text)
    taken: list[Quantity] = []
    occupied = bytearray(len(folded.text) + 1)
    for found in _found(folded.text):
        if not any(occupied[found.start : found.end]):
            occupied[found.start : found.end] = b"\1" * (found.end - found.start)
            span = folded.original(found.start, found.end)
            taken.append(replace(found, text=text[span.start : span.end], start=span.start, end=span.end))
    return tuple(sorted(taken, key=lambda quantity: quantity.start))


def number(text: str) -> float:
    """The value of a written number: ``"3.6亿"`` gives 360000000.0, ``"三千五百"`` 3500.0, ``"二〇三一"`` 2031.0.

    :raises ValueError: the text is no number.
    """
    digits = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)([十百千万亿兆]*)", text)
    if digits:
        return float(digits[1].replace(",", "")) * _multiplier(digits[2])
    if not text or any(
        character not in DIGITS and character not in POWERS and character not in MYRIADS and character != "点"
        for character in text
    ):
        raise ValueError(f"not a number: {text!r}")
    whole, _, fraction = text.partition("点")
    if fraction:
        power = _multiplier("".join(character for character in fraction if character in MYRIADS))
        decimals = "".join(str(DIGITS[character]) for character in fraction if character in DIGITS)
        return (_chinese(whole) + float(f"0.{decimals or 0}")) * power
    return _chinese(whole)


def _found(text: str) -> Iterator[Quantity]:
    """Candidates without their text, the most telling kinds first: what an earlier kind took, a later one leaves."""
    for finder in (_percents, _ordinals, _dates, _plain):
        yield from finder(text)


def _percents(text: str) -> Iterator[Quantity]:
    for match in _PERCENT.finditer(text):
        point = "百分点" in match[0]
        value = number(match["chinese"] or match["digits"])
        yield Quantity(
            "percent", value, "百分点" if point else "%", "", match.start(), match.end(), _hedged(text, match.start())
        )


def _ordinals(text: str) -> Iterator[Quantity]:
    for match in _ORDINAL.finditer(text):
        value = 1.0 if match["first"] else number(match["number"] or match["phase"])
        unit = match["unit"] or match["phase_unit"] or match["first_unit"] or ""
        yield Quantity("ordinal", value, unit, "", match.start(), match.end())


def _dates(text: str) -> Iterator[Quantity]:
    for match in _DATE.finditer(text):
        year, month, day = (
            _part(match["year"] or match["year2"]),
            _part(match["month"] or match["month2"] or match["month3"]),
            _part(match["day"] or match["day2"]),
        )
        if month <= 12 and day <= 31:
            yield Quantity("date", year * 10000 + month * 100 + day, "", "", match.start(), match.end())


def _plain(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        if _CHINESE_NUMERAL.match(match["number"]) and not match["unit"]:
            continue  # 一 in 统一, 万 in 万众: a Chinese numeral counts only with a unit
        value = (
            number(match["number"])
            * ENGLISH_POWERS.get((match["english"] or "").strip(), 1)
            * MYRIADS.get(match["myriad"] or "", 1)
        )
        kind, unit, factor = _unit(match["unit"] or "")
        approximate = bool(match["more"]) or _hedged(text, match.start())
        yield Quantity(kind, value * factor, unit, "", match.start(), match.end(), approximate)


def _unit(unit: str) -> tuple[Kind, str, float]:
    if not unit:
        return "number", "", 1.0
    if unit in MONEY:
        return "money", unit if unit in FOREIGN else "元", 1.0
    if unit in MEASURES:
        return "measure", *MEASURES[unit]
    if unit in DURATIONS:
        return "duration", "天", DURATIONS[unit]
    return "count", unit, 1.0


def _hedged(text: str, start: int) -> bool:
    return bool(_APPROXIMATE.search(text[max(0, start - 12) : start]))


def _part(text: str | None) -> int:
    return int(number(text)) if text else 0


def _date_parts(quantity: Quantity) -> tuple[int, int, int]:
    value = int(quantity.value)
    return value // 10000, value // 100 % 100, value % 100


def _multiplier(powers: str) -> float:
    value = 1.0
    for power in powers:
        value *= POWERS.get(power) or MYRIADS[power]
    return value


def _chinese(text: str) -> float:
    if len(text) > 1 and all(character in DIGITS for character in text):  # 二〇三一: digits read out
        return float("".join(str(DIGITS[character]) for character in text if DIGITS[character] != 0.5) or 0)
    total = section = 0.0
    digit: float | None = None
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in POWERS:
            section += (1 if digit is None else digit) * POWERS[character]
            digit = None
        else:
            section += digit or 0
            total = (
                (total + section or 1.0) * MYRIADS[character]
                if character == "亿"
                else total + (section or 1.0) * MYRIADS[character]
            )
            section, digit = 0.0, None
    return total + section + (digit or 0)
