"""The commands about versions as a person and a program meet them: real processes, both outputs, exit codes."""

import json
from pathlib import Path

import pytest

from index.difference import difference
from index.history import history
from index.snapshot import Snapshots
from tests.index.building import FARM, TOWN, build, write_corpus
from tests.index.test_main import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """An index of two versions: a paragraph of the town changed, the farm came."""
    shell = Shell(tmp_path)
    build(write_corpus(shell.corpus, town=TOWN), shell.index)
    build(write_corpus(shell.corpus, town=TOWN.replace("半价", "免费"), farm=FARM), shell.index)
    return shell


def test_versions(shell: Shell) -> None:
    listed = history(shell.index)
    for line, version in zip(shell.lines("versions", "--json"), listed, strict=True):
        assert (line["name"], line["current"], line["paragraphs"]) == (
            version.name,
            version.current,
            version.paragraphs,
        )
        assert (line["articles"], line["documents"]) == (version.articles, list(version.documents))
    told = shell.run("versions").stdout.splitlines()
    assert [line[0] for line in told] == ["*", " "]
    assert all(version.name in line and str(version.size) in line for version, line in zip(listed, told, strict=True))


def test_a_damaged_version_is_listed_with_its_fault(shell: Shell) -> None:
    newest = Snapshots(shell.index).current()
    (Snapshots(shell.index).path(newest) / "manifest.json").write_text("{")
    done = shell.run("versions")
    assert done.returncode == 0
    assert "manifest.json" in done.stdout.splitlines()[0]


def test_a_difference_as_json(shell: Shell) -> None:
    old, new = Snapshots(shell.index).versions()
    head, *changes = shell.lines("diff", "--json")
    assert head == {"old": old, "new": new, "added": 3, "changed": 1, "removed": 0, "unchanged": 1, "left_out": 0}
    expected = difference(shell.index, old, new).changes
    for line, change in zip(changes, expected, strict=True):
        assert line["kind"] == change.kind
        assert (line["old"] or {}).get("text", "") == (change.old.text if change.old else "")
        assert (line["new"] or {}).get("id", "") == (change.new.id if change.new else "")
    assert len(shell.lines("diff", new, old, "--json", "--most", "2")) == 3


def test_a_difference_to_read(shell: Shell) -> None:
    old, new = Snapshots(shell.index).versions()
    told = shell.run("diff").stdout
    assert old in told and new in told
    assert "- 老年人凭身份证免费乘车,学生半价。" in told and "+ 老年人凭身份证免费乘车,学生免费。" in told
    assert told.count("《春耕农资供应充足》") == 3
    backwards = shell.run("diff", new, old).stdout
    assert "+ 老年人凭身份证免费乘车,学生半价。" in backwards
    assert "--most" in shell.run("diff", "--most", "1").stdout


@pytest.mark.parametrize("arguments", [["diff", "0009-x"], ["diff", "0009-x", "0001"], ["rollback", "--to", "0009-x"]])
def test_a_version_that_is_not_there_is_named_with_those_that_are(shell: Shell, arguments: list[str]) -> None:
    done = shell.run(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert "0009-x" in done.stderr
    assert all(version in done.stderr for version in Snapshots(shell.index).versions())


def test_the_first_version_has_none_before_it(shell: Shell) -> None:
    shell.run("rollback")
    done = shell.run("diff")
    assert (done.returncode, done.stdout) == (1, "")
    assert all(version in done.stderr for version in Snapshots(shell.index).versions())


def test_misuse(shell: Shell) -> None:
    done = shell.run("diff", "--most", "-3")
    assert (done.returncode, done.stdout) == (2, "")
    assert "-3" in done.stderr


def test_back_and_forth(shell: Shell) -> None:
    old, new = Snapshots(shell.index).versions()
    for version, farms in ((old, 0), (new, 3), (old, 0)):
        done = shell.run("rollback", "--to", version)
        assert (done.returncode, version in done.stdout) == (0, True)
        shown = [json.loads(line) for line in shell.run("show", "--json").stdout.splitlines()]
        assert sum(line["document"] == "farm.txt" for line in shown) == farms
    assert Snapshots(shell.index).versions() == (old, new)


@pytest.mark.parametrize("command", [["versions"], ["diff"], ["rollback", "--to", "0001"]])
def test_without_an_index_it_is_told(tmp_path: Path, command: list[str]) -> None:
    done = Shell(tmp_path).run(*command)
    assert (done.returncode, done.stdout) == (1, "")
    assert str(tmp_path / "index") in done.stderr
