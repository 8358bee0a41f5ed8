"""Fifty hostile documents, each asked about, cited and read; their words also as a model's answers.

The server is ``python -m ui`` with a language model's server that repeats the hostile documents. Every request of the
browser, window, dialog and error is watched, and the server ends when it reaches for another machine.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hostile import CHANGED, TEXTS
from tests.browser.test_chat import PATIENCE_MS, ask
from tests.rag.scripted_llm import Reply, says, serving
from tests.ui.serving import guarded

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

PANELS = ("#wj-chat", "#wj-source", "#wj-index", "#wj-chats", "#wj-next", "#wj-status")
CANALS = "松柏杨柳槐榆桑枣梨桃李杏梅兰竹菊荷莲葵麻稻麦粟豆黍棉茶桂枫樟鹤鹭鹰燕雁鸽雀鹊鸥鹂鲤鲫鳜鲈虎豹狼狐鹿熊"
PER_CHAT = 10
TURNED = str.maketrans(dict.fromkeys("\u200e\u200f\u202c\u202e\u2066\u2069", "\ufffd"))


def canal(number: int) -> str:
    return f"{CANALS[number]}溪渠"


def document(number: int, text: str) -> str:
    """An article whose kicker, headline, heading, byline and sentence are hostile."""
    name = canal(number)
    return (
        f"# {name}通水 {text}\n\n■ 记者 林一舟 {text}\n\n## 一、{name}概况 {text}\n\n"
        f"{name}全长{number + 11}公里,{text}沿线群众都说好。\n"
    )


def echo(request: dict[str, Any]) -> Reply:
    """Says after the first passage that the model was given, hostile words and all, and adds some of its own."""
    told = "\n".join(message["content"] for message in request["messages"])
    found = re.search(r"(.溪渠全长\d+公里[^\n]*)", told)
    said = found[1] if found else "没有"
    return says(f"{said}[1]\n{TEXTS[len(told) % len(TEXTS)]}全长999公里。[1]\n")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    base = tmp_path_factory.mktemp("hostile")
    (base / "corpus").mkdir()
    for number, text in enumerate(TEXTS):
        name = re.sub(r"[/\x00]", "_", text)[:40] if number % 3 == 0 else canal(number)
        (base / "corpus" / f"{number:02}{name}.md").write_text(document(number, text), encoding="utf-8")
    with serving(echo) as model, pytest.MonkeyPatch.context() as settings:
        settings.setenv("WENJU_LLM", "openai:scripted")
        settings.setenv("WENJU_LLM_BASE_URL", model.address)
        settings.setenv("WENJU_LLM_API_KEY", "sk-geheim")
        settings.setenv("WENJU_QUESTIONS_PER_MINUTE", "0")
        arguments = ("--port", "0", "--index", str(base / "index"), "--corpus", str(base / "corpus"))
        with guarded("ui", *arguments) as (_, url, _):
            yield url


@pytest.fixture(scope="module")
def page(url: str, browser: Browser) -> Iterator[Page]:
    """A page on which everything that happens is noted; at the end nothing may have."""
    happened: list[str] = []
    hosts: set[str | None] = set()
    urls: set[str] = set()
    context = browser.new_context(viewport={"width": 1360, "height": 860}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    context.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    context.on("page", lambda other: happened.append(f"window {other.url}"))
    context.on("weberror", lambda error: happened.append(f"error {error.error}"))
    context.on("console", lambda said: happened.append(said.text) if said.type in ("error", "warning") else None)
    page.on("dialog", lambda dialog: happened.append(f"dialog {dialog.message}"))
    page.on("framenavigated", lambda frame: urls.add(frame.url.partition("#")[0]))
    page.goto(url)
    page.wait_for_selector("#wj-chat .wj-welcome")
    yield page
    context.close()
    assert not happened
    assert urls == {f"{url}/"}
    assert hosts <= {"127.0.0.1", ""}


def nothing_became_more(page: Page) -> None:
    for panel in PANELS:
        found = page.locator(f"{panel} :is({CHANGED})")
        assert found.count() == 0, found.first.evaluate("one => one.outerHTML")
    assert page.evaluate("window.stolen === undefined")


def shown(text: str) -> str:
    return " ".join(text.translate(TURNED).split())


@pytest.mark.parametrize("tens", range(len(TEXTS) // PER_CHAT))
def test_hostile_documents_stay_text(page: Page, tens: int) -> None:
    page.locator("#wj-new").click()
    expect(page.locator(".wj-turn")).to_have_count(0, timeout=PATIENCE_MS)
    for number in range(tens * PER_CHAT, (tens + 1) * PER_CHAT):
        ask(page, f"{canal(number)}全长多少公里?")
        turn = page.locator(".wj-turn").last
        assert f"{number + 11}公里" in turn.inner_text()
        assert "999公里" not in turn.inner_text()  # what the model added is not shown
        turn.locator("button[data-cite]").first.click()
        expect(page.locator("mark.wj-focus").first).to_be_visible(timeout=PATIENCE_MS)
        source = shown(page.locator("#wj-source").inner_text())
        assert f"全长{number + 11}公里" in source and source.count(shown(TEXTS[number]).rstrip(".")) >= 4
        nothing_became_more(page)
    page.locator("[data-raw]").click()
    expect(page.locator(".wj-raw")).to_be_visible(timeout=PATIENCE_MS)
    page.locator("details.wj-why > summary").last.click()
    expect(page.locator(".wj-turn").last.locator(".wj-why-cited").first).to_be_visible(timeout=PATIENCE_MS)
    page.locator("button.wj-cite").last.hover()
    nothing_became_more(page)


def test_their_names_and_headlines_stay_text_in_every_list(page: Page) -> None:
    page.locator("#wj-index-open").click()
    page.locator("#wj-index summary").first.click()
    page.locator("#wj-index [data-close]").click()
    page.locator("#wj-chats-button").click()
    expect(page.locator(".wj-chats-count")).to_be_visible(timeout=PATIENCE_MS)
    page.keyboard.press("Escape")
    page.locator("#wj-new").click()
    page.locator("[data-browse]").click()
    expect(page.locator(".wj-documents button").first).to_be_visible(timeout=PATIENCE_MS)
    assert "onerror" in page.locator(".wj-documents").inner_text()
    page.locator(".wj-documents button").first.click()
    page.locator(".wj-contents summary").click()
    expect(page.locator(".wj-contents button").first).to_be_visible(timeout=PATIENCE_MS)
    nothing_became_more(page)


def test_hostile_questions_stay_text(page: Page) -> None:
    page.locator("#wj-new").click()
    for text in TEXTS[::5]:
        ask(page, text)
        assert shown(text) in shown(page.locator(".wj-turn").last.inner_text())
    nothing_became_more(page)
