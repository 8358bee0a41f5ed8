"""The tables of what was measured: every number is there as text, and adds up as it is told."""

from dataclasses import fields
from typing import get_args

import pytest

from rag.chatbot import Chatbot
from rag.evidence import Weights
from rag.explanation import Explanation, Passage, Reason
from rag.judgement import Judgement, Part, Rule
from rag.matches import Match, Where, Word
from rag.question import AnswerType
from rag.refusal import Signals
from tests.ui.pages import Page
from ui.measures import parts_html, sentence_html, signals_html, signed, unsigned, words_html
from ui.messages import LANGUAGES, Language, say

NAMES = {
    "part": [one.name for one in fields(Weights)],
    "signal": [one.name for one in fields(Signals)],
    "rule": get_args(Rule),
    "reason": get_args(Reason),
    "match": get_args(Match),
    "where": get_args(Where),
    "form": get_args(AnswerType),
}


@pytest.fixture
def told(indexed: Chatbot) -> Explanation:
    return indexed.explain("盘活的闲置土地有多少亩?")[0]


@pytest.mark.parametrize("group", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_measured_has_a_name(group: str, language: Language) -> None:
    for name in NAMES[group]:
        assert say.texts[language][f"why.{group}.{name}"]


@pytest.mark.parametrize(
    ("number", "with_sign", "without"),
    [(0.5, "+0.50", "0.50"), (-1.234, "−1.23", "−1.23"), (-0.001, "0.00", "0.00"), (0.0, "0.00", "0.00")],
)
def test_numbers_carry_a_sign_that_is_no_hyphen(number: float, with_sign: str, without: str) -> None:
    assert (signed(number), unsigned(number)) == (with_sign, without)


def test_a_word_is_told_with_its_share_what_stands_there_and_where() -> None:
    words = (Word("大夫", 0.75, 0.6, "meaning", "sentence", "医生"), Word("<b>", 0.25, 0.0, "none", "nowhere"))
    page = Page(words_html(words, "zh"))
    assert "大夫75%医生 意思相近这一句" in page.text("wj-why-table")
    assert "<b>25% 没有都没有" in page.text("wj-why-none")
    assert [one["scope"] for one in page.having("scope")] == ["col"] * 4 + ["row"] * 2
    assert words_html((), "zh") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rows_of_a_score_are_its_parts_and_their_sum(told: Explanation, language: Language) -> None:
    passage = told.passages[0]
    assert passage.evidence is not None
    page = Page(parts_html(passage, language))
    figures = [data for data, classes in page.pieces if "wj-why-figure" in classes]
    for part in passage.parts:
        assert signed(part.contribution) in figures
    assert figures[-1] == signed(passage.evidence.score)


def test_the_rows_of_a_verdict_are_its_signals_and_the_start() -> None:
    judgement = Judgement("not_stated", (Part("coverage", 0.5, 1.0), Part("gap", 1.0, -2.0)), bias=-1.0)
    html = signals_html(judgement, "zh")
    figures = [data for data, classes in Page(html).pieces if "wj-why-figure" in classes]
    assert figures == ["0.50", "× 1", "+0.50", "1.00", "× −2", "−2.00", "−1.00", "−2.50"]
    assert html.count("wj-why-against") == 2  # what speaks against an answer is drawn as such
    assert "--share: 100%" in html and "--share: 25%" in html
    assert signals_html(Judgement("off_topic"), "zh") == ""


def test_the_words_are_marked_where_they_stand_in_the_sentence(told: Explanation) -> None:
    passage = told.passages[0]
    assert passage.evidence is not None
    page = Page(sentence_html(passage, "zh"))
    assert page.text("wj-why-sentence") == passage.evidence.text
    assert set(page.text("wj-why-word")) == set("盘活闲置土地亩")


def test_what_was_not_searched_for_has_no_sentence(told: Explanation) -> None:
    passage = Passage(told.passages[0].paragraph, "point")
    assert sentence_html(passage, "zh") == parts_html(passage, "zh") == ""
