"""Units by their names."""

import re

import pytest

from rag.units import COUNTED, COUNTERS, LATIN_UNITS, UNITS, unit


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("亩", ("measure", "m2", 10000 / 15)),
        ("square-meter", ("measure", "m2", 1.0)),
        ("day", ("duration", "天", 1.0)),
        ("个月", ("duration", "天", 30.0)),
        ("元", ("money", "元", 1.0)),
        ("$", ("money", "美元", 1.0)),
        ("百分点", ("percent", "百分点", 1.0)),
        ("%", ("percent", "%", 1.0)),
        ("家", ("count", "家", 1.0)),
        ("", ("number", "", 1.0)),
    ],
)
def test_kind_base_unit_and_factor(name: str, expected: tuple[str, str, float]) -> None:
    assert unit(name) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("元旦", None),
        ("元", "元"),
        ("人民币", "人民币"),
        ("人次", "人次"),
        ("部分", None),
        ("平方公里", "平方公里"),
        ("天然气", None),
    ],
)
def test_a_unit_begins_no_other_word(text: str, name: str | None) -> None:
    match = re.match(UNITS, text)
    assert (match["unit"] if match else None) == name


@pytest.mark.parametrize(
    ("text", "name"), [(" mu", "mu"), ("-mu", "mu"), ("-year plan", "year"), (" yearly", None), (" km2", "km2")]
)
def test_a_latin_unit_is_a_whole_word(text: str, name: str | None) -> None:
    match = re.match(LATIN_UNITS, text)
    assert (match["latin"] if match else None) == name


def test_every_counter_counts() -> None:
    assert [name for name in COUNTERS.split("|") if not re.fullmatch(COUNTED, name)] == []
