"""What stands around the turns, read back with an HTML parser."""

import pytest

from rag.chatbot import Status
from rag.messages import Language
from tests.ui.pages import HOSTILE, Page, checked
from tests.ui.scripted import answered
from ui.messages import say
from ui.render import brand_html, chat_html, next_html, notice_html, status_html, welcome_html
from ui.session import MAX_TURNS, Session

LANGUAGES: list[Language] = ["zh", "zh-Hant", "en"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(text: str) -> None:
    checked(welcome_html([text], language="zh"))
    checked(notice_html(text))
    checked(status_html(Status(text, text, (text,), 3, text), language="en"))


def test_dropped_turns_are_owned_up_to() -> None:
    session = Session()
    for number in range(MAX_TURNS + 2):
        session = session.begin(f"第{number}个").grow(answered("问")).finish()
    page = Page(chat_html(session, language="zh"))
    assert "2" in page.text("wj-dropped") and str(MAX_TURNS) in page.text("wj-dropped")
    assert page.having("data-turn")[0]["data-turn"] == "3"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_language_at_a_time(language: Language) -> None:
    session = Session().begin("多长?").grow(answered("多长?")).finish()
    shown = chat_html(session, language=language) + welcome_html(["甲?"], language=language)
    shown += brand_html(language=language) + status_html(Status("v", "d", ("a",), 3, "m"), language=language)
    page = checked(shown)
    for key in ("chat.copy", "chat.you", "chat.welcome", "chat.examples", "page.motto"):
        for other in LANGUAGES:
            told = say(key, other)
            assert (told in page.text()) == (told in {say(key, language)} or told in say(key, language)), (key, other)


def test_a_suggestion_says_what_a_click_asks() -> None:
    page = Page(welcome_html(["甲?", "乙?"], language="en"))
    assert [one["data-ask"] for one in page.having("data-ask")] == ["甲?", "乙?"]
    assert "wj-examples" not in welcome_html([], language="en")


def test_what_to_ask_next_has_a_name_and_is_nothing_when_there_is_nothing() -> None:
    page = checked(next_html(["甲?", "<乙>?"], language="zh"))
    assert [one["data-ask"] for one in page.having("data-ask")] == ["甲?", "<乙>?"]
    assert page.having("aria-labelledby")[0]["aria-labelledby"] == page.having("id")[0]["id"]
    assert next_html([], language="zh") == ""
