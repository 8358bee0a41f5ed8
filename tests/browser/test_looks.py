"""Every view of the page, looked at in three sizes by day and by night: no barriers, nothing sticks out, pictures kept.

The server is ``python -m ui`` over the real corpus. Pictures lie in ``.screenshots``, or in ``WENJU_SCREENSHOTS``.
"""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import barriers, looks, picture, sticks_out
from tests.browser.test_chat import PATIENCE_MS, ask
from tests.ui.serving import ROOT, guarded

pytestmark = [pytest.mark.browser, pytest.mark.slow]
expect.set_options(timeout=PATIENCE_MS)

LAND = "盘活的闲置土地有多少亩?"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    base = tmp_path_factory.mktemp("looks")
    corpus = shutil.copytree(ROOT / "corpus", base / "corpus", copy_function=shutil.copyfile)
    with guarded("ui", "--port", "0", "--index", str(base / "index"), "--corpus", str(corpus)) as (_, url, _):
        yield url


@pytest.fixture
def page(url: str, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(locale="zh-CN", viewport={"width": 1400, "height": 900})
    page.set_default_timeout(PATIENCE_MS)
    page.goto(url)
    page.wait_for_selector("#wj-chat .wj-welcome")
    yield page
    page.close()


def answered(page: Page) -> None:
    ask(page, LAND)
    page.wait_for_selector("#wj-next button")


def cited(page: Page) -> None:
    answered(page)
    page.locator("button.wj-cite").first.click()
    expect(page.locator("mark.wj-focus")).to_be_visible()


def raw(page: Page) -> None:
    cited(page)
    page.locator("[data-raw]").click()
    expect(page.locator(".wj-raw")).to_be_visible()


def contents(page: Page) -> None:
    page.locator("[data-browse]").click()
    page.locator(".wj-documents button").first.click()
    page.locator(".wj-contents summary").click()
    expect(page.locator(".wj-contents button").first).to_be_visible()


def listed(page: Page) -> None:
    ask(page, page.locator(".wj-example", has_text="部分有哪些内容").first.inner_text())


def told_whole(page: Page) -> None:
    ask(page, page.locator(".wj-example", has_text="》讲了什么").first.inner_text())


def refused(page: Page) -> None:
    answered(page)
    ask(page, "产业园的设计时速是多少?")
    ask(page, "红烧肉应该怎么做?")


def corrected(page: Page) -> None:
    ask(page, "盘活的闲置土地是416亩吗?")
    ask(page, "那税收呢?")


def explained(page: Page) -> None:
    answered(page)
    page.locator("details.wj-why > summary").first.click()
    expect(page.locator(".wj-why-cited").first).to_be_visible()


def edited(page: Page) -> None:
    answered(page)
    page.locator("[data-edit]").first.click()
    expect(page.locator(".wj-editor textarea")).to_be_focused()


def judged(page: Page) -> None:
    answered(page)
    page.locator('[data-thumb="down"]').first.click()


def versions(page: Page) -> None:
    page.locator("#wj-index-open").click()
    expect(page.locator("#wj-index .wj-versions")).to_be_visible()


def kept(page: Page) -> None:
    answered(page)
    page.locator("#wj-chats-button").click()
    expect(page.locator(".wj-chats-count")).to_be_visible()


def english(page: Page) -> None:
    page.locator("#wj-language select").select_option("en")
    expect(page.locator("#wj-ask")).to_have_text("Ask")
    ask(page, "How much idle land was revived?")
    ask(page, "Who won the football match?")


@pytest.mark.parametrize(
    "view",
    [
        None, answered, cited, raw, contents, listed, told_whole, refused, corrected, explained, edited, judged,
        versions, kept, english,
    ],
    ids=lambda view: view.__name__ if view else "welcome",
)  # fmt: skip
def test_a_view_has_no_barriers(
    page: Page, view: Callable[[Page], None] | None, request: pytest.FixtureRequest
) -> None:
    if view:
        view(page)
    found: dict[str, list[str]] = {}
    for look in looks(page):
        picture(page, f"{request.node.callspec.id}-{look}")
        wrong = barriers(page) + ["broader than its window"] * sticks_out(page)
        if wrong:
            found[look] = wrong
    assert not found


def test_a_barrier_is_found(page: Page) -> None:
    page.evaluate("document.querySelector('#wj-chat').insertAdjacentHTML('beforeend', '<button></button>')")
    assert any(one.startswith("button-name (critical)") for one in barriers(page))
