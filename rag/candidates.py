"""The spans of a paragraph that can be quoted: its sentences, and speech together with who said it.

Knows nothing of questions.
"""

import re

from index.paragraph import Span
from index.text import fold, sentences

LONGEST_SENTENCE = 240  # characters; a longer one is taken apart at its semicolons
LONGEST_SPEECH = 320  # characters of speech and speaker together

_SEMICOLON = re.compile("[;；]")
_POINTS_BACK = re.compile(r"[“「『]?(?:该|此|其|这|上述|前述|以上|对此|为此|它|(?:it|this|these|they)\b)")
_OPENING, _CLOSING = "“「『", "”」』"
# Over folded text:
_SAID_AFTER = re.compile(r"[^。!?“”「」『』,]{2,60}?(?:表示|说|介绍|指出|认为|称|告诉记者|强调|透露|坦言)[。.]?")
_SAID_BEFORE = re.compile(r"(?:表示|说|介绍|指出|认为|称|告诉记者|强调|透露|坦言|要求)[,:]")


def quotable(text: str) -> tuple[Span, ...]:
    """The sentences of a paragraph: ``甲说,乙。丙。`` gives 甲说,乙。 and 丙。"""
    spans: list[Span] = []
    for sentence in sentences(text):
        start = sentence.start
        if len(sentence) > LONGEST_SENTENCE:
            for cut in _SEMICOLON.finditer(text, sentence.start, sentence.end - 1):
                spans.append(Span(start, cut.end()))
                start = cut.end()
        spans.append(Span(start, sentence.end))
    return tuple(spans)


def windows(text: str) -> tuple[Span, ...]:
    """A sentence that points back, joined to the one or two before it: ``修桥。该工程五月完成。`` is one window."""
    spans = quotable(text)
    joined = (
        Span(spans[i - back].start, span.end)
        for i, span in enumerate(spans)
        if _POINTS_BACK.match(fold(text[span.start : span.end]).text)
        for back in (1, 2)
        if back <= i
    )
    return tuple(span for span in joined if len(span) <= LONGEST_SENTENCE)


def spoken(text: str) -> tuple[Span, ...]:
    """Speech over several sentences, joined to its speaker: ``“甲。乙。”丙说。`` gives 乙。”丙说。 and all of it."""
    spans = quotable(text)
    joined: list[Span] = []
    for i, span in enumerate(spans):
        sentence = fold(text[span.start : span.end])
        speaker = _SAID_AFTER.match(sentence.text)
        if speaker and i and text[spans[i - 1].end - 1] in _CLOSING:
            end = span.start + sentence.original(0, speaker.end()).end
            joined += [Span(before.start, end) for before in _within_quotation(text, spans[:i])]
        elif _SAID_BEFORE.search(sentence.text):
            joined += [Span(span.start, after.end) for after in spans[i + 1 :]]
    return tuple(span for span in joined if len(span) <= LONGEST_SPEECH)


def _within_quotation(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The last spans back to the one that opens the quotation, nearest first."""
    found: list[Span] = []
    for span in reversed(spans):
        found.append(span)
        if text[span.start] in _OPENING:
            break
    return tuple(found)
