"""What sort of follow-up a question is, told by its wording alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexicon import Lexicon
from rag.follow_up import LAST, pointing, read_follow_up


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("那税收呢?", "税收"),
        ("税收呢", "税收"),
        ("那么税收方面呢?", "税收"),
        ("那2024年呢?", "2024年"),
        ("那年产值呢?", "年产值"),
        ("二期呢?", "二期"),
        ("那稅收呢？", "稅收"),
        (" 那税收呢? ", "税收"),
        ("What about taxes?", "taxes"),
        ("And jobs?", "jobs"),
        ("how about Taiwan?", "Taiwan"),
    ],
)
def test_what_about_names_a_topic(lexicon: Lexicon, question: str, topic: str) -> None:
    read = read_follow_up(question, lexicon)
    assert (read.kind, read.topic) == ("what_about", topic)


@pytest.mark.parametrize(
    ("question", "which"),
    [
        ("上一个问题", LAST),
        ("上一个问题再答一次", LAST),
        ("刚才那个问题再说一遍", LAST),
        ("请把前一个问题重新回答一遍", LAST),
        ("重复一遍", LAST),
        ("再答一次。", LAST),
        ("刚才那個問題再說一遍", LAST),
        ("Repeat the last question", LAST),
        ("please repeat that", LAST),
        ("第一个问题呢?", 0),
        ("请再答一次第二个问题", 1),
        ("the first question again please", 0),
    ],
)
def test_an_earlier_question_is_asked_again(lexicon: Lexicon, question: str, which: int) -> None:
    read = read_follow_up(question, lexicon)
    assert (read.kind, read.which) == ("again", which)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("不是,我问的是二期", "二期"),
        ("不是,我問的是二期", "二期"),
        ("不对,我是说税收", "税收"),
        ("我指的是台湾", "台湾"),
        ("我问的是二期,不是一期。", "二期"),
        ("不是一期,是二期", "二期"),
        ("不是一期,我问的是二期", "二期"),
        ("不对,是税收", "税收"),
        ("No, I meant phase two", "phase two"),
        ("Sorry, I was asking about taxes.", "taxes"),
    ],
)
def test_a_correction_says_what_was_meant(lexicon: Lexicon, question: str, meant: str) -> None:
    read = read_follow_up(question, lexicon)
    assert (read.kind, read.topic) == ("correction", meant)


@pytest.mark.parametrize(
    "question", ["还有呢?", "还有别的吗?", "详细说说", "具体说说。", "tell me more", "Anything else?"]
)
def test_more_is_wanted_of_the_last_answer(lexicon: Lexicon, question: str) -> None:
    assert read_follow_up(question, lexicon).kind == "more"


@pytest.mark.parametrize("question", ["为什么?", "那什么时候?", "在哪?", "谁说的?", "Why?", "When?"])
def test_asking_words_alone_are_bare(lexicon: Lexicon, question: str) -> None:
    assert read_follow_up(question, lexicon).kind == "bare"


@pytest.mark.parametrize(
    "question",
    [
        "不动产登记是什么?",
        "是不是要下雨?",
        "不是下雨吗?",
        "还有哪些措施能防止返贫?",
        "应该怎么申请?",
        "那么多企业怎么办?",
        "该不该买房?",
        "谢谢",
        "你好!",
        "今年的第一个问题是什么原因造成的?",
    ],
)
def test_a_sentence_is_no_half_question(lexicon: Lexicon, question: str) -> None:
    assert read_follow_up(question, lexicon).kind == "whole"


@pytest.mark.parametrize(
    ("question", "sort", "noun"),
    [
        ("他分管什么?", "person", ""),
        ("她還說了什麼?", "person", ""),
        ("这位副总经理怎么说?", "person", ""),
        ("What did he say?", "person", ""),
        ("它多长?", "thing", ""),
        ("该项目总投资多少?", "thing", "项目"),
        ("这个会议是谁主持的?", "thing", "会议"),
        ("其全长是多少?", "thing", ""),
        ("When will it open?", "thing", ""),
        ("那里有多少工人?", "place", ""),
        ("当地有多少工人?", "place", ""),
        ("它们怎么分工?", "plural", ""),
        ("这些企业签了什么?", "plural", "企业"),
        ("两者有什么区别?", "plural", ""),
        ("What do they make?", "plural", ""),
        ("这篇报道讲了什么?", "thing", "报道"),
        ("What is this article about?", "thing", "article"),
        ("该文化馆有多大?", "thing", "文化馆"),
        ("该报告厅能坐多少人?", "thing", ""),
        ("Who is this reporter?", "thing", ""),
    ],
)
def test_a_pointing_word_is_of_a_sort(lexicon: Lexicon, question: str, sort: str, noun: str) -> None:
    found = pointing(question, lexicon)[0]
    assert (found.sort, found.noun) == (sort, noun)


@pytest.mark.parametrize(
    "question",
    [
        "应该怎么防止返贫?",
        "该不该买房?",
        "这样的土地有多少?",
        "那么怎么办?",
        "因此停工的工地有几家?",
        "其他措施有哪些?",
        "其中有多少桥?",
        "其实大桥有多长?",
        "他国情况如何?",
        "这些年收入增长多少?",
        "Is there a bridge?",
    ],
)
def test_a_word_that_only_holds_a_pointing_one_points_at_nothing(lexicon: Lexicon, question: str) -> None:
    assert pointing(question, lexicon) == ()


@given(text=st.text(max_size=60))
def test_any_text_can_be_read(lexicon: Lexicon, text: str) -> None:
    read_follow_up(text, lexicon)
    for word in pointing(text, lexicon):
        assert word.start < word.end
