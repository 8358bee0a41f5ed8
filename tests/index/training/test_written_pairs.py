"""The pairs written for this project: two fields, none twice, and nothing of the page that answers are measured on."""

import re
from pathlib import Path

import pytest

from index.training.material import ABBREVIATIONS, COLLOQUIAL, ENCYCLOPAEDIA, ENGLISH

ROOT = Path(__file__).parents[3]
LEAST = {COLLOQUIAL: 1500, ABBREVIATIONS: 700, ENGLISH: 1500, ENCYCLOPAEDIA: 3000}
SHARED_RUN = 6  # Chinese characters in a row that no pair may have in common with the page


@pytest.mark.parametrize("file", LEAST, ids=lambda file: file.stem)
def test_pairs_are_two_fields_and_none_comes_twice(file: Path) -> None:
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > LEAST[file]
    assert all(len(row) == 2 and all(field.strip() for field in row) for row in rows)
    assert len({row[0].lower() for row in rows}) == len(rows)


@pytest.mark.parametrize("file", LEAST, ids=lambda file: file.stem)
def test_pairs_know_nothing_of_the_page(file: Path) -> None:
    page = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").glob("*.txt")))
    runs = re.findall("[\u4e00-\u9fff]+", page)
    known = {run[i : i + SHARED_RUN] for run in runs for i in range(len(run) - SHARED_RUN + 1)}
    written = re.findall("[\u4e00-\u9fff]+", file.read_text(encoding="utf-8"))
    pieces = {run[i : i + SHARED_RUN] for run in written for i in range(len(run) - SHARED_RUN + 1)}
    assert pieces & known == set()
