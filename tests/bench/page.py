"""What a person waits for in a real browser: ``python -m tests.bench.page``.

Prints the time from starting the server over an index that is there to the first painted page, what the first load
transfers (as it goes over the network: compressed), and the time from Enter to the first words of an answer, the median
of twenty questions. The server is ``python -m ui`` over the corpus with the offline answerer.
"""

import tempfile
from collections import Counter
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page, sync_playwright

from rag.chatbot import Chatbot
from rag.settings import Settings
from tests.browser.test_chat import ARGUMENTS, chromium
from tests.ui.serving import ROOT, guarded

QUESTIONS = 20
LARGEST = 8  # files listed
ASKED = "天津人工智能传感器产业园总投资多少?"
READY = "#wj-language [data-settled='1']"
# The clock starts at the key and stops at the first frame that has words of the answer.
FIRST_WORDS = """(question) => new Promise((done) => {
    const field = document.querySelector('#wj-question textarea, #wj-question input');
    const before = document.querySelectorAll('.wj-turn').length;
    field.focus();
    field.value = question;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    setTimeout(() => {
        const started = performance.now();
        field.dispatchEvent(new KeyboardEvent('keypress', { key: 'Enter', bubbles: true, cancelable: true }));
        const look = () => {
            const turn = [...document.querySelectorAll('.wj-turn')][before];
            const words = turn && turn.querySelector('.wj-short, .wj-quote, .wj-reason');
            if (words) done(performance.now() - started); else requestAnimationFrame(look);
        };
        look();
    }, 50);
})"""


def main() -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        settings = Settings.load(index_dir=index, corpus_dir=ROOT / "corpus", questions_per_minute=0)
        Chatbot.from_settings(settings).rebuild(lambda fraction, step: None)
        started = perf_counter()
        arguments = ("--port", "0", "--index", str(index), "--corpus", str(ROOT / "corpus"))
        with guarded("ui", *arguments) as (_, url, _), sync_playwright() as playwright:
            served = perf_counter() - started
            page = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS).new_page(locale="zh-CN")
            painted = _first_load(page, url)
            print(f"from starting the server: serving after {served:.1f} s, painted after {painted + served:.1f} s")
            page.wait_for_selector(READY)
            waits = [_first_words(page) for _ in range(QUESTIONS)]
            print(f"Enter to the first words: median {median(waits):.0f} ms, worst {max(waits):.0f} ms")


def _first_load(page: Page, url: str) -> float:
    """Opens the page, prints what that transferred and tells the seconds until something was painted."""
    session = page.context.new_cdp_session(page)
    sizes = _sizes(session)
    page.goto(url)
    page.wait_for_selector("#wj-chat .wj-welcome")
    page.wait_for_timeout(1500)
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1e3
    kinds: Counter[str] = Counter()
    for path, size in sizes.items():
        kinds[Path(path).suffix or "page and data"] += size
    print(f"first load: {sum(sizes.values()) / 1e6:.2f} MB in {len(sizes)} files, {dict(kinds.most_common())}")
    for path, size in Counter(sizes).most_common(LARGEST):
        print(f"    {size / 1e3:7.0f} kB  {path}")
    return float(painted)


def _sizes(session: CDPSession) -> dict[str, int]:
    """Bytes as transferred, headers included, by path; it fills while the page loads."""
    paths: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def finished(event: dict[str, Any]) -> None:
        path = paths.get(event["requestId"], "?")
        sizes[path] = sizes.get(path, 0) + int(event["encodedDataLength"])

    session.send("Network.enable")
    session.on(
        "Network.requestWillBeSent", lambda e: paths.update({e["requestId"]: urlsplit(e["request"]["url"]).path})
    )
    session.on("Network.loadingFinished", finished)
    return sizes


def _first_words(page: Page) -> float:
    wait = float(page.evaluate(FIRST_WORDS, ASKED))
    page.wait_for_selector(".wj-turn:last-child .wj-tools")
    page.wait_for_timeout(400)
    return wait


if __name__ == "__main__":
    main()
