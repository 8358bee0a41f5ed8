"""A saved chat as a file of a kind: its name, its type and its bytes. Knows nothing of who takes it away."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from index.messages import Language
from rag.archive.chat import SavedChat
from rag.errors import ChatMissing
from rag.export.data import data
from rag.export.markdown import markdown
from rag.export.paper import Paper, paper
from rag.messages import say

Kind = Literal["md", "docx", "json"]

NAME_LENGTH = 60  # characters of the title in the file's name
_WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Signs that a file system or a shell takes for something else.
_UNFIT = re.compile(r"[\\/:*?\"'<>|`$&;!#%{}~^]+")


@dataclass(frozen=True, slots=True)
class File:
    """A file to be saved by a person. ``name`` is safe on the usual systems."""

    name: str
    media_type: str
    content: bytes


def export(chat: SavedChat, kind: Kind, *, language: Language, turn: int | None = None) -> File:
    """The whole chat, or one of its turns, as a file.

    :raises ChatMissing: there is no such turn.
    """
    if turn is not None:
        chat = _only(chat, turn)
    exported = datetime.now(UTC).isoformat(timespec="seconds")
    media_type, write = _KINDS[kind]
    name = f"{file_name(chat.title)}.{kind}"
    return File(name, media_type, write(paper(chat, language=language, exported=exported)))


def file_name(title: str) -> str:
    """``"../水渠:多长?\\n"`` gives ``水渠 多长``: no path, nothing invisible, no dots at its ends."""
    seen = "".join(
        character if unicodedata.category(character)[0] not in "CZ" else " "
        for character in unicodedata.normalize("NFC", title)
    )
    name = " ".join(_UNFIT.sub(" ", seen).split())[:NAME_LENGTH].strip(" .-")
    return name or say("export.untitled", "en")


def _only(chat: SavedChat, number: int) -> SavedChat:
    turns = tuple(turn for turn in chat.turns if turn.number == number)
    if not turns:
        raise ChatMissing(say("archive.no_turn", number=number))
    title = turns[0].question if chat.asked > 1 else chat.title
    return replace(chat, title=" ".join(title.split())[:NAME_LENGTH], turns=turns)


def _docx(told: Paper) -> bytes:
    from rag.export.word import word

    return word(told)


_KINDS: dict[Kind, tuple[str, Callable[[Paper], bytes]]] = {
    "md": ("text/markdown; charset=utf-8", lambda told: markdown(told).encode()),
    "json": ("application/json", lambda told: data(told).encode()),
    "docx": (_WORDS, _docx),
}
