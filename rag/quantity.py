"""A quantity as a value: what it counts, how much, how surely, and where it stands. Knows nothing of reading text."""

from dataclasses import dataclass
from typing import Literal

from rag.hedges import DOWNWARDS, UPWARDS, Bound

Kind = Literal["money", "percent", "date", "time", "duration", "ordinal", "measure", "count", "ratio", "number"]

_EARLIEST, _LATEST = (0, 1, 1), (0, 12, 31)  # what a part of a date that is not said may be


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text. ``value`` is in base units: 元, m², m, kg, days, percent, minutes after midnight.

    A date is year·10⁴ + month·100 + day. A part that is not said counts as 0: 3月9日 is 309, 2031年5月 is 20310500.
    A range carries its upper end: 3至5年 has the ``value`` of 3年 and the ``upper`` of 5年.
    """

    kind: Kind
    value: float
    unit: str
    text: str
    start: int
    end: int
    bound: Bound = "exactly"
    upper: float | None = None

    @property
    def approximate(self) -> bool:
        """Whether the text hedges it."""
        return self.bound != "exactly"

    @property
    def most(self) -> float:
        """The upper end of a range, or the value itself."""
        return self.value if self.upper is None else self.upper

    def same(self, other: "Quantity") -> bool:
        """Whether both say the same amount of the same thing; of two dates, whether neither contradicts the other.

        A hedge may be left out, but not turned round: 超4亿元 is 4亿元 and 4亿多元, and is not 不到4亿元.
        """
        if not self.comparable(other) or self._opposed(other):
            return False
        agree = _agree if self.kind == "date" else _close
        return agree(self.value, other.value) and agree(self.most, other.most)

    def comparable(self, other: "Quantity") -> bool:
        """Whether both measure the same thing: two sums of money, two areas, two counts of the same unit."""
        if "" in (self.unit, other.unit) and {self.kind, other.kind} <= {"count", "number", "measure", "money"}:
            return True
        return self.kind == other.kind and self.unit == other.unit

    def holds(self, other: "Quantity") -> bool:
        """Whether what is said of this span of dates is said of the other: of each of its days, and of its two ends.

        2月4日至10日 holds 2月6日; 2026—2030年 holds 2030年 and not 2028年: a sum over years is of no year between.
        """
        if not self.kind == other.kind == "date":
            return False
        if not date_parts(other.value)[2]:
            return other.upper is None and any(_agree(end, other.value) for end in (self.value, self.most))
        yearless = min(self.value, other.value) < 10000
        low, high = _days(self.value, _EARLIEST, yearless), _days(self.most, _LATEST, yearless)
        return low <= _days(other.value, _EARLIEST, yearless) <= _days(other.most, _LATEST, yearless) <= high

    def covers(self, asked: "Quantity") -> bool:
        """Whether what is said of this is said of what was asked: the same, or a day or end of this span of dates."""
        return asked.same(self) or self.holds(asked)

    def _opposed(self, other: "Quantity") -> bool:
        """Whether one goes upwards from its value and the other downwards."""
        return any(one.bound in UPWARDS and two.bound in DOWNWARDS for one, two in ((self, other), (other, self)))


def date_parts(value: float) -> tuple[int, int, int]:
    """Year, month and day of a date's value, 0 where one is not said."""
    whole = int(value)
    return whole // 10000, whole // 100 % 100, whole % 100


def date_value(year: int, month: int = 0, day: int = 0) -> float:
    """The value of a date."""
    return float(year * 10000 + month * 100 + day)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(abs(one), abs(other))


def _agree(one: float, other: float) -> bool:
    return all(a == b or 0 in (a, b) for a, b in zip(date_parts(one), date_parts(other), strict=True))


def _days(value: float, unsaid: tuple[int, int, int], yearless: bool) -> float:
    year, month, day = (part or other for part, other in zip(date_parts(value), unsaid, strict=True))
    return date_value(0 if yearless else year, month, day)
