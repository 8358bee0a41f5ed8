"""Turns the drawer of saved chats into HTML. Pure, and knows nothing of where they are kept.

Titles and found passages are what people and documents said: all of it goes through :func:`ui.escaping.escape`.
"""

from datetime import UTC, datetime

from rag.archive.chat import Summary
from rag.archive.listing import Listing
from ui.escaping import escape
from ui.kept import export_html
from ui.messages import Language, say


def shell_html(*, language: Language) -> str:
    """What stands around the list: heading, search, the field for a note on an answer."""
    close, title = escape(say("chats.close", language)), escape(say("chats.title", language))
    search = escape(say("chats.search", language))
    return (
        f'<header class="wj-chats-head" data-language="{language}"><h2>{title}</h2>'
        f'<button type="button" class="wj-chats-close" data-close-chats aria-label="{close}">×</button></header>'
        f'<div class="wj-chats-bar"><input type="search" class="wj-chats-search" placeholder="{search}" '
        f'aria-label="{search}" autocomplete="off" maxlength="200">'
        f'<button type="button" class="wj-chats-new" data-new>{escape(say("page.new", language))}</button></div>'
        f"{_note_html(language)}"
    )


def list_html(
    listing: Listing, *, language: Language, current: str = "", words: str = "", deleted: Summary | None = None
) -> str:
    """The chats, the latest first.

    :param current: the one that the page shows.
    :param words: what was searched for.
    :param deleted: one that has just been deleted, and may be had back.
    """
    undo = _undo_html(deleted, language) if deleted else ""
    items = "".join(_item(one, language, current=one.id == current) for one in listing.chats)
    if not items:
        nothing = escape(say("chats.found_none" if words.strip() else "chats.none", language))
        return f'{undo}<p class="wj-chats-none" role="status">{nothing}</p>'
    count = escape(say("chats.count", language, count=listing.total))
    more = ""
    if listing.total > len(listing.chats):
        label = escape(say("chats.more", language))
        more = f'<button type="button" class="wj-chats-more" data-more="{len(listing.chats)}">{label}</button>'
    return f'{undo}<p class="wj-chats-count" role="status">{count}</p><ul class="wj-chat-list">{items}</ul>{more}'


def failure_html(message: str) -> str:
    """Why the chats cannot be shown."""
    return f'<p class="wj-chats-failed" role="alert">{escape(message)}</p>'


def _item(chat: Summary, language: Language, *, current: bool) -> str:
    when = datetime.fromtimestamp(chat.changed, UTC)
    turns = f" · {escape(say('chats.turns', language, count=chat.turns))}" if chat.turns else ""
    found = f'<span class="wj-chat-found">{escape(chat.found)}</span>' if chat.found else ""
    here = ' aria-current="true"' if current else ""
    time = f'<time datetime="{when.isoformat(timespec="seconds")}">{when:%Y-%m-%d %H:%M} UTC</time>'
    return (
        f'<li class="wj-chat-item"{here}>'
        f'<button type="button" class="wj-chat-open" data-open="{escape(chat.id)}"{here}>'
        f'<span class="wj-chat-title">{escape(chat.title)}</span>{found}'
        f'<span class="wj-chat-meta">{time}{turns}</span></button>{_tools(chat, language)}</li>'
    )


def _tools(chat: Summary, language: Language) -> str:
    id, title = escape(chat.id), escape(chat.title)
    rename, delete, name = (escape(say(key, language)) for key in ("chats.rename", "chats.delete", "chats.name"))
    return (
        f'<span class="wj-chat-tools"><button type="button" data-rename="{id}" data-title="{title}" '
        f'data-label="{name}" aria-label="{rename}: {title}">{rename}</button>'
        f"{export_html(language=language, chat=chat.id)}"
        f'<button type="button" data-delete="{id}" aria-label="{delete}: {title}">{delete}</button></span>'
    )


def _undo_html(chat: Summary, language: Language) -> str:
    told, undo = escape(say("chats.deleted", language, title=chat.title)), escape(say("chats.undo", language))
    return (
        f'<p class="wj-chats-undo" role="status"><span>{told}</span> '
        f'<button type="button" data-restore="{escape(chat.id)}">{undo}</button></p>'
    )


def _note_html(language: Language) -> str:
    """A field for a note, out of sight until a thumb is pressed."""
    keys = ("keep.note", "keep.note_save", "keep.note_skip", "keep.withdraw")
    note, save, skip, withdraw = (escape(say(key, language)) for key in keys)
    return (
        f'<dialog class="wj-note-box" aria-label="{note}"><form method="dialog"><label>{note}'
        f'<textarea rows="4" maxlength="2000"></textarea></label><p class="wj-note-tools">'
        f'<button type="button" data-withdraw>{withdraw}</button>'
        f'<button type="submit" value="skip" formnovalidate>{skip}</button>'
        f'<button type="submit" value="save" class="wj-note-save">{save}</button></p></form></dialog>'
    )
