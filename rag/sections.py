"""Answers questions about a section, or a whole article, by its points: the leads of the paragraphs under its heading.

Knows nothing of ranking sentences.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from index.paragraph import Paragraph, Span
from index.text import fold, sentences
from rag.alignment import Aligner
from rag.evidence import information
from rag.quantities import number, quantities
from rag.question import Question, read_question

# A heading is what the question is about when it covers this share of what the question tells.
ASKED_ABOUT = 0.72
# A question that says 部分 or 第三章 has named a section: its words may cover it less by this.
NAMED_EASES = 0.2
# A headline is named by a question that covers this share of what the headline tells.
NAMED = 0.5
MOST_POINTS = 12
# Paragraphs without headings that stand for an article: news says first what matters most.
MOST_PARAGRAPHS = 6
_ARTICLE_WORDS = re.compile("《|文章|报道|报告|新闻|通知|意见|会议|讲话|article|report|story")
_ENDS = tuple("。!?！？”」")
_SECTION_WORDS = re.compile(
    r"部分|章节|这一?[部章节条]|第\(?[一二三四五六七八九十\d]+\)?(?:部分|章|节|条|项)|section|chapter|part\b"
)
_ASKED_NUMBER = re.compile(r"第\(?([一二三四五六七八九十]+|\d{1,3})\)?大?(?:部分|章|节|条|项)")
_NUMBER = re.compile(r"\(?第?([一二三四五六七八九十]+|\d{1,3})(?:[)、.章节条]|部分)")
_OVERVIEW = re.compile(
    r"哪些|哪几|什么|啥|内容|要点|方面|措施|概括|总结|归纳|列出|介绍|讲|说|how|what|which|list|summari[sz]e"
)
_GIST = re.compile(
    r"(?:讲|说|写|谈|报道|介绍)(?:的是|了|到|的)?(?:些|一些)?(?:(?:什么|啥)(?!时候|时间|时|地方|人)|哪些)|主要内容|有(?:哪些|什么|啥)内容|内容(?:是|有)"
    r"|概括|总结|归纳|概述|大意|摘要|主旨|要点|summari[sz]e|summary|gist|key points"
    r"|what(?=\b.*\b(?:about|says?|covers?)\b)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the paragraphs under it, in reading order; of a ``whole`` article its headline and all of them."""

    heading: str
    paragraphs: tuple[Paragraph, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a section: the sentence of a paragraph that says what it is about."""

    paragraph: Paragraph
    span: Span


def asked_section(question: Question, article: Sequence[Paragraph], aligner: Aligner) -> Section | None:
    """The section of the article, or the article, that the question is about as a whole; or nothing."""
    if not _OVERVIEW.search(question.folded):
        return None
    headings = tuple(dict.fromkeys(heading for paragraph in article for heading in paragraph.headings))
    heading = _numbered(question, headings)
    body = tuple(paragraph for paragraph in article if paragraph.role == "body")
    if heading is None and body and _asks_gist(question, body[0], aligner):
        return Section(body[0].article, body, whole=True)
    heading = heading or _worded(question, headings, aligner)
    if heading is None:
        return None
    return Section(heading, tuple(paragraph for paragraph in body if heading in paragraph.headings))


def _asks_gist(question: Question, first: Paragraph, aligner: Aligner) -> bool:
    """Whether the question tells nothing but the headline, as far as it is one, and asks what stands under it.

    One word of the headline is a topic, unless it is said that an article is meant.
    """
    gist, headline = _GIST.search(question.folded), first.article
    if gist is None or _SECTION_WORDS.search(question.folded) or _of_another(question, first):
        return False
    told = information(question) * [not gist.start() <= term.start < gist.end() for term in question.terms]
    if not told.sum():
        return False
    covered = float(aligner.support(question.terms, aligner.read(headline)) @ told) / float(told.sum())
    if covered <= ASKED_ABOUT:
        return False
    if _ARTICLE_WORDS.search(question.folded):
        return True
    name = read_question(headline, aligner.lexicon)
    return float(aligner.support(name.terms, aligner.read(question.text)) @ information(name)) >= NAMED


def _of_another(question: Question, first: Paragraph) -> bool:
    """Whether the question names a year or number that neither headline nor file does: 第二次会议, not 第一次会议."""
    placed = quantities(f"{first.article} {first.document}")
    asked = (one for one in question.quantities if one.kind in ("date", "ordinal"))
    return not all(any(other.covers(one) for other in placed) for one in asked)


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


def _beginning(article: Section) -> Iterator[Paragraph]:
    """What an article says before its first heading, if that is more than a number and whom it is for."""
    before = takewhile(lambda paragraph: not paragraph.headings, article.paragraphs)
    return islice((one for one in before if one.text.endswith(_ENDS)), 1)


def points(section: Section) -> tuple[Point, ...]:
    """The section's points: one for each lead, or for each paragraph where there are no leads.

    Those of an article begin with its beginning.
    """
    found: dict[str, Paragraph] = {}
    for paragraph in section.paragraphs:
        lead = paragraph.headings[0 if section.whole else -1] if paragraph.headings else section.heading
        if lead != section.heading:
            found.setdefault(lead, paragraph)
    leads = list(found.values())
    if not leads:
        leads = list(section.paragraphs)[: MOST_PARAGRAPHS if section.whole else MOST_POINTS]
    elif section.whole:
        leads = list(dict.fromkeys((*_beginning(section), *leads)))
    return tuple(Point(paragraph, sentences(paragraph.text)[0]) for paragraph in leads[:MOST_POINTS])
