"""Lays out the page and ties its clicks to the handlers. Knows nothing of sockets: the app comes back un-launched."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from rag.chatbot import Chatbot
from ui import reader
from ui.handlers import ChatView, Handlers
from ui.language import FIRST, accepted, known, picker_html
from ui.messages import Language, say
from ui.render import brand_html
from ui.session import Session

ASSETS = Path(__file__).parent / "assets"
QUESTIONS_AT_ONCE = 8  # answering is quick and holds no lock: one slow question must not make the others wait
WAITING_AT_MOST = 256  # a queue without an end would take any flood
QUEUE_REST_SECONDS = 0.02  # Gradio looks for work every millisecond, which keeps an idle machine awake
SESSION_SECONDS = 6 * 3600  # an abandoned tab's conversation is forgotten

_BARE = "${value}"  # Gradio puts the value here as it is, and does not read it as a template
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""What every event of the page shares: none is a public call, none greys out what is being read."""
_REMEMBERED = "() => { try { return [localStorage.getItem('wj-language') || ''] } catch { return [''] } }"


@dataclass(frozen=True, slots=True)
class Page:
    """The components that change, and the two states: what was said, and in which language it is shown."""

    session: gr.State
    language: gr.State
    brand: gr.HTML
    status: gr.HTML
    rebuild: gr.Button
    fresh: gr.Button
    picker: gr.HTML
    progress: gr.HTML
    chat: gr.HTML
    question: gr.Textbox
    ask: gr.Button
    source: gr.HTML

    @property
    def spoken(self) -> list[Any]:
        """What is told in the person's language whatever was asked, in the order of :func:`_spoken`."""
        named = [self.language, self.picker, self.brand, self.status, self.rebuild, self.fresh]
        return [*named, self.chat, self.question, self.ask, self.source]


def build_app(chatbot: Chatbot) -> gr.Blocks:
    """The chat page over a chatbot."""
    handlers = Handlers(chatbot)
    with gr.Blocks(title=say("page.title", FIRST), analytics_enabled=False) as app:
        page = _layout(handlers)
        _wire_chat(handlers, page)
        _wire_rebuild(handlers, page)
        _wire_language(handlers, page, app)
        gr.api(handlers.answer, api_name="ask")
    app.queue(default_concurrency_limit=QUESTIONS_AT_ONCE, max_size=WAITING_AT_MOST, api_open=False)
    app._queue.sleep_when_free = QUEUE_REST_SECONDS
    return app


def _layout(handlers: Handlers) -> Page:
    session = gr.State(Session(), time_to_live=SESSION_SECONDS)
    language = gr.State(FIRST, time_to_live=SESSION_SECONDS)
    with gr.Row(elem_id="wj-head"):
        brand = _html(brand_html(language=FIRST), "wj-brand")
        status = _html(handlers.status(), "wj-status")
        rebuild = gr.Button(say("page.rebuild", FIRST), size="sm", elem_id="wj-rebuild")
        picker = _html(picker_html(FIRST, settled=False), "wj-language", "language.js")
        fresh = gr.Button(say("page.new", FIRST), size="sm", elem_id="wj-new")
    progress = _html("", "wj-progress", "progress.js")
    with gr.Row(elem_id="wj-main"):
        with gr.Column(elem_id="wj-left"):
            chat = _html("", "wj-chat", "chat.js", frame=_frame("log", "${welcome}" + _BARE), **_chat_parts(handlers))
            with gr.Row(elem_id="wj-composer"):
                question = gr.Textbox(
                    **_question_parts(FIRST),
                    show_label=False,
                    container=False,
                    autofocus=True,
                    max_lines=8,
                    elem_id="wj-question",
                )
                ask = gr.Button(say("page.ask", FIRST), variant="primary", elem_id="wj-ask")
        with gr.Column(elem_id="wj-right"):
            empty = reader.empty_html(language=FIRST)
            source = _html(empty, "wj-source", "source.js", frame=_frame("region"), region=_label("source.region"))
    return Page(session, language, brand, status, rebuild, fresh, picker, progress, chat, question, ask, source)


def _wire_chat(handlers: Handlers, page: Page) -> None:
    def on_ask(text: str, session: Session, language: Language) -> Iterator[tuple[Any, ...]]:
        for index, view in enumerate(handlers.ask(text, session, language=language)):
            # Emptied once, at the start: the next question may be typed while this one is answered.
            typed = "" if index == 0 and view.busy else gr.skip()
            yield (
                *_shown(view, language),
                typed,
                _button("page.asking" if view.busy else "page.ask", language, view.busy),
            )

    def on_cite(session: Session, language: Language, event: gr.EventData) -> str:
        return handlers.show(_sent(event, "key"), session, language=language)

    def on_clear(language: Language) -> tuple[Any, ...]:
        return (*_shown(handlers.clear(), language), reader.empty_html(language=language))

    gr.on(
        [page.question.submit, page.ask.click],
        on_ask,
        [page.question, page.session, page.language],
        [page.chat, page.session, page.question, page.ask],
        **_PRIVATE,
    )
    states = [page.session, page.language]
    page.chat.cite(on_cite, states, [page.source], trigger_mode="always_last", **_PRIVATE)
    page.fresh.click(on_clear, [page.language], [page.chat, page.session, page.source], **_PRIVATE)


def _wire_rebuild(handlers: Handlers, page: Page) -> None:
    def on_rebuild(language: Language) -> Iterator[tuple[Any, ...]]:
        for view in handlers.rebuild(language=language):
            key = "page.rebuilding" if view.busy else "page.rebuild"
            yield view.html, _button(key, language, view.busy)

    def on_change(language: Language) -> tuple[Any, ...]:
        """What follows from the index alone. The conversation is left as it is: a question may be under way."""
        return gr.update(welcome=handlers.welcome(language=language)), handlers.status(language=language)

    # No limit: a second rebuild must be told that one is running, not wait for it; the handlers let only one through.
    rebuilt = page.rebuild.click(
        on_rebuild, [page.language], [page.progress, page.rebuild], concurrency_limit=None, **_PRIVATE
    )
    rebuilt.then(on_change, [page.language], [page.chat, page.status], **_PRIVATE)


def _wire_language(handlers: Handlers, page: Page, app: gr.Blocks) -> None:
    def on_load(remembered: str, request: gr.Request) -> tuple[Any, ...]:
        language = known(remembered) or accepted(request.headers.get("accept-language", ""))
        return _spoken(handlers, language)

    def on_choose(session: Session, language: Language, event: gr.EventData) -> tuple[Any, ...]:
        chosen = known(_sent(event, "key")) or language
        return _spoken(handlers, chosen, session, shown=_sent(event, "shown"))

    # A page is served from one configuration; who reads it is known now, and what is indexed may have changed since.
    # The conversation is left as it is: a question may be under way already.
    app.load(on_load, [page.picker], page.spoken, js=_REMEMBERED, **_PRIVATE)
    page.picker.choose(on_choose, [page.session, page.language], page.spoken, **_PRIVATE)


def _spoken(
    handlers: Handlers, language: Language, session: Session | None = None, *, shown: str = ""
) -> tuple[Any, ...]:
    """Updates of all that is told in a language, in the order of :attr:`Page.spoken`.

    :param session: the conversation to tell anew; without one it is left as it is.
    :param shown: the citation whose source is open.
    """
    chat = {} if session is None else {"value": handlers.redraw(session, language=language)}
    source = (
        handlers.show(shown, session, language=language) if session and shown else reader.empty_html(language=language)
    )
    return (
        language,
        picker_html(language),
        brand_html(language=language),
        handlers.status(language=language),
        gr.update(value=say("page.rebuild", language)),
        gr.update(value=say("page.new", language)),
        gr.update(**chat, **_chat_parts(handlers, language)),
        gr.update(**_question_parts(language)),
        gr.update(value=say("page.ask", language)),
        gr.update(value=source, region=_label("source.region", language)),
    )


def _chat_parts(handlers: Handlers, language: Language = FIRST) -> dict[str, str]:
    """What the frame of the conversation shows beside it."""
    return {"region": _label("chat.region", language), "welcome": handlers.welcome(language=language)}


def _question_parts(language: Language) -> dict[str, str]:
    return {"label": say("page.ask", language), "placeholder": say("page.placeholder", language)}


def _shown(view: ChatView, language: Language) -> tuple[Any, ...]:
    if view.notice:
        gr.Warning(view.notice, title=say("page.notice", language))
    return view.html, view.session


def _sent(event: gr.EventData, name: str) -> str:
    """What a click sent under ``name``; over the network anything may come."""
    return str(getattr(event, name, ""))


def _button(key: str, language: Language, busy: bool) -> dict[str, Any]:
    update: dict[str, Any] = gr.update(value=say(key, language), interactive=not busy)
    return update


def _html(value: str, id: str, script: str = "", *, frame: str = _BARE, **parts: str) -> gr.HTML:
    """Our own HTML in our own style, its script from ``assets/`` and what else its frame shows beside the value."""
    on_load = (ASSETS / script).read_text(encoding="utf-8") if script else None
    return gr.HTML(value, elem_id=id, html_template=frame, js_on_load=on_load, apply_default_css=False, **parts)


def _frame(role: str, content: str = _BARE) -> str:
    """A named region for screen readers; a log tells what is added to it by itself."""
    return f'<div role="{role}" aria-label="${{region}}">{content}</div>'


def _label(key: str, language: Language = FIRST) -> str:
    """A text for an attribute in a frame, where Gradio puts it as it is."""
    return escape(say(key, language))
