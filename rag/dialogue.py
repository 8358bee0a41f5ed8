"""Answers questions over one index: as they were meant, in the light of the chat before them, and checked.

Knows nothing of other indexes, of language models or of screens.
"""

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from index.store import ParagraphIndex
from rag.alignment import Aligner
from rag.answer import Answer, Answerer, Asked, Latency, Refusal, RefusalKind
from rag.citations import defects
from rag.conversation import Chat, asks_again, leaning, understand
from rag.messages import say
from rag.referents import Turn
from rag.sides import compare
from rag.typed import meant

MOST_TURNS = 1000  # answered questions that are kept of all chats together; a few hundred bytes each


class Dialogue:
    """One index with the answerer over it; another index gets another dialogue. Safe to share between threads."""

    def __init__(
        self, index: ParagraphIndex, answerer: Answerer, aligner: Aligner, *, hits: int, max_question: int
    ) -> None:
        """
        :param hits: paragraphs that an answer is looked for in.
        :param max_question: characters that a question may have.
        """
        self.index = index
        self.answerer = answerer
        self.aligner = aligner
        self.hits = hits
        self.max_question = max_question
        # What earlier questions got, so that a chat does not answer them again with every follow-up.
        self.turns: dict[Asked, Turn] = {}

    def with_answerer(self, answerer: Answerer) -> "Dialogue":
        """The same over the same index with another answerer."""
        return Dialogue(self.index, answerer, self.aligner, hits=self.hits, max_question=self.max_question)

    def reply(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer to a question in a chat.

        :param history: earlier questions, oldest first.
        """
        return self.unusable(question) or self._in_chat(self._meant(question), self._chat(history))

    def unusable(self, question: str) -> Answer | None:
        """The refusal of what cannot be read as a question; nothing, where it can."""
        if any("\ud800" <= character <= "\udfff" for character in question):  # halves of a character
            return _refusal(ascii(question), "not_a_question", say("refusal.not_a_question"))
        if not question.strip():
            return _refusal(question, "not_a_question", say("refusal.empty"))
        if len(question) > self.max_question:
            reason = say("refusal.too_long", length=len(question), most=self.max_question)
            return _refusal(question[: self.max_question], "not_a_question", reason)
        return None

    def _chat(self, history: Sequence[str]) -> Chat:
        """The chat so far. What an earlier question got is found out only when a word points at it."""
        questions = [self._meant(question) for question in history if self.unusable(question) is None]
        return Chat.of(questions, self._recall, self.aligner.lexicon)

    def _meant(self, question: str) -> str:
        """The question without its slips, as the words of the index have it; what is not to be read stays as typed."""
        return meant(question, self.aligner.lexicon, self.index.vocabulary)

    def _recall(self, asked: Asked) -> Turn:
        turn = self.turns.get(asked)
        if turn is None:
            turn = Turn.of(asked, self._reply(asked))
            if len(self.turns) >= MOST_TURNS:
                self.turns.clear()
            self.turns[asked] = turn
        return turn

    def _in_chat(self, question: str, chat: Chat) -> Answer:
        """The answer to a question that may lean on those before it, and is tried so when it gets none by itself."""
        meant = understand(question, chat)
        if not meant and asks_again(question, self.aligner.lexicon):
            return _refusal(question, "not_a_question", say("refusal.no_earlier"))
        answer = self._first_answer(meant or (Asked(question),))
        if meant or not answer.refused:
            return answer
        leant = leaning(question, chat)
        other = self._first_answer(leant) if leant else answer
        return answer if other.refused else other

    def _first_answer(self, meant: Sequence[Asked]) -> Answer:
        """The answer to the likeliest meaning that has one; otherwise the refusal of the likeliest."""
        answers = (self._reply(asked) for asked in meant)
        first = next(answers)
        return first if not first.refused else next((other for other in answers if not other.refused), first)

    def _reply(self, asked: Asked) -> Answer:
        return compare(asked, self._single, self.aligner)

    def _single(self, asked: Asked) -> Answer:
        started = perf_counter()
        hits = tuple(self.index.search(asked.query, k=self.hits))
        retrieved = perf_counter()
        answer = _checked(self.answerer.answer(asked, hits))
        ended = perf_counter()
        latency = Latency((retrieved - started) * 1e3, (ended - retrieved) * 1e3, (ended - started) * 1e3)
        return replace(answer, understood=asked.understood, latency=latency)


def _checked(answer: Answer) -> Answer:
    """The answer, if every line of it is borne by its citations; otherwise a refusal."""
    if answer.refused or not defects(answer.text, answer.citations):
        return answer
    return replace(_refusal(answer.question, "not_stated", say("refusal.unverified")), hits=answer.hits)


def _refusal(question: str, kind: RefusalKind, reason: str) -> Answer:
    return Answer(question, reason, refusal=Refusal(kind, reason), understood=question)
