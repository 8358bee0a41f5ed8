"""Building: what the report counts, what is reused, what a bad file does, and death at any step."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.build import BuildReport, build_index
from index.config import IndexConfig
from index.corpus import Corpus, Problem, Source, read_corpus
from index.embedder import load_encoder
from index.errors import BuildBusy, BuildCancelled, CorpusError, EncoderError, SnapshotError, SnapshotForeign
from index.snapshot import Snapshots
from index.store import ParagraphIndex, current_version
from tests.index import killed_build
from tests.index.building import FARM, TOWN, build, silent, write_corpus

ROOT = Path(__file__).parents[2]

PIECES = 2  # of each of these short paragraphs: behind its headline, and by itself


class Counting:
    """The shipped model, which remembers what it was asked: an encoder like any other, so nothing is faked."""

    def __init__(self, fingerprint: str = "") -> None:
        self.name = "counting"
        self.dimension = load_encoder().dimension
        self.fingerprint = fingerprint or load_encoder().fingerprint
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        return load_encoder().encode(texts)


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_the_first_build_adds_everything(corpus: Path, index: Path) -> None:
    report = build(corpus, index)
    assert counts(report) == (5, 0, 0, 0)
    assert report.published
    assert report.version == current_version(index)


def test_nothing_changed_keeps_the_version(corpus: Path, index: Path) -> None:
    first = build(corpus, index)
    encoder = Counting()
    again = build(corpus, index, encoder=encoder)
    # the name of the model is not compared: the vectors are the same
    assert (again.version, again.published, counts(again)) == (first.version, False, (0, 0, 0, 5))
    assert encoder.asked == []
    assert Snapshots(index).versions() == (first.version,)


def test_only_what_changed_is_embedded(corpus: Path, index: Path) -> None:
    build(corpus, index)
    encoder = Counting()
    write_corpus(corpus, town=TOWN.replace("半价", "免费"), farm=FARM.replace("农技", "今年雨水充足。\n\n农技"))
    report = build(corpus, index, encoder=encoder)
    assert counts(report) == (1, 1, 0, 4)
    assert len(encoder.asked) == 2 * PIECES
    assert any("今年雨水充足" in text for text in encoder.asked)
    assert any("学生免费" in text for text in encoder.asked)


def test_a_partial_build_equals_a_full_one(corpus: Path, index: Path, tmp_path: Path) -> None:
    build(corpus, index)
    write_corpus(corpus, town=TOWN.replace("半价", "免费"), farm=FARM.replace("农技", "今年雨水充足。\n\n农技"))
    build(corpus, index)
    build(corpus, tmp_path / "anew")
    partly, anew = (ParagraphIndex.open(folder, load_encoder()) for folder in (index, tmp_path / "anew"))
    for query in ("雨水", "学生坐车", "How much fertilizer?", "水库"):
        assert partly.search(query, k=50) == anew.search(query, k=50)
    published = [
        {name: facts for name, facts in one.manifest.files.items() if not name.startswith("lexical/")}
        for one in (partly, anew)
    ]  # tantivy names its files at random
    assert published[0] == published[1]


def test_a_full_build_embeds_everything_and_publishes(corpus: Path, index: Path) -> None:
    first = build(corpus, index)
    encoder = Counting()
    report = build(corpus, index, encoder=encoder, full=True)
    assert len(encoder.asked) == 5 * PIECES
    assert report.version != first.version
    assert counts(report) == (0, 0, 0, 5)


def test_another_model_embeds_everything(corpus: Path, index: Path) -> None:
    build(corpus, index)
    encoder = Counting(fingerprint="another")
    report = build(corpus, index, encoder=encoder)
    assert len(encoder.asked) == 5 * PIECES
    assert (counts(report), report.published) == ((0, 0, 0, 5), True)
    with pytest.raises(SnapshotForeign):
        ParagraphIndex.open(index, load_encoder())


def test_another_configuration_publishes_and_is_searched_with(corpus: Path, index: Path) -> None:
    build(corpus, index)
    report = build(corpus, index, config=IndexConfig(dense_weight=0.0))
    assert (counts(report), report.published) == ((0, 0, 0, 5), True)
    opened = ParagraphIndex.open(index, load_encoder())
    assert opened.config.dense_weight == 0.0
    assert [hit.score for hit in opened.search("化肥", k=1)] == [1.0]


def test_a_removed_document(corpus: Path, index: Path) -> None:
    build(corpus, index)
    (corpus / "farm.txt").unlink()
    report = build(corpus, index)
    assert counts(report) == (0, 0, 3, 2)
    assert ParagraphIndex.open(index, load_encoder()).documents == ("town.txt",)


class Stopping:
    """Stops a build the next time that it asks after ``step`` times, and hears how far it came."""

    def __init__(self, step: int) -> None:
        self.left = step
        self.heard: list[float] = []

    def hear(self, share: float, _doing: str) -> None:
        self.heard.append(share)

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("full", [False, True], ids=["some", "all"])
def test_a_build_that_is_stopped_between_any_two_steps_loses_nothing(corpus: Path, index: Path, full: bool) -> None:
    first = build(corpus, index)
    rows = (json.dumps({"id": str(i), "text": f"第{i}条规定"}) for i in range(1200))
    write_corpus(corpus, town=TOWN.replace("半价", "免费"), farm=FARM)
    (corpus / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    steps = 0
    while True:
        stopping = Stopping(steps)
        try:
            report = build_index(
                read_corpus(corpus), index, encoder=load_encoder(), config=IndexConfig(),
                progress=stopping.hear, full=full, cancelled=stopping,
            )  # fmt: skip
        except BuildCancelled as error:
            assert "没有留下半成品" in str(error)
            assert len(stopping.heard) == steps
            assert [path.name for path in (index / "snapshots").iterdir()] == [first.version]
            assert ParagraphIndex.open(index, load_encoder()).search("学生", k=1)[0].paragraph.text.endswith("半价。")
            steps += 1
            continue
        break
    assert steps >= 8  # three files, two batches, vectors, terms twice, publishing
    assert (counts(report), report.previous) == ((1200, 1, 0, 4), first.version)
    assert stopping.heard == sorted(stopping.heard) and stopping.heard[-1] == 1.0


def test_a_stopped_first_build_leaves_no_index(corpus: Path, index: Path) -> None:
    with pytest.raises(BuildCancelled):
        build_index(
            read_corpus(corpus), index, encoder=load_encoder(), config=IndexConfig(), progress=silent,
            cancelled=lambda: True,
        )  # fmt: skip
    assert current_version(index) == ""
    assert list((index / "snapshots").iterdir()) == []
    assert build(corpus, index).previous == ""


def test_building_over_a_damaged_index_makes_it_anew(corpus: Path, index: Path) -> None:
    first = build(corpus, index)
    (index / "snapshots" / first.version / "vectors.faiss").write_bytes(b"")
    report = build(corpus, index)
    assert report.published
    assert ParagraphIndex.open(index, load_encoder()).search("化肥", k=1)[0].paragraph.text.startswith("全县")


def test_bad_files_are_problems_and_the_others_are_built(corpus: Path, index: Path) -> None:
    (corpus / "bad.jsonl").write_text('{"id": "1", "text": "好"}\n{oops}\n', encoding="utf-8")
    (corpus / "empty.txt").write_text("")
    report = build(corpus, index)
    assert {problem.path for problem in report.problems} == {"bad.jsonl", "empty.txt"}
    assert "2" in next(problem.reason for problem in report.problems if problem.path == "bad.jsonl")
    opened = ParagraphIndex.open(index, load_encoder())
    assert opened.problems == report.problems
    assert opened.documents == ("farm.txt", "town.txt")
    assert all(paragraph.text != "好" for paragraph in opened.paragraphs)
    again = build(corpus, index)
    assert (again.published, again.problems) == (False, report.problems)


def test_an_id_of_another_file_is_a_problem(corpus: Path, index: Path) -> None:
    for name in ("a", "b"):
        (corpus / f"{name}.jsonl").write_text(f'{{"id": "same", "text": "来自{name}"}}\n', encoding="utf-8")
    (problem,) = build(corpus, index).problems
    assert problem.path == "b.jsonl"
    assert "'same'" in problem.reason and "a.jsonl" in problem.reason
    assert ParagraphIndex.open(index, load_encoder()).get("same").text == "来自a"


def test_json_lines_keep_their_ids(tmp_path: Path, index: Path) -> None:
    rows = [{"id": f"行 {i}", "text": f"第{i}条规定", "title": "规定"} for i in range(30)]
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert counts(build(tmp_path / "corpus", index)) == (30, 0, 0, 0)
    opened = ParagraphIndex.open(index, load_encoder())
    assert [(p.id, p.text, p.article) for p in opened.paragraphs] == [(r["id"], r["text"], r["title"]) for r in rows]
    assert opened.search("第17条", k=1)[0].paragraph.id == "行 17"


def test_a_corpus_without_a_paragraph_is_refused_and_the_old_index_stays(corpus: Path, index: Path) -> None:
    version = build(corpus, index).version
    hopeless = Corpus((Source("bad.jsonl", "{oops}", "0" * 64, "utf-8"),), (Problem("x.txt", "empty"),))
    with pytest.raises(CorpusError, match=r"bad\.jsonl.*x\.txt"):
        build_index(hopeless, index, encoder=load_encoder(), config=IndexConfig(), progress=silent)
    assert current_version(index) == version
    assert list((index / "snapshots").iterdir()) == [index / "snapshots" / version]


def test_an_encoder_that_lies_about_its_shape_is_told(corpus: Path, index: Path) -> None:
    encoder = Counting()
    encoder.dimension = 7
    with pytest.raises(EncoderError, match=rf"counting.*\(10, {load_encoder().dimension}\).*\(10, 7\)"):
        build(corpus, index, encoder=encoder)


def test_an_index_folder_that_cannot_be_made_is_told(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match=r"farm\.txt.*--index"):
        build(corpus, corpus / "farm.txt")


def test_progress_grows_from_nothing_to_all(corpus: Path, index: Path) -> None:
    told: list[tuple[float, str]] = []
    build_index(
        read_corpus(corpus),
        index,
        encoder=load_encoder(),
        config=IndexConfig(batch_size=1),
        progress=lambda share, doing: told.append((share, doing)),
    )
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert any("farm.txt" in doing for _, doing in told)


def test_above_the_limit_the_inverted_file_answers_as_the_flat_one(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    rows = [{"id": str(i), "text": f"第{i}条 {'水利' if i % 2 else '交通'}建设规定第{i * 7}款"} for i in range(400)]
    (tmp_path / "corpus/rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    build(tmp_path / "corpus", tmp_path / "flat")
    build(tmp_path / "corpus", tmp_path / "inverted", config=IndexConfig(exact_limit=100))
    flat, inverted = (ParagraphIndex.open(tmp_path / name, load_encoder()) for name in ("flat", "inverted"))
    assert "vectors.npy" in inverted.manifest.files
    for query in ("第30条交通", "水利建设第77款"):
        assert [hit.paragraph.id for hit in inverted.search(query, k=3)] == [
            hit.paragraph.id for hit in flat.search(query, k=3)
        ]
    encoder = Counting()
    build(tmp_path / "corpus", tmp_path / "inverted", encoder=encoder, config=IndexConfig(exact_limit=200))
    assert encoder.asked == []  # its exact vectors were there to be taken


@pytest.mark.slow
def test_killed_at_every_step_one_whole_index_answers(tmp_path: Path) -> None:
    for _ in range(3):  # so that a fourth one removes the first
        build(write_corpus(tmp_path / "old"), tmp_path / "index", full=True)
    changed = write_corpus(tmp_path / "new", town=TOWN.replace("四十班", "五十班"), farm=FARM)
    (tmp_path / "work").mkdir()
    command = [sys.executable, "-m", killed_build.__name__, tmp_path / "index", changed, tmp_path / "work"]
    ended = subprocess.run([*map(str, command)], capture_output=True, text=True, check=True, cwd=ROOT)
    deaths = [json.loads(line) for line in ended.stdout.splitlines()]
    assert len(deaths) > 30
    assert {death["died"] for death in deaths[:-1]} == {-signal.SIGKILL}
    assert deaths[-1]["died"] == killed_build.GOT_THROUGH
    left = [death["left"] for death in deaths]
    assert set(left) == {killed_build.OLD, killed_build.NEW}
    assert left == sorted(left)  # from one step on it is the new one, and never anything else
    assert {(death["healed"], death["partials"]) for death in deaths} == {(killed_build.NEW, 0)}


def command_line(corpus: Path, index: Path) -> list[str]:
    return [sys.executable, "-m", "index", "build", "--full", "--corpus", str(corpus), "--index", str(index)]


@pytest.mark.slow
def test_a_real_builder_killed_from_outside(tmp_path: Path) -> None:
    corpus, index = write_corpus(tmp_path / "corpus"), tmp_path / "index"
    rows = (json.dumps({"id": str(i), "text": f"第{i}条规定" * 20}) for i in range(3000))
    (corpus / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    build(corpus, index)
    chance = random.Random(3)
    for _ in range(4):
        before = current_version(index)
        with subprocess.Popen(command_line(corpus, index), stderr=subprocess.DEVNULL, cwd=ROOT) as builder:
            while builder.poll() is None and not list((index / "snapshots").glob(".partial-*/paragraphs.jsonl")):
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.5))
            builder.kill()
        assert builder.returncode == -signal.SIGKILL
        assert current_version(index) == before
        assert "三千吨" in ParagraphIndex.open(index, load_encoder()).search("化肥有多少吨", k=1)[0].paragraph.text
    assert build(corpus, index, full=True).version != before
    assert not list((index / "snapshots").glob(".partial-*"))


@pytest.mark.slow
def test_of_two_builders_one_is_refused_at_once(tmp_path: Path) -> None:
    corpus, index = write_corpus(tmp_path / "corpus"), tmp_path / "index"
    rows = (json.dumps({"id": str(i), "text": f"第{i}条规定" * 20}) for i in range(3000))
    (corpus / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    with subprocess.Popen(
        command_line(corpus, index), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=ROOT
    ) as builder:
        while builder.poll() is None and not list(index.glob("snapshots/.partial-*/paragraphs.jsonl")):
            time.sleep(0.001)
        with pytest.raises(BuildBusy):
            build(corpus, index)
        second = subprocess.run(command_line(corpus, index), capture_output=True, text=True, check=False, cwd=ROOT)
        assert builder.poll() is None  # it was still building when the second one had been sent away
    assert (builder.returncode, second.returncode) == (0, 1)
    assert str(index) in second.stderr
    assert len(ParagraphIndex.open(index, load_encoder())) == 3005
