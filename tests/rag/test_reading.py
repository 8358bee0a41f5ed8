"""A sentence is taken apart into clauses, quantities and the words that state something."""

import pytest

from index.lexicon import Lexicon
from index.paragraph import Span
from rag.reading import Passage, plain_words, read, tight


def texts(parts: object) -> list[str]:
    return [part.text for part in parts]  # type: ignore[attr-defined]  # any parts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("■ 记者 某某", "■记者某某"),
        ("ＧＤＰ 增长 ５％", "gdp增长5%"),
        ("The Big Bridge", "the big bridge"),
        ("國家", "国家"),
    ],
)
def test_spaces_beside_chinese_go_and_width_and_script_are_one(text: str, told: str) -> None:
    assert tight(text) == told


def test_commas_and_lists_cut_and_numbers_do_not() -> None:
    reading = read("甲县修路1,280米、桥3座,乙县修渠。")
    assert texts(reading.clauses) == ["甲县修路1,280米、", "桥3座,", "乙县修渠。"]
    assert texts(reading.stretches) == ["甲县修路1,280米、桥3座,", "乙县修渠。"]
    assert "".join(texts(reading.clauses)) == reading.text


def test_what_states_something_is_neither_glue_nor_inside_a_quantity(lexicon: Lexicon) -> None:
    stated = texts(read("这些项目的总投资为6.5亿元,NASA要加强合作", lexicon).stated)
    assert {"项目", "nasa", "加强", "合作"} <= set(stated)
    assert not {"的", "为", "亿", "元", "这些", "要加强"} & set(stated)


def test_a_figure_is_said_of_what_leads_to_it() -> None:
    reading = read("年产值预计可达22亿元,年均贡献税收约9000万元。")
    first, second = reading.quantities
    assert reading.around(first).text == "年产值预计可达22亿元,"
    assert reading.around(second).text == ",年均贡献税收约9000万元。"
    assert reading.first(second) is first


def test_a_date_leads_what_follows_it() -> None:
    first, second = (reading := read("3月9日开工,5月1日竣工,同日交付。")).quantities
    assert reading.around(first).text == "3月9日开工,"
    assert reading.around(second).text == "开工,5月1日竣工,同日交付。"


@pytest.mark.parametrize(
    ("word", "before", "has"),
    [
        ("总经理", "", False), ("总经理", "副", True), ("成员", "", False), ("县", "", True), ("市长", "", False),
        ("art", "", False), ("party", "", True), ("标题", "", True),
    ],
)  # fmt: skip
def test_a_word_stands_only_as_itself(word: str, before: str, has: bool) -> None:
    passage = Passage(Span(0, 1), read("副总经理和非成员,原市长,某县party"), "", "标题")
    assert passage.has(word, before) is has


def test_some_words_stand_for_one_another() -> None:
    passage = Passage(Span(0, 1), read("他介绍了桥"), "", "")
    assert passage.means("表示") and passage.means("说") and not passage.means("承建")


def test_no_word_is_both_glue_and_a_name() -> None:
    plain = plain_words()
    assert not plain.glue & {*plain.named_before, *plain.named_behind}
