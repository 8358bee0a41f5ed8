"""The lexical leg against BM25 written out here, and what a person may type."""

import os
import subprocess
import sys
from collections import Counter
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SnapshotDamaged
from index.lexical import LexicalIndex, write_lexical
from index.paragraph import Paragraph
from index.text import fold, terms

TEXTS = ("三路公交车每天发车", "公交车票价两元", "化肥三千吨", "GDP增长5.2%,GDP目标", "学生半价乘车,车车车", "水库")
HEADLINES = ("县城公交", "县城公交", "春耕农资", "", "县城公交", "")
K1, B = 1.2, 0.75


def paragraphs(texts: tuple[str, ...] = TEXTS) -> list[Paragraph]:
    headlines = HEADLINES if texts == TEXTS else ("",) * len(texts)
    return [Paragraph(str(i), text, "d", article=headlines[i]) for i, text in enumerate(texts)]


def write(folder: Path, texts: tuple[str, ...] = TEXTS, *, context_boost: float = 0.5) -> LexicalIndex:
    write_lexical(folder, paragraphs(texts))
    return LexicalIndex.open(folder, context_boost=context_boost)


def bm25(query: list[str], documents: list[list[str]]) -> list[float]:
    """BM25 of each document for the distinct terms of a query, as in Robertson and Zaragoza 2009."""
    mean = sum(map(len, documents)) / len(documents)
    scores = [0.0] * len(documents)
    for term in dict.fromkeys(query):
        having = sum(term in document for document in documents)
        weight = log(1 + (len(documents) - having + 0.5) / (having + 0.5))
        for row, document in enumerate(documents):
            frequency = Counter(document)[term]
            norm = K1 * (1 - B + B * len(document) / mean)
            scores[row] += weight * frequency * (K1 + 1) / (frequency + norm)
    return scores


def cut(text: str) -> list[str]:
    return terms(fold(text).text)


def test_every_file_has_the_rights_that_a_new_file_gets(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"")
    write_lexical(tmp_path, paragraphs())
    assert {file.stat().st_mode for file in (tmp_path / "lexical").iterdir()} == {(tmp_path / "new").stat().st_mode}


READ = """
import codecs, os, sys
from pathlib import Path
from index.lexical import LexicalIndex
codecs.lookup("ascii")  # Python itself may lie where the other user cannot look
if os.geteuid() == 0:
    os.setgroups([])
    os.setuid(65534)
index = LexicalIndex.open(Path(sys.argv[1]), context_boost=0.5)
print(index.search(index.understand(sys.argv[2]), k=9).rows.tolist())
"""


def test_a_folder_that_may_not_be_written_is_searched_and_left_as_it_is() -> None:
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        index = write(Path(name))
        expected = index.search(index.understand("公交车"), k=9).rows.tolist()
        folder, links = Path(name) / "lexical", Path(name) / "links"
        for lock in folder.glob(".*.lock"):
            lock.unlink()
        before = sorted(folder.iterdir())
        folder.chmod(0o555)
        links.mkdir()
        links.chmod(0o777)
        done = subprocess.run(
            [sys.executable, "-c", READ, name, "公交车"],
            env={**os.environ, "TMPDIR": str(links)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.stdout, done.stderr) == (f"{expected}\n", "")
        assert sorted(folder.iterdir()) == before
        assert list(links.iterdir()) == []
        folder.chmod(0o755)


@pytest.mark.parametrize("query", ["公交车发车", "GDP 5.2", "半价乘车的水库", "县城公交", "農資化肥"])
@pytest.mark.parametrize("boost", [0.0, 0.5, 1.0])
def test_scores_are_bm25_of_text_plus_boosted_context(tmp_path: Path, query: str, boost: float) -> None:
    index = write(tmp_path, context_boost=boost)
    in_text = bm25(cut(query), [cut(text) for text in TEXTS])
    in_context = bm25(cut(query), [cut(headline) for headline in HEADLINES])
    expected = {
        row: text + boost * context for row, (text, context) in enumerate(zip(in_text, in_context, strict=True))
    }
    found = index.search(index.understand(query), k=10)
    assert dict(zip(found.rows.tolist(), found.scores.tolist(), strict=True)) == pytest.approx(
        {row: score for row, score in expected.items() if score or in_context[row]}, rel=1e-5
    )
    assert found.rows.tolist() == sorted(
        found.rows.tolist(), key=lambda row: (-found.scores[found.rows == row][0], row)
    )


def test_only_as_many_as_asked_for_and_the_best(tmp_path: Path) -> None:
    index = write(tmp_path)
    everything = index.search(index.understand("公交车"), k=10)
    assert index.search(index.understand("公交车"), k=2).rows.tolist() == everything.rows[:2].tolist()
    assert len(everything.rows) == 3  # the paragraphs that share no term are not there


def test_the_information_is_that_of_all_terms(tmp_path: Path) -> None:
    index = write(tmp_path)
    understood = index.understand("水库钓鱼")

    def information(having: int) -> float:
        return log(1 + (6 - having + 0.5) / (having + 0.5))

    # 水 库 水库 are known, each in one paragraph; 钓 鱼 库钓 钓鱼 are not
    assert understood.found == ("水", "库", "水库")
    assert understood.information == pytest.approx(3 * information(1) + 4 * information(0))


@pytest.mark.parametrize("query", ["How many buses?", "？！…"])
def test_a_query_of_which_nothing_is_known_is_covered_by_nothing(tmp_path: Path, query: str) -> None:
    index = write(tmp_path)
    understood = index.understand(query)
    assert len(index.search(understood, k=5).rows) == 0
    assert understood.coverage(0.0) == 0


def test_what_has_all_terms_covers_more_than_what_has_some(tmp_path: Path) -> None:
    index = write(tmp_path)
    whole, half = (index.understand(query) for query in ("水库", "水库钓鱼"))
    scores = [float(index.search(query, k=1).scores[0]) for query in (whole, half)]
    assert scores[0] == pytest.approx(scores[1])
    assert whole.coverage(scores[0]) > 2 * half.coverage(scores[1]) > 0


def test_matched_terms_stand_in_the_text_or_above_it(tmp_path: Path) -> None:
    understood = write(tmp_path).understand("縣城的化肥和公交")
    assert understood.matched(paragraphs()[0]) == ("县", "城", "公", "交", "县城", "公交")
    assert understood.matched(paragraphs()[2]) == ("化", "肥", "化肥")


HOSTILE = [
    '" OR *',
    "text:公交",
    "公交 AND NOT 车",
    "[a TO z]",
    "(((",
    "公交~2",
    "\\",
    "row:1",
    "^5",
    "+车 -票",
    "\0",
    "车\u202e",
]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    return write(tmp_path_factory.mktemp("lexical"))


def sharing(query: str) -> set[int]:
    """The paragraphs that share a term with the query."""
    asked = set(cut(query))
    return {row for row, one in enumerate(paragraphs()) if asked & {*cut(one.text), *cut(one.context)}}


@pytest.mark.parametrize("query", HOSTILE)
def test_nothing_typed_is_syntax(opened: LexicalIndex, query: str) -> None:
    assert set(opened.search(opened.understand(query), k=9).rows.tolist()) == sharing(query)


@settings(max_examples=200, deadline=None)
@given(query=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_can_be_asked(opened: LexicalIndex, query: str) -> None:
    understood = opened.understand(query)
    found = opened.search(understood, k=10)
    assert set(found.rows.tolist()) == sharing(query)
    assert (understood.coverage(float(found.scores.max(initial=0))) > 0) == bool(len(found.rows))


def test_the_same_paragraphs_rank_the_same_twice(tmp_path: Path) -> None:
    texts = tuple(f"第{i % 7}号文件 通知" for i in range(300))
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, two = write(tmp_path / "a", texts), write(tmp_path / "b", texts)
    rows = [index.search(index.understand("3号文件"), k=60).rows.tolist() for index in (one, two)]
    assert rows[0] == rows[1]
    assert rows[0][:43] == [i for i in range(300) if i % 7 == 3]


def test_what_is_no_index_is_damage(tmp_path: Path) -> None:
    (tmp_path / "lexical").mkdir()
    with pytest.raises(SnapshotDamaged, match=r"lexical.*rollback"):
        LexicalIndex.open(tmp_path, context_boost=0.5)


def test_its_vocabulary_counts_paragraphs(tmp_path: Path) -> None:
    vocabulary = write(tmp_path, context_boost=0.5).vocabulary
    assert [vocabulary.frequency(word) for word in ("公交车", "车", "gdp", "火车")] == [2, 3, 1, 0]
