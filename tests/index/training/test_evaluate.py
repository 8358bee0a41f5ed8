"""The measurements are what they say, worked out by hand."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.training.__main__ import main
from index.training.evaluate import ENGLISH_QUESTIONS, Task, measure


class Compass:
    """An encoder whose vectors are given: adequate because measuring asks an encoder for nothing else."""

    name, dimension, fingerprint = "compass", 2, ""

    def __init__(self, degrees: dict[str, float]) -> None:
        self.degrees = degrees

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        angles = np.radians([self.degrees[text] for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_hits_are_counted() -> None:
    passages = [str(angle) for angle in range(0, 80, 10)]
    encoder = Compass({"a": 1, "b": 22, "c": 2, **{passage: float(passage) for passage in passages}})
    # a: its passage is nearest; b: 20 is nearer than 0, and 30, 10 too: fourth at 0; c: 70 comes last
    measured = measure(encoder, Task("three", ["a", "b", "c"], passages, [0, 0, 7]))
    assert (measured.questions, measured.passages) == (3, 8)
    assert measured.hit1 == pytest.approx(1 / 3)
    assert measured.hit5 == pytest.approx(2 / 3)


def test_a_tie_counts_against_the_encoder() -> None:
    encoder = Compass({"a": 0, "p": 10, "q": 10})
    assert measure(encoder, Task("tie", ["a"], ["p", "q"], [0])).hit1 == 0


def test_the_english_questions_have_three_fields() -> None:
    lines = [line.split("\t") for line in ENGLISH_QUESTIONS.read_text(encoding="utf-8").splitlines()]
    assert len(lines) >= 25
    assert all(len(line) == 3 and line[0].isdigit() and line[1].isascii() and not line[2].isascii() for line in lines)
    assert len({line[1] for line in lines}) == len(lines)


def test_a_missing_data_folder_is_told_not_thrown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from index.embedder import SHIPPED_MODEL

    assert main(["evaluate", str(SHIPPED_MODEL), "--data", str(tmp_path / "nothing")]) == 2
    assert "cmrc2018_dev.jsonl.gz" in capsys.readouterr().err
