"""Ordinals: 第三次, 首个, 二期, 二十届, 前三季度, second phase. Knows nothing of amounts. Reads folded text."""

import re
from collections.abc import Iterator

from rag.numerals import NUMERALS, PLAIN, number
from rag.quantity import Quantity
from rag.units import COUNTED

_UNIT = f"(?:章|节|款|版|页|卷|编|号|季度|产业|阶段|年级|{COUNTED})"
_PHASES = {
    "first": 1.0,
    "second": 2.0,
    "third": 3.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "i": 1.0,
    "ii": 2.0,
    "iii": 3.0,
}
_ORDINAL = re.compile(
    rf"第\s*(?P<number>{PLAIN})(?:{_UNIT}?\s*[-—–~至到]\s*第?\s*(?P<upper>{PLAIN}))?\s*(?P<unit>{_UNIT})?"
    r"|(?P<first>首)(?P<first_unit>次|例|个|家|批|届|套|台|座|位|条|部)"
    r"|前(?P<quarters>[两二三23])个?(?P<quarter_unit>季度)"
    rf"|(?<![分共计有为约等近\d{NUMERALS}])(?P<phase>[一二三四五六七八九十]{{1,2}}|\d{{1,2}})(?P<phase_unit>期|季度)"
    "(?![间限满待望货])"
    # 二十届三中全会 and 二十大 leave out 第; 十大工程 are ten
    rf"|(?P<session>(?<![{NUMERALS}历\d])[一二三]?十[一二三四五六七八九]?)(?P<session_unit>届)"
    rf"|(?P<congress>(?<![{NUMERALS}])(?:十[一二三四五六七八九]|[二三]十[一二三四五六七八九]?))(?P<congress_unit>大)"
    "(?![家型量力概约气])"
)
_ENGLISH = re.compile(
    r"\b(?:(?P<word>first|second|third)[\s-]phase|phase\s+(?P<phase>one|two|three|i{1,3}|\d))\b"
    r"|(?<![\d.,])(?P<nth>\d{1,3})(?:st|nd|rd|th)\b"
)
# Without one of these a text holds none, which is told faster.
_SIGNS = re.compile("[第首前期季届大]")
_ENGLISH_SIGNS = re.compile("phase|[tnrs][htd]")
_GROUPS = ("number", "first", "quarters", "phase", "session", "congress")
_UNITS = {"number": "unit", "quarters": "quarter_unit"}


def ordinals(text: str) -> Iterator[Quantity]:
    """The ordinals of a folded text, without their text."""
    for match in _ORDINAL.finditer(text) if _SIGNS.search(text) else ():
        group = next(name for name in _GROUPS if match[name])
        unit = match[_UNITS.get(group, f"{group}_unit")] or ""
        low, high = _between(match, group)
        yield Quantity("ordinal", low, unit, "", match.start(), match.end(), "exactly", high)
    for match in _ENGLISH.finditer(text) if _ENGLISH_SIGNS.search(text) else ():
        said = match["word"] or match["phase"] or match["nth"]
        value = _PHASES[said] if said in _PHASES else float(said)
        yield Quantity("ordinal", value, "" if match["nth"] else "期", "", match.start(), match.end())


def _between(match: re.Match[str], group: str) -> tuple[float, float | None]:
    if group == "first":
        return 1.0, None
    if group == "quarters":
        return 1.0, number(match["quarters"])
    low, high = number(match[group]), number(match["upper"] or "零")
    return low, high if high > low else None
