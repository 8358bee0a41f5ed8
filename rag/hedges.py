"""How surely a figure is meant: 超3亿 is over, 不低于5% at least, 3年以内 at most, 近百 under, 约9万 about.

Knows nothing of numbers: it reads the words before and after one, in folded text.
"""

import re
from typing import Literal

Bound = Literal["exactly", "about", "at least", "over", "at most", "under"]

UPWARDS: frozenset[Bound] = frozenset({"at least", "over"})
DOWNWARDS: frozenset[Bound] = frozenset({"at most", "under"})

_BEFORE: dict[Bound, str] = {
    "about": "约 大约 约为 大概 大致 约合 约占 约有 about around approximately roughly some circa",
    "over": "超 超过 逾 突破 高于 大于 多于 不止 已过 over above exceeding exceeds exceeded more%than higher%than "
    "greater%than in%excess%of",
    "at least": "不少于 不低于 不小于 不下 不下于 不短于 至少 最少 最低 at%least no%less%than no%fewer%than "
    "not%less%than a%minimum%of",
    "at most": "不超过 不超 不高于 不多于 不大于 不长于 至多 最多 最高 不逾 up%to at%most no%more%than not%more%than "
    "not%exceeding not%exceed a%maximum%of",
    "under": "近 将近 接近 不到 不足 不满 未满 少于 低于 小于 短于 nearly almost less%than fewer%than lower%than under "
    "below close%to",
}
_DATED: dict[Bound, str] = {
    "at most": "by no%later%than 截至 截止 不迟于 最迟 最晚 until till",
    "under": "before 早于",
    "over": "after 晚于",
    "at least": "since",
}
_AFTER: dict[str, Bound] = {"上": "at least", "下": "at most", "内": "at most"}
_DATED_AFTER: dict[str, Bound] = {"前": "under", "后": "over", "来": "at least", "起": "at least"}
# What may follow a figure; 以 and 之 bind, as in 以上 and 之内.
AFTER = r"(?:及|或者?)?[以之][上下内]|左右|上下|有余|之多|\s+or\s+(?:more|above|over|less|below|so)\b"
# The 前 of 前三季度 and the 后 of 后期 belong to what follows.
DATED_AFTER = r"前后|左右|以来|[以之]?前(?!\d|[一二三四五六七八九十期])|[以之]?后(?!期|半)|起(?![草点步])"
_LONGEST = 4  # Han characters of a hedge
_ENGLISH = re.compile(r"(?<![a-z])(?:[a-z]+\s+){0,2}(?:[a-z]+)\s+(?:the\s+end\s+of\s+|the\s+)?$")


def _words(table: dict[Bound, str]) -> dict[str, Bound]:
    return {word.replace("%", " "): bound for bound, words in table.items() for word in words.split()}


_PLAIN_WORDS = _words(_BEFORE)
_DATED_WORDS = _words(_DATED) | {word: bound for word, bound in _PLAIN_WORDS.items() if bound == "about"}


def bound_before(text: str, start: int, *, dated: bool = False) -> Bound:
    """What the words that end at ``start`` say; the longest that is known decides: 不超过 is not 超过."""
    words = _DATED_WORDS if dated else _PLAIN_WORDS
    end = start
    while end and text[end - 1] == " ":
        end -= 1
    if end and text[end - 1].isascii():
        return _english_before(text, start, words) if text[end - 1].isalpha() else "exactly"
    for length in range(_LONGEST, 0, -1):
        found = words.get(text[max(0, end - length) : end])
        if found:
            return found
    return "exactly"


def bound_after(suffix: str) -> Bound:
    """What the words after a figure say: ``"以上"`` gives at least, ``"左右"`` about."""
    suffix = suffix.strip()
    if suffix in ("", "左右", "上下", "前后") or suffix.endswith("so"):
        return "about" if suffix else "exactly"
    if suffix in ("有余", "之多"):
        return "over" if suffix == "有余" else "exactly"
    if suffix.startswith("or"):
        return "at most" if suffix.endswith(("less", "below")) else "at least"
    return _AFTER.get(suffix[-1]) or _DATED_AFTER[suffix[-1]]


def _english_before(text: str, start: int, words: dict[str, Bound]) -> Bound:
    match = _ENGLISH.search(text, max(0, start - 40), start)
    told = match[0].split() if match else []
    told = told[: told.index("the")] if "the" in told else told
    for length in (3, 2, 1):
        found = words.get(" ".join(told[-length:]))
        if found and length <= len(told):
            return found
    return "exactly"
