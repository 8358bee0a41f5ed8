"""The reader learns where answers stand, the same way every time; its loss is the cross entropy that it says."""

import numpy as np
import pytest
import torch

from index.lexicon import Lexicon
from index.paragraph import Span
from index.training.sources import Sources
from rag.features import FeatureReader
from rag.training.examples import Dataset, Example, Item, dataset, examples, word_span
from rag.training.train import TrainingConfig, batch_loss, train
from tests.index.training import small_data

LEXICON = Lexicon.shipped()
FEATURES = FeatureReader(LEXICON)
PLACES = ("青石", "白沙", "云水", "东江", "南山", "北湖")
WORKS = ("大桥", "水库", "学校", "医院", "公路", "博物馆")


def _data() -> Dataset:
    contexts = tuple(
        f"{place}的{work}由第{n}工程队修建,工期三年。" for n, place in enumerate(PLACES, 1) for work in WORKS
    )
    items = []
    for number, text in enumerate(contexts):
        answer = text[text.index("由") + 1 : text.index("修建")]
        question = f"{text[: text.index('由')]}由谁修建?"
        rivals = ((number + 1) % len(contexts), (number + 7) % len(contexts))
        items.append(Item(question, number, (answer,), text.index(answer), rivals))
    return Dataset(contexts, tuple(items))


@pytest.fixture(scope="module")
def found() -> list[Example]:
    return list(examples(_data(), FEATURES))


def test_an_example_marks_the_words_of_its_answer(found: list[Example]) -> None:
    data = _data()
    assert len(found) == len(data.items)
    for example, item in zip(found, data.items, strict=True):
        passage = FEATURES.passage(data.contexts[item.context])
        first, last = passage.spans[example.first], passage.spans[example.last]
        assert passage.text[first.start : last.end] == item.answers[0]
        assert len(example.passages) == 1 + len(item.rivals)


def test_the_words_that_a_span_touches() -> None:
    passage = FEATURES.passage("青石大桥通车")
    assert word_span(passage, Span(3, 5)) == (len(passage.spans) - 2, len(passage.spans) - 1)
    assert word_span(passage, Span(6, 9)) == (0, -1)


def test_it_learns_and_the_same_seed_gives_the_same_weights(found: list[Example]) -> None:
    config = TrainingConfig(alone=10, epochs=20, batch=12, warm_up=5, rate=5e-3)
    one, other = (train(found, LEXICON.table(), config) for _ in range(2))
    for name, value in one.weights().items():
        np.testing.assert_array_equal(value, other.weights()[name])
    from rag.reader import Reader

    reader, data, right = Reader(FEATURES, one.weights()), _data(), 0
    for example, item in zip(found, data.items, strict=True):
        text = data.contexts[item.context]
        (reading,) = reader.read(example.asking.question, (text,))
        span, _score = reading.best_span(Span(0, len(text)))
        right += text[span.start : span.end] == item.answers[0]
    assert right >= 0.9 * len(found)


def test_the_loss_is_the_cross_entropy_over_all_words_and_none() -> None:
    scores = torch.tensor([[[1.0, 0.0], [2.0, 3.0]], [[0.5, -1.0], [9.0, 9.0]]])  # the last word is filling
    mask = torch.tensor([[True, True], [True, False]])
    answers = torch.tensor([[0, 1]])
    shown = batch_loss(scores, mask, answers, torch.tensor([False])).item()
    start = -np.log(np.exp(1) / (1 + np.exp(1) + np.exp(2) + np.exp(0.5)))
    end = -np.log(np.exp(3) / (1 + np.exp(0) + np.exp(3) + np.exp(-1)))
    assert shown == pytest.approx((start + end) / 2, rel=1e-5)
    hidden = batch_loss(scores, mask, answers, torch.tensor([True])).item()
    none = [-np.log(1 / (1 + np.exp(value))) for value in (0.5, -1.0)]
    assert hidden == pytest.approx(np.mean(none), rel=1e-5)


def test_rivals_look_like_the_passage_and_lack_the_answer(tmp_path: object) -> None:
    sources = Sources(small_data.write(tmp_path))  # type: ignore[arg-type]
    data = dataset(sources, ("cmrc2018_train",), rivals=2)
    assert len(data.items) == len(set(data.contexts)) == 64
    for item in data.items:
        assert item.context not in item.rivals
        assert all(not any(answer in data.contexts[rival] for answer in item.answers) for rival in item.rivals)
