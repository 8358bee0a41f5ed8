"""Answers questions about a section by its points: the leads of the paragraphs under the heading that was asked about.

Knows nothing of ranking sentences.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.paragraph import Paragraph, Span
from index.text import fold, sentences
from rag.alignment import Aligner
from rag.evidence import information
from rag.quantities import number
from rag.question import Question

# A heading is what the question is about when it covers this share of what the question tells.
ASKED_ABOUT = 0.72
# A question that says 部分 or 第三章 has named a section: its words may cover it less by this.
NAMED_EASES = 0.2
MOST_POINTS = 12
_SECTION_WORDS = re.compile(
    r"部分|章节|这一?[部章节条]|第\(?[一二三四五六七八九十\d]+\)?(?:部分|章|节|条|项)|section|chapter|part\b"
)
_ASKED_NUMBER = re.compile(r"第\(?([一二三四五六七八九十]+|\d{1,3})\)?大?(?:部分|章|节|条|项)")
_NUMBER = re.compile(r"\(?第?([一二三四五六七八九十]+|\d{1,3})(?:[)、.章节条]|部分)")
_OVERVIEW = re.compile(
    r"哪些|哪几|什么|啥|内容|要点|方面|措施|概括|总结|归纳|列出|介绍|讲|说|how|what|which|list|summari[sz]e"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the paragraphs under it, in reading order."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a section: the sentence of a paragraph that says what it is about."""

    paragraph: Paragraph
    span: Span


def asked_section(question: Question, article: Sequence[Paragraph], aligner: Aligner) -> Section | None:
    """The section of the article that the question is about as a whole, or nothing."""
    if not _OVERVIEW.search(question.folded):
        return None
    headings = tuple(dict.fromkeys(heading for paragraph in article for heading in paragraph.headings))
    heading = _numbered(question, headings) or _worded(question, headings, aligner)
    if heading is None:
        return None
    under = (paragraph for paragraph in article if heading in paragraph.headings and paragraph.role == "body")
    return Section(heading, tuple(under))


def _numbered(question: Question, headings: Sequence[str]) -> str | None:
    """The one heading with the number that the question names: 第七部分 is (七) or 七、."""
    asked = _ASKED_NUMBER.search(question.folded)
    if asked is None:
        return None
    found = [
        heading for heading in headings if (n := _NUMBER.match(fold(heading).text)) and number(n[1]) == number(asked[1])
    ]
    return found[0] if len(found) == 1 else None


def _worded(question: Question, headings: Sequence[str], aligner: Aligner) -> str | None:
    """The heading that the question's words are about."""
    if not question.terms:
        return None
    named = bool(_SECTION_WORDS.search(question.folded))
    if not named and question.type != "list":
        return None
    told = information(question)
    best, most = None, ASKED_ABOUT - NAMED_EASES * named
    for heading in headings:
        covered = float(aligner.support(question.terms, aligner.read(heading)) @ told)
        if covered > most:
            best, most = heading, covered
    return best


def points(section: Section) -> tuple[Point, ...]:
    """The section's points: one for each lead, or for each paragraph where there are no leads."""
    found: dict[str, Point] = {}
    for paragraph in section.paragraphs:
        lead = paragraph.headings[-1]
        first = sentences(paragraph.text)[0]
        if lead != section.heading and lead not in found:
            found[lead] = Point(paragraph, first)
    if not found:
        found = {paragraph.id: Point(paragraph, sentences(paragraph.text)[0]) for paragraph in section.paragraphs}
    return tuple(found.values())[:MOST_POINTS]
