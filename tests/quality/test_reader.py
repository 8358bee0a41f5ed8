"""The reader does not get worse: CMRC 2018 dev, which nothing is trained on. Nothing here is a timing."""

from pathlib import Path

import pytest

from index.training.sources import Sources
from rag.training.evaluate import evaluate


@pytest.fixture(scope="module")
def measures(shared_data: Path) -> dict[str, float]:
    return evaluate(Sources(shared_data), questions=200)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("measure", "least"),
    [
        ("passage given: first sentence holds a gold answer", 0.75),
        ("end to end: first sentence holds a gold answer", 0.68),
        ("passage given: short answer, F1", 0.50),
        ("passage given: short answer, exact match", 0.28),
        ("end to end: answerable kept", 0.78),
        ("passage taken away: refused", 0.50),
    ],
)
def test_at_least(measures: dict[str, float], measure: str, least: float) -> None:
    assert measures[measure] >= least
