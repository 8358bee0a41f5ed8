"""How long a click on a citation takes to the marked words in view: ``python -m tests.bench.clicks``.

In chromium over the real chatbot and the corpus page. Timed in the browser from the click to the frame in which the
words are marked and inside the panel, or for another article, which the server is asked for, in which it is there; the
medians of CLICKS are printed.
"""

import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from tests.browser.test_chat import ask, opened

ROOT = Path(__file__).parents[2]
CLICKS = 20
QUESTIONS = ("盘活的闲置土地有多少亩?", "居民医保人均财政补助标准提高多少元?")
TIMED = """async (chip) => {
    const panel = document.querySelector('#wj-source');
    const seen = () => {
        const mark = document.querySelector(`#wj-source [data-shown="${chip.dataset.cite}"] mark.wj-focus`);
        const one = mark?.getBoundingClientRect(), frame = panel.getBoundingClientRect();
        return one && one.top >= frame.top && one.bottom <= frame.bottom;
    };
    const started = performance.now();
    chip.click();
    do await new Promise(requestAnimationFrame); while (!seen() && performance.now() - started < 9000);
    return performance.now() - started;
}"""

TURNED = """async (button) => {
    const at = () => document.querySelector('#wj-source [data-at]').dataset.at;
    const before = at(), started = performance.now();
    button.click();
    do await new Promise(requestAnimationFrame); while (at() === before && performance.now() - started < 9000);
    return performance.now() - started;
}"""


def main() -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as index:
        arguments = ("--port", "0", "--index", index, "--corpus", str(ROOT / "corpus"))
        with opened("ui", *arguments) as page:
            for question in QUESTIONS:
                ask(page, question)
            print(f"came along with the answer: {_median(page):.0f} ms")
            button = page.locator(".wj-neighbours button")
            turned = median(float(button.first.evaluate(TURNED)) for _ in range(CLICKS))
            print(f"another article, asked of the server: {turned:.0f} ms")


def _median(page: Page) -> float:
    """The median over clicks that go to and fro between two articles."""
    chips = [page.locator(f"[data-turn='{turn}'] button.wj-cite").first for turn in (1, 2)]
    return median(float(chips[number % 2].evaluate(TIMED)) for number in range(CLICKS))


if __name__ == "__main__":
    main()
