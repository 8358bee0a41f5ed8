"""Puts what an answer says in our own words into the language of its reader; what it quotes stays as it stands.

Knows nothing of how answers are found or shown.
"""

import re
import unicodedata
from dataclasses import replace
from typing import cast

from index.text import HAN, simplify
from rag.answer import Answer
from rag.citations import MARKERS
from rag.messages import Language, Said, in_language

_HAN = re.compile(f"[{HAN}]")


def framing(question: str, reader: Language | None = None) -> Language:
    """The language that an answer speaks: that of its question, Chinese in the script that the ``reader`` reads.

    ``("How long?", "zh") -> "en"``, ``("多长?", "zh-Hant") -> "zh-Hant"``, ``("多長?", None) -> "zh-Hant"``
    """
    if not _HAN.search(question):
        return "en" if re.search("[A-Za-z]", question) else reader or "zh"
    if reader in ("zh", "zh-Hant"):
        return reader
    return "zh" if simplify(question) == unicodedata.normalize("NFKC", question) else "zh-Hant"


def framed(answer: Answer, language: Language) -> Answer:
    """The answer with the reason of its refusal, its notice and the lines that are ours in ``language``."""
    refusal = answer.refusal and replace(answer.refusal, reason=_within(answer.refusal.reason, language))
    if refusal:
        text: str = refusal.reason
    else:
        text = "\n".join(_line(line, answer.own, language) for line in answer.text.split("\n"))
    return replace(
        answer,
        text=text,
        short=_within(answer.short, language),
        own=tuple(one.within(language) for one in answer.own),
        refusal=refusal,
        notice=_within(answer.notice, language),
    )


def _line(line: str, own: tuple[Said, ...], language: Language) -> str:
    """A line of the answer: one of ours before its markers, or the document's."""
    markers = MARKERS.search(line)
    end = markers.start() if markers else len(line)
    said = next((one for one in own if one == line[:end]), None)
    return line if said is None else said.within(language) + line[end:]


def _within(text: str, language: Language) -> str:
    return cast(str, in_language(text, language))
