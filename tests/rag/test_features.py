"""A passage and a question become numbers that say what they are said to say, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexicon import Lexicon
from index.paragraph import Span
from rag.features import MATCHED, STATIC, FeatureReader, matched
from rag.question import read_question

LEXICON = Lexicon.shipped()
READER = FeatureReader(LEXICON)
TEXT = "大桥总投资３.6亿元，明年5月通车。负责人王建国说，“工人有140名”。"


def _word(text: str, word: str) -> int:
    passage = READER.passage(text)
    return next(n for n, span in enumerate(passage.spans) if text[span.start : span.end] == word)


@given(st.text("大桥总投资３.6亿元，明年5月通车。“”\nab①é", max_size=60))
def test_every_word_of_any_text_stands_where_it_says(text: str) -> None:
    passage = READER.passage(text)
    assert len(passage.spans) == len(passage.ids) == len(passage.features) == len(passage.vectors)
    assert passage.features.shape == (len(passage.words), STATIC)
    assert np.isfinite(passage.features).all()
    for span, number in zip(passage.spans, passage.sentence, strict=True):
        sentence = passage.sentences[number]
        assert sentence.start <= span.start < span.end <= sentence.end
    found = matched(READER.asking(read_question("大桥总投资多少?", LEXICON)), passage)
    assert found.shape == (len(passage.words), MATCHED)
    assert np.isfinite(found).all()


def test_words_of_the_question_are_found() -> None:
    found = matched(READER.asking(read_question("大桥什么时候通车?", LEXICON)), READER.passage(TEXT))
    assert found[_word(TEXT, "大桥"), 0] == found[_word(TEXT, "通车"), 0] == 1
    assert found[_word(TEXT, "工人"), 0] == 0
    assert found[_word(TEXT, "通车"), 2] == pytest.approx(1, abs=1e-5)
    first, second = found[_word(TEXT, "大桥"), 5], found[_word(TEXT, "工人"), 5]
    assert 0 == second < first <= 1  # nothing of the question stands in the second sentence


def test_expressions_of_the_asked_kind_are_marked() -> None:
    passage = READER.passage(TEXT)
    when = matched(READER.asking(read_question("大桥什么时候通车?", LEXICON)), passage)[:, 6]
    assert [TEXT[passage.spans[n].start] for n in np.flatnonzero(when)] == ["明", "5", "月"] or when[_word(TEXT, "5")]
    much = matched(READER.asking(read_question("大桥总投资多少元?", LEXICON)), passage)[:, 6]
    assert much[_word(TEXT, "亿")] and not much[_word(TEXT, "140")]


def test_neighbours_are_counted_on_both_sides_without_the_word_itself() -> None:
    asking = READER.asking(read_question("通车", LEXICON))
    found = matched(asking, READER.passage("通车甲乙丙丁戊己庚辛"))
    assert found[0, 3] == 0
    assert found[1, 3] == found[4, 3] == pytest.approx(1)
    assert found[5, 3] == 0
    assert found[5, 4] == pytest.approx(1)


def test_what_stands_between_words_is_told_on_both_sides() -> None:
    text = "通车，大桥。"
    passage = READER.passage(text)
    before, after = passage.features[:, 4:8], passage.features[:, 8:12]
    assert after[0].tolist() == before[1].tolist() == [0, 1, 0, 0]
    assert after[1].tolist() == [1, 0, 0, 0]
    assert before[0].tolist() == [0, 0, 0, 0]


def test_the_words_inside_a_span() -> None:
    passage = READER.passage("大桥通车")
    assert passage.inside(Span(0, 2)) == slice(0, 1)
    assert passage.inside(Span(2, 4)) == slice(1, 2)
    assert passage.inside(Span(4, 4)) == slice(2, 2)


@pytest.mark.parametrize("text", ["", "。，！", "😀"])
def test_a_text_without_words_has_none(text: str) -> None:
    passage = READER.passage(text)
    assert len(passage.words) == 0
    assert matched(READER.asking(read_question("大桥?", LEXICON)), passage).shape == (0, MATCHED)
