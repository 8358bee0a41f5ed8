"""How far words of a question are found in a text: by their letters in full, by meaning below that."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexicon import Lexicon
from index.text import fold
from rag.alignment import CHARACTER_CLARITY, MEANING, PART, Aligner, unit_vector
from rag.question import Term, read_question


@pytest.fixture(scope="module")
def aligner(lexicon: Lexicon) -> Aligner:
    return Aligner(lexicon)


def term(lexicon: Lexicon, text: str) -> Term:
    """The text as one word of a question."""
    return Term(fold(text).text, lexicon.words(fold(text).text))


def supported(aligner: Aligner, word: str, text: str) -> float:
    return float(aligner.support([term(aligner.lexicon, word)], aligner.read(text))[0])


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("水渠", "全县修好水渠12公里。"),
        ("水渠", "水渠"),
        ("農業", "农业增收。"),
        ("农业", "農業增收。"),
        ("gdp", "今年ＧＤＰ增长。"),
        ("GDP", "今年gdp增长。"),
        ("art", "the art of war"),
        ("art", "The Art, of war"),
        ("art", "party art"),
    ],
)
def test_a_word_that_stands_there_is_found_in_full(aligner: Aligner, word: str, text: str) -> None:
    assert supported(aligner, word, text) == 1.0


@pytest.mark.parametrize(("word", "text"), [("art", "the party"), ("art", "artist"), ("port", "import 3 tons")])
def test_an_english_word_inside_another_is_not_there(aligner: Aligner, word: str, text: str) -> None:
    assert supported(aligner, word, text) < 1.0


def test_a_part_of_a_word_counts_by_its_length(aligner: Aligner) -> None:
    """投资 is two thirds of 投资额, whatever else the meaning adds; one character alone is no part."""
    assert PART * 2 / 3 <= supported(aligner, "投资额", "总投资") < 1.0


def test_meaning_alone_is_never_worth_the_word_itself(aligner: Aligner) -> None:
    for word, text in (("bridge", "大桥"), ("医生", "大夫"), ("工资", "薪酬")):
        assert 0.0 <= supported(aligner, word, text) <= np.float32(MEANING)


def test_english_reaches_chinese_further_than_something_else(aligner: Aligner) -> None:
    assert supported(aligner, "bridge", "大桥通车。") > supported(aligner, "bridge", "母鸡下蛋。")


@pytest.mark.parametrize("text", ["", " ", "。,!"])
def test_nothing_is_found_where_there_are_no_words(aligner: Aligner, text: str) -> None:
    assert supported(aligner, "水渠", text) == 0.0


def test_a_question_without_words_has_no_support_to_give(aligner: Aligner) -> None:
    assert aligner.support([], aligner.read("水渠")).shape == (0,)


def test_a_term_has_one_value_and_keeps_its_place(aligner: Aligner, lexicon: Lexicon) -> None:
    words = [term(lexicon, word) for word in ("水渠", "工资", "大桥")]
    together = aligner.support(words, aligner.read("大桥跨过水渠。"))
    alone = [aligner.support([word], aligner.read("大桥跨过水渠。"))[0] for word in words]
    np.testing.assert_allclose(together, alone, atol=1e-6)
    assert together[0] == together[2] == 1.0 > together[1]


@given(word=st.text(alphabet="水渠大桥投资额农业abc", min_size=1, max_size=5), text=st.text(max_size=40))
def test_support_is_a_share_and_a_text_supports_itself(lexicon: Lexicon, word: str, text: str) -> None:
    aligner = Aligner(lexicon)
    assert 0.0 <= supported(aligner, word, text) <= 1.0
    assert supported(aligner, word, f"。{word}。") == 1.0


def test_a_read_text_has_unit_rows_for_its_words_and_shorter_ones_for_characters(aligner: Aligner) -> None:
    read = aligner.read("大桥橫跨ＡＢ河")
    assert read.folded == "大桥横跨ab河"
    assert read.vectors.shape[0] == len(read.words)
    lengths = np.linalg.norm(read.vectors, axis=1)
    expected = [CHARACTER_CLARITY if word.text == "河" else 1.0 for word in read.words]
    np.testing.assert_allclose(lengths[lengths > 0], np.asarray(expected)[lengths > 0], atol=1e-5)
    assert lengths[[word.text for word in read.words].index("河")] > 0


def test_a_name_that_is_not_known_means_nothing(aligner: Aligner) -> None:
    assert supported(aligner, "红烧肉", "郭永红出席会议。") == 0.0
    assert supported(aligner, "薛定谔", "定于明天。") == 0.0
    assert supported(aligner, "大夫", "医生出席会议。") > 0.2


def test_the_same_text_is_read_once(aligner: Aligner) -> None:
    assert aligner.read("水渠通水。") is aligner.read("水渠通水。")


def test_the_meaning_of_a_term_is_a_unit_vector(lexicon: Lexicon) -> None:
    question = read_question("青石大桥总投资多少?", lexicon)
    for word in question.terms:
        assert float(np.linalg.norm(unit_vector(word, lexicon))) == pytest.approx(1.0, abs=1e-5)
