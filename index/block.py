"""The lines of a page as blocks that know where they came from. Knows nothing of what the lines mean.

The text of a block is that of its spans: ``"".join(source[span.start : span.end] for span in block.spans)``.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from index.paragraph import Span

Role = Literal["headline", "kicker", "subtitle", "label", "byline", "heading", "note", "body", "rule"]

HALF_LINE = 20  # characters on either side of a cut that tell Chinese text from English
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ASCII_CLOSERS = ",.;:!?%)]}'\""
_LINE = re.compile(r"[^\r\n]+")
_MARK = re.compile(r"(#{1,6})(?=[\s　])")
_RULE = re.compile(r"[|:\-\s]{3,}|[-=_*—~·─－＊]{3,}|-->|<!--")


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the page, or several that the repair joined.

    ``level`` counts the ``#`` of a marked line, 0 for an unmarked one. ``blank`` is the line end behind the
    block and ``blank_at`` its place, kept between two Latin words that a cut parted. ``gap``: an empty line stands
    above; ``indented``: it begins with a blank; ``tail``: the rest of a line whose beginning was split off.
    """

    role: Role
    text: str
    spans: tuple[Span, ...]
    level: int = 0
    blank: str = ""
    blank_at: int = 0
    gap: bool = False
    indented: bool = False
    tail: bool = False

    @property
    def title(self) -> str:
        """The text as a reader names it: without ``#`` marks, emphasis marks and the closing full stop or colon."""
        bare = self.text.strip("# \t\u3000*").rstrip("。：:.")
        return " ".join(bare.split()) if "\n" in bare or "\t" in bare else bare

    @property
    def start(self) -> int:
        """Where the block begins in the source."""
        return self.spans[0].start


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing the repair did: its kind, what a person reads about it, the places in the source it touched."""

    kind: str
    detail: str
    spans: tuple[Span, ...]


def read_blocks(text: str) -> list[Block]:
    """One block for every line that is not blank, whatever the line ends are."""
    blocks: list[Block] = []
    end = 0
    for line in _LINE.finditer(text):
        bare = line[0].strip()
        if not bare:
            continue
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        mark = _MARK.match(bare)
        blank_at = line.end() + (text[line.end() : line.end() + 2] == "\r\n")
        blocks.append(
            Block(
                role="rule" if _RULE.fullmatch(bare) else "body",
                text=bare,
                spans=(Span(start, start + len(bare)),),
                level=len(mark[1]) if mark else 0,
                blank=text[blank_at : blank_at + 1],
                blank_at=blank_at,
                gap=len(re.findall(r"\r\n|\r|\n", text[end:start])) > 1,
                indented=start > line.start(),
            )
        )
        end = start + len(bare)
    return blocks


def split(block: Block, at: int) -> tuple[Block, Block]:
    """The block before and from character ``at`` on, blanks between the two left out."""
    head, rest = block.text[:at].rstrip(), block.text[at:]
    skipped = at + len(rest) - len(rest.lstrip())
    first = replace(block, text=head, spans=part(block.spans, 0, len(head)))
    second = replace(block, text=block.text[skipped:], spans=part(block.spans, skipped, len(block.text)), level=0)
    return first, replace(second, tail=True, gap=False)


def join(left: Block, right: Block) -> Block:
    """The two as one block: directly, or with one blank of the source between Latin letters or digits."""
    spans, text = list(left.spans), left.text
    if left.blank and _words_meet(left.text, right.text):
        spans.append(Span(left.blank_at, left.blank_at + 1))
        text += left.blank
    merged: list[Span] = []
    for span in (*spans, *right.spans):
        if merged and merged[-1].end == span.start:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return replace(left, text=text + right.text, spans=tuple(merged), blank=right.blank, blank_at=right.blank_at)


def part(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """The source spans of the characters ``start`` to ``end`` of the text that ``spans`` spell."""
    found, offset = [], 0
    for span in spans:
        low, high = max(start, offset), min(end, offset + len(span))
        if low < high:
            found.append(Span(span.start + low - offset, span.start + high - offset))
        offset += len(span)
    return tuple(found)


def _words_meet(left: str, right: str) -> bool:
    """Whether a blank belongs between: ``of`` and ``the``, ``so,`` and ``that``; not in 20 and 26年."""
    if not (left[-1].isascii() and right[0].isascii()) or right[0] in _ASCII_CLOSERS:
        return False
    if left[-1].isdigit() and right[0].isdigit() and _HAN.search(left[-HALF_LINE:] + right[:HALF_LINE]):
        return False
    return left[-1].isalnum() or (left[-1] in ",.;:!?%)" and left[-2:-1].isascii() and left[-2:-1].isalpha())
