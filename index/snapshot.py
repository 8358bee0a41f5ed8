"""Publishes and finds snapshots: immutable, checksummed, versioned directories and a pointer file.

Knows nothing of what is in them.

::

    <index>/current                     one line, the version that answers; replaced in one step
    <index>/build.lock                  held by the one process that builds
    <index>/snapshots/0007-20260301T080910Z/manifest.json, manifest.sha256, …
    <index>/snapshots/.partial-0008-…   being written; of a builder that died once nobody holds the lock

A process may die between any two steps: until ``current`` is replaced the old snapshot answers, afterwards the new one.
Whoever opened a snapshot holds its files open, so it stays readable when a later build removes the directory.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from index.errors import BuildBusy, SnapshotDamaged, SnapshotError, SnapshotForeign, SnapshotMissing
from index.manifest import Manifest, ModelFacts
from index.messages import say

KEPT = 3
CHECKED_ON_OPEN = (
    256 * 2**20
)  # bytes: a snapshot up to here is read through on opening, about a second; `verify` reads any

_VERSION = re.compile(r"(\d{4,})-\d{8}T\d{6}Z")
_POINTER = "current"
_LOCK = "build.lock"
_PARTIAL = ".partial-"


class Snapshots:
    """The snapshots of one index folder."""

    def __init__(self, folder: Path) -> None:
        """
        :raises SnapshotError: when no folder can have such a path.
        """
        if "\0" in str(folder):
            raise SnapshotError(say("snapshot.unreadable", path=repr(str(folder)), reason=say("snapshot.nul")))
        self.folder = folder

    def path(self, version: str) -> Path:
        """Where a version lies."""
        return self.folder / "snapshots" / version

    def current(self) -> str:
        """The version that answers.

        :raises SnapshotMissing: when nothing was ever published.
        :raises SnapshotDamaged: when the pointer names no version that is there.
        :raises SnapshotError: when the folder is none, or may not be read.
        """
        pointer = self.folder / _POINTER
        try:
            named = pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError as error:
            raise SnapshotMissing(say("snapshot.missing", path=self.folder)) from error
        except (IsADirectoryError, ValueError) as error:
            raise SnapshotDamaged(say("snapshot.pointer", path=pointer, got=error, there=self._listed())) from error
        except OSError as error:
            raise _unreadable(pointer, error) from error
        if not _VERSION.fullmatch(named) or named not in self.versions():
            raise SnapshotDamaged(say("snapshot.pointer", path=pointer, got=repr(named), there=self._listed()))
        return named

    def versions(self) -> tuple[str, ...]:
        """Every version that is there, the oldest first; those rolled back from included."""
        parent = self.folder / "snapshots"
        try:
            names = [path.name for path in parent.iterdir()]
        except FileNotFoundError:
            names = []
        except OSError as error:
            raise _unreadable(parent, error) from error
        return tuple(sorted((name for name in names if _VERSION.fullmatch(name)), key=_number))

    def require(self, version: str) -> None:
        """Check that a version is there.

        :raises SnapshotMissing: when it is not, naming those that are.
        """
        if version not in self.versions():
            raise SnapshotMissing(say("snapshot.no_version", path=self.folder, got=version, there=self._listed()))

    def check(self, version: str, *, contents: bool | None = None) -> Manifest:
        """The manifest of a version whose files are all there.

        :param contents: whether the bytes are checked too; by default those of a snapshot of up to 256 MiB.
        :raises SnapshotDamaged: when they are not.
        :raises SnapshotForeign: when the format is another.
        :raises SnapshotError: when one of them may not be read.
        """
        path = self.path(version)
        _check_access(path)
        manifest = Manifest.read(path)
        if manifest.version != version:
            raise SnapshotDamaged(say("snapshot.version", path=path, got=manifest.version, expected=version))
        manifest.check_files(path, contents=manifest.size <= CHECKED_ON_OPEN if contents is None else contents)
        return manifest

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only builder, and sweep what dead builders left.

        :raises BuildBusy: at once, when another process or thread is one.
        """
        try:
            (self.folder / "snapshots").mkdir(parents=True, exist_ok=True)
            lock = (self.folder / _LOCK).open("a+", encoding="ascii")
        except OSError as error:
            raise SnapshotError(say("snapshot.unwritable", path=self.folder, reason=error)) from error
        with lock:
            _hold(lock.fileno(), self.folder)
            try:
                self._sweep()
                yield
            except OSError as error:
                raise SnapshotError(say("snapshot.unwritable", path=self.folder, reason=error)) from error

    @contextmanager
    def partial(self) -> Iterator[Path]:
        """A new directory to build in, under the lock; gone afterwards unless it was published."""
        newest = self.versions()
        number = _number(newest[-1]) + 1 if newest else 1
        path = self.folder / "snapshots" / f"{_PARTIAL}{number:04d}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        path.mkdir()
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def publish(self, partial: Path) -> None:
        """Let a finished directory answer, under the lock; keep it and the two that answered before it."""
        before = self._current_or_none()
        version = version_of(partial)
        _flush_tree(partial)
        partial.rename(self.path(version))
        _flush(self.path(version).parent)
        self._point_at(version)
        self._retire(version, before)

    def rollback(self) -> str:
        """Let the newest intact version before the current one answer, even when the current one is damaged or gone.

        :return: the version that answers now.
        :raises SnapshotMissing: when there is none before.
        """
        with self.writing():
            for version in reversed(self._before_current()):
                try:
                    self.check(version, contents=True)
                except (SnapshotDamaged, SnapshotForeign):
                    continue
                self._point_at(version)
                return version
            raise SnapshotMissing(say("snapshot.no_previous", path=self.folder, there=self._listed()))

    def answer_from(self, version: str, *, model: ModelFacts) -> None:
        """Let one version answer, be it older or newer than the current one; what is there stays there.

        :param model: the model that questions are read with.
        :raises SnapshotMissing: when there is no such version.
        :raises SnapshotDamaged: when it is not as it was published; the current one goes on answering, as always here.
        :raises SnapshotForeign: when another model made it.
        :raises BuildBusy: when a build is under way, which would remove what it does not know.
        """
        self.require(version)
        with self.writing():
            self.require(version)  # a build may have ended meanwhile
            check_model(self.check(version, contents=True), model)
            self._point_at(version)

    def _before_current(self) -> tuple[str, ...]:
        """The versions before the one that the pointer names; all of them when it names none."""
        try:
            named = (self.folder / _POINTER).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return self.versions()
        if not _VERSION.fullmatch(named):
            return self.versions()
        return tuple(version for version in self.versions() if _number(version) < _number(named))

    def _current_or_none(self) -> str | None:
        try:
            return self.current()
        except SnapshotError:
            return None

    def _point_at(self, version: str) -> None:
        fresh = self.folder / f"{_POINTER}.new"
        fresh.write_text(f"{version}\n", encoding="ascii")
        _flush(fresh)
        fresh.replace(self.folder / _POINTER)
        _flush(self.folder)

    def _retire(self, newest: str, before: str | None) -> None:
        """Remove what was rolled back from or never answered, and all but the last of the others."""
        answered = [v for v in self.versions() if before is None or _number(v) <= _number(before)]
        kept = {newest, *[version for version in answered if version != newest][1 - KEPT :]}
        for version in self.versions():
            if version not in kept:
                shutil.rmtree(self.path(version), ignore_errors=True)

    def _sweep(self) -> None:
        for path in (self.folder / "snapshots").glob(f"{_PARTIAL}*"):
            shutil.rmtree(path, ignore_errors=True)

    def _listed(self) -> str:
        return ", ".join(self.versions()) or "-"


def version_of(partial: Path) -> str:
    """The version that a directory being written will have."""
    return partial.name.removeprefix(_PARTIAL)


def check_model(manifest: Manifest, model: ModelFacts) -> None:
    """Check that the vectors of a snapshot and those of a model can be compared.

    :raises SnapshotForeign: naming both models.
    """
    if not manifest.model.agrees(model):
        raise SnapshotForeign(say("snapshot.model", got=_described(manifest.model), expected=_described(model)))


def _check_access(folder: Path) -> None:
    """What may not be read is whole as far as anyone can tell: rights mend it, not a rollback."""
    for path in chain((folder.parent, folder), folder.rglob("*")):  # each is looked at before what is below it
        needed = os.R_OK | os.X_OK if path.is_dir() else os.R_OK
        if path.exists() and not os.access(path, needed):
            raise SnapshotError(say("snapshot.unreadable", path=path, reason=say("snapshot.forbidden")))


def _unreadable(path: Path, error: OSError) -> SnapshotError:
    return SnapshotError(say("snapshot.unreadable", path=path, reason=error.strerror))


def _described(model: ModelFacts) -> str:
    return f"{model.name} ({model.fingerprint}, {model.dimension})"


def _number(version: str) -> int:
    return int(version.partition("-")[0])


def _hold(descriptor: int, folder: Path) -> None:
    """Take the lock, which the system gives back however the process ends."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BuildBusy(say("snapshot.busy", path=folder)) from error


def _flush_tree(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        _flush(path)


def _flush(path: Path) -> None:
    """Have the system write a file or a directory to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
