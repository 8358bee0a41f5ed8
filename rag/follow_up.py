"""Tells what sort of follow-up a question is: one that points, one that is half a sentence, one that corrects.

``不是,我问的是二期`` corrects, and what it means is 二期. The wording stands in ``follow_up.toml``. Knows nothing of
what was said before.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from index.lexicon import Lexicon
from index.text import fold
from rag.question import Question, read_question

Kind = Literal["again", "correction", "more", "bare", "what_about", "topic", "whole"]
Sort = Literal["person", "plural", "place", "thing"]

# A topic without a sentence around it has at most so many words, and so many characters.
TOPIC_WORDS = 4
TOPIC_LENGTH = 24
# What asks an earlier question again is short; a longer text that speaks of 上一个问题 asks something of its own.
ORDER_LENGTH = 48
LAST = -1
_NUMERALS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "first": 0, "second": 1, "third": 2}
_MARKS = " \t\r\n?？!！。.,，、;；:："


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question and what of it counts: ``topic`` is the part that is new, as typed.

    ``which`` is the place of the earlier question that is asked again. The kind is ``bare`` where only asking words are
    left (为什么?), ``topic`` where only a topic is named (面积?), and ``whole`` where it reads as a sentence.
    """

    kind: Kind
    topic: str
    read: Question
    which: int = LAST
    opened: bool = False
    """Whether it begins with 那, and, 还有."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """A pointing word, the characters ``start`` to ``end`` of the question, and the noun that it comes with, if any."""

    sort: Sort
    start: int
    end: int
    noun: str = ""


@cache
def wording() -> dict[str, Any]:
    """The tables of ``follow_up.toml``."""
    return tomllib.loads(Path(__file__).with_name("follow_up.toml").read_text(encoding="utf-8"))


@cache
def pattern(table: str, entry: str = "") -> re.Pattern[str]:
    """A pattern, or several as one, of the wording."""
    found = wording()[table][entry] if entry else wording()[table]
    return re.compile(found if isinstance(found, str) else "|".join(found))


@lru_cache(maxsize=256)
def read_follow_up(text: str, lexicon: Lexicon) -> FollowUp:
    """What sort of follow-up a question is, if any."""
    text = text.strip()
    folded, read = fold(text).text, read_question(text, lexicon)
    again = next((found for one in wording()["again"] if (found := re.search(one, folded))), None)
    if again and len(folded) <= ORDER_LENGTH:
        return FollowUp("again", "", read, _which(again))
    corrected = pattern("correction").match(folded)
    if corrected and (said := _without_tail(_cut(text, corrected.end()))):
        return FollowUp("correction", said, read_question(said, lexicon))
    if pattern("more").search(folded):
        return FollowUp("more", text, read)
    return _opened(text, folded, read, lexicon)


def pointing(text: str, lexicon: Lexicon) -> tuple[Pointing, ...]:
    """The pointing words of a question in reading order; of two at one place the more telling one."""
    folded = fold(text).text
    words = {term.start: term.text for term in read_question(text, lexicon).terms}
    found: dict[int, Pointing] = {}
    for sort in ("person", "plural", "place", "thing"):
        for match in pattern("pointing", sort).finditer(folded):
            end, noun = _noun(folded, match, words) if sort in ("plural", "thing") else (match.end(), "")
            found.setdefault(match.start(), Pointing(sort, match.start(), end, noun))
    return tuple(found[start] for start in sorted(found))


def _noun(folded: str, match: re.Match[str], words: Mapping[int, str]) -> tuple[int, str]:
    """The noun that a pointing word comes with, and where it begins.

    文章 and 报道 are looked for themselves: they tell nothing of what is asked, and are no words of a question.
    """
    read_from = re.compile(rf"\s*({pattern('parts', 'article').pattern})").match(folded, match.end())
    word = words.get(match.end(), "") if match[0][0] in "该这那此" else ""
    if read_from and len(read_from[1]) >= len(word) and (match[0][0] in "该这那此" or match[0] in ("this", "that")):
        return read_from.start(1), read_from[1]
    return match.end(), "" if pattern("parts", "article").fullmatch(word) else word  # 报告 of 报告厅


def _which(again: re.Match[str]) -> int:
    groups = {name: value for name, value in again.groupdict().items() if value}
    for value in groups.values():
        return _NUMERALS.get(value, int(value) - 1 if value.isdigit() else 0)
    return LAST


def _without_tail(said: str) -> str:
    """What is meant, without what is ruled out after it and the marks around it."""
    tail = pattern("ruled_out").search(fold(said.rstrip(_MARKS)).text)
    kept = said[: fold(said).original(tail.start(), tail.start()).start] if tail and tail.start() else said
    return kept.strip(_MARKS)


def _opened(text: str, folded: str, read: Question, lexicon: Lexicon) -> FollowUp:
    """A question that may begin with 那 and end in 呢."""
    about = bool(pattern("what_about").search(folded))
    opening = pattern("opening").match(folded)
    topic = _cut(text, opening.end() if opening else 0)
    asking = bool(read_question(topic, lexicon).asked)
    opened = opening is not None
    if not asking:
        closing = pattern("closing").search(fold(topic).text)
        topic = _cut(topic, 0, closing.start() if closing else None).strip(_MARKS)
        short = len(read.terms) <= TOPIC_WORDS and len(topic) <= (
            ORDER_LENGTH if read.language == "en" else TOPIC_LENGTH
        )
        if topic and short and not _names_nothing(fold(topic).text):
            return FollowUp("what_about" if about else "topic", topic, read, opened=opened)
    topic = topic.strip(_MARKS)
    kind: Kind = (
        "bare" if asking and not read.terms and not read.quantities and not pointing(text, lexicon) else "whole"
    )
    return FollowUp(kind, topic, read, opened=opened)


def _names_nothing(folded: str) -> bool:
    return bool(pattern("no_topic").search(folded) or pattern("choice").search(folded))


def _cut(text: str, start: int, end: int | None = None) -> str:
    """The characters of a text that stand at ``start`` to ``end`` when it is folded."""
    folded = fold(text)
    span = folded.original(start, len(folded.text) if end is None else end)
    return text[span.start : span.end]
