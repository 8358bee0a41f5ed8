"""Bylines, credits and notes by their form."""

import pytest

from index.block import read_blocks
from index.byline import (
    clean,
    is_byline,
    is_caption,
    is_closing_credit,
    is_credit,
    is_office,
    mark_notes,
    run_in_byline,
)
from tests.index.damage import BYLINES, RUN_INS


@pytest.mark.parametrize(
    "text",
    [
        *BYLINES,
        "记者 王小明",
        "本报记者王小明",
        "记者王小明 通讯员谷雨",
        "■ 津城新闻记者 王小明",
        "■ 本报评论员",
        "（新华社记者 王小明）",
        "作者：王小明",
        "文/记者 王小明 图/记者 谷雨",
        "本报记者 王小明 通讯员 谷雨 文/图",
        "新华社记者 王小明 摄",
        "■ 记者 阿不都·热合曼",
    ],
)
def test_bylines(text: str) -> None:
    assert is_byline(text)
    assert not is_credit(text)


@pytest.mark.parametrize(
    "text",
    [
        "新华社北京3月13日电",
        "（新华社北京3月17日电）",
        "据新华社电",
        "据新华社广州2024年1月2日电",
        "中新社上海5月6日电 (记者 王小明)",
        "本报讯",
    ],
)
def test_credits(text: str) -> None:
    assert is_byline(text)
    assert is_credit(text)


@pytest.mark.parametrize(
    "text",
    [
        "(完)",
        "（完）",
        "（全文完）",
        "本版责编:王某 电话:022-12345678",
        "责编：王小明 校对：谷雨",
        "本版责编 王小明 美编 谷雨",
        "责任编辑：王小明、谷雨",
        "（责任编辑：王小明）",
        "值班编辑：王小明 编辑部电话：12345678",
        "校对/王小明",
        "新闻热线：022-12345678",
    ],
)
def test_closing_credits(text: str) -> None:
    assert is_closing_credit(text)
    assert is_byline(text)
    assert is_credit(text)


@pytest.mark.parametrize(
    "text",
    [
        "完",
        "(未完)",
        "（完善制度）",
        "联系电话：010-12345678",
        "电话：12345678",
        "编辑出版工作",
        "校对 一遍",
        "责编：由各地报送，统一汇总。",
        "值班：各地要落实二十四小时值班制度",
        "记者 王小明",
        "新华社北京3月13日电",
    ],
)
def test_lines_that_are_no_closing_credits(text: str) -> None:
    assert not is_closing_credit(text)


@pytest.mark.parametrize(
    "text",
    [
        "记者手记",
        "记者从会上获悉，明年再修三条路。",
        "记者节",
        "■ 工作目标",
        "图为施工现场。",
        "新华社发",
        "文化和旅游部",
        "本报讯（记者 王小明）昨日，道路通车。",
        "昨天，记者在现场看到，工人正在施工。",
    ],
)
def test_other_lines(text: str) -> None:
    assert not is_byline(text)


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        *[(run_in + "昨日，三条路通车。", byline) for run_in, byline in RUN_INS.items()],
        ("(记者 王小明)昨日，三条路通车。", "记者 王小明"),
        ("本报讯 记者 王小明 昨日，三条路通车。", "本报讯 记者 王小明"),
        ("新华社北京3月13日电 昨日，三条路通车。", "新华社北京3月13日电"),
        ("本报讯 昨日，三条路通车。", "本报讯"),
        ("记者从市里了解到，三条路通车。", ""),
        ("昨日，（记者 王小明）三条路通车。", ""),
        ("新华社记者了解到，三条路通车。", ""),
        ("本报今日起开设专栏。", ""),
    ],
)
def test_run_in_bylines(text: str, byline: str) -> None:
    assert run_in_byline(text) == byline


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("■ 记者 王小明", "记者 王小明"),
        ("（新华社记者 王小明）", "新华社记者 王小明"),
        ("甲社电 (记者 王小明)", "甲社电 (记者 王小明)"),
        ("(上接第3版)", "上接第3版"),
    ],
)
def test_cleaning_keeps_brackets_inside(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_offices_and_captions() -> None:
    assert is_office("国务院总理 王小明")
    assert is_office("市长 王 明")
    assert not is_office("总理指出，要修路。")
    assert is_caption("图为通车现场。本报记者 王小明 摄")
    assert not is_caption("记者节里忙拍摄的人们")


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("(上接第3版)", [("note", "(上接第3版)")]),
        ("下转5版", [("note", "下转5版")]),
        ("道路通车。（下转第三版）", [("body", "道路通车。"), ("note", "（下转第三版）")]),
        ("(上接第3版)道路通车。", [("note", "(上接第3版)"), ("body", "道路通车。")]),
        ("上接第3版的报道说，道路通车。", [("body", "上接第3版的报道说，道路通车。")]),
        ("他在第3版看到（见第3版）这条消息。", [("body", "他在第3版看到（见第3版）这条消息。")]),
    ],
)
def test_notes(line: str, pieces: list[tuple[str, str]]) -> None:
    assert [(block.role, block.text) for block in mark_notes(read_blocks(line))[0]] == pieces
