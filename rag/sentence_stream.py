"""Cuts a text that arrives in pieces into sentences, each with the markers behind it. Knows nothing of models.

``"大桥长三里。[1]造价"`` and then ``"不详。"`` give 大桥长三里。[1] at once, and 造价不详。 at the end.
"""

import re

MARKER = re.compile(r"[\[【［]\s*\^?\d{1,3}(?:\s*[,，、]\s*\d{1,3})*\s*[\]】］]")
_END = re.compile(rf"[。!?！？]+[”’\"'』」)）》]*\s*(?:{MARKER.pattern}\s*)*|(?<=[a-z])\.(?=\s)|\n\s*")
_OPENING_BRACKETS = "[【［"
_LONGEST_MARKER = 12  # characters that may follow an opening bracket before it is none of a marker
_THINKING, _THOUGHT = "<think>", "</think>"
_DECORATION = re.compile(r"^(?:\s*(?:[-*•·>#]+|\d{1,2}[.)、](?=\s))\s*)+|\*\*|`")


class SentenceStream:
    """Takes pieces, gives sentences."""

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[str]:
        """The sentences that this piece completes: what follows them has begun, so no marker of theirs can come."""
        self._text += piece
        if not self._thought():
            return []
        found: list[str] = []
        while (cut := self._cut()) is not None:
            found.append(self._text[:cut])
            self._text = self._text[cut:]
        return _clean(found)

    def finish(self) -> list[str]:
        """What is left when nothing more comes."""
        rest, self._text = self._text, ""
        return [] if rest.lstrip().startswith(_THINKING) else _clean([rest])

    def _thought(self) -> bool:
        """Whether what the model thinks aloud before its answer, if it does, is over; it is no part of the answer."""
        start = self._text.lstrip()
        if not start or (len(start) < len(_THINKING) and _THINKING.startswith(start)):
            return False
        if not start.startswith(_THINKING):
            return True
        thought, closed, self._text = self._text.partition(_THOUGHT)
        if not closed:
            self._text = thought
        return bool(closed)

    def _cut(self) -> int | None:
        """Where the first complete sentence ends, quotations kept whole."""
        for match in _END.finditer(self._text):
            inside, rest = self._text[: match.end()], self._text[match.end() :]
            if inside.count("“") > inside.count("”") and "\n" not in match[0]:
                continue
            if not rest or (rest[0] in _OPENING_BRACKETS and len(rest) < _LONGEST_MARKER):
                return None
            return match.end()
        return None


def _clean(sentences: list[str]) -> list[str]:
    """Without the signs of lists and headings that some models cannot leave out, and without the empty ones."""
    bare = (_DECORATION.sub("", sentence).strip() for sentence in sentences)
    return [sentence for sentence in bare if sentence]
