"""What may be asked next: answered by the corpus, new, near, and cheap to find."""

from pathlib import Path

import pytest

from index.paragraph import Paragraph
from rag.answer import Answer, Citation
from rag.chatbot import Chatbot
from rag.suggestions import LOOKED_AT, MOST, MOST_TRIED, Surroundings, suggestions
from tests.rag.conftest import chatbot_over

COUNTY = """# 云水县水利建设

## 一、抓好水库

云水水库总投资3.2亿元。云水水库大坝全长820米。

云水水库新增库容两千万立方米,安置移民1200人。

## 二、修好水渠

灌区新修水渠长度达到45公里。

# 云水县修路

今年全县新修公路里程120公里,惠及村民三万人。
"""


def answered_by(paragraph: Paragraph, question: str) -> Answer:
    return Answer(question, "", citations=(Citation(1, paragraph, paragraph.text, 0, len(paragraph.text)),))


@pytest.fixture
def county(tmp_path: Path) -> Chatbot:
    return chatbot_over(tmp_path, {"county.md": COUNTY})


@pytest.mark.parametrize(
    "question", ["云水水库总投资多少元?", "新修公路多少公里?", "红烧肉怎么做?", "How long is the dam?"]
)
def test_every_suggestion_is_answered_and_new(county: Chatbot, question: str) -> None:
    answer = county.answer(question)
    found = county.suggestions(answer, [question])
    assert 2 <= len(found) <= MOST
    assert len({*found, question}) == len(found) + 1
    told = {citation.quote for citation in answer.citations}
    for one in found:
        quotes = {citation.quote for citation in county.answer(one, [question]).citations}
        assert quotes and not quotes <= told, one


def test_a_chat_that_follows_the_suggestions_never_gets_one_twice(county: Chatbot) -> None:
    history = ["云水水库总投资多少元?"]
    for _ in range(8):
        found = county.suggestions(county.answer(history[-1], history[:-1]), history)
        assert not {*found} & {*history}
        if not found:
            break
        history.append(found[0])
    assert len(history) > 3


def test_the_same_question_in_another_width_or_script_counts_as_asked() -> None:
    passage = Paragraph("1", "云水水库总投资3亿元。", "d")
    around = Surroundings(passage, [passage])
    for asked in ("云水水库总投资多少元?", "云水水库总投资多少元", "雲水水庫總投資多少元?"):
        other = answered_by(Paragraph("2", "别的。", "d"), "别的?")
        assert suggestions(other, around, asked=[asked], reply=lambda q: answered_by(passage, q)) == ()
        assert suggestions(other, around, asked=[], reply=lambda q: answered_by(passage, q)) != ()


def test_what_cites_another_paragraph_or_nothing_new_is_not_offered() -> None:
    passage, other = Paragraph("1", "云水水库总投资3亿元。", "d"), Paragraph("2", "别的。", "d")
    around = Surroundings(passage, [passage])
    before = answered_by(other, "别的?")
    assert suggestions(before, around, asked=[], reply=lambda q: answered_by(other, q)) == ()
    assert suggestions(answered_by(passage, "x?"), around, asked=[], reply=lambda q: answered_by(passage, q)) == ()


def test_a_million_paragraphs_cost_no_more_than_a_few() -> None:
    article = [Paragraph(str(row), f"第一水库工程总投资{row + 1}亿元。", "d", position=row) for row in range(2000)]
    tried: list[str] = []

    def refuse(question: str) -> Answer:
        tried.append(question)
        return Answer(question, "")

    spare = [f"第{number}个?" for number in range(100)]
    around = Surroundings(article[1000], article, article[:50], spare)
    assert suggestions(answered_by(article[1000], "x?"), around, asked=[], reply=refuse) == ()
    assert len(tried) <= MOST_TRIED < LOOKED_AT


def test_there_are_none_without_an_index(county: Chatbot, tmp_path: Path) -> None:
    bare = Chatbot(
        county.settings.model_copy(update={"index_dir": tmp_path / "x"}), county.encoder, county.aligner.lexicon
    )
    assert bare.suggestions(Answer("问", "答")) == ()
