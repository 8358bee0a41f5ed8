"""How characters sound: their syllables without tones, and which sound the same or nearly. Knows nothing of words.

The readings are those of the pypinyin package. Only its table of characters is read, from the file it comes in: that
takes a tenth of the time and memory of importing the package, and happens only when a question needs it.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from rag.errors import SettingsError
from rag.messages import say

# How far two characters sound apart: 0 the same with its tone, 1 the same without, 2 nearly, 3 otherwise.
Distance = Literal[0, 1, 2, 3]
# Of a character with many readings the first ones are in use; the others stand in old books.
READINGS = 3
_TABLE = "pinyin_dict.json"
_DIAERESIS = "\u0308"
# What speakers of many dialects, and fingers, do not tell apart: 资 and 支, 蓝 and 南, 英 and 音.
_NEAR_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_NEAR_FINAL = re.compile("(?<=[aei])ng$")


class Sounds:
    """The readings of characters, most usual first."""

    def __init__(self, readings: Mapping[str, str]) -> None:
        """
        :param readings: of each character, separated by commas, with tone marks.
        """
        self._readings = readings

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one of these a process
    def toned(self, character: str) -> tuple[str, ...]:
        """The readings with their tones; none for what is no character of Han."""
        return tuple(self._readings.get(character, "").split(",")[:READINGS]) if character in self._readings else ()

    @lru_cache(maxsize=32768)  # noqa: B019 - as above
    def plain(self, character: str) -> tuple[str, ...]:
        """The readings without their tones: 重 is zhong and chong."""
        return tuple(dict.fromkeys(map(toneless, self.toned(character))))

    def distance(self, one: str, other: str) -> Distance:
        """How far two characters sound apart at least."""
        mine, theirs = self.plain(one), self.plain(other)
        if not set(mine).isdisjoint(theirs):
            return 1 if set(self.toned(one)).isdisjoint(self.toned(other)) else 0
        return 2 if not set(map(nearly, mine)).isdisjoint(map(nearly, theirs)) else 3


@cache
def sounds() -> Sounds:
    """Read once.

    :raises SettingsError: the package with the readings is not installed.
    """
    found = find_spec("pypinyin")
    if found is None or found.origin is None:
        raise SettingsError(say("sounds.missing"))
    table: dict[str, str] = json.loads(Path(found.origin).with_name(_TABLE).read_text(encoding="utf-8"))
    return Sounds({chr(int(code)): readings for code, readings in table.items()})


@cache
def nearly(syllable: str) -> str:
    """What syllables that are taken for one another have in common: zhang and zan are zan."""
    for long, short in _NEAR_INITIALS:
        if syllable.startswith(long):
            syllable = short + syllable[len(long) :]
            break
    return _NEAR_FINAL.sub("n", syllable)


@cache
def toneless(reading: str) -> str:
    """A syllable without its tone mark, ü as v: yuán is yuan, lǜ is lv."""
    pieces = unicodedata.normalize("NFD", reading).replace(f"u{_DIAERESIS}", "v")
    return "".join(piece for piece in pieces if not unicodedata.combining(piece))
