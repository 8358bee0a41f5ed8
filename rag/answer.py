"""What a question gets: an answer, its citations or its refusal. Knows nothing of how they are found or shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from index.paragraph import Hit, Paragraph, SourceFile, Span
from rag.messages import Said

RefusalKind = Literal["off_topic", "not_stated", "part_missing", "not_a_question"]


@dataclass(frozen=True, slots=True)
class Citation:
    """The verbatim characters ``start`` to ``end`` of one paragraph, under the number that the answer gives it."""

    number: int
    paragraph: Paragraph
    quote: str
    start: int
    end: int

    def __post_init__(self) -> None:
        """A quote that is not verbatim cannot exist.

        :raises ValueError: the paragraph's characters ``start`` to ``end`` are not the quote.
        """
        if not self.quote or self.paragraph.text[self.start : self.end] != self.quote:
            raise ValueError(f"not verbatim in {self.paragraph.id} at {self.start}-{self.end}: {self.quote!r}")

    @property
    def source_spans(self) -> tuple[Span, ...]:
        """Where the quote stands in the source file."""
        return self.paragraph.source_spans(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer. ``nearest`` is the passage that came closest, where one is near enough to show."""

    kind: RefusalKind
    reason: str
    nearest: Citation | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the words that it takes over from the chat before it: who 他 is, what 那税收呢 is about.

    ``standalone`` is both as one question that a person can read, where the chat adds anything.
    """

    question: str
    context: str = ""
    standalone: str = ""

    @property
    def query(self) -> str:
        """Both, as one query for searching."""
        return f"{self.context} {self.question}".strip()

    @property
    def understood(self) -> str:
        """The question as it is shown to the person who asked."""
        return self.standalone or self.query


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds spent."""

    retrieve: float = 0.0
    answer: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer was made with: UTC in ISO 8601, the models, and the cited files as they were indexed.

    ``language_model`` is empty where the words are the documents' own.
    """

    answered: str = ""
    embedding_model: str = ""
    language_model: str = ""
    files: tuple[SourceFile, ...] = ()

    def sha256(self, document: str) -> str:
        """The digest of a cited file, nothing where it is not known."""
        return next((file.sha256 for file in self.files if file.document == document), "")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose every line ends in the ``[n]`` of the citation that bears it, or a refusal.

    ``short`` is the answer in a few words; ``text`` is the whole answer as shown, the short answer first. ``question``
    is what was typed, ``understood`` the same with what the chat adds to it. ``hits`` are what
    retrieval found, for the reader who wants to look further. ``origin`` says whose words these are: the documents'
    (``extractive``) or a language model's (``generative``); ``notice`` what of a model's words is not shown, and why.
    ``own`` are the lines of the text that are in our own words (是, The text says 4%), without their markers.
    """

    question: str
    text: str
    short: str = ""
    citations: tuple[Citation, ...] = ()
    refusal: Refusal | None = None
    origin: str = "extractive"
    index_version: str = ""
    understood: str = ""
    hits: tuple[Hit, ...] = ()
    latency: Latency = field(default_factory=Latency)
    notice: str = ""
    own: tuple[Said, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)

    @property
    def refused(self) -> bool:
        """Whether this is a refusal."""
        return self.refusal is not None


class Answerer(Protocol):
    """Turns a question, what it takes over from the chat before it, and the hits for both into an answer."""

    def answer(self, asked: Asked, hits: tuple[Hit, ...]) -> Answer: ...


class Rewriter(Protocol):
    """Words an answer anew, as it grows; the last one is complete. Decides nothing about what the answer is."""

    def rewrite(self, answer: Answer) -> Iterator[Answer]: ...


def to_dict(answer: Answer, *, id: str = "") -> dict[str, Any]:
    """The answer as the JSON object of the command line and the HTTP surfaces."""
    refusal = answer.refusal
    return {
        "id": id,
        "question": answer.question,
        "understood": answer.understood,
        "answer": answer.text,
        "refused": answer.refused,
        "refusal": None if refusal is None else {"kind": refusal.kind, "reason": refusal.reason},
        "citations": [_citation(citation) for citation in answer.citations],
        "origin": answer.origin,
        "notice": answer.notice,
        "index_version": answer.index_version,
        "latency_ms": {
            "retrieve": round(answer.latency.retrieve, 3),
            "answer": round(answer.latency.answer, 3),
            "total": round(answer.latency.total, 3),
        },
    }


def _citation(citation: Citation) -> dict[str, Any]:
    paragraph = citation.paragraph
    return {
        "number": citation.number,
        "paragraph_id": paragraph.id,
        "document": paragraph.document,
        "article": paragraph.article,
        "section": paragraph.section,
        "position": paragraph.position,
        "text": paragraph.text,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "source_spans": [[span.start, span.end] for span in citation.source_spans],
    }
