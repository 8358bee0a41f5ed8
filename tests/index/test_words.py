"""Text is cut longest word first, here as in the tokenizers library, and every word stands where it says."""

import itertools
import json
import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.embedder import SHIPPED_MODEL
from index.errors import EncoderError
from index.training.tokenizing import longest_first_tokenizer
from index.words import LibrarySplitter, LongestFirst, read_splitter

WORDS = (
    "[UNK]",
    *"基础养老金社会保险共和国的中其〇",
    *("基础", "养老", "养老金", "社会", "社会保险", "共和国", "中的", "和国"),
    *"abcdefghijklmnopqrstuvwxyz0123456789%‰",
    *("job", "jobs", "20", "2024"),
)
SPLITTER = LongestFirst(WORDS)
ALPHABET = "".join(WORDS[1:]) + "，。 ＡＪｏｂ２０４％é①㈱½ᚠ😀龘İ\u0301\n"


def _words(text: str) -> list[str]:
    return [WORDS[id] for id in SPLITTER.cut([text]).ids]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("基础养老金", ["基础", "养老金"], id="the longest word"),
        pytest.param("社会保", ["社会", "保"], id="the longest that is all there"),
        pytest.param("其中的共和国", ["其", "中的", "共和国"], id="from left to right"),
        pytest.param("基础，养老 金", ["基础", "养老", "金"], id="punctuation ends a word"),
        pytest.param("Jobs养老", ["jobs", "养老"], id="scripts are kept apart"),
        pytest.param("２０２４", ["2024"], id="wide digits"),
        pytest.param("20240", ["2024", "0"], id="an unknown number"),
        pytest.param("é", ["e"], id="no accents"),
        pytest.param("龘", ["[UNK]"], id="an unknown character"),
        pytest.param("ᚠ😀", [], id="another script"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_cuts(text: str, words: list[str]) -> None:
    assert _words(text) == words


def _oracle(run: str) -> list[str]:
    """All lengths tried, longest first."""
    if not run:
        return []
    length = next((n for n in range(len(run), 0, -1) if run[:n] in SPLITTER.ids), 1)
    return [run[:length], *_oracle(run[length:])]


def test_the_cut_is_the_longest_every_time() -> None:
    dice = random.Random(7)
    for _ in range(500):
        run = "".join(dice.choices("基础养老金社会保险共和国的中其", k=dice.randint(1, 12)))
        assert _words(run) == _oracle(run)


@given(st.lists(st.text(ALPHABET, max_size=30), max_size=5))
def test_texts_together_are_cut_as_each_alone(texts: list[str]) -> None:
    cut = SPLITTER.cut(texts)
    starts = [0, *cut.ends]
    assert [cut.ids[a:b] for a, b in zip(starts, cut.ends, strict=False)] == [SPLITTER.cut([t]).ids for t in texts]


@given(st.text(max_size=40) | st.text(ALPHABET, max_size=40))
def test_pieces_are_the_words_and_stand_where_they_say(text: str) -> None:
    pieces = SPLITTER.pieces(text)
    cut = [id for id in SPLITTER.cut([text]).ids if id]
    assert [piece.id for piece in pieces if piece.id] == cut
    for piece in pieces:
        assert 0 <= piece.start < piece.end <= len(text)
        folded = unicodedata.normalize("NFKD", text[piece.start : piece.end]).lower()
        assert not piece.id or WORDS[piece.id] in folded
    assert all(a.start <= b.start for a, b in itertools.pairwise(pieces))


@given(st.text("养老金jobs 20ᚠλ，龘", max_size=40))
def test_pieces_leave_out_only_what_is_no_letter(text: str) -> None:
    covered = {i for piece in SPLITTER.pieces(text) for i in range(piece.start, piece.end)}
    assert {c for i, c in enumerate(text) if i not in covered} <= set(" ，")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("words") / "tokenizer.json"
    longest_first_tokenizer(WORDS).save(str(path))
    return path


def test_the_file_of_the_training_is_read_without_the_library(library: Path) -> None:
    read = read_splitter(library)
    assert isinstance(read, LongestFirst)
    assert read.ids == SPLITTER.ids
    assert read.size == len(WORDS)


KNOWN = "".join(c for c in ALPHABET if c != "龘")  # the library calls the whole run unknown; what ships knows all Han


@given(st.lists(st.text(KNOWN, max_size=60), min_size=1, max_size=3))
def test_the_library_cuts_the_same(texts: list[str]) -> None:
    tokenizer = longest_first_tokenizer(WORDS)
    expected = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
    cut = SPLITTER.cut(texts)
    starts = [0, *cut.ends]
    assert [cut.ids[a:b] for a, b in zip(starts, cut.ends, strict=False)] == expected


def test_the_shipped_words_are_cut_by_the_library_the_same(shared_data: Path) -> None:
    import gzip

    path = next(SHIPPED_MODEL.rglob("tokenizer.json"))
    ours, theirs = read_splitter(path), Tokenizer.from_file(str(path))
    assert isinstance(ours, LongestFirst)
    with gzip.open(shared_data / "cmrc2018_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = list(dict.fromkeys(json.loads(line)["context"] for line in lines))
    cut = ours.cut(texts)
    expected = [id for e in theirs.encode_batch(texts, add_special_tokens=False) for id in e.ids]
    assert cut.ids == expected


def test_other_files_are_left_to_the_library(library: Path, tmp_path: Path) -> None:
    content = json.loads(library.read_text(encoding="utf-8"))
    content["model"]["continuing_subword_prefix"] = "##"
    other = tmp_path / "tokenizer.json"
    other.write_text(json.dumps(content), encoding="utf-8")
    read = read_splitter(other)
    assert isinstance(read, LibrarySplitter)
    assert read.size == len(WORDS)
    tokenizer = Tokenizer.from_file(str(other))
    texts = ["养老金 jobs", "", "2024"]
    assert read.cut(texts).ids == [id for text in texts for id in tokenizer.encode(text).ids]


def test_numbers_in_another_order_are_kept(library: Path, tmp_path: Path) -> None:
    content = json.loads(library.read_text(encoding="utf-8"))
    content["model"]["vocab"] = dict(reversed(content["model"]["vocab"].items()))
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert read_splitter(path).cut(["养老金"]).ids == SPLITTER.cut(["养老金"]).ids


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"model": null}', '{"model": {"type": "WordPiece"}}'])
def test_a_damaged_file_is_named(content: str, tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EncoderError, match=r"tokenizer\.json"):
        read_splitter(path)
