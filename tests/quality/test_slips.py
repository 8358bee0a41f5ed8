"""How many mistyped questions over the page are read as they were meant, and how many others are left alone.

Every second question was never looked at while the rules were made: kinds ending in ``_held``.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.evaluate import Report

ROWS = [json.loads(line) for line in Path(__file__).with_name("slips.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def report(reported: Callable[[str], Report]) -> Report:
    return reported("slips")


@pytest.mark.parametrize(
    ("kind", "least"),
    [("slip", 29), ("slip_held", 24), ("pinyin", 14), ("pinyin_held", 12), ("trap", 16), ("trap_held", 16)],
)
def test_read_as_meant(report: Report, kind: str, least: int) -> None:
    understood = {outcome.expected.id: outcome.answer.understood for outcome in report.outcomes}
    rows = [row for row in ROWS if row["kind"] == kind]
    assert len(rows) >= least
    assert sum(understood[row["id"]] == row["meant"] for row in rows) >= least


@pytest.mark.parametrize(
    ("kind", "least"),
    [("slip", 30), ("slip_held", 29), ("pinyin", 14), ("pinyin_held", 14), ("trap", 11), ("trap_held", 11)],
)
def test_answered(report: Report, kind: str, least: int) -> None:
    """A trap is answered well by a refusal."""
    assert report.by_kind()[kind][1] >= least
