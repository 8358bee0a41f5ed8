"""Turns one question and its answer into HTML: numbered citations, quotes, refusals. Pure; knows nothing of Gradio.

What frames an answer speaks the language of its question, the rest that of the reader; quotes stay as they are.
``[1]`` becomes a button only at the end of a line, and where the answer has a citation 1.
"""

import re
from collections.abc import Iterable, Sequence

from rag.answer import Answer, Citation, Refusal
from rag.citations import MARKERS
from rag.framing import framed, framing
from ui import kept
from ui.escaping import attribute, escape
from ui.messages import Language, in_language, say
from ui.session import Turn
from ui.why import fold_html

SHOWN_QUESTION = 400  # characters of a question shown; a pasted book must not bury the answer
_SENTENCE_END = re.compile(r"[。.!?!?]+$")
_QUOTE_OPENS = ("「", "『")


def turn_html(turn: Turn, *, language: Language, latest: bool = False) -> str:
    """One question and what became of it; the ``latest`` one can be asked again."""
    shown = turn.question[:SHOWN_QUESTION] + ("…" if len(turn.question) > SHOWN_QUESTION else "")
    label = escape(say("chat.question", language, number=turn.number))
    you = escape(say("chat.you", language))
    question = f'<h2 class="wj-question"><span class="wj-you">{you}</span>{escape(shown)}</h2>'
    version = escape(turn.answer.index_version) if turn.answer and turn.done else ""
    outcome = _Outcome(turn, language).html()
    tools = _tools(turn, language, latest=latest) if turn.done else ""
    return (
        f'<article class="wj-turn" data-turn="{turn.number}" data-version="{version}" aria-label="{label}">'
        f"{question}{_editor(turn, language)}{outcome}{fold_html(turn, language=language)}{tools}</article>"
    )


def where(citation: Citation, language: Language) -> str:
    """Where the quote stands, as a reader of ``language`` would say it."""
    paragraph = citation.paragraph
    if language != "en" or paragraph.role != "body":
        return paragraph.place
    section = f"{paragraph.section}, " if paragraph.section else ""
    position = say("cite.position", language, position=paragraph.position)
    return f"《{paragraph.article or paragraph.document}》{section}{position}"


def note(citation: Citation, language: Language) -> str:
    """The citation as a footnote: number, place and quote."""
    return say("cite.note", language, number=citation.number, where=where(citation, language), quote=citation.quote)


def copy_text(turn: Turn, *, language: Language) -> str:
    """The answer as plain text with its citations below, for the clipboard."""
    if turn.answer is None:
        return ""
    spoken = framing(turn.question, language)
    answer = framed(turn.answer, spoken)
    return "\n".join([answer.question, answer.text, *(note(one, spoken) for one in answer.citations)])


class _Outcome:
    """What became of a question: its answer as far as it has come, its refusal or an error."""

    def __init__(self, turn: Turn, language: Language) -> None:
        """
        :param language: what the person reads; ``spoken`` is what the answer speaks.
        """
        self.turn = turn
        self.language = language
        self.spoken = framing(turn.question, language)

    def html(self) -> str:
        """All of it."""
        if self.turn.error:
            told = escape(str(in_language(self.turn.error, self.language)))
            kind = self._kind("chat.error")
            return f'<div class="wj-answer wj-error" role="alert">{kind}<p>{told}</p></div>'
        if self.turn.interrupted:
            return kept.interrupted_html(self.turn, language=self.language)
        if self.turn.stopped and self.turn.answer is None:
            return ""
        if self.turn.answer is None:
            return f'<div class="wj-answer wj-waiting" role="status">{self._kind("chat.searching")}</div>'
        answer = framed(self.turn.answer, self.spoken)
        body = self._refusal(answer.refusal) if answer.refusal else self._answer(answer)
        notice = f'<p class="wj-model" role="note">{escape(answer.notice)}</p>' if answer.notice else ""
        state = "wj-refusal" if answer.refusal else "wj-grounded"
        busy = "" if self.turn.done else ' aria-busy="true"'
        tag = f' lang="{escape(say("language.tag", self.spoken))}"'
        return f'<div class="wj-answer {state}"{busy}{tag}>{self._understood(answer)}{notice}{body}</div>'

    def _kind(self, key: str) -> str:
        return f'<p class="wj-kind">{escape(say(key, self.spoken))}</p>'

    def _understood(self, answer: Answer) -> str:
        """How a follow-up was understood; nothing where it was taken as typed."""
        if not answer.understood or answer.understood == answer.question:
            return ""
        told = say("chat.understood", self.spoken, question=answer.understood)
        return f'<p class="wj-understood">{escape(told)}</p>'

    def _answer(self, answer: Answer) -> str:
        """The lines of the answer, then the citations that no line shows with their place."""
        placed: set[int] = set()
        parts = []
        for index, line in enumerate(line for line in answer.text.split("\n") if line.strip()):
            numbers = _split(line)[1]
            cited = [one for one in answer.citations if str(one.number) in numbers]
            if line.lstrip().startswith(_QUOTE_OPENS):
                placed.update(one.number for one in cited)
                parts.append(self._quote(line, cited, answer.short))
            else:
                prose = index or answer.origin == "generative"
                parts.append(f'<p class="{"wj-line" if prose else "wj-short"}">{self._marked(line)}</p>')
        rest = [one for one in answer.citations if one.number not in placed] if self.turn.done else []
        return "".join(parts) + self._sources(rest)

    def _quote(self, line: str, cited: Iterable[Citation], short: str) -> str:
        short = _SENTENCE_END.sub("", short)
        places = "".join(self._place(one) for one in cited)
        text = self._marked(line, short if 2 * len(short) < len(line) else "")
        return f'<figure class="wj-quote"><blockquote>{text}</blockquote><figcaption>{places}</figcaption></figure>'

    def _marked(self, line: str, short: str = "") -> str:
        """A line with the known markers at its end made into buttons and the short answer, where it stands, set off."""
        answer = self.turn.answer
        citations = {str(one.number): one for one in answer.citations} if answer else {}
        said, numbers = _split(line)
        chips = (self._chip(citations[one]) if one in citations else f"[{one}]" for one in numbers)
        return _emphasised(said, short) + "".join(chips)

    def _chip(self, citation: Citation) -> str:
        label = say("cite.show", self.language, number=citation.number, where=where(citation, self.spoken))
        key, shown = escape(self.turn.key(citation)), escape(note(citation, self.spoken))
        return (
            f'<button type="button" class="wj-cite" data-cite="{key}" data-note="{shown}" aria-label="{escape(label)}">'
            f"{citation.number}</button>"
        )

    def _place(self, citation: Citation) -> str:
        key = escape(self.turn.key(citation))
        place = escape(where(citation, self.spoken))
        return f'<button type="button" class="wj-where" data-cite="{key}">{place}</button>'

    def _sources(self, citations: Sequence[Citation]) -> str:
        if not citations:
            return ""
        listed = "".join(f"<li>{self._chip(one)} {self._place(one)}</li>" for one in citations)
        return f'<div class="wj-sources">{self._kind("chat.sources")}<ul>{listed}</ul></div>'

    def _refusal(self, refusal: Refusal) -> str:
        """Why there is no answer, and the passage that came nearest."""
        nearest = ""
        if refusal.nearest is not None:
            nearest = (
                f'<figure class="wj-quote wj-nearest">{self._kind("chat.nearest")}'
                f"<blockquote>「{escape(refusal.nearest.quote)}」</blockquote>"
                f"<figcaption>{self._place(refusal.nearest)}</figcaption></figure>"
            )
        reason = f'<p class="wj-reason">{escape(refusal.reason)}</p>'
        return f"{self._kind(f'chat.refused.{refusal.kind}')}{reason}{nearest}"


def _editor(turn: Turn, language: Language) -> str:
    """The question as a form, until it is wanted: what is asked instead replaces the turn and all after it."""
    label, note, ask, cancel = (
        escape(say(key, language, number=turn.number)) for key in ("edit.label", "edit.note", "edit.ask", "edit.cancel")
    )
    return (
        f'<form class="wj-editor" data-turn="{turn.number}" hidden>'
        f'<textarea rows="2" aria-label="{label}">\n{attribute(turn.question)}</textarea>'
        f'<p class="wj-edit-note">{note}</p><button type="submit">{ask}</button>'
        f'<button type="button" data-cancel>{cancel}</button></form>'
    )


def _tools(turn: Turn, language: Language, *, latest: bool) -> str:
    """What can be done with a turn that is over."""
    said = {key: escape(say(key, language)) for key in ("chat.copy", "chat.copied", "chat.retry", "edit.open")}
    tools = []
    if turn.stopped:
        tools.append(f'<span class="wj-stopped" role="status">{escape(say("chat.stopped", language))}</span>')
    if turn.answer is not None and not turn.answer.refused:
        tools.append(
            f'<button type="button" class="wj-copy" data-copy="{attribute(copy_text(turn, language=language))}" '
            f'data-copied="{said["chat.copied"]}">{said["chat.copy"]}</button>'
        )
    if latest and not turn.interrupted:
        tools.append(f'<button type="button" class="wj-retry" data-retry="{turn.number}">{said["chat.retry"]}</button>')
    label = escape(say("edit.label", language, number=turn.number))
    tools.append(f'<button type="button" class="wj-edit" aria-label="{label}" data-edit>{said["edit.open"]}</button>')
    return f'<div class="wj-tools">{kept.tools_html(turn, language=language)}{"".join(tools)}</div>'


def _split(line: str) -> tuple[str, list[str]]:
    """A line and the numbers of the markers that end it: ``数组[2]。[1]`` gives 数组[2]。 and 1."""
    found = MARKERS.search(line)
    return (line[: found.start()], re.findall(r"\d+", found[0])) if found else (line, [])


def _emphasised(text: str, short: str) -> str:
    before, found, after = text.partition(short) if short else (text, "", "")
    return f"{escape(before)}<strong>{escape(found)}</strong>{escape(after)}" if found else escape(text)
