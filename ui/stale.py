"""Turns what became of the citations of earlier answers into HTML. Pure; knows nothing of Gradio or of the index.

The marks stand beside the conversation, and the page's script puts each into its answer: so they can come and go with
the index while another answer is still growing.
"""

from collections.abc import Iterable

from rag.staleness import Stale
from ui.difference import marked
from ui.escaping import escape
from ui.messages import Language, say
from ui.session import Turn

LONGEST_KEY = 64  # characters of what the page calls its question; it is handed back, whatever it is
_FATES = {"changed": "stale.changed", "moved": "stale.moved", "gone": "stale.gone"}


def marks_html(marks: Iterable[tuple[Turn, tuple[Stale, ...]]], *, key: str = "", language: Language) -> str:
    """A mark for every answer with stale citations.

    :param key: what the page asked under, so that it knows an answer to a question that it no longer asks.
    """
    shown = "".join(_mark(turn, found, language) for turn, found in marks if found)
    return f'<div class="wj-marks" data-key="{escape(key[:LONGEST_KEY])}">{shown}</div>'


def _mark(turn: Turn, found: tuple[Stale, ...], language: Language) -> str:
    assert turn.answer is not None
    cited = " ".join(turn.key(one.citation) for one in found)
    question, version = escape(turn.answer.understood or turn.question), escape(turn.answer.index_version)
    listed = "".join(_reason(one, language) for one in found)
    return (
        f'<div class="wj-stale" role="note" data-turn="{turn.number}" data-version="{version}" '
        f'data-cited="{cited}"><p class="wj-kind">{escape(say("stale.title", language))}</p><ul>{listed}</ul>'
        f'<button type="button" data-ask="{question}">{escape(say("stale.again", language))}</button></div>'
    )


def _reason(one: Stale, language: Language) -> str:
    """Which citation, what happened to it, and how it reads now."""
    told = str(say(_FATES[one.fate], language))
    if one.fate == "changed":
        told += say("stale.quote_stands" if one.quote_stands else "stale.quote_gone", language)
    where = say("stale.citation", language, number=one.citation.number, where=one.citation.paragraph.place)
    return f"<li><b>{escape(where)}</b> {escape(told)}{_now(one, language)}</li>"


def _now(one: Stale, language: Language) -> str:
    if one.now is None:
        return ""
    cited = one.citation.paragraph
    shown = marked(cited.place, one.now.place) if one.fate == "moved" else marked(cited.text, one.now.text)
    title = escape(say("stale.now", language))
    return f'<details><summary>{title}</summary><p lang="zh-CN">{shown}</p></details>'
