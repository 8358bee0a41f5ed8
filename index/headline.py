"""Headlines, and what stands above and below them: column labels, kickers, subtitles. Knows nothing of sections."""

import re
from dataclasses import replace
from functools import reduce

from index.block import Block, Role, join
from index.byline import is_credit, is_office, opens_article
from index.closure import open_at_end
from index.cut import is_cut
from index.numbering import number_of
from index.title import (
    LONGEST_LABEL,
    LONGEST_TITLE,
    REFERENCE,
    ends_as_document,
    is_addressee,
    is_kicker,
    is_occasion,
    is_parallel,
    is_title_line,
    is_title_part,
)

MOST_TITLE_LINES = 3
TITLE_ZONE = 25  # lines at the top of a plain document among which its title is looked for
_DASHES = ("——", "—", "－－", "--")
_MASTHEAD = re.compile(  # the page's own name: 某报 2026年1月2日 星期五, 第4版 要闻
    r"第[ 　]*\w{1,4}[ 　]*版.*|.*(?:第?[ 　]*\w{1,3}[ 　]*版|\d{4}年\d{1,2}月\d{1,2}日(?:[ 　]*星期.)?)[）)]?"
)


def mark_headlines(blocks: list[Block]) -> list[Block]:
    """Marked lines become headlines, labels or headings; short lines around headlines kickers and subtitles."""
    marks = any(block.level for block in blocks)
    return _mark_companions(_mark_marked(blocks) if marks else _mark_unmarked(blocks))


def crowns(above: Block, below: Block, *, alone: bool) -> bool:
    """Whether a headline without a body is that of the article whose own one stands directly below it.

    :param alone: The lower one is the only one below the upper one, which else may be the name of a column.
    """
    named = len(above.title) <= LONGEST_LABEL and not alone
    return above.level <= below.level and not named and not _MASTHEAD.fullmatch(above.title)


def _mark_marked(blocks: list[Block]) -> list[Block]:
    plain = [block.level for block in blocks if block.level and number_of(block.title) is None]
    top = min(plain, default=0)
    return [
        replace(block, role=_marked_role(blocks, index, top)) if block.level and block.role == "body" else block
        for index, block in enumerate(blocks)
    ]


def _marked_role(blocks: list[Block], index: int, top: int) -> Role:
    """What a line marked with ``#`` is; ``top`` is the fewest marks that an unnumbered line of the page has."""
    block, title = blocks[index], blocks[index].title
    if number_of(title) is not None:
        return "heading"
    above, below = _neighbour(blocks, index, -1), _neighbour(blocks, index, 1)
    if title.startswith(_DASHES) and above is not None and above.level:
        return "subtitle"
    if below is None:
        return "heading" if block.level > top else "headline"
    if _stands_above_headline(blocks, index + 1) or 0 < below.level <= block.level:
        if len(title) <= LONGEST_LABEL:
            return "label"
        if is_parallel(title) and 0 < below.level < block.level:
            return "kicker"
    waits = 0 < below.level <= block.level and bool(_opening_bylines(blocks, index))
    heads_article = block.level == top or waits or opens_article(below) or _has_byline_below(blocks, index)
    return "headline" if heads_article or _parts_articles(blocks, index) else "heading"


def _opening_bylines(blocks: list[Block], index: int) -> list[int]:
    """The bylines below ``index`` with text above and below them: they open the body of a headline further up."""
    found: list[int] = []
    for position in range(max(index, 0) + 1, len(blocks) - 1):
        byline, above, below = blocks[position], blocks[position - 1], blocks[position + 1]
        plain = above.role == below.role == "body" and not above.level and not below.level
        if byline.role == "byline" and not is_credit(byline.text) and (plain or above.role == "byline"):
            found.append(position)
    return found


def _stands_above_headline(blocks: list[Block], index: int) -> bool:
    """Whether a kicker stands at ``index``, with a marked line below it."""
    return index + 1 < len(blocks) and is_kicker(blocks[index]) and blocks[index + 1].level > 0


def _has_byline_below(blocks: list[Block], index: int) -> bool:
    """Whether a byline further below opens a body, while the headline above has none yet or has a byline of its own."""
    level = blocks[index].level
    above = next((position for position in range(index - 1, -1, -1) if _is_mark(blocks[position], level)), -1)
    if above < 0 or not (above == index - 1 or any(opens_article(block) for block in blocks[above:index])):
        return False
    for position in range(index + 1, len(blocks) - 1):
        if _is_mark(blocks[position], level):
            return False
        if blocks[position].role == "byline":
            return position > index + 1 and blocks[position + 1].role == "body" and not blocks[position + 1].level
    return False


def _is_mark(block: Block, level: int) -> bool:
    return 0 < block.level <= level and number_of(block.title) is None


def _parts_articles(blocks: list[Block], index: int) -> bool:
    """Whether the line stands between two articles: below a credit, a note, a kicker, or a paragraph that is cut."""
    above, below = _neighbour(blocks, index, -1), _neighbour(blocks, index, 1)
    if above is None or below is None or above.level:
        return False
    if above.role in ("byline", "note"):
        return below.role == "body"
    kicker = is_kicker(above) and is_parallel(above.text)
    return above.role == "body" and (kicker or is_cut(above))


def _neighbour(blocks: list[Block], index: int, step: int) -> Block | None:
    position = index + step
    while 0 <= position < len(blocks) and blocks[position].role == "rule":
        position += step
    return blocks[position] if 0 <= position < len(blocks) else None


def _mark_unmarked(blocks: list[Block]) -> list[Block]:
    """On a page without marks: the title lines above a byline, 本报讯 or 上接; else the title at the document's top."""
    marked = list(blocks)
    for index, block in enumerate(blocks[:-1]):
        if is_title_line(block) and opens_article(blocks[index + 1]) and not _goes_on(blocks, index):
            title = _title_above(blocks, index)
            marked[index] = replace(block, role="subtitle") if title < index else block
            marked[title] = replace(blocks[title], role="headline", level=1)
    for index in _parted_headlines(marked):
        marked[index] = replace(marked[index], role="headline", level=1)
    if not any(block.role == "headline" for block in marked):
        start, end = _document_title(blocks)
        if end:
            marked[start:end] = [replace(reduce(join, marked[start:end]), role="headline", level=1)]
    return marked


def _title_above(blocks: list[Block], index: int) -> int:
    """Where the headline stands of a line above a body: ``——`` opens a subtitle, whose headline is the line above."""
    above = index - 1
    dashed = above >= 0 and blocks[index].text.startswith(_DASHES) and not blocks[above].text.startswith(_DASHES)
    return above if dashed and is_title_line(blocks[above]) and not _goes_on(blocks, above) else index


def _parted_headlines(blocks: list[Block]) -> list[int]:
    """The title lines that another article parts from their body: directly above a headline, a byline further down."""
    found: list[int] = []
    titles = [index for index, block in enumerate(blocks[:-1]) if is_title_line(block) and not is_parallel(block.text)]
    for index in _opening_bylines(blocks, 0):
        found += [title for title in titles if title < index and blocks[title + 1].role == "headline"][-1:]
    return found


def _goes_on(blocks: list[Block], index: int) -> bool:
    """Whether the line above is cut, so that this short line is the rest of it."""
    above = blocks[index - 1] if index else None
    return (
        above is not None and above.role == "body" and open_at_end(above.text) and not is_parallel(blocks[index].text)
    )


def _document_title(blocks: list[Block]) -> tuple[int, int]:
    """Which lines at the top are the document's title; none gives ``(0, 0)``.

    The run of title lines that ends with a kind of document and is followed by its number or its addressee; else the
    first line, where it looks like a title.
    """
    zone = blocks[:TITLE_ZONE]
    for start, first in enumerate(zone):
        for end in range(start + 1, min(start + MOST_TITLE_LINES, len(zone) - 1) + 1):
            if len(first.text) < 5 or not all(is_title_part(block.text) for block in zone[start:end]):
                break
            named = ends_as_document("".join(block.text for block in zone[start:end]))
            if named and (REFERENCE.fullmatch(zone[end].text) or is_addressee(zone[end].text)):
                return start, end
    top = next((index for index, block in enumerate(blocks) if block.role == "body"), len(blocks))
    if top < len(blocks) - 1 and (is_occasion(blocks[top].text) or is_title_part(blocks[top].text)):
        return top, top + 1
    return 0, 0


def _mark_companions(blocks: list[Block]) -> list[Block]:
    """The unmarked lines directly above a headline become its kicker, those directly below its subtitle."""
    marked = list(blocks)
    for index, block in enumerate(blocks):
        if block.role != "headline":
            continue
        above, below = index - 1, index + 1
        if above >= 0 and is_kicker(marked[above]) and not _goes_on(marked, above):
            marked[above] = replace(marked[above], role="kicker")
            above -= 1
        if above >= 0 and is_title_line(marked[above]) and len(marked[above].text) <= LONGEST_LABEL:
            marked[above] = replace(marked[above], role="label")
        while below < len(marked) - 1 and marked[below].role == "body" and not marked[below].level:
            role = _below_headline(marked[below], marked[below + 1])
            if role is None:
                break
            marked[below] = replace(marked[below], role=role)
            below += 1
    return marked


def _below_headline(block: Block, following: Block) -> Role | None:
    """What an unmarked line below a headline is: its subtitle, the byline of an office, or nothing of the kind."""
    if is_office(block.text):
        return "byline"
    dashed = block.text.startswith(_DASHES) and len(block.text) <= 2 * LONGEST_TITLE and "。" not in block.text
    if dashed or is_occasion(block.text):
        return "subtitle"
    if is_kicker(block) and following.role in ("body", "byline", "note") and not following.level:
        return "subtitle" if following.role != "body" or len(following.text) > len(block.text) else None
    return None
