"""A person's visit in a real browser: ask, follow a citation to the marked words, rebuild and ask meanwhile.

The server is ``python -m ui`` over the real chatbot in a process that ends when it reaches for another machine; every
request of the browser is recorded. Skipped without chromium, unless ``WENJU_REQUIRE_BROWSER=1`` says it must be there.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.ui.serving import ROOT, guarded

REQUIRED = os.environ.get("WENJU_REQUIRE_BROWSER") == "1"  # read here: tests run without the person's settings
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOSTILE = (
    '<img src="http://evil.example/x.png" onerror="window.stolen=1"><script>window.stolen=1</script> '
    "[点我](javascript:alert(1)) ![图](http://evil.example/y.png) ]]> $x^2$ ${value} {{value}}"
)
PATIENCE_MS = 30_000
BULK = 400  # documents added before the rebuild, so that it takes long enough to ask meanwhile

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def chromium() -> str:
    """The browser of this machine; without one the test is skipped, or fails where the settings demand it."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        message = f"none of {', '.join(NAMES)} found: install one, or leave WENJU_REQUIRE_BROWSER unset"
        if REQUIRED:
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the corpus with one hostile page."""
    copy = Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus", copy_function=shutil.copyfile))
    (copy / "恶意.txt").write_text(f"# 海棠渠通水\n\n海棠渠长12公里。{HOSTILE}\n", encoding="utf-8")
    return copy


@contextmanager
def opened(module: str, *arguments: str, locale: str = "zh-CN") -> Iterator[Page]:
    """The page that the module serves; fails at the end when anything was asked of another machine or went wrong."""
    requested: list[str] = []
    wrong: list[str] = []
    with guarded(module, *arguments) as (_, url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1360, "height": 860}, locale=locale)
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", lambda request: requested.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto(url)
        page.wait_for_selector("#wj-chat .wj-welcome")
        yield page
        browser.close()
    assert not wrong, wrong
    hosts = {urlsplit(one).hostname for one in requested if not one.startswith("data:")}
    assert hosts == {"127.0.0.1"}, requested


@pytest.fixture
def page(tmp_path: Path, corpus: Path) -> Iterator[Page]:
    """The page over the real chatbot."""
    arguments = ("--port", "0", "--index", str(tmp_path / "index"), "--corpus", str(corpus))
    with opened("ui", *arguments) as page:
        yield page


def ask(page: Page, question: str) -> None:
    """Types the question, presses Enter and waits for the whole answer."""
    turns = page.locator(".wj-turn").count()
    page.locator("#wj-question textarea, #wj-question input").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".wj-turn")).to_have_count(turns + 1, timeout=PATIENCE_MS)
    settled = page.locator(".wj-turn").last.locator(".wj-answer:not([aria-busy]):not(.wj-waiting)")
    expect(settled).to_be_visible(timeout=PATIENCE_MS)


def in_view(page: Page, selector: str) -> bool:
    """Whether the element lies within the visible part of the source panel, once scrolling has settled."""
    script = """async (selector) => {
        const element = document.querySelector(selector), panel = document.querySelector('#wj-source');
        let before = NaN;
        while (element.getBoundingClientRect().top !== before) {
            before = element.getBoundingClientRect().top;
            await new Promise((done) => setTimeout(done, 150));
        }
        const one = element.getBoundingClientRect(), frame = panel.getBoundingClientRect();
        return one.top >= frame.top && one.bottom <= frame.bottom;
    }"""
    return bool(page.evaluate(script, selector))


def test_a_visit(page: Page, corpus: Path) -> None:
    ask(page, "盘活的闲置土地有多少亩?")
    first = page.locator(".wj-turn").first
    assert "146亩" in first.locator(".wj-short").inner_text()

    chip = first.locator("button.wj-cite").first
    assert "传感器产业园" in str(chip.get_attribute("aria-label"))
    chip.focus()
    page.keyboard.press("Enter")  # a real button: the keyboard works it, too
    expect(page.locator("mark.wj-focus")).to_be_visible(timeout=PATIENCE_MS)
    marked = "".join(page.locator("mark.wj-focus").all_inner_texts())
    assert "形成146亩闲置土地" in marked
    quote = first.locator(".wj-quote blockquote").first.inner_text()
    assert marked in quote or quote.strip("「」…0123456789 \n") in marked
    assert in_view(page, "mark.wj-focus")
    assert "传感器产业园" in page.locator(".wj-headline").inner_text()
    assert page.locator(".wj-source-where").inner_text() == first.locator(".wj-where").first.inner_text()
    assert page.evaluate("document.activeElement.matches('mark.wj-focus')")
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()

    ask(page, "红烧肉应该怎么做?")
    refusal = page.locator(".wj-turn").last.locator(".wj-refusal")
    expect(refusal.locator(".wj-reason")).not_to_be_empty()

    _rebuild_and_ask_meanwhile(page, corpus)

    # Citations of the first answer still lead to their words, after other answers and another index.
    page.locator('[data-turn="1"] button.wj-cite').first.click()
    expect(page.locator("mark.wj-focus")).to_contain_text("146亩", timeout=PATIENCE_MS)
    assert in_view(page, "mark.wj-focus")

    page.locator("#wj-new").click()
    expect(page.locator(".wj-turn")).to_have_count(0, timeout=PATIENCE_MS)


def test_hostile_documents_and_questions_stay_text(page: Page) -> None:
    ask(page, "海棠渠长多少公里?")
    turn = page.locator(".wj-turn").last
    turn.locator("button[data-cite]").first.click()
    expect(page.locator("mark.wj-focus")).to_be_visible(timeout=PATIENCE_MS)
    assert '<img src="http://evil.example/x.png"' in page.locator(".wj-article").inner_text()
    for question in (HOSTILE, "长" * 100_000):
        ask(page, question)
        assert question[:60] in page.locator(".wj-turn").last.inner_text()
    assert page.locator("#wj-main :is(img, script, iframe, a, style)").count() == 0
    assert page.evaluate("window.stolen === undefined")
    before = page.locator(".wj-turn").count()
    page.locator("#wj-question textarea, #wj-question input").fill("   ")
    page.keyboard.press("Enter")
    expect(page.get_by_text("问题是空的").first).to_be_visible(timeout=PATIENCE_MS)
    assert page.locator(".wj-turn").count() == before


def test_a_question_asked_before_the_page_knows_what_is_indexed_keeps_its_answer() -> None:
    with opened("tests.ui.scripted_server", "3") as page:
        expect(page.locator("#wj-status")).to_contain_text("1 份文档")
        ask(page, "水渠多长?")
        expect(page.locator("#wj-status")).to_contain_text("2 份文档", timeout=PATIENCE_MS)
        expect(page.locator(".wj-turn")).to_have_count(1)
        expect(page.locator(".wj-welcome")).to_be_hidden()


def _rebuild_and_ask_meanwhile(page: Page, corpus: Path) -> None:
    for number in range(BULK):
        lines = (
            f"第{number}号渠道第{line}段长{number + line}公里,灌溉{line * 7}亩,沿线群众都说好。" for line in range(30)
        )
        (corpus / f"渠道{number}.txt").write_text(f"# 渠道{number}\n\n" + "\n\n".join(lines), encoding="utf-8")
    page.locator("#wj-index-open").click()
    page.locator("#wj-rebuild").click()
    expect(page.get_by_role("progressbar")).to_be_visible(timeout=PATIENCE_MS)
    ask(page, "天津人工智能传感器产业园总投资多少?")
    assert page.get_by_role("progressbar").is_visible(), "the rebuild was over before the answer came: raise BULK"
    assert "4.38亿元" in page.locator(".wj-turn").last.inner_text()
    report = page.locator(".wj-rebuild.wj-done")
    expect(report).to_be_visible(timeout=120_000)
    assert f"新增 {BULK * 30} 段" in report.inner_text()
    expect(page.locator("#wj-status")).to_contain_text(f"{BULK + 2} 份文档", timeout=PATIENCE_MS)
    page.locator("#wj-index [data-close]").click()


def test_an_example_is_asked_with_a_click_and_its_answer_copied() -> None:
    with guarded("tests.ui.scripted_server") as (_, url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], locale="zh-CN")
        page = context.new_page()
        page.goto(url)
        example = page.locator("button.wj-example").first
        question = example.inner_text()
        example.click()
        expect(page.locator(".wj-turn .wj-question")).to_contain_text(question, timeout=PATIENCE_MS)
        page.locator("button.wj-copy").click(timeout=PATIENCE_MS)
        expect(page.locator("button.wj-copy.wj-done")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(f"{question}\n12公里。[1]\n") and "[2] 《春耕备耕有序展开》" in copied
        browser.close()
