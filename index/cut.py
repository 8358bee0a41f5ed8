"""Paragraphs that break off, and which line is their rest. Knows nothing of headlines or of which article is which.

What speaks for two lines being one paragraph: a mark that only closes, a word that is completed, a character that
hardly ever opens a sentence, and, across other articles, that both speak of the same.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from index.block import Block
from index.byline import is_caption, opens_article
from index.closure import cannot_begin, clauses, closes, has_final_mark, left_open, open_at_end
from index.numbering import number_of
from index.title import LONGEST_SUBHEAD, ends_as_document, is_closing_line, stands_alone

LONGEST_SENTENCE = 80  # characters of a subhead that is a whole sentence
FEWEST_SUBHEADS, MOSTLY = 5, 0.8  # so many such subheads, and so large a share of the lines without closing mark
SINGLE = 0.6  # the share of such subheads that are one sentence, not two
WORD_SEEN = 2  # so often the two characters at a cut stand side by side elsewhere on the page: a word was cut
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_BEHIND_DIGITS = frozenset("万亿元年月日时分个项名家亩公吨%％点多余米克")
# They make up 19 % of running text and open 0.9 % of its sentences (154,000 sentences of news, reports and policies).
SELDOM_FIRST = frozenset(
    "的和了业年是动力方部化等月产个务理设们员场定表度元者好量心示道点系济及次题性品子续间管情流院步标治导局式名议程造级都育护源口"
    "质费件术息求际亿里称色革升域效备策助境告态府责州球益权型界准险划些况形善类友率变织势速额断识尔头模号验限击款响席边命障较低族容"
    "均段援批置士己础份功样略挥料频字话望则才涨害察器足象季售括算病层幅困送占疗介罪"
)


def is_cut(block: Block) -> bool:
    """Whether a paragraph breaks off: no closing mark, and too long or too full of clauses to be a subhead."""
    text = block.text
    if open_at_end(text):
        return True
    if has_final_mark(text) or is_closing_line(text) or is_caption(text) or text[0] == "|":
        return False
    if not clauses(text) and len(text) <= LONGEST_SENTENCE and ends_as_document(text):
        return False
    return block.tail or len(text) > LONGEST_SUBHEAD or clauses(text) > 1


class Evidence:
    """What the whole page tells about its cuts: which characters make words, which words are rare."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.subheads = self._long_subheads(blocks)
        body = [block for block in blocks if block.role == "body" and not block.tail]
        indented = sum(block.indented for block in body)
        self.indents = len(body) >= FEWEST_SUBHEADS and len(body) < 2 * indented < 2 * len(body)

    @cached_property
    def pairs(self) -> Counter[str]:
        """How often each pair of Han characters stands on the page."""
        return Counter(pair for block in self.blocks for pair in _pairs(block.text))

    @cached_property
    def lines(self) -> Counter[str]:
        """In how many lines of the page each pair stands."""
        return Counter(pair for block in self.blocks for pair in set(_pairs(block.text)))

    def follows(self, left: Block, right: Block) -> bool:
        """Whether ``right``, the next line of the same article, is the rest of ``left``."""
        if self._begins_anew(left, right):
            return False
        if left_open(left.text)[0] and has_final_mark(left.text):
            return closes(left.text, right.text) and right.text[0] not in "“‘"
        if has_final_mark(left.text) or is_closing_line(left.text):
            outdented = self.indents and left.indented and len(left.text) > LONGEST_SUBHEAD
            return right.text[0] in "，、。；：," or (outdented and not stands_alone(right.text))
        goes_on = cannot_begin(right.text) or right.text[0].islower() or _counts_on(left, right)
        cut = is_cut(left) and (open_at_end(left.text) or not stands_alone(right.text))
        return goes_on or cut or self.seen(left, right) >= WORD_SEEN

    def _begins_anew(self, left: Block, right: Block) -> bool:
        """Whether the form of ``right``, or ``left`` being a subhead, rules out that they are one paragraph."""
        numbered = number_of(right.text) is not None and not open_at_end(left.text)
        indented = self.indents and right.indented
        return right.text[0] == "|" or opens_article(right) or left.start in self.subheads or numbered or indented

    def weight(self, left: Block, right: Block, *, left_words: set[str], right_words: set[str]) -> float:
        """How much speaks for ``right`` being the rest of the paragraph ``left`` from further up; 0 for nothing.

        :param left_words: The pairs of characters that the article of ``left`` has.
        :param right_words: Those of the article in whose midst ``right`` stands.
        """
        if left_open(left.text)[0]:
            return 4.0 if closes(left.text, right.text) else 0.0
        if cannot_begin(right.text):
            return 0.0 if left_open(right.text)[1] else 3.0
        if _counts_on(left, right):
            return 3.0
        seldom = 1.0 if right.text[0] in SELDOM_FIRST or right.text[0].islower() else 0.0
        nearer = self._shared(right.text, left_words) - self._shared(right.text, right_words)
        return seldom + 0.7 * min(self.seen(left, right), WORD_SEEN) + max(-1.0, min(1.0, nearer))

    def seen(self, left: Block, right: Block) -> int:
        """How often the two characters at the cut stand side by side elsewhere on the page; 0 unless both are Han."""
        return self.pairs[left.text[-1] + right.text[0]]

    def _shared(self, text: str, words: set[str]) -> float:
        """How much of the pairs of ``text`` that few lines of the page have is among ``words``, from 0 to 1."""
        weights = {pair: 1 / self.lines[pair] for pair in _pairs(text) if self.lines[pair] > 1}
        return sum(weight for pair, weight in weights.items() if pair in words) / (sum(weights.values()) or 1.0)

    def _long_subheads(self, blocks: list[Block]) -> frozenset[int]:
        """Where the lines begin that are whole sentences without full stop, set as subheads.

        None where they are few, where many lines without closing mark are longer, or where one goes on with the next.
        """
        cut = [(block, below) for block, below in pairwise(blocks) if block.role == "body" and is_cut(block)]
        whole = [(block, below) for block, below in cut if len(block.text) <= LONGEST_SENTENCE]
        single = [block for block, _ in whole if not re.search("[。；;]", block.text)]
        if len(whole) < FEWEST_SUBHEADS or len(whole) < MOSTLY * len(cut) or len(single) < SINGLE * len(whole):
            return frozenset()
        if any(self._goes_on(left, right) for left, right in whole):
            return frozenset()
        return frozenset(block.start for block, _ in whole)

    def _goes_on(self, left: Block, right: Block) -> bool:
        begins = not cannot_begin(right.text) and right.text[0] not in SELDOM_FIRST
        return open_at_end(left.text) or not begins or self.seen(left, right) >= WORD_SEEN


def _counts_on(left: Block, right: Block) -> bool:
    """Whether a number is cut from its unit: ``约300`` and ``万元``."""
    return left.text[-1].isdigit() and right.text[0] in _BEHIND_DIGITS


def words_of(text: str) -> set[str]:
    """The pairs of Han characters of a text: the nearest thing to words that needs no dictionary."""
    return set(_pairs(text))


def _pairs(text: str) -> Iterator[str]:
    return (run[place : place + 2] for run in _HAN_RUN.findall(text) for place in range(len(run) - 1))
