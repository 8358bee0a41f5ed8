"""What a question is about and what it asks for, in its own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexicon import Lexicon
from index.paragraph import Span
from rag.parts import LONGEST_STEM, LONGEST_SUBJECT, Parts, is_person


def said(parts: Parts, span: Span | None) -> str:
    return parts.cut(span.start, span.end) if span is not None else ""


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("青石大桥总投资多少?", "青石大桥"),
        ("青石大桥的总投资是多少?", "青石大桥"),
        ("青石大橋的總投資是多少?", "青石大橋"),
        ("大桥一期什么时候开工?", "大桥一期"),
        ("某集团引入了哪家运营方?", "某集团"),
        ("报告对香港和澳门怎么说?", "香港和澳门"),
        ("政府工作报告怎么讲房地产?", "房地产"),
        ("李海峰是什么职务?", "李海峰"),
        ("谁出席了会议?", "会议"),
        ("基础养老金提高多少?", "基础养老金"),
        ("What is the total investment of the bridge?", "the bridge"),
        ("When did phase one start?", "phase one"),
        ("How many jobs will the bridge create?", "the bridge"),
        ("什么时候开工?", "开工"),
        ("为什么?", ""),
        ("", ""),
    ],
)
def test_the_subject(lexicon: Lexicon, question: str, subject: str) -> None:
    parts = Parts.of(question, lexicon)
    assert said(parts, parts.subject) == subject


@pytest.mark.parametrize(
    ("question", "thing", "several"),
    [
        ("李海峰说两座大桥怎么分工?", "两座大桥", "两座大桥"),
        ("香港和澳门怎么发展?", "香港和澳门", "香港和澳门"),
        ("青石大桥多长?", "青石大桥", "青石大桥"),
    ],
)
def test_a_thing_is_no_person(lexicon: Lexicon, question: str, thing: str, several: str) -> None:
    parts = Parts.of(question, lexicon)
    assert (said(parts, parts.thing), said(parts, parts.several)) == (thing, several)


@pytest.mark.parametrize(
    ("name", "person"),
    [("李海峰", True), ("王浩然", True), ("王维", True), ("项目", False), ("金融", False), ("房地产", False)],
)
def test_a_surname_makes_no_name_of_a_word(lexicon: Lexicon, name: str, person: bool) -> None:
    assert is_person(Parts.of(f"{name}怎么说?", lexicon).units) is person


@pytest.mark.parametrize(
    ("question", "stem"),
    [
        ("青石大桥总投资多少?", "青石大桥总投资"),
        ("大桥一直停工吗?", "大桥一直停工"),
        ("大桥要建多少座桥墩?", "大桥要建桥墩"),
        ("长江禁渔要实施几年?", "长江禁渔要实施"),
        ("外交政策是什么?", "外交政策"),
        ("?", ""),
    ],
)
def test_the_stem_is_what_is_left_without_asking(lexicon: Lexicon, question: str, stem: str) -> None:
    assert Parts.of(question, lexicon).stem == stem


def test_of_a_pasted_text_only_what_asks_is_read(lexicon: Lexicon) -> None:
    pasted = "这是一段很长的材料。" * 100
    assert Parts.of(f"{pasted}青石大桥总投资多少?", lexicon).text == "青石大桥总投资多少?"
    assert Parts.of(pasted, lexicon).stem == ""


@given(text=st.text(max_size=80))
def test_the_parts_of_any_text_are_of_it(lexicon: Lexicon, text: str) -> None:
    parts = Parts.of(text, lexicon)
    assert len(parts.stem) <= LONGEST_STEM
    for span in (parts.subject, parts.thing, parts.several):
        assert span is None or (span.start < span.end and len(span) <= LONGEST_SUBJECT)
        assert said(parts, span) in parts.text
