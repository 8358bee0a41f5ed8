"""The index drawer in a real browser: rebuild, stop, compare, go back; and what becomes of answers given before.

The server is ``python -m ui`` over real documents; other processes change the index under it with ``python -m index``.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import shoot
from tests.browser.test_chat import PATIENCE_MS, ask, opened
from tests.ui.serving import ROOT

CANAL = "# 海棠渠通水\n\n海棠渠总投资6.5亿元,工期两年。\n\n渠首建有水闸一座。\n\n沿线群众都说好。\n"
BRIDGE = "# 青石桥通车\n\n青石桥全长1280米。\n"
COST, LENGTH = "海棠渠总投资多少?", "青石桥有多长?"
BULK = 150_000  # paragraphs of a rebuild that takes long enough to be stopped
BAD = '<img src="http://evil.example/x.png" onerror="window.stolen=1"><script>window.stolen=1</script>'

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "canal.txt").write_text(CANAL, encoding="utf-8")
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    return folder


@pytest.fixture
def page(tmp_path: Path, corpus: Path) -> Iterator[Page]:
    with opened("ui", "--port", "0", "--index", str(tmp_path / "index"), "--corpus", str(corpus)) as page:
        yield page


def index(tmp_path: Path, command: str, *arguments: str) -> str:
    """``python -m index`` beside the server, as somebody else at the same machine."""
    environment = {
        **os.environ,
        "WENJU_INDEX_DIR": str(tmp_path / "index"),
        "WENJU_CORPUS_DIR": str(tmp_path / "corpus"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "index", command, *arguments],
        cwd=ROOT, env=environment, check=True, capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    return done.stdout


def open_drawer(page: Page) -> None:
    page.locator("#wj-index-open").click()
    expect(page.locator("#wj-index .wj-versions")).to_be_visible(timeout=PATIENCE_MS)


def rebuild(page: Page, *, changed: str) -> None:
    """Rebuilds from the open drawer until the report says ``changed``."""
    page.locator("#wj-rebuild").click()
    expect(page.locator("#wj-index .wj-rebuild.wj-done")).to_contain_text(changed, timeout=PATIENCE_MS)
    expect(page.locator("#wj-rebuild")).to_be_enabled(timeout=PATIENCE_MS)


def test_the_drawer_opens_and_closes_by_keyboard(page: Page) -> None:
    drawer, opener = page.locator("#wj-index"), page.locator("#wj-index-open")
    expect(drawer).to_be_hidden()
    opener.focus()
    page.keyboard.press("Enter")
    expect(drawer).to_be_visible()
    expect(drawer).to_have_attribute("role", "dialog")
    expect(drawer).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(drawer.locator(".wj-figures")).to_contain_text("文档2文章2段落4", timeout=PATIENCE_MS)
    page.keyboard.press("Tab")
    expect(drawer.locator("[data-close]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")


def test_a_rebuild_shows_what_changed_and_a_version_is_taken_up_again(page: Page, corpus: Path) -> None:
    (corpus / "canal.txt").write_text(CANAL.replace("6.5", "8").replace("沿线群众都说好。", ""), encoding="utf-8")
    (corpus / "坏.txt").write_text(f"# 新闸\n\n新闸{BAD}建成。\n", encoding="utf-8")
    (corpus / "空.txt").touch()
    open_drawer(page)
    rebuild(page, changed="新增 1 段,改动 1 段,删除 1 段")
    difference = page.locator(".wj-difference")
    expect(difference.locator(".wj-changed del")).to_have_text("6.5")
    expect(difference.locator(".wj-changed ins")).to_have_text("8")
    expect(difference.locator(".wj-removed")).to_contain_text("沿线群众都说好。")
    expect(difference.locator(".wj-added")).to_contain_text(BAD)
    assert page.locator("#wj-index :is(img, script)").count() == 0
    assert page.evaluate("window.stolen === undefined")
    expect(page.locator("#wj-index .wj-problems")).to_contain_text("空.txt")
    shoot(page, "index-rebuilt")

    confirm = page.locator(".wj-confirm")
    confirm.locator("summary").click()
    confirm.locator("[data-keep]").click()
    expect(confirm.locator("[data-use]")).to_be_hidden()
    expect(confirm.locator("summary")).to_be_focused()
    confirm.locator("summary").click()
    shoot(page, "index-confirm")
    confirm.locator("[data-use]").click()
    expect(page.locator("#wj-index .wj-current")).to_contain_text("0001-", timeout=PATIENCE_MS)
    expect(page.locator("#wj-status")).to_contain_text("2 份文档", timeout=PATIENCE_MS)
    page.locator("[data-compare]").click()
    expect(difference.locator(".wj-changed ins")).to_have_text("8", timeout=PATIENCE_MS)
    page.locator("#wj-index [data-close]").click()
    ask(page, COST)
    expect(page.locator(".wj-turn").last.locator(".wj-short")).to_contain_text("6.5亿元")


def test_a_rebuild_is_watched_from_two_pages_answered_beside_and_stopped(
    page: Page, corpus: Path, tmp_path: Path
) -> None:
    rows = (
        json.dumps({"id": str(n), "text": f"第{n}号渠道长{n}公里,灌溉{n * 7}亩,沿线群众都说好。"}) for n in range(BULK)
    )
    (corpus / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    open_drawer(page)
    page.locator("#wj-rebuild").click()
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible(timeout=PATIENCE_MS)
    ask(page, LENGTH)
    expect(page.locator(".wj-turn").last.locator(".wj-short")).to_contain_text("1280米")
    expect(page.locator("#wj-index .wj-left")).to_contain_text("约剩", timeout=PATIENCE_MS)
    shoot(page, "index-rebuilding")

    assert page.context.browser is not None
    other = page.context.browser.new_page(locale="zh-CN")
    other.goto(page.url)
    other.wait_for_selector("#wj-chat .wj-welcome")
    other.locator("#wj-index-open").click()
    expect(other.get_by_role("progressbar")).to_be_visible(timeout=PATIENCE_MS)
    expect(other.locator("#wj-rebuild")).to_be_disabled()
    other.locator("#wj-index-stop").click()
    for one in (page, other):
        expect(one.locator("#wj-index .wj-rebuild")).to_contain_text("重建已停止", timeout=PATIENCE_MS)
        expect(one.locator("#wj-rebuild")).to_be_enabled(timeout=PATIENCE_MS)
    assert [path.name[:5] for path in (tmp_path / "index/snapshots").iterdir()] == ["0001-"]
    ask(page, COST)
    expect(page.locator(".wj-turn").last.locator(".wj-short")).to_contain_text("6.5亿元")


def test_answers_go_stale_with_the_index_and_are_fresh_again_when_it_is_back(
    page: Page, corpus: Path, tmp_path: Path
) -> None:
    ask(page, COST)
    ask(page, LENGTH)
    (corpus / "canal.txt").write_text(CANAL.replace("6.5", "8"), encoding="utf-8")
    open_drawer(page)
    rebuild(page, changed="改动 1 段")
    page.locator("#wj-index [data-close]").click()
    mark = page.locator('.wj-turn[data-turn="1"] .wj-stale')
    expect(mark).to_contain_text("文字已改动,引用的字句已不在", timeout=PATIENCE_MS)
    expect(page.locator('[data-cite="1-1"].wj-outdated').first).to_be_visible()
    expect(page.locator("#wj-chat .wj-stale")).to_have_count(1)
    mark.locator("summary").first.click()
    expect(mark.locator("ins").first).to_have_text("8")
    shoot(page, "stale")

    mark.locator("[data-ask]").click()
    expect(page.locator(".wj-turn")).to_have_count(3, timeout=PATIENCE_MS)
    expect(page.locator('.wj-turn[data-turn="3"] .wj-short')).to_contain_text("8亿元", timeout=PATIENCE_MS)
    expect(page.locator("#wj-chat .wj-stale")).to_have_count(1)  # it is put in again after the conversation was redrawn

    index(tmp_path, "rollback")  # another process: the page finds it out by itself
    expect(page.locator('.wj-turn[data-turn="3"] .wj-stale')).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator('.wj-turn[data-turn="1"] .wj-stale')).to_have_count(0)
    (corpus / "bridge.txt").unlink()
    index(tmp_path, "build")
    expect(page.locator('.wj-turn[data-turn="2"] .wj-stale')).to_contain_text("已不在文档中", timeout=PATIENCE_MS)
    expect(page.locator("#wj-status")).to_contain_text("1 份文档", timeout=PATIENCE_MS)
    page.locator("#wj-new").click()
    expect(page.locator(".wj-turn")).to_have_count(0, timeout=PATIENCE_MS)
    ask(page, COST)
    expect(page.locator("#wj-chat .wj-stale")).to_have_count(0)
