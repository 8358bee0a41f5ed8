"""Turns what is kept of a turn into HTML: its thumbs, its export, that it was interrupted. Pure; knows no archive."""

from ui.escaping import attribute, escape
from ui.messages import Language, say
from ui.session import Session, Turn

KINDS = (("md", "Markdown"), ("docx", "Word (DOCX)"), ("json", "JSON"))
VERDICTS = (("up", "▲"), ("down", "▼"))


def tools_html(turn: Turn, *, language: Language) -> str:
    """Thumbs and export of a finished answer that is saved, and nothing for any other."""
    if not turn.done or not turn.kept or turn.answer is None:
        return ""
    return f'<span class="wj-kept">{_thumbs(turn, language)}{export_html(language=language, turn=turn.number)}</span>'


def export_html(*, language: Language, turn: int | None = None, chat: str = "") -> str:
    """A menu of the forms in which an answer, or a whole chat, can be taken away.

    :param chat: the chat; that of the page where it is not told.
    """
    of_turn = "" if turn is None else f' data-of="{turn}"'
    buttons = "".join(
        f'<button type="button" data-export="{kind}" data-from="{escape(chat)}"{of_turn}>{name}</button>'
        for kind, name in KINDS
    )
    label = escape(say("export.chat" if turn is None else "export.answer", language))
    return (
        f'<details class="wj-export"><summary aria-label="{label}" title="{label}">'
        f'{escape(say("export.menu", language))}</summary><span class="wj-export-menu">{buttons}</span></details>'
    )


def interrupted_html(turn: Turn, *, language: Language) -> str:
    """In the place of an answer that never came: that it did not, and the way to ask again."""
    told, again = escape(say("keep.interrupted", language)), escape(say("keep.retry", language))
    return (
        f'<div class="wj-answer wj-interrupted"><p class="wj-kind">{told}</p>'
        f'<p><button type="button" class="wj-ask-again" data-ask="{attribute(turn.question)}">{again}</button></p>'
        "</div>"
    )


def unsaved_html(session: Session, *, language: Language) -> str:
    """That this chat is not being saved, and why."""
    if not session.unsaved:
        return ""
    told = f"{say('keep.unsaved', language)} {session.unsaved}"
    return f'<p class="wj-unsaved" role="status">{escape(told)}</p>'


def _thumbs(turn: Turn, language: Language) -> str:
    buttons = "".join(
        f'<button type="button" class="wj-thumb" data-thumb="{verdict}" data-of="{turn.number}" '
        f'data-note="{attribute(turn.note) if turn.verdict == verdict else ""}" '
        f'aria-pressed="{str(turn.verdict == verdict).lower()}">'
        f'<span aria-hidden="true">{sign}</span> {escape(say(f"keep.{verdict}", language))}</button>'
        for verdict, sign in VERDICTS
    )
    return f'<span role="group" aria-label="{escape(say("keep.thumbs", language))}">{buttons}</span>'
