"""``python -m index`` as a person and a program meet it: real processes, both outputs, exit codes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.embedder import load_encoder
from index.snapshot import Snapshots
from index.store import ParagraphIndex
from tests.index.building import TOWN, build, write_corpus

ROOT = Path(__file__).parents[2]
HIT_FIELDS = [
    "id", "text", "document", "article", "section", "position",
    "score", "lexical", "lexical_rank", "dense", "dense_rank", "terms",
]  # fmt: skip
SHOWN_FIELDS = [
    "id", "text", "document", "article", "section", "position", "spans", "kicker", "byline", "headings", "role", "note",
]  # fmt: skip


class Shell:
    """Runs commands on a corpus and an index of its own."""

    def __init__(self, folder: Path) -> None:
        self.corpus, self.index = folder / "corpus", folder / "index"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("WENJU_")}
        self.environment = kept | {"WENJU_INDEX_DIR": str(self.index), "WENJU_CORPUS_DIR": str(self.corpus)}

    def start(self, *arguments: str, **options: Any) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "index", *arguments],
            cwd=ROOT,
            env=self.environment,
            text=True,
            encoding="utf-8",
            **options,
        )

    def run(self, *arguments: str, input: str = "") -> "subprocess.CompletedProcess[str]":
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with self.start(*arguments, **pipes) as process:
            out, err = process.communicate(input)
        assert "Traceback" not in err
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def lines(self, *arguments: str, input: str = "") -> list[dict[str, Any]]:
        """The JSON lines of a command that succeeds and says nothing else."""
        done = self.run(*arguments, input=input)
        assert (done.returncode, done.stderr) == (0, "")
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """An index of two versions, not to be changed."""
    shell = Shell(tmp_path_factory.mktemp("main"))
    write_corpus(shell.corpus, town=TOWN)
    build(shell.corpus, shell.index)
    build(write_corpus(shell.corpus), shell.index)
    return shell


@pytest.fixture
def fresh(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path)
    write_corpus(shell.corpus)
    return shell


def opened(shell: Shell) -> ParagraphIndex:
    return ParagraphIndex.open(shell.index, load_encoder())


def test_a_build_a_rebuild_and_a_way_back(fresh: Shell) -> None:
    first = fresh.run("build")
    assert first.returncode == 0
    version = Snapshots(fresh.index).current()
    assert version in first.stdout and "5" in first.stdout
    again = fresh.run("build")
    assert (again.returncode, version in again.stdout) == (0, True)
    assert Snapshots(fresh.index).versions() == (version,)
    assert fresh.run("build", "--full").returncode == 0
    back = fresh.run("rollback")
    assert (back.returncode, version in back.stdout) == (0, True)
    assert Snapshots(fresh.index).current() == version
    nothing = fresh.run("rollback")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "python -m index build" in nothing.stderr


def test_bad_files_are_named_on_a_line_each_and_the_build_succeeds(fresh: Shell) -> None:
    (fresh.corpus / "bad.jsonl").write_text("{oops}\n")
    (fresh.corpus / "scan.pdf").write_bytes(b"%PDF-1.4\n%\xe2\xe3\n")
    done = fresh.run("build")
    assert done.returncode == 0
    told = [
        line for line in done.stderr.splitlines() if line.startswith("未收录")
    ]  # on a slow machine progress is told too
    assert [name for line in told for name in ("bad.jsonl", "scan.pdf") if name in line] == ["bad.jsonl", "scan.pdf"]
    assert len(told) == 2


def test_folders_are_named_by_options_before_the_environment(fresh: Shell, tmp_path: Path) -> None:
    write_corpus(tmp_path / "elsewhere", town=TOWN)
    assert (
        fresh.run("build", "--corpus", str(tmp_path / "elsewhere"), "--index", str(tmp_path / "there")).returncode == 0
    )
    assert len(ParagraphIndex.open(tmp_path / "there", load_encoder())) == 2
    assert not fresh.index.exists()


def test_one_question_as_json(shell: Shell) -> None:
    (line,) = shell.lines("search", "化肥有多少吨", "-k", "2", "--json")
    assert list(line) == ["id", "hits"]
    expected = opened(shell).search("化肥有多少吨", k=2)
    assert [list(hit) for hit in line["hits"]] == [HIT_FIELDS] * 2
    for got, hit in zip(line["hits"], expected, strict=True):
        assert got["id"] == hit.paragraph.id
        assert got["text"] == hit.paragraph.text
        assert (got["score"], got["lexical"], got["dense"]) == (hit.score, hit.lexical, hit.dense)
        assert (got["lexical_rank"], got["dense_rank"]) == (hit.lexical_rank, hit.dense_rank)
        assert got["terms"] == list(hit.terms)


@pytest.mark.parametrize("mode", ["dense", "lexical"])
def test_one_leg(shell: Shell, mode: Any) -> None:
    (line,) = shell.lines("search", "化肥", "--json", "--mode", mode)
    assert [hit["id"] for hit in line["hits"]] == [hit.paragraph.id for hit in opened(shell).search("化肥", mode=mode)]


def test_a_batch_is_what_single_questions_are(shell: Shell, tmp_path: Path) -> None:
    questions: list[dict[str, Any]] = [
        {"id": "a", "q": "化肥"},
        {"id": 7, "q": "How many buses a day?", "kind": "other fields are ignored"},
    ]
    text = "\ufeff" + "\n\n".join(json.dumps(question, ensure_ascii=False) for question in questions)
    (tmp_path / "questions.jsonl").write_text(text, encoding="utf-8")
    from_file = shell.lines("search", "--batch", str(tmp_path / "questions.jsonl"), "-k", "3")
    assert from_file == shell.lines("search", "--batch", "-", "-k", "3", input=text)
    assert [line["id"] for line in from_file] == ["a", 7]
    for question, line in zip(questions, from_file, strict=True):
        (alone,) = shell.lines("search", question["q"], "-k", "3", "--json")
        assert alone["hits"] == line["hits"]


def test_a_batch_answers_line_by_line(shell: Shell) -> None:
    with shell.start("search", "--batch", "-", "-k", "1", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        for id in ("1", "2"):
            process.stdin.write(json.dumps({"id": id, "q": "化肥"}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == id
        process.stdin.close()
    assert process.returncode == 0


@pytest.mark.parametrize(
    "line",
    ["oops", "[1]", '{"id": "x"}', '{"q": "x"}', '{"id": "x", "q": 3}', '{"id": null, "q": "x"}',
     '{"id": "x", "q": " "}', '{"id": "x", "q": "\\ud800"}', '{"id": true, "q": "x"}',
     pytest.param("[" * 200_000, id="endless brackets"), pytest.param("9" * 5000, id="a huge number")],
)  # fmt: skip
def test_a_bad_batch_line_is_misuse_and_named(shell: Shell, line: str) -> None:
    done = shell.run("search", "--batch", "-", "-k", "1", input=f'{{"id": "good", "q": "化肥"}}\n{line}\n')
    assert done.returncode == 2
    assert [json.loads(told)["id"] for told in done.stdout.splitlines()] == ["good"]
    assert "line 2" in done.stderr


def test_a_batch_line_that_is_not_utf8_is_misuse(shell: Shell) -> None:
    command = [sys.executable, "-m", "index", "search", "--batch", "-"]
    done = subprocess.run(
        command, cwd=ROOT, env=shell.environment, input=b'{"id": "x", "q": "\xff"}', capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"line 1" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["search"], ["search", "x", "--batch", "-"], ["search", "x", "-k", "0"], ["search", ""],
     ["search", "x", "-k", "many"], ["search", "--batch", "/no/such/file"], ["search", "x", "--mode", "psychic"],
     ["frobnicate"], []],
)  # fmt: skip
def test_misuse(shell: Shell, arguments: list[str]) -> None:
    done = shell.run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_showing_paragraphs(shell: Shell) -> None:
    lines = shell.lines("show", "--json")
    assert [list(line) for line in lines] == [SHOWN_FIELDS] * 5
    for line, paragraph in zip(lines, opened(shell).paragraphs, strict=True):
        source = (shell.corpus / line["document"]).read_text(encoding="utf-8")
        assert "".join(source[start:end] for start, end in line["spans"]) == line["text"] == paragraph.text
    readable = shell.run("show").stdout
    assert all(line["id"] in readable and line["text"] in readable for line in lines)


def test_showing_repairs(fresh: Shell) -> None:
    page = ROOT / "corpus"
    fresh.run("build", "--corpus", str(page))
    repairs = fresh.lines("show", "--repairs", "--json")
    assert "join" in {repair["kind"] for repair in repairs}
    readable = fresh.run("show", "--repairs").stdout.splitlines()
    for repair, line in zip(repairs, readable, strict=True):
        assert list(repair) == ["document", "kind", "detail", "spans", "lines"]
        source = (page / repair["document"]).read_text(encoding="utf-8")
        touched = dict.fromkeys(source[:start].count("\n") + 1 for start, _ in repair["spans"])
        assert repair["lines"] == list(touched)
        assert all(word in line for word in (repair["kind"], repair["document"], repair["detail"]))


def test_readable_hits(shell: Shell) -> None:
    done = shell.run("search", "化肥有多少吨", "-k", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "全县储备化肥三千吨" in done.stdout
    assert "《春耕农资供应充足》" in done.stdout
    nothing = shell.run("search", "?!")
    assert (nothing.returncode, bool(nothing.stdout.strip())) == (0, True)


def test_status(shell: Shell) -> None:
    (facts,) = shell.lines("status", "--json")
    assert facts["version"] == Snapshots(shell.index).current()
    assert facts["versions"] == list(Snapshots(shell.index).versions())
    assert (facts["counts"]["paragraphs"], facts["documents"]) == (5, ["farm.txt", "town.txt"])
    folder = Snapshots(shell.index).path(facts["version"])
    sealed = sum((folder / name).stat().st_size for name in ("manifest.json", "manifest.sha256"))
    assert facts["size"] == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) - sealed
    assert facts["version"] in shell.run("status").stdout


def test_verify_finds_one_flipped_bit(fresh: Shell) -> None:
    build(fresh.corpus, fresh.index)
    build(fresh.corpus, fresh.index, full=True)
    old, current = Snapshots(fresh.index).versions()
    whole = fresh.run("verify")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert old in whole.stdout and current in whole.stdout
    path = fresh.index / "snapshots" / current / "vectors.faiss"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    damaged = fresh.run("verify")
    assert damaged.returncode == 1
    assert "vectors.faiss" in damaged.stderr and "rollback" in damaged.stderr
    assert fresh.run("search", "化肥").returncode == 1
    assert fresh.run("rollback").returncode == 0
    assert fresh.run("search", "化肥").returncode == 0
    cured = fresh.run("verify")
    assert cured.returncode == 0
    assert "vectors.faiss" in cured.stdout  # the damaged one is still told of


@pytest.mark.parametrize(
    "command", [["search", "x"], ["show"], ["show", "--repairs"], ["status"], ["verify"], ["rollback"]]
)
def test_without_an_index_the_command_to_run_is_told(fresh: Shell, command: list[str]) -> None:
    done = fresh.run(*command)
    assert (done.returncode, done.stdout) == (1, "")
    assert "python -m index build" in done.stderr


def test_the_model_of_the_environment(shell: Shell, tmp_path: Path) -> None:
    shell.environment["WENJU_EMBEDDING_MODEL"] = str(tmp_path / "none")
    missing = shell.run("search", "x")
    shell.environment["WENJU_EMBEDDING_MODEL"] = "no-such-owner/no-such-model"
    began = time.monotonic()
    distant = shell.run("search", "x")
    del shell.environment["WENJU_EMBEDDING_MODEL"]
    assert (missing.returncode, distant.returncode) == (1, 1)
    assert str(tmp_path / "none") in missing.stderr
    assert "WENJU_ALLOW_DOWNLOAD" in distant.stderr
    assert time.monotonic() - began < 60  # it does not wait for a network that is not there


def test_an_unreadable_setting_is_misuse(shell: Shell) -> None:
    shell.environment["WENJU_ALLOW_DOWNLOAD"] = "perhaps"
    done = shell.run("verify")
    del shell.environment["WENJU_ALLOW_DOWNLOAD"]
    assert (done.returncode, "'perhaps'" in done.stderr) == (2, True)


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Shell]:
    """An index whose paragraphs do not fit into a pipe."""
    shell = Shell(tmp_path)
    shell.corpus.mkdir()
    rows = (json.dumps({"id": str(i), "text": f"第{i}条规定" * 20}, ensure_ascii=False) for i in range(4000))
    (shell.corpus / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    yield shell


def test_a_reader_that_leaves_is_no_error(large: Shell) -> None:
    build(large.corpus, large.index)
    with large.start("show", "--json", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        assert json.loads(process.stdout.readline())["id"] == "0"
        process.stdout.close()
        told = process.stderr.read()
    assert (process.returncode, told) == (0, "")


@pytest.mark.parametrize("redirected", [">/dev/full", ">&-"])
def test_an_output_that_cannot_be_written_is_told_in_a_line(shell: Shell, redirected: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m index show {redirected}'],
        cwd=ROOT,
        env=shell.environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert "标准输出" in line


def test_an_interrupted_build_says_so_and_leaves_nothing(large: Shell) -> None:
    with large.start("build", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not list(large.index.glob("snapshots/.partial-*/paragraphs.jsonl")):
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in told
    assert "中断" in told
    assert list((large.index / "snapshots").iterdir()) == []


def test_help_loads_nothing_heavy(shell: Shell) -> None:
    assert "search" in shell.run("--help").stdout
    check = (
        "import sys, index.__main__ as m; sys.exit(bool({'faiss', 'numpy', 'tokenizers', 'opencc'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=True)


def test_building_never_loads_torch(fresh: Shell) -> None:
    check = (
        "import sys, index.__main__ as m\n"
        "assert m.main(['build']) == 0\n"
        "sys.exit(bool({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", check], cwd=ROOT, env=fresh.environment, check=True, capture_output=True)
