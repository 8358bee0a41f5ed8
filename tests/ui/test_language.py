"""Which language a browser asks for, and the control that changes it."""

import pytest

from tests.ui.pages import Page
from ui.language import accepted, known, picker_html
from ui.messages import LANGUAGES, Language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-TW,zh;q=0.9", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-Hans-SG", "zh"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
        ("en;q=0.3, zh-HK;q=0.7", "zh-Hant"),
        ("fr-FR,de;q=0.9", "en"),
        ("fr, zh;q=0.2", "zh"),
        ("en;q=0, zh-CN", "zh"),
        ("", "zh"),
        ("*", "zh"),
        (";;;q=q,,", "en"),
        ("zh" * 100_000, "en"),
    ],
)
def test_the_browser_s_first_known_language_is_spoken(header: str, language: Language) -> None:
    assert accepted(header) == language


@pytest.mark.parametrize("value", ["", "fr", None, 5, ["zh"], "<script>", "ZH"], ids=repr)
def test_what_is_no_language_of_the_page_is_none(value: object) -> None:
    assert known(value) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_stands_there_under_its_own_name(language: Language) -> None:
    page = Page(picker_html(language))
    options = page.having("value")
    assert [one["value"] for one in options] == list(LANGUAGES)
    assert [one["value"] for one in options if "selected" in one] == [language]
    assert "简体中文" in page.text() and "繁體中文" in page.text() and "English" in page.text()
    assert known(language) == language
    assert page.having("data-tag")[0]["data-settled"] == "1"
    assert 'data-settled="0"' in picker_html(language, settled=False)
