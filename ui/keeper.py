"""Saves what a chat page shows and brings it back. Knows nothing of Gradio.

No fault of the archive stops a chat: where saving fails, the chat goes on and says so, and the next question is tried
again.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from rag.archive.chat import SavedChat, SavedTurn
from rag.archive.chats import Chats, Place
from rag.archive.database import Database
from rag.archive.judgement import Verdict
from rag.archive.listing import Listing
from rag.errors import ArchiveError, ChatMissing
from ui.messages import say
from ui.session import MAX_TURNS, Session, Turn
from ui.visitor import Visit

log = logging.getLogger(__name__)


class Keeper:
    """Keeps the chats of all visitors.

    :param database: where; without one nothing is saved, as the settings want it.
    """

    def __init__(self, database: Database | None = None) -> None:
        self.database = database

    def chats(self, visit: Visit) -> Chats:
        """The chats of who is at the page.

        :raises ArchiveError: nothing is saved, or not for this one.
        """
        if self.database is None:
            raise ArchiveError(say("keep.off"))
        if not visit.owner:
            raise ArchiveError(say("keep.nobody"))
        return Chats(self.database, visit.owner)

    def resume(self, session: Session, visit: Visit) -> Session:
        """The chat as it was left, where the server or another tab knows more of it than this session."""
        chat = session.chat or ("" if session.turns else visit.chat)
        if not chat or self.database is None:
            return session
        try:
            chats = self.chats(visit)
            if session.chat and chats.revision(chat) == session.revision:
                return session
            return opened(chats.open(chat, last=MAX_TURNS))
        except ChatMissing:
            return replace(session, chat="", revision=0)  # deleted meanwhile: what is asked next begins a new one
        except ArchiveError as error:
            log.warning("%s", error)
            return session

    def begin(self, session: Session, visit: Visit) -> Session:
        """The session with its latest question saved."""
        latest = session.turns[-1]
        return self._saved(session, visit, lambda chats: chats.begin(session.chat, latest.number, latest.question))

    def end(self, session: Session, visit: Visit) -> Session:
        """The session with what became of its latest question saved."""
        latest = session.turns[-1]
        if not latest.kept:
            return session
        return self._saved(session, visit, lambda chats: _end(chats, session.chat, latest))

    def open(self, visit: Visit, chat: str) -> Session:
        """A saved chat, to be gone on with.

        :raises ArchiveError: it cannot be had.
        """
        return opened(self.chats(visit).open(chat, last=MAX_TURNS))

    def list(self, visit: Visit, words: str, *, limit: int) -> Listing:
        """The chats that say the words, or the latest ones.

        :raises ArchiveError: they cannot be had.
        """
        return self.chats(visit).search(words, limit=limit)

    def judge(self, session: Session, visit: Visit, number: int, verdict: Verdict | None, *, note: str = "") -> Session:
        """The session with what the person thinks of an answer.

        :raises ArchiveError: it cannot be saved.
        """
        self.chats(visit).judge(session.chat, number, verdict, note=note)
        return session.judge(number, verdict or "", note if verdict else "")

    def _saved(self, session: Session, visit: Visit, save: Callable[[Chats], Place]) -> Session:
        if self.database is None:
            return session
        try:
            place = save(self.chats(visit))
        except ArchiveError as error:
            log.warning("not saved: %s", error)
            return session.unkept(str(error))
        return session.keep(place.chat, place.revision)


def opened(chat: SavedChat) -> Session:
    """The session that goes on with a saved chat."""
    return Session(tuple(map(_turn, chat.turns)), chat.asked, chat.id, chat.revision)


def _end(chats: Chats, chat: str, turn: Turn) -> Place:
    if turn.answer is None:
        return chats.fail(chat, turn.number, turn.error)
    return chats.finish(chat, turn.number, turn.answer)


def _turn(saved: SavedTurn) -> Turn:
    error = say("keep.damaged") if saved.state == "damaged" else saved.error
    return Turn(
        saved.number,
        saved.question,
        saved.answer,
        error,
        done=True,
        kept=True,
        interrupted=saved.state == "unfinished",
        verdict=saved.verdict or "",
        note=saved.note,
    )
