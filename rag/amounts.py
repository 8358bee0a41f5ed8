"""Sums, areas, shares, durations and counts: 4.38亿元, 百余亩, 四成半, 两个半月, 3至5年. Knows nothing of dates.

Reads folded text; an amount that is hedged says so, and a range has an upper end.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from rag.hedges import AFTER, Bound, bound_after, bound_before
from rag.numerals import (
    ARABIC,
    CHINESE,
    ENGLISH_POWERS,
    ENGLISH_WORDS,
    MYRIADS,
    NEIGHBOURS,
    NUMERALS,
    PLAIN,
    SEVERAL,
    guessed,
    number,
)
from rag.quantity import Quantity
from rag.units import FIRSTS, LATIN_UNITS, UNITS, Unit, unit

_WORDS = "|".join(sorted(ENGLISH_WORDS, key=len, reverse=True))
# After a figure a dash joins a range; after a word it is a minus: 收益-1.71万元.
_MINUS = r"(?<![a-z\d)%])[-−]"
_AMOUNT = re.compile(
    rf"(?=[-−负$¥€£人\da-z几数{NUMERALS}])(?P<sign>{_MINUS}|零下|负)?(?<![a-z\d])(?<!\d\.)(?<!公元前)(?:(?P<currency>(?:us|hk)?\$|[¥€£]|rmb|usd|cny|人民币)\s*)?"
    rf"(?:(?P<guess>{NEIGHBOURS}|{SEVERAL})|(?P<number>{ARABIC}|{CHINESE})|(?P<word>(?:{_WORDS})(?![a-z])))"
    rf"(?P<english>[\s-]*(?:{'|'.join(ENGLISH_POWERS)})(?![a-z]))?"
    rf"(?P<more>[多余]|[来几](?=[万亿{FIRSTS}]))?(?P<power>\s*[万亿]+)?"
    rf"(?:个(?P<inner>[多半来])(?P<inside>月|小时|世纪|星期|钟头)|{UNITS}|{LATIN_UNITS})?"
    r"(?P<half>半(?![年个天月小径数成导日]))?(?P<over>[多余](?![部元样边民方]))?"
    rf"(?P<after>\s*(?:{AFTER})|内(?![部外容地]))?"
)
_SHARE = re.compile(
    rf"(?P<whole>{PLAIN})分之(?P<sign>负)?(?P<part>{PLAIN})(?P<after>{AFTER})?|百分(?P<all>百)"
    rf"|(?<![另每])(?P<half>一半|过?半数|过半(?![天年月个]))(?P<after2>{AFTER})?"
    rf"|(?<![\d/.])(?P<part2>[1-9]\d?)[/⁄](?P<whole2>[1-9]\d?)(?![\d/%])(?P<after3>{AFTER})?"
    rf"|\b(?P<few>one|two|three|four)[\s-](?P<of>half|third|quarter|fifth|tenth)s?\b"
)
# Without one of these a text holds no share, which is told faster.
_SHARE_SIGNS = re.compile("[分半/⁄]|half|third|quarter|fifth|tenth")
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_RATIO = re.compile(r"(?<![\d:∶.])(?P<one>\d+(?:\.\d+)?)[:∶](?P<other>\d+(?:\.\d+)?)(?![\d:∶])")
# An 一 that ends another word, or points: 统一, 之一, 每一, 进一步.
_NO_ONE = frozenset("统唯单专逐划如之周另合同这那某任每进")
# With 半, words of their own: 上半年, 大半年.
_NO_HALF = "上下前后大过多小一"
# With 一, words of their own: 一起, 一度, 一线, 一方面.
_NO_UNITS = frozenset(("起", "度", "线", "级", "代", "方面", "步", "道", "部", "对", "根", "双"))
_ON = "至到-—–―~"
# What 半 and 多 may follow: 两年半, 3倍多; of 3家多, 多 begins another word.
_HALVED = frozenset(("duration", "measure", "percent", "倍", "岁"))
_GOES_ON = frozenset(("duration", "measure", "money", "倍", "岁"))
_TAIL = re.compile(r"[\d.,]*\d(?P<arabic>.*)|[一二两三四五六七八九](?P<scaled>[百千].*)|[^万亿]*?(?P<chinese>[万亿].*)")
_RAISED = re.compile("[万亿]|illion|thousand|bn")


def amounts(text: str) -> Iterator[Quantity]:
    """The amounts of a folded text, without their text; Chinese numerals without a unit only beside a range's dash."""
    for match in _AMOUNT.finditer(text):
        found = _amount(text, match)
        if found is not None:
            yield found


def shares(text: str) -> Iterator[Quantity]:
    """三分之二, 百分之四点五, 一半 and 2/3 as percentages; 1:3 as a ratio."""
    for match in _SHARE.finditer(text) if _SHARE_SIGNS.search(text) else ():
        part, whole = match["part"] or match["part2"], match["whole"] or match["whole2"]
        if whole and number(whole) <= (number(part) if match["part2"] else 0):
            continue
        value = _share(match, part, whole)
        bound = _bound(text, match.start(), match["after"] or match["after2"] or match["after3"])
        if (match["half"] or "").startswith("过"):
            bound = "over"
        yield Quantity("percent", -value if match["sign"] else value, "%", "", match.start(), match.end(), bound)
    for match in _RATIO.finditer(text) if ":" in text or "∶" in text else ():
        if float(match["other"]):
            yield Quantity("ratio", float(match["one"]) / float(match["other"]), "", "", match.start(), match.end())


def amount_range(text: str, first: Quantity, last: Quantity) -> Quantity | None:
    """From one amount to another: 3至5年, 5%—7%, 1.2万—1.5万人; nothing, if they do not rise or count other things."""
    low: float | None = first.value
    high = last.value
    if first.kind == "number" and last.kind != "number":
        low = _completed(text[first.start : first.end], text[last.start : last.end], high)
    elif last.kind == "number" and "分之" in text[first.start : first.end]:
        last = replace(last, kind=first.kind, unit=first.unit)
    elif (first.kind, first.unit) != (last.kind, last.unit):
        return None
    if low is None or not low < high:
        return None
    bound = first.bound if first.approximate else last.bound
    return replace(last, value=low, upper=high, start=first.start, bound=bound)


def _share(match: re.Match[str], part: str | None, whole: str | None) -> float:
    if match["few"]:
        return 100 * ENGLISH_WORDS[match["few"]] / _PARTS[match["of"]]
    if not part or not whole:
        return 100.0 if match["all"] else 50.0
    return number(part) if whole == "百" else 100 * number(part) / number(whole)


def _completed(first: str, last: str, high: float) -> float | None:
    """The value of a range's first number with what the last one says for both: 30 in 30至50万元 is 300000.

    The power is left out where the range would not rise with it: 500至1万元.
    """
    tail, whole = _TAIL.match(last), _AMOUNT.fullmatch(last)
    rest = (tail["arabic"] or tail["scaled"] or tail["chinese"] or "") if tail else ""
    bare = last[max(whole.start("unit"), whole.start("latin"), whole.start("inside") - 1, 0) :] if whole else ""
    for written in (f"{first} {bare}",) if _RAISED.search(first) else (first + rest, f"{first} {bare}"):
        match = _AMOUNT.fullmatch(written)
        found = _amount(written, match) if match else None
        if found is not None and found.kind != "number" and found.value < high:
            return found.value
    return None


def _amount(text: str, match: re.Match[str]) -> Quantity | None:
    named = f"个{match['inside']}" if match["inside"] else match["unit"] or match["latin"] or ""
    kind, base, factor = _unit(match, named)
    if not _counts(text, match, named):
        return None
    low, high = _values(match)
    halves = 0.5 * ((match["half"] is not None and not _HALVED.isdisjoint((kind, base))) or match["inner"] == "半")
    scale = (-1 if match["sign"] else 1) * factor
    end = _ends(match, kind, base)
    bound = _bound(text, match.start(), match["after"] if end == match.end() else None)
    if bound == "exactly":
        bound = _own_bound(text, match, kind, over=match["over"] is not None and match.end("over") <= end)
    if bound == "under" and kind == "duration" and text[: match.start()].endswith("近"):
        bound = "about"  # 近五年 are the last five
    upper = None if high == low else (high + halves) * scale
    return Quantity(kind, (low + halves) * scale, base, "", match.start(), end, bound, upper)


def _unit(match: re.Match[str], named: str) -> Unit:
    if match["currency"] and (not named or unit(named)[0] != "money"):
        return unit(match["currency"])
    if named == "级" and match["number"] and match["number"][-1] in "百千万亿":
        return "number", "", 1.0  # 千亿级
    return unit(named)


def _counts(text: str, match: re.Match[str], named: str) -> bool:
    """Whether this is an amount at all, and no part of a word: 一 in 统一, 半 in 上半年, 5 in 5g, 万元 over a table."""
    said, start = match["number"] or match["guess"] or match["word"], match.start()
    before = text[start - 1 : start]
    if _is_word(said, named, before):
        return False
    if match["word"]:
        return bool(match["latin"] or match["english"])
    if named or match["currency"]:
        return named != "成" or _values(match)[1] <= 10
    after = text[match.end() : match.end() + 1]
    if said[0].isdigit():
        return bool(match["english"]) or not "a" <= after <= "z"
    return _stands_alone(said, match) or (after != "" and after in _ON) or (before != "" and before in _ON)


def _is_word(said: str, named: str, before: str) -> bool:
    if said == "一":
        return before in _NO_ONE or named in _NO_UNITS
    return bool(before) and ((said == "半" and before in _NO_HALF) or (said in ("万", "亿") and before in ":(/"))


def _stands_alone(said: str, match: re.Match[str]) -> bool:
    """Whether a Chinese numeral is an amount without a unit: 四亿多 is, 千万 and 一 may be words."""
    large = said[-1] in MYRIADS or bool(match["power"])
    return bool(match["number"]) and large and bool(frozenset("二两三四五六七八九").intersection(said))


def _values(match: re.Match[str]) -> tuple[float, float]:
    times = ENGLISH_POWERS.get((match["english"] or "").strip(" -"), 1)
    if match["word"]:
        return ENGLISH_WORDS[match["word"]] * times, ENGLISH_WORDS[match["word"]] * times
    # the 万 of 1亿3千多万 raises the 3千 only: read as if 多 were not there
    written = (match["guess"] or match["number"]) + (match["power"] or "").strip()
    low, high = guessed(written) if match["guess"] else (number(written),) * 2
    return low * times, high * times


def _ends(match: re.Match[str], kind: str, base: str) -> int:
    """Where an amount of this kind ends: 3年内 is one, of 3省内 only 3省."""
    if match["half"] and _HALVED.isdisjoint((kind, base)):
        return match.start("half")
    if match["over"] and _GOES_ON.isdisjoint((kind, base)):
        return match.start("over")
    return match.start("after") if match["after"] == "内" and kind != "duration" else match.end()


def _own_bound(text: str, match: re.Match[str], kind: str, *, over: bool) -> Bound:
    """What the figure itself says: 百余 is over, 十来 about, 三四百 and 千亿级 about."""
    more = match["more"] or (match["inner"] if match["inner"] != "半" else None)
    if more or over:
        return "about" if more == "来" else "over"
    level = kind == "number" and match["unit"] == "级"
    up = match["number"] and match["number"][0] in "百千万" and text[match.start() - 1 : match.start()] == "上"
    return "about" if match["guess"] or level or up else "exactly"


def _bound(text: str, start: int, after: str | None) -> Bound:
    before = bound_before(text, start)
    return before if before != "exactly" else bound_after(after or "")
