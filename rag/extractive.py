"""The offline answerer: a short answer, the verbatim sentences it stands on, or a refusal with its reason.

Knows nothing of models that write, of chats or of screens.
"""

from collections.abc import Callable, Sequence

from index.paragraph import Hit, Paragraph, Span
from index.text import fold
from rag.alignment import Aligner
from rag.answer import Answer, Asked, Refusal
from rag.citations import cite, quoted
from rag.evidence import Evidence, EvidenceFinder, information
from rag.messages import Language, Said, say
from rag.premise import affirmed, confirmed, corrected
from rag.quantities import Quantity
from rag.question import Question, read_question
from rag.quotes import quote
from rag.refusal import OFF_TOPIC, TELLING, Verdict, judge
from rag.rivals import Rival, rivals
from rag.sections import Section, asked_section, points
from rag.short_answer import out_of_place, short_answer

MOST_QUOTES = 3
# A further sentence is quoted when it is about as good as the first, in this share of its score.
AS_GOOD = 0.7
# Below this share of its own words a sentence was found by meaning; the next best one is quoted with it.
WORDED = 0.5
# An article is what a question is about when it has the words for this share of it, somewhere.
SPOKEN_OF = 0.4
_CLOSING = "。.:\uff1a "
_CONTINUED = "上接"


class ExtractiveAnswerer:
    """Answers with the document's own words only."""

    def __init__(
        self,
        finder: EvidenceFinder,
        aligner: Aligner,
        article: Callable[[str], tuple[Paragraph, ...]],
        *,
        caution: float = 0.0,
    ) -> None:
        """
        :param article: gives all paragraphs of the article that a paragraph (by id) stands in.
        :param caution: the log odds that an answer needs.
        """
        self.finder = finder
        self.aligner = aligner
        self.article = article
        self.caution = caution

    def answer(self, asked: Asked, hits: tuple[Hit, ...]) -> Answer:
        """The answer to a question from the hits for it."""
        read = read_question(asked.question, self.aligner.lexicon, context=asked.context)
        section = self._section(read, hits)
        if section is not None:
            return _by_points(read, section, hits)
        found = self.finder.find(read, hits)
        verdict = judge(read, found, caution=self.caution)
        if verdict.kind is None and out_of_place(read, found[0], self.aligner):
            verdict = Verdict("not_stated")
        if verdict.kind is not None:
            return self._refused(read, verdict, found, hits)
        return self._by_quotes(read, found, hits)

    def _section(self, question: Question, hits: Sequence[Hit]) -> Section | None:
        seen: set[tuple[str, str]] = set()
        for hit in hits:
            place = (hit.paragraph.document, hit.paragraph.article)
            if place not in seen:
                seen.add(place)
                section = asked_section(question, self.article(hit.paragraph.id), self.aligner)
                if section is not None:
                    return section
        return None

    def _refused(
        self, question: Question, verdict: Verdict, found: Sequence[Evidence], hits: tuple[Hit, ...]
    ) -> Answer:
        best = found[0] if found else None
        cut = self._continued(question, best, hits) if verdict.kind != "not_a_question" else None
        language = question.language
        wrong = corrected(question, found, self.aligner) if verdict.kind == "not_stated" else None
        if wrong is not None:
            best = wrong.evidence
        figure = wrong.stated.text if wrong is not None else ""
        nearest = cite(1, best.hit.paragraph, best.span) if best is not None and verdict.kind == "not_stated" else None
        if cut is not None:
            reason = _with_figure(
                say("refusal.part_missing", language, article=cut.article, note=cut.note), figure, language
            )
            inside = nearest if nearest and nearest.paragraph.article == cut.article else None
            return Answer(question.text, reason, refusal=Refusal("part_missing", reason, inside), hits=hits)
        named = "_words" if verdict.missing and verdict.kind == "not_stated" else ""
        reason = say(f"refusal.{verdict.kind}{named}", language, words="、".join(verdict.missing))
        reason = _with_figure(reason, figure, language)
        return Answer(question.text, reason, refusal=Refusal(verdict.kind or "not_stated", reason, nearest), hits=hits)

    def _continued(self, question: Question, best: Evidence | None, hits: Sequence[Hit]) -> Paragraph | None:
        """A paragraph of the article that the question is about, if the corpus lacks the beginning of that article."""
        if question.orders or best is None:
            return None
        told = information(question)

        def spoken_of(paragraph: Paragraph) -> float:
            text = "".join(other.text for other in self.article(paragraph.id)) + paragraph.article
            return float(self.aligner.support(question.terms, self.aligner.read(text)) @ told)

        articles: dict[tuple[str, str], Paragraph] = {}
        for hit in hits:
            if _CONTINUED in hit.paragraph.note:
                articles.setdefault((hit.paragraph.document, hit.paragraph.article), hit.paragraph)
        for paragraph in articles.values():
            if _names_another(question, self.article(paragraph.id), hits):
                continue
            share = spoken_of(paragraph)
            # The best sentence may stand elsewhere by chance: what counts is which article the question is about.
            if best.coverage < OFF_TOPIC or share >= spoken_of(best.hit.paragraph):
                return paragraph if share >= SPOKEN_OF else None
        return None

    def _by_quotes(self, question: Question, found: Sequence[Evidence], hits: tuple[Hit, ...]) -> Answer:
        wrong = corrected(question, found, self.aligner)
        chosen = _chosen(question, found)
        if wrong is not None and _place(wrong.evidence) not in map(_place, chosen):
            chosen = (wrong.evidence, *chosen)
        short, bearing = self._short(question, found[0])
        several = rivals(question, found, bearing, self.aligner) if wrong is None else ()
        if several:
            return self._by_rivals(question, several, hits)
        held = {_place(found[0]): [bearing]}
        if wrong is not None:
            held.setdefault(_place(wrong.evidence), []).append(_inside(wrong.evidence, wrong.stated))
        spans = [
            quote(question, one, self.aligner, holding=held[_place(one)]) if _place(one) in held else one.span
            for one in chosen
        ]
        citations = tuple(
            cite(number, one.hit.paragraph, span)
            for number, (one, span) in enumerate(zip(chosen, spans, strict=True), 1)
        )
        numbers = {_place(one): number for number, one in enumerate(chosen, start=1)}
        best, lines = numbers[_place(found[0])], quoted(citations)
        if short != citations[best - 1].quote.rstrip("。"):
            lines.insert(0, f"{short}[{best}]")
        own = (short,) if isinstance(short, Said) else ()
        if wrong is not None:
            told = say("premise.wrong", question.language, figure=wrong.stated.text)
            lines.insert(0, f"{told}[{numbers[_place(wrong.evidence)]}]")
            own = (told, *own)
        return Answer(question.text, "\n".join(lines), short=short, citations=citations, hits=hits, own=own)

    def _by_rivals(self, question: Question, several: Sequence[Rival], hits: tuple[Hit, ...]) -> Answer:
        """Each figure that could be meant, labelled, and the quotes."""
        held: dict[tuple[str, Span], list[Span]] = {}
        for rival in several:
            held.setdefault(_place(rival.evidence), []).extend((rival.span, *rival.holding))
        evidence = {_place(rival.evidence): rival.evidence for rival in several}
        citations = tuple(
            cite(number, one.hit.paragraph, quote(question, one, self.aligner, holding=held[place]))
            for number, (place, one) in enumerate(evidence.items(), start=1)
        )
        numbers = {place: number for number, place in enumerate(evidence, start=1)}
        labels = [_labelled(rival, question) for rival in several]
        lines = [f"{said}[{numbers[_place(one.evidence)]}]" for said, one in zip(labels, several, strict=True)]
        text, short = "\n".join((*lines, *quoted(citations))), "; ".join(labels)
        return Answer(question.text, text, short=short, citations=citations, hits=hits, own=tuple(labels))

    def _short(self, question: Question, best: Evidence) -> tuple[str, Span]:
        """The answer in a few words, and what bears it in the paragraph's text.

        The words are those of the sentence, or whether a figure that was asked about is right.
        """
        premise = confirmed(question, best, self.aligner)
        if premise is not None:
            key = "premise.agrees" if premise.holds else "premise.differs"
            return say(key, question.language, figure=premise.stated.text), _inside(best, premise.stated)
        yes = affirmed(question, best, self.aligner)
        if yes is not None:
            return say("premise.yes" if yes else "premise.no", question.language), best.span
        span = short_answer(question, best, self.aligner)
        text = best.hit.paragraph.text[span.start : span.end]
        return text, best.span if question.type == "yes_no" else span


def _with_figure(reason: Said, figure: str, language: Language) -> Said:
    """A reason, and the figure that the documents state where the question has another one."""
    return say("refusal.wrong_figure", language, reason=reason, figure=figure) if figure else reason


def _labelled(rival: Rival, question: Question) -> Said:
    """A figure with what tells it from the others before it."""
    figure = rival.evidence.hit.paragraph.text[rival.span.start : rival.span.end]
    return say("comparison.side", question.language, side=rival.label, short=figure)


def _inside(evidence: Evidence, figure: Quantity) -> Span:
    """Where a figure of a sentence stands in its paragraph's text."""
    return Span(evidence.span.start + figure.start, evidence.span.start + figure.end)


def _names_another(question: Question, continued: Sequence[Paragraph], hits: Sequence[Hit]) -> bool:
    """Whether a question names what the headline of a whole article does, and the continued article nowhere."""
    said = fold("".join(f"{paragraph.context}{paragraph.text}" for paragraph in continued)).text
    whole = {hit.paragraph.article for hit in hits if _CONTINUED not in hit.paragraph.note}
    headlines = fold("\n".join(sorted(whole - {continued[0].article}))).text
    told = zip(question.terms, information(question), strict=True)
    return any(
        share >= TELLING and len(term.text) > 1 and term.text in headlines and term.text not in said
        for term, share in told
    )


def _place(evidence: Evidence) -> tuple[str, Span]:
    """What tells one quote from another."""
    return evidence.hit.paragraph.id, evidence.span


def _chosen(question: Question, found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The best sentence; with the best others of its paragraph, where several points are asked or it is only a lead."""
    best = found[0]
    others = [other for other in found[1:] if other.hit is best.hit and not _overlap(best, other)]
    if _is_lead(best):
        return (best, *sorted(others, key=lambda evidence: evidence.span.start)[: MOST_QUOTES - 1])
    if not question.wants_points and best.own >= WORDED:
        return (best,)
    good = [other for other in others[: MOST_QUOTES - 1] if other.score >= AS_GOOD * best.score]
    return tuple(sorted((best, *good), key=lambda evidence: evidence.span.start))


def _is_lead(evidence: Evidence) -> bool:
    """Whether the sentence only announces what its paragraph says."""
    headings = evidence.hit.paragraph.headings
    return bool(headings) and evidence.text.rstrip(_CLOSING) == headings[-1]


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _by_points(question: Question, section: Section, hits: tuple[Hit, ...]) -> Answer:
    citations = tuple(
        cite(number, point.paragraph, point.span) for number, point in enumerate(points(section), start=1)
    )
    partly: list[Said] = []
    if section.whole and _CONTINUED in section.paragraphs[0].note:
        partly.append(say("overview.part", question.language))
    lines = [*(f"{said}[1]" for said in partly), *quoted(citations)]
    return Answer(
        question.text, "\n".join(lines), short=section.heading, citations=citations, hits=hits, own=tuple(partly)
    )
