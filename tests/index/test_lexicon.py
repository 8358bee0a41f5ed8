"""The words of a text stand where they say, carry the weight of their rarity, and mean what they mean."""

import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file

from index.embedder import SHIPPED_MODEL, StaticEncoder
from index.errors import EncoderError
from index.lexicon import Lexicon
from tests.index import static_model

LEXICON = Lexicon.shipped()


def _said(text: str) -> list[str]:
    return [word.text for word in LEXICON.words(text)]


@given(st.text(max_size=60) | st.text("养老金提高２0元,。%jobs ①㈱é", max_size=60))
def test_every_word_stands_where_it_says_and_in_order(text: str) -> None:
    words = LEXICON.words(text)
    assert [text[word.start : word.end] for word in words] == [word.text for word in words]
    assert all(word.end > word.start for word in words)
    assert all(left.start <= right.start for left, right in itertools.pairwise(words))


@given(st.text("养老金提高20元jobs ，。", max_size=60))
def test_only_spaces_and_punctuation_are_left_out(text: str) -> None:
    covered = {i for word in LEXICON.words(text) for i in range(word.start, word.end)}
    assert {c for i, c in enumerate(text) if i not in covered} <= set(" ，。")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("城乡居民基础养老金月最低标准提高", ["城乡", "居民", "基础", "养老金"]),
        ("积极促进农民工就业", ["积极", "促进", "农民工", "就业"]),
        ("How many jobs? Create investment!", ["How", "many", "jobs", "Create", "investment"]),
        ("unemployment subsidies", ["unemployment", "subsidies"]),
        ("2024年", ["2024", "年"]),
    ],
)
def test_words_are_whole(text: str, words: list[str]) -> None:
    assert _said(text)[: len(words)] == words


@pytest.mark.parametrize("text", ["促进中小企业专精特新发展", "完善灵活就业人员社保", "全面取消制造业领域外资准入限制"])
def test_no_word_crosses_a_border(text: str) -> None:
    borders = {
        "促进中小企业专精特新发展": (2, 4, 6, 10),
        "完善灵活就业人员社保": (2, 4, 6, 8),
        "全面取消制造业领域外资准入限制": (2, 4, 7, 9, 11, 13),
    }
    for word in LEXICON.words(text):
        assert not any(
            word.start < border < word.end for border in borders[text] if word.text not in {"中小企业", "专精特新"}
        )


def test_the_weight_is_the_information_that_the_model_tells() -> None:
    folder = StaticEncoder(SHIPPED_MODEL).folder
    information = load_file(folder / "model.safetensors")["information"]
    numbers = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    for word in LEXICON.words("的养老金和外资准入"):
        assert word.weight == pytest.approx(information[numbers[word.text]])
    rare, common = LEXICON.words("养老金")[0].weight, LEXICON.words("的")[0].weight
    assert rare > common + math.log(100)


def test_vectors_are_unit_rows_of_the_table() -> None:
    words = LEXICON.words("养老金 jobs 😀")
    vectors = LEXICON.vectors(words)
    encoder = StaticEncoder(SHIPPED_MODEL)
    np.testing.assert_allclose(vectors, encoder.encode([word.text for word in words]), atol=1e-6)
    assert LEXICON.vectors(()).shape == (0, encoder.dimension)


def test_an_unknown_word_has_a_zero_row() -> None:
    words = LEXICON.words("ᚠ")
    assert len(words) == 1
    assert not LEXICON.vectors(words).any()


ALIKE = [
    ("就业岗位", "工作"),
    ("jobs", "就业"),
    ("医保", "医疗保险"),
    ("investment", "投资"),
    ("pension", "养老金"),
    ("公司", "企业"),
]


def test_words_that_mean_the_same_are_closer_than_words_that_do_not() -> None:
    left = np.vstack([_meaning(a) for a, _ in ALIKE])
    right = np.vstack([_meaning(b) for _, b in ALIKE])
    scores = left @ right.T
    own = np.diag(scores)
    about_work = np.asarray([pair[1] in ("工作", "就业") for pair in ALIKE])
    akin = np.eye(len(ALIKE), dtype=bool) | np.outer(about_work, about_work)
    strangers = scores[~akin]
    assert own.min() > 0.25
    assert np.median(own) > np.quantile(strangers, 0.95)


def _meaning(text: str) -> np.ndarray:
    total = LEXICON.vectors(LEXICON.words(text)).sum(axis=0)
    return np.asarray(total / np.linalg.norm(total))


def test_the_shipped_lexicon_is_read_once() -> None:
    assert Lexicon.shipped() is LEXICON


@pytest.mark.parametrize("told", [{}, {"information": np.ones(len(static_model.TABLE), np.float32)}])
def test_a_model_that_cannot_tell_words_apart_is_refused(told: dict[str, np.ndarray], tmp_path: Path) -> None:
    folder = static_model.write(tmp_path / "model", {"embedding.weight": static_model.TABLE, **told})
    with pytest.raises(EncoderError, match="information"):
        Lexicon(StaticEncoder(folder))


def test_what_a_word_tells() -> None:
    lexicon = Lexicon.shipped()
    assert lexicon.knows("总投资") and not lexicon.knows("总投姿")
    assert lexicon.information("总投资") == lexicon.words("总投资")[0].weight
    assert lexicon.information("总投姿") == max(map(lexicon.information, lexicon.known()))
