"""What happens on a click: reads the session, calls the chatbot, hands back what to show. Knows nothing of Gradio.

The only broad ``except`` of the layer stands here: whatever goes wrong is shown to the person and written to the log,
and the page goes on working.
"""

import logging
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from rag.answer import to_dict
from rag.chatbot import Chatbot, Rebuilt
from rag.errors import WenjuError
from ui import reader, rebuild, render
from ui.keeper import Keeper
from ui.messages import say
from ui.session import NEAREST, Session
from ui.visitor import NOBODY, Visit

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ChatView:
    """The conversation as it is now. ``busy``: more is coming; ``notice``: a message outside the turns."""

    html: str
    session: Session
    busy: bool = False
    notice: str = ""


@dataclass(frozen=True, slots=True)
class RebuildView:
    """A rebuild as it is now. ``busy``: more is coming."""

    html: str
    busy: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rebuild has come, 0 to 1, and what it is doing."""

    fraction: float
    step: str


class Handlers:
    """The callbacks of the page, over one chatbot shared by all sessions."""

    def __init__(self, chatbot: Chatbot, keeper: Keeper | None = None) -> None:
        self.chatbot = chatbot
        self.keeper = keeper or Keeper()
        self._rebuilding = Lock()

    def ask(self, question: str, session: Session, visit: Visit = NOBODY) -> Iterator[ChatView]:
        """The question at once, then its answer as it grows; both are saved."""
        if not isinstance(question, str) or not question.strip():  # over the network anything may come
            yield ChatView(render.chat_html(session), session, notice=say("chat.empty"))
            return
        session = self.keeper.resume(session, visit)
        history = session.history
        session = self.keeper.begin(session.begin(question), visit)
        yield ChatView(render.chat_html(session), session, busy=True)
        try:
            for answer in self.chatbot.ask(question, history):
                session = session.grow(answer)
                yield ChatView(render.chat_html(session), session, busy=True)
            session = session.finish()
        except Exception as error:  # noqa: BLE001 - the person must be told, whatever it is
            session = session.fail(told(error))
        session = self.keeper.end(session, visit)
        yield ChatView(render.chat_html(session), session)

    def answer(self, question: str = "") -> dict[str, Any]:
        """The complete answer to one question, or an ``error``: the page's only public call."""
        if not isinstance(question, str) or not question.strip():  # over the network anything may come
            return {"question": "", "error": say("chat.empty")}
        try:
            (last,) = deque(self.chatbot.ask(question), maxlen=1)
        except Exception as error:  # noqa: BLE001 - as above
            return {"question": question[:200], "error": told(error)}
        return to_dict(last)

    def show(self, key: str, session: Session) -> str:
        """The article behind a clicked citation."""
        found = session.find(key)
        if found is None:
            return render.notice_html(say("source.expired"))
        turn, citation = found
        try:
            article = self.chatbot.article(citation.paragraph.id)
        except WenjuError:
            article = ()  # a rebuild has removed the paragraph: the reader shows it as it was cited
        except Exception as error:  # noqa: BLE001 - as above
            return render.notice_html(told(error))
        others = turn.answer.citations if turn.answer else ()
        nearest = key.endswith(f"-{NEAREST}")
        return reader.source_html(article, citation, others=others, key=key, nearest=nearest)

    def welcome(self) -> str:
        """What is shown until something is asked."""
        return render.welcome_html(self._examples())

    def clear(self) -> ChatView:
        """A new conversation."""
        return ChatView(render.chat_html(Session()), Session())

    def status(self) -> str:
        """What is indexed, in a line."""
        try:
            return render.status_html(self.chatbot.status())
        except Exception as error:  # noqa: BLE001 - as above
            return render.notice_html(told(error))

    def rebuild(self) -> Iterator[RebuildView]:
        """Rebuilds beside the questions, one at a time for all sessions."""
        if not self._rebuilding.acquire(blocking=False):
            yield RebuildView(rebuild.busy_html())
            return
        events: SimpleQueue[Progress | Rebuilt | str] = SimpleQueue()
        # A thread of its own: it finishes, and frees the lock, even when the person closes the page meanwhile.
        Thread(target=self._rebuild, args=(events,), name="rebuild", daemon=True).start()
        yield RebuildView(rebuild.progress_html(0, say("rebuild.start")), busy=True)
        while isinstance(event := _latest(events), Progress):
            yield RebuildView(rebuild.progress_html(event.fraction, event.step), busy=True)
        yield RebuildView(rebuild.failure_html(event) if isinstance(event, str) else rebuild.report_html(event))

    def _rebuild(self, events: "SimpleQueue[Progress | Rebuilt | str]") -> None:
        outcome: Rebuilt | str
        try:
            outcome = self.chatbot.rebuild(lambda fraction, step: events.put(Progress(fraction, step)))
        except Exception as error:  # noqa: BLE001 - as above
            outcome = told(error)
        finally:
            self._rebuilding.release()
        events.put(outcome)

    def _examples(self) -> tuple[str, ...]:
        try:
            return self.chatbot.questions()
        except Exception as error:  # noqa: BLE001 - a page without suggestions is better than none
            log.warning("no example questions: %s", error)
            return ()


def told(error: Exception) -> str:
    """The error as the person reads it: what was foreseen explains itself, anything else goes to the log in full."""
    if isinstance(error, WenjuError):
        log.info("refused: %s", error)
        return str(error)
    log.error("unexpected error", exc_info=error)
    return say("chat.unexpected", kind=type(error).__name__)


def _latest(events: "SimpleQueue[Progress | Rebuilt | str]") -> "Progress | Rebuilt | str":
    """Waits for an event; of progress that has piled up only the last matters."""
    event = events.get()
    while isinstance(event, Progress):
        try:
            event = events.get_nowait()
        except Empty:
            break
    return event
