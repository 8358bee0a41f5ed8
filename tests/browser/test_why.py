"""Why this passage, in a real browser: opened by the keyboard, fetched once, kept while the chat goes on."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_chat import PATIENCE_MS, ask, opened, pytestmark
from tests.ui.serving import ROOT

__all__ = ["pytestmark"]

NARROW = {"width": 390, "height": 844}


def fold(page: Page, turn: int) -> str:
    return f'.wj-turn[data-turn="{turn}"] details.wj-why'


def unfold(page: Page, turn: int, inside: str) -> None:
    """Opens the fold of a turn by the keyboard and waits for what it fetches."""
    page.locator(f"{fold(page, turn)} > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{fold(page, turn)} {inside}").first).to_be_visible(timeout=PATIENCE_MS)


def test_a_fold_tells_why_and_stays_open_while_the_chat_goes_on(tmp_path: Path) -> None:
    with opened("ui", "--port", "0", "--index", str(tmp_path / "index"), "--corpus", str(ROOT / "corpus")) as page:
        ask(page, "盘活的闲置土地有多少亩?")
        first = page.locator(fold(page, 1))
        assert not first.locator(".wj-why-passage").count()  # nothing is worked out before it is asked for
        unfold(page, 1, ".wj-why-cited")
        assert "字面匹配 BM25 第 1 名" in first.locator(".wj-why-cited .wj-why-ranks").inner_text().replace("\n", " ")
        assert first.locator(".wj-why-sentence mark.wj-why-word").first.is_visible()
        expect(first.locator(".wj-why-wait")).to_be_hidden()
        more = first.locator(".wj-why-more")
        more.locator("> summary").click()
        expect(more.locator(".wj-why-passage").first).to_be_visible()

        ask(page, "产业园的设计时速是多少?")
        assert more.locator(".wj-why-passage").first.is_visible(), "what was open is open after the next answer"
        unfold(page, 2, ".wj-why-verdict")
        assert "「设计」「时速」" in page.locator(fold(page, 2)).inner_text()

        first.locator(".wj-why-cited button[data-cite]").click()
        expect(page.locator("mark.wj-focus")).to_contain_text("146亩", timeout=PATIENCE_MS)
        page.locator(f"{fold(page, 1)} > summary").click()
        expect(first.locator(".wj-why-cited")).to_be_hidden()
        ask(page, "红烧肉怎么做?")
        expect(first.locator(".wj-why-cited")).to_be_hidden()  # what was closed stays closed
        page.set_viewport_size(NARROW)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out on a phone"


def test_what_cannot_be_explained_says_so_and_may_be_tried_again() -> None:
    with opened("tests.ui.scripted_server") as page:
        ask(page, "水渠多长?")
        unfold(page, 1, ".wj-why-fail")
        failed = page.locator(f"{fold(page, 1)} .wj-why-fail")
        assert "<b>说明暂时不可用</b>" in failed.inner_text()
        for answered in range(2):
            failed.locator("button").click()
            expect(failed).to_be_visible(timeout=PATIENCE_MS)
            expect(page.locator(f'#wj-why-mail [data-serial="{answered + 2}"]')).to_have_count(1, timeout=PATIENCE_MS)
