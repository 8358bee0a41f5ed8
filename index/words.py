"""Cuts text into the words of a vocabulary, the longest first, from left to right. Knows nothing of vectors.

With the words 基础, 养老, 养老金, 金 and 20 the text ``基础养老金,２０`` is cut into 基础, 养老金 and 20.

The shipped model's text is cut here in plain Python: it loads without the tokenizers library and cuts a question in a
few microseconds. Its ``tokenizer.json`` makes that library cut the same way, and any other model's is left to it.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from index.errors import EncoderError
from index.messages import say

# What is cut into words, one script at a time; everything else only separates. The same for Python and for tokenizers.
RUNS = "[a-z]+|[0-9]+|[〇一-鿿]+|[%‰]"
_RUN = re.compile(RUNS)
_RUN_OR_LETTERS = re.compile(rf"(?P<known>{RUNS})|(?:(?![a-z0-9〇一-鿿])[^\W_])+")


@dataclass(frozen=True, slots=True)
class Cut:
    """The words of several texts one after the other; those of text i end before ``ends[i]``."""

    ids: Sequence[int]
    ends: Sequence[int]


@dataclass(frozen=True, slots=True)
class Piece:
    """The word ``id`` at the characters ``start`` to ``end`` of a text."""

    id: int
    start: int
    end: int


class Splitter(Protocol):
    """Cuts texts into words, numbered from 0 to below ``size``."""

    @property
    def size(self) -> int: ...
    def cut(self, texts: Sequence[str]) -> Cut: ...


class LongestFirst:
    """Takes the longest word that fits, again and again. Safe for many threads."""

    def __init__(self, words: Sequence[str]) -> None:
        """
        :param words: word i has the number i; number 0 is for what no word fits.
        """
        self.ids = {word: id for id, word in enumerate(words)}
        self._lengths = [1, *map(len, words[1:])]
        self._longer = _longer_words(words)

    @property
    def size(self) -> int:
        """How many words there are."""
        return len(self._lengths)

    def cut(self, texts: Iterable[str]) -> Cut:
        """The words of each text; letters that no script here has are passed over."""
        found: list[int] = []
        ends: list[int] = []
        for text in texts:
            self._cut_runs(_RUN.findall(unicodedata.normalize("NFKD", text).lower()), found.append)
            ends.append(len(found))
        return Cut(found, ends)

    def pieces(self, text: str) -> list[Piece]:
        """The words of a text and where they stand; a run of other letters is one piece, of number 0."""
        normalised, places = _normalised(text)
        found: list[Piece] = []
        for run in _RUN_OR_LETTERS.finditer(normalised):
            start, ids = run.start(), list[int]()
            self._cut_runs([run[0]] if run["known"] else [], ids.append)
            lengths = [self._lengths[id] for id in ids] or [len(run[0])]
            for id, length in zip(ids or [0], lengths, strict=True):
                found.append(Piece(id, places[start], places[start + length - 1] + 1))
                start += length
        return found

    def _cut_runs(self, runs: Iterable[str], add: Callable[[int], None]) -> None:
        """The two characters at the front tell which longer words are worth a look. Written for speed."""
        known, longer_words = self.ids.get, self._longer.get
        for run in runs:
            start, end = 0, len(run)
            while start < end:
                pair = run[start : start + 2]
                longer = longer_words(pair)
                if longer is not None:
                    for length in longer:
                        id = known(run[start : start + length])
                        if id is not None:
                            break
                    else:
                        longer = None
                if longer is None:
                    id, length = known(pair), len(pair)
                if id is None:
                    id, length = known(run[start], 0), 1
                add(id)
                start += length


class LibrarySplitter:
    """Cuts as the tokenizers library does."""

    def __init__(self, path: Path) -> None:
        """
        :raises EncoderError: the library cannot read the file.
        """
        from tokenizers import Tokenizer

        try:
            self._tokenizer = Tokenizer.from_buffer(path.read_bytes())
        except (OSError, ValueError) as error:
            raise EncoderError(say("embedder.unreadable", path=path, reason=error)) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    @property
    def size(self) -> int:
        """How many words there are."""
        return int(self._tokenizer.get_vocab_size())

    def cut(self, texts: Sequence[str]) -> Cut:
        """The words of each text."""
        found: list[int] = []
        ends: list[int] = []
        for encoding in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False):
            found += encoding.ids
            ends.append(len(found))
        return Cut(found, ends)


def read_splitter(path: Path) -> Splitter:
    """What cuts text as a ``tokenizer.json`` says: :class:`LongestFirst` where that is what it says.

    :raises EncoderError: the file cannot be read.
    """
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        vocabulary: Mapping[str, int] = content["model"]["vocab"] if _is_longest_first(content) else {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderError(say("embedder.unreadable", path=path, reason=error)) from error
    if not vocabulary:
        return LibrarySplitter(path)
    in_order = [*vocabulary.values()] == [*range(len(vocabulary))]
    return LongestFirst([*vocabulary] if in_order else sorted(vocabulary, key=vocabulary.__getitem__))


def _is_longest_first(content: Mapping[str, Any]) -> bool:
    """Whether the library is told to do what is done here, as ``index.training.tokenizing`` tells it."""
    model, before = content["model"], content.get("pre_tokenizer") or {}
    steps = [step.get("type") for step in (content.get("normalizer") or {}).get("normalizers", ())]
    return (
        (model["type"], model.get("continuing_subword_prefix")) == ("WordPiece", "")
        and (before.get("type"), before.get("pattern")) == ("Split", {"Regex": RUNS})
        and steps == ["NFKD", "Lowercase"]
    )


def _longer_words(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For the two characters at the front of longer words the lengths of these, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        if len(word) > 2:
            lengths.setdefault(word[:2], set()).add(len(word))
    return {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}


def _normalised(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is cut, and where each of its characters stood."""
    whole = unicodedata.normalize("NFKD", text).lower()
    if len(whole) == len(text):  # no character ever becomes less than one
        return whole, range(len(text))
    characters = [unicodedata.normalize("NFKD", character).lower() for character in text]
    places = [position for position, found in enumerate(characters) for _ in found]
    return "".join(characters), places
