"""Has a language model write an answer from the paragraphs that bear it, and shows of its text what passes the checks.

The model decides nothing: whether there is an answer, and where it stands, has been found without it. A sentence that
fails is asked for once more, else left out; where nothing is left, or the model fails, the answer stays the one in the
documents' words, with the reason beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

from index.lexicon import Lexicon
from index.paragraph import Paragraph, Span
from index.text import sentences
from rag import prompts
from rag.answer import Answer, Citation
from rag.citations import cite, defects
from rag.errors import SettingsError
from rag.language_model import Message, Model, ModelFailure, ModelStream
from rag.messages import say
from rag.quantities import quantities
from rag.sentence_stream import SentenceStream
from rag.settings import Settings
from rag.verification import Borne, Verified, Verifier, orders, outside

MOST_PARAGRAPHS = 4  # up to which further hits stand beside the cited paragraphs
AS_NEAR = 0.6  # of the best hit's score: what is further off tempts the model to stray
MOST_CHARACTERS = 4000  # of all paragraphs together
MOST_REPAIRS = 3  # sentences asked for again; a text with more faults is not worth the wait
NO_KEY = "none"  # for a server of one's own; another service's key from the environment must not reach it


@dataclass
class _Draft:
    """What the model has written so far, sentence by sentence, checked."""

    found: Answer
    sentences: list[Verified] = field(default_factory=list)

    @property
    def failed(self) -> list[int]:
        """Which sentences nothing bears."""
        return [index for index, one in enumerate(self.sentences) if not one.borne]

    def answer(self, notice: str = "") -> Answer:
        """The answer that the borne sentences make: each in a line, with the citations that bear it."""
        numbers: dict[tuple[str, Span], Citation] = {}
        lines = []
        for sentence in self.sentences:
            if sentence.borne:
                cited = dict.fromkeys(_numbered(borne, numbers).number for borne in sentence.borne)
                lines.append(sentence.said + "".join(f"[{number}]" for number in cited))
        text = "\n".join(dict.fromkeys(lines))
        return replace(self.found, text=text, citations=tuple(numbers.values()), origin="generative", notice=notice)


class GenerativeRewriter:
    """Rewrites answers with one model."""

    def __init__(self, model: Model, lexicon: Lexicon, *, timeout: float) -> None:
        self.stream = ModelStream(model)
        self.verifier = Verifier(lexicon)
        self.timeout = timeout

    @classmethod
    def from_settings(cls, settings: Settings, lexicon: Lexicon) -> "GenerativeRewriter":
        """The rewriter with the model that the settings name.

        :raises SettingsError: there is no such model, or its package is not installed.
        """
        return cls(load_model(settings), lexicon, timeout=settings.llm_timeout)

    def rewrite(self, answer: Answer) -> Iterator[Answer]:
        """The answer as prose, as it grows; last the complete one, or the given one with the reason why."""
        evidence = dict(enumerate(_evidence(answer), start=1))
        passages = [_passage(number, paragraph) for number, paragraph in evidence.items()]
        deadline = monotonic() + self.timeout
        draft, notice = _Draft(answer), ""
        try:
            for sentence in self._sentences(prompts.ask(answer.understood or answer.question, passages), deadline):
                draft.sentences.append(self.verifier.verify(sentence, evidence))
                if draft.sentences[-1].borne:
                    yield draft.answer()
            _look_at(draft)
        except ModelFailure as failure:
            yield replace(answer, notice=failure.told())
            return
        for index in draft.failed[:MOST_REPAIRS]:
            if self._mended(draft, index, passages, evidence, deadline=deadline):
                yield draft.answer()
        if draft.failed:
            notice = say("model.dropped", count=len(draft.failed))
        whole = draft.answer(notice)
        if not whole.text or defects(whole.text, whole.citations):
            whole = replace(answer, notice=ModelFailure("unborne").told())
        elif draft.failed and _lacks_figure(whole, answer):
            whole = replace(answer, notice=ModelFailure("figureless").told())
        yield whole

    def _sentences(self, messages: tuple[Message, ...], deadline: float) -> Iterator[str]:
        cutting = SentenceStream()
        for piece in self.stream.text(messages, deadline=deadline, allowed=self.timeout):
            yield from cutting.feed(piece)
        yield from cutting.finish()

    def _mended(
        self,
        draft: _Draft,
        index: int,
        passages: list[prompts.Passage],
        evidence: dict[int, Paragraph],
        *,
        deadline: float,
    ) -> bool:
        """Whether the model, told what is wrong with a sentence, writes one in its place that is borne."""
        failed = draft.sentences[index]
        messages = prompts.mend(failed.said, [defect.detail for defect in failed.defects], passages)
        try:
            again = next(iter(self._sentences(messages, deadline)), "")
        except ModelFailure:
            return False  # the sentences that are borne stand without it
        verified = self.verifier.verify(again, evidence)
        mended = bool(verified.borne) and all(verified.said != other.said for other in draft.sentences)
        if mended:
            draft.sentences[index] = verified
        return mended


def load_model(settings: Settings) -> Model:
    """The chat model that ``WENJU_LLM`` names, anything that LangChain's ``init_chat_model`` takes.

    :raises SettingsError: there is no such model, or its package is not installed.
    """
    try:
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = _options(settings)
        model: Model = init_chat_model(settings.llm, **options)
    except ImportError as error:
        named = re.search(r"pip install (?:-\S+ )*([\w-]+)", str(error))
        package = named[1] if named else (error.name or "langchain").partition(".")[0]
        raise SettingsError(say("model.package", model=settings.llm, package=package)) from error
    except Exception as error:  # noqa: BLE001 - each provider rejects its options with errors of its own
        raise SettingsError(say("model.unusable", model=settings.llm, error=type(error).__name__)) from None
    return model


def _options(settings: Settings) -> dict[str, object]:
    """What the provider's class is told. Ollama has names of its own for the same things."""
    key, server = settings.llm_api_key.get_secret_value(), settings.llm_base_url
    address: dict[str, object] = {"base_url": server} if server else {}
    provider = settings.llm.partition(":")[0]
    if provider == "ollama":
        return {**address, "num_predict": settings.llm_max_tokens}
    access: dict[str, object] = {"api_key": key or NO_KEY} if key or server else {}
    limit: dict[str, object] = {settings.llm_tokens_field: settings.llm_max_tokens}
    if provider == "openai":
        own = {"use_responses_api": False} if server else {}
        if settings.llm_tokens_field == "max_tokens":  # the class renames it unless it goes around the class
            limit = {"extra_body": limit}
        return {**address, **access, **limit, **own, "max_retries": 0, "timeout": settings.llm_timeout}
    return {**address, **access, "max_tokens": settings.llm_max_tokens, "timeout": settings.llm_timeout}


def _evidence(answer: Answer) -> tuple[Paragraph, ...]:
    """The cited paragraphs, and a few that were found near them, as far as there is room."""
    near = [hit.paragraph for hit in answer.hits if hit.score >= AS_NEAR * answer.hits[0].score]
    cited = {citation.paragraph.id: citation.paragraph for citation in answer.citations}
    chosen = dict(cited)
    for paragraph in near:
        if len(chosen) < MOST_PARAGRAPHS:
            chosen.setdefault(paragraph.id, paragraph)
    room = MOST_CHARACTERS
    kept: list[Paragraph] = []
    for paragraph in chosen.values():
        if not kept or len(paragraph.text) <= room:
            kept.append(paragraph)
            room -= len(paragraph.text)
    return tuple(kept)


def _passage(number: int, paragraph: Paragraph) -> prompts.Passage:
    """The paragraph without the sentences that talk to a machine."""
    ordering = orders(paragraph.text)
    spans = (span for span in sentences(paragraph.text) if outside(span, ordering))
    kept = "".join(paragraph.text[span.start : span.end] for span in spans)
    place = "" if orders(paragraph.place) else paragraph.place
    return prompts.Passage(number, place, kept[:MOST_CHARACTERS])


def _lacks_figure(prose: Answer, answer: Answer) -> bool:
    """Whether the figures that answer stand in none of the sentences that are left; a headline's number is none."""
    told = quantities(prose.text)
    figures = [one for one in quantities(answer.short) if one.kind != "ordinal"]
    if any(answer.short in (one.paragraph.article, *one.paragraph.headings) for one in answer.citations):
        return False
    return bool(figures) and not any(figure.same(other) for figure in figures for other in told)


def _numbered(borne: Borne, numbers: dict[tuple[str, Span], Citation]) -> Citation:
    key = (borne.paragraph.id, borne.span)
    if key not in numbers:
        numbers[key] = cite(len(numbers) + 1, borne.paragraph, borne.span)
    return numbers[key]


def _look_at(draft: _Draft) -> None:
    """A text without one usable sentence says by its looks what was wrong with it.

    :raises ModelFailure: there is none, or it is in another language.
    """
    if not draft.sentences:
        raise ModelFailure("empty")
    said = "".join(sentence.said for sentence in draft.sentences)
    if len(draft.failed) == len(draft.sentences) and not any(_is_han(character) for character in said):
        raise ModelFailure("language")


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
