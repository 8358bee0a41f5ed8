"""Checks a sentence that a language model wrote against the paragraphs it cites, and finds the words that bear it.

A sentence is borne by one passage of a cited paragraph: one sentence of it, or two where the second points back, or
speech with its speaker. Every stating word of the sentence has to stand there or in the headings above, so that a
model may shorten, reorder and join, but bring in nothing. Figures have to be said of the same thing, names to stand
beside the same words, and what is denied to be denied. What this cannot see: who did what to whom, where all of it
stands in one passage.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from unicodedata import normalize

from index.lexicon import Lexicon
from index.paragraph import Paragraph, Span
from index.text import fold
from rag.candidates import quotable, spoken, windows
from rag.citations import Defect
from rag.figures import misquoted
from rag.reading import Passage, Reading, plain_words, read, tight
from rag.sentence_stream import MARKER
from rag.statements import misstated

SHORTEST = 4  # letters and figures; less is no statement
LONGEST = 300  # characters; a longer sentence bears no check by one passage
_QUOTED = re.compile(r"[“「『《‘\"]([^”」』》’\"]+)[”」』》’\"]")


@dataclass(frozen=True, slots=True)
class Borne:
    """A passage of a paragraph that bears a sentence."""

    paragraph: Paragraph
    span: Span


@dataclass(frozen=True, slots=True)
class Verified:
    """A sentence without its markers, the passages that bear it, and what is wrong where none does."""

    said: str
    borne: tuple[Borne, ...] = ()
    defects: tuple[Defect, ...] = ()


class Verifier:
    """Checks with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.passages = lru_cache(maxsize=256)(partial(_passages, lexicon))

    def verify(self, sentence: str, evidence: Mapping[int, Paragraph]) -> Verified:
        """The sentence, checked against the paragraphs that its markers name by their numbers in ``evidence``."""
        said = MARKER.sub("", sentence).strip()
        numbers = list(dict.fromkeys(int(n) for marker in MARKER.findall(sentence) for n in re.findall(r"\d+", marker)))
        formal = tuple(_formal(said, numbers, evidence))
        if formal:
            return Verified(said, defects=formal)
        claim = read(said, self.lexicon)
        tried = [self._bearing(said, claim, evidence[number]) for number in numbers]
        borne = tuple(one for one in tried if isinstance(one, Borne))
        failed = [one for one in tried if not isinstance(one, Borne)]
        return Verified(said, borne) if borne else Verified(said, defects=min(failed, key=len))

    def _bearing(self, said: str, claim: Reading, paragraph: Paragraph) -> Borne | tuple[Defect, ...]:
        """The shortest passage that bears the claim, or else what the nearest one lacks."""
        nearest: tuple[Defect, ...] = (Defect("word_missing", said, said),)
        most = None
        for passage in self.passages(paragraph):
            lacking = tuple(_defects(said, claim, passage))
            if not lacking:
                return Borne(paragraph, passage.span)
            if most is None or len(lacking) < most:
                nearest, most = lacking, len(lacking)
        return nearest


def orders(text: str) -> tuple[Span, ...]:
    """Where a text talks to a machine that reads it instead of stating something."""
    folded = fold(text)
    return tuple(folded.original(*match.span()) for match in plain_words().orders.finditer(folded.text))


def outside(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span touches none of the others."""
    return not any(span.start < other.end and other.start < span.end for other in others)


def _formal(said: str, numbers: list[int], evidence: Mapping[int, Paragraph]) -> Iterator[Defect]:
    if not numbers:
        yield Defect("unmarked", said, said)
    for number in numbers:
        if number not in evidence:
            yield Defect("unknown_marker", said, f"[{number}]")
    if len(said) > LONGEST or orders(said) or len(re.findall(r"\w", said)) < SHORTEST:
        yield Defect("no_statement", said, said[:LONGEST])


def _passages(lexicon: Lexicon, paragraph: Paragraph) -> tuple[Passage, ...]:
    """What of a paragraph can bear a sentence, the shortest first; nothing that gives orders.

    Of a window over several sentences the first and the last count: the one that says it, and the one that says who, or
    what 该项目 is. What stands between them would let a beginning meet a foreign end.
    """
    heading = f"{paragraph.context} {paragraph.byline}"
    heading = "" if orders(heading) else heading
    above, verbatim = tight(heading), normalize("NFKC", heading)
    single, pointing, ordering = quotable(paragraph.text), windows(paragraph.text), orders(paragraph.text)
    found = []
    for span in sorted({*single, *pointing, *spoken(paragraph.text)}, key=lambda span: (len(span), span.start)):
        ends = [one for one in single if span.start <= one.start < span.end]
        ends = list(dict.fromkeys((ends[0], ends[-1])))
        pieces = [paragraph.text[one.start : min(one.end, span.end)] for one in ends]
        joined = len(pieces) == 1 or span in pointing or "“" in pieces[0]  # without quotation marks, no speech is sure
        if joined and all(outside(one, ordering) for one in ends):
            text = "".join(pieces)
            found.append(Passage(span, read(text, lexicon), f"{normalize('NFKC', text)} {verbatim}", above))
    return tuple(found)


def _defects(said: str, claim: Reading, passage: Passage) -> Iterator[Defect]:
    for quotation in _QUOTED.findall(normalize("NFKC", said)):
        if quotation not in passage.verbatim:
            yield Defect("not_verbatim", said, quotation)
    yield from misquoted(said, claim, passage)
    yield from misstated(said, claim, passage)
