"""Saved chats as a person finds them: after a reload, after the server was killed, in another browser; and taken away.

The servers are real processes, killed and started again on the same port; the browser is a real chromium.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from rag.archive.database import FILE
from tests.browser.test_chat import PATIENCE_MS, ask
from tests.ui.serving import guarded

SERVER = "tests.ui.keeping_server"
expect.set_options(timeout=PATIENCE_MS)  # how busy the machine is decides no test

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@contextmanager
def person(browser: Browser, *, killed: bool = False) -> Iterator[BrowserContext]:
    """A browser of one's own; fails at the end when its pages told of errors or asked another machine.

    :param killed: whether the server is killed meanwhile, of which a page tells as an error what is true.
    """
    context = browser.new_context(viewport={"width": 1360, "height": 860}, accept_downloads=True)
    context.set_default_timeout(PATIENCE_MS)
    wrong: list[str] = []
    hosts: set[str | None] = set()
    context.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield context
    context.close()
    assert killed or not wrong
    assert hosts <= {"127.0.0.1"}


def visit(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#wj-chat [role=log]")
    return page


def drawer(page: Page) -> None:
    page.locator("#wj-chats-button").click()
    expect(page.locator(".wj-chats-count, .wj-chats-none")).to_be_visible()


def questions(page: Page) -> list[str]:
    return [
        one.inner_text().split("\n")[-1].removeprefix("问").removeprefix("Q")
        for one in page.locator(".wj-question").all()
    ]


def test_chats_are_listed_found_renamed_deleted_and_opened(browser: Browser, tmp_path: Path) -> None:
    with guarded(SERVER, "0", str(tmp_path)) as (_, url, _), person(browser) as context:
        page = visit(context, url)
        ask(page, "水渠多长?")
        page.locator("#wj-new").click()
        expect(page.locator(".wj-turn")).to_have_count(0)
        ask(page, "种子呢?")
        ask(page, "为什么?")
        drawer(page)
        titles = page.locator(".wj-chat-title")
        expect(titles).to_have_text(["种子呢?", "水渠多长?"])
        expect(page.locator(".wj-chats-search")).to_be_focused()

        page.keyboard.type("水 渠多長")  # another script, and a space
        expect(titles).to_have_text(["水渠多长?"])
        page.locator(".wj-chats-search").fill("没有这个词")
        expect(page.locator(".wj-chats-none")).to_be_visible()
        page.locator(".wj-chats-search").fill("")
        expect(titles).to_have_count(2)

        page.locator("[data-rename]").first.click()
        page.keyboard.type("<b>春耕</b>")
        page.keyboard.press("Enter")
        expect(titles.first).to_have_text("<b>春耕</b>")

        page.locator("[data-delete]").first.click()  # the chat that is shown
        expect(titles).to_have_text(["水渠多长?"])
        expect(page.locator(".wj-turn")).to_have_count(0)
        page.locator("[data-restore]").click()
        expect(titles).to_have_text(["<b>春耕</b>", "水渠多长?"])

        page.locator("#wj-chats-list [data-open]").first.click()
        expect(page.locator(".wj-turn")).to_have_count(2)
        expect(page.locator(".wj-chat-item[aria-current] .wj-chat-title")).to_have_text("<b>春耕</b>")
        page.locator("#wj-chats-list [data-open]").first.press("Escape")
        expect(page.locator("#wj-chats")).to_be_hidden()
        expect(page.locator("#wj-chats-button")).to_be_focused()
        assert page.locator("#wj-chats-button").get_attribute("aria-expanded") == "false"
        page.locator('[data-turn="1"] button.wj-cite').first.click()
        expect(page.locator("mark.wj-focus")).to_be_visible()


def test_a_reload_shows_the_same_chat_and_another_browser_none_of_it(browser: Browser, tmp_path: Path) -> None:
    with guarded(SERVER, "0", str(tmp_path)) as (_, url, _), person(browser) as context, person(browser) as other:
        page = visit(context, url)
        ask(page, "水渠多长?")
        ask(page, "种子呢?")
        page.reload()
        expect(page.locator(".wj-turn")).to_have_count(2)
        ask(page, "还有呢?")
        assert questions(page) == ["水渠多长?", "种子呢?", "还有呢?"]
        id = page.evaluate("sessionStorage.getItem('wj-chat')")

        tab = visit(context, url)  # a new tab begins a new chat, and has the list
        expect(tab.locator(".wj-turn")).to_have_count(0)
        drawer(tab)
        expect(tab.locator(".wj-chat-title")).to_have_text(["水渠多长?"])

        stranger = visit(other, url)
        stranger.evaluate("id => sessionStorage.setItem('wj-chat', id)", id)
        stranger.reload()
        drawer(stranger)
        expect(stranger.locator(".wj-chats-none")).to_be_visible()
        expect(stranger.locator(".wj-turn")).to_have_count(0)
        assert other.request.get(f"{url}/export/{id}.md").status == 404
        assert context.request.get(f"{url}/export/{id}.md").status == 200


def test_an_answer_that_was_being_written_when_the_server_was_killed_can_be_asked_again(
    browser: Browser, tmp_path: Path
) -> None:
    with person(browser, killed=True) as context:
        with guarded(SERVER, "0", str(tmp_path)) as (process, url, _):
            page = visit(context, url)
            ask(page, "水渠多长?")
            page.locator("#wj-question textarea, #wj-question input").fill("慢慢答")
            page.keyboard.press("Enter")
            expect(page.locator('[data-turn="2"] .wj-short')).to_be_visible()
            process.kill()
            process.wait(30)
        with guarded("tests.ui.keeping_server", str(urlsplit(url).port), str(tmp_path)):
            page.goto(url)
            expect(page.locator(".wj-turn")).to_have_count(2)
            assert questions(page) == ["水渠多长?", "慢慢答"]
            expect(page.locator('[data-turn="2"] .wj-interrupted')).to_be_visible()
            page.locator(".wj-ask-again").click()
            expect(page.locator('[data-turn="2"] .wj-short')).to_be_visible()
            expect(page.locator(".wj-turn")).to_have_count(2)


def test_a_page_that_was_open_while_the_server_restarted_goes_on_with_its_chat(
    browser: Browser, tmp_path: Path
) -> None:
    with person(browser, killed=True) as context:
        with guarded(SERVER, "0", str(tmp_path)) as (process, url, _):
            page = visit(context, url)
            ask(page, "水渠多长?")
            page.wait_for_selector("#wj-next button")  # all that belongs to the answer has come
            process.kill()
            process.wait(30)
        with guarded(SERVER, str(urlsplit(url).port), str(tmp_path)):
            page.wait_for_timeout(3000)  # the page finds the server again by itself
            expect(page.locator("#wj-question")).to_be_visible()
            ask(page, "种子呢?")
            assert questions(page) == ["水渠多长?", "种子呢?"]


def test_an_answer_and_a_chat_are_taken_away(browser: Browser, tmp_path: Path) -> None:
    with guarded(SERVER, "0", str(tmp_path)) as (_, url, _), person(browser) as context:
        page = visit(context, url)
        ask(page, "水渠多长?")
        ask(page, "种子呢?")
        second = page.locator('[data-turn="2"]')
        second.locator(".wj-export summary").press("Enter")
        with page.expect_download() as one:
            second.locator('[data-export="json"]').click()
        told = json.loads(Path(one.value.path()).read_text(encoding="utf-8"))
        assert [turn["question"] for turn in told["turns"]] == ["种子呢?"]
        assert one.value.suggested_filename == "种子呢.json"
        drawer(page)
        page.locator(".wj-chat-tools summary").click()
        with page.expect_download() as whole:
            page.locator('.wj-chat-tools [data-export="docx"]').click()
        assert whole.value.suggested_filename == "水渠多长.docx"
        with ZipFile(whole.value.path()) as archive:
            assert "种子呢" in archive.read("word/document.xml").decode()


def test_a_thumb_with_a_note_is_kept_and_taken_back(browser: Browser, tmp_path: Path) -> None:
    with guarded(SERVER, "0", str(tmp_path)) as (_, url, _), person(browser) as context:
        page = visit(context, url)
        ask(page, "水渠多长?")
        down = page.locator('[data-thumb="down"]')
        down.press("Enter")
        expect(page.locator(".wj-note-box textarea")).to_be_focused()
        page.keyboard.type("应是13公里")
        page.locator(".wj-note-save").press("Enter")
        expect(down).to_have_attribute("aria-pressed", "true")
        expect(down).to_be_focused()
        ask(page, "种子呢?")
        expect(down.first).to_have_attribute("aria-pressed", "true")
        wait_for(page, tmp_path, [("down", "应是13公里")])
        page.reload()
        expect(down.first).to_have_attribute("aria-pressed", "true")
        down.first.click()
        expect(page.locator(".wj-note-box textarea")).to_have_value("应是13公里")
        page.locator("[data-withdraw]").click()
        expect(down.first).to_have_attribute("aria-pressed", "false")
        wait_for(page, tmp_path, [])
        page.reload()
        expect(down.first).to_have_attribute("aria-pressed", "false")


def test_where_nothing_can_be_saved_the_chat_goes_on_and_says_so(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 500)
    with guarded(SERVER, "0", str(tmp_path)) as (_, url, _), person(browser) as context:
        page = visit(context, url)
        ask(page, "水渠多长?")
        expect(page.locator(".wj-short")).to_contain_text("12公里")
        expect(page.locator(".wj-unsaved")).to_contain_text(FILE)
        assert page.locator(".wj-thumb").count() == 0
        page.locator("#wj-chats-button").click()
        expect(page.locator(".wj-chats-failed")).to_contain_text(FILE)


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (1024, 768), (390, 844)])
def test_the_drawer_fits_the_window(browser: Browser, tmp_path: Path, width: int, height: int) -> None:
    with guarded(SERVER, "0", str(tmp_path)) as (_, url, _), person(browser) as context:
        page = visit(context, url)
        page.set_viewport_size({"width": width, "height": height})
        ask(page, "长" * 300)
        drawer(page)
        page.wait_for_function("document.querySelector('#wj-chats').getBoundingClientRect().x === 0")  # it slides in
        box = page.locator("#wj-chats").bounding_box()
        assert box is not None and box["x"] == 0 and box["height"] == height
        assert box["width"] == (width if width == 390 else 380)
        rights = "() => [...document.querySelectorAll('#wj-chats *')].map(one => one.getBoundingClientRect().right)"
        assert max(page.evaluate(rights)) <= box["width"]


def wait_for(page: Page, folder: Path, judgements: list[tuple[str, str]]) -> None:
    """Waits until these are what the file holds: what was clicked is on its way to it."""
    for _ in range(PATIENCE_MS // 100):
        with closing(sqlite3.connect(folder / FILE)) as connection:
            if connection.execute("SELECT verdict, note FROM judgements").fetchall() == judgements:
                page.wait_for_timeout(500)  # its answer has come back, too
                return
        page.wait_for_timeout(100)
    pytest.fail(f"never {judgements}")
