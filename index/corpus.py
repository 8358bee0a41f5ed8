"""Reads a folder of documents, and names every file it cannot read. Knows nothing of articles or paragraphs."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import CorpusError
from index.messages import say

READ = (".txt", ".md", ".jsonl")
# Formats that people put beside text and expect to be read: named as unsupported, not passed over in silence.
_TEXTS = {
    ".pdf",
    ".doc",
    ".docx",
    ".wps",
    ".ofd",
    ".rtf",
    ".odt",
    ".html",
    ".htm",
    ".xml",
    ".epub",
    ".markdown",
    ".rst",
}
_TABLES = {".xls", ".xlsx", ".csv", ".tsv", ".ppt", ".pptx", ".json", ".zip", ".gz"}
EXPECTED = frozenset(_TEXTS | _TABLES)
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x80-\x84\x86-\x9f]")
NAMED = 5  # so many problems are told in an error message; the rest is counted


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its path below the folder, with ``/``; its text without byte order mark; its bytes' SHA-256."""

    path: str
    text: str
    sha256: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that was not read, and why, in one line."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a folder holds: the files that were read and those that were not, each sorted by path."""

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]


class _Unreadable(Exception):
    """Carries the reason why one file cannot be read; never leaves this module."""


def read_corpus(folder: Path) -> Corpus:
    """Every document below ``folder``; hidden files and READMEs are skipped.

    :raises CorpusError: the folder is missing, is no folder, or holds nothing readable.
    """
    _check_folder(folder)
    sources, problems = [], []
    for file, refused in sorted(_files(folder), key=lambda found: found[0].relative_to(folder).as_posix()):
        path = _printable(file.relative_to(folder).as_posix())
        try:
            if refused:
                raise _Unreadable(say("corpus.folder_unreadable", error=refused))
            sources.append(_read(file, path, folder))
        except _Unreadable as problem:
            problems.append(Problem(path, str(problem)))
    if not sources:
        raise CorpusError(_nothing(folder, problems))
    return Corpus(tuple(sources), tuple(problems))


def _check_folder(folder: Path) -> None:
    try:
        os.scandir(folder).close()
    except (FileNotFoundError, ValueError) as error:
        raise CorpusError(say("corpus.missing", path=folder)) from error
    except NotADirectoryError as error:
        raise CorpusError(say("corpus.no_folder", path=folder)) from error
    except OSError as error:
        raise CorpusError(say("corpus.no_access", path=folder, error=error.strerror)) from error


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file that could be meant, and every folder that cannot be listed with the reason."""
    refused: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # os.walk does not follow links: a loop would never end. A folder without entry rights tells of no links.
        linked = [name for name in folders if os.access(parent, os.X_OK) and Path(parent, name).is_symlink()]
        for name in (*names, *linked):
            file = Path(parent, name)
            hidden = name.startswith(".") or name.lower().split(".")[0] == "readme"
            if not hidden and (file.suffix.lower() in EXPECTED.union(READ) or name in linked):
                yield file, ""
    yield from ((Path(error.filename), error.strerror or str(error)) for error in refused)


def _read(file: Path, path: str, folder: Path) -> Source:
    if file.suffix.lower() not in READ:
        raise _Unreadable(say("corpus.linked_folder" if _is_folder(file) else "corpus.unsupported", suffix=file.suffix))
    if not file.as_posix().endswith(path):
        raise _Unreadable(say("corpus.bad_name"))
    if not _within(file, folder):
        raise _Unreadable(say("corpus.outside"))
    data = _bytes(file)
    text, encoding = _decode(data)
    if not text.strip():
        raise _Unreadable(say("corpus.empty"))
    if control := _CONTROL.search(text):
        raise _Unreadable(say("corpus.binary", code=f"U+{ord(control[0]):04X}", position=control.start()))
    return Source(path, text, hashlib.sha256(data).hexdigest(), encoding)


def _is_folder(file: Path) -> bool:
    try:
        return file.is_dir()
    except OSError as error:
        raise _Unreadable(say("corpus.unreadable", error=error.strerror or error)) from None


def _within(file: Path, folder: Path) -> bool:
    """Whether a link leads to a file of the corpus: one from elsewhere would be quoted to whoever asks."""
    return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder))


def _bytes(file: Path) -> bytes:
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a named pipe would block for ever
            raise _Unreadable(say("corpus.not_regular"))
        return file.read_bytes()
    except FileNotFoundError:
        raise _Unreadable(say("corpus.broken_link")) from None
    except OSError as error:
        raise _Unreadable(say("corpus.unreadable", error=error.strerror or error)) from None


def _decode(data: bytes) -> tuple[str, str]:
    """The text of ``data`` and the encoding it is in: a byte order mark decides, then UTF-8, then GB18030."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):  # GB18030 would swallow it and give nonsense
            raise _Unreadable(say("corpus.damaged_utf8", position=error.start)) from None
    text = _strict(data, "gb18030")
    if not _looks_chinese(text):
        raise _Unreadable(say("corpus.unknown_encoding"))
    return text, "gb18030"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\0" in data[:4096] and not encoding.startswith("utf-16"):
            raise _Unreadable(say("corpus.binary", code="NUL", position=data.index(b"\0"))) from None
        raise _Unreadable(say("corpus.undecodable", encoding=encoding, position=error.start)) from None


def _mostly_utf8(data: bytes) -> bool:
    """Whether far more characters outside ASCII are valid UTF-8 than broken: a truncated or patched UTF-8 file."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(character > "\u07ff" for character in text) - broken > 10 * broken


def _looks_chinese(text: str) -> bool:
    """Whether most characters outside ASCII are common Chinese ones; bytes of another encoding give rare ones."""
    foreign = [character for character in text if character > "\x7f"]
    common = sum(
        "\u4e00" <= character <= "\u9fff" or character in "，。、；：？！“”‘’（）《》〈〉【】—…·　〔〕％"
        for character in foreign
    )
    return common >= 0.7 * len(foreign)


def _printable(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _nothing(folder: Path, problems: list[Problem]) -> str:
    if not problems:
        return say("corpus.nothing", path=folder, suffixes=" ".join(READ))
    told = "; ".join(f"{problem.path}: {problem.reason}" for problem in problems[:NAMED])
    return say("corpus.nothing_readable", path=folder, count=len(problems), problems=told)
