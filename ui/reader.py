"""Turns the article around a citation into HTML, the quoted words marked. Pure; knows nothing of Gradio or of the chat.

Nothing is searched for: a quote is marked at the characters its citation carries, so repeated words cannot mislead it.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Protocol

from rag.answer import Citation
from ui.messages import Language, say
from ui.turn import where


class Passage(Protocol):
    """What the reader shows of a paragraph; the paragraphs inside citations are such."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def article(self) -> str: ...
    @property
    def headings(self) -> tuple[str, ...]: ...
    @property
    def position(self) -> int: ...
    @property
    def kicker(self) -> str: ...
    @property
    def byline(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def note(self) -> str: ...


def empty_html(*, language: Language) -> str:
    """The panel before anything was clicked."""
    return f'<div class="wj-source-empty"><p>{escape(say("source.empty", language))}</p></div>'


def holds(article: Iterable[Passage], citation: Citation) -> bool:
    """Whether the article still has the cited paragraph with the quote where the citation says it is."""
    return any(
        passage.id == citation.paragraph.id and passage.text[citation.start : citation.end] == citation.quote
        for passage in article
    )


def source_html(
    article: Sequence[Passage],
    focus: Citation,
    *,
    language: Language,
    others: Sequence[Citation] = (),
    key: str = "",
    nearest: bool = False,
) -> str:
    """The article, marked at ``focus``; the answer's ``others`` are marked more lightly.

    :param article: the paragraphs in reading order; where they no longer hold the citation, the cited one alone shows.
    :param key: what the click sent, so that the page finds the way back to the button.
    """
    whole = holds(article, focus)
    shown: Sequence[Passage] = article if whole else (focus.paragraph,)
    gone = "" if whole else f'<p class="wj-notice wj-gone" role="status">{escape(say("source.gone", language))}</p>'
    kind = escape(say("source.nearest" if nearest else "source.cited", language, number=focus.number))
    label = escape(say("source.back", language))
    back = f'<button type="button" class="wj-back" data-back="{escape(key)}">{label}</button>'
    head = f'<p class="wj-kind">{kind}</p><p class="wj-source-where">{escape(where(focus, language))}</p>{back}'
    body = _masthead(shown[0]) + "".join(_body(shown, focus, others, language=language))
    document = escape(say("source.document", language, document=focus.paragraph.document))
    return (
        f'<div class="wj-source" data-shown="{escape(key)}"><header class="wj-source-head">{head}</header>{gone}'
        f'<article class="wj-article" lang="zh-CN">{body}</article>'
        f'<footer class="wj-source-foot">{document}</footer></div>'
    )


def _masthead(first: Passage) -> str:
    parts = [("p", "wj-kicker", first.kicker), ("h2", "wj-headline", first.article), ("p", "wj-note", first.note)]
    return "".join(f'<{tag} class="{name}">{escape(text)}</{tag}>' for tag, name, text in parts if text)


def _body(
    article: Sequence[Passage], focus: Citation, others: Sequence[Citation], *, language: Language
) -> Iterator[str]:
    """Headings where they change, then the paragraph; a byline that is no paragraph of its own comes first."""
    first = article[0]
    if first.byline and all(passage.role != "byline" for passage in article):
        yield f'<p class="wj-byline">{escape(first.byline)}</p>'
    above: tuple[str, ...] = ()
    for passage in article:
        for level, heading in enumerate(passage.headings):
            if above[: level + 1] != passage.headings[: level + 1] and not passage.text.startswith(heading):
                rank = min(level + 3, 6)
                yield f'<h{rank} class="wj-heading">{escape(heading)}</h{rank}>'
        above = passage.headings
        yield _paragraph(passage, focus, others, language=language)


def _paragraph(passage: Passage, focus: Citation, others: Sequence[Citation], *, language: Language) -> str:
    cited = passage.id == focus.paragraph.id
    marks = [(focus.start, focus.end, "focus")] if cited else []
    marks += [(one.start, one.end, "other") for one in others if one.paragraph.id == passage.id and one is not focus]
    lead = next((len(heading) for heading in reversed(passage.headings) if passage.text.startswith(heading)), 0)
    name = "wj-byline" if passage.role == "byline" else "wj-paragraph"
    label = "" if passage.role == "byline" else escape(say("cite.position", language, position=passage.position))
    number = f'<span class="wj-number" aria-label="{label}">{passage.position}</span>' if label else ""
    state = ' aria-current="true"' if cited else ""
    return f'<p class="{name}"{state}>{number}{marked(passage.text, marks, lead=lead)}</p>'


def marked(text: str, marks: Sequence[tuple[int, int, str]], *, lead: int = 0) -> str:
    """The escaped text with ``(start, end, name)`` marked and its first ``lead`` characters set as a run-in heading.

    Marks may touch, overlap each other or the lead: the text is cut at every boundary, and the first mark wins.
    ``marked("abcd", [(1, 3, "focus")]) -> 'a<mark class="wj-focus" tabindex="-1">bc</mark>d'``
    """
    cuts = sorted({0, len(text), lead, *(min(max(at, 0), len(text)) for start, end, _ in marks for at in (start, end))})
    done = []
    for low, high in pairwise(cuts):
        piece = escape(text[low:high])
        if high <= lead:
            piece = f"<b>{piece}</b>"
        name = next((name for start, end, name in marks if start <= low and high <= end), "")
        stop = ' tabindex="-1"' if name == "focus" else ""
        done.append(f'<mark class="wj-{name}"{stop}>{piece}</mark>' if name else piece)
    return "".join(done)
