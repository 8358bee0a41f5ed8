"""The parts of a question in its own words: what it is about, what it asks for, and what another topic replaces.

``产业园年产值多少?`` is about 产业园 and asks for its 年产值. Told by where words stand, not by what they are: there is
no parser. Knows nothing of a chat.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.lexicon import Lexicon
from index.paragraph import Span
from index.text import fold
from rag.expressions import SURNAMES
from rag.follow_up import pattern
from rag.quantities import COUNTERS
from rag.question import Question, read_question

# Characters of a subject: what is longer is no name, and a pasted text has no subject to take over.
LONGEST_SUBJECT = 40
LONGEST_STEM = 60
_MARKS = " \t\r\n?？!！。.,，、;；:："
_COUNTED = re.compile(rf"{COUNTERS}|[年月天日元亩吨斤度]")
_PERSON = re.compile(rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}")
_ENGLISH_PLACED = re.compile(
    r"\b(?:of|in|at|for|about|on|by|to)\s+((?:the|this|that|our|its)\s+)?(?!\d|each\b|every\b|year)"
)
_ENGLISH_AUXILIARY = re.compile(r"\b(?:did|will|does|do|can|would|should|has|have|is|are|was|were)\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or a figure of a question, its characters ``start`` to ``end``."""

    text: str
    start: int
    end: int
    kind: str = ""
    """The kind of a figure; empty for a word."""

    words: int = 1
    """How many words of the lexicon it is made of: a name is in none, so that its characters stand alone."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A question with its words and figures in reading order; all positions are those of its folded text."""

    text: str
    read: Question
    units: tuple[Unit, ...]

    @classmethod
    def of(cls, text: str, lexicon: Lexicon) -> "Parts":
        """The parts of a question: of several sentences, of those that ask."""
        return _parts(text, lexicon)

    def cut(self, start: int, end: int) -> str:
        """The characters as typed."""
        span = fold(self.text).original(start, end)
        return self.text[span.start : span.end]

    def with_(self, replaced: Span, text: str) -> str:
        """The question with another text in a place."""
        whole = len(self.read.folded)
        return self.cut(0, replaced.start) + text + self.cut(replaced.end, whole)

    @property
    def runs(self) -> tuple[tuple[Unit, ...], ...]:
        """The units that stand together, with nothing but 的 and 和 between, and no verb among them."""
        found: list[list[Unit]] = []
        end = -1
        for unit in self.units:
            if pattern("parts", "verbs").match(unit.text) or self._acts(unit):
                end = -1
                continue
            gap = self.read.folded[end : unit.start] if found and end >= 0 else "-"
            if pattern("parts", "joins").match(gap):
                found[-1].append(unit)
            else:
                found.append([unit])
            end = unit.end
        return tuple(map(tuple, found))

    @property
    def asked_at(self) -> int:
        """Where the asking words begin; the end, where there are none."""
        return min((span.start for span in self.read.asked), default=len(self.read.folded))

    @property
    def subject(self) -> Span | None:
        """What the question is about; nothing, where it does not say."""
        span = self._english_subject() if self.read.language == "en" else self._chinese_subject()
        return span if span is not None and 0 < len(span) <= LONGEST_SUBJECT else None

    @property
    def thing(self) -> Span | None:
        """The subject; where that is a person, what is said of it."""
        subject = self.subject
        if subject is None or not self.is_person(subject):
            return subject
        others = [_span(run) for run in self.runs if run[0].start > subject.end]
        return next((span for span in others if len(span) <= LONGEST_SUBJECT), None)

    @property
    def several(self) -> Span | None:
        """The words that name more than one: 两个园区, 香港和澳门; the thing, where none do."""
        counted = [run for run in self.runs if run[0].kind == "count" and len(run) > 1]
        joined = [
            run for run in self.runs if re.search("[和与及、]|\\band\\b", self.read.folded[run[0].start : run[-1].end])
        ]
        runs = [*counted, *joined]
        return _span(runs[0]) if runs and len(_span(runs[0])) <= LONGEST_SUBJECT else self.thing

    @property
    def topic(self) -> tuple[Unit, ...]:
        """The words that say what is spoken of: before the asking words, or after them where none are before."""
        spoken = [run for run in self.runs if pattern("parts", "about").search(self.read.folded[: run[0].start])]
        before = [run for run in self.runs if run[0].end <= self.asked_at and not _is_document(run)]
        return next(iter([*spoken, *before, *(run for run in self.runs if not _is_document(run))]), ())

    @property
    def object(self) -> Span | None:
        """What a question of how, why or whether says something is done to: 房地产 in 怎么稳定房地产."""
        if self.read.type == "yes_no":
            return _span(self.runs[-1][-1:]) if self.runs else None
        after = [unit for unit in self.units if unit.start >= self.asked_at]
        if len(after) > 1:
            return _span(after[1:])
        return _span(self.topic) if self.topic else None

    @property
    def named(self) -> int:
        """How many units of the topic are the thing spoken of; the others are what is asked of it."""
        topic = self.topic
        if topic and (is_name(topic[-1]) or topic[-1].kind in ("ordinal", "date")):
            return len(topic)
        ends = [i for i, unit in enumerate(topic[:-1]) if self._ends_name(unit, topic[i + 1])]
        if ends:
            return ends[-1] + 1
        return 0 if len(topic) > 1 and self.asked_at == self._next(topic[-1]) else len(topic)

    def is_person(self, span: Span) -> bool:
        """Whether what stands there is somebody's name."""
        return is_person([unit for unit in self.units if span.start <= unit.start and unit.end <= span.end])

    @property
    def stem(self) -> str:
        """The question without its asking words and marks."""
        start, kept = 0, []
        for span in sorted(self.read.asked, key=lambda span: span.start):
            kept.append(self.cut(start, max(start, span.start)))
            start = max(start, span.end)
            counted = _COUNTED.match(self.read.folded, start) if self.read.type == "quantity" else None
            start = counted.end() if counted else start
        kept.append(self.cut(start, len(self.read.folded)))
        stem = "".join(kept).strip(_MARKS).rstrip("是为有")
        return stem if len(stem) <= LONGEST_STEM else ""

    def _chinese_subject(self) -> Span | None:
        topic, named = self.topic, self.named
        if not topic:
            return None
        if not named:
            kept = [unit for unit in topic if not pattern("parts", "changes").match(unit.text)]
            return _span(kept or topic)
        return _span(topic[:named])

    def _english_subject(self) -> Span | None:
        text = self.read.folded.rstrip("?.! ")
        placed = list(_ENGLISH_PLACED.finditer(text))
        if placed:
            start = placed[-1].end() - len(placed[-1][1] or "")
        else:
            auxiliary = _ENGLISH_AUXILIARY.search(text)
            start = auxiliary.end() if auxiliary else len(text)
        verb = re.search(rf"\s(?:{pattern('parts', 'english_verbs').pattern}|be|been|being|each|every)\b", text[start:])
        end = start + verb.start() if verb else len(text)
        return Span(start, end) if text[start:end].strip() else None

    def _acts(self, unit: Unit) -> bool:
        """Whether a word is a verb by what follows it: 引入了."""
        return self.read.folded[unit.end : unit.end + 1] in ("了", "过")

    def _next(self, unit: Unit) -> int:
        """Where the text goes on after a unit, spaces and 是 left out."""
        match = re.compile(r"[\s是为有约达]*").match(self.read.folded, unit.end)
        return match.end() if match else unit.end

    def _ends_name(self, unit: Unit, following: Unit) -> bool:
        """Whether the thing's name ends with this unit."""
        between = self.read.folded[unit.end : following.start]
        if following.kind == "ordinal":
            return False
        return is_name(unit) or unit.kind in ("ordinal", "date") or bool(pattern("parts", "of").match(between.strip()))


@lru_cache(maxsize=256)
def _parts(text: str, lexicon: Lexicon) -> Parts:
    """Remembered, since a question of a chat is looked at for every follow-up after it."""
    read = read_question(text, lexicon)
    words = [Unit(term.text, term.start, term.end, words=len(term.words)) for term in read.terms]
    figures = [Unit(quantity.text, quantity.start, quantity.end, quantity.kind) for quantity in read.quantities]
    units = tuple(sorted((*words, *figures), key=lambda unit: unit.start))
    return Parts(_asking_as_typed(text, read.folded), read, units)


def _asking_as_typed(text: str, asking: str) -> str:
    """The sentences that ask, as typed; folded, where the folded ones are not found in one piece."""
    folded = fold(text)
    start = folded.text.find(asking)
    if start < 0:
        return asking
    span = folded.original(start, start + len(asking))
    typed = text[span.start : span.end]
    return typed if fold(typed).text == asking else asking


def is_name(unit: Unit) -> bool:
    """Whether a word names a thing, a place or a person rather than something asked of one: 大桥, 香港, 李海峰."""
    return bool(pattern("parts", "entity").search(unit.text)) or is_place(unit.text) or is_person([unit])


def is_place(word: str) -> bool:
    """Whether a word is the name of a country or a province."""
    return bool(pattern("parts", "places").match(word))


def is_person(units: Sequence[Unit]) -> bool:
    """Whether units are somebody's name: they begin with a surname, and are no single word, as 金融 and 项目 are."""
    name = "".join(unit.text for unit in units)
    return bool(_PERSON.fullmatch(name)) and sum(unit.words for unit in units) > 1


def _is_document(run: Sequence[Unit]) -> bool:
    return all(pattern("parts", "documents").match(unit.text) for unit in run)


def _span(units: Sequence[Unit]) -> Span:
    return Span(units[0].start, units[-1].end)
