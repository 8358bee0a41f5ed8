"""The measures on CMRC 2018 are what they say: worked out by hand, and over a small set from end to end."""

import gzip
import json
from pathlib import Path

import pytest

from index.training.sources import Sources
from rag.training.__main__ import main
from rag.training.evaluate import evaluate, f1


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


def _bridges(folder: Path) -> Sources:
    """Twenty passages, each with a question that its first sentence answers."""
    records = []
    for number, place in enumerate(["青石", "白沙", "云水", "东江", "南山", "北湖", "西岭", "长风", "清河", "金沟"], 1):
        for work in ("大桥", "水库"):
            team = f"第{number}工程队"
            text = f"{place}{work}由{team}修建。居民常来散步。"
            answers = [{"text": team, "start": text.index(team)}]
            records.append({"question": f"{place}{work}由谁修建?", "context": text, "answers": answers})
    with gzip.open(folder / "cmrc2018_dev.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    return Sources(folder)


def test_a_small_set_is_measured_from_end_to_end(tmp_path: Path) -> None:
    figures = list(evaluate(_bridges(tmp_path), questions=10).values())
    assert figures[0] == 10
    assert len(figures) == 7
    assert all(0 <= figure <= 1 for figure in figures[1:])
    assert figures[1] >= 0.9
    assert figures[2] >= 0.8
    assert figures[5] > 1 - figures[6]  # what is kept with its passage is not kept without it


def test_a_missing_data_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--data", str(tmp_path / "nothing")]) == 2
    assert "cmrc2018_dev.jsonl.gz" in capsys.readouterr().err
