"""Numbers at the beginning of lines, and which of the lines are headings."""

import pytest

from index.block import read_blocks
from index.numbering import Number, number_of, split_headings


@pytest.mark.parametrize(
    ("text", "shape", "value"),
    [
        ("第一编 总则", 0, 1),
        ("第十二章　附 则", 1, 12),
        ("第三节 道路", 2, 3),
        ("第一百零五条 修路。", 3, 105),
        ("第二十条之一 修路。", 3, 20),
        ("二十三、修路", 4, 23),
        ("(六) 修路", 5, 6),
        ("（十一）修路", 5, 11),
        ("1.2 修路", 6, 1),
        ("１．修路", 7, 1),
        ("12、修路", 7, 12),
        ("3 修路", 8, 3),
        ("(4)修路", 9, 4),
        ("5）修路", 9, 5),
        ("③修路", 10, 3),
    ],
)
def test_numbers(text: str, shape: int, value: int) -> None:
    number = number_of(text)
    assert number is not None
    assert (number.shape, number.value) == (shape, value)
    assert text[number.length :].startswith(("修", "总", "附", "道"))


@pytest.mark.parametrize(
    "text", ["一是修路。", "3.5亿元投资", "2026年修路", "第三产业", "十年来", "(略)", "一 一", "百花齐放"]
)
def test_no_numbers(text: str) -> None:
    assert number_of(text) is None


def headings(text: str) -> list[str]:
    blocks, _ = split_headings(read_blocks(text))
    return [block.text for block in blocks if block.role == "heading"]


LONG = "坚持把修路摆在首位、把架桥摆在突出位置，统筹推进，分步实施，务求实效。"
BODY = "今年全市要新建农村道路一百二十公里，惠及群众八万人。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"(六) 修好乡村路。{BODY}\n(七) 管好乡村路。{BODY}", ["(六) 修好乡村路。", "(七) 管好乡村路。"]),
        (
            f"一、总体要求\n{BODY}\n二、主要任务\n（一）修路。\n{BODY}\n（二）架桥。\n{BODY}",
            ["一、总体要求", "二、主要任务", "（一）修路。", "（二）架桥。"],
        ),
        (f"第一章 总则\n第一条 {BODY}\n第二条 {BODY}", ["第一章 总则", "第一条", "第二条"]),
        (f"下列情形：\n（一）新建道路；\n（二）改建道路；\n（三）养护道路。\n{BODY}", []),
        ("1.甲县修路。\n2.乙县架桥。\n3.丙县通车。\n" + BODY, []),
        (f"一是修路。{BODY}\n二是架桥。{BODY}", []),
        (f"（一）{BODY}\n（二）{BODY}", []),
        (f"（一）各地、各部门要按照要求，结合实际，突出重点，抓好落实。{BODY}", []),
        (
            f"（一）修路。{BODY}\n（二）{LONG}{BODY}\n（三）养路。{BODY}",
            ["（一）修路。", f"（二）{LONG}", "（三）养路。"],
        ),
        ("一、修路", []),
        ("12 个月内完成。" + BODY, []),
    ],
)
def test_headings(text: str, found: list[str]) -> None:
    assert headings(text) == found


def test_what_runs_on_is_told_as_a_repair() -> None:
    text = f"(六) 修好乡村路。{BODY}"
    blocks, repairs = split_headings(read_blocks(text))
    assert [block.text for block in blocks] == ["(六) 修好乡村路。", BODY]
    assert [text[span.start : span.end] for repair in repairs for span in repair.spans] == ["(六) 修好乡村路。"]
    assert blocks[1].tail
    assert number_of(text) == Number(5, 6, 4)
