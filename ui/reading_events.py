"""Ties what the source panel's script asks for to the handlers of reading. Knows nothing of layout or of answers.

Each request carries a serial number, which comes back with the page: so late answers are told from the newest.
"""

from typing import Any

import gradio as gr

from ui.events import PRIVATE, text_of
from ui.language import FIRST, known
from ui.messages import Language
from ui.reading import Reading
from ui.session import Session

LONGEST = 2000  # characters of anything that is asked for
_EVENT = {**PRIVATE, "trigger_mode": "always_last"}


def wire_reading(reading: Reading, session: gr.State, *, source: gr.HTML, shelf: gr.HTML, found: gr.HTML) -> None:
    """Citations, links, the raw page, browsing and searching: private events, none changes anything."""

    def on_cite(session: Session, event: gr.EventData) -> str:
        return reading.cite(_text(event, "key"), session, **_asked(event))

    def on_open(event: gr.EventData) -> str:
        return reading.open(_text(event, "p"), _text(event, "t"), **_asked(event))

    def on_document(event: gr.EventData) -> str:
        return reading.document(_text(event, "d"), **_asked(event))

    def on_raw(session: Session, event: gr.EventData) -> str:
        return reading.raw(_text(event, "p"), _text(event, "key"), session, **_asked(event))

    def on_part(event: gr.EventData) -> str:
        at, onward = getattr(event, "at", 0), bool(getattr(event, "onward", False))
        return reading.page(_text(event, "d"), at if isinstance(at, int) else 0, onward=onward, **_asked(event))

    def on_browse(event: gr.EventData) -> str:
        return reading.browse(_text(event, "words"), **_asked(event))

    def on_find(event: gr.EventData) -> str:
        return reading.find(_text(event, "d"), _text(event, "words"), serial=_text(event, "serial"))

    def on_shelve(session: Session, event: gr.EventData) -> str:
        turn = _text(event, "turn")
        return reading.shelf(session, int(turn) if turn.isdecimal() else None, language=_language(event))

    source.cite(on_cite, [session], [source], **_EVENT)
    source.open_at(on_open, None, [source], **_EVENT)
    source.open_document(on_document, None, [source], **_EVENT)
    source.raw_page(on_raw, [session], [source], **_EVENT)
    source.raw_part(on_part, None, [source], **_EVENT)
    source.browse(on_browse, None, [source], **_EVENT)
    source.find_words(on_find, None, [found], **_EVENT)
    source.shelve(on_shelve, [session], [shelf], **_EVENT)


def _asked(event: gr.EventData) -> dict[str, Any]:
    return {"language": _language(event), "serial": _text(event, "serial")}


def _language(event: gr.EventData) -> Language:
    """The language that the page is in, as its script tells."""
    return known(_text(event, "language")) or FIRST


def _text(event: gr.EventData, name: str) -> str:
    return text_of(event, name, most=LONGEST)
