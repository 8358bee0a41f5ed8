"""The front door: ask, rebuild, look up. The one place where the parts are put together.

Answers come from one immutable index reference; a rebuild makes a new index and swaps the reference when it is done.
Knows nothing of screens.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from index.embedder import Encoder, load_encoder
from index.errors import SnapshotError, SnapshotMissing
from index.lexicon import Lexicon
from index.paragraph import Paragraph
from index.store import ParagraphIndex, current_version
from rag.alignment import Aligner
from rag.answer import Answer, Rewriter
from rag.dialogue import Dialogue
from rag.evidence import EvidenceFinder
from rag.examples import examples
from rag.explanation import Explainer, Explanation
from rag.extractive import ExtractiveAnswerer
from rag.features import FeatureReader
from rag.framing import framed, framing
from rag.library import Library
from rag.messages import Language, say
from rag.provenance import provenance
from rag.reader import Reader
from rag.settings import Settings
from rag.staleness import Stale, stale
from rag.suggestions import suggestions, surroundings
from rag.versions import Progress, Rebuilt, Versions
from rag.watched import Watched

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Status:
    """What is being answered from. ``version`` is empty while there is no index."""

    version: str
    built: str = ""
    documents: tuple[str, ...] = ()
    paragraphs: int = 0
    model: str = ""


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
        self._ready: Dialogue | None = None
        self._opening = threading.Lock()
        self._examples: tuple[str, tuple[str, ...]] = ("", ())
        self.versions = Versions(settings, encoder, self._open)

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

    def ask(self, question: str, history: Sequence[str] = (), *, language: Language | None = None) -> Iterator[Answer]:
        """The answer as it grows; what is shown is checked, and the last one is complete.

        :param history: earlier questions, oldest first.
        :param language: what the person reads; a question in English is answered in English even so.
        :raises SnapshotMissing: there is no index yet.
        """
        started = perf_counter()
        ready = self._current()
        unusable = ready.unusable(question)
        asked = unusable.question if unusable else question  # what no one could show is not handed back
        whole = unusable or ready.reply(question, history)
        worded = perf_counter()
        for answer in self._worded(whole):
            now = perf_counter()
            spent = replace(
                answer.latency, answer=answer.latency.answer + (now - worded) * 1e3, total=(now - started) * 1e3
            )
            made = provenance(answer, ready.index, language_model=self.settings.llm)
            told = replace(answer, question=asked, index_version=ready.index.version, latency=spent, provenance=made)
            yield framed(told, framing(asked, language))

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The complete answer to a question, checked against what it cites.

        :raises SnapshotMissing: there is no index yet.
        """
        return deque(self.ask(question, history), maxlen=1)[0]

    def explain(self, question: str, history: Sequence[str] = (), *, shown: Answer | None = None) -> list[Explanation]:
        """Why a question gets its answer, for each time that something is looked up; ``shown`` is how it was worded."""
        ready = self._current()
        watched = Watched(ready.answerer)
        answer = ready.with_answerer(watched).reply(question, history)
        explainer = Explainer(self.finder, ready.index, caution=self.settings.caution)
        return [explainer.explain(asking, shown) for asking in watched.bearing(answer)]

    def rebuild(
        self, progress: Progress, *, full: bool = False, cancelled: Callable[[], bool] = lambda: False
    ) -> Rebuilt:
        """Reads the corpus again, publishes a new index and answers from it; see :meth:`Versions.rebuild`."""
        return self.versions.rebuild(progress, full=full, cancelled=cancelled)

    def stale(self, answer: Answer) -> tuple[Stale, ...]:
        """The citations of an earlier answer that the index, as it is now, no longer bears out.

        :raises SnapshotMissing: there is no index.
        """
        index = self._current().index
        if answer.index_version == index.version:
            return ()
        return stale(answer.citations, index, lambda name: self.versions.passages(answer.index_version, name))

    def article(self, paragraph_id: str) -> tuple[Paragraph, ...]:
        """All paragraphs of the article that this paragraph stands in, in reading order.

        :raises QueryError: there is no such paragraph.
        """
        return self._current().index.article(paragraph_id)

    def library(self) -> Library:
        """The documents to browse, as they stand in the index that answers now.

        :raises SnapshotMissing: there is no index yet.
        """
        return Library(self._current().index)

    def status(self) -> Status:
        """What the next question is answered from, whichever process has published it."""
        try:
            index = self._current().index
        except SnapshotError:
            return Status(version="", model=self.encoder.name)
        return Status(index.version, index.built, tuple(index.documents), len(index.paragraphs), self.encoder.name)

    def questions(self) -> tuple[str, ...]:
        """Example questions that the index answers, made from its paragraphs; none while there is no index."""
        ready = self._ready
        if ready is None:
            return ()
        if self._examples[0] != ready.index.version:
            made = examples(ready.index.paragraphs, ready.reply)
            self._examples = (ready.index.version, made)
        return self._examples[1]

    def suggestions(self, answer: Answer, history: Sequence[str] = ()) -> tuple[str, ...]:
        """Up to three questions to go on with after an answer, each of which the index answers.

        :param history: the questions asked in the chat, the answered one included.
        """
        ready = self._ready
        if ready is None:
            return ()
        around = surroundings(answer, ready.index, hits=self.settings.hits, spare=self.questions())
        return suggestions(answer, around, asked=history, reply=lambda question: ready.reply(question, history))

    def _worded(self, whole: Answer) -> Iterator[Answer]:
        """The answer growing: as the language model writes it, if there is a model and an answer; or line by line."""
        if self.rewriter is not None and not whole.refused:
            yield from self.rewriter.rewrite(whole)
            return
        lines = whole.text.splitlines()
        for count in range(1, len(lines)):
            yield replace(whole, text="\n".join(lines[:count]))
        yield whole

    def _current(self) -> Dialogue:
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

    def _open(self) -> Dialogue:
        with self._opening:
            index = ParagraphIndex.open(self.settings.index_dir, self.encoder)
            answerer = ExtractiveAnswerer(self.finder, self.aligner, index.article, caution=self.settings.caution)
            self._ready = Dialogue(
                index, answerer, self.aligner, hits=self.settings.hits, max_question=self.settings.max_question
            )
            return self._ready


def _rewriter(settings: Settings, lexicon: Lexicon) -> Rewriter | None:
    """The language model that the settings name; nothing of it is imported where they name none."""
    if not settings.llm:
        return None
    from rag.generative import GenerativeRewriter

    return GenerativeRewriter.from_settings(settings, lexicon)
