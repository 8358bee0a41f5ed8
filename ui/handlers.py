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
from ui import render
from ui.keeper import Keeper
from ui.language import FIRST
from ui.limits import Limits
from ui.messages import Choice, Language, in_language, say
from ui.session import Session
from ui.visitor import NOBODY, Visit

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

    def __init__(self, chatbot: Chatbot, limits: Limits, keeper: Keeper | None = None) -> None:
        self.chatbot = chatbot
        self.limits = limits
        self.keeper = keeper or Keeper()

    def ask(
        self, question: str, session: Session, visit: Visit = NOBODY, *, language: Language = FIRST, client: str = ""
    ) -> Iterator[ChatView]:
        """The question at once, then its answer as it grows; both are saved.

        :param client: who asks, as far as the limits go.
        """
        if not isinstance(question, str) or not question.strip():  # over the network anything may come
            yield ChatView(render.chat_html(session, language=language), session, notice=say("chat.empty", language))
            return
        session = self.keeper.resume(session, visit)
        history = session.history
        session = self.keeper.begin(session.begin(question), visit)
        yield ChatView(render.chat_html(session, language=language), session, busy=True)
        try:
            with self.limits.admitted(client):
                for answer in self.chatbot.ask(question, history, language=language):
                    session = session.grow(answer)
                    yield ChatView(render.chat_html(session, language=language), session, busy=True)
            session = session.finish()
        except Exception as error:  # noqa: BLE001 - the person must be told, whatever it is
            session = session.fail(told(error, language))
        session = self.keeper.end(session, visit)
        yield ChatView(render.chat_html(session, language=language), session)

    def again(
        self,
        number: int,
        question: str,
        session: Session,
        visit: Visit = NOBODY,
        *,
        language: Language = FIRST,
        client: str = "",
    ) -> Iterator[ChatView]:
        """Asks ``question``, or the same as before where it is empty, in the place of turn ``number``."""
        session = self.keeper.resume(session, visit)
        turn = next((turn for turn in session.turns if turn.number == number), None)
        if turn is None:
            notice = say("source.expired", language)
            yield ChatView(render.chat_html(session, language=language), session, notice=notice)
            return
        words = question if question.strip() else turn.question
        yield from self.ask(words, session.before(number), visit, language=language, client=client)

    def stop(self, session: Session, *, language: Language = FIRST) -> ChatView:
        """The conversation without what was still to come of the latest answer."""
        stopped = session.stop()
        return ChatView(render.chat_html(stopped, language=language), stopped)

    def suggestions(self, session: Session, *, language: Language = FIRST) -> str:
        """Questions to go on with after the latest answer."""
        if not session.turns or session.turns[-1].answer is None or not session.turns[-1].done:
            return ""
        try:
            questions = self.chatbot.suggestions(session.turns[-1].answer, session.questions)
        except Exception as error:  # noqa: BLE001 - a chat without suggestions is better than none
            log.warning("no suggestions: %s", error)
            return ""
        return render.next_html(questions, language=language)

    def answer(self, question: str = "", *, client: str = "") -> dict[str, Any]:
        """The complete answer to one question, or an ``error``: the page's only public call."""
        if not isinstance(question, str) or not question.strip():  # over the network anything may come
            return {"question": "", "error": say("chat.empty")}
        try:
            with self.limits.admitted(client):
                (last,) = deque(self.chatbot.ask(question), maxlen=1)
        except Exception as error:  # noqa: BLE001 - as above
            return {"question": question[:200], "error": told(error)}
        return to_dict(last)

    def redraw(self, session: Session, *, language: Language) -> str:
        """The conversation as it is, told in another language."""
        return render.chat_html(session, language=language)

    def welcome(self, *, language: Language = FIRST) -> str:
        """What is shown until something is asked."""
        return render.welcome_html(self._examples(), language=language)

    def clear(self) -> ChatView:
        """A new conversation."""
        return ChatView(render.chat_html(Session(), language=FIRST), Session())

    def status(self, *, language: Language = FIRST) -> str:
        """What is indexed, in a line."""
        try:
            return render.status_html(self.chatbot.status(), language=language)
        except Exception as error:  # noqa: BLE001 - as above
            return render.notice_html(told(error, language))

    def _examples(self) -> tuple[str, ...]:
        try:
            return self.chatbot.questions()
        except Exception as error:  # noqa: BLE001 - a page without suggestions is better than none
            log.warning("no example questions: %s", error)
            return ()


def told(error: Exception, language: Choice = "both") -> str:
    """The error as the person reads it: what was foreseen explains itself, anything else goes to the log in full."""
    if isinstance(error, WenjuError):
        log.info("refused: %s", error)
        said = in_language(error, language)
        return said if isinstance(said, str) else str(said)
    log.error("unexpected error", exc_info=error)
    return say("chat.unexpected", language, kind=type(error).__name__)
