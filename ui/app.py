"""Ties the clicks of the page to the handlers. Knows nothing of sockets: the app comes back un-launched."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from rag.chatbot import Chatbot
from ui import index_drawer
from ui.archive_events import ArchiveEvents, Shown, visit, wire_archive
from ui.chats import shell_html
from ui.components import label
from ui.contents import empty_html
from ui.events import PRIVATE, text_of
from ui.handlers import ChatView, Handlers
from ui.index_handlers import IndexHandlers
from ui.keeper import Keeper
from ui.language import FIRST, accepted, known, picker_html
from ui.layout import Page, chat_parts, lay_out, question_parts
from ui.limits import Limits
from ui.messages import Language, say
from ui.reading import Reading
from ui.reading_events import wire_reading
from ui.render import brand_html
from ui.session import Session
from ui.why_events import Why, wire_why

CALLS_AT_ONCE = 16  # of each kind; more wait in the queue. How many questions are answered at once is a setting
WAITING_AT_MOST = 256  # a queue without an end would take any flood
QUEUE_REST_SECONDS = 0.02  # Gradio looks for work every millisecond, which keeps an idle machine awake

# The language that the person chose here, and # behind it where the address names a paragraph to be opened.
_REMEMBERED = """() => {
  const linked = location.hash.startsWith('#p=') ? '#' : '';
  try { return [(localStorage.getItem('wj-language') || '') + linked] } catch { return [linked] }
}"""


def build_app(chatbot: Chatbot, keeper: Keeper | None = None) -> gr.Blocks:
    """The chat page over a chatbot, its conversations kept by ``keeper``."""
    settings = chatbot.settings
    reading = Reading(chatbot)
    limits = Limits(per_minute=settings.questions_per_minute, at_once=settings.questions_at_once)
    handlers = Handlers(chatbot, limits, keeper)
    with gr.Blocks(title=say("page.title", FIRST), analytics_enabled=False) as app:
        page = lay_out(handlers)
        _wire_chat(handlers, reading, page)
        wire_why(Why(chatbot), page.session, mail=page.why)
        wire_reading(reading, page.session, source=page.source, shelf=page.shelf, found=page.found)
        _wire_index(handlers, page)
        _wire_archive(handlers, page, app)
        _wire_language(handlers, reading, page, app)
        _wire_api(handlers)
    app.queue(default_concurrency_limit=CALLS_AT_ONCE, max_size=WAITING_AT_MOST, api_open=False)
    app._queue.sleep_when_free = QUEUE_REST_SECONDS
    return app


def _wire_chat(handlers: Handlers, reading: Reading, page: Page) -> None:
    states = [page.session, page.language]
    asking = [*states, page.chats.current]
    views = [page.chat, page.session, page.question, page.next, page.source, page.shelf, page.chats.current]

    def told(views: Iterator[ChatView], language: Language, *, source: str | None = None) -> Iterator[tuple[Any, ...]]:
        """The conversation as it grows; what else changes does so at once, and is left alone from then on.

        :param source: what to show of the sources, where what is open belongs to an answer that goes.
        """
        for index, view in enumerate(views):
            begun = index == 0 and view.busy
            # The question is emptied at the start: the next one may be typed while this one is answered.
            rest = ("", "", gr.skip() if source is None else source) if begun else (gr.skip(), gr.skip(), gr.skip())
            shelf = gr.skip() if view.busy else reading.shelf(view.session, language=language)
            yield (*_shown(view, language), *rest, shelf, view.session.chat)

    def on_ask(  # noqa: PLR0917 - Gradio hands its values over by position
        text: str, session: Session, language: Language, chat: str, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        whose = visit(request, chat)
        yield from told(handlers.ask(text, session, whose, language=language, client=_client(request)), language)

    def on_again(  # noqa: PLR0917 - as above
        session: Session, language: Language, chat: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        number, text = text_of(event, "turn"), text_of(event, "text")
        known = int(number) if number.isdecimal() else 0
        views = handlers.again(known, text, session, visit(request, chat), language=language, client=_client(request))
        yield from told(views, language, source=empty_html(language))

    def on_stop(session: Session, language: Language) -> tuple[Any, ...]:
        return (*_shown(handlers.stop(session, language=language), language), "")

    def on_suggest(session: Session, language: Language) -> str:
        return handlers.suggestions(session, language=language)

    def on_clear(language: Language) -> tuple[Any, ...]:
        return (*_shown(handlers.clear(), language), "", empty_html(language), "")

    asked = gr.on([page.question.submit, page.ask.click], on_ask, [page.question, *asking], views, **PRIVATE)
    again = page.chat.again(on_again, asking, views, **PRIVATE)
    for running in (asked, again):  # suggestions come once the answer is there: it is not kept waiting for them
        running.then(on_suggest, states, [page.next], **PRIVATE)
    page.chat.nudge(lambda: None, None, None, **PRIVATE)  # opens a stream that what has joined waits for
    page.stop.click(on_stop, states, [page.chat, page.session, page.next], cancels=[asked, again], **PRIVATE)
    cleared = [page.chat, page.session, page.next, page.source, page.chats.current]
    page.fresh.click(on_clear, [page.language], cleared, **PRIVATE)


def _wire_api(handlers: Handlers) -> None:
    def ask(question: str = "", request: gr.Request | None = None) -> dict[str, Any]:
        return handlers.answer(question, client=_client(request))

    gr.api(ask, api_name="ask")


def _wire_index(handlers: Handlers, page: Page) -> None:
    def on_change(language: Language) -> tuple[Any, ...]:
        """What follows from the index alone. The conversation is left as it is: a question may be under way."""
        return gr.update(welcome=handlers.welcome(language=language)), handlers.status(language=language)

    drawer, language = page.drawer, page.language
    index_handlers = IndexHandlers(handlers.chatbot)
    index_drawer.wire(index_handlers, drawer, page.opener, language=language)
    index_drawer.wire_marks(index_handlers, drawer, session=page.session, language=language)
    drawer.marks.moved(on_change, [language], [page.chat, page.status], **PRIVATE)


def _wire_archive(handlers: Handlers, page: Page, app: gr.Blocks) -> None:
    def draw(session: Session, language: Language) -> str:
        return handlers.redraw(session, language=language)

    events = ArchiveEvents(handlers.keeper, draw=draw, empty=empty_html)
    wire_archive(events, page.chats, Shown(page.session, page.language, page.chat, page.source), app)


def _wire_language(handlers: Handlers, reading: Reading, page: Page, app: gr.Blocks) -> None:
    def on_load(remembered: str, request: gr.Request) -> tuple[Any, ...]:
        chosen, linked, _ = str(remembered).partition("#")
        language = known(chosen) or accepted(request.headers.get("accept-language", ""))
        *others, source, saved, shell = spoken_in(handlers, language)
        if linked or language == FIRST:  # what a link, or a quick hand, has opened meanwhile must not be closed again
            source = gr.update(region=label("source.region", language))
        return (*others, source, saved, shell)

    def on_choose(session: Session, language: Language, event: gr.EventData) -> tuple[Any, ...]:
        chosen = known(text_of(event, "key")) or language
        shown, at = text_of(event, "shown"), text_of(event, "at")
        raw, browsing = (getattr(event, name, False) is True for name in ("raw", "browsing"))
        source = reading.again(shown, at, session, raw=raw, browsing=browsing, language=chosen)
        return spoken_in(handlers, chosen, session, source=source)

    # A page is served from one configuration; who reads it is known now, and what is indexed may have changed since.
    # The conversation is left as it is: a question may be under way already.
    app.load(on_load, [page.picker], page.spoken, js=_REMEMBERED, **PRIVATE)
    page.picker.choose(on_choose, [page.session, page.language], page.spoken, **PRIVATE)


def spoken_in(
    handlers: Handlers, language: Language, session: Session | None = None, *, source: str = ""
) -> tuple[Any, ...]:
    """Updates of all that is told in a language, in the order of :attr:`Page.spoken`.

    :param session: the conversation to tell anew; without one it is left as it is.
    :param source: what the source panel shows; by default that nothing is open.
    """
    chat = {} if session is None else {"value": handlers.redraw(session, language=language)}
    return (
        language,
        picker_html(language),
        brand_html(language=language),
        handlers.status(language=language),
        gr.update(value=say("index.open", language)),
        gr.update(value=say("page.new", language)),
        gr.update(**chat, **chat_parts(handlers, language)),
        gr.update(**question_parts(language)),
        gr.update(value=say("page.ask", language)),
        gr.update(value=say("page.stop", language)),
        gr.update(value=source or empty_html(language), region=label("source.region", language)),
        gr.update(value=say("chats.button", language)),
        gr.update(value=shell_html(language=language), region=label("chats.title", language)),
    )


def _shown(view: ChatView, language: Language) -> tuple[Any, ...]:
    if view.notice:
        gr.Warning(view.notice, title=say("page.notice", language))
    return view.html, view.session


def _client(request: gr.Request | None) -> str:
    """Where a question comes from; behind a proxy on this machine, what the proxy says."""
    client = getattr(request, "client", None)
    return str(getattr(client, "host", ""))
