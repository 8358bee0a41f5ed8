"""Example questions: made from the documents, and only such as are answered from where they were made."""

from pathlib import Path

from rag.chatbot import Chatbot
from rag.examples import MOST
from tests.rag.conftest import chatbot_over

TOWN = """# 云水县水利建设

云水水库总投资3.2亿元,库容两千万立方米。

# 云水县修路

今年全县新修公路120公里,惠及村民三万人。
"""


def test_every_example_is_answered(page: Chatbot) -> None:
    questions = page.questions()
    assert 3 <= len(questions) <= MOST
    assert len(set(questions)) == len(questions)
    assert not any(page.answer(question).refused for question in questions)


def test_examples_come_from_several_articles(page: Chatbot) -> None:
    asked = [page.answer(question).citations[0].paragraph.article for question in page.questions()]
    assert len(set(asked)) >= 2


def test_a_figure_of_a_clause_is_asked_for(tmp_path: Path) -> None:
    questions = chatbot_over(tmp_path, {"town.md": TOWN}).questions()
    assert "云水水库总投资多少元?" in questions
    assert not any("3.2" in question for question in questions)


def test_an_article_is_asked_for_by_its_headline(tmp_path: Path) -> None:
    chatbot = chatbot_over(tmp_path, {"town.md": TOWN})
    assert {"《云水县水利建设》讲了什么?", "《云水县修路》讲了什么?"} <= set(chatbot.questions())
    told = chatbot.answer("《云水县修路》讲了什么?")
    assert told.short == "云水县修路"
    assert [citation.quote for citation in told.citations] == ["今年全县新修公路120公里,惠及村民三万人。"]


def test_there_are_none_without_an_index(tmp_path: Path, page: Chatbot) -> None:
    bare = Chatbot(page.settings.model_copy(update={"index_dir": tmp_path}), page.encoder, page.aligner.lexicon)
    assert bare.questions() == ()
