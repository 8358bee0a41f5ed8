"""What answers over the page have to reach, on the development questions; nothing here is a timing."""

from collections.abc import Callable

import pytest

from rag.evaluate import Report


@pytest.fixture(scope="module")
def report(reported: Callable[[str], Report]) -> Report:
    return reported("page_dev")


@pytest.mark.parametrize(
    ("measure", "least"),
    [
        ("right paragraph in the top 1", 0.90),
        ("right paragraph in the top 3", 0.97),
        ("answer holds what it must", 0.95),
        ("a cited paragraph holds the gold quote", 0.95),
        ("cited paragraphs that hold it, of all cited", 0.92),
        ("quotes verbatim", 1.00),
        ("headline right", 1.00),
        ("unanswerable refused", 0.95),
        ("free of what it must not hold", 1.00),
    ],
)
def test_at_least(report: Report, measure: str, least: float) -> None:
    assert report.measures()[measure] >= least


@pytest.mark.parametrize(("measure", "most"), [("answerable refused", 0.03), ("median answer length, short facts", 60)])
def test_at_most(report: Report, measure: str, most: float) -> None:
    assert report.measures()[measure] <= most
