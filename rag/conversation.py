"""Understands a follow-up from the chat so far: what its pointing words point at, what its half sentences leave out.

``它什么时候竣工?`` after a question about a bridge is about the bridge; ``那税收呢?`` asks of taxes what the question
before asked of something else. Knows nothing of searching.
"""

import re
from dataclasses import dataclass

import numpy as np

from index.lexicon import Lexicon
from index.text import fold
from rag.alignment import unit_vector
from rag.answer import Asked
from rag.question import Question, Term, read_question

# Cosine of two words from which one can stand in for the other.
LIKE = 0.35
# Earlier questions that are looked at: a chat wanders, and what was said long ago misleads more than it helps.
REMEMBERED = 3
# A short answer up to this many characters can be what 它 points at.
NAME_LENGTH = 30

_PERSON = re.compile(r"(?<!其)[他她](?!国|人)|\b(?:he|she|his|her|him)\b")
_POINTING = re.compile(
    r"(?<![其吉])它|(?:这|那|(?<!应)该|(?<![因彼从如])此)(?!样|么|种|里)|(?<![^,。])其(?=[^他它她中余实次])|上述|前者|后者|还有呢|\b(?:it|its|they|their|them|this|that|these|those)\b"
)
_AND_WHAT = re.compile(r"呢\s*\??\s*$|^(?:那|and |what about|how about)")
_ABOUT = re.compile(r"^(?:那么?|而|还有|(?:and|what about|how about)(?![a-z]))\s*,?\s*|(?:方面|的话)?呢?\s*\??\s*$")
_ASKING = {
    "quantity": "多少",
    "time": "什么时候",
    "person": "是谁",
    "place": "在哪里",
    "reason": "为什么",
    "manner": "怎么做",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question as understood, and the short answer that it got."""

    asked: Asked
    short: str = ""


def understand(question: str, last: Turn | None, lexicon: Lexicon) -> Asked | None:
    """The question with what it takes over from the chat; nothing, if it does not say that it takes anything over."""
    if last is None:
        return None
    read = read_question(question, lexicon)
    if _AND_WHAT.search(read.folded) and read.type == "fact" and len(read.terms) <= 4:
        return _same_about(question, read, last, lexicon)
    if _PERSON.search(read.folded):
        return Asked(question, last.short or last.asked.query)
    if _POINTING.search(read.folded) or not read.terms:
        return in_context(question, last, lexicon)
    return None


def in_context(question: str, last: Turn, lexicon: Lexicon) -> Asked:
    """The question with the subject of the last one, and with its answer, if that is a name."""
    before = read_question(last.asked.question, lexicon)
    name = last.short if len(last.short) <= NAME_LENGTH else ""
    return Asked(question, f"{_text(_subject(before))} {name}".strip())


def _same_about(question: str, read: Question, last: Turn, lexicon: Lexicon) -> Asked:
    """``那税收呢?`` after ``某园的产值是多少?`` becomes ``税收多少?`` in the context 某园.

    The new topic stands in for what is like it, or else for what was asked for; the rest goes on being asked.
    """
    topic = _ABOUT.sub("", fold(question).text).strip()
    before = read_question(last.asked.question, lexicon)
    replaced = {i for i, term in enumerate(before.terms) if _stands_in(read, term, lexicon)} or set(before.focus)
    focus = tuple(before.terms[i] for i in before.focus[-1:] if i not in replaced)
    subject = tuple(term for i, term in enumerate(before.terms) if i not in replaced and term not in focus)
    context = f"{last.asked.context} {_text(subject)}".strip() if len(read.terms) < 2 else ""
    return Asked(f"{topic}{_text(focus)}{_ASKING.get(before.type, '')}?", context)


def _subject(before: Question) -> tuple[Term, ...]:
    """What the earlier question was about, without what it asked for."""
    asked_for = before.focus[-1:] if len(before.focus) == len(before.terms) else before.focus
    return tuple(term for i, term in enumerate(before.terms) if i not in asked_for) or before.terms


def _stands_in(read: Question, term: Term, lexicon: Lexicon) -> bool:
    """Whether the new topic takes the place of an earlier term: 台湾 that of 香港."""
    vector = unit_vector(term, lexicon)
    return any(float(np.dot(unit_vector(new, lexicon), vector)) >= LIKE for new in read.terms)


def _text(terms: tuple[Term, ...]) -> str:
    joint = "" if all(not term.text.isascii() for term in terms) else " "
    return joint.join(term.text for term in terms)
