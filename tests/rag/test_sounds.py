"""Characters sound the same, nearly, or otherwise; the readings are the package's, which stays unimported."""

import subprocess
import sys

import pytest

from rag.sounds import nearly, sounds, toneless


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("园", "圆", 0),
        ("保", "宝", 0),
        ("直", "值", 0),
        ("资", "自", 1),
        ("金", "经", 2),
        ("南", "蓝", 2),
        ("资", "支", 2),
        ("港", "园", 3),
        ("a", "园", 3),
    ],
)
def test_how_far_characters_sound_apart(one: str, other: str, distance: int) -> None:
    assert sounds().distance(one, other) == sounds().distance(other, one) == distance


def test_a_character_may_have_several_readings() -> None:
    assert {"zhong", "chong"} <= set(sounds().plain("重"))
    assert sounds().plain("a") == sounds().plain("") == ()


@pytest.mark.parametrize(("reading", "bare"), [("yuán", "yuan"), ("lǜ", "lv"), ("ń", "n"), ("de", "de"), ("nü", "nv")])
def test_tones_are_taken_off(reading: str, bare: str) -> None:
    assert toneless(reading) == bare


@pytest.mark.parametrize(("syllable", "short"), [("zhang", "zan"), ("shi", "si"), ("nan", "lan"), ("gong", "gong")])
def test_what_is_taken_for_one_another_has_one_form(syllable: str, short: str) -> None:
    assert nearly(syllable) == short


def test_the_package_is_not_imported() -> None:
    told = "import sys; from rag.sounds import sounds; sounds(); print('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "False\n"
