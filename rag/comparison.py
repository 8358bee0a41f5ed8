"""What a question compares: its two sides, as it names them, and the question that each is asked about by itself.

青石大桥和红石隧道的投资哪个多? compares 青石大桥 with 红石隧道; each is asked 投资多少. Knows nothing of answers.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from index.paragraph import Span
from index.text import HAN, fold
from rag.answer import Asked

ComparisonKind = Literal["more", "difference", "each", "contrast"]

# Characters up to which a side is a name; a longer one is a sentence with an 和 in it.
LONGEST_SIDE = 30
_HAN = re.compile(f"[{HAN}]")
_ARTICLE = re.compile(r"^(?:the|a|an) ")


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its name as the question has it, and what is asked about it alone."""

    name: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides. ``word`` says which way they are compared (长, longer); it may be empty."""

    kind: ComparisonKind
    sides: tuple[Side, Side]
    word: str = ""

    @property
    def upwards(self) -> bool:
        """Whether the side with the larger figure is the one asked for."""
        return self.word not in _words("less")


@dataclass(frozen=True, slots=True)
class _Match:
    """A question that a pattern fits, in its own folded text; ``name`` gives a part of it as typed."""

    kind: ComparisonKind
    text: str
    groups: dict[str, str]


def compared(asked: Asked) -> Comparison | None:
    """What a question compares; nothing, where it compares nothing."""
    folded = fold(asked.question).text
    match = _match(folded)
    if match is None:
        return None
    groups = match.groups
    names = _sides(groups["a"], groups["b"], groups["attribute"])
    if names is None:
        return None
    first, second, attribute = names
    if first == second or not all(0 < len(name) <= LONGEST_SIDE for name in (first, second)):
        return None

    def side(name: str, other: str) -> Side:
        # what sets two things apart is said of both, near each other
        context = f"{asked.context} {other}".strip() if match.kind == "contrast" else asked.context
        return Side(_typed(asked.question, name), Asked(_question(match, name, attribute), context))

    return Comparison(match.kind, (side(first, second), side(second, first)), groups["word"])


def _match(folded: str) -> _Match | None:
    wording = _wording()
    text = re.sub(wording["closing"], "", re.sub(wording["opening"], "", folded.strip()))
    for kind, patterns in _patterns():
        for pattern in patterns:
            found = pattern.search(text)
            if found is not None:
                given = {name.rstrip("2"): value for name, value in found.groupdict().items() if value}
                groups = {name: given.get(name, "").strip() for name in ("a", "b", "attribute", "word", "tail")}
                return _Match(kind, text, groups)
    return None


def _sides(first: str, second: str, attribute: str) -> tuple[str, str, str] | None:
    """The names of both sides and by what they are compared: 一期 and 二期投资 give 一期, 二期 and 投资."""
    second = re.sub(_wording()["joined"], "", second)
    measures = re.compile(_wording()["names"]["measures"])
    period = re.compile(_wording()["names"]["period"])
    ends, begins = re.search(f"{period.pattern}(?P<rest>的?.*)$", first), period.match(second)
    if ends is not None and begins is not None and _same_period(ends[0], begins[0]):
        head = first[: ends.start()]
        theirs = second[begins.end() :] or ends["rest"]
        label = ends[0][: len(ends[0]) - len(ends["rest"])]
        return f"{head}{label}", f"{head}{begins[0]}", f"{theirs.removeprefix('的')}{attribute}"
    by = measures.search(second) or (measures.search(first) if "的" not in second else None)
    measured = by[0].strip("的") if by else ""
    names = [_ARTICLE.sub("", measures.sub("", name) if by else name).strip("的, ") for name in (first, second)]
    owner, of, thing = names[1].rpartition("的")  # 乙的桥面 of 甲和乙的桥面
    if by is None and of and not measures.search(first) and "的" not in names[0]:
        names[1], measured = owner, thing
    return (names[0], names[1], f"{measured}{attribute}") if all(names) else None


def _same_period(one: str, other: str) -> bool:
    """Whether two periods are of a sort: 一期 and 二期, 去年 and 2026年."""
    sort = "期季月批轮次段号年"
    return next((c for c in reversed(one) if c in sort), "") == next((c for c in reversed(other) if c in sort), "-")


def _question(match: _Match, name: str, attribute: str) -> str:
    """What is asked about one side alone."""
    word, tail = match.groups["word"], match.groups["tail"]
    chinese = bool(_HAN.search(match.text))
    said: dict[str, str] = _wording()["side" if chinese else "side_english"]
    positive = dict(pair.split("-") for pair in _words("positive")).get(word, word)
    if match.kind == "contrast":
        key = "contrast"
    elif word in _words("times") and chinese:
        key = "when"
    elif word in _words("prices") or word.endswith("expensive") or (word in ("more", "less") and not attribute):
        key = "money"
    elif not chinese and word in ("more", "fewer"):
        key = "counted"
    elif attribute or word in ("", "多", "少"):
        key = "measured"
    else:
        key = "sized"
    joined = f"的{attribute}" if key == "contrast" and chinese and attribute else attribute
    asking = tail if tail and match.kind == "each" else said.get("much", "")
    return said[key].format(side=name, attribute=joined, word=positive, tail=asking)


def _typed(question: str, name: str) -> str:
    """A name as it was typed, where it stands in the question in one piece."""
    folded = fold(question)
    start = folded.text.find(name)
    if start < 0:
        return name
    span: Span = folded.original(start, start + len(name))
    return question[span.start : span.end]


@cache
def _wording() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("comparison.toml").read_text(encoding="utf-8"))


@cache
def _patterns() -> tuple[tuple[ComparisonKind, tuple[re.Pattern[str], ...]], ...]:
    wording = _wording()

    def filled(pattern: str) -> re.Pattern[str]:
        for part in ("and", "than", "word", "asking"):
            pattern = pattern.replace(f"{{{part}}}", wording[part])
        return re.compile(pattern)

    return tuple(
        (cast(ComparisonKind, kind), tuple(map(filled, patterns))) for kind, patterns in wording["kinds"].items()
    )


@cache
def _words(entry: str) -> frozenset[str]:
    return frozenset(_wording()["words"][entry].split())
