"""What the conversation looks like, read back with an HTML parser."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Answer, Citation, Refusal
from tests.ui.pages import Page
from tests.ui.scripted import ARTICLE, answered, cite, paragraph, refused
from ui.render import SHOWN_QUESTION, chat_html, copy_text, notice_html, turn_html, welcome_html
from ui.session import MAX_TURNS, Session, Turn

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="http://evil.example/x.png" onerror="alert(1)">',
    "[点这里](javascript:alert(1))",
    "![图](http://evil.example/x.png)",
    "]]><!-- <![CDATA[",
    "$\\latex$ ${value} {{value}} {number} %s",
    "**粗** _斜_ `码` # 题",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus=alert(1) '",
    "</blockquote></article><h1>",
    "&lt;b&gt; &amp; &#x3c;",
    "很" * 5000,
    "\x00\u202e\u2028\u2029\ufeff",
]
TAGS = {
    "article",
    "section",
    "h2",
    "h3",
    "span",
    "div",
    "p",
    "figure",
    "blockquote",
    "figcaption",
    "button",
    "strong",
    "ul",
    "li",
    "details",
    "summary",
}
ATTRIBUTES = {"class", "lang", "type", "role", "aria-label", "aria-busy"}
ATTRIBUTES |= {"data-turn", "data-cite", "data-copy", "data-copied", "data-ask"}
ATTRIBUTES |= {"data-why", "data-language", "data-why-again", "hidden", "aria-live"}


def checked(html: str) -> Page:
    page = Page(html)
    assert {tag for tag, _ in page.tags} <= TAGS
    assert {name for _, attributes in page.tags for name in attributes} <= ATTRIBUTES
    return page


def turn(answer: Answer, number: int = 1) -> Turn:
    return Turn(number, answer.question, answer, done=True)


def hostile_answer(text: str) -> Answer:
    passage = paragraph(f"甲{text}乙", 1, article=text, headings=(text, "小标题"), document=text)
    citation = Citation(1, passage, f"{text}乙", 1, len(passage.text))
    return Answer(text, f"{text}[1]\n「{text}」[1]", text, (citation,), understood=f"{text}?")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(text: str) -> None:
    page = checked(turn_html(turn(hostile_answer(text))))
    assert text[:SHOWN_QUESTION] in page.text("wj-question") or "\x00" in text
    checked(turn_html(Turn(1, text, error=text, done=True)))
    checked(welcome_html([text]))
    checked(notice_html(text))
    refusal = Refusal("not_stated", text, hostile_answer(text).citations[0])
    checked(turn_html(turn(Answer(text, text, refusal=refusal))))


@given(st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and "\x00" not in text and "[" not in text))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    line = " ".join(text.split()) or "x"
    citation = Citation(1, paragraph(f"a{line}b"), line, 1, 1 + len(line))
    page = checked(turn_html(turn(Answer(line, f"{line}[1]\n「{line}」[1]", "", (citation,)))))
    assert page.text("wj-question").endswith(line)
    assert page.text("wj-short") == f"{line}1"
    quotes = "".join(data for data, classes in page.pieces if "wj-quote" in classes and "wj-where" not in classes)
    assert quotes == f"「{line}」1"
    assert page.having("data-copy")[0]["data-copy"] == copy_text(
        turn(Answer(line, f"{line}[1]\n「{line}」[1]", "", (citation,)))
    )


def test_each_marker_is_a_button_that_says_where_it_leads() -> None:
    page = checked(turn_html(turn(answered("多长?"), number=7)))
    chips = [one for one in page.having("data-cite") if one["class"] == "wj-cite"]
    assert [one["data-cite"] for one in chips] == ["7-1", "7-1", "7-2"]
    assert all(one["type"] == "button" for one in chips)
    assert ARTICLE[1].place in str(chips[0]["aria-label"])
    assert page.text("wj-where") == ARTICLE[1].place + ARTICLE[2].place


def test_the_short_answer_is_set_off_inside_its_quote() -> None:
    assert "<strong>12公里</strong>,灌溉" in turn_html(turn(answered("多长?")))


def test_a_marker_without_a_citation_stays_text() -> None:
    citation = cite(ARTICLE[1], "水渠")
    page = checked(turn_html(turn(Answer("问", "数组 a[9] 和 [01] 等。[1][9][01]", "", (citation,)))))
    assert page.text("wj-short") == "数组 a[9] 和 [01] 等。1[9][01]"
    assert [one["data-cite"] for one in page.having("data-cite") if one["class"] == "wj-cite"].count("1-1") == 2


def test_a_number_in_brackets_inside_a_quotation_is_the_document_s_own() -> None:
    first, second = cite(ARTICLE[1], "水渠"), cite(ARTICLE[2], "良种", 2)
    page = checked(turn_html(turn(Answer("问", "短。[1]\n「见附件[2]和[1]。」[1]", "", (first, second)))))
    quotes = "".join(data for data, classes in page.pieces if "wj-quote" in classes and "wj-where" not in classes)
    assert quotes == "「见附件[2]和[1]。」1"
    assert ARTICLE[2].place in page.text("wj-sources")
    assert ARTICLE[2].place not in page.text("wj-quote")


def test_a_citation_that_no_quote_line_shows_is_listed_below() -> None:
    first, second = cite(ARTICLE[1], "水渠"), cite(ARTICLE[2], "良种", 2)
    page = checked(turn_html(turn(Answer("问", "一句话。[1]\n又一句。[2]\n「水渠」[1]", "", (first, second)))))
    assert page.text("wj-sources").endswith(f"2 {ARTICLE[2].place}")
    assert ARTICLE[1].place not in page.text("wj-sources")


def test_a_growing_answer_is_busy_and_has_no_tools_yet() -> None:
    growing = Turn(1, "问", answered("问"))
    assert 'aria-busy="true"' in turn_html(growing)
    assert not Page(turn_html(growing)).having("data-copy")
    assert Page(turn_html(turn(answered("问")))).having("data-copy")


def test_a_refusal_looks_different_and_shows_the_nearest_passage() -> None:
    page = checked(turn_html(turn(refused("为什么?"), number=3)))
    assert "wj-refusal" in turn_html(turn(refused("为什么?"))) and "wj-refusal" not in turn_html(turn(answered("?")))
    assert page.text("wj-reason") == "原文没有说明原因。"
    assert "「农机下田」" in page.text("wj-nearest")
    assert [one["data-cite"] for one in page.having("data-cite")] == ["3-n"]


@pytest.mark.parametrize("kind", ["off_topic", "not_stated", "part_missing", "not_a_question"])
def test_every_kind_of_refusal_has_a_name(kind: str) -> None:
    refusal = Refusal(kind, "理由")  # type: ignore[arg-type]  # the parameter is one of the literals
    assert Page(turn_html(turn(Answer("问", "理由", refusal=refusal)))).text("wj-kind").strip()


def test_what_was_understood_is_told_where_it_differs() -> None:
    asked = Answer("那它呢?", "是。", understood="那条水渠呢?")
    assert "那条水渠呢?" in Page(turn_html(turn(asked))).text("wj-understood")
    assert "wj-understood" not in turn_html(turn(answered("问")))


@pytest.mark.parametrize(
    ("question", "told", "language"),
    [("那它呢?", "理解为:<b>&渠?", "zh-CN"), ("What about it?", "Understood as: <b>&渠?", "en")],
)
def test_what_was_understood_is_told_in_the_language_asked_in_and_escaped(
    question: str, told: str, language: str
) -> None:
    html = turn_html(turn(Answer(question, "是。", understood="<b>&渠?")))
    assert f'<p class="wj-understood" lang="{language}">' in html
    assert "<b>" not in html
    assert Page(html).text("wj-understood") == told


def test_a_very_long_question_is_cut() -> None:
    shown = Page(turn_html(Turn(1, "长" * 100_000))).text("wj-question")
    assert shown.count("长") == SHOWN_QUESTION
    assert shown.endswith("…")


def test_dropped_turns_are_owned_up_to() -> None:
    session = Session()
    for number in range(MAX_TURNS + 2):
        session = session.begin(f"第{number}个").grow(answered("问")).finish()
    page = Page(chat_html(session))
    assert "2" in page.text("wj-dropped") and str(MAX_TURNS) in page.text("wj-dropped")
    assert page.having("data-turn")[0]["data-turn"] == "3"


def test_the_copied_text_carries_its_citations() -> None:
    lines = copy_text(turn(answered("多长?"))).split("\n")
    assert lines[:2] == ["多长?", "12公里。[1]"]
    assert lines[-1] == f"[2] {ARTICLE[2].place}:「良种到户12公里」"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_said_of_a_language_model_is_shown_as_text(text: str) -> None:
    page = checked(turn_html(turn(replace(answered("问"), notice=text))))
    assert text in page.text("wj-model") or "\x00" in text
    assert "wj-model" not in turn_html(turn(answered("问")))


def test_prose_of_a_language_model_has_no_line_set_in_large_type() -> None:
    passage = cite(ARTICLE[1], "水渠")
    written = Answer("问", "修好了水渠。[1]\n水利先行。[1]", "水渠", (passage,), origin="generative")
    page = checked(turn_html(turn(written)))
    assert page.text("wj-line") == "修好了水渠。1水利先行。1"
    assert page.text("wj-short") == ""
