"""What is kept of a turn, as a browser reads it."""

from dataclasses import replace

import pytest

from tests.ui.pages import Page
from tests.ui.scripted import answered, refused
from ui.kept import export_html, interrupted_html, tools_html, unsaved_html
from ui.messages import Language
from ui.session import Session, Turn

HOSTILE = '"><script>x</script>&'
DONE = Turn(3, "问", answered("问"), done=True, kept=True)


@pytest.mark.parametrize("turn", [DONE, replace(DONE, answer=refused("问"))], ids=["answer", "refusal"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_saved_answer_has_thumbs_and_an_export_menu(turn: Turn, language: Language) -> None:
    page = Page(tools_html(turn, language=language))
    assert [one["data-thumb"] for one in page.having("data-thumb")] == ["up", "down"]
    assert [one["data-export"] for one in page.having("data-export")] == ["md", "docx", "json"]
    assert {one["data-of"] for one in page.having("data-of")} == {"3"}
    assert all(one["aria-pressed"] == "false" for one in page.having("data-thumb"))


def test_the_pressed_thumb_carries_its_note() -> None:
    page = Page(tools_html(replace(DONE, verdict="down", note=HOSTILE), language="zh"))
    up, down = page.having("data-thumb")
    assert (up["aria-pressed"], up["data-note"]) == ("false", "")
    assert (down["aria-pressed"], down["data-note"]) == ("true", HOSTILE)


@pytest.mark.parametrize(
    "turn",
    [replace(DONE, done=False), replace(DONE, kept=False), replace(DONE, answer=None, error="坏")],
    ids=["growing", "unsaved", "failed"],
)
def test_what_is_not_saved_cannot_be_judged_or_exported(turn: Turn) -> None:
    assert tools_html(turn, language="zh") == ""


def test_an_interrupted_question_is_asked_again_with_a_click() -> None:
    page = Page(interrupted_html(Turn(1, HOSTILE, interrupted=True), language="zh"))
    assert [one["data-ask"] for one in page.having("data-ask")] == [HOSTILE]
    assert not [tag for tag, _ in page.tags if tag == "script"]


def test_why_nothing_is_saved_is_told_as_text() -> None:
    assert unsaved_html(Session(), language="zh") == ""
    assert HOSTILE in Page(unsaved_html(Session(unsaved=HOSTILE), language="zh")).text()


def test_a_chat_of_the_list_is_exported_by_its_id() -> None:
    page = Page(export_html(language="zh", chat="abc"))
    assert {one["data-from"] for one in page.having("data-export")} == {"abc"} and not page.having("data-of")
