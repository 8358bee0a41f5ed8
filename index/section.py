"""Puts the paragraphs of one article below their headings. Knows nothing of other articles or of files.

A heading is numbered, marked, or a subhead on a line of its own; a run-in lead counts as the innermost one.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from index.block import Block, Repair
from index.closure import clauses, finished
from index.lead import Placed, closing_start, habits_of, lead_of, leads_in_force
from index.messages import say
from index.numbering import BARE, DECIMAL, Number, number_of
from index.title import LONGEST_SUBHEAD, ends_as_document, is_closing_line, is_date, is_title_line

_ATTACHED_RANK, _MARK_RANK, _DECIMAL_RANK, _DEEPEST_RANK, _SUBHEAD_RANK = -20, -10, 10, 20, 50
_MAY_NEST = (4, 5)  # the shapes 一、 and (一), whose order and repetition differ from one author to the next
_ATTACHMENT = re.compile(r"附件?[\d一二三四五六七八九十]*[：:.]?")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a byline of an article, the headings above it, which paragraph below them it is (0: a byline)."""

    block: Block
    headings: tuple[str, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    """A heading in force: its kind, its rank among kinds (lower is further out), its words and its number.

    ``counted``: the headings of its kind began with the first, so that another first one belongs to a list of its own.
    """

    kind: tuple[str, int]
    rank: int
    title: str
    value: int = 0
    counted: bool = False


def mark_subheads(blocks: list[Block]) -> list[Block]:
    """Short lines without closing mark above a paragraph become headings."""
    marked = list(blocks)
    for index, block in enumerate(blocks[:-1]):
        following = blocks[index + 1]
        above = marked[index - 1] if index else None
        if not is_title_line(block) or following.role not in ("body", "heading"):
            continue
        begins = above is None or above.role != "body" or finished(above.text)
        subhead = (
            begins and len(block.text) <= LONGEST_SUBHEAD and following.role == "body" and _heads(block, following)
        )
        if subhead or (_is_attached(block, above) and len(blocks) > index + 2):
            marked[index] = replace(block, role="heading")
    return marked


def place(blocks: list[Block], *, continued: bool) -> tuple[list[Passage], list[Repair]]:
    """The paragraphs and bylines of an article with their headings and positions.

    :param continued: The article began on an earlier page: its first paragraphs belong to a section that is not seen.
    """
    placed = _under_headings(blocks, continued)
    habits = habits_of(placed, continued=continued)
    closing = closing_start(placed, habits)
    passages = iter(_counted(placed, leads_in_force(placed, habits, closing), closing))
    result = [
        next(passages) if block.role == "body" else Passage(block)
        for block in blocks
        if block.role in ("body", "byline")
    ]
    if closing == len(placed):
        return result, []
    first = placed[closing].block
    return result, [Repair("closing", say("layout.closing", text=first.text[:20]), first.spans)]


def _heads(block: Block, following: Block) -> bool:
    long_enough = len(following.text) > max(LONGEST_SUBHEAD, len(block.text)) or (
        finished(following.text) and len(following.text) > len(block.text) and following.text[-1] not in "：:；;"
    )
    return long_enough and following.text[0] != "|" and block.text[0] not in "|-*+•·"


def _is_attached(block: Block, above: Block | None) -> bool:
    """Whether the line is the title of a document that another one encloses: behind 附件, or 条例 behind a date."""
    if above is None:
        return False
    behind_date = is_closing_line(above.text) and ends_as_document(block.text)
    return behind_date or _ATTACHMENT.fullmatch(above.text) is not None


def _under_headings(blocks: list[Block], continued: bool) -> list[Placed]:
    """Every body block with the headings in force above it."""
    stack: list[_Entry] = []
    placed: list[Placed] = []
    section = 0
    above: Block | None = None
    signed = _signatures(blocks)
    for index, block in enumerate(blocks):
        if block.role == "heading":
            _push(stack, block, above)
            section += 1
        elif block.role == "body":
            if index in signed:
                stack.clear()
                section += 1
            numbered = any(entry.kind[0] == "number" for entry in stack)
            headings = tuple(entry.title for entry in stack)
            may_lead = (numbered and not block.tail) or (continued and not section)
            lead = lead_of(block.text) if may_lead else ""
            placed.append(Placed(block, headings, section, numbered, lead))
        above = block
    return placed


def _signatures(blocks: list[Block]) -> frozenset[int]:
    """Where signatures begin: the short lines above a date, which end a document and every section of it."""
    found = set()
    for index, block in enumerate(blocks):
        if block.role == "body" and is_date(block.text) and _ends_document(blocks, index):
            start = index
            while start > 0 and blocks[start - 1].role == "body" and _is_signatory(blocks[start - 1].text):
                start -= 1
            found.add(start)
    return frozenset(found)


def _ends_document(blocks: list[Block], index: int) -> bool:
    """Whether a date ends a document and is not one of a chronicle, which has a paragraph below each."""
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    return below is None or below.role != "body" or len(below.text) <= LONGEST_SUBHEAD


def _is_signatory(text: str) -> bool:
    return len(text) <= LONGEST_SUBHEAD and not clauses(text) and not finished(text) and number_of(text) is None


def _push(stack: list[_Entry], block: Block, above: Block | None) -> None:
    """Put a heading on the stack, and take those off that it ends.

    The shape of the number decides, and its value among equal shapes: 三、 ends the nearest 二、. A first item opens
    below the heading above it, whatever the usual order of the shapes: some reports number 一、 below (一) or 二、.
    """
    entry = _entry(block, number_of(block.title), above)
    same = [place for place, other in enumerate(stack) if other.kind == entry.kind]
    before = [place for place in same if stack[place].value + 1 == entry.value]
    below = stack[-1].kind[0] if stack and entry.value == 1 else ""
    if below == "subhead":
        stack[:] = [other for other in stack if other.kind[0] != "number" or other.rank < entry.rank]
    elif below == "number" and entry.kind[1] in _MAY_NEST and (not same or stack[same[-1]].counted):
        pass
    elif same:
        place = (before or same)[-1]
        entry = replace(entry, counted=stack[place].counted or entry.counted)
        del stack[place:]
    else:
        while stack and stack[-1].rank >= entry.rank:
            stack.pop()
    stack.append(entry)


def _entry(block: Block, number: Number | None, above: Block | None) -> _Entry:
    if block.level:
        return _Entry(("mark", block.level), _MARK_RANK + block.level, block.title)
    if number is not None and number.shape == DECIMAL:
        depth = block.title[: number.length].count(".")
        return _Entry(("number", 100 + depth), _DECIMAL_RANK + depth, block.title)
    if number is not None:
        rank = number.shape if number.shape <= BARE else _DEEPEST_RANK + number.shape
        return _Entry(("number", number.shape), rank, block.title, number.value, number.value == 1)
    if _is_attached(block, above):
        return _Entry(("attached", 0), _ATTACHED_RANK, block.title)
    return _Entry(("subhead", 0), _SUBHEAD_RANK, block.title)


def _counted(placed: list[Placed], leads: list[str], closing: int) -> list[Passage]:
    """The passages with leads among their headings, counted from 1 below the same headings."""
    counts: Counter[tuple[str, ...]] = Counter()
    passages: list[Passage] = []
    for index, (one, lead) in enumerate(zip(placed, leads, strict=True)):
        headings = () if index >= closing else one.headings
        headings = (*headings, lead) if lead else headings
        counts[headings] += 1
        passages.append(Passage(one.block, headings, counts[headings]))
    return passages
