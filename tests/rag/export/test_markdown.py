"""Markdown read back by a real parser: what was text is text, and nothing else has come of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from rag.export.markdown import escaped, markdown
from tests.rag.export.papers import HOSTILE, as_paper, hostile, plain

OURS = {"heading", "paragraph", "bullet_list", "list_item", "blockquote"}


def tokens(text: str) -> list[Token]:
    """All tokens of a text read with tables, strike-through and HTML on."""
    parsed = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    return [inner for token in parsed for inner in (token, *(token.children or ()))]


def shown(text: str) -> str:
    return "".join(token.content for token in tokens(text) if token.type in ("text", "text_special"))


def test_the_footnotes_are_there_and_referred_to() -> None:
    text = markdown(as_paper(plain()))
    defined = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    assert defined == ["1", "2", "3", "4", "5"]
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(defined)
    assert "12公里。[^1]" in text and "> 「良种到户12公里」[^2]" in text
    assert text.startswith("# 水渠多长?\n")


def test_nothing_that_documents_and_people_say_becomes_more_than_text() -> None:
    text = markdown(as_paper(hostile()))
    kinds = {re.sub("_(open|close)$", "", token.type) for token in tokens(text)}
    assert kinds <= OURS | {"inline", "text", "text_special"}, kinds
    headings = [token for token in tokens(text) if token.type == "heading_open"]
    assert len(headings) == 3
    assert re.findall(r"(?<!\\)\[\^(\d+)\]", text) == [
        "1",
        "1",
        "1",
    ]  # two references and a note; no forged ones
    assert "\u202e" not in text and "\u200b" not in text and "\0" not in text
    assert "https://" not in text and "www.evil" not in text and "a@b" not in text  # no bare link either


@pytest.mark.parametrize(
    "text",
    ["# 一", "- 一", "+ 一", "1. 一", "12) 一", "---", "===", "> 一", "    一", "|a|b|", "```", "a  ", "[x]: y", "!"],
)
def test_a_line_reads_as_it_is_written(text: str) -> None:
    assert [token.type for token in tokens(escaped(text)) if token.level == 0][:1] == ["paragraph_open"]
    assert shown(escaped(text)) == text.strip()


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_any_line_reads_as_it_is_written(text: str) -> None:
    assert shown(escaped(text)) == text


@given(st.lists(st.sampled_from(list("#-+*_`[]()<>!&|~:/\\ 1.a字=^$\"'")), max_size=20).map("".join))
def test_any_signs_read_as_they_are_written(text: str) -> None:
    assert shown(escaped(text)) == " ".join(text.split())
    assert {token.type for token in tokens(escaped(text))} <= {
        "paragraph_open",
        "paragraph_close",
        "inline",
        "text",
        "text_special",
    }


def test_invisible_signs_are_left_out_and_lines_joined() -> None:
    assert escaped("甲\u202e乙\u200b\r\n丙") == "甲乙 丙"
    assert "点我" in shown(escaped(HOSTILE))
