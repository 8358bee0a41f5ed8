"""What a follow-up takes over from the chat, and that a question which stands alone takes nothing."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexicon import Lexicon
from rag.answer import Answer, Asked
from rag.chatbot import Chatbot
from rag.conversation import REMEMBERED, Chat, leaning, understand
from rag.referents import Turn
from tests.rag.conftest import chatbot_over

OUTPUT = "产业园年产值多少?"
START = "产业园一期什么时候开工?"
HONG_KONG = "报告对香港怎么说?"
DOCUMENTS = {
    "bridge.md": """# 青石大桥开工

青石大桥总投资6.5亿元,预计2029年10月通车。

县长李海峰主持开工仪式。李海峰分管交通建设。
""",
    "canal.md": "# 东河水渠扩建\n\n东河水渠总投资3亿元,预计2027年5月通水。\n",
}


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return chatbot_over(tmp_path_factory.mktemp("chat"), DOCUMENTS)


def meanings(lexicon: Lexicon, question: str, *earlier: str, short: str = "") -> tuple[Asked, ...]:
    return understand(question, Chat.of(earlier, lambda asked: Turn(asked, short), lexicon))


def same(answer: Answer, other: Answer) -> bool:
    """Whether two answers say the same, whenever they came, whatever time they took and whatever was typed."""
    made = replace(other.provenance, answered=answer.provenance.answered)
    plain = replace(other, latency=answer.latency, question=answer.question, hits=(), provenance=made)
    return replace(answer, hits=()) == plain


@pytest.mark.parametrize(
    ("history", "question", "understood"),
    [
        ([OUTPUT], "那税收呢?", "产业园税收多少?"),
        ([OUTPUT], "税收?", "产业园税收多少?"),
        ([OUTPUT], "那税收呢?", "产业园税收多少?"),
        (["產業園年產值多少?"], "那稅收呢?", "產業園稅收多少?"),
        ([OUTPUT, "那税收呢?"], "总投资呢?", "产业园总投资多少?"),
        ([START], "二期呢?", "产业园二期什么时候开工?"),
        ([HONG_KONG], "台湾呢?", "报告对台湾怎么说?"),
        ([START], "它什么时候竣工?", "产业园一期什么时候竣工?"),
        ([START], "什么时候竣工?", "产业园一期什么时候竣工?"),
        ([START], "那什么时候竣工?", "产业园一期什么时候竣工?"),
        ([OUTPUT], "其总投资是多少?", "产业园的总投资是多少?"),
        ([OUTPUT, HONG_KONG], "该项目总投资多少?", "产业园总投资多少?"),
        ([START], "不是,我问的是二期", "产业园二期什么时候开工?"),
        ([OUTPUT], "不是,我问的是什么时候竣工", "产业园什么时候竣工?"),
        ([OUTPUT, HONG_KONG], "第一个问题呢?", OUTPUT),
        ([OUTPUT, "那税收呢?"], "上一个问题再答一次", "产业园税收多少?"),
        (["王维是谁?"], "他说了什么?", "王维说了什么?"),
        ([OUTPUT, "谢谢!"], "那税收呢?", "产业园税收多少?"),
        (["When did phase one start?"], "When will it be finished?", "When will phase one be finished?"),
        (["What is the annual output of the park?"], "What about taxes?", "What is the taxes of the park?"),
        (["When will phase one open?"], "No, I meant phase two", "When will phase two open?"),
    ],
)
def test_a_follow_up_becomes_a_question_that_stands_alone(
    lexicon: Lexicon, history: list[str], question: str, understood: str
) -> None:
    assert meanings(lexicon, question, *history)[0].understood == understood


def test_he_is_the_answer_before(lexicon: Lexicon) -> None:
    (first, _) = meanings(lexicon, "他分管什么?", "谁主持了开工仪式?", short="县长李海峰")
    assert (first.context, first.understood) == ("县长李海峰", "县长李海峰分管什么?")


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("这篇报道讲了什么?", "《东河水渠通水》讲了什么?"),
        ("該文的主要內容是什麼?", "《东河水渠通水》的主要內容是什麼?"),
        ("What is this article about?", "What is 《东河水渠通水》 about?"),
    ],
)
def test_this_article_is_the_one_that_was_cited(lexicon: Lexicon, question: str, understood: str) -> None:
    chat = Chat.of([OUTPUT], lambda asked: Turn(asked, article="东河水渠通水"), lexicon)
    assert [asked.understood for asked in understand(question, chat)] == [understood]


@pytest.mark.parametrize(
    "question",
    [
        "东河水渠总投资多少?",
        "那报告怎么说长江禁渔?",
        "长江禁渔",
        "其他措施有哪些?",
        "应该怎么申请补贴?",
        "该不该买房?",
        "这样的土地有多少亩?",
        "那么多企业怎么办?",
        "该地块为什么停滞?",
        "How long is the canal?",
        "谢谢",
        "?",
    ],
)
def test_a_question_that_stands_alone_takes_nothing_over(lexicon: Lexicon, question: str) -> None:
    assert meanings(lexicon, question, HONG_KONG) == ()
    assert leaning(question, Chat.of([HONG_KONG], Turn, lexicon)) == ()


@pytest.mark.parametrize("question", ["它呢?", "他是谁?", "税收呢?", "", "第一个问题呢?", "为什么?"])
def test_without_a_chat_nothing_is_taken_over(lexicon: Lexicon, question: str) -> None:
    assert meanings(lexicon, question) == ()


@given(question=st.text(max_size=30), history=st.lists(st.text(max_size=30), max_size=4), short=st.text(max_size=40))
def test_any_chat_can_be_read(lexicon: Lexicon, question: str, history: list[str], short: str) -> None:
    for asked in meanings(lexicon, question, *history, short=short):
        assert asked.understood.strip()


@pytest.mark.parametrize(
    ("history", "question", "short"),
    [
        (["青石大桥总投资多少?"], "它什么时候通车?", "2029年10月"),
        (["东河水渠总投资多少?"], "它什么时候通水?", "2027年5月"),
        (["谁主持开工仪式?"], "他分管什么?", "交通建设"),
        (["青石大桥什么时候通车?", "它总投资多少?"], "那东河水渠呢?", "3亿元"),
        (["青石大桥什么时候通车?"], "它的总投资是多少?", "6.5亿元"),
        (["东河水渠什么时候通水?"], "它的总投资是多少?", "3亿元"),
    ],
)
def test_a_follow_up_is_answered_from_the_chat(chat: Chatbot, history: list[str], question: str, short: str) -> None:
    answer = chat.answer(question, history)
    assert not answer.refused, answer.text
    assert short in answer.short
    assert answer.question == question


@pytest.mark.parametrize(
    ("history", "question", "said"),
    [
        ([OUTPUT], "那税收呢?", "9000万元"),
        ([OUTPUT, "税收呢?"], "就业岗位?", "3000个"),
        (["產業園年產值多少?"], "那稅收呢?", "9000万元"),
        ([HONG_KONG], "台湾呢?", "台湾"),
        ([START], "竣工呢?", "2027年7月底"),
        (["产业园二期什么时候开工?"], "那一期呢?", "1月20日"),
        ([START, "今天天气怎么样?"], "该项目总投资多少?", "4.38亿元"),
        (["谁是浩盛集团副总经理?"], "他评价股权重组时说了什么?", "股权重组"),
        (["学习教育工作专班主任是谁?"], "她还有什么职务?", "组织部部长"),
        ([OUTPUT], "那里有多少名施工人员?", "140多名"),
        (["两个主题园区怎么分工?"], "它们未来怎么联动?", "协同"),
        ([OUTPUT], "不对,我是说税收", "9000万元"),
        (["产业园二期什么时候开工?"], "我指的是一期", "1月20日"),
        ([OUTPUT], "上一个问题再答一次", "22亿元"),
        ([OUTPUT, HONG_KONG], "第一个问题呢?", "22亿元"),
        ([OUTPUT], "repeat the last question", "22亿元"),
        ([OUTPUT], "还有呢?", "22亿元"),
        (["产业园一期开工了吗?"], "什么时候?", "1月20日"),
        (["通过股权重组解决了什么问题?"], "谁说的?", "刘顺伟"),
        (["该地块一直停滞吗?"], "为什么?", "桩基工程"),
        (["What is the annual output value of the park?"], "What about taxes?", "9000万元"),
        (["情况如下。" * 199 + "?", OUTPUT], "那税收呢?", "9000万元"),
        (["情况如下。" * 198 + OUTPUT], "那税收呢?", "9000万元"),
        (["", OUTPUT, "  ", "\ud800"], "那税收呢?", "9000万元"),
        (["' OR 1=1 --<script>alert(1)</script>", OUTPUT], "那税收呢?", "9000万元"),
    ],
)
def test_the_page_answers_follow_ups(page: Chatbot, history: list[str], question: str, said: str) -> None:
    answer = page.answer(question, history)
    assert not answer.refused, answer.text
    assert said in answer.text
    assert answer.understood != question


@pytest.mark.parametrize(
    ("history", "question"),
    [
        ([START], "二期呢?"),
        (["产业园二期什么时候开工?"], "什么时候竣工?"),
        (["产业园二期什么时候开工?"], "它什么时候竣工?"),
        ([OUTPUT], "面积?"),
        ([OUTPUT], "那2024年呢?"),
        ([OUTPUT], "红烧牛肉怎么做?"),
        ([OUTPUT], "谁主导?"),
        ([OUTPUT], "他呢?"),
        ([OUTPUT], "呢?"),
        (["红烧牛肉怎么做?"], "它的年产值多少?"),
    ],
)
def test_what_the_page_does_not_say_is_refused_in_a_chat_too(page: Chatbot, history: list[str], question: str) -> None:
    assert page.answer(question, history).refused


@pytest.mark.parametrize(
    "question",
    [
        "居民医保人均财政补助标准提高多少?",
        "那报告怎么说长江禁渔?",
        "应该怎样防止返贫致贫?",
        "该不该买房?",
        "那么多企业怎么办?",
        "该地块为什么停滞?",
        "长江禁渔",
        "红烧牛肉怎么做?",
        "How much is the total investment of the park?",
        "你好",
    ],
)
@pytest.mark.parametrize("history", [[HONG_KONG], [OUTPUT, "谁是浩盛集团副总经理?"]], ids=["report", "park"])
def test_another_topic_is_answered_as_without_a_chat(page: Chatbot, history: list[str], question: str) -> None:
    assert same(page.answer(question, history), page.answer(question))


@pytest.mark.parametrize(
    ("question", "history", "said"),
    [
        ("上一个问题再答一次", [], "没有可以再答"),
        ("刚才那个问题再说一遍", ["", " "], "没有可以再答"),
        ("第三个问题呢?", [OUTPUT], "没有可以再答"),
        ("repeat the last question", [], "no such earlier question"),
    ],
)
def test_where_there_is_no_earlier_question_it_is_said(
    page: Chatbot, question: str, history: list[str], said: str
) -> None:
    answer = page.answer(question, history)
    assert answer.refusal is not None
    assert answer.refusal.kind == "not_a_question"
    assert said in answer.text


def test_what_was_said_long_ago_plays_no_part(chat: Chatbot) -> None:
    recent = ["它好吗?"] * REMEMBERED
    short, long = chat.answer("它怎么样?", recent), chat.answer("它怎么样?", ["青石大桥的总投资是多少?", *recent])
    assert "青石" in chat.answer("它怎么样?", ["青石大桥的总投资是多少?"]).understood
    assert same(long, short)
    assert "青石" not in long.understood


@pytest.mark.parametrize("question", ["东河水渠总投资多少?", "它总投资多少?", "他说了什么?", "那税收呢?", "为什么?"])
def test_a_long_chat_costs_a_few_answers_at_most(chat: Chatbot, monkeypatch: pytest.MonkeyPatch, question: str) -> None:
    """Counted, not timed: each answer is one search, and there is one without a chat."""
    history = [f"{head}{tail}" for head in ("青石大桥", "他", "它", "谁主持") for tail in "甲乙丙丁戊"]
    searches: list[str] = []
    ready = chat._current()
    search = type(ready.index).search

    def counted(index: object, query: str, *, k: int) -> Sequence[object]:
        searches.append(query)
        return search(ready.index, query, k=k)

    monkeypatch.setattr(type(ready.index), "search", counted)
    ready.turns.clear()
    chat.answer(question, history)
    assert 1 <= len(searches) <= 4
