"""Lies of a language model are not shown, and what is true mostly is; ``lies.py`` says how both are made."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index.embedder import load_encoder
from index.paragraph import Paragraph
from index.store import ParagraphIndex
from tests.quality.lies import EACH, HARD, KINDS, PARAPHRASES, SETS, believed, policies, refused, shown

CORPUS = Path(__file__).parents[2] / "corpus"
MOST_REFUSED = 5  # honest sentences of each set about each corpus
MOST_BELIEVED = 2  # hard lies about each corpus


def measured(paragraphs: Sequence[Paragraph]) -> None:
    """Most of what is true is believed, and little of what word order alone makes false."""
    for name in PARAPHRASES:
        faults = [found for _, found in refused(paragraphs, name)]
        assert len(faults) >= 9
        assert sum(map(bool, faults)) <= MOST_REFUSED
    believed_lies = [said for said, found in refused(paragraphs, HARD) if not found]
    assert len(believed_lies) <= MOST_BELIEVED


@pytest.mark.slow
def test_of_a_hundred_lies_over_the_page_none_is_shown(tmp_path: Path) -> None:
    told = list(shown(CORPUS, SETS["page"], tmp_path))
    assert len({(lie.said, lie.marker) for lie, _ in told}) == EACH
    assert {lie.kind for lie, _ in told} == set(KINDS)
    assert [lie.said for lie, answer in told if believed(answer)] == []
    assert all(answer.notice for _, answer in told)
    paragraphs = ParagraphIndex.open(tmp_path, load_encoder("")).paragraphs
    measured(paragraphs)


@pytest.mark.slow
@pytest.mark.shared
def test_of_a_hundred_lies_over_state_council_documents_none_is_shown(shared_data: Path, tmp_path: Path) -> None:
    policies(shared_data, tmp_path / "policies")
    told = list(shown(tmp_path / "policies", SETS["policies"], tmp_path / "index"))
    assert len(told) == EACH
    assert [lie.said for lie, answer in told if believed(answer)] == []
    paragraphs = ParagraphIndex.open(tmp_path / "index", load_encoder("")).paragraphs
    measured(paragraphs)
