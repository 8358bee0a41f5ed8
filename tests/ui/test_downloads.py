"""Chats as files over a real socket: to whom they belong, and to nobody else."""

import json
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from rag.archive.chats import Chats
from rag.archive.database import FILE, Database
from tests.rag.archive.given import said
from tests.ui.serving import get, guarded
from ui.visitor import COOKIE, owner

COOKIES = f"{COOKIE}={'a' * 43}"
OTHERS = f"{COOKIE}={'b' * 43}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("chats")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with guarded("tests.ui.keeping_server", "0", str(folder)) as (_, url, _):
        yield url


@pytest.fixture(scope="module")
def chat(folder: Path) -> str:
    return said(Chats(Database(folder), owner(COOKIES)), '水"渠\r\nX: 1', "第二问")


def test_a_chat_and_one_answer_are_handed_out(site: str, chat: str) -> None:
    status, headers, body = get(f"{site}/export/{chat}.md", Cookie=COOKIES)
    assert status == 200 and "第二问" in body and "[^1]:" in body
    assert headers["content-type"] == "text/markdown; charset=utf-8" and headers["cache-control"] == "no-store"
    assert headers["content-disposition"] == (
        "attachment; filename=\"X 1.md\"; filename*=UTF-8''%E6%B0%B4%20%E6%B8%A0%20X%201.md"
    )
    assert headers["x-content-type-options"] == "nosniff" and "X" not in headers
    one = get(f"{site}/export/{chat}.json?turn=2&language=en", Cookie=COOKIES)[2]
    assert [turn["question"] for turn in json.loads(one)["turns"]] == ["第二问"]


def test_a_document_is_handed_out(site: str, chat: str) -> None:
    request = urllib.request.Request(f"{site}/export/{chat}.docx", headers={"Cookie": COOKIES})
    with urllib.request.urlopen(request, timeout=30) as response, ZipFile(BytesIO(response.read())) as archive:
        assert "word/footnotes.xml" in archive.namelist()


def test_an_address_alone_opens_nothing(site: str, chat: str) -> None:
    never = get(f"{site}/export/{'x' * 24}.md", Cookie=OTHERS)
    theirs = get(f"{site}/export/{chat}.md", Cookie=OTHERS)
    assert (never[0], never[2]) == (theirs[0], theirs[2]) and theirs[0] == 404  # whether it exists is not told either
    assert get(f"{site}/export/{chat}.md?turn=9", Cookie=COOKIES)[0] == 404
    assert get(f"{site}/export/{chat}.md")[0] == 503
    assert get(f"{site}/export/{chat}.md", Cookie=COOKIES, Origin="http://evil.example")[0] == 403


@pytest.mark.parametrize(
    "path",
    ["", "../x.md", "%2e%2e%2fx.md", "{chat}", "{chat}.html", "{chat}.md/x", ".md", "{chat}.md?turn=x"],
)
def test_what_is_no_chat_is_not_there(site: str, chat: str, path: str) -> None:
    assert get(f"{site}/export/{path.format(chat=chat)}", Cookie=COOKIES)[0] == 404


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"x" * 5000)
    with guarded("tests.ui.keeping_server", "0", str(tmp_path)) as (_, url, _):
        status, _, body = get(f"{url}/export/{'x' * 24}.md", Cookie=COOKIES)
        assert status == 503 and FILE in json.loads(body)["error"]
