"""Turns what there is to read into lists: the documents, the articles of one, the sections of an article. Pure.

Knows nothing of what is cited or marked.
"""

from collections.abc import Iterable

from rag.library import ArticleEntry, Contents, Documents
from ui.escaping import attribute, escape
from ui.messages import Language, say

MOST_SECTIONS = 200


def empty_html(language: Language = "zh") -> str:
    """The panel before anything was clicked."""
    return (
        f'<div class="wj-source-empty"><p>{escape(say("source.empty", language))}</p>'
        f'<p><button type="button" data-browse="">{escape(say("source.browse", language))}</button></p></div>'
    )


def documents_html(documents: Documents, language: Language = "zh", *, serial: str = "") -> str:
    """All documents, with a field that narrows them down."""
    listed = "".join(f"<li>{_button('document', path, path)}</li>" for path in documents.paths)
    left = documents.total - len(documents.paths)
    more = f'<p class="wj-note">{escape(say("source.more", language, count=left))}</p>' if left else ""
    label = escape(say("source.filter", language))
    head = f'<h2 class="wj-headline">{escape(say("source.browse", language))}</h2>'
    filter_ = f'<input type="text" class="wj-filter" aria-label="{label}" placeholder="{label}" maxlength="100">'
    nothing = "" if listed else f'<p class="wj-note">{escape(say("source.find_none", language))}</p>'
    return (
        f'<div class="wj-source wj-browse" data-serial="{escape(serial)}">{head}{filter_}'
        f'<ul class="wj-documents" lang="zh-CN">{listed}</ul>{nothing}{more}</div>'
    )


def contents_html(
    contents: Contents | None, sections: Iterable[tuple[int, str, str]], at: str, language: Language
) -> str:
    """The articles of the document and, below the one that is shown, its sections; folded."""
    if contents is None:
        return ""
    items = "".join(
        f"<li>{_button('open', one.id, one.title or one.document, current=one == contents.current)}"
        f"{_sections(sections, at) if one == contents.current else ''}</li>"
        for one in contents.articles
    )
    left = contents.total - len(contents.articles)
    more = f'<p class="wj-note">{escape(say("source.more", language, count=left))}</p>' if left else ""
    return (
        f'<details class="wj-contents"><summary>{escape(say("source.contents", language))}</summary>'
        f'<nav aria-label="{escape(say("source.contents", language))}">'
        f'<p class="wj-note">{escape(contents.document)}</p>'
        f'<ol lang="zh-CN">{items}</ol>{more}'
        f"<p>{_button('browse', '', say('source.browse', language))}</p></nav></details>"
    )


def neighbours_html(contents: Contents | None, document: str, language: Language) -> str:
    """The way to the articles before and behind, and the name of the document."""
    before = _neighbour(contents.before if contents else None, "source.before", language)
    behind = _neighbour(contents.behind if contents else None, "source.behind", language)
    told = escape(say("source.document", language, document=document))
    return f'<footer class="wj-source-foot"><div class="wj-neighbours">{before}{behind}</div>{told}</footer>'


def _sections(sections: Iterable[tuple[int, str, str]], at: str) -> str:
    items = [
        f'<li class="wj-level-{min(level, 3)}">{_button("open", id, heading, current=id == at)}</li>'
        for level, heading, id in sections
    ]
    return f"<ol>{''.join(items[:MOST_SECTIONS])}</ol>" if items else ""


def _neighbour(entry: ArticleEntry | None, message: str, language: Language) -> str:
    if entry is None:
        return "<span></span>"
    return _button("open", entry.id, say(message, language, title=entry.title or entry.document))


def _button(name: str, value: str, text: str, *, current: bool = False) -> str:
    state = ' aria-current="true"' if current else ""
    return f'<button type="button" data-{name}="{attribute(value)}"{state}>{escape(text)}</button>'
