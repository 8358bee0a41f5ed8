"""Repairs a page: what belongs together is joined, what only stands together is parted, nothing is lost or invented.

Knows nothing of files, ids or searching.

::

    text -> lines -> unwrapped lines -> notes, bylines, headlines, headings marked -> articles -> sections

Every character of the source that is not blank stands in exactly one block of the page, under the offset it had.
"""

from dataclasses import dataclass

from index.block import Block, Repair, join, read_blocks
from index.byline import clean, is_closing_credit, is_continued, is_credit, mark_bylines, mark_notes, run_in_byline
from index.cut import is_cut
from index.headline import mark_headlines
from index.messages import say
from index.numbering import split_headings
from index.section import Passage, mark_subheads, place
from index.weave import Strand, weave
from index.wrapping import unwrap

__all__ = ["Article", "Block", "Page", "Passage", "Repair", "repair"]


@dataclass(frozen=True, slots=True)
class Article:
    """One article: what stands above its body, its passages in reading order, and all blocks it is made of."""

    headline: str
    kicker: str
    byline: str
    note: str
    passages: tuple[Passage, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The articles of a page, and what was done to find them."""

    articles: tuple[Article, ...]
    repairs: tuple[Repair, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks of the page, article by article."""
        return tuple(block for article in self.articles for block in article.blocks)


def repair(text: str) -> Page:
    """The articles of a page of newspaper, of a plain document or of Markdown."""
    blocks, wraps = unwrap(read_blocks(text))
    blocks, notes = mark_notes(blocks)
    blocks = mark_headlines(mark_bylines(blocks))
    blocks, headings = split_headings(blocks)
    strands, joins = weave(blocks)
    strands, halves = _tie_halves(strands)
    articles: list[Article] = []
    closings: list[Repair] = []
    for strand in strands:
        article, told = _article(strand)
        articles.append(article)
        closings += told
    return Page(tuple(articles), (*wraps, *notes, *headings, *joins, *halves, *closings))


def _tie_halves(strands: list[Strand]) -> tuple[list[Strand], list[Repair]]:
    """下转 at the end of one article and 上接 at the head of another with the same headline: they are one."""
    kept: list[Strand] = []
    repairs: list[Repair] = []
    for strand in strands:
        first = next((other for other in kept if _is_first_half(other, strand)), None)
        if first is None or strand.headline is None:
            kept.append(strand)
            continue
        body = [block for block in strand.blocks if block.role == "body"]
        last = next(index for index in reversed(range(len(first.blocks))) if first.blocks[index].role != "note")
        if body and first.blocks[last].role == "body" and is_cut(first.blocks[last]):
            first.blocks[last] = join(first.blocks[last], body[0])
            strand.blocks.remove(body[0])
        first.blocks += strand.blocks
        repairs.append(Repair("halves", say("layout.halves", headline=strand.headline.title), strand.headline.spans))
    return kept, repairs


def _is_first_half(first: Strand, second: Strand) -> bool:
    if first.headline is None or second.headline is None or first.headline.title != second.headline.title:
        return False
    onward = any(block.role == "note" and not is_continued(block) for block in first.blocks)
    return onward and any(block.role == "note" and is_continued(block) for block in second.blocks)


def _article(strand: Strand) -> tuple[Article, list[Repair]]:
    blocks = mark_subheads(strand.blocks)
    notes = [block for block in blocks if block.role == "note"]
    continued = bool(notes) and is_continued(notes[0])
    if {is_continued(block) for block in notes} == {True, False} and not continued:
        notes = []  # both halves are here: nothing is missing
    passages, repairs = place(blocks, continued=continued)
    above = [block.title for block in blocks if block.role in ("kicker", "subtitle")]
    article = Article(
        headline=strand.headline.title if strand.headline else "",
        kicker=" ".join(above),
        byline=_byline(blocks),
        note=" ".join(clean(block.text) for block in notes),
        passages=tuple(passages),
        blocks=tuple(blocks),
    )
    labels = [
        Repair("label", say("layout.label", label=block.title), block.spans)
        for block in blocks
        if block.role == "label"
    ]
    return article, labels + repairs


def _byline(blocks: list[Block]) -> str:
    """Who wrote the article: the bylines above its body, else the one its body opens with, else those below."""
    start = next((index for index, block in enumerate(blocks) if block.role == "body"), len(blocks))
    bylines = [(index, block.text) for index, block in enumerate(blocks) if block.role == "byline"]
    bylines = [(index, text) for index, text in bylines if not is_closing_credit(text)]
    opening = [clean(text) for index, text in bylines if index < start]
    run_in = run_in_byline(blocks[start].text) if start < len(blocks) else ""
    closing = [text for index, text in bylines if index > start]
    signed = [clean(text) for text in closing if not is_credit(text)] or [clean(text) for text in closing]
    return " ".join(opening) or run_in or " ".join(signed)
