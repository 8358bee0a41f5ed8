"""Reading a folder: what is read, in which encoding, and what is told of the files that are not."""

import os
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from index.corpus import Corpus, read_corpus
from index.errors import CorpusError

TEXT = "关于修路的通知\r\n\r\n各村：今年修路三条。\n"


def written(folder: Path, files: dict[str, bytes]) -> Corpus:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return read_corpus(folder)


def reason(corpus: Corpus, path: str) -> str:
    found = [problem.reason for problem in corpus.problems if problem.path == path]
    assert len(found) == 1, corpus.problems
    assert "\n" not in found[0]
    return found[0]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("utf-16", "utf-16")],
)
def test_reads_each_encoding_to_the_same_text(tmp_path: Path, encoding: str, named: str) -> None:
    data = TEXT.encode(encoding)
    corpus = written(tmp_path, {"通知.txt": data})
    (source,) = corpus.sources
    assert source.text == TEXT
    assert source.encoding == named
    assert source.sha256 == sha256(data).hexdigest()
    assert corpus.problems == ()


def test_big_endian_utf16_with_mark(tmp_path: Path) -> None:
    (source,) = written(tmp_path, {"a.txt": b"\xfe\xff" + TEXT.encode("utf-16-be")}).sources
    assert source.text == TEXT


def test_sorted_by_posix_path_and_recursive(tmp_path: Path) -> None:
    corpus = written(tmp_path, {"b.md": b"b", "a/z.TXT": b"z", "a/b/c.jsonl": b"{}", "a.txt": b"a"})
    assert [source.path for source in corpus.sources] == ["a.txt", "a/b/c.jsonl", "a/z.TXT", "b.md"]


def test_skips_readmes_hidden_files_and_other_formats_in_silence(tmp_path: Path) -> None:
    files = dict.fromkeys(("a.txt", "README.md", "readme.txt", ".hidden.txt", ".git/b.txt", "build.py"), b"x")
    corpus = written(tmp_path, files)
    assert [source.path for source in corpus.sources] == ["a.txt"]
    assert corpus.problems == ()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", " \u3000\r\n\t\n".encode(), "empty"),
        ("mark.txt", b"\xef\xbb\xbf", "empty"),
        ("nul.txt", b"abc\0def", "U+0000"),
        ("control.txt", "正文\x07。".encode(), "U+0007"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "control character"),
        ("cut.txt", TEXT.encode()[:-5] * 20 + b"\xe5\x90", "damaged at byte"),
        ("latin.txt", "Müller café déjà vu".encode("latin-1"), "UTF-8"),
        ("report.pdf", b"%PDF-1.7", ".pdf is not supported"),
        ("报告.DOCX", b"PK", ".DOCX is not supported"),
        ("half.txt", b"\xff\xfea", "not utf-16"),
    ],
)
def test_a_bad_file_is_one_clear_line_and_the_others_are_read(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    corpus = written(tmp_path, {name: data, "good.txt": TEXT.encode()})
    assert [source.path for source in corpus.sources] == ["good.txt"]
    assert told in reason(corpus, name)


def test_damaged_utf8_is_not_read_as_gb18030_nonsense(tmp_path: Path) -> None:
    data = bytearray((TEXT * 30).encode())
    data[100] = 0xFF
    corpus = written(tmp_path, {"patched.txt": bytes(data), "good.txt": b"x"})
    assert "damaged at byte" in reason(corpus, "patched.txt")


def broken_link(path: Path) -> None:
    path.symlink_to("nowhere.txt")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    (path.parent / "elsewhere").mkdir()
    path.symlink_to("elsewhere")


@pytest.mark.parametrize("make", [broken_link, link_to_itself, pipe, folder])
def test_what_cannot_be_opened_is_told(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "odd.txt")
    corpus = written(tmp_path, {"good.txt": TEXT.encode()})
    assert [source.path for source in corpus.sources] == ["good.txt"]
    reason(corpus, "odd.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_read_permission_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"x")
    (tmp_path / "secret.txt").chmod(0)
    corpus = written(tmp_path, {"good.txt": b"x"})
    assert "Permission" in reason(corpus, "secret.txt")


def test_a_name_that_is_not_utf8_is_told_and_printable(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb1\xa8.txt")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    corpus = written(tmp_path, {"good.txt": b"x"})
    (problem,) = corpus.problems
    assert problem.path.encode("utf-8") == rb"\udcb1\udca8.txt"


def test_a_link_is_read_when_its_file_lies_in_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    corpus = tmp_path / "corpus"
    (corpus / "below").mkdir(parents=True)
    (corpus / "below" / "a.txt").write_bytes(TEXT.encode())
    (corpus / "link.txt").symlink_to(corpus / "below" / "a.txt")
    (corpus / "out.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "by another name").symlink_to(corpus)
    for folder in (corpus, tmp_path / "by another name"):
        read = read_corpus(folder)
        assert [(source.path, source.text) for source in read.sources] == [("below/a.txt", TEXT), ("link.txt", TEXT)]
        assert "outside the corpus folder" in reason(read, "out.txt")


READ = """
import codecs, os, sys
from pathlib import Path
from index.corpus import read_corpus
from index.errors import CorpusError
codecs.lookup("ascii")  # Python itself may lie where the other user cannot look
if os.geteuid() == 0:
    os.setgroups([])
    os.setuid(65534)
try:
    corpus = read_corpus(Path(sys.argv[1]))
    print([source.path for source in corpus.sources], [(problem.path, problem.reason) for problem in corpus.problems])
except CorpusError as error:
    print("CorpusError", error)
"""


@pytest.mark.parametrize(
    ("locked", "told"),
    [
        ("corpus", "CorpusError"),
        ("corpus/shut", "['a.txt'] [('shut', "),
        ("corpus/a.txt", "['shut/b.txt'] [('a.txt', "),
    ],
)
def test_what_may_not_be_read_is_told(locked: str, told: str) -> None:
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        (Path(name) / "corpus" / "shut").mkdir(parents=True)
        (Path(name) / "corpus" / "a.txt").write_bytes(b"a")
        (Path(name) / "corpus" / "shut" / "b.txt").write_bytes(b"b")
        (Path(name) / locked).chmod(0)
        done = subprocess.run(
            [sys.executable, "-c", READ, str(Path(name) / "corpus")], capture_output=True, text=True, check=True
        )
        (Path(name) / locked).chmod(0o755)
    assert done.stdout.startswith(told)
    assert "Permission" in done.stdout


def test_no_folder_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"does not exist.*nowhere"):
        read_corpus(tmp_path / "nowhere")
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(CorpusError, match="Not a folder"):
        read_corpus(tmp_path / "file")
    (tmp_path / "void").mkdir()
    with pytest.raises(CorpusError, match="holds no document"):
        read_corpus(tmp_path / "void")


def test_nothing_readable_names_the_problems(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"2 problems: a\.pdf: .*; b\.txt: "):
        written(tmp_path, {"a.pdf": b"%PDF", "b.txt": b""})
