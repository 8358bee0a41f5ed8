"""Our own words follow the reader's language; the documents' do not."""

from pathlib import Path

import pytest

from rag.answer import Answer, Refusal
from rag.chatbot import Chatbot
from rag.framing import framed, framing
from rag.messages import Language, say
from tests.rag.conftest import chatbot_over

CANAL = "# 青石渠通水\n\n青石渠今年通水,全长12公里,总投资3.6亿元。\n"


@pytest.mark.parametrize(
    ("question", "reader", "language"),
    [
        ("多长?", None, "zh"),
        ("多長?", None, "zh-Hant"),
        ("多长?", "zh-Hant", "zh-Hant"),
        ("多長?", "zh", "zh"),
        ("多長?", "en", "zh-Hant"),
        ("多长?", "en", "zh"),
        ("How long?", "zh", "en"),
        ("GDP增长多少?", "en", "zh"),
        ("123?", "zh-Hant", "zh-Hant"),
        ("", None, "zh"),
    ],
)
def test_the_question_decides_and_the_reader_chooses_the_script(
    question: str, reader: Language | None, language: Language
) -> None:
    assert framing(question, reader) == language


def test_only_whole_lines_of_our_own_are_told_anew() -> None:
    yes = say("premise.yes", "zh")
    answer = Answer("问", f"{yes}[1]\n「是」[1]\n是[2]的", yes, own=(yes,))
    assert framed(answer, "en").text == "Yes[1]\n「是」[1]\n是[2]的"
    assert framed(answer, "en").short == "Yes"
    assert framed(framed(answer, "en"), "zh") == answer


def test_a_refusal_is_its_reason() -> None:
    reason = say("refusal.not_stated_words", "zh", words="红烧肉")
    told = framed(Answer("问", reason, refusal=Refusal("not_stated", reason)), "zh-Hant")
    assert told.refusal is not None
    assert told.text == told.refusal.reason == say("refusal.not_stated_words", "zh-Hant", words="红烧肉")


def test_words_that_are_not_ours_stay() -> None:
    reason = "a reason of someone else's"
    answer = Answer("问", "\n「甲」[1]\n", refusal=Refusal("off_topic", reason), notice="x")
    assert framed(answer, "en").refusal == answer.refusal
    assert framed(Answer("问", "\n「甲」[1]\n"), "en").text == "\n「甲」[1]\n"


def test_a_chat_is_answered_in_the_language_of_each_question(tmp_path: Path) -> None:
    chatbot: Chatbot = chatbot_over(tmp_path, {"canal.md": CANAL})

    def told(question: str, language: Language | None = None) -> Answer:
        *_, last = chatbot.ask(question, language=language)
        return last

    assert told("红烧肉应该怎么做?").text == say("refusal.off_topic", "zh")
    assert told("紅燒肉應該怎麼做?").text == say("refusal.off_topic", "zh-Hant")
    assert told("红烧肉应该怎么做?", "zh-Hant").text == say("refusal.off_topic", "zh-Hant")
    assert told("How do I cook pork?", "zh-Hant").text == say("refusal.off_topic", "en")
    short = told("青石渠全长是不是12公里?", "zh-Hant").short
    assert short == say("premise.agrees", "zh-Hant", figure="12公里")
    assert told("", "zh-Hant").text == say("refusal.empty", "zh-Hant")
    assert told("\ud800中", "zh-Hant").refused
