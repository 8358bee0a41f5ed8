"""Headings above paragraphs: marked, numbered, subheads, leads; and the closing part that belongs to none."""

import pytest

from index.layout import repair

LINE = "今年全市要新建农村道路一百二十公里，惠及群众八万人。"


def outline(text: str) -> list[str]:
    return [
        " > ".join(passage.headings) + f" #{passage.position}"
        for article in repair(text).articles
        for passage in article.passages
        if passage.block.role == "body"
    ]


def test_markdown() -> None:
    text = f"# 手册\n{LINE}\n## 准备\n{LINE}\n### 工具\n{LINE}\n\n{LINE}\n## 1. 运行\n{LINE}\n"
    assert outline(text) == [" #1", "准备 #1", "准备 > 工具 #1", "准备 > 工具 #2", "1. 运行 #1"]


def test_the_usual_order_of_numbers() -> None:
    text = f"一、甲\n{LINE}\n（一）乙\n{LINE}\n1.丙。{LINE}\n2.丁。{LINE}\n（二）戊\n{LINE}\n二、己\n{LINE}\n"
    assert outline(text) == [
        "一、甲 #1",
        "一、甲 > （一）乙 #1",
        "一、甲 > （一）乙 > 1.丙 #1",
        "一、甲 > （一）乙 > 2.丁 #1",
        "一、甲 > （二）戊 #1",
        "二、己 #1",
    ]


def test_the_order_turned_round_and_a_list_within() -> None:
    text = f"（一）甲\n{LINE}\n一、乙\n{LINE}\n二、丙\n{LINE}\n（二）丁\n{LINE}\n一、戊\n{LINE}\n"
    assert outline(text) == [
        "（一）甲 #1",
        "（一）甲 > 一、乙 #1",
        "（一）甲 > 二、丙 #1",
        "（二）丁 #1",
        "（二）丁 > 一、戊 #1",
    ]


def test_one_shape_within_itself() -> None:
    text = f"一、甲\n{LINE}\n二、乙\n{LINE}\n一、丙\n{LINE}\n二、丁\n{LINE}\n三、戊\n{LINE}\n四、己\n{LINE}\n"
    assert outline(text)[:4] == ["一、甲 #1", "二、乙 #1", "二、乙 > 一、丙 #1", "二、乙 > 二、丁 #1"]


def test_decimals_and_statutes() -> None:
    text = f"1 总则\n1.1 目的\n{LINE}\n1.2 范围\n{LINE}\n2 职责\n2.1 指挥\n{LINE}\n2.1.1 组成\n{LINE}\n"
    assert outline(text) == [
        "1 总则 > 1.1 目的 #1",
        "1 总则 > 1.2 范围 #1",
        "2 职责 > 2.1 指挥 #1",
        "2 职责 > 2.1 指挥 > 2.1.1 组成 #1",
    ]
    text = f"道路条例\n第一章 总 则\n第一条 {LINE}\n{LINE}\n第二条 {LINE}\n第二章 修 建\n第三条 {LINE}\n"
    assert outline(text) == [
        "第一章 总 则 > 第一条 #1",
        "第一章 总 则 > 第一条 #2",
        "第一章 总 则 > 第二条 #1",
        "第二章 修 建 > 第三条 #1",
    ]


def test_subheads_and_signature() -> None:
    text = f"关于修路的通知\n各村：\n{LINE}\n工作目标\n{LINE}\n保障措施\n{LINE}\n"
    text += "某县人民政府\n2024年5月6日\n（此件公开发布）\n"
    assert outline(text) == [" #1", " #2", "工作目标 #1", "保障措施 #1", " #3", " #4", " #5"]


def test_an_attached_document_is_not_part_of_the_last_section() -> None:
    text = f"关于印发修路办法的通知\n一、意义\n{LINE}\n某县人民政府\n2024年5月6日\n修路暂行办法\n第一条 {LINE}\n"
    assert outline(text) == ["一、意义 #1", " #1", " #2", "修路暂行办法 > 第一条 #1"]


SECTIONS = "".join(
    f"({number}) {name}。总的要求是，统筹推进，务求实效。\n修好{name}甲路。{LINE}\n管好{name}乙路。{LINE}\n"
    for number, name in zip("一二三", "东西南", strict=True)
)


def test_leads_are_innermost_headings_where_they_are_a_habit() -> None:
    assert outline(SECTIONS)[:4] == ["(一) 东 #1", "(一) 东 > 修好东甲路 #1", "(一) 东 > 管好东乙路 #1", "(二) 西 #1"]
    rare = SECTIONS.replace("修好", "今年，修好").replace("管好", "明年，管好")
    assert outline(rare)[:4] == ["(一) 东 #1", "(一) 东 #2", "(一) 东 #3", "(二) 西 #1"]


def test_a_paragraph_without_lead_goes_on_with_the_one_above() -> None:
    text = SECTIONS.replace("(二)", f"完善养护机制，{LINE}\n(二)")
    assert outline(text)[2:5] == ["(一) 东 > 管好东乙路 #1", "(一) 东 > 管好东乙路 #2", "(二) 西 #1"]


@pytest.mark.parametrize("first", ["新的形势，", "我们要，", "各位代表！", "同志们！"])
def test_the_closing_part_belongs_to_no_section(first: str) -> None:
    text = SECTIONS + f"{first}{LINE}\n我们要自觉，{LINE}\n"
    assert outline(text)[-3:] == ["(三) 南 > 管好南乙路 #1", " #1", " #2"]


def test_one_last_paragraph_without_lead_is_no_closing_part() -> None:
    assert outline(SECTIONS + f"完善养护机制，{LINE}\n")[-1] == "(三) 南 > 管好南乙路 #2"


def test_a_salutation_closes_a_report_without_leads() -> None:
    text = f"一、甲\n{LINE}\n各位代表！\n{LINE}\n二、乙\n{LINE}\n{LINE}\n各位代表！\n{LINE}\n"
    assert outline(text) == ["一、甲 #1", "一、甲 #2", "一、甲 #3", "二、乙 #1", "二、乙 #2", " #1", " #2"]
