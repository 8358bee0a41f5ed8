"""Why these passages, read back with an HTML parser: plain sentences, ranks with their terms, nothing unescaped."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.paragraph import Span
from rag.answer import Answer, Refusal
from rag.chatbot import Chatbot
from rag.citations import cite
from rag.explanation import Passage
from rag.judgement import Judgement
from tests.rag.conftest import chatbot_over
from tests.ui.pages import Page
from tests.ui.scripted import answered, refused
from ui.messages import LANGUAGES, Language
from ui.session import Turn
from ui.why import fold_html, key_of, why_html

TAGS = {"section", "div", "p", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "details", "summary", "button", "span"}
TAGS |= {"b", "small", "blockquote", "mark", "table", "caption", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"class", "lang", "type", "role", "aria-label", "aria-hidden", "data-cite", "scope", "colspan", "style"}
HOSTILE = '<img src="http://evil.example/x.png" onerror="alert(1)"> </blockquote></table> ${value} {rank} & "引号"'


def checked(html: str) -> Page:
    page = Page(html)
    assert {tag for tag, _ in page.tags} <= TAGS
    assert {name for _, attributes in page.tags for name in attributes} <= ATTRIBUTES
    return page


def asked(chatbot: Chatbot, question: str, language: Language = "zh") -> Page:
    turn = Turn(3, question, chatbot.answer(question), done=True)
    return checked(why_html(turn, chatbot.explain(question), language=language))


def test_an_answer_tells_each_citation_its_ranks_and_its_words(indexed: Chatbot) -> None:
    page = asked(indexed, "盘活的闲置土地有多少亩?")
    assert "它最像答案" in page.text("wj-why-cited")
    ranks = page.text("wj-why-ranks")
    assert ranks.startswith("字面匹配 BM25 第 1 名 36.33 分语义匹配 向量 第 1 名 余弦 0.58合并 第 1 名 1.58 分证据分 ")
    assert "字面匹配到:「盘活」「闲置土地」" in page.text("wj-why-terms")
    assert [one["data-cite"] for one in page.having("data-cite")] == ["3-1"]
    assert "没有采用的 9 个段落" in page.text("wj-why-more")
    assert "没有采用:没有所问的数字。" in page.text("wj-why-more")
    assert "够了" in page.text("wj-why-verdict")


def test_a_refusal_tells_first_what_fell_short(indexed: Chatbot) -> None:
    page = asked(indexed, "产业园的设计时速是多少?")
    verdict = page.text("wj-why-verdict")
    assert "不够:至少要 50%" in verdict and verdict.count("「设计」「时速」") == 1
    assert page.text("wj-why-told").startswith("差在哪里")
    assert "它最接近所问" in page.text("wj-why-more")
    assert not page.having("data-cite")


def test_weak_evidence_is_told_with_the_signal_that_falls_shortest(indexed: Chatbot) -> None:
    verdict = asked(indexed, "红烧肉应该怎么做?").text("wj-why-verdict")
    assert "证据不够" in verdict and "差得最多的一项:“" in verdict


def test_the_rule_that_speaks_against_an_answer_is_told_with_its_words(indexed: Chatbot) -> None:
    assert "问题问的是「二期」" in asked(indexed, "产业园二期什么时候开工?").text("wj-why-verdict")


def test_what_meaning_alone_found_has_no_rank_by_letters(indexed: Chatbot) -> None:
    page = asked(indexed, "How much was invested in the sensor park?", "en")
    assert "By letters (BM25) not found" in page.text("wj-why-ranks")
    assert page.text("wj-why-like")
    assert "paragraph 1" in page.text("wj-why-place")


def test_the_points_of_a_heading_are_told_as_such(indexed: Chatbot) -> None:
    page = asked(indexed, "加强社会保障和服务部分有哪些内容?")
    assert "不比较句子" in page.text("wj-why-note")
    assert not page.text("wj-why-verdict")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_stands_alone(indexed: Chatbot, language: Language) -> None:
    page = asked(indexed, "盘活的闲置土地有多少亩?", language)
    assert ("Cited passages" in page.text()) == (language == "en")
    assert ("引用的段落" in page.text()) == (language != "en"), "the same in both scripts"


def test_hostile_documents_and_questions_stay_text(tmp_path: Path) -> None:
    text = f"# 海棠渠{HOSTILE}通水\n\n海棠渠长12公里{HOSTILE}。\n\n海棠渠很美{HOSTILE}。\n"
    chatbot = chatbot_over(tmp_path, {"恶意.md": text})
    for question in ("海棠渠长多少公里?", f"海棠渠{HOSTILE}的时速是多少?"):
        page = asked(chatbot, question)
        assert '<img src="http://evil.example/x.png"' in page.text("wj-why-sentence")


def test_an_index_that_changed_since_is_owned_up_to(indexed: Chatbot) -> None:
    question = "盘活的闲置土地有多少亩?"
    answer = indexed.answer(question)
    explanations = indexed.explain(question)
    old = Turn(1, question, replace(answer, index_version="v0"), done=True)
    assert "索引更新过" in checked(why_html(old, explanations, language="zh")).text("wj-why-note")
    now = Turn(1, question, answer, done=True)
    assert not checked(why_html(now, explanations, language="zh")).text("wj-why-note")


def test_sides_that_were_looked_up_by_themselves_are_told_apart(indexed: Chatbot) -> None:
    both = [*indexed.explain("产业园总投资多少?"), *indexed.explain("盘活的闲置土地有多少亩?")]
    turn = Turn(1, "哪个多?", answered("哪个多?"), done=True)
    page = checked(why_html(turn, both, language="zh"))
    assert "分开查找:产业园总投资多少?" in page.text() and "分开查找:盘活的闲置土地有多少亩?" in page.text()


def test_a_passage_that_was_not_searched_for_says_so(indexed: Chatbot) -> None:
    (found,) = indexed.explain("盘活的闲置土地有多少亩?")
    paragraph = found.passages[0].paragraph
    point = Passage(paragraph, "point", cite(1, paragraph, Span(0, 4)))
    told = replace(found, passages=(point,), judgement=None)
    page = checked(why_html(Turn(1, "问", answered("问"), done=True), [told], language="zh"))
    assert "没有名次" in page.text("wj-why-cited")


def test_an_endless_bearing_is_a_certainty(indexed: Chatbot) -> None:
    (found,) = indexed.explain("盘活的闲置土地有多少亩?")
    judgement = replace(found.judgement or Judgement(None), bias=1e9)
    told = replace(found, judgement=judgement)
    assert "100%" in checked(why_html(Turn(1, "问", answered("问")), [told], language="zh")).text("wj-why-verdict")


def test_without_a_search_there_is_nothing_to_tell() -> None:
    assert "没有经过检索" in checked(why_html(Turn(1, "问", answered("问")), [], language="zh")).text()


def test_the_fold_is_empty_until_it_is_opened_and_asks_by_its_key() -> None:
    turn = Turn(7, "多长?", answered("多长?"), done=True)
    page = Page(fold_html(turn, language="zh"))
    ((_, fold), *_) = page.tags
    assert fold["data-why"] == key_of(turn) and str(fold["data-why"]).startswith("7-")
    assert "open" not in fold and page.text("wj-why-slot") == ""
    assert all("hidden" in one for one in page.having("role"))
    assert "为什么没有回答" in fold_html(Turn(7, "多长?", refused("多长?"), done=True), language="zh")


def test_the_key_names_what_was_said() -> None:
    turn = Turn(1, "甲\ud800", answered("甲"), done=True)
    others = [replace(turn, number=2), replace(turn, question="乙"), replace(turn, answer=answered("甲", short="3亩"))]
    assert len({key_of(one) for one in (turn, *others)}) == 4


def test_what_is_not_over_or_was_no_question_has_no_fold() -> None:
    assert fold_html(Turn(1, "问", answered("问")), language="zh") == ""
    assert fold_html(Turn(1, "问", error="坏了", done=True), language="zh") == ""
    nothing = Answer("?", "没有看出问题", refusal=Refusal("not_a_question", "没有看出问题"))
    assert fold_html(Turn(1, "?", nothing, done=True), language="zh") == ""
