"""What happens when somebody reads: follows a citation or a link, opens the raw page, looks for words, browses.

Knows nothing of Gradio. Whatever goes wrong is shown in the place of the page.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import groupby

from rag.answer import Citation
from rag.chatbot import Chatbot
from rag.errors import QueryError, WenjuError
from rag.library import PAGE, Found, Library
from ui import contents, raw, reader, render
from ui.escaping import attribute, escape
from ui.handlers import told
from ui.messages import Language, say
from ui.reader import Passage, Sheet
from ui.session import Session, Turn

MOST_SHELVED = 400_000  # characters of HTML sent along with an answer; what is beyond is fetched when it is asked for
LONGEST_WORDS = 100  # characters looked for


class Reading:
    """The callbacks of the reader, over one chatbot shared by all sessions."""

    def __init__(self, chatbot: Chatbot) -> None:
        self.chatbot = chatbot

    def cite(self, key: str, session: Session, *, language: Language = "zh", serial: str = "") -> str:
        """The article behind a clicked citation."""
        found = session.find(key)
        if found is None:
            return _failed(say("source.expired", language), serial)
        return _shown(lambda: self._cited(key, cited(found[0]), language, serial), serial)

    def open(self, paragraph_id: str, printed: str = "", *, language: Language = "zh", serial: str = "") -> str:
        """The article of a paragraph that a link or a list names.

        :param printed: the fingerprint of what the paragraph said when the link was made.
        """

        def show() -> str:
            library = self.chatbot.library()
            opened = library.open(paragraph_id, printed)
            notice = "source.changed" if opened.changed else "" if opened.exact else "source.moved"
            at = opened.paragraph
            sheet = Sheet(library.article(at.id), at=at.id, contents=library.contents(at), notice=notice, serial=serial)
            return reader.sheet_html(sheet, language)

        return _shown(show, serial)

    def document(self, path: str, *, language: Language = "zh", serial: str = "") -> str:
        """A document from its beginning."""

        def show() -> str:
            library = self.chatbot.library()
            first = library.first(path)
            sheet = Sheet(library.article(first.id), contents=library.contents(first), serial=serial)
            return reader.sheet_html(sheet, language)

        return _shown(show, serial)

    def again(
        self, shown: str, at: str, session: Session, *, raw: bool, browsing: bool, language: Language = "zh"
    ) -> str:
        """What the panel shows, told in another language.

        :param shown: the citation whose source is open, if any.
        :param at: the paragraph that the panel is open at, if any.
        :param raw: whether it shows the page as it was received.
        :param browsing: whether it lists the documents.
        """
        if browsing:
            return self.browse("", language=language)
        if raw:
            return self.raw(at, shown, session, language=language)
        if shown:
            return self.cite(shown, session, language=language)
        return self.open(at, language=language) if at else contents.empty_html(language)

    def raw(self, paragraph_id: str, key: str, session: Session, *, language: Language = "zh", serial: str = "") -> str:
        """The page as it was received, around a citation or a paragraph."""

        def show() -> str:
            library, found = self.chatbot.library(), session.find(key)
            if found is not None:
                return raw.raw_html(_raw_cited(library, key, found[1], serial), language)
            at = library.open(paragraph_id).paragraph
            page = library.page(at.document, at.spans[0].start if at.spans else 0)
            return raw.raw_html(raw.Leaf(page, at=at.id, place=at.place, serial=serial), language)

        return _shown(show, serial)

    def page(self, path: str, at: int, *, onward: bool, language: Language = "zh", serial: str = "") -> str:
        """The part of a document as it was received that begins, or with ``onward`` false ends, at a character."""

        def show() -> str:
            library = self.chatbot.library()
            page = library.page(path, at + PAGE // 3 if onward else at - 2 * PAGE // 3)
            first = page.places[0].paragraph if page.places else library.first(path)
            return raw.raw_html(raw.Leaf(page, at=first.id, serial=serial), language)

        return _shown(show, serial)

    def browse(self, words: str, *, language: Language = "zh", serial: str = "") -> str:
        """The documents whose path has the words."""
        return _shown(
            lambda: contents.documents_html(self.chatbot.library().documents(words), language, serial=serial), serial
        )

    def find(self, document: str, words: str, *, serial: str = "") -> str:
        """Where words stand in a document, as data for the browser; its characters are counted as it counts them."""
        try:
            found = self.chatbot.library().find(document, words[:LONGEST_WORDS])
        except WenjuError:
            found = Found(())
        matches = [
            [id, part, [[_units(one.whole[: one.start]), _units(one.whole[: one.end])] for one in group]]
            for (id, part), group in groupby(found.matches, key=lambda match: (match.paragraph.id, match.part))
        ]
        told_of = json.dumps({"serial": serial, "matches": matches, "more": found.more}, ensure_ascii=False)
        return f'<div data-found="{escape(told_of)}"></div>'

    def shelf(self, session: Session, number: int | None = None, *, language: Language = "zh") -> str:
        """What a click on a citation of a turn, by default the latest, will show: each article once, out of sight."""
        turn = next((one for one in reversed(session.turns) if number in (None, one.number)), None)
        if turn is None or turn.answer is None:
            return ""
        citations, sheets = cited(turn), list[str]()
        left = dict.fromkeys(citations)
        while left and sum(map(len, sheets)) < MOST_SHELVED:
            first = next(iter(left))
            sheet = _shown(partial(self._cited, first, citations, language, ""), "")
            keys = [key for key in left if key == first or f'data-cite="{escape(key)}"' in sheet]
            left = {key: None for key in left if key not in keys}
            # In an attribute: what is in there is no part of the page, and is replaced whole by what comes next.
            sheets.append(f'<div data-keys="{escape(" ".join(keys))}" data-sheet="{attribute(sheet)}"></div>')
        return "".join(sheets)

    def _cited(self, key: str, citations: Mapping[str, Citation], language: Language, serial: str) -> str:
        library, cited_one = self.chatbot.library(), citations[key].paragraph
        article: tuple[Passage, ...] = ()
        with suppress(QueryError):  # a rebuild has removed the paragraph: the reader shows it as it was cited
            article = library.article(cited_one.id)
        sheet = reader.cited_sheet(article, key, citations)
        listed = None if sheet.notice else library.contents(cited_one)
        return reader.sheet_html(replace(sheet, contents=listed, serial=serial), language)


def cited(turn: Turn) -> dict[str, Citation]:
    """What a turn cites, by the keys that clicks send: its citations, or the nearest passage of its refusal."""
    if turn.answer is None:
        return {}
    refusal = turn.answer.refusal
    nearest = (refusal.nearest,) if refusal and refusal.nearest else ()
    return {turn.key(one): one for one in (*turn.answer.citations, *nearest)}


def _raw_cited(library: Library, key: str, citation: Citation, serial: str) -> raw.Leaf:
    """The raw page around a citation; its words are marked where they still stand there."""
    spans = citation.source_spans
    page = library.page(citation.paragraph.document, spans[0].start if spans else 0)
    stale = not spans or page.at(spans) != citation.quote
    place, at = citation.paragraph.place, citation.paragraph.id
    return raw.Leaf(page, () if stale else spans, key, at=at, place=place, stale=stale, serial=serial)


def _shown(show: Callable[[], str], serial: str) -> str:
    try:
        return show()
    except Exception as error:  # noqa: BLE001 - the person must be told, whatever it is
        return _failed(told(error), serial)


def _failed(message: str, serial: str) -> str:
    return f'<div class="wj-source" data-serial="{escape(serial)}">{render.notice_html(message)}</div>'


def _units(text: str) -> int:
    """How many characters a browser counts: those beyond the basic plane are two."""
    return len(text.encode("utf-16-le")) // 2
