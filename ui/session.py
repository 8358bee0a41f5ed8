"""One person's chat: numbered turns, the latest few kept. Knows nothing of screens or of how answers come about."""

from dataclasses import dataclass, replace

from rag.answer import Answer, Citation

MAX_TURNS = 30  # enough to scroll back through; bounds what one browser tab can make the server keep
HISTORY_TURNS = 6  # a follow-up refers to something recent
MAX_QUESTION = 2000  # characters kept of a question; what is longer was refused by the chatbot anyway
NEAREST = "n"
"""Stands in a key for the nearest passage of a refusal: ``3-n``."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and, as far as it has come, its answer or the error in its place.

    ``kept``: it is saved; ``interrupted``: its answer never came. ``verdict`` is ``up``, ``down`` or nothing.
    """

    number: int
    question: str
    answer: Answer | None = None
    error: str = ""
    done: bool = False
    stopped: bool = False
    kept: bool = False
    interrupted: bool = False
    verdict: str = ""
    note: str = ""

    def citation(self, name: str) -> Citation | None:
        """The citation called ``1``, ``2``, … or ``n`` (see :data:`NEAREST`)."""
        if self.answer is None:
            return None
        if name == NEAREST:
            return self.answer.refusal.nearest if self.answer.refusal else None
        return next((one for one in self.answer.citations if str(one.number) == name), None)

    def key(self, citation: Citation) -> str:
        """What a click on the citation sends: ``3-1`` for citation 1 of turn 3."""
        nearest = self.citation(NEAREST)
        return f"{self.number}-{NEAREST if nearest is citation else citation.number}"


@dataclass(frozen=True, slots=True)
class Session:
    """The turns of a chat, oldest first; ``asked`` counts those no longer kept too.

    ``chat`` and ``revision`` say where it is saved and how far; ``unsaved`` why its latest turn could not be.
    """

    turns: tuple[Turn, ...] = ()
    asked: int = 0
    chat: str = ""
    revision: int = 0
    unsaved: str = ""

    @property
    def history(self) -> tuple[str, ...]:
        """The recent questions that were answered or refused, oldest first."""
        return tuple(turn.question for turn in self.turns if turn.done and turn.answer)[-HISTORY_TURNS:]

    @property
    def dropped(self) -> int:
        """How many turns are no longer kept."""
        return self.asked - len(self.turns)

    @property
    def questions(self) -> tuple[str, ...]:
        """All questions kept, oldest first."""
        return tuple(turn.question for turn in self.turns)

    def begin(self, question: str) -> "Session":
        """The session with one more turn, and the oldest dropped when there are too many.

        A question whose answer never came is asked again in its own place.
        """
        question = question[:MAX_QUESTION]
        earlier = self.stop().turns
        latest = earlier[-1] if earlier else None
        again = latest is not None and latest.interrupted and latest.question == question
        before, asked = (earlier[:-1], self.asked - 1) if again else (earlier, self.asked)
        return replace(self, turns=(*before, Turn(asked + 1, question))[-MAX_TURNS:], asked=asked + 1, unsaved="")

    def stop(self) -> "Session":
        """The session whose latest turn stays as far as it has come."""
        if not self.turns or self.turns[-1].done:
            return self
        return self._with_latest(replace(self.turns[-1], done=True, stopped=True))

    def before(self, number: int) -> "Session":
        """The session as it was before turn ``number`` was asked; as it is, when that turn is not kept."""
        kept = tuple(turn for turn in self.turns if turn.number < number)
        known = any(turn.number == number for turn in self.turns)
        return replace(self, turns=kept, asked=number - 1) if known else self

    def grow(self, answer: Answer) -> "Session":
        """The session whose latest turn has come as far as ``answer``; its hits are let go, nothing here shows them."""
        return self._with_latest(replace(self.turns[-1], answer=replace(answer, hits=())))

    def finish(self) -> "Session":
        """The session whose latest turn is complete."""
        return self._with_latest(replace(self.turns[-1], done=True))

    def fail(self, error: str) -> "Session":
        """The session whose latest turn ended in an error."""
        return self._with_latest(replace(self.turns[-1], answer=None, error=error, done=True))

    def keep(self, chat: str, revision: int) -> "Session":
        """The session whose latest turn is saved."""
        return replace(self._with_latest(replace(self.turns[-1], kept=True)), chat=chat, revision=revision)

    def unkept(self, reason: str) -> "Session":
        """The session whose latest turn could not be saved, and why."""
        return replace(self._with_latest(replace(self.turns[-1], kept=False)), unsaved=reason)

    def judge(self, number: int, verdict: str, note: str) -> "Session":
        """The session with what the person thinks of an answer."""
        turns = (replace(one, verdict=verdict, note=note) if one.number == number else one for one in self.turns)
        return replace(self, turns=tuple(turns))

    def find(self, key: str) -> tuple[Turn, Citation] | None:
        """The turn and the citation behind a key such as ``3-1``; ``None`` when this chat has none such."""
        number, _, name = key.partition("-")
        turn = next((turn for turn in self.turns if str(turn.number) == number), None)
        citation = turn.citation(name) if turn else None
        return (turn, citation) if turn and citation else None

    def _with_latest(self, turn: Turn) -> "Session":
        return replace(self, turns=(*self.turns[:-1], turn))
