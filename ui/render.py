"""Turns a chat into HTML, in the language that its reader chose. Pure, and knows nothing of Gradio.

Whatever comes from a document or a person goes through :func:`ui.escaping.escape`; no text is read as Markdown, and
nothing in the result names another host.
"""

from collections.abc import Sequence

from rag.chatbot import Status
from ui import kept
from ui.escaping import attribute, escape
from ui.messages import Language, say
from ui.session import MAX_TURNS, Session
from ui.turn import turn_html


def chat_html(session: Session, *, language: Language) -> str:
    """The whole conversation; nothing where nothing was asked yet."""
    dropped = ""
    if session.dropped:
        told = escape(say("chat.dropped", language, count=session.dropped, kept=MAX_TURNS))
        dropped = f'<p class="wj-dropped">{told}</p>'
    turns = (turn_html(turn, language=language, latest=turn is session.turns[-1]) for turn in session.turns)
    return dropped + "".join(turns) + kept.unsaved_html(session, language=language)


def welcome_html(examples: Sequence[str], *, language: Language) -> str:
    """What stands in the place of a conversation until something is asked: what this is, and example questions."""
    head = f"<h3>{escape(say('chat.examples', language))}</h3>"
    suggestions = f'{head}<ul class="wj-examples">{_asked(examples)}</ul>' if examples else ""
    return (
        f'<section class="wj-welcome"><h2>{escape(say("chat.welcome", language))}</h2>'
        f"<p>{escape(say('chat.explain', language))}</p>{suggestions}</section>"
    )


def next_html(questions: Sequence[str], *, language: Language) -> str:
    """Questions to go on with after an answer; nothing where there are none."""
    if not questions:
        return ""
    label = escape(say("chat.next", language))
    return (
        f'<p class="wj-kind" id="wj-next-label">{label}</p><ul aria-labelledby="wj-next-label">{_asked(questions)}</ul>'
    )


def brand_html(*, language: Language) -> str:
    """The name of the page and what it stands for."""
    return f"<h1>{escape(say('page.title', language))}</h1><p>{escape(say('page.motto', language))}</p>"


def notice_html(message: str, *, kind: str = "error") -> str:
    """A message in a box, for what went wrong outside a turn."""
    return f'<div class="wj-notice wj-{escape(kind)}" role="alert">{escape(message)}</div>'


def status_html(status: Status, *, language: Language) -> str:
    """What is indexed, in a line; the version and the model on pointing at it."""
    details = say("page.version", language, version=status.version, built=status.built, model=status.model)
    counts = say("page.status", language, documents=len(status.documents), paragraphs=status.paragraphs)
    return f'<p class="wj-status" title="{escape(details)}">{escape(counts)}</p>'


def _asked(questions: Sequence[str]) -> str:
    """Questions that a click asks."""
    return "".join(
        f'<li><button type="button" class="wj-example" data-ask="{attribute(one)}">{escape(one)}</button></li>'
        for one in questions
    )
