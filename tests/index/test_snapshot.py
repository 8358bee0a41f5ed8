"""Snapshots: published in one step, checked, kept, rolled back, and safe from a second builder and from damage."""

import json
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from index.errors import BuildBusy, SnapshotDamaged, SnapshotError, SnapshotForeign, SnapshotMissing
from index.manifest import Counts, Manifest, ModelFacts, measure
from index.snapshot import Snapshots, check_model, version_of
from tests.index import killed_build, killed_rollback
from tests.index.building import FARM, TOWN, build, write_corpus

MODEL = ModelFacts("m", "f00d", 8)


def publish(snapshots: Snapshots, content: str) -> str:
    """A snapshot of one small file in a folder and one beside it."""
    with snapshots.writing(), snapshots.partial() as partial:
        (partial / "words").mkdir()
        (partial / "words/a.txt").write_text(content)
        (partial / "b.bin").write_bytes(content.encode() * 50)
        Manifest(
            version=version_of(partial),
            built="2026-01-01T00:00:00+00:00",
            model=MODEL,
            corpus="c",
            config="d",
            documents=("甲.txt",),
            counts=Counts(paragraphs=1, repairs=0, problems=0),
            files=measure(partial),
        ).write(partial)
        snapshots.publish(partial)
    return version_of(partial)


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "snapshots").iterdir()}


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path / "index")


def test_nothing_published_tells_the_command(snapshots: Snapshots) -> None:
    with pytest.raises(SnapshotMissing, match="python -m index build"):
        snapshots.current()


def test_the_last_published_one_answers(snapshots: Snapshots) -> None:
    published = [publish(snapshots, content) for content in "abc"]
    assert snapshots.current() == published[-1]
    assert snapshots.versions() == tuple(published)
    assert (snapshots.path(published[-1]) / "words/a.txt").read_text() == "c"
    assert snapshots.check(published[-1], contents=True).documents == ("甲.txt",)


def test_three_are_kept(snapshots: Snapshots) -> None:
    published = [publish(snapshots, content) for content in "abcde"]
    assert snapshots.versions() == tuple(published[-3:])
    assert names(snapshots.folder) == set(published[-3:])


def test_versions_go_on_counting_beyond_four_digits(snapshots: Snapshots) -> None:
    first = publish(snapshots, "a")
    old, late = snapshots.path(first), snapshots.path("9999-20260101T000000Z")
    old.rename(late)
    (snapshots.folder / "current").write_text(late.name)
    assert publish(snapshots, "b").startswith("10000-")
    assert publish(snapshots, "c").startswith("10001-")
    assert [version[:5] for version in snapshots.versions()] == ["9999-", "10000", "10001"]


def test_rolling_back_and_publishing_again(snapshots: Snapshots) -> None:
    first, second, third = (publish(snapshots, content) for content in "abc")
    assert snapshots.rollback() == snapshots.current() == second
    fourth = publish(snapshots, "d")
    assert snapshots.versions() == (first, second, fourth)  # the one rolled back from is gone
    assert snapshots.rollback() == second
    assert snapshots.rollback() == first
    with pytest.raises(SnapshotMissing, match=f"{first}.*python -m index build"):
        snapshots.rollback()
    assert snapshots.current() == first
    assert third not in snapshots.versions()


def test_rolling_back_passes_over_damage(snapshots: Snapshots) -> None:
    first, second, third = (publish(snapshots, content) for content in "abc")
    (snapshots.path(third) / "manifest.json").write_text("{")
    (snapshots.path(second) / "b.bin").write_bytes(b"")
    assert snapshots.rollback() == first


@pytest.mark.parametrize("pointer", ["", "0009-20260101T000000Z", "../../etc", "\0\0\0\0", "é"])
def test_a_damaged_pointer_is_told_and_rolled_back_from(snapshots: Snapshots, pointer: str) -> None:
    publish(snapshots, "a")
    second = publish(snapshots, "b")
    (snapshots.folder / "current").write_text(pointer, encoding="utf-8")
    with pytest.raises(SnapshotDamaged, match=f"current.*{second}.*rollback"):
        snapshots.current()
    assert snapshots.rollback() == snapshots.current() == second


def test_a_pointer_to_a_removed_version_is_told_and_rolled_back_from(snapshots: Snapshots) -> None:
    first, second = publish(snapshots, "a"), publish(snapshots, "b")
    shutil.rmtree(snapshots.path(second))
    with pytest.raises(SnapshotDamaged, match=f"{second}.*{first}"):
        snapshots.current()
    assert snapshots.rollback() == first


def test_publishing_over_a_damaged_pointer_heals_it(snapshots: Snapshots) -> None:
    publish(snapshots, "a")
    (snapshots.folder / "current").write_text("nonsense")
    assert publish(snapshots, "b") == snapshots.current()


def test_every_flipped_bit_of_every_file_is_noticed(snapshots: Snapshots) -> None:
    version = publish(snapshots, "a")
    chance = random.Random(7)
    files = [path for path in snapshots.path(version).rglob("*") if path.is_file()]
    assert len(files) == 4
    for path in files:
        whole = path.read_bytes()
        for place in {0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(40))}:
            broken = bytearray(whole)
            broken[place] ^= 1 << chance.randrange(8)
            path.write_bytes(broken)
            with pytest.raises(SnapshotDamaged, match=r"rollback"):
                snapshots.check(version)
        path.write_bytes(whole)
    snapshots.check(version)


def test_a_damaged_file_is_told_with_both_values(snapshots: Snapshots) -> None:
    version = publish(snapshots, "a")
    path = snapshots.path(version) / "b.bin"
    path.write_bytes(b"a" * 49)
    with pytest.raises(SnapshotDamaged, match=r"b\.bin.*49 .*50 "):
        snapshots.check(version, contents=False)
    path.write_bytes(b"b" * 50)
    snapshots.check(version, contents=False)  # the size alone says nothing
    with pytest.raises(SnapshotDamaged, match=r"b\.bin.*sha256.*[0-9a-f]{64}.*[0-9a-f]{64}"):
        snapshots.check(version, contents=True)
    path.unlink()
    with pytest.raises(SnapshotDamaged, match=r"b\.bin"):
        snapshots.check(version, contents=False)


def test_a_snapshot_under_another_name_is_damage(snapshots: Snapshots) -> None:
    version = publish(snapshots, "a")
    snapshots.path(version).rename(snapshots.path("0002-20260101T000000Z"))
    with pytest.raises(SnapshotDamaged, match=f"{version}.*0002-20260101T000000Z"):
        snapshots.check("0002-20260101T000000Z")


def test_the_seal_is_what_sha256sum_checks(snapshots: Snapshots) -> None:
    folder = snapshots.path(publish(snapshots, "a"))
    subprocess.run(["sha256sum", "--check", "--status", "manifest.sha256"], cwd=folder, check=True)


def test_another_format_is_foreign(snapshots: Snapshots) -> None:
    with snapshots.writing(), snapshots.partial() as partial:
        Manifest(
            version=version_of(partial), built="", model=MODEL, corpus="", config="", documents=(),
            counts=Counts(0, 0, 0), files={}, format=99,
        ).write(partial)  # fmt: skip
        snapshots.publish(partial)
    with pytest.raises(SnapshotForeign, match=r"99.*1.*python -m index build"):
        snapshots.check(version_of(partial))


@pytest.mark.parametrize(
    "other", [ModelFacts("n", "beef", 8), ModelFacts("m", "f00d", 9)], ids=["vectors", "dimension"]
)
def test_another_model_is_foreign_and_both_are_named(snapshots: Snapshots, other: ModelFacts) -> None:
    manifest = snapshots.check(publish(snapshots, "a"))
    check_model(manifest, ModelFacts("under another name", "f00d", 8))
    with pytest.raises(SnapshotForeign) as told:
        check_model(manifest, other)
    for value in (
        "f00d",
        "8",
        other.fingerprint,
        str(other.dimension),
        "WENJU_EMBEDDING_MODEL",
        "python -m index build",
    ):
        assert value in str(told.value)


def test_any_version_can_be_made_to_answer_and_back_again(snapshots: Snapshots) -> None:
    first, second, third = (publish(snapshots, content) for content in "abc")
    for version in (first, third, second, second):
        snapshots.answer_from(version, model=MODEL)
        assert snapshots.current() == version
        assert snapshots.versions() == (first, second, third)


def test_what_cannot_answer_is_not_made_to(snapshots: Snapshots) -> None:
    first, second = publish(snapshots, "a"), publish(snapshots, "b")
    with pytest.raises(SnapshotMissing, match=f"0009-nothing.*{first}, {second}"):
        snapshots.answer_from("0009-nothing", model=MODEL)
    with pytest.raises(SnapshotMissing):
        snapshots.answer_from("../../etc", model=MODEL)
    with pytest.raises(SnapshotForeign, match="beef"):
        snapshots.answer_from(first, model=ModelFacts("n", "beef", 8))
    (snapshots.path(first) / "b.bin").write_bytes(b"b" * 50)
    with pytest.raises(SnapshotDamaged, match=r"b\.bin"):
        snapshots.answer_from(first, model=MODEL)
    with snapshots.writing(), pytest.raises(BuildBusy):
        snapshots.answer_from(second, model=MODEL)
    assert snapshots.current() == second


def test_a_second_builder_is_refused_at_once(snapshots: Snapshots) -> None:
    with snapshots.writing(), pytest.raises(BuildBusy), Snapshots(snapshots.folder).writing():
        pytest.fail("two builders")
    with snapshots.writing():
        pass


def test_rolling_back_during_a_build_is_refused(snapshots: Snapshots) -> None:
    publish(snapshots, "a")
    publish(snapshots, "b")
    with snapshots.writing(), pytest.raises(BuildBusy):
        snapshots.rollback()


HOLD = """
import sys
from pathlib import Path
from index.snapshot import Snapshots
snapshots = Snapshots(Path(sys.argv[1]))
with snapshots.writing(), snapshots.partial() as partial:
    (partial / "half.bin").write_bytes(b"half")
    print("holding", flush=True)
    sys.stdin.read()
"""


def test_a_builder_that_is_killed_gives_the_lock_back_and_is_swept(snapshots: Snapshots) -> None:
    old = publish(snapshots, "a")
    command = [sys.executable, "-c", HOLD, str(snapshots.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as builder:
        assert builder.stdout is not None
        assert builder.stdout.readline() == "holding\n"
        partial = names(snapshots.folder) - {old}
        with pytest.raises(BuildBusy, match=str(snapshots.folder)), snapshots.writing():
            pytest.fail("two builders")
        assert names(snapshots.folder) == {old} | partial  # a living builder is not swept
        builder.kill()
    assert len(partial) == 1
    assert snapshots.current() == old
    new = publish(snapshots, "b")
    assert names(snapshots.folder) == {old, new}


@pytest.mark.slow
def test_killed_at_every_step_of_a_rollback_one_whole_index_answers(tmp_path: Path) -> None:
    build(write_corpus(tmp_path / "corpus"), tmp_path / "index")
    changed = write_corpus(tmp_path / "corpus", town=TOWN.replace("四十班", "五十班"), farm=FARM)
    build(changed, tmp_path / "index")
    (tmp_path / "work").mkdir()
    command = [sys.executable, "-m", killed_rollback.__name__, str(tmp_path / "index"), str(tmp_path / "work")]
    root = Path(__file__).parents[2]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    deaths = [json.loads(line) for line in ended.stdout.splitlines()]
    assert {death["died"] for death in deaths[:-1]} == {-signal.SIGKILL}
    assert deaths[-1]["died"] == killed_build.GOT_THROUGH
    left = [death["left"] for death in deaths]
    assert set(left) == {killed_build.OLD, killed_build.NEW}
    assert left == sorted(left, reverse=True)  # from one step on it is the old one, and never anything else
    assert {(death["back"], death["forth"]) for death in deaths} == {(killed_build.OLD, killed_build.NEW)}


def test_a_failed_build_leaves_nothing(snapshots: Snapshots) -> None:
    old = publish(snapshots, "a")
    with pytest.raises(ZeroDivisionError), snapshots.writing(), snapshots.partial() as partial:
        (partial / "half.bin").write_bytes(b"half")
        raise ZeroDivisionError
    assert names(snapshots.folder) == {old}
    assert snapshots.current() == old


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(SnapshotError, match=r"file.*--index"), Snapshots(tmp_path / "file").writing():
        pytest.fail("wrote below a file")


def test_a_path_that_is_no_index_folder_is_told_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for folder in (tmp_path / "file", Path("a\0b"), tmp_path / ("long" * 100)):
        with pytest.raises(SnapshotError, match=r"--index") as told:
            Snapshots(folder).current()
        assert not isinstance(told.value, SnapshotDamaged | SnapshotMissing)
        assert folder.name[:1] in str(told.value)


READ = """
import codecs, os, sys
from pathlib import Path
from index.errors import SnapshotError
from index.snapshot import Snapshots
codecs.lookup("ascii")  # Python itself may lie where the other user cannot look
if os.geteuid() == 0:
    os.setgroups([])
    os.setuid(65534)
snapshots = Snapshots(Path(sys.argv[1]))
try:
    snapshots.check(snapshots.current(), contents=False)
except SnapshotError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize(
    "locked", [".", "current", "snapshots", "snapshots/{}", "snapshots/{}/words", "snapshots/{}/b.bin"]
)
def test_what_may_not_be_read_is_told_and_is_no_damage(locked: str) -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        snapshots = Snapshots(Path(folder) / "index")
        path = (snapshots.folder / locked.format(publish(snapshots, "a"))).resolve()
        path.chmod(0)
        done = subprocess.run(
            [sys.executable, "-c", READ, str(snapshots.folder)], capture_output=True, text=True, check=False
        )
        path.chmod(0o755)
    assert not done.stderr
    kind, _, told = done.stdout.partition(" ")
    assert kind == "SnapshotError"
    assert str(path) in told and "--index" in told
