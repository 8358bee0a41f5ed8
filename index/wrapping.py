"""Joins the lines of a text that was wrapped at a fixed width. Knows nothing of columns, articles or headings."""

import re
import unicodedata
from itertools import pairwise

from index.block import Block, Repair, join
from index.byline import is_byline
from index.closure import finished
from index.messages import say
from index.numbering import number_of

NARROWEST, WIDEST = 24, 132  # columns of a wrapped line; a Chinese character takes two
TYPICAL = 0.85  # so large a share of the lines is no wider than the measure they were set to
HANGING = 10  # columns of closing marks beyond it, which never begin a line
SLACK = 4  # columns by which lines of Chinese differ, narrow marks and figures among them
MOSTLY = 0.6  # the share of lines, last ones of paragraphs apart, that are full in a wrapped text
_BULLET = re.compile(r"[-*+•·●■▲◆>|]\s|\||[（(]?注")
_FIRST_UNIT = re.compile(r"[!-~]+|.[，。、；：！？”’）》]*")
_SHOWN = 12


def unwrap(blocks: list[Block]) -> tuple[list[Block], list[Repair]]:
    """The blocks with the lines of each wrapped paragraph joined; a text that is not wrapped comes back as it is."""
    widths = sorted(_width(block.text) for block in blocks if not block.level)
    widest = widths[int(TYPICAL * len(widths))] if widths else 0
    if not widths or widths[-1] > widest + HANGING or not _is_wrapped(blocks, widest):
        return blocks, []
    joined: list[Block] = []
    repairs: list[Repair] = []
    count = 1
    for block, above in zip(blocks, [None, *blocks[:-1]], strict=True):
        if above is not None and _continues(above, block, widest):
            joined[-1] = join(joined[-1], block)
            count += 1
        else:
            repairs += _told(joined, count)
            joined.append(block)
            count = 1
    return joined, repairs + _told(joined, count)


def _is_wrapped(blocks: list[Block], widest: int) -> bool:
    """Whether most lines that another one follows are full, and full ones end in mid sentence."""
    if not NARROWEST <= widest <= WIDEST:
        return False
    followed = [(above, block) for above, block in pairwise(blocks) if _may_continue(above, block)]
    full = [above for above, block in followed if _is_full(above, block, widest)]
    unfinished = sum(not finished(block.text) for block in full)
    return len(full) >= 2 and len(full) >= MOSTLY * len(followed) and 2 * unfinished >= len(full)


def _continues(above: Block, block: Block, widest: int) -> bool:
    return _may_continue(above, block) and _is_full(above, block, widest)


def _may_continue(above: Block, block: Block) -> bool:
    """Whether nothing in the form of the two lines says that the second begins something new."""
    if above.level or block.level or block.gap or block.indented or "rule" in (above.role, block.role):
        return False
    dashed = block.text.startswith("——") and finished(above.text)
    return (
        number_of(block.text) is None
        and not dashed
        and not _BULLET.match(block.text)
        and not is_byline(block.text)
        and not is_byline(above.text)
    )


def _is_full(above: Block, block: Block, widest: int) -> bool:
    """Whether the first word or character of ``block`` had no room behind ``above``."""
    unit = _FIRST_UNIT.match(block.text)
    blank = 1 if unit and unit[0].isascii() else 0
    slack = SLACK if max(above.text[-2:]) > "\u2fff" else 0
    return _width(above.text) + (4 if above.indented else 0) + blank + _width(unit[0] if unit else "") + slack > widest


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def _told(joined: list[Block], count: int) -> list[Repair]:
    if count < 2:
        return []
    return [Repair("wrap", say("layout.wrap", count=count, text=joined[-1].text[:_SHOWN]), joined[-1].spans)]
