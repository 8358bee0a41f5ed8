"""The page follows the browser's language, changes it in place and remembers it; quotes stay as the source has them."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_chat import ask, opened
from ui.messages import Language, say

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What is painted in the first moments, a frame at a time: [what the button says, whether it can be seen].
WATCH = """() => {
    window.seen = new Set();
    const look = () => {
        const button = document.querySelector('#wj-ask'), head = document.querySelector('#wj-head');
        if (button && head && getComputedStyle(head).opacity !== '0') window.seen.add(button.textContent.trim());
        requestAnimationFrame(look);
    };
    look();
}"""


@pytest.mark.parametrize(("locale", "language"), [("zh-CN", "zh"), ("zh-TW", "zh-Hant"), ("en-GB", "en"), ("fr", "en")])
def test_the_page_follows_the_browser_and_never_shows_another_language(locale: str, language: Language) -> None:
    with opened("tests.ui.scripted_server", locale=locale) as page:
        page.wait_for_selector("#wj-language [data-settled='1']")
        page.add_init_script(f"({WATCH})()")
        page.reload()
        expect(page.locator("#wj-ask")).to_have_text(say("page.ask", language))
        expect(page.locator("#wj-question").locator("textarea, input")).to_have_attribute(
            "placeholder", say("page.placeholder", language)
        )
        assert page.evaluate("[...window.seen]") == [say("page.ask", language)]
        assert page.locator("html").get_attribute("lang") == say("language.tag", language)
        assert page.title() == say("page.title", language)


def test_a_change_of_language_tells_all_anew_and_is_remembered() -> None:
    with opened("tests.ui.scripted_server") as page:
        ask(page, "水渠多长?")
        ask(page, "How long is it?")
        quotes = page.locator(".wj-turn blockquote").all_inner_texts()
        page.locator("button.wj-cite").first.click()
        expect(page.locator("mark.wj-focus")).to_be_visible()
        page.locator("#wj-language select").select_option("en")
        expect(page.locator("#wj-ask")).to_have_text(say("page.ask", "en"))
        expect(page.locator("#wj-chat button.wj-copy").first).to_have_text(say("chat.copy", "en"))
        expect(page.locator("#wj-source .wj-kind")).to_have_text(say("source.cited", "en", number=1))
        expect(page.locator("#wj-status")).to_contain_text("Documents: 1")
        expect(page.locator("#wj-language select")).to_be_focused()
        assert page.locator("[role=log]").get_attribute("aria-label") == say("chat.region", "en")
        assert page.locator(".wj-turn blockquote").all_inner_texts() == quotes
        page.reload()
        expect(page.locator("#wj-ask")).to_have_text(say("page.ask", "en"))
        page.locator("#wj-language select").select_option("zh-Hant")
        expect(page.locator(".wj-welcome h2")).to_have_text(say("chat.welcome", "zh-Hant"))
        ask(page, "水渠多长?")
        expect(page.locator("#wj-chat button.wj-copy")).to_have_text(say("chat.copy", "zh-Hant"))
