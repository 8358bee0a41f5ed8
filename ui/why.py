"""Turns explanations into HTML: why these passages, why not those, and what fell short. Pure; knows nothing of Gradio.

Plain sentences come first, with the terms of the trade and the numbers beside them, and the tables folded below.
"""

import zlib
from collections.abc import Sequence
from math import exp

from rag.explanation import Explanation, Passage
from rag.judgement import Judgement
from ui.escaping import escape
from ui.measures import parts_html, sentence_html, signals_html, signed, words_html
from ui.messages import Language, say
from ui.session import Turn

_TERMS = (
    ("why.lexical", "why.lexical_means"),
    ("why.dense", "why.dense_means"),
    ("why.joined", "why.joined_means"),
    ("why.evidence", "why.evidence_means"),
)


def fold_html(turn: Turn, *, language: Language) -> str:
    """The fold under an answer, empty until it is opened; none where nothing was looked up."""
    answer = turn.answer
    if not turn.done or answer is None or (answer.refusal and answer.refusal.kind == "not_a_question"):
        return ""
    opens, waits, failed, again = (
        escape(say(key, language))
        for key in ("why.open_refused" if answer.refused else "why.open", "why.loading", "why.failed", "why.again")
    )
    return (
        f'<details class="wj-why" data-why="{escape(key_of(turn))}" data-language="{escape(language)}">'
        f'<summary>{opens}</summary><p class="wj-why-wait" role="status" hidden>{waits}</p>'
        f'<p class="wj-why-fail" role="alert" hidden><span>{failed}</span> '
        f'<button type="button" data-why-again>{again}</button></p>'
        f'<div class="wj-why-slot" aria-live="off"></div></details>'
    )


def key_of(turn: Turn) -> str:
    """Names a turn and what it says, so that what is kept for it is not shown for another: ``3-8c736521``."""
    answer = turn.answer
    said = f"{turn.question}\n{answer.text}\n{answer.index_version}" if answer else turn.question
    return f"{turn.number}-{zlib.crc32(said.encode('utf-8', 'replace')):08x}"


def why_html(turn: Turn, explanations: Sequence[Explanation], *, language: Language) -> str:
    """All that is told of a turn; one section for each time that something was looked up."""
    if not explanations:
        return f'<p class="wj-why-note">{escape(say("why.nothing", language))}</p>'
    versions = {one.index_version for one in explanations}
    changed = turn.answer is not None and versions != {turn.answer.index_version}
    note = f'<p class="wj-why-note" role="note">{escape(say("why.changed", language))}</p>' if changed else ""
    several = len(explanations) > 1
    sections = "".join(_Told(turn, one, language).html(named=several) for one in explanations)
    return f"{note}{sections}{_legend(language)}"


def failure_html(message: str) -> str:
    """What went wrong, in the place of an explanation."""
    return f'<p class="wj-why-note wj-error" role="alert">{escape(message)}</p>'


class _Told:
    """One explanation, in one language."""

    def __init__(self, turn: Turn, explanation: Explanation, language: Language) -> None:
        self.turn = turn
        self.explanation = explanation
        self.language = language

    def html(self, *, named: bool) -> str:
        """The verdict first where it is a refusal, last where it is an answer; ``named``: with what was looked up."""
        head = ""
        if named:
            head = f"<h3>{self._say('why.side', question=self.explanation.understood)}</h3>"
        cited = "".join(self._passage(one) for one in self.explanation.cited)
        if cited:
            cited = f"<h4>{self._say('why.cited')}</h4>{cited}"
        judgement = self.explanation.judgement
        verdict = self._verdict(judgement) if judgement else f'<p class="wj-why-note">{self._say("why.points")}</p>'
        refused = judgement is not None and judgement.kind is not None
        body = f"{verdict}{self._passed_over()}" if refused else f"{cited}{self._passed_over()}{verdict}"
        return f'<section class="wj-why-told">{head}{body}</section>'

    def _say(self, key: str, **values: object) -> str:
        return escape(say(key, self.language, **values))

    def _passed_over(self) -> str:
        passed = self.explanation.passed_over
        if not passed:
            return ""
        listed = "".join(f"<li>{self._passage(one)}</li>" for one in passed)
        told = self._say("why.passed", count=len(passed))
        return f'<details class="wj-why-more"><summary>{told}</summary><ol class="wj-why-list">{listed}</ol></details>'

    def _passage(self, passage: Passage) -> str:
        words = words_html(passage.words, self.language)
        detail = parts_html(passage, self.language)
        if passage.citation is None:
            detail = words + detail
            words = ""
        name = " wj-why-cited" if passage.citation else ""
        fold = f"<details><summary>{self._say('why.detail')}</summary>{detail}</details>" if detail else ""
        return (
            f'<div class="wj-why-passage{name}">{self._place(passage)}'
            f'<p class="wj-why-reason">{self._reason(passage)}</p>{self._ranks(passage)}'
            f"{sentence_html(passage, self.language)}{words}{fold}</div>"
        )

    def _place(self, passage: Passage) -> str:
        where = escape(self._where(passage))
        if passage.citation is None:
            return f'<p class="wj-why-place">{where}</p>'
        key, number = escape(self.turn.key(passage.citation)), passage.citation.number
        label = self._say("cite.show", number=number, where=self._where(passage))
        return (
            f'<p class="wj-why-place"><button type="button" class="wj-where" data-cite="{key}" aria-label="{label}">'
            f'<span class="wj-why-number">{number}</span> {where}</button></p>'
        )

    def _where(self, passage: Passage) -> str:
        """Where the passage stands, as a reader of the language would say it."""
        paragraph = passage.paragraph
        if self.language != "en" or paragraph.role != "body":
            return paragraph.place
        section = f"{paragraph.section}, " if paragraph.section else ""
        position = say("cite.position", self.language, position=paragraph.position)
        return f"《{paragraph.article or paragraph.document}》{section}{position}"

    def _reason(self, passage: Passage) -> str:
        words = self._listed(passage.lacking)
        form = say(f"why.form.{self.explanation.type}", self.language)
        return self._say(f"why.reason.{passage.reason}", words=words, form=form)

    def _ranks(self, passage: Passage) -> str:
        """How the passage was found: by letters, by meaning, by both, and how well its sentence answers."""
        hit = passage.hit
        if hit is None or passage.evidence is None:
            return f'<p class="wj-why-note">{self._say("why.unsearched")}</p>'
        told = [
            ("why.lexical", hit.lexical_rank, "why.points_of", hit.lexical),
            ("why.dense", hit.dense_rank, "why.cosine_of", hit.dense),
            ("why.joined", passage.rank, "why.points_of", hit.score),
        ]
        listed = [self._rank(name, rank, unit, score) for name, rank, unit, score in told]
        score = self._say("why.points_of", score=passage.evidence.score)
        listed.append(f"<li><span>{self._say('why.evidence')}</span> <b>{score}</b></li>")
        matched = self._say("why.terms", terms=self._listed(passage.terms)) if passage.terms else ""
        terms = f'<p class="wj-why-terms">{matched}</p>' if matched else ""
        return f'<ul class="wj-why-ranks">{"".join(listed)}</ul>{terms}'

    def _rank(self, name: str, rank: int | None, unit: str, score: float | None) -> str:
        if rank is None or score is None:
            return f"<li><span>{self._say(name)}</span> {self._say('why.unranked')}</li>"
        told = escape(say(unit, self.language, score=score))
        return (
            f"<li><span>{self._say(name)}</span> <b>{self._say('why.rank', rank=rank)}</b> <small>{told}</small></li>"
        )

    def _verdict(self, judgement: Judgement) -> str:
        """Whether there is an answer and why, in sentences; the signals folded below."""
        lines = []
        unspoken = judgement.rule == "ungrounded" and set(judgement.detail) <= set(judgement.missing)
        if judgement.rule is not None and not unspoken:  # that no passage speaks of them says more
            values = {
                "words": self._listed(judgement.detail),
                "form": say(f"why.form.{self.explanation.type}", self.language),
            }
            lines.append(self._say(f"why.rule.{judgement.rule}", **values))
        if judgement.missing:
            lines.append(self._say("why.missing", words=self._listed(judgement.missing)))
        if judgement.signals:
            key = "why.enough" if judgement.bearing >= judgement.caution else "why.short"
            sure, need = _share(judgement.bearing), _share(judgement.caution)
            odds, least = signed(judgement.bearing), signed(judgement.caution)
            lines.append(self._say(key, sure=sure, need=need, odds=odds, least=least))
        if judgement.rule == "weak" and judgement.shortest is not None:
            signal = say(f"why.signal.{judgement.shortest.name}", self.language)
            lines.append(self._say("why.shortest", signal=signal, value=judgement.shortest.value))
        told = "".join(f"<li>{line}</li>" for line in lines)
        signals = signals_html(judgement, self.language)
        fold = f"<details><summary>{self._say('why.detail')}</summary>{signals}</details>" if signals else ""
        head = self._say("why.verdict_refused" if judgement.kind else "why.verdict")
        return f'<div class="wj-why-verdict"><h4>{head}</h4><ul>{told}</ul>{fold}</div>'

    def _listed(self, words: Sequence[str]) -> str:
        opening, closing, between = ("“", "”", ", ") if self.language == "en" else ("「", "」", "")
        return between.join(f"{opening}{word}{closing}" for word in words)


def _share(odds: float) -> float:
    """Log odds as a probability."""
    return 1 / (1 + exp(-max(-700.0, min(700.0, odds))))


def _legend(language: Language) -> str:
    terms = "".join(
        f"<dt>{escape(say(name, language))}</dt><dd>{escape(say(meaning, language))}</dd>" for name, meaning in _TERMS
    )
    told = escape(say("why.legend", language))
    return f'<details class="wj-why-legend"><summary>{told}</summary><dl>{terms}</dl></details>'
