"""What people read, kept out of the code: one TOML file per language, Chinese first. Knows nothing of who says it."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, Self, get_args

Language = Literal["zh", "zh-Hant", "en"]
Choice = Language | Literal["both"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Said(str):
    """A message in the language that was asked for, which can still be read in another one."""

    __slots__ = ("_other",)
    _other: Callable[[Choice], "Said"]

    def __new__(cls, text: str, other: Callable[[Choice], "Said"]) -> Self:
        """
        :param other: says the same in another language.
        """
        said = super().__new__(cls, text)
        said._other = other
        return said

    def within(self, language: Choice) -> "Said":
        """The same message in ``language``."""
        return self._other(language)

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """What leaves the process is the text alone."""
        return str, (str(self),)


class Catalogue:
    """The messages of one layer, from a file for each language in a folder: ``key = "text with {values}"``."""

    def __init__(self, folder: Path) -> None:
        self.texts: dict[Language, Mapping[str, str]] = {
            language: tomllib.loads((folder / f"{_file(language)}.toml").read_text(encoding="utf-8"))
            for language in LANGUAGES
        }

    def __call__(self, key: str, language: Choice = "both", /, **values: object) -> Said:
        """The message ``key`` with its values: one language, or Chinese and English on one line."""
        if language == "both":
            text = f"{self(key, 'zh', **values)} / {self(key, 'en', **values)}"
        else:
            told = {name: in_language(value, language) for name, value in values.items()}
            text = self.texts[language][key].format(**told)
        return Said(text, lambda other: self(key, other, **values))


def in_language(told: object, language: Choice) -> object:
    """What was told, in ``language`` where it knows itself in it: a message, or an error that carries one."""
    if isinstance(told, BaseException) and len(told.args) == 1 and isinstance(told.args[0], Said):
        return told.args[0].within(language)
    return told.within(language) if isinstance(told, Said) else told


def _file(language: Language) -> str:
    return language.lower().replace("-", "_")


say = Catalogue(Path(__file__).parent)
