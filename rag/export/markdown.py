"""A paper as Markdown with footnotes. Knows nothing of chats.

What people asked and what documents say is text in it, whatever signs it has: nothing of it becomes a heading, a link,
an image, HTML or a footnote of its own.
"""

import re
from collections.abc import Iterator

from rag.export.paper import Entry, Note, Paper, note_facts
from rag.messages import say

# What starts something anywhere in a line, in CommonMark or its usual extensions (tables, formulas, bare links, emoji).
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$^@&]|:(?=[a-z/])|(?<=\bwww)\.)", re.IGNORECASE)
# What starts something at the beginning of a line: a list, a rule, the line under a heading.
_BEGINNING = re.compile(r"^(\d*)([-+=.)!])")
# Signs that show nothing and turn text around or hide it.
_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def markdown(paper: Paper) -> str:
    """The paper as one Markdown text."""
    return "\n".join(
        (*_head(paper), *(line for entry in paper.entries for line in _entry(entry, paper)), *_notes(paper))
    )


def escaped(text: str) -> str:
    """Text that reads as it is written: ``"# 一 [x](y)"`` gives ``"\\# 一 \\[x\\]\\(y\\)"``, line ends become spaces.

    An ampersand and an angle bracket are written as entities, which also those read as text who know no backslashes.
    """
    line = " ".join(_INVISIBLE.sub("", text).split())
    return _BEGINNING.sub(r"\1\\\2", _SIGNS.sub(_sign, line))


def _sign(found: re.Match[str]) -> str:
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(found[0], f"\\{found[0]}")


def _head(paper: Paper) -> Iterator[str]:
    yield from (f"# {escaped(paper.title)}", "")
    yield from (f"- {escaped(fact)}" for fact in paper.facts)
    yield ""


def _entry(entry: Entry, paper: Paper) -> Iterator[str]:
    number = escaped(say("export.question", paper.language, number=entry.turn.number))
    yield from (f"## {number} {escaped(entry.turn.question)}", "")
    for line in entry.lines:
        marks = "".join(f"[^{number}]" for number in line.notes)
        yield from (f"{'> ' if line.quoted else ''}{escaped(line.text)}{marks}", "")
    yield from (f"- {escaped(fact)}" for fact in entry.facts)
    yield ""


def _notes(paper: Paper) -> Iterator[str]:
    if paper.notes:
        yield from (f"## {escaped(say('export.notes', paper.language))}", "")
    for note in paper.notes:
        yield from (_note(note, paper), "")


def _note(note: Note, paper: Paper) -> str:
    told = escaped(say("export.joint", paper.language).join(note_facts(note, paper.language)))
    return f"[^{note.number}]: 「{escaped(note.citation.quote)}」 {told}"
