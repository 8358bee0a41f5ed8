"""Turns what was measured into tables: the words of a question, the parts of a score, the signals of a verdict.

Pure, and knows nothing of Gradio. Every number stands as text; the bars beside them are for the eye alone.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from rag.explanation import Passage
from rag.judgement import Judgement, Part
from rag.matches import Word
from ui.escaping import escape
from ui.messages import Language, say

MINUS = "\u2212"  # as wide as a plus, and no hyphen to break a line at
# Measures that are a yes or a no.
_FLAGS = frozenset({"fits", "formless", "ungrounded", "english"})
_COLUMNS_OF_WORDS = ("why.word", "why.told", "why.said", "why.where")
_COLUMNS_OF_PARTS = ("why.part", "why.value", "why.weight", "why.adds")


def words_html(words: Sequence[Word], language: Language) -> str:
    """The words of the question, and what stands for each in the passage."""
    if not words:
        return ""
    rows = "".join(_word(word, language) for word in words)
    return _table("why.words", _COLUMNS_OF_WORDS, rows, language)


def parts_html(passage: Passage, language: Language) -> str:
    """What makes up the evidence score of a passage's sentence."""
    if passage.evidence is None:
        return ""
    most = _most(passage.parts)
    rows = "".join(_part(one, "part", most, language) for one in passage.parts)
    rows += _sum("why.total", passage.evidence.score, language)
    return _table("why.parts", _COLUMNS_OF_PARTS, rows, language)


def signals_html(judgement: Judgement, language: Language) -> str:
    """What makes up the bearing that a question's answer needs."""
    if not judgement.signals:
        return ""
    bias = Part("bias", 1.0, judgement.bias)
    parts = (*judgement.signals, bias)
    most = _most(parts)
    rows = "".join(_part(one, "signal", most, language) for one in judgement.signals)
    label = escape(say("why.bias", language))
    rows += f'<tr><th scope="row">{label}</th><td></td><td></td>{_adds(bias.contribution, most)}</tr>'
    rows += _sum("why.total", judgement.bearing, language)
    return _table("why.signals", _COLUMNS_OF_PARTS, rows, language)


def sentence_html(passage: Passage, language: Language) -> str:
    """The sentence that speaks best for the question, verbatim, with the words of the question marked."""
    evidence = passage.evidence
    if evidence is None:
        return ""
    start, end = evidence.span.start, evidence.span.end
    marks = [
        (max(span.start, start) - start, min(span.end, end) - start, word.match == "meaning")
        for word in passage.words
        for span in word.spans
        if span.start < end and start < span.end
    ]
    text = _marked(evidence.text, marks)
    label = escape(say("why.sentence", language))
    return f'<blockquote class="wj-why-sentence" lang="zh-CN" aria-label="{label}">{text}</blockquote>'


def _word(word: Word, language: Language) -> str:
    said = f'<span lang="zh-CN">{escape(word.said)}</span>' if word.said else ""
    match = escape(say(f"why.match.{word.match}", language))
    where = escape(say(f"why.where.{word.where}", language))
    name = ' class="wj-why-none"' if word.where == "nowhere" else ""
    return (
        f'<tr{name}><th scope="row">{escape(word.text)}</th><td class="wj-why-figure">{word.told:.0%}</td>'
        f'<td>{said} <span class="wj-why-how">{match}</span></td><td>{where}</td></tr>'
    )


def _part(part: Part, group: str, most: float, language: Language) -> str:
    label = escape(say(f"why.{group}.{part.name}", language))
    if part.name in _FLAGS:
        value = escape(say("why.yes" if part.value >= 0.5 else "why.no", language))
    else:
        value = unsigned(part.value)
    weight = f"× {part.weight:g}".replace("-", MINUS)
    return (
        f'<tr><th scope="row">{label}</th><td class="wj-why-figure">{value}</td>'
        f'<td class="wj-why-figure">{weight}</td>{_adds(part.contribution, most)}</tr>'
    )


def _adds(contribution: float, most: float) -> str:
    """A cell with a signed number, and a bar as long as its share of the largest one."""
    against = " wj-why-against" if contribution < 0 else ""
    width = round(100 * abs(contribution) / most)
    bar = f'<span class="wj-why-bar{against}" style="--share: {width}%" aria-hidden="true"></span>' if width else ""
    return f'<td class="wj-why-figure">{signed(contribution)}{bar}</td>'


def signed(number: float) -> str:
    """A number with its sign; nothing is neither more nor less: ``0.5`` gives ``+0.50``, ``-0.001`` gives ``0.00``."""
    told = unsigned(number)
    return told if told == "0.00" or told.startswith(MINUS) else f"+{told}"


def unsigned(number: float) -> str:
    """A number with its sign only where it is below nothing: ``0.5`` gives ``0.50``."""
    told = f"{number:.2f}"
    return "0.00" if told == "-0.00" else told.replace("-", MINUS)


def _most(parts: Iterable[Part]) -> float:
    return max((abs(part.contribution) for part in parts), default=0.0) or 1.0


def _sum(key: str, total: float, language: Language) -> str:
    label = f'<th scope="row" colspan="3">{escape(say(key, language))}</th>'
    return f'<tr class="wj-why-sum">{label}<td class="wj-why-figure">{signed(total)}</td></tr>'


def _table(caption: str, columns: Sequence[str], rows: str, language: Language) -> str:
    head = "".join(f'<th scope="col">{escape(say(one, language))}</th>' for one in columns)
    told = escape(say(caption, language))
    return (
        f'<table class="wj-why-table"><caption>{told}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _marked(text: str, marks: Sequence[tuple[int, int, bool]]) -> str:
    """The escaped text with ``(start, end, by meaning)`` marked; where marks overlap, what was found by letters wins.

    ``_marked("abcd", [(1, 3, False)]) -> 'a<mark class="wj-why-word">bc</mark>d'``
    """
    cuts = sorted({0, len(text), *(at for start, end, _ in marks for at in (start, end))})
    done = []
    for low, high in pairwise(cuts):
        piece = escape(text[low:high])
        over = [by_meaning for start, end, by_meaning in marks if start <= low and high <= end]
        name = "wj-why-like" if all(over) else "wj-why-word"
        done.append(f'<mark class="{name}">{piece}</mark>' if over else piece)
    return "".join(done)
