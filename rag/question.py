"""What a question asks: the kind of answer, its unit, and the words an answer has to be about.

``"大桥总投资预计多少?"`` asks for a quantity; its terms are 大桥, 总投资 and 预计. The
wording that tells kinds apart, Chinese and English, stands in ``wording.toml``. Knows nothing of documents.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from index.lexicon import Lexicon, Word
from index.paragraph import Span
from index.text import HAN, Folded, fold
from rag.quantities import COUNTERS, Quantity, quantities

AnswerType = Literal[
    "author",
    "quantity",
    "time",
    "person",
    "title",
    "organisation",
    "place",
    "reason",
    "manner",
    "list",
    "yes_no",
    "fact",
]
Language = Literal["zh", "en"]

# A single character between words is a plain verb or a measure word and tells less than its rareness says.
LETTER_SHARE = 0.4
# A word taken over from the chat tells this share of what it would in the question itself.
CARRIED_SHARE = 0.3
_BINDING = frozenset("是为有 叫在到底究竟大概约总共一")
NUMERALS = frozenset("零〇○一二两三四五六七八九十百千万亿半")
_HAN = re.compile(f"[{HAN}]")
_SENTENCE = re.compile(r"(?<=[。!?;\n])")
_PLACE_UNIT = re.compile("哪一?个?([省市区县镇乡村路])")
_COUNTER = re.compile(rf"(?:多少|(?<!第)几)({COUNTERS})")
_PEOPLE = frozenset("人名位口个")
_QUOTED = re.compile(r"[“\"「『‘《]([^”\"」』’》]{2,30})[”\"」』’》]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question, or several that belong together."""

    text: str
    words: tuple[Word, ...]
    share: float = 1.0

    @property
    def start(self) -> int:
        """Where it begins in the folded question."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends in the folded question."""
        return self.words[-1].end

    @property
    def information(self) -> float:
        """How much it tells, in nats."""
        total = sum(word.weight for word in self.words)
        letter = len(self.text) == 1 and bool(_HAN.match(self.text))
        return total * self.share * (LETTER_SHARE if letter else 1.0)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read: ``terms`` are what an answer has to be about, ``unit`` is a hint for quantities."""

    text: str
    folded: str
    type: AnswerType
    language: Language
    terms: tuple[Term, ...]
    quantities: tuple[Quantity, ...] = ()
    quoted: tuple[str, ...] = ()
    unit: str = ""
    counter: str = ""
    orders: bool = False
    """Whether it gives orders and asks nothing."""

    focus: tuple[int, ...] = ()
    """Which of the terms name what is asked for: 注册 and 资本 in 注册资本是多少."""

    asked: tuple[Span, ...] = ()
    """Where the asking words stand in ``folded``."""

    @property
    def wants_points(self) -> bool:
        """Whether several points may be the answer."""
        return self.type in ("list", "manner")


@dataclass(frozen=True, slots=True)
class _Wording:
    kinds: tuple[tuple[AnswerType, re.Pattern[str]], ...]
    units: tuple[tuple[str, re.Pattern[str]], ...]
    orders: re.Pattern[str]
    empty: frozenset[str]


def read_question(text: str, lexicon: Lexicon, *, context: str = "") -> Question:
    """The question, read; what it takes over from the chat before it, ``context``, tells less than its own words."""
    asking, orders = _asking_part(fold(text))
    kind, wording = _answer_type(asking)
    stated = quantities(asking)
    figures = ((figure.start, figure.end) for figure in stated if not _is_worded(figure))
    content = _blanked(asking, (*wording, *figures))
    terms = _terms(word for word in lexicon.words(content) if word.text not in _wording().empty)
    return Question(
        text=text,
        folded=asking,
        type=kind,
        language="zh" if _HAN.search(text) else "en",
        terms=(*terms, *_carried(context, terms, lexicon)),
        quantities=stated,
        quoted=tuple(_QUOTED.findall(asking)),
        unit=_unit_hint(asking, kind),
        counter=_counter(asking) if kind == "quantity" else "",
        orders=orders,
        focus=_focus(asking, terms, wording),
        asked=tuple(Span(start, end) for start, end in wording),
    )


def fits_unit(quantity: Quantity, unit: str, counter: str = "") -> bool:
    """Whether a quantity can answer a question that hints at this unit, and counts with this measure word."""
    counted_in = quantity.unit.partition("/")[0]  # a rate too says how many tonnes
    kinds = {
        "": quantity.kind not in ("ordinal", "date", "time"),
        "money": quantity.kind == "money" or (quantity.kind == "number" and quantity.value >= 1),
        "percent": quantity.kind == "percent",
        "area": counted_in == "m2",
        "mass": counted_in == "kg",
        "length": counted_in == "m",
        "long": counted_in == "m" or quantity.kind == "duration",
        "duration": quantity.kind == "duration",
        "ordinal": quantity.kind == "ordinal",
        "count": quantity.kind in ("count", "number"),
    }
    # 一个 is an article more often than a count
    counted = quantity.kind == "ordinal" or quantity.value != 1 or not quantity.text.startswith("一")
    # the 个 of 几个月 and the 块 of 几块钱 count nothing: their unit has decided already
    countable = unit in ("", "count") and bool(counter)
    several = counted_in == "个" and (counter not in _PEOPLE or quantity.text[0].isdigit())  # 两个 are no people
    same = not countable or counted_in in (counter, "") or several or {counter, counted_in} <= _PEOPLE - {"个"}
    return kinds[unit] and counted and same


def is_asking(word: str) -> bool:
    """Whether a folded word does nothing but ask: 多少, 什么时候."""
    return any(pattern.fullmatch(word) for _, pattern in _wording().kinds)


@cache
def asking_characters() -> frozenset[str]:
    """The Han characters that asking words are made of."""
    return frozenset(_HAN.findall("".join(pattern.pattern for _, pattern in _wording().kinds)))


def asking_words(folded: str) -> tuple[tuple[int, int], ...]:
    """Where the words that ask stand in a folded text."""
    return _answer_type(folded)[1]


def is_empty(word: str) -> bool:
    """Whether a folded word says nothing of what is asked about: 的, 请问."""
    return word in _wording().empty


@cache
def _wording() -> _Wording:
    table: dict[str, Any] = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))
    kinds = tuple((cast(AnswerType, kind), re.compile("|".join(patterns))) for kind, patterns in table["kinds"].items())
    units = tuple((unit, re.compile(pattern)) for unit, pattern in table["units"].items())
    return _Wording(kinds, units, re.compile("|".join(table["orders"])), frozenset(table["empty_words"].split()))


def _asking_part(folded: Folded) -> tuple[str, bool]:
    """The sentences that ask, without the orders and the small talk around them; and whether there are only orders."""
    wording = _wording()
    pieces = [piece for piece in _SENTENCE.split(folded.text) if piece.strip()]
    plain = [piece for piece in pieces if not wording.orders.search(piece)]
    if not plain:
        return folded.text, bool(pieces)
    asking = [piece for piece in plain if any(pattern.search(piece) for _, pattern in wording.kinds)]
    return "".join(asking or plain), not asking and len(plain) < len(pieces)


def _answer_type(folded: str) -> tuple[AnswerType, tuple[tuple[int, int], ...]]:
    """The kind of answer asked for, and where the asking words stand."""
    matches = [(kind, match.span()) for kind, pattern in _wording().kinds for match in pattern.finditer(folded)]
    return (matches[0][0] if matches else "fact"), tuple(span for _, span in matches)


def _blanked(folded: str, wording: tuple[tuple[int, int], ...]) -> str:
    """The text with its asking words and figures blanked out, so that no word takes a part of them."""
    characters = list(folded)
    for start, end in wording:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def _is_worded(figure: Quantity) -> bool:
    """Whether a figure is said in English words, which Chinese text is found by: first phase, three years."""
    return figure.text.isascii() and not any(character.isdigit() for character in figure.text)


def _terms(words: Iterable[Word]) -> tuple[Term, ...]:
    """The terms of a question: ``郭 华 健 表示`` gives 郭华健 and 表示.

    Single characters side by side are one word that the lexicon lacks, a name most often.
    """
    groups: list[list[Word]] = []
    for word in words:
        last = groups[-1][-1] if groups else None
        if last is not None and last.end == word.start and _is_single_han(last) and _is_single_han(word):
            groups[-1].append(word)
        else:
            groups.append([word])
    terms = (Term("".join(word.text for word in group), tuple(group)) for group in groups)
    return tuple(term for term in terms if term.text not in _wording().empty)


def _is_single_han(word: Word) -> bool:
    """Whether a word is one single Han character that is no numeral."""
    return len(word.text) == 1 and bool(_HAN.match(word.text)) and word.text not in NUMERALS


def _carried(context: str, terms: tuple[Term, ...], lexicon: Lexicon) -> Iterator[Term]:
    """The terms of the context that the question does not say itself; all there is, where it says none."""
    said = {term.text for term in terms}
    folded = fold(context).text
    for term in _terms(word for word in lexicon.words(folded) if word.text not in _wording().empty):
        if term.text not in said:
            yield replace(term, share=CARRIED_SHARE if terms else 1.0)


def _focus(folded: str, terms: tuple[Term, ...], wording: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    """The terms next to the asking words, before or after, with nothing but binding words between."""
    found: set[int] = set()
    for start, end in wording:
        edge = start
        for i in reversed(range(len(terms))):
            if terms[i].end <= edge and _binds(folded[terms[i].end : edge]):
                found.add(i)
                edge = terms[i].start
        edge = end
        for i, term in enumerate(terms):
            if term.start >= edge and _binds(folded[edge : term.start]):
                found.add(i)
                edge = term.end
    return tuple(sorted(found))


def _binds(between: str) -> bool:
    """Whether what stands between two words binds them: nothing, or words like 是 and 到底是."""
    return set(between) <= _BINDING


def _counter(folded: str) -> str:
    """The measure word that a count is asked with: 名 in 多少名."""
    asked = _COUNTER.search(folded)
    return asked[1] if asked else ""


def _unit_hint(folded: str, kind: AnswerType) -> str:
    if kind == "place":
        asked = _PLACE_UNIT.search(folded)
        return asked[1] if asked else ""
    if kind not in ("quantity", "fact", "yes_no"):
        return ""
    return next((unit for unit, pattern in _wording().units if pattern.search(folded)), "")
