"""Turns an article into a page to read, the cited paragraphs in the margin. Pure; knows nothing of Gradio or chats.

What is marked for which citation stands in attributes, so that the browser moves from one to the other by itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rag.answer import Citation
from rag.library import Contents, fingerprint
from ui.contents import contents_html, neighbours_html
from ui.escaping import attribute, escape
from ui.marks import Mark, marked
from ui.messages import Language, say
from ui.session import NEAREST

SHOWN = 60_000  # characters of an article shown at once; a longer one goes on behind a button


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
    @property
    def place(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article and what is looked at in it: the citation ``focus`` of those ``cited``, or the paragraph ``at``.

    ``notice`` is the key of a message above the article; ``serial`` is what the browser called its request.
    """

    article: Sequence[Passage]
    cited: Mapping[str, Citation] = field(default_factory=dict)
    focus: str = ""
    at: str = ""
    contents: Contents | None = None
    notice: str = ""
    serial: str = ""

    @property
    def anchor(self) -> Passage:
        """The paragraph that is looked at: the first where none is."""
        wanted = self.cited[self.focus].paragraph.id if self.focus in self.cited else self.at
        return next((one for one in self.article if one.id == wanted), self.article[0])


def holds(article: Iterable[Passage], citation: Citation) -> bool:
    """Whether the article still has the cited paragraph with the quote where the citation says it is."""
    return any(
        passage.id == citation.paragraph.id and passage.text[citation.start : citation.end] == citation.quote
        for passage in article
    )


def cited_sheet(article: Sequence[Passage], focus: str, cited: Mapping[str, Citation]) -> Sheet:
    """The article of a citation; where it no longer holds it, the paragraph alone as it was cited."""
    citation = cited[focus]
    if holds(article, citation):
        return Sheet(article, {key: one for key, one in cited.items() if holds(article, one)}, focus)
    return Sheet((citation.paragraph,), {focus: citation}, focus, notice="source.gone")


def sheet_html(sheet: Sheet, language: Language = "zh") -> str:
    """The article with everything around it."""
    shown = window(sheet.article, sheet.anchor)
    anchor = sheet.anchor
    body = _more(sheet.article, shown, language, before=True)
    body += (
        _masthead(shown[0], sheet.contents.label if sheet.contents else "")
        + "".join(_body(shown, sheet, language))
        + _more(sheet.article, shown, language)
    )
    gone = (
        f'<p class="wj-notice wj-gone" role="status">{escape(say(sheet.notice, language))}</p>' if sheet.notice else ""
    )
    focus = f' data-shown="{escape(sheet.focus)}"' if sheet.focus else ""
    return (
        f'<div class="wj-source" data-serial="{escape(sheet.serial)}" data-at="{escape(anchor.id)}"'
        f' data-document="{attribute(anchor.document)}"{focus}>{_head(sheet, language)}{gone}'
        f'<article class="wj-article" lang="zh-CN">{body}</article>'
        f"{neighbours_html(sheet.contents, anchor.document, language)}</div>"
    )


def window(article: Sequence[Passage], anchor: Passage) -> Sequence[Passage]:
    """The paragraphs around one, as many as can be shown at once."""
    low = high = next(number for number, passage in enumerate(article) if passage is anchor)
    size = 0
    while size < SHOWN and (low > 0 or high < len(article)):
        if high < len(article):
            size += len(article[high].text)
            high += 1
        if low > 0 and size < SHOWN:
            low -= 1
            size += len(article[low].text)
    return article[low:high]


def _head(sheet: Sheet, language: Language) -> str:
    def tool(name: str, key: str, value: str = "", more: str = "") -> str:
        return f'<button type="button" data-{name}="{attribute(value)}"{more}>{escape(say(key, language))}</button>'

    kind, place = _kind(sheet.focus, sheet.cited, language), sheet.anchor.place
    copied = f' data-copied="{escape(say("source.copied", language))}"'
    tools = (
        contents_html(sheet.contents, _sections(sheet.article), sheet.anchor.id, language),
        tool("find", "source.find", more=' aria-expanded="false"'),
        tool("raw", "source.raw", sheet.anchor.id),
        tool("link", "source.link", more=copied),
    )
    return (
        '<header class="wj-source-head">'
        f'<div class="wj-source-title"><p class="wj-kind">{escape(kind)}</p>'
        f'<p class="wj-source-where" lang="zh-CN">{escape(place)}</p></div>'
        f"{tool('back', 'source.back', more=' class=wj-back')}"
        f'<div class="wj-source-tools" role="group" aria-label="{escape(say("source.tools", language))}">'
        f"{''.join(tools)}</div>{_find(language)}</header>"
    )


def _kind(key: str, cited: Mapping[str, Citation], language: Language) -> str:
    if key not in cited:
        return say("source.reading", language)
    if key.endswith(f"-{NEAREST}"):
        return say("source.nearest", language)
    return say("source.cited", language, number=cited[key].number)


def _find(language: Language) -> str:
    """The search bar, hidden until it is asked for."""
    word, whole = escape(say("source.find_word", language)), escape(say("source.find_whole", language))
    buttons = "".join(
        f'<button type="button" data-step="{step}" aria-label="{escape(say(key, language))}">{sign}</button>'
        for step, sign, key in ((-1, "↑", "source.previous"), (1, "↓", "source.next"), (0, "×", "source.find_close"))
    )
    told = f'data-none="{escape(say("source.find_none", language))}"'
    return (
        f'<div class="wj-find" role="search" hidden><input type="text" aria-label="{word}" placeholder="{word}" '
        f'enterkeyhint="search" autocomplete="off" maxlength="100"><output {told} aria-live="polite"></output>{buttons}'
        f'<label><input type="checkbox"> {whole}</label></div>'
    )


def _sections(article: Sequence[Passage]) -> Iterator[tuple[int, str, str]]:
    """Level, heading and first paragraph of every section of an article."""
    above: tuple[str, ...] = ()
    for passage in article:
        for level, heading in enumerate(passage.headings):
            if above[: level + 1] != passage.headings[: level + 1]:
                yield level, heading, passage.id
        above = passage.headings


def _more(article: Sequence[Passage], shown: Sequence[Passage], language: Language, *, before: bool = False) -> str:
    """A button to what a long article has beyond what is shown."""
    edge, last = (shown[0], article[0]) if before else (shown[-1], article[-1])
    if edge is last:
        return ""
    key = "source.earlier" if before else "source.later"
    button = f'<button type="button" data-open="{escape(edge.id)}">{escape(say(key, language))}</button>'
    return f'<p class="wj-more">{button}</p>'


def _masthead(first: Passage, label: str) -> str:
    """What stands above the article; the headline can be found by searching."""
    above = [("wj-label", label), ("wj-kicker", first.kicker)]
    lines = [f'<p class="{name}">{escape(text)}</p>' for name, text in above if text]
    if first.article:
        of = f'data-of="{escape(first.id)}" data-part="headline"'
        lines.append(f'<h2 class="wj-headline" {of}>{escape(first.article)}</h2>')
    return "".join(lines) + (f'<p class="wj-note">{escape(first.note)}</p>' if first.note else "")


def _body(article: Sequence[Passage], sheet: Sheet, language: Language) -> Iterator[str]:
    """Headings where they change, then the paragraph; a byline that is no paragraph of its own comes first."""
    first = article[0]
    if first.byline and all(passage.role != "byline" for passage in article):
        yield f'<p class="wj-byline">{escape(first.byline)}</p>'
    above: tuple[str, ...] = ()
    for passage in article:
        for level, heading in enumerate(passage.headings):
            if above[: level + 1] != passage.headings[: level + 1] and not passage.text.startswith(heading):
                rank = min(level + 3, 6)
                of = f'data-of="{escape(passage.id)}" data-part="heading{level}"'
                yield f'<h{rank} class="wj-heading" {of}>{escape(heading)}</h{rank}>'
        above = passage.headings
        yield _paragraph(passage, sheet, language)


def _paragraph(passage: Passage, sheet: Sheet, language: Language) -> str:
    cited = {key: one for key, one in sheet.cited.items() if one.paragraph.id == passage.id}
    marks = [Mark(one.start, one.end, key) for key, one in cited.items()]
    lead = next((len(heading) for heading in reversed(passage.headings) if passage.text.startswith(heading)), 0)
    name = "wj-byline" if passage.role == "byline" else "wj-paragraph"
    looked_at = sheet.focus in cited if sheet.cited else bool(sheet.at) and passage is sheet.anchor
    state = ' aria-current="true"' if looked_at else ""
    margin = "".join(_chip(key, one, sheet, language) for key, one in cited.items())
    return (
        f'<div class="{name}" data-p="{escape(passage.id)}" data-t="{fingerprint(passage.text)}"{state}>'
        f'<div class="wj-margin">{_number(passage, language)}{margin}</div>'
        f'<p tabindex="-1">{marked(passage.text, marks, focus=sheet.focus, lead=lead)}</p></div>'
    )


def _number(passage: Passage, language: Language) -> str:
    """The paragraph's number, which copies a link to it; a mouse's short cut, so no stop on the way of the keyboard."""
    if passage.role == "byline":
        return ""
    label = escape(say("source.link_to", language, place=say("cite.position", language, position=passage.position)))
    copied = escape(say("source.copied", language))
    return (
        f'<button type="button" class="wj-number" tabindex="-1" data-link="{escape(passage.id)}" title="{label}" '
        f'aria-label="{label}" data-copied="{copied}">{passage.position}</button>'
    )


def _chip(key: str, citation: Citation, sheet: Sheet, language: Language) -> str:
    kind = _kind(key, sheet.cited, language)
    sign = "≈" if key.endswith(f"-{NEAREST}") else str(citation.number)
    place, pressed = escape(citation.paragraph.place), "true" if key == sheet.focus else "false"
    return (
        f'<button type="button" class="wj-cited" data-cite="{escape(key)}" data-kind="{escape(kind)}" '
        f'data-place="{place}" aria-label="{escape(kind)}" aria-pressed="{pressed}">{sign}</button>'
    )
