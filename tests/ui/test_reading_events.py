"""What the panel's script may send, and what becomes of it when somebody else sends something."""

import json
from typing import Any

import gradio as gr
import pytest

from tests.ui.serving import get
from ui.reading_events import _language, _text


def event(**data: Any) -> gr.EventData:
    return gr.EventData(None, data)


def test_the_events_of_reading_are_no_public_calls(url: str) -> None:
    dependencies = json.loads(get(f"{url}/config")[2])["dependencies"]
    reading = {"cite", "open_at", "open_document", "raw_page", "raw_part", "browse", "find_words", "shelve"}
    found = {event: one["api_visibility"] for one in dependencies for _, event in one["targets"] if event in reading}
    assert set(found) == reading and set(found.values()) == {"private"}


@pytest.mark.parametrize(
    ("sent", "spoken"), [("zh", "zh"), ("en", "en"), ("", "zh"), ("both", "zh"), ("xx", "zh"), (5, "zh")]
)
def test_the_language_is_one_that_there_is(sent: Any, spoken: str) -> None:
    assert _language(event(language=sent)) == spoken
    assert _language(event()) == "zh"


@pytest.mark.parametrize("sent", [None, 5, ["a"], {"a": 1}], ids=repr)
def test_what_is_no_text_is_none(sent: Any) -> None:
    assert _text(event(key=sent), "key") == _text(event(), "key") == ""
    assert len(_text(event(key="长" * 10_000), "key")) == 2000
