"""Makes example questions: an article is asked for what it says, a clause for its figure, a section for its points.

Every example is asked and kept only if the answer cites the paragraph that it was made from. Knows nothing of screens.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from index.paragraph import Paragraph, Span
from index.text import sentences
from rag.answer import Answer
from rag.quantities import quantities
from rag.short_answer import clauses

MOST = 6
# Paragraphs looked at: the examples should be there at once, however large the corpus is.
LOOKED_AT = 400
SHORTEST, LONGEST = 5, 24  # characters of a clause before its figure
LONGEST_HEADLINE = 32  # a question of one line
_DIGIT = re.compile(r"\d")
_PLAIN = re.compile(r"[\u4e00-\u9fff“”]+")
_NUMBERED = re.compile(r"^[(（]?[一二三四五六七八九十\d]+[)）、.]\s*")


def examples(paragraphs: Sequence[Paragraph], answer: Callable[[str], Answer]) -> tuple[str, ...]:
    """Questions that the index answers: some of each kind, from different articles and sections first."""
    makers = (headline_questions, _named_figures, section_questions)
    kinds = [_answered(make, paragraphs[:LOOKED_AT], answer) for make in makers]
    some = [one for kind in kinds for one in islice(kind, MOST // len(kinds))]
    return _spread(dict(islice(chain(some, *kinds), MOST)))


def _answered(
    make: Callable[[Paragraph], Iterator[str]], paragraphs: Sequence[Paragraph], answer: Callable[[str], Answer]
) -> Iterator[tuple[str, str]]:
    """A question, and its article, for each section where an answer cites the paragraph that it was made from."""
    places: set[tuple[str, str]] = set()
    cited: dict[str, set[str]] = {}
    for paragraph in paragraphs:
        within = paragraph.headings[0] if paragraph.headings and make is not headline_questions else ""
        place = (paragraph.article, within)
        for question in () if place in places else make(paragraph):
            if question not in cited:
                cited[question] = {citation.paragraph.id for citation in answer(question).citations}
            if paragraph.id in cited[question]:
                places.add(place)
                yield question, paragraph.article
                break


def headline_questions(paragraph: Paragraph) -> Iterator[str]:
    """Asks what an article says, by the name that it has for a reader."""
    if SHORTEST <= len(paragraph.article) <= LONGEST_HEADLINE:
        yield f"《{paragraph.article}》讲了什么?"


def figure_questions(paragraph: Paragraph) -> Iterator[str]:
    """Asks for the figure that ends a clause: 水库总投资3亿元 gives 水库总投资多少元?"""
    return filter(None, (_figure_question(paragraph.text, clause) for clause in clauses(paragraph.text)))


def _named_figures(paragraph: Paragraph) -> Iterator[str]:
    """Those that name what they ask about: the first clause of a sentence does, and the later ones leave it out."""
    starts = {sentence.start for sentence in sentences(paragraph.text)}
    first = (clause for clause in clauses(paragraph.text) if clause.start in starts)
    return filter(None, (_figure_question(paragraph.text, clause) for clause in first))


def _figure_question(text: str, clause: Span) -> str:
    """The question for the one figure that a clause ends with; nothing, where it is none of this shape."""
    said = text[clause.start : clause.end]
    figures = [quantity for quantity in quantities(said) if quantity.kind in ("money", "measure", "count")]
    if len(figures) != 1 or not _DIGIT.search(figures[0].text):
        return ""
    before, after = said[: figures[0].start], said[figures[0].end :]
    if after or not SHORTEST <= len(before) <= LONGEST or not _PLAIN.fullmatch(before):
        return ""
    unit = re.sub(r"^[\d.,]+|[万亿余多]|以[上下内]|左右", "", figures[0].text)
    return f"{before.removesuffix('约').removesuffix('超')}多少{unit}?"


def section_questions(paragraph: Paragraph) -> Iterator[str]:
    """Asks for the points of a numbered section."""
    if paragraph.headings and _NUMBERED.match(paragraph.headings[0]):
        yield f"{_NUMBERED.sub('', paragraph.headings[0])}部分有哪些内容?"


def _spread(found: dict[str, str]) -> tuple[str, ...]:
    """At most so many, the articles in turn."""
    by_article: dict[str, list[str]] = {}
    for question, article in found.items():
        by_article.setdefault(article, []).append(question)
    turns = max(map(len, by_article.values()), default=0)
    ordered = [questions[turn] for turn in range(turns) for questions in by_article.values() if turn < len(questions)]
    return tuple(ordered[:MOST])
