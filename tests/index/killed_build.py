"""Kills a build at every step it takes on the disk, and tells what each death left, not what should be left.

A script: ``python -m tests.index.killed_build OLD CORPUS WORK``. An audit hook that the build does not know of counts
what the process does below the index folder (open but for reading, rename, remove, make a directory) and sends SIGKILL
at step n, for n = 1, 2, … until the build gets through. Each build, and each look at what it left, is a process of its
own.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from index.embedder import load_encoder
from index.snapshot import Snapshots
from index.store import ParagraphIndex
from tests.index.building import build

STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "shutil.rmtree"}
GOT_THROUGH, OLD, NEW, WRONG = 0, 10, 11, 12


def main(old: Path, corpus: Path, work: Path) -> None:
    """Write one JSON line a death: what was left, and what the next build made of it."""
    assert load_encoder().fingerprint  # read once, before the process is split
    died = None
    for step in range(1, 1000):
        if died == GOT_THROUGH:
            return
        index = work / str(step)
        shutil.copytree(old, index)
        died = split(partial(build_until, step, corpus, index))
        left = split(partial(look, index))
        healed = split(partial(build_and_look, corpus, index))
        partials = len(list((index / "snapshots").glob(".partial-*")))
        sys.stdout.write(json.dumps({"died": died, "left": left, "healed": healed, "partials": partials}) + "\n")
        shutil.rmtree(index)


def build_until(step: int, corpus: Path, index: Path) -> int:
    """Build, and be killed at the ``step``-th action below the index folder."""
    die_at(step, index)
    build(corpus, index)
    return GOT_THROUGH


def die_at(step: int, index: Path) -> None:
    """From now on count what this process does below the index folder, and end it at the ``step``-th action."""
    done = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        if event in STEPS and str(arguments[0]).startswith(str(index)) and arguments[1:2] != ("r",):
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def build_and_look(corpus: Path, index: Path) -> int:
    """Build over what is left."""
    build(corpus, index)
    return look(index)


def look(index: Path) -> int:
    """Which index answers, the old or the new one, and whether it is whole."""
    snapshots = Snapshots(index)
    snapshots.check(snapshots.current(), contents=True)
    hits = ParagraphIndex.open(index, load_encoder()).search("公交车 化肥", k=50)
    before, after = (any(word in hit.paragraph.text for hit in hits) for word in ("四十班", "五十班"))
    return WRONG if before == after else OLD if before else NEW


def split(work: Callable[[], int]) -> int:
    """Run in a process of its own; its exit code, or minus the signal that ended it."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        try:
            os._exit(work())
        finally:  # an error: its traceback would go on in the parent's code
            sys.excepthook(*sys.exc_info())
            os._exit(WRONG)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
