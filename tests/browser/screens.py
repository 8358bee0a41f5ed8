"""Looks at a page in all sizes, by day and by night: pictures for people, and what axe-core finds against it."""

import os
from collections.abc import Iterator
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.ui.serving import ROOT

KEPT = Path(os.environ.get("WENJU_SCREENSHOTS", ROOT / ".screenshots"))
"""Where pictures are kept; those of the run before are replaced."""
SIZES = {"wide": (1400, 900), "middle": (1024, 768), "narrow": (390, 844)}
SETTLED_MS = 300
_GRAVE = ("serious", "critical")


def looks(page: Page) -> Iterator[str]:
    """The page in each size, by day and by night, under the name of the look; afterwards it is as it was."""
    before = page.viewport_size
    for dark in (False, True):
        page.evaluate("(dark) => document.body.classList.toggle('dark', dark)", dark)
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(SETTLED_MS)
            yield f"{size}-{'dark' if dark else 'light'}"
    page.evaluate("document.body.classList.remove('dark')")
    if before:
        page.set_viewport_size(before)


def shoot(page: Page, name: str) -> None:
    """Keeps a picture of each look."""
    for look in looks(page):
        picture(page, f"{name}-{look}")


def picture(page: Page, name: str) -> None:
    """Keeps a picture of the page as it looks now."""
    KEPT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=KEPT / f"{name}.png")


def barriers(page: Page) -> list[str]:
    """What keeps people from using the page as it looks now: axe-core's serious and critical violations."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:200]}: {node['failureSummary']}"
        for one in found
        if one["impact"] in _GRAVE
        for node in one["nodes"]
    ]


def sticks_out(page: Page) -> bool:
    """Whether the page is broader than its window."""
    return not page.evaluate("document.documentElement.scrollWidth <= innerWidth")
