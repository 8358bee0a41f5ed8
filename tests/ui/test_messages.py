"""The two languages say the same things, and everything said stands in the code."""

import re
import string
from pathlib import Path

from ui.messages import say

ASSETS = Path(__file__).parents[2] / "ui/assets"
SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[2] / "ui").rglob("*.py"))
)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_messages_with_the_same_places() -> None:
    chinese, english = say.texts["zh"], say.texts["en"]
    assert list(chinese) == list(english)
    for key, text in chinese.items():
        assert places(text) == places(english[key]), key
        assert text.strip() and english[key].strip()


def test_every_message_is_used_and_every_message_used_exists() -> None:
    files = {path.name for path in ASSETS.iterdir()}
    used = set(re.findall(r"""["']((?:page|chat|cite|source|rebuild|serve)\.\w+)["']""", SOURCE))
    refusals = {key for key in say.texts["zh"] if key.startswith("chat.refused.")}
    # Of these modules the keys are composed; the test of all catalogues in tests/rag knows their patterns.
    composed = {key for key in say.texts["zh"] if key.split(".")[0] in ("chats", "keep", "export")}
    assert (used - files) | refusals | composed == set(say.texts["zh"])
