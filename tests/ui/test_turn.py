"""What a question and its answer look like, read back with an HTML parser."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Answer, Citation, Refusal
from rag.messages import Language, say
from tests.ui.pages import HOSTILE, Page, checked
from tests.ui.scripted import ARTICLE, answered, cite, paragraph, refused
from ui.session import Turn
from ui.turn import SHOWN_QUESTION, copy_text, turn_html, where


def turn(answer: Answer, number: int = 1) -> Turn:
    return Turn(number, answer.question, answer, done=True)


def hostile_answer(text: str) -> Answer:
    passage = paragraph(f"甲{text}乙", 1, article=text, headings=(text, "小标题"), document=text)
    citation = Citation(1, passage, f"{text}乙", 1, len(passage.text))
    return Answer(text, f"{text}[1]\n「{text}」[1]", text, (citation,), understood=f"{text}?")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(text: str) -> None:
    page = checked(turn_html(turn(hostile_answer(text)), language="zh"))
    assert text[:SHOWN_QUESTION] in page.text("wj-question") or "\x00" in text
    checked(turn_html(Turn(1, text, error=text, done=True), language="zh"))
    refusal = Refusal("not_stated", text, hostile_answer(text).citations[0])
    checked(turn_html(turn(Answer(text, text, refusal=refusal)), language="zh"))


@given(st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and "\x00" not in text and "[" not in text))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    line = " ".join(text.split()) or "x"
    citation = Citation(1, paragraph(f"a{line}b"), line, 1, 1 + len(line))
    page = checked(turn_html(turn(Answer(line, f"{line}[1]\n「{line}」[1]", "", (citation,))), language="zh"))
    assert page.text("wj-question").endswith(line)
    assert page.text("wj-short") == f"{line}1"
    quotes = "".join(data for data, classes in page.pieces if "wj-quote" in classes and "wj-where" not in classes)
    assert quotes == f"「{line}」1"
    assert page.having("data-copy")[0]["data-copy"] == copy_text(
        turn(Answer(line, f"{line}[1]\n「{line}」[1]", "", (citation,))), language="zh"
    )


def test_each_marker_is_a_button_that_says_where_it_leads() -> None:
    page = checked(turn_html(turn(answered("多长?"), number=7), language="zh"))
    chips = [one for one in page.having("data-cite") if one["class"] == "wj-cite"]
    assert [one["data-cite"] for one in chips] == ["7-1", "7-1", "7-2"]
    assert all(one["type"] == "button" for one in chips)
    assert ARTICLE[1].place in str(chips[0]["aria-label"])
    assert page.text("wj-where") == ARTICLE[1].place + ARTICLE[2].place


def test_the_short_answer_is_set_off_inside_its_quote() -> None:
    assert "<strong>12公里</strong>,灌溉" in turn_html(turn(answered("多长?")), language="zh")


def test_a_marker_without_a_citation_stays_text() -> None:
    citation = cite(ARTICLE[1], "水渠")
    page = checked(turn_html(turn(Answer("问", "数组 a[9] 和 [01] 等。[1][9][01]", "", (citation,))), language="zh"))
    assert page.text("wj-short") == "数组 a[9] 和 [01] 等。1[9][01]"
    assert [one["data-cite"] for one in page.having("data-cite") if one["class"] == "wj-cite"].count("1-1") == 2


def test_a_number_in_brackets_inside_a_quotation_is_the_document_s_own() -> None:
    first, second = cite(ARTICLE[1], "水渠"), cite(ARTICLE[2], "良种", 2)
    page = checked(
        turn_html(turn(Answer("问", "短。[1]\n「见附件[2]和[1]。」[1]", "", (first, second))), language="zh")
    )
    quotes = "".join(data for data, classes in page.pieces if "wj-quote" in classes and "wj-where" not in classes)
    assert quotes == "「见附件[2]和[1]。」1"
    assert ARTICLE[2].place in page.text("wj-sources")
    assert ARTICLE[2].place not in page.text("wj-quote")


def test_a_citation_that_no_quote_line_shows_is_listed_below() -> None:
    first, second = cite(ARTICLE[1], "水渠"), cite(ARTICLE[2], "良种", 2)
    page = checked(
        turn_html(turn(Answer("问", "一句话。[1]\n又一句。[2]\n「水渠」[1]", "", (first, second))), language="zh")
    )
    assert page.text("wj-sources").endswith(f"2 {ARTICLE[2].place}")
    assert ARTICLE[1].place not in page.text("wj-sources")


def test_a_growing_answer_is_busy_and_has_no_tools_yet() -> None:
    growing = Turn(1, "问", answered("问"))
    assert 'aria-busy="true"' in turn_html(growing, language="zh")
    assert not Page(turn_html(growing, language="zh")).having("data-copy")
    assert Page(turn_html(turn(answered("问")), language="zh")).having("data-copy")


def test_a_refusal_looks_different_and_shows_the_nearest_passage() -> None:
    page = checked(turn_html(turn(refused("为什么?"), number=3), language="zh"))
    assert "wj-refusal" in turn_html(turn(refused("为什么?")), language="zh") and "wj-refusal" not in turn_html(
        turn(answered("?")), language="zh"
    )
    assert page.text("wj-reason") == "原文没有说明原因。"
    assert "「农机下田」" in page.text("wj-nearest")
    assert [one["data-cite"] for one in page.having("data-cite")] == ["3-n"]


@pytest.mark.parametrize("kind", ["off_topic", "not_stated", "part_missing", "not_a_question"])
def test_every_kind_of_refusal_has_a_name(kind: str) -> None:
    refusal = Refusal(kind, "理由")  # type: ignore[arg-type]  # the parameter is one of the literals
    assert Page(turn_html(turn(Answer("问", "理由", refusal=refusal)), language="zh")).text("wj-kind").strip()


def test_what_was_understood_is_told_where_it_differs() -> None:
    asked = Answer("那它呢?", "是。", understood="那条水渠呢?")
    assert "那条水渠呢?" in Page(turn_html(turn(asked), language="zh")).text("wj-understood")
    assert "wj-understood" not in turn_html(turn(answered("问")), language="zh")


@pytest.mark.parametrize(
    ("question", "told", "language"),
    [("那它呢?", "理解为:<b>&渠?", "zh-CN"), ("What about it?", "Understood as: <b>&渠?", "en")],
)
def test_what_was_understood_is_told_in_the_language_asked_in_and_escaped(
    question: str, told: str, language: str
) -> None:
    html = turn_html(turn(Answer(question, "是。", understood="<b>&渠?")), language="zh")
    assert f'lang="{language}"' in html
    assert "<b>" not in html
    assert Page(html).text("wj-understood") == told


def test_a_very_long_question_is_cut() -> None:
    shown = Page(turn_html(Turn(1, "长" * 100_000), language="zh")).text("wj-question")
    assert shown.count("长") == SHOWN_QUESTION
    assert shown.endswith("…")


def test_the_copied_text_carries_its_citations() -> None:
    lines = copy_text(turn(answered("多长?")), language="zh").split("\n")
    assert lines[:2] == ["多长?", "12公里。[1]"]
    assert lines[-1] == f"[2] {ARTICLE[2].place}:「良种到户12公里」"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_said_of_a_language_model_is_shown_as_text(text: str) -> None:
    page = checked(turn_html(turn(replace(answered("问"), notice=text)), language="zh"))
    assert text in page.text("wj-model") or "\x00" in text
    assert "wj-model" not in turn_html(turn(answered("问")), language="zh")


def test_prose_of_a_language_model_has_no_line_set_in_large_type() -> None:
    passage = cite(ARTICLE[1], "水渠")
    written = Answer("问", "修好了水渠。[1]\n水利先行。[1]", "水渠", (passage,), origin="generative")
    page = checked(turn_html(turn(written), language="zh"))
    assert page.text("wj-line") == "修好了水渠。1水利先行。1"
    assert page.text("wj-short") == ""


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "en"])
def test_an_english_question_is_framed_in_english_whatever_the_reader_reads(language: Language) -> None:
    nearest = cite(ARTICLE[0], "农机下田")
    reason = say("refusal.off_topic", "zh")
    answer = Answer("How long?", reason, refusal=Refusal("off_topic", reason, nearest))
    page = checked(turn_html(turn(answer), language=language))
    assert page.text("wj-reason") == say("refusal.off_topic", "en")
    assert page.text("wj-kind").isascii()
    assert "农机下田" in page.text("wj-nearest")
    assert f"paragraph {nearest.paragraph.position}" in page.text("wj-where")


def test_a_chinese_question_is_framed_in_the_script_that_is_read() -> None:
    own = say("premise.yes", "zh"), say("premise.wrong", "zh", figure="里面4亿元")
    citation = cite(ARTICLE[1], "水渠")
    answer = Answer("是吗?", f"{own[1]}[1]\n{own[0]}[1]\n「水渠」[1]", own[0], (citation,), own=own)
    page = checked(turn_html(turn(answer), language="zh-Hant"))
    assert page.text("wj-short") == "問題裡的數字與原文不同,原文寫的是里面4亿元1"
    assert page.text("wj-quote").startswith("「水渠」")


def test_a_place_is_told_as_its_reader_would_say_it() -> None:
    citation = cite(ARTICLE[1], "水渠")
    assert where(citation, "zh") == where(citation, "zh-Hant") == ARTICLE[1].place
    assert where(citation, "en") == "《春耕备耕有序展开》一、抓早 · 水利先行, paragraph 1"


def test_each_number_carries_its_footnote() -> None:
    page = checked(turn_html(turn(answered("多长?")), language="zh"))
    notes = [one["data-note"] for one in page.having("data-note")]
    assert notes[-1] == f"[2] {ARTICLE[2].place}:「良种到户12公里」"
    assert notes[0] == notes[1] == f"[1] {ARTICLE[1].place}:「全县修好水渠12公里,灌溉3000亩」"


def test_a_question_can_be_edited_and_only_the_latest_asked_again() -> None:
    page = checked(turn_html(turn(answered("\n<b>?"), number=4), language="zh"))
    assert page.text("wj-editor").startswith("\n\n<b>?")  # a browser drops the first line end of a text area
    assert page.having("data-edit") and not page.having("data-retry")
    latest = checked(turn_html(turn(answered("?"), number=4), language="zh", latest=True))
    assert [one["data-retry"] for one in latest.having("data-retry")] == ["4"]
    assert not checked(turn_html(Turn(4, "问", answered("问")), language="zh", latest=True)).having("data-retry")


@pytest.mark.parametrize("answer", [None, answered("问")], ids=["nothing came", "something came"])
def test_what_was_stopped_says_so(answer: Answer | None) -> None:
    page = checked(turn_html(Turn(1, "问", answer, done=True, stopped=True), language="zh", latest=True))
    assert page.text("wj-stopped") == "已停止"
    assert page.having("data-retry")
    assert not page.having("aria-busy") and "wj-waiting" not in page.text()
