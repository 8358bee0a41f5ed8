"""Finds what a pointing word points at: the subject of an earlier question, or the name that it was answered with.

他 after ``谁主持了仪式?`` is the answer, 它 after ``大桥多长?`` the bridge. Knows nothing of how either is worded.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from index.lexicon import Lexicon
from index.text import fold
from rag.alignment import unit_vector
from rag.answer import Answer, Asked
from rag.expressions import people
from rag.follow_up import Pointing, pattern, wording
from rag.parts import Parts, is_place
from rag.question import Term, read_question

# Earlier questions in which a pointing word finds what it points at.
NEAR = 3
# A short answer up to this many characters can be a name that is pointed at.
NAME_LENGTH = 30
# Cosine of two nouns from which one can stand for the other: 桥 for 大桥.
LIKE = 0.35


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question as understood; of its answer the short one, the people named and the article cited first."""

    asked: Asked
    short: str = ""
    people: tuple[str, ...] = ()
    article: str = ""

    @classmethod
    def of(cls, asked: Asked, answer: Answer) -> "Turn":
        """The turn of an answer; where no quote names anybody, the people of the cited paragraphs are those meant."""
        quoted = _people([citation.quote for citation in answer.citations])
        named = quoted or _people([one.paragraph.text for one in answer.citations])
        return cls(asked, answer.short, named, answer.citations[0].paragraph.article if answer.citations else "")


def referent(word: Pointing, newest_first: Iterable[Asked], recall: Callable[[Asked], Turn], lexicon: Lexicon) -> str:
    """What a pointing word stands for, newest first; empty, where nothing of its sort was spoken of."""
    near = [(one, Parts.of(one.understood, lexicon)) for one in islice(newest_first, NEAR)]
    if word.sort == "person":
        named = next((name for one, parts in near if (name := _person(parts, one, recall))), "")
        return named or _only_person(near[0][0], recall)
    if word.sort == "thing" and pattern("parts", "article").fullmatch(word.noun):
        spoken_of = any(word.noun == term.text for _, parts in near for term in parts.read.terms)
        read_from = next((turn.article for one, _ in near if (turn := recall(one)).article), "")
        if read_from and not spoken_of:
            return f"《{read_from}》"
    if word.noun and _sort(word.noun) is None and not pattern("parts", "general_of").match(word.noun):
        return next((name for _, parts in near if (name := _like(word.noun, parts, lexicon))), "")
    said = [pair for pair in near if word.noun and word.noun in pair[1].read.folded]
    return next((name for one, parts in (*said, *near) if (name := _thing(word, parts, one, recall))), "")


def _people(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text[span.start : span.end] for text in texts for span in people(text)))


def _person(parts: Parts, one: Asked, recall: Callable[[Asked], Turn]) -> str:
    """The person who is the answer to a question, or whom it is about."""
    asks = ("person", "author", "title") if parts.read.language == "en" else ("person", "author")
    if parts.read.type in asks:
        short = recall(one).short
        if short and len(short) <= NAME_LENGTH:
            return short
    subject = parts.subject
    if subject is None or not (parts.is_person(subject) or parts.read.type == "title"):
        return ""
    return parts.cut(subject.start, subject.end)


def _only_person(one: Asked, recall: Callable[[Asked], Turn]) -> str:
    """The person whom the last answer names, if it names one only."""
    named = recall(one).people
    return named[0] if len(named) == 1 else ""


def _thing(word: Pointing, parts: Parts, one: Asked, recall: Callable[[Asked], Turn]) -> str:
    if word.sort == "thing" and parts.read.type == "organisation":
        short = recall(one).short
        if 0 < len(short) <= NAME_LENGTH:
            return short
    subject = parts.several if word.sort == "plural" else parts.thing
    if subject is None:
        return ""
    name = parts.cut(subject.start, subject.end)
    if word.noun and _clashes(word.noun, name):
        return ""
    kept = pattern("parts", "general_of").match(word.noun) and word.noun not in name
    return f"{name}的{word.noun}" if kept else name


def _sort(word: str) -> str | None:
    """The sort of thing that a noun can stand for, or that a name ends in."""
    return next((sort for sort in wording()["parts"]["sorts"] if re.search(sort, word.lower())), None)


def _clashes(noun: str, name: str) -> bool:
    """Whether a noun cannot mean what has this name: 该项目 is no country and no company."""
    sort, named = _sort(noun), _sort(fold(name).text)
    if is_place(fold(name).text):
        return sort is not None and sort != wording()["parts"]["sorts"][-1]
    return None not in (sort, named) and sort != named


def _like(noun: str, parts: Parts, lexicon: Lexicon) -> str:
    """The words of a question up to the one that the noun is like: 青石大桥 for 桥."""
    for run in parts.runs:
        for i in reversed(range(len(run))):
            if _alike(noun, run[i].text, lexicon):
                return parts.cut(run[0].start, run[i].end)
    return ""


def _alike(noun: str, word: str, lexicon: Lexicon) -> bool:
    if word.endswith(noun) or noun.endswith(word):
        return True
    one, other = (_first_term(text, lexicon) for text in (noun, word))
    if one is None or other is None:
        return False
    return float(np.dot(unit_vector(one, lexicon), unit_vector(other, lexicon))) >= LIKE


def _first_term(text: str, lexicon: Lexicon) -> Term | None:
    return next(iter(read_question(text, lexicon).terms), None)
