"""The front door: ask, rebuild, look up. The one place where the parts are put together.

Answers come from one immutable index reference; a rebuild makes a new index and swaps the reference when it is done.
Knows nothing of screens.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

from index.embedder import Encoder, load_encoder
from index.errors import SnapshotError, SnapshotMissing
from index.lexicon import Lexicon
from index.paragraph import Paragraph
from index.store import ParagraphIndex, current_version
from rag.alignment import Aligner
from rag.answer import Answer, Answerer, Asked, Latency, Refusal, RefusalKind, Rewriter
from rag.citations import defects
from rag.conversation import Chat, asks_again, leaning, understand
from rag.evidence import EvidenceFinder
from rag.examples import examples
from rag.extractive import ExtractiveAnswerer
from rag.features import FeatureReader
from rag.messages import say
from rag.provenance import provenance
from rag.question import read_question
from rag.reader import Reader
from rag.referents import Turn
from rag.settings import Settings

log = logging.getLogger(__name__)

MOST_TURNS = 1000  # answered questions that are kept of all chats together; a few hundred bytes each

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Status:
    """What is being answered from. ``version`` is empty while there is no index."""

    version: str
    built: str = ""
    documents: tuple[str, ...] = ()
    paragraphs: int = 0
    model: str = ""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild changed, in paragraphs; ``problems`` are the files that could not be read, a line each."""

    version: str
    added: int
    changed: int
    removed: int
    unchanged: int
    problems: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Ready:
    """One index with the answerer over it: swapped together, never changed."""

    index: ParagraphIndex
    answerer: Answerer
    turns: dict[Asked, Turn] = field(default_factory=dict)
    """What earlier questions got, so that a chat does not answer them again with every follow-up."""


class Chatbot:
    """Asks and rebuilds. Safe to share between threads."""

    def __init__(
        self, settings: Settings, encoder: Encoder, lexicon: Lexicon, *, rewriter: Rewriter | None = None
    ) -> None:
        """``rewriter`` words the answers to questions; without it they are the documents' own words."""
        self.settings = settings
        self.rewriter = rewriter
        self.encoder = encoder
        self.aligner = Aligner(lexicon)
        self.finder = EvidenceFinder(self.aligner, encoder, Reader.shipped(FeatureReader(lexicon)))
        self._ready: _Ready | None = None
        self._opening = threading.Lock()
        self._examples: tuple[str, tuple[str, ...]] = ("", ())

    @classmethod
    def from_settings(cls, settings: Settings) -> "Chatbot":
        """The chatbot that the settings describe, with the current index, if there is one.

        :raises SnapshotError: there is an index, but it cannot be used.
        :raises EncoderError: the embedding model cannot be loaded.
        :raises SettingsError: there is no such language model.
        """
        encoder = load_encoder(settings.embedding_model, allow_download=settings.allow_download)
        lexicon = Lexicon.shipped()
        chatbot = cls(settings, encoder, lexicon, rewriter=_rewriter(settings, lexicon))
        if current_version(settings.index_dir):
            chatbot._open()
        return chatbot

    def ask(self, question: str, history: Sequence[str] = ()) -> Iterator[Answer]:
        """The answer as it grows; what is shown is checked, and the last one is complete.

        :param history: earlier questions, oldest first.
        :raises SnapshotMissing: there is no index yet.
        """
        started = perf_counter()
        ready = self._current()
        unusable = self._unusable(question)
        if unusable is not None:
            yield replace(unusable, index_version=ready.index.version)
            return
        whole = self._in_chat(ready, question, self._chat(ready, history))
        worded = perf_counter()
        for answer in self._worded(whole):
            now = perf_counter()
            spent = replace(
                answer.latency, answer=answer.latency.answer + (now - worded) * 1e3, total=(now - started) * 1e3
            )
            made = provenance(answer, ready.index, language_model=self.settings.llm)
            yield replace(answer, question=question, index_version=ready.index.version, latency=spent, provenance=made)

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The complete answer to a question, checked against what it cites.

        :raises SnapshotMissing: there is no index yet.
        """
        return deque(self.ask(question, history), maxlen=1)[0]

    def rebuild(self, progress: Progress, *, full: bool = False) -> Rebuilt:
        """Reads the corpus again, publishes a new index and answers from it; until then the old one answers.

        :raises CorpusError: the corpus folder cannot be used.
        :raises BuildBusy: a rebuild is under way.
        """
        from index.build import build_index
        from index.config import IndexConfig
        from index.corpus import read_corpus

        report = build_index(
            read_corpus(self.settings.corpus_dir),
            self.settings.index_dir,
            encoder=self.encoder,
            config=IndexConfig(),
            progress=progress,
            full=full,
        )
        self._open()
        problems = tuple(f"{problem.path}: {problem.reason}" for problem in report.problems)
        return Rebuilt(
            report.version, report.added, report.changed, report.removed, report.unchanged, problems, report.seconds
        )

    def article(self, paragraph_id: str) -> tuple[Paragraph, ...]:
        """All paragraphs of the article that this paragraph stands in, in reading order.

        :raises QueryError: there is no such paragraph.
        """
        return self._current().index.article(paragraph_id)

    def status(self) -> Status:
        """What is being answered from."""
        if self._ready is None:
            return Status(version="", model=self.encoder.name)
        index = self._ready.index
        return Status(index.version, index.built, tuple(index.documents), len(index.paragraphs), self.encoder.name)

    def questions(self) -> tuple[str, ...]:
        """Example questions that the index answers, made from its paragraphs; none while there is no index."""
        ready = self._ready
        if ready is None:
            return ()
        if self._examples[0] != ready.index.version:
            made = examples(ready.index.paragraphs, lambda question: self._reply(ready, Asked(question)))
            self._examples = (ready.index.version, made)
        return self._examples[1]

    def _worded(self, whole: Answer) -> Iterator[Answer]:
        """The answer growing: as the language model writes it, if there is a model and an answer; or line by line."""
        if self.rewriter is not None and not whole.refused:
            yield from self.rewriter.rewrite(whole)
            return
        lines = whole.text.splitlines()
        for count in range(1, len(lines)):
            yield replace(whole, text="\n".join(lines[:count]))
        yield whole

    def _current(self) -> _Ready:
        """The open index; a newer one that another process has published is opened first."""
        ready = self._ready
        try:
            newest = current_version(self.settings.index_dir)
            if newest and (ready is None or newest != ready.index.version):
                ready = self._open()
        except SnapshotError as error:
            if ready is None:
                raise
            log.warning("%s", error)  # what is open is whole and goes on answering
        if ready is None:
            raise SnapshotMissing(say("index.missing", folder=self.settings.index_dir))
        return ready

    def _open(self) -> _Ready:
        with self._opening:
            index = ParagraphIndex.open(self.settings.index_dir, self.encoder)
            answerer = ExtractiveAnswerer(self.finder, self.aligner, index.article, caution=self.settings.caution)
            self._ready = _Ready(index, answerer)
            return self._ready

    def _chat(self, ready: _Ready, history: Sequence[str]) -> Chat:
        """The chat so far. What an earlier question got is found out only when a word points at it."""
        questions = [question for question in history if self._unusable(question) is None]
        return Chat.of(questions, lambda asked: self._recall(ready, asked), self.aligner.lexicon)

    def _recall(self, ready: _Ready, asked: Asked) -> Turn:
        turn = ready.turns.get(asked)
        if turn is None:
            turn = Turn.of(asked, self._reply(ready, asked))
            if len(ready.turns) >= MOST_TURNS:
                ready.turns.clear()
            ready.turns[asked] = turn
        return turn

    def _in_chat(self, ready: _Ready, question: str, chat: Chat) -> Answer:
        """The answer to a question that may lean on those before it, and is tried so when it gets none by itself."""
        meant = understand(question, chat)
        if not meant and asks_again(question, self.aligner.lexicon):
            return _refusal(
                question,
                "not_a_question",
                say("refusal.no_earlier", read_question(question, self.aligner.lexicon).language),
            )
        answer = self._first_answer(ready, meant or (Asked(question),))
        if meant or not answer.refused:
            return answer
        leant = leaning(question, chat)
        other = self._first_answer(ready, leant) if leant else answer
        return answer if other.refused else other

    def _first_answer(self, ready: _Ready, meant: Sequence[Asked]) -> Answer:
        """The answer to the likeliest meaning that has one; otherwise the refusal of the likeliest."""
        answers = (self._reply(ready, asked) for asked in meant)
        first = next(answers)
        return first if not first.refused else next((other for other in answers if not other.refused), first)

    def _reply(self, ready: _Ready, asked: Asked) -> Answer:
        started = perf_counter()
        hits = tuple(ready.index.search(asked.query, k=self.settings.hits))
        retrieved = perf_counter()
        answer = _checked(ready.answerer.answer(asked, hits))
        ended = perf_counter()
        latency = Latency((retrieved - started) * 1e3, (ended - retrieved) * 1e3, (ended - started) * 1e3)
        return replace(answer, understood=asked.understood, latency=latency)

    def _unusable(self, question: str) -> Answer | None:
        if any("\ud800" <= character <= "\udfff" for character in question):  # halves of a character
            return _refusal(ascii(question), "not_a_question", say("refusal.not_a_question"))
        if not question.strip():
            return _refusal(question, "not_a_question", say("refusal.empty"))
        if len(question) > self.settings.max_question:
            reason = say("refusal.too_long", length=len(question), most=self.settings.max_question)
            return _refusal(question[: self.settings.max_question], "not_a_question", reason)
        return None


def _rewriter(settings: Settings, lexicon: Lexicon) -> Rewriter | None:
    """The language model that the settings name; nothing of it is imported where they name none."""
    if not settings.llm:
        return None
    from rag.generative import GenerativeRewriter

    return GenerativeRewriter.from_settings(settings, lexicon)


def _checked(answer: Answer) -> Answer:
    """The answer, if every line of it is borne by its citations; otherwise a refusal."""
    if answer.refused or not defects(answer.text, answer.citations):
        return answer
    return replace(_refusal(answer.question, "not_stated", say("refusal.unverified")), hits=answer.hits)


def _refusal(question: str, kind: RefusalKind, reason: str) -> Answer:
    return Answer(question, reason, refusal=Refusal(kind, reason), understood=question)
