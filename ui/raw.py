"""Turns a document as it was received into lines that tell what the repair made of them. Pure.

Knows nothing of how a page is repaired: it shows what was recorded, where it was recorded.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from rag.library import Page, Placed
from ui.escaping import attribute, escape
from ui.marks import Mark, marked
from ui.messages import Language, say

STRANDS = 4  # articles told apart by the colour of their edge; their names stand beside it
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_KINDS = {
    "heading": "source.raw_heading",
    "note": "source.raw_note",
    "opened": "source.raw_opened",
    "halves": "source.raw_halves",
    "closing": "source.raw_closing",
    "label": "source.raw_label",
}
_FAR = {"source.raw_onward": "source.raw_onward_far", "source.raw_back": "source.raw_back_far"}
"""What is told where the other side of a cut is on another page."""
_ROLES = {
    "headline": "source.role_headline",
    "kicker": "source.role_kicker",
    "subtitle": "source.role_subtitle",
    "label": "source.role_label",
    "byline": "source.role_byline",
    "heading": "source.role_heading",
    "note": "source.role_page",
    "rule": "source.role_rule",
}


class Run(Protocol):
    """Characters of a document; the spans of citations and repairs are such."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page and what is looked at on it: the ``quoted`` places of the citation ``key``, or the paragraph ``at``.

    ``stale``: the quoted words are not where they were. ``place`` is what the head says.
    """

    page: Page
    quoted: Sequence[Run] = ()
    key: str = ""
    at: str = ""
    place: str = ""
    stale: bool = False
    serial: str = ""


def raw_html(leaf: Leaf, language: Language = "zh") -> str:
    """The page, line by line."""
    stale = f'<p class="wj-notice wj-gone" role="status">{escape(say("source.raw_stale", language))}</p>'
    shown = f' data-shown="{escape(leaf.key)}"' if leaf.key else ""
    lines = "".join(_Lines(leaf, language).html())
    return (
        f'<div class="wj-source wj-raw" data-serial="{escape(leaf.serial)}" data-at="{escape(leaf.at)}"'
        f' data-document="{attribute(leaf.page.document)}"{shown}>{_head(leaf, language)}'
        f"{stale if leaf.stale else ''}{_onward(leaf.page, language, before=True)}"
        f'<div class="wj-lines" lang="zh-CN">{lines}</div>{_onward(leaf.page, language)}</div>'
    )


def _head(leaf: Leaf, language: Language) -> str:
    page = leaf.page
    last = page.line + len(re.findall(r"\r\n|\r|\n", page.text.rstrip("\r\n")))
    told = say("source.raw_lines", language, first=page.line, last=last)
    back = f'<button type="button" class="wj-back" data-back="">{escape(say("source.back", language))}</button>'
    article = (
        f'<button type="button" data-article="{escape(leaf.at)}">{escape(say("source.repaired", language))}</button>'
    )
    browse = f'<button type="button" data-browse="">{escape(say("source.browse", language))}</button>'
    return (
        '<header class="wj-source-head"><div class="wj-source-title">'
        f'<p class="wj-kind">{escape(say("source.raw", language))} · {escape(told)}</p>'
        f'<p class="wj-source-where" lang="zh-CN">{escape(leaf.place or page.document)}</p></div>{back}'
        f'<div class="wj-source-tools" role="group" aria-label="{escape(say("source.tools", language))}">'
        f"{article}{browse}</div></header>"
    )


def _onward(page: Page, language: Language, *, before: bool = False) -> str:
    """A button to what the document has beyond the page."""
    if (page.start == 0) if before else (page.end >= page.length):
        return ""
    at, key = (page.start, "source.raw_before") if before else (page.end, "source.raw_behind")
    where = f'data-document="{attribute(page.document)}" data-page="{at}" data-onward="{"" if before else 1}"'
    return f'<p class="wj-more"><button type="button" {where}>{escape(say(key, language))}</button></p>'


class _Lines:
    """The lines of one page."""

    def __init__(self, leaf: Leaf, language: Language) -> None:
        self.leaf, self.page, self.language = leaf, leaf.page, language
        self.starts: list[int] = []
        self.notes = _notes(leaf.page)
        self.seen: dict[tuple[str, str], int] = {}

    def html(self) -> Iterator[str]:
        """Each line; the name of the article wherever another one begins or goes on; what was repaired below it."""
        offset, number, current = self.page.start, self.page.line, ("", "")
        places = list(self.page.places)
        for line in _LINE.findall(self.page.text):
            if not line:
                break
            end = offset + len(line)
            while places and places[0].span.end <= offset:
                places.pop(0)
            here = [one for one in places[:STRANDS] if one.span.start < end]
            if here and (name := (here[0].paragraph.document, here[0].paragraph.article)) != current:
                yield self._strand(name)
                current = name
            yield self._line(line, offset, number, here, strand=self.seen.get(current, 0))
            yield from self._told(offset, end, strand=self.seen.get(current, 0))
            offset, number = end, number + 1

    def _strand(self, name: tuple[str, str]) -> str:
        key = "source.raw_again" if name in self.seen else "source.raw_strand"
        strand = self.seen.setdefault(name, len(self.seen))
        told = escape(say(key, self.language, title=name[1] or name[0]))
        return f'<p class="wj-strand wj-strand-{strand % STRANDS}">{told}</p>'

    def _line(self, line: str, offset: int, number: int, here: Sequence[Placed], *, strand: int) -> str:
        text = line.rstrip("\r\n")
        marks = [
            Mark(run.start - offset, run.end - offset, self.leaf.key)
            for run in self.leaf.quoted
            if run.start < offset + len(text) and offset < run.end
        ]
        heading = next((one for one in here if one.role == "heading" and len(here) > 1), None)
        lead = heading.span.end - offset if heading else 0
        looked_at = bool(marks) or any(one.paragraph.id == self.leaf.at and one.role == "body" for one in here)
        roles = dict.fromkeys(_ROLES[one.role] for one in here if one.role in _ROLES)
        tags = "".join(f'<span class="wj-tag">{escape(say(key, self.language))}</span>' for key in roles)
        state = ' aria-current="true"' if looked_at else ""
        label = escape(say("source.raw_line", self.language, line=number))
        words = marked(text, marks, focus=self.leaf.key, lead=min(max(lead, 0), len(text)))
        return (
            f'<div class="wj-line-raw wj-strand-{strand % STRANDS}"{state}><span class="wj-line-number" '
            f'role="img" aria-label="{label}">{number}</span><p tabindex="-1">{words}</p>{tags}</div>'
        )

    def _told(self, start: int, end: int, *, strand: int) -> Iterator[str]:
        for at in [at for at in self.notes if start <= at < end]:
            for key, values in self.notes[at]:
                told = str(say(key, self.language, **values))
                if values.get("across"):
                    told += f" · {say('source.raw_across', self.language)}"
                yield f'<p class="wj-repair wj-strand-{strand % STRANDS}">{escape(told)}</p>'


Notes = Mapping[int, Sequence[tuple[str, Mapping[str, object]]]]
"""What is told below a line, by a character of it: keys of messages and their values."""


def _notes(page: Page) -> Notes:
    notes: dict[int, list[tuple[str, Mapping[str, object]]]] = defaultdict(list)
    wraps = {pair for repair in page.repairs if repair.kind == "wrap" for pair in _pairs(repair.spans)}
    cuts: dict[tuple[int, int], bool] = {}
    for repair in page.repairs:
        if repair.kind in ("join", "across"):
            for pair in _pairs(repair.spans):
                cuts[pair] = cuts.get(pair, False) or (repair.kind == "across" and pair == _pairs(repair.spans)[-1])
        elif repair.kind in _KINDS:
            title = _title(page, repair.spans[0])
            notes[repair.spans[0].start].append((_KINDS[repair.kind], {"title": title}))
    for end, _ in wraps:
        notes[end - 1].append(("source.raw_wrap", {}))
    for (end, begin), across in cuts.items():
        if (end, begin) not in wraps:
            notes[end - 1].append((*_where(page, begin, "source.raw_onward", across),))
            notes[begin].append((*_where(page, end - 1, "source.raw_back", across),))
    return notes


def _pairs(spans: Sequence[Run]) -> list[tuple[int, int]]:
    """Where one run ends and the next begins."""
    return [(one.end, other.start) for one, other in pairwise(spans)]


def _where(page: Page, at: int, message: str, across: bool) -> tuple[str, Mapping[str, object]]:
    if not page.start <= at < page.end:
        return _FAR[message], {"across": across}
    line = page.line + len(re.findall(r"\r\n|\r|\n", page.text[: at - page.start]))
    return message, {"line": line, "across": across}


def _title(page: Page, run: Run) -> str:
    """The article that a place belongs to."""
    return next((one.paragraph.article for one in page.places if one.span.start <= run.start < one.span.end), "")
