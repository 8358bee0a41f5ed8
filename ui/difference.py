"""Turns the difference between two versions of the index into HTML, paragraph by paragraph. Pure; knows no Gradio.

What came is marked with ``ins``, what went with ``del``; both carry a word for those who see no colours.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from rag.versions import Change, Difference
from ui.escaping import escape
from ui.messages import Language, say

MOST_SHOWN = 200  # differing paragraphs on one page; the others are counted
LONGEST_COMPARED = 1500  # characters of a paragraph that are compared one by one: the time grows with their square
LONGEST_SHOWN = 4000  # characters of a paragraph shown: a line of a data file may be a whole book
MOST_UNFOLDED = 12  # differing paragraphs that are all shown at once; of more, those of the first document
ALIKE = 0.4  # share of equal characters below which two texts are shown one after the other
SHORTEST_KEPT = 2  # equal characters between two edits that are worth showing as kept: one alone is chance

_KINDS = {"added": "difference.added", "changed": "difference.changed", "removed": "difference.removed"}


def difference_html(difference: Difference, *, language: Language) -> str:
    """The versions, the counts, and every differing paragraph, folded by document."""
    counts = difference.counts
    title = say("difference.title", language, old=difference.old, new=difference.new)
    told = say(
        "difference.counts",
        language,
        added=counts.added,
        changed=counts.changed,
        removed=counts.removed,
        unchanged=counts.unchanged,
    )
    documents = [
        (document, list(changes))
        for document, changes in groupby(difference.changes, key=lambda change: change.paragraph.document)
    ]
    folded = "".join(
        _document(document, changes, is_open=not place or len(difference.changes) <= MOST_UNFOLDED, language=language)
        for place, (document, changes) in enumerate(documents)
    )
    left_out = ""
    if difference.left_out:
        left_out = (
            f'<p class="wj-left-out">{escape(say("difference.left_out", language, count=difference.left_out))}</p>'
        )
    none = "" if difference.changes or difference.left_out else f"<p>{escape(say('difference.none', language))}</p>"
    return (
        f'<section class="wj-difference" aria-label="{escape(title)}"><h3>{escape(title)}</h3>'
        f'<p class="wj-counts">{escape(told)}</p>{none}{folded}{left_out}</section>'
    )


def marked(old: str, new: str) -> str:
    """Both texts in one, escaped: what went in ``del``, what came in ``ins``.

    ``marked("总投资6.5亿元", "总投资8亿元") -> "总投资<del>6.5</del><ins>8</ins>亿元"``
    """
    return "".join(_piece("del", went) + _piece("ins", came) + escape(kept) for went, came, kept in _steps(old, new))


def _document(document: str, changes: Sequence[Change], *, is_open: bool, language: Language) -> str:
    count = escape(say("difference.count", language, count=len(changes)))
    listed = "".join(_change(change, language=language) for change in changes)
    return (
        f'<details class="wj-document"{" open" if is_open else ""}><summary>{escape(document)} '
        f"<span>{count}</span></summary><ul>{listed}</ul></details>"
    )


def _change(change: Change, *, language: Language) -> str:
    old, new = change.old, change.new
    if old is not None and new is not None:
        where = marked(old.place, new.place)
        byline = f'<p class="wj-byline">{marked(old.byline, new.byline)}</p>' if old.byline != new.byline else ""
        text = byline + f'<p class="wj-text">{marked(_cut(old.text), _cut(new.text))}</p>'
    else:
        where = escape(change.paragraph.place)
        tag = "ins" if old is None else "del"
        text = f'<p class="wj-text">{_piece(tag, _cut(change.paragraph.text))}</p>'
    kind = escape(say(_KINDS[change.kind], language))
    return (
        f'<li class="wj-change wj-{change.kind}"><p class="wj-change-head"><b>{kind}</b> <span>{where}</span></p>'
        f'<div lang="zh-CN">{text}</div></li>'
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def _piece(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""


def _steps(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """What went, what came in its place, and what was kept behind both; runs of edits are taken together."""
    if max(len(old), len(new)) > LONGEST_COMPARED:
        yield ("", "", old) if old == new else (old, new, "")
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield old, new, ""
        return
    old_at, new_at = 0, 0  # up to where both are told
    for old_start, new_start, size in matcher.get_matching_blocks():
        inside = old_start > 0 and old_start + size < len(old)
        if inside and size < SHORTEST_KEPT:
            continue
        kept = old[old_start : old_start + size]
        yield old[old_at:old_start], new[new_at:new_start], kept
        old_at, new_at = old_start + size, new_start + size
