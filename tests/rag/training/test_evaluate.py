"""The measures on CMRC 2018 are what they say: worked out by hand, and over a small set from end to end."""

import re
from pathlib import Path

import pytest

from index.training.sources import Sources
from rag.training.__main__ import main
from rag.training.evaluate import evaluate, f1
from tests.index.training import small_data


@pytest.mark.parametrize(
    ("said", "gold", "worth"),
    [
        ("天津市", "天津", 0.8),
        ("天津", "天津", 1.0),
        ("“天津”。", "天津", 1.0),
        ("北京", "天津", 0.0),
        ("", "天津", 0.0),
        ("天津与北京", "天津和北京", 0.4),  # the longest common run has two of five characters
    ],
)
def test_f1_by_the_longest_common_substring(said: str, gold: str, worth: float) -> None:
    assert f1(said, gold) == pytest.approx(worth)


def test_a_small_set_is_measured_from_end_to_end(tmp_path: Path) -> None:
    table = evaluate(Sources(small_data.write(tmp_path)), questions=16)
    figures = [float(figure) for figure in re.findall(r"\| ([\d.]+) \|$", table, re.MULTILINE)]
    assert figures[0] == 16
    assert len(figures) == 7
    assert all(0 <= figure <= 1 for figure in figures[1:])
    assert figures[1] >= 0.9  # each question is its sentence, but for its end


def test_a_missing_data_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--data", str(tmp_path / "nothing")]) == 2
    assert "cmrc2018_dev.jsonl.gz" in capsys.readouterr().err
