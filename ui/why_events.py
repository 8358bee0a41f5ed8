"""Explains a turn when its fold is opened. Knows nothing of layout, and nothing of how an explanation looks.

Each request carries a serial number, which comes back with the explanation: so each finds the fold that asked for it.
"""

import gradio as gr

from rag.chatbot import Chatbot
from ui import why
from ui.escaping import escape
from ui.events import PRIVATE, text_of
from ui.handlers import told
from ui.language import FIRST, known
from ui.messages import Language, say
from ui.session import Session

LONGEST = 100  # characters of what names a turn
_EVENT = {**PRIVATE, "trigger_mode": "multiple"}


class Why:
    """The callback of the fold, over one chatbot shared by all sessions."""

    def __init__(self, chatbot: Chatbot) -> None:
        self.chatbot = chatbot

    def explain(self, key: str, session: Session, *, language: Language = "zh", serial: str = "") -> str:
        """Why the turn called ``key`` got its answer, worked out anew."""
        turn = next((one for one in session.turns if why.key_of(one) == key), None)
        if turn is None or turn.answer is None:
            return _letter(why.failure_html(say("source.expired", language)), serial)
        before = Session(tuple(one for one in session.turns if one.number < turn.number))
        try:
            explanations = self.chatbot.explain(turn.question, before.history, shown=turn.answer)
            return _letter(why.why_html(turn, explanations, language=language), serial)
        except Exception as error:  # noqa: BLE001 - the person must be told, whatever it is
            return _letter(why.failure_html(told(error, language)), serial, failed=True)


def wire_why(explaining: Why, session: gr.State, *, mail: gr.HTML) -> None:
    """The private event that an opened fold sends; what comes back goes to ``mail``, out of sight."""

    def on_explain(session: Session, event: gr.EventData) -> str:
        turn, language, serial = (text_of(event, name, most=LONGEST) for name in ("turn", "language", "serial"))
        return explaining.explain(turn, session, language=known(language) or FIRST, serial=serial)

    mail.explain(on_explain, [session], [mail], **_EVENT)
    mail.nudge(lambda: None, None, None, **PRIVATE)  # opens a stream that what has joined waits for


def _letter(content: str, serial: str, *, failed: bool = False) -> str:
    state = " data-failed" if failed else ""
    return f'<div data-serial="{escape(serial)}"{state}>{content}</div>'
