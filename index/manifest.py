"""The manifest of a snapshot: what it was made of and by what, and the size and sha256 of every file.

Knows nothing of pointers or of other snapshots.

``manifest.json`` names the files; ``manifest.sha256`` vouches for it, in the format that ``sha256sum -c`` reads.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Self

from index.embedder import Encoder
from index.errors import SnapshotDamaged, SnapshotForeign
from index.messages import say

FORMAT = 2
MANIFEST_NAME = "manifest.json"
SEAL_NAME = "manifest.sha256"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The size in bytes and the sha256 of one file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of each; ``paragraphs`` is also the number of lexical documents."""

    paragraphs: int
    repairs: int
    problems: int


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """The embedding model that made the vectors."""

    name: str
    fingerprint: str
    dimension: int

    @classmethod
    def of(cls, encoder: Encoder) -> Self:
        """The facts of a loaded model."""
        return cls(encoder.name, encoder.fingerprint, encoder.dimension)

    def agrees(self, other: Self) -> bool:
        """Whether both make the same vectors, whatever they are called."""
        return (self.fingerprint, self.dimension) == (other.fingerprint, other.dimension)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot is.

    ``built`` is UTC in ISO 8601; ``corpus`` and ``config`` are the sha256 of what it was made from; ``documents`` are
    the paths of the files that gave paragraphs.
    """

    version: str
    built: str
    model: ModelFacts
    corpus: str
    config: str
    documents: tuple[str, ...]
    counts: Counts
    files: Mapping[str, FileFacts]
    format: int = FORMAT

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(facts.size for facts in self.files.values())

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest of a snapshot's folder.

        :raises SnapshotDamaged: when it is missing, or not the one that was sealed.
        :raises SnapshotForeign: when it has another format.
        """
        path = folder / MANIFEST_NAME
        try:
            data = path.read_bytes()
            sealed = (folder / SEAL_NAME).read_text(encoding="ascii")
            values = json.loads(data)
        except (OSError, ValueError) as error:
            raise SnapshotDamaged(say("snapshot.manifest", path=path, reason=error)) from error
        if sealed != _seal(data):
            raise SnapshotDamaged(say("snapshot.seal", path=path, got=_seal(data).split()[0], expected=sealed.strip()))
        if values.get("format") != FORMAT:
            raise SnapshotForeign(say("snapshot.format", path=folder, got=values.get("format"), expected=FORMAT))
        return cls._from_dict(values)

    def write(self, folder: Path) -> None:
        """Write the manifest and its seal."""
        data = (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()
        (folder / MANIFEST_NAME).write_bytes(data)
        (folder / SEAL_NAME).write_text(_seal(data), encoding="ascii")

    def check_files(self, folder: Path, *, contents: bool) -> None:
        """Check that every file is there in its size and, where ``contents`` is asked for, with its bytes.

        :raises SnapshotDamaged: naming the first file that is not, the value found and the value published.
        """
        for name, facts in self.files.items():
            path = folder / name
            try:
                size = path.stat().st_size
                digest = _digest(path) if contents and size == facts.size else facts.sha256
            except OSError as error:
                raise SnapshotDamaged(say("snapshot.file_missing", path=path, reason=error.strerror)) from error
            if size != facts.size:
                raise SnapshotDamaged(say("snapshot.file_size", path=path, got=size, expected=facts.size))
            if digest != facts.sha256:
                raise SnapshotDamaged(say("snapshot.file_sum", path=path, got=digest, expected=facts.sha256))

    @classmethod
    def _from_dict(cls, values: dict[str, Any]) -> Self:
        """The manifest from what was sealed, so only a fault of the writer can break it."""
        known = {field.name: values[field.name] for field in fields(cls)}
        known["model"] = ModelFacts(**values["model"])
        known["documents"] = tuple(values["documents"])
        known["counts"] = Counts(**values["counts"])
        known["files"] = {name: FileFacts(**facts) for name, facts in values["files"].items()}
        return cls(**known)


def measure(folder: Path) -> dict[str, FileFacts]:
    """The facts of every file below a folder, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): FileFacts(path.stat().st_size, _digest(path)) for path in _files(folder)
    }


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _seal(data: bytes) -> str:
    return f"{sha256(data).hexdigest()}  {MANIFEST_NAME}\n"
