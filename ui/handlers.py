"""What happens on a click: reads the session, calls the chatbot, hands back what to show. Knows nothing of Gradio.

The broad ``except`` of the layer stands here and in ``index_handlers``: whatever goes wrong is shown to the person and
written to the log, and the page goes on working.
"""

import logging
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rag.answer import to_dict
from rag.chatbot import Chatbot
from rag.errors import WenjuError
from ui import reader, render
from ui.messages import say
from ui.session import NEAREST, Session

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ChatView:
    """The conversation as it is now. ``busy``: more is coming; ``notice``: a message outside the turns."""

    html: str
    session: Session
    busy: bool = False
    notice: str = ""


class Handlers:
    """The callbacks of the page, over one chatbot shared by all sessions."""

    def __init__(self, chatbot: Chatbot) -> None:
        self.chatbot = chatbot

    def ask(self, question: str, session: Session) -> Iterator[ChatView]:
        """The question at once, then its answer as it grows."""
        if not isinstance(question, str) or not question.strip():  # over the network anything may come
            yield ChatView(render.chat_html(session), session, notice=say("chat.empty"))
            return
        history = session.history
        session = session.begin(question)
        yield ChatView(render.chat_html(session), session, busy=True)
        try:
            for answer in self.chatbot.ask(question, history):
                session = session.grow(answer)
                yield ChatView(render.chat_html(session), session, busy=True)
            session = session.finish()
        except Exception as error:  # noqa: BLE001 - the person must be told, whatever it is
            session = session.fail(told(error))
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
