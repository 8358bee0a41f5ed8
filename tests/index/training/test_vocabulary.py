"""Words are found by counting, and the tokenizer cuts where they end."""

import math
import random

import pytest

from index.training.new_words import new_words
from index.training.tokenizing import scored_tokenizer

SCORES = {
    **{"基础": -7.0, "养老金": -9.0, "养老": -8.0, "金": -7.0, "础": -12.0, "基": -10.0, "老": -9.0, "养": -9.0},
    **{"job": -9.0, "jobs": -10.0, "s": -6.0, "2024": -9.0, "20": -6.0, "24": -7.0},
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("基础养老金", ["基础", "养老金"], id="the likelier cut"),
        pytest.param("基础，养老 金", ["基础", "养老", "金"], id="punctuation ends a word"),
        pytest.param("Jobs养老", ["jobs", "养老"], id="scripts are kept apart"),
        pytest.param("２０２４", ["2024"], id="wide digits"),
        pytest.param("2420", ["24", "20"], id="an unknown number"),
        pytest.param("養基", ["養", "基"], id="an unknown character"),
    ],
)
def test_cuts(text: str, words: list[str]) -> None:
    assert scored_tokenizer(SCORES).encode(text).tokens == words


def _spell(word: str, tokenizer_words: dict[str, float]) -> float:
    """Oracle: the best sum of scores over all ways to cut a word."""
    if not word:
        return 0.0
    cuts = [word[:i] for i in range(1, len(word) + 1) if word[:i] in tokenizer_words]
    return max((tokenizer_words[cut] + _spell(word[len(cut) :], tokenizer_words) for cut in cuts), default=-math.inf)


def test_the_cut_is_the_best_of_all() -> None:
    dice, tokenizer = random.Random(7), scored_tokenizer(SCORES)
    for _ in range(300):
        word = "".join(dice.choices("基础养老金", k=dice.randint(1, 9)))
        if _spell(word, SCORES) > -math.inf:
            assert sum(SCORES[token] for token in tokenizer.encode(word).tokens) == pytest.approx(_spell(word, SCORES))


def _texts(template: str, count: int) -> list[str]:
    dice = random.Random(3)
    fillers = [chr(0x4E00 + i) for i in range(40, 400, 7)]
    return [template.format(*dice.choices(fillers, k=2)) for _ in range(count)]


CHARACTERS = (
    {chr(0x4E00 + i): -7.0 for i in range(40, 400, 7)} | dict.fromkeys("专精特新党市委书记", -7.0) | {"书记": -8.0}
)


def test_characters_that_stand_together_in_any_company_are_a_word() -> None:
    found = new_words(_texts("{}专精特新{}", 400), CHARACTERS)
    assert set(found) == {"专精特新"}


def test_a_piece_that_always_follows_the_same_word_is_none() -> None:
    assert "委书记" not in new_words(_texts("党委书记{}{}", 400), CHARACTERS)


def test_rare_company_is_no_word() -> None:
    assert new_words(_texts("{}专精特新{}", 30), CHARACTERS) == {}
