"""Asking as a person does: stop, retry, edit, follow up, point at citations, copy; by mouse, keyboard and finger."""

import pytest
from playwright.sync_api import Error, Page, expect, sync_playwright

from tests.browser.test_chat import ARGUMENTS, PATIENCE_MS, ask, chromium, opened
from tests.ui.scripted import SLOW
from tests.ui.serving import guarded
from ui.messages import say

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIELD = "#wj-question textarea, #wj-question input"
COPIED = """() => new Promise((done) => {
    document.addEventListener('copy', (event) => done(event.clipboardData.getData('text/plain')), { once: true });
    document.execCommand('copy');
})"""
SELECT = """([from, to]) => {
    const all = document.querySelectorAll('#wj-chat .wj-short, #wj-chat blockquote'), range = document.createRange();
    range.setStartBefore(all[from]);
    range.setEndAfter(all[to].firstChild);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def start(page: Page, question: str) -> None:
    """Asks without waiting for the answer."""
    page.locator(FIELD).fill(question)
    page.keyboard.press("Enter")


def asked(page: Page) -> list[str]:
    return [text.removeprefix(say("chat.you", "zh")) for text in page.locator(".wj-question").all_inner_texts()]


@pytest.mark.parametrize("how", ["button", "Escape"])
def test_an_answer_is_stopped_and_what_came_stays(how: str) -> None:
    with opened("tests.ui.scripted_server") as page:
        start(page, f"{SLOW}慢说?")
        expect(page.locator(".wj-short")).to_be_visible(timeout=PATIENCE_MS)
        expect(page.locator("#wj-ask")).to_be_hidden()
        if how == "button":
            page.locator("#wj-stop").click()
        else:
            page.keyboard.press("Escape")
        expect(page.locator(".wj-stopped")).to_have_text(say("chat.stopped", "zh"))
        page.wait_for_timeout(4500)  # what was still to come does not come any more
        assert page.locator(".wj-turn blockquote").count() == 0
        expect(page.locator("#wj-stop")).to_be_hidden()
        ask(page, "水渠多长?")
        assert page.locator(".wj-turn").last.locator("blockquote").count() == 2
        page.locator(".wj-retry").click()
        expect(page.locator(".wj-turn")).to_have_count(2)
        expect(page.locator(".wj-turn").last.locator("blockquote")).to_have_count(2)


def test_an_earlier_question_is_edited_and_the_chat_goes_on_from_there() -> None:
    with opened("tests.ui.scripted_server") as page:
        for question in ("甲多长?", "乙多长?", "丙多长?"):
            ask(page, question)
        page.locator(".wj-cite").first.click()
        expect(page.locator("mark.wj-focus")).to_be_visible()
        button = page.locator(".wj-turn").nth(1).locator("[data-edit]")
        button.focus()
        page.keyboard.press("Enter")
        area = page.locator(".wj-editor:not([hidden]) textarea")
        expect(area).to_be_focused()
        assert area.input_value() == "乙多长?"
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        assert asked(page) == ["甲多长?", "乙多长?", "丙多长?"]
        button.click()
        area.fill("丁多长?")
        page.keyboard.press("Shift+Enter")
        assert area.input_value() == "丁多长?\n"
        page.keyboard.press("Enter")
        expect(page.locator(".wj-turn")).to_have_count(2)
        expect(page.locator(".wj-question").last).to_contain_text("丁多长?")
        expect(page.locator(".wj-turn").last.locator("blockquote")).to_have_count(2)
        expect(page.locator("mark.wj-focus")).to_have_count(0)
        expect(page.locator(FIELD)).to_be_focused()


def test_a_line_more_is_begun_with_shift_and_enter() -> None:
    with opened("tests.ui.scripted_server") as page:
        page.locator(FIELD).fill("第一行")
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("第二行?")
        assert page.locator(FIELD).input_value() == "第一行\n第二行?"
        page.keyboard.press("Enter")
        expect(page.locator(".wj-question")).to_contain_text("第二行?")
        expect(page.locator(FIELD)).to_have_value("")


def test_what_to_ask_next_is_offered_and_asked_with_a_click() -> None:
    with opened("tests.ui.scripted_server") as page:
        assert not page.locator("#wj-next").is_visible()
        ask(page, "水渠多长?")
        offered = page.locator("#wj-next button")
        expect(offered).to_have_count(3, timeout=PATIENCE_MS)
        question = offered.first.inner_text()
        offered.first.click()
        expect(page.locator(".wj-question").last).to_contain_text(question, timeout=PATIENCE_MS)
        expect(page.locator(".wj-turn").last.locator("blockquote")).to_have_count(2, timeout=PATIENCE_MS)
        expect(offered).to_have_count(2, timeout=PATIENCE_MS)
        assert question not in offered.all_inner_texts()
        page.locator("#wj-new").click()
        expect(page.locator("#wj-next")).to_be_hidden()


def test_pointing_at_a_number_shows_its_quote_and_asks_nothing_of_the_server() -> None:
    with opened("tests.ui.scripted_server") as page:
        ask(page, "水渠多长?")
        expect(page.locator("#wj-next button")).to_have_count(3, timeout=PATIENCE_MS)
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url))
        tip, chips = page.locator("#wj-tip"), page.locator(".wj-cite")
        chips.nth(0).hover()
        expect(tip).to_contain_text("「全县修好水渠12公里,灌溉3000亩」")
        expect(tip).to_contain_text("《春耕备耕有序展开》")
        page.mouse.move(5, 5)
        expect(tip).to_be_hidden()
        chips.nth(1).focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(chips.nth(2)).to_be_focused()
        expect(tip).to_contain_text("「良种到户12公里」")
        assert chips.nth(2).get_attribute("aria-describedby") == "wj-tip"
        page.keyboard.press("Escape")
        expect(tip).to_be_hidden()
        expect(chips.nth(2)).to_be_focused()
        assert not [url for url in sent if "heartbeat" not in url]


def test_what_is_copied_by_hand_takes_its_footnotes_along() -> None:
    with opened("tests.ui.scripted_server") as page:
        ask(page, "水渠多长?")
        page.evaluate(SELECT, [0, 1])
        text = page.evaluate(COPIED)
        first, second = (page.locator(f".wj-cite >> nth={index}").get_attribute("data-note") for index in (1, 2))
        assert text.split("\n")[0] == "12公里。[1]"
        assert text.endswith(f"\n\n{first}") and second not in text
        page.evaluate(SELECT, [0, 2])
        assert page.evaluate(COPIED).endswith(f"\n\n{first}\n{second}")
        page.evaluate("getSelection().selectAllChildren(document.querySelector('#wj-brand'))")
        assert "[1]" not in page.evaluate(COPIED)


def test_a_finger_sees_the_quote_first_and_then_opens_the_source() -> None:
    with guarded("tests.ui.scripted_server") as (_, url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="zh-CN")
        page.goto(url)
        page.wait_for_selector("#wj-language [data-settled='1']")
        ask(page, "水渠多长?")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        chip = page.locator(".wj-cite").first
        chip.tap()
        expect(page.locator("#wj-tip")).to_contain_text("灌溉3000亩")
        assert page.locator("mark.wj-focus").count() == 0
        page.locator("#wj-tip button").tap()
        expect(page.locator("mark.wj-focus")).to_be_visible(timeout=PATIENCE_MS)
        expect(page.locator("#wj-tip")).to_be_hidden()
        browser.close()


def test_the_page_works_behind_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_AUTH", "anna:geheim")
    monkeypatch.setenv("WENJU_QUESTIONS_PER_MINUTE", "2")
    with guarded("tests.ui.scripted_server") as (_, url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        with pytest.raises(Error, match="INVALID_AUTH"):  # what a browser shows to who cancels its prompt
            browser.new_page().goto(url)
        context = browser.new_context(locale="zh-CN", http_credentials={"username": "anna", "password": "geheim"})
        page = context.new_page()
        wrong: list[str] = []
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto(url)
        page.wait_for_selector("#wj-language [data-settled='1']")
        for _ in range(2):
            ask(page, "水渠多长?")
        ask(page, "水渠多长?")
        expect(page.locator(".wj-error")).to_contain_text("一分钟内最多问 2 个问题")
        assert page.locator("blockquote").count() == 4
        assert not wrong
        browser.close()
