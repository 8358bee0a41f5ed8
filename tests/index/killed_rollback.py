"""Kills a rollback at every step it takes on the disk, and tells what each death left, not what should be left.

A script: ``python -m tests.index.killed_rollback INDEX WORK``, over an index of two versions, the newer of
which answers. See ``killed_build``, whose audit hook and whose look at what is left it shares.
"""

import json
import shutil
import sys
from functools import partial
from pathlib import Path

from index.embedder import load_encoder
from index.manifest import ModelFacts
from index.snapshot import Snapshots
from tests.index.killed_build import GOT_THROUGH, die_at, look, split


def main(whole: Path, work: Path) -> None:
    """Write one JSON line a death: what was left, and what answers after going back, and after going forth again."""
    assert load_encoder().fingerprint  # read once, before the process is split
    older, newer = Snapshots(whole).versions()
    died = None
    for step in range(1, 1000):
        if died == GOT_THROUGH:
            return
        index = work / str(step)
        shutil.copytree(whole, index)
        died = split(partial(go_until, step, index, older))
        left = split(partial(look, index))
        back, forth = (split(partial(go_and_look, index, version)) for version in (older, newer))
        sys.stdout.write(json.dumps({"died": died, "left": left, "back": back, "forth": forth}) + "\n")
        shutil.rmtree(index)


def go_until(step: int, index: Path, version: str) -> int:
    """Let a version answer, and be killed at the ``step``-th action below the index folder."""
    die_at(step, index)
    go(index, version)
    return GOT_THROUGH


def go_and_look(index: Path, version: str) -> int:
    """Let a version answer over what is left."""
    go(index, version)
    return look(index)


def go(index: Path, version: str) -> None:
    """Let a version answer."""
    Snapshots(index).answer_from(version, model=ModelFacts.of(load_encoder()))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
