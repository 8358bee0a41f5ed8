"""What a question becomes with another topic in it."""

import pytest

from index.lexicon import Lexicon
from rag.follow_up import read_follow_up
from rag.parts import Parts
from rag.substitution import asked_of, in_place_of, states_a_value


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ("青石大桥年产值多少?", "税收", "青石大桥税收多少?"),
        ("青石大桥的总投资是多少?", "税收", "青石大桥税收多少?"),
        ("大桥能创造多少就业岗位?", "税收", "大桥税收多少?"),
        ("大桥一期什么时候开工?", "竣工", "大桥一期竣工是什么时候?"),
        ("大桥一期什么时候开工?", "二期", "大桥二期什么时候开工?"),
        ("大桥什么时候开工?", "二期", "大桥二期什么时候开工?"),
        ("大桥2023年产值多少?", "2024年", "大桥2024年产值多少?"),
        ("报告对香港和澳门怎么说?", "台湾", "报告对台湾怎么说?"),
        ("報告對香港怎麼說?", "台灣", "報告對台灣怎麼說?"),
        ("青石大桥总投资多少?", "东河水渠", "东河水渠总投资多少?"),
        ("李海峰是什么职务?", "王立新", "王立新是什么职务?"),
        ("居民基础养老金提高多少?", "居民医保补助", "居民医保补助提高多少?"),
        ("医保补助标准提高多少?", "养老金", "养老金提高多少?"),
        ("李海峰是什么职务?", "王浩然", "王浩然是什么职务?"),
        ("甲集团的副总经理是谁?", "乙集团的副总经理", "乙集团的副总经理是谁?"),
        ("报告怎么稳定房地产市场?", "地方债务", "报告怎么稳定地方债务?"),
        ("怎么防范债务风险?", "房地产", "怎么防范房地产?"),
        ("义务教育怎么发展?", "高等教育", "高等教育怎么发展?"),
        ("国家鼓励生育吗?", "养老", "国家鼓励养老吗?"),
        ("大桥二期什么时候开工?", "三期和四期", "大桥三期和四期什么时候开工?"),
        ("What does the report say about Hong Kong?", "Taiwan", "What does the report say about Taiwan?"),
        ("How much will basic pensions be raised?", "subsidies", "How much will subsidies be raised?"),
        ("青石大桥在哪里?", "税收", "青石大桥税收是什么?"),
        ("What is the annual output of the bridge?", "taxes", "What is the taxes of the bridge?"),
        ("How much tax will the bridge pay?", "jobs", "How much jobs of the bridge?"),
        ("When will phase one open?", "phase two", "When will phase two open?"),
        ("What is the cost of phase two?", "the whole bridge", "What is the cost of the whole bridge?"),
    ],
)
def test_a_topic_takes_its_place(lexicon: Lexicon, before: str, new: str, after: str) -> None:
    asked = in_place_of(Parts.of(before, lexicon), Parts.of(new, lexicon))
    assert asked.understood.removesuffix("?") == after.removesuffix("?")
    assert asked.question


def test_what_is_carried_over_tells_less_but_a_phase_must_hold(lexicon: Lexicon) -> None:
    tax = Parts.of("税收", lexicon)
    assert in_place_of(Parts.of("大桥总投资多少?", lexicon), tax).context == "大桥"
    assert in_place_of(Parts.of("大桥一期总投资多少?", lexicon), tax).question == "大桥一期税收多少?"


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ("大桥一直停工吗?", "为什么?", "为什么大桥一直停工?"),
        ("大桥总投资多少?", "谁说的?", "大桥总投资是谁说的?"),
        ("大桥总投资多少?", "在哪?", "大桥在哪?"),
        ("大桥总投资多少?", "还有呢?", "关于大桥总投资,还有哪些内容?"),
        ("Is the bridge closed?", "Why?", "Is the bridge closed, why?"),
    ],
)
def test_bare_asking_words_ask_of_the_last_question(lexicon: Lexicon, before: str, typed: str, after: str) -> None:
    assert asked_of(Parts.of(before, lexicon), read_follow_up(typed, lexicon)) == after


def test_why_asks_of_the_last_question_with_its_answer(lexicon: Lexicon) -> None:
    before, why = Parts.of("大桥总投资多少?", lexicon), read_follow_up("为什么?", lexicon)
    assert asked_of(before, why, "6.5亿元") == "为什么大桥总投资6.5亿元?"


def test_only_a_value_makes_a_statement_with_its_answer(lexicon: Lexicon) -> None:
    assert states_a_value(Parts.of("大桥总投资多少?", lexicon))
    assert not states_a_value(Parts.of("大桥要建多少座桥墩?", lexicon))
    assert not states_a_value(Parts.of("大桥什么时候开工?", lexicon))
