"""Lays out the index drawer and ties its clicks to its handlers. Knows nothing of the rest of the page.

No event of it is a public call: who may rebuild or go back is who may open the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui.components import BARE, html
from ui.escaping import escape
from ui.events import PRIVATE, text_of
from ui.index_handlers import IndexHandlers, RebuildView
from ui.messages import Language, say
from ui.session import Session


@dataclass(frozen=True, slots=True)
class IndexDrawer:
    """The components that change."""

    head: gr.HTML
    glance: gr.HTML
    rebuild: gr.Button
    stop: gr.Button
    progress: gr.HTML
    versions: gr.HTML
    difference: gr.HTML
    marks: gr.HTML
    """Its event ``moved`` tells that another version answers, whichever page or process has published it."""

    @property
    def shown(self) -> list[Any]:
        """What is told anew whenever the drawer is opened, in the order of :func:`_shown`."""
        return [self.head, self.rebuild, self.stop, self.glance, self.versions]


def opener(language: Language) -> gr.Button:
    """The button of the page's head that opens the drawer."""
    return gr.Button(say("index.open", language), size="sm", elem_id="wj-index-open")


def lay_out(language: Language) -> IndexDrawer:
    """The drawer, closed and empty: it is filled when it is opened."""
    with gr.Column(elem_id="wj-index"):
        head = html(_head(language), "wj-index-head", "index.js")
        glance = html("", "wj-index-glance")
        with gr.Row(elem_id="wj-index-actions"):
            rebuild = gr.Button(say("index.rebuild", language), variant="primary", size="sm", elem_id="wj-rebuild")
            stop = gr.Button(say("index.stop", language), interactive=False, size="sm", elem_id="wj-index-stop")
        progress = html("", "wj-index-progress", frame=f'<div role="status" aria-live="polite">{BARE}</div>')
        versions = html("", "wj-index-versions", "versions.js")
        difference = html("", "wj-index-difference")
    marks = html("", "wj-marks", "stale.js")
    return IndexDrawer(head, glance, rebuild, stop, progress, versions, difference, marks)


def wire(handlers: IndexHandlers, drawer: IndexDrawer, opened: gr.Button, *, language: gr.State) -> None:
    """Ties the drawer together.

    :param opened: the button that opens it.
    """

    def on_open(language: Language) -> tuple[Any, ...]:
        return _shown(handlers, language)

    def on_rebuild(language: Language) -> Iterator[tuple[Any, ...]]:
        yield from _running(handlers, handlers.rebuild(language=language), language)

    def on_watch(language: Language) -> Iterator[tuple[Any, ...]]:
        yield from _running(handlers, handlers.watch(language=language), language)

    def on_compare(language: Language, event: gr.EventData) -> str:
        return handlers.compare(text_of(event, "version"), language=language)

    def on_use(language: Language, event: gr.EventData) -> tuple[Any, ...]:
        told = handlers.answer_from(text_of(event, "version"), language=language)
        return told, "", *_shown(handlers, language)

    everything = [drawer.progress, drawer.difference, *drawer.shown]
    # Whoever opens the drawer sees the rebuild under way, whichever page started it; as many may watch as like.
    opened.click(on_open, [language], drawer.shown, **PRIVATE).then(
        on_watch, [language], everything, concurrency_limit=None, **PRIVATE
    )
    drawer.rebuild.click(on_rebuild, [language], everything, concurrency_limit=None, **PRIVATE)
    drawer.versions.use(on_use, [language], everything, **PRIVATE)
    drawer.stop.click(handlers.stop, None, None, **PRIVATE)
    drawer.versions.compare(on_compare, [language], [drawer.difference], trigger_mode="always_last", **PRIVATE)


def wire_marks(handlers: IndexHandlers, drawer: IndexDrawer, *, session: gr.State, language: gr.State) -> None:
    """Ties the marks at answers whose sources have changed: the page's script asks for them when it sees the need."""

    def on_check(session: Session, language: Language, event: gr.EventData) -> str:
        return handlers.marks(session, text_of(event, "key"), language=language)

    drawer.marks.check(on_check, [session, language], [drawer.marks], trigger_mode="always_last", **PRIVATE)


def _shown(handlers: IndexHandlers, language: Language) -> tuple[Any, ...]:
    """Updates of what is told whenever the drawer is opened, in the order of :attr:`IndexDrawer.shown`."""
    view = handlers.show(language=language)
    return _head(language), *_buttons(language, busy=handlers.busy), view.glance, view.versions


def _buttons(language: Language, *, busy: bool) -> tuple[Any, Any]:
    """The buttons that begin and stop a rebuild; an update without the text would empty them."""
    return (
        gr.update(value=say("index.rebuild", language), interactive=not busy),
        gr.update(value=say("index.stop", language), interactive=busy),
    )


def _running(handlers: IndexHandlers, views: Iterator[RebuildView], language: Language) -> Iterator[tuple[Any, ...]]:
    """Updates of everything while a rebuild is under way and when it has ended."""
    yield tuple(gr.skip() for _ in range(7))  # where there is none: of nothing at all Gradio makes empty values
    for view in views:
        if view.busy:
            yield view.html, gr.skip(), gr.skip(), *_buttons(language, busy=True), gr.skip(), gr.skip()
        else:
            yield view.html, view.difference, *_shown(handlers, language)


def _head(language: Language) -> str:
    close = escape(say("index.close", language))
    return (
        f'<div class="wj-drawer-head"><h2 lang="{language}">{escape(say("index.title", language))}</h2>'
        f'<button type="button" class="wj-close" data-close aria-label="{close}">×</button></div>'
    )
