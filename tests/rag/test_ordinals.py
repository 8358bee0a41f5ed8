"""Ordinals with and without 第, Chinese and English."""

import pytest

from rag.ordinals import ordinals


@pytest.mark.parametrize(
    ("text", "value", "upper", "unit"),
    [
        ("第四次普查", 4, None, "次"),
        ("第十四届", 14, None, "届"),
        ("第3版", 3, None, "版"),
        ("项目二期", 2, None, "期"),
        ("首个", 1, None, "个"),
        ("一季度", 1, None, "季度"),
        ("前三季度", 1, 3, "季度"),
        ("二十届三中全会", 20, None, "届"),
        ("党的二十大", 20, None, "大"),
        ("第三至五章", 3, 5, "章"),
        ("第3条至第5条", 3, 5, "条"),
        ("second phase", 2, None, "期"),
        ("phase one", 1, None, "期"),
        ("the 14th session", 14, None, ""),
        ("第2025-3号", 2025, None, "号"),
    ],
)
def test_ordinals(text: str, value: float, upper: float | None, unit: str) -> None:
    (found,) = ordinals(text)
    assert (found.kind, found.value, found.upper, found.unit) == ("ordinal", value, upper, unit)


@pytest.mark.parametrize("text", ["分三期推进", "十大工程", "三大战略", "十四五期间", "首先", "期限", "前三名"])
def test_what_is_no_ordinal(text: str) -> None:
    assert list(ordinals(text)) == []
