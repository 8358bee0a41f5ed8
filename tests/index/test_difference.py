"""The paragraphs that two versions differ in, over real builds."""

from pathlib import Path

import pytest

from index.change import Changes
from index.difference import Change, Difference, difference
from index.errors import SnapshotDamaged, SnapshotMissing
from index.snapshot import Snapshots
from tests.index.building import FARM, build, write_corpus


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions: a paragraph of the farm was changed, one added, one removed; the town went, a school came."""
    folder = tmp_path_factory.mktemp("difference")
    build(write_corpus(folder / "corpus"), folder / "index")
    (folder / "corpus/town.txt").unlink()
    farm = FARM.replace("三千吨", "四千吨").replace("农技人员下乡指导插秧,推广抗旱品种。\n\n", "") + "\n今年雨水多。\n"
    build(write_corpus(folder / "corpus", farm=farm, school="# 新学校\n\n新学校九月开学。\n"), folder / "index")
    return folder / "index"


def told(found: Difference) -> list[tuple[str, str, str]]:
    return [
        (change.kind, change.old.text[:5] if change.old else "", change.new.text[:5] if change.new else "")
        for change in found.changes
    ]


def test_both_texts_of_every_differing_paragraph(index: Path) -> None:
    old, new = Snapshots(index).versions()
    found = difference(index, old, new)
    assert (found.old, found.new, found.left_out) == (old, new, 0)
    assert told(found) == [
        ("changed", "全县储备化", "全县储备化"),
        ("removed", "农技人员下", ""),
        ("added", "", "今年雨水多"),
        ("added", "", "新学校九月"),
        ("removed", "新开通的三", ""),
        ("removed", "老年人凭身", ""),
    ]
    first = found.changes[0]
    assert first.old is not None and first.new is not None
    assert ("三千吨" in first.old.text, "四千吨" in first.new.text) == (True, True)
    assert found.counts == Changes(added=2, changed=1, removed=3, unchanged=1)


def test_the_way_back_is_the_same_way(index: Path) -> None:
    old, new = Snapshots(index).versions()
    back = difference(index, new, old)
    assert back.counts == Changes(added=3, changed=1, removed=2, unchanged=1)
    assert {change.old for change in back.changes} == {change.new for change in difference(index, old, new).changes}


def test_a_version_differs_in_nothing_from_itself(index: Path) -> None:
    version = Snapshots(index).current()
    found = difference(index, version, version)
    assert (found.changes, found.counts) == ((), Changes(0, 0, 0, 4))


@pytest.mark.parametrize("most", [0, 1, 3, 500])
def test_many_are_counted_and_the_first_are_told(index: Path, most: int) -> None:
    old, new = Snapshots(index).versions()
    found = difference(index, old, new, most=most)
    assert found.changes == difference(index, old, new).changes[:most]
    assert found.left_out == max(0, 6 - most)


def test_what_is_not_there_or_damaged_is_named(index: Path) -> None:
    old, new = Snapshots(index).versions()
    with pytest.raises(SnapshotMissing, match=f"0042-x.*{old}"):
        difference(index, "0042-x", new)
    path = Snapshots(index).path(old) / "paragraphs.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole.replace("三".encode(), "五".encode(), 1))
    with pytest.raises(SnapshotDamaged, match=r"paragraphs\.jsonl"):
        difference(index, old, new)
    path.write_bytes(whole)


def test_a_change_of_nothing_cannot_exist() -> None:
    with pytest.raises(ValueError, match="one side"):
        Change(None, None)
