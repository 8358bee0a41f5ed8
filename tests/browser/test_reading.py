"""Reading in a real browser: from a citation to the marked words, the raw page, contents, searching, shared links.

Everything is asked of ``python -m ui`` over the real chatbot; requests are counted where there must be none.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_chat import PATIENCE_MS, ask, in_view
from tests.ui.serving import guarded
from ui.messages import say

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = (Path(__file__).parents[2] / "corpus/government-work-report-and-sensor-park.txt").read_text(encoding="utf-8")
CANAL = "# 海棠渠通水\n\n海棠渠长12公里。\n\n沿线群众都说好。\n\n# 灌溉面积扩大\n\n今年灌溉面积扩大到3000亩。\n"
LONG = "# 长长的一行\n\n" + "没有换行的句子一直写下去。" * 30_000
"""Some 400,000 characters in one line: the worst that a page can be."""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over the corpus and some more documents, served for all tests."""
    base = tmp_path_factory.mktemp("reading")
    (base / "corpus").mkdir()
    (base / "corpus/page.txt").write_text(PAGE, encoding="utf-8", newline="")
    (base / "corpus/水渠.txt").write_text(CANAL, encoding="utf-8")
    (base / "corpus/长.txt").write_text(LONG, encoding="utf-8")
    arguments = ("--port", "0", "--index", str(base / "index"), "--corpus", str(base / "corpus"))
    with guarded("ui", *arguments) as (_, url, _):
        yield url


@pytest.fixture
def page(url: str, browser: Browser) -> Iterator[Page]:
    """A person's first visit; nothing may go wrong on it, and nobody else be asked."""
    wrong: list[str] = []
    hosts: set[str | None] = set()
    page = browser.new_page(locale="zh-CN", viewport={"width": 1360, "height": 860})
    page.set_default_timeout(PATIENCE_MS)
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(url)
    page.wait_for_selector("#wj-chat .wj-welcome")
    yield page
    page.close()
    assert not wrong, wrong
    assert hosts == {"127.0.0.1"}


@pytest.fixture
def asked(page: Page) -> Page:
    """The page with an answer of one citation, its source not opened."""
    ask(page, "盘活的闲置土地有多少亩?")
    page.wait_for_selector("#wj-next button")  # nothing is under way any more
    return page


def requests(page: Page, act: Callable[[], object]) -> list[str]:
    """What the browser asks of the server while something is done and half a second on."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(urlsplit(request.url).path))
    act()
    page.wait_for_timeout(500)
    return [one for one in seen if "heartbeat" not in one]


def test_a_click_marks_the_words_without_asking_the_server(asked: Page) -> None:
    def click() -> None:
        asked.locator("#wj-chat button.wj-cite").first.click()
        expect(asked.locator("mark.wj-focus")).to_contain_text("形成146亩闲置土地")

    assert requests(asked, click) == []
    assert in_view(asked, "mark.wj-focus")
    assert asked.locator(".wj-cited[aria-pressed='true']").inner_text() == "1"
    assert asked.evaluate("document.activeElement.matches('mark.wj-focus')")
    asked.keyboard.press("Escape")
    expect(asked.locator("#wj-chat button.wj-cite").first).to_be_focused()


def test_citations_of_one_article_are_changed_in_the_margin(asked: Page) -> None:
    ask(asked, "扎实推进乡村振兴部分有哪些内容?")
    chips = asked.locator(".wj-turn").last.locator("button.wj-cite")
    chips.first.click()
    margin = asked.locator(".wj-cited")
    expect(margin.nth(1)).to_be_visible()
    second = str(margin.nth(1).get_attribute("data-cite"))
    assert requests(asked, margin.nth(1).click) == []
    assert asked.locator("[data-shown]").get_attribute("data-shown") == second
    assert set(asked.locator("mark.wj-focus").first.evaluate("one => one.dataset.k.split(' ')")) >= {second}
    assert in_view(asked, "mark.wj-focus")
    assert asked.locator(".wj-source-where").inner_text() == margin.nth(1).get_attribute("data-place")
    asked.locator("[data-back]").click()
    expect(asked.locator(f"#wj-chat [data-cite='{second}']").first).to_be_focused()


def test_the_address_follows_and_back_does_not_lead_through_citations(asked: Page) -> None:
    before = asked.evaluate("history.length")
    asked.locator("#wj-chat button.wj-cite").first.click()
    expect(asked.locator("mark.wj-focus")).to_be_visible()
    assert asked.evaluate("location.hash").startswith("#p=")
    assert asked.evaluate("history.length") == before


def test_a_copied_link_opens_the_paragraph_in_a_fresh_browser(asked: Page, browser: Browser) -> None:
    asked.context.grant_permissions(["clipboard-read", "clipboard-write"])
    asked.locator("#wj-chat button.wj-cite").first.click()
    asked.locator(".wj-source-tools [data-link]").click()
    expect(asked.locator(".wj-source-tools .wj-done")).to_be_visible()
    link = asked.evaluate("navigator.clipboard.readText()")
    fresh = browser.new_page(locale="zh-CN")
    fresh.goto(link)
    marked = fresh.locator("[data-p][aria-current='true']")
    expect(marked).to_contain_text("形成146亩闲置土地", timeout=PATIENCE_MS)
    assert in_view(fresh, "[data-p][aria-current='true'] > p")
    expect(fresh.locator(".wj-gone")).to_have_count(0)
    fresh.evaluate("hash => { location.hash = hash }", f"#p={quote('水渠/海棠渠通水/77', safe='')}")
    expect(fresh.locator(".wj-gone")).to_be_visible(timeout=PATIENCE_MS)
    expect(fresh.locator(".wj-headline")).to_have_text("海棠渠通水")
    fresh.close()


def test_the_raw_page_shows_the_cuts_and_the_quote_and_leads_back(asked: Page) -> None:
    asked.locator("#wj-chat button.wj-cite").first.click()
    asked.locator("[data-raw]").click()
    expect(asked.locator(".wj-raw mark.wj-focus")).to_contain_text("形成146亩闲置土地", timeout=PATIENCE_MS)
    assert in_view(asked, ".wj-raw mark.wj-focus")
    number = asked.locator(".wj-line-raw[aria-current='true'] .wj-line-number").inner_text()
    assert "形成146亩" in PAGE.split("\n")[int(number) - 1]
    assert "切断" in "".join(asked.locator(".wj-repair").all_inner_texts())
    assert asked.locator(".wj-strand").count() >= 3
    asked.locator("[data-article]").click()
    expect(asked.locator(".wj-article mark.wj-focus")).to_be_visible()


def test_words_are_found_in_the_article_and_in_the_document(asked: Page) -> None:
    asked.locator("#wj-chat button.wj-cite").first.click()
    asked.locator("[data-find]").click()
    field, count = asked.get_by_role("textbox", name="在原文中查找"), asked.locator(".wj-find output")
    field.press_sequentially("傳感器")
    expect(count).to_contain_text("/", timeout=PATIENCE_MS)
    total = int(count.inner_text().split("/")[1])
    article = asked.locator(".wj-article").inner_text()
    assert total == article.count("传感器") > 2
    assert asked.evaluate("[...CSS.highlights.get('wj-found-now')].map(String)") == ["传感器"]
    first = int(count.inner_text().split("/")[0])
    field.press("Enter")
    expect(count).to_have_text(f"{first % total + 1} / {total}")
    field.press("Shift+Enter")
    expect(count).to_have_text(f"{first} / {total}")
    field.fill("乡村振兴")
    expect(count).to_have_text("没有找到", timeout=PATIENCE_MS)
    asked.get_by_label("整份文件").check()
    expect(asked.locator(".wj-headline")).to_have_text("政府工作报告", timeout=PATIENCE_MS)
    expect(count).to_contain_text(f"/ {PAGE.count('乡村振兴')}")
    assert asked.evaluate("[...CSS.highlights.get('wj-found-now')].map(String)") == ["乡村振兴"]
    field.press("Escape")
    expect(field).to_be_hidden()
    expect(asked.locator("[data-find]")).to_be_focused()


def test_documents_and_articles_are_read_without_asking_anything(page: Page) -> None:
    page.locator("[data-browse]").click()
    expect(page.locator(".wj-documents button")).to_have_count(3, timeout=PATIENCE_MS)
    page.get_by_label("按文件名筛选").press_sequentially("水")
    expect(page.locator(".wj-documents button")).to_have_count(1, timeout=PATIENCE_MS)
    page.locator(".wj-documents button").click()
    expect(page.locator(".wj-headline")).to_have_text("海棠渠通水", timeout=PATIENCE_MS)
    expect(page.locator(".wj-back")).to_be_hidden()
    page.locator(".wj-contents summary").click()
    page.locator(".wj-contents").get_by_role("button", name="灌溉面积扩大").click()
    expect(page.locator(".wj-headline")).to_have_text("灌溉面积扩大", timeout=PATIENCE_MS)
    page.locator(".wj-neighbours button").first.click()
    expect(page.locator(".wj-headline")).to_have_text("海棠渠通水", timeout=PATIENCE_MS)
    assert page.locator(".wj-turn").count() == 0


def test_a_document_of_one_endless_line_is_read_in_parts(page: Page) -> None:
    page.locator("[data-browse]").click()
    page.get_by_role("button", name="长.txt").click()
    expect(page.locator(".wj-headline")).to_have_text("长长的一行", timeout=PATIENCE_MS)
    assert page.evaluate("document.querySelector('#wj-source').innerHTML.length") < 400_000
    page.locator(".wj-more [data-open]").last.click()
    expect(page.locator(".wj-more [data-open]")).to_have_count(2, timeout=PATIENCE_MS)
    page.locator("[data-raw]").click()
    expect(page.locator(".wj-raw")).to_be_visible(timeout=PATIENCE_MS)
    assert page.evaluate("document.querySelector('#wj-source').innerHTML.length") < 200_000
    shown = page.locator(".wj-lines").inner_text()
    page.locator("[data-page][data-onward='1']").click()
    expect(page.locator(".wj-lines")).not_to_have_text(shown, timeout=PATIENCE_MS)


def test_on_a_phone_the_reader_comes_into_view_and_the_way_back_leads_to_the_citation(asked: Page) -> None:
    asked.set_viewport_size({"width": 390, "height": 844})
    chip = asked.locator("#wj-chat button.wj-cite").first
    chip.click()
    expect(asked.locator("mark.wj-focus")).to_be_in_viewport()
    assert asked.evaluate("document.documentElement.scrollWidth") <= 390
    asked.locator("[data-back]").click()
    expect(chip).to_be_in_viewport()


def test_an_article_and_the_raw_page_stay_open_in_another_language(page: Page) -> None:
    page.locator("[data-browse]").click()
    page.get_by_role("button", name="水渠.txt").click()
    expect(page.locator(".wj-headline")).to_have_text("海棠渠通水", timeout=PATIENCE_MS)
    page.locator("#wj-language select").select_option("en")
    expect(page.locator("[data-raw]")).to_have_text(say("source.raw", "en"), timeout=PATIENCE_MS)
    assert page.locator(".wj-headline").inner_text() == "海棠渠通水"
    page.locator("[data-raw]").click()
    expect(page.locator(".wj-raw")).to_be_visible(timeout=PATIENCE_MS)
    page.locator("#wj-language select").select_option("zh")
    expect(page.locator("[data-article]")).to_have_text(say("source.repaired", "zh"), timeout=PATIENCE_MS)
    assert "海棠渠长12公里" in page.locator(".wj-raw").inner_text()
