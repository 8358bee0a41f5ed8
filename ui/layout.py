"""Lays out the page: which components there are, and where. Knows nothing of what happens on a click."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui import index_drawer
from ui.archive_events import Drawer, layout_drawer
from ui.components import BARE, frame, html, label
from ui.contents import empty_html
from ui.handlers import Handlers
from ui.index_drawer import IndexDrawer
from ui.language import FIRST, picker_html
from ui.messages import Language, say
from ui.render import brand_html
from ui.session import Session

SESSION_SECONDS = 6 * 3600  # an abandoned tab's conversation is forgotten


@dataclass(frozen=True, slots=True)
class Page:
    """The components that change, and the two states: what was said, and in which language it is shown."""

    session: gr.State
    language: gr.State
    brand: gr.HTML
    status: gr.HTML
    opener: gr.Button
    fresh: gr.Button
    picker: gr.HTML
    chat: gr.HTML
    question: gr.Textbox
    ask: gr.Button
    stop: gr.Button
    next: gr.HTML
    source: gr.HTML
    shelf: gr.HTML
    found: gr.HTML
    why: gr.HTML
    drawer: IndexDrawer
    saved: gr.Button
    chats: Drawer

    @property
    def spoken(self) -> list[Any]:
        """What is told in the person's language whatever was asked, in the order of :func:`ui.app.spoken_in`."""
        named = [self.language, self.picker, self.brand, self.status, self.opener, self.fresh]
        return [*named, self.chat, self.question, self.ask, self.stop, self.source, self.saved, self.chats.shell]


def lay_out(handlers: Handlers) -> Page:
    """The components, in the language that the page starts in."""
    session = gr.State(Session(), time_to_live=SESSION_SECONDS)
    language = gr.State(FIRST, time_to_live=SESSION_SECONDS)
    with gr.Row(elem_id="wj-head"):
        brand = html(brand_html(language=FIRST), "wj-brand")
        status = html(handlers.status(), "wj-status")
        saved = gr.Button(say("chats.button", FIRST), size="sm", elem_id="wj-chats-button")
        opener = index_drawer.opener(FIRST)
        picker = html(picker_html(FIRST, settled=False), "wj-language", "language.js")
        fresh = gr.Button(say("page.new", FIRST), size="sm", elem_id="wj-new")
    with gr.Row(elem_id="wj-main"):
        with gr.Column(elem_id="wj-left"):
            chat = _conversation(handlers)
            follow = html("", "wj-next")
            with gr.Row(elem_id="wj-composer"):
                question = _question_box()
                ask = gr.Button(say("page.ask", FIRST), variant="primary", elem_id="wj-ask")
                stop = gr.Button(say("page.stop", FIRST), elem_id="wj-stop")
        with gr.Column(elem_id="wj-right"):
            parts = {"frame": frame("region"), "region": label("source.region")}
            source = html(empty_html(FIRST), "wj-source", "clipboard.js source.js find.js", **parts)
    shelf, found = html("", "wj-shelf", "mail.js"), html("", "wj-found", "mail.js")
    why = html("", "wj-why-mail", "why.js")
    drawer = index_drawer.lay_out(FIRST)
    chats = layout_drawer(html, FIRST)
    head = (session, language, brand, status, opener, fresh, picker)
    return Page(*head, chat, question, ask, stop, follow, source, shelf, found, why, drawer, saved, chats)


def chat_parts(handlers: Handlers, language: Language) -> dict[str, str]:
    """What the frame of the conversation shows beside it."""
    return {
        "region": label("chat.region", language),
        "open": label("cite.open", language),
        "welcome": handlers.welcome(language=language),
    }


def question_parts(language: Language) -> dict[str, str]:
    """What the field for the question says of itself."""
    return {"label": say("page.ask", language), "placeholder": say("page.placeholder", language)}


def _conversation(handlers: Handlers) -> gr.HTML:
    log = frame("log", "${welcome}" + BARE, open="${open}")
    return html("", "wj-chat", "citations.js", "clipboard.js chat.js", frame=log, **chat_parts(handlers, FIRST))


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        **question_parts(FIRST),
        show_label=False,
        container=False,
        autofocus=True,
        max_lines=8,  # Enter asks, Shift+Enter begins another line
        elem_id="wj-question",
    )
