"""Turns a chat into HTML: numbered citations, quotes, refusals. Pure, and knows nothing of Gradio.

Whatever comes from a document or a person goes through :func:`html.escape`; no text is read as Markdown, and nothing in
the result names another host.

``[1]`` becomes a button only at the end of a line, and where the answer has a citation 1.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape

from rag.answer import Answer, Citation, Refusal
from rag.chatbot import Status
from rag.citations import MARKERS
from ui import kept
from ui.messages import say
from ui.session import MAX_TURNS, Session, Turn

SHOWN_QUESTION = 400  # characters of a question shown; a pasted book must not bury the answer
_SENTENCE_END = re.compile(r"[。.!?!?]+$")
_HAN = re.compile("[\u3400-\u9fff]")
_QUOTE_OPENS = ("「", "『")


def chat_html(session: Session) -> str:
    """The whole conversation; nothing where nothing was asked yet."""
    dropped = ""
    if session.dropped:
        dropped = f'<p class="wj-dropped">{both("chat.dropped", count=session.dropped, kept=MAX_TURNS)}</p>'
    unsaved = kept.unsaved_html(session, language="zh")
    return dropped + "".join(turn_html(turn) for turn in session.turns) + unsaved


def welcome_html(examples: Sequence[str]) -> str:
    """What stands in the place of a conversation until something is asked: what this is, and example questions."""
    listed = "".join(
        f'<li><button type="button" class="wj-example" data-ask="{escape(one)}">{escape(one)}</button></li>'
        for one in examples
    )
    suggestions = f'<h3>{both("chat.examples")}</h3><ul class="wj-examples">{listed}</ul>' if examples else ""
    return (
        f'<section class="wj-welcome"><h2>{both("chat.welcome")}</h2>'
        f"<p>{both('chat.explain')}</p>{suggestions}</section>"
    )


def turn_html(turn: Turn) -> str:
    """One question and what became of it."""
    shown = turn.question[:SHOWN_QUESTION] + ("…" if len(turn.question) > SHOWN_QUESTION else "")
    label = escape(say("chat.question", number=turn.number))
    question = f'<h2 class="wj-question"><span class="wj-you">{both("chat.you")}</span>{escape(shown)}</h2>'
    return (
        f'<article class="wj-turn" data-turn="{turn.number}" aria-label="{label}">{question}{_outcome(turn)}</article>'
    )


def both(key: str, **values: object) -> str:
    """A message in Chinese with the English beside it, escaped, each in an element that tells its language."""
    chinese, english = escape(say(key, "zh", **values)), escape(say(key, "en", **values))
    return f'<span lang="zh-CN">{chinese}</span> <span class="wj-en" lang="en">{english}</span>'


def notice_html(message: str, *, kind: str = "error") -> str:
    """A message in a box, for what went wrong outside a turn."""
    return f'<div class="wj-notice wj-{escape(kind)}" role="alert">{escape(message)}</div>'


def status_html(status: Status) -> str:
    """What is indexed, in a line; the version and the model on pointing at it."""
    details = escape(say("page.version", version=status.version, built=status.built, model=status.model))
    counts = both("page.status", documents=len(status.documents), paragraphs=status.paragraphs)
    return f'<p class="wj-status" title="{details}">{counts}</p>'


def copy_text(turn: Turn) -> str:
    """The answer as plain text with its citations below, for the clipboard."""
    answer = turn.answer
    if answer is None:
        return ""
    sources = [f"[{one.number}] {one.paragraph.place}:「{one.quote}」" for one in answer.citations]
    return "\n".join([answer.question, answer.text, *sources])


def _outcome(turn: Turn) -> str:
    answer = turn.answer
    if turn.error:
        return (
            f'<div class="wj-answer wj-error" role="alert"><p class="wj-kind">{both("chat.error")}</p>'
            f"<p>{escape(turn.error)}</p></div>"
        )
    if turn.interrupted:
        return kept.interrupted_html(turn, language="zh")
    if answer is None:
        return f'<div class="wj-answer wj-waiting" role="status"><p class="wj-kind">{both("chat.searching")}</p></div>'
    body = _refusal(turn, answer.refusal) if answer.refusal else _answer(turn)
    note = _understood(answer)
    if answer.notice:
        note += f'<p class="wj-model" role="note">{escape(answer.notice)}</p>'
    state = "wj-refusal" if answer.refusal else "wj-grounded"
    busy = "" if turn.done else ' aria-busy="true"'
    return f'<div class="wj-answer {state}"{busy}>{note}{body}{_tools(turn)}</div>'


def _understood(answer: Answer) -> str:
    """How a follow-up was understood, in the language that it was asked in; nothing where it was taken as typed."""
    if not answer.understood or answer.understood == answer.question:
        return ""
    chinese = _HAN.search(answer.question)
    told = escape(say("chat.understood", "zh" if chinese else "en", question=answer.understood))
    return f'<p class="wj-understood" lang="{"zh-CN" if chinese else "en"}">{told}</p>'


def _answer(turn: Turn) -> str:
    """The lines of the answer, then the citations that no line shows with their place."""
    answer = turn.answer
    assert answer is not None
    lines = [line for line in answer.text.split("\n") if line.strip()]
    placed: set[int] = set()
    parts = []
    for index, line in enumerate(lines):
        numbers = _split(line)[1]
        cited = [one for one in answer.citations if str(one.number) in numbers]
        if line.lstrip().startswith(_QUOTE_OPENS):
            placed.update(one.number for one in cited)
            parts.append(_quote(turn, line, cited))
        else:
            prose = index or answer.origin == "generative"
            parts.append(f'<p class="{"wj-line" if prose else "wj-short"}">{_marked(turn, line)}</p>')
    rest = [one for one in answer.citations if one.number not in placed] if turn.done else []
    return "".join(parts) + _sources(turn, rest)


def _quote(turn: Turn, line: str, cited: Iterable[Citation]) -> str:
    short = _SENTENCE_END.sub("", turn.answer.short) if turn.answer else ""
    places = "".join(_place(turn, one) for one in cited)
    text = _marked(turn, line, short if 2 * len(short) < len(line) else "")
    return f'<figure class="wj-quote"><blockquote>{text}</blockquote><figcaption>{places}</figcaption></figure>'


def _marked(turn: Turn, line: str, short: str = "") -> str:
    """A line with the known markers at its end made into buttons and the short answer, where it stands, set off."""
    citations = {str(one.number): one for one in turn.answer.citations} if turn.answer else {}
    said, numbers = _split(line)
    chips = (_chip(turn, citations[one]) if one in citations else f"[{one}]" for one in numbers)
    return _emphasised(said, short) + "".join(chips)


def _split(line: str) -> tuple[str, list[str]]:
    """A line and the numbers of the markers that end it: ``数组[2]。[1]`` gives 数组[2]。 and 1."""
    found = MARKERS.search(line)
    return (line[: found.start()], re.findall(r"\d+", found[0])) if found else (line, [])


def _emphasised(text: str, short: str) -> str:
    before, found, after = text.partition(short) if short else (text, "", "")
    return f"{escape(before)}<strong>{escape(found)}</strong>{escape(after)}" if found else escape(text)


def _chip(turn: Turn, citation: Citation) -> str:
    label = escape(say("cite.show", number=citation.number, where=citation.paragraph.place))
    key = escape(turn.key(citation))
    return f'<button type="button" class="wj-cite" data-cite="{key}" aria-label="{label}">{citation.number}</button>'


def _place(turn: Turn, citation: Citation) -> str:
    key = escape(turn.key(citation))
    return f'<button type="button" class="wj-where" data-cite="{key}">{escape(citation.paragraph.place)}</button>'


def _sources(turn: Turn, citations: Sequence[Citation]) -> str:
    if not citations:
        return ""
    listed = "".join(f"<li>{_chip(turn, one)} {_place(turn, one)}</li>" for one in citations)
    return f'<div class="wj-sources"><p class="wj-kind">{both("chat.sources")}</p><ul>{listed}</ul></div>'


def _refusal(turn: Turn, refusal: Refusal) -> str:
    """Why there is no answer, and the passage that came nearest."""
    kind = both(f"chat.refused.{refusal.kind}")
    nearest = ""
    if refusal.nearest is not None:
        nearest = (
            f'<figure class="wj-quote wj-nearest"><p class="wj-kind">{both("chat.nearest")}</p>'
            f"<blockquote>「{escape(refusal.nearest.quote)}」</blockquote>"
            f"<figcaption>{_place(turn, refusal.nearest)}</figcaption></figure>"
        )
    return f'<p class="wj-kind">{kind}</p><p class="wj-reason">{escape(refusal.reason)}</p>{nearest}'


def _tools(turn: Turn) -> str:
    tools = kept.tools_html(turn, language="zh") + _copy(turn)
    return f'<div class="wj-tools">{tools}</div>' if tools else ""


def _copy(turn: Turn) -> str:
    if not turn.done or turn.answer is None or turn.answer.refused:
        return ""
    copied = escape(say("chat.copied", "zh"))
    return (
        f'<button type="button" class="wj-copy" data-copy="{escape(copy_text(turn))}" '
        f'data-copied="{copied}">{both("chat.copy")}</button>'
    )
