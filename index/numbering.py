"""Numbered lines: which shape their number has, and which of them are headings. Knows nothing of articles or bylines.

Shapes from the outermost: 第一编, 第一章, 第一节, 第一条, 一、, (一), 1., (1), ①; ``一是`` is none of them.
"""

import re
from dataclasses import dataclass, replace

from index.block import Block, Repair, split
from index.closure import PAIRS, clauses
from index.messages import say

LONGEST_HEADING = 40  # characters behind the number; the longest of 114 real documents has 38
LONGEST_SIBLING = 80  # the same for one whose siblings are headings
MOST_CLAUSES = 2  # 坚持甲,推动乙: a heading has one comma, rarely two; a listed measure has more
_HAN_NUMBER = "一二三四五六七八九十百零〇"
_SPACE = r"[ 　\t\xa0]*"
SHAPES = tuple(
    re.compile(pattern + _SPACE)
    for pattern in (
        rf"第(?P<n>[{_HAN_NUMBER}\d]+)(?:编|篇|部分)",
        rf"第(?P<n>[{_HAN_NUMBER}\d]+)章",
        rf"第(?P<n>[{_HAN_NUMBER}\d]+)节",
        rf"第(?P<n>[{_HAN_NUMBER}\d]+)条(?:之[{_HAN_NUMBER}])?",
        rf"(?P<n>[{_HAN_NUMBER}]+)[、．.]",
        rf"[（(]{_SPACE}(?P<n>[{_HAN_NUMBER}]+){_SPACE}[)）]、?",
        r"(?P<n>\d{1,2})\.\d{1,2}(?:\.\d{1,2})*[ 　]",
        r"(?P<n>[0-9０-９]{1,2})(?:[、．]|\.(?![0-9]))",
        r"(?P<n>\d{1,2})[ 　]+(?=[\u4e00-\u9fff]{2})",
        r"[（(](?P<n>[0-9０-９]{1,2})[)）]|(?P<m>\d{1,2})[)）]",
        r"(?P<n>[①-⑳])",
    )
)
CHAPTERS, STATUTE_ARTICLE, DECIMAL, ARABIC, BARE = range(3), 3, 6, 7, 8
_NO_TITLE_END = tuple("；;，,、！!？?")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True, slots=True)
class Number:
    """The number a line begins with: which of the SHAPES it has, its value, how many characters it takes."""

    shape: int
    value: int
    length: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A numbered block that may be a heading: its place, its number, where the heading would end.

    ``end`` is 0 where there can be none. ``whole``: it would be the whole line; ``fits``: it is as short as most are.
    """

    index: int
    number: Number
    end: int
    whole: bool
    fits: bool


def number_of(text: str) -> Number | None:
    """The number that the text begins with: ``(三) 修路`` has shape 5 and value 3."""
    for shape, pattern in enumerate(SHAPES):
        if match := pattern.match(text):
            groups = match.groupdict()
            return Number(shape, _value(groups["n"] or groups.get("m") or ""), match.end())
    return None


def split_headings(blocks: list[Block]) -> tuple[list[Block], list[Repair]]:
    """Numbered headings get their role; one that runs into its paragraph is split from it behind its full stop."""
    ends = _heading_ends(blocks)
    result: list[Block] = []
    repairs: list[Repair] = []
    for index, block in enumerate(blocks):
        end = ends.get(index, 0)
        if not end:
            result.append(block)
        elif end >= len(block.text):
            result.append(replace(block, role="heading"))
        else:
            heading, rest = split(block, end)
            result += [replace(heading, role="heading"), rest]
            repairs.append(Repair("heading", say("layout.heading", heading=heading.text), heading.spans))
    return result, repairs


def _heading_ends(blocks: list[Block]) -> dict[int, int]:
    """For the index of every block that begins with a heading, where the heading ends."""
    found = [candidate for index, block in enumerate(blocks) if (candidate := _candidate(index, block))]
    ends: dict[int, int] = {}
    for group in _siblings(found):
        doubtful = sum(not candidate.fits or _is_listed(candidate, blocks) for candidate in group)
        spare = 0 if group[0].number.shape < DECIMAL else 1  # in doubt (一) is a heading's number, 1. a list's
        if 2 * doubtful + spare <= len(group) or group[0].number.shape in CHAPTERS:
            accepted = [one for one in group if one.end and not (one.whole and _is_listed(one, blocks))]
            ends.update({candidate.index: candidate.end for candidate in accepted})
    return ends


def _candidate(index: int, block: Block) -> _Candidate | None:
    if block.role != "body" or block.level or block.tail:
        return None
    number = number_of(block.text)
    if number is None:
        return None
    if number.shape == STATUTE_ARTICLE:
        return _Candidate(index, number, len(block.text[: number.length].rstrip()), whole=False, fits=True)
    rest = block.text[number.length :]
    end = first_sentence_end(rest)
    whole = end >= len(rest)
    sentence = rest[:end].rstrip("。：:.")
    never = re.search(r"[；;：:]", sentence) or (whole and rest[-1:] in _NO_TITLE_END) or not sentence
    if never or len(sentence) > LONGEST_SIBLING or (not whole and number.shape == BARE):
        return _Candidate(index, number, 0, whole, fits=False)
    fits = len(sentence) <= LONGEST_HEADING and clauses(sentence) <= MOST_CLAUSES
    return _Candidate(index, number, number.length + end, whole, fits)


def first_sentence_end(text: str) -> int:
    """Where the first sentence ends, its mark included; marks inside quotations and brackets do not count."""
    depth = 0
    for position, character in enumerate(text):
        if character in PAIRS or character in "([":
            depth += 1
        elif character in PAIRS.values() or character in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 and character in "。！？!?":
            return position + 1
    return len(text)


def _siblings(found: list[_Candidate]) -> list[list[_Candidate]]:
    """The candidates grouped with those of the same shape whose numbers go on, until an outer number intervenes."""
    groups: list[list[_Candidate]] = []
    running: dict[int, list[_Candidate]] = {}
    for candidate in found:
        shape, value = candidate.number.shape, candidate.number.value
        for inner in [other for other in running if other > shape]:
            del running[inner]
        group = running.get(shape)
        if group is None or value <= group[-1].number.value:
            group = running[shape] = []
            groups.append(group)
        group.append(candidate)
    return groups


def _is_listed(candidate: _Candidate, blocks: list[Block]) -> bool:
    """Whether a numbered line is an item of a list: the next item follows at once."""
    if not candidate.whole or candidate.number.shape in CHAPTERS:
        return False
    following = blocks[candidate.index + 1] if candidate.index + 1 < len(blocks) else None
    if following is None:
        return True
    after = number_of(following.text)
    closed = blocks[candidate.index].text[-1] == "。"
    if after is not None:
        return after.shape == candidate.number.shape or (closed and after.shape < candidate.number.shape)
    return candidate.number.shape >= ARABIC and len(following.text) < len(blocks[candidate.index].text)


def _value(digits: str) -> int:
    """The value of a number up to 999: ``二十三`` is 23, ``一百零五`` 105, ``③`` 3."""
    if digits[:1] in tuple("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"):
        return ord(digits) - ord("①") + 1
    if digits.isdecimal():
        return int(digits)
    total = current = 0
    for character in digits:
        if character in "十百":
            total += (current or 1) * (10 if character == "十" else 100)
            current = 0
        else:
            current = _DIGITS[character]
    return total + current
