"""Cuts a source into the paragraphs that the index stores and citations name. Knows nothing of embedding or searching.

A page is repaired first; a paragraph never reaches across articles, and one longer than LONGEST characters is split at
sentence ends into parts that share its position. A ``.jsonl`` file is taken as it is: one paragraph a line, neither
repaired nor split.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from index.block import Repair, Role, part
from index.corpus import Source
from index.layout import Article, Passage, repair
from index.lines import read_lines
from index.paragraph import Paragraph, Span
from index.text import sentences

LONGEST = (
    1200  # characters of one paragraph: what a reader takes in as one passage, about the longest in a printed report
)


@dataclass(frozen=True, slots=True)
class Chunks:
    """The paragraphs of one source in reading order, and what the repair of its page did."""

    paragraphs: tuple[Paragraph, ...]
    repairs: tuple[Repair, ...]
    furniture: tuple["Furniture", ...] = ()


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on the page around an article's paragraphs: its headline, kicker, headings, notes; rules, labels.

    ``paragraph`` is the place of the article's first paragraph among those of the source.
    """

    role: Role
    spans: tuple[Span, ...]
    paragraph: int


def chunk(source: Source) -> Chunks:
    """The paragraphs of a source.

    Ids are readable, unique within the corpus and stable while other articles and other sections change:
    ``page/示例报告/(三) 修路·修好小路/1``; those of a split paragraph's parts end in ``-1``, ``-2``, a byline's in
    ``署名``.

    :raises CorpusError: a line of a ``.jsonl`` file is unusable; the message names file, line and what is wrong.
    """
    if source.path.lower().endswith(".jsonl"):
        return Chunks(read_lines(source), ())
    page = repair(source.text)
    names = Counter[str]()
    paragraphs: list[Paragraph] = []
    furniture: list[Furniture] = []
    for article in page.articles:
        furniture += _furniture(article, len(paragraphs))
        for paragraph in _paragraphs(article, source):
            names[paragraph.id] += 1
            again = names[paragraph.id]
            paragraphs.append(paragraph if again == 1 else replace(paragraph, id=f"{paragraph.id}~{again}"))
    return Chunks(tuple(paragraphs), page.repairs, tuple(furniture))


def _furniture(article: Article, first: int) -> list[Furniture]:
    """The blocks of an article that are in none of its passages; of one without passages nobody asks."""
    begins = {span.start for passage in article.passages for span in passage.block.spans}
    around = [block for block in article.blocks if begins.isdisjoint(span.start for span in block.spans)]
    return [Furniture(block.role, block.spans, first) for block in around] if begins else []


def _paragraphs(article: Article, source: Source) -> Iterator[Paragraph]:
    path = PurePosixPath(source.path)
    name = article.headline or path.stem
    stem = path.with_suffix("").as_posix() if path.suffix == ".txt" else source.path
    for passage in article.passages:
        byline = passage.block.role == "byline"
        whole = Paragraph(
            id="/".join((stem, *_steps(name, passage))),
            text=passage.block.text,
            document=source.path,
            article=name,
            headings=passage.headings,
            position=passage.position,
            spans=passage.block.spans,
            kicker=article.kicker,
            byline="" if byline else article.byline,
            role="byline" if byline else "body",
            note=article.note,
        )
        yield from _parts(whole)


def _steps(name: str, passage: Passage) -> Iterator[str]:
    """The steps of an id below the file: article, section, position."""
    yield name.replace("/", "／")
    if passage.headings:
        yield "·".join(passage.headings).replace("/", "／")
    yield "署名" if passage.block.role == "byline" else str(passage.position)


def _parts(whole: Paragraph) -> Iterator[Paragraph]:
    """The paragraph itself, or, where it is over-long, its parts: whole sentences, as even as they come."""
    if len(whole.text) <= LONGEST:
        yield whole
        return
    for number, (start, end) in enumerate(_cuts(whole.text), 1):
        yield replace(whole, id=f"{whole.id}-{number}", text=whole.text[start:end], spans=part(whole.spans, start, end))


def _cuts(text: str) -> list[tuple[int, int]]:
    """Where the parts begin and end: as few as LONGEST allows, each ended by the sentence end nearest to an even share.

    A sentence that is itself too long is cut at LONGEST: 3,000 characters without a full stop give three parts.
    """
    ends = [span.end for span in sentences(text)][:-1]
    count = -(-len(text) // LONGEST)
    share = -(-len(text) // count)
    cuts: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > LONGEST:
        within = [end for end in ends if start < end <= start + LONGEST]
        cut = min(within, key=lambda end: abs(end - start - share)) if within else start + LONGEST
        cuts.append((start, cut))
        start = cut
    return [*cuts, (start, len(text))]
