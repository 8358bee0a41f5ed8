"""All languages say the same things, and everything said stands in the code."""

import re
import string
from pathlib import Path

import pytest

from ui.messages import LANGUAGES, Language, say

ASSETS = Path(__file__).parents[2] / "ui/assets"
SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[2] / "ui").rglob("*.py"))
)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_messages_with_the_same_places(language: Language) -> None:
    chinese, other = say.texts["zh"], say.texts[language]
    assert list(chinese) == list(other)
    for key, text in chinese.items():
        assert places(text) == places(other[key]), key
        assert text.strip() and other[key].strip()


def test_every_message_is_used_and_every_message_used_exists() -> None:
    files = {path.name for path in ASSETS.iterdir()}
    groups = "|".join({key.split(".", 1)[0] for key in say.texts["zh"]})
    used = set(re.findall(rf"""["']((?:{groups})\.\w+)["']""", SOURCE))
    refusals = {key for key in say.texts["zh"] if key.startswith("chat.refused.")}
    assert (used - files) | refusals == set(say.texts["zh"])
