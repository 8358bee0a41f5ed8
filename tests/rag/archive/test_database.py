"""The file itself: made, shared, and what is told when it cannot be used."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from rag.archive import schema
from rag.archive.database import FILE, Database
from rag.errors import ArchiveError
from tests.rag.archive.given import chats, said

ROOT = Path(__file__).parents[3]
AS_ROOT = os.geteuid() == 0


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    said(chats(tmp_path / "new" / "folder"), "水渠多长?")
    file = tmp_path / "new" / "folder" / FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_folder_is_made_only_when_something_is_saved(tmp_path: Path) -> None:
    chats(tmp_path / "chats")
    assert not (tmp_path / "chats").exists()


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"no database at all" * 100, "已损坏"), (b"SQLite format 3\0" + b"\1" * 4096, "已损坏")],
    ids=["text", "torn"],
)
def test_a_damaged_file_is_named_with_the_cure_and_left_alone(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(ArchiveError, match=told) as raised:
        chats(tmp_path).latest(limit=1)
    assert str(tmp_path / FILE) in str(raised.value) and "Move it away" in str(raised.value)
    assert (tmp_path / FILE).read_bytes() == data


def test_a_page_that_is_torn_inside_is_told(tmp_path: Path) -> None:
    kept = chats(tmp_path)
    for number in range(50):
        said(kept, f"第{number}问")
    kept.database.close()
    with (tmp_path / FILE).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * ((tmp_path / FILE).stat().st_size - 4096))
    with pytest.raises(ArchiveError, match="已损坏"):
        chats(tmp_path).latest(limit=100)


def test_a_foreign_database_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    with pytest.raises(ArchiveError, match="不是问据的对话文件"):
        said(chats(tmp_path), "问")
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("recipes",)]


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    kept = chats(tmp_path)
    said(kept, "问")
    with kept.database.transaction() as connection:
        connection.execute("PRAGMA user_version = 99")
    kept.database.close()
    with pytest.raises(ArchiveError, match="99"):
        kept.latest(limit=1)


def test_a_file_that_another_program_holds_is_told_and_used_again_afterwards(tmp_path: Path) -> None:
    kept = chats(tmp_path)
    said(kept, "先")
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ArchiveError, match="占用"):
            said(kept, "问")
        other.execute("ROLLBACK")
    said(kept, "后")
    assert [chat.title for chat in kept.latest(limit=9).chats] == ["后", "先"]


@pytest.mark.skipif(AS_ROOT, reason="nothing is read-only for root")
def test_a_read_only_file_is_told(tmp_path: Path) -> None:
    said(chats(tmp_path), "问")
    (tmp_path / FILE).chmod(0o400)
    with pytest.raises(ArchiveError, match="权限"):
        said(chats(tmp_path), "问")


@pytest.mark.parametrize("name", ["file/chats", "nul\0", "file"])
def test_a_folder_that_cannot_be_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ArchiveError, match="WENJU_CHATS_DIR"):
        said(chats(tmp_path / name), "问")


def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    kept = chats(tmp_path)
    chat = said(kept, "先")
    with kept.database.reading() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ArchiveError, match="磁盘"):
        said(kept, "长" * 900_000)
    assert [one.id for one in kept.latest(limit=9).chats] == [chat]


def test_a_file_that_was_taken_away_is_made_anew(tmp_path: Path) -> None:
    kept = chats(tmp_path)
    said(kept, "先")
    shutil.rmtree(tmp_path)
    said(kept, "后")
    assert [chat.title for chat in chats(tmp_path).latest(limit=9).chats] == ["后"]


def test_what_fails_half_way_never_was(tmp_path: Path) -> None:
    database = Database(tmp_path)
    said(chats(tmp_path), "先")
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        connection.execute("DELETE FROM turns")
        raise ZeroDivisionError
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM turns").fetchone() == (1,)


def test_a_file_of_the_first_version_becomes_searchable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        old = chats(tmp_path)
        chat = said(old, "水渠多长?")
        with old.database.reading() as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert [one.id for one in old.search("水渠", limit=9).chats] == [chat]
        old.database.close()
    new = chats(tmp_path)
    assert [one.id for one in new.search("水渠", limit=9).chats] == [chat]
    with new.database.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM words WHERE words MATCH '\"水渠\"'").fetchone() == (1,)


def test_a_migration_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE judgements")
        raise ZeroDivisionError

    kept = chats(tmp_path)
    said(kept, "先")
    kept.database.close()
    with monkeypatch.context() as newer:
        newer.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, failing))
        with pytest.raises(ZeroDivisionError):
            chats(tmp_path).latest(limit=9)
    chat = chats(tmp_path).latest(limit=9).chats[0]
    chats(tmp_path).judge(chat.id, 1, "up")


def test_many_threads_and_two_databases_write_at_once(tmp_path: Path) -> None:
    both = [chats(tmp_path), chats(tmp_path)]
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for turn in range(5):
                said(both[number % 2], f"{number}号线第{turn}问")
        except BaseException as error:  # noqa: BLE001 - told to the test below
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    assert both[0].latest(limit=100).total == 40


def test_a_process_that_dies_while_it_answers_leaves_the_question(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from tests.rag.archive.given import chats, said\n"
        "kept = chats(Path(sys.argv[1])); chat = said(kept, '先'); kept.begin(chat, 2, '后'); os.kill(os.getpid(), 9)"
    )
    died = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=False, timeout=60)
    assert died.returncode == -9
    kept = chats(tmp_path)
    (summary,) = kept.latest(limit=9).chats
    turns = kept.open(summary.id).turns
    assert [(turn.question, turn.state) for turn in turns] == [("先", "answered"), ("后", "unfinished")]


def test_several_can_open_a_new_file_at_once(tmp_path: Path) -> None:
    for attempt in range(20):
        databases = [Database(tmp_path / str(attempt)) for _ in range(6)]
        failures: list[BaseException] = []
        gate = threading.Barrier(len(databases))

        def first(database: Database, gate: threading.Barrier, failures: list[BaseException]) -> None:
            gate.wait(60)
            try:
                with database.transaction() as connection:
                    connection.execute("SELECT 1")
            except BaseException as error:  # noqa: BLE001 - told to the test below
                failures.append(error)
            database.close()

        threads = [threading.Thread(target=first, args=(one, gate, failures)) for one in databases]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not failures
