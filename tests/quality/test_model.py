"""The shipped model does not get worse: the first lines of its table, on questions it was not trained on."""

from pathlib import Path

import pytest

from index.embedder import Encoder, load_encoder
from index.training.evaluate import Task, cmrc, english_encyclopaedia, measure
from index.training.sources import Sources

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def test_chinese_questions_find_their_passages(encoder: Encoder, shared_data: Path) -> None:
    _at_least(encoder, cmrc(Sources(shared_data)), 0.82, 0.93)


def test_english_questions_find_chinese_passages(encoder: Encoder, shared_data: Path) -> None:
    _at_least(encoder, english_encyclopaedia(Sources(shared_data)), 0.68, 0.88)


def _at_least(encoder: Encoder, task: Task, hit1: float, hit5: float) -> None:
    measured = measure(encoder, task)
    assert measured.hit1 >= hit1 and measured.hit5 >= hit5, measured
