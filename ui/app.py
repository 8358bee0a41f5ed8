"""Lays out the page and ties its clicks to the handlers. Knows nothing of sockets: the app comes back un-launched."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from rag.chatbot import Chatbot
from ui import reader
from ui.archive_events import ArchiveEvents, Drawer, Shown, layout_drawer, visit, wire_archive
from ui.handlers import ChatView, Handlers
from ui.keeper import Keeper
from ui.messages import say
from ui.render import both, chat_html
from ui.session import Session

ASSETS = Path(__file__).parent / "assets"
QUESTIONS_AT_ONCE = 8  # answering is quick and holds no lock: one slow question must not make the others wait
WAITING_AT_MOST = 256  # a queue without an end would take any flood
QUEUE_REST_SECONDS = 0.02  # Gradio looks for work every millisecond, which keeps an idle machine awake
SESSION_SECONDS = 6 * 3600  # an abandoned tab's conversation is forgotten

_BARE = "${value}"  # Gradio puts the value here as it is, and does not read it as a template
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""What every event of the page shares: none is a public call, none greys out what is being read."""


@dataclass(frozen=True, slots=True)
class Page:
    """The components that change."""

    session: gr.State
    status: gr.HTML
    rebuild: gr.Button
    fresh: gr.Button
    progress: gr.HTML
    chat: gr.HTML
    question: gr.Textbox
    ask: gr.Button
    source: gr.HTML
    drawer: Drawer


def build_app(chatbot: Chatbot, keeper: Keeper | None = None) -> gr.Blocks:
    """The chat page over a chatbot, its conversations kept by ``keeper``."""
    keeper = keeper or Keeper()
    handlers = Handlers(chatbot, keeper)
    with gr.Blocks(title=_label("page.title"), analytics_enabled=False) as app:
        page = _layout(handlers)
        _wire_chat(handlers, page)
        _wire_rebuild(handlers, page)
        _wire_archive(keeper, page, app)
        # A page is served from one configuration; what is indexed may have changed since that was made.
        app.load(_indexed(handlers), None, [page.chat, page.status], **_PRIVATE)
        gr.api(handlers.answer, api_name="ask")
    app.queue(default_concurrency_limit=QUESTIONS_AT_ONCE, max_size=WAITING_AT_MOST, api_open=False)
    app._queue.sleep_when_free = QUEUE_REST_SECONDS
    return app


def _layout(handlers: Handlers) -> Page:
    session = gr.State(Session(), time_to_live=SESSION_SECONDS)
    with gr.Row(elem_id="wj-head"):
        _html(_brand(), "wj-brand")
        status = _html(handlers.status(), "wj-status")
        gr.Button(_label("chats.button"), size="sm", elem_id="wj-chats-button")
        rebuild = gr.Button(_label("page.rebuild"), size="sm", elem_id="wj-rebuild")
        fresh = gr.Button(_label("page.new"), size="sm", elem_id="wj-new")
    progress = _html("", "wj-progress", "progress.js")
    with gr.Row(elem_id="wj-main"):
        with gr.Column(elem_id="wj-left"):
            log = _frame("log", "chat.region", "${welcome}" + _BARE)
            chat = _html(handlers.clear().html, "wj-chat", "chat.js", frame=log, welcome=handlers.welcome())
            with gr.Row(elem_id="wj-composer"):
                question = _question_box()
                ask = gr.Button(_label("page.ask"), variant="primary", elem_id="wj-ask")
        with gr.Column(elem_id="wj-right"):
            source = _html(reader.empty_html(), "wj-source", "source.js", frame=_frame("region", "source.region"))
    drawer = layout_drawer(_html, "zh")
    return Page(session, status, rebuild, fresh, progress, chat, question, ask, source, drawer)


def _wire_chat(handlers: Handlers, page: Page) -> None:
    def on_ask(text: str, session: Session, chat: str, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        for index, view in enumerate(handlers.ask(text, session, visit(request, chat))):
            # Emptied once, at the start: the next question may be typed while this one is answered.
            typed = "" if index == 0 and view.busy else gr.skip()
            button = _button("page.asking" if view.busy else "page.ask", view.busy)
            yield (*_shown(view), typed, button, view.session.chat)

    def on_cite(session: Session, event: gr.EventData) -> str:
        return handlers.show(str(getattr(event, "key", "")), session)

    def on_clear() -> tuple[Any, ...]:
        return (*_shown(handlers.clear()), reader.empty_html(), "")

    gr.on(
        [page.question.submit, page.ask.click],
        on_ask,
        [page.question, page.session, page.drawer.current],
        [page.chat, page.session, page.question, page.ask, page.drawer.current],
        **_PRIVATE,
    )
    page.chat.cite(on_cite, [page.session], [page.source], trigger_mode="always_last", **_PRIVATE)
    page.fresh.click(on_clear, None, [page.chat, page.session, page.source, page.drawer.current], **_PRIVATE)


def _wire_rebuild(handlers: Handlers, page: Page) -> None:
    def on_rebuild() -> Iterator[tuple[Any, ...]]:
        for view in handlers.rebuild():
            yield view.html, _button("page.rebuilding" if view.busy else "page.rebuild", view.busy)

    # No limit: a second rebuild must be told that one is running, not wait for it; the handlers let only one through.
    rebuilt = page.rebuild.click(on_rebuild, None, [page.progress, page.rebuild], concurrency_limit=None, **_PRIVATE)
    rebuilt.then(_indexed(handlers), None, [page.chat, page.status], **_PRIVATE)


def _wire_archive(keeper: Keeper, page: Page, app: gr.Blocks) -> None:
    events = ArchiveEvents(
        keeper, draw=lambda session, language: chat_html(session), empty=lambda language: reader.empty_html()
    )
    language = gr.State("zh")
    wire_archive(events, page.drawer, Shown(page.session, language, page.chat, page.source), app)


def _indexed(handlers: Handlers) -> Callable[[], tuple[Any, ...]]:
    """What follows from the index alone. The conversation is left as it is: a question may be under way meanwhile."""

    def on_change() -> tuple[Any, ...]:
        return gr.update(welcome=handlers.welcome()), handlers.status()

    return on_change


def _shown(view: ChatView) -> tuple[Any, ...]:
    if view.notice:
        gr.Warning(view.notice, title=_label("page.notice"))
    return view.html, view.session


def _button(key: str, busy: bool) -> dict[str, Any]:
    update: dict[str, Any] = gr.update(value=_label(key), interactive=not busy)
    return update


def _html(value: str, id: str, script: str = "", *, frame: str = _BARE, **parts: str) -> gr.HTML:
    """Our own HTML in our own style, its script from ``assets/`` and what else its frame shows beside the value."""
    on_load = (ASSETS / script).read_text(encoding="utf-8") if script else None
    return gr.HTML(value, elem_id=id, html_template=frame, js_on_load=on_load, apply_default_css=False, **parts)


def _frame(role: str, key: str, content: str = _BARE) -> str:
    """A named region for screen readers; a log tells what is added to it by itself."""
    return f'<div role="{role}" aria-label="{escape(say(key))}">{content}</div>'


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        label=_label("page.ask"),
        placeholder=_label("page.placeholder"),
        show_label=False,
        container=False,
        autofocus=True,
        elem_id="wj-question",
    )


def _brand() -> str:
    return f"<h1>{both('page.title')}</h1><p>{both('page.motto')}</p>"


def _label(key: str) -> str:
    return f"{say(key, 'zh')} {say(key, 'en')}"
