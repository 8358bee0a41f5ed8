"""Lays out the drawer of saved chats and ties its clicks to the keeper. Knows nothing of how chats are kept.

None of its events is a public call. Whatever goes wrong is told in the drawer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag.archive.chat import Summary
from rag.archive.judgement import Verdict
from rag.archive.listing import Listing
from ui import chats
from ui.escaping import escape
from ui.events import PRIVATE
from ui.handlers import told
from ui.keeper import Keeper
from ui.messages import Language, say
from ui.session import Session
from ui.visitor import Visit, owner_of

LISTED = 100  # chats in the drawer at first, and so many more with each demand for more
MOST_LISTED = 5000

_RESTORED = (
    "() => { try { return [null, sessionStorage.getItem('wj-chat') || '', null] } catch { return [null, '', null] } }"
)
_REMEMBER = "(chat) => { try { sessionStorage.setItem('wj-chat', chat || '') } catch {} }"


@dataclass(frozen=True, slots=True)
class Drawer:
    """Its components: what stands around the list, the list, and the id of the chat that the tab shows."""

    shell: gr.HTML
    listing: gr.HTML
    current: gr.Textbox


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the rest of the page a chosen chat changes."""

    session: gr.State
    language: gr.State
    chat: gr.HTML
    source: gr.HTML


class ArchiveEvents:
    """The callbacks. ``draw`` makes a session's HTML, ``empty`` that of a source panel that shows nothing."""

    def __init__(
        self, keeper: Keeper, *, draw: Callable[[Session, Language], str], empty: Callable[[Language], str]
    ) -> None:
        self.keeper = keeper
        self.draw = draw
        self.empty = empty

    def browse(self, visit: Visit, sent: dict[str, str], language: Language) -> str:
        """The list, of those that say what is searched for."""
        wanted = sent.get("limit", "")
        limit = min(int(wanted), MOST_LISTED) if wanted.isdecimal() and len(wanted) < 6 else LISTED
        return self._list(visit, language, words=sent.get("words", "")[:200], limit=max(limit, 1))

    def alter(self, visit: Visit, sent: dict[str, str], language: Language) -> tuple[str, Session | None]:
        """The list after a chat was renamed, deleted or brought back; a new session where the page lost its chat."""
        action, id = sent.get("action", ""), sent.get("id", "")
        deleted: Summary | None = None
        try:
            kept = self.keeper.chats(visit)
            if action == "rename":
                kept.rename(id, sent.get("title", ""))
            elif action == "delete":
                deleted = Summary(id, kept.open(id, last=1).title, 0.0, 0)
                kept.delete(id)
            elif action == "restore":
                kept.restore(id)
        except Exception as error:  # noqa: BLE001 - the person must be told, whatever it is
            return chats.failure_html(told(error, language)) + self._list(visit, language), None
        lost = deleted is not None and visit.chat == id
        return self._list(visit, language, deleted=deleted), Session() if lost else None

    def open(self, visit: Visit, id: str, language: Language) -> tuple[str, Session | None]:
        """The list with the chosen chat marked, and that chat, or nothing where it cannot be had."""
        try:
            session = self.keeper.open(visit, id)
        except Exception as error:  # noqa: BLE001 - as above
            return chats.failure_html(told(error, language)) + self._list(visit, language), None
        return self._list(Visit(visit.owner, id), language), session

    def judge(self, session: Session, visit: Visit, sent: dict[str, str], *, language: Language) -> tuple[str, Session]:
        """Nothing, or why what a person thinks of an answer could not be saved, and the session with it."""
        verdicts: dict[str, Verdict | None] = {"up": "up", "down": "down", "": None}
        number, verdict = sent.get("number", ""), sent.get("verdict", "")
        if not number.isdecimal() or len(number) > 9 or verdict not in verdicts:
            return "", session
        try:
            note, session = sent.get("note", ""), self.keeper.resume(session, visit)
            return "", self.keeper.judge(session, visit, int(number), verdicts[verdict], note=note)
        except Exception as error:  # noqa: BLE001 - as above
            return told(error, language), session

    def _list(
        self,
        visit: Visit,
        language: Language,
        *,
        words: str = "",
        limit: int = LISTED,
        deleted: Summary | None = None,
    ) -> str:
        try:
            found: Listing = self.keeper.list(visit, words, limit=limit)
        except Exception as error:  # noqa: BLE001 - as above
            return chats.failure_html(told(error, language))
        return chats.list_html(found, language=language, current=visit.chat, words=words, deleted=deleted)


def layout_drawer(html: Callable[..., gr.HTML], language: Language) -> Drawer:
    """The drawer, out of sight.

    :param html: makes an HTML component of the page.
    """
    with gr.Column(elem_id="wj-chats"):
        frame = '<div role="region" aria-label="${region}">${value}</div>'
        region = escape(say("chats.title", language))
        shell = html(chats.shell_html(language=language), "wj-chats-shell", frame=frame, region=region)
        listing = html("", "wj-chats-list", "archive.js")
    current = gr.Textbox("", visible="hidden", elem_id="wj-chats-current", show_label=False, container=False)
    return Drawer(shell, listing, current)


def wire_archive(events: ArchiveEvents, drawer: Drawer, page: Shown, app: gr.Blocks) -> None:
    """Ties the clicks, and brings a reloaded tab back to the chat that it showed."""
    states = [page.session, drawer.current, page.language]
    whole = [drawer.listing, page.chat, page.session, page.source, drawer.current]

    def changed(html: str, session: Session | None, language: Language) -> tuple[Any, ...]:
        if session is None:
            return html, gr.skip(), gr.skip(), gr.skip(), gr.skip()
        return html, events.draw(session, language), session, events.empty(language), session.chat

    def on_browse(chat: str, language: Language, event: gr.EventData, request: gr.Request) -> str:
        return events.browse(visit(request, chat), sent(event), language)

    def on_alter(chat: str, language: Language, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        return changed(*events.alter(visit(request, chat), sent(event), language), language)

    def on_choose(chat: str, language: Language, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        return changed(*events.open(visit(request, chat), sent(event).get("id", ""), language), language)

    def on_judge(  # noqa: PLR0917 - Gradio hands its values over by position
        session: Session, chat: str, language: Language, event: gr.EventData, request: gr.Request
    ) -> Session:
        failed, after = events.judge(session, visit(request, chat), sent(event), language=language)
        if failed:
            gr.Warning(escape(failed), title=say("page.notice", language))
        return after

    def on_return(session: Session, chat: str, language: Language, request: gr.Request) -> tuple[Any, ...]:
        after = events.keeper.resume(session, visit(request, chat))
        return changed("", None if after is session else after, language)[1:]

    drawer.listing.browse(on_browse, states[1:], [drawer.listing], trigger_mode="always_last", **PRIVATE)
    drawer.listing.alter(on_alter, states[1:], whole, **PRIVATE)
    drawer.listing.choose(on_choose, states[1:], whole, **PRIVATE)
    drawer.listing.judge(on_judge, states, [page.session], trigger_mode="multiple", **PRIVATE)
    drawer.current.change(None, [drawer.current], None, js=_REMEMBER, **PRIVATE)
    app.load(on_return, states, whole[1:], js=_RESTORED, **PRIVATE)


def visit(request: gr.Request, chat: str) -> Visit:
    """Who is at the page, and the chat that the tab says it shows."""
    http = request.request
    scope, headers = (http.scope, http.headers) if http is not None else ({}, {})
    return Visit(owner_of(scope, headers, request.username), chat if isinstance(chat, str) else "")


def sent(event: gr.EventData) -> dict[str, str]:
    """What a click sent; over the network anything may come, and only texts are taken."""
    data = getattr(event, "_data", None)
    return {name: value for name, value in data.items() if isinstance(value, str)} if isinstance(data, dict) else {}
