"""What a pointing word points at, with answers written for the purpose."""

import pytest

from index.lexicon import Lexicon
from rag.answer import Asked
from rag.follow_up import pointing
from rag.referents import NAME_LENGTH, Turn, referent

ANSWERS = {
    "谁主持了开工仪式?": Turn(Asked(""), "县长李海峰"),
    "哪家公司承建大桥?": Turn(Asked(""), "路通集团"),
    "股权重组解决了什么问题?": Turn(Asked(""), "权属问题", ("王立新",)),
    "谁批评了股权重组?": Turn(Asked(""), "山" * (NAME_LENGTH + 1), ("王立新", "李海峰")),
}


def pointed_at(lexicon: Lexicon, question: str, *earlier: str) -> str:
    """What the first pointing word of the question stands for; ``earlier``: oldest first."""
    word = pointing(question, lexicon)[0]
    asked = [Asked(one) for one in reversed(earlier)]
    return referent(word, asked, lambda one: ANSWERS.get(one.question, Turn(one)), lexicon)


@pytest.mark.parametrize(
    ("question", "earlier", "name"),
    [
        ("他分管什么?", ["谁主持了开工仪式?"], "县长李海峰"),
        ("他分管什么?", ["李海峰是什么职务?"], "李海峰"),
        ("他是什么职务?", ["股权重组解决了什么问题?"], "王立新"),
        ("他分管什么?", ["谁主持了开工仪式?", "青石大桥多长?"], "县长李海峰"),
        ("他是谁?", ["谁批评了股权重组?"], ""),
        ("它多长?", ["青石大桥的总投资是多少?"], "青石大桥"),
        ("它多大?", ["哪家公司承建大桥?"], "路通集团"),
        ("该桥多长?", ["青石大桥的总投资是多少?"], "青石大桥"),
        ("该桥多长?", ["青石大桥的总投资是多少?", "谁出席了会议?"], "青石大桥"),
        ("该桥多长?", ["报告对香港怎么说?"], ""),
        ("该项目多少钱?", ["青石工程的总投资是多少?", "报告对香港怎么说?"], "青石工程"),
        ("这个会议是谁主持的?", ["市委什么时候开会?"], "市委的会议"),
        ("它们怎么分工?", ["李海峰说两座大桥多长?"], "两座大桥"),
        ("它多长?", ["为什么?"], ""),
    ],
)
def test_what_is_pointed_at(lexicon: Lexicon, question: str, earlier: list[str], name: str) -> None:
    assert pointed_at(lexicon, question, *earlier) == name


def test_what_was_said_long_ago_is_not_pointed_at(lexicon: Lexicon) -> None:
    assert pointed_at(lexicon, "它多长?", "青石大桥多少钱?", *["为什么?"] * 2) == "青石大桥"
    assert pointed_at(lexicon, "它多长?", "青石大桥多少钱?", *["为什么?"] * 3) == ""
